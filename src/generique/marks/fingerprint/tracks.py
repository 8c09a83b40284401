"""Tracks: a stretch of a file laid along a stretch of a work, frame by frame.

A track has one pace. It is found on a window of a second or two by trying the usual paces and all
offsets nearby, and polished later on all the frames that it was found to explain.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from generique.marks.fingerprint.distance import distance
from generique.marks.fingerprint.signature import Signatures

SPEEDS = (
    Fraction(1),
    Fraction(24, 25),
    Fraction(25, 24),
    Fraction(1000, 1001),
    Fraction(1001, 1000),
)
"""Seconds of a work in one second of a file: as it is, and the usual transfers."""

UNLIKE = 260
"""Distances are counted up to here: how unlike unrelated pictures are says nothing."""

_OWN = tuple(float(speed) for speed in np.geomspace(0.8, 1.25, 37))
"""Small changes of pace; beyond them a zoom that was cropped passes for another pace."""

_OWN_FROM = 36.0
_OWN_GAIN = 0.6
_LEAST_FOR_OWN = 20
_PROBES = 40
_POLISH_PROBES = 240
_EQUAL = 0.75
_NOISE = 0.03
"""Share of a distance by which another must be better: hard handling blurs the difference."""

_MOST_SLACK = 4.0
_SHIFTS = 7

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Track:
    """Frame ``anchor`` of the file shows frame ``at`` of the work, and time goes on at a pace.

    Attributes:
        work: Identifier of the work.
        mirrored: The file shows it mirrored.
        anchor: A frame of the file.
        at: Frame of the work there, with its fraction.
        pace: Frames of the work for each frame of the file.
        first: First frame of the file for which the track is looked at.
        last: Frame after the last.
    """

    work: str
    mirrored: bool
    anchor: int
    at: float
    pace: float
    first: int
    last: int

    def places(self, frames: Ints) -> Ints:
        """Frames of the work that frames of the file show; some may not exist."""
        exact = self.at + (frames - self.anchor) * self.pace
        return np.asarray(np.floor(exact + 0.5), np.int64)

    def place(self, frame: int) -> int:
        """Frame of the work that a frame of the file shows."""
        return math.floor(self.at + (frame - self.anchor) * self.pace + 0.5)

    def over(self, first: int, last: int) -> Track:
        """The same track, looked at for other frames."""
        return replace(self, first=first, last=last)

    def distances(self, query: Signatures, work: Signatures) -> Ints:
        """Distance of each frame from ``first`` to ``last``; 760 where the work has no frame."""
        frames = np.arange(self.first, self.last)
        return _along(query, work, frames, self.places(frames))


def find_track(
    query: Signatures, work: Signatures, window: Ints, guess: Track, slack: float
) -> tuple[Track, float] | None:
    """Lay a window along a work as well as it goes.

    Args:
        query: Signatures of the file, mirrored where the guess is.
        work: Signatures of the work.
        window: Frames of the file that are not flat, in order.
        guess: About where; its pace is not used.
        slack: Seconds by which the guess may be off.

    Returns:
        The track and its mean distance, None where the work has no such frames.
    """
    probes = _spread(window, _PROBES)
    reach = _SHIFTS + math.ceil(min(slack, _MOST_SLACK) * float(work.fps))
    ratio = float(work.fps / query.fps)
    shifts = np.arange(-reach, reach + 1, dtype=float)
    if reach > 4 * _SHIFTS:
        probes = _spread(window, _PROBES // 3)
    usual = [float(speed) * ratio for speed in SPEEDS]
    best = _best(query, work, probes, guess, (usual, shifts))
    if best is None:
        return None
    if best[1] > _OWN_FROM and len(window) >= _LEAST_FOR_OWN and reach <= 4 * _SHIFTS:
        own = _best(query, work, probes[::2], guess, ([ratio * s for s in _OWN], shifts))
        if own is not None and own[1] < _OWN_GAIN * best[1]:
            return own
    return best


def polished(
    query: Signatures, work: Signatures, frames: Ints, track: Track, usual: float = 1.0
) -> Track:
    """The track with the pace and the offset that fit all its frames best.

    Args:
        query: Signatures of the file, mirrored where the track is.
        work: Signatures of the work.
        frames: Frames that it explains, flat ones left out.
        track: As it was found on a window.
        usual: Speed that most of the file has; it is kept where others fit hardly better.
    """
    probes = _spread(frames, _POLISH_PROBES)
    middle = int(probes[len(probes) // 2])
    ratio = float(work.fps / query.fps)
    paces = [speed * ratio for speed in dict.fromkeys((usual, *(float(s) for s in SPEEDS)))]
    if min(abs(track.pace / pace - 1) for pace in paces) > 1e-4:
        paces += [track.pace * float(speed) for speed in np.geomspace(0.96, 1.04, 33)]
    moved = replace(track, anchor=middle, at=float(track.place(middle)))
    shifts = np.arange(-4.0, 4.5, 0.5)
    best = _best(query, work, probes, moved, (paces, shifts))
    return track if best is None else best[0]


def _best(
    query: Signatures,
    work: Signatures,
    probes: Ints,
    guess: Track,
    tried: tuple[list[float], Floats],
) -> tuple[Track, float] | None:
    """The best of some paces and shifts; on equal terms the first pace and the least shift."""
    paces, shifts = tried
    ahead = (probes - guess.anchor).astype(float)
    at = guess.at + shifts
    places = at[None, :, None] + np.array(paces)[:, None, None] * ahead
    exact = np.floor(places + 0.5).astype(np.int64)
    far = np.minimum(_along(query, work, probes, exact), UNLIKE).mean(axis=-1)
    least = float(far.min())
    if least >= UNLIKE - 1:
        return None
    # A still picture fits every pace and many shifts: the usual pace, and the nearest shift.
    rank = np.abs(shifts)[None, :] + 1000.0 * np.arange(len(paces))[:, None]
    choice = int(np.argmin(np.where(far <= least + _EQUAL + _NOISE * least, rank, np.inf)))
    pace, shift = divmod(choice, len(shifts))
    track = replace(guess, at=float(at[shift]), pace=paces[pace])
    return track, float(far[pace, shift])


def _along(query: Signatures, work: Signatures, frames: Ints, places: Ints) -> Ints:
    """Distances of frames and places, which broadcast; 760 for places that do not exist."""
    exists = (places >= 0) & (places < len(work))
    there = work.packed[np.clip(places, 0, len(work) - 1)]
    return np.asarray(np.where(exists, distance(query.packed[frames], there), 760), np.int64)


def _spread(frames: Ints, most: int) -> Ints:
    """At most so many of some frames, evenly spread."""
    if len(frames) <= most:
        return frames
    return np.asarray(frames[np.linspace(0, len(frames) - 1, most).astype(int)], np.int64)
