"""Relief, terrain and water: no cracks, one surface, nothing out of the ground."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from generique.backends.world.view import View, view_of
from generique.backends.world.waves import near_bed, wave_picture
from generique.world.arrays import Floats
from generique.world.camera import Pose
from generique.world.landform import Noise, charted, ramp, terraced
from generique.world.layout import NO_LOTS, Layout, square
from generique.world.relief import Relief
from generique.world.scene import Season, Weather
from generique.world.terrain import REACH, SUNK, shape_terrain
from generique.world.water import Water, WaterKind


def _waves(points: Floats) -> Floats:
    return np.asarray(20 * np.sin(points[:, 0] / 60) + 10 * np.cos(points[:, 1] / 45))


def _layout(water: Water | None = None) -> Layout:
    return Layout(square(200), (), NO_LOTS, np.zeros((2, 2)), relief=Relief(_waves), water=water)


def test_terrain_has_no_cracks() -> None:
    terrain = shape_terrain(_layout())
    edges = np.sort(terrain.faces[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    times = Counter(map(tuple, edges))
    open_ends = np.array([edge for edge, count in times.items() if count == 1])
    assert max(times.values()) == 2
    assert np.linalg.norm(terrain.position[open_ends.ravel(), :2], axis=1).min() > 0.9 * REACH


def test_terrain_lies_on_the_relief_and_faces_up() -> None:
    terrain = shape_terrain(_layout())
    assert np.allclose(
        terrain.position[:, 2], _waves(terrain.position[:, :2].astype(float)), atol=0.02
    )
    a, b, c = (terrain.position[terrain.faces[:, k]].astype(float) for k in range(3))
    assert (np.cross(b - a, c - a)[:, 2] > 0).all()
    assert (terrain.normal[:, 2] > 0).all()


def test_chunks_hold_their_triangles() -> None:
    terrain = shape_terrain(_layout())
    assert terrain.first[0] == 0
    assert terrain.first[-1] == len(terrain.faces)
    for k in (0, len(terrain.low) // 2, len(terrain.low) - 1):
        corners = terrain.position[terrain.faces[terrain.first[k] : terrain.first[k + 1]]]
        assert np.allclose(corners.reshape(-1, 3).min(axis=0), terrain.low[k])
        assert np.allclose(corners.reshape(-1, 3).max(axis=0), terrain.high[k])


def test_ground_deep_under_water_is_left_out() -> None:
    dry, wet = shape_terrain(_layout()), shape_terrain(_layout(Water(WaterKind.SEA, 0.0)))
    assert len(wet.faces) < len(dry.faces)
    assert (wet.position[wet.faces, 2].max(axis=1) > -SUNK).all()


def test_a_camera_over_water_stands_on_its_surface() -> None:
    layout = _layout(Water(WaterKind.LAKE, 3.0))
    points = np.array([[-94.0, 0.0], [94.0, 0.0]])
    assert layout.surface_at(points) == pytest.approx(np.maximum(_waves(points), 3.0))


def test_only_a_lake_freezes_and_only_in_snowy_winter() -> None:
    snowy = Weather(snow_cover=0.8)
    assert Water(WaterKind.LAKE).frozen(Season.WINTER, snowy)
    assert not Water(WaterKind.LAKE).frozen(Season.WINTER, Weather())
    assert not Water(WaterKind.LAKE).frozen(Season.SPRING, snowy)
    assert not Water(WaterKind.SEA).frozen(Season.WINTER, snowy)


def test_the_bed_knows_depth_and_shore() -> None:
    bed = near_bed(_layout(Water(WaterKind.SEA, 0.0))).astype(float)
    assert ((bed[..., 0] < 0) == (bed[..., 1] > 0)).mean() > 0.999


def test_waves_have_unit_slope_and_run_east() -> None:
    sheet = wave_picture()
    east, north = sheet[..., 0].var(), sheet[..., 1].var()
    assert east + north == pytest.approx(1.0, abs=0.01)
    assert east > 1.5 * north


def _view() -> View:
    forward = np.array([0.0, 0.95, -0.31])
    forward /= np.linalg.norm(forward)
    right = np.array([1.0, 0.0, 0.0])
    pose = Pose(np.array([0.0, 0.0, 40.0]), forward, right, np.cross(right, forward), 0.0, 1.05)
    return view_of(pose, 16 / 9)


def _shown(view: View, point: tuple[float, float, float]) -> Floats:
    clip = view.matrix @ np.array([*point, 1.0])
    return np.asarray(clip[:3] / clip[3])


def test_a_mirror_shows_what_stands_above_it_upside_down() -> None:
    view = _view()
    turned = view.mirrored(2.0)
    above = _shown(turned, (5.0, 130.0, 12.0))
    assert above[:2] == pytest.approx(_shown(view, (5.0, 130.0, -8.0))[:2], abs=1e-9)
    assert -1 < above[2] < 1
    assert _shown(turned, (5.0, 130.0, 1.0))[2] < -1


def test_boxes_outside_the_picture_are_not_met() -> None:
    low = np.array([(-5.0, 100.0, 0.0), (-5.0, -90.0, 0.0), (900.0, 100.0, 0.0)])
    assert _view().meets(low, low + 10).tolist() == [True, False, False]


def test_noise_is_smooth_bounded_and_the_same_again() -> None:
    points = np.random.default_rng(1).uniform(-4000, 4000, (2000, 2))
    noise = Noise(5, "test")
    values = noise.rough(points, 80.0, 4)
    assert values.tobytes() == Noise(5, "test").rough(points, 80.0, 4).tobytes()
    assert np.abs(values).max() <= 1
    assert not np.allclose(values, Noise(6, "test").rough(points, 80.0, 4))
    assert np.abs(noise.at(points + 0.01, 80.0) - noise.at(points, 80.0)).max() < 0.01
    assert noise.ridged(points, 300.0, 3).min() >= 0


def test_profiles() -> None:
    assert ramp(2.0, 4.0, np.array([1.0, 3.0, 5.0])).tolist() == [0.0, 0.5, 1.0]
    heights = np.linspace(0, 40, 200)
    stepped = terraced(heights, 8.0, 0.6)
    assert (np.diff(stepped) >= -1e-9).all()
    assert np.abs(stepped - heights).max() < 8.0


def test_a_chart_has_south_in_its_first_row() -> None:
    chart = charted(square(100), 64, lambda points: points[:, 1])
    assert chart[0, 0] < chart[-1, 0]
    assert chart[0, 0] == pytest.approx(chart[0, -1])
