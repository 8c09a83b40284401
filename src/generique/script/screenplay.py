"""A screenplay as frozen values, whatever file it was read from.

Every block carries the line of the file that it starts on, counted from 1. Texts keep their
emphasis marks as Fountain writes them; ``plain`` gives the words alone. What stood in a boneyard
is not kept.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, PositiveInt

from generique.model.values import Value
from generique.script.direction import Direction
from generique.script.markup import plain


class TitleEntry(Value):
    """A key of the title page and its lines, in the order of the file.

    Attributes:
        key: As written, without the colon.
    """

    line: PositiveInt
    key: str
    values: tuple[str, ...]


class TextBlock(Value):
    """Any block that has a text.

    Attributes:
        line: Line of the file that the block starts on.
        text: The text with its emphasis marks; parted into lines by line feeds.
    """

    line: PositiveInt
    text: str

    @property
    def plain(self) -> str:
        """The text without emphasis marks."""
        return plain(self.text)


class SceneHeading(TextBlock):
    """Where and when; ``number`` is the scene number of the script, without its marks."""

    kind: Literal["scene-heading"] = "scene-heading"
    number: str | None = None


class Action(TextBlock):
    """What is seen."""

    kind: Literal["action"] = "action"


class Cue(Value):
    """Who speaks.

    Attributes:
        character: Name without extensions.
        extensions: For example ``("O.S.", "CONT'D")``, without parentheses.
        dual: True when these words are spoken together with those of the cue before.
    """

    kind: Literal["cue"] = "cue"
    line: PositiveInt
    character: str
    extensions: tuple[str, ...] = ()
    dual: bool = False


class Parenthetical(TextBlock):
    """How it is spoken, without the parentheses."""

    kind: Literal["parenthetical"] = "parenthetical"


class Dialogue(TextBlock):
    """What is spoken."""

    kind: Literal["dialogue"] = "dialogue"


class Lyric(TextBlock):
    """What is sung; one block for a line."""

    kind: Literal["lyric"] = "lyric"


class TransitionLine(TextBlock):
    """A transition as the script words it, ``CUT TO:``."""

    kind: Literal["transition"] = "transition"


class Centred(TextBlock):
    """A line set in the middle."""

    kind: Literal["centred"] = "centred"


class Section(TextBlock):
    """A heading of the outline; ``level`` counts from 1."""

    kind: Literal["section"] = "section"
    level: PositiveInt


class Synopsis(TextBlock):
    """A line that sums up what follows."""

    kind: Literal["synopsis"] = "synopsis"


class PageBreak(Value):
    """A forced new page."""

    kind: Literal["page-break"] = "page-break"
    line: PositiveInt


class Note(Value):
    """A note, without its brackets.

    Attributes:
        text: On one line.
        direction: What the note directs; None for an ordinary note.
    """

    kind: Literal["note"] = "note"
    line: PositiveInt
    text: str
    direction: Direction | None = None


Block: TypeAlias = Annotated[
    SceneHeading
    | Action
    | Cue
    | Parenthetical
    | Dialogue
    | Lyric
    | TransitionLine
    | Centred
    | Section
    | Synopsis
    | PageBreak
    | Note,
    Field(discriminator="kind"),
]


class Screenplay(Value):
    """A whole screenplay.

    Attributes:
        where: The file that it was read from, for messages.
        title_page: Keys in order; empty when there is no title page.
        blocks: In order. A note stands after the block that it was written in, or before it
            when it opens the line.
    """

    where: str
    title_page: tuple[TitleEntry, ...] = ()
    blocks: tuple[Block, ...] = ()

    def title_lines(self, key: str) -> tuple[str, ...]:
        """The lines under a key of the title page, in any case of letters; empty when absent."""
        return tuple(
            value
            for entry in self.title_page
            if entry.key.casefold() == key.casefold()
            for value in entry.values
        )
