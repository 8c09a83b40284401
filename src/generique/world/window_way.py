"""The way through a window: level in the room and through the opening, then out, up and over.

It lies in one upright plane, square to the wall, so that nothing turns the camera in the frame of
the window. Its slope has no jump in its second derivative, and the speed grows evenly: slow in the
room, faster in the open.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.interpolate import CubicSpline

from generique.world.arrays import Floats
from generique.world.layout import Passage

LEVEL = 1.3
"""Metres from the wall's outer face before the way begins to rise: the leaves of the window."""
SLOPE = 0.75
"""Rise over run where it is steepest: over the street and the roofs across it."""
BENDS = 11.0
"""Metres over which it gets there, and after :data:`LEVELS` back."""
LEVELS = 27.0
FARTHEST = 400.0
SLOW = 0.55
"""Speed in the room as a share of the mean."""
INDOORS = 0.45
"""Share of a way out that lies in the room, at most: a short shot begins nearer to the window."""
INTO = 1.4
"""Metres behind the window at which a way in ends."""
LOOKS_FROM = 2.0
"""Metres before the window of a camera that stays and looks out: its frame is in the picture."""
AIM = 6.5
"""Metres behind the window of what a way in looks at."""
LOOKS_DOWN = math.radians(16.0)
"""How much further a way out looks down when it is high."""
FADES = 12.0
"""Metres of height over which it does most of that."""
OUTWARDS = (-4.5, 0.5)
INWARDS = (-1.2, 2.0)
"""Metres beyond the window between which the iris goes from the room to the open: on the way out
the open fills the picture before that, on the way in the room does."""


@dataclass(frozen=True, slots=True)
class Step:
    """A point of the way.

    Attributes:
        ahead: Metres beyond the inner face of the wall.
        rise: Metres above the way in the room.
    """

    ahead: float
    rise: float


def _smooth(share: Floats) -> Floats:
    """0 to 1 without a jump in the first two derivatives (Perlin, Improving Noise, 2002)."""
    x = np.clip(share, 0, 1)
    return np.asarray(x**3 * (x * (6 * x - 15) + 10))


@lru_cache(maxsize=1)
def _profile() -> tuple[CubicSpline, float]:
    """Run and rise (2) by metres along the way from where it bends, and how long that is known."""
    run = np.arange(0.0, FARTHEST, 0.25)
    slope = SLOPE * (_smooth(run / BENDS) - _smooth((run - LEVELS) / BENDS))
    rise = np.r_[0.0, np.cumsum(0.125 * (slope[1:] + slope[:-1]))]
    steps = np.hypot(np.diff(run), np.diff(rise))
    along = np.r_[0.0, np.cumsum(steps)]
    return CubicSpline(along, np.stack([run, rise], axis=1)), float(along[-1])


class WindowWay:
    """The way of one take.

    Args:
        passage: The room and its window.
        length: Metres from the first moment to the last.
        inwards: True from the open into the room.
    """

    def __init__(self, passage: Passage, length: float, *, inwards: bool) -> None:
        self._level = passage.depth + LEVEL
        self._length = max(length, 1e-6)
        self._inside = min(passage.inside, INDOORS * self._length)
        self._inwards = inwards

    def at(self, distance: float) -> Step:
        """Where the camera is after a number of metres at an even pace; beyond the ends it goes on.

        Args:
            distance: From the beginning, metres.
        """
        share = distance / self._length
        if self._inwards:
            return self._along(-INTO + self._length * paced(1.0 - share))
        return self._along(-self._inside + self._length * paced(share))

    def _along(self, arc: float) -> Step:
        """The point at metres from the inner face of the wall."""
        if arc <= self._level:
            return Step(arc, 0.0)
        curve, known = _profile()
        run, rise = curve(min(arc - self._level, known))
        return Step(self._level + float(run), float(rise))

    def looks_down(self, step: Step) -> float:
        """Radians that the camera looks further down than in the room."""
        if self._inwards:
            return math.atan2(step.rise, step.ahead + AIM)
        return LOOKS_DOWN * (1.0 - math.exp(-step.rise / FADES))


def paced(share: float) -> float:
    """Share of the way at a share of the time: :data:`SLOW` at first, then evenly faster."""
    if share < 0:
        return SLOW * share
    if share > 1:
        return 1.0 + (2.0 - SLOW) * (share - 1.0)
    return SLOW * share + (1.0 - SLOW) * share * share


def openness(passage: Passage, position: Floats, *, inwards: bool) -> float:
    """How far the camera is out of the room, 0 to 1, for the iris.

    Args:
        passage: The room and its window.
        position: Of the camera, 3 metres.
        inwards: True on the way into the room.
    """
    low, high = INWARDS if inwards else OUTWARDS
    ahead = float(passage.ahead(position[None])[0])
    return float(_smooth(np.array((ahead - low) / (high - low))))
