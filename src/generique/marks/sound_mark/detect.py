"""The blind detector: which mark a sound carries, if any.

An excerpt is folded onto one period, the fixed signs tell where the pattern begins, and the code
word is read there. The answer is the agreement *z* of the fold with all signs of the whole mark,
fixed and carried, divided by the length of the fold. Were the signs drawn by chance, *z* would
exceed *t* with a probability of at most exp(-t²/2), whatever the sound (W. Hoeffding, *J.
American Statistical Association* 58, 1963). With every place, speed and pointer that is tried,
that gives the bound on a wrong answer; ``docs/marks-sound.md`` has the derivation.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from generique.marks.listening import ORIGINAL, PACES, Floats32, Pace, check_sound, resampled
from generique.marks.pointer import SOUND_BITS
from generique.marks.sound_mark.code import decode, encode
from generique.marks.sound_mark.layout import (
    BLOCK_FRAMES,
    BLOCKS,
    FRAMES_A_SECOND,
    PERIOD_FRAMES,
    gather,
    pattern,
)
from generique.marks.sound_mark.report import ACCEPTED_BOUND, SoundMarkReport, SoundMarkWindow
from generique.marks.sound_mark.spectrum import ANALYSIS_RATE, band_energies, levels
from generique.marks.sound_mark.sync import alignments, block_means, evidence, fold

WINDOW_SECONDS = 10.0
STEP_SECONDS = 5.0
_SYNC_NEEDED = 3.2
_TRIED_EACH = 3
_SHORTEST_FRAMES = 2 * FRAMES_A_SECOND


TRIALS = len(PACES) * BLOCKS * BLOCK_FRAMES
"""Places and speeds at which a mark may be found in one excerpt."""


@dataclass(frozen=True)
class _Reading:
    agreement: float
    pointer: int
    pace: Pace
    phase_frames: int


def detect(samples: Floats32, rate: int, known: Sequence[int] = ()) -> SoundMarkReport:
    """Look for sound marks in every excerpt of 10 s, one each 5 s.

    Args:
        samples: n x channels, any number of channels.
        rate: Samples a second, 16,000 to 192,000.
        known: Pointers of an archive. When given, only these are looked for, and less evidence
            is needed: the stronger mode.

    Returns:
        An answer for each excerpt. A sound shorter than 10 s is one excerpt.

    Raises:
        UsageError: No sound, a rate out of range, or a known pointer of more than 36 bits.
    """
    check_sound(samples, rate)
    words = np.array([encode(pointer) for pointer in known], np.float32)

    @cache
    def means_at(pace: Pace) -> Floats32:
        return _means(samples, rate, pace)

    seconds = len(samples) / rate
    windows = tuple(
        _answer(_best(means_at, (start, end), known, words), start, end, len(known))
        for start, end in _excerpts(seconds)
    )
    return SoundMarkReport(seconds=seconds, windows=windows, known=len(known))


def needed(candidates: int) -> float:
    """Agreement from which a mark is named, among a number of candidate pointers."""
    return math.sqrt(2 * math.log(TRIALS * candidates / ACCEPTED_BOUND))


def wrong_id_bound(agreement: float, candidates: int) -> float:
    """Bound on the chance that an excerpt agrees so well with a mark that it does not carry."""
    return min(1.0, TRIALS * candidates * math.exp(-(agreement**2) / 2))


def _excerpts(seconds: float) -> Iterator[tuple[float, float]]:
    count = max(1, math.ceil((seconds - WINDOW_SECONDS) / STEP_SECONDS - 1e-6) + 1)
    for number in range(count):
        end = min(seconds, number * STEP_SECONDS + WINDOW_SECONDS)
        yield max(0.0, end - WINDOW_SECONDS), end


def _means(samples: Floats32, rate: int, pace: Pace) -> Floats32:
    sound = resampled(samples, rate, ANALYSIS_RATE, pace.pitch)
    return block_means(levels(band_energies(sound, pace.tempo)))


def _best(
    means_at: Callable[[Pace], Floats32],
    excerpt: tuple[float, float],
    known: Sequence[int],
    words: Floats32,
) -> _Reading:
    """The strongest reading of an excerpt; further paces are tried until one is certain."""
    best = _Reading(0.0, 0, ORIGINAL, 0)
    for pace in PACES:
        first, last = (round(time * FRAMES_A_SECOND * float(pace.speed)) for time in excerpt)
        part = means_at(pace)[first : max(first, last - BLOCK_FRAMES)]
        if len(part) < _SHORTEST_FRAMES:
            continue
        folded = fold(evidence(part))
        for place, block in _likely(alignments(folded)):
            turned = np.roll(folded[place], -block, axis=0)
            agreement, pointer = _read(turned, known, words)
            if agreement > best.agreement:
                phase = -(place + block * BLOCK_FRAMES) % PERIOD_FRAMES
                best = _Reading(agreement, pointer, pace, phase)
        if best.agreement >= needed(len(known) or 1 << SOUND_BITS):
            break
    return best


def _likely(agreed: Floats32) -> list[tuple[int, int]]:
    flat = agreed.ravel()
    order = np.argsort(-flat, kind="stable")[:_TRIED_EACH]
    chosen = [index for index in order if flat[index] >= _SYNC_NEEDED]
    return [(int(index) // BLOCKS, int(index) % BLOCKS) for index in chosen]


def _read(turned: Floats32, known: Sequence[int], words: Floats32) -> tuple[float, int]:
    length = float(np.linalg.norm(turned))
    if length == 0:
        return 0.0, 0
    soft = gather(turned)
    if len(known):
        number = int(np.argmax(words @ soft))
        pointer, word = known[number], words[number].astype(np.int8)
    else:
        pointer, word = decode(soft)
    return float(np.sum(turned * pattern(word))) / length, pointer


def _answer(reading: _Reading, start: float, end: float, known: int) -> SoundMarkWindow:
    candidates = known or 1 << SOUND_BITS
    threshold = needed(candidates)
    named = reading.agreement >= threshold
    return SoundMarkWindow(
        start=start,
        end=end,
        pointer=reading.pointer if named else None,
        agreement=reading.agreement,
        needed=threshold,
        wrong_id_bound=wrong_id_bound(reading.agreement, candidates) if named else 1.0,
        mode="known" if known else "blind",
        speed=str(reading.pace.speed),
        pitch=str(reading.pace.pitch),
        phase=reading.phase_frames / FRAMES_A_SECOND,
    )
