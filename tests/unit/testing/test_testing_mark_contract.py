"""The suite for picture marks lets an honest plug-in pass and catches a dishonest one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from generique.model.errors import UsageError
from generique.production.mark_ports import PluginReading
from generique.testing.mark_contract import PictureMarkContract

Frame = NDArray[np.uint8]
BITS = 8


class CornerMark:
    """A toy: eight dots in a corner carry eight bits, a ninth says that they are there."""

    name = "corner"
    algorithm = "org.example.corner.1"
    payload_bits = BITS

    def embed(self, frames: Iterable[Frame], payload: int) -> Iterator[Frame]:
        if not 0 <= payload < 1 << BITS:
            raise UsageError("the corner holds eight bits")
        bits = [1, *(payload >> n & 1 for n in range(BITS))]
        for frame in frames:
            out = frame.copy()
            out[0, : len(bits), :] = np.array(bits)[:, None] * 2 + 101
            yield out

    def detect(self, frames: Iterable[Frame]) -> PluginReading:
        corner = np.mean([frame[0, : BITS + 1, 0] for frame in frames], axis=0)
        there = corner[0] == 103 and set(corner.tolist()) <= {101.0, 103.0}
        payload = sum(int(value == 103) << n for n, value in enumerate(corner[1:]))
        return PluginReading(
            payload=payload if there else None,
            false_alarm=2.0**-BITS,
            lines=("corner mark found" if there else "no corner mark",),
        )


class GuessingMark(CornerMark):
    """Always has an answer."""

    def detect(self, frames: Iterable[Frame]) -> PluginReading:
        return PluginReading(payload=7, false_alarm=0.5, lines=("seven",))


class PaintingMark(CornerMark):
    """Paints on the frames that it was given."""

    def embed(self, frames: Iterable[Frame], payload: int) -> Iterator[Frame]:
        for frame in frames:
            frame[0, :9] = 101
            yield frame


class LooseMark(CornerMark):
    """Takes any payload."""

    def embed(self, frames: Iterable[Frame], payload: int) -> Iterator[Frame]:
        return super().embed(frames, payload % (1 << BITS))


class TestCornerMark(PictureMarkContract):
    def plugin(self) -> CornerMark:
        return CornerMark()

    def shot(self) -> tuple[Frame, ...]:
        return tuple(np.full((48, 64, 3), 100 + n, np.uint8) for n in range(3))


@pytest.mark.parametrize(
    ("plugin", "law"),
    [
        (GuessingMark(), "test_never_guesses"),
        (PaintingMark(), "test_returns_frames_of_the_same_form"),
        (LooseMark(), "test_refuses_a_payload_that_does_not_fit"),
    ],
)
def test_a_dishonest_mark_is_caught(plugin: CornerMark, law: str) -> None:
    class Suite(TestCornerMark):
        def plugin(self) -> CornerMark:
            return plugin

    with pytest.raises(AssertionError):
        getattr(Suite(), law)()
