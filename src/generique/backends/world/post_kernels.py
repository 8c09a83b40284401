"""The finish of a frame, in numba: lens, view transform and grain in one pass."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generique.backends.world.compiled import compiled
from generique.world.arrays import Octets


@compiled
def _curve(value: float) -> float:
    """A log encoding over 15.4 stops and a fitted sigmoid.

    The polynomial is the sixth-degree fit of the AgX default contrast by Benjamin Wrensch.
    """
    t = (math.log2(max(value, 1e-8)) + 10.8) / 15.4
    t = min(max(t, 0.0), 1.0)
    t2 = t * t
    t4 = t2 * t2
    high = 15.5 * t4 * t2 - 40.14 * t4 * t + 31.96 * t4
    return high - 6.868 * t2 * t + 0.4298 * t2 + 0.1191 * t - 0.00232


@compiled
def _finish(linear: Any, bloom: Any, out: Any, look: Any, seed: int, rows: Any) -> None:
    exposure, vignette, saturation, power, grain = look
    height, width = linear.shape[0], linear.shape[1]
    half = width * 0.5
    for y in range(rows[0], rows[1]):
        state = np.uint32(seed * 7919 + y * 104729 + 1)
        dy = (y - height * 0.5) / half
        for x in range(width):
            dx = (x - half) / half
            lens = exposure / (1 + vignette * (dx * dx + dy * dy)) ** 2
            r = (linear[y, x, 0] * 0.86 + bloom[y, x, 0]) * lens
            g = (linear[y, x, 1] * 0.86 + bloom[y, x, 1]) * lens
            b = (linear[y, x, 2] * 0.86 + bloom[y, x, 2]) * lens
            red = _curve(0.842479 * r + 0.0784336 * g + 0.0792237 * b)
            green = _curve(0.0423283 * r + 0.878468 * g + 0.0791661 * b)
            blue = _curve(0.0423757 * r + 0.0784336 * g + 0.879142 * b)
            luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
            red = max(luma + (red - luma) * saturation, 0.0) ** power
            green = max(luma + (green - luma) * saturation, 0.0) ** power
            blue = max(luma + (blue - luma) * saturation, 0.0) ** power
            amount = grain * (0.35 + 1.3 * math.sqrt(max(luma, 0.0)) * (1.15 - luma))
            for channel in range(3):
                # xorshift32 (Marsaglia 2003); the sum of two halves is triangular noise.
                state ^= np.uint32(state << np.uint32(13))
                state ^= np.uint32(state >> np.uint32(17))
                state ^= np.uint32(state << np.uint32(5))
                low = float(state & np.uint32(65535))
                noise = (low + float(state >> np.uint32(16))) / 65535.0 - 1.0
                value = red if channel == 0 else (green if channel == 1 else blue)
                shown = (value + noise * amount) * 255.0 + 0.5
                out[y, x, channel] = np.uint8(min(max(shown, 0.0), 255.0))


def finish(
    linear: NDArray[np.float32],
    bloom: NDArray[np.float32],
    out: Octets,
    look: tuple[float, float, float, float, float],
    seed: int,
    rows: tuple[int, int],
) -> None:
    """Finish some rows of a frame; releases the interpreter while it works.

    Args:
        linear: height x width x 3 or 4.
        bloom: height x width x 3, added.
        out: height x width x 3, written.
        look: Exposure, vignette, saturation, power and grain.
        seed: Of the grain, one for each frame.
        rows: First row, and the row after the last.
    """
    _finish(linear, bloom, out, look, seed, rows)
