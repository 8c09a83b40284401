"""Reads Final Draft's FDX: XML with one ``Paragraph`` for each block.

Every text run is kept; bold, italic and underline become Fountain's marks, and marks typed by the
writer are escaped, so that texts mean the same whichever file they came from. Revision marks and
omitted scenes are passed over. Paragraph types that have no block of their own are action. A
script note is read as a note, without brackets; the same directions work as in Fountain.

The file is read as a stream of tags: no tree is built, nothing recurses, and a DOCTYPE or an
entity of the file's own is refused.
"""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict

from generique.model.errors import UnreadableInput
from generique.script.direction import read_direction
from generique.script.fdx_paragraphs import (
    FdxContent,
    Paragraph,
    Remark,
    Run,
    read_paragraphs,
)
from generique.script.headings import split_cue
from generique.script.markup import escaped
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
    Synopsis,
    TitleEntry,
    TransitionLine,
)

_MARKS = (("Italic", "*"), ("Bold", "**"), ("Underline", "_"))
_CREDIT_WORDS = ("by", "par", "de", "von")
"""Last words of a credit on a title page: written by, écrit par, un film de, geschrieben von."""


def parse_fdx(data: bytes, *, where: str) -> Screenplay:
    """Read a screenplay.

    Lines of blocks are lines of the XML. A title page has no keys in FDX: its first paragraph is
    taken for the title, the one after a credit such as *written by* for the author, and all
    others are kept under ``Notes``.

    Args:
        data: The bytes of the file.
        where: The file's name, for messages.

    Raises:
        UnreadableInput: The file is not well-formed FDX, declares a DOCTYPE, or holds a note that
            directs and cannot be read or placed; names file and line.
    """
    content = read_paragraphs(data, where=where)
    placed = _placed(content, where)
    blocks: list[Block] = []
    for index, paragraph in enumerate(content.script):
        if paragraph.starts_page:
            blocks.append(PageBreak(line=paragraph.line))
        block = _block(paragraph)
        if block:
            blocks.append(block)
        blocks.extend(_remark(remark, where) for remark in (*paragraph.remarks, *placed[index]))
    return Screenplay(where=where, title_page=_title_page(content), blocks=tuple(blocks))


def _block(paragraph: Paragraph) -> Block | None:
    text = "".join(_marked(run) for run in paragraph.runs).strip("\r\n")
    bare = text.strip()
    line = paragraph.line
    if not bare:
        return None
    match paragraph.type:
        case "Scene Heading":
            return SceneHeading(line=line, text=bare, number=paragraph.number)
        case "Character":
            return _cue(paragraph, bare)
        case "Parenthetical":
            return Parenthetical(line=line, text=_without_parentheses(bare))
        case "Dialogue" | "Lyric" | "Singing" | "Transition":
            return _SIMPLE[paragraph.type](line=line, text=bare)
        case _:
            kind = Centred if paragraph.is_centred else Action
            return kind(line=line, text=text if kind is Action else bare)


_SIMPLE: dict[str, type[Dialogue | Lyric | TransitionLine]] = {
    "Dialogue": Dialogue,
    "Lyric": Lyric,
    "Singing": Lyric,
    "Transition": TransitionLine,
}


def _cue(paragraph: Paragraph, text: str) -> Cue:
    parts = split_cue(text)
    return Cue(
        line=paragraph.line,
        character=parts.character,
        extensions=parts.extensions,
        dual=paragraph.speaker > 1,
    )


def _without_parentheses(text: str) -> str:
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text


def _marked(run: Run) -> str:
    """A run with Fountain's marks around the words of each line."""
    text = run.text.upper() if "AllCaps" in run.styles else run.text
    text = escaped(text)
    marks = [mark for style, mark in _MARKS if style in run.styles]
    return "\n".join(_wrapped(line, marks) for line in text.split("\n")) if marks else text


def _wrapped(line: str, marks: list[str]) -> str:
    words = line.strip()
    if not words:
        return line
    lead, _, trail = line.partition(words)
    return lead + "".join(reversed(marks)) + words + "".join(marks) + trail


def _remark(remark: Remark, where: str) -> Block:
    if remark.is_summary:
        return Synopsis(line=remark.line, text=escaped(remark.text))
    direction = read_direction(remark.text, where=f"{where}:{remark.line}")
    return Note(line=remark.line, text=remark.text, direction=direction)


def _placed(content: FdxContent, where: str) -> defaultdict[int, list[Remark]]:
    """Script notes that stand apart, by the index of the paragraph that they begin in."""
    placed: defaultdict[int, list[Remark]] = defaultdict(list)
    ends = list(itertools.accumulate(len(paragraph.text) + 1 for paragraph in content.script))
    for remark in content.notes:
        index = len(ends) if remark.at is None else bisect.bisect_right(ends, remark.at)
        if index == len(ends):
            place = f"{where}:{remark.line}"
            if not ends or read_direction(remark.text, where=place):
                raise UnreadableInput(
                    "a script note directs, but its place in the script is not known",
                    where=place,
                    why="its Range is missing or lies behind the end of the script",
                    next_step="set the note on the paragraph that it is about",
                )
            index -= 1
        placed[index].append(remark)
    return placed


def _title_page(content: FdxContent) -> tuple[TitleEntry, ...]:
    """Title, credit and author where they can be told, and all other lines as notes."""
    entries: list[TitleEntry] = []
    notes: list[tuple[int, str]] = []
    author_next = False
    for paragraph in content.title_page:
        text = "".join(_marked(run) for run in paragraph.runs).strip()
        if not text:
            continue
        key = "Author" if author_next else None
        author_next = False
        if not entries:
            key = "Title"
        elif not key and text.casefold().split()[-1] in _CREDIT_WORDS:
            key = "Credit"
            author_next = True
        if key:
            entry = TitleEntry(line=paragraph.line, key=key, values=tuple(text.split("\n")))
            entries.append(entry)
        else:
            notes.append((paragraph.line, text))
    if notes:
        values = tuple(text for _, text in notes)
        entries.append(TitleEntry(line=notes[0][0], key="Notes", values=values))
    return tuple(entries)
