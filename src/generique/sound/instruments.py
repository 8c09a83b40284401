"""Struck and bowed tones, built partial by partial.

A felt piano and bells are sums of decaying partials (N. Fletcher and T. Rossing, *The Physics of
Musical Instruments*, chapters 12 and 21). Strings and drone are spectra of many slightly
different players, after P. Nasca's *PADsynth*: bell-shaped bands around each harmonic with
random phases, turned into an endless loop by one inverse transform.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from generique.sound.mix import SAMPLE_RATE

Floats = NDArray[np.float64]

LOOP = 1 << 18
"""Samples in a loop of strings, 5.5 s."""

_BLOCK = 1024
_HIGHEST = 9000.0
_STRIKE = 0.119
_ATTACK = 0.004
_WIDE_FROM, _WIDE_AT = 130.0, 600.0


@dataclass(frozen=True, slots=True)
class Timbre:
    """Spectrum of a bowed sound.

    Attributes:
        cutoff: Hertz above which harmonics fall steeply.
        slope: Exponent of the fall of harmonics, 1 for a saw tooth.
        cents: Spread of the players around the pitch, in cents.
        body: Strength of the box resonance near 480 Hz.
    """

    cutoff: float
    slope: float
    cents: float
    body: float


WARM_STRINGS = Timbre(cutoff=780, slope=1.15, cents=22, body=0.5)
BRIGHT_STRINGS = Timbre(cutoff=2600, slope=0.95, cents=26, body=0.8)
DRONE = Timbre(cutoff=170, slope=1.3, cents=9, body=0.0)


def frequency(midi: float) -> float:
    """Hertz of a MIDI note number, 69 being 440 Hz."""
    return float(440.0 * 2.0 ** ((midi - 69) / 12))


def felt_piano(midi: int, velocity: float, seed: int) -> Floats:
    """One note of a piano with felt between hammers and strings, (n, 2), peak about ``velocity``.

    Stiff strings (partial k at ``k f0 sqrt(1 + B k^2)``), each partial with a quick and a slow
    decay that beat against each other, a strike point that thins every eighth partial, and the
    soft knock of the hammer. The note starts at its first sample and rings to -60 dB.

    Args:
        midi: 21 to 108.
        velocity: 0 to 1; softer is also darker.
        seed: Of beating and knock.
    """
    rng = np.random.default_rng([seed, midi, 0x91A0])
    base = frequency(midi)
    stiffness = max(0.00022, 0.0004 * 2 ** ((midi - 60) / 9))
    order = np.arange(1, 33)
    hertz = order * base * np.sqrt(1 + stiffness * order**2)
    order, hertz = order[hertz < _HIGHEST], hertz[hertz < _HIGHEST]
    softness = 380 + 1500 * velocity**1.3 + 0.9 * base
    level = np.abs(np.sin(np.pi * order * _STRIKE)) * order**-0.75 * np.exp(-hertz / softness)
    ring = 17.0 * 2 ** (-(midi - 40) / 19)
    fall = 6.91 / ring * (1 + 0.22 * (order - 1) + (hertz / 3200) ** 2)
    detune = rng.uniform(0.00008, 0.0003, len(order)) * hertz
    place = np.clip((midi - 62) / 70, -0.4, 0.4)
    sides = np.array([[math.sqrt(0.5 - place / 2)], [math.sqrt(0.5 + place / 2)]])
    phase = rng.uniform(-0.35, 0.35, (2, len(order)))
    quick = (sides * level * 0.72) * np.exp(1j * phase)
    slow = (sides * level * 0.28) * np.exp(-1j * phase)
    note = _modes(
        np.concatenate((hertz - detune, hertz + detune)),
        np.concatenate((fall * 1.6, fall * 0.75)),
        np.concatenate((quick, slow), axis=1),
        min(ring * 1.05, 11.0),
    )
    note *= velocity / np.abs(note[: SAMPLE_RATE // 2]).max()
    knock = _knock(rng, velocity)
    note[: len(knock)] += knock * sides.T
    return _attack(note)


def bell(midi: int, velocity: float, seed: int) -> Floats:
    """A small soft-struck bell, (n, 2): hum, prime, tierce, quint, nominal and upper partials."""
    rng = np.random.default_rng([seed, midi, 0xBE11])
    base = frequency(midi)
    ratio = np.array([0.5, 1.0, 1.2, 1.5, 2.0, 2.67, 3.01, 4.1])
    level = np.array([0.5, 1.0, 0.35, 0.18, 0.45, 0.12, 0.08, 0.03])
    hertz = np.minimum(ratio * base, _HIGHEST)
    fall = 6.91 / np.array([7.0, 5.5, 4.0, 3.2, 3.0, 1.6, 1.2, 0.7])
    phase = rng.uniform(-np.pi / 2, np.pi / 2, (2, 8)) * 0.7
    beat = rng.uniform(0.2, 0.7, 8)
    note = _modes(
        np.concatenate((hertz - beat / 2, hertz + beat / 2)),
        np.concatenate((fall, fall)),
        np.concatenate((level * np.exp(1j * phase), level * np.exp(-1j * phase)), axis=1),
        6.5,
    )
    return _attack(note * velocity / np.abs(note).max())


def bowed_loop(midi: int, timbre: Timbre, seed: int) -> Floats:
    """An endless loop (:data:`LOOP`, 2) of many players on one note, RMS 0.1.

    Both sides share their phases in the bass and part towards the treble.
    """
    rng = np.random.default_rng([seed, midi, round(timbre.cutoff)])
    base = frequency(midi)
    hertz = np.fft.rfftfreq(LOOP, 1 / SAMPLE_RATE)
    magnitude = np.zeros_like(hertz)
    for order in range(1, int(min(_HIGHEST, 6 * timbre.cutoff + base) / base) + 1):
        centre = order * base
        width = (2 ** (timbre.cents / 1200) - 1) * centre * order**-0.15 + 0.15
        near = slice(*np.searchsorted(hertz, (centre - 4 * width, centre + 4 * width)))
        level = order**-timbre.slope / (1 + (centre / timbre.cutoff) ** 3)
        level *= 1 + timbre.body * math.exp(-((math.log2(centre / 480)) ** 2) / 0.3)
        magnitude[near] += level * np.exp(-0.5 * ((hertz[near] - centre) / width) ** 2) / width**0.5
    phase = rng.uniform(0, 2 * np.pi, len(hertz))
    apart = np.clip((hertz - _WIDE_FROM) / (_WIDE_AT - _WIDE_FROM), 0, 1) * 0.8
    other = phase + rng.uniform(-np.pi, np.pi, len(hertz)) * apart
    loop = np.fft.irfft(magnitude * np.exp(1j * np.stack((phase, other))), LOOP, axis=1).T
    return np.asarray(loop * 0.1 / np.sqrt(np.mean(loop**2)))


def pulse(hertz: float, seconds: float = 0.5) -> Floats:
    """A heartbeat, (n, 2): a low sine that starts softly, sags a little in pitch and dies."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    angle = 2 * np.pi * (hertz * time + 0.35 * (1 - np.exp(-time / 0.03)))
    shape = (1 - np.exp(-time / 0.006)) * np.exp(-time / 0.11)
    tail = np.clip((seconds - time) / 0.05, 0, 1)
    return np.repeat((np.sin(angle) * shape * tail)[:, None], 2, axis=1)


def _modes(hertz: Floats, fall: Floats, level: NDArray[np.complex128], seconds: float) -> Floats:
    """Sum of decaying sines, (n, 2): ``Im(level exp((i 2 pi f - fall) t))``.

    Time is split into block and offset, which turns the sum over partials into one product of
    matrices; exact, and some twenty times faster than adding sines.
    """
    pole = (2j * np.pi * hertz - fall) / SAMPLE_RATE
    blocks = math.ceil(seconds * SAMPLE_RATE / _BLOCK)
    offsets = np.exp(pole[:, None] * np.arange(_BLOCK))
    starts = np.exp(pole[None, :] * (_BLOCK * np.arange(blocks))[:, None])
    sides = [((starts * side) @ offsets).imag.ravel() for side in level]
    sound = np.stack(sides, axis=1)
    tail = min(len(sound), SAMPLE_RATE // 5)
    sound[-tail:] *= np.cos(np.linspace(0, np.pi / 2, tail))[:, None] ** 2
    return sound


def _knock(rng: np.random.Generator, velocity: float) -> Floats:
    count = round(0.12 * SAMPLE_RATE)
    time = np.arange(count) / SAMPLE_RATE
    band = signal.butter(2, (110, 620), "bandpass", fs=SAMPLE_RATE, output="sos")
    noise = signal.sosfilt(band, rng.standard_normal(count))
    shaped = noise * np.exp(-time / 0.022) * np.minimum(1, time / 0.003)
    return np.asarray(0.05 * velocity**0.7 * shaped / np.abs(shaped).max())[:, None]


def _attack(note: Floats) -> Floats:
    rise = round(_ATTACK * SAMPLE_RATE)
    note[:rise] *= (np.sin(np.linspace(0, np.pi / 2, rise)) ** 2)[:, None]
    return note
