"""Bay windows of houses in rows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.kit.openings import (
    Openings,
    gather_openings,
)
from generique.world.mesh import Finish, Level, Quads, join, paint
from generique.world.places.terraces.house import Terrace, points
from generique.world.places.terraces.windows import openings_of

BAY_DEPTH = 0.75
BAY_WIDTH, BAY_FACE = 2.5, 1.5


def _bay_x(houses: Terrace) -> Floats:
    return -houses.hand * (houses.width / 2 - BAY_WIDTH / 2 - 0.28)


def _bay_floors(houses: Terrace) -> list[tuple[Ints, float]]:
    """Houses with a bay on each storey, and the height of its floor."""
    return [(np.flatnonzero(houses.bay > floor), houses.storey * floor) for floor in (0, 1)]


def _bay_sides() -> list[tuple[float, float, float, float]]:
    """Middle x and y, turn and width of the three faces of a canted bay."""
    slant = (BAY_WIDTH - BAY_FACE) / 2
    angle = float(np.arctan2(BAY_DEPTH, slant))
    length = float(np.hypot(BAY_DEPTH, slant))
    x = (BAY_WIDTH + BAY_FACE) / 4
    return [
        (0.0, -BAY_DEPTH, 0.0, BAY_FACE),
        (-x, -BAY_DEPTH / 2, -angle, length),
        (x, -BAY_DEPTH / 2, angle, length),
    ]


def bay_panes(houses: Terrace) -> Openings:
    """Windows of all bays: three faces on each storey."""
    parts = []
    for which, floor in _bay_floors(houses):
        for x, y, turn, width in _bay_sides():
            zero = np.zeros(len(which))
            middle = np.stack(
                [_bay_x(houses)[which] + x, zero - houses.depth / 2 + y, zero + floor + 1.85],
                axis=-1,
            )
            parts.append(openings_of(which, middle, turn, (width - 0.3, 1.65)))
    return gather_openings(parts)


def bay_walls(houses: Terrace) -> Quads:
    """The bays round their panes, with a roof of slate or, on two storeys, a gablet."""
    which = np.flatnonzero(houses.bay > 0)
    parts = []
    x, wall = _bay_x(houses)[which], -houses.depth / 2
    top = np.where(houses.bay[which] == 2, houses.eaves[which] - 0.05, 3.0)
    plan = [
        (-BAY_WIDTH / 2, 0.0),
        (-BAY_FACE / 2, -BAY_DEPTH),
        (BAY_FACE / 2, -BAY_DEPTH),
        (BAY_WIDTH / 2, 0.0),
    ]
    place = houses.lots
    tone = np.where((which % 3 == 0)[:, None], houses.wall[which], houses.trim[which])
    for (ax, ay), (bx, by) in pairwise(plan):
        face = points(
            (x + ax, wall + ay, 0.0),
            (x + bx, wall + by, 0.0),
            (x + bx, wall + by, top),
            (x + ax, wall + ay, top),
        )
        parts.append(paint(place.to_world(which, face), Finish(tone, level=Level.ALWAYS, step=2.4)))
    peak = np.where(houses.bay[which] == 2, top + 1.5, top + 0.75)
    back = np.where(houses.bay[which] == 2, wall + 1.9, wall)
    roof = Finish(houses.roof[which], snow=houses.snow[which], level=Level.ALWAYS, step=2.4)
    lap = 0.12
    front = points(
        (x - BAY_FACE / 2 - lap, wall - BAY_DEPTH - lap, top),
        (x + BAY_FACE / 2 + lap, wall - BAY_DEPTH - lap, top),
        (x + 0.25, back, peak),
        (x - 0.25, back, peak),
    )
    left = points(
        (x - BAY_WIDTH / 2 - lap, wall, top),
        (x - BAY_FACE / 2 - lap, wall - BAY_DEPTH - lap, top),
        (x - 0.25, back, peak),
        (x - 0.25, back, peak),
    )
    right = points(
        (x + BAY_FACE / 2 + lap, wall - BAY_DEPTH - lap, top),
        (x + BAY_WIDTH / 2 + lap, wall, top),
        (x + 0.25, back, peak),
        (x + 0.25, back, peak),
    )
    parts += [paint(place.to_world(which, face), roof) for face in (front, left, right)]
    return join(parts)
