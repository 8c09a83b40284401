"""Where a stretch of a file may stand in the library: lines of time through like pictures.

A picture of the file that resembles one of a work allows an interval of offsets between their
times: as long as both are seen. Offsets that many pictures allow are proposals; every frame is
compared along them later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generique.marks.fingerprint.index import FARTHEST, Entries, Hits, Library, entries_of
from generique.marks.fingerprint.signature import Signatures

_JITTER = 0.25
"""Seconds by which a sampled picture may stand off the line."""

_APART = 0.3
"""Seconds between two proposals in one work."""

_WEAKEST = 0.2
"""Support of a proposal, as a share of the best, below which it is not looked at."""

_MOST = 10
_SHARPNESS = 2.0


@dataclass(frozen=True)
class Proposal:
    """A place where a stretch may stand.

    Attributes:
        work: Identifier of the work.
        offset: Seconds of the work less seconds of the file.
        support: Sum over the pictures of the stretch of how near the nearest on the line is.
        slack: Seconds by which the offset is open, in still pictures.
    """

    work: str
    offset: float
    support: float
    slack: float


@dataclass(frozen=True)
class _Pairs:
    """Pictures of the file and of the library that are alike."""

    query: NDArray[np.int64]
    work: NDArray[np.int32]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    weight: NDArray[np.float64]


def proposals(
    entries: Entries, hits: Hits, inside: NDArray[np.int64], library: Library, fps: float
) -> Iterator[Proposal]:
    """Places of a stretch, best supported first; at most ten.

    Args:
        entries: Pictures of the file.
        hits: What they hit.
        inside: Those of the stretch.
        library: Where its pictures stand.
        fps: Of the file.
    """
    pairs = _pairs(entries, hits, inside, library, fps)
    if not len(pairs.query):
        return
    offsets = (pairs.low + pairs.high) / 2
    support = _support(pairs, offsets)
    floor = _WEAKEST * float(support.max())
    taken: list[tuple[int, float]] = []
    for index in np.argsort(-support, kind="stable"):
        if support[index] < floor or len(taken) == _MOST:
            return
        work, offset = int(pairs.work[index]), float(offsets[index])
        if any(work == other and abs(offset - there) < _APART for other, there in taken):
            continue
        taken.append((work, offset))
        yield _narrowed(pairs, work, offset, float(support[index]), library)


def places(stretch: Signatures, library: Library) -> list[Proposal]:
    """Places of a stretch on its own, best supported first; at most ten.

    Args:
        stretch: Its signatures; offsets count from its first frame.
        library: Where it may stand.
    """
    entries = entries_of(stretch)
    if not len(entries.frame) or not len(library):
        return []
    hits = library.nearest(stretch.packed[entries.frame])
    inside = np.arange(len(entries.frame))
    return list(proposals(entries, hits, inside, library, float(stretch.fps)))


def _pairs(
    entries: Entries, hits: Hits, inside: NDArray[np.int64], library: Library, fps: float
) -> _Pairs:
    picture, far = hits.picture[inside], hits.distance[inside]
    rows, columns = np.nonzero((picture >= 0) & (far <= FARTHEST))
    there, query = picture[rows, columns], inside[rows]
    near = 1.0 - far[rows, columns] / (FARTHEST + 60.0)
    return _Pairs(
        query=query,
        work=hits.names[there],
        low=library.first[there] - entries.last[query] / fps - _JITTER,
        high=library.last[there] - entries.first[query] / fps + _JITTER,
        weight=near**_SHARPNESS,
    )


def _support(pairs: _Pairs, offsets: NDArray[np.float64]) -> NDArray[np.float64]:
    """Support of each pair's offset; a picture of the file counts once, by its nearest."""
    total = np.zeros(len(offsets))
    for query in np.unique(pairs.query):
        mine = pairs.query == query
        allowed = (
            (pairs.low[mine] <= offsets[:, None])
            & (offsets[:, None] <= pairs.high[mine])
            & (pairs.work[mine] == pairs.work[:, None])
        )
        total += np.where(allowed, pairs.weight[mine], 0.0).max(axis=1)
    return total


def _narrowed(
    pairs: _Pairs, work: int, offset: float, support: float, library: Library
) -> Proposal:
    """The middle of the offsets that the pairs on a line allow together."""
    on_line = (pairs.work == work) & (pairs.low <= offset) & (offset <= pairs.high)
    low, high = float(pairs.low[on_line].max()), float(pairs.high[on_line].min())
    return Proposal(library.ids[work], (low + high) / 2, support, max(0.0, (high - low) / 2))
