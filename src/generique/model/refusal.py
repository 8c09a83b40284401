"""Refusals: what will not be done as it is asked for, and what would change that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generique.model.errors import Refused
from generique.model.values import Value

_NAMED = 8
"""Elements that are named before they are counted."""
_TOLD = 12
"""Paragraphs that an error tells."""


class Refusal(Value):
    """Something that will not be done as it is asked for.

    Attributes:
        clause: Contract clause; None when no contract is concerned.
        rule: Stable name of the rule.
        source: Who says so.
        element: What is refused; None for the whole film.
        lift: What would lift it.
        who: Who can, roles parted by commas.
        capability: True when a backend cannot, False when clearance will not.
    """

    clause: str | None = None
    rule: str
    source: str
    element: str | None = None
    reason: str
    lift: str
    who: str
    capability: bool = False


class NotCleared(Refused):
    """Rules or clauses refuse the act; each is told with what would lift it.

    Args:
        what: One sentence, what was to be done.
        refusals: Every one.
    """

    code = "not-cleared"

    def __init__(self, what: str, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(what)
        self.refusals = refusals

    def diagnosis(self) -> str:
        """The reader's text: every refusal with its source, what lifts it and who can."""
        told = paragraphs(self.refusals)
        more = [f"and {len(told) - _TOLD} more, see --json"] if told[_TOLD:] else []
        return "\n".join([self.what, *told[:_TOLD], *more])

    def details(self) -> dict[str, Any]:
        """The refusals as JSON documents."""
        return {"refusals": [refusal.to_json() for refusal in self.refusals]}


def paragraphs(refusals: Iterable[Refusal]) -> list[str]:
    """The refusals for people; those that differ in nothing but their element share a paragraph."""
    together: dict[Refusal, list[str]] = {}
    for refusal in refusals:
        alike = refusal.model_copy(update={"element": None})
        together.setdefault(alike, []).extend(filter(None, (refusal.element,)))
    return [_paragraph(alike, elements) for alike, elements in together.items()]


def _paragraph(refusal: Refusal, elements: list[str]) -> str:
    by = f"{refusal.rule} {refusal.clause}" if refusal.clause else refusal.rule
    named = ", ".join(elements[:_NAMED])
    more = f" and {len(elements) - _NAMED} more" if len(elements) > _NAMED else ""
    lines = [f"{by}: {refusal.reason}"]
    for label, text in (
        ("for", named + more),
        ("source", refusal.source),
        ("to lift it", refusal.lift),
        ("who can", refusal.who),
    ):
        if text:
            lines.append(f"    {label}: {text}")
    return "\n".join(lines)
