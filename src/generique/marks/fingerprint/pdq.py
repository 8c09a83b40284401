"""PDQ, the 256-bit hash of a still picture, after the published description by Facebook (2019).

A picture becomes luma, is smoothed by two passes of a box (a tent), sampled at 64 by 64, and
transformed; a bit says whether one of the 16 by 16 lowest frequencies lies above their median.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from generique.model.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

BITS: Final = 256
"""How many bits a hash has."""

_SIDE: Final = 64
_BAND: Final = 16
_PASSES: Final = 2
_GREY_AXES: Final = 2
_COLOURS: Final = 3
_LUMA: Final = np.array([0.299, 0.587, 0.114])
_BASIS: Final = np.sqrt(2 / _SIDE) * np.cos(
    np.pi / (2 * _SIDE) * np.outer(np.arange(1, _BAND + 1), 2 * np.arange(_SIDE) + 1)
)


def pdq(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Give the hash of a picture.

    Args:
        picture: Rows by columns of luma, or rows by columns by 3 of red, green, blue; 0 to 255.

    Returns:
        32 bytes; the highest frequency comes first, as PDQ writes a hash in hexadecimal.

    Raises:
        UsageError: If the array is empty or has another shape.
    """
    luma = _luma(picture)
    for _ in range(_PASSES):
        luma = _box(_box(luma, 1), 0)
    rows, columns = (((np.arange(_SIDE) + 0.5) * n / _SIDE).astype(int) for n in luma.shape)
    bands = (_BASIS @ luma[np.ix_(rows, columns)] @ _BASIS.T).ravel()
    lower_median = np.partition(bands, BITS // 2 - 1)[BITS // 2 - 1]
    return np.packbits((bands > lower_median)[::-1])


def pdq_distance(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> int:
    """Count the bits, 0 to 256, in which two hashes of 32 bytes differ."""
    return int(np.unpackbits(one ^ other).sum())


def _luma(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    if picture.size and picture.ndim == _GREY_AXES:
        return picture.astype(np.float64)
    if picture.size and picture.ndim == _GREY_AXES + 1 and picture.shape[2] == _COLOURS:
        return np.asarray(picture @ _LUMA, dtype=np.float64)
    message = f"a picture has rows and columns and one or three colours, not shape {picture.shape}"
    raise UsageError(message)


def _box(luma: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """Average along an axis over a 128th of it; at the edges over what of the window is left."""
    length = luma.shape[axis]
    window = -(-length // (2 * _SIDE))
    ahead = (window + 2) // 2
    at = np.arange(length)
    end = np.minimum(at + ahead, length)
    start = np.maximum(at + ahead - window, 0)
    sums = np.insert(np.cumsum(luma, axis=axis), 0, 0.0, axis=axis)
    spans = (end - start).reshape((-1, 1) if axis == 0 else (1, -1))
    return np.asarray((sums.take(end, axis) - sums.take(start, axis)) / spans, dtype=np.float64)
