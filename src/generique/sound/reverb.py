"""A hall of our own: decaying noise in bands, wide in the treble, narrow in the bass.

After J. A. Moorer, *About this reverberation business* (1979): the late response of a good hall
is noise that decays exponentially, faster at high frequencies.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from generique.sound.mix import SAMPLE_RATE

Floats = NDArray[np.float64]

_BANDS = (
    (0, 1.10),
    (200, 1.05),
    (450, 1.0),
    (1000, 0.86),
    (2200, 0.64),
    (5000, 0.40),
    (11000, 0.22),
)
_SWELL = 0.045
_MONO_BELOW = 140.0


def hall_response(decay: float, seed: int, *, predelay: float = 0.024) -> Floats:
    """Impulse response (n, 2) of a hall, of energy 1 in each channel, without the direct sound.

    Args:
        decay: Seconds until middle frequencies have fallen by 60 dB.
        seed: Of the noise.
        predelay: Seconds until the first reflection.
    """
    rng = np.random.default_rng([seed, 0x4A11])
    count = round(1.15 * decay * SAMPLE_RATE)
    time = np.arange(count) / SAMPLE_RATE
    hertz = np.asarray(np.fft.rfftfreq(count, 1 / SAMPLE_RATE), np.float64)
    noise = np.fft.rfft(rng.standard_normal((3, count)), axis=1)
    centre = 1 / (1 + (hertz / _MONO_BELOW) ** 4)
    sides = noise[:2] * np.sqrt(1 - centre) + noise[2] * np.sqrt(centre)
    late = np.zeros((2, count))
    for number, (low, share) in enumerate(_BANDS):
        high = _BANDS[number + 1][0] if number + 1 < len(_BANDS) else SAMPLE_RATE
        window = _band(hertz, low, high)
        late += np.fft.irfft(sides * window, count, axis=1) * 10 ** (-3 * time / (decay * share))
    late *= np.minimum(1.0, time / _SWELL) ** 0.5
    late /= np.sqrt(np.sum(late**2, axis=1, keepdims=True))
    for side in late:
        taps = (rng.uniform(0, 0.06, 7) * SAMPLE_RATE).astype(int)
        side[taps] += 0.12 * rng.choice((-1, 1), 7) * rng.uniform(0.4, 1, 7)
    late /= np.sqrt(np.sum(late**2, axis=1, keepdims=True))
    return np.pad(late, ((0, 0), (round(predelay * SAMPLE_RATE), 0))).T


def in_hall(dry: Floats, response: Floats) -> Floats:
    """What the hall answers to a dry sound (n, 2), the tail cut at the sound's own length."""
    wet = signal.oaconvolve(dry, response, axes=0)
    return np.asarray(wet[: len(dry)])


def _band(hertz: Floats, low: float, high: float) -> Floats:
    """A window over log-frequency; neighbouring windows add up to 1."""
    rise = np.ones_like(hertz) if low == 0 else 1 / (1 + (low / np.maximum(hertz, 1e-3)) ** 4)
    fall = 1 / (1 + (high / np.maximum(hertz, 1e-3)) ** 4) if high < SAMPLE_RATE else 0.0
    return np.asarray(rise - fall)
