"""The line of a TOML file that a fault of its content stands in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from generique.script.toml_statements import statements

_AT_LINE = re.compile(r"at line (\d+)")

Place = tuple[str | int, ...]
"""Keys and indexes from the top of a document down to a value."""


def line_of(text: str, place: Sequence[str | int]) -> int:
    """Line of a value, or of the table that lacks it; counted from 1.

    Args:
        text: Well-formed TOML.
        place: Where the value stands in the document.
    """
    best, line = 0, 1
    for first, found in _places(text):
        common = _common(found, place)
        if common > best or (common == len(found) == best and first):
            best, line = common, first + 1
        if best == len(place):
            break
    return line


def line_of_error(error: tomllib.TOMLDecodeError, text: str) -> int:
    """Line that a reader's complaint names; the last one where the document ends too early."""
    found = _AT_LINE.search(str(error))
    return int(found[1]) if found else max(1, text.count("\n"))


def _places(text: str) -> Iterator[tuple[int, Place]]:
    """First line, from 0, and place of every header and key."""
    lines = text.splitlines(keepends=True)
    counts: dict[tuple[str, ...], int] = {}
    table: Place = ()
    for start, end in statements(text):
        words = "".join(lines[start:end])
        names = _names(tomllib.loads(words))
        if not words.lstrip().startswith("["):
            yield start, (*table, *names)
            continue
        if words.lstrip().startswith("[["):
            counts[names] = counts.get(names, -1) + 1
            counts = {known: n for known, n in counts.items() if not _below(known, names)}
        table = _indexed(names, counts)
        yield start, table


def _names(document: dict[str, Any]) -> tuple[str, ...]:
    """The keys of a document that holds one statement."""
    names: list[str] = []
    value: Any = document
    while isinstance(value, dict) and len(value) == 1:
        name, value = next(iter(value.items()))
        names.append(name)
    return tuple(names)


def _below(known: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """True for an array inside an element of another, which begins anew with that element."""
    return len(known) > len(names) and known[: len(names)] == names


def _indexed(names: tuple[str, ...], counts: dict[tuple[str, ...], int]) -> Place:
    place: list[str | int] = []
    for depth, name in enumerate(names, start=1):
        place.append(name)
        if names[:depth] in counts:
            place.append(counts[names[:depth]])
    return tuple(place)


def _common(found: Place, place: Sequence[str | int]) -> int:
    """Length of the beginning that two places share."""
    count = 0
    for one, other in zip(found, place, strict=False):
        if one != other:
            break
        count += 1
    return count
