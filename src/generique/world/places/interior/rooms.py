"""Which builder furnishes which kind of interior, and the plan with what stands in it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from generique.world.arrays import stream
from generique.world.furniture import Furniture
from generique.world.layout import Landmark, Layout
from generique.world.places.interior import plan
from generique.world.places.interior.bedroom import bedroom
from generique.world.places.interior.corridor import corridor
from generique.world.places.interior.hotel_room import hotel_room
from generique.world.places.interior.living import living_room
from generique.world.places.interior.pieces import Set
from generique.world.places.interior.plan import Kind, kind_of
from generique.world.places.interior.things import furnish
from generique.world.scene import Place


def room(kind: Kind, seed: int, *, lit: bool = True, open_: bool = False, back: bool = True) -> Set:
    """A room and all that stands in it, in its own axes.

    Args:
        kind: Of the interior.
        seed: Of the place.
        lit: True when the lamps burn. A corridor's always do.
        open_: True when its window stands open, in a wall that is built about it.
        back: False for a room of a home without a window at the back.
    """
    found = Set()
    if kind is Kind.LIVING:
        living_room(found, stream(seed, "living room"), lit=lit, open_=open_, back=back)
    elif kind is Kind.BEDROOM:
        bedroom(found, stream(seed, "bedroom"), lit=lit, open_=open_, back=back)
    elif kind is Kind.HOTEL_ROOM:
        hotel_room(found, stream(seed, "hotel room"), lit=lit, open_=open_)
    else:
        corridor(found, kind, stream(seed, "corridor"))
    return found


@cache
def _furnished(kind: Kind, seed: int) -> tuple[Furniture, tuple[Landmark, ...]]:
    return furnish(room(kind, seed).everything())


def lay_out(place: Place) -> Layout:
    """Plan an interior that no shot leaves, with what can be named in it."""
    furniture, landmarks = _furnished(kind_of(place), place.seed)
    return replace(plan.lay_out(place), landmarks=landmarks, furniture=furniture)
