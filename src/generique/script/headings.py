"""What a line of a screenplay is by its look: scene heading, transition, cue.

Case is Unicode's, not ASCII's: ``ÉLISE`` is a cue as much as ``ALICE``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generique.script.markup import MARKS, plain

_HEADING = re.compile(r"(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I/E|E/I)[.\s]", re.IGNORECASE)
_NUMBER = re.compile(r"[\w.()-]{1,40}")
_PLAIN_TRANSITIONS = frozenset(
    {
        "FADE IN",
        "FADE OUT",
        "FADE TO BLACK",
        "FADE FROM BLACK",
        "FADE UP",
        "CUT TO BLACK",
    }
)
"""Transitions that scripts write without ``TO:``."""


@dataclass(frozen=True, slots=True)
class CueParts:
    """A cue taken apart; see :class:`~generique.script.screenplay.Cue`."""

    character: str
    extensions: tuple[str, ...]
    dual: bool


def is_scene_heading(text: str) -> bool:
    """True when a line starts as scene headings do (INT., EXT., EST., I/E and their pairs)."""
    return _HEADING.match(text.lstrip(MARKS)) is not None


def is_transition(text: str) -> bool:
    """True for capitals that end in ``TO:``, and for FADE IN, FADE OUT and their like."""
    if not text.isupper():
        return False
    return text.endswith("TO:") or text.rstrip(":.") in _PLAIN_TRANSITIONS


def split_number(text: str) -> tuple[str, str | None]:
    """Part ``INT. HOUSE #1A#`` into heading and scene number."""
    start = text.rfind("#", 0, -1)
    number = text[start + 1 : -1]
    if not text.endswith("#") or start < 0 or not _NUMBER.fullmatch(number):
        return text, None
    return text[:start].rstrip(), number


def split_cue(text: str) -> CueParts:
    """Part ``ÉLISE (O.S.) (CONT'D) ^`` into name, extensions and the dual mark."""
    name = text.strip()
    dual = name.endswith("^")
    if dual:
        name = name[:-1].rstrip()
    name, extensions = _extensions(name)
    return CueParts(plain(name).strip(), tuple(plain(item) for item in extensions), dual)


def is_cue(text: str) -> bool:
    """True when the name, extensions aside, has letters and all of them are capitals."""
    return split_cue(text).character.isupper()


def _extensions(text: str) -> tuple[str, tuple[str, ...]]:
    """The text before the groups in parentheses that end it, and what is in the groups."""
    found: list[str] = []
    end = len(text)
    while end and text[end - 1] == ")":
        start = _opening(text, end)
        if start < 1:
            break
        found.append(text[start + 1 : end - 1].strip())
        end = start
        while end and text[end - 1].isspace():
            end -= 1
    return text[:end], tuple(reversed([item for item in found if item]))


def _opening(text: str, end: int) -> int:
    """Index of the parenthesis that the one before ``end`` closes, or -1."""
    depth = 0
    for index in range(end - 1, -1, -1):
        depth += (text[index] == ")") - (text[index] == "(")
        if depth == 0:
            return index
    return -1
