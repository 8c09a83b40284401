"""Playing a composition: the music bed, from direction to samples.

Piano, strings, drone and bells are played into a hall of our own. Loudness, brightness and
density follow the target tension; nothing is compressed or limited.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generique.sound.composition import Composition, write_music
from generique.sound.direction import Instrument, ScoreDirection
from generique.sound.filters import fade_edges, high_pass, shelf
from generique.sound.instruments import (
    BRIGHT_STRINGS,
    DRONE,
    LOOP,
    WARM_STRINGS,
    Timbre,
    bell,
    bowed_loop,
    felt_piano,
    frequency,
    pulse,
)
from generique.sound.loudness import integrated_lufs, true_peak_dbtp
from generique.sound.mix import SAMPLE_RATE
from generique.sound.reverb import hall_response, in_hall

Floats = NDArray[np.float64]
Tell = Callable[[int, int, str], None]

MUSIC_LUFS = -20.0
MUSIC_PEAK_DBTP = -3.0

_LAYERS = 12
_DAMPER = 0.16
_SWELL, _FALL = 1.5, 1.6
_EARLY = 0.45
_SEND = {
    Instrument.PIANO: 0.30,
    Instrument.STRINGS: 0.42,
    Instrument.DRONE: 0.06,
    Instrument.BELLS: 0.60,
}
_STAGES = 4


def compose(
    direction: ScoreDirection, seconds: float, seed: int, tell: Tell | None = None
) -> NDArray[np.float32]:
    """A music bed of exactly this length, ``round(48000 seconds)`` samples, (n, 2).

    Struck notes start on the grid to the sample. The bed is brought to -20 LUFS, or less when
    its true peak would pass -3 dBTP; it starts and ends in silence.

    Args:
        direction: What to play; see :class:`~generique.sound.direction.ScoreDirection`.
        seconds: Length, more than 0.
        seed: Of all choices.
        tell: Called with (done, total, what) between the stages of work; may raise to stop.
    """
    report = tell or _quiet
    total = round(seconds * SAMPLE_RATE)
    piece = write_music(direction, seconds, seed)
    report(0, _STAGES, "playing the piano")
    struck = _struck(piece, total, seed)
    report(1, _STAGES, "playing the strings")
    tension = _tension_line(direction, seconds, total)
    buses = struck | {
        Instrument.STRINGS: np.zeros((total, 2)),
        Instrument.DRONE: struck[Instrument.DRONE],
    }
    if Instrument.STRINGS in direction.instruments:
        buses[Instrument.STRINGS] = _strings(piece, total, seed, tension, direction.dark)
    if Instrument.DRONE in direction.instruments:
        buses[Instrument.DRONE] = buses[Instrument.DRONE] + _drone(
            piece, total, seed, tension, direction.dark
        )
    report(2, _STAGES, "filling the hall")
    response = hall_response(2.6 + 0.8 * direction.dark, seed)
    dry = np.sum(list(buses.values()), axis=0)
    sent = np.sum([bus * _SEND[name] for name, bus in buses.items()], axis=0)
    bed = dry + in_hall(high_pass(sent, 90, SAMPLE_RATE), response)
    report(3, _STAGES, "setting the level")
    music = _finished(bed, direction)
    report(_STAGES, _STAGES, "composed")
    return music


def _quiet(done: int, total: int, what: str) -> None:
    """Nobody listens to the progress."""


def _struck(piece: Composition, total: int, seed: int) -> dict[Instrument, Floats]:
    """Piano, bells and heartbeats, each on its bus; notes of one pitch and force are made once."""
    buses = {name: np.zeros((total, 2)) for name in Instrument}
    made: dict[tuple[Instrument, int, int], Floats] = {}
    for note in piece.notes:
        layer = max(1, round(note.velocity * _LAYERS))
        key = (note.instrument, note.midi, layer)
        if key not in made:
            made[key] = _strike(note.instrument, note.midi, layer / _LAYERS, seed)
        sound = _damped(made[key], note.hold) * (note.velocity * _LAYERS / layer)
        start = round(note.start * SAMPLE_RATE)
        sound = sound[: max(0, total - start)]
        buses[note.instrument][start : start + len(sound)] += sound
    return buses


def _strike(instrument: Instrument, midi: int, velocity: float, seed: int) -> Floats:
    if instrument is Instrument.BELLS:
        return bell(midi, velocity * 0.35, seed)
    if instrument is Instrument.DRONE:
        return pulse(frequency(midi)) * (0.3 * velocity)
    return felt_piano(midi, velocity, seed) * 0.6


def _damped(note: Floats, hold: float) -> Floats:
    """The note until its damper falls, and the short rest of it."""
    start = round(hold * SAMPLE_RATE)
    end = min(len(note), start + round(6 * _DAMPER * SAMPLE_RATE))
    if start >= len(note):
        return note
    damped = note[:end].copy()
    time = np.arange(end - start) / SAMPLE_RATE
    fall = np.exp(-time / _DAMPER) * np.cos(np.linspace(0, np.pi / 2, end - start))
    damped[start:] *= fall[:, None]
    return damped


def _tension_line(direction: ScoreDirection, seconds: float, total: int) -> Floats:
    """Target tension at each sample, smoothed over a second, (n,)."""
    beats, targets = direction.beats(seconds), direction.targets(seconds)
    if not beats:
        return np.zeros(total)
    coarse = np.interp(np.arange(0, seconds + 0.1, 0.1), beats, targets)
    smooth = ndimage.gaussian_filter1d(coarse, 6, mode="nearest")
    time = np.arange(total) / SAMPLE_RATE
    return np.asarray(np.interp(time, np.arange(len(smooth)) * 0.1, smooth))


def _strings(piece: Composition, total: int, seed: int, tension: Floats, dark: float) -> Floats:
    """Four voices, each held while its note stays, brighter and louder with tension."""
    light = np.clip(tension**1.4 * (1.1 - 0.7 * dark), 0, 1)[:, None]
    layers = []
    for timbre in (WARM_STRINGS, BRIGHT_STRINGS):
        bus = np.zeros((total, 2))
        for voice in range(4):
            line = [(bar.start, bar.end, bar.voices[voice]) for bar in piece.bars]
            _add_bowed(bus, _held(line), timbre, seed + voice)
        layers.append(bus)
    loudness = 10 ** ((-13 + 13 * tension) / 20)
    return np.asarray((layers[0] * (1 - 0.7 * light) + layers[1] * light) * loudness[:, None])


def _drone(piece: Composition, total: int, seed: int, tension: Floats, dark: float) -> Floats:
    """The tonic far below, breathing slowly."""
    if not piece.bars:
        return np.zeros((total, 2))
    midi = 33 + (piece.tonic - 33) % 12 - (12 if dark > 0.7 else 0)
    bus = np.zeros((total, 2))
    _add_bowed(bus, [(piece.bars[0].start, piece.bars[-1].end, midi)], DRONE, seed)
    time = np.arange(total) / SAMPLE_RATE
    breath = 1 + 0.18 * np.sin(2 * np.pi * time / 11.0) + 0.1 * np.sin(2 * np.pi * time / 7.3 + 1)
    loudness = 10 ** ((-16 + 5 * dark + 7 * tension) / 20) * breath
    return bus * loudness[:, None]


def _held(line: list[tuple[float, float, int]]) -> list[tuple[float, float, int]]:
    """Neighbouring stretches of one pitch joined to one."""
    held: list[tuple[float, float, int]] = []
    for start, end, midi in line:
        if held and held[-1][2] == midi:
            held[-1] = (held[-1][0], end, midi)
        else:
            held.append((start, end, midi))
    return held


def _add_bowed(
    bus: Floats, stretches: list[tuple[float, float, int]], timbre: Timbre, seed: int
) -> None:
    """Add bowed notes to a bus; each begins a little early and overlaps the next."""
    loops: dict[int, Floats] = {}
    rng = np.random.default_rng([seed, 0x57])
    for start, end, midi in stretches:
        if midi not in loops:
            loops[midi] = bowed_loop(midi, timbre, seed)
        first = max(0, round((start - _EARLY) * SAMPLE_RATE))
        last = min(len(bus), round((end + _FALL - _EARLY) * SAMPLE_RATE))
        offset = int(rng.integers(LOOP))
        span = np.take(loops[midi], np.arange(first, last) + offset, axis=0, mode="wrap")
        swell = round(_SWELL * SAMPLE_RATE)
        bus[first:last] += fade_edges(span, swell, round(_FALL * SAMPLE_RATE))


def _finished(bed: Floats, direction: ScoreDirection) -> NDArray[np.float32]:
    """Rumble out, tone, edges, level."""
    bed = high_pass(bed, 26, SAMPLE_RATE)
    bed = shelf(bed, "high", 3500, 2.0 - 5.0 * direction.dark, SAMPLE_RATE)
    bed = fade_edges(bed, 96, round(min(1.8, 0.06 * len(bed) / SAMPLE_RATE) * SAMPLE_RATE))
    music = bed.astype(np.float32)
    if not np.any(music):
        return music
    gain_db = min(
        MUSIC_LUFS - integrated_lufs(music, SAMPLE_RATE),
        MUSIC_PEAK_DBTP - true_peak_dbtp(music),
    )
    return np.asarray(music * np.float32(10 ** (gain_db / 20)), np.float32)
