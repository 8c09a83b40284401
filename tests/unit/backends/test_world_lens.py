"""Points of a lens: what they leave in place, how they lie, and the blur that comes of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from generique.backends.world.lens import FEWEST, OVERLAP, Lens
from generique.backends.world.view import Aside, view_of
from generique.world.arrays import Floats
from generique.world.camera import CameraPath, camera_path
from generique.world.optics import FocusPull, confusion, focus_pull
from generique.world.places.grammars import lay_out
from generique.world.scene import SceneDocument
from generique.world.words.reading import Brief, read_prompt

ASPECT = 16 / 9
WIDTH = 1280


def _lens(focal: float, aperture: float, focus: float) -> tuple[CameraPath, FocusPull]:
    scene = read_prompt("suburb at night, eye level, static", Brief(extent=200)).scene
    document = scene.to_json()
    document["camera"] |= {"focal": focal, "aperture": aperture, "focus": focus}
    scene = SceneDocument.read(document, where="the test")
    layout = lay_out(scene.place)
    path = camera_path(scene, layout)
    pull = focus_pull(scene, layout, path)
    assert pull is not None
    return path, pull


def _seen(matrix: Floats, point: Floats) -> Floats:
    clip = matrix @ np.array([*point, 1.0])
    return np.asarray(clip[:2] / clip[3])


def test_only_the_plane_of_focus_stays_where_it_is() -> None:
    path, pull = _lens(50, 1.4, 6.0)
    pose = path.pose(0.0)
    straight = view_of(pose, ASPECT)
    radius = pull.radius(0.0)
    edge = view_of(pose, ASPECT, aside=Aside(radius, 0.0, 6.0, 0.0))
    for distance in (2.0, 6.0, 30.0):
        point = pose.position + distance * pose.forward + 0.3 * pose.right - 0.2 * pose.up
        moved = _seen(edge.matrix, point) - _seen(straight.matrix, point)
        # From the middle to the edge of the lens is half of the circle of confusion.
        expected = confusion(50, 1.4, 6.0, distance) / 36
        assert abs(moved[0]) == pytest.approx(expected, abs=1e-9)
        assert moved[1] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("count", [8, 13, 16, 32])
def test_the_points_fill_the_lens_evenly(count: int) -> None:
    path, pull = _lens(85, 1.4, 3.0)
    lens = Lens(pull, WIDTH / 2 / math.tan(path.hfov / 2), path.seconds)
    asides = [lens.aside(k, count, 0.0) for k in range(count)]
    points = np.array([(aside.right, aside.up) for aside in asides])
    radius = pull.radius(0.0)
    assert len({tuple(point) for point in points}) == count
    assert np.linalg.norm(points, axis=1).max() <= radius
    assert np.linalg.norm(points.mean(axis=0)) < 0.12 * radius
    own = (OVERLAP * asides[0].reach) ** 2 / 2
    spread = np.mean(np.sum(points**2, axis=1)) + own
    assert spread == pytest.approx(radius**2 / 2, rel=1e-6)


def test_a_wider_blur_takes_more_points_and_never_too_few() -> None:
    counts = []
    for aperture in (22, 2.8, 1.4):
        path, pull = _lens(85, aperture, 5.0)
        lens = Lens(pull, WIDTH / 2 / math.tan(path.hfov / 2), path.seconds)
        counts.append(lens.subframes(64))
        assert lens.subframes(16) <= 16
    assert counts[0] == FEWEST
    assert counts == sorted(counts)
    assert counts[-1] == 64
