"""Sun, moon and named hours."""

from __future__ import annotations

import math

import pytest

from generique.model.errors import NotCapable, UnreadableInput
from generique.world.scene import Country, SceneDocument, Season, Time, TimeOfDay
from generique.world.sky.clock import (
    DAYS,
    LATITUDES,
    RULES,
    bearing_for,
    check_hour,
    heavens,
    hour_of,
    narrowest,
)
from generique.world.sky.sun import (
    HORIZON,
    declination,
    hour_of_altitude,
    moon_at,
    moon_brightness,
    sun_at,
)
from generique.world.sky.wonders import check_heavens
from generique.world.words.reading import Brief, read_prompt


@pytest.mark.parametrize(
    ("day", "degrees"),
    [
        (15, -21.2),
        (80, -0.2),
        (105, 9.7),
        (172, 23.44),
        (227, 14.1),
        (288, -8.3),
        (355, -23.43),
    ],
)
def test_declination_as_almanacs_have_it(day: int, degrees: float) -> None:
    assert declination(day) == pytest.approx(degrees, abs=0.5)


@pytest.mark.parametrize(
    ("day", "latitude", "length"),
    [
        (355, 51.5, 7 + 50 / 60),
        (172, 51.5, 16 + 38 / 60),
        (172, 40.7, 15 + 5 / 60),
        (355, 60.4, 5 + 49 / 60),
        (172, 0.0, 12 + 7 / 60),
    ],
)
def test_length_of_days_as_published(day: int, latitude: float, length: float) -> None:
    rise = hour_of_altitude(HORIZON, day, latitude, setting=False)
    fall = hour_of_altitude(HORIZON, day, latitude, setting=True)
    assert rise is not None
    assert fall is not None
    assert fall - rise == pytest.approx(length, abs=0.08)


@pytest.mark.parametrize(
    ("day", "latitude", "azimuth"), [(172, 51.5, 49.0), (355, 51.5, 128.0), (172, 40.7, 57.5)]
)
def test_sunrise_stands_where_it_is_published(day: int, latitude: float, azimuth: float) -> None:
    rise = hour_of_altitude(HORIZON, day, latitude, setting=False)
    assert rise is not None
    assert sun_at(rise, day, latitude).azimuth == pytest.approx(azimuth, abs=1.0)


def test_noon_is_south_and_highest() -> None:
    noon = sun_at(12, 172, 45.0)
    assert noon.altitude == pytest.approx(90 - 45 + 23.44, abs=0.1)
    assert noon.azimuth == pytest.approx(180)
    assert sun_at(12, 172, -45.0).azimuth == pytest.approx(0, abs=1e-6)
    x, y, z = noon.vector()
    assert math.hypot(x, y, z) == pytest.approx(1)
    assert y < 0 < z


def test_the_full_moon_is_high_in_winter_and_opposite_the_sun() -> None:
    moon, sun = moon_at(0, 355, 50.0, 0.5), sun_at(0, 355, 50.0)
    assert moon.altitude == pytest.approx(-sun.altitude, abs=0.3)
    assert moon.altitude > 60
    assert moon_at(0, 172, 50.0, 0.5).altitude < 20
    assert moon_at(12, 100, 50.0, 0.0).altitude == pytest.approx(
        sun_at(12, 100, 50.0).altitude, abs=0.3
    )


def test_the_first_quarter_stands_south_at_sunset() -> None:
    assert moon_at(18, 80, 45.0, 0.25).azimuth == pytest.approx(180, abs=4)
    assert moon_brightness(0.5) == 1
    assert moon_brightness(0.25) == pytest.approx(0.09, abs=0.02)
    assert moon_brightness(0.0) < 0.001


@pytest.mark.parametrize("season", list(Season))
@pytest.mark.parametrize("latitude", [36.0, 45.4, 60.4])
def test_named_hours_are_in_order(season: Season, latitude: float) -> None:
    day = DAYS[season]
    order = [
        TimeOfDay.DAWN,
        TimeOfDay.SUNRISE,
        TimeOfDay.MORNING,
        TimeOfDay.OVERCAST_DAY,
        TimeOfDay.NOON,
        TimeOfDay.AFTERNOON,
        TimeOfDay.SUNSET,
        TimeOfDay.DUSK,
        TimeOfDay.BLUE_HOUR,
    ]
    hours = [hour_of(name, day, latitude) for name in order]
    assert hours == sorted(hours)
    assert sun_at(hours[-2], day, latitude).altitude == pytest.approx(-4.75, abs=0.1)


def test_what_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(NotCapable, match="no sunrise on day 355 at latitude 75") as caught:
        hour_of(TimeOfDay.SUNRISE, 355, 75.0)
    assert "altitude" in str(caught.value.why)
    with pytest.raises(NotCapable):
        hour_of(TimeOfDay.NIGHT, 172, 70.0)
    with pytest.raises(NotCapable):
        hour_of(TimeOfDay.NOON, 355, 75.0)


def test_a_clock_has_to_agree_with_a_name() -> None:
    check_hour(TimeOfDay.NIGHT, 3, 15, 45)
    check_hour(TimeOfDay.OVERCAST_DAY, 9, 15, 45)
    for name, hour in (
        (TimeOfDay.NOON, 3.0),
        (TimeOfDay.NIGHT, 12.0),
        (TimeOfDay.DUSK, 7.0),
        (TimeOfDay.MORNING, 15.0),
    ):
        with pytest.raises(NotCapable, match="contradicts"):
            check_hour(name, hour, 15, 45)


def test_the_narrowest_name_wins() -> None:
    assert narrowest([TimeOfDay.OVERCAST_DAY, TimeOfDay.NOON]) is TimeOfDay.NOON
    assert narrowest([TimeOfDay.NIGHT, TimeOfDay.MIDNIGHT]) is TimeOfDay.MIDNIGHT
    assert narrowest([TimeOfDay.NOON, TimeOfDay.MIDNIGHT]) is None


def test_every_name_has_a_rule_and_every_country_a_latitude() -> None:
    assert set(RULES) == set(TimeOfDay)
    assert set(LATITUDES) == set(Country)


def test_the_set_is_turned_so_that_the_light_is_seen() -> None:
    dusk = read_prompt("suburb at dusk in winter", Brief()).scene
    assert heavens(dusk).sun.azimuth == pytest.approx(330, abs=0.2)
    compass = read_prompt("suburb at dusk in winter, looking west", Brief()).scene
    assert compass.time.bearing == 0
    assert heavens(compass).sun.azimuth == pytest.approx(244, abs=1)
    assert bearing_for(22, 15, 45.4, 0.5) == pytest.approx(163.8)


@pytest.mark.parametrize("name", ["night", "dawn", "dusk", "overcast-day"])
@pytest.mark.parametrize("season", list(Season))
def test_documents_of_scene_1_are_still_read(name: str, season: Season) -> None:
    today = read_prompt("suburb at night", Brief()).scene
    old = today.to_json()
    weather = {
        key: old["weather"][key] for key in ("snow_cover", "snowfall", "rain", "fog", "wind")
    }
    old |= {
        "schema_version": "generique/scene/1",
        "grammar": "1",
        "time": name,
        "season": season.value,
        "weather": weather,
    }
    read = SceneDocument.read(old, where="test")
    assert read.schema_version == "generique/scene/2"
    assert read.grammar == "2"
    hour = hour_of(TimeOfDay(name), DAYS[season], 45.4)
    assert read.time == Time(
        hour=hour, day=DAYS[season], bearing=bearing_for(hour, DAYS[season], 45.4, 0.5)
    )
    assert read.weather.cloud == (1.0 if name == "overcast-day" else 0.35)


def test_a_document_of_scene_1_with_a_wrong_hour_is_unreadable() -> None:
    old = read_prompt("suburb at night", Brief()).scene.to_json()
    old |= {"schema_version": "generique/scene/1", "grammar": "1", "time": "teatime"}
    with pytest.raises(UnreadableInput) as caught:
        SceneDocument.read(old, where="test")
    assert "time" in str(caught.value.why)


@pytest.mark.parametrize(
    "weather",
    [
        {"lightning": 0.5, "cloud": 0.4},
        {"aurora": 0.5, "cloud": 0.9},
    ],
)
def test_a_document_whose_sky_excludes_itself_is_refused(weather: dict[str, float]) -> None:
    scene = read_prompt("suburb at night", Brief()).scene
    changed = scene.model_copy(update={"weather": scene.weather.model_copy(update=weather)})
    with pytest.raises(NotCapable):
        check_heavens(changed)
    check_heavens(scene)
