"""What can be proved of a picture because its scene is known."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from generique.backends.world.bake import light_of
from generique.backends.world.plate_renderer import PlateRenderer
from generique.backends.world.post import develop
from generique.backends.world.reel import Reel
from generique.backends.world.renderer import EFFORTS
from generique.model.element import Quality, Raster
from generique.testing.stage import FolderStage
from generique.world.arrays import Floats
from generique.world.camera import camera_path
from generique.world.owners import NUMBERS, Thing
from generique.world.places.grammars import build, lay_out
from generique.world.scene import SceneDocument
from generique.world.staging import sky_share, stage
from generique.world.trains import vehicles
from generique.world.words.reading import Brief, read_prompt

RASTER = Raster(width=192, height=108)


def scene_of(prompt: str, extent: float = 220) -> SceneDocument:
    return read_prompt(prompt, Brief(frames=48, place_seed=7, extent=extent)).scene


@contextmanager
def frames_of(scene: SceneDocument, folder: Path) -> Iterator[Reel]:
    layout = lay_out(scene.place)
    moving = stage(scene, layout), vehicles(layout, scene.life, scene.seed)
    shown = RASTER, EFFORTS[Quality.DRAFT]
    with closing(Reel(scene, moving, shown, FolderStage(folder))) as reel:
        yield reel


def developed(scene: SceneDocument, folder: Path, indices: tuple[int, ...]) -> list[Floats]:
    """Frames as they are shown, 0 to 1, without the grain, which would hide two that are alike."""
    plain = scene.model_copy(update={"grade": scene.grade.model_copy(update={"grain": 0.0})})
    with frames_of(plain, folder) as reel, ThreadPoolExecutor(2) as pool:
        shown = []
        for index in indices:
            linear, look = reel.frame(index, index / 24)
            shown.append(develop(linear, look, 1, pool).astype(np.float32) / 255)
        return shown


@pytest.mark.parametrize(
    "prompt",
    [
        "sea coast with a lighthouse, afternoon, aerial",
        "city at night, aerial",
        "farmland, summer morning, aerial",
        "interior corridor at night, slow push-in",
        "highway at dusk, heavy traffic, aerial",
    ],
)
def test_no_frame_is_black_frozen_or_empty(prompt: str, tmp_path: Path) -> None:
    first, next_, last = developed(scene_of(prompt), tmp_path, (0, 1, 47))
    for frame in (first, next_, last):
        assert 0.01 < frame.mean() < 0.9
        assert frame.std() > 0.02
        assert (frame.min(axis=2) > 0.995).mean() < 0.1
    assert np.abs(first - next_).mean() > 1e-4
    assert np.abs(first - last).mean() > np.abs(first - next_).mean()


def test_the_hour_shows_in_the_light(tmp_path: Path) -> None:
    hours = ("night", "dusk", "overcast day", "clear noon")
    night, dusk, overcast, noon = (
        developed(scene_of(f"suburb, {hour}, aerial"), tmp_path, (0,))[0].mean() for hour in hours
    )
    assert night < 0.75 * min(dusk, overcast, noon)
    assert 0.02 < night < 0.25
    assert 0.25 < noon < 0.75


def test_what_the_prompt_names_is_in_the_ids(tmp_path: Path) -> None:
    scene = scene_of("overcast day, suburb, houses, trees, parked cars, street lamps, aerial")
    site = build(scene.place, scene.life)
    light = light_of(scene, site, FolderStage(tmp_path))
    path = camera_path(scene, site.layout)
    with PlateRenderer(scene, site, light, path, ()).open(RASTER, EFFORTS[Quality.DRAFT]) as drawn:
        frame = drawn.plate(0)
    seen = {Thing(int(code)) for code in np.unique(frame.owners[0] // NUMBERS)}
    assert {Thing.HOUSE, Thing.TREE, Thing.CAR, Thing.LAMP, Thing.GROUND, Thing.SKY} <= seen
    horizon = (frame.owners[0] == int(Thing.SKY) * NUMBERS).all(axis=1)
    expected = sky_share(path.pose(0.0))
    assert horizon.mean() == pytest.approx(expected, abs=0.09)


def test_the_share_of_lit_windows_is_the_one_that_was_asked_for() -> None:
    scene = scene_of("suburb at night, aerial", 1024)

    def burning(lit: float) -> int:
        life = scene.life.model_copy(update={"lit_windows": lit})
        return int((build(scene.place, life).quads.emission.max(axis=1) > 0).sum())

    none, all_ = burning(0.0), burning(1.0)
    for lit in (0.15, 0.44, 0.8):
        assert (burning(lit) - none) / (all_ - none) == pytest.approx(lit, abs=0.05)


def test_day_becomes_night_without_a_jump(tmp_path: Path) -> None:
    scene = scene_of("suburb from day to night, static aerial")
    shown = developed(scene, tmp_path, (0, 12, 24, 36, 47))
    means = [float(frame.mean()) for frame in shown]
    assert means[0] > 1.5 * means[-1]
    near = developed(scene, tmp_path, (23, 24))
    assert abs(float(near[0].mean() - near[1].mean())) < 0.03
