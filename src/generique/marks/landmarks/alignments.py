"""Votes of an excerpt for places in a library."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from generique.marks.landmarks.archive import LandmarkArchive
from generique.marks.landmarks.peaks import FRAME_SECONDS, PITCH_SHIFT, find_landmarks
from generique.marks.listening import Floats32, Pace

WINDOW_SECONDS = 10.0
STEP_SECONDS = 5.0
HALF_FRAME = FRAME_SECONDS / 2
_TOLERANCE = 2
_MOMENT = round(0.1 / HALF_FRAME)
_SECOND = round(1 / HALF_FRAME)
_CANDIDATES = 6
_LOOKED_AT = 256
_NEIGHBOURS = 8
_ABOVE_USUAL = 1.6
_FEWEST_MOMENTS = 6
_COMMON = 400
_COMMON_TIMES_MEAN = 40

Times = NDArray[np.int64]


@dataclass(frozen=True)
class Hits:
    """Landmarks of a sound that also lie in the archive, in order of their time in the sound.

    Attributes:
        heard: (n,), time in the sound at the pace of the work, in half frames of 8 ms.
        stored: (n,), place on the line of the archive, in half frames.
        steps: (n,), the two pitches of the landmark as one number.
    """

    heard: Times
    stored: Times
    steps: NDArray[np.uint32]

    def among(self, chosen: NDArray[np.bool_] | slice) -> Hits:
        """Some of the hits."""
        return Hits(self.heard[chosen], self.stored[chosen], self.steps[chosen])


@dataclass(frozen=True)
class Alignment:
    """What one excerpt says: it is this stretch of this work.

    Attributes:
        excerpt: Number of the excerpt.
        work: Number of the work.
        distance: Place on the line less time in the sound, in half frames.
        moments: Tenths of a second that vote, or steps in pitch if these are fewer.
        bound: Bound on the chance of as many votes anywhere.
        hits: The votes.
    """

    excerpt: int
    work: int
    distance: int
    moments: int
    bound: float
    hits: Hits

    @property
    def seconds(self) -> int:
        """In how many different seconds votes were cast."""
        return len(np.unique(self.hits.heard // _SECOND))


def hits_of(samples: Floats32, rate: int, archive: LandmarkArchive, pace: Pace) -> Hits:
    """Look up all landmarks of a sound, those of spectra half a frame later as well.

    The spectra of the archive fall anywhere between those of the sound; with two sets of them
    none is further than a quarter of a frame from its counterpart.
    """
    heard, stored, steps = [], [], []
    usual = len(archive.hashes) / max(1, len(np.unique(archive.hashes)))
    most = max(_COMMON, _COMMON_TIMES_MEAN * usual)
    for late in (0, 1):
        landmarks = find_landmarks(samples, rate, pace, late / 2)
        low = np.searchsorted(archive.hashes, landmarks.hashes, "left")
        count = np.searchsorted(archive.hashes, landmarks.hashes, "right") - low
        count[count > most] = 0
        owner = np.repeat(np.arange(len(count)), count)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        heard.append(2 * landmarks.frames[owner].astype(np.int64) + late)
        stored.append(2 * archive.frames[low[owner] + within].astype(np.int64))
        steps.append(landmarks.hashes[owner] >> PITCH_SHIFT)
    every = Hits(np.concatenate(heard), np.concatenate(stored), np.concatenate(steps))
    order = np.lexsort((every.stored, every.heard))
    return Hits(every.heard[order], every.stored[order], every.steps[order])


def alignments_of(
    hits: Hits, archive: LandmarkArchive, pace: Pace, seconds: float, tried: int
) -> Iterator[Alignment]:
    """The best alignments of each excerpt, at most one a work.

    An alignment must be clearly stronger than the seventh best: music that is the same again and
    again, or made of the same few notes as a work, agrees with it in many places and is unknown.

    Args:
        hits: Of the whole sound.
        archive: The works.
        pace: At which the hits were heard.
        seconds: Length of the sound.
        tried: How many paces are tried, for the bound.
    """
    count = max(1, math.ceil((seconds - WINDOW_SECONDS) / STEP_SECONDS - 1e-6) + 1)
    scale = float(pace.speed) / HALF_FRAME
    for excerpt in range(count):
        start = excerpt * STEP_SECONDS * scale
        low, high = np.searchsorted(hits.heard, [start, start + WINDOW_SECONDS * scale])
        part = hits.among(slice(low, high))
        if len(part.heard) >= _FEWEST_MOMENTS:
            yield from _best(excerpt, part, archive, tried)


def _best(excerpt: int, hits: Hits, archive: LandmarkArchive, tried: int) -> Iterator[Alignment]:
    distances = hits.stored - hits.heard
    values, votes = np.unique(distances, return_counts=True)
    sums = np.concatenate(([0], np.cumsum(votes)))
    near = (
        sums[np.searchsorted(values, values + _TOLERANCE, "right")]
        - sums[np.searchsorted(values, values - _TOLERANCE, "left")]
    )
    candidates: list[tuple[int, int, Hits]] = []
    for index in _apart(values, near):
        kept = hits.among(np.abs(distances - values[index]) <= _TOLERANCE)
        candidates.append((_strength(kept), int(values[index]), kept))
    usual = sorted((strength for strength, _, _ in candidates), reverse=True)[_CANDIDATES:]
    seen: set[int] = set()
    for strength, distance, kept in sorted(candidates, key=lambda each: (-each[0], each[1])):
        work = archive.work_at(int(kept.stored[0]) // 2)
        if strength < max(_FEWEST_MOMENTS, _ABOVE_USUAL * max(usual, default=0)) or work in seen:
            continue
        seen.add(work)
        bound = chance(strength, len(hits.heard), archive.total_frames, tried)
        yield Alignment(excerpt, work, distance, strength, bound, kept)


def _apart(values: Times, near: NDArray[np.int64]) -> list[int]:
    """The places with most votes that are no neighbours of each other."""
    chosen: list[int] = []
    for index in np.argsort(-near, kind="stable")[:_LOOKED_AT]:
        if all(abs(int(values[index] - values[other])) > _NEIGHBOURS for other in chosen):
            chosen.append(int(index))
        if len(chosen) > _CANDIDATES:
            break
    return chosen


def _strength(hits: Hits) -> int:
    """Moments that vote, or steps in pitch if these are fewer: a held chord repeats a few."""
    return min(len(np.unique(hits.heard // _MOMENT)), len(np.unique(hits.steps)))


def chance(moments: int, hits: int, total_frames: int, tried: int) -> float:
    """Bound on the chance that some alignment gets as many votes.

    Hits that fell on the line independently and evenly would vote for one alignment with a
    Poisson law; the bound is its tail, times the alignments and the paces.

    Args:
        moments: Votes.
        hits: Landmarks of the excerpt that lie anywhere in the archive.
        total_frames: Length of the archive in frames.
        tried: How many paces are tried.
    """
    places = 2 * max(1, total_frames) + 2 * WINDOW_SECONDS / FRAME_SECONDS
    expected = hits * (2 * _TOLERANCE + 1) / places
    return min(1.0, float(stats.poisson.sf(moments - 1, expected)) * places * tried)
