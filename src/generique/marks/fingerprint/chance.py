"""How likely chance alone gives a run as good as one that was found."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from generique.marks.fingerprint.distance import distance
from generique.marks.fingerprint.signature import Packed

CHANCE_MEAN = 330.0
CHANCE_DEVIATION = 40.0
"""Distances of unrelated pictures, as measured (``docs/marks.md``), with the deviation widened."""

LARGEST_BOUND = 1e-6
"""A run that chance gives more often than this is not stated."""

_MOST_LOOKS = 2.5
_SAME = 24
_SMALLEST = -600.0


def chance(packed: Packed, far: float, beginnings: int) -> float:
    """Probability that chance gives a run as good as this one somewhere in a library.

    The distance of two unrelated pictures is taken as normally distributed about
    :data:`CHANCE_MEAN`. A run has as many independent looks as it has distinct pictures; at most
    two and a half are counted, because pictures of one scene are alike: unrelated scenes were seen
    that differ by 215 over their whole length. Each look must agree, and a library offers as many
    beginnings as it has distinct pictures.

    Args:
        packed: Signatures of the run's frames.
        far: Median distance along the run.
        beginnings: Distinct pictures of the library.
    """
    deviations = (CHANCE_MEAN - far) / CHANCE_DEVIATION
    if deviations <= 0:
        return 1.0
    single = 0.5 * math.erfc(deviations / math.sqrt(2))
    looks = min(_MOST_LOOKS, 1.0 + 0.5 * _changes(packed))
    exponent = looks * math.log(max(single, 1e-300))
    return float(min(1.0, beginnings * math.exp(max(exponent, _SMALLEST))))


def _changes(packed: NDArray[np.uint8]) -> int:
    """How often a picture becomes another by more than encoding explains."""
    count, index = 0, 0
    while index < len(packed) - 1 and count < 2 * _MOST_LOOKS:
        later = distance(packed[index + 1 :], packed[index])
        beyond = np.flatnonzero(later > _SAME)
        if not len(beyond):
            break
        index += 1 + int(beyond[0])
        count += 1
    return count
