"""Shutters and iron balconies of French fronts."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import stream
from generique.world.kit.openings import (
    Openings,
)
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.places.terraces.house import Terrace
from generique.world.places.terraces.windows import openings_of

SHUTTERS = np.array(
    [
        (0.30, 0.33, 0.34),
        (0.14, 0.20, 0.24),
        (0.10, 0.17, 0.13),
        (0.34, 0.30, 0.24),
        (0.20, 0.09, 0.06),
    ]
)
IRON = (0.02, 0.02, 0.022)


def shutters_beside(houses: Terrace, panes: Openings, seed: int) -> Quads:
    """Shutters folded back on both sides; some are closed over a dark window."""
    chance = stream(seed, "shutters")
    colour = SHUTTERS[chance.integers(len(SHUTTERS), size=len(houses))] * chance.uniform(
        0.8, 1.2, (len(houses), 1)
    )
    has = chance.random(len(houses)) < 0.8
    which = np.flatnonzero(
        has[panes.lot]
        & (houses.width[panes.lot] / np.where(houses.width[panes.lot] > 7.6, 3, 2) > 2.1)
    )
    part = panes.take(which)
    half, high = part.size[:, 0] / 2, part.size[:, 1] / 2 + 0.05
    finish = Finish(colour[part.lot], surface=Surface.DETAIL, level=Level.NEAR, step=9)
    far = Finish(colour[part.lot], surface=Surface.DETAIL, level=Level.FAR, step=9)
    parts = []
    for sign in (-1.0, 1.0):
        near, out = sign * (half + 0.09), sign * (half + 0.55)
        low, top = np.minimum(near, out), np.maximum(near, out)
        corners = part.panel((low, top), (-high, high), 0.07)
        parts += [paint(houses.lots.to_world(part.lot, corners), look) for look in (finish, far)]
    return join(parts)


def balconies(houses: Terrace, panes: Openings, seed: int) -> Quads:
    """Iron railings before some windows, and a long balcony on the second floor of a few houses."""
    chance = stream(seed, "balconies")
    rail = chance.random(len(houses)) < 0.45
    long = (chance.random(len(houses)) < 0.22) & (houses.storeys > 2)
    floor = np.round((panes.middle[:, 2] - 1.8) / houses.storey)
    which = np.flatnonzero(rail[panes.lot] & (floor >= 1))
    part = panes.take(which)
    half = part.size[:, 0] / 2 + 0.05
    base = -part.size[:, 1] / 2
    iron = Finish(IRON, surface=Surface.DETAIL, level=Level.NEAR, step=9)
    parts = []
    for low, high in ((0.0, 0.04), (0.32, 0.35), (0.86, 0.91)):
        parts.append(
            paint(
                houses.lots.to_world(
                    part.lot, part.panel((-half, half), (base + low, base + high), 0.22)
                ),
                iron,
            )
        )
    for k in range(7):
        x = half * (k / 3 - 1)
        parts.append(
            paint(
                houses.lots.to_world(
                    part.lot, part.panel((x - 0.014, x + 0.014), (base, base + 0.88), 0.22)
                ),
                iron,
            )
        )
    lots = np.flatnonzero(long)
    count = len(lots)
    middle = np.stack(
        [
            np.zeros(count),
            np.full(count, -houses.depth / 2),
            np.full(count, houses.storey * 2 + 0.25),
        ],
        axis=-1,
    )
    strip = openings_of(lots, middle, 0.0, (1.0, 1.0))
    wide = houses.width[lots] / 2 - 0.1
    slab = strip.box((-wide, wide), (-0.16, 0.0), 0.85)
    stone = Finish(np.tile(houses.trim[lots], (5, 1)), snow=0.3, surface=Surface.DETAIL, step=3)
    parts.append(paint(houses.lots.to_world(np.tile(lots, 5), slab), stone))
    for low, high in ((0.1, 0.13), (0.9, 0.95)):
        parts.append(
            paint(houses.lots.to_world(lots, strip.panel((-wide, wide), (low, high), 0.82)), iron)
        )
    for k in range(32):
        x = wide * ((k + 0.5) / 16 - 1)
        parts.append(
            paint(
                houses.lots.to_world(lots, strip.panel((x - 0.013, x + 0.013), (0.0, 0.9), 0.82)),
                iron,
            )
        )
    return join(parts)
