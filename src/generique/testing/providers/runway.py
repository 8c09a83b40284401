"""Runway, simulated."""

from __future__ import annotations

import base64
import io
from typing import Any

import av

from generique.testing.providers.faults import Fault
from generique.testing.providers.simulator import Asked, Reply, SimulatedJob, Simulator

_CREATE = ("/v1/text_to_video", "/v1/image_to_video", "/v1/video_to_video")
_UPSCALE, _MULTI_SHOT = "/v1/video_upscale", "/v1/recipes/multi_shot_video"
_LINES = {"720p": 720, "1k": 1080, "2k": 1440, "4k": 2160}
_SIXTEENTH = 16
"""By which enlarged results are made smaller, so that tests are quick."""


class SimulatedRunway(Simulator):
    """Serves the tasks of Runway's developer API."""

    def throttled(self, wait: int | None) -> Reply:
        """The daily cap."""
        headers = {"retry-after": str(wait)} if wait is not None else {}
        return Reply(429, {"error": "Too many requests"}, headers=headers)

    def answer(self, asked: Asked) -> Reply:
        """Tasks: create, look, cancel."""
        if not asked.headers.get("authorization", "").startswith("Bearer "):
            return Reply(401, {"error": "Unauthorized"})
        if asked.headers.get("x-runway-version") != "2024-11-06":
            return Reply(400, {"error": "X-Runway-Version is not valid"})
        if asked.method == "POST" and asked.path in {*_CREATE, _UPSCALE, _MULTI_SHOT}:
            return self._ordered(asked)
        job = self.jobs.get(asked.path.removeprefix("/v1/tasks/"))
        if job is None:
            return Reply(404, {"error": "Not found"})
        if asked.method == "DELETE":
            job.cancelled = True
            return Reply(204, data=b"")
        return Reply(document=self._task(job))

    def _ordered(self, asked: Asked) -> Reply:
        if asked.path == _UPSCALE:
            return self._enlarge(asked.document())
        if asked.path == _MULTI_SHOT:
            return self._shots(asked.document())
        return self._create(asked)

    def _create(self, asked: Asked) -> Reply:
        body = asked.document()
        for needed in ("model", "promptText"):
            if not isinstance(body.get(needed), str):
                return Reply(400, {"error": "Validation of body failed", "issues": [needed]})
        width, height = (int(part) for part in str(body.get("ratio", "1280:720")).split(":"))
        seconds = float(body.get("duration", 5))
        if asked.path == _CREATE[2]:
            if not str(body.get("videoUri", "")).startswith("data:video/"):
                return Reply(400, {"error": "Validation of body failed", "issues": ["videoUri"]})
            seconds, (width, height) = _measured(body["videoUri"])
        job = self.open_job(
            "task-", SimulatedJob("", body["promptText"], body, seconds, (width, height))
        )
        return Reply(document={"id": job.number, "estimatedCost": {"credits": 12 * seconds}})

    def _enlarge(self, body: dict[str, Any]) -> Reply:
        if not str(body.get("videoUri", "")).startswith("data:video/"):
            return _invalid("videoUri")
        if body.get("resolution", "2k") not in _LINES:
            return _invalid("resolution")
        seconds, (width, height) = _measured(body["videoUri"])
        if seconds > 30:
            return _invalid("videoUri")
        lines = _LINES[str(body.get("resolution", "2k"))] // _SIXTEENTH * 2
        size = (2 * round(lines * width / height / 2), lines)
        return self._taken(SimulatedJob("", "", body, seconds, size))

    def _shots(self, body: dict[str, Any]) -> Reply:
        seconds = body.get("duration", 10)
        shots = body.get("shots", [])
        if body.get("version") != "2026-06" or seconds not in {5, 10, 15}:
            return _invalid("version, duration")
        if body.get("mode") == "custom":
            if not 3 <= len(shots) <= 5 or sum(each["duration"] for each in shots) != seconds:
                return _invalid("shots")
        elif body.get("mode") != "auto" or not body.get("prompt"):
            return _invalid("mode, prompt")
        width, height = (int(part) for part in str(body.get("ratio", "1280:720")).split(":"))
        words = body.get("prompt") or "; ".join(str(each["prompt"]) for each in shots)
        return self._taken(SimulatedJob("", words, body, float(seconds), (width, height)))

    def _taken(self, job: SimulatedJob) -> Reply:
        opened = self.open_job("task-", job)
        cost = {"credits": 12 * opened.seconds}
        return Reply(document={"id": opened.number, "estimatedCost": cost})

    def _task(self, job: SimulatedJob) -> dict[str, object]:
        share = self.progress(job)
        task: dict[str, object] = {
            "id": job.number,
            "createdAt": "2026-11-22T12:00:00.000Z",
            "status": "RUNNING",
        }
        price = 12 * job.seconds
        if share < 1.0 and not job.cancelled:
            return {**task, "progress": share, "estimatedCost": {"credits": price}}
        task["cost"] = {"credits": round(price) if job.charged else 0}
        if job.cancelled or (job.fate is Fault.CANCELLED and share == 1.0):
            return {**task, "status": "CANCELLED"}
        if job.fate is Fault.MODERATED:
            words = "The prompt was refused by moderation"
            code = "SAFETY.INPUT.TEXT"
            return {**task, "status": "FAILED", "failure": words, "failureCode": code}
        if job.fate is Fault.BROKEN:
            job.charged = False
            task["cost"] = {"credits": 0}
            code = "INTERNAL.BAD_OUTPUT.CODE01"
            return {**task, "status": "FAILED", "failure": "It failed", "failureCode": code}
        return {**task, "status": "SUCCEEDED", "output": [self.link(job)]}


def _invalid(issue: str) -> Reply:
    return Reply(400, {"error": "Validation of body failed", "issues": [issue]})


def _measured(uri: str) -> tuple[float, tuple[int, int]]:
    """Length and size of a video in a data URI."""
    data = base64.b64decode(uri.partition(",")[2])
    with av.open(io.BytesIO(data), "r") as container:
        stream = container.streams.video[0]
        return (container.duration or 0) / av.time_base, (stream.width, stream.height)
