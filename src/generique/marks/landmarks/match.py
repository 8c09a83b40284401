"""Finding a sound in a library: which work, from where, at which speed.

Landmarks of an excerpt that also lie in a work, all at the same distance in time, are votes for
one alignment. Votes are counted by the moments (tenths of a second) that they come from, so that
a held chord, which gives the same landmark again and again, is no stronger than it should be.
Neighbouring excerpts that agree on an alignment make a run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from generique.marks.landmarks.alignments import (
    HALF_FRAME,
    Alignment,
    Hits,
    alignments_of,
    hits_of,
)
from generique.marks.landmarks.archive import LandmarkArchive
from generique.marks.landmarks.report import LandmarkReport, LandmarkRun
from generique.marks.listening import PACES, Floats32, Pace, check_sound

MOMENTS_NEEDED = 21
SECONDS_NEEDED = 8
ACCEPTED_BOUND = 1e-9
_LARGEST_STEP = 4
_LARGEST_PAUSE = 2
_FINE_SPEEDS = (Fraction(1), Fraction(1001, 1000), Fraction(1000, 1001))
_SURE_OF_SPEED = 2e-4
_VOTES_A_PEAK = 8


@dataclass(frozen=True)
class _Run:
    pace: Pace
    parts: tuple[Alignment, ...]

    @property
    def hits(self) -> Hits:
        rows = [
            np.stack([part.hits.heard, part.hits.stored, part.hits.steps], axis=1)
            for part in self.parts
        ]
        heard, stored, steps = np.unique(np.concatenate(rows), axis=0).T
        return Hits(heard, stored, steps.astype(np.uint32))

    @property
    def accepted(self) -> bool:
        best = max(self.parts, key=lambda part: part.moments)
        return (
            best.moments >= MOMENTS_NEEDED
            and best.seconds >= SECONDS_NEEDED
            and best.bound <= ACCEPTED_BOUND
        )


def match(
    samples: Floats32, rate: int, archive: LandmarkArchive, paces: Sequence[Pace] = PACES
) -> LandmarkReport:
    """Look for stretches of known works in a sound.

    Args:
        samples: n x channels.
        rate: Samples a second, 16,000 to 192,000.
        archive: The works.
        paces: How the sound may have been sped up.

    Returns:
        Runs in order of time; several works may sound at once.

    Raises:
        UsageError: No sound, or a rate out of range.
    """
    check_sound(samples, rate)
    seconds = len(samples) / rate
    runs: list[LandmarkRun] = []
    for pace in paces if archive.names else ():
        hits = hits_of(samples, rate, archive, pace)
        found = alignments_of(hits, archive, pace, seconds, len(paces))
        runs += [_told(run, archive) for run in _linked(found, pace) if run.accepted]
    return LandmarkReport(seconds=seconds, works=len(archive.names), runs=_strongest(runs))


def _linked(alignments: Iterable[Alignment], pace: Pace) -> list[_Run]:
    runs: list[_Run] = []
    for alignment in alignments:
        for number in range(len(runs) - 1, -1, -1):
            last = runs[number].parts[-1]
            if (
                last.work == alignment.work
                and 0 < alignment.excerpt - last.excerpt <= _LARGEST_PAUSE
                and abs(alignment.distance - last.distance) <= _LARGEST_STEP
            ):
                runs[number] = replace(runs[number], parts=(*runs[number].parts, alignment))
                break
        else:
            runs.append(_Run(pace, (alignment,)))
    return runs


def _told(run: _Run, archive: LandmarkArchive) -> LandmarkRun:
    hits, pace = run.hits, run.pace
    work = run.parts[0].work
    stored = (hits.stored - 2 * archive.starts[work]) * HALF_FRAME
    heard = hits.heard * HALF_FRAME
    slope, fine = _slope(heard, stored)
    start, end = float(heard.min()), float(heard.max())
    middle = float(np.mean(stored) - slope * np.mean(heard))
    return LandmarkRun(
        work=archive.names[work],
        start=start / float(pace.speed),
        end=end / float(pace.speed),
        offset=max(0.0, middle + slope * start),
        speed=str(pace.speed * fine),
        pitch=str(pace.pitch * fine if pace.pitch == pace.speed else pace.pitch),
        measured_speed=float(pace.speed) * slope,
        votes=len(heard),
        moments=max(part.moments for part in run.parts),
        false_alarm_bound=min(part.bound for part in run.parts),
    )


def _slope(heard: NDArray[np.floating], stored: NDArray[np.floating]) -> tuple[float, Fraction]:
    """Speed of a run beyond its pace, and the usual speed that it is, if that can be told."""
    centred = heard - heard.mean()
    energy = float(np.sum(centred**2))
    if energy == 0:
        return 1.0, Fraction(1)
    slope = float(np.sum(centred * (stored - stored.mean())) / energy)
    left = stored - stored.mean() - slope * centred
    # A peak votes in up to eight pairs: there are fewer independent votes than votes.
    error = float(np.sqrt(_VOTES_A_PEAK * np.mean(left**2) / energy))
    if error > _SURE_OF_SPEED:
        return 1.0, Fraction(1)
    return slope, min(_FINE_SPEEDS, key=lambda speed: abs(float(speed) - slope))


def _strongest(runs: list[LandmarkRun]) -> tuple[LandmarkRun, ...]:
    """Of runs of one work that overlap, the one with most votes."""
    kept: list[LandmarkRun] = []
    for run in sorted(runs, key=lambda each: -each.votes):
        if not any(run.work == other.work and _overlap(run, other) for other in kept):
            kept.append(run)
    return tuple(sorted(kept, key=lambda run: (run.start, run.work)))


def _overlap(run: LandmarkRun, other: LandmarkRun) -> bool:
    shared = min(run.end, other.end) - max(run.start, other.start)
    return shared > 0.5 * min(run.end - run.start, other.end - other.start)
