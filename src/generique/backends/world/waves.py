"""Maps that water is drawn from: waves, and how deep and how far from the shore it is."""

from __future__ import annotations

import cv2
import numpy as np

from generique.world.arrays import Floats
from generique.world.layout import Bounds, Layout
from generique.world.terrain import REACH

WAVES = 256
"""Texels along the picture of waves."""
NEAR_BED = 768
FAR_BED = 640
DEEPEST = 40.0
FARTHEST_SHORE = 240.0


def wave_picture() -> Floats:
    """Slopes east and north and height of a tile of waves: 256 x 256 x 3, each of variance 1.

    The waves run east: a spectrum that falls with the fourth power of the frequency above its
    peak, spread over directions with the square of the cosine (after Phillips, 1957).
    """
    chance = np.random.default_rng(17)
    kx, ky = np.meshgrid(np.fft.fftfreq(WAVES, 1 / WAVES), np.fft.fftfreq(WAVES, 1 / WAVES))
    k = np.hypot(kx, ky) + 1e-9
    # Waves of a fifth to a sixtieth of the tile: longer ones show how it repeats.
    band = np.exp(-((5.5 / k) ** 4)) * np.exp(-((k / 60) ** 2))
    spread = 0.12 + (kx / k) ** 2
    size = np.sqrt(spread) * k**-1.9 * band
    noise = chance.normal(size=(WAVES, WAVES)) + 1j * chance.normal(size=(WAVES, WAVES))
    height = np.fft.ifft2(noise * size)
    parts = [np.fft.ifft2(np.fft.fft2(height) * 1j * axis).real for axis in (kx, ky)]
    sheet = np.stack([*parts, height.real], axis=-1)
    slope = np.sqrt(sheet[..., :2].var(axis=(0, 1)).sum())
    return np.asarray(sheet / [slope, slope, sheet[..., 2].std()], np.float32)


def near_bed(layout: Layout) -> Floats:
    """Bed of the water inside the bounds; see :func:`_bed`."""
    return _bed(layout, layout.bounds, NEAR_BED)


def far_bed(layout: Layout) -> tuple[Floats, Bounds]:
    """Bed of the water as far as land is drawn, and the square that it shows."""
    bounds = layout.bounds
    middle = bounds.extent / 2
    wide = Bounds(bounds.x0 + middle - REACH, bounds.y0 + middle - REACH, 2 * REACH)
    return _bed(layout, wide, FAR_BED), wide


def _bed(layout: Layout, bounds: Bounds, size: int) -> Floats:
    """Height of the ground above the water and distance from the shore, metres: size x size x 2.

    Rows run from south to north; the distance is negative on land.
    """
    texel = bounds.extent / size
    line = (np.arange(size) + 0.5) * texel
    x, y = np.meshgrid(bounds.x0 + line, bounds.y0 + line)
    level = 0.0 if layout.water is None else layout.water.level
    height = layout.relief.at(np.stack([x.ravel(), y.ravel()], axis=-1)) - level
    height = height.reshape(size, size)
    wet = (height < 0).astype(np.uint8)
    away = cv2.distanceTransform(wet, cv2.DIST_L2, 5) - cv2.distanceTransform(
        1 - wet, cv2.DIST_L2, 5
    )
    away = np.clip(away * texel, -FARTHEST_SHORE, FARTHEST_SHORE)
    return np.stack([np.clip(height, -DEEPEST, DEEPEST), away], axis=-1).astype(np.float16)
