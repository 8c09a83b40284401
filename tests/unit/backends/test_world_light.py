from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from generique.backends.world.bake import (
    FORMAT,
    Baked,
    Layer,
    layer_key,
    layers_of,
    light_of,
    read_layer,
    write_layer,
)
from generique.backends.world.receivers import Receivers, ground_batches, vertex_batches
from generique.backends.world.relight import snowed
from generique.model.errors import Interrupted
from generique.model.time import Rate
from generique.testing.stage import FolderStage
from generique.world.places.grammars import build
from generique.world.scene import (
    Camera,
    Life,
    Move,
    Place,
    SceneDocument,
    Season,
    Time,
    TimeOfDay,
    Weather,
)
from generique.world.site import Site
from generique.world.sky.clock import DAYS, bearing_for, hour_of


def scene(
    time: TimeOfDay = TimeOfDay.NIGHT, season: Season = Season.WINTER, lit: float = 0.44
) -> SceneDocument:
    day = DAYS[season]
    hour = hour_of(time, day, 45.4)
    return SceneDocument(
        place=Place(seed=7, extent=100),
        time=Time(hour=hour, day=day, bearing=bearing_for(hour, day, 45.4, 0.5)),
        season=season,
        weather=Weather(snow_cover=0.9),
        camera=Camera(move=Move.STATIC, altitude=20, pitch=14, speed=0),
        life=Life(lit_windows=lit),
        rate=Rate(numerator=24),
        frames=2,
        seed=1,
    )


@pytest.fixture(scope="module")
def suburb() -> Site:
    night = scene()
    return build(night.place, night.life)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("light")


@pytest.fixture(scope="module")
def light(suburb: Site, folder: Path) -> tuple[Receivers, dict[Layer, Baked]]:
    return light_of(scene(), suburb, FolderStage(folder))


def test_a_night_has_all_layers(light: tuple[Receivers, dict[Layer, Baked]]) -> None:
    receivers, layers = light
    assert set(layers) == set(Layer)
    assert layers[Layer.LAMPS].ground.shape == (receivers.side, receivers.side, 3)
    for layer in layers.values():
        assert len(layer.vertex) == receivers.vertices
        assert np.isfinite(layer.ground).all()
        assert (layer.ground >= -1e-3).all()


def test_lamps_throw_pools(light: tuple[Receivers, dict[Layer, Baked]], suburb: Site) -> None:
    receivers, layers = light
    ground = layers[Layer.LAMPS].ground.astype(float).sum(axis=2)
    bounds = receivers.bounds
    texel = bounds.extent / receivers.side
    cell = ((suburb.lamps.head[:, :2] - [bounds.x0, bounds.y0]) / texel).astype(int)
    under = ground[cell[:, 1], cell[:, 0]]
    assert under.min() > 10 * np.median(ground)
    assert under.max() < 40


def test_walls_hide_the_sky(light: tuple[Receivers, dict[Layer, Baked]]) -> None:
    receivers, layers = light
    normal = np.concatenate([receivers.near.normal, receivers.far.normal])
    glass = np.concatenate([receivers.near.glass, receivers.far.glass])
    sky = layers[Layer.SKY].vertex.astype(float)
    roofs, walls = ~glass & (normal[:, 2] > 0.7), ~glass & (np.abs(normal[:, 2]) < 0.1)
    assert 0.5 < sky[roofs].mean() <= 1
    assert sky[walls].mean() < 0.55
    assert sky[glass].max() == 0


def test_light_is_kept_and_found_again(suburb: Site, folder: Path) -> None:
    light_of(scene(), suburb, FolderStage(folder))
    stage = FolderStage(folder)
    light_of(scene(), suburb, stage)
    assert stage.reports == []


def test_another_hour_bakes_only_what_changed(suburb: Site, folder: Path) -> None:
    light_of(scene(), suburb, FolderStage(folder))
    dawn = scene(TimeOfDay.DAWN)
    assert Layer.SUN not in layers_of(dawn)
    stage = FolderStage(folder)
    light_of(dawn, suburb, stage)
    assert stage.reports == []


def test_keys_say_what_a_layer_depends_on() -> None:
    night, dawn = scene(), scene(TimeOfDay.DAWN)
    summer, empty = scene(season=Season.SUMMER), scene(lit=0.1)
    for layer in (Layer.LAMPS, Layer.SKY, Layer.HOMES):
        assert layer_key(night, layer) == layer_key(dawn, layer)
        assert layer_key(night, layer) != layer_key(summer, layer)
    assert layer_key(night, Layer.LAMPS) == layer_key(empty, Layer.LAMPS)
    assert layer_key(night, Layer.HOMES) != layer_key(empty, Layer.HOMES)
    keys = {layer_key(night, layer) for layer in Layer}
    assert len(keys) == len(Layer)
    other = night.model_copy(update={"place": Place(seed=8, extent=100)})
    assert keys.isdisjoint({layer_key(other, layer) for layer in Layer})


def test_a_layer_comes_back_as_it_was(tmp_path: Path) -> None:
    baked = Baked(np.ones((4, 4), "f2"), np.arange(5, dtype="f2"), np.zeros(0, "f2"))
    write_layer(tmp_path / "a.npz", baked)
    again = read_layer(tmp_path / "a.npz")
    assert again is not None
    assert np.array_equal(again.vertex, baked.vertex)


def test_what_is_no_layer_is_baked_anew(tmp_path: Path) -> None:
    good = tmp_path / "a.npz"
    write_layer(good, Baked(*(np.ones(3, "f2") for _ in range(3))))
    broken = {
        "empty": b"",
        "text": b"not an archive",
        "cut": good.read_bytes()[:-40],
    }
    for name, data in broken.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert read_layer(path) is None, name
    np.savez(tmp_path / "old.npz", format=np.array("generique/bake/0"), ground=np.ones(1))
    assert read_layer(tmp_path / "old.npz") is None
    np.savez(tmp_path / "half.npz", format=np.array(FORMAT))
    assert read_layer(tmp_path / "half.npz") is None


def test_a_stop_comes_through_while_baking(suburb: Site, tmp_path: Path) -> None:
    stage = FolderStage(tmp_path, interrupt_after=1)
    with pytest.raises(Interrupted):
        light_of(scene(), suburb, stage)
    assert len(stage.reports) == 1


def test_batches_cover_the_place_once(light: tuple[Receivers, dict[Layer, Baked]]) -> None:
    receivers, _ = light
    for stride in (1, 2):
        index = np.concatenate([b.index for b in ground_batches(receivers, stride)])
        assert np.array_equal(np.sort(index), np.arange((receivers.side // stride) ** 2))
    index = np.concatenate([batch.index for batch in vertex_batches(receivers)])
    glass = np.concatenate([receivers.near.glass, receivers.far.glass])
    assert np.array_equal(np.sort(index), np.flatnonzero(~glass))


def test_thin_snow_lies_in_patches(
    suburb: Site, light: tuple[Receivers, dict[Layer, Baked]]
) -> None:
    mesh = light[0].near
    roof = mesh.snow > 0.5
    means = [snowed(mesh, cover)[roof].mean() for cover in (0.0, 0.4, 1.0)]
    assert means[0] < means[1] < means[2]
    assert snowed(mesh, 0.4)[roof].std() > snowed(mesh, 1.0)[roof].std()
