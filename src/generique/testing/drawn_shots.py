"""Small shots that drift over drawn texture, for tests of picture marks."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.marks.watermark import MarkGatherer, MarkSum, PictureMarker

Rgb = NDArray[np.uint8]
MARK_ID = 0x1234_5678_9ABC_DEF0


def texture(width: int, height: int, seed: int = 1) -> Rgb:
    """A picture of many scales: blurred noise in three colours, with a calm top."""
    rng = np.random.default_rng(seed)
    total = np.zeros((height, width, 3), np.float32)
    for size in (2, 4, 8, 16, 48):
        shape = (height // size + 2, width // size + 2, 3)
        part = rng.normal(size=shape).astype(np.float32) * min(2 * size, 20)
        total += cv2.resize(part, (width, height), interpolation=cv2.INTER_CUBIC)
    total *= np.linspace(0.0, 1.6, height, dtype=np.float32)[:, None, None]
    return np.clip(120 + total, 0, 255).astype(np.uint8)


def shot(width: int, height: int, frames: int = 6, seed: int = 1) -> list[Rgb]:
    """A slow pan over a texture."""
    wide = texture(width + 3 * frames, height, seed)
    return [np.ascontiguousarray(wide[:, 3 * n : 3 * n + width]) for n in range(frames)]


def luma(frame: Rgb) -> NDArray[np.float64]:
    """BT.709 luma, 0 to 255."""
    return np.asarray(frame @ np.array([0.2126, 0.7152, 0.0722]), np.float64)


def luma8(frame: Rgb) -> NDArray[np.uint8]:
    """Rounded luma."""
    return np.rint(luma(frame)).astype(np.uint8)


def psnr(a: NDArray[np.generic], b: NDArray[np.generic], peak: float = 255.0) -> float:
    """Peak signal-to-noise ratio in decibels."""
    error = float(np.mean((a.astype(np.float64) - b.astype(np.float64)) ** 2))
    return float(10 * np.log10(peak**2 / max(error, 1e-12)))


def marked(frames: Iterable[Rgb], mark_id: int = MARK_ID) -> list[Rgb]:
    """The frames with a mark."""
    listed = list(frames)
    height, width = listed[0].shape[:2]
    marker = PictureMarker(mark_id, width=width, height=height)
    return [marker.mark_rgb(frame) for frame in listed]


def gathered(frames: Iterable[NDArray[np.uint8] | NDArray[np.uint16]], bits: int = 8) -> MarkSum:
    """Sum of luma frames."""
    listed = list(frames)
    height, width = listed[0].shape
    gatherer = MarkGatherer(width=width, height=height, bits=bits)
    for frame in listed:
        gatherer.add(frame)
    return gatherer.take()
