"""Sounds for the tests of marks: made by rule, quick, of several kinds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import signal

RATE = 48_000
Sound = NDArray[np.float32]


def plucked(seconds: float, seed: int, rate: int = RATE) -> Sound:
    """Decaying harmonic notes at uneven times over a little noise, stereo."""
    rng = np.random.default_rng(seed)
    total = round(seconds * rate)
    made = 0.003 * rng.standard_normal((total, 2))
    time = np.arange(rate) / rate
    for start in np.sort(rng.uniform(0, seconds - 1.01, round(5 * seconds))):
        pitch = 110 * 2 ** (rng.integers(0, 36) / 12) * rng.uniform(0.99, 1.01)
        note = sum(np.sin(2 * np.pi * pitch * k * time) / k for k in range(1, 12))
        begin, pan = round(start * rate), rng.uniform(0.3, 0.7)
        note = np.exp(-rng.uniform(2, 6) * time) * note
        made[begin : begin + rate] += np.outer(note, [pan, 1 - pan])
    return np.asarray(0.5 * made / np.abs(made).max(), np.float32)


def weather(seconds: float, seed: int, rate: int = RATE) -> Sound:
    """Noise that swells, darker than white, stereo."""
    rng = np.random.default_rng(seed)
    total = round(seconds * rate)
    noise = signal.lfilter([0.1], [1, -0.9], rng.standard_normal((total, 2)), axis=0)
    swell = 1 + 0.5 * np.sin(2 * np.pi * 0.3 * np.arange(total) / rate)
    return np.asarray(0.3 * noise * swell[:, None], np.float32)


def resampled_by(sound: Sound, up: int, down: int) -> Sound:
    """A sound played at another speed, with its pitch."""
    return np.asarray(signal.resample_poly(sound, up, down, axis=0), np.float32)
