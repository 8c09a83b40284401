"""Veo on Vertex AI, simulated."""

from __future__ import annotations

import base64
import re
from urllib.parse import unquote

from generique.testing.providers.faults import Fault
from generique.testing.providers.simulator import Asked, Reply, SimulatedJob, Simulator

_CALL = re.compile(
    r"/v1(?:beta1)?/(projects/[^/]+/locations/[^/]+/publishers/google/models/[^/:]+)"
    r":(predictLongRunning|fetchPredictOperation)"
)
_STORAGE = "/storage/v1/b/"
_SIDES = {"720p": (1280, 720), "1080p": (1920, 1080), "4k": (3840, 2160)}


def google_error(status: int, code: str, words: str, wait: int | None = None) -> Reply:
    """An error as Google's interfaces say it."""
    headers = {"retry-after": str(wait)} if wait is not None else {}
    document = {"error": {"code": status, "message": words, "status": code}}
    return Reply(status, document, headers=headers)


class SimulatedVeo(Simulator):
    """Serves long-running predictions.

    Attributes:
        stale: A token that does not let in any more.
    """

    stale = "stale"

    def sort_of(self, asked: Asked) -> str:
        """Both calls are POST; only one of them orders."""
        if asked.path.endswith(":fetchPredictOperation"):
            return "look"
        if asked.path.startswith(_STORAGE):
            return "fetch"
        return super().sort_of(asked)

    def job_of_result(self, asked: Asked) -> SimulatedJob | None:
        """The job whose object is fetched, by somebody who is let in."""
        if asked.headers.get("authorization") in {None, f"Bearer {self.stale}"}:
            return None
        if asked.query.get("alt") != "media":
            return None
        return self.jobs.get(unquote(asked.path).rpartition("/")[2].removesuffix(".mp4"))

    def throttled(self, wait: int | None) -> Reply:
        """The quota."""
        return google_error(429, "RESOURCE_EXHAUSTED", "Quota exceeded", wait)

    def answer(self, asked: Asked) -> Reply:
        """Orders and looks."""
        if asked.headers.get("authorization") in {None, f"Bearer {self.stale}"}:
            return google_error(401, "UNAUTHENTICATED", "Request had invalid credentials")
        called = _CALL.fullmatch(asked.path)
        if asked.method != "POST" or called is None:
            return google_error(404, "NOT_FOUND", "No such method")
        if called[2] == "predictLongRunning":
            return self._order(called[1], asked)
        name = str(asked.document().get("operationName"))
        job = self.jobs.get(name.rpartition("/")[2])
        if job is None or not name.startswith(called[1]):
            return google_error(404, "NOT_FOUND", "The operation was not found")
        return Reply(document={"name": name, **self._operation(job)})

    def _order(self, model: str, asked: Asked) -> Reply:
        body = asked.document()
        instances, parameters = body.get("instances"), body.get("parameters", {})
        if not isinstance(instances, list) or len(instances) != 1:
            return google_error(400, "INVALID_ARGUMENT", "One instance is needed")
        if parameters.get("durationSeconds", 8) not in {4, 6, 8}:
            return google_error(400, "INVALID_ARGUMENT", "durationSeconds is not supported")
        size = _SIDES[str(parameters.get("resolution", "720p"))]
        if parameters.get("aspectRatio") == "9:16":
            size = (size[1], size[0])
        prompt = str(instances[0].get("prompt", ""))
        seconds = float(parameters.get("durationSeconds", 8))
        job = self.open_job("op-", SimulatedJob("", prompt, body, seconds, size))
        return Reply(document={"name": f"{model}/operations/{job.number}"})

    def _operation(self, job: SimulatedJob) -> dict[str, object]:
        if self.progress(job) < 1.0:
            return {}
        if job.fate is Fault.MODERATED:
            reasons = ["The video was held back by a filter. Support code: 00000000"]
            return {
                "done": True,
                "response": {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": reasons},
            }
        if job.fate in {Fault.BROKEN, Fault.CANCELLED}:
            job.charged = False
            cancelled = job.fate is Fault.CANCELLED
            words = "Operation cancelled" if cancelled else "Internal error"
            return {"done": True, "error": {"code": 1 if cancelled else 13, "message": words}}
        bucket = job.asked.get("parameters", {}).get("storageUri")
        if bucket:
            video = {"gcsUri": f"{bucket.rstrip('/')}/{job.number}.mp4", "mimeType": "video/mp4"}
            return {"done": True, "response": {"videos": [video]}}
        data, kind = self.result(job)
        video = {"bytesBase64Encoded": base64.b64encode(data).decode(), "mimeType": kind}
        return {"done": True, "response": {"raiMediaFilteredCount": 0, "videos": [video]}}
