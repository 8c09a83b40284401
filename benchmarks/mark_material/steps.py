"""What can happen to a picture on its way: filters that know their own geometry.

A step tells ffmpeg what to do and says how a point of its result leads back to a point of what it
was given. Points are continuous here: (0, 0) is the outer corner of the first pixel.
"""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from generique.model.element import Raster

Matrix = NDArray[np.float64]


class Step(Protocol):
    """One filter."""

    def filters(self, raster: Raster, /) -> str:
        """The ffmpeg filters for a picture of this size."""
        ...

    def raster(self, raster: Raster, /) -> Raster:
        """Size of the result."""
        ...

    def back(self, raster: Raster, /) -> Matrix:
        """Matrix (3, 3) from points of the result to points of the picture given."""
        ...


def even(value: float) -> int:
    """The nearest even number, at least 2."""
    return max(2, 2 * round(value / 2))


def scaled(x: float, y: float) -> Matrix:
    """Multiply both axes."""
    return np.diag([x, y, 1.0])


def moved(x: float, y: float) -> Matrix:
    """Shift both axes."""
    return np.array([[1.0, 0, x], [0, 1, y], [0, 0, 1]])


class Crop:
    """Keep a part: its width and height, and where it lies (0 left or top, 1 right or bottom)."""

    def __init__(self, width: float, height: float, x: float = 0.5, y: float = 0.5) -> None:
        self._share, self._place = (width, height), (x, y)

    def raster(self, raster: Raster, /) -> Raster:
        """Size of the part."""
        width, height = self._share
        return Raster(width=even(raster.width * width), height=even(raster.height * height))

    def _corner(self, raster: Raster, /) -> tuple[int, int]:
        part = self.raster(raster)
        left = even((raster.width - part.width) * self._place[0] + 2) - 2
        return left, even((raster.height - part.height) * self._place[1] + 2) - 2

    def filters(self, raster: Raster, /) -> str:
        """``crop``."""
        part, (left, top) = self.raster(raster), self._corner(raster)
        return f"crop={part.width}:{part.height}:{left}:{top}"

    def back(self, raster: Raster, /) -> Matrix:
        """A shift."""
        return moved(*self._corner(raster))


class Size:
    """Scale to a size in pixels."""

    def __init__(self, width: int, height: int) -> None:
        self._target = Raster(width=width, height=height)

    def raster(self, _: Raster, /) -> Raster:
        """The size asked for."""
        return self._target

    def filters(self, raster: Raster, /) -> str:
        """``scale`` bicubic."""
        target = self.raster(raster)
        return f"scale={target.width}:{target.height}:flags=bicubic"

    def back(self, raster: Raster, /) -> Matrix:
        """A scale of each axis."""
        target = self.raster(raster)
        return scaled(raster.width / target.width, raster.height / target.height)


class Scale(Size):
    """Scale by factors of width and height, to even sizes."""

    def __init__(self, width: float, height: float | None = None) -> None:
        self._factors = (width, width if height is None else height)

    def raster(self, raster: Raster, /) -> Raster:
        """The size that comes of it."""
        width, height = self._factors
        return Raster(width=even(raster.width * width), height=even(raster.height * height))


class Mirror:
    """Left becomes right."""

    def raster(self, raster: Raster, /) -> Raster:
        """Unchanged."""
        return raster

    def filters(self, _: Raster, /) -> str:
        """``hflip``."""
        return "hflip"

    def back(self, raster: Raster, /) -> Matrix:
        """A reflection."""
        return np.array([[-1.0, 0, raster.width], [0, 1, 0], [0, 0, 1]])


class Rotate:
    """Turn clockwise about the middle by an angle in degrees; the corners become black."""

    def __init__(self, degrees: float) -> None:
        self._degrees = degrees

    def raster(self, raster: Raster, /) -> Raster:
        """Unchanged."""
        return raster

    def filters(self, _: Raster, /) -> str:
        """``rotate``."""
        return f"rotate={self._degrees}*PI/180:c=black"

    def back(self, raster: Raster, /) -> Matrix:
        """The turn undone."""
        c, s = math.cos(math.radians(self._degrees)), math.sin(math.radians(self._degrees))
        turn = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1.0]])
        x, y = raster.width / 2, raster.height / 2
        return np.asarray(moved(x, y) @ turn @ moved(-x, -y), np.float64)


class Pad:
    """Add black bars until the picture has an aspect."""

    def __init__(self, aspect: float) -> None:
        self._aspect = aspect

    def raster(self, raster: Raster, /) -> Raster:
        """With the bars."""
        width = max(raster.width, even(raster.height * self._aspect))
        height = max(raster.height, even(raster.width / self._aspect))
        return Raster(width=width, height=height)

    def _corner(self, raster: Raster, /) -> tuple[int, int]:
        whole = self.raster(raster)
        left = even((whole.width - raster.width) / 2 + 2) - 2
        return left, even((whole.height - raster.height) / 2 + 2) - 2

    def filters(self, raster: Raster, /) -> str:
        """``pad``."""
        whole, (left, top) = self.raster(raster), self._corner(raster)
        return f"pad={whole.width}:{whole.height}:{left}:{top}:black"

    def back(self, raster: Raster, /) -> Matrix:
        """A shift."""
        left, top = self._corner(raster)
        return moved(-left, -top)


class Look:
    """Change what pixels look like but not where they are: any such ffmpeg filters."""

    def __init__(self, filters: str) -> None:
        self._filters = filters

    def raster(self, raster: Raster, /) -> Raster:
        """Unchanged."""
        return raster

    def filters(self, _: Raster, /) -> str:
        """As given."""
        return self._filters

    def back(self, _: Raster, /) -> Matrix:
        """Nothing moves."""
        return np.eye(3)
