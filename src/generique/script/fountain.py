"""Reads Fountain 1.1.

The law of the reader:

1. A forced element (``.`` ``!`` ``@`` ``>`` ``~`` ``#`` ``=`` ``===``) is what it says.
2. Scene headings and cues have a blank line, a heading or an outline line before them. A cue has
   words under it. A transition stands between blank lines. A heading need not be followed by a
   blank line: writers forget it, and a scene lost is worse than an action line that needs ``!``.
3. Dialogue ends at the first blank line that is not two spaces or more, at ``!``, ``>`` or
   ``===``.
4. Notes and boneyards may stand anywhere and never change what the lines around them are.
5. Everything else is action, with its line breaks and its indentation.

The time taken grows with the length of the text only.
"""

from __future__ import annotations

from generique.script.headings import (
    is_cue,
    is_scene_heading,
    is_transition,
    split_cue,
    split_number,
)
from generique.script.screenplay import (
    Action,
    Block,
    Centred,
    Cue,
    Dialogue,
    Lyric,
    Note,
    PageBreak,
    Parenthetical,
    SceneHeading,
    Screenplay,
    Section,
    Synopsis,
    TransitionLine,
)
from generique.script.source_lines import SourceLine, source_lines
from generique.script.title_page import read_title_page

_TAB = " " * 4


def parse_fountain(text: str, *, where: str) -> Screenplay:
    """Read a screenplay.

    Args:
        text: The whole file; a byte order mark and any kind of line end are welcome.
        where: The file's name, for messages.

    Raises:
        UnreadableInput: A boneyard or note is not closed, a note directs and cannot be read, or
            the text is not plain text; names file and line.
    """
    lines = source_lines(text, where=where)
    title_page, notes, first = read_title_page(lines)
    reader = _Reader(lines, first)
    return Screenplay(where=where, title_page=title_page, blocks=notes + tuple(reader.read()))


class _Reader:
    """Walks once through the lines and gathers blocks."""

    def __init__(self, lines: tuple[SourceLine, ...], first: int) -> None:
        self._lines = lines
        self._at = first
        self._fresh = True  # a heading or cue may stand here
        self._blocks: list[Block] = []

    def read(self) -> list[Block]:
        """All blocks in order."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.is_note:
                self._blocks.extend(line.before)
                self._at += 1
            elif line.is_blank:
                self._fresh = True
                self._at += 1
            else:
                self._read_text(line)
        return self._blocks

    def _read_text(self, line: SourceLine) -> None:
        by_look = self._fresh and not line.stripped.startswith("!")
        block = _forced(line) or (self._by_look(line) if by_look else None)
        if isinstance(block, Cue):
            self._take(line, block)
            self._read_dialogue()
        elif block:
            self._take(line, block)
            self._fresh = True
        else:
            self._read_action()
            self._fresh = False

    def _take(self, line: SourceLine, block: Block) -> None:
        self._blocks.extend((*line.before, block, *line.after))
        self._at += 1

    def _by_look(self, line: SourceLine) -> Block | None:
        """Elements that need a blank line before them."""
        text = line.stripped
        number = line.number
        if text[0] == "." and text[1:2].isalnum():
            heading, scene = split_number(text[1:])
            return SceneHeading(line=number, text=heading, number=scene)
        if text[0] == "@" and text[1:].strip(" ^"):
            return _cue(line, text[1:])
        if is_scene_heading(text):
            heading, scene = split_number(text)
            return SceneHeading(line=number, text=heading, number=scene)
        followed = self._words_follow()
        if not followed and is_transition(text):
            return TransitionLine(line=number, text=text)
        if followed and is_cue(text):
            return _cue(line, text)
        return None

    def _words_follow(self) -> bool:
        """True when the next line that is not a note has words."""
        after = self._at + 1
        while after < len(self._lines) and self._lines[after].is_note:
            after += 1
        return after < len(self._lines) and not self._lines[after].is_blank

    def _read_action(self) -> None:
        """A paragraph of action; its notes follow it, save those that open it."""
        first = self._lines[self._at]
        self._blocks.extend(first.before)
        texts: list[str] = []
        notes: list[Note] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.is_blank or (texts and line.stripped and _forced(line)):
                break
            if line.stripped:
                texts.append(_action_text(line))
            notes.extend(line.notes if line is not first else line.after)
            self._at += 1
        self._blocks.append(Action(line=first.number, text="\n".join(texts)))
        self._blocks.extend(notes)

    def _read_dialogue(self) -> None:
        """Everything under a cue."""
        speech = _Speech(self._blocks)
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.is_blank and not line.keeps_dialogue_open:
                break
            if line.stripped[:1] in ("!", ">") or _is_page_break(line.stripped):
                break
            speech.take(line)
            self._at += 1
        speech.flush()
        self._fresh = True


class _Speech:
    """Gathers the lines under one cue."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._words: list[str] = []
        self._first = 0
        self._notes: list[Note] = []

    def take(self, line: SourceLine) -> None:
        """Add one line."""
        text = line.stripped
        if line.before:
            self.flush()
            self._blocks.extend(line.before)
        if line.is_note:
            return
        alone = _within_speech(line)
        if alone:
            self.flush()
            self._blocks.append(alone)
            self._blocks.extend(line.after)
            return
        if text or self._words:
            self._first = self._first if self._words else line.number
            self._words.append(text)
        self._notes.extend(line.after)

    def flush(self) -> None:
        """Write down what was gathered, then its notes."""
        text = "\n".join(self._words).rstrip("\n")
        if text:
            self._blocks.append(Dialogue(line=self._first, text=text))
        self._blocks.extend(self._notes)
        self._words.clear()
        self._notes.clear()


def _within_speech(line: SourceLine) -> Parenthetical | Lyric | None:
    """Lines under a cue that are not spoken."""
    text = line.stripped
    if text.startswith("(") and text.endswith(")"):
        return Parenthetical(line=line.number, text=text[1:-1].strip())
    if text.startswith("~"):
        return Lyric(line=line.number, text=text[1:].strip())
    return None


def _forced(line: SourceLine) -> Block | None:
    """Elements that a mark at the start of the line makes, wherever the line stands."""
    text = line.stripped
    number = line.number
    match text[0]:
        case "=" if _is_page_break(text):
            block: Block | None = PageBreak(line=number)
        case "=":
            block = Synopsis(line=number, text=text[1:].strip())
        case "~":
            block = Lyric(line=number, text=text[1:].strip())
        case "#":
            level = len(text) - len(text.lstrip("#"))
            block = Section(line=number, text=text[level:].strip(), level=level)
        case ">" if text.endswith("<"):
            block = Centred(line=number, text=text[1:-1].strip())
        case ">":
            block = TransitionLine(line=number, text=text[1:].strip())
        case _:
            block = None
    return block


def _is_page_break(text: str) -> bool:
    return len(text) >= 3 and not text.strip("=")


def _cue(line: SourceLine, text: str) -> Cue:
    parts = split_cue(text)
    return Cue(
        line=line.number, character=parts.character, extensions=parts.extensions, dual=parts.dual
    )


def _action_text(line: SourceLine) -> str:
    text = line.text.replace("\t", _TAB).rstrip()
    if text.lstrip().startswith("!"):
        text = text.lstrip()[1:]
    return text
