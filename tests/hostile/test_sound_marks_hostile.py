"""Sound that is broken, absurd or made to mislead the marks."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from generique.marks.landmarks.archive import LandmarkArchive
from generique.marks.landmarks.match import match
from generique.marks.landmarks.peaks import find_landmarks
from generique.marks.sound_mark.detect import detect
from generique.marks.sound_mark.embed import embed
from generique.model.errors import UsageError

RATE = 16_000
_TIME = np.arange(11 * RATE) / RATE
_RNG = np.random.default_rng(1)


def column(values: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.asarray(values, np.float32)[:, None]


ABSURD = {
    "direct current": column(np.ones_like(_TIME)),
    "square wave at full scale": column(np.sign(np.sin(2 * np.pi * 100 * _TIME))),
    "a single click": column(np.eye(1, len(_TIME), 5000)[0]),
    "clicks in step with the pattern": column((np.arange(len(_TIME)) % 960 == 0) * 1.0),
    "noise gated in step with the pattern": column(
        _RNG.standard_normal(len(_TIME)) * (np.arange(len(_TIME)) // 960 % 2)
    ),
    "sweep": column(np.sin(2 * np.pi * (100 + 300 * _TIME) * _TIME)),
    "the smallest floats": column(np.full_like(_TIME, 1e-42)),
    "thousands of full scale": column(3e4 * _RNG.standard_normal(len(_TIME))),
    "one sample": column(np.ones(1)),
    "nothing": np.zeros((0, 2), np.float32),
}


@pytest.mark.parametrize("name", ABSURD)
def test_absurd_sound_carries_no_mark_and_takes_one_without_harm(name: str) -> None:
    sound = ABSURD[name]
    assert detect(sound, RATE).pointer is None
    marked = embed(sound, RATE, 7)
    assert marked.shape == sound.shape
    assert np.isfinite(marked).all()
    assert np.abs(marked).max(initial=0) <= np.abs(sound).max(initial=0)
    assert detect(marked, RATE).pointer in {None, 7}


@pytest.mark.parametrize("name", ABSURD)
def test_absurd_sound_is_not_taken_for_a_work(name: str) -> None:
    noise = (0.1 * np.random.default_rng(2).standard_normal((11 * RATE, 1))).astype(np.float32)
    archive = LandmarkArchive.build([("work", find_landmarks(noise, RATE))])
    assert match(ABSURD[name], RATE, archive).runs == ()


@pytest.mark.parametrize(
    ("samples", "rate"),
    [
        (np.zeros(100, np.float32), RATE),
        (np.zeros((100, 0), np.float32), RATE),
        (np.zeros((100, 2)), RATE),
        (np.zeros((100, 2), np.int16), RATE),
        (np.full((100, 1), np.nan, np.float32), RATE),
        (np.full((100, 1), np.inf, np.float32), RATE),
        (np.zeros((100, 1), np.float32), 8000),
        (np.zeros((100, 1), np.float32), 0),
        (np.zeros((100, 1), np.float32), -48_000),
        (np.zeros((100, 1), np.float32), 384_000),
    ],
)
def test_what_is_no_sound_is_refused_in_words(samples: NDArray[np.float32], rate: int) -> None:
    for act in (
        lambda: embed(samples, rate, 1),
        lambda: detect(samples, rate),
        lambda: find_landmarks(samples, rate),
    ):
        with pytest.raises(UsageError, match=r"sound|samples"):
            act()


def test_mark_over_a_mark_never_gives_a_third_number() -> None:
    noise = (0.1 * np.random.default_rng(3).standard_normal((12 * RATE, 1))).astype(np.float32)
    twice = embed(embed(noise, RATE, 111), RATE, 222)
    assert set(detect(twice, RATE).pointers) <= {111, 222}


def test_two_marked_sounds_mixed_never_give_a_third_number() -> None:
    rng = np.random.default_rng(4)
    parts = [(0.1 * rng.standard_normal((12 * RATE, 1))).astype(np.float32) for _ in range(2)]
    mixed = embed(parts[0], RATE, 111) + embed(parts[1], RATE, 222)
    assert set(detect(mixed, RATE).pointers) <= {111, 222}
