"""Identify: what a file shows, from its pixels and sound, and its credential where one is left.

Fingerprints say which known works its frames come from, and when; the survey says with which part
of the picture; the marks of each stretch are read; the credential is heard as one more witness. The
weighing is done in :mod:`generique.marks.identification.fusion`.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generique.marks.fingerprint.cuts import find_cuts
from generique.marks.fingerprint.distance import flat, spans
from generique.marks.fingerprint.index import Library
from generique.marks.fingerprint.leading import leading
from generique.marks.fingerprint.match import Run, match
from generique.marks.fingerprint.signature import Signatures
from generique.marks.identification.fusion import identify
from generique.marks.identification.sighting import (
    Evidence,
    EvidenceKind,
    Place,
    Sighting,
    Stretch,
)
from generique.marks.works import Work
from generique.model.values import Digest
from generique.production.archive_ports import Archive
from generique.production.hearing import Hearing
from generique.production.identified import Identified
from generique.production.machineroom_ports import Progress
from generique.production.mark_ports import MarkShelf
from generique.production.mark_witness import Marked, MarkWitness
from generique.production.plugin_marks import PluginWitness
from generique.production.sight_ports import Eyes, Window
from generique.production.still_search import StillSearch
from generique.production.stretch_search import StretchSearch, beginnings
from generique.production.survey import EXACT, Surveyed, Surveyor
from generique.production.testimony import Testimony

_LEAST_OPEN_SECONDS = 0.5
_MOST_SURVEYS = 80
_EDGE = 3
_MIRROR_FROM = 0.02
"""Share of a file without a known work from which it is looked at mirrored, too."""


class Identifier:
    """Says what files show.

    Args:
        archive: The known works.
        eyes: Look at files.
        hearing: Compares sound.
        testimony: What credentials say.
        progress: Where progress is told.
        shelf: Picture marks of another make.
    """

    def __init__(
        self,
        archive: Archive,
        eyes: Eyes,
        hearing: Hearing,
        testimony: Testimony,
        progress: Progress,
        shelf: MarkShelf,
    ) -> None:
        self._archive = archive
        self._eyes = eyes
        self._hearing = hearing
        self._testimony = testimony
        self._progress = progress
        self._marks = MarkWitness(eyes, progress)
        self._plugins = PluginWitness(eyes, shelf, progress)

    def identify(self, path: Path, *, thorough: bool = False) -> Identified:
        """What a file shows, frame by frame.

        Args:
            path: The file.
            thorough: Search for marks in turned, squeezed and mirrored pictures too, where all
                else finds nothing; some seconds for each stretch.

        Raises:
            UnreadableInput: It is no picture, or is cut short.
            Damaged: The archive is damaged.
        """
        self._progress.step(f"identify {path.name}", "fingerprinting")
        rate = self._eyes.rate(path)
        query = self._eyes.signatures(path)
        known = {work.id: work for work in self._archive.works()}
        told = self._testimony.hear(path)
        # What a credential tells is one witness; marks and fingerprints are held against the
        # archive alone, or a forged credential could vouch for its own forged mark.
        works = known if told.work is None else {told.work.id: told.work, **known}
        look = _Look(path, query, known, self._library(known))
        surveyed = self._surveyed(look) if len(query) > 1 else self._still(look)
        sightings = [
            *(seen for one in surveyed for seen in _seen(one, works, len(query))),
            *told.sightings,
        ]
        blank = [Stretch(start=start, end=end) for start, end in spans(flat(query))]
        first = identify(len(query), sightings, works, blank)
        marked = Marked(path, query, known, thorough)
        runs = [one.run for one in surveyed]
        sightings += self._marks.hear(marked, first, blank, runs)
        sightings += self._plugins.hear(marked, first, blank)
        found = identify(len(query), sightings, works, blank)
        return Identified(
            file=told.file,
            rate=rate,
            identification=found,
            cuts=find_cuts(query),
            credential=told.verdict,
            sound=self._hearing.hear(path, known),
            library=_library_words(known.values()),
        )

    def _library(self, works: Mapping[Digest, Work]) -> Library:
        """The distinct pictures of everything known."""
        return Library((known, self._archive.signatures(known)) for known in works)

    def _surveyed(self, look: _Look) -> tuple[Surveyed, ...]:
        """Runs with their geometry, and runs that only registration finds."""
        matched, mirrored = self._runs(look)
        runs = leading(matched)
        places = beginnings(look.query, look.library)
        surveyor = Surveyor(self._eyes, look.path, look.query, look.works, places)
        found: list[Surveyed] = []
        surveys = 0
        for count, run in enumerate(sorted(runs, key=lambda run: run.start - run.end)):
            self._progress.advance(count, len(runs), "surveying")
            if _explained(run, found):
                continue
            if surveys >= _MOST_SURVEYS or _better_known(run, runs):
                found.append(Surveyed(run))
                continue
            surveys += 1
            found.append(surveyor.survey(run))
        sides = [look.query] if mirrored is None else [look.query, mirrored]
        search = StretchSearch(
            self._eyes,
            surveyor,
            sides,
            look.library,
            look.works,
            lambda done, total: self._progress.advance(done, total, "searching"),
        )
        found += search.find(found, lambda seen: _uncovered(look.query, seen))
        return tuple(found)

    def _still(self, look: _Look) -> tuple[Surveyed, ...]:
        """Where in known works a single picture was found."""
        search = StillSearch(self._eyes, look.works, look.library, self._archive.signatures)
        return search.find(look.path, look.query)

    def _runs(self, look: _Look) -> tuple[tuple[Run, ...], Signatures | None]:
        """What fingerprints find; the file mirrored is tried only where much is left unknown."""
        runs = match(look.query, look.library, self._archive.signatures)
        missing = sum(end - start for start, end in _uncovered(look.query, map(Surveyed, runs)))
        if missing <= _MIRROR_FROM * len(look.query):
            return runs, None
        mirrored = self._eyes.signatures(look.path, Window(mirrored=True))
        runs = match(look.query, look.library, self._archive.signatures, mirrored=mirrored)
        return runs, mirrored


@dataclass(frozen=True)
class _Look:
    """One file against everything that is known."""

    path: Path
    query: Signatures
    works: Mapping[Digest, Work]
    library: Library


def _seen(one: Surveyed, works: Mapping[Digest, Work], frames: int) -> Iterator[Sighting]:
    """A run as sightings, one for each segment of the work that it passes through."""
    run, work = one.run, works[one.run.work]
    points = f", {one.inliers} matched points" if one.inliers else ""
    for index, segment in enumerate(work.segments):
        start = run.start + max(0, math.ceil((segment.start - run.at) / run.pace))
        end = run.start + math.ceil((segment.end - run.at) / run.pace)
        end = min(end, run.end, frames)
        if start >= end:
            continue
        at = run.place(start)
        yield Sighting(
            start=start,
            end=end,
            evidence=Evidence(
                kind=EvidenceKind.FINGERPRINT,
                says=f"frames differ by {run.distance:.0f} of 760 from {work.title} "
                f"at {work.rate.timecode(at)}{points}",
                wrong=run.bound,
            ),
            places=(
                Place(
                    work=work.id,
                    segment=index,
                    at=at,
                    pace=run.pace,
                    mirrored=run.mirrored,
                    crop=one.crop,
                ),
            ),
        )


def _explained(run: Run, found: Iterable[Surveyed]) -> bool:
    """True when the survey of another run in the work covers these frames exactly."""
    return any(
        one.run.work == run.work
        and one.run.distance <= EXACT
        and one.run.start <= run.start + _EDGE
        and one.run.end >= run.end - _EDGE
        for one in found
    )


def _better_known(run: Run, runs: Iterable[Run]) -> bool:
    """True when another work has the same frames exactly, and this one only nearly."""
    return run.distance > EXACT and any(
        other.distance <= EXACT
        and other.start <= run.start + _EDGE
        and other.end >= run.end - _EDGE
        for other in runs
    )


def _uncovered(query: Signatures, found: Iterable[Surveyed]) -> list[tuple[int, int]]:
    """Pictures between cuts of which half a second and more is open, flat frames left out.

    Gives the longest first.
    """
    unseen = ~flat(query)
    for one in found:
        unseen[one.run.start : one.run.end] = False
    limits = [0, *find_cuts(query), len(query)]
    least = round(_LEAST_OPEN_SECONDS * float(query.fps))
    missing = [
        (start, end)
        for start, end in itertools.pairwise(limits)
        if int(unseen[start:end].sum()) >= least
    ]
    return sorted(missing, key=lambda stretch: stretch[0] - stretch[1])


def _library_words(works: Iterable[Work]) -> str:
    """What a file was compared with, in words."""
    counts = Counter(work.kind for work in works)
    if not counts:
        return "nothing: the archive is empty"
    said = ", ".join(f"{count} {kind}{'s' * (count > 1)}" for kind, count in sorted(counts.items()))
    return f"{sum(counts.values())} known works ({said})".replace("mediums", "media")
