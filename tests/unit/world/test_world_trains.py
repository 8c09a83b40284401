"""Trains: what they are made of, where they run, and the words for them."""

from __future__ import annotations

import numpy as np
import pytest

from generique.model.errors import NotCapable
from generique.world.kit.car import BODIES, car_shape, far_shape
from generique.world.kit.train_bodies import KIND_COACH, KIND_ENGINE, KIND_WAGON
from generique.world.layout import Layout
from generique.world.places.grammars import lay_out
from generique.world.scene import Country, Family, Life, Place
from generique.world.traffic import Fleet, passes
from generique.world.trains import CLEARANCE, trains, vehicles
from generique.world.words.reading import Brief, apply_note, read_prompt

TOWN = lay_out(Place(family=Family.MAIN_STREET, country=Country.UNITED_STATES, seed=5, extent=1024))
TERRACES = lay_out(
    Place(family=Family.TERRACES, country=Country.UNITED_KINGDOM, seed=5, extent=512)
)


@pytest.mark.parametrize("layout", [TOWN, TERRACES])
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_train_is_coupled_and_goes_through_the_middle(layout: Layout, seed: int) -> None:
    rake = trains(layout, 0.5, seed)
    railway = layout.railway
    assert railway is not None
    fleet = Fleet(rake)
    middle = float(railway.line[:, 0].mean())
    offsets = []
    for seconds in (0.0, 2.0, 6.0):
        pose = fleet.poses(seconds)
        assert np.allclose(pose[:, 1], railway.line[0, 1])
        assert np.allclose(pose[:, 3], railway.height)
        ends = [sum(np.abs(BODIES[car.kind].ends)) / 2 for car in rake]
        gaps = np.abs(np.diff(pose[:, 0])) - ends[:-1] - ends[1:]
        assert gaps.min() > 0.2
        assert gaps.max() < 2.5
        offsets.append((pose[0, 0] - middle) * np.sign(np.cos(pose[0, 2])))
    # Its head comes up to the middle of the place and passes it.
    assert offsets[0] < 0 < offsets[2]


def test_a_goods_train_and_a_train_of_coaches() -> None:
    goods = [car.kind for car in trains(TOWN, 0.5, 1)]
    assert goods[:2] == [KIND_ENGINE, KIND_ENGINE]
    assert set(goods[2:]) == {KIND_WAGON}
    assert {car.kind for car in trains(TERRACES, 0.5, 1)} == {KIND_COACH}
    assert len(trains(TERRACES, 1.0, 1)) > len(trains(TERRACES, 0.2, 1)) > 0
    assert trains(TERRACES, 0.0, 1) == ()
    assert trains(lay_out(Place(seed=1)), 1.0, 1) == ()
    for rake in (trains(TOWN, 1.0, 1), trains(TERRACES, 1.0, 1)):
        assert rake[0].lamps == (True, False)
        assert rake[-1].lamps == (False, True)
        assert not any(any(car.lamps) for car in rake[1:-1])


@pytest.mark.parametrize("family", [Family.MAIN_STREET, Family.TERRACES])
def test_a_long_train_never_meets_its_own_end(family: Family) -> None:
    country = Country.UNITED_STATES if family is Family.MAIN_STREET else Country.UNITED_KINGDOM
    layout = lay_out(Place(family=family, country=country, seed=5, extent=128))
    for seed in range(1, 6):
        rake = trains(layout, 1.0, seed)
        along = [car.start for car in rake]
        assert along == sorted(along, reverse=True)
        assert along[0] - along[-1] < rake[0].lane.length - 25


@pytest.mark.parametrize("kind", [KIND_ENGINE, KIND_COACH, KIND_WAGON])
def test_what_runs_on_rails_is_as_large_as_it_is(kind: int) -> None:
    for shape in (car_shape(kind), far_shape(kind)):
        size = np.ptp(shape.corners.reshape(-1, 3), axis=0)
        assert 14 < size[0] < 21
        assert 2.5 < size[1] < 3.2
        assert 3.0 < shape.corners[..., 2].max() < 4.4
        assert np.allclose(np.linalg.norm(shape.normal, axis=-1), 1, atol=1e-6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_car_drives_through_a_train(seed: int) -> None:
    moving = vehicles(TOWN, Life(traffic=1.0, trains=1.0), seed)
    rails = [car.kind >= KIND_ENGINE for car in moving]
    assert any(rails)
    assert not all(rails)
    for seconds in np.arange(0.0, 30.0, 0.5):
        pose = Fleet(moving).poses(float(seconds))
        train, cars = pose[np.array(rails)], pose[~np.array(rails)]
        apart = np.hypot(*(cars[:, None, :2] - train[None, :, :2]).transpose(2, 0, 1))
        assert apart.min() > CLEARANCE - 8
    # Under a viaduct they do pass.
    under = vehicles(TERRACES, Life(traffic=1.0, trains=1.0), seed)
    assert len(under) == len(vehicles(TERRACES, Life(traffic=1.0), seed)) + 6


def test_a_train_is_no_car_to_the_sound() -> None:
    rake = trains(TERRACES, 1.0, 1)
    assert TERRACES.railway is not None
    eye = np.array([0.0, TERRACES.railway.line[0, 1] - 20, 12.0])
    assert passes(rake, lambda _: (eye, np.array([0.0, 1.0, 0.0])), 6.0) == ()


@pytest.mark.parametrize(
    ("prompt", "amount"),
    [
        ("terraced street in England at dusk, a train passes", 0.5),
        ("small town main street, a freight train crossing", 0.5),
        ("small town, no trains", 0.0),
        ("small town at dawn", 0.0),
        ("petite ville, un train passe", 0.5),
        ("rue de maisons mitoyennes en Angleterre, train, la nuit", 0.5),
    ],
)
def test_a_prompt_asks_for_a_train(prompt: str, amount: float) -> None:
    scene = read_prompt(prompt, Brief()).scene
    assert scene.life.trains == amount
    assert bool(trains(lay_out(scene.place), amount, scene.seed)) == (amount > 0)


def test_a_note_takes_a_train_away_and_brings_one() -> None:
    scene = read_prompt("small town, a train passes", Brief()).scene
    assert apply_note(scene, "no trains").scene.life.trains == 0
    assert apply_note(read_prompt("small town", Brief()).scene, "a train").scene.life.trains == 0.5


@pytest.mark.parametrize(
    "prompt", ["farmland, a passing train", "terraced street in France, train", "suburb, trains"]
)
def test_a_train_needs_a_railway(prompt: str) -> None:
    with pytest.raises(NotCapable) as caught:
        read_prompt(prompt, Brief())
    assert any("train" in word for word in caught.value.unknown)
