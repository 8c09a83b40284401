"""Similarity: a take against the protected works of the library.

A near copy decides: such a take is not approved. A structural hint is for a person to judge. What
finds nothing says only that: no match above a threshold, against a library of so many works.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from generique.marks.fingerprint.similarity import (
    THRESHOLD,
    Comparison,
    Likeness,
    Look,
    compare,
)
from generique.marks.works import Work
from generique.model.errors import Refused, UnreadableInput
from generique.model.take import Take
from generique.production.archive_ports import Archive
from generique.production.journal import Journal
from generique.production.machineroom_ports import Progress
from generique.production.sight_ports import Eyes

_STILLS = 6
_EVERY = 2.0
"""Seconds between two looks at a protected work."""


@dataclass(frozen=True)
class Nearest:
    """The frames of a file and of a protected work that come nearest.

    Attributes:
        frame: Of the file.
        work: The work.
        at: Frame of the work.
        comparison: Of the two.
    """

    frame: int
    work: Work
    at: int
    comparison: Comparison

    @property
    def words(self) -> str:
        """What was found, in a sentence."""
        found = self.comparison
        mirrored = ", mirrored" if found.mirrored else ""
        return (
            f"{found.likeness.value}: frame {self.frame} and {self.work.title} at "
            f"{self.work.rate.timecode(self.at)} (PDQ distance {found.distance} of 256, "
            f"{found.inliers} matched points{mirrored})"
        )


@dataclass(frozen=True)
class Resemblance:
    """What a file has in common with the protected works.

    Attributes:
        path: The file.
        works: How many protected works it was compared with.
        pictures: How many of their frames.
        found: The nearest frames of every work that is a near copy or a hint, the nearest first.
    """

    path: Path
    works: int
    pictures: int
    found: tuple[Nearest, ...]

    @property
    def likeness(self) -> Likeness:
        """The strongest that was found."""
        return self.found[0].comparison.likeness if self.found else Likeness.NONE

    @property
    def words(self) -> str:
        """The outcome, with what it was compared with."""
        against = f"against library of {self.works} protected works ({self.pictures} frames)"
        if not self.found:
            return f"no match above threshold ({THRESHOLD}) {against}"
        return f"{self.found[0].words}; {against}"


class Comparer:
    """Compares files with the protected works of the archive.

    Args:
        archive: The known works.
        eyes: Look at files.
        progress: Where progress is told.
    """

    def __init__(self, archive: Archive, eyes: Eyes, progress: Progress) -> None:
        self._archive = archive
        self._eyes = eyes
        self._progress = progress

    def protected(self) -> tuple[Work, ...]:
        """The works that takes must not resemble."""
        return tuple(work for work in self._archive.works() if work.protected)

    def compare(self, path: Path) -> Resemblance:
        """Compare a film or picture with all protected works.

        Raises:
            UnreadableInput: It is no picture, or a protected work's file is no longer there: what
                cannot be looked at is never called unlike.
            Damaged: The archive is damaged.
        """
        facts = self._eyes.facts(path)
        wanted = np.unique(np.linspace(0, facts.frames - 1, _STILLS + 2).round().astype(int))
        inner = wanted[1:-1] if len(wanted) > 2 else wanted
        looks = [(int(frame), Look.at(self._eyes.still(path, int(frame)))) for frame in inner]
        works = self.protected()
        nearest: list[Nearest] = []
        pictures = 0
        for count, work in enumerate(works):
            self._progress.advance(count, len(works), "comparing with protected works")
            file = Path(work.locator)
            if not self._eyes.has(file):
                raise _missing(work)
            best: Nearest | None = None
            for at in _frames(work):
                pictures += 1
                there = Look.at(self._eyes.still(file, at))
                for frame, look in looks:
                    one = Nearest(frame, work, at, compare(look, there))
                    best = one if best is None or _order(one) < _order(best) else best
            if best is not None and best.comparison.likeness is not Likeness.NONE:
                nearest.append(best)
        return Resemblance(path, len(works), pictures, tuple(sorted(nearest, key=_order)))


def refuse_copies(take: str, found: Resemblance) -> None:
    """Let a take be approved unless it is a near copy.

    Raises:
        Refused: It is a near copy of a protected work.
    """
    if found.likeness is Likeness.NEAR_COPY:
        raise Refused(
            f"{take} is a near copy of a protected work",
            where=found.found[0].work.locator,
            why=found.found[0].words,
            next_step="make another take with: generique retake; or, with leave of the work's "
            f"owner, lift its protection: generique library remove {_short(found.found[0].work)}",
        )


def record(take: Take, found: Resemblance, journal: Journal) -> int:
    """Put what was compared, and what came of it, into the ledger; gives the entry."""
    return journal.record(
        "similarity",
        {"take": take.file, "essence": take.essence},
        {
            "take": take.id,
            "likeness": found.likeness.value,
            "words": found.words,
            "works": found.works,
            "frames": found.pictures,
        },
    )


def _order(one: Nearest) -> tuple[int, int, int]:
    """Near copies first, then the most points and the least distance."""
    rank = list(Likeness).index(one.comparison.likeness)
    return rank, -one.comparison.inliers, one.comparison.distance


def _frames(work: Work) -> list[int]:
    """Middles of the stretches, two seconds at most, of a work's segments."""
    most = max(1, work.rate.frames(_EVERY))
    found = []
    for segment in work.segments:
        length = segment.end - segment.start
        parts = -(-length // most)
        found += [segment.start + (2 * part + 1) * length // (2 * parts) for part in range(parts)]
    return found


def _missing(work: Work) -> UnreadableInput:
    return UnreadableInput(
        f"the protected work {work.title} cannot be looked at",
        where=work.locator,
        why="its file is no longer there",
        next_step=f"put it back, or forget it: generique library remove {_short(work)}",
    )


def _short(work: Work) -> str:
    return work.id.removeprefix("sha256:")[:12]
