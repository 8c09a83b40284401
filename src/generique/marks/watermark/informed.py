"""Reads the mark at a place that is already known, because the archive's frame was found.

Fingerprints say which archived shot a received picture is, and registration says where in it each
received pixel lies. Then nothing has to be searched, turns and mirrors cost nothing, and the
unmarked archive frame can be taken off the received one, so that the picture itself is no noise
any more::

    placement = Placement(matrix, width=1280, height=720)    # received -> archive pixels
    for received, archived in pairs:                         # luma of the unmarked take
        gatherer.add_residual(placement.without(received, archived))
    reading = read_at(gatherer.take(), placement, registry=registry)
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.marks.watermark import geometry as finding
from generique.marks.watermark.gathering import Luma, MarkSum
from generique.marks.watermark.geometry import Geometry, Spectrum
from generique.marks.watermark.lattice import CANONICAL, TILE
from generique.marks.watermark.reading import MarkReading, read_places
from generique.marks.watermark.registry import MarkRegistry
from generique.model.errors import UsageError

_REACH = 10
"""Canonical pixels by which registration may be off."""
_SCALES = (0.99, 0.9925, 0.995, 0.9975, 1.0, 1.0025, 1.005, 1.0075, 1.01)
_ASPECTS = (0.995, 1.0, 1.005)
_TURNS = (-0.3, -0.15, 0.0, 0.15, 0.3)
_FIT = 31
"""Side of the window in which brightness and contrast are fitted, in received pixels."""


class Placement:
    """Where a received picture lies in an archive frame.

    Args:
        matrix: 2 x 3, from received to archive pixel coordinates (x, y of pixel centres counted
            0, 1, 2 …): a similarity, possibly stretched or mirrored. Shear is ignored.
        width: Pixels of the archive frame.
        height: The same.

    Raises:
        UsageError: The matrix is no 2 x 3 matrix of finite numbers, or flattens the picture.
    """

    def __init__(self, matrix: NDArray[np.float64], *, width: int, height: int) -> None:
        self.matrix = np.asarray(matrix, np.float64)
        if self.matrix.shape != (2, 3) or not np.isfinite(self.matrix).all():
            raise UsageError("a placement is a 2 x 3 matrix of finite numbers")
        if abs(np.linalg.det(self.matrix[:, :2])) < 1e-6:
            raise UsageError("a placement cannot flatten the picture")
        self._canonical = CANONICAL / max(width, height)

    def geometry(self) -> Geometry:
        """Canonical to received, without the shift."""
        axes = np.linalg.inv(self._canonical * self.matrix[:, :2])
        mirrored = bool(np.linalg.det(axes) < 0)
        across = axes[:, 0] * (-1 if mirrored else 1)
        down = axes[:, 1]
        # Both axes have their say in the turn; a little shear is split between them.
        heading = across / np.hypot(*across) + np.array([down[1], -down[0]]) / np.hypot(*down)
        return Geometry(
            float(np.hypot(*across)),
            float(np.hypot(*down)),
            float(np.rad2deg(np.arctan2(heading[1], heading[0]))),
            mirrored=mirrored,
        )

    def shift(self, width: int, height: int) -> tuple[float, float]:
        """Canonical position of the centre of a received picture of this size, within a tile."""
        centre = self.matrix @ np.array([(width - 1) / 2, (height - 1) / 2, 1.0])
        x, y = (self._canonical * (centre + 0.5)) % TILE
        return float(x), float(y)

    def without(self, received: Luma, archived: Luma) -> NDArray[np.float32]:
        """The received picture less the archive frame, fitted to it in place, gain and level.

        Args:
            received: Luma, height x width.
            archived: Luma of the *unmarked* archive frame, at the same depth of code values.
        """
        size = (received.shape[1], received.shape[0])
        shrink = 1 / np.sqrt(abs(np.linalg.det(self.matrix[:, :2])))
        source: NDArray[np.float32] = archived.astype(np.float32)
        if shrink < 0.8:
            # Average before sampling sparsely, as the scaler did that made the received picture.
            source = np.asarray(cv2.GaussianBlur(source, (0, 0), 0.4 / shrink), np.float32)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        placed: NDArray[np.float32] = np.empty(received.shape, np.float32)
        cv2.warpAffine(
            source, self.matrix, size, dst=placed, flags=flags, borderMode=cv2.BORDER_REFLECT
        )
        picture = received.astype(np.float32)
        return picture - _fitted(picture, placed)


def _fitted(picture: NDArray[np.float32], model: NDArray[np.float32]) -> NDArray[np.float32]:
    """Local least squares: ``gain * model + level`` in the window around each pixel."""
    side = (_FIT, _FIT)
    mean_p, mean_m, product, square = (
        np.asarray(cv2.blur(part, side), np.float32)
        for part in (picture, model, picture * model, model * model)
    )
    covariance = product - mean_p * mean_m
    variance = np.maximum(square - mean_m * mean_m, 0)
    gain = np.clip(covariance / (variance + 1.0), 0.0, 2.0)
    return np.asarray(gain * (model - mean_m) + mean_p, np.float32)


def read_at(
    gathered: MarkSum, placement: Placement, *, registry: MarkRegistry | None = None
) -> MarkReading:
    """Read at a known place, within what registration may be off.

    Args:
        gathered: Sum of received frames, or of their differences from the archive's.
        placement: Where they lie in the archive frame.
        registry: Known identities; None accepts any. The one identity that the archive gives for
            this shot makes the strongest question of all.
    """
    height, width = gathered.residual.shape
    spectrum = Spectrum(gathered)
    middle = placement.geometry()
    around = [
        middle.scaled(scale, scale * aspect, turn)
        for scale in _SCALES
        for aspect in _ASPECTS
        for turn in _TURNS
    ]
    near = (*placement.shift(width, height), float(_REACH))
    places = finding.best_places(spectrum, around, 2, near=near)
    cells = (2 * _REACH * finding.GRID // TILE + 1) ** 2
    return read_places(gathered, spectrum, places, registry=registry, trials=len(around) * cells)
