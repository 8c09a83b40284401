"""Direct sun on a place, and the sky above it, drawn."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from generique.backends.world.bake import (
    SUN_SAMPLES,
    Layer,
    layer_key,
    light_of,
)
from generique.backends.world.post import develop
from generique.backends.world.renderer import EFFORTS, Renderer
from generique.backends.world.sky_pass import clouds_of
from generique.backends.world.sun_rays import SUN_RADIUS, rounded, sun_rays
from generique.model.element import Quality, Raster
from generique.testing.stage import FolderStage
from generique.world.arrays import Floats
from generique.world.camera import camera_path
from generique.world.look import look_of
from generique.world.places.grammars import build
from generique.world.scene import SceneDocument
from generique.world.site import Site
from generique.world.sky.atmosphere import breathe
from generique.world.sky.storm import Storm
from generique.world.words.reading import Brief, read_prompt

SMALL = Raster(width=96, height=54)
Draw = Callable[..., Floats]


def scene(prompt: str, **time: float) -> SceneDocument:
    """A scene of a small suburb, seen level with half of the picture sky."""
    read = read_prompt(prompt, Brief(place_seed=7, seed=2, extent=100)).scene
    camera = read.camera.model_copy(update={"altitude": 24.0, "pitch": 0.0})
    at = read.time.model_copy(update=time)
    life = read.life.model_copy(update={"smoke": 0.0, "lit_windows": 0.0})
    return read.model_copy(update={"camera": camera, "time": at, "life": life})


@pytest.fixture(scope="module")
def suburb() -> Site:
    first = scene("snowy suburb")
    return build(first.place, first.life)


@pytest.fixture(scope="module")
def draw(suburb: Site, tmp_path_factory: pytest.TempPathFactory) -> Draw:
    folder = tmp_path_factory.mktemp("sky")

    def frames(shown: SceneDocument, *indices: int) -> Floats:
        light = light_of(shown, suburb, FolderStage(folder))
        renderer = Renderer(shown, suburb, light, camera_path(shown, suburb.layout), ())
        with renderer.open(SMALL, EFFORTS[Quality.DRAFT]):
            return np.array([renderer.frame(index)[..., :3] for index in indices or (0,)])

    return frames


def test_rays_fill_the_disc_of_the_sun() -> None:
    towards = np.array([0.6, 0.0, 0.8], np.float32)
    starts = np.zeros((3, 3), np.float32)
    origins, rays = sun_rays(starts, towards, SUN_SAMPLES, 0.5)
    assert origins.shape == rays.shape == (3 * SUN_SAMPLES, 3)
    assert np.linalg.norm(rays, axis=1) == pytest.approx(np.ones(len(rays)))
    angles = np.arccos(np.clip(rays.astype(float) @ towards, -1, 1))
    assert 0.2 * SUN_RADIUS < angles.max() < 1.2 * SUN_RADIUS
    assert np.abs(origins[:, :2]).max() <= 0.25
    assert len(np.unique(origins[:SUN_SAMPLES], axis=0)) == SUN_SAMPLES


def test_directions_are_kept_in_half_degrees() -> None:
    assert rounded((0.0, -math.cos(0.5), math.sin(0.5))) == (28.5, 180.0)
    noon = scene("sunny snowy suburb, noon")
    soon = noon.model_copy(update={"time": noon.time.model_copy(update={"hour": 12.01})})
    later = noon.model_copy(update={"time": noon.time.model_copy(update={"hour": 12.5})})
    assert layer_key(noon, Layer.SUN) == layer_key(soon, Layer.SUN)
    assert layer_key(noon, Layer.SUN) != layer_key(later, Layer.SUN)


def test_houses_throw_shadows(suburb: Site, tmp_path: Path) -> None:
    day = scene("sunny snowy suburb, noon")
    receivers, layers = light_of(day, suburb, FolderStage(tmp_path))
    sun = breathe(day).sky.sun_direction
    ground = layers[Layer.SUN].ground.astype(float)
    assert ground.max() == pytest.approx(sun[2], abs=0.01)
    dark = ground < 0.1 * sun[2]
    assert 0.1 < dark.mean() < 0.7
    # Within a step from each house, away from the sun, the snow lies in shadow.
    boxes = suburb.quads.corners[suburb.quads.corners[..., 2].max(axis=1) > 4.0]
    high = boxes.reshape(-1, 3)[np.argmax(boxes.reshape(-1, 3)[:, 2])]
    away = -np.array(sun[:2]) / sun[2] * high[2] * 0.5
    spot = high[:2] + away
    bounds = receivers.bounds
    cell = ((spot - [bounds.x0, bounds.y0]) * receivers.side / bounds.extent).astype(int)
    if (cell >= 0).all() and (cell < receivers.side).all():
        assert ground[cell[1], cell[0]] < 0.5 * sun[2]


def test_a_clear_sky_is_blue_and_an_overcast_one_grey(draw: Draw) -> None:
    clear = draw(scene("snowy suburb, noon, clear sky"))[0]
    grey = draw(scene("snowy suburb, noon, overcast"))[0]
    top = np.s_[:12]
    assert clear[top][..., 2].mean() > 1.8 * clear[top][..., 0].mean()
    assert grey[top][..., 2].mean() < 1.3 * grey[top][..., 0].mean()
    assert clear[30:].std() > 1.5 * grey[30:].std()


def test_the_sun_stands_where_it_is_computed(draw: Draw) -> None:
    low = scene("snowy suburb, sunset, clear sky")
    frame = draw(low)[0]
    row, column = np.unravel_index(frame.sum(axis=2).argmax(), frame.shape[:2])
    air = breathe(low)
    half = math.tan(math.radians(30))
    x = math.tan(math.radians((air.sun.azimuth + 180) % 360 - 180)) / half
    assert column == pytest.approx((x + 1) * SMALL.width / 2, abs=2)
    y = math.tan(math.radians(air.sun.altitude)) / half * 16 / 9
    assert row == pytest.approx((1 - y) * SMALL.height / 2, abs=2)


@pytest.mark.parametrize("bearing", [0.0, 90.0, 180.0, 244.03, 270.0])
def test_no_direction_breaks_the_picture(draw: Draw, bearing: float) -> None:
    frame = draw(scene("snowy suburb, dusk", bearing=bearing))[0]
    assert np.isfinite(frame).all()
    assert frame.mean() > 0.01


def test_a_flash_lights_sky_and_ground(draw: Draw) -> None:
    night = scene("suburb at night, thunderstorm")
    storm = Storm(night, breathe(night).lux)
    at = round(storm.starts[0] * 24)
    before, lit = draw(night, at - 1, at)
    assert lit[:20].mean() > 1.5 * before[:20].mean()
    assert lit[34:].mean() > 1.1 * before[34:].mean()


def test_northern_lights_are_green_and_move(draw: Draw) -> None:
    night = scene("snowy suburb, northern lights, clear sky", latitude=64.0)
    plain = night.model_copy(update={"weather": night.weather.model_copy(update={"aurora": 0.0})})
    first, later = draw(night, 0, 140)
    without = draw(plain)[0]
    green = first[:20] - without[:20]
    assert green[..., 1].sum() > 2 * green[..., 0].sum()
    assert np.abs(later[:20] - first[:20]).mean() > 0.02 * first[:20].mean()


def test_kinds_of_cloud() -> None:
    def kind(prompt: str) -> tuple[float, float, float]:
        shown = scene(prompt)
        clouds = clouds_of(breathe(shown), shown.weather)
        return clouds.threshold, clouds.cirrus, clouds.closed

    clear, broken, closed = (
        kind(f"suburb, noon, {sky}") for sky in ("clear sky", "broken clouds", "overcast")
    )
    assert clear == (1.0, 0.0, 0.0)
    assert broken[0] < 0.6
    assert broken[1] > 0.2
    assert closed[2] == 1.0


def test_cloud_is_white_by_day_and_lit_from_below_at_night() -> None:
    day, night = (
        scene(f"snowy suburb, {hour}, broken clouds") for hour in ("noon", "night, moonless")
    )
    noon, dark = (clouds_of(breathe(shown), shown.weather) for shown in (day, night))
    assert noon.lit.mean() > 1.5 * noon.shade.mean()
    assert dark.shade.mean() > dark.lit.mean()
    assert dark.shade[0] > dark.shade[2] * 0.95


def shown(shot: SceneDocument, frame: Floats) -> Floats:
    """A frame as it is shown, in OKLab (Ottosson 2020), height x width x 3."""
    with ThreadPoolExecutor(2) as pool:
        picture = develop(frame, look_of(shot), 1, pool).astype(float) / 255
    linear = np.where(picture <= 0.04045, picture / 12.92, ((picture + 0.055) / 1.055) ** 2.4)
    cone = [[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]]
    lab = [[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]]
    return np.asarray(np.cbrt(linear @ np.transpose(cone)) @ np.transpose(lab))


@pytest.mark.parametrize(
    "words", ["dusk", "dusk, light snow", "dusk, overcast", "dawn, mist", "dusk, fog"]
)
@pytest.mark.parametrize("turned", [0.0, 180.0])
def test_no_twilight_is_mauve(draw: Draw, words: str, turned: float) -> None:
    towards = scene(f"snowy suburb, {words}")
    bearing = (towards.time.bearing + turned) % 360
    shot = scene(f"snowy suburb, {words}", bearing=bearing)
    lab = shown(shot, draw(shot)[0])
    for part in (np.s_[:18], np.s_[18:30], np.s_[30:]):
        _, a, b = lab[part].reshape(-1, 3).mean(axis=0)
        hue, chroma = math.degrees(math.atan2(b, a)) % 360, math.hypot(a, b)
        assert chroma < 0.012 or not 285 < hue < 350, (part, hue, chroma)


def test_snow_at_dusk_is_blue_and_the_lamplit_road_warm(draw: Draw) -> None:
    shot = scene("snowy suburb, dusk")
    lamps, none = (
        draw(shot.model_copy(update={"life": shot.life.model_copy(update={"lamps": lit})}))[0]
        for lit in (True, False)
    )
    lit = lamps[34:].sum(axis=2) > 1.6 * none[34:].sum(axis=2)
    assert lit.mean() > 0.01
    pool, snow = lamps[34:][lit].mean(axis=0), none[34:].mean(axis=(0, 1))
    assert snow[2] > 1.2 * snow[0]
    assert pool[0] > 1.1 * pool[2]
