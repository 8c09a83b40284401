"""Shops on the ground floor of houses in rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.kit.openings import (
    PANE,
    Openings,
)
from generique.world.layout import Lots
from generique.world.lights import WARM_3500, WHITE_5000, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, detail, join, paint
from generique.world.places.terraces.house import Terrace
from generique.world.places.terraces.windows import openings_of

SHOP_PAINTS = np.array(
    [
        (0.03, 0.08, 0.05),
        (0.12, 0.02, 0.02),
        (0.02, 0.03, 0.09),
        (0.05, 0.05, 0.05),
        (0.28, 0.20, 0.07),
    ]
)


COLUMNS, DOOR = 6, 2
"""Panes side by side, and which of them is the door."""


@dataclass(frozen=True)
class _Fronts:
    """Shop fronts; one row each.

    Attributes:
        at: Middles of the fronts on the walls, 1.5 m up.
        half: n, half the width, metres.
        colour: n x 3, of the paint.
        light: n x 3, of what shines inside; zero when it is closed.
    """

    at: Openings
    half: Floats
    colour: Floats
    light: Floats


def shops(houses: Terrace, seed: int, lit: float) -> tuple[Quads, Lights]:
    """Shop fronts: wide panes with goods behind them, a door, a painted board, some an awning."""
    chance = stream(seed, "terrace shops")
    which = np.flatnonzero(houses.shop)
    count = len(which)
    half = houses.width[which] / 2 - 0.25
    zero = np.zeros(count)
    middle = np.stack([zero, zero - houses.depth / 2, zero + 1.5], axis=-1)
    colour = SHOP_PAINTS[chance.integers(len(SHOP_PAINTS), size=count)]
    open_ = chance.random(count) < (0.35 + 0.75 * lit if lit > 0 else 0.0)
    tint = np.where(chance.random((count, 1)) < 0.6, np.array(WARM_3500), np.array(WHITE_5000))
    light = np.where(open_[:, None], tint, 0.0)
    fronts = _Fronts(openings_of(which, middle, 0.0, (2 * half, 2.2)), half, colour, light)
    place = houses.lots
    parts = [*_boards(place, fronts, chance), *_show(place, fronts, chance)]
    return join(parts), _shine(place, fronts)


def _boards(place: Lots, fronts: _Fronts, chance: np.random.Generator) -> list[Quads]:
    """What is painted: the front round its panes, the board with its letters, awnings."""
    at, half, colour = fronts.at, fronts.half, fronts.colour
    base = at.panel((-half, half), (-1.5, 1.55), 0.05)
    board = at.box((-half - 0.05, half + 0.05), (0.95, 1.5), 0.18)
    letters = at.panel((-half * 0.6, half * 0.6), (1.12, 1.34), 0.2)
    sign = Finish(
        (0.5, 0.47, 0.38), fronts.light * 1.6, surface=Surface.GLASS, level=Level.NEAR, step=9
    )
    awned = np.flatnonzero(chance.random(len(at)) < 0.4)
    edge = half[awned]
    cloth = at.take(awned).panel((-edge, edge), (0.75, 1.05), (1.2, 0.16))
    return [
        paint(place.to_world(at.lot, base), detail(colour, level=Level.ALWAYS)),
        paint(place.to_world(np.tile(at.lot, 5), board), detail(np.tile(colour, (5, 1)) * 1.3)),
        paint(place.to_world(at.lot, letters), sign),
        paint(
            place.to_world(at.lot[awned], cloth),
            detail(colour[awned] * 1.8 + 0.05, 0.5, Level.ALWAYS),
        ),
    ]


def _show(place: Lots, fronts: _Fronts, chance: np.random.Generator) -> list[Quads]:
    """Panes of the window and the door; goods stand dark before the light in the lower ones."""
    parts, span = [], 2 * fronts.half - 0.24
    for k in range(COLUMNS):
        left = span * (k / COLUMNS - 0.5)
        right = left + span / COLUMNS - 0.06
        low = -1.3 if k == DOOR else -0.85
        edges = low + (0.9 - low) * np.array([0.0, 0.2, 0.45, 1.0])
        for j, most in enumerate((0.45, 0.8, 1.0)):
            shade = chance.uniform(0.25, 1.0, (len(fronts.half), 1)) * most
            glass = Finish(PANE, fronts.light * shade * 3.4, surface=Surface.GLASS, step=9)
            corners = fronts.at.panel((left, right), (edges[j], edges[j + 1] - 0.02), 0.08)
            parts.append(paint(place.to_world(fronts.at.lot, corners), glass))
    return parts


def _shine(place: Lots, fronts: _Fronts) -> Lights:
    """What falls on the pavement."""
    bright = np.flatnonzero(fronts.light.max(axis=1, initial=0) > 0)
    at, lights = fronts.at.take(bright), []
    for share in (-0.5, 0.5):
        across, up = fronts.half[bright] * share, np.full(len(bright), 0.1)
        position = place.to_world(at.lot, at.at(across, up, 0.3))
        axis = place.to_world(at.lot, at.at(across, up, 1.3)) - position
        lights.append(shine(position, fronts.light[bright] * 14.0, axis, Beam.WINDOW))
    return gather(lights)
