"""Duties of a contract: approvals, labels, credits, term and territory."""

from __future__ import annotations

from typing import Any

import pytest
from clearance_cases import (
    ESSENCE,
    OTHER,
    TAKE,
    case_of,
    decision_of,
    element_of,
    film,
    judged,
    production_of,
    reasons,
    refusals,
)

from generique.clearance.case import Case, ReadBack
from generique.clearance.verdict import Gate, Status
from generique.model.declaration import FivePrinciples, Triage, UseDeclaration
from generique.model.people import Matter, Role
from generique.model.values import digest_of

APPROVAL = {"kind": "human-approval", "roles": ["director", "producer"]}


def test_a_take_waits_for_every_role() -> None:
    wanted = "Those who have approved this take: director."
    one = film(element_of(**TAKE, decisions=(decision_of("mira"),)))
    found = refusals(judged([APPROVAL], one))
    assert [(o.reason, o.status, o.awaits) for o in found] == [(wanted, Status.OPEN, True)]
    assert found[0].who == (Role.DIRECTOR, Role.PRODUCER)
    both = (decision_of("mira"), decision_of("mira", Role.PRODUCER))
    assert not reasons([APPROVAL], film(element_of(**TAKE, decisions=both)))
    two = {**APPROVAL, "two_person": True}
    assert reasons([two], film(element_of(**TAKE, decisions=both))) == [
        "The number of people who have approved this take is 1."
    ]
    different = (decision_of("mira"), decision_of("noor", Role.PRODUCER))
    assert not reasons([two], film(element_of(**TAKE, decisions=different)))


@pytest.mark.parametrize(
    "said",
    [
        (decision_of("mira", essence=OTHER),),
        (decision_of("mira"), decision_of("mira", verdict="rejected")),
        (decision_of("mira"), decision_of("mira", verdict="revoked")),
        (decision_of("demonstration", verdict="demonstration"),),
        (),
    ],
)
def test_what_is_no_standing_approval(said: tuple[Any, ...]) -> None:
    clause = {"kind": "human-approval", "roles": ["director"]}
    assert reasons([clause], film(element_of(**TAKE, decisions=said))) == [
        "Those who have approved this take: none."
    ]


def test_what_another_rejects_is_still_approved_by_who_approved() -> None:
    said = (decision_of("mira"), decision_of("noor", Role.EDITOR, verdict="rejected"))
    clause = {"kind": "human-approval", "roles": ["director"]}
    assert not reasons([clause], film(element_of(**TAKE, decisions=said)))


def test_an_approval_of_other_kinds_is_not_asked_and_none_before_a_take() -> None:
    clause = {"kind": "human-approval", "roles": ["director"], "kinds": ["music"]}
    assert not reasons([clause], film(element_of(**TAKE)))
    shots = {**clause, "kinds": ["shot"]}
    assert "there is no take yet" in reasons([shots], film())[0]
    assert not reasons([shots], case_of())


def matter(name: str, *said: Any, gate: Gate = Gate.MASTER, **more: Any) -> Case:
    return film(gate=gate, subjects={name: ESSENCE}, approvals=said, **more)


def test_the_cut_is_approved() -> None:
    clause = {"kind": "human-approval", "matter": "cut", "roles": ["director"]}
    said = decision_of("mira", matter=Matter.CUT, take="cut")
    assert not reasons([clause], matter("cut/cut", said))
    assert reasons([clause], matter("cut/cut")) == ["Those who have approved this cut: none."]
    other = decision_of("mira", matter=Matter.MASTER, take="cut")
    assert reasons([clause], matter("cut/cut", other))
    assert "There is no cut cut yet" in reasons([clause], film())[0]
    two = {**clause, "two_person": True}
    assert reasons([two], matter("cut/cut", said))


def test_the_master_is_approved_in_every_language() -> None:
    clause = {
        "kind": "human-approval", "matter": "master", "roles": ["producer"], "two_person": True
    }  # fmt: skip
    subjects = {"master/en": ESSENCE, "master/fr": OTHER}
    production = production_of(languages=["en", "fr"])

    def said(person: str, language: str) -> Any:
        essence = subjects[f"master/{language}"]
        role = Role.PRODUCER
        return decision_of(person, role, matter=Matter.MASTER, take=language, essence=essence)

    def clause_reasons(*approvals: Any) -> list[str]:
        case = film(
            gate=Gate.DELIVER, production=production, subjects=subjects, approvals=approvals
        )
        return [one.reason for one in refusals(judged([clause], case)) if one.clause == "2"]

    assert clause_reasons(said("a", "en"), said("b", "en"))
    assert clause_reasons(said("a", "en"), said("a", "fr"), said("b", "fr"))
    assert not clause_reasons(said("a", "en"), said("b", "en"), said("a", "fr"), said("b", "fr"))


def test_castings_are_approved_where_there_are_any() -> None:
    clause = {"kind": "human-approval", "matter": "casting", "roles": ["director"]}
    two = {**clause, "two_person": True}
    assert not reasons([clause, two], film())
    said = decision_of("mira", matter=Matter.CASTING, take="NARRATOR-en")
    assert not reasons([clause], matter("casting/NARRATOR-en", said))
    assert reasons([two], matter("casting/NARRATOR-en", said))
    assert reasons([clause], matter("casting/NARRATOR-en"))
    nobody = film(element_of(person="Mira"))
    found = [one for one in refusals(judged([clause], nobody)) if one.clause == "2"]
    assert "whose casting was never put to anybody" in found[0].reason


def use(**more: Any) -> UseDeclaration:
    return UseDeclaration.read(
        {
            "id": "u1",
            "kinds": ["shot"],
            "backends": ["world"],
            "purpose": "night aerials",
            "inputs": ["own"],
            "principles": FivePrinciples().to_json(),
            "triage": Triage.BACKGROUND.value,
            "by": "anne",
            "on": "2026-01-01",
            **more,
        },
        where="u",
    )


def test_both_sides_authorise_a_declared_use_first() -> None:
    clause = {"kind": "mutual-authorisation"}
    assert reasons([clause], case_of()) == ["No declared use covers it."]
    subjects = {"use/u1": ESSENCE}

    def authorised(*said: Any) -> list[str]:
        case = case_of(
            element_of(1),
            element_of(2),
            declarations=(use(),),
            subjects=subjects,
            approvals=said,
        )
        return reasons([clause], case)

    def by(person: str, role: Role) -> Any:
        return decision_of(person, role, matter=Matter.USE, take="u1")

    assert len(authorised()) == 2
    assert authorised(by("mira", Role.DIRECTOR))
    assert authorised(by("mira", Role.DIRECTOR), by("mira", Role.PRODUCER))
    assert not authorised(by("mira", Role.DIRECTOR), by("noor", Role.PRODUCER))


def back(**more: Any) -> ReadBack:
    return ReadBack(language="en", file=digest_of(b"f"), **{"labels_found": 2, **more})


def test_labels_are_found_on_the_encoded_file_before_delivery() -> None:
    clause = {"kind": "label-required"}
    assert not reasons([clause], film(gate=Gate.MASTER))

    def delivered(*read: ReadBack, elements: Any = ()) -> list[str]:
        case = film(*elements, gate=Gate.DELIVER, readback=read)
        return [one.reason for one in refusals(judged([clause], case)) if one.clause == "2"]

    assert not delivered(back())
    assert "No encoded master was read back in en" in delivered()[0]
    assert delivered(back(labels_missing=("AI",)))
    assert delivered(back(labels_found=0))
    authentic = element_of(backend=None)
    assert not delivered(back(labels_found=0), elements=(authentic,))


def test_a_credit_stands_word_for_word() -> None:
    clause = {"kind": "credit-wording", "wording": {"en": "Made with generators"}}
    assert reasons([clause], film()) == ["The lines of credit: none."]
    other = production_of(credits=["Made with care"])
    assert reasons([clause], film(production=other)) == ["The lines of credit: Made with care."]
    good = production_of(credits=["Made with generators"])
    assert not reasons([clause], film(production=good))

    def delivered(*read: ReadBack) -> list[str]:
        case = film(gate=Gate.DELIVER, production=good, readback=read)
        return [one.reason for one in refusals(judged([clause], case)) if one.clause == "2"]

    assert not delivered(back())
    assert delivered(back(credits_missing=("1-1",)))
    assert "No encoded master was read back in en" in delivered()[0]


@pytest.mark.parametrize(
    ("starts", "ends", "allowed"),
    [
        ("2026-11-28", "2026-11-28", True),
        ("2026-11-29", None, False),
        ("2026-01-01", "2026-11-27", False),
        ("2026-01-01", None, True),
    ],
)
def test_the_term(starts: str, ends: str | None, *, allowed: bool) -> None:
    clause: dict[str, Any] = {"kind": "territory-and-term", "territories": ["*"], "starts": starts}
    if ends:
        clause["ends"] = ends
    assert bool(reasons([clause], case_of())) is not allowed


@pytest.mark.parametrize(
    ("places", "allowed"), [(["FR"], True), (["FR", "DE"], False), (["*"], False), ([], False)]
)
def test_delivery_outside_of_the_territories(places: list[str], *, allowed: bool) -> None:
    clause = {"kind": "territory-and-term", "territories": ["FR"], "starts": "2026-01-01"}
    case = film(gate=Gate.DELIVER, production=production_of(territories=places))
    found = [one for one in refusals(judged([clause], case)) if one.clause == "2"]
    assert bool(found) is not allowed


def test_what_is_owed_later_holds_up_no_gate_and_says_so() -> None:
    clauses: list[dict[str, Any]] = [
        {"kind": "audit-and-retention", "years": 10, "by": "author"},
        {"kind": "indemnity", "by": "studio", "reference": "article 9"},
    ]
    told = {one.clause: one for one in judged(clauses, film()) if one.clause in {"2", "3"}}
    assert told["2"].reason == (
        "It binds the parties to keep the records and to show the records on request; no gate "
        "waits for it."
    )
    assert {one.status for one in told.values()} == {Status.NOT_APPLICABLE}
