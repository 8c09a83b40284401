"""A hotel room: a double bed, a desk, an armchair before a wide window."""

from __future__ import annotations

import numpy as np

from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.interior.fittings import (
    armchair,
    floor_lamp,
    pictures,
    side_table,
)
from generique.world.places.interior.pieces import RGB, Set, toned
from generique.world.places.interior.plan import FLOOR, HOTEL_WINDOW, ROOM
from generique.world.places.interior.shell import DARK, WHITE, Shell, build_shell, curtains

WALLS: tuple[RGB, ...] = ((0.52, 0.49, 0.43), (0.44, 0.45, 0.43), (0.50, 0.44, 0.36))
CARPETS: tuple[RGB, ...] = ((0.20, 0.19, 0.18), (0.13, 0.16, 0.20), (0.24, 0.17, 0.12))
THROWS: tuple[RGB, ...] = ((0.10, 0.16, 0.22), (0.30, 0.12, 0.07), (0.16, 0.19, 0.12))
LINEN: RGB = (0.68, 0.67, 0.64)
VENEER: RGB = (0.20, 0.11, 0.055)
BED = ((-3.10, -1.02), (-8.55, -6.75))
"""x and y of the mattress, its head at the western wall."""


def hotel_room(found: Set, chance: np.random.Generator, *, lit: bool, open_: bool = False) -> None:
    """Build the room.

    Args:
        found: To put it in.
        chance: For colours and pictures.
        lit: True when the lamps burn.
        open_: True when the window stands open, in the facade that is built about it.
    """
    wall, carpet, throw = (
        tones[int(chance.integers(len(tones)))] for tones in (WALLS, CARPETS, THROWS)
    )
    burn = 1.0 if lit else 0.0

    def lay(within: Set) -> None:
        (x0, y0), (x1, y1) = ROOM
        across, along = np.array([x1 - x0, 0, 0]), np.array([0, y1 - y0, 0])
        within.wall(np.array([x0, y0, FLOOR]), across, along, carpet, 0.25)

    build_shell(found, Shell(wall, lay, HOTEL_WINDOW, None, outer=not open_, open_=open_))
    curtains(found, HOTEL_WINDOW, toned(throw, 1.6))
    _bed(found, throw)
    for y in (BED[1][0] - 0.42, BED[1][1] + 0.42):
        side_table(found, (-2.85, y), burn)
    _desk(found)
    armchair(found, chance, (-0.35, -5.75))
    floor_lamp(found, (-2.75, -4.95), burn)
    pictures(found, chance, ())
    _wardrobe(found)


@named(Thing.BED)
def _bed(found: Set, throw: RGB) -> None:
    (x0, x1), (y0, y1) = BED
    found.box((ROOM[0][0], x0), (y0 - 0.15, y1 + 0.15), (0.15, 1.15), toned(VENEER, 1.1), 0.3)
    found.box((x0, x1 - 0.02), (y0 + 0.03, y1 - 0.03), (0.10, 0.32), DARK, 0.3)
    found.cushion((x0, x1), (y0, y1), (0.30, 0.54), LINEN, 0.05)
    found.cushion((x0 + 0.62, x1 + 0.01), (y0 - 0.015, y1 + 0.015), (0.22, 0.57), LINEN, 0.05)
    found.cushion((x1 - 0.68, x1 - 0.08), (y0 - 0.025, y1 + 0.025), (0.24, 0.585), throw, 0.04)
    middle = (y0 + y1) / 2
    for low, high in ((y0 + 0.10, middle - 0.06), (middle + 0.06, y1 - 0.10)):
        found.cushion((x0 + 0.06, x0 + 0.30), (low, high), (0.54, 0.92), LINEN, 0.09)
        found.cushion((x0 + 0.26, x0 + 0.50), (low + 0.06, high - 0.06), (0.54, 0.84), WHITE, 0.09)


@named(Thing.DESK)
def _desk(found: Set) -> None:
    """A desk with a chair and a lamp's worth of things on it, along the eastern wall."""
    x0, x1, y0, y1 = 2.42, 2.98, -8.6, -7.2
    found.box((x0, x1), (y0, y1), (0.72, 0.76), VENEER, 0.25)
    found.box((x0, x1), (y0, y0 + 0.04), (FLOOR, 0.72), VENEER, 0.3)
    found.box((x0 + 0.02, x1), (y1 - 0.42, y1), (0.18, 0.72), toned(VENEER, 0.9), 0.3)
    found.box((x1 - 0.30, x1 - 0.10), (-8.35, -8.06), (0.76, 0.775), (0.45, 0.43, 0.38), 0.3)
    found.post((x1 - 0.2, -7.45), (0.76, 0.98), 0.05, (0.20, 0.24, 0.25), 0.035)
    sx, sy = 2.05, -8.1
    found.cushion((sx, sx + 0.46), (sy, sy + 0.48), (0.42, 0.50), (0.16, 0.17, 0.18), 0.04)
    found.cushion(
        (sx - 0.04, sx + 0.04), (sy + 0.02, sy + 0.46), (0.52, 0.90), (0.16, 0.17, 0.18), 0.03
    )
    for x in (sx + 0.03, sx + 0.40):
        for y in (sy + 0.03, sy + 0.42):
            found.box((x, x + 0.03), (y, y + 0.03), (FLOOR, 0.43), DARK, 0.3)


@named(Thing.WARDROBE)
def _wardrobe(found: Set) -> None:
    """Built in beside the door, behind where cameras stand."""
    (x0, y0), _ = ROOM
    found.box((x0, x0 + 0.62), (y0, y0 + 1.3), (FLOOR, 2.30), VENEER, 0.4)
    found.box((x0 + 0.62, x0 + 0.63), (y0 + 0.63, y0 + 0.67), (0.9, 1.3), (0.5, 0.5, 0.48), 0.3)
