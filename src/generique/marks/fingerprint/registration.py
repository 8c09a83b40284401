"""Registration: where one picture lies in another, by matched points (ORB, RANSAC).

Finds scale, shift, small rotations and mirroring; a crop, a letterbox or a change of shape follow
from them. Pictures of the same work have twenty matched points and more, unrelated ones at most
eight.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
"""Height x width, luma."""

LEAST_INLIERS = 20
_FEATURES = 1200
_RATIO = 0.82
_PIXELS = 3.0
_SIZE = 640
_SHEAR, _SLANT = 0.05, 0.25
"""Cosine between the axes that a flat handling, and one seen from the side, may leave."""
_SEED = 7


@dataclass(frozen=True)
class Registration:
    """How a picture lies in another.

    Attributes:
        matrix: 2 x 3, from pixels of the first (after mirroring) to pixels of the second.
        inliers: Matched points that agree with it.
        mirrored: The first was mirrored.
        points: Inliers x 4: x, y in the first (as given) and x, y in the second.
        first: Width and height of the first.
        second: Width and height of the second.
    """

    matrix: NDArray[np.float64]
    inliers: int
    mirrored: bool
    points: NDArray[np.float64]
    first: tuple[int, int]
    second: tuple[int, int]

    @property
    def crop(self) -> tuple[float, float, float, float]:
        """Part of the second that the first shows: left, top, width, height, 0 to 1."""
        width, height = self.first
        corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], float)
        seen = corners @ self.matrix.T
        size = np.array(self.second, float)
        low = np.clip(seen.min(axis=0) / size, 0, 1)
        high = np.clip(seen.max(axis=0) / size, 0, 1)
        return (
            float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])
        )  # fmt: skip

    def between(self, first: tuple[int, int], second: tuple[int, int]) -> NDArray[np.float64]:
        """The same place for the two pictures in other sizes, the first as given.

        Args:
            first: Width and height of the first.
            second: Width and height of the second.

        Returns:
            2 x 3, from pixels of the first, not mirrored, to pixels of the second; centres of
            pixels are counted 0, 1, 2 …
        """
        onto = np.vstack([self.matrix, [0.0, 0.0, 1.0]])
        if self.mirrored:
            onto = onto @ np.array([[-1.0, 0, self.first[0] - 1], [0, 1, 0], [0, 0, 1]])
        found = _sized(self.second, second) @ onto @ _sized(first, self.first)
        return np.asarray(found[:2], np.float64)

    @property
    def rotation(self) -> float:
        """Degrees that the first is turned, counter-clockwise."""
        return float(np.degrees(np.arctan2(self.matrix[1, 0], self.matrix[0, 0])))


def _sized(given: tuple[int, int], wanted: tuple[int, int]) -> NDArray[np.float64]:
    """From pixels of a picture to pixels of the same in another size."""
    across, down = wanted[0] / given[0], wanted[1] / given[1]
    return np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2], [0, 0, 1]])


def register(first: Gray, second: Gray, *, mirror: bool = True) -> Registration | None:
    """Find a picture in another.

    Args:
        first: The picture that may be a part.
        second: The whole.
        mirror: Try the first mirrored, too.

    Returns:
        The registration with the most inliers; None below :data:`LEAST_INLIERS`.
    """
    there = _features(second)
    if there is None:
        return None
    tried = [_register(first, second, there, mirrored=False)]
    if mirror and (tried[0] is None or tried[0].inliers < 3 * LEAST_INLIERS):
        flipped = np.ascontiguousarray(first[:, ::-1])
        tried.append(_register(flipped, second, there, mirrored=True))
    found = [one for one in tried if one is not None and one.inliers >= LEAST_INLIERS]
    return max(found, key=lambda one: one.inliers, default=None)


@dataclass(frozen=True)
class _Features:
    """Key points of a picture: x and y, and descriptors."""

    points: NDArray[np.float32]
    descriptors: NDArray[np.uint8]


def _features(picture: Gray) -> _Features | None:
    """Key points, in pixels of the picture as given; None where there are hardly any."""
    scale = min(1.0, _SIZE / max(picture.shape))
    small = picture
    if scale < 1:
        small = np.asarray(
            cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
    found, descriptors = cv2.ORB.create(_FEATURES, fastThreshold=8).detectAndCompute(small, None)
    if len(found) < LEAST_INLIERS:
        return None  # there are no descriptors then, whatever the types say
    points = np.array([point.pt for point in found], np.float32) / np.float32(scale)
    return _Features(points, np.asarray(descriptors, np.uint8))


def _register(
    first: Gray, second: Gray, there: _Features, *, mirrored: bool
) -> Registration | None:
    here = _features(first)
    if here is None:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(here.descriptors, there.descriptors, k=2)
    good = [p[0] for p in pairs if len(p) == 2 and p[0].distance < _RATIO * p[1].distance]
    if len(good) < LEAST_INLIERS:
        return None
    source = here.points[[match.queryIdx for match in good]]
    target = there.points[[match.trainIdx for match in good]]
    cv2.setRNGSeed(_SEED)
    reach = _PIXELS * max(1.0, max(second.shape) / _SIZE)
    found = _affine(source, target, reach) or _perspective(source, target, reach)
    if found is None:
        return None
    matrix, kept = found
    shown = source[kept].astype(float)
    if mirrored:
        shown[:, 0] = first.shape[1] - 1 - shown[:, 0]
    return Registration(
        matrix=matrix,
        inliers=int(kept.sum()),
        mirrored=mirrored,
        points=np.concatenate([shown, target[kept]], axis=1),
        first=(first.shape[1], first.shape[0]),
        second=(second.shape[1], second.shape[0]),
    )


_Model = tuple[NDArray[np.float64], NDArray[np.bool_]]
"""A 2 x 3 matrix, and which pairs of points agree with it."""


def _affine(
    source: NDArray[np.float32], target: NDArray[np.float32], reach: float
) -> _Model | None:
    """The plane moved, scaled, turned; None when too few points agree, or it is no handling."""
    # Without a model the program gives no matrix and an empty mask, whatever its types say.
    found, mask = cv2.estimateAffine2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=reach, maxIters=2000
    )
    kept = np.asarray(mask).ravel().astype(bool)
    matrix = np.asarray(found, np.float64)
    if kept.sum() < LEAST_INLIERS or not _plausible(matrix, _SHEAR):
        return None
    return matrix, kept


def _perspective(
    source: NDArray[np.float32], target: NDArray[np.float32], reach: float
) -> _Model | None:
    """The plane seen from another side, by the affine map nearest to it."""
    _, mask = cv2.findHomography(source, target, cv2.RANSAC, reach)
    kept = np.asarray(mask).ravel().astype(bool)
    if kept.sum() < LEAST_INLIERS:
        return None
    points = np.column_stack([source[kept], np.ones(int(kept.sum()))])
    nearest, *_ = np.linalg.lstsq(points, target[kept].astype(np.float64), rcond=None)
    matrix = np.asarray(nearest.T, np.float64)
    return (matrix, kept) if _plausible(matrix, _SLANT) else None


def _plausible(matrix: NDArray[np.float64], shear: float) -> bool:
    """True for what handling does to a picture: hardly any shear, no mirror, no extreme scale."""
    across, down = matrix[:, 0], matrix[:, 1]
    wide, high = float(np.hypot(*across)), float(np.hypot(*down))
    if min(wide, high) <= 0:
        return False
    skew = abs(float(across @ down)) / (wide * high)
    turns = float(np.linalg.det(matrix[:, :2]))
    return turns > 0 and skew < shear and 0.05 < wide < 20 and 0.7 < wide / high < 1.45
