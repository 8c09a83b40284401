"""The lens of the camera: circles of confusion, focus on what is named, racks, and the document."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from generique.model.errors import NotCapable
from generique.world.camera import camera_path
from generique.world.layout import Landmark
from generique.world.optics import FRONT, confusion, focus_pull, in_frame, lens_radius
from generique.world.places.grammars import lay_out
from generique.world.scene import Camera, SceneDocument
from generique.world.scene_toml import read_scene, write_scene
from generique.world.staging import stage
from generique.world.words.reading import Brief, read_prompt

STREET = "residential suburb at night, eye level, static"


def _scene(**camera: Any) -> SceneDocument:
    scene = read_prompt(STREET, Brief(extent=200)).scene
    document = scene.to_json()
    document["camera"] |= camera
    return SceneDocument.read(document, where="the test")


def test_a_circle_of_confusion_is_that_of_the_thin_lens() -> None:
    focal, aperture, focus = 50.0, 2.0, 4.0
    opening, metres = focal / aperture, focal / 1000
    for distance in (1.0, 2.0, 8.0, 50.0):
        image = 1 / (1 / metres - 1 / distance)
        film = 1 / (1 / metres - 1 / focus)
        expected = opening * abs(image - film) / image
        assert confusion(focal, aperture, focus, distance) == pytest.approx(expected)
    assert confusion(focal, aperture, focus, focus) == 0
    far = opening * metres / (focus - metres)
    assert confusion(focal, aperture, focus, math.inf) == pytest.approx(far)
    assert lens_radius(focal, aperture, 1e9) == pytest.approx(focal / aperture / 2000)


def test_a_rack_is_eased_and_ends_on_its_target() -> None:
    rack = {"at": 1.0, "over": 2.0, "to": 20.0}
    scene = _scene(aperture=1.8, focus=4.0, racks=[rack])
    layout = lay_out(scene.place)
    pull = focus_pull(scene, layout, camera_path(scene, layout))
    assert pull is not None
    assert pull.distance(0.0) == pull.distance(1.0) == pytest.approx(4.0)
    assert pull.distance(2.0) == pytest.approx(2 / (1 / 4 + 1 / 20))
    assert pull.distance(3.0) == pull.distance(5.0) == pytest.approx(20.0)
    steps = np.diff([pull.distance(at) for at in np.linspace(1.0, 3.0, 41)])
    assert np.all(steps > 0)
    assert 1 / pull.distance(1.05) - 1 / 4 > -0.001, "it starts slowly"


def test_a_subject_is_followed_at_its_front() -> None:
    scene = _scene(aperture=2.0, focus="house")
    layout = lay_out(scene.place)
    path = stage(scene, layout)
    pull = focus_pull(scene, layout, path)
    assert pull is not None
    pose = path.pose(0.0)
    seen = [mark for mark in layout.named("house") if in_frame(pose, mark)]
    mark = next(mark for mark in seen if layout.in_sight(mark, pose.position))
    ahead = (np.array(mark.middle) - pose.position) @ pose.forward
    assert pull.distance(0.0) == pytest.approx(ahead - FRONT * mark.radius)


def test_what_is_behind_the_camera_is_not_in_frame() -> None:
    scene = _scene()
    pose = camera_path(scene, lay_out(scene.place)).pose(0.0)
    for sign, seen in ((1, True), (-1, False)):
        middle = pose.position + sign * 30 * pose.forward
        x, y, z = (float(value) for value in middle)
        assert in_frame(pose, Landmark(frozenset(("it",)), (x, y, z), 2.0)) is seen


@pytest.mark.parametrize(
    ("camera", "says"),
    [
        ({"aperture": 2.0, "focus": "lighthouse"}, "lighthouse"),
        ({"aperture": 2.0, "focus": "house", "pitch": 60.0}, "outside the picture"),
        (
            {"aperture": 2.0, "focus": 4.0, "racks": [{"at": 5.0, "over": 2.0, "to": 9.0}]},
            "6 s long",
        ),
    ],
)
def test_staging_refuses_a_focus_that_cannot_be(camera: dict[str, Any], says: str) -> None:
    scene = _scene(**camera)
    with pytest.raises(NotCapable) as caught:
        stage(scene, lay_out(scene.place))
    assert says in f"{caught.value} {caught.value.why}"
    assert caught.value.next_step


@pytest.mark.parametrize(
    "camera",
    [
        {"aperture": 2.0},
        {"focus": 4.0},
        {"aperture": 0.3, "focus": 4.0},
        {"aperture": 2.0, "focus": 0.1},
        {"racks": ({"at": 0.0, "over": 1.0, "to": 4.0},)},
        {
            "aperture": 2.0,
            "focus": 4.0,
            "racks": ({"at": 1.0, "over": 2.0, "to": 9.0}, {"at": 2.0, "over": 1.0, "to": 4.0}),
        },
    ],
)
def test_a_document_with_half_a_lens_is_no_document(camera: dict[str, Any]) -> None:
    plain = _scene().camera.model_dump()
    with pytest.raises(ValidationError):
        Camera.model_validate({**plain, **camera})


def test_documents_without_a_lens_stay_as_they_were() -> None:
    written = _scene().to_json()["camera"]
    assert not {"aperture", "focus", "racks"} & set(written)


def test_a_lens_is_written_and_read_again() -> None:
    racks = [{"at": 1.0, "over": 2.0, "to": "white house"}]
    scene = _scene(aperture=1.8, focus=4.0, racks=racks)
    assert SceneDocument.read(scene.to_json(), where="the test") == scene
    assert read_scene(write_scene(scene), "the test") == scene
