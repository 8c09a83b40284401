from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generique.model.errors import UnreadableInput
from generique.model.time import Rate, parse_seconds
from generique.testing.strategies import rates, seconds

FILM = Rate(numerator=24)
NTSC = Rate(numerator=30000, denominator=1001)


@given(rates(), st.integers(0, 10**7))
def test_frames_of_the_length_of_frames_are_these_frames(rate: Rate, frames: int) -> None:
    assert rate.frames(rate.seconds(frames)) == frames


@given(rates(), seconds())
def test_a_rounded_length_is_at_most_half_a_frame_off(rate: Rate, length: Fraction) -> None:
    error = rate.seconds(rate.frames(length)) - length
    assert -Fraction(1, 2) < error * rate.fps <= Fraction(1, 2)


@given(rates(), seconds(), seconds())
def test_longer_takes_no_fewer_frames(rate: Rate, one: Fraction, other: Fraction) -> None:
    assert rate.frames(min(one, other)) <= rate.frames(max(one, other))


def test_halves_go_up() -> None:
    assert [FILM.frames(Fraction(n, 48)) for n in (1, 3, 5)] == [1, 2, 3]
    assert FILM.frames(0.5) == 12


@given(rates())
def test_a_rate_reads_back_from_its_text(rate: Rate) -> None:
    assert Rate.parse(f" {rate.numerator}/{rate.denominator} ") == rate


@pytest.mark.parametrize(
    ("text", "fps"),
    [("24", Fraction(24)), ("25/1", Fraction(25)), ("24000/1001", Fraction(24000, 1001))],
)
def test_rates_as_people_write_them(text: str, fps: Fraction) -> None:
    assert Rate.parse(text).fps == fps


@pytest.mark.parametrize("text", ["", "0", "24/0", "-24", "23.976", "24fps", "1234567", "24/", "²"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        Rate.parse(text)
    assert repr(text) in caught.value.what
    assert '"24000/1001"' in (caught.value.next_step or "")


@pytest.mark.parametrize(
    ("rate", "frames", "text"),
    [
        (FILM, 0, "00:00:00:00"),
        (FILM, 23, "00:00:00:23"),
        (FILM, 24 * 3661 + 5, "01:01:01:05"),
        (NTSC, 30, "00:00:01:00"),
        (Rate(numerator=25), 90_000, "01:00:00:00"),
        (Rate(numerator=25, denominator=2), 25, "00:00:02:01"),
    ],
)
def test_timecode_counts_at_the_nominal_rate(rate: Rate, frames: int, text: str) -> None:
    assert rate.timecode(frames) == text


@given(st.integers(0, 24 * 3600 * 90))
def test_timecode_reads_back(frames: int) -> None:
    assert FILM.frames(parse_seconds(FILM.timecode(frames), FILM)) == frames


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("7", Fraction(7)),
        ("7.25", Fraction(29, 4)),
        ("01:02", Fraction(62)),
        ("1:01:01", Fraction(3661)),
        ("00:00:02.5", Fraction(5, 2)),
        ("00:00:02:12", Fraction(5, 2)),
        ("01:02.000001", Fraction(62_000_001, 1_000_000)),
    ],
)
def test_times_as_people_write_them(text: str, length: Fraction) -> None:
    assert parse_seconds(text, FILM) == length


@pytest.mark.parametrize(
    "text", ["", "soon", "-1", "1:2:3:4:5", "1.1234567", "00:00:01,5", "1e3", "00:00:01\n"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        parse_seconds(text, FILM)
    assert "HH:MM:SS" in (caught.value.next_step or "")
