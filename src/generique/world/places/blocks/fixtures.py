"""Things that stand at many places with axes of their own."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.solids import boxes
from generique.world.layout import NO_LOTS, Lots
from generique.world.mesh import Finish, Quads, paint


def spots(table: Floats) -> Lots:
    """Places with axes of their own, of n x 3 rows of x, y and turn."""
    if len(table) == 0:
        return NO_LOTS
    zero = np.zeros(len(table))
    return Lots(table[:, :2], table[:, 2], zero, zero)


def nothing() -> Quads:
    """No quads."""
    return paint(np.zeros((0, 4, 3)), Finish((0.0, 0.0, 0.0)))


def box_at(
    lots: Lots, low: tuple[float, float, float], high: tuple[float, float, float], finish: Finish
) -> Quads:
    """The same box for every place."""
    every = np.arange(len(lots))
    one = np.ones((len(lots), 1))
    return boxes(lots, every, one * np.array([low]), one * np.array([high]), finish)
