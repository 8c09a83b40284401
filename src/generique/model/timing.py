"""The timing plan: what spotting lays out before anything is shot."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from generique.model.element import Easing
from generique.model.shot import Transition
from generique.model.time import Rate
from generique.model.values import Identifier, Value


class MusicGrid(Value):
    """Where the beats fall and how tense the music is meant to be.

    Attributes:
        bpm: Beats a minute.
        beats: Times of the beats in seconds from the start of the film.
        tension: Target tension at each beat, 0 calm to 1 climax; as many as beats.
    """

    bpm: float = Field(gt=20, lt=300)
    beats: tuple[float, ...]
    tension: tuple[float, ...]


class LineTiming(Value):
    """When a line is heard in one language; seconds from the start of the film."""

    line: Identifier
    language: str
    start: float
    seconds: float = Field(gt=0)


class ShotTiming(Value):
    """Where a shot stands in the film; frames at the film's rate.

    Attributes:
        start: First frame in the film; overlaps the shot before by ``overlap`` frames.
        frames: Frames seen in the film, dissolves included.
        head: Handle before the first frame seen.
        tail: Handle after the last frame seen.
        overlap: Frames shared with the shot before (a dissolve), 0 for a cut.
        tension: Mean target tension over the shot, 0 to 1.
        beat_offset: Frames from the nearest beat to the cut into this shot, None for the first.
    """

    shot: Identifier
    start: NonNegativeInt
    frames: PositiveInt
    head: NonNegativeInt
    tail: NonNegativeInt
    overlap: NonNegativeInt
    transition: Transition
    easing: Easing
    tension: float = Field(ge=0, le=1)
    beat_offset: int | None = None

    @property
    def generated_frames(self) -> int:
        """Frames that a take needs: head handle, seen frames and tail handle."""
        return self.head + self.frames + self.tail


class TimingPlan(Value):
    """The layout of the film in time. Nothing approved is ever re-timed against it.

    Attributes:
        frames: Length of the film, end credits included.
        credits_start: First frame of the end credits.
        notices: When the spoken notice of each language is heard.
        fade_out: Frames of the last fade.
    """

    schema_version: Literal["generique/timing/1"] = "generique/timing/1"
    rate: Rate
    frames: PositiveInt
    credits_start: NonNegativeInt
    fade_out: NonNegativeInt
    shots: tuple[ShotTiming, ...]
    lines: tuple[LineTiming, ...]
    notices: tuple[LineTiming, ...] = ()
    music: MusicGrid
