"""The music lies on its grid, follows its tension, and sounds clean."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import spearmanr

from generique.model.errors import NotCapable
from generique.sound.composition import write_music
from generique.sound.direction import Instrument, ScoreDirection
from generique.sound.harmony import BRIGHT_HOME, HOME, chord_walk, voice_leading
from generique.sound.instruments import LOOP, WARM_STRINGS, bowed_loop, felt_piano, frequency
from generique.sound.loudness import integrated_lufs, loudness_report, true_peak_dbtp
from generique.sound.reverb import hall_response
from generique.sound.score import compose
from generique.sound.score_words import read_score
from generique.sound.tension import STEP, onset_times, tension_of

RATE = 48000
DIRECTION = ScoreDirection(bpm=63, first=0.5)
DIRECTIONS = st.builds(
    ScoreDirection,
    bpm=st.floats(30, 180),
    first=st.floats(0, 3),
    sparse=st.floats(0, 1),
    dark=st.floats(0, 1),
    hopeful=st.booleans(),
    beats_per_bar=st.integers(2, 7),
    instruments=st.sets(st.sampled_from(Instrument), min_size=1).map(tuple),
)


@cache
def bed(seed: int = 1, seconds: float = 32.0) -> NDArray[np.float32]:
    return compose(DIRECTION, seconds, seed)


@settings(max_examples=40, deadline=None)
@given(DIRECTIONS, st.floats(0.1, 90), st.integers(0, 2**31))
def test_every_note_starts_on_the_grid(
    direction: ScoreDirection, seconds: float, seed: int
) -> None:
    piece = write_music(direction, seconds, seed)
    for note in piece.notes:
        halves = (note.start - direction.first) * direction.bpm / 30
        assert halves == pytest.approx(round(halves), abs=1e-6)
        assert 0 <= note.start < seconds
        assert 0 < note.velocity <= 1
        assert 21 <= note.midi <= 108
    if piece.bars:
        assert piece.bars[-1].chord is (BRIGHT_HOME if direction.hopeful else HOME)
        assert piece.bars[-1].end == seconds


def test_measured_onsets_lie_within_five_milliseconds_of_the_grid() -> None:
    direction = ScoreDirection(
        bpm=63, first=0.5, instruments=(Instrument.PIANO,), tension=(0.5,), sparse=0.1
    )
    music = compose(direction, 16, 4).mean(axis=1, dtype=np.float64)
    beats = np.array(sorted({note.start for note in write_music(direction, 16, 4).notes}))
    found = onset_times(music, RATE)
    misses = np.abs(found[:, None] - beats[None, :]).min(axis=0)
    assert np.mean(misses <= 0.005) >= 0.9
    assert np.median(misses) <= 0.003


def test_a_note_begins_at_once() -> None:
    note = felt_piano(60, 0.5, 1)
    envelope = np.abs(note).max(axis=1)
    reached = np.flatnonzero(envelope > 0.5 * envelope.max())[0] / RATE
    assert reached <= 0.006
    assert np.abs(note[0]).max() < 1e-6


@pytest.mark.parametrize("midi", [36, 60, 84])
def test_notes_are_in_tune_and_ring_down(midi: int) -> None:
    note = felt_piano(midi, 0.5, 1)[:, 0]
    spectrum = np.abs(np.fft.rfft(note[: 2 * RATE] * np.hanning(2 * RATE)))
    hertz = np.fft.rfftfreq(2 * RATE, 1 / RATE)
    near = (hertz > frequency(midi) * 0.94) & (hertz < frequency(midi) * 1.06)
    played = hertz[near][spectrum[near].argmax()]
    assert abs(1200 * np.log2(played / frequency(midi))) < 15
    assert np.abs(note[-100:]).max() < 1e-3 * np.abs(note).max()


def test_a_string_loop_has_no_seam() -> None:
    loop = bowed_loop(55, WARM_STRINGS, 1)
    assert loop.shape == (LOOP, 2)
    seam = np.abs(loop[0] - loop[-1]).max()
    assert seam <= np.abs(np.diff(loop, axis=0)).max()


def test_the_hall_is_wide_above_and_narrow_below() -> None:
    response = hall_response(3.0, 1)
    spectra = np.fft.rfft(response, axis=0)
    hertz = np.fft.rfftfreq(len(response), 1 / RATE)

    def likeness(low: float, high: float) -> float:
        left, right = spectra[(hertz > low) & (hertz < high)].T
        power = float(np.sqrt((np.abs(left) ** 2).sum() * (np.abs(right) ** 2).sum()))
        return abs(complex((left * right.conj()).sum())) / power

    assert likeness(30, 80) > 0.7
    assert likeness(800, 8000) < 0.2


def test_the_music_is_as_long_as_asked_and_the_same_every_time() -> None:
    for seconds in (0.05, 1.0, 3.21):
        music = compose(DIRECTION, seconds, 1)
        assert music.shape == (round(seconds * RATE), 2)
        assert np.array_equal(music, compose(DIRECTION, seconds, 1))
        assert not np.isnan(music).any()
    assert not np.array_equal(compose(DIRECTION, 3, 1), compose(DIRECTION, 3, 2))


def test_level_peak_width_and_spectrum() -> None:
    music = bed()
    report = loudness_report(music, RATE)
    assert -24 <= integrated_lufs(music, RATE) <= -19.9
    assert true_peak_dbtp(music) <= -2.99
    assert 5 <= report.range <= 16
    sides = np.asarray(np.corrcoef(music.T))
    assert 0.2 < sides[0, 1] < 0.9
    assert abs(float(music.mean())) < 1e-4
    spectrum = np.abs(np.fft.rfft(music[:, 0].astype(np.float64)))
    hertz = np.fft.rfftfreq(len(music), 1 / RATE)
    buzz = (spectrum[hertz > 9000] ** 2).sum() / (spectrum**2).sum()
    assert 10 * np.log10(buzz) < -50


def test_nothing_clicks() -> None:
    # A click is a lone jump: a second difference far over those around it.
    music = bed()[:, 0].astype(np.float64)
    bend = np.abs(np.diff(music, 2))
    around = np.sqrt(np.convolve(bend**2, np.ones(960) / 960, mode="same"))
    assert (bend / (around + 1e-5)).max() < 12


def test_it_resolves_and_rings_out() -> None:
    music = bed()
    assert np.abs(music[-48:]).max() < 1e-5
    last = write_music(DIRECTION, 32, 1).bars[-1].start
    assert 32 - last >= 4
    levels = [
        np.sqrt(np.mean(music[round(t * RATE) : round((t + 0.5) * RATE)] ** 2))
        for t in (last + 1, 29.8, 31.4)
    ]
    assert levels[0] > levels[1] > levels[2]


@pytest.mark.parametrize("seed", [1, 2])
def test_measured_tension_follows_the_target(seed: int) -> None:
    measured = tension_of(bed(seed), RATE)
    target = np.interp(np.arange(len(measured)) * STEP, DIRECTION.beats(32), DIRECTION.targets(32))
    assert spearmanr(measured, target)[0] >= 0.6


def test_tension_of_silence_and_scraps_is_flat() -> None:
    assert not tension_of(np.zeros((RATE, 2), np.float32), RATE).any()
    assert len(tension_of(np.zeros((10, 2), np.float32), RATE)) == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30).map(tuple), st.integers(0, 99))
def test_harmony_begins_and_ends_at_home_and_moves_little(
    targets: tuple[float, ...], seed: int
) -> None:
    walk = chord_walk(targets, hopeful=False, seed=seed)
    assert len(walk) == len(targets)
    assert walk[-1] is HOME
    voices = voice_leading(walk, seed % 12)
    for before, after in pairwise(voices):
        assert sum(abs(one - two) for one, two in zip(before, after, strict=True)) <= 18
    for chord, notes in zip(walk, voices, strict=True):
        assert {(note - seed % 12) % 12 for note in notes} <= set(chord.tones)
        assert all(low < high for low, high in pairwise(notes))


def test_words_become_direction() -> None:
    direction, heard = read_score(
        "Sparse felt piano and low strings, dark, slow rise, 66 bpm, in D minor", {}, 30
    )
    assert direction.instruments == (Instrument.PIANO, Instrument.STRINGS)
    assert (direction.bpm, direction.tonic, direction.sparse) == (66, 2, 0.85)
    assert max(direction.tension) == 1
    assert [part.became for part in heard if part.text == "felt piano"] == ["instrument=piano"]
    with pytest.raises(NotCapable, match="contradict"):
        read_score("calm tense piano", {}, 30)
