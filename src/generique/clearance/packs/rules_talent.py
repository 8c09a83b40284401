"""Performers: consent to replicas, synthetic performers, scripts as training material."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from generique.clearance.packs.findings import Finding, absent, failed, missing, sweep, waiting
from generique.clearance.packs.reading import Group, Reading, Sort
from generique.clearance.packs.rules_netflix import CONFIDENTIAL
from generique.clearance.packs.rules_netflix_output import unconsented
from generique.model.answer import Answer
from generique.model.consent import Consent
from generique.model.judgement import Question

UNITED_STATES = "US"

_NOBODY = "No element is made after a real person."


def _people(reading: Reading) -> list[Group]:
    return reading.groups(lambda sort: sort.generated and sort.person is not None)


def _consent(reading: Reading, sort: Sort) -> Consent | None:
    """The consent that covers a sort, or that comes closest."""
    name = reading.replicated(sort).consent
    return None if name is None else reading.consents[name]


def _specific(reading: Reading) -> Iterable[Finding]:
    """TAL-01."""

    def test(sort: Sort) -> Finding | None:
        fault = unconsented(reading, sort)
        consent = _consent(reading, sort)
        if fault is not None or consent is None:
            return fault
        if not consent.description.strip():
            return missing(f"The consent {consent.id} does not describe the use.")
        if consent.ends is None:
            return missing(f"The consent {consent.id} names no last day.")
        return None

    return sweep(
        _people(reading),
        test,
        kept="Everybody after whom an element is made signed a consent with use and term.",
        none=_NOBODY,
    )


def _added_value(reading: Reading) -> Iterable[Finding]:
    """TAL-02."""
    asked: dict[str | None, list[int]] = {}
    for _, places in reading.groups(lambda sort: sort.voice and sort.person is None):
        for answer, at in reading.by_answer(places, Question.ADDED_VALUE).items():
            asked.setdefault(answer, []).extend(at)

    def test(answer: str | None) -> Finding | None:
        if answer == "yes":
            return None
        if answer == "no":
            return failed("A person judged that the synthetic performer adds nothing of its own.")
        return waiting("Nobody has said what the synthetic performer adds.")

    return sweep(
        asked.items(),
        test,
        kept="A person said what every synthetic performer adds.",
        none="No voice is generated that is nobody's.",
    )


def _minors(reading: Reading) -> Iterable[Finding]:
    """TAL-03: strikes, scans and access are not recorded and are told with every fault."""

    def test(sort: Sort) -> Finding | None:
        consent = _consent(reading, sort)
        if consent is None:
            return missing(f"No consent says whether {sort.person} was of age.")
        if consent.minor is Answer.YES:
            return failed(f"{consent.person} was under age.")
        if consent.minor is not Answer.NO and not consent.estate:
            return missing(f"The consent {consent.id} does not say whether the person was of age.")
        return missing(
            f"{consent.person} was of age. Strikes, scans and access to the replica are not "
            "recorded here: a person has to look."
        )

    return sweep(_people(reading), test, kept="", none=_NOBODY)


def _advised(reading: Reading) -> Iterable[Finding]:
    """TAL-04."""
    if not reading.shown_in(UNITED_STATES):
        return [absent("The film is not for the United States.")]

    def test(sort: Sort) -> Finding | None:
        fault = unconsented(reading, sort)
        consent = _consent(reading, sort)
        if fault is not None or consent is None:
            return fault
        if consent.estate or consent.represented is Answer.YES:
            return None
        return missing(
            f"Nobody has shown that {consent.person} was represented or advised (the consent says "
            f"{consent.represented.value})."
        )

    return sweep(
        _people(reading),
        test,
        kept="Everybody after whom an element is made was advised, or the estate agreed.",
        none=_NOBODY,
    )


def _scripts(reading: Reading) -> Iterable[Finding]:
    """TAL-06."""

    def wanted(sort: Sort) -> bool:
        use = reading.use(sort)
        return (
            sort.generated
            and not sort.local
            and use is not None
            and bool(CONFIDENTIAL.intersection(use.inputs))
        )

    def test(sort: Sort) -> Finding | None:
        tool = reading.tool(sort)
        if tool is not None and tool.trains_on_inputs is Answer.NO:
            return None
        return missing(f"Nobody has shown that {sort.backend} trains on nothing it is given.")

    return sweep(
        reading.groups(wanted),
        test,
        kept="No tool that is given confidential inputs trains on them.",
        none="No confidential input leaves the production's own machine.",
    )


RULES: Mapping[str, Callable[[Reading], Iterable[Finding]]] = {
    "TAL-01": _specific,
    "TAL-02": _added_value,
    "TAL-03": _minors,
    "TAL-04": _advised,
    "TAL-06": _scripts,
}
