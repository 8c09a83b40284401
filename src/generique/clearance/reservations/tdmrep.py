"""TDM Reservation Protocol: in a file of the site, in HTTP headers, in a page's head.

W3C Community Group Final Report, TDMRep, 2 February 2024: ``tdm-reservation`` is 1 where rights
are reserved and 0 where they are not; ``tdm-policy`` is the address of terms to ask for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, Final

from generique.clearance.reservations.words import nothing, place_matches, short, unclear
from generique.model.answer import Answer
from generique.model.kept_passports import Reservation

PROTOCOL: Final = "tdmrep"
_FIELD, _POLICY = "tdm-reservation", "tdm-policy"


def read_site_file(text: str, path: str, *, where: str) -> Reservation:
    """``/.well-known/tdmrep.json``: what the rules say whose location holds for a path.

    A file that cannot be read says nothing that anybody may rely on, and neither do rules that
    contradict each other: the answer is *unsure*, and a person has to read them.

    Args:
        text: The file.
        path: Path of the work on the site, ``/pictures/finch.jpg``.
        where: Where the text was had from.
    """
    try:
        rules = json.loads(text)
    except (ValueError, RecursionError) as error:
        return unclear(PROTOCOL, where, f"the file cannot be read: {error}")
    if not isinstance(rules, list):
        return unclear(PROTOCOL, where, "the file holds no list of rules")
    said: list[Reservation] = []
    for rule in rules:
        if not isinstance(rule, dict) or not isinstance(rule.get("location"), str):
            return unclear(PROTOCOL, where, f"a rule without a location: {rule!r}")
        if place_matches(rule["location"], path):
            said.append(
                _said(rule.get(_FIELD), rule.get(_POLICY), f"for {rule['location']}", where)
            )
    if len({one.reserved for one in said}) > 1:
        return unclear(PROTOCOL, where, "; ".join(one.found for one in said))
    return said[0] if said else nothing(PROTOCOL, where, f"no rule for {path}")


def read_headers(headers: Mapping[str, str], *, where: str) -> Reservation:
    """The headers of an HTTP answer, whose names have no case."""
    plain = {name.strip().lower(): value.strip() for name, value in headers.items()}
    if _FIELD not in plain:
        return nothing(PROTOCOL, where, f"no header {_FIELD}")
    return _said(plain[_FIELD], plain.get(_POLICY), "header", where)


def read_page(text: str, *, where: str) -> Reservation:
    """``<meta name="tdm-reservation" content="1">`` in the head of a page; the first one counts."""
    reader = _Metas()
    reader.feed(text)
    reader.close()
    if _FIELD not in reader.found:
        return nothing(PROTOCOL, where, f"no meta {_FIELD}")
    return _said(reader.found[_FIELD], reader.found.get(_POLICY), "meta", where)


class _Metas(HTMLParser):
    """Collects the meta elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down a meta element."""
        if tag == "meta":
            fields = {name: value or "" for name, value in attrs}
            self.found.setdefault(fields.get("name", "").lower(), fields.get("content", "").strip())


def _said(value: Any, policy: Any, place: str, where: str) -> Reservation:
    words = f"{_FIELD}: {value} ({place})"
    if policy:
        words += f"; {_POLICY}: {policy}"
    answer = Answer.UNSURE
    if not isinstance(value, bool):
        answer = {"1": Answer.YES, "0": Answer.NO}.get(str(value), Answer.UNSURE)
    return Reservation(protocol=PROTOCOL, reserved=answer, found=short(words), where=where)
