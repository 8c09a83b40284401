"""Voices of SVOX Pico: small, quick, always there.

Options: ``voice`` (``en-GB``, ``en-US``, ``fr-FR``, ``de-DE``, ``es-ES``, ``it-IT``), ``speed``
(0.7 to 1.5, 1 is natural), ``pitch`` (0.7 to 1.4, 1 is natural). The length follows the text;
fit a line into its slot with :func:`generique.sound.fit.fit_speed` and ask again with ``speed``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generique.model.element import ElementKind
from generique.model.errors import BackendFailed, NotCapable, NotConfigured
from generique.model.passport import Passport, SourceType, Training
from generique.production.ports import (
    Delivery,
    Estimate,
    Interpretation,
    Request,
    Stage,
    WordUse,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_VOICES = {
    "en": ("en-GB", "en-US"),
    "fr": ("fr-FR",),
    "de": ("de-DE",),
    "es": ("es-ES",),
    "it": ("it-IT",),
}
_LIMITS = {"speed": (0.7, 1.5), "pitch": (0.7, 1.4)}
_ENGINE_RATE = 16000
_SECONDS_AT_MOST = 120
_ENGINE_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "MALLOC_MMAP_THRESHOLD_": "65536"}
_WORD = re.compile(r"\S+")


class PicoBackend:
    """Speaks a line in English, French, German, Spanish or Italian."""

    def passport(self) -> Passport:
        """What is known of it."""
        return Passport(
            name="pico",
            version="0.1.1",
            title="SVOX Pico (py-nanotts)",
            maker="SVOX AG",
            licence="Apache-2.0",
            kinds=(ElementKind.VOICE,),
            training=Training(statement="undisclosed"),
            source_type=SourceType.TRAINED_ALGORITHMIC,
            repeatable=True,
            local=True,
            credit={
                "en": "Synthetic voice: SVOX Pico",
                "fr": "Voix de synthèse : SVOX Pico",
            },
            notes="The recordings that the voices were made from are not documented.",
        )

    def interpret(self, request: Request) -> Interpretation:
        """Check that every word can be spoken as written.

        Raises:
            NotCapable: Another kind, language, voice or option, a wanted length, or text that
                would not be spoken as it stands.
        """
        _voice_of(request)
        _numbers_of(request)
        _speakable(request.prompt)
        words = tuple(
            WordUse(
                start=found.start(),
                end=found.end(),
                text=found.group(),
                use="used",
                became="spoken",
            )
            for found in _WORD.finditer(request.prompt)
        )
        return Interpretation(words=words)

    def estimate(self, request: Request, stage: Stage) -> Estimate:  # noqa: ARG002 -- the port's signature
        """A start of the engine and a little for each character."""
        return Estimate(seconds=0.3 + len(request.prompt) / 1500)

    def generate(self, request: Request, stage: Stage) -> Delivery:
        """Speak it.

        Raises:
            NotCapable: As :meth:`interpret`.
            BackendFailed: The engine stopped or said nothing.
        """
        from generique.sound.mix import SAMPLE_RATE
        from generique.sound.speech import finish_voice

        self.interpret(request)
        stage.progress(0, 2, "speaking")
        pcm = _speak(_speakable(request.prompt), _voice_of(request), _numbers_of(request))
        stage.progress(1, 2, "cleaning the voice")
        line = finish_voice(pcm, _ENGINE_RATE)
        stage.progress(2, 2, "spoken")
        path = stage.sound(line, SAMPLE_RATE)
        return Delivery(path=path, media_type="audio/wav", seed=request.seed)


def _speakable(text: str) -> str:
    from generique.sound.spoken import speakable

    return speakable(text)


def _voice_of(request: Request) -> str:
    if request.kind is not ElementKind.VOICE:
        raise NotCapable(f"pico speaks; it does not make a {request.kind.value}")
    if request.frames is not None or request.raster is not None:
        raise NotCapable(
            "a voice takes no length and no raster",
            why="its length follows its text",
            next_step='leave them out and give the option "speed"',
        )
    unknown = tuple(sorted(request.options.keys() - {"voice", *_LIMITS}))
    if unknown:
        raise NotCapable(f"pico knows no option {', '.join(unknown)}", unknown=unknown)
    request.require_no_references("pico")
    voices = _VOICES.get(request.language or "")
    if voices is None:
        raise NotCapable(
            f"pico does not speak {request.language or 'without a language'}",
            next_step=f"ask for one of {', '.join(_VOICES)}, or another backend",
        )
    voice = request.options.get("voice", voices[0])
    if voice not in voices:
        raise NotCapable(
            f"pico has no voice {voice!r} for {request.language}",
            unknown=(voice,),
            next_step=f"choose {' or '.join(voices)}",
        )
    return voice


def _numbers_of(request: Request) -> dict[str, float]:
    numbers = {}
    for name, (low, high) in _LIMITS.items():
        text = request.options.get(name, "1")
        if not re.fullmatch(r"\d{1,2}(\.\d{1,6})?", text) or not low <= float(text) <= high:
            raise NotCapable(
                f"{name} {text[:20]!r} is not from {low} to {high}", unknown=(text[:20],)
            )
        numbers[name] = float(text)
    return numbers


def _speak(text: str, voice: str, numbers: dict[str, float]) -> NDArray[np.int16]:
    """The raw voice, from an engine in a process of its own (see ``pico_engine``)."""
    import importlib.util
    import json
    import subprocess
    import sys
    from pathlib import Path

    import numpy as np

    if importlib.util.find_spec("py_nanotts") is None:
        raise NotConfigured(
            "the speech engine is not installed",
            next_step="install the package py-nanotts, 0.1.1 or a later 0.1",
        )
    engine = Path(__file__).with_name("pico_engine.py")
    asked = json.dumps({"text": text, "voice": voice, **numbers})
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(engine)],
            input=asked.encode(),
            capture_output=True,
            timeout=_SECONDS_AT_MOST,
            env=_ENGINE_ENVIRONMENT,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise BackendFailed(f"the speech engine took over {_SECONDS_AT_MOST} s") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise BackendFailed(
            f"the speech engine stopped with status {error.returncode}",
            why=said[-1][:200] if said else None,
        ) from error
    pcm = np.frombuffer(done.stdout[: len(done.stdout) // 2 * 2], "<i2")
    if not np.any(np.abs(pcm.astype(np.int32)) > 200):
        raise BackendFailed("the speech engine said nothing", why=f"for the text {text[:60]!r}")
    return pcm
