"""Shops on the ground floor of houses in rows."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import stream
from generique.world.lights import WARM_3500, WHITE_5000, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.openings import (
    PANE,
)
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


def shops(houses: Terrace, seed: int, lit: float) -> tuple[Quads, Lights]:
    """Shop fronts: a wide pane with goods behind it, a door, a painted board, some an awning."""
    chance = stream(seed, "terrace shops")
    which = np.flatnonzero(houses.shop)
    count = len(which)
    wide = houses.width[which] / 2 - 0.25
    middle = np.stack(
        [np.zeros(count), np.full(count, -houses.depth / 2), np.full(count, 1.5)], axis=-1
    )
    shop = openings_of(which, middle, 0.0, (2 * wide, 2.2))
    colour = SHOP_PAINTS[chance.integers(len(SHOP_PAINTS), size=count)]
    paint_ = Finish(colour, surface=Surface.DETAIL, level=Level.ALWAYS, step=3)
    parts = [
        paint(houses.lots.to_world(which, shop.panel((-wide, wide), (-1.5, 1.55), 0.05)), paint_),
        paint(
            houses.lots.to_world(
                np.tile(which, 5), shop.box((-wide - 0.05, wide + 0.05), (0.95, 1.5), 0.18)
            ),
            Finish(
                np.tile(colour, (5, 1)) * 1.3,
                snow=0.0,
                surface=Surface.DETAIL,
                level=Level.NEAR,
                step=3,
            ),
        ),
    ]
    rank = chance.random(count)
    open_ = rank < (0.35 + 0.75 * lit if lit > 0 else 0.0)
    tint = np.where(chance.random((count, 1)) < 0.6, np.array(WARM_3500), np.array(WHITE_5000))
    glow = np.where(open_[:, None], tint * 6.0, 0.0)
    columns = 4
    for k in range(columns):
        left = -wide + 0.12 + (2 * wide - 0.24) * k / columns
        right = left + (2 * wide - 0.24) / columns - 0.08
        door = k == 1
        low = -1.3 if door else -0.85
        for j, (a, b) in enumerate(((0.0, 0.42), (0.45, 1.0))):
            bottom, top = low + (0.9 - low) * a, low + (0.9 - low) * b
            shade = chance.uniform(0.35, 1.0, (count, 1)) * (0.55 if j == 0 else 1.0)
            glass = Finish(PANE, glow * shade, surface=Surface.GLASS, step=9)
            parts.append(
                paint(
                    houses.lots.to_world(which, shop.panel((left, right), (bottom, top), 0.08)),
                    glass,
                )
            )
    letters = shop.panel((-wide * 0.6, wide * 0.6), (1.12, 1.34), 0.2)
    sign = Finish(
        (0.5, 0.47, 0.38),
        np.where(open_[:, None], tint * 2.2, 0.0),
        surface=Surface.GLASS,
        level=Level.NEAR,
        step=9,
    )
    parts.append(paint(houses.lots.to_world(which, letters), sign))
    awned = np.flatnonzero(chance.random(count) < 0.4)
    part = shop.take(awned)
    cloth = Finish(colour[awned] * 1.8 + 0.05, snow=0.5, surface=Surface.DETAIL, step=3)
    edge = wide[awned]
    parts.append(
        paint(
            houses.lots.to_world(
                which[awned], part.panel((-edge, edge), (0.75, 1.05), (1.2, 0.16))
            ),
            cloth,
        )
    )
    bright = np.flatnonzero(open_)
    lights = []
    for share in (-0.5, 0.5):
        spot = shop.take(bright).at(wide[bright] * share, np.full(len(bright), 0.1), 0.3)
        ahead = shop.take(bright).at(wide[bright] * share, np.full(len(bright), 0.1), 1.3)
        position = houses.lots.to_world(which[bright], spot)
        axis = houses.lots.to_world(which[bright], ahead) - position
        lights.append(shine(position, tint[bright] * 14.0, axis, Beam.WINDOW))
    return join(parts), gather(lights)
