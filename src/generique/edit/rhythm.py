"""Rhythm of a plan in numbers, for the report."""

from __future__ import annotations

from itertools import pairwise
from statistics import mean, median, pstdev

from pydantic import Field, NonNegativeInt

from generique.edit.beats import beats_of
from generique.edit.cutting import TOLERANCE
from generique.model.timing import TimingPlan
from generique.model.values import Value

HIT_SECONDS = 0.070
"""A cut within 70 ms of a beat is a hit: the tolerance usual in beat tracking."""


class Rhythm(Value):
    """How a film is cut.

    Attributes:
        cuts: Cuts and dissolves counted, the one into the end credits included.
        hit_rate: Share of cuts within 70 ms of a beat, 0 to 1; None without cuts or beats.
        within_two_frames: Share of cuts within two frames of a beat.
        average_seconds: Average shot length, between cut points.
        median_seconds: Median shot length.
        spread: Standard deviation over average; feature films lie near 1.2 (Salt).
    """

    cuts: NonNegativeInt
    hit_rate: float | None = Field(ge=0, le=1)
    within_two_frames: float | None = Field(ge=0, le=1)
    average_seconds: float
    median_seconds: float
    spread: float


def cut_frames(plan: TimingPlan) -> tuple[int, ...]:
    """Frames of the cuts between shots and into the credits; a dissolve counts at its middle."""
    inner = (shot.start + shot.overlap // 2 for shot in plan.shots[1:])
    return (*inner, plan.credits_start)


def rhythm_of(plan: TimingPlan) -> Rhythm:
    """Measure a plan against its own music grid."""
    cuts = cut_frames(plan)
    beats = beats_of(plan.music, plan.rate)
    misses = [
        min(abs(float(plan.rate.seconds(cut)) - beat) for beat in plan.music.beats)
        for cut in cuts
        if plan.music.beats
    ]
    offsets = [gap for cut in cuts if (gap := beats.offset(cut)) is not None]
    last = plan.shots[-1].start + plan.shots[-1].frames
    points = (0, *cuts[:-1], last)
    lengths = [float(plan.rate.seconds(end - first)) for first, end in pairwise(points)]
    average = mean(lengths)
    return Rhythm(
        cuts=len(cuts),
        hit_rate=mean(miss <= HIT_SECONDS for miss in misses) if misses else None,
        within_two_frames=mean(abs(gap) <= TOLERANCE for gap in offsets) if offsets else None,
        average_seconds=average,
        median_seconds=median(lengths),
        spread=pstdev(lengths) / average,
    )
