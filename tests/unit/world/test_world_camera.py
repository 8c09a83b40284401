"""The camera's path, and what an operator would refuse."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from generique.model.element import Easing
from generique.model.errors import NotCapable
from generique.world.camera import BLEND, CameraPath, Pose, camera_path, progress
from generique.world.layout import NO_LOTS, Landmark, Layout, square
from generique.world.scene import Leg, Move, SceneDocument
from generique.world.staging import measure, sky_share, stage
from generique.world.words.reading import Brief, read_prompt

NORTH = np.arange(-320.0, 880.0, 3.0)
LINE = np.stack([24 * np.sin(NORTH / 118), NORTH], axis=1)
"""A main street that winds like those of the place grammar."""
STREET = Layout(square(1024.0), (), NO_LOTS, guide=LINE)


def _scene(prompt: str, **brief: Any) -> SceneDocument:
    return read_prompt(f"suburb, {prompt}", Brief.model_validate(brief)).scene


def _still(prompt: str, **brief: Any) -> CameraPath:
    """The path without the hand."""
    scene = _scene(prompt, **brief)
    camera = scene.camera.model_copy(update={"handheld": 0.0})
    return camera_path(scene.model_copy(update={"camera": camera}), STREET)


def _places(path: CameraPath, step: float = 1 / 24) -> NDArray[np.float64]:
    return np.array([path.pose(at).position for at in np.arange(0, path.seconds + step / 2, step)])


def test_the_default_aerial_stands_where_the_look_was_made() -> None:
    pose = _still("night aerial").pose(0.0)
    assert pose.position == pytest.approx([-16, -98, 62])
    assert pose.forward == pytest.approx(
        [0, math.cos(math.radians(16)), -math.sin(math.radians(16))]
    )
    assert pose.hfov == pytest.approx(math.radians(60.3), abs=0.002)
    assert pose.roll == 0


@pytest.mark.parametrize(
    ("prompt", "way"),
    [
        ("push-in at 4 m/s", (0, 24, 0)),
        ("pull-back at 4 m/s", (0, -24, 0)),
        ("truck left at 4 m/s", (-24, 0, 0)),
        ("truck right at 4 m/s", (24, 0, 0)),
        ("crane up at 4 m/s", (0, 0, 24)),
        ("crane down at 4 m/s, at 100 m", (0, 0, -24)),
        ("push-in at 4 m/s, looking east", (24, 0, 0)),
        ("static", (0, 0, 0)),
    ],
)
def test_straight_moves(prompt: str, way: tuple[float, float, float]) -> None:
    path = _still(prompt)
    first, last = path.pose(0.0), path.pose(path.seconds)
    assert last.position - first.position == pytest.approx(np.array(way), abs=1e-9)
    assert last.forward == pytest.approx(first.forward)


def test_a_pull_back_ends_where_a_push_in_starts() -> None:
    back = _still("pull-back")
    assert back.pose(back.seconds).position == pytest.approx(_still("push-in").pose(0).position)


@pytest.mark.parametrize(("side", "sign"), [("left", -1), ("right", 1)])
def test_an_orbit_keeps_its_subject(side: str, sign: int) -> None:
    path = _still(f"orbit {side} at 10 m/s")
    poses = [path.pose(float(at)) for at in np.linspace(0, path.seconds, 30)]
    reach = 62 / math.tan(math.radians(16))
    subjects = [pose.position + pose.forward * reach / math.cos(math.radians(16)) for pose in poses]
    assert np.ptp(np.array(subjects), axis=0) == pytest.approx(np.zeros(3), abs=1e-6)
    start = poses[1].position - poses[0].position
    assert math.copysign(1, float(start @ poses[0].right)) == sign
    assert float(np.linalg.norm(np.diff(_places(path), axis=0), axis=1).sum()) == pytest.approx(
        path.length, rel=1e-3
    )


@pytest.mark.parametrize("easing", list(Easing))
def test_easing_keeps_the_way_and_starts_and_stops_as_named(easing: Easing) -> None:
    assert progress(0, easing) == 0
    assert progress(1, easing) == pytest.approx(1)
    shares = np.linspace(0, 1, 401)
    speed = np.diff([progress(float(share), easing) for share in shares]) * 400
    assert speed.min() >= 0
    assert (speed[0] < 0.01) == (easing in (Easing.EASE_IN, Easing.EASE_IN_OUT))
    assert (speed[-1] < 0.01) == (easing in (Easing.EASE_OUT, Easing.EASE_IN_OUT))
    assert np.abs(np.diff(speed)).max() * 400 < 7
    path = _still("push-in", easing=easing)
    assert _places(path)[-1, 1] - _places(path)[0, 1] == pytest.approx(4.6 * 6)


def test_near_the_ground_the_camera_follows_the_street() -> None:
    scene = _scene("street level push-in, 20 s")
    path = stage(scene, STREET)
    found = measure(path, STREET)
    assert found.off_street < 0.6
    assert 2.0 < found.lowest < 2.3
    ahead = path.pose(10.0).forward[:2]
    going = path.pose(10.5).position[:2] - path.pose(9.5).position[:2]
    assert float(ahead @ going / np.linalg.norm(going)) > 0.99
    south = camera_path(_scene("street level push-in, looking south"), STREET)
    assert south.pose(0).forward[1] < -0.9
    assert south.pose(3).position[1] < south.pose(0).position[1]


def test_looking_straight_down_is_a_sound_frame() -> None:
    pose = _still("straight down").pose(1.0)
    axes = np.array([pose.right, pose.up, -pose.forward])
    assert axes @ axes.T == pytest.approx(np.eye(3), abs=1e-12)
    assert np.linalg.det(axes) == pytest.approx(1)
    assert pose.up == pytest.approx([0, 1, 0], abs=1e-12)
    assert sky_share(pose) == 0


def test_roll_is_clockwise_and_keeps_the_axes_square() -> None:
    path = camera_path(_scene("shaky push-in", seed=3), STREET)
    for at in np.linspace(0, path.seconds, 40):
        pose = path.pose(float(at))
        axes = np.array([pose.right, pose.up, -pose.forward])
        assert axes @ axes.T == pytest.approx(np.eye(3), abs=1e-12)
        assert math.copysign(1, -float(pose.right[2])) == math.copysign(1, pose.roll)


def test_the_hand_is_seeded_smooth_and_of_the_named_strength() -> None:
    one = camera_path(_scene("static, handheld", seed=1), STREET)
    same = camera_path(_scene("static, handheld", seed=1), STREET)
    other = camera_path(_scene("static, handheld", seed=2), STREET)
    assert np.array_equal(_places(one), _places(same))
    assert not np.allclose(_places(one), _places(other))
    fine = _places(one, 1 / 240)
    assert np.abs(np.diff(fine, n=2, axis=0)).max() * 240**2 < 4
    long = camera_path(_scene("aerial, 100 s"), STREET)
    sway = np.array([long.pose(float(at)).position[0] for at in np.linspace(0, 100, 3000)])
    assert 0.05 < sway.std() < 0.2


def test_the_place_seed_does_not_move_the_camera() -> None:
    one = camera_path(_scene("aerial", place_seed=1), STREET)
    other = camera_path(_scene("aerial", place_seed=2), STREET)
    assert np.array_equal(_places(one), _places(other))


def test_the_path_goes_on_before_and_after_the_take() -> None:
    path = _still("push-in")
    assert path.pose(-1.0).position[1] == pytest.approx(-98 - 4.6)
    assert path.pose(7.0).position[1] == pytest.approx(-98 + 7 * 4.6)
    eased = _still("push-in", easing=Easing.EASE_IN_OUT)
    assert eased.pose(-1.0).position[1] == eased.pose(0.0).position[1]
    assert eased.pose(7.0).position[1] == eased.pose(6.0).position[1]


@pytest.mark.parametrize("heading", ["", "looking east", "looking south", "looking north-west"])
@pytest.mark.parametrize("extent", [100.0, 300.0, 1024.0, 2048.0])
def test_every_heading_and_extent_is_inside_the_place(heading: str, extent: float) -> None:
    scene = _scene(f"slow aerial {heading}", extent=extent)
    path = stage(scene, STREET)
    assert path.length == pytest.approx(2.76 * 6)
    for place in _places(path):
        assert -extent / 2 < place[0] < extent / 2
        assert -0.2 * extent < place[1] < 0.8 * extent


@pytest.mark.parametrize(
    ("prompt", "what"),
    [
        ("aerial at 300 m", "edge of the place would be seen"),
        ("crane up at 10 m/s, 25 s", "edge of the place would be seen"),
        ("crane down at 10 m/s, 8 s", "come down"),
        ("street level orbit, 20 s", "into a house"),
        ("street level truck left, 20 s", "into a house"),
        ("street level push-in at 8 m/s", "would move at"),
        ("aerial at 40 m/s", "would move at"),
        ("aerial at 15 m/s, easing in and out, 1 s", "accelerate"),
        ("orbit at 12 m/s, tilted 75 degrees", "turn by"),
        ("aerial at 20 m/s, 60 s", "the place"),
        ("pull-back at 20 m/s, 60 s", "the place"),
    ],
)
def test_what_an_operator_refuses(prompt: str, what: str) -> None:
    with pytest.raises(NotCapable, match=what) as caught:
        stage(_scene(prompt), STREET)
    assert caught.value.where == "camera"
    assert caught.value.why
    assert caught.value.next_step


def test_a_picture_of_sky_is_refused() -> None:
    scene = _scene("static at 60 m")
    camera = scene.camera.model_copy(update={"pitch": -10.0})
    with pytest.raises(NotCapable, match="sky"):
        stage(scene.model_copy(update={"camera": camera}), STREET)


@pytest.mark.parametrize(
    ("pitch", "share"), [(90.0, 0.0), (16.0, 0.06), (0.0, 0.5), (-30.0, 1.0), (40.0, 0.0)]
)
def test_the_share_of_sky(pitch: float, share: float) -> None:
    scene = _scene("static")
    camera = scene.camera.model_copy(update={"pitch": pitch})
    pose = camera_path(scene.model_copy(update={"camera": camera}), STREET).pose(0.0)
    assert sky_share(pose) == pytest.approx(share, abs=0.01)


def _legs(*legs: Leg, seconds: float = 9.0) -> CameraPath:
    scene = _scene(f"aerial, crane up, {seconds:g} s")
    camera = scene.camera.model_copy(update={"handheld": 0.0, "then": legs})
    return camera_path(scene.model_copy(update={"camera": camera}), STREET)


def test_a_further_move_begins_where_the_one_before_it_ends() -> None:
    path = _legs(Leg(move=Move.ORBIT, direction="left", speed=3.0), Leg(move=Move.STATIC, speed=0))
    places = _places(path)
    assert places[20][2] < places[60][2]
    turned = math.ceil(24 * (3 + BLEND))
    assert places[turned:][:, 2] == pytest.approx(places[-1][2])
    assert np.linalg.norm(places[-1] - places[-20]) == pytest.approx(0.0, abs=1e-9)
    assert path.travelled(9.0) == pytest.approx(path.length)


def test_speed_does_not_jump_where_two_moves_meet() -> None:
    path = _legs(Leg(move=Move.ORBIT, direction="right", speed=4.0, easing=Easing.EASE_OUT))
    speed = np.diff(_places(path), axis=0) * 24
    assert np.linalg.norm(np.diff(speed, axis=0), axis=1).max() * 24 < 14


def test_what_can_be_watched_is_asked_at_the_height_where_it_happens() -> None:
    # It rises at 4.5 m/s from 4 m, where the joint of both moves would be too hard.
    rising = _scene("static").camera.model_copy(
        update={
            "move": Move.CRANE,
            "direction": "up",
            "altitude": 4.0,
            "pitch": 4.0,
            "speed": 4.5,
            "then": (Leg(move=Move.ORBIT, direction="left", speed=3.5),),
        }
    )
    scene = _scene("static").model_copy(update={"camera": rising})
    found = measure(stage(scene, STREET), STREET)
    assert found.acceleration_height > 10
    assert found.acceleration > 3.0 + 0.25 * 4.0
    low = rising.model_copy(update={"speed": 1.2, "then": (Leg(move=Move.ORBIT, speed=5.2),)})
    with pytest.raises(NotCapable, match=r"accelerate|fly into"):
        stage(scene.model_copy(update={"camera": low}), STREET)


def test_moves_that_do_not_fit_are_refused() -> None:
    with pytest.raises(NotCapable, match="do not fit"):
        _legs(Leg(move=Move.ORBIT, speed=4.0, seconds=8.5))


def test_a_whip_turns_where_it_stands_and_is_not_refused_for_it() -> None:
    scene = _scene("static aerial, 4 s")
    camera = scene.camera.model_copy(
        update={"then": (Leg(move=Move.WHIP, direction="right", speed=110.0, seconds=1.0),)}
    )
    path = stage(scene.model_copy(update={"camera": camera}), STREET)
    first, last = path.pose(0.0), path.pose(4.0)
    assert np.linalg.norm(first.position - last.position) < 1e-6
    assert last.forward[0] > 0.8
    pan = Leg(move=Move.PAN, direction="right", speed=110.0, seconds=1.0)
    panned = scene.model_copy(update={"camera": camera.model_copy(update={"then": (pan,)})})
    with pytest.raises(NotCapable, match="turn by"):
        stage(panned, STREET)


CHAPEL = Landmark(frozenset({"chapel", "white"}), (60.0, 220.0, 6.0), 9.0)


def _looking(**changes: Any) -> CameraPath:
    scene = _scene("aerial at 40 m, 6 s")
    fields = {"handheld": 0.0, "subject": "white chapel", **changes}
    scene = scene.model_copy(update={"camera": scene.camera.model_copy(update=fields)})
    return camera_path(scene, replace(STREET, landmarks=(CHAPEL,)))


def _seen(pose: Pose) -> tuple[float, float, float]:
    """Where the chapel is in the picture, -1 to 1 each way, and how far away."""
    to = np.array(CHAPEL.middle) - pose.position
    depth = float(to @ pose.forward)
    half = math.tan(pose.hfov / 2)
    return float(to @ pose.right) / depth / half, float(to @ pose.up) / depth / half, depth


@pytest.mark.parametrize("move", [Move.PUSH_IN, Move.ORBIT, Move.TRUCK, Move.PULL_BACK, Move.CRANE])
def test_the_subject_stays_where_it_was_framed(move: Move) -> None:
    path = _looking(move=move, direction="left" if move is Move.ORBIT else None, third="right")
    for at in (0.0, 2.5, 6.0):
        across, up, _ = _seen(path.pose(at))
        assert across == pytest.approx(1 / 3, abs=1e-6)
        assert up == pytest.approx(0.0, abs=1e-6)


def test_the_subject_takes_its_share_of_the_height() -> None:
    path = _looking(move=Move.STATIC, share=0.2)
    pose = path.pose(0.0)
    *_, depth = _seen(pose)
    assert CHAPEL.radius / depth / (math.tan(pose.hfov / 2) * 9 / 16) == pytest.approx(
        0.2, rel=0.02
    )


def test_an_unknown_subject_is_refused_with_what_there_is() -> None:
    scene = _scene("aerial")
    camera = scene.camera.model_copy(update={"subject": "red barn"})
    with pytest.raises(NotCapable) as caught:
        stage(scene.model_copy(update={"camera": camera}), replace(STREET, landmarks=(CHAPEL,)))
    assert "white chapel" in str(caught.value.why)


def test_of_two_subjects_the_one_that_nothing_hides_is_taken() -> None:
    behind = replace(CHAPEL, middle=(0.0, 200.0, 6.0))
    wall = Landmark(frozenset({"barn"}), (0.0, 150.0, 10.0), 14.0)
    scene = _scene("aerial at 20 m, 2 s")
    camera = scene.camera.model_copy(update={"handheld": 0.0, "subject": "chapel"})
    scene = scene.model_copy(update={"camera": camera})
    path = camera_path(scene, replace(STREET, landmarks=(behind, wall, CHAPEL)))
    assert _seen(path.pose(0.0))[0] == pytest.approx(0.0, abs=1e-6)
    with pytest.raises(NotCapable, match="hidden"):
        camera_path(scene, replace(STREET, landmarks=(behind, wall)))
