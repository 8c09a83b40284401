"""From a sound to its landmarks: peaks of the spectrum, and pairs of them as numbers.

After A. Wang, *An industrial-strength audio search algorithm*, ISMIR 2003. A peak is louder than
all around it in time and pitch; a pair is two peaks within half a second, told by the pitch of
the first, the step in pitch and the time between. Level and colour of the sound do not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage, signal

from generique.marks.listening import ORIGINAL, Floats32, Pace, check_sound, resampled

ANALYSIS_RATE = 8000
FRAME_SECONDS = 0.016
PITCH_SHIFT = 6
"""Bits of a landmark's number that tell the time between its peaks; pitches stand above."""

_STEP = round(ANALYSIS_RATE * FRAME_SECONDS)
_LENGTH = 4 * _STEP
_BINS = slice(16, 240)
_AROUND = (13, 25)
_RANGE_DB = 60.0
_SILENCE_DB = -90.0
_FLATTEST_DB = 3.0
_PARTNERS = 4
_NEAREST, _FURTHEST = 2, 32
_STEEPEST = 63
_CHUNK_FRAMES = 8192
_MARGIN_FRAMES = 32


@dataclass(frozen=True)
class Landmarks:
    """The landmarks of one sound, in order of time.

    Attributes:
        frames: (n,) int32, when the first peak of each pair sounds, in steps of 16 ms.
        hashes: (n,) uint32, the pair as a number below 2^21.
        seconds: Length of the sound.
    """

    frames: NDArray[np.int32]
    hashes: NDArray[np.uint32]
    seconds: float


def find_landmarks(
    samples: Floats32, rate: int, pace: Pace = ORIGINAL, shift: float = 0.0
) -> Landmarks:
    """Landmarks of a sound, about 100 a second.

    Args:
        samples: n x channels; what sounds on one channel alone counts as well.
        rate: Samples a second, 16,000 to 192,000.
        pace: How the sound was sped up; times are given as they were before.
        shift: Part of a frame, 0 to 1, by which the spectra are late.

    Raises:
        UsageError: No sound, or a rate out of range.
    """
    check_sound(samples, rate)
    mono = resampled(samples.mean(axis=1, keepdims=True), rate, ANALYSIS_RATE, pace.pitch)[:, 0]
    step = _STEP / float(pace.tempo)
    mono = mono[round(shift * step) :]
    found = [np.zeros((0, 2), np.int32)]
    found += list(_peaks(mono, step))
    pairs = _pairs(np.concatenate(found))
    return Landmarks(
        frames=pairs[:, 0].astype(np.int32),
        hashes=pairs[:, 1].astype(np.uint32),
        seconds=len(samples) / rate * float(pace.speed),
    )


def _peaks(mono: Floats32, step: float) -> Iterator[NDArray[np.int32]]:
    """Peaks in order of time: (n, 2), frame and bin."""
    count = max(0, int((len(mono) - _LENGTH) / step) + 1)
    window = signal.get_window("hann", _LENGTH).astype(np.float32) / np.float32(_LENGTH / 2)
    for first in range(0, count, _CHUNK_FRAMES):
        low = max(0, first - _MARGIN_FRAMES)
        last = min(count, first + _CHUNK_FRAMES)
        high = min(count, last + _MARGIN_FRAMES)
        starts = np.round(np.arange(low, high) * step).astype(np.intp)
        spectra = fft.rfft(mono[starts[:, None] + np.arange(_LENGTH)] * window, axis=1)
        level = 20 * np.log10(np.abs(spectra[:, _BINS]) + np.float32(1e-8))
        stands = level == ndimage.maximum_filter(level, _AROUND, mode="constant", cval=-np.inf)
        stands &= level > max(_SILENCE_DB, float(level.max()) - _RANGE_DB)
        stands &= level > ndimage.uniform_filter(level, _AROUND) + _FLATTEST_DB
        places = np.argwhere(stands[first - low : last - low]).astype(np.int32)
        yield places + np.array([first, 0], np.int32)


def _pairs(peaks: NDArray[np.int32]) -> NDArray[np.int64]:
    """Each peak with the next few peaks that are near: (n, 2), frame and number."""
    pairs = [np.zeros((0, 2), np.int64)]
    taken = np.zeros(len(peaks), np.int64)
    for ahead in range(1, min(len(peaks), 4 * _FURTHEST)):
        first, second = peaks[:-ahead], peaks[ahead:]
        later, higher = (second - first).T
        near = (later >= _NEAREST) & (later <= _FURTHEST) & (np.abs(higher) <= _STEEPEST)
        near &= taken[: len(first)] < _PARTNERS
        taken[: len(first)] += near
        numbers = _numbers(first[near, 1], higher[near], later[near])
        pairs.append(np.stack([first[near, 0].astype(np.int64), numbers], axis=1))
        if later.min(initial=_FURTHEST + 1) > _FURTHEST:
            break
    every = np.concatenate(pairs)
    return every[np.lexsort((every[:, 1], every[:, 0]))]


def _numbers(
    pitch: NDArray[np.int32], higher: NDArray[np.int32], later: NDArray[np.int32]
) -> NDArray[np.int64]:
    return pitch.astype(np.int64) << 13 | (higher.astype(np.int64) + 64) << PITCH_SHIFT | later
