"""Runway's sound: effects, speech and dubs, through the tasks of its developer API.

The shapes are those of the SDK ``runwayml`` 5.24.0, against whose types the tests hold our orders.
Sound and pictures of Runway are two backends, because their models share no card.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from generique.backends.hosted.ask import with_margin
from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.enclosure import data_uri, hold_length
from generique.backends.hosted.provider import Ask, Call
from generique.backends.hosted.runway import Runway
from generique.model.element import ElementKind
from generique.model.errors import NotCapable

DUBBING = "eleven_voice_dubbing"
LONGEST_EFFECT = Fraction(30)
MOST_INLINE = 5_000_000
"""Most characters of a recording inside an order."""


class RunwaySound(Runway):
    """Runway's dialect for sound."""

    name = "runway-sound"

    def create(self, ask: Ask) -> Call:
        """``sound_effect``, ``text_to_speech`` or ``voice_dubbing``, as the model says."""
        if ask.model == DUBBING:
            return Call("POST", "/v1/voice_dubbing", body=_dub(ask))
        body: dict[str, Any] = {"model": ask.model, "promptText": ask.request.prompt}
        options = ask.request.options
        if ask.request.kind is ElementKind.EFFECT:
            if ask.seconds:
                body["duration"] = with_margin(ask.seconds, LONGEST_EFFECT)
            if "loop" in options:
                body["loop"] = options["loop"] == "true"
            return Call("POST", "/v1/sound_effect", body=body)
        if "voice" not in options:
            raise NotCapable(
                "Runway speaks with the voice that is named, and with none else",
                next_step="cast the part in production.toml, with the name of a voice",
            )
        body["voice"] = {"type": "runway-preset", "presetId": options["voice"]}
        return Call("POST", "/v1/text_to_speech", body=body)


def _dub(ask: Ask) -> dict[str, Any]:
    """A dub without a clone of the voice: whose voice it is to be is a matter of consent."""
    request = ask.request
    if request.options.get("translation") != "provider":
        raise NotCapable(
            "Runway dubs with a translation of its own, and does not speak the text given",
            next_step='allow translation = "provider" for it, or order speech',
        )
    recordings = ask.of_role("sound")
    if not recordings or not request.language or not ask.seconds:
        raise NotCapable("a dub is ordered with its recording, its language and its length")
    hold_length(recordings[0][0], ask, "Runway")
    return {
        "model": ask.model,
        "audioUri": data_uri(*recordings[0], MOST_INLINE, "Runway"),
        "targetLang": request.language,
        "disableVoiceCloning": True,
        "dropBackgroundAudio": request.options.get("background") == "drop",
    }


class RunwaySoundBackend(HostedBackend):
    """``runway-sound`` and ``runway-sound:MODEL``."""

    dialect = RunwaySound
