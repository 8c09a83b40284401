"""A living room: lamps, a television, a window to the street and one to the back."""

from __future__ import annotations

import itertools

import numpy as np

from generique.world.lights import WARM_2700
from generique.world.mesh import Finish, Level, paint
from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.interior.fittings import (
    WOOD,
    armchair,
    floor_lamp,
    pictures,
    side_table,
    television,
)
from generique.world.places.interior.pieces import RGB, Set, toned
from generique.world.places.interior.plan import FLOOR, ROOM
from generique.world.places.interior.shell import DARK, WHITE, homely_shell

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


def living_room(
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
    burn = 1.0 if lit else 0.0
    tone = float(chance.uniform(0.12, 0.34))
    homely_shell(found, wall, (tone, tone * 0.86, tone * 0.70), open_=open_, back=back)
    cloth = SOFAS[int(chance.integers(len(SOFAS)))]
    _sofa(found, cloth, chance)
    _rug_and_table(found, chance)
    television(found, chance, burn)
    _shelves(found, chance)
    armchair(found, chance)
    floor_lamp(found, (-2.72, -4.95), burn)
    side_table(found, (1.62, -8.05), burn)
    pictures(found, chance)
    doorway(found, burn)


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


_LEAF = (WHITE[0] * 0.94, WHITE[1] * 0.94, WHITE[2] * 0.94)


@named(Thing.DOOR)
def doorway(found: Set, burn: float) -> None:
    """A door behind the camera, through whose pane light comes from the hall.

    Without light it is a white door and no black hole; its faces are the same in either case,
    because light may change during a shot and things may not.
    """
    (x0, y0), _ = ROOM
    y = y0 + 0.02
    a, b = x0 + 0.4, x0 + 1.25
    for left, right, low, top in (
        (a - 0.09, a, FLOOR, 2.09),
        (b, b + 0.09, FLOOR, 2.09),
        (a, b, 2.0, 2.09),
    ):
        found.box((left, right), (y0, y0 + 0.03), (low, top), WHITE, 0.4)
    opening = np.array([[(b, y, FLOOR), (a, y, FLOOR), (a, y, 2.0), (b, y, 2.0)]])
    glow = np.array(WARM_2700) * (0.5 * burn)
    found.quads.append(paint(opening, Finish(_LEAF, glow, level=Level.NEAR, step=0.3)))
    found.box((b - 0.12, b - 0.03), (y0, y0 + 0.07), (0.97, 0.995), DARK, 0.3)
    if burn > 0:
        found.shining(opening[0], np.array([1.0, 0.72, 0.42]), 3.0)
