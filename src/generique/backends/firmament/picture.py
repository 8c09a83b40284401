"""A sky from noise, and the shot that moves over it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import cv2
import numpy as np

from generique.backends.firmament.sampling import (
    denoised,
    folded,
    moments,
    noised,
    unfolded,
)
from generique.backends.firmament.words import CLOSE, Drift, Wish, class_of
from generique.world.camera import progress

if TYPE_CHECKING:
    from generique.backends.firmament.network import Network, Plane
    from generique.model.element import Easing, Raster
    from generique.production.ports import Frame

HEIGHT = 56
"""Lines of a sky as the model sees it whole."""
MARGIN = 24
"""Columns of it beyond the picture, for the shot to move over."""
FINER = 3
"""A second pass draws parts of it so many times larger."""
EDGE = 3
"""Pixels cut from each side of the finer sky: beyond them the network saw nothing."""
STEPS = 20
STRENGTH = 0.5
"""Share of the steps that the second pass takes again."""
MOST_STEPS = STEPS + round(STEPS * STRENGTH)
_SPEED = 9.0
"""Columns of the finer sky that a drift passes in a second."""
_ZOOM = 0.012
"""Share of its size that a push-in gains in a second, and the most that it gains."""
_MOST_ZOOM = 0.12
_CALM, _CALM_COLOUR = 0.6, 2.5
"""Blur of light and of colour in the finer sky, standard deviations in pixels."""
_GRAIN = 1.1
"""Standard deviation of the grain, of 255; it also keeps gradients from banding."""


def columns(raster: Raster) -> int:
    """Columns of the sky that a picture of this shape shows."""
    return math.ceil(HEIGHT * raster.width / raster.height)


def sky(network: Network, wish: Wish, seed: int, wide: int, told: Callable[[], None]) -> Plane:
    """A sky, 3 x 162 x about 3 (``wide`` + margin), 0 to 1, display-referred.

    Two passes of one network: the whole sky small, then the same sky three times larger with its
    noise taken out once more by the classes that were trained on close parts.

    Args:
        network: Trained.
        wish: Hour and cover.
        seed: Any whole number.
        wide: Columns that are seen at once.
        told: Called after each of :data:`MOST_STEPS` steps.
    """
    label = class_of(wish.hour, wish.cover)
    width = math.ceil((wide + MARGIN) / 8) * 8
    chance = np.random.default_rng(seed % (1 << 63))
    noise = chance.standard_normal((12, HEIGHT // 2, width // 2), dtype=np.float32)
    small = unfolded(denoised(network, noise, label, moments(STEPS), told))
    larger = cv2.resize(
        small.transpose(1, 2, 0), None, fx=FINER, fy=FINER, interpolation=cv2.INTER_CUBIC
    )
    clean = folded(np.ascontiguousarray(larger.transpose(2, 0, 1)))
    steps = moments(STEPS, STRENGTH)
    noise = chance.standard_normal(clean.shape, dtype=np.float32)
    dirty = noised(clean, noise, steps[0])
    found = unfolded(denoised(network, dirty, label + CLOSE, steps, told))
    level: Plane = np.clip(found[:, EDGE:-EDGE, EDGE:-EDGE] / np.float32(2) + np.float32(0.5), 0, 1)
    return _calmed(level)


def _calmed(level: Plane) -> Plane:
    """Without the speckle of colour that the second pass leaves: colour varies softly in a sky."""
    parts = cv2.cvtColor(np.ascontiguousarray(level.transpose(1, 2, 0)), cv2.COLOR_RGB2YCrCb)
    light = cv2.GaussianBlur(parts[..., 0], (0, 0), _CALM)
    colour = cv2.GaussianBlur(parts[..., 1:], (0, 0), _CALM_COLOUR)
    calm = cv2.cvtColor(np.dstack((light, colour)), cv2.COLOR_YCrCb2RGB)
    found: Plane = np.asarray(np.clip(calm, 0, 1), np.float32).transpose(2, 0, 1)
    return found


class Movement:
    """The frames of a shot over a sky.

    Args:
        plate: A sky, 3 x height x width.
        raster: Of the picture.
        seconds: Length of the take.
        drift: Where the sky moves, or the camera into it.
        easing: How it starts and stops.
        seed: Of the grain.
    """

    def __init__(
        self, plate: Plane, raster: Raster, seconds: float, drift: Drift, easing: Easing, seed: int
    ) -> None:
        _, high, wide = plate.shape
        self._size = (raster.width, raster.height)
        seen = min(high, wide * raster.height / raster.width)
        self._scale = raster.height / seen
        larger = cv2.resize(
            plate.transpose(1, 2, 0), None, fx=self._scale, fy=self._scale,
            interpolation=cv2.INTER_LANCZOS4,
        )  # fmt: skip
        self._plate = np.clip(larger, 0, 1)
        self._seconds, self._drift, self._easing, self._seed = seconds, drift, easing, seed

    def frame(self, seconds: float, number: int) -> Frame:
        """The picture at a time; ``number`` seeds its grain."""
        along = progress(seconds / self._seconds, self._easing) if self._seconds else 0.0
        high, wide, _ = self._plate.shape
        width, height = self._size
        room = max(0.0, wide - width)
        way = min(_SPEED * self._scale * self._seconds, room)
        left = (room - way) / 2
        # What moves is the sky: where it drifts to the left, the window on it passes to the right.
        left += {"left": along, "right": 1 - along}.get(self._drift, 0.5) * way
        zoom = min(_ZOOM * self._seconds, _MOST_ZOOM)
        zoom = 1 + zoom * {"in": along, "out": 1 - along}.get(self._drift, 0.0)
        top = max(0.0, high - height) / 2
        matrix = np.array(
            [
                [1 / zoom, 0, left + width / 2 * (1 - 1 / zoom)],
                [0, 1 / zoom, top + height / 2 * (1 - 1 / zoom)],
            ]
        )
        flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
        seen = cv2.warpAffine(
            self._plate, matrix, self._size, flags=flags, borderMode=cv2.BORDER_REPLICATE
        )
        chance = np.random.default_rng((self._seed % (1 << 63), number))
        grain = chance.standard_normal((height, width, 1), dtype=np.float32) * _GRAIN
        picture: Frame = np.clip(seen * 255 + grain + 0.5, 0, 255).astype(np.uint8)
        return picture
