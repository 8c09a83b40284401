"""A refinery: columns, racks of pipes, a flare, tanks in their bunds, chimneys."""

from __future__ import annotations

import itertools

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.members import bars, blocks, drums, fence
from generique.world.mesh import Finish, Level, Surface, paint
from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.industry.parts import (
    CONCRETE,
    RED_BULB,
    SODIUM_BULB,
    STEEL,
    WHITE_BULB,
    Kit,
    slender,
    solid,
)

TANK = np.array([(0.50, 0.50, 0.49), (0.42, 0.43, 0.42), (0.36, 0.30, 0.24), (0.46, 0.47, 0.48)])
COLUMN = (0.34, 0.345, 0.35)


def tanks(kit: Kit, low: Floats, high: Floats, chance: np.random.Generator) -> None:
    """Tanks with stairs in rows, each in its bund.

    Args:
        kit: To put them in.
        low: South-western corner of their ground, 2.
        high: North-eastern corner, 2.
        chance: For their sizes.
    """
    cell = 52.0
    counts = np.maximum(1, ((high - low) / cell).astype(int))
    for i in range(int(counts[0])):
        for j in range(int(counts[1])):
            if chance.random() < 0.1:
                continue
            spot = low + (np.array([i, j]) + 0.5) * (high - low) / counts
            radius = float(chance.choice([9.0, 13.0, 18.0], p=[0.25, 0.4, 0.35]))
            tall = float(chance.uniform(0.8, 1.15)) * (17.0 if radius > 9 else 13.0)
            _tank(kit, spot, radius, tall, TANK[chance.integers(len(TANK))])


@named(Thing.TANK)
def _tank(kit: Kit, spot: Floats, radius: float, tall: float, colour: Floats) -> None:
    centre = np.array([(*spot, 0.0)])
    kit.add(drums(centre, radius, tall, solid(colour, 3.0), sides=22))
    kit.add(
        drums(
            centre + np.array([[0, 0, tall]]),
            radius * 0.99,
            radius * 0.10,
            solid(colour * 0.9, 3.0),
            sides=22,
            taper=0.25,
        )
    )
    half = radius + 5.5
    ring = np.array([(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)])
    bund = np.c_[spot + ring, np.zeros(5)]
    kit.add(fence(bund, 0.0, 1.3, Finish(CONCRETE, snow=0.3, step=4.0)))
    turn = np.linspace(0.3, 2.6, 15)
    stair = np.c_[
        spot[0] + np.cos(turn) * (radius + 0.5),
        spot[1] + np.sin(turn) * (radius + 0.5),
        np.linspace(0.4, tall, 15),
    ]
    kit.add(bars(stair[:-1], stair[1:], 0.75, slender(STEEL, far=False), 0.14))
    rail = stair + np.array([0, 0, 1.0])
    kit.add(bars(rail[:-1], rail[1:], 0.07, slender(STEEL, far=False)))
    rim = np.linspace(0, 2 * np.pi, 23)
    top = np.c_[
        spot[0] + np.cos(rim) * (radius - 0.2),
        spot[1] + np.sin(rim) * (radius - 0.2),
        np.full(23, tall + 1.05),
    ]
    kit.add(bars(top[:-1], top[1:], 0.08, slender(STEEL, far=False)))
    bulbs = np.vstack([stair[[3, 8, 14]] + [0, 0, 1.4]])
    kit.bulb(bulbs, SODIUM_BULB * 0.7, 0.15)
    kit.glow(bulbs, SODIUM_BULB, 22.0)


@named(Thing.REFINERY)
def refinery(kit: Kit, low: Floats, high: Floats, chance: np.random.Generator) -> None:
    """Groups of columns and vessels between racks of pipes, with a lamp on every landing."""
    span = high - low
    racks = np.linspace(low[1] + 0.16 * span[1], high[1] - 0.16 * span[1], 3)
    for y in racks:
        _rack(kit, np.array([low[0], y]), np.array([high[0], y]), chance)
    cross = low[0] + 0.5 * span[0]
    _rack(kit, np.array([cross, low[1]]), np.array([cross, high[1]]), chance)
    count = int(span[0] * span[1] / 620.0)
    spots = low + 6 + chance.random((count, 2)) * (span - 12)
    taken: list[tuple[Floats, float]] = []
    for spot in spots:
        near_rack = (
            min(abs(float(spot[1]) - float(y)) for y in racks) < 7.0
            or abs(float(spot[0]) - cross) < 7.0
        )
        size = float(chance.uniform(3.0, 7.5))
        if near_rack or any(
            np.linalg.norm(spot - other) < size + room + 1.5 for other, room in taken
        ):
            continue
        taken.append((spot, size))
        kind = chance.random()
        if kind < 0.42:
            _column(kit, spot, chance)
        elif kind < 0.72:
            _structure(kit, spot, size, chance)
        else:
            _vessels(kit, spot, size, chance)
    floods = np.array(
        [
            (x, y)
            for x in np.linspace(low[0] + 25, high[0] - 25, 3)
            for y in np.linspace(low[1] + 25, high[1] - 25, 2)
        ]
    )
    kit.flood(np.c_[floods, np.full(len(floods), 34.0)], SODIUM_BULB, 2000.0)


@named(Thing.PIPE)
def _rack(kit: Kit, start: Floats, end: Floats, chance: np.random.Generator) -> None:
    """Frames with two decks of pipes."""
    length = float(np.linalg.norm(end - start))
    along = (end - start) / length
    aside = np.array([-along[1], along[0]])
    count = int(length / 8.0) + 1
    spots = start + along * np.linspace(0, length, count)[:, None]
    feet = np.concatenate([np.c_[spots + aside * side, np.zeros(count)] for side in (-3.0, 3.0)])
    kit.add(bars(feet, feet + np.array([0, 0, 8.2]), 0.35, slender(STEEL, far=False)))
    for z in (5.2, 8.0):
        a = np.c_[spots + aside * -3.2, np.full(count, z)]
        b = np.c_[spots + aside * 3.2, np.full(count, z)]
        kit.add(bars(a, b, 0.3, slender(STEEL, far=False)))
        for offset in np.linspace(-2.6, 2.6, 6):
            if chance.random() < 0.2:
                continue
            width = float(chance.choice([0.22, 0.35, 0.55]))
            shade = float(chance.uniform(0.18, 0.5))
            p = np.array([(*(start + aside * offset), z + 0.2 + width / 2)])
            q = np.array([(*(end + aside * offset), z + 0.2 + width / 2)])
            kit.add(
                bars(
                    p,
                    q,
                    width,
                    Finish(
                        (shade, shade, shade * 0.98),
                        level=Level.ALWAYS,
                        surface=Surface.DETAIL,
                        step=6.0,
                    ),
                )
            )
    lamps = np.c_[spots[::3], np.full(len(spots[::3]), 7.2)]
    kit.bulb(lamps, WHITE_BULB * 0.6, 0.14)
    kit.glow(lamps, WHITE_BULB, 24.0)


@named(Thing.REFINERY)
def _column(kit: Kit, spot: Floats, chance: np.random.Generator) -> None:
    """A column with landings, a ladder and lamps all the way up."""
    radius, tall = float(chance.uniform(1.0, 2.6)), float(chance.uniform(20, 56))
    foot = np.array([(*spot, 0.0)])
    kit.add(drums(foot, radius + 0.4, 3.0, solid(CONCRETE, 3.0), sides=12))
    kit.add(drums(foot + np.array([[0, 0, 3.0]]), radius, tall - 3, solid(COLUMN, 4.0), sides=12))
    kit.add(
        drums(
            foot + np.array([[0, 0, tall]]),
            radius,
            radius * 0.8,
            solid(COLUMN, 4.0),
            sides=12,
            taper=0.35,
        )
    )
    levels = np.arange(8.0, tall - 1.0, float(chance.uniform(5.5, 8.0)))
    rings = np.repeat(foot, len(levels), axis=0)
    rings[:, 2] = levels
    kit.add(
        drums(
            rings,
            radius + 1.25,
            0.14,
            Finish(STEEL, surface=Surface.DETAIL, level=Level.ALWAYS, step=4.0),
            sides=10,
        )
    )
    turn = float(chance.uniform(0, 2 * np.pi))
    away = np.array([np.cos(turn), np.sin(turn), 0.0])
    bulbs = rings + away * (radius + 1.3) + [0, 0, 2.0]
    back = rings - away * (radius + 1.3) + [0, 0, 2.0]
    kit.bulb(bulbs, SODIUM_BULB if chance.random() < 0.45 else WHITE_BULB * 0.9, 0.15)
    kit.bulb(back[::2], WHITE_BULB * 0.8, 0.15)
    kit.glow(bulbs, WHITE_BULB, 30.0)
    kit.glow(back[::2], WHITE_BULB, 30.0)
    ladder = foot + away * (radius + 0.25)
    kit.add(bars(ladder, ladder + np.array([0, 0, tall]), 0.3, slender(STEEL, far=False)))
    pipe = foot - away * (radius + 0.45)
    kit.add(bars(pipe, pipe + np.array([0, 0, tall * 0.92]), 0.35, slender((0.4, 0.4, 0.4))))
    if tall > 44:
        kit.bulb(foot + np.array([[0, 0, tall + 2.4]]), RED_BULB, 0.22)


@named(Thing.REFINERY)
def _structure(kit: Kit, spot: Floats, size: float, chance: np.random.Generator) -> None:
    """An open frame with decks, vessels and lamps."""
    storeys = int(chance.integers(2, 6))
    half, rise = size * 0.8, 5.0
    corners = np.array([(-half, -half), (half, -half), (half, half), (-half, half)])
    feet = np.c_[spot + corners, np.zeros(4)]
    kit.add(bars(feet, feet + np.array([0, 0, storeys * rise]), 0.4, slender(STEEL)))
    for k in range(1, storeys + 1):
        at = feet + np.array([0, 0, k * rise])
        kit.add(bars(at, np.roll(at, -1, axis=0), 0.35, slender(STEEL)))
        kit.add(
            blocks(
                np.array([(*spot, k * rise)]),
                np.array([2 * half, 2 * half, 0.12]),
                0.0,
                Finish(
                    (0.17, 0.17, 0.17),
                    snow=0.5,
                    surface=Surface.DETAIL,
                    level=Level.ALWAYS,
                    step=3.0,
                ),
            )
        )
        rail = at + np.array([0, 0, 1.1])
        kit.add(bars(rail, np.roll(rail, -1, axis=0), 0.06, slender(STEEL, far=False)))
        place = np.array([(*(spot + chance.uniform(-0.4, 0.4, 2) * half), k * rise + 0.1)])
        if k < storeys and chance.random() < 0.8:
            kit.add(
                drums(place, float(chance.uniform(0.6, 1.5)), 3.4, solid(COLUMN, 3.0), sides=10)
            )
    first = feet[::2] + np.array([0, 0, storeys * rise]) + np.array([0, 0, 2.2])
    for k in range(storeys):
        under = feet[k % 2 :: 2] + np.array([0, 0, k * rise + 4.2])
        kit.bulb(under, WHITE_BULB * 0.85 if k % 2 else SODIUM_BULB, 0.15)
        kit.glow(under - [0, 0, 0.4], WHITE_BULB if k % 2 else SODIUM_BULB, 30.0)
    kit.bulb(first, WHITE_BULB * 0.8, 0.15)


@named(Thing.REFINERY)
def _vessels(kit: Kit, spot: Floats, size: float, chance: np.random.Generator) -> None:
    """A few lying or standing vessels near the ground."""
    count = int(chance.integers(2, 4))
    for k in range(count):
        at = spot + np.array([(k - (count - 1) / 2) * 3.4, 0.0])
        reach = size * 0.9
        p, q = np.array([(at[0], at[1] - reach, 2.4)]), np.array([(at[0], at[1] + reach, 2.4)])
        kit.add(bars(p, q, 2.1, solid((0.44, 0.44, 0.43), 3.0)))
        turned = bars(p, q, 1.5, solid((0.44, 0.44, 0.43), 3.0), 2.5)
        kit.add(turned)
        legs = np.array([(at[0], at[1] + s * reach * 0.6, 0.0) for s in (-1, 1)])
        kit.add(blocks(legs, np.array([1.8, 0.5, 1.6]), 0.0, solid(CONCRETE)))
    lamp = np.array([(*spot, 5.0)])
    kit.bulb(lamp, SODIUM_BULB * 0.9, 0.16)
    kit.glow(lamp, SODIUM_BULB, 40.0)


@named(Thing.FLARE)
def flare(kit: Kit, spot: Floats) -> None:
    """A flare: a guyed stack with a flame in the wind, which lights what is below."""
    tall = 78.0
    foot = np.array([(*spot, 0.0)])
    legs = foot + np.array([(3.2, 0, 0), (-1.6, 2.8, 0), (-1.6, -2.8, 0)])
    tops = foot + np.array([(0.5, 0, tall), (-0.25, 0.45, tall), (-0.25, -0.45, tall)])
    kit.add(bars(legs, tops, 0.35, slender(STEEL)))
    for share in np.linspace(0.08, 0.95, 12):
        ring = legs + (tops - legs) * share
        kit.add(bars(ring, np.roll(ring, -1, axis=0), 0.16, slender(STEEL)))
    kit.add(bars(foot, foot + np.array([0, 0, tall + 2.0]), 0.7, slender((0.15, 0.14, 0.13))))
    flame = []
    for turn in np.linspace(0, np.pi, 5)[:-1]:
        side = np.array([np.cos(turn), np.sin(turn), 0.0])
        wind = np.array([1.0, 0.4, 0.0])
        widths, lifts = (0.5, 1.25, 1.1, 0.25), (0.0, 2.2, 4.6, 8.0)
        rows = [foot[0] + [0, 0, tall + 2.0 + lift] + wind * lift * 0.42 for lift in lifts]
        for a, b, wa, wb in zip(rows[:-1], rows[1:], widths[:-1], widths[1:], strict=True):
            rim = [a - side * wa, a + side * wa, b + side * wb, b - side * wb]
            flame += [rim, rim[::-1]]
    heat = np.tile(
        np.repeat(np.array([(58.0, 27.0, 7.0), (56.0, 20.0, 3.6), (30.0, 8.0, 1.2)]), 2, axis=0),
        (4, 1),
    )
    kit.add(
        paint(
            np.array(flame),
            Finish((0.1,) * 3, heat, surface=Surface.GLASS, level=Level.EVERYWHERE, step=99),
        )
    )
    kit.bulbs.append(np.r_[foot[0] + [1.5, 0.6, tall + 6.0], 1.4, 0.55, 0.12][None])
    kit.flood(foot + np.array([[0, 0, tall + 4.0]]), np.array([1.0, 0.42, 0.10]), 6000.0)


@named(Thing.CHIMNEY)
def chimney(kit: Kit, spot: Floats, tall: float, radius: float) -> Floats:
    """A banded chimney with red lamps; gives its mouth, 3."""
    foot = np.array([(*spot, 0.0)])
    taper = 0.68
    cuts = np.r_[0.0, 0.62, 0.715, 0.81, 0.905, 1.0] * tall
    for k, (z0, z1) in enumerate(itertools.pairwise(cuts)):
        r0 = radius * (1 - (1 - taper) * z0 / tall)
        r1 = radius * (1 - (1 - taper) * z1 / tall)
        albedo = CONCRETE if k == 0 else ((0.42, 0.05, 0.04) if k % 2 else (0.60, 0.60, 0.58))
        kit.add(
            drums(
                foot + np.array([[0, 0, z0]]),
                r0,
                z1 - z0,
                solid(albedo, 5.0),
                sides=16,
                taper=r1 / r0,
            )
        )
    for share in (0.55, 0.985):
        reach = radius * (1 - (1 - taper) * share) + 0.4
        ring = np.array(
            [
                (np.cos(t) * reach, np.sin(t) * reach, tall * share)
                for t in np.linspace(0, 2 * np.pi, 5)[:-1]
            ]
        )
        kit.bulb(foot + ring, RED_BULB, 0.3)
    return np.asarray(foot[0] + [0.0, 0.0, tall + 0.5])
