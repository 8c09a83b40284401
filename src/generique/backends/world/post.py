"""From linear light to the picture: bloom, exposure, view transform, grain."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np

from generique.backends.world.aces import to_display
from generique.backends.world.post_kernels import expose, finish, print_grain
from generique.world.arrays import Deep, Floats, Octets
from generique.world.look import Look

BLOOM = (0.040, 0.036, 0.032, 0.026, 0.020, 0.012)
"""Weight of each halving of the picture."""
SOFTNESS = 0.05
BRIGHTEST = 60.0
"""Radiance above which a lamp blooms no more."""
FLARE_FROM = 4.0
"""Radiance from which a light is mirrored between the lenses."""
GHOSTS = (
    (-0.32, (0.012, 0.016, 0.010)),
    (-0.62, (0.010, 0.007, 0.014)),
    (-1.10, (0.006, 0.008, 0.012)),
    (0.45, (0.008, 0.012, 0.014)),
)
"""Scale about the middle, and tint, of each mirror image."""


def bloom(linear: Floats, amount: float = 1.0) -> Floats:
    """Light scattered in the lens, height x width x 3, times an amount."""
    height, width = linear.shape[:2]
    plain = linear if linear.shape[2] == 3 else cv2.cvtColor(linear, cv2.COLOR_RGBA2RGB)
    source = cv2.threshold(plain, BRIGHTEST, BRIGHTEST, cv2.THRESH_TRUNC)[1]
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
        finer = cv2.resize(total, size, interpolation=cv2.INTER_LINEAR)
        total = np.asarray(cv2.addWeighted(finer, 1.0, level, weight, 0.0), np.float32)
    wide = cv2.resize(total, (width, height), interpolation=cv2.INTER_LINEAR)
    soft = cv2.GaussianBlur(source, (0, 0), max(0.8 * width / 1280, 0.3))
    return np.asarray(cv2.addWeighted(wide, amount, soft, amount * SOFTNESS, 0.0, dst=wide))


def flare(linear: Floats) -> Floats:
    """Mirror images of bright lights between the lenses, height x width x 3, at full strength.

    Each is the picture's brightest parts, blurred, turned about its middle and scaled.
    """
    height, width = linear.shape[:2]
    small = (max(2, width // 8), max(2, height // 8))
    bright = cv2.resize(linear[..., :3], small, interpolation=cv2.INTER_AREA)
    bright = np.clip(bright - np.float32(FLARE_FROM), 0, BRIGHTEST)
    bright = cv2.GaussianBlur(bright, (0, 0), 2.0)
    total = np.zeros_like(bright)
    middle = (np.array(small) - 1) / 2
    for scale, tint in GHOSTS:
        turn = np.array([[scale, 0, 0], [0, scale, 0]], np.float64)
        turn[:, 2] = middle - scale * middle
        total += cv2.warpAffine(bright, turn, small) * np.asarray(tint, np.float32)
    return np.asarray(cv2.resize(total, (width, height), interpolation=cv2.INTER_LINEAR))


def distort(linear: Floats, amount: float) -> Floats:
    """A frame as a lens that is not straight draws it, the same shape and full to its corners.

    Args:
        linear: height x width x channels.
        amount: Share by which the corner of the picture moves out; below 0 in.
    """
    height, width = linear.shape[:2]
    x = np.arange(width, dtype=np.float32) - np.float32((width - 1) / 2)
    y = np.arange(height, dtype=np.float32)[:, None] - np.float32((height - 1) / 2)
    square = (x * x + y * y) / np.float32((width**2 + height**2) / 4)
    # A barrel lens draws the corners where they are and the middle larger.
    back = np.float32(1 + min(amount, 0.0)) / (1 + np.float32(amount) * square)
    column = (x * back + np.float32((width - 1) / 2)).astype(np.float32)
    row = (y * back + np.float32((height - 1) / 2)).astype(np.float32)
    return cv2.remap(linear, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


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
    out = np.empty((*linear.shape[:2], 3), np.uint8)
    _develop(linear, look, seed, pool, out)
    return out


def develop_deep(linear: Floats, look: Look, seed: int, pool: ThreadPoolExecutor) -> Deep:
    """A frame as it is shown, in sixteen bits; for files of ten and more.

    Args:
        linear: As in :func:`develop`.
        look: As there.
        seed: As there.
        pool: As there.

    Returns:
        height x width x 3, RGB, 0 to 65535.
    """
    out = np.empty((*linear.shape[:2], 3), np.uint16)
    _develop(linear, look, seed, pool, out)
    return out


def _develop(
    linear: Floats, look: Look, seed: int, pool: ThreadPoolExecutor, out: Octets | Deep
) -> None:
    linear = np.ascontiguousarray(linear, np.float32)
    if look.distortion:
        linear = distort(linear, look.distortion)
    height = linear.shape[0]
    scattered = bloom(linear, look.bloom)
    if look.flare:
        scattered += flare(linear) * np.float32(look.flare)
    scattered = np.ascontiguousarray(scattered, np.float32)
    work = _aces(linear, scattered, out, look, seed) if look.aces else None
    values = (look.exposure, look.vignette, look.saturation, look.power, look.grain)
    middle = height // 2
    parts = [(0, middle), (middle, height)]
    if work is None:
        jobs = [pool.submit(finish, linear, scattered, out, values, seed, rows) for rows in parts]
    else:
        jobs = [pool.submit(work, rows) for rows in parts]
    for job in jobs:
        job.result()


def _aces(
    linear: Floats, scattered: Floats, out: Octets | Deep, look: Look, seed: int
) -> Callable[[tuple[int, int]], None]:
    """What develops some rows through ACES."""
    light = np.empty(out.shape, np.float32)

    def work(rows: tuple[int, int]) -> None:
        expose(linear, scattered, light, (look.exposure, look.vignette), rows)
        to_display(light[rows[0] : rows[1]])
        print_grain(light, out, look.grain, seed, rows)

    return work
