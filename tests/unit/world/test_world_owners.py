from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pytest

from generique.world.footprints import nearest, rectangles, settle
from generique.world.layout import Landmark
from generique.world.mesh import Finish, Quads, Surface, join, paint
from generique.world.naming import named
from generique.world.owners import (
    BY_PLACE,
    NUMBERS,
    Thing,
    kind_name,
    kinds_of,
    owner,
    owner_name,
)
from generique.world.places.grammars import GRAMMARS, build
from generique.world.scene import Country, Family, Life, Place
from generique.world.site import Site

NAMED = {
    "lighthouse": Thing.LIGHTHOUSE,
    "barn": Thing.BARN,
    "cabin": Thing.CABIN,
    "chimney": Thing.CHIMNEY,
    "church": Thing.CHURCH,
    "diner": Thing.DINER,
    "elevator": Thing.ELEVATOR,
    "house": Thing.HOUSE,
    "station": Thing.STATION,
    "tower": Thing.TOWER,
    "viaduct": Thing.BRIDGE,
}
"""What the words of landmarks are called in mattes."""
OWN: dict[Family, tuple[Thing, ...]] = {
    Family.SUBURB: (Thing.HOUSE, Thing.GARAGE, Thing.FENCE, Thing.CAR, Thing.LAMP),
    Family.TERRACES: (Thing.HOUSE, Thing.WINDOW, Thing.CHURCH, Thing.BRIDGE, Thing.TRAIN),
    Family.BLOCKS: (Thing.BLOCK, Thing.WINDOW, Thing.TRAM, Thing.PLAYGROUND, Thing.CHIMNEY),
    Family.INDUSTRY: (Thing.CRANE, Thing.SHIP, Thing.CONTAINER, Thing.CHIMNEY, Thing.TANK),
    Family.FARMLAND: (Thing.HOUSE, Thing.BARN, Thing.SILO, Thing.POLE, Thing.SHED),
    Family.BOREAL_FOREST: (Thing.CABIN, Thing.TOWER, Thing.TIMBER, Thing.ROAD),
    Family.BROADLEAF_FOREST: (Thing.CABIN, Thing.TIMBER, Thing.ROAD),
    Family.LAKE: (Thing.CABIN, Thing.JETTY, Thing.BOAT, Thing.ROCK),
    Family.RIVER: (Thing.HOUSE, Thing.BRIDGE, Thing.ROCK, Thing.FENCE),
    Family.COAST: (Thing.LIGHTHOUSE, Thing.HOUSE, Thing.QUAY, Thing.BOAT, Thing.ROCK),
    Family.MOUNTAINS: (Thing.HOUSE, Thing.CHURCH, Thing.BARN, Thing.ROAD),
    Family.DESERT: (Thing.STATION, Thing.PUMP, Thing.SIGN, Thing.POLE, Thing.ROAD),
    Family.HIGHWAY: (Thing.BRIDGE, Thing.GANTRY, Thing.SIGN, Thing.BARRIER, Thing.LAMP),
    Family.INTERIOR: (Thing.FLOOR, Thing.CEILING, Thing.WALL, Thing.DOOR, Thing.LAMP),
    Family.CITY: (Thing.TOWER, Thing.BLOCK, Thing.WINDOW, Thing.SIGN, Thing.SIGNAL),
    Family.MAIN_STREET: (Thing.SHOP, Thing.CHURCH, Thing.TOWER, Thing.DINER, Thing.ELEVATOR),
}
PLACES = [
    *((family, grammar.countries[0]) for family, grammar in GRAMMARS.items()),
    (Family.TERRACES, Country.FRANCE),
    (Family.BLOCKS, Country.FRANCE),
    (Family.FARMLAND, Country.FRANCE),
    (Family.CITY, Country.JAPAN),
]
EXTENTS = {Family.CITY: 512.0}
"""Where things are left out of a small place."""


def site_of(family: Family, country: Country, seed: int = 7) -> Site:
    extent = EXTENTS.get(family, 300.0)
    place = Place(family=family, country=country, seed=seed, extent=extent)
    return build(place, Life(lit_windows=0.5, lamps=True))


def kinds(quads: Quads) -> set[Thing]:
    return {Thing(int(code)) for code in np.unique(quads.owner // NUMBERS)}


def near(quads: Quads, mark: Landmark) -> Quads:
    gap = np.linalg.norm(quads.corners.mean(axis=1) - np.array(mark.middle), axis=1)
    return quads.take(gap < 1.3 * mark.radius)


@pytest.mark.parametrize(("family", "country"), PLACES)
def test_everything_that_a_grammar_builds_has_a_name(family: Family, country: Country) -> None:
    site = site_of(family, country)
    found = kinds(site.quads)
    assert Thing.BUILDING not in found
    assert not (site.quads.owner % NUMBERS == BY_PLACE).any()
    if country is GRAMMARS[family].countries[0]:
        assert set(OWN[family]) <= found
    for mark in site.layout.landmarks:
        if mark.owner is not None:  # a thing in a room
            assert mark.owner in site.quads.owner
            continue
        wanted = {NAMED[word] for word in mark.words if word in NAMED}
        assert wanted, f"no kind for {sorted(mark.words)}"
        assert wanted & kinds(near(site.quads, mark))


@pytest.mark.parametrize("family", [Family.TERRACES, Family.MAIN_STREET, Family.LAKE])
def test_a_thing_with_a_number_stands_in_one_spot(family: Family) -> None:
    quads = site_of(family, GRAMMARS[family].countries[0]).quads
    buildings = [Thing.HOUSE, Thing.SHOP, Thing.CABIN, Thing.WINDOW, Thing.CAR, Thing.LAMP]
    chosen = quads.take(np.isin(quads.owner // NUMBERS, buildings))
    spots = chosen.corners.mean(axis=1)[:, :2]
    for code in np.unique(chosen.owner):
        mine = spots[chosen.owner == code]
        assert np.ptp(mine, axis=0).max() < 40, owner_name(int(code))


def test_rooms_have_their_furniture() -> None:
    country, wanted = Country.CANADA, {Thing.SOFA, Thing.RUG, Thing.TABLE, Thing.TELEVISION}
    wanted |= {Thing.ARMCHAIR, Thing.CURTAIN, Thing.PICTURE, Thing.SHELF, Thing.LAMP}
    found = [kinds(site_of(Family.INTERIOR, country, seed).quads) for seed in range(7, 12)]
    assert any(wanted <= one for one in found)
    floors = site_of(Family.INTERIOR, country).quads
    floors = floors.take(floors.owner == owner(Thing.FLOOR))
    assert np.ptp(floors.corners[..., 2]) < 0.01


def square(x: float, y: float, surface: Surface = Surface.SOLID, whose: int = 0) -> Quads:
    corners = np.array([[(x, y, 0), (x + 1, y, 0), (x + 1, y, 1), (x, y, 1)]], float)
    return paint(corners, Finish((0.1, 0.1, 0.1), surface=surface, owner=whose))


def test_surfaces_belong_to_the_outline_that_they_stand_in() -> None:
    outlines = rectangles(
        np.array([(5.0, 5.0), (15.0, 5.0)]),
        np.array([0.0, np.pi / 2]),
        np.full((2, 2), -4.5),
        np.full((2, 2), 4.5),
    )
    triangle = np.array([(30.0, 0.0), (40.0, 0.0), (35.0, 9.0)])
    sign = int(owner(Thing.SIGN, BY_PLACE))
    quads = join(
        [
            square(1, 1),
            square(18, 8, Surface.GLASS),
            square(8, 1, whose=int(owner(Thing.CAR, 3))),
            square(34, 2),
            square(20, 5, Surface.GLASS, whose=sign),
        ]
    )
    things = (Thing.HOUSE, Thing.SHOP, Thing.TOWER)
    settled = settle(quads, [*outlines, triangle[::-1]], things, first=10)
    names = [owner_name(int(code)) for code in settled.owner]
    assert names == ["house-10", "window-11", "car-3", "tower-12", "sign-11"]
    assert np.array_equal(settled.corners, quads.corners)
    assert nearest(np.array([(9.8, 5.0), (10.2, 5.0)]), outlines).tolist() == [0, 1]
    assert settle(quads, [], Thing.HOUSE) is quads


@dataclass
class Kit:
    quads: list[Quads] = field(default_factory=list)
    names: Counter[Thing] = field(default_factory=Counter)


@named(Thing.TABLE)
def table(kit: Kit, x: float) -> float:
    kit.quads.append(square(x, 0))
    lamp(kit, x)
    return x


@named(Thing.LAMP)
def lamp(kit: Kit, x: float) -> None:
    kit.quads.append(square(x, 1))


def test_every_call_of_a_builder_makes_one_thing() -> None:
    kit = Kit([square(0, 0)])
    assert [table(kit, 1.0), table(kit, x=2.0)] == [1.0, 2.0]
    lamp(kit, 3.0)
    names = [owner_name(int(code)) for code in join(kit.quads).owner]
    assert names == ["building", "table-0", "lamp-0", "table-1", "lamp-1", "lamp-2"]


def test_kinds_are_named_once_and_have_room_in_32_bits() -> None:
    names = [kind_name(int(owner(thing))) for thing in Thing]
    assert len(set(names)) == len(names)
    last = owner(max(Thing), NUMBERS - 1)
    assert int(last) < 2**31
    assert int(kinds_of(last)) == int(owner(max(Thing)))
