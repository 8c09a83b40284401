"""Doors of houses in rows, in stone surrounds, with their lamps."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import stream
from generique.world.kit.openings import (
    GLOW,
    PANE,
)
from generique.world.lights import WARM_2700, WHITE_5000, Beam, Lights, shine
from generique.world.mesh import Finish, Quads, Surface, detail, join, paint
from generique.world.places.terraces.house import Terrace
from generique.world.places.terraces.windows import door_x, openings_of


def doors(houses: Terrace, seed: int, lit: float) -> tuple[Quads, Lights]:
    """Doors in stone surrounds, fanlights that show the hall, and lamps beside a few."""
    chance = stream(seed, "terrace doors")
    which = np.flatnonzero(~houses.shop)
    count = len(which)
    zero = np.zeros(count)
    step = np.where(houses.garden[which] > 1, 0.3, 0.15)
    middle = np.stack([door_x(houses)[which], zero - houses.depth / 2, step + 1.05], axis=-1)
    doors = openings_of(which, middle, 0.0, (0.92, 2.1))
    surround = detail(houses.trim[which])
    reveal = detail((0.05, 0.045, 0.04))
    leaf = detail(houses.door[which])
    panel = detail(houses.door[which] * 0.7)
    stone = detail((0.24, 0.235, 0.22), snow=0.5)
    layers = [
        (doors.panel((-0.68, 0.68), (-1.05, 1.85), 0.03), surround),
        (doors.panel((-0.5, 0.5), (-1.05, 1.65), 0.045), reveal),
        (doors.panel((-0.46, 0.46), (-1.05, 1.05), 0.06), leaf),
        (doors.panel((-0.34, -0.06), (-0.8, -0.1), 0.07), panel),
        (doors.panel((0.06, 0.34), (-0.8, -0.1), 0.07), panel),
        (doors.panel((-0.95, 0.95), (1.85, 2.0), 0.25), surround),
    ]
    parts = [paint(houses.lots.to_world(which, corners), finish) for corners, finish in layers]
    steps = doors.box((-0.7, 0.7), (-1.05 - step, -1.05), 0.55)
    parts.append(paint(houses.lots.to_world(np.tile(which, 5), steps), stone))
    rank = chance.random(count)
    on = houses.occupied[which] & (rank < 0.75 * lit)
    glow = np.where(
        on[:, None], np.array(WARM_2700) * GLOW * chance.uniform(0.5, 1.4, (count, 1)), 0.0
    )
    for low, high, wide, share in ((1.15, 1.6, 0.44, 1.0), (0.15, 0.85, 0.2, 0.55)):
        glass = Finish(PANE, glow * share, surface=Surface.GLASS, step=9)
        parts.append(
            paint(houses.lots.to_world(which, doors.panel((-wide, wide), (low, high), 0.07)), glass)
        )
    lamps = np.flatnonzero(on & (chance.random(count) < 0.3))
    spot = doors.take(lamps).at(np.full(len(lamps), 0.85), np.full(len(lamps), 0.9), 0.3)
    colour = np.where(
        chance.random((len(lamps), 1)) < 0.25, np.array(WHITE_5000), np.array(WARM_2700)
    )
    world = houses.lots.to_world(which[lamps], spot)
    bulb = doors.take(lamps).panel((0.78, 0.92), (0.8, 1.05), 0.18)
    parts.append(
        paint(
            houses.lots.to_world(which[lamps], bulb),
            Finish(PANE, colour * 26, surface=Surface.GLASS, step=9),
        )
    )
    down = np.array([0.0, 0.0, -1.0])
    return join(parts), shine(world, colour * 3.2, down, Beam.BULB)
