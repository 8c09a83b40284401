from __future__ import annotations

import cv2
import numpy as np
import pytest

from generique.world.arrays import Floats, Octets
from generique.world.plates.camera_movement import apart, camera_path_of, standing

HEIGHT, WIDTH = 135, 240
TALL = HEIGHT / WIDTH


def wall(seed: int = 1) -> Floats:
    """A wall with much to see, larger than a picture of it."""
    rough = np.random.default_rng(seed).uniform(30, 220, (40, 70, 3)).astype(np.float32)
    return np.asarray(cv2.resize(rough, (420, 240), interpolation=cv2.INTER_CUBIC), np.float32)


def pan(by: float, zoom: float = 1.0, seed: int = 1, frames: int = 6) -> list[Octets]:
    """Pictures of a wall from a camera that turns by some pixels and zooms, each frame."""
    found = []
    for k in range(frames):
        scale = zoom**k
        warp = np.array(
            [
                [scale, 0, -90 * scale + WIDTH / 2 * (1 - scale) - by * k],
                [0, scale, -50 * scale + HEIGHT / 2 * (1 - scale)],
            ]
        )
        seen = cv2.warpAffine(wall(seed), warp, (WIDTH, HEIGHT))
        found.append(np.clip(seen, 0, 255).astype(np.uint8))
    return found


def path(frames: list[Octets]) -> Floats:
    found = camera_path_of((frame, None) for frame in frames)
    assert found is not None
    return found


@pytest.mark.parametrize("by", [0.0, 2.0, -5.0])
def test_a_pan_is_followed(by: float) -> None:
    moved = path(pan(by))[-1] - standing(1)[0]
    assert moved[:, 0] == pytest.approx(-5 * by / WIDTH, abs=0.004)
    assert moved[:, 1] == pytest.approx(0, abs=0.004)


def test_a_zoom_is_followed() -> None:
    moved = path(pan(0, 1.03))[-1] - standing(1)[0]
    assert moved[:, 0] == pytest.approx(
        np.array([-0.25, 0.25, -0.25, 0.25]) * (1.03**5 - 1), abs=0.006
    )


def test_the_same_move_before_other_things_is_the_same() -> None:
    assert apart(path(pan(3, 1.01)), path(pan(3, 1.01, seed=8)), TALL) < 0.01
    assert apart(path(pan(3)), path(pan(-3, seed=8)), TALL) > 0.1
    assert apart(path(pan(3)), standing(6), TALL) == pytest.approx(15 / WIDTH, abs=0.01)


def test_up_and_down_is_told_in_widths_too() -> None:
    tilted = standing(3) + np.array([0, 10 / HEIGHT])
    assert apart(tilted, standing(3), TALL) == pytest.approx(10 / WIDTH)


def test_what_stands_before_the_background_has_no_say() -> None:
    frames = pan(0)
    hidden = np.zeros((HEIGHT, WIDTH), np.float32)
    hidden[:, 60:200] = 1
    for k, frame in enumerate(frames):
        frame[:, 60:200] = pan(8, seed=5)[k][:, 60:200]
    found = camera_path_of((frame, hidden) for frame in frames)
    assert found is not None
    assert apart(found, standing(6), TALL) < 0.005


def test_before_an_empty_wall_nothing_is_known() -> None:
    bare = np.full((HEIGHT, WIDTH, 3), (20, 160, 40), np.uint8)
    assert camera_path_of((bare, None) for _ in range(4)) is None
