"""A container ship alongside."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.members import bars, blocks, drums
from generique.world.lights import Beam, shine
from generique.world.mesh import Finish, Level, Surface, paint
from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.industry.boxes import HIGH, PITCH_X, stack
from generique.world.places.industry.parts import (
    RED_BULB,
    SODIUM_BULB,
    WHITE_BULB,
    Kit,
    slender,
    solid,
)
from generique.world.places.industry.plan import WATER

HULLS = ((0.030, 0.050, 0.10), (0.16, 0.022, 0.020), (0.028, 0.030, 0.032), (0.045, 0.10, 0.075))
BOOT = (0.19, 0.035, 0.03)
WHITE = (0.62, 0.62, 0.60)
DECK = (0.15, 0.07, 0.05)
STOREY = 2.9
# Shares of the length from the stern, of half the beam at deck and waterline, and sheer in metres.
_LINES = (
    (0.000, 0.80, 0.55, 0.6),
    (0.020, 0.88, 0.74, 0.4),
    (0.090, 0.98, 0.92, 0.1),
    (0.200, 1.00, 1.00, 0.0),
    (0.700, 1.00, 1.00, 0.0),
    (0.800, 0.98, 0.88, 0.3),
    (0.880, 0.88, 0.62, 0.9),
    (0.940, 0.68, 0.34, 1.7),
    (0.980, 0.38, 0.12, 2.4),
    (1.000, 0.04, 0.00, 2.9),
)


@named(Thing.SHIP)
def ship(
    kit: Kit, berth: tuple[float, float, float], chance: np.random.Generator, lit: float
) -> None:
    """A ship whose bow points north.

    Args:
        kit: To put it in.
        berth: x of its port side, y of its stern, and its length, metres.
        chance: For its colours and cargo.
        lit: Share of its windows that are lit.
    """
    side, stern, length = berth
    beam = length / 7.0
    free = 6.0 + length * 0.022
    middle = side + beam / 2
    hull = HULLS[int(chance.integers(len(HULLS)))]
    _hull(kit, (middle, stern), (length, beam, free), hull)
    house = stern + 0.17 * length
    _cargo(kit, (middle, stern), (length, beam, free), house, chance)
    _house(kit, (middle, house), (beam, free), chance, lit)
    _lights(kit, (middle, stern), (length, beam, free), house)
    lines = np.array(
        [
            [
                (middle - beam * 0.2, stern + 0.97 * length, WATER + free + 1.5),
                (side - 3.6, stern + 1.06 * length, 0.5),
            ],
            [
                (middle - beam * 0.3, stern + 0.95 * length, WATER + free + 1.2),
                (side - 3.6, stern + 1.01 * length, 0.5),
            ],
            [
                (middle - beam * 0.4, stern + 0.02 * length, WATER + free),
                (side - 3.6, stern - 0.06 * length, 0.5),
            ],
        ]
    )
    kit.add(bars(lines[:, 0], lines[:, 1], 0.10, slender((0.30, 0.28, 0.22), far=False)))


def _hull(
    kit: Kit,
    at: tuple[float, float],
    size: tuple[float, float, float],
    colour: tuple[float, float, float],
) -> None:
    middle, stern = at
    length, beam, free = size
    lines = np.array(_LINES)
    y = stern + lines[:, 0] * length
    wide, narrow = lines[:, 1] * beam / 2, lines[:, 2] * beam / 2
    top = WATER + free + lines[:, 3]
    boot = np.full(len(y), WATER + 1.6)
    between = narrow + (wide - narrow) * 0.25
    rows = [
        (narrow, np.full(len(y), WATER - 2.0)),
        (between, boot),
        (wide, top),
        (wide, top + 1.0),
    ]
    looks = tuple(np.array(albedo) for albedo in (BOOT, colour, 0.75 * np.array(colour)))
    for (half_a, z_a), (half_b, z_b), albedo in zip(rows[:-1], rows[1:], looks, strict=True):
        for sign in (-1.0, 1.0):
            low = np.c_[middle + sign * half_a, y, z_a]
            high = np.c_[middle + sign * half_b, y, z_b]
            corners = np.stack([low[:-1], low[1:], high[1:], high[:-1]], axis=1)
            corners = corners if sign > 0 else corners[:, ::-1]
            kit.add(paint(corners, Finish(albedo, level=Level.EVERYWHERE, step=3.5)))
    transom = np.array(
        [
            [
                (middle - narrow[0], y[0], WATER - 2),
                (middle + narrow[0], y[0], WATER - 2),
                (middle + wide[0], y[0], top[0] + 1),
                (middle - wide[0], y[0], top[0] + 1),
            ]
        ]
    )
    kit.add(paint(transom, Finish(colour, level=Level.EVERYWHERE, step=3.5)))
    left, right = np.c_[middle - wide, y, top], np.c_[middle + wide, y, top]
    deck = np.stack([left[:-1], right[:-1], right[1:], left[1:]], axis=1)
    kit.add(paint(deck, Finish(DECK, snow=0.6, level=Level.EVERYWHERE, step=4.0)))


def _cargo(
    kit: Kit,
    at: tuple[float, float],
    size: tuple[float, float, float],
    house: float,
    chance: np.random.Generator,
) -> None:
    """Containers on the hatches, in bays with lashing bridges between them."""
    middle, stern = at
    length, beam, free = size
    pitch = 14.2
    base = WATER + free + 1.4
    bays = np.arange(stern + 9.0, stern + 0.93 * length, pitch)
    bays = bays[np.abs(bays - house) > 15.0]
    for y in bays:
        share = (y - stern) / length
        half = (
            float(np.interp(share, [row[0] for row in _LINES], [row[1] for row in _LINES]))
            * beam
            / 2
        )
        count = int((2 * half - 1.6) / PITCH_X)
        x = middle + (np.arange(count) - (count - 1) / 2) * PITCH_X
        most = 6.2 if share < 0.8 else 4.0
        tiers = np.clip(
            np.round(most - 0.9 + chance.normal(0, 0.5) + chance.normal(0, 0.6, count)), 1, 7
        ).astype(int)
        stack(kit, np.c_[x, np.full(count, y), np.full(count, base)], tiers, chance)
        frame = np.array(
            [(middle + dx * (half - 0.5), y + pitch / 2, base - 1.2) for dx in (-1, -0.33, 0.33, 1)]
        )
        kit.add(
            bars(
                frame,
                frame + np.array([0, 0, 3 * HIGH]),
                0.4,
                slender((0.25, 0.10, 0.07), far=False),
            )
        )


def _house(
    kit: Kit,
    at: tuple[float, float],
    size: tuple[float, float],
    chance: np.random.Generator,
    lit: float,
) -> None:
    """The white house aft: storeys with windows, the bridge with its wings, funnel, mast."""
    middle, y = at
    beam, free = size
    base = WATER + free
    wide = beam * 0.86
    high = 9 * STOREY
    kit.add(blocks(np.array([(middle, y, base)]), np.array([wide, 12.0, high]), 0.0, solid(WHITE)))
    kit.add(
        blocks(
            np.array([(middle, y + 1.0, base + high)]),
            np.array([wide * 0.7, 9.0, 3.2]),
            0.0,
            solid(WHITE),
        )
    )
    kit.add(
        blocks(
            np.array([(middle, y + 3.6, base + high)]),
            np.array([beam * 1.04, 3.0, 1.1]),
            0.0,
            solid(WHITE),
        )
    )
    _panes(kit, (middle, y, base), (wide, high), chance, lit)
    funnel = np.array([(middle, y - 9.0, base)])
    kit.add(blocks(funnel, np.array([8.0, 7.0, high + 5.0]), 0.0, solid((0.12, 0.14, 0.17))))
    kit.add(
        drums(
            funnel + np.array([[0.0, 0.0, high + 5.0]]),
            1.1,
            3.0,
            slender((0.05, 0.05, 0.05)),
            sides=10,
        )
    )
    mast = np.array([(middle, y, base + high + 3.2)])
    kit.add(bars(mast, mast + np.array([0, 0, 9.0]), 0.5, slender(WHITE)))
    kit.bulb(mast + np.array([0, 0, 9.2]), WHITE_BULB, 0.22)
    kit.bulb(mast + np.array([0, 0, 6.0]), RED_BULB, 0.22)


def _panes(
    kit: Kit,
    at: tuple[float, float, float],
    size: tuple[float, float],
    chance: np.random.Generator,
    lit: float,
) -> None:
    """Windows of the cabins on both faces, and the dark band of the bridge."""
    (middle, y, base), (wide, high) = at, size
    storeys = round(high / STOREY)
    panes, glow = [], []
    for sign in (-1.0, 1.0):
        for storey in range(storeys):
            for x in np.linspace(-0.42, 0.42, 9) * wide:
                z = base + STOREY * storey + 1.2
                front = y + sign * 6.04
                rim = [
                    (middle + x + 0.45, front, z),
                    (middle + x - 0.45, front, z),
                    (middle + x - 0.45, front, z + 0.8),
                    (middle + x + 0.45, front, z + 0.8),
                ]
                panes.append(rim if sign > 0 else rim[::-1])
                rank, tone = chance.random(), float(chance.uniform(0.5, 1.3))
                glow.append(np.array([2.6, 2.0, 1.15]) * (tone if rank < lit * 0.9 else 0.0))
    z = base + high + 1.3
    bridge = [
        (middle + wide * 0.34, y + 5.56, z),
        (middle - wide * 0.34, y + 5.56, z),
        (middle - wide * 0.34, y + 5.56, z + 1.1),
        (middle + wide * 0.34, y + 5.56, z + 1.1),
    ]
    panes.append(bridge)
    glow.append(np.array([0.14, 0.22, 0.18]))
    kit.add(
        paint(np.array(panes), Finish((0.03,) * 3, np.array(glow), surface=Surface.GLASS, step=99))
    )


def _lights(
    kit: Kit, at: tuple[float, float], size: tuple[float, float, float], house: float
) -> None:
    """Deck lamps along the sides and floods from the house over the cargo."""
    middle, stern = at
    length, beam, free = size
    y = np.arange(stern + 10, stern + 0.9 * length, 14.2)
    z = WATER + free + 3.2
    spots = np.array([(middle + sx * beam * 0.485, v, z) for v in y for sx in (-1, 1)])
    kit.bulb(spots, SODIUM_BULB * 0.7, 0.16)
    kit.glow(spots + np.array([0, 0, 0.3]), SODIUM_BULB, 26.0)
    wings = np.array(
        [
            (middle + sx * beam * 0.42, house + sy * 6.6, WATER + free + 26.0)
            for sx in (-1, 1)
            for sy in (-1, 1)
        ]
    )
    kit.bulb(wings, WHITE_BULB * 1.2, 0.26)
    kit.flood(wings, WHITE_BULB, 700.0)
    head = np.array([(middle, stern + 0.965 * length, WATER + free + 2.5)])
    kit.add(bars(head, head + np.array([0, 0, 13.0]), 0.5, slender(WHITE)))
    kit.bulb(head + np.array([0, 0, 13.2]), WHITE_BULB, 0.24)
    face = np.array([(middle + dx, house + 7.4, WATER + free + 14.0) for dx in (-8.0, 0.0, 8.0)])
    axis: Floats = np.array([0.0, -1.0, 0.0])
    kit.homes.append(shine(face, np.full((3, 3), 30.0) * (1.0, 0.85, 0.6), axis, Beam.BULB))
