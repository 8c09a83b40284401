from __future__ import annotations

import numpy as np
import pytest

from generique.world.arrays import Octets, stream
from generique.world.ground import colour_ground
from generique.world.places.grammars import build
from generique.world.places.suburb.plan import lay_out
from generique.world.scene import Life, Place, Season, Weather
from generique.world.site import Site
from generique.world.traffic import drivers, passes

PLACE = Place(seed=7, extent=200)


@pytest.fixture(scope="module")
def suburb() -> Site:
    return build(PLACE, Life())


def colours(suburb: Site, season: Season, weather: Weather) -> Octets:
    return colour_ground(suburb.ground, season, weather, 7)


def test_streams_are_apart_and_repeat() -> None:
    first = stream(5, "trees").random(4)
    assert np.array_equal(first, stream(5, "trees").random(4))
    assert not np.array_equal(first, stream(5, "cars").random(4))
    assert not np.array_equal(first, stream(6, "trees").random(4))
    assert stream(-1, "trees").random() != stream(1, "trees").random()


def test_snow_covers_the_yards_and_spares_the_road(suburb: Site) -> None:
    bare = colours(suburb, Season.WINTER, Weather())[..., :3].mean(axis=2)
    thin = colours(suburb, Season.WINTER, Weather(snow_cover=0.4))[..., :3].mean(axis=2)
    deep = colours(suburb, Season.WINTER, Weather(snow_cover=1))[..., :3].mean(axis=2)
    yard = suburb.ground.paved() == 0
    road = suburb.ground.road > 250
    assert bare[yard].mean() + 40 < thin[yard].mean() < deep[yard].mean()
    assert thin[yard].std() > 1.5 * deep[yard].std()
    assert deep[road].mean() < 0.75 * deep[yard].mean()


def test_summer_lawns_are_green(suburb: Site) -> None:
    ground = colours(suburb, Season.SUMMER, Weather())
    red, green, blue = ground[suburb.ground.paved() == 0][:, :3].mean(axis=0)
    assert green > red > blue


def test_rain_makes_the_road_dark_and_glossy(suburb: Site) -> None:
    road = suburb.ground.road > 250
    dry = colours(suburb, Season.SUMMER, Weather())[road].mean(axis=0)
    wet = colours(suburb, Season.SUMMER, Weather(rain=0.8))[road].mean(axis=0)
    assert wet[0] < 0.9 * dry[0]
    assert wet[3] > dry[3] + 100


def test_kerbs_are_rounded_where_streets_meet() -> None:
    place = build(Place(seed=7, extent=400), Life(lit_windows=0))
    road = place.ground.road > 128
    drawn = sum(s.along()[-1] * 2 * s.half_width for s in place.layout.streets)
    assert 0 < road.sum() * place.ground.texel**2 < drawn
    assert place.ground.walk[road].mean() < 8


def test_cars_keep_to_their_lane() -> None:
    layout = lay_out(Place(seed=7, extent=1024))
    cars = drivers(layout, 0.5, 3)
    line = layout.guide
    main = [car for car in cars if abs(car.pose(0.0)[0]) < 40]
    assert main
    for car in main[:6]:
        x, y, turn = car.pose(2.0)
        gap = np.linalg.norm(line - [x, y], axis=1)
        assert 1.0 < gap.min() < 4.0
        ahead = car.pose(2.1)
        step = np.array([ahead[0] - x, ahead[1] - y])
        assert np.linalg.norm(step) == pytest.approx(0.1 * car.speed, rel=0.05)
        assert step @ [np.cos(turn), np.sin(turn)] > 0


def test_no_traffic_is_no_car() -> None:
    assert drivers(lay_out(PLACE), 0.0, 3) == ()


def test_a_car_that_passes_is_an_event() -> None:
    cars = drivers(lay_out(Place(seed=7, extent=1024)), 0.6, 3)
    still = np.array([12.0, 20.0, 3.0]), np.array([-1.0, 0.0, 0.0])
    events = passes(cars, lambda _: still, 12.0)
    assert events
    assert [event.at for event in events] == sorted(event.at for event in events)
    for event in events:
        assert 0 <= event.at <= 12
        assert event.at + event.duration <= 12.001
        assert event.distance_m < 110
    crossing = [event for event in events if event.distance_m < 20]
    assert any(event.pan_from * event.pan_to < 0 for event in crossing)
