"""Low buildings between housing blocks: kindergartens, garages, pipes, the heating plant."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.kit.solids import boxes
from generique.world.layout import Lots
from generique.world.mesh import Finish, Level, Quads, Surface, detail, join, outward, paint
from generique.world.owners import Thing, owner
from generique.world.places.blocks.fixtures import box_at, nothing, spots
from generique.world.places.blocks.plan import Plan
from generique.world.places.blocks.style import Style

GARAGE_DOORS = np.array(
    [
        (0.10, 0.05, 0.03),
        (0.05, 0.10, 0.07),
        (0.13, 0.14, 0.15),
        (0.06, 0.09, 0.15),
        (0.18, 0.10, 0.06),
    ]
)
SILVER = (0.34, 0.34, 0.35)
GARAGE = (3.3, 6.0, 2.5)
"""Width, depth and height, metres."""
GARAGES = 26
"""In a row."""
PLUMES = 60


def pavilions(plan: Plan) -> Quads:
    """Kindergartens and shops: two storeys with wide windows in bands."""
    lots = spots(plan.pavilions)
    if len(lots) == 0:
        return nothing()
    wall = Finish((0.37, 0.34, 0.29), level=Level.EVERYWHERE, step=4)
    parts = [
        box_at(lots, (-13.0, -7.0, 0.0), (13.0, 3.0, 6.6), wall),
        box_at(lots, (4.0, 3.0, 0.0), (13.0, 12.0, 3.6), wall),
    ]
    every, one = np.arange(len(lots)), np.ones((len(lots), 1, 1))
    dark = Finish((0.03, 0.03, 0.035), surface=Surface.GLASS, step=9)
    for low in (1.0, 4.3):
        for k in range(8):
            x = -12.2 + k * 3.05
            pane = np.array(
                [
                    [
                        (x, -7.06, low),
                        (x + 2.5, -7.06, low),
                        (x + 2.5, -7.06, low + 1.6),
                        (x, -7.06, low + 1.6),
                    ]
                ]
            )
            parts.append(paint(lots.to_world(every, one * pane), dark))
    return join(parts)


def garages(plan: Plan, seed: int) -> Quads:
    """Two rows of garages, back to back, under roofs of felt."""
    lots = spots(plan.garages)
    if len(lots) == 0:
        return nothing()
    chance = stream(seed, "garages")
    wide, deep, high = GARAGE
    x = (np.arange(GARAGES) - GARAGES / 2) * wide
    which = np.repeat(np.arange(len(lots)), 2 * GARAGES)
    left = np.tile(np.r_[x, x], len(lots))
    back = np.tile(np.repeat([-1.0, 1.0], GARAGES), len(lots))
    keep = chance.random(len(which)) < 0.96
    which, left, back = which[keep], left[keep], back[keep]
    tall = high + chance.normal(0, 0.06, len(which))
    brick = np.where(
        chance.random((len(which), 1)) < 0.4,
        np.array([(0.23, 0.12, 0.085)]),
        np.array([(0.30, 0.29, 0.275)]),
    )
    low = np.stack([left, np.where(back < 0, -deep, 0.0), 0 * left], axis=-1)
    top = np.stack([left + wide, np.where(back < 0, 0.0, deep), tall], axis=-1)
    tone = brick * chance.uniform(0.75, 1.1, (len(which), 1))
    parts = [boxes(lots, which, low, top, Finish(tone, level=Level.ALWAYS, step=4))]
    y = back * (deep + 0.04)
    door = np.stack(
        [
            np.stack([left + a, y, 0 * left + z], axis=-1)
            for a, z in ((0.3, 0.05), (3.0, 0.05), (3.0, 2.1), (0.3, 2.1))
        ],
        axis=1,
    )
    door = np.where((back > 0)[:, None, None], door[:, ::-1], door)
    colour = GARAGE_DOORS[chance.integers(len(GARAGE_DOORS), size=len(which))]
    parts.append(
        paint(
            lots.to_world(which, door), detail(colour * chance.uniform(0.7, 1.4, (len(which), 1)))
        )
    )
    return join(parts)


def pipes(plan: Plan) -> Quads:
    """Two lagged heating pipes on low posts beside the garages, lifted over the lane to it."""
    lots = spots(plan.garages[::3])
    if len(lots) == 0:
        return nothing()
    pipe = Finish(SILVER, snow=0.8, level=Level.ALWAYS, step=4)
    parts = []
    for y in (-14.5, -13.7):
        parts += [
            box_at(lots, (x, y, 0.7), (x + 6.0, y + 0.5, 1.2), pipe) for x in range(-48, 36, 6)
        ]
        parts += [
            box_at(lots, (36.0, y, 0.7), (36.5, y + 0.5, 5.2), pipe),
            box_at(lots, (36.0, y, 4.7), (45.0, y + 0.5, 5.2), pipe),
            box_at(lots, (44.5, y, 0.7), (45.0, y + 0.5, 5.2), pipe),
            box_at(lots, (45.0, y, 0.7), (52.0, y + 0.5, 1.2), pipe),
        ]
    for x in range(-46, 52, 6):
        if not 36 < x < 45:
            parts.append(
                box_at(lots, (x, -14.3, 0.0), (x + 0.3, -13.4, 0.7), detail((0.2, 0.2, 0.2)))
            )
    return join(parts)


def heating_plant(plan: Plan, style: Style) -> tuple[Quads, Floats]:
    """A boiler house with a tall chimney, striped at the top, and the mouths of its smoke."""
    if not style.garages:
        return nothing(), np.zeros((0, 3))
    x, y = plan.plant
    lots = Lots(np.array([[x, y]]), np.zeros(1), np.zeros(1), np.zeros(1))
    wall = Finish((0.27, 0.24, 0.21), level=Level.EVERYWHERE, step=5)
    parts = [
        box_at(lots, (10.0, -14.0, 0.0), (44.0, 8.0, 16.0), wall),
        box_at(lots, (18.0, 8.0, 0.0), (36.0, 20.0, 9.0), wall),
    ]
    parts = [part.owned(owner(Thing.HALL)) for part in parts]
    tall, rings, sides = 62.0, 23, 14
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    for k in range(rings):
        low, high = tall * k / rings, tall * (k + 1) / rings
        a, b = (4.4 - 2.4 * z / tall for z in (low, high))
        red = k >= 13 and (k - 13) // 2 % 2 == 0
        tone = (0.34, 0.045, 0.03) if red else (0.46, 0.45, 0.43) if k >= 13 else (0.26, 0.25, 0.24)
        corners = np.stack(
            [
                np.stack([x + r * np.cos(t), y + r * np.sin(t), np.full(sides, z)], axis=-1)
                for r, t, z in (
                    (a, turn[:-1], low),
                    (a, turn[1:], low),
                    (b, turn[1:], high),
                    (b, turn[:-1], high),
                )
            ],
            axis=1,
        )
        middle = np.array([x, y, (low + high) / 2])
        parts.append(paint(outward(corners, middle), Finish(tone, level=Level.EVERYWHERE, step=6)))
    warning = Finish((0.1, 0.0, 0.0), (30.0, 1.5, 0.8), surface=Surface.GLASS, step=9)
    for z in (tall - 1.0, tall * 0.6):
        ring = 4.6 - 2.4 * z / tall
        parts.append(box_at(lots, (-0.3, -ring - 0.2, z), (0.3, -ring + 0.4, z + 0.6), warning))
    # One house's plume is a thread; the plant's is many of them side by side and above each other.
    spread = stream(11, "plume").normal(0, 1.0, (PLUMES, 3)) * np.array([1.3, 1.3, 1.6])
    mouths = np.array([x, y, tall + 1.5]) + spread
    return join(parts).claimed(owner(Thing.CHIMNEY)), mouths
