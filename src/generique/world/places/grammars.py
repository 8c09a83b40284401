"""Which grammar builds which family of places."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from generique.world.layout import Layout
from generique.world.places.suburb import build as suburb
from generique.world.places.suburb import plan as suburb_plan
from generique.world.scene import Country, Family, Life, Place
from generique.world.site import Site


class Grammar(NamedTuple):
    """The rules of a family of places.

    Attributes:
        lay_out: The plan alone, quickly: bounds, streets, relief, the way through.
        build: Everything.
        countries: Where such a place can lie; the first is taken when nothing is said.
    """

    lay_out: Callable[[Place], Layout]
    build: Callable[[Place, Life], Site]
    countries: tuple[Country, ...]


GRAMMARS: dict[Family, Grammar] = {
    Family.SUBURB: Grammar(suburb_plan.lay_out, suburb.build, (Country.CANADA,)),
}


def lay_out(place: Place) -> Layout:
    """Plan a place. The same place gives the same plan."""
    return GRAMMARS[place.family].lay_out(place)


def build(place: Place, life: Life) -> Site:
    """Build a place.

    Args:
        place: What stands where.
        life: Which windows are lit and whether the lamps burn.
    """
    return GRAMMARS[place.family].build(place, life)
