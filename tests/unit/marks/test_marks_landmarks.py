"""Landmarks: known sound is found to the moment, unknown sound stays unknown."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from marks_sounds import RATE, Sound, plucked, resampled_by, weather

from generique.marks.landmarks.alignments import chance
from generique.marks.landmarks.archive import EMPTY, LandmarkArchive
from generique.marks.landmarks.match import match
from generique.marks.landmarks.peaks import FRAME_SECONDS, Landmarks, find_landmarks
from generique.marks.listening import ORIGINAL, PACES, Pace
from generique.model.errors import Damaged, UsageError

WORKS = {"tune": plucked(24, 1), "rain": weather(24, 2), "other tune": plucked(24, 3)}


@pytest.fixture(scope="module")
def archive() -> LandmarkArchive:
    return LandmarkArchive.build((name, find_landmarks(each, RATE)) for name, each in WORKS.items())


def part(sound: Sound, start: float, seconds: float = 10.0) -> Sound:
    begin = round(start * RATE)
    return sound[begin : begin + round(seconds * RATE)]


@pytest.mark.parametrize("name", WORKS)
@pytest.mark.parametrize("start", [0.0, 7.1234, 13.9])
def test_excerpt_is_found_to_twenty_milliseconds(
    archive: LandmarkArchive, name: str, start: float
) -> None:
    report = match(part(WORKS[name], start), RATE, archive)
    assert [run.work for run in report.runs] == [name]
    run = report.runs[0]
    assert run.offset - run.start == pytest.approx(start, abs=0.02)
    assert (run.speed, run.pitch) == ("1", "1")
    assert run.end - run.start > 8
    assert run.false_alarm_bound < 1e-9


@pytest.mark.parametrize(
    ("up", "down", "speed"),
    [(24, 25, "25/24"), (25, 24, "24/25"), (1001, 1000, "1000/1001"), (1000, 1001, "1001/1000")],
)
def test_speeds_are_found(archive: LandmarkArchive, up: int, down: int, speed: str) -> None:
    heard = resampled_by(WORKS["tune"], up, down)[2 * RATE : 20 * RATE]
    runs = match(heard, RATE, archive).runs
    assert [(run.work, run.speed, run.pitch) for run in runs] == [("tune", speed, speed)]
    exact = float(Fraction(speed))
    assert runs[0].measured_speed == pytest.approx(exact, abs=2e-4)
    assert runs[0].offset == pytest.approx((2 + runs[0].start) * exact, abs=0.02)


def test_pace_without_pitch_stretches_time_alone() -> None:
    sound = plucked(12, 5)
    fast = find_landmarks(sound, RATE, Pace(Fraction(25, 24), Fraction(1)))
    usual = find_landmarks(sound, RATE)
    assert fast.seconds == pytest.approx(12 * 25 / 24)
    assert fast.frames.max() == pytest.approx(usual.frames.max() * 25 / 24, abs=4)


def test_noise_filter_and_level_are_survived(archive: LandmarkArchive) -> None:
    rng = np.random.default_rng(4)
    heard = part(WORKS["tune"], 5.5)
    dull = np.apply_along_axis(np.convolve, 0, heard, np.ones(8) / 8, mode="same")
    noisy = 0.2 * dull + 0.002 * rng.standard_normal(heard.shape)
    runs = match(noisy.astype(np.float32), RATE, archive).runs
    assert [run.work for run in runs] == ["tune"]
    assert runs[0].offset - runs[0].start == pytest.approx(5.5, abs=0.02)


def test_two_works_one_after_the_other_are_cut_apart(archive: LandmarkArchive) -> None:
    edited = np.concatenate([part(WORKS["tune"], 3, 12), part(WORKS["rain"], 9, 12)])
    first, second = match(edited, RATE, archive).runs
    assert (first.work, second.work) == ("tune", "rain")
    assert first.end == pytest.approx(12, abs=1.0)
    assert second.start == pytest.approx(12, abs=1.0)
    assert second.offset - second.start == pytest.approx(9 - 12, abs=0.02)


def test_two_works_at_once_are_both_found(archive: LandmarkArchive) -> None:
    both = part(WORKS["tune"], 2, 15) + part(WORKS["other tune"], 8, 15)
    found = {run.work for run in match(both, RATE, archive).runs}
    assert found == {"tune", "other tune"}


@pytest.mark.parametrize("seed", [21, 22, 23])
def test_unknown_sound_stays_unknown(archive: LandmarkArchive, seed: int) -> None:
    for sound in (plucked(15, seed), weather(15, seed)):
        report = match(sound, RATE, archive)
        assert report.runs == ()
        assert "no known work" in report.lines()[0]


def test_held_tone_is_no_evidence() -> None:
    wave = 0.3 * np.sin(2 * np.pi * 440 * np.arange(15 * RATE) / RATE)
    wave *= 1 + 0.3 * np.sin(2 * np.pi * 2 * np.arange(15 * RATE) / RATE)
    tone = np.stack([wave, wave], axis=1).astype(np.float32)
    archive = LandmarkArchive.build([("tone", find_landmarks(tone, RATE))])
    assert match(tone[RATE // 3 :], RATE, archive).runs == ()


def test_silence_and_an_empty_archive_give_no_match(archive: LandmarkArchive) -> None:
    silence = np.zeros((12 * RATE, 2), np.float32)
    assert len(find_landmarks(silence, RATE).hashes) == 0
    assert match(silence, RATE, archive).runs == ()
    assert match(part(WORKS["tune"], 0), RATE, EMPTY).runs == ()


def test_numbers_fit_their_types() -> None:
    landmarks = find_landmarks(WORKS["rain"], RATE)
    assert landmarks.hashes.max() < 1 << 21
    assert np.all(np.diff(landmarks.frames) >= 0)
    assert landmarks.frames.max() * FRAME_SECONDS < 24


def test_archive_is_compact_and_comes_back_as_it_was(archive: LandmarkArchive) -> None:
    bytes_an_hour = (archive.hashes.nbytes + archive.frames.nbytes) / 72 * 3600
    assert bytes_an_hour * 100 < 1e9
    again = LandmarkArchive.restored(archive.names, archive.arrays())
    assert again.names == archive.names
    assert all(np.array_equal(again.arrays()[key], archive.arrays()[key]) for key in again.arrays())


def test_archive_grows_work_by_work(archive: LandmarkArchive) -> None:
    grown = EMPTY
    for name, sound in WORKS.items():
        grown = grown.extended([(name, find_landmarks(sound, RATE))])
    assert np.array_equal(grown.hashes, archive.hashes)
    assert np.array_equal(grown.frames, archive.frames)
    with pytest.raises(UsageError, match="one name"):
        grown.extended([("rain", find_landmarks(WORKS["rain"], RATE))])


def test_archive_that_does_not_fit_together_is_damaged(archive: LandmarkArchive) -> None:
    for changed in (
        {"hashes": archive.hashes[::-1].copy()},
        {"frames": archive.frames[1:]},
        {"starts": archive.starts[1:]},
        {"lengths": archive.lengths - 100_000},
        {"hashes": archive.hashes.astype(np.float64)},
    ):
        with pytest.raises(Damaged):
            LandmarkArchive.restored(archive.names, archive.arrays() | changed)
    with pytest.raises(Damaged):
        LandmarkArchive.restored(archive.names, {"hashes": archive.hashes})


def test_too_much_sound_for_one_archive_is_refused() -> None:
    endless = Landmarks(np.zeros(1, np.int32), np.zeros(1, np.uint32), 1e9)
    with pytest.raises(UsageError, match="more sound"):
        LandmarkArchive.build([("endless", endless)])


def test_chance_grows_with_the_library_and_falls_with_votes() -> None:
    assert chance(20, 5000, 10**6, 5) < chance(20, 5000, 10**4, 5)
    assert chance(30, 5000, 10**6, 5) < chance(20, 5000, 10**6, 5) < 1e-20
    assert chance(1, 5000, 10**6, 5) == 1


def test_fewer_paces_find_only_theirs(archive: LandmarkArchive) -> None:
    fast = resampled_by(WORKS["tune"], 24, 25)
    assert match(fast, RATE, archive, [ORIGINAL]).runs == ()
    assert match(fast, RATE, archive, PACES[:2]).runs[0].speed == "25/24"


def test_report_can_be_read(archive: LandmarkArchive) -> None:
    said = match(part(WORKS["rain"], 4), RATE, archive).lines()
    assert "3 works" in said[0]
    assert "rain from 4." in said[1]
