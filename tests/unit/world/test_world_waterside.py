"""Coast, lake and river: what stands where, and what stands in the water."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from generique.world.beacon import Beacon
from generique.world.birds import Bird, Flock, fly
from generique.world.kit.boat import Boat, boat_shape, under_way
from generique.world.mesh import Surface
from generique.world.places.coast.lighthouse import HEIGHT
from generique.world.places.coast.plan import plan_coast
from generique.world.places.grammars import build, lay_out
from generique.world.places.lake.plan import plan_lake
from generique.world.places.river.plan import plan_river
from generique.world.places.river.valley import DECK
from generique.world.scene import Country, Family, Life, Place
from generique.world.site import Site
from generique.world.traffic import Fleet, drivers

WATERSIDE = (Family.COAST, Family.LAKE, Family.RIVER)
EXTENT = 260.0


def _place(family: Family, seed: int = 7) -> Place:
    return Place(family=family, seed=seed, extent=EXTENT)


@pytest.fixture(scope="module", params=WATERSIDE)
def site(request: pytest.FixtureRequest) -> Site:
    return build(_place(request.param), Life())


def test_the_same_place_gives_the_same_arrays(site: Site) -> None:
    family = next(f for f in WATERSIDE if site.layout.water == lay_out(_place(f)).water)
    again = build(_place(family), Life())
    assert again.quads.corners.tobytes() == site.quads.corners.tobytes()
    assert again.trees.position.tobytes() == site.trees.position.tobytes()
    other = build(_place(family, 8), Life())
    assert other.quads.corners.tobytes() != site.quads.corners.tobytes()


def test_no_tree_stands_in_the_water_in_the_air_or_on_a_way(site: Site) -> None:
    trees, layout = site.trees, site.layout
    assert len(trees) > 3
    ground = layout.relief.at(trees.position)
    assert layout.water is not None
    assert (ground > layout.water.level).all()
    assert np.allclose(trees.foot, ground)
    cell = (trees.position - [layout.bounds.x0, layout.bounds.y0]) / layout.bounds.extent
    row, column = (np.clip(cell * site.ground.size, 0, site.ground.size - 1).astype(int).T)[::-1]
    assert (site.ground.road[row, column] < 128).all()


def test_houses_stand_on_dry_ground_apart_from_each_other(site: Site) -> None:
    lots = site.layout.lots
    assert len(lots) >= 2
    assert (site.layout.relief.at(lots.centre) > 0.4).all()
    assert (np.abs(lots.foot - site.layout.relief.at(lots.centre)) < 1.0).all()
    gaps = cKDTree(lots.centre).query(lots.centre, k=2)[0][:, 1]
    assert gaps.min() > 9


def test_no_solid_floats(site: Site) -> None:
    corners = site.quads.corners[site.quads.surface == Surface.SOLID]
    lowest = corners[..., 2].min()
    ground = site.layout.relief.at(corners.reshape(-1, 3)[:, :2].astype(float))
    over = corners.reshape(-1, 3)[:, 2] - ground
    assert lowest > -16
    assert over.max() < 30


def test_asking_for_light_moves_nothing(site: Site) -> None:
    family = next(f for f in WATERSIDE if site.layout.water == lay_out(_place(f)).water)
    bright = build(_place(family), Life(lit_windows=1.0))
    assert bright.quads.corners.tobytes() == site.quads.corners.tobytes()
    assert len(bright.home_lights) > len(site.home_lights)
    dark = build(_place(family), Life(lit_windows=0, lamps=False))
    assert dark.quads.emission.max() == 0


def test_somebody_is_in_when_anybody_is(site: Site) -> None:
    assert len(site.home_lights) > 0


def test_the_lighthouse_stands_on_its_cliff_and_the_sea_is_in_the_west() -> None:
    coast = plan_coast(Place(family=Family.COAST, seed=7, extent=640))
    relief = coast.layout.relief
    assert relief.at(coast.light[None, :2])[0] == pytest.approx(coast.light[2], abs=0.6)
    assert coast.light[2] > 15
    y = np.linspace(-100, 500, 60)
    assert (relief.at(np.c_[np.full(60, -230.0), y]) < -2).all()
    assert (relief.at(np.c_[np.full(60, 290.0), y]) > 3).all()
    # On the right of the picture and off its edge, seen from where the camera starts.
    bearing = np.degrees(np.arctan2(coast.light[0] + 10, coast.light[1] + 61))
    assert 4 < bearing < 20
    light = build(Place(family=Family.COAST, seed=7, extent=640), Life()).beacon
    assert light is not None
    assert light.place[2] == pytest.approx(coast.light[2] + HEIGHT + 2.0)


def test_a_cliff_is_steep_and_the_bay_is_not() -> None:
    coast = plan_coast(Place(family=Family.COAST, seed=7, extent=640))
    shore = coast.shore
    foot, edge = (shore.at_distance(np.array([shore.head[1]]), away) for away in (1.0, 16.0))
    assert shore.height(edge)[0] - shore.height(foot)[0] > 12
    low, up = (shore.at_distance(np.array([shore.bay]), away) for away in (1.0, 16.0))
    assert shore.height(up)[0] - shore.height(low)[0] < 3


def test_the_harbour_is_wet() -> None:
    coast = plan_coast(Place(family=Family.COAST, seed=7, extent=640))
    assert (coast.layout.relief.at(coast.mole[-6:]) < -0.5).all()
    assert coast.layout.relief.at(coast.mole[:1])[0] > -1.5


def test_jetties_reach_from_the_bank_over_the_water() -> None:
    lake = plan_lake(_place(Family.LAKE))
    bank, end = lake.jetties[:, 0], lake.jetties[:, 1]
    assert (lake.layout.relief.at(bank) > -0.3).all()
    assert (lake.layout.relief.at(end) < -0.3).all()


@pytest.mark.parametrize("country", [Country.CANADA, Country.FRANCE])
def test_the_road_meets_the_bridge_and_crosses_no_water(country: Country) -> None:
    place = Place(family=Family.RIVER, country=country, seed=7, extent=640)
    river = plan_river(place)
    road = river.layout.streets[0].line
    wet = river.layout.relief.at(road) < 0
    assert wet.any()
    assert (np.abs(road[wet, 1] - river.valley.bridge) < 2).all()
    ends = river.layout.relief.at(river.crossing + np.array([[-3.0, 0.0], [3.0, 0.0]]))
    assert ends == pytest.approx(DECK, abs=0.9)


@pytest.mark.parametrize("seed", [7, 8])
def test_cars_cross_the_bridge_on_its_deck(seed: int) -> None:
    river, relief = (
        plan_river(_place(Family.RIVER, seed)),
        lay_out(_place(Family.RIVER, seed)).relief,
    )
    fleet = Fleet(drivers(river.layout, 1.0, 1))
    (west, y), (east, _) = river.crossing
    crossed = 0
    for second in range(120):
        x, north, _, height, _ = fleet.poses(float(second)).T
        on = (x > west) & (x < east) & (np.abs(north - y) < 4)
        crossed += int(on.sum())
        assert (np.abs(height[on] - DECK) < 0.3).all()
        ground = relief.at(np.stack([x, north], axis=-1))
        assert (np.abs(height - ground)[~on] < 0.6).all()
    assert crossed > 5
    assert not drivers(river.layout, 0.0, 1)


def test_beams_turn_once_in_a_period() -> None:
    beacon = Beacon((0, 0, 50), (1, 1, 1), period=10.0)
    assert np.allclose(beacon.ways(0.0), beacon.ways(10.0))
    assert np.allclose(beacon.ways(0.0)[0], beacon.ways(5.0)[1])
    assert np.allclose(np.linalg.norm(beacon.ways(3.3), axis=1), 1)


def test_more_birds_keep_those_that_flew() -> None:
    flock = Flock(Bird.GULL, (0, 0, 30), 40)
    few, many = fly((flock,), 0.2, 3), fly((flock,), 0.9, 3)
    assert 0 < len(few) < len(many)
    assert np.array_equal(many[: len(few)], few)
    assert len(fly((flock,), 0.0, 3)) == 0
    assert (many[:, 3] > 3).all()


def test_boats_float_and_more_of_them_keep_the_first() -> None:
    for kind in Boat:
        shape = boat_shape(kind)
        assert shape.corners[..., 2].min() < 0 < shape.corners[..., 2].max()
        assert np.abs(shape.corners[..., 1].max() + shape.corners[..., 1].min()) < 0.01
    coast = build(_place(Family.COAST), Life())
    assert under_way(coast.courses, 0) == ()
    assert under_way(coast.courses, 0.4) == coast.courses[:2]
    assert under_way(coast.courses, 1) == coast.courses
