from __future__ import annotations

from typing import Any

import pytest
from clearance_cases import (
    ESSENCE,
    KEPT,
    TAKE,
    UNTRAINED,
    case_of,
    contract_of,
    element_of,
    film,
    judged,
    production_of,
    reasons,
    refusals,
)

from generique.clearance.case import Case, Judged
from generique.clearance.clauses import Binding, Bond
from generique.clearance.evaluate import CONTRACT, judge_contract
from generique.clearance.operands import NONE, Facts
from generique.clearance.policy import Operand, Unknown
from generique.clearance.ruling import bits_of, mask_of
from generique.clearance.verdict import Effect, Gate, Status
from generique.model.consent import Consent
from generique.model.element import ElementClass, ElementKind
from generique.model.judgement import HumanJudgement, Question
from generique.model.kept_passports import ModelPassport, ToolPassport
from generique.model.passport import Training
from generique.model.people import Role


def test_what_no_clause_permits_is_refused() -> None:
    found = refusals(judged([{"kind": "label-required"}], case_of(), permit=False))
    assert [(one.rule, one.clause, one.element) for one in found] == [("CLAUSE", None, "1-1")]
    assert found[0].reason == ("No clause of the contract permits generating elements.")
    assert found[0].who == (Role.PRODUCER, Role.COUNSEL)


def test_what_a_clause_permits_is_allowed_and_says_on_which_it_rests() -> None:
    outcomes = judged([], case_of())
    assert not refusals(outcomes)
    permitted = [one for one in outcomes if one.rule == "CLAUSE" and one.clause is None]
    assert [one.status for one in permitted] == [Status.PASSED]
    assert [evidence.what for evidence in permitted[0].evidence] == ["clause 1"]


def test_a_camera_needs_no_permission() -> None:
    authentic = element_of(backend=None, element_class=ElementClass.AUTHENTIC)
    for gate in Gate:
        outcomes = judged([], film(authentic, gate=gate), permit=True)
        assert [one.rule for one in refusals(outcomes)] == (
            [CONTRACT] if gate is Gate.DELIVER else []
        )
        by_default = next(one for one in outcomes if one.rule == "CLAUSE" and not one.clause)
        assert by_default.status is Status.NOT_APPLICABLE


def test_a_kind_that_is_not_among_those_permitted_is_refused() -> None:
    clause = {"kind": "permitted-uses", "kinds": ["music"]}
    found = refusals(judged([clause], case_of(), permit=False))
    assert [one.status for one in found] == [Status.FAILED]


def test_a_permission_that_rests_on_what_is_not_known_does_not_permit() -> None:
    when = [{"operand": "model", "operator": "isAnyOf", "value": ["world"]}]
    clause = {"kind": "permitted-uses", "when": when}
    found = refusals(judged([clause], case_of(element_of(model=None)), permit=False))
    assert [one.status for one in found] == [Status.OPEN]
    assert found[0].lift == "record the fact that is missing"
    assert found[0].reason == (
        "A permission might cover generating elements, but a fact that it rests on is not known."
    )


def test_prohibition_wins_over_permission() -> None:
    forbidden = {"kind": "forbidden-uses", "kinds": ["shot"], "classes": ["synthetic"]}
    found = refusals(judged([forbidden], case_of()))
    assert [one.clause for one in found] == ["2"]
    assert found[0].reason == (
        "The kind of element is “shot”; the class of the element is “synthetic”."
    )
    other = element_of(element_class=ElementClass.RECONSTRUCTION)
    assert not reasons([forbidden], case_of(other))


def test_a_prohibition_without_conditions_says_what_it_forbids() -> None:
    found = reasons([{"kind": "forbidden-uses", "acts": ["generate"]}], case_of())
    assert found == ["The clause forbids generating elements."]


def test_a_barred_model_is_refused_with_clause_source_and_fact() -> None:
    barred = {"kind": "models-barred", "names": ["SORA-2"]}
    found = refusals(judged([barred], case_of(element_of(model="Sora-2"))))
    assert [(one.clause, one.status) for one in found] == [("2", Status.FAILED)]
    assert found[0].reason == "The model is “sora-2”."
    assert found[0].source == "Contract of 1 March 2026 between Studio A and B. Author, clause 2"
    assert found[0].lift
    assert not reasons([barred], case_of(element_of(model="sora-3")))


def test_an_unknown_model_counts_as_barred_and_as_not_allowed() -> None:
    unknown = case_of(element_of(model=None))
    for kind in ("models-barred", "models-allowed"):
        found = refusals(judged([{"kind": kind, "names": ["a"]}], unknown))
        assert [(one.status, one.reason) for one in found] == [
            (Status.OPEN, "Its model is not known.")
        ]


def test_only_models_that_are_allowed() -> None:
    allowed = {"kind": "models-allowed", "names": ["world"]}
    assert not reasons([allowed], case_of())
    assert reasons([allowed], case_of(element_of(model="other"))) == ["The model is “other”."]


def test_material_goes_to_providers_that_a_clause_names_and_to_no_others() -> None:
    sent = element_of(provider="Cloud")
    found = refusals(judged([], case_of(sent)))
    assert len(found) == 1
    assert found[0].reason.endswith("that takes a clause of the kind providers-allowed.")
    allowed = {"kind": "providers-allowed", "names": ["CLOUD"]}
    assert not reasons([allowed], case_of(sent))
    assert reasons([allowed], case_of(element_of(provider="Sky")))[1] == ("The provider is “sky”.")
    unknown = case_of(element_of(provider="unknown"))
    assert "Its provider is not known" in reasons([allowed], unknown)[1]


def test_a_barred_provider() -> None:
    clauses = [
        {"kind": "providers-allowed", "names": ["cloud", "sky"]},
        {"kind": "providers-barred", "names": ["Sky"]},
    ]
    assert reasons(clauses, case_of(element_of(provider="sky"))) == ["The provider is “sky”."]
    assert not reasons(clauses, case_of(element_of(provider="cloud")))


@pytest.mark.parametrize(
    ("trains", "allowed", "words"),
    [
        ("no", True, ""),
        ("yes", False, "Whether the tool trains on what it is given is “yes”"),
        ("undisclosed", False, "Its passport says undisclosed of training on inputs"),
        (None, False, "No passport of the tool world is kept"),
    ],
)
def test_tools_that_may_train_get_nothing(trains: str | None, words: str, *, allowed: bool) -> None:
    clauses: list[dict[str, Any]] = [
        {"kind": "providers-allowed", "names": ["cloud"]},
        {"kind": "no-training"},
    ]
    document = {"schema": "generique/tool-passport/1", "id": "world", **KEPT}
    kept = ToolPassport.read({**document, "trains_on_inputs": trains or "no"}, where="t")
    tools = (kept,) if trains else ()
    found = reasons(clauses, case_of(element_of(provider="cloud"), tools=tools))
    assert found == ([] if allowed else [f"{words}."])
    assert not reasons(clauses, case_of())  # what stays here trains nobody's model


@pytest.mark.parametrize(
    ("dubbing", "language", "allowed"),
    [(False, "fr", False), (True, "fr", True), (False, "en", True), (False, None, True)],
)
def test_language_versions(language: str | None, *, dubbing: bool, allowed: bool) -> None:
    voice = element_of(kind=ElementKind.VOICE, language=language)
    outcomes = judged(
        [{"kind": "general-permission", "dubbing": dubbing}], case_of(voice), permit=False
    )
    assert bool(refusals(outcomes)) is not allowed


def consent(**more: Any) -> Consent:
    return Consent.read(
        {
            "id": "c1",
            "person": "Mira",
            "of": "voice",
            "actions": ["cloneVoice"],
            "titles": ["river"],
            "territories": ["*"],
            "media": ["*"],
            "starts": "2026-01-01",
            "description": "narration",
            "minor": "no",
            **more,
        },
        where="c",
    )


def test_a_real_voice_needs_a_clause_and_a_consent() -> None:
    voice = element_of(kind=ElementKind.VOICE, person="Mira")
    assert "of the kind talent-consent" in reasons([], case_of(voice, consents=(consent(),)))[0]
    talent = {"kind": "talent-consent"}
    assert not reasons([talent], case_of(voice, consents=(consent(),)))
    none = reasons([talent], case_of(voice))
    assert none[1] == "What the person has consented to: none."
    for lacking in (
        consent(ends="2026-11-27"),
        consent(titles=["another"]),
        consent(territories=["DE"]),
        consent(revoked_on="2026-11-01"),
        consent(person="Other"),
    ):
        assert reasons([talent], case_of(voice, consents=(lacking,)))
    likeness = element_of(person="Mira")
    assert reasons([talent], case_of(likeness, consents=(consent(),)))


def test_a_changed_meaning_needs_consent() -> None:
    said = HumanJudgement(
        question=Question.ALTERATION,
        answer="meaning",
        element="1-1",
        person="anne",
        role=Role.DIRECTOR,
        reason="heard",
        key="k",
    )
    talent = {"kind": "talent-consent"}
    case = case_of(judgements=(Judged(judgement=said, entry=3),))
    assert len(reasons([talent], case)) == 2
    assert reasons([], case)[0].endswith("that takes a clause of the kind talent-consent.")
    other = said.model_copy(update={"question": Question.DOUBT})
    assert not reasons([talent], case_of(judgements=(Judged(judgement=other, entry=3),)))
    calmed = said.model_copy(update={"answer": "customary"})
    both = (Judged(judgement=said, entry=3), Judged(judgement=calmed, entry=4))
    assert not reasons([talent], case_of(judgements=both))


@pytest.mark.parametrize(
    ("derived", "allowed"), [("river", True), ("another", False), (None, True)]
)
def test_derived_weights_serve_their_title(derived: str | None, *, allowed: bool) -> None:
    clause = {"kind": "weights-locked", "title": "river"}
    document = {"schema": "generique/model-passport/1", "id": "world", **KEPT}
    model = ModelPassport.read({**document, "derived_for": derived, "talent": ["c1"]}, where="m")
    assert bool(reasons([clause], case_of(models=(model,)))) is not allowed
    alone = reasons([], case_of(models=(model,)))
    assert alone[0].endswith("that takes a clause of the kind weights-locked.")


def test_weights_of_which_nobody_knows_are_not_used() -> None:
    clause = {"kind": "weights-locked", "title": "river"}
    locked = "No passport of the model world is kept."
    unknown = case_of(element_of(passport=None))
    assert [one.reason for one in refusals(judged([clause], unknown)) if one.clause] == [locked]
    unnamed = case_of(element_of(model=None, passport=None))
    assert [one.reason for one in refusals(judged([clause], unnamed)) if one.clause] == [
        "No passport of the model that was used is kept."
    ]


@pytest.mark.parametrize("word", [None, "disclosed", "undisclosed"])
def test_weights_that_nobody_looked_at_need_a_clause_like_derived_ones(word: str | None) -> None:
    """Taking a passport away permits nothing that it forbade."""
    passport = UNTRAINED.model_copy(update={"training": Training.model_validate(
        {"statement": word or "none"}
    )})  # fmt: skip
    case = case_of(element_of(passport=passport if word else None))
    (found,) = refusals(judged([], case))
    assert found.reason.endswith(
        "Whether its model is such a one nobody has said: no passport of it is kept."
    )
    assert (found.status, found.lift) == (Status.OPEN, "record the fact that is missing")
    document = {"schema": "generique/model-passport/1", "id": "world", **KEPT}
    plain = ModelPassport.read(document, where="m")
    assert not reasons([], case_of(*case.elements, models=(plain,)))


def share(*spans: tuple[int, int], **more: Any) -> Case:
    elements = [
        element_of(number, start=start, end=end, **more)
        for number, (start, end) in enumerate(spans, start=1)
    ]
    return film(*elements)


def test_the_generated_share_counts_overlap_once() -> None:
    clause = {"kind": "synthetic-share", "percent": 10.0}
    assert not reasons([clause], share((0, 240)))
    assert not reasons([clause], share((0, 240), (100, 200), (0, 240)))
    assert reasons([clause], share((0, 240), (240, 241))) == [
        "The generated share of the picture, in percent is 10.04."
    ]


def test_a_share_that_cannot_be_measured_is_not_passed_over() -> None:
    clause = {"kind": "synthetic-share", "percent": 100.0}
    case = case_of(gate=Gate.MASTER)
    assert "There is no cut yet" in reasons([clause], case)[0]
    assert "The place of 1-1 in the film is not known" in reasons([clause], film())[0]


def test_the_share_of_sound_and_of_one_class() -> None:
    sound = {"kind": "synthetic-share", "percent": 1.0, "of": "sound"}
    assert not reasons([sound], share((0, 240)))
    assert reasons([sound], share((0, 240), kind=ElementKind.MUSIC))
    synthetic = {"kind": "synthetic-share", "percent": 1.0, "counts": "synthetic"}
    assert reasons([synthetic], share((0, 240)))
    staged = share((0, 240), element_class=ElementClass.RECONSTRUCTION)
    assert not reasons([synthetic], staged)
    both = {**synthetic, "of": "sound"}
    assert not reasons([both], share((0, 240)))


def test_a_clause_that_says_nothing_here_says_so() -> None:
    told = next(one for one in judged([{"kind": "label-required"}], case_of()) if one.clause == "2")
    assert (told.status, told.reason) == (
        Status.NOT_APPLICABLE, "It speaks of nothing that is asked for at this gate."
    )  # fmt: skip
    kept = next(one for one in judged([], case_of()) if one.clause == "1")
    assert (kept.status, kept.reason) == (
        Status.PASSED, "Nothing that is asked for goes against it."
    )  # fmt: skip


def test_a_certain_fault_is_told_before_an_open_one() -> None:
    cloud = {"kind": "providers-allowed", "names": ["cloud"]}
    document = {"schema": "generique/model-passport/1", "id": "m", **KEPT, "derived_for": "other"}
    model = ModelPassport.read(document, where="m")
    clause = {"kind": "weights-locked", "title": "river"}
    case = case_of(element_of(model="m", provider="cloud"), models=(model,))
    found = [one for one in refusals(judged([cloud, clause], case)) if one.clause == "3"]
    assert [one.status for one in found] == [Status.FAILED]


def test_a_contract_for_another_title_refuses() -> None:
    contract = contract_of({"kind": "general-permission"}, titles=["another"])
    found = refusals(judge_contract(contract, case_of()))
    assert [(one.rule, one.reason) for one in found] == [
        (CONTRACT, "It governs another, and not river.")
    ]


@pytest.mark.parametrize("bond", list(Bond))
@pytest.mark.parametrize("gate", [Gate.GENERATE, Gate.DELIVER])
def test_what_a_reading_is_worth(bond: Bond, gate: Gate) -> None:
    binding = Binding(bond=bond, entry=4, document=ESSENCE, signatures=("Anne",))
    contract = contract_of({"kind": "general-permission"}).bound(binding)
    first = judge_contract(contract, case_of(gate=gate))[0]
    void = bond in {Bond.CHANGED, Bond.OTHER_DOCUMENT, Bond.NO_DOCUMENT}
    assert first.refuses is (void or (bond is Bond.UNBOUND and gate is Gate.DELIVER))
    assert (first.status is Status.PASSED) is (bond is Bond.BOUND)
    assert (first.effect is Effect.WARN) is (bond is Bond.UNBOUND and gate is Gate.GENERATE)
    assert [one.what for one in first.evidence] == [
        "reading of the clauses",
        "statement that bound them",
        "document, electronically signed by Anne",
    ]
    assert first.evidence[1].entry == 4
    assert bool(first.lift) is bool(first.who) is (bond is not Bond.BOUND)


def test_a_document_without_signature_is_said_to_be_one() -> None:
    binding = Binding(bond=Bond.BOUND, entry=4, document=ESSENCE)
    contract = contract_of({"kind": "general-permission"}).bound(binding)
    first = judge_contract(contract, case_of())[0]
    assert first.evidence[-1].what == "document, electronically signed by nobody"


def test_a_fact_of_elements_is_not_known_of_the_film() -> None:
    facts = Facts(case_of())
    assert isinstance(facts.of_film(Operand.MODEL), Unknown)
    assert isinstance(facts.of_film(Operand.TAKE_APPROVED_BY), Unknown)
    assert facts.of_element(Operand.TODAY, 0) == "2026-11-28"
    assert facts.of_element(Operand.CONSENT, 0) == frozenset()
    assert facts.of_element(Operand.PERSON, 0) == "nobody"
    assert Facts(case_of(element_of(person="MIRA  L"))).of_element(Operand.PERSON, 0) == "mira l"
    assert facts.of_element(Operand.TRAINS_ON_INPUTS, 0) == "no"  # it stays here


def test_bits_and_masks_agree() -> None:
    places = [0, 7, 8, 200]
    assert list(bits_of(mask_of(places))) == places
    assert mask_of(places) == sum(1 << place for place in places)
    assert mask_of(reversed(places)) == mask_of(places)
    assert mask_of([]) == 0
    assert list(bits_of(0)) == []


def elements(*models: str | None) -> list[Any]:
    return [element_of(number, model=model) for number, model in enumerate(models, start=1)]


def condition(operand: str, *value: str) -> dict[str, Any]:
    return {"operand": operand, "operator": "isAnyOf", "value": list(value)}


def told(clauses: list[dict[str, Any]], case: Case) -> list[tuple[str | None, Status]]:
    found = refusals(judged(clauses, case, permit=False))
    return [(one.element, one.status) for one in found]


@pytest.mark.parametrize("turned", [False, True])
def test_every_condition_has_to_hold(*, turned: bool) -> None:
    when = [condition("model", "a"), condition("elementKind", "shot")]
    clause = {"kind": "permitted-uses", "when": when[::-1] if turned else when}
    case = case_of(*elements("a", "b", None))
    assert told([clause], case) == [("1-2", Status.FAILED), ("1-3", Status.OPEN)]
    never = {**clause, "when": [*clause["when"], condition("elementKind", "music")]}
    assert {status for _, status in told([never], case)} == {Status.FAILED}


def test_each_fact_that_holds_counts() -> None:
    clause = {"kind": "permitted-uses", "when": [condition("model", "a", "b")]}
    case = case_of(*elements("a", "c", "b"))
    assert told([clause], case) == [("1-2", Status.FAILED)]
    barred = {"kind": "models-barred", "names": ["a", "b"]}
    assert [
        (one.element, one.clause) for one in refusals(judged([barred], case))
    ] == [("1-1", "2"), ("1-3", "2")]  # fmt: skip


def test_permissions_add_up_and_reach_nothing_else() -> None:
    one = {"kind": "permitted-uses", "when": [condition("model", "b")]}
    two = {"kind": "permitted-uses", "when": [condition("model", "c")]}
    case = case_of(*elements("a", "b", "c"))
    assert told([one], case) == [("1-1", Status.FAILED), ("1-3", Status.FAILED)]
    assert told([one, two], case) == [("1-1", Status.FAILED)]
    person = {"kind": "permitted-uses", "when": [condition("provider", "x")]}
    unknown = case_of(element_of(1), element_of(2, model=None), element_of(3, provider="unknown"))
    found = told([one, person, {"kind": "providers-allowed", "names": ["x"]}], unknown)
    assert ("1-1", Status.FAILED) in found
    assert found.count(("1-2", Status.OPEN)) == 1
    assert ("1-3", Status.OPEN) in found


def test_what_is_refused_by_default_is_not_said_to_be_permitted() -> None:
    for case in (case_of(*elements("a", "b")), case_of(*elements("b", "a"))):
        outcomes = judged(
            [{"kind": "permitted-uses", "when": [condition("model", "a")]}], case, permit=False
        )
        by_default = [one for one in outcomes if one.rule == "CLAUSE" and one.clause is None]
        assert [one.status for one in by_default] == [Status.FAILED]
        assert by_default[0].lift == "leave it out, or agree a clause that permits it"


def test_outcomes_in_their_words() -> None:
    permitted = next(one for one in judged([], case_of()) if one.rule == "CLAUSE")
    assert permitted.reason == ("Every act on a generated element that is asked for is permitted.")
    nothing = next(
        one for one in judged([], case_of(element_of(backend=None))) if one.rule == "CLAUSE"
    )
    assert nothing.reason == "No act on a generated element is asked for."
    bound = judged([], case_of())[0]
    assert bound.title == "The clauses that the program reads are those of the signed contract."
    assert bound.evidence[0].digest == contract_of({"kind": "general-permission"}).digest
    contract = contract_of({"kind": "general-permission"}, titles=["one", "two"])
    binding = Binding(bond=Bond.BOUND, entry=4, document=ESSENCE)
    other, standing = judge_contract(contract.bound(binding), case_of())[:2]
    assert other.title == "The contract governs this production."
    assert other.reason == "It governs one, two, and not river."
    assert other.lift == "put the contract of this production in its place"
    assert other.who == (Role.PRODUCER, Role.COUNSEL)
    assert standing.evidence[-1].digest == ESSENCE


def test_grounds_are_named_once_in_the_order_of_the_contract() -> None:
    clauses = [{"kind": "general-permission", "id": number} for number in ("10", "2")]
    outcomes = judge_contract(contract_of(*clauses), film(element_of(**TAKE)))
    permitted = next(one for one in outcomes if one.rule == "CLAUSE" and one.clause is None)
    assert [one.what for one in permitted.evidence] == ["clause 2", "clause 10"]


def test_acts_that_take_a_clause_of_their_own_say_which() -> None:
    likeness = refusals(judged([], case_of(element_of(person="Mira"))))
    assert likeness[0].reason == (
        "No clause of the contract permits showing a real person who did not act it; that takes a "
        "clause of the kind talent-consent."
    )


def test_of_two_faults_of_one_clause_the_certain_one_is_told() -> None:
    clause = {
        "kind": "territory-and-term", "territories": ["FR"], "starts": "2026-01-01",
        "ends": "2026-02-01",
    }  # fmt: skip
    case = film(gate=Gate.DELIVER, production=production_of(territories=[]))
    found = [one for one in refusals(judged([clause], case)) if one.clause == "2"]
    assert [(one.element, one.status) for one in found] == [
        ("1-1", Status.FAILED),
        (None, Status.FAILED),
    ]
    assert found[1].reason == "The day is “2026-11-28”."


def test_a_generator_without_weights_was_derived_for_nobody() -> None:
    """What was never trained needs no passport of a model to be unlocked."""
    element = element_of(model="unheard-of")
    assert Facts(case_of(element)).of_element(Operand.DERIVED_FOR, 0) == NONE
    trained = UNTRAINED.model_copy(update={"training": Training(statement="undisclosed")})
    unknown = element.model_copy(update={"passport": trained})
    assert isinstance(Facts(case_of(unknown)).of_element(Operand.DERIVED_FOR, 0), Unknown)
