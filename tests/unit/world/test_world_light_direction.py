from __future__ import annotations

import numpy as np
import pytest

from generique.testing.lit_figures import HEIGHT, WIDTH, Pose, figure, light
from generique.world.arrays import Floats
from generique.world.plates.keying import Key
from generique.world.plates.light_direction import (
    Light,
    measure_light,
    normals,
    turn_between,
)

BEARINGS = range(-180, 180, 45)


def ball(way: Floats, side: int = 120) -> Key:
    """A white ball, cut out."""
    y, x = (1 - 2 * (np.mgrid[0:side, 0:side] + 0.5) / side) * 1.1
    x = -x
    inside = x**2 + y**2 < 1
    z = np.sqrt(np.maximum(1 - x**2 - y**2, 0))
    lit = 0.1 + 0.7 * np.maximum(np.stack([x, y, z], -1) @ way, 0)
    light_of_it = np.repeat((lit * inside)[..., None], 3, axis=2)
    return Key(light_of_it.astype(np.float32), inside.astype(np.float32))


def test_a_disc_becomes_a_ball() -> None:
    matte = ball(np.array([0.0, 0.0, 1.0])).matte
    found = normals(matte > 0.5)
    side = len(matte)
    y, x = (1 - 2 * (np.mgrid[0:side, 0:side] + 0.5) / side) * 1.1
    true = np.stack([-x, y, np.sqrt(np.maximum(1 - x**2 - y**2, 0))], -1)
    core = x**2 + y**2 < 0.9
    between = np.degrees(np.arccos(np.clip((found * true).sum(-1), -1, 1)))
    assert between[core].mean() < 2.5
    assert between[core].max() < 8
    assert (found[matte < 0.5] == 0).all()


@pytest.mark.parametrize("bearing", BEARINGS)
def test_the_light_on_a_ball_is_found(bearing: int) -> None:
    found = measure_light([ball(light(bearing, 30))])
    assert found is not None
    assert found.known
    assert abs(turn_between(bearing, found.bearing)) < 5
    assert abs(found.elevation - 30) <= 10


def test_the_light_on_somebody_is_found_or_said_not_to_be_known() -> None:
    errors: list[float] = []
    asked = 0
    for pose in (Pose(), Pose(35, 45, 2)):
        for bearing in BEARINGS:
            found = measure_light([figure(pose, light(bearing, 30))])
            assert found is not None
            asked += 1
            if found.known:
                errors.append(abs(turn_between(bearing, found.bearing)))
    assert len(errors) > 0.6 * asked
    assert np.mean(errors) < 15
    assert max(errors) < 45


@pytest.mark.parametrize("turned", [0, 40, 80, 120])
def test_under_an_even_sky_nothing_is_known(turned: int) -> None:
    pose = Pose(turned, 20 + turned / 2, turned)
    found = measure_light([figure(pose, light(0, 90), sun=0, sky=2)])
    assert found is not None
    assert not found.known


def test_views_of_the_same_person_are_taken_together() -> None:
    way = light(-135, 30)
    poses = (Pose(75, 35, 1), Pose(10, 20, 2), Pose(-20, 40, 3))
    alone = measure_light([figure(poses[0], way)])
    together = measure_light([figure(pose, way) for pose in poses])
    assert alone is not None
    assert together is not None
    assert together.known
    assert abs(turn_between(-135, together.bearing)) < 20
    assert abs(turn_between(-135, together.bearing)) < abs(turn_between(-135, alone.bearing))


def test_too_little_tells_nothing() -> None:
    picture, matte = np.full((HEIGHT, WIDTH, 3), 0.5, np.float32), np.zeros((HEIGHT, WIDTH))
    assert measure_light([Key(picture, matte)]) is None
    matte[10:20, 10:20] = 1
    assert measure_light([Key(picture, matte)]) is None


def test_the_shorter_way_round_is_taken() -> None:
    assert turn_between(170, -170) == 20
    assert turn_between(-90, 90) in (180, -180)
    assert turn_between(10, -30) == -40


def test_a_bearing_that_swings_or_explains_nothing_is_not_known() -> None:
    sure = Light(bearing=30, elevation=20, spread=6, explained=0.4)
    assert sure.known
    assert not sure.model_copy(update={"spread": 40.0}).known
    assert not sure.model_copy(update={"explained": 0.05}).known
