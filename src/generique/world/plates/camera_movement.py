"""How a camera moves, as far as a picture that lies far away tells.

Corners are followed from frame to frame (Lucas and Kanade in a pyramid) and a homography is fitted
to them that outliers have no say in: exact for a camera that turns or zooms, and for one that moves
it is that of the plane which most of the picture lies in. Chained, it carries four points of the
first frame along; how far those of two cameras come apart says whether they moved alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import cv2
import numpy as np

from generique.world.arrays import Floats, Octets

WIDE = 480
"""Width in pixels at which corners are followed."""
CORNERS, FEWEST = 300, 20
"""Corners that are looked for, and that must agree; with fewer the movement is not known."""
_POINTS = np.array([[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]])


def standing(count: int) -> Floats:
    """The path of a camera that stands still, as :func:`camera_path_of` gives it."""
    return np.repeat(_POINTS[None], count, axis=0)


def camera_path_of(frames: Iterable[tuple[Octets, Floats | None]]) -> Floats | None:
    """Where four points of the first frame go.

    Args:
        frames: Pictures, height x width x 3, each with what of it stands before the background,
            height x width from 0 to 1, or None where all of it counts.

    Returns:
        n x 4 x 2 in widths and heights of the picture; None where too few corners can be followed.
    """
    path: list[Floats] = []
    whole, before = np.eye(3), None
    for picture, hidden in frames:
        grey, free = _small(picture, hidden)
        if before is not None:
            step = _step(*before, grey)
            if step is None:
                return None
            whole = step @ whole
        before = grey, free
        size = np.array([grey.shape[1], grey.shape[0]])
        carried = cv2.perspectiveTransform((_POINTS * size)[None], whole)[0]
        path.append(np.asarray(carried / size))
    return np.stack(path) if path else None


def apart(one: Floats, other: Floats, tall: float) -> float:
    """How far the points of two paths come apart at the worst frame.

    Args:
        one: As :func:`camera_path_of` gives it.
        other: As long as the first.
        tall: Height of the picture in its widths.

    Returns:
        The mean over the points, in widths of the picture.
    """
    between = (one - other) * np.array([1.0, tall])
    return float(np.linalg.norm(between, axis=2).mean(axis=1).max())


def _small(picture: Octets, hidden: Floats | None) -> tuple[Octets, Octets]:
    """A picture in grey, and where corners may be looked for in it."""
    scale = min(1.0, WIDE / picture.shape[1])
    size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
    grey = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), size, interpolation=cv2.INTER_AREA)
    free = np.full(grey.shape, 255, np.uint8)
    if hidden is not None:
        covered = cv2.resize(np.asarray(hidden, np.float32), size, interpolation=cv2.INTER_AREA)
        free[cv2.dilate(covered, np.ones((7, 7), np.uint8)) > 0.05] = 0
    return np.asarray(grey), free


def _step(before: Octets, free: Octets, after: Octets) -> Floats | None:
    """The homography from one frame to the next."""
    # OpenCV gives None where it finds nothing, whatever its types say.
    corners: Any = cv2.goodFeaturesToTrack(before, CORNERS, 0.01, 6, mask=free)
    if corners is None or len(corners) < FEWEST:
        return None
    there, found, _ = cv2.calcOpticalFlowPyrLK(before, after, corners, np.empty_like(corners))
    kept = found.ravel() > 0
    if kept.sum() < FEWEST:
        return None
    cv2.setRNGSeed(1)
    step: Any
    step, agree = cv2.findHomography(corners[kept], there[kept], cv2.RANSAC, 1.0)
    if step is None or int(agree.sum()) < FEWEST:
        return None
    return np.asarray(step)
