from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from generique.marks.fingerprint.registration import LEAST_INLIERS, register
from generique.marks.fingerprint.similarity import Likeness, Look, compare

Gray = NDArray[np.uint8]


def scene(seed: int) -> Gray:
    """A picture with edges and corners of many sizes, like houses and trees."""
    rng = np.random.default_rng(seed)
    picture = np.full((360, 640), 110, np.uint8)
    for _ in range(90):
        x, y = int(rng.integers(0, 600)), int(rng.integers(0, 330))
        wide, high = int(rng.integers(8, 90)), int(rng.integers(8, 70))
        value = int(rng.integers(20, 235))
        if rng.random() < 0.6:
            cv2.rectangle(picture, (x, y), (x + wide, y + high), value, -1)
        else:
            cv2.circle(picture, (x, y), high // 2 + 3, value, -1)
    soft = cv2.GaussianBlur(picture, (0, 0), 1.0)
    noise = rng.integers(-6, 7, picture.shape)
    return np.clip(soft.astype(int) + noise, 0, 255).astype(np.uint8)


def gray(picture: object) -> Gray:
    return np.asarray(picture, np.uint8)


def jpeg(picture: Gray) -> Gray:
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 30])
    return gray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE))


def mirror_and_crop(picture: Gray) -> Gray:
    return gray(cv2.resize(np.ascontiguousarray(picture[36:324, 64:576][:, ::-1]), (640, 360)))


def perspective(picture: Gray) -> Gray:
    corners = np.array([[0, 0], [640, 0], [640, 360], [0, 360]], np.float32)
    moved = np.array([[32, 10], [630, 0], [600, 350], [0, 360]], np.float32)
    return gray(
        cv2.warpPerspective(picture, cv2.getPerspectiveTransform(corners, moved), (640, 360))
    )


def pasted(picture: Gray) -> Gray:
    other = scene(991)
    other[60:290, 100:510] = cv2.resize(picture, (410, 230), interpolation=cv2.INTER_AREA)
    return other


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("change", [jpeg, mirror_and_crop, perspective, pasted])
def test_a_near_copy_is_found(change: Callable[[Gray], Gray], seed: int) -> None:
    original = scene(seed)
    found = compare(Look.at(change(original)), Look.at(original))
    assert found.likeness is Likeness.NEAR_COPY


def test_unrelated_pictures_are_no_copies() -> None:
    looks = [Look.at(scene(seed)) for seed in range(12)]
    pairs = [(a, b) for index, a in enumerate(looks) for b in looks[:index]]
    found = [compare(a, b) for a, b in pairs]
    assert len(found) == 66
    assert all(one.likeness is not Likeness.NEAR_COPY for one in found)


@pytest.mark.parametrize("value", [0, 128, 255])
def test_flat_pictures_are_never_copies(value: int) -> None:
    flat = Look.at(np.full((360, 640), value, np.uint8))
    assert compare(flat, flat).likeness is Likeness.NONE
    assert compare(flat, Look.at(scene(1))).likeness is Likeness.NONE


def test_registration_measures_a_corner_crop() -> None:
    original = scene(5)
    part = gray(cv2.resize(original[:324, :576], (320, 180), interpolation=cv2.INTER_AREA))
    found = register(part, original)
    assert found is not None
    assert found.inliers > LEAST_INLIERS
    assert found.crop == pytest.approx((0.0, 0.0, 0.9, 0.9), abs=0.01)
    assert not found.mirrored
    assert abs(found.rotation) < 0.5


def test_registration_finds_a_mirrored_picture() -> None:
    original = scene(6)
    found = register(np.ascontiguousarray(original[:, ::-1]), original)
    assert found is not None
    assert found.mirrored
    assert found.crop == pytest.approx((0.0, 0.0, 1.0, 1.0), abs=0.01)
