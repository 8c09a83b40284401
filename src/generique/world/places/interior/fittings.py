"""Furniture, lamps and pictures that rooms share."""

from __future__ import annotations

import itertools

import numpy as np

from generique.world.lights import TELEVISION, WARM_2700
from generique.world.mesh import Finish, Level, paint
from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.interior.pieces import RGB, Range, Set
from generique.world.places.interior.plan import FLOOR, ROOM
from generique.world.places.interior.shell import DARK, WHITE

WOOD: RGB = (0.15, 0.075, 0.035)


@named(Thing.TELEVISION)
def television(found: Set, chance: np.random.Generator, burn: float) -> None:
    """A television on a low board, its picture a few fields of colour; ``burn`` 0 is off."""
    y1 = ROOM[1][1]
    x0, x1 = 0.25, 2.35
    found.box((x0, x1), (y1 - 0.44, y1 - 0.02), (0.10, 0.48), WOOD, 0.25)
    for k in range(3):
        a = x0 + 0.02 + k * (x1 - x0 - 0.02) / 3
        found.box(
            (a, a + (x1 - x0) / 3 - 0.03),
            (y1 - 0.455, y1 - 0.44),
            (0.13, 0.45),
            (0.19, 0.10, 0.05),
            0.25,
        )
    for x in (x0 + 0.1, x1 - 0.14):
        found.box((x, x + 0.04), (y1 - 0.4, y1 - 0.36), (FLOOR, 0.10), DARK, 0.4)
    sx0, sx1, z0, z1, y = 0.62, 2.02, 0.60, 1.39, y1 - 0.22
    found.box((sx0 - 0.015, sx1 + 0.015), (y, y + 0.04), (z0 - 0.015, z1 + 0.015), DARK, 0.4)
    found.box((1.1, 1.54), (y - 0.06, y + 0.10), (0.48, 0.50), DARK, 0.4)
    found.box((1.29, 1.35), (y + 0.01, y + 0.03), (0.50, 0.62), DARK, 0.4)
    columns, rows = 32, 18
    panes, looks = [], []
    for i in range(columns):
        for j in range(rows):
            a, b = sx0 + (sx1 - sx0) * np.array([i, i + 1]) / columns
            c, d = z0 + (z1 - z0) * np.array([j, j + 1]) / rows
            panes.append(
                [(a, y - 0.002, c), (b, y - 0.002, c), (b, y - 0.002, d), (a, y - 0.002, d)]
            )
            sky = 0.5 + 1.3 * (j / rows) ** 1.5
            hill = float(np.clip(6.0 + 3.2 * np.sin(i / 5.2) + 1.3 * np.sin(i / 2.1) - j, 0, 1))
            tone = np.array(TELEVISION) * sky * (1 - hill) + np.array([0.10, 0.22, 0.20]) * hill
            looks.append(tone * float(chance.uniform(0.96, 1.04)))
    found.pane(np.array(panes), np.array(looks) * 0.75 * burn)
    if burn > 0:
        face = np.array(
            [(sx0, y - 0.01, z0), (sx1, y - 0.01, z0), (sx1, y - 0.01, z1), (sx0, y - 0.01, z1)]
        )
        found.shining(face, np.array(TELEVISION), 3.6)
    found.post((0.42, y1 - 0.24), (0.48, 0.74), 0.055, (0.28, 0.30, 0.30), 0.03)


@named(Thing.ARMCHAIR)
def armchair(
    found: Set, chance: np.random.Generator, at: tuple[float, float] = (-2.55, -6.05)
) -> None:
    """A chair by the window that faces into the room; ``at`` is its south-western corner."""
    tone = float(chance.uniform(0.7, 1.2))
    cloth: RGB = (0.24 * tone, 0.17 * tone, 0.09 * tone)
    x, y = at
    found.cushion((x, x + 0.78), (y, y + 0.80), (0.14, 0.40), cloth, 0.07)
    found.cushion((x, x + 0.20), (y, y + 0.80), (0.36, 0.92), cloth, 0.08)
    for a in (y, y + 0.64):
        found.cushion((x + 0.05, x + 0.80), (a, a + 0.16), (0.14, 0.58), cloth, 0.06)
    found.cushion((x + 0.18, x + 0.76), (y + 0.16, y + 0.64), (0.36, 0.48), cloth, 0.05)
    for px in (x + 0.06, x + 0.68):
        for py in (y + 0.06, y + 0.68):
            found.box((px, px + 0.04), (py, py + 0.04), (FLOOR, 0.16), DARK, 0.3)


@named(Thing.LAMP)
def floor_lamp(found: Set, at: tuple[float, float], burn: float) -> None:
    """A lamp on a high foot under a shade of cloth."""
    found.post(at, (FLOOR, 0.05), 0.15, DARK)
    found.post(at, (0.05, 1.42), 0.013, (0.32, 0.24, 0.10))
    _shade(found, at, (1.36, 1.66), (0.23, 0.16), burn * 2.6)
    if burn > 0:
        found.bulb((at[0], at[1], 1.52), np.array(WARM_2700), 7.0, 0.13)


@named(Thing.TABLE)
def side_table(found: Set, at: tuple[float, float], burn: float) -> None:
    """A small round table with a lamp, beside the sofa."""
    found.post(at, (0.50, 0.53), 0.26, WOOD)
    found.post(at, (0.05, 0.50), 0.025, WOOD)
    found.post(at, (FLOOR, 0.05), 0.17, WOOD)
    table_lamp(found, at, burn)


@named(Thing.LAMP)
def table_lamp(
    found: Set,
    at: tuple[float, float],
    burn: float,
    *,
    foot: float = 0.53,
    strength: float = 4.2,
) -> None:
    """A lamp under a shade of cloth on a table.

    Args:
        found: To put it in.
        at: x and y, metres.
        burn: 0 is off.
        foot: Height of the table, metres.
        strength: Of its light to the side.
    """
    found.post(at, (foot, foot + 0.03), 0.07, (0.22, 0.26, 0.25))
    found.post(at, (foot + 0.03, foot + 0.27), 0.085, (0.22, 0.26, 0.25), 0.03)
    _shade(found, at, (foot + 0.27, foot + 0.51), (0.17, 0.11), burn * 2.2)
    if burn > 0:
        found.bulb((at[0], at[1], foot + 0.40), np.array(WARM_2700), strength, 0.10)


def _shade(found: Set, at: tuple[float, float], z: Range, radius: Range, glow: float) -> None:
    """A shade of cloth that glows, brighter towards its lower edge."""
    turn = np.linspace(0, 2 * np.pi, 19)
    ring = np.c_[np.cos(turn), np.sin(turn)]
    cuts = np.linspace(0, 1, 11)
    for a, b in itertools.pairwise(cuts):
        rows = []
        for share in (a, b):
            reach = radius[0] + (radius[1] - radius[0]) * share
            height = z[0] + (z[1] - z[0]) * share
            rows.append(np.c_[np.array(at) + ring * reach, np.full(19, height)])
        low, high = rows
        middle = (a + b) / 2
        tone = (
            np.array([1.0, 0.60, 0.26])
            * glow
            * (0.55 + 0.75 * np.exp(-(((middle - 0.42) / 0.34) ** 2)))
        )
        cloth = np.stack([low[:-1], low[1:], high[1:], high[:-1]], axis=1)
        if glow > 0:
            found.pane(cloth, tone + 0.01)
        else:
            found.quads.append(paint(cloth, Finish((0.55, 0.50, 0.42), level=Level.NEAR, step=0.3)))


FADED = 0.65
"""How far the colours of prints in frames lie towards grey; a plain field of pure green is none."""
BOARD_PICTURES = ((0.55, 0.34, 0.44), (-2.98, 0.26, 0.34))
"""x, width and height of those beside the window of a living room, metres."""


def pictures(
    found: Set,
    chance: np.random.Generator,
    north: tuple[tuple[float, float, float], ...] = BOARD_PICTURES,
) -> None:
    """Plain frames on the eastern wall, and on the northern one where it has room for them."""
    y = -8.9
    while y < -5.4:
        wide, high = float(chance.uniform(0.4, 0.9)), float(chance.uniform(0.4, 0.8))
        tone = chance.uniform(0.05, 0.4, 3)
        tone = FADED * tone.mean() + (1 - FADED) * tone
        _eastern_picture(found, y, (wide, high), (float(tone[0]), float(tone[1]), float(tone[2])))
        y += wide + float(chance.uniform(0.2, 0.4))
    for x, wide, high in north:
        _northern_picture(found, x, (wide, high))


@named(Thing.PICTURE)
def _eastern_picture(found: Set, y: float, size: tuple[float, float], art: RGB) -> None:
    x1, (wide, high) = ROOM[1][0], size
    z = 1.5 - high / 2
    for depth, inset, colour in ((0.03, 0.0, DARK), (0.034, 0.025, WHITE), (0.037, 0.10, art)):
        back = x1 if inset == 0 else x1 - 0.01
        across, up = (y + inset, y + wide - inset), (z + inset, z + high - inset)
        found.box((x1 - depth, back), across, up, colour, 0.3)


@named(Thing.PICTURE)
def _northern_picture(found: Set, x: float, size: tuple[float, float]) -> None:
    y1, (wide, high) = ROOM[1][1], size
    found.box((x, x + wide), (y1 - 0.03, y1), (1.62, 1.62 + high), DARK, 0.3)
    found.box(
        (x + 0.03, x + wide - 0.03),
        (y1 - 0.034, y1 - 0.01),
        (1.65, 1.59 + high),
        (0.40, 0.38, 0.33),
        0.3,
    )
