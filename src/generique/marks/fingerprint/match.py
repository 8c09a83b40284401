"""Finds the frames of a file in known works.

The law:

1. Coarse, then fine. Distinct pictures of both sides, five a second, are compared first; where
   several of one stretch point to one line of time in a work, every frame along it is compared.
2. Time runs at one pace within a run: as it is, at a transfer's pace (24/25, 25/24, 1000/1001), or
   at another that the pictures themselves show.
3. A run begins and ends where the pictures begin and cease to agree, to the frame.
4. Flat pictures say nothing. They neither begin nor extend a run.
5. Every work that fits a stretch about as well as the best is named; the same take stands in
   several films.
6. A run states how likely chance alone would give it anywhere in the library.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from generique.marks.fingerprint.cuts import find_cuts
from generique.marks.fingerprint.distance import distance, flat
from generique.marks.fingerprint.index import Entries, Hits, Library, entries_of
from generique.marks.fingerprint.lines import Line, best_line
from generique.marks.fingerprint.signature import Signatures

CHANCE_MEAN = 330.0
CHANCE_DEVIATION = 40.0
"""Distances of unrelated pictures, as measured (``docs/marks.md``), with the deviation widened."""

AGREES = 200
"""Distance below which two frames may be the same picture, after hard handling."""

LARGEST_BOUND = 1e-6
"""A run that chance gives more often than this is not stated."""

_LEAST_SECONDS = 0.3
_RIVAL = 25.0
_ROUNDS = 12
_JITTER = 0.32
_MOST_DISTINCT = 6.0
_DISTINCT = 24

Reader = Callable[[str], Signatures]
"""Gives the signatures of a work by its identifier."""


@dataclass(frozen=True)
class Run:
    """Frames of a file that show a stretch of a work.

    Attributes:
        work: Identifier of the work.
        start: First frame of the file.
        end: Frame after the last.
        at: Frame of the work seen at ``start``.
        pace: Frames of the work for each frame of the file.
        distance: Median L1 distance along the run.
        bound: Probability that chance alone gives a run as good as this anywhere in the library.
        mirrored: The file shows it with left and right exchanged.
    """

    work: str
    start: int
    end: int
    at: int
    pace: float
    distance: float
    bound: float
    mirrored: bool = False

    def place(self, frame: int) -> int:
        """Frame of the work that a frame of the file shows."""
        return max(0, round(self.at + (frame - self.start) * self.pace))


def match(
    query: Signatures, library: Library, read: Reader, *, beginnings: int | None = None
) -> tuple[Run, ...]:
    """All runs of a file in a library, in order of time.

    Args:
        query: Signatures of the file, every frame.
        library: The distinct pictures of the known works.
        read: Gives a work's signatures; called for works that may match, only.
        beginnings: Distinct pictures that the file was compared with before, for the bounds;
            None counts those of the library.
    """
    if not len(query) or not len(library):
        return ()
    entries = entries_of(query)
    hits = library.nearest(query.packed[entries.frame])
    found: list[Run] = []
    for start, end in _shots(query):
        found += _Search(query, entries, hits, library, read, beginnings or len(library)).runs(
            start, end
        )
    return tuple(sorted(set(found), key=lambda run: (run.start, run.end, run.bound, run.work)))


def _shots(query: Signatures) -> list[tuple[int, int]]:
    """Stretches between the cuts of the file."""
    limits = [0, *find_cuts(query), len(query)]
    return [(a, b) for a, b in itertools.pairwise(limits) if b > a]


@dataclass(frozen=True)
class _Search:
    """One file against one library."""

    query: Signatures
    entries: Entries
    hits: Hits
    library: Library
    read: Reader
    beginnings: int

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """The runs of one picture of the file; what the best leave open is searched again."""
        waiting = [(start, end)]
        least = round(_LEAST_SECONDS * self.query.fps)
        for _ in range(_ROUNDS):
            if not waiting:
                return
            stretch = waiting.pop()
            close = self._best(stretch)
            if not close:
                continue
            yield from close
            first, last = min(run.start for run in close), max(run.end for run in close)
            around = ((stretch[0], first), (last, stretch[1]))
            waiting += [left for left in around if left[1] - left[0] >= least]

    def _best(self, stretch: tuple[int, int]) -> list[Run]:
        """The best run of a stretch, and those of other works that are about as good."""
        inside = self.entries.between(*stretch)
        if not len(inside):
            return []
        runs = [
            run
            for work in self.hits.works(inside)
            if (run := self._in_work(work, inside, stretch)) is not None
        ]
        if not runs:
            return []
        best = min(runs, key=lambda run: (run.bound, run.distance))
        return [
            run
            for run in runs
            if run.distance <= best.distance + _RIVAL and _overlap(run, best) * 2 > _length(best)
        ]

    def _in_work(
        self, work: str, inside: NDArray[np.int64], stretch: tuple[int, int]
    ) -> Run | None:
        """The run of a stretch in one work."""
        fps = self.query.fps
        line = best_line(self.entries, self.hits, inside, work, self.library, fps)
        if line is None:
            return None
        run = _refined(self.query, self.read(work), line, stretch)
        if run is None:
            return None
        bound = chance(self.query, run, self.beginnings)
        return replace(run, bound=bound) if bound <= LARGEST_BOUND else None


def _length(run: Run) -> int:
    return run.end - run.start


def _overlap(one: Run, other: Run) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _refined(
    query: Signatures,
    work: Signatures,
    line: Line,
    shot: tuple[int, int],
) -> Run | None:
    """Compare every frame along a line; None where it does not hold."""
    pace = float(line.speed * work.fps / query.fps)
    start, end = shot
    frames = np.arange(start, end)
    blank = flat(query)[start:end]
    if blank.all():
        return None
    at = _best_offset(query, work, frames, blank, line, pace)
    if at is None:
        return None
    places, valid = _places(frames, at, pace, start, len(work))
    along = np.full(len(frames), 760)
    along[valid] = distance(query.packed[frames[valid]], work.packed[places[valid]])
    core = along[(along < AGREES) & ~blank]
    if len(core) == 0:
        return None
    usual = float(np.median(core))
    agrees = valid & ~blank & (along <= min(AGREES, usual + 110))
    span = _longest(agrees, blank)
    if span is None or (span[1] - span[0]) < max(2, _LEAST_SECONDS * float(query.fps) * 0.5):
        return None
    return Run(
        work=line.work,
        start=start + span[0],
        end=start + span[1],
        at=int(places[span[0]]),
        pace=pace,
        distance=float(np.median(along[span[0] : span[1]][~blank[span[0] : span[1]]])),
        bound=1.0,
    )


def _best_offset(
    query: Signatures,
    work: Signatures,
    frames: NDArray[np.int64],
    blank: NDArray[np.bool_],
    line: Line,
    pace: float,
) -> float | None:
    """Frame of the work at the first frame, to the frame; in a still picture, as near as cuts tell."""
    usable = frames[~blank]
    probe = usable[np.linspace(0, len(usable) - 1, min(len(usable), 160)).astype(int)]
    centre = float((line.offset + Fraction(int(frames[0])) / query.fps * line.speed) * work.fps)
    reach = math.ceil(_JITTER * float(work.fps)) + line.slack_frames(work.fps)
    tried: list[tuple[float, float]] = []
    for shift in range(-reach, reach + 1):
        at = round(centre) + shift
        places, valid = _places(probe, at, pace, int(frames[0]), len(work))
        if valid.sum() * 2 < len(probe):
            continue
        along = distance(query.packed[probe[valid]], work.packed[places[valid]])
        missing = 760 * (1 - valid.mean())
        tried.append((float(np.minimum(along, 260).mean()) + missing * 0.2, float(at)))
    if not tried:
        return None
    best = min(score for score, _ in tried)
    equal = [at for score, at in tried if score <= best + 1.0]
    if len(equal) == 1:
        return equal[0]
    starts = _starts(work)
    at_cut = [at for at in equal if int(at) in starts]
    return at_cut[0] if at_cut else equal[len(equal) // 2]


def _starts(work: Signatures) -> frozenset[int]:
    """Frames of a work at which a picture begins."""
    return frozenset((0, *find_cuts(work)))


def _places(
    frames: NDArray[np.int64], at: float, pace: float, first: int, length: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Frames of the work along a line, and which of them exist."""
    places = np.floor(at + (frames - first) * pace + 0.5).astype(np.int64)
    valid = (places >= 0) & (places < length)
    return np.clip(places, 0, length - 1), valid


def _longest(agrees: NDArray[np.bool_], blank: NDArray[np.bool_]) -> tuple[int, int] | None:
    """The longest stretch that agrees, over single frames that do not, and over flat ones."""
    best: tuple[int, int] | None = None
    first: int | None = None
    last = 0
    for index in np.flatnonzero(agrees):
        between = blank[last + 1 : index]
        if first is not None and index - last - 1 - int(between.sum()) <= 2:
            last = int(index)
        else:
            first, last = int(index), int(index)
        if best is None or last + 1 - first > best[1] - best[0]:
            best = (first, last + 1)
    return best


def chance(query: Signatures, run: Run, library: int) -> float:
    """Probability that chance gives a run as good as this one somewhere in a library.

    One pair of unrelated pictures differs by about :data:`CHANCE_MEAN`, normally distributed. A run
    has as many independent looks as it has distinct pictures (at most six are counted: pictures of
    one scene are alike); each must agree, and a library offers as many beginnings as it has distinct
    pictures.
    """
    z = (CHANCE_MEAN - run.distance) / CHANCE_DEVIATION
    if z <= 0:
        return 1.0
    single = 0.5 * math.erfc(z / math.sqrt(2))
    looks = min(_MOST_DISTINCT, 1.0 + 0.5 * _changes(query.packed[run.start : run.end]))
    return float(min(1.0, library * math.exp(max(looks * math.log(max(single, 1e-300)), -600.0))))


def _changes(packed: NDArray[np.uint8]) -> int:
    """How often a picture becomes another by more than encoding explains."""
    count, index = 0, 0
    while index < len(packed) - 1 and count < 2 * _MOST_DISTINCT:
        later = distance(packed[index + 1 :], packed[index])
        beyond = np.flatnonzero(later > _DISTINCT)
        if not len(beyond):
            break
        index += 1 + int(beyond[0])
        count += 1
    return count
