"""Loops over pixels, in numba: luma of blocks, and laying the mark on a frame.

Each is one pass over the frame. The plain numpy equivalents stand in the tests.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generique.marks.watermark.compiled import compiled

Pixels = NDArray[np.uint8] | NDArray[np.uint16]


@compiled
def rgb_blocks(frame: NDArray[np.uint8], block: int, out: NDArray[np.float32]) -> None:
    """Mean BT.709 luma, 0 to 255, of square blocks of an RGB frame."""
    norm = np.float32(1.0 / (block * block))
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            red, green, blue = 0, 0, 0
            for y in range(row * block, row * block + block):
                for x in range(column * block, column * block + block):
                    red += frame[y, x, 0]
                    green += frame[y, x, 1]
                    blue += frame[y, x, 2]
            luma = np.float32(0.2126) * red + np.float32(0.7152) * green
            out[row, column] = (luma + np.float32(0.0722) * blue) * norm


@compiled
def plane_blocks(
    plane: Pixels, block: int, offset: float, gain: float, out: NDArray[np.float32]
) -> None:
    """Mean of square blocks of a luma plane, brought to 0 to 255 by ``(mean - offset) * gain``."""
    norm = 1.0 / (block * block)
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            total = 0
            for y in range(row * block, row * block + block):
                for x in range(column * block, column * block + block):
                    total += plane[y, x]
            out[row, column] = np.float32((total * norm - offset) * gain)


@compiled
def lay_on_rgb(
    frame: NDArray[np.uint8], mark: NDArray[np.float32], gain: float, out: NDArray[np.uint8]
) -> float:
    """Add the rounded mark to red, green and blue alike; returns the sum of squared changes.

    A pixel of pure black is left as it is.
    """
    total = 0
    scale = np.float32(gain)
    half = np.float32(0.5)
    for y in range(frame.shape[0]):
        for x in range(frame.shape[1]):
            red, green, blue = int(frame[y, x, 0]), int(frame[y, x, 1]), int(frame[y, x, 2])
            change = int(np.floor(mark[y, x] * scale + half))
            if red + green + blue == 0:
                change = 0
            total += change * change
            out[y, x, 0] = min(max(red + change, 0), 255)
            out[y, x, 1] = min(max(green + change, 0), 255)
            out[y, x, 2] = min(max(blue + change, 0), 255)
    return float(total)


@compiled
def lay_on_plane(
    plane: Pixels, mark: NDArray[np.float32], gain: float, limits: tuple[int, int], out: Pixels
) -> float:
    """Add the rounded mark to a luma plane; returns the sum of squared changes.

    Values at or outside ``limits`` (black and white of the video range) are not pushed further.
    """
    total = 0
    low, high = limits
    scale = np.float32(gain)
    half = np.float32(0.5)
    for y in range(plane.shape[0]):
        for x in range(plane.shape[1]):
            value = int(plane[y, x])
            change = int(np.floor(mark[y, x] * scale + half))
            if value <= low or (value >= high and change > 0):
                change = 0
            if change:
                marked = min(max(value + change, low), max(value, high))
                total += (marked - value) * (marked - value)
                out[y, x] = marked
            else:
                out[y, x] = value
    return float(total)
