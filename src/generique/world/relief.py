"""Relief: the height of the ground everywhere in and round a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats

_STEP = 1.0
"""Metres over which a slope is measured."""


@dataclass(frozen=True)
class Relief:
    """Heights of the ground.

    Attributes:
        surface: Metres of height for n x 2 metres of place; None where the ground is level at 0.
            A pure function that is defined everywhere, far beyond what is built too.
    """

    surface: Callable[[Floats], Floats] | None = None

    @property
    def flat(self) -> bool:
        """True when the ground is level at height 0."""
        return self.surface is None

    def at(self, points: Floats) -> Floats:
        """Heights in metres, n, of n x 2 points."""
        if self.surface is None:
            return np.zeros(len(points))
        return np.asarray(self.surface(points))

    def normals(self, points: Floats) -> Floats:
        """Unit normals, n x 3, of n x 2 points."""
        if self.surface is None:
            return np.tile([0.0, 0.0, 1.0], (len(points), 1))
        shifts = np.array([(_STEP, 0.0), (0.0, _STEP)])
        rise = [self.at(points + shift) - self.at(points - shift) for shift in shifts]
        normal = np.c_[-rise[0], -rise[1], np.full(len(points), 2 * _STEP)]
        return np.asarray(normal / np.linalg.norm(normal, axis=1, keepdims=True))

    def lift(self, points: Floats) -> Floats:
        """Points on the ground, n x 3, of n x 2."""
        return np.asarray(np.c_[points, self.at(points)])


FLAT = Relief()
