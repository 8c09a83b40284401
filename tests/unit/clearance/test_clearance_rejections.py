"""What a person rejected is refused, whatever else was said, and no demonstration lifts it."""

from __future__ import annotations

from typing import Any

import pytest
from clearance_cases import TAKE, case_of, decision_of, element_of, judged, refusals
from clearance_cases import film as river
from clearance_pack_cases import (
    authorisation,
    decision,
    film,
    judgement,
    outcomes,
    production,
    shot,
    use,
    voice,
)

from generique.clearance.case import Case, Signed
from generique.clearance.packs.findings import Said
from generique.clearance.packs.reading import Reading
from generique.clearance.policy import Operand
from generique.clearance.verdict import Gate, Status, Verdict
from generique.model.declaration import InputClass, Triage
from generique.model.judgement import Question
from generique.model.people import Matter, Role
from generique.model.values import digest_of

FICTION, NEWS = production(genre="fiction"), production(genre="news")
BOTH = (authorisation(Role.DIRECTOR, "mira"), authorisation(Role.PRODUCER, "paul"))
COMMISSIONER = (*BOTH, authorisation(Role.COMMISSIONER, "nora"))
PROMINENT = (judgement(Question.IMPORTANCE, "prominent"),)
KEY = use(triage=Triage.KEY_VISUAL)
SECRET = use(inputs=(InputClass.PROPRIETARY,))
ANNA: dict[str, Any] = {
    "production": production(people=[{"id": "anna", "name": "Anna", "roles": ["talent"]}])
}
HINT = {"likeness": "structural hint"}

OF_USES: list[tuple[str, tuple[Signed, ...], dict[str, Any]]] = [
    ("FRA-01", BOTH, {"production": FICTION, "gate": Gate.GENERATE}),
    ("FRA-02", BOTH, {"gate": Gate.GENERATE}),
    ("NFX-05", BOTH, {"elements": (voice(),)}),
    ("NFX-06", BOTH, {"declarations": (SECRET,)}),
    ("NFX-08", COMMISSIONER, {"declarations": (KEY,)}),
    ("NFX-16", COMMISSIONER, {"declarations": (KEY,)}),
    ("BRD-01", COMMISSIONER, {}),
    (
        "NFX-13",
        (*BOTH, authorisation(Role.COUNSEL, "lee")),
        {"judgements": PROMINENT},
    ),
]


def told(rule: str, *elements: Any, **more: Any) -> tuple[Any, ...]:
    return tuple(one for one in outcomes(rule, film(*elements, **more)) if one.status is not PASSED)


PASSED = Status.PASSED


@pytest.mark.parametrize(("rule", "words", "facts"), OF_USES)
@pytest.mark.parametrize("role", [Role.PRODUCER, Role.COUNSEL, Role.COMMISSIONER])
def test_a_rejected_use_is_not_authorised_by_anothers_approval(
    rule: str, words: tuple[Signed, ...], facts: dict[str, Any], role: Role
) -> None:
    more = {**facts}
    elements = more.pop("elements", ())
    assert not told(rule, *elements, approvals=words, **more)
    no = decision_of(
        "quin", role, verdict="rejected", essence=words[0].decision.essence,
        matter=Matter.USE, take="aerials",
    )  # fmt: skip
    found = told(rule, *elements, approvals=(*words, no), **more)
    assert found
    assert {one.status for one in found} == {Status.FAILED}
    assert not any(one.awaits for one in found)
    asked = Verdict(gate=Gate.GENERATE, outcomes=found)
    assert len(asked.refusals(demonstration=True)) == sum(one.refuses for one in found)


OF_TAKES: list[tuple[str, tuple[Signed, ...], dict[str, Any], dict[str, Any]]] = [
    ("FRA-06", (decision(Role.EDITOR, "ed"),), {}, {"production": NEWS, "gate": Gate.MASTER}),
    ("NFX-02", (decision(),), HINT, {}),
    ("NFX-13", (decision(Role.COUNSEL, "lee"),), {}, {"judgements": PROMINENT}),
    ("NFX-15", (decision(Role.TALENT, "anna"),), {"person": "Anna"}, ANNA),
]


@pytest.mark.parametrize(("rule", "words", "element", "facts"), OF_TAKES)
def test_a_rejected_take_is_not_approved_by_anothers_approval(
    rule: str, words: tuple[Signed, ...], element: dict[str, Any], facts: dict[str, Any]
) -> None:
    assert not told(rule, shot(**element, decisions=words), **facts)
    no = decision(Role.PRODUCER, "quin", verdict="rejected")
    (found,) = told(rule, shot(**element, decisions=(*words, no)), **facts)
    assert (found.status, found.awaits) == (Status.FAILED, False)
    assert "A person rejected it." in found.reason
    (waits,) = told(rule, shot(**element, decisions=()), **facts)
    assert (waits.status, waits.awaits) == (Status.OPEN, True)


def test_another_talent_does_not_see_it_for_the_performer() -> None:
    seen = shot(person="Anna", decisions=(decision(Role.TALENT, "bob"),))
    (found,) = told("NFX-15", seen, **ANNA)
    assert "performer has not approved" in found.reason
    assert told("NFX-15", shot(person="Anna", essence=None), **ANNA)


def test_a_credential_says_validated_only_of_what_stands_approved() -> None:
    no = decision(Role.EDITOR, "ed", verdict="rejected")
    assert not told("CPA-06")
    (found,) = told("CPA-06", shot(decisions=(decision(), no)))
    assert "that a person validated 1-1" in found.reason
    master = {"master/en": authorisation(Role.DIRECTOR, "mira").decision.essence}
    reading = Reading(film(subjects=master))
    assert reading.said_of(Matter.MASTER, "en") is Said.NOTHING


def test_a_gap_in_the_path_is_signed_for_only_while_nobody_objects() -> None:
    gap = {"models": ()}
    (warned,) = told("AUD-02", approvals=BOTH, **gap)
    assert "paul approved the declared use aerials as it is" in warned.reason
    no = authorisation(Role.PRODUCER, "quin").model_copy(
        update={
            "decision": BOTH[1].decision.model_copy(
                update={"verdict": "rejected", "person": "quin"}
            )
        }
    )
    (refused,) = told("AUD-02", approvals=(*BOTH, no), **gap)
    assert refused.refuses
    assert "approved" not in refused.reason


def condition(operand: Operand, operator: str, value: Any) -> dict[str, Any]:
    when = [{"operand": operand.value, "operator": operator, "value": value}]
    return {"kind": "permitted-uses", "acts": ["include"], "when": when}


@pytest.mark.parametrize(
    ("roles", "people", "matter", "name"),
    [
        (Operand.TAKE_APPROVED_BY, Operand.TAKE_APPROVERS, Matter.TAKE, "1-1.t1"),
        (Operand.CUT_APPROVED_BY, Operand.CUT_APPROVERS, Matter.CUT, "cut"),
        (Operand.MASTER_APPROVED_BY, Operand.MASTER_APPROVERS, Matter.MASTER, "en"),
        (Operand.CASTING_APPROVED_BY, Operand.CASTING_APPROVERS, Matter.CASTING, "A-en"),
    ],
)
def test_conditions_on_approvals_read_the_same_law(
    roles: Operand, people: Operand, matter: Matter, name: str
) -> None:
    both = tuple(
        decision_of(person, role, matter=matter, take=name)
        for person, role in (("mira", Role.DIRECTOR), ("paul", Role.PRODUCER))
    )
    no = decision_of("quin", Role.EDITOR, verdict="rejected", matter=matter, take=name)

    def permitted(words: tuple[Signed, ...], operand: Operand, operator: str, value: Any) -> bool:
        case = heard(words, matter, name)
        clause = condition(operand, operator, value)
        found = [one for one in refusals(judged([clause], case, permit=False)) if not one.clause]
        return not any("including generated elements" in one.reason for one in found)

    assert permitted(both, roles, "isAllOf", ["director", "producer"])
    assert permitted(both, people, "gteq", 2.0)
    assert not permitted(both[:1], people, "gteq", 2.0)
    assert not permitted((*both, no), roles, "isAnyOf", ["director", "producer"])
    assert not permitted((*both, no), people, "gteq", 1.0)
    assert permitted((*both, no), people, "eq", 0.0)


def heard(words: tuple[Signed, ...], matter: Matter, name: str) -> Case:
    essence = decision_of("x").decision.essence
    taken = matter is Matter.TAKE
    return river(
        element_of(take="1-1.t1", essence=essence, decisions=words if taken else ()),
        subjects={} if taken else {f"{matter.value}/{name}": essence},
        approvals=() if taken else words,
    )


def test_a_use_that_nobody_declared_is_approved_by_nobody() -> None:
    clause = condition(Operand.USE_APPROVED_BY, "isAnyOf", ["director"])
    found = refusals(judged([clause], river(element_of()), permit=False))
    assert found[-1].status is Status.OPEN
    cut = {"kind": "human-approval", "matter": "cut", "roles": ["director"]}
    producer = {**cut, "roles": ["producer"]}
    case = river(subjects={"cut/cut": decision_of("x").decision.essence})
    told = [one.clause for one in refusals(judged([cut, producer], case))]
    assert told == ["2", "3"]
    assert not refusals(judged([], case_of()))


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 0, 3, 2), (2, 3, 0, 1)])
def test_each_take_stands_on_the_words_on_it_alone(order: tuple[int, ...]) -> None:
    said = {
        1: (decision_of("mira"),),
        2: (),
        3: (decision_of("mira"), decision_of("mira", verdict="rejected")),
        4: (decision_of("mira"), decision_of("quin", Role.PRODUCER)),
    }
    elements = [
        element_of(number, **{**TAKE, "take": f"1-{number}.t1"}, decisions=words)
        for number, words in said.items()
    ]
    case = case_of(*(elements[place] for place in order), gate=Gate.MASTER, film_seconds=100.0)
    clauses = [
        {"kind": "human-approval", "roles": ["director"]},
        {"kind": "human-approval", "roles": ["producer"]},
    ]
    found = refusals(judged(clauses, case))
    refused = {
        clause: {one.element for one in found if one.clause == clause} for clause in ("2", "3")
    }
    assert refused == {"2": {"1-2", "1-3"}, "3": {"1-1", "1-2", "1-3"}}
    assert {one.element for one in found if one.clause == "2" and one.awaits} == {"1-2"}


def casting(person: str, verdict: str = "approved") -> Signed:
    return decision_of(
        person,
        Role.TALENT,
        verdict=verdict,
        matter=Matter.CASTING,
        take="NARRATOR-en",
        essence=digest_of(b"casting"),
    )


@pytest.mark.parametrize(
    ("person", "likeness", "passes"),
    [("anna", "anna", True), ("bob", "anna", False), ("anna", None, False)],
)
def test_talent_is_cast_by_the_word_of_whose_voice_it_is(
    person: str, likeness: str | None, *, passes: bool
) -> None:
    part = "casting/NARRATOR-en"
    case = case_of(
        gate=Gate.MASTER,
        film_seconds=100.0,
        approvals=(casting(person),),
        subjects={part: digest_of(b"casting")},
        likenesses={} if likeness is None else {part: likeness},
    )
    clause = {"kind": "human-approval", "matter": "casting", "roles": ["talent"]}
    found = [one for one in refusals(judged([clause], case)) if one.clause == "2"]
    assert (not found) is passes
    assert all(one.awaits for one in found)


def test_parts_that_are_alike_in_words_are_not_alike_in_whose_voice_they_are() -> None:
    digest = digest_of(b"casting")
    parts = {"casting/A-en": "anna", "casting/B-en": "bob"}
    said = tuple(
        Signed(decision=casting("anna").decision.model_copy(update={"take": name}), entry=entry)
        for entry, name in enumerate(("A-en", "B-en"), 1)
    )
    case = case_of(
        gate=Gate.MASTER,
        film_seconds=100.0,
        approvals=said,
        subjects=dict.fromkeys(parts, digest),
        likenesses=parts,
    )
    clause = {"kind": "human-approval", "matter": "casting", "roles": ["talent"]}
    (found,) = [one for one in refusals(judged([clause], case)) if one.clause == "2"]
    assert "asting B-en" in found.reason
    assert "asting A-en" not in found.reason


@pytest.mark.parametrize(("gate", "lifted"), [(Gate.MASTER, {"3"}), (Gate.DELIVER, set())])
def test_a_demonstration_lifts_no_prohibition_and_nothing_at_delivery(
    gate: Gate, lifted: set[str]
) -> None:
    clauses: list[dict[str, Any]] = [
        {"kind": "synthetic-share", "percent": 0.0},
        {"kind": "human-approval", "roles": ["director"]},
    ]
    case = case_of(element_of(1, **TAKE), gate=gate, film_seconds=100.0)
    verdict = Verdict(gate=case.gate, outcomes=judged(clauses, case))
    asked = {one.clause for one in verdict.refusals()}
    kept = {one.clause for one in verdict.refusals(demonstration=True)}
    assert asked >= {"2", "3"}
    assert asked - kept == lifted
