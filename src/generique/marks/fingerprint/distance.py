"""Distances of packed frame signatures, and which frames tell nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generique.marks.fingerprint.signature import BYTES, Packed, Signatures

FLAT_DETAIL = 4
"""Standard deviation of luma below which a picture is flat: its comparisons are of noise."""

_ONES = np.ones(BYTES // 8, np.float32)


def distance(one: Packed, other: Packed) -> NDArray[np.int64]:
    """L1 distances, 0 to 760, of signatures (... x 96); the shapes before the last broadcast."""
    counts = np.bitwise_count(_words(one) ^ _words(other))
    # A product with ones adds twelve numbers three times as fast as a sum does, and as exactly.
    return np.asarray(counts.astype(np.float32) @ _ONES, np.int64)


def flat(signatures: Signatures) -> NDArray[np.bool_]:
    """True for each frame whose signature tells nothing: black, grey, a plain fade."""
    return np.asarray(signatures.detail < FLAT_DETAIL)


def spans(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and past-last index of every run of True, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _words(packed: Packed) -> NDArray[np.uint64]:
    return np.ascontiguousarray(packed).view(np.uint64)
