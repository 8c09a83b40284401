"""fal's queue with Pika's endpoints, simulated."""

from __future__ import annotations

import re

from generique.testing.providers.faults import Fault
from generique.testing.providers.simulator import Asked, Reply, SimulatedJob, Simulator

OWNER = "fal-ai/pika"
_NEEDED = {
    "text-to-video": ("prompt",),
    "image-to-video": ("prompt", "image_url"),
    "pikascenes": ("prompt", "image_urls"),
    "pikaframes": ("image_urls",),
}
_SIZES = {"720p": (1280, 720), "1080p": (1920, 1080)}


class SimulatedPika(Simulator):
    """Serves submissions, their status, their results and their end.

    Attributes:
        details: True when a refusal is found in the result, as models say it; False when the
            status says it already, as the queue does for failures of its own.
    """

    details = True

    def throttled(self, wait: int | None) -> Reply:
        """Too many requests."""
        headers = {"retry-after": str(wait)} if wait is not None else {}
        return Reply(429, {"detail": "Too many requests"}, headers=headers)

    def answer(self, asked: Asked) -> Reply:
        """The queue."""
        if not asked.headers.get("authorization", "").startswith("Key "):
            return Reply(401, {"detail": "No user found for Key ID and Secret"})
        submitted = re.fullmatch(rf"/{OWNER}/v2\.2/([\w-]+)", asked.path)
        if asked.method == "POST" and submitted:
            return self._submit(submitted[1], asked)
        known = re.fullmatch(rf"/{OWNER}/requests/([\w-]+)(/status|/cancel)?", asked.path)
        job = self.jobs.get(known[1]) if known else None
        if known is None or job is None:
            return Reply(404, {"detail": "Request not found"})
        if asked.method == "PUT":
            job.cancelled = True
            return Reply(202, {"status": "CANCELLATION_REQUESTED"})
        return self._status(job) if known[2] else self._response(job)

    def _submit(self, endpoint: str, asked: Asked) -> Reply:
        body = asked.document()
        if endpoint not in _NEEDED:
            return Reply(404, {"detail": f"Path /v2.2/{endpoint} not found"})
        lacking = [name for name in _NEEDED[endpoint] if not body.get(name)]
        if lacking:
            detail = [{"loc": ["body", lacking[0]], "msg": "Field required", "type": "missing"}]
            return Reply(422, {"detail": detail}, headers={"x-fal-retryable": "false"})
        transitions = body.get("transitions") or [{}]
        seconds = float(body.get("duration") or transitions[0].get("duration") or 5)
        size = _SIZES[str(body.get("resolution", "720p"))]
        upright = body.get("aspect_ratio") == "9:16"
        size = (size[1], size[0]) if upright else size
        job = self.open_job("req-", SimulatedJob("", str(body.get("prompt")), body, seconds, size))
        return Reply(document={**self._places(job), "status": "IN_QUEUE", "queue_position": 0})

    def _places(self, job: SimulatedJob) -> dict[str, object]:
        place = f"{self.base}/{OWNER}/requests/{job.number}"
        return {
            "request_id": job.number,
            "response_url": place,
            "status_url": f"{place}/status",
            "cancel_url": f"{place}/cancel",
        }

    def _status(self, job: SimulatedJob) -> Reply:
        share = self.progress(job)
        places = self._places(job)
        if job.cancelled or (job.fate is Fault.CANCELLED and share == 1.0):
            done = {**places, "status": "COMPLETED", "logs": None, "metrics": {}}
            return Reply(
                document={**done, "error": "Request cancelled", "error_type": "client_cancelled"}
            )
        if share < 1.0:
            state = "IN_QUEUE" if job.looks == 1 else "IN_PROGRESS"
            return Reply(202, {**places, "status": state, "queue_position": 0, "logs": None})
        done = {**places, "status": "COMPLETED", "logs": None, "metrics": {"inference_time": 1.5}}
        if job.fate is Fault.BROKEN and not self.details:
            words = "The runner disconnected"
            done |= {"error": words, "error_type": "runner_disconnected"}
        return Reply(document=done)

    def _response(self, job: SimulatedJob) -> Reply:
        if job.looks < self.looks:
            return Reply(400, {"detail": "Request is still in progress"})
        if job.fate is Fault.MODERATED:
            detail = {
                "loc": ["body", "prompt"],
                "msg": "The content was flagged by a content checker.",
                "type": "content_policy_violation",
            }
            return Reply(422, {"detail": [detail]}, headers={"x-fal-retryable": "false"})
        if job.fate is Fault.BROKEN:
            job.charged = False
            headers = {"x-fal-error-type": "runner_disconnected"}
            words = {"detail": "The runner disconnected", "error_type": "runner_disconnected"}
            return Reply(503, words, headers=headers)
        file = {"url": self.link(job), "content_type": "video/mp4", "file_name": "output.mp4"}
        return Reply(document={"video": file})
