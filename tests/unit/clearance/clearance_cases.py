"""Contracts and cases for the tests of clearance."""

from __future__ import annotations

from typing import Any

from generique.clearance.case import Case, ElementFacts, Signed
from generique.clearance.clauses import Contract, read_contract
from generique.clearance.evaluate import judge_contract
from generique.clearance.verdict import Gate, Outcome
from generique.model.element import ElementClass, ElementKind
from generique.model.passport import Passport, SourceType, Training
from generique.model.people import Decision, Matter, Role
from generique.model.production import Production
from generique.model.values import digest_of

UNTRAINED = Passport(
    name="world",
    version="1",
    title="World",
    maker="us",
    licence="Apache-2.0",
    kinds=(ElementKind.SHOT,),
    training=Training(statement="none"),
    source_type=SourceType.ALGORITHMIC,
    repeatable=True,
)
"""The word of a generator that was trained on nothing."""

ESSENCE = digest_of(b"essence")
OTHER = digest_of(b"other")


def contract_document(*clauses: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "schema": "generique/contract/1",
        "work": "The Quiet River",
        "titles": ["river"],
        "date": "2026-03-01",
        "languages": ["fr", "en"],
        "party": [
            {"id": "studio", "name": "Studio A", "capacity": {"en": "the producer"}},
            {"id": "author", "name": "B. Author"},
        ],
        **more,
        "clause": [{"id": str(n), **clause} for n, clause in enumerate(clauses, start=1)],
    }


def contract_of(*clauses: dict[str, Any], **more: Any) -> Contract:
    return read_contract(contract_document(*clauses, **more), where="contract/clauses.toml")


def production_of(**more: Any) -> Production:
    document = {
        "schema": "generique/production/1",
        "id": "river",
        "title": "The Quiet River",
        "languages": ["en"],
        "genre": "documentary",
        "territories": ["FR"],
        "raster": {"width": 640, "height": 360},
        "rate": "24",
        "backends": {"shot": "world"},
        **more,
    }
    return Production.read(document, where="production.toml")


def element_of(number: int = 1, **more: Any) -> ElementFacts:
    facts: dict[str, Any] = {
        "id": f"1-{number}",
        "title": f"Night aerial {number}",
        "kind": ElementKind.SHOT,
        "element_class": ElementClass.SYNTHETIC,
        "backend": "world",
        "provider": "local",
        "model": "world",
        "passport": UNTRAINED,
        "seconds": 4.0,
        **more,
    }
    return ElementFacts(**facts)


def case_of(*elements: ElementFacts, gate: Gate = Gate.GENERATE, **more: Any) -> Case:
    facts: dict[str, Any] = {
        "production": production_of(),
        "gate": gate,
        "today": "2026-11-28",
        "elements": elements or (element_of(),),
        **more,
    }
    return Case(**facts)


def decision_of(
    person: str,
    role: Role = Role.DIRECTOR,
    *,
    verdict: str = "approved",
    essence: str = ESSENCE,
    matter: Matter = Matter.TAKE,
    take: str = "1-1.t1",
) -> Signed:
    decision = Decision.model_validate(
        {
            "verdict": verdict,
            "matter": matter,
            "person": person,
            "role": "demonstration" if verdict == "demonstration" else role,
            "reason": "seen",
            "take": take,
            "essence": essence,
            "key": f"person/{person}+00000000+x",
        }
    )
    return Signed(decision=decision, entry=7)


def judged(
    clauses: list[dict[str, Any]], case: Case, *, permit: bool = True
) -> tuple[Outcome, ...]:
    """Outcomes of a contract, with a general permission as its first clause."""
    first = [{"kind": "general-permission"}] if permit else []
    return judge_contract(contract_of(*first, *clauses), case)


def refusals(outcomes: tuple[Outcome, ...]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.refuses]


KEPT = {"version": "*", "title": "T", "checked_by": "anne", "checked_on": "2026-01-01"}
TAKE: dict[str, Any] = {"take": "1-1.t1", "essence": ESSENCE, "start": 0, "end": 96}


def film(*elements: Any, gate: Gate = Gate.MASTER, **more: Any) -> Case:
    return case_of(*elements, gate=gate, film_seconds=100.0, **more)


def reasons(clauses: list[dict[str, Any]], case: Case) -> list[str]:
    return [outcome.reason for outcome in refusals(judged(clauses, case))]
