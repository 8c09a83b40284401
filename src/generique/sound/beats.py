"""The beat grid and the dramatic arc that music, cuts and camera moves share.

Both are laid out before anything is composed or shot: the score is written *to* them, so no
beat has to be found again in the sound, and :mod:`generique.sound.tension` measures afterwards
whether the music did what was asked.
"""

from __future__ import annotations

import math
from enum import StrEnum
from itertools import pairwise

from pydantic import Field

from generique.model.errors import UsageError
from generique.model.values import Value

_SLOWEST, _FASTEST = 20.0, 300.0
_TOUCH = 1e-9


class SectionKind(StrEnum):
    """What a stretch of the arc does."""

    CALM = "calm"
    RISE = "rise"
    CLIMAX = "climax"
    RELEASE = "release"


class Section(Value):
    """A stretch of the arc.

    Attributes:
        share: Weight of its length; the sections of an arc share the whole in proportion.
    """

    kind: SectionKind
    share: float = Field(gt=0, le=1000)


QUIET_ARC: tuple[Section, ...] = (
    Section(kind=SectionKind.CALM, share=0.25),
    Section(kind=SectionKind.RISE, share=0.40),
    Section(kind=SectionKind.CLIMAX, share=0.10),
    Section(kind=SectionKind.RELEASE, share=0.25),
)
"""The default: calm, a slow rise, a held breath, release (after the four-part shape that
J. Cutting found in 160 films, *The evolution of pace in popular movies*, 2016)."""

_LEVELS = {
    SectionKind.CALM: (0.15, 0.20),
    SectionKind.RISE: (0.20, 0.85),
    SectionKind.CLIMAX: (0.85, 1.00),
    SectionKind.RELEASE: (1.00, 0.05),
}


def beat_grid(bpm: float, seconds: float, *, first: float = 0.0) -> tuple[float, ...]:
    """Times of the beats in seconds, from ``first`` to before ``seconds``.

    Each is computed from its number, so the last beat of an hour is as exact as the first.

    Args:
        bpm: Beats a minute, 20 to 300.
        seconds: Length to fill, 0 or more.
        first: Time of the first beat, 0 or more.

    Raises:
        UsageError: A value is out of its range.
    """
    if not _SLOWEST <= bpm <= _FASTEST:
        raise UsageError(
            f"{bpm:g} beats a minute is no tempo to cut on",
            next_step=f"give {_SLOWEST:g} to {_FASTEST:g} beats a minute",
        )
    if not (0 <= seconds < math.inf and 0 <= first < math.inf):
        raise UsageError("a beat grid needs a length and a first beat of 0 or more seconds")
    period = 60.0 / bpm
    count = max(0, math.ceil((seconds - first) / period - _TOUCH))
    return tuple(first + number * period for number in range(count))


def tension_curve(n_beats: int, shape: tuple[Section, ...] = QUIET_ARC) -> tuple[float, ...]:
    """Target tension at each beat, 0 calm to 1 climax.

    Sections follow each other in proportion to their shares. Within one, tension goes from the
    level reached before to the section's own end level (calm 0.20, rise 0.85, climax 1.00,
    release 0.05) along half a cosine, so that the curve has no corner. The first section
    starts at its own start level. So *where sections fall* is all that shapes the curve:
    a late, short rise gives a late, steep slope.

    Args:
        n_beats: Number of beats, 0 or more.
        shape: At least one section.

    Raises:
        UsageError: No section or a negative number of beats.
    """
    if not shape or n_beats < 0:
        raise UsageError("a tension curve needs at least one section and a number of beats")
    whole = sum(section.share for section in shape)
    level = _LEVELS[shape[0].kind][0]
    corners = [(0.0, level)]
    for section in shape:
        corners.append((corners[-1][0] + section.share / whole, _LEVELS[section.kind][1]))
    return tuple(_along(corners, beat / max(1, n_beats - 1)) for beat in range(n_beats))


def tension_at(time: float, beats: tuple[float, ...], tension: tuple[float, ...]) -> float:
    """Target tension at any time: linear between beats, held before the first and after the last.

    Args:
        time: Seconds.
        beats: Times of the beats, rising.
        tension: As many values as beats.

    Raises:
        UsageError: No beats, or another number of values.
    """
    if not beats or len(beats) != len(tension):
        raise UsageError("tension is given by one value for each beat")
    return _linear(tuple(zip(beats, tension, strict=True)), time)


def _along(corners: list[tuple[float, float]], place: float) -> float:
    for (start, low), (end, high) in pairwise(corners):
        if place <= end:
            part = (place - start) / (end - start)
            return low + (high - low) * (1 - math.cos(math.pi * part)) / 2
    return corners[-1][1]


def _linear(points: tuple[tuple[float, float], ...], place: float) -> float:
    if place <= points[0][0]:
        return points[0][1]
    for (start, low), (end, high) in pairwise(points):
        if place <= end:
            return low + (high - low) * (place - start) / (end - start)
    return points[-1][1]
