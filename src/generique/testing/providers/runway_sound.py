"""Runway's sound, simulated."""

from __future__ import annotations

from generique.testing.providers.results import compressed_tone
from generique.testing.providers.runway import SimulatedRunway
from generique.testing.providers.simulator import Asked, Reply, SimulatedJob

_NEEDED = {
    "/v1/sound_effect": ("model", "promptText"),
    "/v1/text_to_speech": ("model", "promptText", "voice"),
    "/v1/voice_dubbing": ("model", "audioUri", "targetLang"),
}
_CREDITS = {"/v1/sound_effect": 2.0, "/v1/text_to_speech": 1.0, "/v1/voice_dubbing": 1.0}
SECONDS_A_CHARACTER = 0.06


class SimulatedRunwaySound(SimulatedRunway):
    """Serves the tasks of Runway that make sound, besides those that make pictures."""

    def answer(self, asked: Asked) -> Reply:
        """Sound is created here; keys, looks and ends are as for pictures."""
        letting_in = asked.headers.get("authorization", "").startswith("Bearer ")
        if asked.method == "POST" and asked.path in _NEEDED and letting_in:
            return self._create_sound(asked)
        return super().answer(asked)

    def result(self, job: SimulatedJob) -> tuple[bytes, str]:
        """A tone as MP3."""
        if job.size is None:
            return compressed_tone(job.seconds), "audio/mpeg"
        return super().result(job)

    def _task(self, job: SimulatedJob) -> dict[str, object]:
        """A task as the types of the SDK have it: with what it may cost, or with what it did."""
        task = super()._task(job)
        charged = 2 if job.charged else 0
        if task["status"] in {"PENDING", "THROTTLED", "RUNNING"}:
            return {**task, "estimatedCost": {"credits": 2.0}}
        return {**task, "cost": {"credits": charged}}

    def _create_sound(self, asked: Asked) -> Reply:
        body = asked.document()
        lacking = [name for name in _NEEDED[asked.path] if not body.get(name)]
        if lacking:
            return Reply(400, {"error": "Validation of body failed", "issues": lacking})
        text = str(body.get("promptText", ""))
        seconds = float(body.get("duration") or max(1.0, len(text) * SECONDS_A_CHARACTER))
        job = self.open_job("task-", SimulatedJob("", text, body, seconds, None))
        cost = {"credits": _CREDITS[asked.path]}
        return Reply(document={"id": job.number, "estimatedCost": cost})
