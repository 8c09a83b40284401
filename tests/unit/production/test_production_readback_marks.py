"""Every shot that can bear a mark is asked for its own number, and one of many is not enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from generique.marks.sound_mark.embed import embed
from generique.marks.watermark import MarkSum
from generique.marks.watermark.texture import textured
from generique.model.errors import UnreadableInput
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.marking import MarkedSpan
from generique.production.readback import MasterReading
from generique.production.readback_marks import MarksFound, TextureWatch, find_marks, hear_marks
from generique.testing.drawn_shots import Rgb, gathered, luma, luma8, marked, shot

RATE = Rate(numerator=24)
WIDE, HIGH, LENGTH = 640, 360, 14
MARKS = tuple(f"{0x51C3_7700_1234_5678 * seed % 2**64:016x}" for seed in range(2, 8))
FLAT, BLACK = np.full((HIGH, WIDE, 3), 120, np.uint8), np.zeros((HIGH, WIDE, 3), np.uint8)


class Looking:
    """Eyes on frames that are at hand; ``until`` is where the file ends."""

    def __init__(self, frames: Sequence[Rgb], until: int | None = None) -> None:
        self._frames = list(frames)[:until]

    def marks(self, path: Path, stretches: Sequence[tuple[int, int]]) -> Iterator[MarkSum]:
        for start, end in stretches:
            if end > len(self._frames):
                raise UnreadableInput("the file ends too early", where=str(path))
            yield gathered(luma8(frame) for frame in self._frames[start:end])


def span(number: int, start: int, frames: int = LENGTH) -> MarkedSpan:
    return MarkedSpan(
        start=start,
        end=start + frames,
        shot=f"{number}-1",
        take=None,
        essence=digest_of(b"%d" % number),
        mark=MARKS[number],
        cut=True,
    )


def find(frames: list[Rgb], spans: Sequence[MarkedSpan], until: int | None = None) -> MarksFound:
    watch = TextureWatch(spans, RATE)
    for number, frame in enumerate(frames[:until]):
        if watch.wants(number):
            seen = luma(frame).astype(np.float32)
            watch.look(number, seen, seen)
    eyes = Looking(frames, until)
    return find_marks(Path("master.mp4"), watch, eyes)  # type: ignore[arg-type]  # all it is asked


def bearing(number: int) -> list[Rgb]:
    return marked(shot(WIDE, HIGH, LENGTH, seed=5 + number % 2), int(MARKS[number], 16))


def test_a_shot_that_bears_another_number_or_none_is_named() -> None:
    frames = [*bearing(0), *bearing(1), *shot(WIDE, HIGH, LENGTH, seed=5)]
    spans = [span(0, 0), span(2, LENGTH), span(3, 2 * LENGTH)]
    found = find(frames, spans)
    assert found == MarksFound(asked=3, found=1, unread=("2-1", "3-1"))


def test_what_is_short_dark_or_flat_is_not_asked_and_said_so() -> None:
    frames = [*bearing(0), *[FLAT] * LENGTH, *[BLACK] * LENGTH, *bearing(3)[:6]]
    spans = [span(0, 0), span(1, LENGTH), span(2, 2 * LENGTH), span(3, 3 * LENGTH, 6)]
    found = find(frames, spans)
    assert found == MarksFound(asked=1, found=1, unasked=("1-1", "2-1", "3-1"))


def test_a_file_that_ends_too_early_says_no_more_numbers() -> None:
    frames = [*bearing(0), *bearing(1)]
    found = find(frames, [span(0, 0), span(1, LENGTH)], until=LENGTH + 3)
    assert found == MarksFound(asked=2, found=1, unread=("1-1",))


@pytest.mark.parametrize(
    ("spread", "mean", "share", "asked"),
    [
        (6, 120, 1.0, True),
        (6, 120, 0.4, False),
        (1, 120, 1.0, False),
        (6, 8, 1.0, False),
    ],
)
def test_texture_is_what_varies_in_the_light(
    spread: float, mean: float, share: float, *, asked: bool
) -> None:
    rng = np.random.default_rng(3)
    picture = np.full((180, 320), float(mean), np.float32)
    width = round(320 * share)
    picture[:, :width] += rng.normal(0, spread, (180, width)).astype(np.float32)
    assert textured(np.clip(picture, 0, 255)) is asked


def test_a_picture_smaller_than_a_block_has_no_texture() -> None:
    assert not textured(np.zeros((4, 4), np.float32))


def test_clearance_is_told_of_every_shot() -> None:
    found = MarksFound(asked=50, found=1, unread=("2-1",), unasked=("3-1",))
    reading = MasterReading(
        language="en",
        file=digest_of(b"master"),
        frames=24,
        frames_asked=24,
        frames_a_second=24,
        labels=(),
        credits=(),
    )
    told = reading.model_copy(update={"marks": found}).summary()
    assert (told.marks_asked, told.marks_missing, told.marks_unasked) == (50, ("2-1",), ("3-1",))
    assert reading.summary().marks_asked is None


class Sounding:
    """A bench that has one sound, or none."""

    def __init__(self, samples: NDArray[np.float32] | None) -> None:
        self._samples = samples

    def read_sound(self, path: Path) -> NDArray[np.float32]:
        if self._samples is None:
            raise UnreadableInput("there is no sound", where=str(path))
        return self._samples


def hear(samples: NDArray[np.float32] | None) -> tuple[str, ...]:
    bench = Sounding(samples)
    return hear_marks(Path("master.mp4"), bench)  # type: ignore[arg-type]  # all it is asked


def test_the_sound_says_its_number_without_being_told_it() -> None:
    rng = np.random.default_rng(8)
    sound = (rng.standard_normal((12 * 48_000, 2)) * 0.1).astype(np.float32)
    assert hear(embed(sound, 48_000, 0x4_0053_9EC0)) == ("400539ec0",)
    assert hear(sound) == ()
    assert hear(sound[:0]) == ()
    assert hear(None) == ()
