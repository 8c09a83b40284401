"""Gathers what many received frames of a shot have in common: the mark.

Each frame is reduced to its local contrast, normalised so that a bright edge counts no more than
a faint texture, and summed. Sums of windows add up to the sum of their union, so that a caller may
gather by the second and read over any stretch::

    gatherer = MarkGatherer(width=640, height=360)
    for luma in frames:
        gatherer.add(luma)
    second = gatherer.take()                 # a MarkSum; the gatherer starts anew
    whole = first + second
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.marks.watermark.lattice import CANONICAL
from generique.model.errors import UsageError

Luma = NDArray[np.uint8] | NDArray[np.uint16]

_SURROUND, _WINDOW = 26, 20
"""Sides of the local mean and of the local power, in pixels of a picture 1280 long."""
_FLOOR = 1.5
"""Contrast in steps of 255 below which nothing is amplified: rounding noise lies there."""
_CLIP = 2.5


@dataclass(frozen=True)
class MarkSum:
    """Sum of the normalised frames of a window.

    Attributes:
        residual: Height x width, float32; read-only.
        frames: Number of frames in it.
    """

    residual: NDArray[np.float32]
    frames: int

    def __add__(self, other: MarkSum) -> MarkSum:
        if self.residual.shape != other.residual.shape:
            raise UsageError("mark sums of different rasters cannot be added")
        return MarkSum(self.residual + other.residual, self.frames + other.frames)

    @classmethod
    def of(cls, sums: list[MarkSum]) -> MarkSum:
        """Sum of one or more windows."""
        return reduce(add, sums)


class MarkGatherer:
    """Sums normalised luma frames of one raster; one core does over 300 a second at 640 x 360.

    Args:
        width: Pixels of the received raster, whatever it is; 640 x 360 is enough.
        height: The same.
        bits: Depth of the code values, 8 to 16.
    """

    def __init__(self, *, width: int, height: int, bits: int = 8) -> None:
        self._shape = (height, width)
        self._scale = 1.0 / (1 << (bits - 8))
        scale = max(width, height) / CANONICAL
        self._surround = _odd(_SURROUND * scale)
        self._window = _odd(_WINDOW * scale)
        self._sum = np.zeros(self._shape, np.float32)
        self._luma = np.empty(self._shape, np.float32)
        self._high = np.empty(self._shape, np.float32)
        self._power = np.empty(self._shape, np.float32)
        self.frames = 0

    def add(self, luma: Luma, *, weight: float = 1.0) -> None:
        """Add a frame.

        Args:
            luma: Height x width, uint8 or uint16.
            weight: How much it counts. Where a codec follows movement the mark survives best in
                frames coded without their neighbours: let those count more.

        Raises:
            UsageError: It has another shape.
        """
        if luma.shape != self._shape:
            raise UsageError(
                "a frame does not fit the others", why=f"it is {luma.shape}, due is {self._shape}"
            )
        np.multiply(luma, np.float32(self._scale), out=self._luma)
        self.add_residual(self._luma, weight=weight)

    def add_residual(self, picture: NDArray[np.float32], *, weight: float = 1.0) -> None:
        """Add a frame of any mean in steps of 255, for example one minus its archive frame."""
        high, power = self._high, self._power
        cv2.blur(picture, (self._surround, self._surround), dst=high)
        np.subtract(picture, high, out=high)
        np.multiply(high, high, out=power)
        cv2.blur(power, (self._window, self._window), dst=power)
        np.maximum(power, 0, out=power)  # sums that run along the window may dip below
        np.sqrt(power, out=power)
        np.add(power, np.float32(_FLOOR), out=power)
        np.divide(high, power, out=high)
        np.clip(high, -_CLIP, _CLIP, out=high)
        if weight != 1.0:
            np.multiply(high, np.float32(weight), out=high)
        np.add(self._sum, high, out=self._sum)
        self.frames += 1

    def take(self) -> MarkSum:
        """The sum since the last call; the gatherer starts anew.

        Raises:
            UsageError: Nothing was added, or something that is not a picture.
        """
        if not self.frames:
            raise UsageError("no frame was gathered")
        if not np.isfinite(self._sum).all():
            raise UsageError("a gathered frame holds values that are no numbers")
        taken = MarkSum(self._sum, self.frames)
        taken.residual.setflags(write=False)
        self._sum, self.frames = np.zeros(self._shape, np.float32), 0
        return taken


def _odd(side: float) -> int:
    return max(3, round(side) | 1)
