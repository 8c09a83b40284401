"""A shot while it is being read out of the screenplay."""

from __future__ import annotations

from dataclasses import dataclass, field

from generique.model.element import ElementClass
from generique.model.shot import Line, MediaUse, ReferenceUse, Shot, Transition
from generique.model.values import digest_of
from generique.script.direction import MediaDirection, ShotDirection
from generique.script.screenplay import Cue, Dialogue, Lyric, Parenthetical


def flat(text: str) -> str:
    """Text on one line, with single spaces."""
    return " ".join(text.split())


@dataclass(slots=True)
class SceneDraft:
    """A scene and how many shots and lines it has so far.

    Attributes:
        name: Its number in the script, else its count.
        line: Line of its heading.
    """

    name: str
    heading: str
    line: int
    shots: int = 0
    lines: int = 0

    def next_shot(self) -> str:
        """Id of the next shot, ``<scene>-<n>``."""
        self.shots += 1
        return f"{self.name}-{self.shots}"

    def next_line(self) -> str:
        """Id of the next line, ``<scene>-L<n>``."""
        self.lines += 1
        return f"{self.name}-L{self.lines}"


@dataclass(slots=True)
class LineDraft:
    """A line and its pieces."""

    id: str
    cue: Cue
    parenthetical: str | None
    pieces: list[str]

    def finished(self) -> Line:
        """The line as a frozen value."""
        return Line(
            id=self.id,
            character=self.cue.character,
            extensions=self.cue.extensions,
            parenthetical=self.parenthetical,
            text=" ".join(self.pieces),
        )


@dataclass(slots=True)
class ShotDraft:
    """A shot so far.

    Attributes:
        only_notes: True while nothing but notes has come since the shot's own note.
        source: The texts that the values were read from, for the fragment.
    """

    id: str
    scene: str
    heading: str
    direction: ShotDirection | MediaDirection
    transition: Transition
    only_notes: bool = True
    transition_noted: bool = False
    element_class: ElementClass | None = None
    person: str | None = None
    effects: list[str] = field(default_factory=list)
    sounds: list[MediaUse] = field(default_factory=list)
    music: str | None = None
    references: list[ReferenceUse] = field(default_factory=list)
    lines: list[LineDraft] = field(default_factory=list)
    source: list[str] = field(default_factory=list)

    def finished(self) -> Shot:
        """The shot as a frozen value."""
        direction = self.direction
        is_media = isinstance(direction, MediaDirection)
        default = ElementClass.AUTHENTIC if is_media else ElementClass.SYNTHETIC
        source = [self.heading, self.transition.value, *self.source]
        return Shot(
            id=self.id,
            scene=self.scene,
            heading=self.heading,
            element_class=self.element_class or default,
            person=self.person,
            prompt=None if isinstance(direction, MediaDirection) else direction.prompt,
            media=direction.use if isinstance(direction, MediaDirection) else None,
            seconds=direction.use.seconds
            if isinstance(direction, MediaDirection)
            else direction.seconds,
            free=direction.free,
            transition=self.transition,
            effects=tuple(self.effects),
            sounds=tuple(self.sounds),
            music=self.music,
            references=tuple(self.references),
            lines=tuple(line.finished() for line in self.lines),
            fragment=digest_of("\n".join(source).encode()),
        )


class Speech:
    """What is spoken under one cue, piece by piece.

    A parenthetical, or a new shot, starts a new line; notes in between do not.
    """

    def __init__(self, cue: Cue) -> None:
        self.cue = cue
        self._parentheticals: list[str] = []
        self._line: LineDraft | None = None
        self._shot: ShotDraft | None = None

    def hint(self, block: Parenthetical) -> None:
        """Take a parenthetical; it is how the next words are spoken."""
        self._parentheticals.append(flat(block.plain))
        self._line = None

    def say(self, block: Dialogue | Lyric, shot: ShotDraft, scene: SceneDraft) -> None:
        """Add words to the line that is open in this shot, or start one."""
        words = flat(block.plain)
        if not words:
            return
        if self._line is None or self._shot is not shot:
            parenthetical = "; ".join(filter(None, self._parentheticals)) or None
            self._parentheticals.clear()
            self._line = LineDraft(scene.next_line(), self.cue, parenthetical, [])
            self._shot = shot
            shot.lines.append(self._line)
            shot.source.append(f"{self.cue.character} {self.cue.extensions} {parenthetical or ''}")
        self._line.pieces.append(words)
        shot.source.append(words)
