"""What every audit rests on: approvals, an unbroken path, the ledger, the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generique.clearance.case import ElementFacts
from generique.clearance.packs.findings import (
    Finding,
    absent,
    failed,
    missing,
    passed,
    sweep,
    waiting,
)
from generique.clearance.packs.reading import Reading, Sort
from generique.clearance.verdict import Evidence
from generique.model.people import Role


def _approvals(reading: Reading) -> Iterable[Finding]:
    """AUD-01: an approval of another digest, and a demonstration, are told for what they are."""
    asked: dict[str, list[int]] = {}
    for at in reading.generated:
        element = reading.case.elements[at]
        asked.setdefault(_standing(element, bool(reading.takes_approved[at])), []).append(at)
    return sweep(
        asked.items(),
        lambda word: None if word == _APPROVED else waiting(_WAITS[word]),
        kept="A person approved exactly what was delivered of {} generated elements.",
        none="Nothing is generated.",
    )


_APPROVED, _SHOWN, _CHANGED, _REJECTED, _UNSEEN = (
    "approved",
    "demonstration",
    "changed",
    "rejected",
    "unseen",
)
_WAITS = {
    _SHOWN: "It was shown in a demonstration, and no person has approved it.",
    _CHANGED: "It was changed since a person approved it; the approval is void.",
    _REJECTED: "A person rejected it, or took the approval back.",
    _UNSEEN: "No person has approved it.",
}


def _standing(element: ElementFacts, approved: bool) -> str:  # noqa: FBT001 -- a fact of its own
    if approved:
        return _APPROVED
    here = {
        said.decision.verdict
        for said in element.decisions
        if said.decision.essence == element.essence
    }
    if here & {"rejected", "revoked"}:
        return _REJECTED
    if any(said.decision.verdict == "approved" for said in element.decisions):
        return _CHANGED
    return _SHOWN if "demonstration" in here else _UNSEEN


def _path(reading: Reading) -> Iterable[Finding]:
    """AUD-02: producer or counsel may sign for a gap by approving the declared use."""

    def test(key: tuple[Sort, bool]) -> Finding | None:
        sort, taken = key
        gap = _gap(reading, sort) if taken else "its take is not recorded"
        if gap is None or (taken and reading.authorised(sort, Role.PRODUCER, Role.COUNSEL)):
            return None
        return missing(f"The path has a gap: {gap}.")

    asked: dict[tuple[Sort, bool], list[int]] = {}
    for sort, places in reading.groups(lambda sort: sort.generated):
        for at in places:
            element = reading.case.elements[at]
            taken = element.take is not None and element.essence is not None
            asked.setdefault((sort, taken), []).append(at)
    return sweep(
        asked.items(),
        test,
        kept="The path of {} generated elements has no gap, or a named person signed for it.",
        none="Nothing is generated.",
    )


def _gap(reading: Reading, sort: Sort) -> str | None:
    """What is not known of how a sort came to be; None when all is."""
    if sort.generator is None:
        return f"{sort.backend} has given no word of itself"
    model = reading.model(sort)
    if sort.training == "none" and model is None:
        return None
    if model is None:
        return f"no passport of the model {sort.model or 'that was used'} is kept"
    if model.training not in {"none", "disclosed"}:
        return f"what {model.title} was trained on is {model.training}"
    lost = [name for name in model.datasets if name not in reading.datasets]
    return f"no passport of the dataset {', '.join(lost)} is kept" if lost else None


def _recorded(reading: Reading) -> Iterable[Finding]:
    """AUD-03."""
    asked: dict[bool, list[int]] = {}
    for at, element in enumerate(reading.case.elements):
        asked.setdefault(element.entry is not None, []).append(at)
    return sweep(
        asked.items(),
        lambda there: None if there else failed("No entry of the ledger brought it in."),
        kept="An entry of the ledger brought in each of {} elements.",
        none="There is no element.",
    )


def _contract(reading: Reading) -> Iterator[Finding]:
    """AUD-04: the clauses have outcomes of their own; here stands only whether they were read."""
    clauses = reading.case.clauses
    if clauses is None:
        yield missing("No contract was read: its clauses, if there is one, bind nobody here.")
        return
    if not reading.case.elements:
        yield absent("There is no element.")
        return
    yield passed(
        "The clauses of the contract were evaluated; each has an outcome of its own.",
        Evidence(what="the clauses that were evaluated", digest=clauses),
    )


RULES: Mapping[str, Callable[[Reading], Iterable[Finding]]] = {
    "AUD-01": _approvals,
    "AUD-02": _path,
    "AUD-03": _recorded,
    "AUD-04": _contract,
}
