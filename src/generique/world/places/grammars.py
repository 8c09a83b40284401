"""Which grammar builds which family of places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from generique.world.country import CUSTOMS
from generique.world.layout import Layout
from generique.world.places.blocks import build as blocks
from generique.world.places.blocks import plan as blocks_plan
from generique.world.places.city import build as city
from generique.world.places.city import plan as city_plan
from generique.world.places.coast import build as coast
from generique.world.places.coast import plan as coast_plan
from generique.world.places.highway import build as highway
from generique.world.places.highway import plan as highway_plan
from generique.world.places.industry import build as industry
from generique.world.places.industry import plan as industry_plan
from generique.world.places.interior import build as interior
from generique.world.places.interior import passage, rooms
from generique.world.places.lake import build as lake
from generique.world.places.lake import plan as lake_plan
from generique.world.places.main_street import build as main_street
from generique.world.places.main_street import plan as main_street_plan
from generique.world.places.river import build as river
from generique.world.places.river import plan as river_plan
from generique.world.places.suburb import build as suburb
from generique.world.places.suburb import plan as suburb_plan
from generique.world.places.terraces import build as terraces
from generique.world.places.terraces import plan as terraces_plan
from generique.world.places.wild import desert, farmland, forest, mountains
from generique.world.reasons import prompts as told
from generique.world.reasons.telling import Name, refused
from generique.world.scene import Country, Family, Life, Place
from generique.world.site import Site


class Grammar(NamedTuple):
    """The rules of a family of places.

    Attributes:
        lay_out: The plan alone, quickly: bounds, streets, relief, the way through.
        build: Everything.
        countries: Where such a place can lie; the first is taken when nothing is said.
        extent: Side of the square that is built when nothing is said, metres.
    """

    lay_out: Callable[[Place], Layout]
    build: Callable[[Place, Life], Site]
    countries: tuple[Country, ...]
    extent: float = 1024.0


_EVERYWHERE = tuple(Country)


def _lay_out_interior(place: Place) -> Layout:
    lay_out_room = rooms.lay_out if place.outside is None else passage.lay_out
    return lay_out_room(place)


def _build_interior(place: Place, life: Life) -> Site:
    build_room = interior.build if place.outside is None else passage.build
    return build_room(place, life)


GRAMMARS: dict[Family, Grammar] = {
    Family.SUBURB: Grammar(
        suburb_plan.lay_out, suburb.build, (Country.CANADA, Country.UNITED_STATES)
    ),
    Family.TERRACES: Grammar(
        terraces_plan.lay_out,
        terraces.build,
        (Country.UNITED_KINGDOM, Country.FRANCE),
        512.0,
    ),
    Family.BLOCKS: Grammar(
        blocks_plan.lay_out, blocks.build, (Country.RUSSIA, Country.FRANCE), 512.0
    ),
    Family.INDUSTRY: Grammar(industry_plan.lay_out, industry.build, _EVERYWHERE, 800.0),
    Family.FARMLAND: Grammar(farmland.lay_out, farmland.build, farmland.COUNTRIES),
    Family.BOREAL_FOREST: Grammar(forest.lay_out, forest.build, forest.BOREAL_COUNTRIES, 640.0),
    Family.BROADLEAF_FOREST: Grammar(
        forest.lay_out, forest.build, forest.BROADLEAF_COUNTRIES, 640.0
    ),
    Family.LAKE: Grammar(
        lake_plan.lay_out,
        lake.build,
        (Country.CANADA, Country.UNITED_STATES, Country.NORWAY, Country.RUSSIA),
    ),
    Family.RIVER: Grammar(
        river_plan.lay_out,
        river.build,
        (Country.CANADA, Country.FRANCE, Country.UNITED_KINGDOM, Country.NORWAY),
    ),
    Family.COAST: Grammar(
        coast_plan.lay_out,
        coast.build,
        (Country.CANADA, Country.FRANCE, Country.UNITED_KINGDOM, Country.NORWAY),
    ),
    Family.MOUNTAINS: Grammar(mountains.lay_out, mountains.build, mountains.COUNTRIES),
    Family.DESERT: Grammar(desert.lay_out, desert.build, desert.COUNTRIES),
    Family.HIGHWAY: Grammar(
        highway_plan.lay_out,
        highway.build,
        tuple(country for country in Country if country is not Country.RUSSIA),
    ),
    Family.INTERIOR: Grammar(_lay_out_interior, _build_interior, _EVERYWHERE, 100.0),
    Family.CITY: Grammar(
        city_plan.lay_out,
        city.build,
        (Country.UNITED_STATES, Country.CANADA, Country.JAPAN),
        768.0,
    ),
    Family.MAIN_STREET: Grammar(
        main_street_plan.lay_out, main_street.build, (Country.UNITED_STATES, Country.CANADA)
    ),
}


def grammar_of(place: Place) -> Grammar:
    """The grammar that builds a place.

    Raises:
        NotCapable: It knows nothing of the country.
    """
    for family in filter(None, (place.outside, place.family)):
        if place.country not in GRAMMARS[family].countries:
            raise refused(
                told.NO_GRAMMAR,
                family=Name(family),
                country=Name(place.country),
                known=tuple(Name(one) for one in GRAMMARS[family].countries),
            )
    return GRAMMARS[place.family]


def lay_out(place: Place) -> Layout:
    """Plan a place. The same place gives the same plan.

    Raises:
        NotCapable: As :func:`grammar_of`.
    """
    return _by_custom(grammar_of(place).lay_out(place), place)


def build(place: Place, life: Life) -> Site:
    """Build a place.

    Args:
        place: What stands where.
        life: Which windows are lit and whether the lamps burn.

    Raises:
        NotCapable: As :func:`grammar_of`.
    """
    site = grammar_of(place).build(place, life)
    return replace(site, layout=_by_custom(site.layout, place))


def _by_custom(layout: Layout, place: Place) -> Layout:
    """A plan whose cars keep to the side of their country, whatever the grammar."""
    return replace(layout, keep_left=CUSTOMS[place.country].keep_left)
