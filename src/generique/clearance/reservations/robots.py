"""robots.txt (RFC 9309), as far as it speaks to robots that collect for machine learning.

To be let in is not to be allowed to mine: a file that lets a robot in leaves the answer *unknown*.
Only words about the use itself permit anything: ``Content-Usage: train-ai=y`` (IETF draft
aipref-attach) and ``Content-Signal: ai-train=yes`` (contentsignals.org).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from generique.clearance.reservations.words import loudest, nothing, place_matches, short
from generique.model.answer import Answer
from generique.model.kept_passports import Reservation

PROTOCOL: Final = "robots"

COLLECTORS = (
    "ai2bot",
    "amazonbot",
    "anthropic-ai",
    "applebot-extended",
    "bytespider",
    "ccbot",
    "claudebot",
    "cohere-ai",
    "cohere-training-data-crawler",
    "diffbot",
    "facebookbot",
    "google-extended",
    "gptbot",
    "img2dataset",
    "meta-externalagent",
    "omgili",
    "pangubot",
    "timpibot",
    "webzio-extended",
)
"""Names that robots collecting training material give themselves, as their operators state them."""

_SIGNALS = re.compile(r"\b(train-ai|ai-train)\s*=\s*(\w+)", re.IGNORECASE)
_ANSWERS = {"n": Answer.YES, "no": Answer.YES, "y": Answer.NO, "yes": Answer.NO}
_PREFERENCES = frozenset({"content-usage", "content-signal"})


class _Line(NamedTuple):
    field: str
    value: str


class _Group(NamedTuple):
    """Rules for some robots; names in small letters."""

    names: tuple[str, ...]
    rules: tuple[_Line, ...]


def read_robots(text: str, path: str, *, where: str) -> Reservation:
    """Whether robots that collect for machine learning are kept from a path.

    Args:
        text: The file.
        path: Path of the work on the site.
        where: Where the text was had from.
    """
    groups = tuple(_groups(_lines(text)))
    said = [*_doors(groups, path, where), *_preferences(groups, path, where)]
    return loudest(said) if said else nothing(PROTOCOL, where, "no robot is kept out")


def read_preference(header: str, *, where: str) -> Reservation:
    """The HTTP header ``Content-Usage`` or ``Content-Signal``."""
    found = _SIGNALS.search(header)
    if found is None:
        return nothing(PROTOCOL, where, "no word on training")
    answer = _ANSWERS.get(found[2].lower(), Answer.UNSURE)
    return Reservation(protocol=PROTOCOL, reserved=answer, found=short(header), where=where)


def _doors(groups: tuple[_Group, ...], path: str, where: str) -> Iterator[Reservation]:
    """Robots that are kept out: one for all that are, in one record."""
    named = {name for group in groups for name in group.names}
    kept = [name for name in (*COLLECTORS, "*") if name in named and _shut(groups, name, path)]
    if kept:
        words = f"Disallow for {', '.join(kept)}"
        yield Reservation(protocol=PROTOCOL, reserved=Answer.YES, found=short(words), where=where)


def _preferences(groups: tuple[_Group, ...], path: str, where: str) -> Iterator[Reservation]:
    for group in groups:
        for line in group.rules:
            if line.field in _PREFERENCES:
                first, _, rest = line.value.partition(" ")
                told = rest if first.startswith("/") else line.value
                if not first.startswith("/") or place_matches(first, path):
                    said = read_preference(f"{line.field}: {told}", where=where)
                    if said.reserved is not Answer.UNKNOWN:
                        yield said


def _shut(groups: tuple[_Group, ...], name: str, path: str) -> bool:
    """RFC 9309, 2.2.2: the longest rule that matches decides; equals, the door is open."""
    longest, shut = -1, False
    for group in groups:
        if name not in group.names:
            continue
        for field, value in group.rules:
            if field not in {"allow", "disallow"} or not value or not place_matches(value, path):
                continue
            if len(value) > longest or (len(value) == longest and field == "allow"):
                longest, shut = len(value), field == "disallow"
    return shut


def _groups(lines: Iterable[_Line]) -> Iterator[_Group]:
    names: list[str] = []
    rules: list[_Line] = []
    for line in lines:
        if line.field == "user-agent":
            if rules:
                yield _Group(tuple(names), tuple(rules))
                names, rules = [], []
            names.append(line.value.lower())
        else:
            rules.append(line)
    yield _Group(tuple(names), tuple(rules))


def _lines(text: str) -> Iterator[_Line]:
    for written in text.removeprefix("\ufeff").splitlines():
        field, colon, value = written.partition("#")[0].partition(":")
        if colon:
            yield _Line(field.strip().lower(), value.strip())
