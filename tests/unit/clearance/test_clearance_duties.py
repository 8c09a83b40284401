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

from generique.clearance.case import Case, ElementFacts, ReadBack
from generique.clearance.choices import judge_choices
from generique.clearance.verdict import Gate, Status, Verdict
from generique.model.declaration import FivePrinciples, Triage, UseDeclaration
from generique.model.element import ElementClass, ElementKind
from generique.model.people import Matter, Role
from generique.model.values import digest_of

AUTHENTIC = ElementClass.AUTHENTIC
DIRECTOR = {"kind": "human-approval", "roles": ["director"]}
APPROVAL = {"kind": "human-approval", "roles": ["director", "producer"]}


def test_a_take_waits_for_every_role() -> None:
    one = film(element_of(**TAKE, decisions=(decision_of("mira"),)))
    found = refusals(judged([APPROVAL], one))
    assert [(o.reason, o.status, o.awaits) for o in found] == [
        ("Take 1-1.t1: approval by the producer is missing.", Status.OPEN, True)
    ]
    assert found[0].who == (Role.DIRECTOR, Role.PRODUCER)
    both = (decision_of("mira"), decision_of("mira", Role.PRODUCER))
    assert not reasons([APPROVAL], film(element_of(**TAKE, decisions=both)))
    two = {**APPROVAL, "two_person": True}
    assert reasons([two], film(element_of(**TAKE, decisions=both))) == [
        "Take 1-1.t1: 2 people have to approve it, 1 did."
    ]
    different = (decision_of("mira"), decision_of("noor", Role.PRODUCER))
    assert not reasons([two], film(element_of(**TAKE, decisions=different)))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ((), "approval by the director is missing."),
        ((decision_of("mira", essence=OTHER),), "is missing. Void: it was said of"),
        (
            (decision_of("demonstration", verdict="demonstration"),),
            "is missing. Void: a demonstration is nobody's word.",
        ),
        ((decision_of("mira"), decision_of("mira", verdict="revoked")), "is missing."),
        ((decision_of("noor", Role.EDITOR),), "Void: nobody waits for the editor here."),
    ],
)
def test_what_is_no_standing_approval(said: tuple[Any, ...], why: str) -> None:
    case = film(element_of(**TAKE, decisions=said))
    (found,) = refusals(judged([DIRECTOR], case))
    assert why in found.reason
    assert (found.status, found.awaits) == (Status.OPEN, True)
    assert not Verdict(gate=Gate.MASTER, outcomes=(found,)).refusals(demonstration=True)


@pytest.mark.parametrize(
    "said",
    [
        (decision_of("mira"), decision_of("mira", verdict="rejected")),
        (decision_of("mira"), decision_of("noor", Role.EDITOR, verdict="rejected")),
        (decision_of("mira"), decision_of("noor", verdict="rejected")),
    ],
)
def test_a_rejection_denies_and_a_demonstration_does_not_lift_it(said: tuple[Any, ...]) -> None:
    case = film(element_of(**TAKE, decisions=said))
    (found,) = refusals(judged([DIRECTOR], case))
    assert "rejected it" in found.reason
    assert (found.status, found.awaits) == (Status.FAILED, False)
    assert Verdict(gate=Gate.MASTER, outcomes=(found,)).refusals(demonstration=True) == (found,)


def test_people_beyond_the_named_roles_do_not_make_two() -> None:
    two = {**DIRECTOR, "two_person": True}
    said = (decision_of("mira"), decision_of("noor", Role.EDITOR))
    assert reasons([two], film(element_of(**TAKE, decisions=said)))
    pair = (decision_of("mira"), decision_of("lea"))
    assert not reasons([two], film(element_of(**TAKE, decisions=pair)))


def test_talent_approves_their_own_likeness_and_nobody_elses() -> None:
    people = [
        {"id": "anna", "name": "Anna Lind", "roles": ["talent"]},
        {"id": "bob", "name": "Bob", "roles": ["talent"]},
    ]
    clauses: list[dict[str, Any]] = [
        {"kind": "talent-consent"},
        {"kind": "human-approval", "roles": ["talent"]},
    ]

    def said_by(person: str) -> list[str | None]:
        shown = element_of(
            **TAKE, person="anna  LIND", decisions=(decision_of(person, Role.TALENT),)
        )
        case = film(shown, production=production_of(people=people))
        return [one.reason for one in refusals(judged(clauses, case)) if one.clause == "3"]

    assert said_by("anna") == []
    (refused,) = said_by("bob")
    assert "Void: it is not the likeness of bob." in str(refused)


def test_an_approval_of_other_kinds_is_not_asked_and_none_before_a_take() -> None:
    clause = {"kind": "human-approval", "roles": ["director"], "kinds": ["music"]}
    assert not reasons([clause], film(element_of(**TAKE)))
    shots = {**clause, "kinds": ["shot"]}
    (found,) = refusals(judged([shots], film()))
    assert found.reason == "There is no take yet that could be approved."
    assert not found.awaits
    assert not reasons([shots], case_of())


def matter(
    name: str, *said: Any, gate: Gate = Gate.MASTER, elements: Any = (), **more: Any
) -> Case:
    return film(*elements, gate=gate, subjects={name: ESSENCE}, approvals=said, **more)


def test_the_cut_is_approved() -> None:
    clause = {"kind": "human-approval", "matter": "cut", "roles": ["director"]}
    said = decision_of("mira", matter=Matter.CUT, take="cut")
    assert not reasons([clause], matter("cut/cut", said))
    assert reasons([clause], matter("cut/cut")) == ["Cut cut: approval by the director is missing."]
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
    assert found[0].reason == (
        "A real person is heard or seen in 1-1 whose casting was never put to anybody."
    )
    assert not found[0].awaits


MIRA = production_of(
    voices=[{"character": "NARRATOR", "language": "en", "voice": "v", "person": "MIRA"}]
)
CAST = decision_of("noor", matter=Matter.CASTING, take="NARRATOR-en")


@pytest.mark.parametrize(
    ("element", "waits"),
    [
        (element_of(**TAKE, kind=ElementKind.VOICE, language="en", person="Mira"), False),
        (element_of(**TAKE, kind=ElementKind.VOICE, language="fr", person="Mira"), True),
        (element_of(**TAKE, kind=ElementKind.VOICE, language="en", person="Jane"), True),
        (element_of(**TAKE, person="Mira"), True),
        (element_of(**TAKE, person="Mira", decisions=(decision_of("noor"),)), False),
        (element_of(**TAKE, person="Mira", decisions=(decision_of("lea", Role.EDITOR),)), True),
        (element_of(**TAKE, person="Mira", backend=None, element_class=AUTHENTIC), False),
    ],
)
def test_one_part_that_is_cast_covers_nobody_else(element: ElementFacts, *, waits: bool) -> None:
    """Whom no part names is cast with the take that shows them."""
    case = matter("casting/NARRATOR-en", CAST, elements=(element,), production=MIRA)
    clause = {"kind": "human-approval", "matter": "casting", "roles": ["director"]}
    told = [one for one in refusals(judged([clause], case)) if one.clause == "2"]
    assert bool(told) is waits
    assert [one.element for one in told] == [None] * waits
    ground = [one for one in judge_choices(case) if one.rule == "GEN-05" and one.refuses]
    assert bool(ground) is waits
    assert all(one.awaits for one in (*told, *ground))
    assert all("ake 1-1.t1: approval by the" in one.reason for one in (*told, *ground))


def test_a_person_without_a_take_was_never_cast() -> None:
    case = matter("casting/NARRATOR-en", CAST, elements=(element_of(person="Mira"),))
    (outcome,) = (one for one in judge_choices(case) if one.rule == "GEN-05")
    assert outcome.reason == (
        "A real person is heard or seen in 1-1 whose casting was never put to anybody."
    )
    assert (outcome.status, outcome.awaits, bool(outcome.lift)) == (Status.OPEN, False, True)


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
    assert authorised(by("mira", Role.DIRECTOR), by("mira", Role.PRODUCER), by("noor", Role.EDITOR))
    rejected = decision_of("lea", Role.PRODUCER, verdict="rejected", matter=Matter.USE, take="u1")
    assert authorised(by("mira", Role.DIRECTOR), by("noor", Role.PRODUCER), rejected)
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
    authentic = element_of(backend=None, element_class=AUTHENTIC)
    assert not delivered(back(labels_found=0), elements=(authentic,))
    ingested = element_of(backend=None, passport=None)
    assert delivered(back(labels_found=0), elements=(ingested,))


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
