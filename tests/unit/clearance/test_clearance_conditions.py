"""Conditions meet their facts: names in any spelling, words of the vocabulary, the whole world."""

from __future__ import annotations

from typing import Any

import pytest
from clearance_cases import (
    case_of,
    contract_of,
    element_of,
    film,
    judged,
    production_of,
    reasons,
    refusals,
)

from generique.clearance.policy import Constraint, OneOf, Operand, Operator, Truth
from generique.clearance.verdict import Gate, Status
from generique.model.consent import Consent
from generique.model.errors import UnreadableInput
from generique.model.kept_passports import ModelPassport

T, F, U = Truth.HOLDS, Truth.FAILS, Truth.UNKNOWN
KEPT = {"version": "*", "title": "T", "checked_by": "anne", "checked_on": "2026-01-01"}


def forbidding(operand: str, *value: str, operator: str = "isAnyOf") -> dict[str, Any]:
    when = [{"operand": operand, "operator": operator, "value": list(value)}]
    return {"kind": "forbidden-uses", "when": when}


@pytest.mark.parametrize("written", ["Veo-3", "veo-3", " VEO-3 ", "ＶＥＯ-３"])
@pytest.mark.parametrize("operand", ["model", "provider"])
def test_names_are_compared_in_any_spelling(written: str, operand: str) -> None:
    clauses = [{"kind": "providers-allowed", "names": ["vEo-3"]}, forbidding(operand, written)]
    case = case_of(element_of(model="veO-3", provider="Veo-3"))
    assert [one.clause for one in refusals(judged(clauses, case))] == ["3"]
    single = {"operand": operand, "operator": "eq", "value": written}
    clauses[1] = {"kind": "forbidden-uses", "when": [single]}
    assert [one.clause for one in refusals(judged(clauses, case))] == ["3"]


def test_a_person_is_compared_in_any_spelling() -> None:
    agreed = Consent.read(
        {
            "id": "c1", "person": "Anna Lind", "of": "likeness", "titles": ["river"],
            "actions": ["generateLikeness"], "territories": ["*"], "media": ["*"],
            "starts": "2026-01-01", "description": "x", "minor": "no",
        },
        where="c",
    )  # fmt: skip
    clauses = [{"kind": "talent-consent"}, forbidding("person", "Anna  LIND")]
    case = case_of(element_of(person="anna lind"), consents=(agreed,))
    assert reasons(clauses, case) == ["The real person who is heard or seen is “anna lind”."]


def test_the_title_that_a_model_was_made_for_is_compared_in_any_spelling() -> None:
    document = {"schema": "generique/model-passport/1", "id": "world", **KEPT}
    model = ModelPassport.read({**document, "derived_for": "Other-Film"}, where="m")
    clauses = [
        {"kind": "weights-locked", "title": "other-film"},
        forbidding("derivedFor", "OTHER-film"),
    ]
    found = refusals(judged(clauses, case_of(models=(model,))))
    assert [(one.clause, one.status) for one in found] == [("3", Status.FAILED)]


@pytest.mark.parametrize(
    ("operand", "word", "told"),
    [
        ("elementKind", "shots", "elementKind is never 'shots'; it is one of shot, set"),
        ("elementClass", "fake", "elementClass is never 'fake'; it is one of authentic"),
        ("trainsOnInputs", "maybe", "trainsOnInputs is never 'maybe'; it is one of"),
        ("consent", "clone", "consent is never 'clone'; it is one of"),
        ("takeApprovedBy", "boss", "takeApprovedBy is never 'boss'; it is one of director"),
        ("useApprovedBy", "boss", "useApprovedBy is never 'boss'"),
        ("castingApprovedBy", "boss", "castingApprovedBy is never 'boss'"),
        ("cutApprovedBy", "boss", "cutApprovedBy is never 'boss'"),
        ("masterApprovedBy", "boss", "masterApprovedBy is never 'boss'"),
        ("territory", "us", "'us' is neither an ISO 3166 code, FR say, nor * for the world"),
        ("territory", "USA", "'USA' is neither"),
    ],
)
def test_a_word_that_the_fact_can_never_be_is_an_error_when_it_is_read(
    operand: str, word: str, told: str
) -> None:
    with pytest.raises(UnreadableInput) as caught:
        contract_of(forbidding(operand, word))
    assert told in str(caught.value.why)
    assert "clause 1" in str(caught.value.where)


@pytest.mark.parametrize("day", ["2026-3-1", "2026-02-30", "soon", ""])
def test_a_condition_on_the_day_names_a_day(day: str) -> None:
    when = [{"operand": "today", "operator": "lteq", "value": day}]
    with pytest.raises(UnreadableInput) as caught:
        contract_of({"kind": "forbidden-uses", "when": when})
    assert "is no day, 2026-03-01 say" in str(caught.value.why)
    good = [{"operand": "today", "operator": "lteq", "value": "2026-11-28"}]
    assert reasons([{"kind": "forbidden-uses", "when": good}], case_of())


@pytest.mark.parametrize(
    ("operator", "places", "values", "truth"),
    [
        (Operator.IS_ANY_OF, {"*"}, ("US",), U),
        (Operator.IS_NONE_OF, {"*"}, ("US",), U),
        (Operator.IS_ALL_OF, {"*"}, ("US",), U),
        (Operator.IS_PART_OF, {"*"}, ("US",), F),
        (Operator.IS_ANY_OF, {"*"}, ("US", "*"), T),
        (Operator.IS_NONE_OF, {"*"}, ("*",), F),
        (Operator.IS_ALL_OF, {"*"}, ("*",), T),
        (Operator.IS_PART_OF, {"*"}, ("*",), T),
        (Operator.IS_ANY_OF, {"FR"}, ("*",), T),
        (Operator.IS_NONE_OF, {"FR"}, ("*",), F),
        (Operator.IS_ALL_OF, {"FR"}, ("*",), F),
        (Operator.IS_PART_OF, {"FR"}, ("*",), T),
        (Operator.IS_ANY_OF, {"FR", "BE"}, ("BE",), T),
        (Operator.IS_NONE_OF, {"FR", "BE"}, ("US",), T),
    ],
)
def test_the_world_is_every_place(
    operator: Operator, places: set[str], values: tuple[str, ...], truth: Truth
) -> None:
    constraint = Constraint(operand=Operand.TERRITORY, operator=operator, value=values)
    assert constraint.test(frozenset(places)) is truth


@pytest.mark.parametrize("places", [["*"], ["FR", "*"], []])
def test_a_film_for_the_world_or_for_nobody_knows_where_is_not_outside_of_a_place(
    places: list[str],
) -> None:
    case = film(gate=Gate.DELIVER, production=production_of(territories=places))
    forbidden = {**forbidding("territory", "US"), "acts": ["include"]}
    found = [one for one in refusals(judged([forbidden], case)) if one.clause == "2"]
    assert [one.status for one in found] == [Status.OPEN]
    assert ("whole world" in found[0].reason) is ("*" in places)
    when = [{"operand": "territory", "operator": "isNoneOf", "value": ["US"]}]
    permitted = {"kind": "permitted-uses", "acts": ["include"], "when": when}
    refused = refusals(judged([permitted], case, permit=False))
    assert "including generated elements in the film, but a fact" in refused[-1].reason


@pytest.mark.parametrize("operator", [Operator.EQ, Operator.NEQ])
def test_of_one_of_several_words_is_known_what_holds_for_all(operator: Operator) -> None:
    either = OneOf(frozenset({"a", "b"}))
    constraint = Constraint(operand=Operand.MODEL, operator=operator, value="a")
    assert constraint.test(either) is U
    other = Constraint(operand=Operand.MODEL, operator=operator, value="c")
    assert other.test(either) is (T if operator is Operator.NEQ else F)
