"""Known works: what the archive holds of finished films, takes and reference libraries.

A work is a file that was fingerprinted; its segments say what its frames show. Identification
finds frames of a file in works and reads from the segments whose take they are.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveInt, StringConstraints, model_validator

from generique.model.element import ElementClass, Raster
from generique.model.time import Rate
from generique.model.values import Digest, Identifier, Value

MarkText = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
"""A picture mark's 64-bit number as hex digits."""

_POINTER_BITS = 64

WorkKind = Literal["master", "take", "medium", "reference"]


class PluginMark(Value):
    """A picture mark of another make that a work carries beside the program's own.

    Attributes:
        name: Of the plug-in.
        algorithm: Its name in the C2PA list of soft-binding algorithms.
        bits: Size of its payload: the leading bits of each segment's mark, all 64 at most.
    """

    name: Identifier
    algorithm: str
    bits: PositiveInt

    def payload(self, mark: MarkText) -> int:
        """What it carries in a segment of that mark."""
        number = int(mark, 16)
        return number if self.bits >= _POINTER_BITS else number >> (_POINTER_BITS - self.bits)

    def text(self, mark: MarkText) -> str:
        """The payload as hex digits."""
        width = (min(self.bits, _POINTER_BITS) + 3) // 4
        return f"{self.payload(mark):0{width}x}"


class WorkSegment(Value):
    """Frames ``start`` to ``end`` of a work and what they show.

    Attributes:
        shot: Identifier of the shot; None for black, titles and reference works.
        take: Identifier of the take; None for what was not generated.
        element_class: None where nobody said.
        title: For people.
        mark: Number that the picture carries there.
        iscc: ISCC Video-Code of the segment.
        facts: What else is known, in words: ``prompt``, ``model``, ``approval``, ``credit``,
            ``entry``, ``rights``.
    """

    start: NonNegativeInt
    end: PositiveInt
    shot: str | None = None
    take: str | None = None
    element_class: ElementClass | None = None
    title: str = ""
    mark: MarkText | None = None
    iscc: str | None = None
    facts: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ordered(self) -> WorkSegment:
        if self.start >= self.end:
            raise ValueError("a segment ends after it starts")
        return self


class Work(Value):
    """A known film, take, medium or picture.

    Attributes:
        id: Digest of the file's bytes.
        production: Identifier of the production that it belongs to; None for a reference work.
        language: Of a master; None for all others.
        protected: True for a reference that takes must not resemble.
        locator: Path of the file when it was taken in; it may have moved since.
        manifest: Label of its active C2PA manifest; None when it has none.
        sound_mark: Number that its sound carries, as hex digits.
        plugins: Marks of another make that its segments carry.
        segments: In order, without overlap.
    """

    id: Digest
    title: str
    kind: WorkKind
    production: Identifier | None = None
    language: str | None = None
    protected: bool = False
    locator: str
    manifest: str | None = None
    sound_mark: str | None = None
    plugins: tuple[PluginMark, ...] = ()
    rate: Rate
    frames: PositiveInt
    raster: Raster
    segments: tuple[WorkSegment, ...] = Field(min_length=1)
