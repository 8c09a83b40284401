"""A living room at night: a lamp, a television, a window."""

from __future__ import annotations

import itertools

import numpy as np

from generique.world.lights import TELEVISION, WARM_2700
from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.interior.pieces import RGB, Range, Set, toned
from generique.world.places.interior.plan import FLOOR, ROOM, ROOM_HEIGHT

WALLS: tuple[RGB, ...] = (
    (0.42, 0.40, 0.35),
    (0.20, 0.25, 0.27),
    (0.40, 0.33, 0.27),
    (0.28, 0.31, 0.26),
)
SOFAS: tuple[RGB, ...] = (
    (0.25, 0.26, 0.27),
    (0.15, 0.21, 0.27),
    (0.34, 0.21, 0.12),
    (0.21, 0.26, 0.19),
)
WOOD: RGB = (0.15, 0.075, 0.035)
PARQUET: RGB = (0.17, 0.095, 0.05)
WHITE: RGB = (0.62, 0.61, 0.58)
DARK: RGB = (0.03, 0.03, 0.032)
WINDOW: tuple[Range, Range] = ((-2.55, -0.55), (0.75, 2.15))
"""x and z of the opening in the northern wall."""


def living_room(found: Set, chance: np.random.Generator, *, lit: bool) -> None:
    """Build the room.

    Args:
        found: To put it in.
        chance: For colours, books and pictures.
        lit: True when the lamps burn.
    """
    wall = WALLS[int(chance.integers(len(WALLS)))]
    burn = 1.0 if lit else 0.0
    _shell(found, wall)
    _window(found)
    _curtains(found, chance)
    cloth = SOFAS[int(chance.integers(len(SOFAS)))]
    _sofa(found, cloth, chance)
    _rug_and_table(found, chance)
    _television(found, chance, burn)
    _shelves(found, chance)
    _armchair(found, chance)
    _floor_lamp(found, (-2.72, -4.95), burn)
    _side_table(found, (1.62, -8.05), burn)
    _pictures(found, chance)
    _doorway(found, burn)


@named(Thing.WALL)
def _shell(found: Set, wall: RGB) -> None:
    (x0, y0), (x1, y1) = ROOM
    wide, deep, high = x1 - x0, y1 - y0, ROOM_HEIGHT
    for k, x in enumerate(np.arange(x0, x1 - 0.01, 0.155)):
        shade = 1.0 + 0.16 * np.sin(k * 2.4) + 0.08 * np.sin(k * 5.1)
        plank: RGB = (PARQUET[0] * shade, PARQUET[1] * shade, PARQUET[2] * shade)
        found.wall(
            np.array([x, y0, FLOOR]),
            np.array([min(0.15, x1 - x), 0, 0]),
            np.array([0, deep, 0]),
            plank,
            0.3,
        )
    found.wall(
        np.array([x0, y0, FLOOR - 0.005]), np.array([wide, 0, 0]), np.array([0, deep, 0]), DARK, 0.6
    )
    found.wall(
        np.array([x0, y0, high]),
        np.array([0, deep, 0]),
        np.array([wide, 0, 0]),
        (0.70, 0.69, 0.66),
        0.25,
    )
    found.wall(
        np.array([x0, y0, FLOOR]), np.array([0, deep, 0]), np.array([0, 0, high]), wall, 0.25
    )
    found.wall(
        np.array([x0, y0, FLOOR]), np.array([0, 0, high]), np.array([wide, 0, 0]), wall, 0.25
    )
    found.wall(
        np.array([x1, y0, FLOOR]), np.array([0, 0, high]), np.array([0, deep, 0]), wall, 0.25
    )
    _window_wall(found, wall)
    skirt = 0.018
    found.box((x0, x0 + skirt), (y0, y1), (FLOOR, 0.13), WHITE, 0.6)
    found.box((x1 - skirt, x1), (y0, y1), (FLOOR, 0.13), WHITE, 0.6)
    found.box((x0, x1), (y1 - skirt, y1), (FLOOR, 0.13), WHITE, 0.6)
    for across, along in (
        ((x0, x1), (y1 - 0.07, y1)),
        ((x0, x0 + 0.07), (y0, y1)),
        ((x1 - 0.07, x1), (y0, y1)),
    ):
        found.box(across, along, (high - 0.07, high), WHITE, 0.6)


def _window_wall(found: Set, wall: RGB) -> None:
    """The northern wall about the window, inside and outside."""
    (x0, _), (x1, y1) = ROOM
    high = ROOM_HEIGHT
    (wx0, wx1), (wz0, wz1) = WINDOW
    for a, b, low, top in (
        (x0, wx0, FLOOR, high),
        (wx1, x1, FLOOR, high),
        (wx0, wx1, FLOOR, wz0),
        (wx0, wx1, wz1, high),
    ):
        found.wall(
            np.array([a, y1, low]), np.array([0, 0, top - low]), np.array([b - a, 0, 0]), wall, 0.25
        )
    # The outer face of the house, so that no light comes in round the window.
    for a, b, low, top in (
        (x0 - 2, wx0, 0.0, high + 1),
        (wx1, x1 + 2, 0.0, high + 1),
        (wx0, wx1, 0.0, wz0),
        (wx0, wx1, wz1, high + 1),
    ):
        found.wall(
            np.array([a, y1 + 0.24, low]),
            np.array([0, 0, top - low]),
            np.array([b - a, 0, 0]),
            (0.25, 0.22, 0.19),
            1.2,
        )


@named(Thing.WINDOW)
def _window(found: Set) -> None:
    """Frame, bars and sill in a deep opening; there is no pane to see."""
    y1 = ROOM[1][1]
    (x0, x1), (z0, z1) = WINDOW
    out = y1 + 0.22
    for a, b, low, top in (
        (x0 - 0.06, x0, z0, z1),
        (x1, x1 + 0.06, z0, z1),
        (x0 - 0.06, x1 + 0.06, z1, z1 + 0.06),
    ):
        found.box((a, b), (y1 - 0.02, out), (low, top), WHITE, 0.3)
    found.box((x0 - 0.14, x1 + 0.14), (y1 - 0.16, out), (z0 - 0.05, z0), WHITE, 0.3)
    for x in (x0 + 0.03, (x0 + x1) / 2, x1 - 0.03):
        found.box((x - 0.03, x + 0.03), (out - 0.08, out - 0.02), (z0, z1), WHITE, 0.4)
    for z in (z0 + 0.03, z0 + 0.9 * (z1 - z0) * 0.72, z1 - 0.03):
        found.box((x0, x1), (out - 0.08, out - 0.02), (z - 0.025, z + 0.025), WHITE, 0.4)


@named(Thing.CURTAIN)
def _curtains(found: Set, chance: np.random.Generator) -> None:
    """Curtains in folds to both sides, and their rail."""
    y1 = ROOM[1][1]
    (x0, x1), _ = WINDOW
    tone = chance.uniform(0.12, 0.34)
    cloth: RGB = (float(tone), float(tone * 0.86), float(tone * 0.70))
    for a, b in ((x0 - 0.42, x0 + 0.10), (x1 - 0.10, x1 + 0.42)):
        x = np.linspace(a, b, 25)
        y = y1 - 0.14 + 0.045 * np.sin(np.arange(25) * np.pi / 2.0 + 0.4)
        for k in range(24):
            p, q = np.array([x[k], y[k], 0.05]), np.array([x[k + 1], y[k + 1], 0.05])
            found.wall(p, q - p, np.array([0, 0, 2.28]), cloth, 0.3)
    found.box((x0 - 0.55, x1 + 0.55), (y1 - 0.16, y1 - 0.13), (2.33, 2.36), DARK, 0.6)


@named(Thing.SOFA)
def _sofa(found: Set, cloth: RGB, chance: np.random.Generator) -> None:
    """A sofa for three that faces the television, its back to the south."""
    x0, x1, y0 = -1.35, 0.95, -8.45
    found.box(
        (x0 + 0.04, x1 - 0.04),
        (y0 + 0.06, y0 + 0.88),
        (0.10, 0.26),
        toned(cloth, 0.8),
        0.3,
    )
    found.cushion((x0, x1), (y0, y0 + 0.22), (0.12, 0.80), cloth, 0.07)
    for a, b in ((x0, x0 + 0.20), (x1 - 0.20, x1)):
        found.cushion((a, b), (y0 + 0.05, y0 + 0.92), (0.12, 0.60), cloth, 0.07)
    wide = (x1 - x0 - 0.42) / 3
    for k in range(3):
        a = x0 + 0.21 + k * wide
        found.cushion(
            (a + 0.01, a + wide - 0.01), (y0 + 0.20, y0 + 0.90), (0.25, 0.43), cloth, 0.06
        )
        found.cushion(
            (a + 0.02, a + wide - 0.02), (y0 + 0.16, y0 + 0.36), (0.43, 0.86), cloth, 0.08
        )
    accent = ((0.36, 0.16, 0.04), (0.42, 0.40, 0.34), (0.20, 0.05, 0.05))[int(chance.integers(3))]
    found.cushion((x1 - 0.72, x1 - 0.26), (y0 + 0.38, y0 + 0.54), (0.42, 0.80), accent, 0.07)
    found.cushion(
        (x0 + 0.24, x0 + 0.66), (y0 + 0.38, y0 + 0.52), (0.42, 0.78), (0.42, 0.40, 0.36), 0.07
    )
    # A throw over the back.
    found.cushion(
        (x0 + 0.5, x0 + 1.05), (y0 - 0.015, y0 + 0.24), (0.42, 0.825), (0.38, 0.33, 0.26), 0.03
    )
    for x in (x0 + 0.08, x1 - 0.12):
        for y in (y0 + 0.08, y0 + 0.82):
            found.box((x, x + 0.04), (y, y + 0.04), (FLOOR, 0.12), DARK, 0.3)


@named(Thing.RUG)
def _rug(found: Set, tone: float) -> None:
    x0, x1, y0, y1 = -1.55, 1.10, -7.75, -5.35
    found.box((x0, x1), (y0, y1), (FLOOR, 0.032), (tone, tone * 0.86, tone * 0.70), 0.25)
    found.box(
        (x0 + 0.14, x1 - 0.14), (y0 + 0.14, y1 - 0.14), (0.03, 0.035), (0.17, 0.05, 0.04), 0.25
    )
    found.box(
        (x0 + 0.26, x1 - 0.26),
        (y0 + 0.26, y1 - 0.26),
        (0.033, 0.038),
        (tone * 0.8, tone * 0.7, tone * 0.58),
        0.25,
    )


@named(Thing.TABLE)
def _rug_and_table(found: Set, chance: np.random.Generator) -> None:
    _rug(found, float(chance.uniform(0.22, 0.40)))
    tx, ty = (-0.78, 0.38), (-7.0, -6.35)
    found.box(tx, ty, (0.38, 0.42), WOOD, 0.2)
    found.box((tx[0] + 0.08, tx[1] - 0.08), (ty[0] + 0.08, ty[1] - 0.08), (0.14, 0.16), WOOD, 0.3)
    for x in (tx[0] + 0.03, tx[1] - 0.07):
        for y in (ty[0] + 0.03, ty[1] - 0.07):
            found.box((x, x + 0.04), (y, y + 0.04), (0.03, 0.38), WOOD, 0.3)
    z = 0.42
    for albedo, deep in (
        ((0.30, 0.07, 0.05), 0.22),
        ((0.10, 0.16, 0.22), 0.20),
        ((0.45, 0.42, 0.36), 0.17),
    ):
        found.box((-0.62, -0.62 + deep * 1.3), (-6.86, -6.86 + deep), (z, z + 0.025), albedo, 0.3)
        z += 0.025
    found.post((0.10, -6.62), (0.42, 0.51), 0.04, (0.5, 0.48, 0.44), 0.043)
    found.post((-0.12, -6.78), (0.42, 0.50), 0.09, (0.16, 0.20, 0.20), 0.15)
    found.box((0.18, 0.34), (-6.95, -6.90), (0.42, 0.437), DARK, 0.3)


@named(Thing.TELEVISION)
def _television(found: Set, chance: np.random.Generator, burn: float) -> None:
    """A television on a low board, its picture a few fields of colour."""
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


@named(Thing.SHELF)
def _shelves(found: Set, chance: np.random.Generator) -> None:
    """Shelves with books along the western wall."""
    x0 = ROOM[0][0]
    y0, y1, high, deep = -9.0, -6.3, 2.15, 0.30
    cells = 4
    found.box((x0, x0 + 0.015), (y0, y1), (0.06, high), WOOD, 0.3)
    for y in np.linspace(y0, y1, cells + 1):
        found.box((x0, x0 + deep), (y - 0.015, y + 0.015), (FLOOR, high), WOOD, 0.3)
    levels = np.array([0.08, 0.50, 0.90, 1.28, 1.66, high - 0.03])
    for z in levels:
        found.box((x0, x0 + deep), (y0, y1), (z, z + 0.025), WOOD, 0.3)
    spines = np.array(
        [
            (0.26, 0.06, 0.04),
            (0.07, 0.12, 0.20),
            (0.40, 0.36, 0.28),
            (0.08, 0.15, 0.09),
            (0.30, 0.20, 0.07),
            (0.09, 0.08, 0.08),
            (0.35, 0.13, 0.06),
            (0.17, 0.19, 0.21),
        ]
    )
    wide = (y1 - y0) / cells
    for cell in range(cells):
        for low, top in itertools.pairwise(levels):
            y = y0 + cell * wide + 0.03
            end = y + wide - 0.06
            full = float(chance.uniform(0.45, 1.0))
            while y < end - 0.06 and y < y0 + cell * wide + full * wide:
                thick = float(chance.uniform(0.018, 0.05))
                tall = min(float(chance.uniform(0.19, 0.30)), top - low - 0.05)
                back = float(chance.uniform(0.16, 0.23))
                red, green, blue = (
                    float(v)
                    for v in spines[chance.integers(len(spines))] * chance.uniform(0.7, 1.3)
                )
                found.box(
                    (x0 + 0.02, x0 + 0.02 + back),
                    (y, y + thick),
                    (low + 0.025, low + 0.025 + tall),
                    (red, green, blue),
                    0.6,
                )
                y += thick + 0.003
            if y < end - 0.25 and chance.random() < 0.6:
                found.post(
                    (x0 + 0.15, y + 0.13),
                    (low + 0.025, low + 0.025 + float(chance.uniform(0.1, 0.2))),
                    0.06,
                    (0.36, 0.33, 0.28),
                    0.04,
                )


@named(Thing.ARMCHAIR)
def _armchair(found: Set, chance: np.random.Generator) -> None:
    """A chair by the window that faces into the room."""
    tone = float(chance.uniform(0.7, 1.2))
    cloth: RGB = (0.24 * tone, 0.17 * tone, 0.09 * tone)
    x, y = -2.55, -6.05
    found.cushion((x, x + 0.78), (y, y + 0.80), (0.14, 0.40), cloth, 0.07)
    found.cushion((x, x + 0.20), (y, y + 0.80), (0.36, 0.92), cloth, 0.08)
    for a in (y, y + 0.64):
        found.cushion((x + 0.05, x + 0.80), (a, a + 0.16), (0.14, 0.58), cloth, 0.06)
    found.cushion((x + 0.18, x + 0.76), (y + 0.16, y + 0.64), (0.36, 0.48), cloth, 0.05)
    for px in (x + 0.06, x + 0.68):
        for py in (y + 0.06, y + 0.68):
            found.box((px, px + 0.04), (py, py + 0.04), (FLOOR, 0.16), DARK, 0.3)


@named(Thing.LAMP)
def _floor_lamp(found: Set, at: tuple[float, float], burn: float) -> None:
    found.post(at, (FLOOR, 0.05), 0.15, DARK)
    found.post(at, (0.05, 1.42), 0.013, (0.32, 0.24, 0.10))
    _shade(found, at, (1.36, 1.66), (0.23, 0.16), burn * 2.6)
    if burn > 0:
        found.bulb((at[0], at[1], 1.52), np.array(WARM_2700), 7.0, 0.13)


@named(Thing.TABLE)
def _side_table(found: Set, at: tuple[float, float], burn: float) -> None:
    """A small round table with a lamp, beside the sofa."""
    found.post(at, (0.50, 0.53), 0.26, WOOD)
    found.post(at, (0.05, 0.50), 0.025, WOOD)
    found.post(at, (FLOOR, 0.05), 0.17, WOOD)
    _table_lamp(found, at, burn)


@named(Thing.LAMP)
def _table_lamp(found: Set, at: tuple[float, float], burn: float) -> None:
    found.post(at, (0.53, 0.56), 0.07, (0.22, 0.26, 0.25))
    found.post(at, (0.56, 0.80), 0.085, (0.22, 0.26, 0.25), 0.03)
    _shade(found, at, (0.80, 1.04), (0.17, 0.11), burn * 2.2)
    if burn > 0:
        found.bulb((at[0], at[1], 0.93), np.array(WARM_2700), 4.2, 0.10)


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
        found.pane(np.stack([low[:-1], low[1:], high[1:], high[:-1]], axis=1), tone + 0.01)


@named(Thing.DOOR)
def _doorway(found: Set, burn: float) -> None:
    """Light from the hall through an open door behind the camera."""
    (x0, y0), _ = ROOM
    y = y0 + 0.02
    a, b = x0 + 0.4, x0 + 1.25
    opening = np.array([(b, y, FLOOR), (a, y, FLOOR), (a, y, 2.0), (b, y, 2.0)])
    found.pane(opening, np.array(WARM_2700) * (0.5 * burn))
    if burn > 0:
        found.shining(opening, np.array([1.0, 0.72, 0.42]), 3.0)


@named(Thing.PICTURE)
def _pictures(found: Set, chance: np.random.Generator) -> None:
    """Plain frames on the eastern wall and over the board."""
    x1 = ROOM[1][0]
    y1 = ROOM[1][1]
    y = -8.9
    while y < -5.4:
        wide, high = float(chance.uniform(0.4, 0.9)), float(chance.uniform(0.4, 0.8))
        z = 1.5 - high / 2
        found.box((x1 - 0.03, x1), (y, y + wide), (z, z + high), DARK, 0.3)
        found.box(
            (x1 - 0.034, x1 - 0.01),
            (y + 0.025, y + wide - 0.025),
            (z + 0.025, z + high - 0.025),
            WHITE,
            0.3,
        )
        tone = chance.uniform(0.05, 0.4, 3)
        art: RGB = (float(tone[0]), float(tone[1]), float(tone[2]))
        found.box(
            (x1 - 0.037, x1 - 0.01),
            (y + 0.10, y + wide - 0.10),
            (z + 0.10, z + high - 0.10),
            art,
            0.3,
        )
        y += wide + float(chance.uniform(0.2, 0.4))
    for x, wide, high in ((0.55, 0.34, 0.44), (-2.98, 0.26, 0.34)):
        found.box((x, x + wide), (y1 - 0.03, y1), (1.62, 1.62 + high), DARK, 0.3)
        found.box(
            (x + 0.03, x + wide - 0.03),
            (y1 - 0.034, y1 - 0.01),
            (1.65, 1.59 + high),
            (0.40, 0.38, 0.33),
            0.3,
        )
