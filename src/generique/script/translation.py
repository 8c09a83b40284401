"""Authored dialogue in another language: ``languages/fr.toml``.

Each entry repeats the original words that it translates. When the script changes them, the entry
no longer speaks for the line, and reading it says so instead of dubbing yesterday's words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from generique.model.errors import UnreadableInput
from generique.model.shot import Line, ShotList
from generique.script.toml_sections import (
    Path,
    Section,
    TomlFile,
    new_section,
    read_toml,
    written,
)

SCHEMA = "generique/language/1"

_TOP_KEYS = ("schema", "title", "line")
_LINE_KEYS = ("id", "source", "text")


def read_translation(text: str, shots: ShotList, *, language: str, where: str) -> dict[str, str]:
    """Read the translation of every line.

    Args:
        text: The whole file.
        shots: The shot list with the original lines.
        language: Two-letter code of the language that the file is in.
        where: The file's name, for messages.

    Returns:
        The translated text for each line id, in the order of the film.

    Raises:
        UnreadableInput: A line is missing, empty, given twice or not of this film; its original
            has changed since; or the file cannot be read.
    """
    file = _read(text, where)
    _title(file)
    originals = _originals(shots)
    found: dict[str, str] = {}
    for index, entry in enumerate(_entries(file)):
        place: Path = ("line", index)
        line = originals.get(entry["id"])
        if line is None or line.id in found:
            raise UnreadableInput(
                f"line {entry['id'][:60]!r} "
                + ("is given twice" if line else "is not a line of this film"),
                where=file.place((*place, "id")),
                next_step="take this entry out"
                + ("" if line else ", or run generique breakdown if the script has it"),
            )
        if entry["source"] != line.text:
            raise UnreadableInput(
                f"the original of line {line.id} changed since it was translated",
                where=file.place((*place, "source")),
                why=f"it was {entry['source'][:120]!r} and is {line.text[:120]!r}",
                next_step="translate the new words and copy them into source",
            )
        if not entry["text"].strip():
            raise _untranslated([line.id], language, file.place((*place, "text")))
        found[line.id] = entry["text"]
    missing = [name for name in originals if name not in found]
    if missing:
        raise _untranslated(missing, language, where)
    return {name: found[name] for name in originals}


def read_title(text: str, *, where: str) -> str:
    """The film's title in the language of the file.

    Raises:
        UnreadableInput: There is none, or the file cannot be read.
    """
    return _title(_read(text, where))


def draft_translation(shots: ShotList, existing: str | None, language: str) -> str:
    """A language file with an empty entry for each line that still has to be translated.

    Args:
        shots: The shot list with the original lines.
        existing: The file so far; None when there is none.
        language: Two-letter code of the language.

    Returns:
        The file in the order of the film. Translations and comments stay; where the original has
        changed, the old words stay as a comment and the text is empty again; entries of lines
        that are gone are gone.

    Raises:
        UnreadableInput: The existing file cannot be read.
    """
    if existing is None:
        lead = (
            f"# Dialogue in {language}, written by people. Fill in every empty text;\n"
            "# source is the original and stays as it is."
        )
        head = new_section((), {"schema": SCHEMA, "title": ""}, array=False)
        top, footer = replace(head, lead=lead), ""
        known: dict[str, tuple[Section, dict[str, str]]] = {}
    else:
        file = _read(existing, f"languages/{language}.toml")
        top, footer = file.sections[0], file.footer
        if "title" not in file.values:
            top = top.updated({"title": ""})
        known = _sections_by_id(file)
    sections = [top]
    for line in _originals(shots).values():
        section, entry = known.get(line.id, (None, {}))
        sections.append(_drafted(section, entry, line))
    return written(sections, footer)


def _drafted(section: Section | None, entry: dict[str, str], line: Line) -> Section:
    """The entry of a line, with empty text where it has to be translated."""
    fresh = {"id": line.id, "source": line.text, "text": ""}
    if section is None:
        return new_section(("line",), fresh, array=True)
    if entry["source"] == line.text:
        return section
    before = [f"# before, original: {_one_line(entry['source'])}"]
    if entry["text"].strip():
        before.append(f"# before, translation: {_one_line(entry['text'])}")
    lead = "\n".join(part for part in (section.lead.rstrip(), *before) if part.strip())
    return replace(section.updated(fresh), lead=lead)


def _one_line(text: str) -> str:
    """Text that can stand in a comment."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def _sections_by_id(file: TomlFile) -> dict[str, tuple[Section, dict[str, str]]]:
    entries = _entries(file)
    sections = [section for section in file.sections if section.path == ("line",)]
    if len(sections) != len(entries):
        raise UnreadableInput(
            "the lines are not written as tables of their own",
            where=file.place(("line",)),
            next_step="write [[line]] above each line",
        )
    twice = [name for name, count in Counter(entry["id"] for entry in entries).items() if count > 1]
    if twice:
        raise UnreadableInput(
            f"line {twice[0][:60]!r} is given twice",
            where=file.where,
            next_step="take one of the two entries out",
        )
    return {entry["id"]: (section, entry) for entry, section in zip(entries, sections, strict=True)}


def _read(text: str, where: str) -> TomlFile:
    file = read_toml(text, where=where)
    top = file.check_keys(file.values, _TOP_KEYS, ())
    if top.get("schema") != SCHEMA:
        raise UnreadableInput(
            f"{where} is not a language file of this version",
            where=file.place(("schema",)),
            why=f"its schema is {str(top.get('schema'))[:60]!r}",
            next_step=f'start it with schema = "{SCHEMA}"',
        )
    return file


def _title(file: TomlFile) -> str:
    title = file.values.get("title")
    if not isinstance(title, str) or not title.strip():
        raise UnreadableInput(
            f"{file.where} gives no title",
            where=file.place(("title",)),
            next_step='write the translated title of the film, title = "…"',
        )
    return title


def _entries(file: TomlFile) -> list[dict[str, str]]:
    """All entries, with every key present and a text."""
    values = file.check_list(file.values.get("line"), ("line",))
    return [_entry(file, value, ("line", index)) for index, value in enumerate(values)]


def _entry(file: TomlFile, value: object, place: Path) -> dict[str, str]:
    table: dict[str, Any] = file.check_keys(value, _LINE_KEYS, place)
    for key in _LINE_KEYS:
        if not isinstance(table.get(key), str):
            raise UnreadableInput(
                f"the entry has no {key}" if key not in table else f"{key} is not a text",
                where=file.place((*place, key)),
                next_step=f'write {key} = "…"',
            )
    return table


def _originals(shots: ShotList) -> dict[str, Line]:
    return {line.id: line for shot in shots.shots for line in shot.lines}


def _untranslated(names: Iterable[str], language: str, where: str) -> UnreadableInput:
    listed = list(names)
    more = f" and {len(listed) - 8} more" if len(listed) > 8 else ""
    return UnreadableInput(
        f"not yet translated into {language}: {', '.join(listed[:8])}{more}",
        where=where,
        next_step="write a [[line]] entry with id, source and text for each",
    )
