from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from generique.model.errors import NotCapable
from generique.testing.scenes import shot_of
from generique.world.mesh import Surface
from generique.world.places.grammars import build, lay_out
from generique.world.places.interior.plan import (
    BY_SEED,
    CORRIDORS,
    Kind,
    has_window,
    kind_of,
    lamps_burn,
)
from generique.world.scene import (
    Family,
    Life,
    Move,
    Place,
    Room,
    SceneDocument,
    Season,
)
from generique.world.staging import stage


def place(kind: Kind, extent: float = 100, seed: int = 3) -> Place:
    room = Room(kind.value)
    return Place(family=Family.INTERIOR, seed=seed, extent=extent, room=room)


def scene(where: Place, **camera: Any) -> SceneDocument:
    values = {"move": Move.STATIC, "altitude": 1.5, "pitch": 3, "speed": 0, **camera}
    return shot_of(where, Season.WINTER, 48, **values)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_room_is_closed_and_repeats(kind: Kind) -> None:
    site, again = build(place(kind), Life()), build(place(kind), Life())
    assert np.array_equal(site.quads.corners, again.quads.corners)
    room = site.layout.indoors
    assert room is not None
    low, high = np.array(room.low), np.array(room.high)
    lights = site.home_lights.position
    assert len(lights) > 10
    assert np.all((lights > low) & (lights < high))
    points = site.quads.corners[site.quads.surface == Surface.SOLID].reshape(-1, 3)
    for axis in range(3):
        assert points[:, axis].min() <= low[axis] + 0.02
        assert points[:, axis].max() >= high[axis] - 0.02


@pytest.mark.parametrize("extent", [100, 1024])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_camera_stands_in_a_room_whatever_the_extent(kind: Kind, extent: float) -> None:
    where = place(kind, extent)
    for height in (0.5, 1.2, 1.8):
        path = stage(scene(where, altitude=height), lay_out(where))
        x, y, z = path.pose(0.0).position
        assert z == pytest.approx(height, abs=0.2)
        first = lay_out(where).guide[0]
        assert np.hypot(x - first[0], y - first[1]) < 1.0


def test_a_camera_goes_down_a_corridor_but_through_no_wall() -> None:
    where = place(Kind.HOSPITAL)
    layout = lay_out(where)
    path = stage(scene(where, move=Move.PUSH_IN, speed=1.2), layout)
    assert path.pose(2.0).position[1] - path.pose(0.0).position[1] == pytest.approx(2.4, abs=0.2)
    with pytest.raises(NotCapable, match="wall"):
        stage(scene(where, altitude=2.9), layout)
    with pytest.raises(NotCapable, match="wall"):
        stage(scene(where, move=Move.TRUCK, direction="right", speed=2), layout)
    with pytest.raises(NotCapable, match="m/s"):
        stage(scene(where, move=Move.PUSH_IN, speed=6), layout)


def test_furniture_stands_on_the_floor() -> None:
    site = build(place(Kind.LIVING), Life())
    room = site.layout.indoors
    assert room is not None
    points = site.quads.corners.reshape(-1, 3)
    inside = np.all((points > np.array(room.low) - 0.01)[:, :2], axis=1)
    inside &= np.all((points < np.array(room.high) + 0.01)[:, :2], axis=1)
    # Under the floor there is the slab alone.
    inside &= points[:, 2] > -0.29
    assert points[inside, 2].min() >= 0
    # A sofa's seat, a table's top and a shelf's top at the heights of such things.
    for height in (0.42, 0.53, 2.13):
        assert np.any(np.abs(points[inside, 2] - height) < 0.03)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_light_can_be_off_and_moves_nothing(kind: Kind) -> None:
    on, off = (build(place(kind), Life(lit_windows=lit, lamps=False)) for lit in (0.5, 0))
    assert np.array_equal(on.quads.corners, off.quads.corners)
    assert on.quads.emission.max() > 0.5
    assert off.quads.emission.max() == 0


def test_a_kind_that_is_named_is_built_and_the_seed_decides_of_the_rest() -> None:
    for kind in Kind:
        assert {kind_of(place(kind, seed=seed)) for seed in range(6)} == {kind}
    interior = [Place(family=Family.INTERIOR, seed=seed) for seed in range(40)]
    assert {kind_of(one) for one in interior} == set(BY_SEED)
    some = [one.model_copy(update={"room": Room.CORRIDOR}) for one in interior]
    assert {kind_of(one) for one in some} == set(CORRIDORS)


@pytest.mark.parametrize("wrong", [{"room": Room.LIVING}, {"outside": Family.SUBURB}])
def test_only_an_interior_is_a_room(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="is no room"):
        Place(seed=1, **wrong)


def test_a_place_that_names_no_room_is_written_as_before() -> None:
    assert set(Place(seed=1).to_json()) == {"family", "country", "seed", "extent"}
    named = place(Kind.LIVING)
    assert Place.model_validate(named.model_dump()) == named


def test_by_day_lamps_burn_only_where_there_is_no_window() -> None:
    day, night = Life(lit_windows=0.08), Life(lit_windows=0.44)
    for kind in Kind:
        where = place(kind)
        assert lamps_burn(where, night)
        assert lamps_burn(where, day) is not has_window(where)
        glow = build(where, day).quads.emission.max()
        assert (glow > 0.5) is not has_window(where)


@pytest.mark.parametrize("kind", list(Kind))
def test_rays_leave_a_room_by_its_windows_alone(kind: Kind) -> None:
    room = lay_out(place(kind)).indoors
    assert room is not None
    low, high = np.array(room.low), np.array(room.high)
    start = np.tile((low + high) / 2, (400, 1))
    chance = np.random.default_rng(1)
    ways = chance.normal(size=(400, 3))
    leaving = room.leave(start, ways)
    assert leaving.any() == has_window(place(kind))
    for pane in room.windows:
        middle = (np.array(pane[0]) + np.array(pane[1])) / 2
        assert room.leave(start[:1], (middle - start[0])[None]).all()
        assert not room.leave(start[:1], (start[0] - middle)[None] * (1, 1, -9)).any()
