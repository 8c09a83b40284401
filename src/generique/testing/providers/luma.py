"""Luma's Agents API, simulated."""

from __future__ import annotations

import base64
import io
from typing import Any

import av

from generique.testing.providers.faults import Fault
from generique.testing.providers.simulator import Asked, Reply, SimulatedJob, Simulator

_GENERATIONS = "/v1/generations"
_HEIGHTS = {"360p": 360, "540p": 540, "720p": 720, "1080p": 1080}


class SimulatedLuma(Simulator):
    """Serves ``/v1/generations``: videos and edits of videos."""

    fates = frozenset({Fault.MODERATED, Fault.BROKEN})

    @property
    def api(self) -> str:
        """Address as LUMA_BASE_URL takes it."""
        return f"{self.base}/v1"

    def throttled(self, wait: int | None) -> Reply:
        """Too many requests."""
        headers = {"retry-after": str(wait)} if wait is not None else {}
        return Reply(429, _trouble("rate_limited", "Too many requests"), headers=headers)

    def answer(self, asked: Asked) -> Reply:
        """Generations: create, look."""
        if not asked.headers.get("authorization", "").startswith("Bearer "):
            return Reply(401, {"detail": "Not authenticated"})
        if asked.method == "POST" and asked.path == _GENERATIONS:
            return self._create(asked.document())
        job = self.jobs.get(asked.path.removeprefix(f"{_GENERATIONS}/"))
        if job is None:
            return Reply(404, {"detail": "Generation not found"})
        return Reply(document=self._generation(job, self.progress(job)))

    def _create(self, body: dict[str, Any]) -> Reply:
        video = body.get("video") or {}
        kind, height = body.get("type"), _HEIGHTS.get(str(video.get("resolution")))
        if body.get("model") != "ray-3.2" or kind not in {"video", "video_edit"} or not height:
            return Reply(422, _trouble("invalid_request", "Unknown model, type or resolution"))
        wide, high = (int(part) for part in str(body.get("aspect_ratio", "16:9")).split(":"))
        if video.get("duration") == "10s" and ("start_frame" in video or video.get("loop")):
            return Reply(422, _trouble("invalid_request", "10s takes neither frames nor loop"))
        seconds = float(str(video.get("duration", "5s")).removesuffix("s"))
        if kind == "video_edit":
            data = (body.get("source") or {}).get("data")
            if not data or "duration" in video:
                return Reply(422, _trouble("invalid_request", "An edit follows its source"))
            seconds = _length(base64.b64decode(data))
        short = min(wide, high)
        size = (height * wide // short, height * high // short)
        job = self.open_job("generation-", SimulatedJob("", body["prompt"], body, seconds, size))
        return Reply(201, self._generation(job, 0.0))

    def _generation(self, job: SimulatedJob, share: float) -> dict[str, Any]:
        made: dict[str, Any] = {
            "id": job.number,
            "created_at": "2026-11-22T12:00:00Z",
            "model": "ray-3.2",
            "type": job.asked["type"],
            "state": "queued" if share == 0.0 else "processing",
        }
        if share < 1.0:
            return made
        if job.fate is Fault.MODERATED:
            return {**made, "state": "failed", **_trouble("content_moderated", "It was refused")}
        if job.fate is Fault.BROKEN:
            job.charged = False
            return {**made, "state": "failed", **_trouble("generation_failed", "It failed")}
        output = [{"type": "video", "url": self.link(job)}]
        return {**made, "state": "completed", "output": output}


def _trouble(code: str, reason: str) -> dict[str, str]:
    return {"failure_code": code, "failure_reason": reason, "detail": reason}


def _length(data: bytes) -> float:
    with av.open(io.BytesIO(data), "r") as container:
        return round((container.duration or 0) / av.time_base, 3)
