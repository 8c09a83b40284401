"""Licences: whether one is known, and whether it reaches as far as a film goes."""

from __future__ import annotations

from collections.abc import Iterator

from generique.clearance.consents import beyond
from generique.clearance.spelling import plain
from generique.model.answer import Answer
from generique.model.kept_passports import WORLD, Usage

_SILENT = frozenset({"", "unknown"})
"""What stands in the place of a licence when nobody has looked."""

_NO_LICENCE = _SILENT | {
    *("undisclosed", "not disclosed", "unsure", "pending", "tbd", "n/a", "?"),
    *("none", "noassertion"),
}
"""Words in the place of a licence that name none; the last two are those of SPDX."""


def licence_stated(text: str) -> bool:
    """True when somebody said something of a licence, be it that there is none."""
    return plain(text) not in _SILENT


def licence_known(text: str) -> bool:
    """True for the name of a licence; false for the usual words that stand where one is missing.

    Args:
        text: SPDX expression, the licence's own name, or ``unknown``, ``undisclosed`` and the like.
    """
    return plain(text) not in _NO_LICENCE


def shortfalls(usage: Usage, territories: tuple[str, ...]) -> Iterator[str]:
    """Where a licence falls short of a film that is shown to a public, each as half a sentence.

    What nobody has read falls short.

    Args:
        usage: What was read of the licence.
        territories: ISO 3166 codes of where the film will be shown; empty asks for the world.
    """
    if usage.commercial is not Answer.YES:
        yield (
            "it forbids commercial use"
            if usage.commercial is Answer.NO
            else f"whether it allows commercial use is {usage.commercial.value}"
        )
    if usage.territories is None:
        yield "nobody has said in which territories it holds"
    elif short := beyond(usage.territories, territories):
        places = ", ".join("the whole world" if place == WORLD else place for place in short)
        yield f"it does not hold in {places}"
    if usage.revenue_limited is Answer.YES:
        limit = usage.revenue_limit
        above = f" of {limit.amount} {limit.currency}" if limit else ""
        yield f"it ends above a yearly revenue{above}"
    elif usage.revenue_limited is not Answer.NO:
        yield f"whether it ends above a revenue is {usage.revenue_limited.value}"
