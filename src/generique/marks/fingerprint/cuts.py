"""Where one picture changes to another, from the signatures of neighbouring frames.

A cut is a step in the signature that stands out from its neighbourhood, or a step in brightness
between flat frames. Slow dissolves have no cut: both pictures are found in them by the matcher.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import median_filter

from generique.marks.fingerprint.distance import distance, flat
from generique.marks.fingerprint.signature import Signatures

_LEAST = 90
"""L1 of neighbours below which there is no cut: fast motion stays below, unrelated pictures differ
by 200 and more."""

_TIMES = 4.0
_WINDOW = 13
_LEVEL = 12


def find_cuts(signatures: Signatures) -> tuple[int, ...]:
    """First frames of new pictures, in order; frame 0 is not among them."""
    if len(signatures) < 2:
        return ()
    packed = signatures.packed
    steps = distance(packed[1:], packed[:-1]).astype(float)
    around = median_filter(steps, _WINDOW, mode="nearest")
    level = np.abs(np.diff(signatures.level.astype(int)))
    detail = np.abs(np.diff(signatures.detail.astype(int)))
    flats = flat(signatures)
    plain = flats[1:] | flats[:-1]
    stands_out = (steps > _LEAST) & (steps > _TIMES * around + 30)
    appears = plain & ((level > _LEVEL) | (detail > _LEVEL))
    found = np.flatnonzero(np.where(plain, appears, stands_out)) + 1
    return tuple(int(frame) for frame in found)
