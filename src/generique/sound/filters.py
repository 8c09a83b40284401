"""Second-order filters and fades that the departments of sound share.

Coefficients after R. Bristow-Johnson, *Cookbook formulae for audio equalizer biquad filter
coefficients*, as rows of second-order sections for scipy.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import signal

Floats = NDArray[np.float64]


def high_pass(samples: Floats, cutoff: float, rate: int) -> Floats:
    """Butterworth high-pass of second order run both ways: fourth order, no phase shift.

    Args:
        samples: (n,) or (n, channels).
        cutoff: Hertz.
        rate: Samples a second.
    """
    sections = signal.butter(2, cutoff, "highpass", fs=rate, output="sos")
    return _both_ways(sections, samples)


def low_pass(samples: Floats, cutoff: float, rate: int) -> Floats:
    """Butterworth low-pass of second order run both ways: fourth order, no phase shift."""
    sections = signal.butter(2, cutoff, "lowpass", fs=rate, output="sos")
    return _both_ways(sections, samples)


def shelf(
    samples: Floats, side: Literal["low", "high"], corner: float, gain_db: float, rate: int
) -> Floats:
    """Shelving filter of slope 1 along the first axis; ``gain_db`` on its side of the corner."""
    a = 10 ** (gain_db / 40)
    w = 2 * math.pi * corner / rate
    s = 1 if side == "low" else -1
    c, root = math.cos(w), 2 * math.sqrt(a) * math.sin(w) / math.sqrt(2)
    b0 = a * (a + 1 - s * (a - 1) * c + root)
    b1 = s * 2 * a * (a - 1 - s * (a + 1) * c)
    b2 = a * (a + 1 - s * (a - 1) * c - root)
    a0 = a + 1 + s * (a - 1) * c + root
    a1 = -s * 2 * (a - 1 + s * (a + 1) * c)
    a2 = a + 1 + s * (a - 1) * c - root
    row = np.array([[b0, b1, b2, a0, a1, a2]]) / a0
    return np.asarray(signal.sosfilt(row, samples, axis=0))


def peaking(samples: Floats, centre: float, gain_db: float, q: float, rate: int) -> Floats:
    """Bell filter along the first axis: ``gain_db`` at the centre, width 1/q."""
    a = 10 ** (gain_db / 40)
    w = 2 * math.pi * centre / rate
    alpha, c = math.sin(w) / (2 * q), math.cos(w)
    row = np.array([[1 + alpha * a, -2 * c, 1 - alpha * a, 1 + alpha / a, -2 * c, 1 - alpha / a]])
    return np.asarray(signal.sosfilt(row / (1 + alpha / a), samples, axis=0))


def fade_edges(samples: Floats, fade_in: int, fade_out: int) -> Floats:
    """A copy with raised-cosine fades, their lengths in samples, along the first axis.

    The first and the last sample become exactly zero, so that nothing clicks.
    """
    faded = np.array(samples, np.float64)
    for length, turned in ((fade_in, False), (fade_out, True)):
        count = min(length, len(faded))
        if count:
            ramp = (1 - np.cos(np.pi * np.arange(count) / max(1, count))) / 2
            part = faded[::-1] if turned else faded
            part[:count] *= ramp.reshape(-1, *([1] * (faded.ndim - 1)))
    return faded


def _both_ways(sections: Floats, samples: Floats) -> Floats:
    if len(samples) < 32:
        return np.zeros_like(samples)
    return np.asarray(signal.sosfiltfilt(sections, samples, axis=0))
