"""Gemini Omni for developers, simulated."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any

from generique.testing.providers.faults import Fault
from generique.testing.providers.simulator import Asked, Reply, SimulatedJob, Simulator
from generique.testing.providers.veo import google_error

_NAMED = re.compile(r"/v1/interactions/([\w-]+)(/cancel)?")
_FILE = re.compile(r"/v1(?:beta)?/files/([\w-]+):download")


class SimulatedOmni(Simulator):
    """Serves interactions in the background, and the files that they make."""

    def sort_of(self, asked: Asked) -> str:
        """Files come from the same host as the rest, and a wish to stop is no order."""
        if _FILE.fullmatch(asked.path):
            return "fetch"
        return "create" if asked.path == "/v1/interactions" else "look"

    def throttled(self, wait: int | None) -> Reply:
        """The quota."""
        return google_error(429, "RESOURCE_EXHAUSTED", "Quota exceeded", wait)

    def job_of_result(self, asked: Asked) -> SimulatedJob | None:
        """The job that made a file; nothing for those who have no key."""
        found = _FILE.fullmatch(asked.path)
        if found is None or asked.query.get("alt") != "media":
            return None
        return self.jobs.get(found[1]) if asked.headers.get("x-goog-api-key") else None

    def answer(self, asked: Asked) -> Reply:
        """Interactions: create, look, cancel."""
        if not asked.headers.get("x-goog-api-key"):
            return google_error(403, "PERMISSION_DENIED", "A key is needed")
        if asked.method == "POST" and asked.path == "/v1/interactions":
            return self._create(asked)
        named = _NAMED.fullmatch(asked.path)
        job = self.jobs.get(named[1]) if named else None
        if named is None or job is None:
            return google_error(404, "NOT_FOUND", "The interaction was not found")
        if named[2]:
            job.cancelled = True
        return Reply(document=self._interaction(job))

    def _create(self, asked: Asked) -> Reply:
        body = asked.document()
        form = body.get("response_format") or {}
        if not body.get("model") or not body.get("input"):
            return google_error(400, "INVALID_ARGUMENT", "model and input are needed")
        seconds = float(str(form.get("duration", "5s")).removesuffix("s"))
        if not 3 <= seconds <= 15:
            return google_error(400, "INVALID_ARGUMENT", "duration is out of range")
        size = (720, 1280) if form.get("aspect_ratio") == "9:16" else (1280, 720)
        job = self.open_job("int", SimulatedJob("", _text(body), body, seconds, size))
        state = {"status": "in_progress", "steps": []}
        return Reply(document={**self._head(job), **state})

    def _head(self, job: SimulatedJob) -> dict[str, object]:
        moment = "2026-11-22T12:00:00Z"
        head = {"id": job.number, "model": job.asked["model"], "object": "interaction"}
        return {**head, "created": moment, "updated": moment}

    def _interaction(self, job: SimulatedJob) -> dict[str, object]:
        head = self._head(job)
        share = self.progress(job)
        if job.cancelled or (job.fate is Fault.CANCELLED and share == 1.0):
            return {**head, "status": "cancelled", "steps": []}
        if share < 1.0:
            return {**head, "status": "in_progress", "steps": []}
        if job.fate is Fault.MODERATED:
            words = "The prompt was blocked by the safety filters"
            error = {"code": "https://ai.google.dev/errors/safety", "message": words}
            return {**head, "status": "failed", "steps": [], "errors": [error]}
        if job.fate is Fault.BROKEN:
            job.charged = False
            error = {"code": "https://ai.google.dev/errors/internal", "message": "It failed"}
            return {**head, "status": "failed", "steps": [], "errors": [error]}
        video: dict[str, object] = {"type": "video", "mime_type": "video/mp4"}
        if (job.asked.get("response_format") or {}).get("delivery") == "uri":
            video["uri"] = f"{self.base}/v1/files/{job.number}"
        else:
            video["data"] = base64.b64encode(self.result(job)[0]).decode()
        steps = [{"type": "model_output", "content": [video]}]
        return {**head, "status": "completed", "steps": steps}


def _text(body: Mapping[str, Any]) -> str:
    """The words of an order, whichever of its forms it has."""
    given = body["input"]
    if isinstance(given, str):
        return given
    items = given if isinstance(given, list) else [given]
    items = [part for each in items for part in each.get("content", [each])]
    return " ".join(str(each.get("text", "")) for each in items if isinstance(each, dict))
