from __future__ import annotations

from typing import Any

import pytest

from generique.testing.scenes import sunny_suburb
from generique.world.plates.light_direction import turn_between
from generique.world.plates.plate_sun import sun_bearing, turned_sky
from generique.world.scene import (
    Camera,
    Change,
    Family,
    Move,
    Place,
    SceneDocument,
    Time,
    Weather,
)


def scene(hour: float = 12.0, heading: float = 0.0, **parts: Any) -> SceneDocument:
    camera = Camera(move=Move.STATIC, altitude=30, pitch=10, heading=heading, speed=0)
    return sunny_suburb(hour, **({"camera": camera} | parts))


@pytest.mark.parametrize(
    ("hour", "heading", "bearing"),
    [(12, 0, 180), (12, 180, 0), (12, 90, 90), (12, 270, -90), (6, 0, 75), (18, 0, -75)],
)
def test_the_sun_is_seen_from_the_camera(hour: float, heading: float, bearing: float) -> None:
    found = sun_bearing(scene(hour, heading), 0.0)
    assert found is not None
    assert abs(turn_between(bearing, found)) < 9


@pytest.mark.parametrize(
    "parts",
    [
        {"weather": Weather(cloud=1.0)},
        {"time": Time(hour=0, day=172, latitude=45.0, moon=0.0)},
        {"camera": Camera(move=Move.STATIC, altitude=40, pitch=90, speed=0)},
    ],
)
def test_where_no_light_has_a_side_nothing_is_said(parts: dict[str, Any]) -> None:
    assert sun_bearing(scene(**parts), 0.0) is None


def test_in_a_room_nothing_is_said() -> None:
    room = Place(family=Family.INTERIOR, seed=7, extent=100)
    inside = Camera(move=Move.STATIC, altitude=1.6, pitch=0, speed=0)
    assert sun_bearing(scene(place=room, camera=inside), 0.0) is None


def test_the_sun_is_that_of_the_moment() -> None:
    going = scene(7, changes=(Change(at=0, over=2, field="time.hour", value=17),))
    early, late = sun_bearing(going, 0.0), sun_bearing(going, 1.99)
    assert early is not None
    assert late is not None
    assert early > 45
    assert late < -45


@pytest.mark.parametrize("degrees", [-170, -30, 45, 180])
def test_a_turned_sky_brings_the_sun_along(degrees: float) -> None:
    before = scene(9)
    had, has = sun_bearing(before, 0.0), sun_bearing(turned_sky(before, degrees), 0.0)
    assert had is not None
    assert has is not None
    assert abs(turn_between(had + degrees, has)) < 0.1
