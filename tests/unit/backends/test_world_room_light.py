"""Light in rooms: the day comes in by the window alone, and the picture is exposed for the room."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from generique.backends.world.bake import Baked, Layer, layer_key, light_of
from generique.backends.world.receivers import Receivers
from generique.testing.stage import FolderStage
from generique.world.indoor_light import LAMP_LEVEL, lamps_indoors
from generique.world.layout import Indoors
from generique.world.look import look_of
from generique.world.places.grammars import build
from generique.world.scene import Room, SceneDocument
from generique.world.sky.atmosphere import breathe
from generique.world.words.reading import Brief, read_prompt


def scene(prompt: str) -> SceneDocument:
    return read_prompt(prompt, Brief(place_seed=3, extent=100)).scene


def baked(prompt: str, folder: Path) -> tuple[Receivers, dict[Layer, Baked], Indoors]:
    shown = scene(prompt)
    site = build(shown.place, shown.life)
    receivers, layers = light_of(shown, site, FolderStage(folder))
    assert receivers.room is not None
    return receivers, layers, receivers.room


def test_no_day_comes_into_a_corridor(tmp_path: Path) -> None:
    receivers, layers, _ = baked("hospital corridor at noon", tmp_path)
    inside = receivers.indoors(receivers.near)
    count = len(inside)
    assert inside.sum() > 10_000
    assert layers[Layer.SKY].vertex[:count][inside].max() == 0
    if Layer.SUN in layers:
        assert layers[Layer.SUN].vertex[:count][inside].max() == 0
    assert layers[Layer.HOMES].vertex[:count][inside].max() > 0.5


@pytest.fixture(scope="module")
def morning(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Receivers, dict[Layer, Baked], Indoors]:
    return baked("living room in the morning", tmp_path_factory.mktemp("morning"))


def test_the_edge_of_the_ceiling_is_no_brighter_than_the_wall_below(
    morning: tuple[Receivers, dict[Layer, Baked], Indoors],
) -> None:
    receivers, layers, room = morning
    near, sky = receivers.near, layers[Layer.SKY].vertex.astype(float)
    inside = np.flatnonzero(receivers.indoors(near) & ~near.glass)
    upright = inside[np.abs(near.normal[inside, 2]) < 0.1]
    east = upright[np.abs(near.position[upright, 0] - room.high[0]) < 0.01]
    height = near.position[east, 2]
    edge, below = east[height > room.high[2] - 0.02], east[(height > 1.6) & (height < 2.3)]
    assert len(edge) > 10
    assert sky[edge].max() < 1.5 * sky[below].max()
    # In the open a wall sees half of the sky; here a few hundredths.
    assert sky[edge].mean() < 0.04
    assert 0.005 < sky[inside].mean() < 0.04


def test_what_walls_throw_is_even(morning: tuple[Receivers, dict[Layer, Baked], Indoors]) -> None:
    receivers, layers, room = morning
    near, sky = receivers.near, layers[Layer.SKY].vertex.astype(float)
    above = np.flatnonzero(
        (near.normal[:, 2] < -0.9) & (np.abs(near.position[:, 2] - room.high[2]) < 0.001)
    )
    middle = (np.array(room.low) + room.high)[:2] / 2
    values = sky[above[np.all(np.abs(near.position[above, :2] - middle) < 1.0, axis=1)]]
    assert len(values) > 30
    assert values.std() < 0.15 * values.mean()


def test_lamps_keep_their_share_of_the_lux() -> None:
    noon, night = (breathe(scene(f"living room at {hour}")) for hour in ("noon", "night"))
    assert lamps_indoors(night) == 1
    assert lamps_indoors(noon, window=False) == 1
    assert 0.005 < lamps_indoors(noon) * LAMP_LEVEL / 0.07 < 0.2


@pytest.mark.parametrize("room", ["living room", "hotel room"])
def test_a_room_is_exposed_for_itself_by_day(room: str) -> None:
    noon, night = (scene(f"{room} at {hour}") for hour in ("noon", "night"))
    level = np.pi * np.mean(breathe(noon).sky.ambient) * 0.018
    by_day, by_night = look_of(noon).exposure * level, look_of(night).exposure * LAMP_LEVEL
    # As bright by day as by lamplight, within a stop and a half.
    assert 0.8 < by_day / by_night < 2.8
    # An exposure in the open would leave it black.
    assert look_of(noon).exposure > 16 * look_of(scene("suburb at noon")).exposure


def test_the_exposure_goes_evenly_through_the_day() -> None:
    shown = scene("living room at noon")
    hours = np.arange(0, 24, 0.1)
    times = [shown.time.model_copy(update={"hour": float(hour)}) for hour in hours]
    looks = [look_of(shown.model_copy(update={"time": time})) for time in times]
    stops = np.log2([look.exposure for look in looks])
    assert np.abs(np.diff(stops)).max() < 0.8


def test_a_corridor_knows_no_hour() -> None:
    noon, night = (scene(f"office corridor at {hour}") for hour in ("noon", "night"))
    assert look_of(noon) == look_of(night)


def test_a_room_has_light_of_its_own_key() -> None:
    one = scene("living room at noon")
    other = one.place.model_copy(update={"room": Room.HOTEL_ROOM})
    keys = {
        layer_key(one, Layer.SKY),
        layer_key(one.model_copy(update={"place": other}), Layer.SKY),
        layer_key(scene("living room at night"), Layer.SKY),
    }
    assert len(keys) == 3
