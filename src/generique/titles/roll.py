"""The end-credit roll: a tall picture that moves by whole pixels, so that letters never shimmer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from generique.model.element import Raster
from generique.model.errors import UsageError
from generique.model.time import Rate
from generique.titles.credits import REST_SECONDS, ROWS_A_SECOND
from generique.titles.overlay import Frame, Layer, Picture, composite

_FIRST_AT = 0.30
_LAST_AT = 0.72
EDGE = 0.17
"""Part of the frame's height, above and below, in which letters come and go softly."""


@dataclass(frozen=True)
class Roll:
    """How the roll moves.

    Attributes:
        start: First frame in the film.
        frames: Frames in all.
        first: Row of the picture at the top of the frame while the roll rests at its head.
        travel: Rows that it moves in all.
        step: Whole pixels a frame.
        rest: Frames before it moves.
        fade_in: Frames in which it appears.
        fade_out: Frames in which it goes.
    """

    start: int
    frames: int
    first: int
    travel: int
    step: int
    rest: int
    fade_in: int
    fade_out: int

    def row(self, index: int) -> int:
        """Row of the picture at the top of the frame, negative above the picture."""
        return self.first + min(max(index - self.rest, 0) * self.step, self.travel)

    def opacity(self, index: int) -> float:
        """Opacity at a frame of the roll, 0 to 1."""
        rising = (index + 1) / (self.fade_in + 1)
        falling = (self.frames - index) / (self.fade_out + 1)
        return min(rising, falling, 1.0)


def plan_roll(height: int, raster: Raster, rate: Rate, start: int, end: int, fade_out: int) -> Roll:
    """Fit a roll between two frames of the film, as slowly as time allows.

    The roll rests with the film's title in view, moves, and rests again at its end. Credits that
    fit in the frame stand still in its middle.

    Args:
        height: Rows of the typeset credits.
        raster: Of the film.
        rate: Of the film.
        start: First frame of the end credits.
        end: Frame after the last.
        fade_out: Frames of the last fade.

    Raises:
        UsageError: It would run faster than people read; says how many seconds it needs.
    """
    frames = end - start
    fade_in = min(rate.frames(0.5), frames // 4)
    if height <= raster.height * (1 - 2 * EDGE):
        first = -(raster.height - height) // 2
        return Roll(start, frames, first, 0, 0, frames, fade_in, fade_out)
    first = -round(raster.height * _FIRST_AT)
    travel = height - round(raster.height * _LAST_AT) - first
    rest = min(rate.frames(REST_SECONDS), frames // 6)
    moving = frames - rest - max(rest, fade_out)
    step = max(ceil(travel / max(moving, 1)), 1)
    fastest = max(round(ROWS_A_SECOND * raster.width / 1280 / rate.fps), 1)
    if step > fastest:
        needed = float(rate.seconds(ceil(travel / fastest) + rest + max(rest, fade_out)))
        raise UsageError(
            f"the end credits need {needed:.1f} s and have {float(rate.seconds(frames)):.1f} s",
            why=f"they would run at {step} pixels a frame; {fastest} can still be read",
            next_step=f"set credits_seconds = {ceil(needed)} in production.toml",
        )
    return Roll(start, frames, first, travel, step, rest, fade_in, fade_out)


def roll_credits(frames: Iterator[Frame], picture: Picture, roll: Roll) -> Iterator[Frame]:
    """Lay the roll over the film; frames outside it pass untouched."""
    alpha = (picture[:, :, 3:] / np.float32(255)).astype(np.float32)
    colour = (picture[:, :, :3] * alpha).astype(np.float32)
    for number, frame in enumerate(frames):
        index = number - roll.start
        if not 0 <= index < roll.frames:
            yield frame
            continue
        row = roll.row(index)
        top, bottom = max(row, 0), min(row + frame.shape[0], alpha.shape[0])
        edge = _edges(frame.shape[0])[top - row : bottom - row]
        x = (frame.shape[1] - alpha.shape[1]) // 2
        seen = Layer(
            colour=np.multiply(colour[top:bottom], edge),
            alpha=np.multiply(alpha[top:bottom], edge),
            x=x,
            y=top - row,
        )
        yield composite(frame, seen, roll.opacity(index))


def _edges(height: int) -> NDArray[np.float32]:
    """Letters come and go softly at the top and the bottom of the frame."""
    soft = max(round(height * EDGE), 1)
    rows = np.arange(height, dtype=np.float32)
    nearest = np.minimum(rows, height - 1 - rows) / soft
    ramp = np.clip(nearest * 2 - 1, 0, 1)
    return (ramp * ramp * (3 - 2 * ramp)).astype(np.float32)[:, None, None]
