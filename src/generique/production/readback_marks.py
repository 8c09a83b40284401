"""Reading the picture marks of a master back from its encoded file, shot by shot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from pydantic import NonNegativeInt

from generique.marks.watermark import MarkRegistry, MarkSum, read_mark
from generique.model.errors import UnreadableInput
from generique.model.time import Rate
from generique.model.values import Identifier, Value
from generique.production.marking import MarkedSpan
from generique.production.sight_ports import Eyes

LEAST_SECONDS = 0.4
"""Stretches that are shorter say too little to be read."""


class MarksFound(Value):
    """Which shots said their number.

    Attributes:
        asked: Shots that bear a mark and are long enough.
        found: Of these, those whose own number was read.
        unread: Shots whose number was not read: dark and flat pictures carry little.
    """

    asked: NonNegativeInt
    found: NonNegativeInt
    unread: tuple[Identifier, ...] = ()


def find_marks(path: Path, spans: Sequence[MarkedSpan], rate: Rate, eyes: Eyes) -> MarksFound:
    """Read the marks of a file, each stretch as an unknown picture.

    Args:
        path: The file.
        spans: What it bears, in order and without overlap.
        rate: Of the film.
        eyes: Look at the file.
    """
    due = [span for span in spans if span.end - span.start >= rate.frames(LEAST_SECONDS)]
    registry = MarkRegistry(int(span.mark, 16) for span in due)
    sums = _sums(path, due, eyes)
    said = [read_mark(gathered, registry=registry).mark_id for gathered in sums]
    pairs = zip_longest(due, said)
    unread = [span.shot for span, mark in pairs if mark != span.mark]
    return MarksFound(asked=len(due), found=len(due) - len(unread), unread=tuple(unread))


def _sums(path: Path, due: Sequence[MarkedSpan], eyes: Eyes) -> Iterator[MarkSum]:
    """What the reader needs of each stretch; a file that ends too early gives no more."""
    try:
        yield from eyes.marks(path, [(span.start, span.end) for span in due])
    except UnreadableInput:
        return
