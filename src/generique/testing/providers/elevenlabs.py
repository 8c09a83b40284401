"""ElevenLabs, simulated."""

from __future__ import annotations

import re
import time

from generique.testing.providers.faults import Fault
from generique.testing.providers.results import compressed_tone, tone
from generique.testing.providers.simulator import Asked, Reply, SimulatedJob, Simulator

_SPEECH = re.compile(r"/v1/text-to-speech/([\w-]+)")
_DUB = re.compile(r"/v1/dubbing/([\w-]+)(?:/audio/([\w-]+))?")
_HISTORY = re.compile(r"/v1/history/([\w-]+)/audio")
SECONDS_A_CHARACTER = 0.06
VOICES = ("voice1", "voice2")


def detail(status: int, code: str, words: str, wait: int | None = None) -> Reply:
    """A refusal, as ElevenLabs says it."""
    headers = {"retry-after": str(wait)} if wait is not None else {}
    return Reply(status, {"detail": {"status": code, "message": words}}, headers=headers)


class SimulatedElevenLabs(Simulator):
    """Serves speech, effects, dubs and the history.

    Attributes:
        credits: Characters that are left; None for enough.
        work_seconds: How long a sound is made that is the answer to its order.
    """

    credits: int | None = None
    work_seconds = 0.0
    _busy = 0

    def respond(self, asked: Asked) -> tuple[Reply, Fault | None]:
        """An answer; the sounds that are made meanwhile are the jobs at work."""
        if asked.method != "POST" or asked.path == "/v1/dubbing":
            return super().respond(asked)
        with self._lock:
            self._busy += 1
            self.most_at_once = max(self.most_at_once, self._busy)
        time.sleep(self.work_seconds)
        with self._lock:
            self._busy -= 1
        return super().respond(asked)

    def sort_of(self, asked: Asked) -> str:
        """A dub's sound comes from the same host as the rest."""
        dub = _DUB.fullmatch(asked.path)
        return "fetch" if dub and dub[2] else super().sort_of(asked)

    def throttled(self, wait: int | None) -> Reply:
        """More at once than the plan allows."""
        return detail(429, "too_many_concurrent_requests", "Too many concurrent requests", wait)

    def job_of_result(self, asked: Asked) -> SimulatedJob | None:
        """The dub whose sound is fetched; nothing for those who have no key, or come too early."""
        dub = _DUB.fullmatch(asked.path)
        job = self.jobs.get(dub[1]) if dub and asked.headers.get("xi-api-key") else None
        if dub is None or job is None or job.looks < self.looks:
            return None
        return job if dub[2] == job.asked["target_lang"] else None

    def answer(self, asked: Asked) -> Reply:
        """Everything but the sound of dubs."""
        if not asked.headers.get("xi-api-key"):
            return detail(401, "invalid_api_key", "Invalid API key")
        if asked.method == "POST":
            return self._order(asked)
        history, dub = _HISTORY.fullmatch(asked.path), _DUB.fullmatch(asked.path)
        named = history or dub
        job = self.jobs.get(named[1]) if named else None
        if job is None:
            return detail(404, "not_found", "There is no such thing")
        if history:
            return self._sound(job)
        if asked.method == "DELETE":
            job.cancelled = True
            return Reply(document={"status": "ok"})
        return Reply(document=self._dub(job))

    def result(self, job: SimulatedJob) -> tuple[bytes, str]:
        """A tone, in the format that was asked for."""
        wanted = str(job.asked.get("output_format", "mp3_44100_128"))
        if wanted.startswith("wav"):
            return tone(job.seconds), "audio/wav"
        return compressed_tone(job.seconds), "audio/mpeg"

    def _order(self, asked: Asked) -> Reply:
        if asked.path == "/v1/dubbing":
            return self._create_dub(asked)
        body = {**asked.document(), **asked.query}
        text, speech = str(body.get("text") or ""), _SPEECH.fullmatch(asked.path)
        refusal = self._refusal_of(text, speech)
        if refusal is not None:
            return refusal
        if not speech and asked.path != "/v1/sound-generation":
            return detail(404, "not_found", "There is no such thing")
        seconds = float(body.get("duration_seconds") or max(1.0, len(text) * SECONDS_A_CHARACTER))
        made = SimulatedJob("", text, body, seconds, None, looks=self.looks)
        job = self.open_job("snd", made)
        job.fate = None  # it is answered at once
        return self._sound(job)

    def _refusal_of(self, text: str, speech: re.Match[str] | None) -> Reply | None:
        if not text:
            return Reply(422, {"detail": [{"loc": ["body", "text"], "msg": "Field required"}]})
        if self.credits is not None and len(text) > self.credits:
            return detail(401, "quota_exceeded", "This request exceeds your quota")
        refused = self.faults.draw("job") is Fault.MODERATED
        if refused or any(word in text for word in self.words):
            return detail(400, "content_moderation", "The text was refused by moderation")
        if speech and speech[1] not in VOICES:
            return detail(404, "voice_not_found", "A voice of this number was not found")
        return None

    def _sound(self, job: SimulatedJob) -> Reply:
        data, kind = self.result(job)
        headers = {"history-item-id": job.number, "request-id": f"req-{job.number}"}
        return Reply(data=data, media_type=kind, headers=headers)

    def _create_dub(self, asked: Asked) -> Reply:
        form = asked.document()
        if not isinstance(form.get("file"), bytes) or not form.get("target_lang"):
            return Reply(422, {"detail": [{"loc": ["body", "file"], "msg": "Field required"}]})
        seconds = float(form.get("end_time") or 2) - float(form.get("start_time") or 0)
        kept = {name: value for name, value in form.items() if name != "file"}
        prompt = str(form.get("name", ""))
        job = self.open_job("dub", SimulatedJob("", prompt, kept, seconds, None))
        return Reply(document={"dubbing_id": job.number, "expected_duration_sec": seconds})

    def _dub(self, job: SimulatedJob) -> dict[str, object]:
        share = self.progress(job)
        dub: dict[str, object] = {
            "dubbing_id": job.number,
            "name": job.prompt,
            "status": "dubbing",
            "target_languages": [job.asked["target_lang"]],
            "created_at": "2026-11-22T12:00:00Z",
        }
        if job.cancelled or (job.fate is Fault.CANCELLED and share == 1.0):
            return {**dub, "status": "failed", "error": "It was deleted"}
        if share < 1.0:
            return dub
        if job.fate is Fault.MODERATED:
            return {**dub, "status": "failed", "error": "The recording violates the policy"}
        if job.fate is Fault.BROKEN:
            job.charged = False
            return {**dub, "status": "failed", "error": "It failed"}
        return {**dub, "status": "dubbed"}
