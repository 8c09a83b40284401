"""The title page of a Fountain file: keys with their lines, up to the first blank line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generique.script.headings import is_scene_heading, is_transition
from generique.script.screenplay import Note, TitleEntry
from generique.script.source_lines import SourceLine

_KEY = re.compile(r"([^\W\d_][^:.,;!?\n]{0,39}):(.*)", re.DOTALL)


def read_title_page(
    lines: Sequence[SourceLine],
) -> tuple[tuple[TitleEntry, ...], tuple[Note, ...], int]:
    """Read the title page, if the text starts with one.

    A key starts at the margin and ends at a colon; an indented line, or a line without a colon,
    goes on with the key before. Scene headings and transitions such as ``FADE IN:`` are never
    keys.

    Args:
        lines: All lines of the text.

    Returns:
        The entries, the notes that stood among them, and the index of the first line after.
    """
    at = next((index for index, line in enumerate(lines) if not line.is_blank), len(lines))
    if at == len(lines) or not _key(lines[at]):
        return (), (), 0
    notes: list[Note] = []
    entries: list[tuple[int, str, list[str]]] = []
    while at < len(lines) and not lines[at].is_blank:
        line = lines[at]
        if not line.text[:1].isspace() and is_scene_heading(line.stripped):
            break
        key = _key(line)
        if key:
            entries.append((line.number, key[1].strip(), []))
        value = key[2].strip() if key else line.stripped
        if value:
            entries[-1][2].append(value)
        notes.extend(line.notes)
        at += 1
    page = tuple(
        TitleEntry(line=number, key=name, values=tuple(values)) for number, name, values in entries
    )
    return page, tuple(notes), at


def _key(line: SourceLine) -> re.Match[str] | None:
    if is_transition(line.stripped) or is_scene_heading(line.stripped):
        return None
    return _KEY.match(line.text)
