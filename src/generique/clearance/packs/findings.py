"""Findings: what a rule's function says, before the rule's own data makes outcomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple, TypeVar

from generique.clearance.verdict import Evidence, Status
from generique.model.people import Role

_T = TypeVar("_T")


class Finding(NamedTuple):
    """What came of a rule, for the film or for some elements.

    Attributes:
        reason: One sentence; where it is about elements, it does not name them.
        places: Positions of the elements in the case; empty for the film.
        lift: What lifts it, where that is not what the rule's data says.
        who: Who can, where that is not what the rule's data says.
        warns: True when it only warns, though the rule blocks.
        awaits: True when nothing is missing but a person's decision.
    """

    status: Status
    reason: str
    places: Sequence[int] = ()
    evidence: tuple[Evidence, ...] = ()
    lift: str = ""
    who: tuple[Role, ...] = ()
    warns: bool = False
    awaits: bool = False


def passed(reason: str, *evidence: Evidence) -> Finding:
    """The rule was kept."""
    return Finding(Status.PASSED, reason, evidence=evidence)


def absent(reason: str) -> Finding:
    """The rule has nothing to say here."""
    return Finding(Status.NOT_APPLICABLE, reason)


def failed(reason: str, *, lift: str = "", warns: bool = False) -> Finding:
    """The rule was not kept."""
    return Finding(Status.FAILED, reason, lift=lift, warns=warns)


def missing(reason: str, *, lift: str = "", warns: bool = False) -> Finding:
    """A fact is missing, so that nobody can say that the rule was kept."""
    return Finding(Status.OPEN, reason, lift=lift, warns=warns)


def waiting(reason: str, *, lift: str = "", warns: bool = False) -> Finding:
    """Nothing is missing but a person's decision."""
    return Finding(Status.OPEN, reason, lift=lift, warns=warns, awaits=True)


class Said(Enum):
    """What people's words on one thing come to."""

    YES = "yes"
    NO = "no"
    """Somebody rejected it, and the rejection stands."""
    NOTHING = "nothing"


def undecided(said: Said, reason: str, *, lift: str = "", warns: bool = False) -> Finding | None:
    """What is missing where an approval is not given; None where it is.

    A rejection is no waiting: nothing but the word of whoever rejected it lifts it.

    Args:
        said: What people's words come to.
        reason: Said of what nobody decided; a rejection is told beside it.
        lift: What lifts it.
        warns: Whether it only warns.
    """
    if said is Said.YES:
        return None
    if said is Said.NO:
        return failed(f"{reason} A person rejected it.", lift=lift, warns=warns)
    return waiting(reason, lift=lift, warns=warns)


def sweep(
    groups: Iterable[tuple[_T, Sequence[int]]],
    test: Callable[[_T], Finding | None],
    *,
    kept: str,
    none: str,
) -> Iterator[Finding]:
    """Ask a question of groups of elements.

    Args:
        groups: What is asked about, with the positions of its elements.
        test: The finding of a group that does not pass, or None.
        kept: Said of the film when every group passed; their number is added.
        none: Said of the film when there is no group.
    """
    count, clean = 0, True
    for asked, places in groups:
        count += len(places)
        found = test(asked)
        if found is not None:
            clean = False
            yield found._replace(places=places)
    if clean:
        yield passed(f"{kept} Elements: {count}.") if count else absent(none)
