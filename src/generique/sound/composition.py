"""Writing the notes of a music bed, before any of them sounds.

Every note starts on the grid: on a beat or, where the music presses, half-way between two.
A motif of a few notes, chosen by the seed, is stated, left alone, answered, taken higher and
shortened while tension rises, and comes back at half speed when it falls. The last chord is
struck early enough to ring out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.sound.beats import tension_at
from generique.sound.direction import Instrument, ScoreDirection
from generique.sound.harmony import Chord, chord_walk, voice_leading

_DORIAN_SHADE = (0, 2, 3, 5, 7, 8, 10)
_MOTIFS = (
    ((4, 0.0), (3, 1.0), (2, 2.0), (0, 3.0), (1, 4.0)),
    ((2, 0.0), (4, 1.0), (3, 3.0), (1, 4.0), (2, 6.0)),
    ((0, 0.0), (4, 2.0), (3, 3.0), (2, 4.0), (1, 6.0)),
    ((4, 0.0), (5, 2.0), (4, 3.0), (2, 4.0), (3, 6.0)),
    ((7, 0.0), (4, 1.0), (5, 2.0), (4, 4.0), (2, 5.0)),
)
_RING_AT_MOST, _RING_SHARE = 6.5, 0.24
_RANGE = (64, 88)
_PRESSING, _MOVING = 0.66, 0.34


@dataclass(frozen=True, slots=True)
class Note:
    """A note.

    Attributes:
        instrument: Who plays it; a drone's note is a heartbeat.
        start: Seconds.
        midi: Pitch.
        velocity: 0 to 1.
        hold: Seconds until the damper falls; struck instruments only.
    """

    instrument: Instrument
    start: float
    midi: int
    velocity: float
    hold: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch under one chord.

    Attributes:
        start: Seconds.
        end: Seconds.
        chord: The chord.
        voices: MIDI notes of the strings.
        bass: MIDI note of the bass.
        tension: Target at its start, 0 to 1.
    """

    start: float
    end: float
    chord: Chord
    voices: tuple[int, ...]
    bass: int
    tension: float


@dataclass(frozen=True, slots=True)
class Composition:
    """All that sounds in a piece; the last bar rings to the end."""

    tonic: int
    bars: tuple[Bar, ...]
    notes: tuple[Note, ...]


def write_music(direction: ScoreDirection, seconds: float, seed: int) -> Composition:
    """Write a piece of exactly this length.

    Args:
        direction: Tempo, tension, instruments and mood.
        seconds: Length over all.
        seed: Of key, harmony, motif and accents, each with a stream of its own.
    """
    tonic = direction.tonic
    if tonic is None:
        tonic = int(np.random.default_rng([seed, 0x70]).choice((2, 4, 9, 0, 11)))
    bars = _bars(direction, seconds, tonic, seed)
    notes = [*_bass_notes(direction, bars), *_inner_notes(direction, bars, seed)]
    if Instrument.PIANO in direction.instruments:
        notes += _melody(direction, bars, tonic, seed)
    notes += _last_chord(direction, bars[-1]) if bars else []
    notes += _bell_notes(direction, bars, tonic)
    return Composition(tonic=tonic, bars=bars, notes=_once(notes, direction.instruments))


def _once(notes: list[Note], played: tuple[Instrument, ...]) -> tuple[Note, ...]:
    """Notes of the instruments that play, in order; a key struck twice at once is one note."""
    keys: dict[tuple[float, Instrument, int], Note] = {}
    for note in notes:
        key = (note.start, note.instrument, note.midi)
        if note.instrument in played and (key not in keys or note.velocity > keys[key].velocity):
            keys[key] = note
    return tuple(keys[key] for key in sorted(keys))


def _bars(direction: ScoreDirection, seconds: float, tonic: int, seed: int) -> tuple[Bar, ...]:
    beats, targets = direction.beats(seconds), direction.targets(seconds)
    ring = min(_RING_AT_MOST, _RING_SHARE * seconds)
    starts = [
        beat
        for number, beat in enumerate(beats)
        if number % direction.beats_per_bar == 0 and (number == 0 or beat <= seconds - ring)
    ]
    if not starts:
        return ()
    tensions = tuple(tension_at(start, beats, targets) for start in starts)
    walk = chord_walk(tensions, hopeful=direction.hopeful, seed=seed)
    lowest = 26 if direction.dark > 0.5 else 31
    return tuple(
        Bar(
            start=start,
            end=end,
            chord=chord,
            voices=voices,
            bass=lowest + (tonic + chord.bass - lowest) % 12,
            tension=tension,
        )
        for start, end, chord, voices, tension in zip(
            starts,
            [*starts[1:], seconds],
            walk,
            voice_leading(walk, tonic),
            tensions,
            strict=True,
        )
    )


def _bass_notes(direction: ScoreDirection, bars: tuple[Bar, ...]) -> list[Note]:
    period = 60 / direction.bpm
    notes = []
    for bar in bars[:-1]:
        low = bar.bass + (12 if bar.bass < 33 else 0)
        force = 0.30 + 0.38 * bar.tension
        notes.append(Note(Instrument.PIANO, bar.start, low, force, bar.end - bar.start + 0.4))
        if bar.tension > _MOVING or direction.sparse < 0.3:
            half = bar.start + period * (direction.beats_per_bar // 2)
            fifth = low + (7 if (bar.chord.bass + 7) % 12 in bar.chord.tones else 12)
            notes.append(Note(Instrument.PIANO, half, fifth, force * 0.7, bar.end - half + 0.3))
        if bar.tension > _PRESSING:
            beating = 0.3 + 0.5 * (bar.tension - _PRESSING) / (1 - _PRESSING)
            notes += [
                Note(Instrument.DRONE, bar.start + beat * period, bar.bass, beating, 0.5)
                for beat in range(direction.beats_per_bar)
            ]
    return notes


def _inner_notes(direction: ScoreDirection, bars: tuple[Bar, ...], seed: int) -> list[Note]:
    """The figure that carries the beat: broken chords, denser as tension rises."""
    rng = np.random.default_rng([seed, 0x1F])
    period = 60 / direction.bpm
    notes = []
    for bar in bars[:-1]:
        tones = [voice + (12 if voice < 57 else 0) for voice in bar.voices]
        order = (tones[2], tones[1], tones[3], tones[1], tones[2], tones[0], tones[3], tones[1])
        pressing = bar.tension > _PRESSING
        step = 0.5 if pressing and period > 0.4 else 1.0
        for index in range(round(direction.beats_per_bar / step)):
            place = index * step
            weight = (
                1.0 if place == 0 else 0.8 if place % 2 == 0 else 0.66 if place % 1 == 0 else 0.5
            )
            rest = bar.tension < _MOVING and direction.sparse > 0.3 and place % 2 == 1
            accent = float(rng.uniform(0.92, 1.08))
            if rest:
                continue
            force = (0.17 + 0.33 * bar.tension) * weight * accent
            start = bar.start + place * period
            hold = min(bar.end - start, 2.2 * period) + 0.25
            notes.append(Note(Instrument.PIANO, start, order[index % 8], force, hold))
    return notes


def _melody(direction: ScoreDirection, bars: tuple[Bar, ...], tonic: int, seed: int) -> list[Note]:
    """Statements of the motif, each over two bars, developed as tension moves."""
    rng = np.random.default_rng([seed, 0x3E])
    motif = _MOTIFS[int(rng.integers(len(_MOTIFS)))]
    period = 60 / direction.bpm
    notes: list[Note] = []
    last = bars[-1].start if bars else 0.0
    for number in range(0, max(0, len(bars) - 1), 2):
        bar = bars[number]
        falling = number > 0 and bar.tension < bars[number - 1].tension - 0.05
        phrase = number // 2
        if bar.tension < _MOVING and not falling and phrase % 2 == 1 and direction.sparse > 0.2:
            continue
        shape = _developed(motif, bar.tension, falling=falling, answer=phrase % 2 == 1)
        force = 0.36 + 0.42 * bar.tension
        for degree, place in shape:
            start = bar.start + place * period * direction.beats_per_bar / 4
            start = _on_grid(start, direction)
            if start >= last:
                break
            chord = next(b for b in reversed(bars) if b.start <= start + 1e-9).chord
            strong = abs(place % 2) < 1e-9
            pitch = _pitch(degree, tonic, chord, strong=strong)
            notes.append(Note(Instrument.PIANO, start, pitch, force, 3.2 * period))
            if bar.tension > _PRESSING and strong and pitch - 12 >= _RANGE[0] - 6:
                notes.append(Note(Instrument.PIANO, start, pitch - 12, force * 0.7, 3 * period))
    return notes


def _developed(
    motif: tuple[tuple[int, float], ...], tension: float, *, falling: bool, answer: bool
) -> tuple[tuple[int, float], ...]:
    if falling:
        return tuple((degree, place * 2) for degree, place in motif[:3])
    lift = 7 if tension > _PRESSING else 2 if tension > _MOVING else 0
    if answer:
        pivot = motif[0][0]
        return tuple((2 * pivot - degree + lift, place) for degree, place in motif[:4])
    shape = tuple((degree + lift, place) for degree, place in motif)
    if tension > _PRESSING:
        return shape + tuple((degree + 1, place / 2 + 6) for degree, place in shape[:2])
    return shape


def _on_grid(start: float, direction: ScoreDirection) -> float:
    half = 30 / direction.bpm
    return direction.first + round((start - direction.first) / half) * half


def _pitch(degree: int, tonic: int, chord: Chord, *, strong: bool) -> int:
    octave, step = divmod(degree, 7)
    wanted = 60 + tonic % 12 + _DORIAN_SHADE[step] + 12 * octave
    while wanted < _RANGE[0]:
        wanted += 12
    while wanted > _RANGE[1]:
        wanted -= 12
    tones = {(tonic + tone) % 12 for tone in chord.tones}
    clash = any((wanted - tone) % 12 in (1, 11) for tone in tones) and wanted % 12 not in tones
    if strong or clash:
        near = sorted(range(wanted - 4, wanted + 5), key=lambda note: (abs(note - wanted), note))
        return next((note for note in near if note % 12 in tones), wanted)
    return wanted


def _last_chord(direction: ScoreDirection, bar: Bar) -> list[Note]:
    """The last chord, low octave and voices together, then one high fifth two beats later."""
    ring = bar.end - bar.start
    notes = [Note(Instrument.PIANO, bar.start, bar.bass + 12, 0.42, ring)]
    notes += [
        Note(Instrument.PIANO, bar.start, voice, 0.26 - 0.02 * number, ring)
        for number, voice in enumerate(bar.voices)
    ]
    later = bar.start + 2 * 60 / direction.bpm
    if later < bar.end - 2.5:
        notes.append(Note(Instrument.PIANO, later, bar.voices[-1] + 12, 0.2, ring))
    return notes


def _bell_notes(direction: ScoreDirection, bars: tuple[Bar, ...], tonic: int) -> list[Note]:
    """A bell where a section opens and, quieter, on every fourth bar."""
    return [
        Note(Instrument.BELLS, bar.start, 72 + (tonic + 7) % 12, 0.3 + 0.3 * bar.tension, 6.0)
        for number, bar in enumerate(bars)
        if number % 4 == 0 or direction.sparse < 0.2
    ]
