from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from generique.edit.conform import Frame, conform, dim, mix
from generique.edit.sources import Segment
from generique.model.element import Raster
from generique.model.errors import UnreadableInput
from generique.model.values import digest_of

RASTER = Raster(width=16, height=16)


def segment(shot: str | None, start: int, frames: int, **more: object) -> Segment:
    facts = {"source": f"{shot}.t1", "digest": digest_of(b"x"), "essence": digest_of(b"y")}
    values = {"shot": shot, "start": start, "frames": frames} | (facts if shot else {}) | more
    return Segment.model_validate(values)


class Media:
    """Frames whose level is their number in the medium; remembers how many lie open."""

    def __init__(self, length: int = 200, level: int | None = None) -> None:
        self.length = length
        self.level = level
        self.open = 0
        self.most = 0
        self.drawn = 0

    def __call__(self, shown: Segment, start: int, count: int) -> Iterator[Frame]:
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            for index in range(start, min(start + count, self.length)):
                self.drawn += 1
                level = index if self.level is None else self.level
                yield np.full((16, 16, 3), level, dtype=np.uint8)
        finally:
            self.open -= 1


def levels(frames: Iterator[Frame]) -> list[int]:
    return [int(frame[0, 0, 0]) for frame in frames]


def test_cuts_show_each_frame_once() -> None:
    cut = (segment("a", 0, 5, source_in=10), segment("b", 5, 4, source_in=50))
    assert levels(conform(cut, Media(), RASTER)) == [10, 11, 12, 13, 14, 50, 51, 52, 53]


def test_a_dissolve_has_the_right_length_and_rises_evenly_in_light() -> None:
    media = Media(level=200)
    cut = (segment("a", 0, 10), segment(None, 6, 10, overlap=4))
    seen = levels(conform(cut, media, RASTER))
    assert len(seen) == 16
    assert seen[:6] == [200] * 6
    light = [(level / 255) ** 2.4 for level in seen[6:10]]
    full = (200 / 255) ** 2.4
    assert light == pytest.approx([full * share for share in (0.8, 0.6, 0.4, 0.2)], abs=0.01)
    assert seen[10:] == [0] * 6


def test_mixing_is_exact_at_the_ends_and_for_equal_pictures() -> None:
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, axis=2)
    other = ramp[::-1].copy()
    assert np.array_equal(mix(ramp, other, 0.0), ramp)
    assert np.array_equal(mix(ramp, other, 1.0), other)
    assert np.array_equal(mix(ramp, ramp, 0.37), ramp)
    assert mix(np.zeros_like(ramp), np.full_like(ramp, 255), 0.5).max() == 191


def test_fades_begin_and_end_in_black() -> None:
    cut = (segment("a", 0, 10, fade_in=4),)
    seen = levels(conform(cut, Media(level=100), RASTER, fade_out=4))
    assert seen == [20, 40, 60, 80, 100, 100, 80, 60, 40, 20]
    assert dim(np.full((1, 1, 3), 7, np.uint8), 0.0).max() == 0


def test_media_at_their_own_rate_drop_or_repeat_frames_evenly() -> None:
    quick = (segment("a", 0, 24, step=Fraction(25, 24)),)
    seen = levels(conform(quick, Media(), RASTER))
    assert seen[0] == 0
    assert seen[-1] == 24
    assert sorted(set(seen)) == seen
    slow = (segment("a", 0, 8, step=Fraction(1, 2)),)
    assert levels(conform(slow, Media(), RASTER)) == [0, 1, 1, 2, 2, 3, 3, 4]


def test_it_streams_and_closes_what_it_opens() -> None:
    media = Media()
    cut = tuple(segment(f"s{i}", i * 10, 12, overlap=2 if i else 0) for i in range(5))
    film = conform(cut, media, RASTER)
    next(film)
    assert media.drawn == 1
    assert len(list(film)) == 51
    assert (media.open, media.most) == (0, 2)
    stopped = conform(cut, media, RASTER)
    next(stopped)
    stopped.close()  # type: ignore[attr-defined]  # a generator, as every caller may rely on
    assert media.open == 0


def test_a_medium_that_ends_early_or_has_another_size_is_named() -> None:
    with pytest.raises(UnreadableInput, match="shot a ends early") as caught:
        list(conform((segment("a", 0, 10),), Media(length=7), RASTER))
    assert "7 came" in str(caught.value.why)
    with pytest.raises(UnreadableInput, match="16 x 16"):
        list(conform((segment("a", 0, 10),), Media(), Raster(width=32, height=16)))


def test_nothing_gives_nothing() -> None:
    assert list(conform((), Media(), RASTER)) == []
