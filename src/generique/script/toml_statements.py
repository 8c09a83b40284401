"""Where each statement of a TOML text starts and ends, which no TOML reader tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = re.compile(r'"""|\'\'\'|["\'\[\]{}#\n]')
_STRING_ENDS = {
    '"': re.compile(r'\\.|"', re.DOTALL),
    '"""': re.compile(r'\\.|"{3,5}', re.DOTALL),
    "'": re.compile(r"'"),
    "'''": re.compile(r"'{3,5}"),
}


def statements(text: str) -> Iterator[tuple[int, int]]:
    """Where the headers and keys of a text stand.

    Args:
        text: TOML that is known to be well-formed; of other text the places mean nothing.

    Yields:
        Index of the first line and of the line after the last, from 0, for each in order.
    """
    at = line = 0
    while at < len(text):
        end = _statement_end(text, at)
        words = text[at:end].lstrip()
        lines = text.count("\n", at, end)
        if words and not words.startswith("#"):
            yield line, line + lines + (not text.endswith("\n", at, end))
        line += lines
        at = end


def _statement_end(text: str, at: int) -> int:
    """Index after the line feed that ends the statement that starts here."""
    depth = 0
    while match := _MARK.search(text, at):
        at = match.end()
        mark = match[0]
        if mark == "\n":
            if depth <= 0:
                return at
        elif mark == "#":
            feed = text.find("\n", at)
            at = len(text) if feed < 0 else feed
        elif mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        else:
            at = _string_end(text, at, mark)
    return len(text)


def _string_end(text: str, at: int, quote: str) -> int:
    """Index after the string that was opened with this quote."""
    for match in _STRING_ENDS[quote].finditer(text, at):
        if not match[0].startswith("\\"):
            return match.end()
    return len(text)
