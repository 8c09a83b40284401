"""The shot list: what the script needs, in frozen values."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from generique.model.element import ElementClass
from generique.model.errors import UnreadableInput
from generique.model.reference import ReferenceRole
from generique.model.values import Digest, Identifier, Value


class Transition(StrEnum):
    """How a shot begins."""

    CUT = "cut"
    DISSOLVE = "dissolve"
    FADE_IN = "fade-in"


class Framing(Value):
    """The part of a picture that is shown, as shares of its width and height.

    The part has the picture's own proportions, so its height share equals its width share.
    """

    left: float = Field(ge=0, le=1)
    top: float = Field(ge=0, le=1)
    width: float = Field(gt=0, le=1)

    @model_validator(mode="after")
    def _inside(self) -> Self:
        if self.left + self.width > 1 or self.top + self.width > 1:
            raise ValueError("the framing leaves the picture")
        return self

    @property
    def text(self) -> str:
        """Left, top and width as people write them, ``0.25 0.4 0.5``."""
        return f"{self.left:g} {self.top:g} {self.width:g}"

    @classmethod
    def parse(cls, text: str, *, where: str) -> Framing:
        """Read ``left top width``.

        Raises:
            UnreadableInput: Not three shares, or they leave the picture.
        """
        try:
            left, top, width = (float(part) for part in text.split())
            return cls(left=left, top=top, width=width)
        except ValueError as error:
            raise UnreadableInput(
                f"the framing {text[:60]!r} cannot be read",
                where=where,
                why="it is left, top and width of the part shown, as shares from 0 to 1",
                next_step="for example: framed 0.25 0.4 0.5",
            ) from error


class MediaUse(Value):
    """A stretch of authentic media.

    Attributes:
        file: Path inside the production's ``media`` folder.
        start: In-point in seconds of the medium's own time, as a decimal or fraction text.
        seconds: Length wanted in seconds of the film's time; None leaves it to spotting.
        framing: The part of the picture that is shown; None shows all of it.
    """

    file: str
    start: str
    seconds: str | None = None
    framing: Framing | None = None


class ReferenceUse(Value):
    """A file that the generator of a shot is to follow.

    Attributes:
        file: Path inside the production's ``media`` folder.
        role: What it is to the shot.
    """

    file: str
    role: ReferenceRole


class Line(Value):
    """A line of dialogue or narration in the original language.

    Attributes:
        id: Scene number and count, for example ``1-2``; stable while the scene's order is.
        character: As cued, without extensions.
        extensions: For example ``("V.O.",)``.
    """

    id: Identifier
    character: str
    extensions: tuple[str, ...] = ()
    parenthetical: str | None = None
    text: str


class Shot(Value):
    """What the script needs: one picture, generated or authentic.

    Attributes:
        person: Real person whose likeness a generated shot shows, by name; None shows nobody's.
        seconds: Length that the script asks for, as a decimal text; None when it leaves it open.
        free: True when spotting may change the length (no length given, or "about").
        media: The authentic media shown; None for a generated shot, whose ``prompt`` is set.
        effects: Sound effects asked for in the script, as directed.
        sounds: Authentic sound laid under the shot.
        music: Direction for the music from this shot on, as the script words it.
        references: Files that the generator is to follow, in order; of generated shots only.
        fragment: Digest of the part of the screenplay that this shot was read from.
    """

    id: Identifier
    scene: str
    heading: str
    element_class: ElementClass
    prompt: str | None = None
    person: str | None = None
    media: MediaUse | None = None
    seconds: str | None = None
    free: bool = True
    transition: Transition = Transition.CUT
    effects: tuple[str, ...] = ()
    sounds: tuple[MediaUse, ...] = ()
    music: str | None = None
    references: tuple[ReferenceUse, ...] = ()
    lines: tuple[Line, ...] = ()
    fragment: Digest


class ShotList(Value):
    """All shots of a production in order."""

    schema_version: Literal["generique/shots/1"] = "generique/shots/1"
    title: str
    language: str = Field(pattern=r"^[a-z]{2}$")
    shots: tuple[Shot, ...]
