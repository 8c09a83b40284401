"""Where the beats fall, in frames, and how tense the music is meant to be."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, pairwise

from generique.model.errors import UnreadableInput
from generique.model.time import Rate
from generique.model.timing import MusicGrid

LEVEL_TENSION = 0.5
"""Tension assumed where the grid says nothing: neither calm nor climax."""


@dataclass(frozen=True)
class Beats:
    """A music grid counted in frames.

    Attributes:
        frames: Nearest frame of each beat, ascending.
        sums: Running sum of the tension, one longer than ``frames``, starting at 0.
    """

    frames: tuple[int, ...]
    sums: tuple[float, ...]

    def offset(self, frame: int) -> int | None:
        """Signed frames from the nearest beat to ``frame``; the earlier of two equals.

        Returns:
            Positive when the frame comes after the beat; None when there are no beats.
        """
        if not self.frames:
            return None
        after = bisect_left(self.frames, frame)
        near = self.frames[max(after - 1, 0) : after + 1]
        return min((frame - beat for beat in near), key=lambda gap: (abs(gap), -gap))

    def within(self, first: int, last: int) -> tuple[int, ...]:
        """The beats from frame ``first`` to frame ``last``, both included."""
        return self.frames[bisect_left(self.frames, first) : bisect_left(self.frames, last + 1)]

    def following(self, frame: int) -> int | None:
        """The first beat at or after a frame, None when the music has ended."""
        index = bisect_left(self.frames, frame)
        return self.frames[index] if index < len(self.frames) else None

    def tension(self, first: int, end: int) -> float:
        """Mean target tension of the beats in ``[first, end)``, 0 to 1.

        A stretch without a beat of its own takes the tension of the beat before it.
        """
        if not self.frames:
            return LEVEL_TENSION
        low = bisect_left(self.frames, first)
        high = bisect_left(self.frames, end)
        if low >= high:
            low = min(max(low - 1, 0), len(self.frames) - 1)
            high = low + 1
        mean = (self.sums[high] - self.sums[low]) / (high - low)
        return min(max(mean, 0.0), 1.0)


def beats_of(grid: MusicGrid, rate: Rate) -> Beats:
    """Count a music grid in frames.

    Raises:
        UnreadableInput: Beats do not ascend, or beats and tensions differ in number.
    """
    if len(grid.beats) != len(grid.tension):
        raise UnreadableInput(
            f"the music grid has {len(grid.beats)} beats and {len(grid.tension)} tensions",
            next_step="give one tension from 0 to 1 for each beat",
        )
    if any(after <= before for before, after in pairwise(grid.beats)):
        raise UnreadableInput(
            "the beats of the music grid do not ascend",
            next_step="list the beats in order of time, each once",
        )
    frames = tuple(rate.frames(beat) for beat in grid.beats)
    return Beats(frames=frames, sums=(0.0, *accumulate(grid.tension)))
