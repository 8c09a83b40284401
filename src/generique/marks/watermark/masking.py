"""How strong the mark may be at each place of a frame, so that nobody sees it.

The mark hides under texture of its own scale. Activity is the local contrast of the picture at
half the canonical resolution; a place is as active only as the calmest place in its
neighbourhood, so that no mark spills from an edge onto a clear sky. Below a threshold the mark is
zero: flat areas, slow gradients, black and letterbox bars are not touched at all.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

ANALYSIS = 640
RATIO = 0.9
FLAT = 0.8
STRONGEST = 3.6
_GAUSSIAN = 1.48
"""Standard deviation of Gaussian texture whose mean square root of magnitude, squared, is 1."""
_DARK = (4.0, 28.0)
_SURROUND, _WINDOW, _CALMEST, _SOFTEN = 13, 7, 13, 7
"""Sides of the neighbourhoods, in pixels of an analysis picture 640 long."""


class Masker:
    """Turns block means of luma into mark strength; keeps its buffers from frame to frame.

    Args:
        shape: Rows and columns of the analysis picture.
    """

    def __init__(self, shape: tuple[int, int]) -> None:
        self.luma = np.zeros(shape, np.float32)
        self._a = np.empty_like(self.luma)
        self._b = np.empty_like(self.luma)
        scale = max(shape) / ANALYSIS
        self._surround, self._window, self._soften = (
            (max(3, round(side * scale) | 1),) * 2 for side in (_SURROUND, _WINDOW, _SOFTEN)
        )
        self._calmest = np.ones((max(3, round(_CALMEST * scale) | 1),) * 2, np.uint8)

    def strength(self, budget: float) -> NDArray[np.float32]:
        """How strong the mark may be at each place of ``luma``; overwritten by the next call.

        Args:
            budget: Greatest mean square of the mark over the frame.

        Returns:
            Root mean square of the mark, in steps of 255.
        """
        luma, high, power = self.luma, self._a, self._b
        cv2.blur(luma, self._surround, dst=high)
        # Strength follows the brightness of the surround: in near black a change shows at once.
        dark = np.clip((high - _DARK[0]) * (1 / (_DARK[1] - _DARK[0])), 0, 1)
        np.subtract(luma, high, out=high)
        # A mean of square roots: thin lines and lone edges over a flat ground count for little,
        # texture that fills the window counts in full.
        np.sqrt(np.abs(high, out=high), out=high)
        cv2.blur(high, self._window, dst=power)
        cv2.erode(power, self._calmest, dst=high, borderType=cv2.BORDER_REPLICATE)
        np.multiply(high, high, out=high)
        np.multiply(high, np.float32(_GAUSSIAN), out=high)
        np.clip((high - FLAT) * RATIO, 0, STRONGEST, out=high)
        np.multiply(high, dark, out=high)
        cv2.blur(high, self._soften, dst=power)
        return _within(power, budget)


def _within(strength: NDArray[np.float32], budget: float) -> NDArray[np.float32]:
    """Cap the strength so that its mean square meets the budget.

    The strongest places give way first: there the picture drowns the mark most, so that a step
    of luma buys least. The cap is found on every fourth value.
    """
    some = np.sort(strength[::2, ::2], axis=None)
    squares = np.cumsum(some.astype(np.float64) ** 2)
    above = len(some) - np.arange(1, len(some) + 1)
    fitting = (squares + above * some.astype(np.float64) ** 2) / len(some) <= budget
    if not fitting.all():
        # Mean square is monotone in the cap: the last fitting value is the cap.
        np.minimum(strength, some[max(int(fitting.sum()) - 1, 0)], out=strength)
    return strength
