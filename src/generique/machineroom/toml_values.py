"""TOML that a person wrote, as a frozen value: errors with file and line, bombs refused unread."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from generique.machineroom.toml_places import line_of, line_of_error
from generique.model.errors import UnreadableInput
from generique.model.values import Value

_V = TypeVar("_V", bound=Value)

DEEPEST = 16
"""Levels of tables and lists that a document of ours may have; none needs half of them."""
_SILENT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*",
    re.DOTALL,
)
"""Strings and comments, in which brackets and dots mean nothing."""
_KEY_ENDS = re.compile(r"[=,{}\[\]\n]")


def parse_toml(text: str, path: Path) -> dict[str, Any]:
    """Parse TOML.

    Raises:
        UnreadableInput: It is not TOML, or is nested more deeply than any document of ours; with
            file and line.
    """
    check_depth(text, path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(path, line_of_error(error, text), str(error)) from error
    except ValueError as error:  # a number of thousands of digits
        raise _no_toml(path, 1, str(error)) from error


def read_value(text: str, path: Path, kind: type[_V]) -> _V:
    """Parse TOML and validate what it says.

    Raises:
        UnreadableInput: It is not TOML, or does not say what it should; with file and line.
    """
    return validated(parse_toml(text, path), text, path, kind)


def validated(document: dict[str, Any], text: str, path: Path, kind: type[_V]) -> _V:
    """Validate a document that was parsed from a text.

    Raises:
        UnreadableInput: A field is unknown, missing or of the wrong type; with file and line.
    """
    try:
        return kind.read(document, where=str(path))
    except UnreadableInput as error:
        if not isinstance(error.__cause__, ValidationError):
            raise
        faults = error.__cause__.errors()
        place = min(faults, key=lambda fault: fault["type"] == "missing")["loc"]
        raise UnreadableInput(
            f"{path.name} does not say what it should",
            where=f"{path}:{line_of(text, place)}",
            why=error.why,
            next_step=error.next_step,
        ) from error


def check_depth(text: str, path: Path) -> None:
    """Refuse nesting that would exhaust a reader, in time that grows with the length alone.

    Raises:
        UnreadableInput: With file and line.
    """
    bare = _SILENT.sub(lambda found: "_" + "\n" * found[0].count("\n"), text)
    depth = 0
    for number, line in enumerate(bare.split("\n"), start=1):
        for mark in line:
            depth += (mark in "[{") - (mark in "]}")
            if depth > DEEPEST:
                raise _too_deep(path, number)
        if any(key.count(".") >= DEEPEST for key in _KEY_ENDS.split(line)):
            raise _too_deep(path, number)


def _too_deep(path: Path, line: int) -> UnreadableInput:
    return UnreadableInput(
        f"{path.name} is nested too deeply",
        where=f"{path}:{line}",
        why=f"no document of a production has more than {DEEPEST} levels",
        next_step="write it flat, as the format describes it",
    )


def _no_toml(path: Path, line: int, why: str) -> UnreadableInput:
    return UnreadableInput(
        f"{path.name} is not valid TOML",
        where=f"{path}:{line}",
        why=why,
        next_step="correct that line and run the same command again",
    )
