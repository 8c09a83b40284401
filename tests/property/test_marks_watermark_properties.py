"""Whatever window of a marked picture is received, at whatever size: its identity or nothing."""

from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from generique.marks.watermark import read_mark
from generique.marks.watermark.code import decode, encode
from generique.testing.drawn_shots import MARK_ID, gathered, luma8, marked, shot, texture

SHOT = [luma8(frame) for frame in marked(shot(1280, 720, frames=5, seed=3))]


@settings(max_examples=12, deadline=None)
@given(
    keep=st.floats(0.55, 1.0),
    left=st.floats(0, 1),
    top=st.floats(0, 1),
    width=st.integers(420, 1000),
    noise=st.floats(0, 6),
)
def test_crop_scale_and_noise(
    keep: float, left: float, top: float, width: int, noise: float
) -> None:
    wide, high = round(1280 * keep), round(720 * keep)
    x, y = round((1280 - wide) * left), round((720 - high) * top)
    size = (width, round(width * high / wide))
    rng = np.random.default_rng(1)
    received = []
    for frame in SHOT:
        part = cv2.resize(frame[y : y + high, x : x + wide], size, interpolation=cv2.INTER_AREA)
        noisy = part + rng.normal(0, noise, part.shape)
        received.append(np.clip(noisy, 0, 255).astype(np.uint8))
    reading = read_mark(gathered(received))
    assert reading.mark_id == f"{MARK_ID:016x}"
    assert abs(reading.scale_across / (width / wide) - 1) < 0.01


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), width=st.integers(64, 700), height=st.integers(64, 500))
def test_unmarked_pictures_say_nothing(seed: int, width: int, height: int) -> None:
    reading = read_mark(gathered([luma8(texture(width, height, seed))]))
    assert reading.mark_id is None


@settings(max_examples=30, deadline=None)
@given(mark_id=st.integers(0, 2**64 - 1), seed=st.integers(0, 2**32))
def test_code_words_come_back_through_noise(mark_id: int, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(size=384)
    assert decode(encode(mark_id) + noise) == mark_id
