"""From linear light to the picture: bloom, exposure, view transform, grain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np

from generique.backends.world.post_kernels import finish
from generique.world.arrays import Floats, Octets
from generique.world.look import Look

BLOOM = (0.040, 0.036, 0.032, 0.026, 0.020, 0.012)
"""Weight of each halving of the picture."""
SOFTNESS = 0.05
BRIGHTEST = 60.0
"""Radiance above which a lamp blooms no more."""


def bloom(linear: Floats) -> Floats:
    """Light scattered in the lens, height x width x 3."""
    height, width = linear.shape[:2]
    source = np.minimum(linear[..., :3], np.float32(BRIGHTEST))
    levels = []
    current = source
    for _ in BLOOM:
        size = (max(2, current.shape[1] // 2), max(2, current.shape[0] // 2))
        current = cv2.resize(current, size, interpolation=cv2.INTER_AREA)
        levels.append(cv2.GaussianBlur(current, (0, 0), 1.6))
    # From the coarsest up, each added to the next finer: one full-size resize instead of six.
    total = levels[-1] * np.float32(BLOOM[-1])
    for weight, level in zip(BLOOM[-2::-1], levels[-2::-1], strict=True):
        size = (level.shape[1], level.shape[0])
        total = cv2.resize(total, size, interpolation=cv2.INTER_LINEAR) + level * np.float32(weight)
    wide = cv2.resize(total, (width, height), interpolation=cv2.INTER_LINEAR)
    soft = cv2.GaussianBlur(source, (0, 0), max(0.8 * width / 1280, 0.3))
    return np.asarray(wide + soft * np.float32(SOFTNESS))


def develop(linear: Floats, look: Look, seed: int, pool: ThreadPoolExecutor) -> Octets:
    """A frame as it is shown.

    Args:
        linear: height x width x 3 or 4, float32.
        look: Of the hour.
        seed: Of the grain.
        pool: Threads that share the rows.

    Returns:
        height x width x 3, RGB, 0 to 255.
    """
    linear = np.ascontiguousarray(linear, np.float32)
    height, width = linear.shape[:2]
    scattered = np.ascontiguousarray(bloom(linear), np.float32)
    out = np.empty((height, width, 3), np.uint8)
    values = (look.exposure, look.vignette, look.saturation, look.power, look.grain)
    middle = height // 2
    parts = [(0, middle), (middle, height)]
    jobs = [pool.submit(finish, linear, scattered, out, values, seed, rows) for rows in parts]
    for job in jobs:
        job.result()
    return out
