"""What all readers of reservations share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generique.model.answer import Answer
from generique.model.kept_passports import MiningProtocol, Reservation

LONGEST = 400
"""Characters that are kept of what was found."""

_LOUDEST = (Answer.YES, Answer.UNSURE, Answer.UNDISCLOSED, Answer.NO, Answer.UNKNOWN)
_STRICTEST = (Answer.YES, Answer.UNSURE, Answer.UNDISCLOSED, Answer.UNKNOWN, Answer.NO)


def short(text: str) -> str:
    """What was found, on one line and of a limited length."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def nothing(protocol: MiningProtocol, where: str, found: str) -> Reservation:
    """The record that a place was looked at and said nothing, which is no permission."""
    return Reservation(protocol=protocol, reserved=Answer.UNKNOWN, found=short(found), where=where)


def unclear(protocol: MiningProtocol, where: str, why: str) -> Reservation:
    """The record that something is said, and that a person has to read it."""
    return Reservation(protocol=protocol, reserved=Answer.UNSURE, found=short(why), where=where)


def loudest(said: Sequence[Reservation]) -> Reservation:
    """What several places say of one work: a reservation wins, and silence says nothing."""
    return min(said, key=lambda one: _LOUDEST.index(one.reserved))


def strictest(said: Sequence[Reservation]) -> Reservation:
    """What is said of several works: a reservation wins, and silence on one is no permission."""
    return min(said, key=lambda one: _STRICTEST.index(one.reserved))


def place_matches(pattern: str, path: str) -> bool:
    """Whether a pattern of RFC 9309 holds for a path: ``*`` is anything, a last ``$`` the end."""
    ended = pattern.endswith("$")
    parts = [re.escape(part) for part in re.split(r"\*+", pattern.removesuffix("$"))]
    return re.match(_within(parts) + (r"\Z" if ended else ""), path, re.DOTALL) is not None


def _within(parts: list[str]) -> str:
    """Parts one after the other, with the shortest that fits between; no step is tried twice."""
    first, *later = parts
    ends = later[-1:]
    between = "".join(f"(?>.*?{part})" for part in later[:-1])
    return first + between + "".join(f".*{part}" for part in ends)
