"""ElevenLabs: speech, sound effects, and dubs of what was spoken.

Source of the shapes: the SDK ``elevenlabs`` 2.78.0 and the provider's page on error codes; the
tests send the SDK's own requests beside ours. Speech and effects are answered with the sound
itself; a dub is a job.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from generique.backends.hosted.ask import with_margin
from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.enclosure import hold_length
from generique.backends.hosted.provider import (
    Accepted,
    Answer,
    Ask,
    Call,
    Cancels,
    Standing,
    kind_of,
    words_of,
)
from generique.model.element import ElementKind
from generique.model.errors import NotCapable
from generique.production.job_ports import Failure, Job

SEEDS = 1 << 32
DUBBING = "dubbing"
FORMAT = "mp3_44100_128"
"""What is asked for unless an option names another: the best that every plan may have."""
MOST_UPLOAD = 1_000_000_000
"""Most bytes of what is dubbed, as the provider states it."""
LONGEST_EFFECT = Fraction(30)
_NAME = re.compile(r"[\w-]+")
_MODERATED = re.compile(r"moderat|violat|prohibit|polic|safety|blocked")
"""In codes of refusals. None is documented for moderation; these are words that such a code has."""
_BALANCE = frozenset({"quota_exceeded", "insufficient_credits", "payment_required"})
_INVALID = frozenset({"max_character_limit_exceeded", "voice_not_found", "model_not_found"})
_SETTINGS = {"stability": "stability", "similarity": "similarity_boost", "speed": "speed"}


class ElevenLabs(Cancels):
    """ElevenLabs' dialect."""

    name = "elevenlabs"

    def access(self, keys: Mapping[str, str]) -> dict[str, str]:
        """The key, in a header of its own."""
        return {"xi-api-key": keys["ELEVENLABS_API_KEY"]}

    def create(self, ask: Ask) -> Call:
        """A dub, an effect or speech, as the model and the kind say."""
        if ask.model == DUBBING:
            return _dub(ask)
        query = {"output_format": ask.request.options.get("format", FORMAT)}
        if ask.request.kind is ElementKind.EFFECT:
            return Call("POST", "/v1/sound-generation", query=query, body=_effect(ask))
        voice = ask.request.options.get("voice", "")
        if not _NAME.fullmatch(voice):
            raise NotCapable(
                "ElevenLabs speaks with the voice that is named, and with none else",
                why=f"{voice!r} is no voice" if voice else "none is named",
                next_step="cast the part in production.toml, with the number of a voice",
            )
        return Call("POST", f"/v1/text-to-speech/{voice}", query=query, body=_speech(ask))

    def accepted(self, answer: Answer) -> Accepted | Failure:
        """The sound itself, or the number of a dub."""
        if _is_sound(answer):
            names = ("history-item-id", "request-id")
            number = next((answer.headers[name] for name in names if name in answer.headers), "")
            return Accepted(number if _NAME.fullmatch(number) else "unnumbered", data=answer.data)
        number = str(answer.document().get("dubbing_id") or "")
        if not _NAME.fullmatch(number):
            return Failure(
                kind="missing", words="it took the order, and neither sound nor number came"
            )
        return Accepted(number)

    def look(self, job: Job) -> Call:
        """A dub; for all else, which was answered at once, what the history kept of it."""
        if job.model == DUBBING:
            return Call("GET", f"/v1/dubbing/{job.number}")
        return Call("GET", f"/v1/history/{job.number}/audio")

    def read(self, answer: Answer) -> Standing:
        """A dub: dubbing, dubbed or failed. Or a sound of the history."""
        if _is_sound(answer):
            return Standing("finished", share=1.0, data=answer.data)
        document = answer.document()
        status = document.get("status")
        if status == "failed":
            return _failed(str(document.get("error") or "it failed")[:300])
        if status != "dubbed":
            return Standing("running")
        number, languages = str(document.get("dubbing_id")), document.get("target_languages")
        language = str(languages[0]) if isinstance(languages, list) and languages else ""
        if not _NAME.fullmatch(number) or not _NAME.fullmatch(language):
            return _failed("it names no language that was dubbed")
        place = f"/v1/dubbing/{number}/audio/{language}"
        return Standing("finished", share=1.0, result=place, keyed=True)

    def refused(self, answer: Answer) -> Failure:
        """A refusal, by the code that comes with it; the same status has several meanings."""
        detail = answer.document().get("detail")
        code = str(detail.get("status") or detail.get("code")) if isinstance(detail, dict) else ""
        words = words_of(answer)
        if _MODERATED.search(code):
            return Failure(kind="moderated", code=code, words=words)
        if code in _BALANCE:
            return Failure(kind="balance", code=code, words=words)
        if code in _INVALID:
            return Failure(kind="invalid", code=code, words=words)
        return Failure(kind=kind_of(answer.status), code=code, words=words, wait=answer.wait)

    def cancel(self, job: Job) -> Call:
        """Deletes a dub. There is nothing to stop of what was answered at once."""
        if job.model == DUBBING:
            return Call("DELETE", f"/v1/dubbing/{job.number}")
        return Call("DELETE", f"/v1/history/{job.number}")


def _is_sound(answer: Answer) -> bool:
    return bool(answer.data) and "json" not in answer.headers.get("content-type", "json")


def _speech(ask: Ask) -> dict[str, Any]:
    options = ask.request.options
    body: dict[str, Any] = {"text": ask.request.prompt, "model_id": ask.model}
    if ask.request.language and ask.model != "eleven_multilingual_v2":  # it hears it by itself
        body["language_code"] = ask.request.language
    settings = {
        name: _number(option, options[option], 0.0, 2.0)
        for option, name in _SETTINGS.items()
        if option in options
    }
    if settings:
        body["voice_settings"] = settings
    if ask.entry.seed:
        body["seed"] = ask.request.seed % SEEDS
    return body


def _effect(ask: Ask) -> dict[str, Any]:
    options = ask.request.options
    body: dict[str, Any] = {"text": ask.request.prompt, "model_id": ask.model}
    if ask.seconds:
        body["duration_seconds"] = with_margin(ask.seconds, LONGEST_EFFECT)
    if "loop" in options:
        body["loop"] = options["loop"] == "true"
    if "prompt_influence" in options:
        influence = _number("prompt_influence", options["prompt_influence"], 0.0, 1.0)
        body["prompt_influence"] = influence
    return body


def _dub(ask: Ask) -> Call:
    """A dub without a clone of the voice: whose voice it is to be is a matter of consent."""
    request = ask.request
    if request.options.get("translation") != "provider":
        raise NotCapable(
            "ElevenLabs dubs with a translation of its own, and does not speak the text given",
            next_step='allow translation = "provider" for it, or order speech',
        )
    if not request.language or not ask.seconds:
        raise NotCapable("a dub is ordered with its language and its length")
    sources = (*ask.of_role("sound"), *ask.of_role("video"))
    if len(sources) != 1:
        raise NotCapable("a dub needs one recording", why=f"{len(sources)} are given")
    path, media_type = sources[0]
    hold_length(path, ask, "ElevenLabs")
    if path.stat().st_size > MOST_UPLOAD:
        raise NotCapable("the recording is too large to be dubbed", next_step="cut it")
    form = {
        "name": request.prompt[:100],
        "source_lang": request.options.get("source", "auto"),
        "target_lang": request.language,
        "num_speakers": request.options.get("speakers", "0"),
        "watermark": "false",
        "start_time": "0",
        "end_time": str(-(-ask.seconds.numerator // ask.seconds.denominator)),
        "drop_background_audio": str(request.options.get("background") == "drop").lower(),
        "disable_voice_cloning": "true",
    }
    parts = (("file", f"source.{media_type.rpartition('/')[2]}", path.read_bytes(), media_type),)
    return Call("POST", "/v1/dubbing", form=form, parts=parts)


def _number(option: str, text: str, least: float, most: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not least <= value <= most:
        raise NotCapable(f"{option} is a number from {least:g} to {most:g}, not {text!r}")
    return value


def _failed(words: str) -> Standing:
    kind: Any = "moderated" if _MODERATED.search(words.lower()) else "failed"
    return Standing("failed", failure=Failure(kind=kind, words=words))


class ElevenLabsBackend(HostedBackend):
    """``elevenlabs`` and ``elevenlabs:MODEL``."""

    dialect = ElevenLabs
