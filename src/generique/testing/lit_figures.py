"""Figures under a light whose direction is known, traced through a field of distances."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from generique.world.arrays import Floats
from generique.world.plates.keying import Key
from generique.world.plates.matching import linear, shown

HEIGHT, WIDTH = 180, 120
SKIN, SHIRT, TROUSERS = (0.42, 0.27, 0.19), (0.30, 0.34, 0.44), (0.07, 0.08, 0.11)


@dataclass(frozen=True)
class Pose:
    """Somebody who stands.

    Attributes:
        turned: Degrees that the body is turned about its own axis.
        arms: Degrees that the arms are lifted.
        seed: Of the cloth.
    """

    turned: float = 0.0
    arms: float = 20.0
    seed: int = 1


def light(bearing: float, elevation: float) -> Floats:
    """Unit vector to a light: x right, y up, z to the camera; a bearing of 0 is ahead."""
    b, e = np.radians([bearing, elevation])
    return np.array([np.sin(b) * np.cos(e), np.sin(e), -np.cos(b) * np.cos(e)])


def _parts(pose: Pose) -> list[tuple[Floats, Floats, float, int]]:
    """Capsules: both ends, radius, and which cloth."""
    lifted, turn = np.radians(pose.arms), np.radians(pose.turned)
    reach = 0.62 * np.array([np.sin(lifted), -np.cos(lifted), 0.0])
    parts = [
        ((0, 0.80, 0), (0, 0.86, 0), 0.115, 0),
        ((0, 0.30, 0), (0, 0.52, 0), 0.17, 1),
        ((-0.12, 0.55, 0), (0.12, 0.55, 0), 0.10, 1),
        ((-0.10, 0.20, 0), (-0.14, -0.85, 0.04), 0.095, 2),
        ((0.10, 0.20, 0), (0.14, -0.85, -0.04), 0.095, 2),
    ]
    for side in (-1.0, 1.0):
        shoulder = np.array([side * 0.22, 0.54, 0.0])
        parts.append((tuple(shoulder), tuple(shoulder + reach * (side, 1, 1)), 0.06, 1))
    spin = np.array([[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]])
    return [(spin @ np.array(a), spin @ np.array(b), r, cloth) for a, b, r, cloth in parts]


def _distances(points: Floats, pose: Pose) -> Floats:
    found = []
    for a, b, radius, _ in _parts(pose):
        along = np.clip((points - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
        found.append(np.linalg.norm(points - a - along[:, None] * (b - a), axis=1) - radius)
    return np.array(found)


@lru_cache(maxsize=8)
def _traced(pose: Pose) -> tuple[Floats, Floats, Floats, Floats]:
    """Which pixels hit, where, with what normal, of what colour."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
    scale = 2.2 / HEIGHT
    start = np.stack([(x - WIDTH / 2) * scale, (HEIGHT / 2 - y) * scale, np.full(x.shape, 1.5)], -1)
    points = start.reshape(-1, 3)
    for _ in range(40):
        points = points - _distances(points, pose).min(axis=0)[:, None] * (0, 0, 1)
    near = _distances(points, pose)
    hit = near.min(axis=0) < 2e-3
    step = 1e-4
    slope = [
        _distances(points + np.eye(3)[k] * step, pose).min(axis=0) - near.min(axis=0)
        for k in range(3)
    ]
    normal = np.stack(slope, -1) / step
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
    cloth = np.array([part[3] for part in _parts(pose)])[near.argmin(axis=0)]
    noise = np.random.default_rng(pose.seed).standard_normal((HEIGHT, WIDTH)).astype(np.float32)
    folds = cv2.GaussianBlur(noise, (0, 0), 3.0)
    folds = 1 + 0.12 * (folds / folds.std()).reshape(-1, 1)
    colour = np.array([SKIN, SHIRT, TROUSERS])[cloth] * np.clip(folds, 0.5, 1.5)
    return hit, points, normal, colour


def figure(pose: Pose, way: Floats, sun: float = 3.0, sky: float = 1.0) -> Key:
    """Somebody, cut out.

    Args:
        pose: How they stand.
        way: Unit vector to the light.
        sun: Its light.
        sky: Light from all round, stronger from above.
    """
    hit, points, normal, colour = _traced(pose)
    lit = np.clip(normal @ way, 0, None)
    seen = np.flatnonzero(hit & (lit > 0))
    ray, clear = points[seen] + 0.012 * normal[seen], np.ones(len(seen))
    for _ in range(30):
        gap = _distances(ray, pose).min(axis=0)
        clear = np.minimum(clear, gap > 1e-3)
        ray = ray + np.maximum(gap, 0.01)[:, None] * way
    lit[seen] *= clear
    around = sky * (0.5 + 0.5 * normal[:, 1])
    radiance = colour * (sun * lit + around)[:, None] * 0.35
    picture = (radiance * hit[:, None]).reshape(HEIGHT, WIDTH, 3).astype(np.float32)
    matte = cv2.GaussianBlur(hit.reshape(HEIGHT, WIDTH).astype(np.float32), (0, 0), 0.8)
    grain = np.random.default_rng(pose.seed + 7).normal(0, 0.008, picture.shape)
    seen = np.clip(shown(picture) + grain, 0, 1).astype(np.float32)
    return Key(linear(seen) * matte[..., None], matte)
