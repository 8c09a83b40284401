"""What a timeline is made from, and what is read back from it."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field, NonNegativeInt, PositiveInt, field_validator

from generique.model.element import Stem
from generique.model.shot import Framing
from generique.model.time import Rate
from generique.model.values import Digest, Identifier, Value


class Source(Value):
    """The picture chosen for a shot: an approved take, or authentic media.

    Attributes:
        id: Identifier of the take or of the medium.
        name: For people: the file's name, or the medium's title.
        url: Path relative to the timeline's folder, with forward slashes.
        rate: The medium's own rate.
        frames: Frames of the medium, in its own count.
        source_in: First frame seen in the film, in the medium's own count; after the head handle.
        speed: Playback speed relative to the medium's own rate. A medium of 25 frames a second
            with speed 24/25 in a film of 24 is shown frame for frame.
        framing: The part of the picture that is shown; None shows all of it.
        digest: Digest of the file.
        essence: Essence digest of the file.
    """

    shot: Identifier
    id: Identifier
    name: str
    url: str
    rate: Rate
    frames: PositiveInt
    source_in: NonNegativeInt = 0
    speed: Fraction = Fraction(1)
    framing: Framing | None = None
    digest: Digest
    essence: Digest

    @field_validator("speed")
    @classmethod
    def _forward(cls, speed: Fraction) -> Fraction:
        if not 0 < speed <= 100:
            raise ValueError("a speed is greater than 0 and at most 100")
        return speed


class SoundSource(Value):
    """A stem in one language version, as long as the film.

    Attributes:
        language: None when all language versions share it.
        url: Path relative to the timeline's folder.
        samples: Length in samples a channel.
    """

    stem: Stem
    language: str | None = None
    name: str
    url: str
    samples: PositiveInt
    sample_rate: PositiveInt
    digest: Digest


class TimelineNote(Value):
    """Something to be seen on the timeline, written as a marker.

    Attributes:
        start: First frame in the film.
        end: Frame after the last.
    """

    kind: str = Field(pattern=r"^[a-z]+$")
    name: str
    text: str
    start: NonNegativeInt
    end: PositiveInt


class Segment(Value):
    """One stretch of picture as the conform needs it; film frames unless said otherwise.

    Attributes:
        shot: Identifier of the shot; None for black.
        start: First frame in the film.
        frames: Frames seen, dissolves included.
        overlap: Frames shared with the segment before; 0 for a cut.
        fade_in: Frames of a fade from black at the start.
        source: Identifier of the take or medium; None for black.
        source_in: First frame seen, in the medium's own count.
        source_rate: The medium's own rate.
        step: Frames of the medium for each frame of the film.
        speed: Playback speed as declared by the source.
        framing: The part of the picture that is shown; None shows all of it.
    """

    shot: Identifier | None
    start: NonNegativeInt
    frames: PositiveInt
    overlap: NonNegativeInt = 0
    fade_in: NonNegativeInt = 0
    source: Identifier | None = None
    name: str = ""
    url: str = ""
    digest: Digest | None = None
    essence: Digest | None = None
    source_in: NonNegativeInt = 0
    source_rate: Rate = Rate(numerator=24)
    step: Fraction = Fraction(1)
    speed: Fraction = Fraction(1)
    framing: Framing | None = None

    @property
    def end(self) -> int:
        """Frame of the film after the last one seen."""
        return self.start + self.frames

    @property
    def source_frames(self) -> int:
        """Frames of the medium from the first seen to the last seen, both included."""
        return self.source_frame(self.frames - 1) + 1

    def source_frame(self, index: int) -> int:
        """Frame of the medium, counted from ``source_in``, that is shown at an index."""
        return int(index * self.step + Fraction(1, 2))
