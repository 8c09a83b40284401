"""A server of the shape of OpenAI's videos, simulated."""

from __future__ import annotations

from typing import Any

from generique.testing.providers.faults import Fault
from generique.testing.providers.results import clip
from generique.testing.providers.simulator import Asked, Reply, SimulatedJob, Simulator

_VIDEOS = "/v1/videos"
_SECONDS = frozenset({"4", "8", "12"})
_SIZES = frozenset({"720x1280", "1280x720", "1024x1792", "1792x1024"})
_CREATED = 1_763_812_800


class SimulatedSora(Simulator):
    """Serves ``/v1/videos``: create, remix, list, retrieve, content, delete.

    Attributes:
        rate: Frames a second of what it makes.
        retired: True answers each create as a provider does that has withdrawn the model.
    """

    fates = frozenset({Fault.MODERATED, Fault.BROKEN})
    rate = 30
    retired = False

    @property
    def api(self) -> str:
        """Address as OPENAI_BASE_URL takes it."""
        return f"{self.base}/v1"

    def throttled(self, wait: int | None) -> Reply:
        """Too many requests."""
        headers = {"retry-after": str(wait)} if wait is not None else {}
        return Reply(
            429, _error("Rate limit reached", "rate_limit_exceeded", "requests"), headers=headers
        )

    def sort_of(self, asked: Asked) -> str:
        """The content of a video is a result."""
        return "fetch" if asked.path.endswith("/content") else super().sort_of(asked)

    def job_of_result(self, asked: Asked) -> SimulatedJob | None:
        """The video whose content is fetched."""
        return self.jobs.get(asked.path.removeprefix(f"{_VIDEOS}/").removesuffix("/content"))

    def answer(self, asked: Asked) -> Reply:
        """Videos."""
        if not asked.headers.get("authorization", "").startswith("Bearer "):
            return Reply(401, _error("Incorrect API key provided", "invalid_api_key"))
        if asked.path == _VIDEOS:
            return self._create(asked) if asked.method == "POST" else self._list()
        number, _, rest = asked.path.removeprefix(f"{_VIDEOS}/").partition("/")
        job = self.jobs.get(number)
        if job is None or job.cancelled:
            return Reply(404, _error(f"Video with id '{number}' not found.", "not_found"))
        if rest == "remix" and asked.method == "POST":
            return self._remix(job, asked)
        if asked.method == "DELETE":
            job.cancelled = True
            return Reply(document={"id": number, "object": "video.deleted", "deleted": True})
        return Reply(document=self._video(job, self.progress(job)))

    def _create(self, asked: Asked) -> Reply:
        body = asked.document()
        model, prompt = body.get("model", "sora-2"), body.get("prompt")
        seconds, size = body.get("seconds", "4"), body.get("size", "720x1280")
        if self.retired:
            words = f"The model '{model}' has been removed"
            return Reply(404, _error(words, "model_not_found"))
        if not isinstance(prompt, str) or seconds not in _SECONDS or size not in _SIZES:
            return Reply(400, _error("Invalid value", "invalid_value"))
        width, height = (int(part) for part in size.split("x"))
        job = SimulatedJob("", prompt, body, float(seconds), (width, height))
        return Reply(document=self._video(self.open_job("video_", job), 0.0))

    def _remix(self, source: SimulatedJob, asked: Asked) -> Reply:
        body = {**source.asked, **asked.document(), "remixed": source.number}
        job = SimulatedJob("", body["prompt"], body, source.seconds, source.size)
        return Reply(document=self._video(self.open_job("video_", job), 0.0))

    def _list(self) -> Reply:
        kept = [job for job in reversed(self.jobs.values()) if not job.cancelled]
        videos = [self._video(job, 0.0) for job in kept]
        ends = (videos[0]["id"], videos[-1]["id"]) if videos else (None, None)
        return Reply(
            document={
                "object": "list",
                "data": videos,
                "first_id": ends[0],
                "last_id": ends[1],
                "has_more": False,
            }
        )

    def _video(self, job: SimulatedJob, share: float) -> dict[str, Any]:
        width, height = job.size or (0, 0)
        ended = share == 1.0
        error = self._trouble(job) if ended else None
        done = ended and error is None
        status = "queued" if share == 0.0 else "in_progress"
        if ended:
            status = "failed" if error else "completed"
        return {
            "id": job.number,
            "object": "video",
            "model": job.asked.get("model", "sora-2"),
            "status": status,
            "progress": round(100 * share),
            "created_at": _CREATED,
            "completed_at": _CREATED + 60 if done else None,
            "expires_at": _CREATED + 3660 if done else None,
            "prompt": job.prompt,
            "size": f"{width}x{height}",
            "seconds": f"{job.seconds:g}",
            "remixed_from_video_id": job.asked.get("remixed"),
            "error": error,
        }

    @staticmethod
    def _trouble(job: SimulatedJob) -> dict[str, str] | None:
        if job.fate is Fault.MODERATED:
            words = "Your request was blocked by our moderation system."
            return {"code": "moderation_blocked", "message": words}
        if job.fate is Fault.BROKEN:
            job.charged = False
            return {"code": "video_generation_failed", "message": "It failed"}
        return None

    def result(self, job: SimulatedJob) -> tuple[bytes, str]:
        """A video at the simulator's rate."""
        return clip(job.seconds, job.size or (64, 64), self.rate), "video/mp4"


def _error(message: str, code: str, kind: str = "invalid_request_error") -> dict[str, object]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}
