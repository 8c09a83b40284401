"""Whether a sound that was laid into a mix can be heard in the finished programme, and how well.

A matched filter: the sound's own samples are the template. Its place is where the normalised
correlation with the programme is highest; whether all of it is there is judged piece by piece, so
that one word that was muted is missed even where the rest is in its place.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy import signal

from generique.model.values import Value
from generique.sound.loudness import SILENCE_LUFS, integrated_lufs
from generique.sound.mix import SAMPLE_RATE

HEARD = 0.5
"""Correlation from which a piece of the sound counts as heard. Under a bed that is ducked as the
mix does, through AAC, pieces keep more than 0.8; other speech stays under 0.2."""

_RATE = 16_000
_PIECE = 0.2
_QUIET_DB = -25.0
_BAND = (150.0, 6000.0)


class Heard(Value):
    """What was heard of a sound.

    Attributes:
        start: Where it starts in the programme, in seconds.
        agreement: Correlation of the whole sound at that place, -1 to 1.
        weakest: The least correlation of any piece of a fifth of a second that is not a pause.
        level: Its loudness in the programme, LUFS; -70 when it is not there.
        clearance: Loudness over all else that sounds with it, in LU.
    """

    start: float
    agreement: float = Field(ge=-1, le=1)
    weakest: float = Field(ge=-1, le=1)
    level: float
    clearance: float

    @property
    def whole(self) -> bool:
        """True when every piece of it is heard."""
        return self.weakest >= HEARD


def hear(
    programme: NDArray[np.float32], sound: NDArray[np.float32], near: float, reach: float
) -> Heard:
    """Listen for a sound.

    Args:
        programme: (n, 2) at 48 kHz, or a part of it.
        sound: (m, 2) at 48 kHz, as it was before it was mixed.
        near: Where it ought to start, in seconds of ``programme``.
        reach: Seconds before and after that are searched too.
    """
    first = max(0, round((near - reach) * SAMPLE_RATE))
    end = round((near + reach) * SAMPLE_RATE) + len(sound)
    template = _speech(sound)
    heard = _speech(programme[first:end])
    if len(heard) < len(template):
        heard = np.pad(heard, (0, len(template) - len(heard)))
    scores = _correlation(heard, template)
    place = int(np.argmax(scores))
    part = heard[place : place + len(template)]
    gain = float(part @ template) / max(float(template @ template), 1e-12)
    rest = part - gain * template
    level = integrated_lufs(sound, SAMPLE_RATE) + 20 * math.log10(max(gain, 1e-6))
    return Heard(
        start=round(first / SAMPLE_RATE + place / _RATE, 4),
        agreement=round(float(scores[place]), 3),
        weakest=round(_weakest(part, template), 3),
        level=round(max(level, SILENCE_LUFS), 1),
        clearance=round(_decibels(gain * template) - _decibels(rest), 1),
    )


def _speech(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The middle of a stereo sound in the band of speech, at 16 kHz."""
    if not len(samples):
        return np.zeros(0)
    middle = samples.mean(axis=1, dtype=np.float64)
    low = signal.resample_poly(middle, 1, SAMPLE_RATE // _RATE)
    band = signal.butter(2, _BAND, "bandpass", fs=_RATE, output="sos")
    return np.asarray(signal.sosfilt(band, low), np.float64)


def _correlation(heard: NDArray[np.float64], template: NDArray[np.float64]) -> NDArray[np.float64]:
    """Normalised correlation of the template with every place of what is heard."""
    product = signal.correlate(heard, template, mode="valid", method="fft")
    sums = np.concatenate(([0.0], np.cumsum(heard**2)))
    energy = sums[len(template) :] - sums[: len(sums) - len(template)]
    quiet = 1e-10 * max(float(energy.max()), 1e-12)
    norm = np.sqrt(np.maximum(energy, quiet) * max(float(template @ template), 1e-12))
    return np.asarray(np.clip(product / norm, -1, 1), np.float64)


def _weakest(part: NDArray[np.float64], template: NDArray[np.float64]) -> float:
    """The least correlation of pieces; pieces of the template that are pauses do not count."""
    size = round(_PIECE * _RATE)
    count = max(1, len(template) // size)
    pieces = [slice(n * size, (n + 1) * size) for n in range(count)]
    energies = np.array([float(template[piece] @ template[piece]) for piece in pieces])
    loud = energies > energies.max() * 10 ** (_QUIET_DB / 10)
    scores = [
        float(part[piece] @ template[piece])
        / math.sqrt(max(float(part[piece] @ part[piece]) * energy, 1e-18))
        for piece, energy, counts in zip(pieces, energies, loud, strict=True)
        if counts
    ]
    return max(-1.0, min((1.0, *scores)))


def _decibels(samples: NDArray[np.float64]) -> float:
    return 10 * math.log10(max(float(np.mean(samples**2)), 1e-12))
