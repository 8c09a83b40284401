"""The house about a living room whose window a camera can go through."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from generique.world.lights import WARM_2700
from generique.world.mesh import Finish, outward, paint
from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.interior.pieces import RGB, Set
from generique.world.places.interior.plan import BACK_WINDOW, ROOM, ROOM_HEIGHT, WALL, WINDOW

FRONT = ROOM[1][1] + WALL
"""y of the outer face of the wall with the window, metres."""
LOW = (-4.2, ROOM[0][1] - WALL)
"""South-western corner of the house, metres; the room takes its western half."""
EAST = 8.0
EAVES = ROOM_HEIGHT + 0.42
OVERHANG = 0.45
DOOR = (4.35, 5.3)
OTHER = (6.1, 7.3)
"""x of the front door and of another window."""
BELOW = 0.9
"""Metres that the foundations reach below the house."""
DARK_PANE: RGB = (0.02, 0.024, 0.03)
TRIM: RGB = (0.52, 0.52, 0.50)
STONE: RGB = (0.22, 0.21, 0.20)


class Skin(NamedTuple):
    """What a house wears.

    Attributes:
        wall: Albedo of the cladding.
        shingle: Albedo of the roof.
        pitch: Rise of the roof over its run.
        snow: How well snow holds on the roof, 0 to 1.
        lit: True when lamps burn behind the other window and at the door.
    """

    wall: RGB
    shingle: RGB
    pitch: float
    snow: float
    lit: bool


@named(Thing.HOUSE)
def house(found: Set, skin: Skin) -> None:
    """Build walls with openings, roof, door and another window about the room.

    Args:
        found: To put them in; the room stands at the place that its own plan has.
        skin: What it wears.
    """
    _walls(found, skin)
    _roof(found, skin)
    _trim(found)
    _front_door(found, skin)
    _other_window(found, skin)
    _leaves(found)


def _walls(found: Set, skin: Skin) -> None:
    """Walls in as few pieces as their windows leave them, each lit smoothly."""
    (x0, y0), x1, y1 = LOW, EAST, FRONT
    finish = Finish(skin.wall, step=0.9)
    pieces = []
    for y, ((a, b), (sill, lintel)) in ((y1, WINDOW), (y0, BACK_WINDOW)):
        pieces += [
            [(left, y, low), (right, y, low), (right, y, top), (left, y, top)]
            for left, right, low, top in (
                (x0, a, 0.0, EAVES),
                (b, x1, 0.0, EAVES),
                (a, b, 0.0, sill),
                (a, b, lintel, EAVES),
            )
        ]
    pieces += [[(x, y0, 0.0), (x, y1, 0.0), (x, y1, EAVES), (x, y0, EAVES)] for x in (x0, x1)]
    middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2, EAVES / 2])
    found.quads.append(paint(outward(np.array(pieces, float), middle), finish))


def _roof(found: Set, skin: Skin) -> None:
    """Two slopes whose ridge runs along the street, gables, eaves."""
    (x0, y0), x1, y1 = LOW, EAST, FRONT
    middle, run = (y0 + y1) / 2, (y1 - y0) / 2
    ridge = EAVES + run * skin.pitch
    a, b = x0 - OVERHANG, x1 + OVERHANG
    low = EAVES - OVERHANG * skin.pitch
    front, back = y1 + OVERHANG, y0 - OVERHANG
    slopes = [
        [(b, front, low), (a, front, low), (a, middle, ridge), (b, middle, ridge)],
        [(a, back, low), (b, back, low), (b, middle, ridge), (a, middle, ridge)],
    ]
    finish = Finish(skin.shingle, snow=skin.snow, step=1.8)
    found.quads.append(paint(np.array(slopes, float), finish))
    # The same from below, so that eaves are not seen through.
    under = np.array(slopes, float)[:, ::-1] - np.array([0.0, 0.0, 0.12])
    found.quads.append(paint(under, Finish(TRIM, step=2.4)))
    gables = [
        [(x1, y0, EAVES), (x1, y1, EAVES), (x1, middle, ridge), (x1, middle, ridge)],
        [(x0, y1, EAVES), (x0, y0, EAVES), (x0, middle, ridge), (x0, middle, ridge)],
    ]
    found.quads.append(paint(np.array(gables, float), Finish(skin.wall, step=2.4)))
    for y in (front, back - 0.03):
        found.box((a, b), (y, y + 0.03), (low - 0.16, low + 0.02), TRIM, 2.4)


def _trim(found: Set) -> None:
    """Boards about the open window, and the foot of the wall."""
    (a, b), (sill, lintel) = WINDOW
    for left, right, low, top in (
        (a - 0.12, a, sill, lintel),
        (b, b + 0.12, sill, lintel),
        (a - 0.12, b + 0.12, lintel, lintel + 0.14),
        (a - 0.16, b + 0.16, sill - 0.08, sill),
    ):
        found.box((left, right), (FRONT, FRONT + 0.035), (low, top), TRIM, 0.6)
    found.box((LOW[0] - 0.03, EAST + 0.03), (FRONT, FRONT + 0.03), (0.0, 0.28), STONE, 1.2)


def _front_door(found: Set, skin: Skin) -> None:
    """The front door with two steps and a lamp beside it."""
    a, b = DOOR
    found.box((a, b), (FRONT, FRONT + 0.04), (0.30, 2.38), (0.14, 0.05, 0.03), 0.6)
    for left, right, low, top in (
        (a - 0.1, a, 0.30, 2.48),
        (b, b + 0.1, 0.30, 2.48),
        (a, b, 2.38, 2.48),
    ):
        found.box((left, right), (FRONT, FRONT + 0.06), (low, top), TRIM, 0.6)
    found.box((a - 0.4, b + 0.4), (FRONT, FRONT + 1.1), (0.0, 0.30), STONE, 0.6)
    found.box((a - 0.1, b + 0.1), (FRONT + 1.1, FRONT + 1.45), (0.0, 0.15), STONE, 0.6)
    found.box((b + 0.22, b + 0.34), (FRONT, FRONT + 0.12), (1.95, 2.0), TRIM, 0.6)
    globe = [
        (b + 0.34, FRONT + 0.13, 1.72),
        (b + 0.22, FRONT + 0.13, 1.72),
        (b + 0.22, FRONT + 0.13, 1.95),
        (b + 0.34, FRONT + 0.13, 1.95),
    ]
    glow = np.array(WARM_2700) * (6.0 if skin.lit else 0.0)
    found.pane(np.array([globe]), glow)
    if skin.lit:
        found.bulb((b + 0.28, FRONT + 0.4, 1.84), np.array(WARM_2700), 1.6, 0.06)


def _other_window(found: Set, skin: Skin) -> None:
    """A window of another room, with its curtains drawn when it is lit."""
    (a, b), (sill, lintel) = OTHER, WINDOW[1]
    y = FRONT + 0.01
    pane = [(b, y, sill), (a, y, sill), (a, y, lintel), (b, y, lintel)]
    glow = np.array(WARM_2700) * 0.9 if skin.lit else np.array(DARK_PANE)
    found.pane(np.array([pane]), glow)
    for x in (a - 0.06, (a + b) / 2 - 0.03, b):
        found.box((x, x + 0.06), (FRONT, FRONT + 0.05), (sill, lintel), TRIM, 0.6)
    for z in (sill - 0.06, lintel):
        found.box((a - 0.06, b + 0.06), (FRONT, FRONT + 0.05), (z, z + 0.06), TRIM, 0.6)


def _leaves(found: Set) -> None:
    """Both leaves of the window, opened outwards by a quarter turn."""
    (a, b), (sill, lintel) = WINDOW
    long, bar, thick = (b - a) / 2, 0.055, 0.04
    for x in (a - thick, b):
        for y0, y1, z0, z1 in (
            (0.0, long, sill, sill + bar),
            (0.0, long, lintel - bar, lintel),
            (0.0, bar, sill + bar, lintel - bar),
            (long - bar, long, sill + bar, lintel - bar),
        ):
            span = (FRONT + 0.02 + y0, FRONT + 0.02 + y1)
            found.box((x, x + thick), span, (z0, z1), (0.62, 0.61, 0.58), 0.6)


@named(Thing.HOUSE)
def plinth(found: Set) -> None:
    """What carries a house whose floor lies above the ground: stone below walls and steps."""
    (x0, y0), x1, y1 = LOW, EAST, FRONT
    found.box((x0 - 0.03, x1 + 0.03), (y0 - 0.03, y1 + 0.03), (-BELOW, 0.0), STONE, 2.4)
    a, b = DOOR
    found.box((a - 0.4, b + 0.4), (y1, y1 + 1.1), (-BELOW, 0.0), STONE, 1.2)
    found.box((a - 0.1, b + 0.1), (y1 + 1.1, y1 + 1.45), (-BELOW, 0.0), STONE, 1.2)
