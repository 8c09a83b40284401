"""A room in a place, with a way out through its open window.

It is one place: the place as its own grammar builds it, with what is in the way taken out and the
house of the room, or the tower, set there. Where that is differs by what the place is:
:mod:`generique.world.places.interior.lot` takes a lot of a suburb,
:mod:`generique.world.places.interior.clearing` finds a spot with a view in open land, and
:mod:`generique.world.places.interior.tower` builds one high over the streets of a city. A house
stands square to the axes of the place, so that its room stays a plain box.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from generique.world.arrays import Floats
from generique.world.furniture import Furniture
from generique.world.layout import Indoors, Layout, Passage
from generique.world.lights import gather
from generique.world.mesh import Quads, join
from generique.world.owners import Thing, kinds_of, owner
from generique.world.places.interior.clearing import LANDS, stand_in_the_open
from generique.world.places.interior.lot import stand_on_a_lot
from generique.world.places.interior.plan import (
    FLOOR,
    ROOM,
    ROOM_HEIGHT,
    WALL,
    kind_of,
    lamps_burn,
    opening_of,
    windows_of,
)
from generique.world.places.interior.rooms import room
from generique.world.places.interior.standing import OWN_NUMBERS, Standing, window_x
from generique.world.places.interior.things import furnish
from generique.world.places.interior.tower import stand_in_a_tower
from generique.world.scene import Family, Life, Place
from generique.world.site import Site

CURTAIN = 0.1
"""Metres that the curtains hang into the opening at either side."""
START = -10.3
"""y at which the way begins in the room, metres."""
_SHARED = (Thing.WINDOW, Thing.DOOR, Thing.LAMP)
STANDINGS: Mapping[Family, Callable[[Place, Place], Standing]] = {
    Family.SUBURB: stand_on_a_lot,
    **dict.fromkeys(LANDS, stand_in_the_open),
    Family.CITY: stand_in_a_tower,
}
"""How a room gets into each family of places that a window opens on."""


def lay_out(place: Place) -> Layout:
    """Plan the place, the house and the way out. The same place gives the same plan.

    Raises:
        NotCapable: The place has no spot for the house.
    """
    return _planned(place, _standing(place))


def build(place: Place, life: Life) -> Site:
    """Build all of it.

    Raises:
        NotCapable: As :func:`lay_out`.
    """
    standing = _standing(place)
    layout, frame = _planned(place, standing), standing.frame
    site = standing.build(layout, life)
    lit = lamps_burn(place, life)
    found = room(kind_of(place), place.seed, lit=lit, open_=True, back=standing.back)
    standing.shell(found, life)
    quads = found.everything()
    if not lit:
        quads = replace(quads, emission=np.zeros_like(quads.emission))
    return replace(
        site,
        layout=layout,
        quads=join([site.quads, _numbered(frame.quads(quads), standing.whose)]),
        home_lights=gather([site.home_lights, frame.lights(found.light())]),
    )


def _standing(place: Place) -> Standing:
    """Where the room of a place stands."""
    if place.outside is None:
        raise AssertionError("a passage leads outside")
    said = {"family": place.outside, "room": None, "outside": None}
    return STANDINGS[place.outside](place, place.model_copy(update=said))


def _planned(place: Place, standing: Standing) -> Layout:
    """The plan with the room's things, and the way out."""
    found = room(kind_of(place), place.seed, open_=True, back=standing.back)
    inside = found.everything()
    furniture, things = furnish(_numbered(standing.frame.quads(inside), standing.whose))
    plan = standing.layout
    return replace(
        plan,
        landmarks=(*plan.landmarks, *things),
        passage=_passage(standing, place, furniture),
        furniture=furniture,
    )


def _numbered(quads: Quads, whose: int) -> Quads:
    """The room's quads, as their owners are numbered in a place that has such things of its own."""
    kinds = kinds_of(quads.owner)
    shared = np.isin(kinds, [owner(thing) for thing in _SHARED])
    numbers = np.where(shared, quads.owner + OWN_NUMBERS, quads.owner)
    return quads.owned(np.where(kinds == owner(Thing.HOUSE), whose, numbers))


def _passage(standing: Standing, place: Place, furniture: Furniture) -> Passage:
    kind, frame = kind_of(place), standing.frame
    (x0, y0), (x1, y1) = ROOM
    (a, b), (sill, lintel) = opening_of(kind)
    low, high = frame.span(np.array([x0, y0, FLOOR]), np.array([x1, y1, ROOM_HEIGHT]))
    openings = windows_of(kind, back=standing.back)
    panes = [frame.span(*(np.array(corner) for corner in pane)) for pane in openings]
    middle = frame.placed(np.array([window_x(place), y1, (sill + lintel) / 2]))
    return Passage(
        room=Indoors(
            _three(low), _three(high), windows=tuple((_three(p), _three(q)) for p, q in panes)
        ),
        window=_three(middle),
        out=(float(frame.out[0]), float(frame.out[1])),
        half=((b - a) / 2 - CURTAIN, (lintel - sill) / 2),
        depth=WALL,
        inside=y1 - START,
        solids=np.stack([furniture.low, furniture.high], axis=1),
        foot=frame.foot,
    )


def _three(values: Floats) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z
