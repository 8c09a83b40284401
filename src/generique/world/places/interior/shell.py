"""What rooms with windows have in common: floor, walls with openings, frames and curtains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.interior.pieces import PLASTER, RGB, Opening, Set
from generique.world.places.interior.plan import (
    BACK_WINDOW,
    FLOOR,
    ROOM,
    ROOM_HEIGHT,
    WALL,
    WINDOW,
)

PARQUET: RGB = (0.17, 0.095, 0.05)
WHITE: RGB = (0.62, 0.61, 0.58)
DARK: RGB = (0.03, 0.03, 0.032)
CEILING: RGB = (0.70, 0.69, 0.66)


class Shell(NamedTuple):
    """A room without its furniture.

    Attributes:
        wall: Albedo.
        floor: Lays the floor.
        north: Opening in the northern wall; None for none.
        south: In the southern one.
        outer: True where the shell has outer faces of its own; else a house is built about it.
        open_: True where the northern window stands open.
    """

    wall: RGB
    floor: Callable[[Set], None]
    north: Opening | None
    south: Opening | None
    outer: bool = True
    open_: bool = False


@named(Thing.WALL)
def build_shell(found: Set, shell: Shell) -> None:
    """Floor, ceiling and walls, windows and their frames."""
    (x0, y0), (x1, y1) = ROOM
    wide, deep, high = x1 - x0, y1 - y0, ROOM_HEIGHT
    shell.floor(found)
    low, across, along, up = np.array([x0, y0, FLOOR]), *np.diag([wide, deep, high])
    found.wall(np.array([x0, y0, high]), along, across, CEILING, 0.25)
    found.wall(low, along, up, shell.wall, 0.25)
    found.wall(low + across, up, along, shell.wall, 0.25)
    _side(found, shell.north, shell)
    back = Set(names=found.names)
    _side(back, shell.south, shell._replace(open_=False))
    found.quads += [replace(part, corners=_mirrored(part.corners)) for part in back.quads]
    for x in ((x0, x0 + 0.018), (x1 - 0.018, x1)):
        found.box(x, (y0, y1), (FLOOR, 0.13), WHITE, 0.6)
    for x in ((x0, x0 + 0.07), (x1 - 0.07, x1)):
        found.box(x, (y0, y1), (high - 0.07, high), WHITE, 0.6)
    found.casing(np.array([x0 - 0.3, y0 - WALL, -0.3]), np.array([x1 + 0.3, y1 + WALL, high + 0.3]))


def parquet(found: Set) -> None:
    """Planks that run to the window."""
    (x0, y0), (x1, y1) = ROOM
    deep = np.array([0, y1 - y0, 0])
    for k, x in enumerate(np.arange(x0, x1 - 0.01, 0.155)):
        shade = 1.0 + 0.16 * np.sin(k * 2.4) + 0.08 * np.sin(k * 5.1)
        plank: RGB = (PARQUET[0] * shade, PARQUET[1] * shade, PARQUET[2] * shade)
        wide = np.array([min(0.15, x1 - x), 0, 0])
        found.wall(np.array([x, y0, FLOOR]), wide, deep, plank, 0.3)
    under = np.array([x0, y0, FLOOR - 0.005])
    found.wall(under, np.array([x1 - x0, 0, 0]), deep, DARK, 0.6)


def _mirrored(
    corners: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """From the northern wall to the southern one."""
    turned = corners.copy()
    turned[..., 1] = ROOM[0][1] + ROOM[1][1] - turned[..., 1]
    return turned[:, ::-1]


def _side(found: Set, opening: Opening | None, shell: Shell) -> None:
    """The northern wall: inner face, outer face, frame, skirting, moulding."""
    (x0, _), (x1, y1) = ROOM
    high = ROOM_HEIGHT
    found.pierced(y1, ((x0, x1), (FLOOR, high)), opening, shell.wall, 0.25, out=False)
    if shell.outer:
        span = (x0 - 2, x1 + 2), (-0.3, high + 1)
        found.pierced(y1 + WALL, span, opening, PLASTER, 1.2, out=True)
    if opening is not None:
        _frame(found, opening, shut=not shell.open_)
    found.box((x0, x1), (y1 - 0.018, y1), (FLOOR, 0.13), WHITE, 0.6)
    found.box((x0, x1), (y1 - 0.07, y1), (high - 0.07, high), WHITE, 0.6)


@named(Thing.WINDOW)
def _frame(found: Set, opening: Opening, *, shut: bool) -> None:
    """Frame and sill in a deep opening, and its leaves; there is no pane to see."""
    y1 = ROOM[1][1]
    (x0, x1), (z0, z1) = opening
    out = y1 + WALL - 0.02
    for a, b, low, top in (
        (x0 - 0.06, x0, z0, z1),
        (x1, x1 + 0.06, z0, z1),
        (x0 - 0.06, x1 + 0.06, z1, z1 + 0.06),
    ):
        found.box((a, b), (y1 - 0.02, out), (low, top), WHITE, 0.3)
    found.box((x0 - 0.14, x1 + 0.14), (y1 - 0.16, out), (z0 - 0.05, z0), WHITE, 0.3)
    if shut:
        _bars(found, opening)


def _bars(found: Set, opening: Opening) -> None:
    """The leaves of a closed window."""
    (x0, x1), (z0, z1) = opening
    out = ROOM[1][1] + WALL - 0.02
    for x in (x0 + 0.03, (x0 + x1) / 2, x1 - 0.03):
        found.box((x - 0.03, x + 0.03), (out - 0.08, out - 0.02), (z0, z1), WHITE, 0.4)
    for z in (z0 + 0.03, z0 + 0.648 * (z1 - z0), z1 - 0.03):
        found.box((x0, x1), (out - 0.08, out - 0.02), (z - 0.025, z + 0.025), WHITE, 0.4)


@named(Thing.CURTAIN)
def curtains(found: Set, opening: Opening, cloth: RGB, *, south: bool = False) -> None:
    """Curtains in folds to both sides, and their rail.

    Args:
        found: To put them in.
        opening: The window.
        cloth: Albedo.
        south: True for a window in the southern wall.
    """
    y1 = ROOM[1][1]
    (x0, x1), _ = opening
    hung = Set()
    for a, b in ((x0 - 0.42, x0 + 0.10), (x1 - 0.10, x1 + 0.42)):
        x = np.linspace(a, b, 25)
        y = y1 - 0.14 + 0.045 * np.sin(np.arange(25) * np.pi / 2.0 + 0.4)
        for k in range(24):
            p, q = np.array([x[k], y[k], 0.05]), np.array([x[k + 1], y[k + 1], 0.05])
            hung.wall(p, q - p, np.array([0, 0, 2.28]), cloth, 0.3)
    hung.box((x0 - 0.55, x1 + 0.55), (y1 - 0.16, y1 - 0.13), (2.33, 2.36), DARK, 0.6)
    turn = _mirrored if south else np.asarray
    found.quads += [replace(part, corners=turn(part.corners)) for part in hung.quads]


def homely_shell(found: Set, wall: RGB, cloth: RGB, *, open_: bool, back: bool = True) -> None:
    """The shell of a room in a house: parquet, a window to the street, one at the back, curtains.

    Args:
        found: To put it in.
        wall: Albedo.
        cloth: Albedo of the curtains.
        open_: True when the window stands open, in the wall of a house that is built about it.
        back: False for a room without a window at the back.
    """
    behind = BACK_WINDOW if back else None
    build_shell(found, Shell(wall, parquet, WINDOW, behind, outer=not open_, open_=open_))
    for opening, south in ((WINDOW, False), (behind, True)):
        if opening is not None:
            curtains(found, opening, cloth, south=south)
