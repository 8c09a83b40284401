"""The course of a motorway, and the measures across it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.layout import Bounds
from generique.world.scene import Country, Place
from generique.world.tracks import FULL_EXTENT, START

LANES = (4.8, 8.4, 12.0)
"""Metres from the median's middle to the middle of each lane, fastest first."""
INNER_LINE, OUTER_LINE = 2.75, 13.9
EDGE = 16.9
"""Metres from the median's middle to the edge of the hard shoulder."""
RAIL = 17.5
DECK = 6.6
"""Height of the road on a bridge, metres."""
CROSS_HALF = 4.6
"""Half the width of a road that crosses, metres."""
RAMP_HALF = 3.6
"""Half the width of a ramp, metres."""
KEEPS_LEFT = (Country.UNITED_KINGDOM, Country.JAPAN)


@dataclass(frozen=True)
class Course:
    """A motorway that winds gently and lies the same way in the mirrored copies of its place.

    Attributes:
        bounds: Of the place.
        sway: Metres to either side.
        bridge: y of the bridge at the near edge, metres.
        interchange: y of the bridge of the interchange; None in a place too small for one.
        ramp: Length of a ramp, metres.
        left: True where traffic keeps to the left.
    """

    bounds: Bounds
    sway: float
    bridge: float
    interchange: float | None
    ramp: float
    left: bool

    def x(self, y: Floats | float) -> Floats:
        """East of the median's middle at some y; level with the axis at the near bridge."""
        phase = np.pi / self.bounds.extent
        bend = np.cos(phase * (np.asarray(y, float) - self.bounds.y0))
        return np.asarray(self.sway * (bend - np.cos(phase * (self.bridge - self.bounds.y0))))

    def line(self, south: float, north: float, step: float = 6.0) -> Floats:
        """The median's middle between two y, n x 2."""
        y = np.linspace(south, north, max(2, int((north - south) / step) + 1))
        return np.asarray(np.c_[self.x(y), y])

    def inside(self, step: float = 8.0) -> Floats:
        """The median's middle within the bounds, n x 2."""
        low = self.bounds.y0
        return self.line(low, low + self.bounds.extent, step)

    def bridges(self) -> tuple[float, ...]:
        """Every y at which a road crosses above."""
        return (self.bridge,) if self.interchange is None else (self.bridge, self.interchange)

    def plateau(self, y: float) -> float:
        """Metres from the median for which the road that crosses at a y stays at its height."""
        return 84.0 if y == self.interchange else 27.0

    def cross(self, y: float) -> Floats:
        """The road that crosses at a y, from west to east: n x 3."""
        reach = self.bounds.extent / 2 + 40
        x = np.arange(-reach, reach + 1, 6.0)
        flat = self.plateau(y)
        slope = np.clip((np.abs(x - self.x(y)) - flat) / (150.0 if flat > 50 else 105.0), 0, 1)
        return np.asarray(np.c_[x, np.full(len(x), y), DECK * (1 - slope**2 * (3 - 2 * slope))])

    def ramps(self) -> list[tuple[Floats, bool]]:
        """The four ramps of the interchange, each from the motorway up: n x 3, True for exits."""
        if self.interchange is None:
            return []
        found = []
        for side in (-1.0, 1.0):
            for way in (-1.0, 1.0):
                share = np.linspace(0, 1, 44)
                y = self.interchange + way * (CROSS_HALF + 0.5 + (self.ramp) * (1 - share))
                ease = np.clip((share - 0.05) / 0.85, 0, 1)
                ease = ease**2 * (3 - 2 * ease)
                aside = OUTER_LINE + RAMP_HALF + 45.0 * ease
                rise = np.clip((share - 0.30) / 0.62, 0, 1)
                height = DECK * rise**2 * (3 - 2 * rise)
                exits = (side * way < 0) != self.left
                found.append((np.c_[self.x(y) + side * aside, y, height], bool(exits)))
        return found


def course_of(place: Place, bounds: Bounds) -> Course:
    """The course of a place's motorway."""
    extent = bounds.extent
    chance = stream(place.seed, "course")
    scale = min(1.0, extent / FULL_EXTENT)
    sway = float(chance.choice([-1.0, 1.0]) * chance.uniform(0.035, 0.055) * extent)
    ramp = min(250.0, 0.25 * extent)
    roomy = extent >= 480
    far = bounds.y0 + extent * float(chance.uniform(0.60, 0.68)) if roomy else None
    left = place.country in KEEPS_LEFT
    return Course(bounds, sway, START[1] * scale - 5.5, far, ramp, left)
