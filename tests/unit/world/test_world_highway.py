from __future__ import annotations

import numpy as np
import pytest

from generique.model.errors import NotCapable
from generique.world.mesh import Level
from generique.world.places.grammars import build, lay_out
from generique.world.places.highway.course import DECK, EDGE, LANES, RAIL, course_of
from generique.world.places.highway.gantry import CLEAR, gantry_places
from generique.world.places.highway.land import sites_of
from generique.world.scene import Country, Family, Life, Place
from generique.world.site import Site
from generique.world.traffic import Driver, Fleet, drivers


def place(extent: float = 500, seed: int = 7, country: Country = Country.CANADA) -> Place:
    return Place(family=Family.HIGHWAY, country=country, seed=seed, extent=extent)


@pytest.fixture(scope="module")
def motorway() -> Site:
    return build(place(), Life())


def aside(points: np.ndarray[tuple[int, int], np.dtype[np.float64]], extent: float = 500) -> float:
    course = course_of(place(extent), lay_out(place(extent)).bounds)
    return float(np.abs(points[:, 0] - course.x(points[:, 1])).min())


def test_the_same_place_is_the_same_motorway_and_another_seed_another(motorway: Site) -> None:
    again, other = build(place(), Life()), build(place(seed=8), Life())
    assert np.array_equal(again.quads.corners, motorway.quads.corners)
    assert np.array_equal(again.trees.position, motorway.trees.position)
    assert np.array_equal(again.ground.road, motorway.ground.road)
    assert len(other.quads) != len(motorway.quads)


def test_the_motorway_goes_on_straight_over_the_edge_into_its_mirrored_copy() -> None:
    layout = lay_out(place())
    course, bounds = course_of(place(), layout.bounds), layout.bounds
    end = bounds.y0 + bounds.extent
    steps = np.array([1.0, 20.0, 80.0])
    assert course.x(end + steps) == pytest.approx(course.x(end - steps))
    assert float(course.x(course.bridge)) == pytest.approx(0.0)


def test_nothing_stands_where_cars_drive(motorway: Site) -> None:
    course = course_of(place(), motorway.layout.bounds)
    points = motorway.quads.corners.reshape(-1, 3)
    off = np.abs(points[:, 0] - course.x(points[:, 1]))
    lanes = (off > LANES[0] - 1.6) & (off < LANES[-1] + 1.6)
    assert points[lanes, 2].min() > 4.9
    assert aside(motorway.trees.position) > RAIL + 3
    assert aside(motorway.lamps.foot[motorway.lamps.foot[:, 2] == 0]) > EDGE


def test_signs_and_bridges_leave_room_for_lorries(motorway: Site) -> None:
    course = course_of(place(), motorway.layout.bounds)
    assert CLEAR > 4.5
    assert DECK - 1.95 > 4.5
    assert gantry_places(course)
    for y in gantry_places(course):
        assert all(abs(y - bridge) > 40 for bridge in course.bridges())


def test_halls_keep_off_the_roads() -> None:
    layout = lay_out(place(1024))
    course = course_of(place(1024), layout.bounds)
    sites = sites_of(course, 7)
    assert len(sites) >= 8
    assert set(sites.kind) == {1, 2, 3}
    for centre, half in zip(sites.centre, sites.half, strict=True):
        assert abs(centre[0] - course.x(centre[1])) - half[0] > RAIL
        for street in layout.streets[1:]:
            gap = np.abs(street.line - centre) - half
            assert np.all(gap.max(axis=1) > 0)


def by_lane(cars: tuple[Driver, ...]) -> list[list[int]]:
    lanes: dict[int, list[int]] = {}
    for index, car in enumerate(cars):
        lanes.setdefault(id(car.lane), []).append(index)
    return list(lanes.values())


def test_cars_never_run_into_one_another() -> None:
    cars = drivers(lay_out(place(1024)), 1.0, 3)
    fleet = Fleet(cars)
    assert len(cars) > 300
    for seconds in (0.0, 3.3, 41.0):
        poses = fleet.poses(seconds)
        for which in by_lane(cars):
            spots = poses[which, :2]
            gaps = np.linalg.norm(spots[:, None] - spots[None], axis=2)
            np.fill_diagonal(gaps, np.inf)
            assert gaps.min() > 17.0


def test_the_fast_lane_is_fast_and_lorries_keep_to_the_slow_one() -> None:
    cars = drivers(lay_out(place(1024)), 1.0, 3)
    course = course_of(place(1024), lay_out(place(1024)).bounds)
    poses = Fleet(cars).poses(0.0)
    main = poses[:, 3] == 0
    off = np.abs(poses[:, 0] - course.x(poses[:, 1]))
    speed = np.array([car.speed for car in cars])
    kind = np.array([car.kind for car in cars])
    fast, slow = main & (abs(off - LANES[0]) < 0.6), main & (abs(off - LANES[2]) < 0.6)
    assert fast.sum() > 40
    assert speed[fast].min() > speed[slow].max() + 5
    assert speed[main & (off < 14)].min() >= 22
    assert not np.isin(kind[fast], (4, 5, 6)).any()
    assert np.isin(kind[slow], (4, 5, 6)).mean() > 0.25


@pytest.mark.parametrize("country", [Country.CANADA, Country.UNITED_KINGDOM])
def test_traffic_keeps_to_the_side_of_its_country(country: Country) -> None:
    where = place(500, country=country)
    course = course_of(where, lay_out(where).bounds)
    poses = Fleet(drivers(lay_out(where), 0.8, 3)).poses(0.0)
    side = poses[:, 0] - course.x(poses[:, 1])
    main = (np.abs(side) < 14) & (np.abs(np.sin(poses[:, 2])) > 0.8)
    north = np.sin(poses[main, 2]) > 0
    assert main.sum() > 50
    right = (side[main] > 0) == north
    assert right.all() if country is Country.CANADA else not right.any()


def test_cars_on_a_bridge_stand_on_it() -> None:
    layout = lay_out(place(1024))
    course = course_of(place(1024), layout.bounds)
    poses = np.concatenate([Fleet(drivers(layout, 1.0, s)).poses(0.0) for s in range(6)])
    over = (np.abs(poses[:, 0] - course.x(poses[:, 1])) < 20) & (np.abs(np.sin(poses[:, 2])) < 0.3)
    assert over.any()
    assert poses[over, 3] == pytest.approx(DECK)
    assert (poses[:, 3] >= 0).all()


def test_lights_follow_the_life_of_a_place() -> None:
    dark = build(place(320), Life(lit_windows=0, lamps=False))
    lit = build(place(320), Life(lit_windows=1))
    assert np.array_equal(dark.quads.corners, lit.quads.corners)
    assert lit.quads.emission.max() > 300 > dark.quads.emission.max()


def test_a_motorway_stays_within_its_means(motorway: Site) -> None:
    assert len(motorway.mesh(Level.NEAR).faces) < 300_000
    assert len(motorway.mesh(Level.SKYLINE).faces) < 20_000


def test_a_country_without_motorways_is_refused() -> None:
    with pytest.raises(NotCapable, match="russia"):
        build(place(country=Country.RUSSIA), Life())
