"""Kling's API in both its shapes, simulated."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from typing import Any

from generique.testing.providers.faults import Fault
from generique.testing.providers.simulator import Asked, Reply, SimulatedJob, Simulator

_KINDS = ("/v1/videos/text2video", "/v1/videos/image2video")
_LENGTHS = frozenset(str(length) for length in range(3, 16))
_MOMENT = 1_763_812_800_000
_NEWER = re.compile(r"/(text-to-video|image-to-video|omni-video)/kling-3\.0(?:-omni)?")
_TASKS = "/tasks"
_SMALL = {"16:9": (128, 72), "9:16": (72, 128)}


class SimulatedKling(Simulator):
    """Serves ``text2video`` and ``image2video``; results have an eighth of the real size and less.

    Attributes:
        key: A bearer key that it knows.
        pair: Access and secret key that it knows.
        refusal: Envelope code, HTTP status and message with which it answers every create.
    """

    fates = frozenset({Fault.MODERATED, Fault.BROKEN})
    key = "not-a-real-key"
    pair = ("access", "secret")
    refusal: tuple[int, int, str] | None = None

    def throttled(self, wait: int | None) -> Reply:
        """Too many jobs at once."""
        reply = _envelope(1303, "parallel task over resource pack limit", status=429)
        if wait is not None:
            reply.headers["retry-after"] = str(wait)
        return reply

    def answer(self, asked: Asked) -> Reply:
        """Tasks: create, look."""
        trouble = self._stranger(asked.headers.get("authorization", ""))
        if trouble is not None:
            return trouble
        newer = _NEWER.fullmatch(asked.path)
        if asked.method == "POST" and (newer or asked.path in _KINDS):
            if self.refusal is not None:
                code, status, words = self.refusal
                return _envelope(code, words, status=status)
            return self._take(asked, newer[1]) if newer else self._create(asked)
        if asked.path == _TASKS:
            return self._looked(asked.query)
        kind, _, number = asked.path.rpartition("/")
        named = (job for job in self.jobs.values() if job.asked.get("external_task_id") == number)
        job = self.jobs.get(number) or next(named, None)
        if job is None or job.asked["kind"] != kind:
            return _envelope(1203, "Task not found", status=404)
        return _envelope(data=self._task(job))

    def _stranger(self, header: str) -> Reply | None:
        """Why nobody is let in with a header; None for whom is."""
        token = header.removeprefix("Bearer ")
        if token == self.key:
            return None
        head, _, seal = token.rpartition(".")
        wanted = hmac.new(self.pair[1].encode(), head.encode(), hashlib.sha256).digest()
        if base64.urlsafe_b64encode(wanted).decode().rstrip("=") != seal:
            return _envelope(1002, "Authorization is invalid", status=401)
        claims = json.loads(base64.urlsafe_b64decode(head.split(".")[1] + "=="))
        if claims["iss"] != self.pair[0] or claims["nbf"] > time.time():
            return _envelope(1003, "Authorization is not yet valid", status=401)
        if claims["exp"] < time.time():
            return _envelope(1004, "Authorization has expired", status=401)
        return None

    def _create(self, asked: Asked) -> Reply:
        body = asked.document()
        if body.get("duration") not in _LENGTHS or body.get("mode") not in {"std", "pro", "4k"}:
            return _envelope(1201, "duration or mode is not valid", status=400)
        if asked.path == _KINDS[1] and not body.get("image"):
            return _envelope(1200, "image is needed", status=400)
        size = _SMALL[body.get("aspect_ratio", "16:9")]
        job = SimulatedJob(
            "", body["prompt"], {**body, "kind": asked.path}, float(body["duration"]), size
        )
        return _envelope(data=self._task(self.open_job("8672837417", job), new=True))

    def _take(self, asked: Asked, kind: str) -> Reply:
        """An order in the newer shape."""
        body = asked.document()
        contents, settings = body.get("contents", []), body.get("settings", {})
        kinds = [each.get("type") for each in contents]
        allowed = {"prompt", "first_frame", "last_frame"}
        if kind == "omni-video":
            allowed |= {"refer_image"}
        if (kind == "text-to-video") == bool(contents) or not set(kinds) <= allowed:
            return _envelope(1201, "contents are not valid", status=400)
        if str(settings.get("duration")) not in _LENGTHS or "mode" in body:
            return _envelope(1201, "settings are not valid", status=400)
        words = body.get("prompt") or "; ".join(each.get("text", "") for each in contents)
        label = body.get("options", {}).get("external_task_id", "")
        size = _SMALL[settings.get("aspect_ratio", "16:9")]
        known = {**body, "kind": _TASKS, "external_task_id": label}
        job = SimulatedJob("", words, known, float(settings["duration"]), size)
        self.open_job("8823", job)
        return _envelope(data={"id": job.number, "status": "submitted", "external_id": label})

    def _looked(self, query: Mapping[str, str]) -> Reply:
        """Tasks of the newer shape, by their numbers or by our names for them."""
        number, label = query.get("task_ids"), query.get("external_task_ids")
        for job in self.jobs.values():
            if job.asked["kind"] == _TASKS and (
                job.number == number or (label and job.asked["external_task_id"] == label)
            ):
                return _envelope(data=[self._newer(job)])
        return _envelope(1203, "Task not found", status=404)

    def _newer(self, job: SimulatedJob) -> dict[str, Any]:
        task: dict[str, Any] = {"id": job.number, "status": "processing", "create_time": _MOMENT}
        if self.progress(job) < 1.0:
            return task
        if job.fate is Fault.MODERATED:
            words = "Failure to pass the risk control system"
            return {**task, "status": "failed", "message": words}
        if job.fate in {Fault.BROKEN, Fault.CANCELLED}:
            job.charged = False
            return {**task, "status": "failed", "message": "Internal failure"}
        film = {"type": "video", "url": self.link(job), "duration": f"{job.seconds:g}"}
        return {**task, "status": "succeeded", "outputs": [film]}

    def _task(self, job: SimulatedJob, *, new: bool = False) -> dict[str, Any]:
        share = 0.0 if new else self.progress(job)
        task: dict[str, Any] = {
            "task_id": job.number,
            "task_status": "submitted" if new else "processing",
            "task_info": {"external_task_id": job.asked.get("external_task_id", "")},
            "created_at": _MOMENT,
            "updated_at": _MOMENT,
        }
        if share < 1.0:
            return task
        if job.fate is Fault.MODERATED:
            words = "Failure to pass the risk control system"
            return {**task, "task_status": "failed", "task_status_msg": words}
        if job.fate is Fault.BROKEN:
            job.charged = False
            return {**task, "task_status": "failed", "task_status_msg": "Internal failure"}
        video = {"id": job.number, "url": self.link(job), "duration": f"{job.seconds:g}"}
        return {**task, "task_status": "succeed", "task_result": {"videos": [video]}}


def _envelope(
    code: int = 0,
    message: str = "SUCCEED",
    *,
    data: dict[str, Any] | list[dict[str, Any]] | None = None,
    status: int = 200,
) -> Reply:
    document: dict[str, Any] = {"code": code, "message": message, "request_id": "request-1"}
    return Reply(status, document | ({"data": data} if data is not None else {}))
