"""What no spelling, no demonstration and no ignorance changes about a verdict."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generique.clearance.approvals import standing
from generique.clearance.case import Case, ElementFacts, Signed
from generique.clearance.clauses import Contract, read_contract
from generique.clearance.evaluate import judge_contract
from generique.clearance.verdict import Gate, Status, Verdict
from generique.model.element import ElementClass, ElementKind
from generique.model.kept_passports import ModelPassport
from generique.model.passport import Passport, SourceType, Training
from generique.model.people import Decision, Matter, Role
from generique.model.production import Production
from generique.model.values import digest_of

DIGESTS = (digest_of(b"now"), digest_of(b"before"))
PEOPLE = ("ann", "bo", "cy")
ROLES = (Role.DIRECTOR, Role.PRODUCER, Role.TALENT, Role.EDITOR)
MODELS = ("Veo-3", "sora", "FLUX")
PERMISSION = {"kind": "general-permission"}
TALENT = {"kind": "talent-consent"}
PRODUCTION = Production.read(
    {
        "schema": "generique/production/1",
        "id": "river",
        "title": "River",
        "languages": ["en"],
        "genre": "documentary",
        "territories": ["FR"],
        "raster": {"width": 640, "height": 360},
        "rate": "24",
        "backends": {"shot": "world"},
        "people": [{"id": name, "name": name.upper(), "roles": ["talent"]} for name in PEOPLE],
    },
    where="production.toml",
)


def contract_of(*listed: dict[str, Any]) -> Contract:
    return read_contract(
        {
            "schema": "generique/contract/1",
            "work": "River",
            "titles": ["river"],
            "date": "2026-03-01",
            "party": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
            "clause": [{"id": str(n), **clause} for n, clause in enumerate(listed, start=1)],
        },
        where="contract",
    )


def passport(statement: str) -> Passport:
    return Passport(
        name="cloud",
        version="1",
        title="Cloud",
        maker="Somebody",
        licence="MIT",
        kinds=(ElementKind.SHOT,),
        training=Training.model_validate({"statement": statement}),
        source_type=SourceType.TRAINED_ALGORITHMIC,
        repeatable=False,
    )


def element(**more: Any) -> ElementFacts:
    facts: dict[str, Any] = {
        "id": "e1",
        "title": "Element",
        "kind": ElementKind.SHOT,
        "element_class": ElementClass.SYNTHETIC,
        "backend": "cloud",
        "provider": "local",
        "model": "sora",
        "passport": passport("undisclosed"),
        "take": "e1.t1",
        "essence": DIGESTS[0],
        "start": 0,
        "end": 48,
        **more,
    }
    return ElementFacts(**facts)


def case_of(made: ElementFacts, gate: Gate = Gate.MASTER, **more: Any) -> Case:
    return Case(
        production=PRODUCTION,
        gate=gate,
        today="2026-11-28",
        elements=(made,),
        film_seconds=100.0,
        **more,
    )


def denied(contract: Contract, case: Case) -> dict[tuple[str | None, str | None], Status]:
    return {
        (one.clause, one.element): one.status
        for one in judge_contract(contract, case)
        if one.refuses
    }


spellings = st.sampled_from([str.upper, str.lower, str.title, lambda word: f"  {word} "])


@given(
    st.sampled_from(["model", "provider", "person"]),
    st.sampled_from(["eq", "neq", "isAnyOf", "isNoneOf", "isPartOf"]),
    st.sampled_from(MODELS),
    st.sampled_from(MODELS),
    spellings,
    st.sampled_from(["forbidden-uses", "permitted-uses"]),
)
def test_how_a_name_is_spelt_never_changes_a_verdict(
    operand: str, operator: str, named: str, used: str, spell: Any, kind: str
) -> None:
    made = element(model=used, provider=used, person=used)
    several = operator.startswith("is")

    def verdict(word: str) -> dict[tuple[str | None, str | None], Status]:
        when = [{"operand": operand, "operator": operator, "value": [word] if several else word}]
        return denied(contract_of(PERMISSION, TALENT, {"kind": kind, "when": when}), case_of(made))

    assert verdict(named) == verdict(spell(named))


@st.composite
def decisions(draw: st.DrawFn) -> Signed:
    verdict = draw(st.sampled_from(["approved", "rejected", "revoked", "demonstration"]))
    person = draw(st.sampled_from(PEOPLE))
    decision = Decision.model_validate(
        {
            "verdict": verdict,
            "matter": draw(st.sampled_from([Matter.TAKE, Matter.TAKE, Matter.CUT])),
            "person": person,
            "role": "demonstration" if verdict == "demonstration" else draw(st.sampled_from(ROLES)),
            "reason": "because",
            "take": "e1.t1",
            "essence": draw(st.sampled_from((*DIGESTS[:1], *DIGESTS))),
            "key": "k",
        }
    )
    return Signed(decision=decision, entry=draw(st.integers(1, 20)))


approvals = st.fixed_dictionaries(
    {
        "kind": st.just("human-approval"),
        "roles": st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True),
        "two_person": st.booleans(),
    }
)


@given(approvals, st.lists(decisions(), max_size=6), st.sampled_from([None, "ANN", "bo"]))
def test_a_clause_on_approvals_answers_as_the_law_of_approvals_does(
    clause: dict[str, Any], said: list[Signed], person: str | None
) -> None:
    contract = contract_of(PERMISSION, TALENT, clause)
    case = case_of(element(decisions=tuple(said), person=person))
    (rule,) = contract.approvals(Matter.TAKE)
    likeness = person.lower() if person else None
    stands = standing(rule, said, DIGESTS[0], likeness=likeness)
    told = [one for one in judge_contract(contract, case) if one.clause == "3" and one.refuses]
    assert bool(told) is not stands.approved
    for one in told:
        assert (one.status is Status.FAILED) is bool(stands.rejected)
        assert one.awaits is not bool(stands.rejected)


@given(approvals, st.lists(decisions(), max_size=6), st.sampled_from(ROLES))
def test_a_demonstration_never_lifts_a_rejection(
    clause: dict[str, Any], said: list[Signed], role: Role
) -> None:
    decision = Decision(
        verdict="rejected",
        matter=Matter.TAKE,
        person="di",
        role=role,
        reason="because",
        take="e1.t1",
        essence=DIGESTS[0],
        key="k",
    )
    last = Signed(decision=decision, entry=21)
    case = case_of(element(decisions=(*said, last)))
    verdict = Verdict(
        gate=case.gate, outcomes=judge_contract(contract_of(PERMISSION, clause), case)
    )
    assert any(one.clause == "2" for one in verdict.refusals(demonstration=True))


contracts = st.lists(
    st.sampled_from(
        [
            PERMISSION,
            {"kind": "weights-locked", "title": "river"},
            {"kind": "models-barred", "names": ["veo-3"]},
            {"kind": "models-allowed", "names": ["sora"]},
            {"kind": "synthetic-share", "percent": 10.0},
            {"kind": "label-required"},
            {"kind": "forbidden-uses", "classes": ["synthetic"]},
            {"kind": "human-approval", "roles": ["director"]},
        ]
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(
    contracts,
    st.sampled_from([None, "river", "other"]),
    st.sampled_from([[], ["c1"]]),
    st.sampled_from(["disclosed", "undisclosed"]),
    st.sampled_from([Gate.GENERATE, Gate.MASTER, Gate.DELIVER]),
)
def test_whoever_loses_a_passport_is_permitted_nothing_more(
    listed: list[dict[str, Any]], title: str | None, talent: list[str], word: str, gate: Gate
) -> None:
    kept = ModelPassport.read(
        {
            "schema": "generique/model-passport/1",
            "id": "sora",
            "version": "*",
            "title": "Sora",
            "checked_by": "ann",
            "checked_on": "2026-01-01",
            "derived_for": title,
            "talent": talent,
        },
        where="m",
    )
    contract, made = contract_of(*listed), element(passport=passport(word))
    known = denied(contract, case_of(made, gate, models=(kept,)))
    assert known.keys() <= denied(contract, case_of(made, gate)).keys()
    silent = made.model_copy(update={"passport": None})
    assert known.keys() <= denied(contract, case_of(silent, gate)).keys()


@settings(deadline=None)
@given(contracts, st.sampled_from(ElementClass), st.sampled_from([None, *SourceType]))
def test_a_file_is_no_way_around_a_contract(
    listed: list[dict[str, Any]], element_class: ElementClass, source: SourceType | None
) -> None:
    """What is stated to be generated is denied as a file wherever it is denied as a take."""
    contract = contract_of(*listed)
    facts: dict[str, Any] = {"element_class": element_class, "source_type": source}
    made = element(**facts, passport=passport("none"))
    file = element(**facts, backend=None, model=None, passport=None, provider="unknown")
    if file.invented:
        taken = denied(contract, case_of(made, Gate.DELIVER))
        assert taken.keys() <= denied(contract, case_of(file, Gate.DELIVER)).keys()
