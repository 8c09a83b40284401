"""The picture marks of a file as a witness: which shots its stretches say they are.

Each stretch is first read blind, as an unknown picture. Where that finds nothing and fingerprints
know the stretch, it is read again at the place that registration gives, so that turned, squeezed,
mirrored and tiny copies are named by their mark as well; frames of an unmarked take are taken off
first. Last, when a thorough search is asked for, the mark is sought in every likely handling.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from generique.marks.fingerprint.cuts import find_cuts
from generique.marks.fingerprint.match import Run
from generique.marks.fingerprint.registration import Registration, register
from generique.marks.fingerprint.signature import Signatures
from generique.marks.identification.sighting import (
    Evidence,
    EvidenceKind,
    Identification,
    Place,
    Sighting,
    Stretch,
)
from generique.marks.watermark import MarkReading, MarkRegistry, MarkSum, read_at, read_mark
from generique.marks.works import Work, WorkSegment
from generique.model.errors import UnreadableInput
from generique.model.values import Digest
from generique.production.machineroom_ports import Progress
from generique.production.sight_ports import Eyes, Pairing, Shown

_LEAST_SECONDS = 0.4
_MOST_FRAMES = 96
"""Frames of a stretch that are read at a known place: four seconds say enough."""
_STILLS = (0.5, 0.25, 0.75)
"""Where in a stretch stills are registered, the middle first."""
_SURE = 90
_UNMARKED = ("take", "medium")
_CARRIERS = ("master",)
_HERE = (0,)
_AROUND = tuple(range(-12, 13, 2))
"""Frames by which the moment of a handled picture may be off: fingerprints of a turned copy of a
shot in motion fit another moment better. A moment that is off puts the mark out of its place."""

_PLACED_ATTEMPTS, _ALL_ATTEMPTS = 3, 4
"""Readings of one stretch, each of which had its chance to be wrong: the bounds add up."""


@dataclass(frozen=True)
class Marked:
    """A file whose marks are read, and what is known.

    Attributes:
        path: The file.
        query: Its signatures.
        works: The archive.
        thorough: Search in turned, squeezed and mirrored pictures, where all else finds nothing.
    """

    path: Path
    query: Signatures
    works: Mapping[Digest, Work]
    thorough: bool = False


class MarkWitness:
    """Reads the picture marks of files.

    Args:
        eyes: Look at files.
        progress: Where progress is told.
    """

    def __init__(self, eyes: Eyes, progress: Progress) -> None:
        self._eyes = eyes
        self._progress = progress

    def hear(
        self, file: Marked, found: Identification, blank: Sequence[Stretch], runs: Sequence[Run]
    ) -> Iterator[Sighting]:
        """Marks of every stretch that is long enough, as sightings of the shots that they name.

        Args:
            file: The file.
            found: What it shows by all other evidence.
            blank: Stretches that carry no mark.
            runs: Where in known works its frames lie.
        """
        known = _marked_places(file.works)
        if not known:
            return
        registry = MarkRegistry(int(mark, 16) for mark in known)
        stretches = read_stretches(file.query, found, blank)
        sums = self._eyes.marks(file.path, stretches)
        for count, (stretch, gathered) in enumerate(zip(stretches, sums, strict=False)):
            self._progress.advance(count, len(stretches), "reading marks")
            here = [run for run in runs if run.start <= sum(stretch) // 2 < run.end]
            reading, how, attempts = self._read(file, stretch, gathered, registry, here)
            if reading.mark_id is not None and reading.mark_id in known:
                yield Sighting(
                    start=stretch[0],
                    end=stretch[1],
                    evidence=_evidence(reading, how, attempts),
                    places=tuple(known[reading.mark_id]),
                )

    def _read(
        self,
        file: Marked,
        stretch: tuple[int, int],
        gathered: MarkSum,
        registry: MarkRegistry,
        runs: Sequence[Run],
    ) -> tuple[MarkReading, str, int]:
        """The first reading that says something, how it was made, and as which attempt."""
        reading = read_mark(gathered, registry=registry)
        if reading.mark_id is not None:
            return reading, "", 1
        for around in (_HERE, _AROUND):
            informed = self._at_place(file, stretch, runs, around)
            if informed is not None and informed.mark_id is not None:
                return informed, ", at the place where points match", _PLACED_ATTEMPTS
        if file.thorough:
            reading = read_mark(gathered, registry=registry, thorough=True)
        return reading, ", by a thorough search", _ALL_ATTEMPTS

    def _at_place(
        self,
        file: Marked,
        stretch: tuple[int, int],
        runs: Sequence[Run],
        around: Sequence[int],
    ) -> MarkReading | None:
        """Read where known works show the stretch; None where that cannot be said."""
        marks = {mark for run in runs for mark in _due(run, sum(stretch) // 2, file.works)}
        if not marks:
            return None
        middle = sum(stretch) // 2
        start = max(stretch[0], middle - _MOST_FRAMES // 2)
        part = (start, min(stretch[1], start + _MOST_FRAMES))
        moved = [self._centred(file, run, middle, around) for run in runs]
        unmarked = self._shown(file, part, moved, _UNMARKED)
        placed = self._shown(file, part, moved, _CARRIERS) or unmarked
        if placed is None:
            return None
        registry = MarkRegistry(int(mark, 16) for mark in marks)
        try:
            gathered, placement = self._eyes.marks_at(file.path, Pairing(part[0], placed, unmarked))
        except UnreadableInput:
            return None  # the work's file changed; what was found before still stands
        return read_at(gathered, placement, registry=registry)

    def _shown(
        self, file: Marked, part: tuple[int, int], runs: Sequence[Run], kinds: Sequence[str]
    ) -> Shown | None:
        """A work of some kinds that shows a stretch throughout, registered."""
        for run in sorted(runs, key=lambda run: run.distance):
            work = file.works[run.work]
            there = Path(work.locator)
            if work.kind not in kinds or not self._eyes.has(there):
                continue
            registration = self._registered(file.path, there, run, part)
            if registration is not None:
                frames = tuple(min(run.place(frame), work.frames - 1) for frame in range(*part))
                return Shown(there, frames, registration)
        return None

    def _centred(self, file: Marked, run: Run, frame: int, around: Sequence[int]) -> Run:
        """A run with its moment such that a frame lies most nearly central in the work's.

        Of a shot in motion each moment is a part of every other: which one is meant, points alone
        cannot tell. Most copies are turned and cut about the middle.
        """
        there = Path(file.works[run.work].locator)
        if len(around) < 2 or not self._eyes.has(there):
            return run
        moved = [replace(run, at=run.at + shift) for shift in around]
        here = self._eyes.still(file.path, frame)
        best, least = run, math.inf
        for one in moved:
            try:
                found = register(here, self._eyes.still(there, one.place(frame)))
            except UnreadableInput:
                continue  # the work ends before that frame
            if found is not None and _off_centre(found) < least:
                best, least = one, _off_centre(found)
        return best

    def _registered(
        self, path: Path, there: Path, run: Run, part: tuple[int, int]
    ) -> Registration | None:
        """The best registration of some stills of a stretch."""
        best: Registration | None = None
        for share in _STILLS:
            frame = round(part[0] + share * (part[1] - 1 - part[0]))
            try:
                found = register(
                    self._eyes.still(path, frame), self._eyes.still(there, run.place(frame))
                )
            except UnreadableInput:
                continue  # the work ends before that frame
            if found is not None and (best is None or found.inliers > best.inliers):
                best = found
            if best is not None and best.inliers >= _SURE:
                break
        return best


def _off_centre(found: Registration) -> float:
    """Distance of the first picture's centre from the second's, in pixels of the second."""
    centre = np.array([*found.first, 2.0]) / 2
    return float(np.hypot(*(found.matrix @ centre - np.array(found.second) / 2)))


def _marked_places(works: Mapping[Digest, Work]) -> dict[str, list[Place]]:
    """Where each known mark stands."""
    known: dict[str, list[Place]] = {}
    for work in works.values():
        for index, segment in enumerate(work.segments):
            if segment.mark is not None:
                known.setdefault(segment.mark, []).append(Place(work=work.id, segment=index))
    return known


def _due(run: Run, frame: int, works: Mapping[Digest, Work]) -> Iterator[str]:
    """The marks that a frame carries if a run is right: of its segment, or of its take's shots."""
    work, at = works[run.work], run.place(frame)
    here = next((one for one in work.segments if one.start <= at < one.end), None)
    if here is None:
        return
    if here.mark is not None:
        yield here.mark
    for other in works.values():
        if here.take is not None and other.production == work.production:
            yield from (one.mark for one in other.segments if _same_take(one, here) and one.mark)


def _same_take(one: WorkSegment, other: WorkSegment) -> bool:
    return one.take == other.take


def _evidence(reading: MarkReading, how: str, attempts: int) -> Evidence:
    return Evidence(
        kind=EvidenceKind.WATERMARK,
        says=f"mark {reading.mark_id} over {reading.frames} frames{how}, pilots "
        f"{reading.sync:.1f} and word {reading.word:.1f} deviations above chance",
        wrong=min(1.0, attempts * reading.wrong_id_bound),
    )


def read_stretches(
    query: Signatures, found: Identification, blank: Sequence[Stretch]
) -> list[tuple[int, int]]:
    """Where marks are read: every stretch that is long enough and not blank, in order."""
    least = min(len(query), max(2, round(_LEAST_SECONDS * float(query.fps))))
    return [
        stretch
        for stretch in _stretches(found, find_cuts(query))
        if stretch[1] - stretch[0] >= least and not _is_blank(stretch, blank)
    ]


def _stretches(found: Identification, cuts: Sequence[int]) -> list[tuple[int, int]]:
    """Each found segment whole, and unknown parts from cut to cut."""
    stretches = [(segment.start, segment.end) for segment in found.segments]
    for gap in found.unknown:
        limits = [gap.start, *(c for c in cuts if gap.start < c < gap.end), gap.end]
        stretches += list(itertools.pairwise(limits))
    return sorted(stretches)


def _is_blank(stretch: tuple[int, int], blank: Sequence[Stretch]) -> bool:
    return any(one.start <= stretch[0] and one.end >= stretch[1] for one in blank)
