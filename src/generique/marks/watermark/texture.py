"""Whether a picture is such that a mark in it can be asked for.

The measure asks nothing of the reader and was set before the reader was measured (see
``docs/marks-picture.md``): a picture is textured when in at least half of its blocks the luma
varies. Here blocks also have to be bright, for in the dark the mark is laid thinly or not at all
(:mod:`generique.marks.watermark.masking`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SHARE, _BLOCK, _ROUGH = 0.5, 8, 2.0
_BRIGHT = 16.0
"""Luma in the middle of the ramp on which the mark grows to its full strength."""


def textured(luma: NDArray[np.float32]) -> bool:
    """True when a frame can bear a mark that a reader may be held to.

    Args:
        luma: Height x width, 0 to 255; smaller than a block it is not textured.
    """
    rows, columns = (side // _BLOCK for side in luma.shape)
    if not rows or not columns:
        return False
    blocks = luma[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)
    bears = (blocks.std(axis=(1, 3)) >= _ROUGH) & (blocks.mean(axis=(1, 3)) >= _BRIGHT)
    return bool(bears.mean() >= _SHARE)
