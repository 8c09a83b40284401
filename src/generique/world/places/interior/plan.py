"""The plan of an interior: which room a seed gives, and where a camera may go in it."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import numpy as np

from generique.world.arrays import stream
from generique.world.layout import NO_LOTS, Indoors, Layout, Pane, square
from generique.world.scene import Life, Place, Room

SIDE = 100.0
"""Metres of ground about the room, whatever extent is asked for: more is never seen."""
FLOOR = 0.02
HALF_WIDTH, HEIGHT = 1.22, 2.72
SOUTH, NORTH = -11.2, 32.8
"""Ends of a corridor, y in metres."""
ROOM = ((-3.2, -10.7), (3.0, -4.4))
"""South-western and north-eastern corner of a living room, metres."""
ROOM_HEIGHT = 2.66
WINDOW = ((-2.55, -0.55), (0.75, 2.15))
"""x and z of the opening in the northern wall of a room."""
BACK_WINDOW = ((0.0, 2.2), (0.75, 2.15))
"""The same in the southern wall of a living room, behind where cameras stand."""
WALL = 0.24
"""Thickness of that wall, metres."""


HOTEL_WINDOW = ((-1.9, 1.5), (0.5, 2.2))
"""The opening in the northern wall of a hotel room."""
LIT_ABOVE = 0.1
"""Share of lit windows above which a room with a window is among them."""


Opening: TypeAlias = tuple[tuple[float, float], tuple[float, float]]
"""Ranges in x and z."""


class Kind(StrEnum):
    """Kinds of interiors."""

    HOSPITAL = "hospital corridor"
    OFFICE = "office corridor"
    HOTEL = "hotel corridor"
    LIVING = "living room"
    HOTEL_ROOM = "hotel room"
    BEDROOM = "bedroom"


CORRIDORS = (Kind.HOSPITAL, Kind.OFFICE, Kind.HOTEL)
HOMELY = (Kind.LIVING, Kind.BEDROOM)
"""Rooms of a house: their window opens, and they have one at the back."""
BY_SEED = (*CORRIDORS, Kind.LIVING)
_GLOSS = {Kind.HOSPITAL: (0.75, 0.5), Kind.OFFICE: (0.30, 0.8), Kind.LIVING: (0.20, 0.9)}
_GLOSS[Kind.BEDROOM] = _GLOSS[Kind.LIVING]


def kind_of(place: Place) -> Kind:
    """The kind that a place names, else the one that its seed gives: each in turn."""
    if place.room is not None and place.room is not Room.CORRIDOR:
        return Kind(place.room.value)
    kinds = BY_SEED if place.room is None else CORRIDORS
    return kinds[int(stream(place.seed, "interior").integers(len(kinds)))]


def has_window(place: Place) -> bool:
    """True for a room with a window; corridors have none."""
    return kind_of(place) not in CORRIDORS


def lamps_burn(place: Place, life: Life) -> bool:
    """True when the lamps of an interior burn: by day not where there is a window."""
    return life.lit_windows > (LIT_ABOVE if has_window(place) else 0.0)


def opening_of(kind: Kind) -> Opening:
    """Find x and z of the window in the northern wall of a room."""
    return HOTEL_WINDOW if kind is Kind.HOTEL_ROOM else WINDOW


def windows_of(kind: Kind, *, back: bool = True) -> tuple[Pane, ...]:
    """Openings in the outer faces of a kind's walls, as :attr:`Indoors.windows` has them.

    Args:
        kind: Of the room.
        back: False high in a tower, where a room of a home has none at the back.
    """
    if kind in CORRIDORS:
        return ()
    north, south = ROOM[1][1] + WALL, ROOM[0][1] - WALL
    openings = [(opening_of(kind), north)]
    if kind in HOMELY and back:
        openings.append((BACK_WINDOW, south))
    return tuple(((a, y, low), (b, y, top)) for ((a, b), (low, top)), y in openings)


def lay_out(place: Place) -> Layout:
    """Plan an interior that no shot leaves. The same place gives the same plan."""
    kind = kind_of(place)
    gloss, rough = _GLOSS.get(kind, (0.0, 0.0))
    if kind not in CORRIDORS:
        (x0, y0), (x1, y1) = ROOM
        low, high = (x0, y0, FLOOR), (x1, y1, ROOM_HEIGHT)
        share = np.linspace(0, 1, 24)[:, None]
        start, end = np.array([1.05, -10.35]), np.array([-0.45, -4.9])
        if kind is Kind.HOTEL_ROOM:
            start, end = np.array([2.2, -10.3]), np.array([-1.3, -5.4])
        if kind is Kind.BEDROOM:
            start, end = np.array([-2.1, -10.3]), np.array([0.5, -5.9])
        guide = start + share * (end - start)
    else:
        low, high = (-HALF_WIDTH, SOUTH, FLOOR), (HALF_WIDTH, NORTH, HEIGHT)
        y = np.arange(-9.8, NORTH - 1.0, 0.5)
        guide = np.c_[np.full(len(y), 0.12), y]
    room = Indoors(low, high, gloss, rough, windows_of(kind))
    return Layout(square(SIDE), (), NO_LOTS, guide=guide, room=9.0, indoors=room)
