"""Reading the marks of a master back from its encoded file: picture shot by shot, and sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import NonNegativeInt

from generique.marks.pointer import SOUND_BITS, pointer_text
from generique.marks.sound_mark.detect import detect
from generique.marks.watermark import MarkRegistry, MarkSum, read_mark
from generique.marks.watermark.texture import textured
from generique.model.errors import UnreadableInput
from generique.model.time import Rate
from generique.model.values import Identifier, Value
from generique.production.machineroom_ports import Bench
from generique.production.marking import MarkedSpan
from generique.production.sight_ports import SOUND_RATE, Eyes

LEAST_SECONDS = 0.4
"""Stretches that are shorter say too little to be read."""


class MarksFound(Value):
    """Which shots said their number.

    Attributes:
        asked: Shots that bear a mark and are long, bright and textured enough for it.
        found: Of these, those whose own number was read.
        unread: Of these, those whose own number was not read.
        unasked: Shots that bear a mark and were not asked: too short, dark or flat.
    """

    asked: NonNegativeInt
    found: NonNegativeInt
    unread: tuple[Identifier, ...] = ()
    unasked: tuple[Identifier, ...] = ()


class TextureWatch:
    """Finds out, from the middle frame of each stretch, which can be asked for their number.

    Args:
        spans: What a master bears, in order and without overlap.
        rate: Of the film.
    """

    def __init__(self, spans: Sequence[MarkedSpan], rate: Rate) -> None:
        self._spans = tuple(spans)
        self._middles = {
            (span.start + span.end) // 2: span
            for span in spans
            if span.end - span.start >= rate.frames(LEAST_SECONDS)
        }
        self._calm: set[MarkedSpan] = set()

    def wants(self, frame: int) -> bool:
        """True for the middle of a stretch that is long enough."""
        return frame in self._middles

    def look(self, frame: int, luma: NDArray[np.float32], _: NDArray[np.float32]) -> None:
        """Look at a middle frame: its luma, 0 to 255."""
        if not textured(luma):
            self._calm.add(self._middles[frame])

    def parted(self) -> tuple[tuple[MarkedSpan, ...], tuple[MarkedSpan, ...]]:
        """Stretches to be asked, and the others, both in their order.

        What is long enough and was never seen is asked, so that a file that ends early does not
        answer for it.
        """
        others = {*self._spans} - {*self._middles.values()} | self._calm
        return (
            tuple(span for span in self._spans if span not in others),
            tuple(span for span in self._spans if span in others),
        )


def find_marks(path: Path, textures: TextureWatch, eyes: Eyes) -> MarksFound:
    """Read the marks of a file, each stretch as an unknown picture.

    Args:
        path: The file.
        textures: Has looked at the whole film.
        eyes: Look at the file.
    """
    due, others = textures.parted()
    registry = MarkRegistry(int(span.mark, 16) for span in (*due, *others))
    sums = _sums(path, due, eyes)
    said = [read_mark(gathered, registry=registry).mark_id for gathered in sums]
    pairs = zip_longest(due, said)
    unread = [span.shot for span, mark in pairs if mark != span.mark]
    return MarksFound(
        asked=len(due),
        found=len(due) - len(unread),
        unread=tuple(unread),
        unasked=tuple(span.shot for span in others),
    )


def hear_marks(path: Path, bench: Bench) -> tuple[str, ...]:
    """Numbers that the sound of a file bears, heard without knowing what they should be.

    Args:
        path: The file.
        bench: Decodes.

    Returns:
        Nine hex digits each, in the order in which they are met; empty where none is heard.
    """
    try:
        samples = bench.read_sound(path)
    except UnreadableInput:
        return ()
    if not len(samples):
        return ()
    return tuple(pointer_text(one, SOUND_BITS) for one in detect(samples, SOUND_RATE).pointers)


def _sums(path: Path, due: Sequence[MarkedSpan], eyes: Eyes) -> Iterator[MarkSum]:
    """What the reader needs of each stretch; a file that ends too early gives no more."""
    try:
        yield from eyes.marks(path, [(span.start, span.end) for span in due])
    except UnreadableInput:
        return
