"""The speech backend keeps the law, and says the words that it is given."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from generique.backends.pico import PicoBackend
from generique.model.element import ElementKind, Raster
from generique.model.errors import BackendFailed, NotCapable
from generique.model.time import Rate
from generique.production.ports import Backend, Request
from generique.sound.loudness import integrated_lufs, true_peak_dbtp
from generique.sound.wav import decode_wav
from generique.testing.backend_contract import BackendContract
from generique.testing.stage import FolderStage

RATE = Rate(numerator=24)


def line(text: str, language: str | None = "en", **options: str) -> Request:
    return Request(
        kind=ElementKind.VOICE, prompt=text, seed=7, rate=RATE, language=language, options=options
    )


class TestPico(BackendContract):
    def backend(self) -> Backend:
        return PicoBackend()

    def can(self) -> tuple[Request, ...]:
        return (
            line("Snow, again."),
            line("L’été — déjà.", "fr", speed="1.2", pitch="0.9", voice="fr-FR"),
        )

    def cannot(self) -> tuple[Request, ...]:
        return (
            line('<speed level="500"/>Hello'),
            line("Hello \u0007"),
            line("Hello \x00"),
            line("\U0001f600"),
            line(""),
            line(" \n ... !"),
            line("snow " * 20000),
            line("Привет"),
            line("Hello &lt; {there} [x]"),
            line("Hello\u200b"),
            line("Hello \u202egnihton"),
            line("Hello", "ja"),
            line("Hello", None),
            line("Hello", "en", voice="fr-FR"),
            line("Hello", "en", speed="9"),
            line("Hello", "en", speed="nan"),
            line("Hello", "en", speed="1" * 400),
            line("Hello", "en", pitch="-1"),
            line("Hello").model_copy(update={"frames": 24}),
            line("Hello").model_copy(update={"raster": Raster(width=64, height=64)}),
        )


def spoken(request: Request, folder: Path) -> NDArray[np.float32]:
    made = PicoBackend().generate(request, FolderStage(folder))
    return decode_wav(made.path.read_bytes(), where=made.path.name)[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The street listens to the snow."),
        ("fr", "La rue écoute la neige."),
        ("de", "Die Straße hört dem Schnee zu."),
        ("es", "La calle escucha la nieve."),
        ("it", "La strada ascolta la neve."),
    ],
)
def test_every_language_is_at_speech_level_with_fixed_margins(
    language: str, text: str, tmp_path: Path
) -> None:
    sound = spoken(line(text, language), tmp_path)
    assert integrated_lufs(sound, 48000) == pytest.approx(-23, abs=0.3)
    assert true_peak_dbtp(sound) <= -3
    assert np.array_equal(sound[:, 0], sound[:, 1])
    assert abs(float(sound.mean())) < 1e-4
    loud = np.flatnonzero(np.abs(sound[:, 0]) > 0.02 * np.abs(sound).max())
    assert 0.05 <= loud[0] / 48000 <= 0.12
    assert 0.05 <= (len(sound) - loud[-1]) / 48000 <= 0.16
    assert 1.0 < len(sound) / 48000 < 4.0


def test_speed_changes_the_length_as_told(tmp_path: Path) -> None:
    text = "The street listens to the snow, and nobody is awake to hear it."
    natural, slow, fast = (
        len(spoken(line(text, speed=speed), tmp_path / speed)) for speed in ("1", "0.85", "1.25")
    )
    assert natural / slow == pytest.approx(0.85, abs=0.06)
    assert natural / fast == pytest.approx(1.25, abs=0.08)


def test_typographic_and_plain_spelling_sound_the_same(tmp_path: Path) -> None:
    plain = spoken(line("L'été, déjà.", "fr"), tmp_path / "plain")
    typographic = spoken(line("« L’e\u0301te\u0301 — déja\u0300. »", "fr"), tmp_path / "typo")
    assert np.array_equal(plain, typographic)


def test_what_cannot_be_spoken_is_named() -> None:
    with pytest.raises(NotCapable, match="less-than sign") as caught:
        PicoBackend().interpret(line("<break/>"))
    assert caught.value.unknown == ("<", "/", ">")


def test_an_engine_that_dies_is_a_failure_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(command: list[str], **_: Any) -> None:
        raise subprocess.CalledProcessError(-11, command, stderr=b"Segmentation fault\n")

    monkeypatch.setattr(subprocess, "run", dies)
    with pytest.raises(BackendFailed, match="status -11") as caught:
        spoken(line("Hello"), tmp_path)
    assert caught.value.why == "Segmentation fault"
