"""Lines of time: which stretch of a work a stretch of a file runs along, from single pictures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from generique.marks.fingerprint.index import FARTHEST, Entries, Hits, Library

SPEEDS = (
    Fraction(1),
    Fraction(24, 25),
    Fraction(25, 24),
    Fraction(1000, 1001),
    Fraction(1001, 1000),
)
"""Seconds of a work in one second of a file: as it is, and the usual transfers."""

_SLACK = 0.25
"""Seconds by which a sampled picture may stand off the line."""

_SLOPES = (0.4, 2.5)
_BETTER = 1.35
"""A pace of its own must explain this much more than the usual ones."""


@dataclass(frozen=True)
class Line:
    """A line of time: second ``t`` of the file shows second ``offset + speed * t`` of the work.

    Attributes:
        support: Sum over the pictures on the line of how near they are.
        slack: Seconds by which the offset is open, in still pictures.
    """

    work: str
    speed: Fraction
    offset: Fraction
    support: float
    slack: float

    def slack_frames(self, fps: Fraction) -> int:
        """The slack in frames, at most four seconds."""
        return math.ceil(min(self.slack, 4.0) * float(fps))


@dataclass(frozen=True)
class _Points:
    """Pictures of the file and of one work that are alike: seconds, and weight."""

    here: NDArray[np.float64]
    here_last: NDArray[np.float64]
    there: NDArray[np.float64]
    there_last: NDArray[np.float64]
    weight: NDArray[np.float64]
    query: NDArray[np.int64]


def best_line(
    entries: Entries,
    hits: Hits,
    inside: NDArray[np.int64],
    work: str,
    library: Library,
    fps: Fraction,
) -> Line | None:
    """The line in a work that most of a stretch's pictures lie on.

    Args:
        entries: Pictures of the file.
        hits: What they hit.
        inside: Those of the stretch.
        work: The work.
        library: Where its pictures stand.
        fps: Of the file.
    """
    points = _points(entries, hits, inside, work, library, float(fps))
    if points is None:
        return None
    lines = [line for speed in SPEEDS if (line := _along(points, speed, work)) is not None]
    own = _own_speed(points)
    if own is not None and (line := _along(points, own, work)) is not None:
        best = max((usual.support for usual in lines), default=0.0)
        if line.support > _BETTER * best:
            lines.append(line)
    # On equal support the usual speed wins: a still picture fits all of them.
    return max(lines, key=lambda line: line.support, default=None)


def _points(
    entries: Entries,
    hits: Hits,
    inside: NDArray[np.int64],
    work: str,
    library: Library,
    fps: float,
) -> _Points | None:
    number = hits.ids.index(work)
    picture, far = hits.picture[inside], hits.distance[inside]
    usable = (picture >= 0) & (far <= FARTHEST)
    usable[usable] = hits.names[picture[usable]] == number
    rows, columns = np.nonzero(usable)
    if not len(rows):
        return None
    there = picture[rows, columns]
    query = inside[rows]
    return _Points(
        here=entries.first[query] / fps,
        here_last=entries.last[query] / fps,
        there=library.first[there],
        there_last=library.last[there],
        weight=1.0 - far[rows, columns] / (FARTHEST + 60.0),
        query=query,
    )


def _along(points: _Points, speed: Fraction, work: str) -> Line | None:
    """The best offset at a speed: each pair of pictures allows an interval of offsets."""
    pace = float(speed)
    low = points.there - pace * points.here_last - _SLACK
    high = points.there_last - pace * points.here + _SLACK
    edges = np.concatenate([low, high])
    signs = np.concatenate([np.ones(len(low)), -np.ones(len(high))])
    order = np.lexsort((-signs, edges))
    weights = np.concatenate([points.weight, points.weight])
    heights = np.cumsum((signs * weights)[order])
    top = int(np.argmax(heights))
    lowest = edges[order][top]
    highest = edges[order][min(top + 1, len(edges) - 1)]
    middle = (lowest + highest) / 2
    on_line = (low <= middle) & (middle <= high)
    # One picture of the file counts once, however many of the work's it resembles.
    support = sum(
        float(points.weight[on_line & (points.query == query)].max())
        for query in np.unique(points.query[on_line])
    )
    if support <= 0:
        return None
    slack = max(0.0, (highest - lowest) / 2)
    return Line(work, speed, Fraction(middle).limit_denominator(10**6), support, slack)


def _own_speed(points: _Points) -> Fraction | None:
    """Median slope between pairs of distinct pictures, None where too few are distinct."""
    middle_here = (points.here + points.here_last) / 2
    middle_there = (points.there + points.there_last) / 2
    best = np.array(
        [
            np.flatnonzero(points.query == query)[np.argmax(points.weight[points.query == query])]
            for query in np.unique(points.query)
        ]
    )
    if len(best) < 4:
        return None
    here, there = middle_here[best], middle_there[best]
    one, other = np.triu_indices(len(best), 1)
    apart = np.abs(here[other] - here[one]) > 0.5
    if not apart.any():
        return None
    slopes = (there[other] - there[one])[apart] / (here[other] - here[one])[apart]
    slopes = slopes[(slopes > _SLOPES[0]) & (slopes < _SLOPES[1])]
    if len(slopes) < 6:
        return None
    return Fraction(float(np.median(slopes))).limit_denominator(1000)
