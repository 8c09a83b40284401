from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from generique.model.element import Raster
from generique.titles.labels import Label
from generique.titles.overlay import Frame, Placed, composite, place_label
from generique.titles.presence import THRESHOLD, label_score

RASTER = Raster(width=640, height=360)


def text(words: str) -> NDArray[np.uint8]:
    picture = np.zeros((60, 640, 4), np.uint8)
    cv2.putText(picture, words, (20, 34), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255, 255), 1)
    return picture


def placed(words: str) -> Placed:
    label = Label(kind="picture", head="GENERATED", tail="nobody filmed this", start=0, end=10)
    return place_label(label, text(words), RASTER)


def picture(seed: int) -> Frame:
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 255, (18, 32, 3), dtype=np.uint8)
    frame = cv2.resize(coarse, (RASTER.width, RASTER.height), interpolation=cv2.INTER_CUBIC)
    noise = rng.integers(-12, 12, frame.shape)
    return np.clip(frame.astype(int) + noise, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("seed", range(6))
def test_a_label_is_seen_and_its_absence_too(seed: int) -> None:
    layer = placed("GENERATED: nobody filmed this").layer
    frame = picture(seed)
    assert label_score(composite(frame, layer), layer) > 0.8
    assert label_score(frame, layer) < THRESHOLD - 0.1


def test_a_label_is_seen_after_half_size_and_blur() -> None:
    layer = placed("GENERATED: nobody filmed this").layer
    frame = composite(picture(1), layer)
    small = cv2.resize(frame, (320, 180), interpolation=cv2.INTER_AREA)
    back = cv2.resize(small, (640, 360), interpolation=cv2.INTER_CUBIC)
    assert label_score(np.asarray(back, np.uint8), layer) > THRESHOLD


def test_another_text_is_not_the_label() -> None:
    layer = placed("GENERATED: nobody filmed this").layer
    other = composite(picture(2), placed("a harmless subtitle, quite long").layer)
    assert label_score(other, layer) < THRESHOLD


def test_flat_frames_show_nothing() -> None:
    layer = placed("GENERATED: nobody filmed this").layer
    for value in (0, 128, 255):
        flat = np.full((RASTER.height, RASTER.width, 3), value, np.uint8)
        assert label_score(flat, layer) < THRESHOLD
