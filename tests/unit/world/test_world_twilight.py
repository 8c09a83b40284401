"""The colour of dusk, dawn and moonlit night: blue by the sky, warm where the sun was."""

from __future__ import annotations

import math

import numpy as np
import pytest

from generique.backends.world.sky_pass import belt_uniforms, clouds_of
from generique.world.scene import SceneDocument
from generique.world.sky.atmosphere import Air, breathe
from generique.world.sky.clock import DAYS
from generique.world.sky.daylight_colour import daylight
from generique.world.sky.sun import hour_of_altitude
from generique.world.words.reading import Brief, read_prompt

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
BLUE = (225.0, 280.0)
"""Hues, degrees of OKLab, from cyan's neighbour to where violet begins."""
NAMES = ("zenith", "horizon", "ambient", "haze")


def hue_and_chroma(light: tuple[float, ...]) -> tuple[float, float]:
    """Hue in degrees and chroma by OKLab (Ottosson 2020) of linear light of middle brightness."""
    rgb = np.array(light) / (np.array(light) @ LUMINANCE) * 0.2
    cone = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    _, a, b = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    ) @ np.cbrt(cone @ rgb)
    return math.degrees(math.atan2(b, a)) % 360, math.hypot(a, b)


def air_at(altitude: float, *, evening: bool, cloud: float = 0.0) -> Air:
    """The air over a suburb in winter, without fog, with the sun at an altitude."""
    scene = read_prompt("snowy suburb", Brief()).scene
    day = DAYS[scene.season]
    hour = hour_of_altitude(altitude, day, 45.4, setting=evening)
    assert hour is not None
    time = scene.time.model_copy(update={"hour": hour, "day": day, "latitude": 45.4})
    weather = scene.weather.model_copy(update={"cloud": cloud, "fog": 0.0, "snowfall": 0.0})
    return breathe(scene.model_copy(update={"time": time, "weather": weather}))


def test_the_daylight_locus_is_white_at_d65_and_never_mauve() -> None:
    assert daylight(6504) == pytest.approx((1, 1, 1), abs=0.005)
    for kelvin in (8000, 10_000, 15_000, 25_000):
        hue, chroma = hue_and_chroma(daylight(kelvin))
        assert 255 < hue < 270
        assert chroma > 0.01
        assert np.array(daylight(kelvin, 0.3)) @ LUMINANCE == pytest.approx(0.3, rel=1e-3)
    with pytest.raises(ValueError, match="locus"):
        daylight(2800)


@pytest.mark.parametrize("side", ["dawn", "dusk"])
@pytest.mark.parametrize("altitude", [-7.0, -6.0, -4.75, -4.0, -3.0])
@pytest.mark.parametrize("cloud", [0.0, 0.7, 1.0])
def test_twilight_away_from_the_sun_is_blue(altitude: float, cloud: float, side: str) -> None:
    sky = air_at(altitude, evening=side == "dusk", cloud=cloud).sky
    for name in NAMES:
        hue, _ = hue_and_chroma(getattr(sky, name))
        assert BLUE[0] < hue < BLUE[1], (name, hue)
    far = tuple(np.array(sky.haze) * np.array(sky.far_haze))
    assert BLUE[0] < hue_and_chroma(far)[0] < BLUE[1]


@pytest.mark.parametrize("side", ["dawn", "dusk"])
def test_opposite_the_sun_at_minus_four_the_sky_is_pale_and_above_it_deep(side: str) -> None:
    sky = air_at(-4.0, evening=side == "dusk").sky
    low, high = hue_and_chroma(sky.horizon)[1], hue_and_chroma(sky.zenith)[1]
    assert 0.01 < low < 0.06
    assert high > 1.8 * low
    hue, _ = hue_and_chroma(sky.glow)
    assert 40 < hue < 85


def test_twilight_has_ten_thousand_kelvin_and_more() -> None:
    coldest, warmest = daylight(25_000), daylight(10_000)
    for altitude in (-7.0, -6.0, -4.75):
        red, _, blue = air_at(altitude, evening=True).sky.ambient
        assert warmest[2] / warmest[0] < blue / red < coldest[2] / coldest[0] * 1.2


def test_an_overcast_dusk_is_greyer_than_a_clear_one() -> None:
    clear, closed = (air_at(-4.75, evening=True, cloud=cloud).sky for cloud in (0.0, 1.0))
    assert hue_and_chroma(closed.zenith)[1] < 0.6 * hue_and_chroma(clear.zenith)[1]
    assert max(closed.glow) < 0.6 * max(clear.glow)


def test_low_cloud_loses_the_sun_first() -> None:
    def glows(altitude: float) -> tuple[float, float]:
        scene = read_prompt("snowy suburb", Brief()).scene
        clouds = clouds_of(air_at(altitude, evening=True, cloud=0.35), scene.weather)
        return clouds.glow, clouds.cirrus_glow

    low, high = glows(-2.4)
    assert high > 2 * low
    assert max(glows(-6.0)) < 0.12
    assert min(glows(0.5)) > 0.6


def test_the_belt_of_venus_rises_and_is_lost() -> None:
    def belt(altitude: float) -> tuple[float, float]:
        found = belt_uniforms(air_at(altitude, evening=True))
        return float(np.max(np.asarray(found["belt"]))), float(np.asarray(found["beltHeight"]))

    assert belt(-3.0)[0] > 3 * belt(-5.5)[0]
    assert belt(-7.0)[0] == 0.0
    assert belt(10.0)[0] == 0.0
    assert belt(-4.0)[1] > 1.5 * belt(-1.0)[1]
    # A pastel: the sky with the belt in it is rosier than without, and no pink of its own.
    air = air_at(-3.0, evening=True)
    tinted = np.array(air.sky.horizon) + np.asarray(belt_uniforms(air)["belt"])
    assert hue_and_chroma(tuple(tinted))[1] < 0.05


def moonlit(prompt: str) -> tuple[SceneDocument, Air]:
    """A night far from a town."""
    scene = read_prompt(prompt, Brief()).scene
    return scene, breathe(scene)


def test_moonlit_land_is_a_dark_blue_grey() -> None:
    _, air = moonlit("desert at night, full moon, aerial")
    level = np.array(air.sky.ambient) + np.array(air.sky.sun) * air.sky.sun_direction[2]
    hue, chroma = hue_and_chroma(tuple(level))
    assert BLUE[0] < hue < BLUE[1]
    assert chroma < 0.055


def test_a_night_of_few_clouds_has_no_lone_heaps() -> None:
    scene, air = moonlit("desert at night, stars, aerial")
    assert 0 < scene.weather.cloud < 0.25
    assert clouds_of(air, scene.weather).threshold == 1.0
    broken, air = moonlit("desert at night, broken clouds, aerial")
    assert clouds_of(air, broken.weather).threshold < 0.7
