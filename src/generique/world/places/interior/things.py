"""What a prompt can name in a room: its things as landmarks, by their owners in the mattes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from generique.world.arrays import Floats
from generique.world.furniture import TOP, Furniture, furniture_of
from generique.world.layout import Landmark
from generique.world.mesh import Quads
from generique.world.owners import NUMBERS, Thing, kinds_of, owner

WORDS: Mapping[Thing, str] = {
    Thing.SOFA: "sofa",
    Thing.ARMCHAIR: "armchair chair",
    Thing.CHAIR: "chair",
    Thing.TABLE: "table",
    Thing.RUG: "rug",
    Thing.SHELF: "shelf",
    Thing.CURTAIN: "curtain",
    Thing.TELEVISION: "television",
    Thing.PICTURE: "picture",
    Thing.LAMP: "lamp",
    Thing.WINDOW: "window",
    Thing.DOOR: "door",
    Thing.BED: "bed",
    Thing.WARDROBE: "wardrobe",
    Thing.DESK: "desk",
    Thing.TROLLEY: "trolley",
    Thing.EXTINGUISHER: "extinguisher",
    Thing.PLANT: "houseplant",
    Thing.CABINET: "cabinet",
}
"""What things are called. Floor, walls and ceiling are everywhere and no landmarks."""
_AT_THE_FLOOR = 0.2
_DESK = 0.6
"""Metres of height above which what stands on a table stands on a desk."""
_BROAD = 0.8
"""Metres; a low table before a sofa is broader."""
_ABOVE = 2.2
"""Metres of height above which a lamp hangs."""


def furnish(quads: Quads) -> tuple[Furniture, tuple[Landmark, ...]]:
    """What stands in a room, and its landmarks, the largest first.

    Args:
        quads: Of the room, in the axes of the place, with their owners.
    """
    furniture = furniture_of(quads, _codes(quads, Thing.WINDOW), _codes(quads, Thing.LAMP))
    found = []
    bedded = owner(Thing.BED) in kinds_of(quads.owner)
    for code in np.unique(quads.owner):
        thing = Thing(int(code) // NUMBERS)
        if thing not in WORDS:
            continue
        mine = quads.owner == code
        low, high = furniture.low[mine].min(axis=0), furniture.high[mine].max(axis=0)
        words = f"{WORDS[thing]} {_said(thing, low, high, bedded=bedded)}"
        if thing is Thing.LAMP:
            low = np.array([*low[:2], max(low[2], high[2] - TOP)])
        x, y, z = (float(value) for value in (low + high) / 2)
        radius = float(np.linalg.norm(high - low)) / 2
        found.append(Landmark(frozenset(words.split()), (x, y, z), radius, int(code)))
    return furniture, tuple(sorted(found, key=lambda mark: -mark.radius))


def _codes(quads: Quads, thing: Thing) -> tuple[int, ...]:
    """The owners of a kind."""
    mine = quads.owner[kinds_of(quads.owner) == owner(thing)]
    return tuple(int(code) for code in np.unique(mine))


def _said(thing: Thing, low: Floats, high: Floats, *, bedded: bool) -> str:
    """Which lamp or table it is, by where it stands, how large it is and what is in the room."""
    if thing is Thing.LAMP:
        if high[2] > _ABOVE:
            return "ceiling"
        if low[2] < _AT_THE_FLOOR:
            return "floor"
        return "bedside night tabletop" if bedded and low[2] < _DESK else "tabletop"
    if thing is Thing.TABLE:
        if max(high[0] - low[0], high[1] - low[1]) > _BROAD:
            return "coffee low"
        return "bedside night side" if bedded else "side"
    return "fire" if thing is Thing.EXTINGUISHER else ""
