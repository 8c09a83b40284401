"""What a foreign document says that a passport can hold, and what it says besides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from generique.model.values import Value

NAMESPACE = "urn:generique:"
"""Prefix of what no format of others has a word for."""
LARGEST_IMPORT = 16_000_000
"""Bytes of a document of others; whole lists of files fit."""
_NO_IDENTIFIER = re.compile(r"[^A-Za-z0-9._-]+")


class Imported(Value):
    """Part of a passport.

    Attributes:
        fields: As the passport's format names them; nothing that was not said.
        unread: What else the document says, by its own names, for a person to read.
    """

    fields: dict[str, Any] = Field(default_factory=dict)
    unread: tuple[str, ...] = ()


def identifier_of(name: str) -> str | None:
    """A name as an identifier of ours; None when nothing is left of it."""
    found = _NO_IDENTIFIER.sub("-", name.strip()).strip("-._")[:64]
    return found or None


def listed(value: Any) -> list[Any]:
    """JSON-LD writes one value bare and several as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def texts(value: Any) -> Iterator[str]:
    """The words of a value: bare, with its language, or the name or address of a thing."""
    for item in listed(value):
        if isinstance(item, Mapping):
            told = [item[key] for key in ("@value", "name", "url", "@id") if key in item]
            told = told[:1] or list(item.values())  # a map from languages to words
            yield from (text for one in told for text in listed(one) if isinstance(text, str))
        elif isinstance(item, str):
            yield item


def only_text(value: Any) -> str | None:
    """The one text of a value; None when there is none, or more than one."""
    found = list(dict.fromkeys(text.strip() for text in texts(value) if text.strip()))
    return found[0] if len(found) == 1 else None
