"""How near one picture comes to another: a copy of it, alike in structure, or neither.

Two measures, both with the picture mirrored as well: the PDQ distance, which sees a picture as a
whole, and matched points, which find a part of it, or it as a part of something. A distance of 31
is the limit that PDQ's authors publish for one picture; twenty points is
:data:`~generique.marks.fingerprint.registration.LEAST_INLIERS`. Alike in structure is a hint for a
person; it decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from generique.marks.fingerprint.pdq import PictureHash, picture_hash
from generique.marks.fingerprint.registration import LEAST_INLIERS, Gray, Registration, register

NEAR_COPY = 31
"""PDQ distance up to which a picture is a near copy."""

HINT = 90
"""PDQ distance up to which a picture is alike in structure."""

STRANGERS = 6e-3
"""Bound on the share of unrelated pictures that are taken for near copies: 3 by the number of pairs
that were measured without an alarm, see ``docs/marks-fingerprints.md``. More pairs may lower it."""

_LEAST_QUALITY = 50
"""PDQ quality below which a hash means nothing, by its authors."""

THRESHOLD = f"PDQ {HINT} of 256, {LEAST_INLIERS} points"


class Likeness(StrEnum):
    """How near a picture comes to another."""

    NEAR_COPY = "near copy"
    HINT = "structural hint"
    NONE = "none"


@dataclass(frozen=True)
class Comparison:
    """One picture against another.

    Attributes:
        distance: PDQ distance, 0 to 256, the smaller of as it is and mirrored; 256 where one of
            them has too little in it.
        mirrored: The mirrored picture is the nearer.
        registration: Where the first lies in the second; None when too few points match.
    """

    distance: int
    mirrored: bool
    registration: Registration | None

    @property
    def inliers(self) -> int:
        """Matched points."""
        return 0 if self.registration is None else self.registration.inliers

    @property
    def likeness(self) -> Likeness:
        """What the measures come to."""
        if self.distance <= NEAR_COPY or self.registration is not None:
            return Likeness.NEAR_COPY
        return Likeness.HINT if self.distance <= HINT else Likeness.NONE


@dataclass(frozen=True)
class Look:
    """A picture with its hashes, made once for many comparisons."""

    luma: Gray
    straight: PictureHash
    mirrored: PictureHash

    @classmethod
    def at(cls, luma: Gray) -> Look:
        """Look at a picture: height x width, luma."""
        flipped = np.ascontiguousarray(luma[:, ::-1])
        return cls(luma, picture_hash(luma), picture_hash(flipped))


def compare(first: Look, second: Look) -> Comparison:
    """Compare a picture with another that it may copy, be a part of, or show."""
    telling = min(first.straight.quality, second.straight.quality) >= _LEAST_QUALITY
    straight = first.straight.distance(second.straight) if telling else 256
    turned = first.mirrored.distance(second.straight) if telling else 256
    registration = register(first.luma, second.luma)
    mirrored = turned < straight if registration is None else registration.mirrored
    return Comparison(min(straight, turned), mirrored, registration)
