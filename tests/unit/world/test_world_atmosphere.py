"""Sky, air and exposure of hours and weathers."""

from __future__ import annotations

import numpy as np
import pytest

from generique.backends.world.sky_pass import fog_above
from generique.world.look import look_of
from generique.world.scene import Family, SceneDocument, TimeOfDay, Weather
from generique.world.sky.atmosphere import breathe
from generique.world.words.reading import Brief, read_prompt

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
SNOWY = read_prompt("snowy suburb", Brief()).scene


def at(name: str, **weather: float) -> SceneDocument:
    """A snowy suburb at a named hour of winter."""
    data = {**SNOWY.to_json(), "time": name, "weather": {"snow_cover": 0.9, **weather}}
    return SceneDocument.read(data, where="test")


@pytest.mark.parametrize("time", list(TimeOfDay)[:4])
def test_more_fog_is_less_clear(time: TimeOfDay) -> None:
    fogs = (0.0, 0.1, 0.15, 0.3, 0.6, 1.0)
    densities = [breathe(at(time.value, fog=fog)).density for fog in fogs]
    assert densities == sorted(densities)
    assert densities[0] > 0


def test_cloud_takes_the_moon_and_the_stars() -> None:
    clear, snowing = (breathe(at("night", snowfall=amount, fog=0)).sky for amount in (0.0, 1.0))
    assert max(snowing.sun) < max(clear.sun)
    assert snowing.stars < clear.stars


def test_bare_ground_is_exposed_longer() -> None:
    assert look_of(at("dusk", snow_cover=0)).exposure > look_of(at("dusk")).exposure


@pytest.mark.parametrize(
    ("name", "zenith", "horizon", "ambient", "exposure"),
    [
        ("night", (0.0050, 0.0084, 0.0158), (0.058, 0.0512, 0.0435), (0.0276, 0.0322, 0.0437), 3.7),
        ("dawn", (0.046, 0.090, 0.215), (0.132, 0.162, 0.225), (0.096, 0.134, 0.228), 2.1),
        ("dusk", (0.052, 0.100, 0.225), (0.139, 0.167, 0.225), (0.119, 0.158, 0.249), 1.75),
        ("overcast-day", (2.5, 2.7, 3.0), (3.6, 3.75, 3.95), (2.75, 2.85, 2.98), 0.67),
    ],
)
def test_four_hours_keep_their_light(
    name: str,
    zenith: tuple[float, ...],
    horizon: tuple[float, ...],
    ambient: tuple[float, ...],
    exposure: float,
) -> None:
    scene = at(name, fog=0, cloud=1.0 if name == "overcast-day" else 0.0)
    sky = breathe(scene).sky
    for found, was in ((sky.zenith, zenith), (sky.horizon, horizon), (sky.ambient, ambient)):
        assert found == pytest.approx(was, rel=0.02)
    assert look_of(scene).exposure == pytest.approx(exposure, rel=0.12)


def test_a_clear_day_has_a_blue_sky_and_a_warm_sun() -> None:
    clear = breathe(at("overcast-day", cloud=0, fog=0))
    assert clear.sky.zenith[2] > 2.5 * clear.sky.zenith[0]
    assert clear.sky.sun[0] > clear.sky.sun[2]
    lit, shade = np.array(clear.sky.sun) @ LUMINANCE, np.array(clear.sky.ambient) @ LUMINANCE
    assert 3 < lit / shade < 10
    assert max(breathe(at("overcast-day", cloud=1)).sky.sun) < 1e-6
    # Blue shadows: the sky alone is bluer than sky and sun together.
    level = np.array(clear.sky.ambient) + np.array(clear.sky.sun) * clear.sky.sun_direction[2]
    assert clear.sky.ambient[2] / clear.sky.ambient[0] > 1.4 * level[2] / level[0]


def test_snow_in_the_sun_is_not_clipped() -> None:
    scene = at("overcast-day", cloud=0, fog=0)
    sky = breathe(scene).sky
    level = np.array(sky.ambient) + np.array(sky.sun) * sky.sun_direction[2]
    assert (0.87 * level).max() * look_of(scene).exposure < 2.5


def test_far_from_a_town_the_night_is_darker() -> None:
    town = at("night", cloud=0)
    wild = town.model_copy(update={"place": town.place.model_copy(update={"family": Family.LAKE})})
    assert max(breathe(wild).sky.horizon) < 0.5 * max(breathe(town).sky.horizon)
    assert breathe(wild).lux < breathe(town).lux


def _walk(scene: SceneDocument, hour: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    turned = scene.time.model_copy(update={"hour": hour % 24})
    scene = scene.model_copy(update={"time": turned})
    air, look = breathe(scene), look_of(scene)
    sky = air.sky
    glowing, lit = (
        np.array(a) + np.array(b) for a, b in ((sky.horizon, sky.glow), (sky.ambient, sky.sun))
    )
    parts = [sky.zenith, sky.horizon, glowing, sky.ambient, lit, sky.haze, sky.far_haze]
    shares = [air.density * 300, sky.stars, sky.interior, air.artificial]
    grade = [look.vignette, look.saturation, look.power, 10 * look.grain]
    shown = np.concatenate(parts) * look.exposure
    # The eye sees ratios, but nothing below a hundredth.
    return np.concatenate([np.log2(shown + 0.01), shares, grade, [np.log2(look.exposure)]])


@pytest.mark.parametrize("latitude", [36.0, 52.0, 60.0, -34.0])
@pytest.mark.parametrize("cloud", [0.0, 0.7, 1.0])
def test_neighbouring_minutes_look_alike(latitude: float, cloud: float) -> None:
    scene = at("night", cloud=cloud, fog=0.1)
    time = scene.time.model_copy(update={"latitude": latitude, "day": 80})
    scene = scene.model_copy(update={"time": time})
    hours = [
        *np.arange(0, 24.1, 0.25),
        *np.arange(3.5, 7.5, 1 / 60),
        *np.arange(16.5, 20.5, 1 / 60),
    ]
    walk = np.array([_walk(scene, hour) for hour in sorted(hours)])
    # The quickest of all is the sun that comes over the rim.
    assert np.abs(np.diff(walk, axis=0)).max() < 0.45


def test_exposure_falls_with_the_light() -> None:
    names = ("night", "dusk", "sunset", "golden-hour", "overcast-day")
    hours = {"sunset": 16.4, "golden-hour": 15.6}
    stops = []
    for name in names:
        scene = at("dusk" if name in hours else name, cloud=0)
        if name in hours:
            time = scene.time.model_copy(update={"hour": hours[name]})
            scene = scene.model_copy(update={"time": time})
        stops.append(look_of(scene).exposure)
    assert stops == sorted(stops, reverse=True)


def test_weather_has_ranges() -> None:
    with pytest.raises(ValueError, match="cloud"):
        Weather(cloud=1.1)


def test_fog_lies_on_the_ground_and_haze_does_not() -> None:
    airs = [breathe(at("overcast-day", fog=fog)) for fog in (0.15, 0.22, 0.32, 0.5, 1.0)]
    assert [air.layer for air in airs[:2]] == [0.0, 0.0]
    layers = [air.layer for air in airs[1:]]
    assert layers == sorted(set(layers))
    for air in airs[2:]:
        # An aerial at the usual height is above it: roofs and crowns stand out of it.
        assert 12 < air.depth < 32
        assert air.layer > air.density
        assert fog_above(air, 62.0) < 0.25 * fog_above(air, 1.7)


def test_the_golden_hour_is_golden() -> None:
    summer = read_prompt("golden hour over an American suburb in summer, aerial", Brief()).scene
    noon = read_prompt("noon over an American suburb in summer, clear sky, aerial", Brief()).scene
    golden, plain = breathe(summer).sky, breathe(noon).sky
    assert golden.sun[0] > 4 * golden.sun[2]
    assert golden.haze[0] > golden.haze[2]
    assert plain.haze[0] < plain.haze[2]
    # The shade stays cool, or everything would be one brown.
    assert golden.ambient[2] > 1.3 * golden.ambient[0]


def test_a_night_without_a_town_is_opened_further() -> None:
    wild = read_prompt("farmland at night, full moon, aerial", Brief()).scene
    town = wild.model_copy(update={"place": SNOWY.place})
    assert look_of(wild).exposure > 2 * look_of(town).exposure
    assert look_of(wild).exposure < 8 * look_of(town).exposure
