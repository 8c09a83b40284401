"""What holds for any pointer, any silence and any sound."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from generique.marks.sound_mark import code
from generique.marks.sound_mark.detect import detect
from generique.marks.sound_mark.embed import embed

RATE = 16_000
_RNG = np.random.default_rng(1)
NOISE = (0.1 * _RNG.standard_normal((12 * RATE, 1))).astype(np.float32)
POINTERS = st.integers(0, (1 << 36) - 1)


@given(POINTERS, POINTERS)
def test_words_come_back_and_differ_as_they_should(pointer: int, other: int) -> None:
    word = code.encode(pointer)
    assert code.decode(word.astype(np.float32))[0] == pointer
    assert pointer == other or np.sum(word != code.encode(other)) >= 91


@given(POINTERS, st.integers(0, 2 * RATE), st.floats(0.01, 4.0))
@settings(max_examples=10, deadline=None)
def test_any_pointer_is_read_from_any_place_at_any_level(
    pointer: int, start: int, gain: float
) -> None:
    marked = embed(NOISE, RATE, pointer)
    heard = (gain * marked[start : start + 10 * RATE]).astype(np.float32)
    assert detect(heard, RATE).pointer == pointer


@given(POINTERS, st.integers(0, RATE), st.integers(40, RATE))
@settings(max_examples=15, deadline=None)
def test_any_silence_stays_and_no_peak_rises(pointer: int, start: int, count: int) -> None:
    sound = NOISE[: 2 * RATE].copy()
    sound[start : start + count] = 0
    marked = embed(sound, RATE, pointer)
    assert not marked[start : start + count].any()
    assert np.abs(marked).max() <= np.abs(sound).max()


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_noise_says_nothing(seed: int) -> None:
    noise = np.random.default_rng(seed).standard_normal((10 * RATE, 1)).astype(np.float32)
    assert detect(noise, RATE).pointer is None
