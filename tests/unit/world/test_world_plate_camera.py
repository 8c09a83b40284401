from __future__ import annotations

import re

import numpy as np
import pytest

from generique.model.element import Raster
from generique.model.time import Rate
from generique.world.camera import Pose
from generique.world.plates.plate_camera import CameraSample, PlateCamera

RASTER = Raster(width=640, height=360)


def pose(heading: float = 0.7, pitch: float = 0.2, roll: float = 0.1) -> Pose:
    ahead = np.array([np.sin(heading), np.cos(heading), 0.0])
    level = np.array([np.cos(heading), -np.sin(heading), 0.0])
    forward = ahead * np.cos(pitch) - np.array([0.0, 0.0, np.sin(pitch)])
    right = level * np.cos(roll) - np.cross(level, forward) * np.sin(roll)
    position = np.array([12.5, -40.0, 23.0])
    return Pose(position, forward, right, np.cross(right, forward), roll, 2 * np.arctan(18 / 31))


def camera() -> PlateCamera:
    return PlateCamera.of([pose(), pose(heading=0.71)], RASTER, Rate(numerator=24), 0.5)


def seen_at(place: Pose, across: float, up: float, depth: float) -> np.ndarray:
    half = np.tan(place.hfov / 2) * depth
    aspect = RASTER.width / RASTER.height
    return np.asarray(
        place.position
        + place.forward * depth
        + place.right * (across * half)
        + place.up * (up * half / aspect)
    )


def number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    assert found is not None, pattern
    return float(found[1])


def test_the_middle_and_the_corners_of_the_picture_are_where_they_should_be() -> None:
    places = [(0, 0), (-1, 1), (1, 1), (1, -1)]
    points = np.array([seen_at(pose(), x, y, 30.0) for x, y in places])
    pixels = camera().pixel(0, points)
    assert np.allclose(pixels, [(320, 180), (0, 0), (640, 0), (640, 360)], atol=1e-6)


def test_camera_space_is_left_handed_and_looks_along_z() -> None:
    sample = CameraSample.of(0, pose())
    point = np.array([*seen_at(pose(), 0.2, 0.3, 55.0), 1.0])
    x, y, z, w = point @ sample.world_to_camera()
    assert (x > 0, y > 0) == (True, True)
    assert (z, w) == pytest.approx((55.0, 1.0))
    assert np.linalg.det(sample.world_to_camera()[:3, :3]) == pytest.approx(-1)


def test_usd_says_the_same_camera() -> None:
    text = camera().usd()
    assert text.startswith("#usda 1.0\n")
    for line in ("metersPerUnit = 1", 'upAxis = "Z"', "timeCodesPerSecond = 24"):
        assert line in text
    moves = text[text.index("xformOp:transform.timeSamples") :]
    rows = re.search(r"0: \( (.*) \),", moves)
    assert rows is not None
    numbers = np.array([float(n) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", rows[1])])
    stand = numbers.reshape(4, 4)
    point = seen_at(pose(), -0.4, 0.25, 80.0)
    own = np.array([*point, 1.0]) @ np.linalg.inv(stand)
    focal = number(r"focalLength.timeSamples = \{\s+0: ([\d.]+)", text)
    wide = number(r"horizontalAperture = ([\d.]+)", text)
    high = number(r"verticalAperture = ([\d.]+)", text)
    found = own[:2] / -own[2] * focal / (wide / 2, high / 2)
    assert found == pytest.approx((-0.4, 0.25), abs=1e-5)
    # USD counts lenses in tenths of the stage's unit.
    assert wide / 10 == pytest.approx(0.036)


def test_the_document_can_be_read_back() -> None:
    made = camera()
    assert PlateCamera.read(made.model_dump_json(), where="test") == made
    assert made.shutter == (-0.25, 0.25)
    assert made.samples[0].focal == pytest.approx(31)
