"""Finds the frames of a file in known works.

The law:

1. Coarse, then fine. Distinct pictures of both sides, five a second, propose where each window of
   a second or two may stand; there every frame is compared.
2. Time runs at one pace within a run: as it is, at a transfer's pace (24/25, 25/24, 1000/1001), or
   at another that the pictures themselves show.
3. One course through the file explains its frames best (see ``path.py``). A run begins and ends
   where that course changes, to the frame.
4. Flat pictures say nothing. They neither begin nor end a run.
5. Every work, and every place in a work, that fits about as well as the best is named; the same
   take stands in several films, and twice in one.
6. A run states how likely chance alone would give it, anywhere in the library and in the file.
   What follows a run in the same work without a break has one place where it may stand.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generique.marks.fingerprint.chance import LARGEST_BOUND, Tail, chance
from generique.marks.fingerprint.cuts import find_cuts
from generique.marks.fingerprint.distance import distance, flat
from generique.marks.fingerprint.index import Library, entries_of
from generique.marks.fingerprint.lines import Proposal, proposals
from generique.marks.fingerprint.path import Lane, best_path
from generique.marks.fingerprint.signature import Signatures
from generique.marks.fingerprint.tracks import Track, find_track, polished

_WINDOW = 2.0
_HOP = 1.0
_MARGIN = 3.0
"""Seconds around the windows that found a track in which it is looked at."""

_USUAL = 12.0
"""Mean distance up to which a track that is known explains a window, and no other is sought."""

_WORTH = 225.0
_CLOSE = 0.35
_RIVAL = 25.0
_LEAST_FRAMES = 5
_LONGEST_GAP = 3
_LATEST = 40
"""Tracks among which that of the next window is sought first."""

_FRAMES_HELD = 5_000_000
"""Frames of works that are kept at hand: half a gigabyte."""

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
        bound: Probability that chance alone gives a run as good as this anywhere in the library, at
            any shot of the file.
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
    query: Signatures,
    library: Library,
    read: Reader,
    *,
    beginnings: int | None = None,
    mirrored: Signatures | None = None,
) -> tuple[Run, ...]:
    """All runs of a file in a library, in order of time.

    Args:
        query: Signatures of the file, every frame.
        library: The distinct pictures of the known works.
        read: Gives a work's signatures; called for works that may match, only.
        beginnings: Distinct pictures that the file was compared with before, for the bounds;
            None counts those of the library.
        mirrored: Signatures of the file with left and right exchanged; None leaves mirrored copies
            to registration.
    """
    if not len(query) or not len(library):
        return ()
    sides = [_Side(query, mirrored=False)]
    if mirrored is not None:
        sides.append(_Side(mirrored, mirrored=True))
    search = _Search(sides, library, read, beginnings or len(library))
    return tuple(
        sorted(set(search.runs()), key=lambda run: (run.start, run.end, run.bound, run.work))
    )


@dataclass(frozen=True)
class _Side:
    """The file as it is, or mirrored."""

    signatures: Signatures
    mirrored: bool


@dataclass(frozen=True)
class _Piece:
    """A run, and the signatures of its frames that tell something, of the file and of the work."""

    run: Run
    query: NDArray[np.uint8]
    work: NDArray[np.uint8]


class _Search:
    """One file against one library."""

    def __init__(
        self, sides: Sequence[_Side], library: Library, read: Reader, beginnings: int
    ) -> None:
        self._sides = {side.mirrored: side.signatures for side in sides}
        self._query = sides[0].signatures
        self._blank = flat(self._query)
        self._library = library
        self._read = read
        self._held: dict[str, Signatures] = {}
        self._cuts = find_cuts(self._query)
        self._shots = len(self._cuts) + 1
        self._places = beginnings * len(sides) * self._shots

    def runs(self) -> Iterator[Run]:
        """The runs of the best course, those of its rivals, none that chance explains."""
        tracks = [track for side in self._sides for track in self._tracks(mirrored=side)]
        course = self._course(tracks)
        # What was found on windows is laid anew on all that it explains, and chosen again.
        usual = self._usual_speed(course)
        better = [self._polished(track, (start, end), usual) for track, start, end in course]
        course = _joined(self._course([*better, *tracks]), round(self._query.fps * _CLOSE))
        best = np.full(len(self._query), float(_WORTH))
        starts = [start for _, start, _ in course]
        for track, start, end in course:
            best[start:end] = self._distances(track.over(start, end))
            yield from self._stated(track, start, end)
        for track in _by_work(_distinct([*better, *tracks])):
            for start, end in self._rivals(track, best, _overlapping(track, course, starts)):
                yield from self._stated(track, start, end)

    def _tracks(self, *, mirrored: bool) -> list[Track]:
        """Everything that some window of the file may follow."""
        fps = float(self._query.fps)
        margin = round(_MARGIN * fps)
        found: list[tuple[int, Track]] = []
        # Work by work, so that each is read once however many windows it may explain.
        for order, window, proposal in sorted(
            self._proposals(mirrored=mirrored), key=lambda one: (one[2].work, one[0])
        ):
            frames = window[~self._blank[window]]
            first = max(0, int(window[0]) - margin)
            last = min(len(self._query), int(window[-1]) + 1 + margin)
            latest = [track for _, track in found[-_LATEST:]]
            track = self._found(proposal, frames, latest, mirrored=mirrored)
            if track is None:
                continue
            known = next((n for n, one in enumerate(latest, -len(latest)) if one is track), None)
            if known is None:
                found.append((order, track.over(first, last)))
            else:
                longer = track.over(min(track.first, first), max(track.last, last))
                found[known] = (found[known][0], longer)
        return [track for _, track in sorted(found, key=lambda one: one[0])]

    def _proposals(self, *, mirrored: bool) -> Iterator[tuple[int, NDArray[np.int64], Proposal]]:
        """Places of every window, numbered, the best supported of each window first."""
        query = self._sides[mirrored]
        entries = entries_of(query)
        hits = self._library.nearest(query.packed[entries.frame])
        count = itertools.count()
        for start, end in self._windows():
            inside = np.flatnonzero((entries.first < end) & (entries.last >= start))
            if int((~self._blank[start:end]).sum()) < 2 or not len(inside):
                continue
            window = np.arange(start, end)
            fps = float(query.fps)
            for proposal in proposals(entries, hits, inside, self._library, fps):
                yield next(count), window, proposal

    def _windows(self) -> Iterator[tuple[int, int]]:
        """Windows of the pictures between two cuts; they overlap by half."""
        fps = float(self._query.fps)
        length, hop = round(_WINDOW * fps), round(_HOP * fps)
        for start, end in itertools.pairwise([0, *self._cuts, len(self._query)]):
            for first in range(start, max(start + 1, end - hop), hop):
                yield first, min(first + length, end)

    def _found(
        self, proposal: Proposal, frames: NDArray[np.int64], known: list[Track], *, mirrored: bool
    ) -> Track | None:
        """The track of a window at a proposal: one that is known and holds, or a new one."""
        query, work = self._sides[mirrored], self._work(proposal.work)
        middle = int(frames[len(frames) // 2])
        at = float((middle / float(query.fps) + proposal.offset) * float(work.fps))
        for track in known:
            if track.work != proposal.work or track.mirrored != mirrored:
                continue
            if abs(track.place(middle) - at) > (_CLOSE + proposal.slack) * float(work.fps):
                continue
            if _mean(query, work, track, frames) <= _USUAL:
                return track
        guess = Track(proposal.work, mirrored, middle, round(at), 1.0, 0, 0)
        laid = find_track(query, work, frames, guess, proposal.slack)
        if laid is None or laid[1] > _WORTH:
            return None
        for track in known:
            same = track.work == proposal.work and track.mirrored == mirrored
            near = same and abs(track.place(middle) - laid[0].place(middle)) <= 1
            if near and _mean(query, work, track, frames) <= laid[1] + 2:
                return track
        return laid[0]

    def _course(self, tracks: Sequence[Track]) -> list[tuple[Track, int, int]]:
        """The course that explains the file best: stretches of tracks, flat edges cut off."""
        tracks = _distinct(tracks)
        lanes: dict[Track, Lane] = {
            track: Lane(track.first, self._distances(track)) for track in _by_work(tracks)
        }
        found = []
        for index, start, end in best_path(
            len(self._query), [lanes[track] for track in tracks], self._blank
        ):
            clear = np.flatnonzero(~self._blank[start:end])
            if len(clear) >= _LEAST_FRAMES:
                found.append((tracks[index], start + int(clear[0]), start + int(clear[-1]) + 1))
        return found

    def _usual_speed(self, course: Sequence[tuple[Track, int, int]]) -> float:
        """Seconds of the works in a second of most of the file."""
        frames: dict[float, int] = {}
        for track, start, end in course:
            speed = track.pace * float(self._query.fps / self._work(track.work).fps)
            frames[round(speed, 6)] = frames.get(round(speed, 6), 0) + end - start
        return max(frames, key=lambda speed: frames[speed], default=1.0)

    def _polished(self, track: Track, span: tuple[int, int], usual: float) -> Track:
        start, end = span
        frames = np.arange(start, end)[~self._blank[start:end]]
        query, work = self._sides[track.mirrored], self._work(track.work)
        better = polished(query, work, frames, track, usual)
        usual_far = _mean(query, work, better, frames)
        return better.over(
            self._reach(better, start, -1, usual_far), self._reach(better, end, 1, usual_far)
        )

    def _reach(self, track: Track, edge: int, way: int, usual: float) -> int:
        """How far a track is worth following from an edge: a margin, and on while it fits.

        A picture that stands still fits every track; the one that led there goes on through it,
        however long it stands, and no other takes its place.
        """
        query, work = self._sides[track.mirrored], self._work(track.work)
        margin = round(_MARGIN * float(query.fps))
        reach, last = edge, len(query) if way > 0 else 0
        while reach != last:
            beyond = min(reach + margin, last) if way > 0 else max(reach - margin, last)
            part = np.arange(min(reach, beyond), max(reach, beyond))
            reach = beyond
            if _mean(query, work, track, part) > usual + _USUAL:
                break
        return reach

    def _distances(self, track: Track) -> NDArray[np.int64]:
        return track.distances(self._sides[track.mirrored], self._work(track.work))

    def _rivals(
        self, track: Track, best: NDArray[np.float64], course: Sequence[tuple[Track, int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Stretches in which a track fits about as well as the course and leads elsewhere."""
        fits = self._distances(track) <= best[track.first : track.last] + _RIVAL
        fits &= ~self._blank[track.first : track.last]
        for start, end in _stretches(fits, self._blank[track.first : track.last]):
            first, last = track.first + start, track.first + end
            if last - first >= _LEAST_FRAMES and not any(
                _same_place(track, other, max(first, a), min(last, b), (b - a) * other.pace / 2)
                for other, a, b in course
            ):
                yield first, last

    def _stated(self, track: Track, start: int, end: int) -> Iterator[Run]:
        """A stretch as runs, from cut to cut, without those that chance explains."""
        inside = slice(bisect_right(self._cuts, start), bisect_left(self._cuts, end))
        limits = [start, *self._cuts[inside], end]
        pieces = [
            piece
            for first, last in itertools.pairwise(limits)
            if (piece := self._piece(track, first, last)) is not None
        ]
        if not pieces:
            return
        tails = [self._tail(piece) for piece in pieces]
        bounds = [
            self._chance(piece, tail, self._places)
            for piece, tail in zip(pieces, tails, strict=True)
        ]
        if len(pieces) > 1 and (whole := self._piece(track, start, end)) is not None:
            broad = Tail(
                float(np.mean([tail.mean for tail in tails])),
                max(tail.deviation for tail in tails),
            )
            # That the stretch is an accident, or that this shot goes on in it by accident.
            base = min([self._chance(whole, broad, self._places), *bounds])
            on = [
                self._chance(piece, tail, 2.0 * self._shots)
                for piece, tail in zip(pieces, tails, strict=True)
            ]
            bounds = [min(alone, base + along) for alone, along in zip(bounds, on, strict=True)]
        for piece, bound in zip(pieces, bounds, strict=True):
            if bound <= LARGEST_BOUND:
                yield replace(piece.run, bound=bound)

    def _piece(self, track: Track, first: int, last: int) -> _Piece | None:
        """A stretch of a track and its signatures on both sides; None where hardly any tells."""
        clear = np.flatnonzero(~self._blank[first:last])
        if len(clear) < _LEAST_FRAMES:
            return None
        frames = first + clear
        work = self._work(track.work)
        far = self._distances(track.over(first, last))[clear]
        run = Run(
            work=track.work,
            start=first,
            end=last,
            at=max(0, track.place(first)),
            pace=track.pace,
            distance=float(np.median(far)),
            bound=1.0,
            mirrored=track.mirrored,
        )
        places = np.clip(track.places(frames), 0, len(work) - 1)
        return _Piece(run, self._sides[track.mirrored].packed[frames], work.packed[places])

    def _tail(self, piece: _Piece) -> Tail:
        """How near pictures of other works come to that of a piece."""
        middle = len(piece.query) // 2
        here, there = piece.query[middle], piece.work[middle]
        return Tail.measured(self._library.strangers(here, there, piece.run.work))

    def _chance(self, piece: _Piece, tail: Tail, places: float) -> float:
        return chance(piece.query, piece.work, piece.run.distance, places, tail)

    def _work(self, name: str) -> Signatures:
        """Signatures of a work; those used last are held."""
        found = self._held.pop(name, None)
        if found is None:
            found = self._read(name)
        self._held[name] = found
        while len(self._held) > 1 and sum(map(len, self._held.values())) > _FRAMES_HELD:
            self._held.pop(next(iter(self._held)))
        return found


def _mean(query: Signatures, work: Signatures, track: Track, frames: NDArray[np.int64]) -> float:
    """Mean distance of a window along a track; far where the work has no such frames."""
    probes = frames[:: max(1, len(frames) // 12)]
    places = track.places(probes)
    if places[0] < 0 or places[-1] >= len(work):
        return 760.0
    return float(distance(query.packed[probes], work.packed[places]).mean())


def _distinct(tracks: Iterable[Track]) -> list[Track]:
    return list(dict.fromkeys(tracks))


def _by_work(tracks: Iterable[Track]) -> list[Track]:
    """In an order that reads each work once."""
    return sorted(tracks, key=lambda track: track.work)


def _overlapping(
    track: Track, course: Sequence[tuple[Track, int, int]], starts: Sequence[int]
) -> Sequence[tuple[Track, int, int]]:
    """The part of the course that may share frames with a track; the course is in order."""
    first = max(0, bisect_right(starts, track.first) - 1)
    return course[first : bisect_left(starts, track.last)]


def _joined(course: Sequence[tuple[Track, int, int]], slack: int) -> list[tuple[Track, int, int]]:
    """Stretches of one work that continue one another, as one; a still picture splits nothing."""
    joined: list[tuple[Track, int, int]] = []
    for track, start, end in course:
        if joined:
            before, first, last = joined[-1]
            if start - last <= slack and _same_place(before, track, start, start + 1, 1):
                joined[-1] = (before, first, end)
                continue
        joined.append((track, start, end))
    return joined


def _same_place(one: Track, other: Track, start: int, end: int, apart: float | None = None) -> bool:
    """True when two tracks lead to the same stretch of one work, by half of its length or more."""
    if start >= end or one.work != other.work or one.mirrored != other.mirrored:
        return False
    middle = (start + end) // 2
    allowed = (end - start) * one.pace / 2 if apart is None else apart
    return abs(one.place(middle) - other.place(middle)) <= max(allowed, 1)


def _stretches(fits: NDArray[np.bool_], blank: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Stretches that fit, over single frames that do not, and over flat ones."""
    first: int | None = None
    last = 0
    for index in np.flatnonzero(fits):
        between = blank[last + 1 : index]
        if first is not None and index - last - 1 - int(between.sum()) > _LONGEST_GAP:
            yield first, last + 1
            first = None
        if first is None:
            first = int(index)
        last = int(index)
    if first is not None:
        yield first, last + 1
