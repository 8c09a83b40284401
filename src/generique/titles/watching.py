"""Watching a finished master for its labels and credits, frame by frame, in one pass.

A watch is told what has to stand where and when. It says which frames it wants, looks at them in
the order in which they come, and reports what it read: on how many frames, from which to which,
and how well it stood out. It forgets pictures at once, so that a film of any length can be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray
from pydantic import NonNegativeInt

from generique.model.element import Raster
from generique.model.time import Rate
from generique.model.values import Identifier, Value
from generique.titles.credits import Credits
from generique.titles.labels import Label
from generique.titles.legibility import CONTRAST, READ, Writing, contrast, legibility, writing_of
from generique.titles.overlay import Picture, Placed
from generique.titles.presence import luma_of
from generique.titles.roll import EDGE, Roll
from generique.titles.typeset import line_numbers

LEAST_CREDIT_SECONDS = 2.0
"""Seconds for which every line of the credits can be read at least, whole and at its place."""

_GAP_SECONDS = 0.25
_ENOUGH = 0.98
_EDGE_SECONDS = 1.0
_SPARSE = 4
_CREDIT_STEP = 2
_FULL = 0.75
"""Part of the soft edge of the roll from which letters stand with more than half their strength."""


class Found(Value):
    """What was read of one writing.

    Attributes:
        asked: Frames for which it stands.
        first: First frame on which it was read; None when it never was.
        last: Last frame on which it was read.
        seen: Frames of its time on which it was read; where only some are looked at, each counts
            for its step.
        gap: Longest run of frames between the first and the last on which it was not read.
        agreement: How surely its worst word was read, -1 to 1, in the middle of what was looked at.
        contrast: Of letters and ground where it was read, as a ratio from 1; the median.
    """

    asked: NonNegativeInt
    first: NonNegativeInt | None = None
    last: NonNegativeInt | None = None
    seen: NonNegativeInt = 0
    gap: NonNegativeInt = 0
    agreement: float = 0.0
    contrast: float = 1.0

    @property
    def legible(self) -> bool:
        """True when it was read at all, and stood out from its ground."""
        return self.first is not None and self.contrast >= CONTRAST


class LabelFound(Value):
    """A label that a master owes, and what was read of it.

    Attributes:
        least: Frames on which it has to be read: its time without its fades.
        gap_allowed: Frames for which it may be lost in between: blinking is not missing.
    """

    label: Label
    found: Found
    least: NonNegativeInt
    gap_allowed: NonNegativeInt

    @property
    def stands(self) -> bool:
        """True when it is there, for as long as it was asked for, and stands out."""
        enough = self.found.seen >= _ENOUGH * self.least
        return self.found.legible and enough and self.found.gap <= self.gap_allowed


class CreditFound(Value):
    """A line of the end credits, and what was read of it.

    Attributes:
        text: The line, parts parted by commas.
        elements: Elements that it credits.
        least: Frames for which it has to be read.
    """

    text: str
    elements: tuple[Identifier, ...]
    found: Found
    least: NonNegativeInt

    @property
    def whole(self) -> bool:
        """True when it is there, whole, on all frames on which it has to be, and stands out."""
        return self.found.legible and self.found.seen >= _ENOUGH * self.found.asked

    @property
    def stands(self) -> bool:
        """True when it is read, and for long enough."""
        return self.whole and self.found.seen >= self.least


class LabelWatch:
    """Watches for one label.

    Args:
        label: What has to stand there.
        placed: Where and when it was laid over the picture.
        raster: Of the film.
        rate: Of the film.
    """

    def __init__(self, label: Label, placed: Placed, raster: Raster, rate: Rate) -> None:
        layer = placed.layer
        letters = luma_of(layer.colour)
        self._writing = writing_of(letters, layer.x, layer.y, raster.width)
        self._label, self._placed = label, placed
        self._edge = rate.frames(_EDGE_SECONDS)
        self._gap = rate.frames(_GAP_SECONDS)
        self._notes = _Notes()

    def wants(self, frame: int) -> bool:
        """True for the frames that are looked at: all at its ends, some in a long middle."""
        start, end = self._label.start, self._label.end
        if not start - self._edge <= frame < end + self._edge:
            return False
        return not self._within(frame) or (frame - start) % _SPARSE == 0

    def look(self, frame: int, luma: NDArray[np.float32], detail: NDArray[np.float32]) -> None:
        """Look at a frame.

        Args:
            frame: Its number in the film.
            luma: 0 to 255.
            detail: What is fine in it.
        """
        if self._writing is None:
            return
        score = legibility(detail, self._writing)
        clear = contrast(luma, self._writing) if score >= READ else 1.0
        due = self._label.start <= frame < self._label.end
        self._notes.note(frame, score, clear, _SPARSE if self._within(frame) else 1, due=due)

    def found(self) -> LabelFound:
        """What was read."""
        length = self._label.end - self._label.start
        return LabelFound(
            label=self._label,
            found=self._notes.found(length),
            least=max(length - 2 * self._placed.fade, length // 2),
            gap_allowed=self._gap,
        )

    def _within(self, frame: int) -> bool:
        """True in the middle of a label that stands for long."""
        inside = self._edge
        return self._label.start + inside <= frame < self._label.end - inside - _SPARSE


class CreditsWatch:
    """Watches for every line of the end credits.

    Args:
        credits_: What has to be read.
        page: The roll as it was typeset.
        key: The same page with each line in the colour of its number, see
            :func:`generique.titles.typeset.credits_key_source`.
        roll: How it moves.
        raster: Of the film.
        rate: Of the film.
    """

    def __init__(
        self,
        credits_: Credits,
        page: Picture,
        key: Picture,
        roll: Roll,
        raster: Raster,
        rate: Rate,
    ) -> None:
        lines = [line for section in credits_.sections for line in section.lines]
        self._lines = [
            (
                ", ".join(filter(None, (line.what, line.who, *line.details))),
                line.elements,
                writing,
                _Notes(),
            )
            for line, writing in zip(lines, _written(page, key, len(lines), raster), strict=True)
        ]
        self._roll, self._raster = roll, raster
        self._least = rate.frames(LEAST_CREDIT_SECONDS)
        moves = roll.travel > 0
        self._margin = round(raster.height * EDGE * _FULL) if moves else 0

    def wants(self, frame: int) -> bool:
        """True for every second frame of the roll, its fades left out."""
        index = frame - self._roll.start
        if not 0 <= index < self._roll.frames or index % _CREDIT_STEP:
            return False
        return self._roll.opacity(index) >= 0.5

    def look(self, frame: int, luma: NDArray[np.float32], detail: NDArray[np.float32]) -> None:
        """Look at a frame, as :meth:`LabelWatch.look`."""
        shift = -self._roll.row(frame - self._roll.start)
        for _, _, writing, notes in self._lines:
            if writing is None or not self._shown(writing, shift):
                continue
            score = legibility(detail, writing, shift)
            clear = contrast(luma, writing, shift) if score >= READ else 1.0
            notes.note(frame, score, clear, _CREDIT_STEP)

    def found(self) -> tuple[CreditFound, ...]:
        """What was read, line by line in their order."""
        due = [
            sum(
                _CREDIT_STEP
                for index in range(0, self._roll.frames, _CREDIT_STEP)
                if writing is not None
                and self._roll.opacity(index) >= 0.5
                and self._shown(writing, -self._roll.row(index))
            )
            for _, _, writing, _ in self._lines
        ]
        return tuple(
            CreditFound(text=text, elements=elements, found=notes.found(asked), least=self._least)
            for (text, elements, _, notes), asked in zip(self._lines, due, strict=True)
        )

    def _shown(self, writing: Writing, shift: int) -> bool:
        """True when all of a line stands clear of the soft edges of the frame."""
        return (
            writing.y + shift >= self._margin
            and writing.end + shift <= self._raster.height - self._margin
        )


class _Notes:
    """What was seen of one writing so far."""

    def __init__(self) -> None:
        self._scores: list[float] = []
        self._contrasts: list[float] = []
        self._first: int | None = None
        self._last: int | None = None
        self._seen = 0
        self._gap = 0
        self._lost = 0

    def note(self, frame: int, score: float, clear: float, step: int, *, due: bool = True) -> None:
        """Note one frame.

        Args:
            frame: Its number.
            score: How surely the writing was read.
            clear: Its contrast.
            step: Frames that this one stands for.
            due: False beside the time for which it was asked.
        """
        if due:
            self._scores.append(score)
        if score < READ:
            self._lost += step
            return
        if self._first is None:
            self._first = frame
        else:
            self._gap = max(self._gap, self._lost)
        self._lost = 0
        self._last = frame + step - 1
        self._seen += step if due else 0
        self._contrasts.append(clear)

    def found(self, asked: int) -> Found:
        """The notes as a value."""
        return Found(
            asked=asked,
            first=self._first,
            last=self._last,
            seen=self._seen,
            gap=self._gap,
            agreement=round(median(self._scores), 3) if self._scores else 0.0,
            contrast=round(median(self._contrasts), 2) if self._contrasts else 1.0,
        )


def _written(page: Picture, key: Picture, count: int, raster: Raster) -> Sequence[Writing | None]:
    """The writing of each line on the page of the roll, by the colours of the key."""
    ink = page[:, :, 3].astype(np.float32) / 255
    letters = luma_of(np.asarray(page[:, :, :3] * ink[:, :, None], np.float32))
    numbers = line_numbers(key)
    left = (raster.width - page.shape[1]) // 2
    found: list[Writing | None] = []
    for number in range(1, count + 1):
        rows, columns = np.nonzero(numbers == number)
        if not rows.size:
            found.append(None)
            continue
        # The faint edges of the letters lie within two samples of their solid parts.
        top, bottom = max(int(rows.min()) - 2, 0), int(rows.max()) + 3
        first, last = max(int(columns.min()) - 2, 0), int(columns.max()) + 3
        found.append(writing_of(letters[top:bottom, first:last], left + first, top, raster.width))
    return found
