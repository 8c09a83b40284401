"""How likely chance alone gives a run as good as one that was found."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtri

from generique.marks.fingerprint.distance import distance
from generique.marks.fingerprint.signature import Packed

LARGEST_BOUND = 1e-6
"""A run that chance gives more often than this, anywhere in a film, is not stated."""

_MOST_PROBES = 24
_DEEPEST = 4
_RANKS = tuple(_DEEPEST * 4**power for power in range(8))
"""Places in the order of distances at which the tail is measured, nearest first."""

_TAIL = 0.01
"""Share of the pictures up to which they belong to the tail."""

_LEAST_PICTURES = 2000
_SMALLEST = -600.0


@dataclass(frozen=True)
class Tail:
    """How near a picture comes to pictures that have nothing to do with it.

    Attributes:
        mean: Distance of unrelated pictures, 0 to 760.
        deviation: Of the normal distribution about it whose near side holds all that was measured.
    """

    mean: float
    deviation: float

    @classmethod
    def measured(cls, distances: NDArray[np.int64]) -> Tail:
        """The tail of one picture, by its distances from many unrelated ones.

        The deviation is the largest that any share of the nearest asks for, from one in a hundred
        to the fourth nearest, and never smaller than that of :data:`USUAL`: a library of pictures
        that resemble each other has a heavier tail, and is believed less.

        Args:
            distances: Of the picture, 0 to 760; below two thousand, :data:`USUAL` is given.
        """
        count = len(distances)
        if count < _LEAST_PICTURES:
            return USUAL
        ranks = np.array([rank for rank in _RANKS if rank <= _TAIL * count])
        nearest = np.partition(distances, ranks)[ranks]
        mean = float(np.median(distances))
        asked = (mean - nearest) / -ndtri((ranks + 1) / (count + 1))
        return cls(mean, max(USUAL.deviation, float(asked.max())))


USUAL: Final = Tail(328.0, 30.0)
"""Of unrelated shots of the tuning side: the median is 328, and the nearest hundredth, thousandth
and ten-thousandth of the pairs lie where deviations of 27.5, 27.2 and 25.5 put them. Widened."""


def chance(query: Packed, work: Packed, far: float, places: float, tail: Tail = USUAL) -> float:
    """Probability that chance gives a run as good as this one at one of many places.

    The distance of two unrelated pictures is taken as normally distributed, as ``tail`` says. The
    frames of a run are not independent of each other: pictures of one shot are alike, and when one
    agrees by accident the next does. Two moments, at which both sides turned away from their
    pictures by an angle a, agree by accident with a correlation of cos(a)^2, so that the mean over
    the run has the deviation of one picture times the root of the mean correlation. A still shot is
    one look, however long it is; a run over cuts is nearly as many as it has shots.

    Args:
        query: Signatures of the run's frames, frames x 96.
        work: Signatures of the work's frames that they show.
        far: Median distance along the run.
        places: At how many a run might have been found: distinct pictures of the library, times
            the shots of the file.
        tail: Of the run's pictures.

    Returns:
        0 to 1; the expected number of such runs, where that is less than 1.
    """
    deviation = tail.deviation * math.sqrt(_together(query, work, tail.mean))
    single = float(log_ndtr(-(tail.mean - far) / deviation))
    exponent = math.log(max(places, 1.0)) + single
    return math.exp(min(0.0, max(exponent, _SMALLEST)))


def _together(query: Packed, work: Packed, unlike: float) -> float:
    """Mean correlation of the accidents of a run's frames, above 0, at most 1.

    A distance grows in proportion to the angle between pictures, up to a right angle at that of
    unrelated ones. Of both sides that counts which moved less: noise of a copy is no motion.
    """
    probes = np.linspace(0, len(query) - 1, min(len(query), _MOST_PROBES)).astype(int)
    moved = np.minimum(*(distance(s[probes, None], s[None, probes]) for s in (query, work)))
    angle = np.minimum(moved / unlike, 1.0) * math.pi / 2
    return float((np.cos(angle) ** 2).mean())
