"""Stems sum to the mix, speech stands clear, level and peak are what was asked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from generique.model.element import Stem
from generique.model.errors import UsageError
from generique.sound.loudness import (
    SILENCE_LUFS,
    integrated_lufs,
    loudness_report,
    momentary_lufs,
    true_peak_dbtp,
)
from generique.sound.mix import (
    Clip,
    clearance,
    duck,
    normalise,
    render_stems,
    speech_regions,
    sum_stems,
)

RATE = 48000
Sound = NDArray[np.float32]


def tone(seconds: float, level: float, frequency: float = 997.0) -> Sound:
    time = np.arange(round(seconds * RATE)) / RATE
    wave = 10 ** (level / 20) * np.sin(2 * np.pi * frequency * time)
    return np.repeat(wave[:, None], 2, axis=1).astype(np.float32)


def hiss(seconds: float, level: float, seed: int) -> Sound:
    noise = np.random.default_rng(seed).standard_normal((round(seconds * RATE), 2))
    return (noise * 10 ** (level / 20)).astype(np.float32)


def speech_like(seconds: float, level: float) -> Sound:
    """Noise in syllables: four swells a second."""
    sound = hiss(seconds, level, 3)
    time = np.arange(len(sound)) / RATE
    return (sound * (0.5 - 0.5 * np.cos(2 * np.pi * 4 * time))[:, None]).astype(np.float32)


def typical(speech_level: float = -26) -> dict[Stem, Sound]:
    clips = (
        Clip(start_sample=0, samples=tone(16, -20, 220), stem=Stem.MUSIC, fade_out=1),
        Clip(start_sample=0, samples=hiss(16, -35, 1), stem=Stem.BACKGROUNDS),
        Clip(start_sample=3 * RATE, samples=speech_like(3, speech_level), stem=Stem.DIALOGUE),
        Clip(start_sample=10 * RATE, samples=speech_like(2, speech_level), stem=Stem.DIALOGUE),
        Clip(start_sample=14 * RATE, samples=hiss(0.2, -18, 2), stem=Stem.EFFECTS),
    )
    return render_stems(clips, 16 * RATE)


def test_meters_read_the_tones_of_the_standard() -> None:
    # EBU Tech 3341, case 1: a stereo 1 kHz tone at -23 dBFS reads -23 LUFS on every meter.
    report = loudness_report(tone(20, -23), RATE)
    assert report.integrated == pytest.approx(-23, abs=0.1)
    assert report.momentary_max == pytest.approx(-23, abs=0.1)
    assert report.short_term_max == pytest.approx(-23, abs=0.1)
    assert report.range == pytest.approx(0, abs=0.1)


def test_true_peak_sees_between_the_samples() -> None:
    # A quarter-rate sine sampled at 45 degrees: samples reach 0.707 of its peak.
    time = np.arange(RATE)
    wave = np.sin(np.pi / 2 * time + np.pi / 4).astype(np.float32)
    assert np.abs(wave).max() < 0.7072
    assert true_peak_dbtp(wave[100:-100]) == pytest.approx(0, abs=0.3)
    assert true_peak_dbtp(np.zeros((10, 2), np.float32)) == float("-inf")


def test_silence_and_very_short_sounds_have_a_loudness() -> None:
    assert integrated_lufs(np.zeros((10, 2), np.float32), RATE) == SILENCE_LUFS
    assert integrated_lufs(tone(0.1, -20), RATE) < -20
    assert len(momentary_lufs(tone(0.1, -20), RATE)) == 1


@settings(max_examples=30, deadline=None)
@given(st.integers(-3000, 3000), st.integers(1, 2000), st.integers(1, 2000))
def test_clips_lie_where_they_should_and_nowhere_else(start: int, length: int, total: int) -> None:
    clip = Clip(start_sample=start, samples=np.ones((length, 2), np.float32), stem=Stem.EFFECTS)
    stem = render_stems([clip], total)[Stem.EFFECTS][:, 0]
    expected = np.zeros(total)
    expected[max(0, start) : max(0, start + length)] = 1
    assert np.array_equal(stem, expected)


def test_fades_pan_and_gain() -> None:
    clip = Clip(
        start_sample=0,
        samples=np.ones((RATE, 2), np.float32),
        stem=Stem.MUSIC,
        gain_db=-6.0206,
        fade_in=0.25,
        fade_out=0.25,
        pan=1.0,
    )
    sound = render_stems([clip], RATE)[Stem.MUSIC]
    assert np.abs(sound[:, 0]).max() < 1e-6
    assert sound[RATE // 2, 1] == pytest.approx(0.5, abs=1e-4)
    assert sound[0, 1] < 1e-4
    assert sound[-1, 1] < 1e-4
    assert sound[RATE // 8, 1] == pytest.approx(0.25, abs=1e-3)


def test_clips_that_are_not_stereo_are_refused() -> None:
    ones = np.ones((5, 2), np.float32)
    mono = Clip(start_sample=0, samples=ones[:, :1], stem=Stem.MUSIC)
    too_far = Clip(start_sample=0, samples=ones, stem=Stem.MUSIC, pan=2)
    for clip in (mono, too_far):
        with pytest.raises(UsageError):
            render_stems([clip], 5)


def test_speech_is_found_where_it_is() -> None:
    (one, two) = speech_regions(typical()[Stem.DIALOGUE])
    for (start, end), (begins, stops) in zip((one, two), ((3, 6), (10, 12)), strict=True):
        assert start / RATE == pytest.approx(begins, abs=0.2)
        assert end / RATE == pytest.approx(stops, abs=0.2)
    assert speech_regions(np.zeros((RATE, 2), np.float32)) == ()


@pytest.mark.parametrize("speech_level", [-36, -26, -16])
def test_dialogue_stands_eight_units_clear_while_speaking(speech_level: float) -> None:
    stems = typical(speech_level)
    assert min(clearance(stems)) < 8 or speech_level > -20
    ducked = duck(stems)
    assert len(clearance(ducked)) == 2
    assert min(clearance(ducked)) >= 8
    assert np.array_equal(ducked[Stem.DIALOGUE], stems[Stem.DIALOGUE])
    assert np.array_equal(ducked[Stem.EFFECTS], stems[Stem.EFFECTS])


def test_ducking_looks_ahead_is_smooth_and_lets_go() -> None:
    stems = typical()
    ducked = duck(stems)[Stem.BACKGROUNDS] / stems[Stem.BACKGROUNDS]
    gain = 20 * np.log10(ducked[:, 0])
    assert gain[2 * RATE] == pytest.approx(0, abs=0.01)
    assert gain[round(2.95 * RATE)] <= gain.min() + 0.5
    assert gain[8 * RATE] == pytest.approx(0, abs=0.01)
    assert np.abs(np.diff(gain)).max() * RATE < 120  # decibels a second: a hand on a fader
    quiet = {stem: np.zeros((RATE, 2), np.float32) for stem in Stem}
    assert np.array_equal(duck(quiet)[Stem.MUSIC], quiet[Stem.MUSIC])


@pytest.mark.parametrize("target", [-23.0, -16.0])
def test_the_mix_reaches_its_loudness_under_its_ceiling(target: float) -> None:
    stems = typical()
    stems[Stem.EFFECTS][14 * RATE : 14 * RATE + 300] += 0.9
    done = normalise(stems, target, -1.5)
    mix = sum_stems(done)
    assert integrated_lufs(mix, RATE) == pytest.approx(target, abs=0.1)
    assert true_peak_dbtp(mix) <= -1.5
    summed = sum(done[stem].astype(np.float64) for stem in Stem)
    assert np.abs(summed - mix).max() < 1e-6


def test_without_peaks_normalising_is_one_gain() -> None:
    stems = typical()
    done = normalise(stems)
    loud = np.abs(stems[Stem.MUSIC][:, 0]) > 1e-3
    ratios = done[Stem.MUSIC][loud, 0] / stems[Stem.MUSIC][loud, 0]
    assert np.ptp(ratios) < 1e-4
    silent = {stem: np.zeros((RATE, 2), np.float32) for stem in Stem}
    with pytest.raises(UsageError):
        normalise(silent)


def test_a_click_in_silence_is_not_crushed_into_loudness() -> None:
    stems = {stem: np.zeros((4 * RATE, 2), np.float32) for stem in Stem}
    stems[Stem.EFFECTS][RATE : RATE + 20] = 0.5
    with pytest.raises(UsageError, match="cannot reach"):
        normalise(stems)
