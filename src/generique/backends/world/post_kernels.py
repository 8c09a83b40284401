"""The finish of a frame, in numba: lens, view transform and grain in one pass."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generique.backends.world.compiled import compiled
from generique.world.arrays import Deep, Octets


@compiled
def _curve(value: float) -> float:
    """A log encoding over 15.4 stops and a fitted sigmoid.

    The polynomial is the sixth-degree fit of the AgX default contrast by Benjamin Wrensch.
    """
    # Single precision is good for sixteen bits, and faster.
    t = (float(math.log2(np.float32(max(value, 1e-8)))) + 10.8) / 15.4
    t = min(max(t, 0.0), 1.0)
    t2 = t * t
    t4 = t2 * t2
    high = 15.5 * t4 * t2 - 40.14 * t4 * t + 31.96 * t4
    return high - 6.868 * t2 * t + 0.4298 * t2 + 0.1191 * t - 0.00232


@compiled
def _raised(value: float, power: float) -> float:
    """A value to a power; 0 for one below it."""
    return float(np.float32(max(value, 0.0)) ** np.float32(power))


@compiled
def _through_lens(dx: float, dy: float, exposure: float, vignette: float) -> float:
    """Factor on light at a place of the picture, in halves of its width from the middle."""
    return exposure / (1 + vignette * (dx * dx + dy * dy)) ** 2


@compiled
def _grain(amount: float, luma: float) -> float:
    """Amplitude of the grain at a brightness: most in the middle tones."""
    return amount * (0.35 + 1.3 * math.sqrt(max(luma, 0.0)) * (1.15 - luma))


@compiled
def _stir(state: np.uint32) -> np.uint32:
    """The next state of xorshift32 (Marsaglia 2003)."""
    state ^= np.uint32(state << np.uint32(13))
    state ^= np.uint32(state >> np.uint32(17))
    state ^= np.uint32(state << np.uint32(5))
    return state


@compiled
def _peak(out: Any) -> float:
    """The brightest value that a picture can hold: of octets, or of pairs of them."""
    return 255.0 if out.itemsize == 1 else 65535.0


@compiled
def _shown(value: float, amount: float, state: np.uint32, peak: float) -> float:
    """A value from 0 to 1 with grain, up to a peak; the sum of two halves is triangular noise."""
    low = float(state & np.uint32(65535))
    noise = (low + float(state >> np.uint32(16))) / 65535.0 - 1.0
    return min(max((value + noise * amount) * peak + 0.5, 0.0), peak)


@compiled
def _finish(linear: Any, bloom: Any, out: Any, look: Any, seed: int, rows: Any) -> None:
    exposure, vignette, saturation, power, grain = look
    peak = _peak(out)
    height, width = linear.shape[0], linear.shape[1]
    half = width * 0.5
    for y in range(rows[0], rows[1]):
        state = np.uint32(seed * 7919 + y * 104729 + 1)
        dy = (y - height * 0.5) / half
        for x in range(width):
            lens = _through_lens((x - half) / half, dy, exposure, vignette)
            r = (linear[y, x, 0] * 0.86 + bloom[y, x, 0]) * lens
            g = (linear[y, x, 1] * 0.86 + bloom[y, x, 1]) * lens
            b = (linear[y, x, 2] * 0.86 + bloom[y, x, 2]) * lens
            red = _curve(0.842479 * r + 0.0784336 * g + 0.0792237 * b)
            green = _curve(0.0423283 * r + 0.878468 * g + 0.0791661 * b)
            blue = _curve(0.0423757 * r + 0.0784336 * g + 0.879142 * b)
            luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
            red = _raised(luma + (red - luma) * saturation, power)
            green = _raised(luma + (green - luma) * saturation, power)
            blue = _raised(luma + (blue - luma) * saturation, power)
            amount = _grain(grain, luma)
            state = _stir(state)
            out[y, x, 0] = _shown(red, amount, state, peak)
            state = _stir(state)
            out[y, x, 1] = _shown(green, amount, state, peak)
            state = _stir(state)
            out[y, x, 2] = _shown(blue, amount, state, peak)


@compiled
def _expose(linear: Any, bloom: Any, out: Any, look: Any, rows: Any) -> None:
    exposure, vignette = look
    height, width = linear.shape[0], linear.shape[1]
    half = width * 0.5
    for y in range(rows[0], rows[1]):
        dy = (y - height * 0.5) / half
        for x in range(width):
            lens = _through_lens((x - half) / half, dy, exposure, vignette)
            for channel in range(3):
                light = linear[y, x, channel] * 0.86 + bloom[y, x, channel]
                out[y, x, channel] = light * lens


@compiled
def _print(shown: Any, out: Any, grain: float, seed: int, rows: Any) -> None:
    peak = _peak(out)
    for y in range(rows[0], rows[1]):
        state = np.uint32(seed * 7919 + y * 104729 + 1)
        for x in range(shown.shape[1]):
            luma = 0.2126 * shown[y, x, 0] + 0.7152 * shown[y, x, 1] + 0.0722 * shown[y, x, 2]
            amount = _grain(grain, min(max(luma, 0.0), 1.0))
            for channel in range(3):
                state = _stir(state)
                out[y, x, channel] = _shown(shown[y, x, channel], amount, state, peak)


def finish(
    linear: NDArray[np.float32],
    bloom: NDArray[np.float32],
    out: Octets | Deep,
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


def expose(
    linear: NDArray[np.float32],
    bloom: NDArray[np.float32],
    out: NDArray[np.float32],
    look: tuple[float, float],
    rows: tuple[int, int],
) -> None:
    """Some rows of a frame as light on the film, for a view transform of others.

    Args:
        linear: height x width x 3 or 4.
        bloom: height x width x 3, added.
        out: height x width x 3, written.
        look: Exposure and vignette.
        rows: First row, and the row after the last.
    """
    _expose(linear, bloom, out, look, rows)


def print_grain(
    shown: NDArray[np.float32], out: Octets | Deep, grain: float, seed: int, rows: tuple[int, int]
) -> None:
    """Some rows of a frame that is in display values already, with grain.

    Args:
        shown: height x width x 3, 0 to 1.
        out: height x width x 3, written.
        grain: Amplitude as a share of full scale.
        seed: Of the grain, one for each frame.
        rows: First row, and the row after the last.
    """
    _print(shown, out, grain, seed, rows)
