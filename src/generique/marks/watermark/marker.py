"""Lays the mark on the frames of one shot.

Usage::

    marker = PictureMarker(mark_id, width=1280, height=720, frames=len(shot))
    for number, frame in enumerate(shot):    # uint8, 720 x 1280 x 3
        encoder.write(marker.mark_rgb(frame, number=number))

One marker serves one identity at one raster. It keeps nothing of the frames that it saw: the same
frame at the same place always gives the same marked frame. Of each shot the luma changes so little
that its peak signal-to-noise ratio stays above :data:`FLOOR_DB`, by construction.

The first frames of a shot bear more of the mark, and all others a little less. The eye sees poorly
right after a cut, while encoders begin anew there and carry that picture on: what it holds, the
frames after it keep.
"""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.marks.watermark import kernels
from generique.marks.watermark.lattice import pattern
from generique.marks.watermark.masking import ANALYSIS, Masker
from generique.model.errors import UsageError

FLOOR_DB = 44.0
TARGET_DB = 44.2
_BUDGET = 255**2 / 10 ** (TARGET_DB / 10)
SMALLEST, LARGEST = 64, 8192
_OPENING = (2.0, 1.7, 1.4, 1.2)
"""How many times stronger the first frames of a shot bear the mark, a sixth of a second."""
_LONG_ENOUGH = 40
"""Frames of a shot from which the others can make up for its opening."""


class PictureMarker:
    """Marks frames of one shot with one identity.

    Args:
        mark_id: The 64-bit identity, 0 to 2^64 - 1.
        width: Pixels of the raster, 64 to 8192.
        height: The same.
        frames: Length of the shot; 0 when it is not known. A shot that is short or of unknown
            length bears the mark evenly.

    Raises:
        UsageError: The identity or the raster is out of range.
    """

    def __init__(self, mark_id: int, *, width: int, height: int, frames: int = 0) -> None:
        if not 0 <= mark_id < 1 << 64:
            raise UsageError("a picture mark is a number of 64 bits", why=f"got {mark_id}")
        if min(width, height) < SMALLEST or max(width, height) > LARGEST:
            raise UsageError(
                f"a picture of {width} x {height} cannot be marked",
                why=f"each side must be {SMALLEST} to {LARGEST} pixels",
            )
        self.mark_id = mark_id
        self._shape = (height, width)
        self._shares = _shares(frames)
        self._pattern = _pattern(mark_id, width, height)
        self._block = max(1, round(max(width, height) / ANALYSIS))
        self._masker = Masker((height // self._block, width // self._block))
        self._mark = np.empty(self._shape, np.float32)

    def mark_rgb(
        self, frame: NDArray[np.uint8], *, number: int = _LONG_ENOUGH
    ) -> NDArray[np.uint8]:
        """A marked copy of an RGB frame, height x width x 3.

        The change is the same in red, green and blue, so that luma changes and colour does not.

        Args:
            frame: The frame.
            number: Its place in the shot, from 0.

        Raises:
            UsageError: The frame has another shape or type.
        """
        self._check(frame, (*self._shape, 3), ("uint8",))
        kernels.rgb_blocks(frame, self._block, self._masker.luma)
        share = self._share(number)
        self._shape_mark(share, 1.0)
        out = np.empty_like(frame)
        gain, budget = self._gain(share, 255)
        while kernels.lay_on_rgb(frame, self._mark, gain, out) > budget:
            gain *= 0.98
        return out

    def mark_luma(
        self,
        plane: NDArray[np.uint8] | NDArray[np.uint16],
        *,
        bits: int = 8,
        full: bool = False,
        number: int = _LONG_ENOUGH,
    ) -> NDArray[np.uint8] | NDArray[np.uint16]:
        """A marked copy of a luma plane, height x width.

        Strength follows code values, which PQ and HLG space as evenly to the eye as BT.709 does.

        Args:
            plane: uint8 for 8 bits, uint16 for 9 to 16 bits.
            bits: Depth of the code values.
            full: True when black is 0 and white the greatest code; otherwise the video range
                (16 to 235 at 8 bits).
            number: Place of the frame in the shot, from 0.

        Raises:
            UsageError: The plane has another shape or type, or the depth is not 8 to 16.
        """
        if not 8 <= bits <= 16:
            raise UsageError("luma has 8 to 16 bits", why=f"got {bits}")
        self._check(plane, self._shape, ("uint8",) if bits == 8 else ("uint16",))
        unit = float(1 << (bits - 8))
        peak = (1 << bits) - 1
        low, high = (0, peak) if full else (int(16 * unit), int(235 * unit))
        offset, scale = (0.0, 1 / unit) if full else (16 * unit, 255 / 219 / unit)
        kernels.plane_blocks(plane, self._block, offset, scale, self._masker.luma)
        share = self._share(number)
        self._shape_mark(share, unit if full else unit * 219 / 255)
        out = np.empty_like(plane)
        gain, budget = self._gain(share, peak)
        while kernels.lay_on_plane(plane, self._mark, gain, (low, high), out) > budget:
            gain *= 0.98
        return out

    def _share(self, number: int) -> float:
        """Energy that a frame may bear, as a multiple of the target's."""
        opening, others = self._shares
        return opening[number] if 0 <= number < len(opening) else others

    def _shape_mark(self, share: float, unit: float) -> None:
        # The opening is the same mark, larger: it hides behind the cut, not in the texture.
        strength = self._masker.strength(_BUDGET * min(share, 1.0))
        unit *= math.sqrt(max(share, 1.0))
        height, width = self._shape
        inside = (strength.shape[1] * self._block, strength.shape[0] * self._block)
        if inside == (width, height):
            cv2.resize(strength, inside, dst=self._mark, interpolation=cv2.INTER_LINEAR)
        else:
            # Odd rasters: the blocks do not fill the last pixels, which stay unmarked.
            self._mark[:] = 0
            self._mark[: inside[1], : inside[0]] = cv2.resize(strength, inside)
        cv2.multiply(self._mark, self._pattern, dst=self._mark, scale=unit)

    def _gain(self, share: float, peak: float) -> tuple[float, float]:
        """Greatest gain, at most 1, that meets the target, and the greatest sum of squares."""
        pixels = self._mark.size
        budget = share * pixels * peak**2 / 10 ** (TARGET_DB / 10)
        energy = float(cv2.norm(self._mark, cv2.NORM_L2SQR))
        return (min(1.0, math.sqrt(budget / energy)) if energy else 1.0), budget

    def _check(
        self, array: NDArray[np.generic], shape: tuple[int, ...], kinds: tuple[str, ...]
    ) -> None:
        if array.shape != shape or array.dtype.name not in kinds:
            raise UsageError(
                "a frame does not fit the marker",
                why=f"it is {array.dtype} {array.shape}, due is {' or '.join(kinds)} {shape}",
            )


def _shares(frames: int) -> tuple[tuple[float, ...], float]:
    """Energy of the first frames and of each other one; over the shot the mean is 1."""
    if frames < _LONG_ENOUGH:
        return (), 1.0
    opening = tuple(gain * gain for gain in _OPENING)
    return opening, (frames - sum(opening)) / (frames - len(opening))


@lru_cache(maxsize=2)
def _pattern(mark_id: int, width: int, height: int) -> NDArray[np.float32]:
    made = pattern(mark_id, width, height)
    made.setflags(write=False)
    return made
