"""Slow harmony in a minor mode: which chord follows which, and who sings which note.

Chords are written as semitones over the tonic. The order of a walk comes from a table of what
may follow what; how tense the music is meant to be decides among those. Voices move as little
as they can (D. Tymoczko, *A Geometry of Music*, chapter 4: the smallest total motion).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord over a tonic.

    Attributes:
        name: Its degree.
        bass: Semitones of the bass over the tonic.
        tones: Semitones of the upper voices over the tonic, the most important first.
        tension: How much it wants to go on, 0 to 1.
        follows: Names of chords that may come next.
    """

    name: str
    bass: int
    tones: tuple[int, ...]
    tension: float
    follows: tuple[str, ...]


_WALK = (
    Chord("i", 0, (3, 7, 0, 2), 0.10, ("VI", "iv", "III", "v", "VII", "ii", "bII", "i6")),
    Chord("i6", 3, (7, 0, 3, 10), 0.25, ("iv", "VI", "ii", "VII", "dim")),
    Chord("VI", 8, (0, 3, 7, 10), 0.25, ("III", "iv", "VII", "ii", "i6", "bII", "V")),
    Chord("III", 3, (7, 10, 2, 3), 0.15, ("VI", "iv", "VII", "v", "i")),
    Chord("VII", 10, (2, 5, 0, 9), 0.35, ("i", "VI", "III", "V", "dim")),
    Chord("iv", 5, (8, 0, 3, 7), 0.40, ("i6", "VII", "V", "ii", "dim", "v")),
    Chord("v", 7, (10, 2, 5, 0), 0.45, ("VI", "iv", "i6", "III")),
    Chord("ii", 2, (5, 8, 0, 3), 0.65, ("V", "i6", "dim", "bII")),
    Chord("bII", 1, (5, 8, 0, 3), 0.80, ("V", "dim", "i6")),
    Chord("V", 7, (11, 2, 5, 8), 0.90, ("VI", "i", "dim", "i6")),
    Chord("dim", 0, (11, 2, 5, 8), 1.00, ("V", "i6", "bII")),
)
CHORDS = {chord.name: chord for chord in _WALK}
"""All chords by name."""

HOME = CHORDS["i"]
BRIGHT_HOME = Chord("I", 0, (4, 7, 0, 2), 0.0, ())
"""The last chord of hopeful music: the third turns major."""

_VOICES = ((48, 60), (53, 65), (57, 70), (62, 75))
_SHARPNESS = 9.0


def chord_walk(targets: tuple[float, ...], *, hopeful: bool, seed: int) -> tuple[Chord, ...]:
    """One chord for each target tension, beginning and ending at home.

    The last chord but one prepares the ending without a leading note (VII), as folk and film
    music do. The same seed keeps the walk where the targets agree.

    Args:
        targets: Tension wanted, 0 to 1 each; at least one.
        hopeful: Whether the last chord is major.
        seed: Of the choice among what may follow.
    """
    rng = np.random.default_rng([seed, 0xC4])
    walk = [HOME]
    for target in targets[1:]:
        options = [CHORDS[name] for name in walk[-1].follows]
        wish = np.array([-_SHARPNESS * (option.tension - target) ** 2 for option in options])
        weight = np.exp(wish - wish.max())
        walk.append(options[int(rng.choice(len(options), p=weight / weight.sum()))])
    last = BRIGHT_HOME if hopeful else HOME
    return _closed(walk, last)


def voice_leading(walk: tuple[Chord, ...], tonic: int) -> tuple[tuple[int, ...], ...]:
    """MIDI notes of four upper voices, low to high, for each chord.

    Each voice keeps to its range, voices do not cross or meet, and together they move by as few
    semitones as possible; the first chord lies as near to the middle of the ranges as it can.

    Args:
        walk: The chords.
        tonic: Pitch class of the tonic, 0 to 11 from C.
    """
    middle = tuple((low + high) / 2 for low, high in _VOICES)
    voices: list[tuple[int, ...]] = []
    for chord in walk:
        before = voices[-1] if voices else middle
        voices.append(_nearest(chord, tonic, before))
    return tuple(voices)


def _closed(walk: list[Chord], last: Chord) -> tuple[Chord, ...]:
    if len(walk) >= 4:
        walk[-3], walk[-2] = CHORDS["VI"], CHORDS["VII"]
    return (*walk[:-1], last)


def _nearest(chord: Chord, tonic: int, before: tuple[float, ...]) -> tuple[int, ...]:
    classes = {(tonic + tone) % 12 for tone in chord.tones[:4]}
    needed = {(tonic + tone) % 12 for tone in chord.tones[:2]}
    ranges = [
        [note for note in range(low, high + 1) if note % 12 in classes] for low, high in _VOICES
    ]
    return min(
        (
            notes
            for notes in product(*ranges)
            if all(low + 2 <= high for low, high in pairwise(notes))
            and needed <= {note % 12 for note in notes}
        ),
        key=lambda notes: (
            sum(abs(now - then) for now, then in zip(notes, before, strict=True)),
            notes,
        ),
    )
