"""A bedroom in a house: a bed between two night tables, a wardrobe, a desk beside the window."""

from __future__ import annotations

import numpy as np

from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.interior.fittings import WOOD, pictures, table_lamp
from generique.world.places.interior.living import doorway
from generique.world.places.interior.pieces import RGB, Set, toned
from generique.world.places.interior.plan import FLOOR, ROOM
from generique.world.places.interior.shell import DARK, WHITE, homely_shell

WALLS: tuple[RGB, ...] = (
    (0.44, 0.42, 0.38),
    (0.26, 0.31, 0.36),
    (0.42, 0.34, 0.30),
    (0.33, 0.37, 0.31),
)
COVERS: tuple[RGB, ...] = (
    (0.16, 0.22, 0.30),
    (0.40, 0.20, 0.12),
    (0.22, 0.28, 0.20),
    (0.42, 0.36, 0.26),
)
LINEN: RGB = (0.66, 0.65, 0.62)
BED = ((0.98, 2.92), (-8.35, -6.65))
"""x and y of the mattress, its head at the eastern wall."""
NIGHT_TABLES = (-8.68, -6.32)
"""y of their middles, metres."""
TABLE_TOP = 0.52
WARDROBE = ((ROOM[0][0], -2.58), (-9.15, -7.25))
DESK = ((0.55, 1.95), (-5.05, -4.42))


def bedroom(
    found: Set,
    chance: np.random.Generator,
    *,
    lit: bool,
    open_: bool = False,
    back: bool = True,
) -> None:
    """Build the room.

    Args:
        found: To put it in.
        chance: For colours, books and pictures.
        lit: True when the lamps burn.
        open_: True when the window stands open, in the wall of a house that is built about it.
        back: False for a room without a window at the back.
    """
    wall = WALLS[int(chance.integers(len(WALLS)))]
    cover = COVERS[int(chance.integers(len(COVERS)))]
    burn = 1.0 if lit else 0.0
    tone = float(chance.uniform(0.20, 0.42))
    homely_shell(found, wall, (tone, tone * 0.92, tone * 0.80), open_=open_, back=back)
    _rug(found, toned(cover, 0.9))
    _bed(found, cover)
    for y in NIGHT_TABLES:
        _night_table(found, y, chance, burn)
    _wardrobe(found)
    _desk(found, chance, burn)
    _chair(found)
    pictures(found, chance, ((2.2, 0.42, 0.52),))
    doorway(found, burn)


@named(Thing.RUG)
def _rug(found: Set, tone: RGB) -> None:
    found.box((-0.55, 1.6), (-8.9, -6.1), (FLOOR, 0.034), tone, 0.25)
    found.box((-0.43, 1.5), (-8.78, -6.22), (0.03, 0.037), toned(tone, 1.35), 0.25)


@named(Thing.BED)
def _bed(found: Set, cover: RGB) -> None:
    (x0, x1), (y0, y1) = BED
    found.box((x1, ROOM[1][0]), (y0 - 0.06, y1 + 0.06), (FLOOR, 1.08), WOOD, 0.25)
    found.box((x0 + 0.02, x1), (y0 + 0.02, y1 - 0.02), (0.14, 0.32), WOOD, 0.25)
    for x in (x0 + 0.06, x1 - 0.12):
        for y in (y0 + 0.06, y1 - 0.12):
            found.box((x, x + 0.06), (y, y + 0.06), (FLOOR, 0.14), DARK, 0.3)
    found.cushion((x0, x1), (y0, y1), (0.30, 0.54), LINEN, 0.05)
    # The cover hangs over three sides; its upper end is turned back to the sheet.
    found.cushion((x0 - 0.03, x1 - 0.78), (y0 - 0.03, y1 + 0.03), (0.20, 0.60), cover, 0.05)
    found.cushion((x1 - 0.82, x1 - 0.58), (y0 - 0.025, y1 + 0.025), (0.34, 0.615), LINEN, 0.04)
    # A folded blanket at the foot.
    found.cushion(
        (x0 + 0.06, x0 + 0.50), (y0 - 0.035, y1 + 0.035), (0.30, 0.645), toned(cover, 0.6), 0.03
    )
    middle = (y0 + y1) / 2
    for low, high in ((y0 + 0.10, middle - 0.05), (middle + 0.05, y1 - 0.10)):
        found.cushion((x1 - 0.28, x1 - 0.04), (low, high), (0.54, 0.94), WHITE, 0.09)
        found.cushion((x1 - 0.50, x1 - 0.24), (low + 0.04, high - 0.04), (0.54, 0.80), LINEN, 0.09)


@named(Thing.TABLE)
def _night_table(found: Set, y: float, chance: np.random.Generator, burn: float) -> None:
    """A night table with two drawers, its lamp, and a book or two."""
    x1 = ROOM[1][0] - 0.02
    x0, y0, y1 = x1 - 0.40, y - 0.22, y + 0.22
    found.box((x0, x1), (y0, y1), (0.10, TABLE_TOP), WOOD, 0.25)
    for z in (0.13, 0.32):
        found.box((x0 - 0.012, x0), (y0 + 0.02, y1 - 0.02), (z, z + 0.17), toned(WOOD, 1.5), 0.25)
        found.box((x0 - 0.03, x0 - 0.012), (y - 0.03, y + 0.03), (z + 0.08, z + 0.095), DARK, 0.4)
    for px in (x0 + 0.02, x1 - 0.06):
        for py in (y0 + 0.02, y1 - 0.06):
            found.box((px, px + 0.04), (py, py + 0.04), (FLOOR, 0.10), DARK, 0.4)
    shade = chance.uniform(0.06, 0.34, 3)
    book: RGB = (float(shade[0]), float(shade[1]), float(shade[2]))
    found.box(
        (x0 + 0.02, x0 + 0.16), (y0 + 0.04, y0 + 0.24), (TABLE_TOP, TABLE_TOP + 0.03), book, 0.3
    )
    table_lamp(found, (x1 - 0.18, y + 0.04), burn, foot=TABLE_TOP, strength=3.0)


@named(Thing.WARDROBE)
def _wardrobe(found: Set) -> None:
    """A wardrobe with three doors along the western wall."""
    (x0, x1), (y0, y1) = WARDROBE
    found.box((x0, x1), (y0, y1), (0.06, 2.16), WOOD, 0.3)
    found.box((x0, x1 - 0.04), (y0 + 0.04, y1 - 0.04), (FLOOR, 0.06), DARK, 0.4)
    found.box((x0, x1 + 0.03), (y0 - 0.02, y1 + 0.02), (2.16, 2.21), toned(WOOD, 1.3), 0.3)
    wide = (y1 - y0) / 3
    for k in range(3):
        a, b = y0 + k * wide + 0.012, y0 + (k + 1) * wide - 0.012
        found.box((x1, x1 + 0.022), (a, b), (0.10, 2.13), toned(WOOD, 1.5), 0.3)
        found.box(
            (x1 + 0.022, x1 + 0.027), (a + 0.09, b - 0.09), (0.22, 2.01), toned(WOOD, 1.25), 0.3
        )
        grip = b - 0.05 if k != 1 else a + 0.03
        found.box((x1 + 0.022, x1 + 0.05), (grip, grip + 0.02), (1.02, 1.20), DARK, 0.4)


@named(Thing.DESK)
def _desk(found: Set, chance: np.random.Generator, burn: float) -> None:
    """A desk at the northern wall, with its lamp, a pile of books and a sheet of paper."""
    (x0, x1), (y0, y1) = DESK
    found.box((x0, x1), (y0, y1), (0.72, 0.755), WOOD, 0.25)
    found.box((x1 - 0.42, x1 - 0.02), (y0 + 0.03, y1), (0.16, 0.72), toned(WOOD, 0.9), 0.3)
    for z in (0.20, 0.38, 0.56):
        found.box(
            (x1 - 0.40, x1 - 0.04), (y0 + 0.018, y0 + 0.03), (z, z + 0.15), toned(WOOD, 1.5), 0.3
        )
    for y in (y0 + 0.03, y1 - 0.09):
        found.box((x0 + 0.03, x0 + 0.09), (y, y + 0.06), (FLOOR, 0.72), DARK, 0.3)
    z = 0.755
    for deep in (0.21, 0.19, 0.16):
        tone = chance.uniform(0.06, 0.40, 3)
        cloth: RGB = (float(tone[0]), float(tone[1]), float(tone[2]))
        found.box(
            (x0 + 0.08, x0 + 0.08 + 1.35 * deep),
            (y1 - 0.06 - deep, y1 - 0.06),
            (z, z + 0.03),
            cloth,
            0.3,
        )
        z += 0.03
    found.box((x0 + 0.52, x0 + 0.74), (y0 + 0.12, y0 + 0.42), (0.755, 0.758), WHITE, 0.3)
    found.post((x0 + 0.92, y0 + 0.16), (0.755, 0.85), 0.038, (0.10, 0.16, 0.24), 0.042)
    table_lamp(found, (x1 - 0.22, y1 - 0.24), burn, foot=0.755, strength=3.4)


@named(Thing.CHAIR)
def _chair(found: Set) -> None:
    """A chair before the desk, a little turned out of the way."""
    x, y = 0.92, -5.62
    seat: RGB = (0.20, 0.12, 0.07)
    found.cushion((x, x + 0.44), (y, y + 0.44), (0.42, 0.48), (0.30, 0.28, 0.24), 0.03)
    for px in (x + 0.02, x + 0.38):
        found.box((px, px + 0.04), (y + 0.02, y + 0.06), (FLOOR, 0.92), seat, 0.3)
        found.box((px, px + 0.04), (y + 0.38, y + 0.42), (FLOOR, 0.43), seat, 0.3)
    for z in (0.60, 0.72, 0.84):
        found.box((x + 0.06, x + 0.38), (y + 0.025, y + 0.05), (z, z + 0.07), seat, 0.3)
