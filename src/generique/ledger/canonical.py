"""Canonical JSON (RFC 8785), so that a document has exactly one encoding.

What is signed is bytes. If a document could be written in two ways, a change could hide in the
choice; so reading refuses every encoding but the canonical one.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

import rfc8785

from generique.model.errors import UnreadableInput
from generique.model.values import Json

LARGEST_EXACT = 2**53 - 1
"""Largest whole number that every JSON reader keeps exactly (RFC 7493, section 2.2)."""

_DEEPEST = 64
"""Deepest nesting that is read; our own documents stay far below."""


def canonical(document: Json) -> bytes:
    """Encode a document in its one canonical form.

    Args:
        document: Any JSON document. Numbers beyond 2**53 - 1 must be written as text.

    Raises:
        UnreadableInput: It holds NaN, an infinity, a number that JSON readers round, a lone
            surrogate, a key that is not text, or something that is not JSON.
    """
    _check(document, 0)
    try:
        return rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise UnreadableInput(
            "a document has no canonical JSON form",
            why=str(error),
            next_step="write large numbers and raw bytes as text",
        ) from error


def read_canonical(data: bytes, *, where: str) -> Json:
    """Decode canonical JSON and refuse any other encoding of the same document.

    Args:
        data: UTF-8 bytes.
        where: What the bytes are, for the error.

    Raises:
        UnreadableInput: Not JSON, not canonical, a key twice, or a number out of range.
    """
    try:
        document: Json = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
        )
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"{where} is not JSON", where=where, why=str(error)[:200]) from error
    if canonical(document) != data:
        raise UnreadableInput(
            f"{where} is not in canonical form",
            where=where,
            why="the same document has another encoding, and only one may be signed",
        )
    return document


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object without repeated keys."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _no_constant(name: str) -> NoReturn:
    """Refuse NaN and the infinities, which Python's reader would accept."""
    raise ValueError(f"{name} is not JSON")


def _check(document: object, depth: int) -> None:
    """Refuse what would not survive encoding and reading back unchanged."""
    if depth > _DEEPEST:
        raise UnreadableInput("a document is nested too deeply", why=f"more than {_DEEPEST} levels")
    if isinstance(document, dict):
        for key, value in document.items():
            if not isinstance(key, str):
                raise UnreadableInput("a document has a key that is not text", why=repr(key)[:80])
            _check(value, depth + 1)
    elif isinstance(document, (list, tuple)):
        for value in document:
            _check(value, depth + 1)
    elif isinstance(document, (int, float)):
        # A float of 2**53 and more is printed without a point, and would be read as an integer.
        if not abs(document) <= LARGEST_EXACT:
            raise UnreadableInput(
                f"the number {document!r} is not exact in JSON",
                next_step="write it as text",
            )
    elif not (document is None or isinstance(document, str)):
        raise UnreadableInput(
            "a document holds a value that is not JSON", why=type(document).__name__
        )
