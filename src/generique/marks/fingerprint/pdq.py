"""PDQ: a 256-bit hash of a single picture, as published by Facebook (ThreatExchange, hashing/pdq).

Luma is smoothed by two passes of a box, sampled to 64 x 64, transformed by a cosine transform, and
the 16 x 16 lowest waves are compared with their median. Hashes of one picture under encoding and
scaling differ in 31 bits or less, those of unrelated pictures in about 128.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 256
_SIDE = 64
_WAVES = 16
_PASSES = 2
_QUALITY_DIVISOR = 90

_BASIS = np.sqrt(2 / _SIDE) * np.cos(
    np.pi / (2 * _SIDE) * np.outer(np.arange(1, _WAVES + 1), 2 * np.arange(_SIDE) + 1)
)


@dataclass(frozen=True)
class PictureHash:
    """The hash of a picture.

    Attributes:
        bits: 256 booleans in the order of the published hexadecimal form: lowest waves last.
        quality: 0 to 100; below about 50 the picture has too little in it for the hash to mean
            anything.
    """

    bits: NDArray[np.bool_]
    quality: int

    def distance(self, other: PictureHash) -> int:
        """Bits, 0 to 256, in which two hashes differ."""
        return int((self.bits != other.bits).sum())


def picture_hash(luma: NDArray[np.uint8]) -> PictureHash:
    """Hash a picture.

    Args:
        luma: Height x width.
    """
    smooth = luma.astype(np.float64)
    for axis in (0, 1):
        window = -(-luma.shape[axis] // (2 * _SIDE))
        for _ in range(_PASSES):
            smooth = _box(smooth, window, axis)
    rows, columns = (((np.arange(_SIDE) + 0.5) * size / _SIDE).astype(int) for size in luma.shape)
    small = smooth[np.ix_(rows, columns)]
    waves = _BASIS @ small @ _BASIS.T
    median = np.partition(waves.ravel(), BITS // 2 - 1)[BITS // 2 - 1]
    return PictureHash((waves > median).ravel()[::-1], _quality(small))


def _box(values: NDArray[np.float64], window: int, axis: int) -> NDArray[np.float64]:
    """Mean over a window along an axis; at the edges over the part of it that there is."""
    size = values.shape[axis]
    ahead = (window + 2) // 2
    place = np.arange(size)
    low = np.maximum(place - (window - ahead), 0)
    high = np.minimum(place + ahead, size)
    start = np.zeros_like(np.take(values, [0], axis))
    sums = np.concatenate([start, np.cumsum(values, axis)], axis)
    shape = (-1, 1) if axis == 0 else (1, -1)
    total = np.take(sums, high, axis) - np.take(sums, low, axis)
    return np.asarray(total / (high - low).reshape(shape), np.float64)


def _quality(small: NDArray[np.float64]) -> int:
    """How much the picture changes from place to place."""
    steps = sum(
        int(np.abs(np.trunc(np.diff(small, axis=axis) * 100 / 255)).sum()) for axis in (0, 1)
    )
    return min(100, steps // _QUALITY_DIVISOR)
