"""What every audit rests on: approvals, an unbroken path, the ledger, the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum

from generique.clearance.approvals import USUAL, standing
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
from generique.clearance.spoken import one_role
from generique.clearance.verdict import Evidence
from generique.model.people import Matter, Role


def _approvals(reading: Reading) -> Iterable[Finding]:
    """AUD-01: an approval of another digest, and a demonstration, are told for what they are."""
    asked: dict[_Word, list[int]] = {}
    for at in reading.generated:
        asked.setdefault(_word(reading.case.elements[at]), []).append(at)
    return sweep(
        asked.items(),
        _said_of_take,
        kept="Of every generated element exactly the take that is used was approved.",
        none="Nothing is generated.",
    )


def _said_of_take(word: _Word) -> Finding | None:
    """A demonstration stands in for a word that nobody has said, and for no word against."""
    if word is _Word.APPROVED:
        return None
    return (failed if word is _Word.REJECTED else waiting)(word.value)


class _Word(Enum):
    """What people's words on one take come to; of those that do not approve the sentence."""

    APPROVED = ""
    REJECTED = "A person rejected it, or took the approval back."
    OTHERS = "It was approved, but not by the director."
    CHANGED = "It was changed since a person approved it; the approval is void."
    SHOWN = "It was shown in a demonstration, and no person has approved it."
    UNSEEN = "No person has approved it."


def _word(element: ElementFacts) -> _Word:
    """What was decided on a take; the usual case is read without the whole law of approvals."""
    said = [one.decision for one in element.decisions if one.decision.essence == element.essence]
    verdicts = {one.verdict for one in said}
    if verdicts == {"approved"} and any(one.role == Role.DIRECTOR for one in said):
        return _Word.APPROVED
    if verdicts and element.essence is not None:
        stands = standing(USUAL[Matter.TAKE], element.decisions, element.essence)
        if stands.approved:
            return _Word.APPROVED
        if stands.rejected or "revoked" in _last_words(element).values():
            return _Word.REJECTED
        return _Word.OTHERS if "approved" in verdicts else _Word.SHOWN
    changed = any(one.decision.verdict == "approved" for one in element.decisions)
    return _Word.CHANGED if changed else _Word.UNSEEN


def _last_words(element: ElementFacts) -> dict[str, str]:
    """What each person said last of exactly the take that is there."""
    return {
        said.decision.person: said.decision.verdict
        for said in sorted(element.decisions, key=lambda said: said.entry)
        if said.decision.essence == element.essence
    }


def _path(reading: Reading) -> Iterable[Finding]:
    """AUD-02: who approves the declared use signs for a gap, which stays open for all to see."""

    def test(key: tuple[Sort, bool]) -> Finding | None:
        sort, taken = key
        gap = _gap(reading, sort) if taken else "its take is not recorded"
        if gap is None:
            return None
        signed = _signed_for(reading, sort) if taken else ()
        if not signed:
            return missing(f"The path has a gap: {gap}.")
        return missing(
            f"The path has a gap: {gap}. {' and '.join(signed)} approved the declared use "
            f"{sort.use} as it is.",
            lift="complete the passports",
            warns=True,
        )

    asked: dict[tuple[Sort, bool], list[int]] = {}
    for sort, places in reading.groups(lambda sort: sort.generated):
        for at in places:
            element = reading.case.elements[at]
            taken = element.take is not None and element.essence is not None
            asked.setdefault((sort, taken), []).append(at)
    return sweep(
        asked.items(),
        test,
        kept="The path of every generated element has no gap.",
        none="Nothing is generated.",
    )


def _signed_for(reading: Reading, sort: Sort) -> tuple[str, ...]:
    """Producers and counsel who approved the declared use of a sort."""
    rule = one_role(Matter.USE, Role.PRODUCER, Role.COUNSEL)
    stands = reading.stands(rule, sort.use)
    people = {one.decision.person for one in stands.counted if stands.approved}
    return tuple(sorted(people))


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
        kept="An entry of the ledger brought in every element.",
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
