"""The sound mark: what it leaves alone, what it survives, and that it never guesses."""

from __future__ import annotations

import numpy as np
import pytest
from marks_sounds import RATE, Sound, plucked, resampled_by, weather

from generique.marks.sound_mark import code, layout
from generique.marks.sound_mark.audibility import noise_to_mask
from generique.marks.sound_mark.detect import TRIALS, detect, needed, wrong_id_bound
from generique.marks.sound_mark.embed import embed
from generique.marks.sound_mark.report import ACCEPTED_BOUND
from generique.model.errors import UsageError
from generique.sound.loudness import integrated_lufs

POINTER = 0x8C0FFEE11


@pytest.fixture(scope="module")
def clean() -> Sound:
    return plucked(14, 1)


@pytest.fixture(scope="module")
def marked(clean: Sound) -> Sound:
    return embed(clean, RATE, POINTER)


def low_passed(sound: Sound, keep: float) -> Sound:
    spectrum = np.fft.rfft(sound, axis=0)
    spectrum[round(len(spectrum) * keep) :] = 0
    return np.fft.irfft(spectrum, len(sound), axis=0).astype(np.float32)


def test_words_of_the_code_lie_at_least_91_apart() -> None:
    rows = code.generator_matrix()
    pairs = rows[:, None] ^ rows[None]
    rng = np.random.default_rng(1)
    drawn = rng.integers(0, 2, (5000, len(rows))).astype(np.uint8)
    weights = (drawn[drawn.any(axis=1)] @ rows % 2).sum(axis=1)
    assert rows.sum(axis=1).min() >= 91
    assert pairs.sum(axis=2)[~np.eye(len(rows), dtype=bool)].min() >= 91
    assert weights.min() >= 91


def test_every_word_has_the_roots_that_make_its_distance() -> None:
    powers, _ = code._field()
    for word in code.generator_matrix():
        for root in (1, 2, 45, 90):
            sum_in_field = 0
            for place in np.flatnonzero(word):
                sum_in_field ^= powers[root * int(place) % code.WORD_BITS]
            assert sum_in_field == 0


def test_decoder_reads_words_in_heavy_noise() -> None:
    rng = np.random.default_rng(2)
    for _ in range(10):
        pointer = int(rng.integers(1 << 36))
        soft = 0.8 * code.encode(pointer) + rng.standard_normal(255)
        assert code.decode(soft.astype(np.float32))[0] == pointer


@pytest.mark.parametrize("pointer", [-1, 1 << 36])
def test_pointer_that_does_not_fit_is_refused(pointer: int) -> None:
    with pytest.raises(UsageError, match="36 bits"):
        embed(np.zeros((100, 1), np.float32), RATE, pointer)


def test_each_bit_has_as_many_cells_as_any_other() -> None:
    owners = layout.BIT_OF_CELL[layout.BIT_OF_CELL >= 0]
    counts = np.bincount(owners, minlength=code.WORD_BITS)
    assert counts.min() == counts.max() >= 8
    assert 0.2 < np.mean(layout.BIT_OF_CELL < 0) < 0.3


def test_excerpt_of_ten_seconds_is_read_from_anywhere(marked: Sound) -> None:
    for start in (0, 1.237, 3.9):
        begin = round(start * RATE)
        report = detect(marked[begin : begin + 10 * RATE], RATE)
        assert report.pointer == POINTER
        assert report.windows[0].wrong_id_bound <= ACCEPTED_BOUND
        master_start = (start + 20 * layout.PERIOD_SECONDS - report.windows[0].phase) % (
            layout.PERIOD_SECONDS
        )
        assert min(master_start, layout.PERIOD_SECONDS - master_start) < 0.03


@pytest.mark.parametrize(
    ("up", "down", "speed"), [(24, 25, "25/24"), (25, 24, "24/25"), (1001, 1000, "1")]
)
def test_other_speeds_are_found(marked: Sound, up: int, down: int, speed: str) -> None:
    report = detect(resampled_by(marked, up, down), RATE)
    assert report.pointer == POINTER
    assert {(window.speed, window.pitch) for window in report.windows} == {(speed, speed)}


def test_filter_level_mono_and_noise_are_survived(marked: Sound) -> None:
    rng = np.random.default_rng(3)
    mono = 0.4 * low_passed(marked, 0.25).mean(axis=1, keepdims=True)
    noisy = mono + 0.0005 * rng.standard_normal(mono.shape)
    assert detect(noisy.astype(np.float32), RATE).pointer == POINTER


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 96_000])
def test_rates_are_taken(rate: int) -> None:
    marked = embed(weather(11, 4, rate), rate, POINTER)
    assert detect(marked, rate).pointer == POINTER


def test_mark_made_at_one_rate_is_read_at_another() -> None:
    marked = embed(weather(11, 5), RATE, POINTER)
    assert detect(resampled_by(marked, 147, 160), 44_100).pointer == POINTER


def test_six_channels_are_marked_alike_and_read_from_any() -> None:
    sound = np.concatenate([weather(11, seed) for seed in (6, 7, 8)], axis=1)
    sound[:, 3] = 0
    marked = embed(sound, RATE, POINTER)
    assert not marked[:, 3].any()
    assert detect(marked, RATE).pointer == POINTER
    assert detect(marked[:, [2]], RATE).pointer == POINTER


def test_mark_stays_far_below_the_sound(clean: Sound, marked: Sound) -> None:
    for sound, result in ((clean, marked), (other := weather(8, 9), embed(other, RATE, 5))):
        difference = (result - sound).astype(np.float64)
        snr = 10 * np.log10(np.sum(sound.astype(np.float64) ** 2) / np.sum(difference**2))
        ratio = noise_to_mask(sound, result, RATE)
        assert snr >= 25
        assert np.mean(ratio < 0) > 0.95
        assert 10 * np.log10(np.mean(10 ** (ratio / 10))) < -3
        assert abs(integrated_lufs(result, RATE) - integrated_lufs(sound, RATE)) < 0.1
        assert np.abs(result).max() <= np.abs(sound).max()


def test_audibility_tells_a_loud_mark() -> None:
    sound = weather(4, 10)
    loud = sound + 0.5 * weather(4, 11)
    assert np.mean(noise_to_mask(sound, loud, RATE) > 0) > 0.5


def test_pure_tone_is_hardly_touched() -> None:
    wave = 0.3 * np.sin(2 * np.pi * 1000 * np.arange(5 * RATE) / RATE)
    sound = wave.astype(np.float32)[:, None]
    inner = slice(RATE, 4 * RATE)
    level = np.abs(np.fft.rfft((embed(sound, RATE, 5) - sound)[inner, 0])).max()
    assert level < 10 ** (-30 / 20) * np.abs(np.fft.rfft(sound[inner, 0])).max()


def test_silence_stays_silence_to_the_bit() -> None:
    sound = weather(6, 12)
    sound[2 * RATE : 4 * RATE] = 0
    marked = embed(sound, RATE, 5)
    assert not marked[2 * RATE : 4 * RATE].any()
    assert not embed(np.zeros((RATE, 2), np.float32), RATE, 5).any()


def test_full_scale_is_never_passed() -> None:
    sound = np.clip(6 * weather(5, 13), -1, 1)
    marked = embed(sound, RATE, 5)
    assert np.abs(marked).max() <= 1
    assert not np.array_equal(marked, sound)


def test_parts_of_a_long_sound_join_without_a_seam() -> None:
    long = weather(50, 14, 16_000)
    marked = embed(long, 16_000, POINTER)
    difference = np.abs(np.diff(marked - long, axis=0))
    assert difference.max() < 12 * np.sqrt(np.mean(difference**2))
    assert detect(marked[-11 * 16_000 :], 16_000).pointer == POINTER


def test_same_input_gives_the_same_bytes(clean: Sound, marked: Sound) -> None:
    before = clean.copy()
    assert embed(clean, RATE, POINTER).tobytes() == marked.tobytes()
    assert np.array_equal(before, clean)


def test_unmarked_sound_is_unknown(clean: Sound) -> None:
    for sound in (clean, weather(12, 15)):
        report = detect(sound, RATE)
        assert report.pointer is None
        assert not report.pointers
        assert all(window.wrong_id_bound == 1 for window in report.windows)
        assert detect(sound, RATE, list(range(1, 2000))).pointer is None


def test_known_pointers_need_less_evidence(marked: Sound) -> None:
    assert needed(100) < needed(1 << 36) - 1.5
    short = marked[: 5 * RATE]
    known = detect(short, RATE, [1, 2, POINTER])
    assert known.windows[0].mode == "known"
    assert known.windows[0].agreement > known.windows[0].needed
    assert known.pointer == POINTER


def test_mark_that_is_not_in_the_archive_is_unknown_there(marked: Sound) -> None:
    assert detect(marked, RATE, [1, 2, 3]).pointer is None


def test_two_marks_in_one_sound_are_told_apart() -> None:
    first, second = (embed(weather(15, seed), RATE, seed) for seed in (16, 17))
    report = detect(np.concatenate([first, second]), RATE)
    assert report.pointers == (16, 17)
    assert report.pointer is None
    assert len(report.lines()) >= 3


def test_bound_counts_all_that_is_tried() -> None:
    limit = needed(1 << 36)
    assert TRIALS == 5 * 80 * 6
    assert wrong_id_bound(limit, 1 << 36) == pytest.approx(ACCEPTED_BOUND, rel=1e-6)
    assert wrong_id_bound(3.0, 1 << 36) == 1


def test_report_can_be_read(marked: Sound, clean: Sound) -> None:
    said = detect(marked, RATE).lines()
    assert f"{POINTER:09x}" in said[1]
    assert "blind" in said[0]
    assert "unknown" in detect(clean, RATE).lines()[1]
    assert "3 known" in detect(clean, RATE, [1, 2, 3]).lines()[0]
