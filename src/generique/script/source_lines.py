"""Fountain text as lines, with boneyards taken out and notes set apart.

Boneyards and notes may start and end anywhere, so they are found in the whole text first; what
is left of the text is then a matter of single lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generique.model.errors import UnreadableInput
from generique.script.direction import read_direction
from generique.script.screenplay import Note

_MARK = re.compile(r"/\*|\[\[|\n")
_NOTE_END = re.compile(r"\]\]|\[\[|/\*|\n ?\n")
_MOST = 500_000
"""Most lines, and most notes, that a screenplay may have; a feature film has about 6,000 lines."""

_NOTE_HERE = "\0"
"""Stands for a note in a line; the text itself cannot hold it, see :func:`checked_text`."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line without notes and boneyards.

    Attributes:
        number: Line of the file that it starts on, from 1.
        text: The text that is left, trailing spaces kept.
        before: Notes that open the line; all notes of a line that holds nothing else.
        after: The other notes.
    """

    number: int
    text: str
    before: tuple[Note, ...] = ()
    after: tuple[Note, ...] = ()

    @property
    def stripped(self) -> str:
        """The text without spaces around it."""
        return self.text.strip()

    @property
    def is_blank(self) -> bool:
        """True when nothing is written on the line, not even a note."""
        return not self.before and not self.after and not self.stripped

    @property
    def is_note(self) -> bool:
        """True when notes are all that is written on the line."""
        return bool(self.before) and not self.stripped

    @property
    def keeps_dialogue_open(self) -> bool:
        """True for a blank line of two or more spaces, which dialogue runs across."""
        return self.is_blank and len(self.text) >= 2

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes of the line in order."""
        return self.before + self.after


def checked_text(text: str, *, where: str) -> str:
    """Text with one kind of line end and no byte order mark.

    Raises:
        UnreadableInput: The text holds NUL or half a character, so it is not a text file.
    """
    fault = re.search("[\0\ud800-\udfff]", text)
    if fault:
        line = text.count("\n", 0, fault.start()) + 1
        what = "a NUL byte" if fault[0] == "\0" else "half a character"
        raise UnreadableInput(
            f"{where} is not a plain text file",
            where=f"{where}:{line}",
            why=f"it holds {what}",
            next_step="save the screenplay as plain text in UTF-8 and try again",
        )
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def source_lines(text: str, *, where: str) -> tuple[SourceLine, ...]:
    """The lines of a Fountain text.

    Lines that held nothing but a boneyard are left out, as if they had never been written.
    A note may run over lines, also over a line of two spaces, but not over an empty one.

    Raises:
        UnreadableInput: A boneyard or a note is not closed, a note directs and cannot be read,
            or the text is none or endless.
    """
    clean = checked_text(text, where=where)
    for what, mark in (("lines", "\n"), ("notes", "[[")):
        if clean.count(mark) > _MOST:
            raise UnreadableInput(
                f"{where} has more than {_MOST} {what}, so it is no screenplay",
                where=where,
                next_step="check that this is the right file",
            )
    return tuple(_Scanner(clean, where).lines())


class _Scanner:
    """Walks once through the text."""

    def __init__(self, text: str, where: str) -> None:
        self._text = text
        self._where = where
        self._at = 0
        self._number = 1
        self._start = 1
        self._parts: list[str] = []
        self._notes: list[Note] = []
        self._cut = False

    def lines(self) -> Iterator[SourceLine]:
        """Every line in order."""
        while match := _MARK.search(self._text, self._at):
            self._keep(self._text[self._at : match.start()])
            self._at = match.end()
            if match[0] == "\n":
                self._number += 1
                yield from self._finished()
            elif match[0] == "/*":
                self._skip_boneyard()
                self._cut = True
            else:
                self._read_note()
        self._keep(self._text[self._at :])
        yield from self._finished()

    def _keep(self, part: str) -> None:
        """Add a part; where a boneyard left two spaces side by side, one goes."""
        after_space = not self._parts or self._parts[-1].endswith(" ")
        if self._cut and after_space and part.startswith(" "):
            part = part[1:]
        if part:
            self._parts.append(part)

    def _finished(self) -> Iterator[SourceLine]:
        text = "".join(self._parts)
        notes = tuple(self._notes)
        if notes or text.strip() or not self._cut:
            yield _line(self._start, text, notes)
        self._parts.clear()
        self._notes.clear()
        self._cut = False
        self._start = self._number

    def _skip_boneyard(self) -> None:
        """Go past the end of the boneyard that starts here."""
        end = self._text.find("*/", self._at)
        if end < 0:
            raise self._unclosed("boneyard", "/*", "*/", self._number)
        self._number += self._text.count("\n", self._at, end)
        self._at = end + 2

    def _read_note(self) -> None:
        """Take the note that starts here out of the line."""
        first = self._number
        content: list[str] = []
        while True:
            match = _NOTE_END.search(self._text, self._at)
            if match is None or match[0] not in ("]]", "/*"):
                raise self._unclosed("note", "[[", "]]", first)
            content.append(self._text[self._at : match.start()])
            self._number += content[-1].count("\n")
            self._at = match.end()
            if match[0] == "]]":
                break
            self._skip_boneyard()
        text = " ".join("".join(content).split())
        place = f"{self._where}:{first}"
        self._notes.append(Note(line=first, text=text, direction=read_direction(text, where=place)))
        self._parts.append(_NOTE_HERE)

    def _unclosed(self, what: str, opening: str, closing: str, line: int) -> UnreadableInput:
        return UnreadableInput(
            f"the {what} that {opening} opens is never closed",
            where=f"{self._where}:{line}",
            why=f"no {closing} follows"
            + (" before an empty line, another note or the end" if what == "note" else ""),
            next_step=f"close it with {closing}, or take {opening} out",
        )


def _line(number: int, text: str, notes: tuple[Note, ...]) -> SourceLine:
    """A line from its text with marks for notes, and the notes."""
    if not notes:
        return SourceLine(number, text)
    pieces = text.split(_NOTE_HERE)
    leading = 0
    while leading < len(notes) and not pieces[leading].strip():
        leading += 1
    kept = [pieces[0]]
    for piece in pieces[1:]:
        spaced = not kept[-1] or kept[-1].endswith(" ")
        trimmed = piece[1:] if spaced and piece.startswith(" ") else piece
        if trimmed:
            kept.append(trimmed)
    return SourceLine(number, "".join(kept), notes[:leading], notes[leading:])
