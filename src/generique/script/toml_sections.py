"""A TOML file as people wrote it: tables with their comments, and the line of every key.

``tomllib`` says what a file means and ``tomlkit`` changes values in place; neither knows the line
of a key, nor to which of two tables the comment between them belongs. A comment that stands
straight above a table, or after a blank line, belongs to that table and moves with it.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeAlias

import tomlkit
import tomlkit.items

from generique.model.errors import UnreadableInput
from generique.script.toml_statements import statements

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indices from the top of the file, ``("shot", 0, "id")``."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the file.

    Attributes:
        path: Names of its header, empty for the keys at the top.
        place: The same with the indices of arrays filled in.
        lead: Comments above the header.
        header: The header's line; empty at the top.
        body: Keys and comments, without headers.
        line: Line of the header.
        keys: Line of each key.
    """

    path: tuple[str, ...]
    place: Path
    header: str
    line: int
    lead: str = ""
    body: str = ""
    keys: Mapping[str, int] = field(default_factory=dict)

    def updated(self, values: Mapping[str, Any], *, only: bool = False) -> Section:
        """The section with other values; comments and the layout of the rest stay.

        Args:
            values: Plain values by key.
            only: True to take out every other key.
        """
        document = tomlkit.parse(self.body if not self.body else self.body.rstrip("\n") + "\n")
        plain = document.unwrap()
        for key in plain:
            if only and key not in values:
                del document[key]
        for key, value in values.items():
            if key not in plain or plain[key] != value:
                document[key] = _inline(value) if isinstance(value, Mapping) else value
        return replace(self, body=document.as_string())


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A whole file.

    Attributes:
        values: What it means; floats are :class:`decimal.Decimal`, so that they stay exact.
        sections: The top first, then each table in order.
        footer: Comments after the last table.
        index: The sections by place.
    """

    where: str
    values: dict[str, Any]
    sections: tuple[Section, ...]
    footer: str
    index: Mapping[Path, Section]

    def line_of(self, place: Path) -> int:
        """Line of a key or table, or of the nearest table around it."""
        for length in range(len(place), -1, -1):
            section = self.index.get(place[:length])
            if section:
                key = str(place[length]) if length < len(place) else ""
                return section.keys.get(key, max(section.line, 1))
        return 1

    def place(self, place: Path) -> str:
        """``file:line`` of a key or table, for messages."""
        return f"{self.where}:{self.line_of(place)}"

    def check_keys(self, table: object, known: Sequence[str], place: Path) -> dict[str, Any]:
        """A table whose keys are all known.

        Raises:
            UnreadableInput: It is no table, or a key is unknown; names line and nearest key.
        """
        if not isinstance(table, dict):
            raise UnreadableInput(
                f"{place[-1] if place else 'the file'} is not a table",
                where=self.place(place),
                next_step=f"write a table with the keys {', '.join(known)}",
            )
        for key in table:
            if key not in known:
                nearest = difflib.get_close_matches(key[:64], known, n=1, cutoff=0.4)
                raise UnreadableInput(
                    f"unknown key {key!r}",
                    where=self.place((*place, key)),
                    why=f"known keys here are {', '.join(known)}",
                    next_step=f"did you mean {nearest[0]!r}?" if nearest else "take it out",
                )
        return table

    def check_list(self, value: object, place: Path) -> list[Any]:
        """An array; nothing written is an empty one.

        Raises:
            UnreadableInput: It is something else.
        """
        if value is None:
            return []
        if not isinstance(value, list):
            raise UnreadableInput(
                f"{place[-1]} is not an array",
                where=self.place(place),
                next_step=f"write [[{place[-1]}]] above each entry, or a list in brackets",
            )
        return value


def read_toml(text: str, *, where: str) -> TomlFile:
    """Read a TOML file with its comments.

    Raises:
        UnreadableInput: It is not TOML; names the line where the reader says it.
    """
    clean = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        clean.encode()
        values = tomllib.loads(clean, parse_float=Decimal)
        sections, footer = _sections(clean)
    except (ValueError, ArithmeticError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        raise UnreadableInput(
            f"{where} is not a TOML file",
            where=f"{where}:{found[1]}" if found else where,
            why=str(error)[:200],
            next_step="correct that line; texts stand in double quotes",
        ) from error
    return TomlFile(where, values, sections, footer, {item.place: item for item in sections})


def written(sections: Iterable[Section], footer: str = "") -> str:
    """The text of a file, one blank line between tables."""
    parts = [
        "\n".join(
            part
            for part in (_trimmed(section.lead), section.header, _trimmed(section.body))
            if part
        )
        for section in sections
    ]
    return "\n\n".join(part for part in (*parts, _trimmed(footer)) if part) + "\n"


def new_section(path: tuple[str, ...], values: Mapping[str, Any], *, array: bool) -> Section:
    """A table that was not in the file before."""
    name = ".".join(path)
    header = f"[[{name}]]" if array else f"[{name}]"
    return Section(path, path, header if path else "", 0).updated(values)


def _inline(values: Mapping[str, Any]) -> tomlkit.items.InlineTable:
    """A table within one line, so that a section stays a flat list of keys."""
    table = tomlkit.inline_table()
    table.update(values)
    return table


def _trimmed(text: str) -> str:
    """Text without blank lines around it."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", text).rstrip()


@dataclass(slots=True)
class _OpenSection:
    section: Section
    first: int
    keys: dict[str, int] = field(default_factory=dict)
    end: int = 0


def _sections(text: str) -> tuple[tuple[Section, ...], str]:
    """The tables of a text that is known to be TOML, and the comments at its end."""
    lines = text.split("\n")
    counts: dict[Path, int] = {}
    current = _OpenSection(Section((), (), "", 0), 0)
    done: list[Section] = []
    lead_from = 0
    for start, end in statements(text):
        statement = "\n".join(lines[start:end])
        if not statement.lstrip().startswith("["):
            key = next(iter(tomllib.loads(statement)))
            current.keys.setdefault(key, start + 1)
            current.end = end
            continue
        section, lead_from = _closed(current, lines, start)
        done.append(section)
        path, is_array = _header(statement)
        place = _resolved(path, counts, is_array=is_array)
        lead = "\n".join(lines[lead_from:start])
        current = _OpenSection(Section(path, place, statement, start + 1, lead), end, end=end)
    section, lead_from = _closed(current, lines, len(lines))
    return (*done, section), "\n".join(lines[lead_from:])


def _closed(current: _OpenSection, lines: list[str], end: int) -> tuple[Section, int]:
    """A finished section, and the index of the line where the lead of the next starts."""
    gap = range(current.end, end)
    blank = next((index for index in gap if not lines[index].strip()), None)
    at_top_alone = not current.keys and not current.section.path
    lead_from = end if at_top_alone else current.end if blank is None else blank
    body = "\n".join(lines[current.first : lead_from])
    return replace(current.section, body=body, keys=current.keys), lead_from


def _header(statement: str) -> tuple[tuple[str, ...], bool]:
    """Names in a header, and whether it is one of an array."""
    value: Any = tomllib.loads(statement)
    path: list[str] = []
    while isinstance(value, dict) and value:
        name, value = next(iter(value.items()))
        path.append(name)
    return tuple(path), isinstance(value, list)


def _resolved(path: tuple[str, ...], counts: dict[Path, int], *, is_array: bool) -> Path:
    """The path with the index of each array that it goes through."""
    place: Path = ()
    for depth, name in enumerate(path, start=1):
        place = (*place, name)
        if is_array and depth == len(path):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place
