"""What holds of every contract and every case: the laws of the evaluator."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generique.clearance.case import Case, ElementFacts
from generique.clearance.clauses import Contract, read_contract
from generique.clearance.evaluate import judge_contract
from generique.clearance.odrl import from_odrl, to_odrl
from generique.clearance.policy import Operand
from generique.clearance.verdict import Gate, Outcome, Status
from generique.model.action import Action
from generique.model.element import ElementClass, ElementKind
from generique.model.production import Production

ACTS = sorted(set(Action) - {Action.MASTER, Action.DELIVER})
MODELS = ["alpha", "beta", "gamma"]
PROVIDERS = ["local", "cloud", "sky"]
KINDS = [kind.value for kind in ElementKind]
names = st.lists(st.sampled_from(MODELS), min_size=1, max_size=2, unique=True)
some_kinds = st.lists(st.sampled_from(KINDS), max_size=2, unique=True)


def _conditions() -> st.SearchStrategy[list[dict[str, Any]]]:
    words = st.sampled_from(
        [("model", MODELS), ("provider", PROVIDERS), ("elementKind", KINDS), ("person", ["mira"])]
    )
    one = words.flatmap(
        lambda pair: st.fixed_dictionaries(
            {
                "operand": st.just(pair[0]),
                "operator": st.sampled_from(["isAnyOf", "isNoneOf", "isPartOf"]),
                "value": st.lists(st.sampled_from(pair[1]), min_size=1, max_size=2, unique=True),
            }
        )
    )
    return st.lists(one, max_size=2)


uses = st.fixed_dictionaries(
    {
        "acts": st.lists(st.sampled_from(ACTS), min_size=1, max_size=3, unique=True),
        "kinds": some_kinds,
        "when": _conditions(),
    }
)
permissions = st.one_of(
    uses.map(lambda clause: {**clause, "kind": "permitted-uses"}),
    st.builds(lambda dubbing: {"kind": "general-permission", "dubbing": dubbing}, st.booleans()),
)
prohibitions = st.one_of(
    uses.map(lambda clause: {**clause, "kind": "forbidden-uses"}),
    names.map(lambda models: {"kind": "models-barred", "names": models}),
    names.map(lambda models: {"kind": "models-allowed", "names": models}),
    st.just({"kind": "providers-barred", "names": ["sky"]}),
    st.just({"kind": "no-training"}),
    st.just({"kind": "synthetic-share", "percent": 30.0}),
    st.just({"kind": "territory-and-term", "territories": ["FR"], "starts": "2026-01-01"}),
    st.just({"kind": "human-approval", "roles": ["director"]}),
    st.just({"kind": "mutual-authorisation"}),
    st.just({"kind": "label-required"}),
)
mixed = st.one_of(
    st.just({"kind": "talent-consent"}),
    st.just({"kind": "weights-locked", "title": "river"}),
    st.just({"kind": "providers-allowed", "names": ["cloud"]}),
)
clauses = st.lists(st.one_of(permissions, prohibitions, mixed), min_size=1, max_size=6)


def contract_of(listed: list[dict[str, Any]]) -> Contract:
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
    },
    where="production.toml",
)
element = st.builds(
    lambda **facts: facts,
    kind=st.sampled_from(list(ElementKind)),
    element_class=st.sampled_from(list(ElementClass)),
    backend=st.sampled_from([None, "world", "other"]),
    provider=st.sampled_from([*PROVIDERS, "unknown"]),
    model=st.sampled_from([None, *MODELS]),
    person=st.sampled_from([None, "Mira"]),
    language=st.sampled_from([None, "en", "fr"]),
    start=st.one_of(st.none(), st.integers(0, 2000)),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    drawn = draw(st.lists(element, min_size=1, max_size=4))
    elements = tuple(
        ElementFacts(
            id=f"e{number}",
            title=f"Element {number}",
            end=None if facts["start"] is None else facts["start"] + 48,
            **facts,
        )
        for number, facts in enumerate(drawn)
    )
    return Case(
        production=PRODUCTION,
        gate=draw(st.sampled_from(list(Gate))),
        today="2026-11-28",
        elements=elements,
        film_seconds=100.0,
    )


def denied(contract: Contract, case: Case) -> set[str | None]:
    """Elements, and the film as None, of which something is denied."""
    return {one.element for one in judge_contract(contract, case) if one.refuses}


def without_numbers(outcomes: tuple[Outcome, ...]) -> list[str]:
    return sorted(json.dumps(outcome.to_json(), sort_keys=True) for outcome in outcomes)


@given(clauses, prohibitions, cases())
def test_a_prohibition_more_never_allows_more(
    listed: list[dict[str, Any]], more: dict[str, Any], case: Case
) -> None:
    assert denied(contract_of(listed), case) <= denied(contract_of([*listed, more]), case)


@given(clauses, permissions, cases())
def test_a_permission_less_never_allows_more(
    listed: list[dict[str, Any]], one: dict[str, Any], case: Case
) -> None:
    assert denied(contract_of([*listed, one]), case) <= denied(contract_of(listed), case)


@given(clauses, st.randoms(use_true_random=False), cases())
def test_the_order_of_clauses_never_matters(
    listed: list[dict[str, Any]], chance: Any, case: Case
) -> None:
    numbered = [{"id": str(n), **clause} for n, clause in enumerate(listed, start=1)]
    shuffled = list(numbered)
    chance.shuffle(shuffled)
    one, two = contract_of(numbered), contract_of(shuffled)
    assert one.digest == two.digest
    assert judge_contract(one, case) == judge_contract(two, case)


@given(clauses, st.randoms(use_true_random=False), cases())
def test_the_order_of_elements_never_matters(
    listed: list[dict[str, Any]], chance: Any, case: Case
) -> None:
    shuffled = list(case.elements)
    chance.shuffle(shuffled)
    contract = contract_of(listed)
    other = case.model_copy(update={"elements": tuple(shuffled)})
    other = Case(**{name: getattr(other, name) for name in Case.model_fields})
    assert without_numbers(judge_contract(contract, case)) == without_numbers(
        judge_contract(contract, other)
    )


@given(clauses, cases())
def test_an_element_is_judged_alone_as_it_is_among_others(
    listed: list[dict[str, Any]], case: Case
) -> None:
    """Elements are judged in groups; what belongs to one group never reaches another."""
    contract = contract_of(listed)
    together = denied(contract, case)
    for one in case.elements:
        fields = {name: getattr(case, name) for name in Case.model_fields}
        alone = denied(contract, Case(**{**fields, "elements": (one,)}))
        assert (one.id in together) == (one.id in alone)


@given(clauses, cases())
def test_every_outcome_says_what_it_rests_on(listed: list[dict[str, Any]], case: Case) -> None:
    outcomes = judge_contract(contract_of(listed), case)
    told = {outcome.clause for outcome in outcomes if outcome.clause is not None}
    assert told == {str(number) for number in range(1, len(listed) + 1)}
    for outcome in outcomes:
        if outcome.clause is not None:
            assert [one.what for one in outcome.evidence] == [f"clause {outcome.clause}"]
            assert outcome.source.endswith(f"clause {outcome.clause}")
        if outcome.refuses:
            assert outcome.lift
            assert outcome.who
            assert outcome.reason.endswith(".")
        elif outcome.rule == "CLAUSE" and outcome.clause is None:
            assert bool(outcome.evidence) is (outcome.status is Status.PASSED)


@given(clauses, cases())
def test_what_is_generated_and_allowed_is_permitted_by_a_clause_that_is_named(
    listed: list[dict[str, Any]], case: Case
) -> None:
    contract = contract_of(listed)
    outcomes = judge_contract(contract, case)
    allowed = {one.id for one in case.generated} - {one.element for one in outcomes if one.refuses}
    if allowed and case.gate is not Gate.INGEST:
        permitted = [one for one in outcomes if one.rule == "CLAUSE" and one.clause is None]
        assert permitted
        kinds = {clause.kind for clause in contract.clauses}
        assert kinds & {"permitted-uses", "general-permission"}


@given(clauses, cases())
def test_what_becomes_unknown_never_becomes_permitted(
    listed: list[dict[str, Any]], case: Case
) -> None:
    """Whatever is denied of some model is denied when nobody knows which model it is."""
    contract = contract_of(listed)
    fields = {name: getattr(case, name) for name in Case.model_fields}
    forgotten = tuple(
        one.model_copy(update={"model": None, "provider": "unknown"}) for one in case.elements
    )
    known = tuple(
        one if one.provider != "local" else one.model_copy(update={"provider": "cloud"})
        for one in case.elements
    )
    denied_of_known = denied(contract, Case(**{**fields, "elements": known}))
    assert denied_of_known <= denied(contract, Case(**{**fields, "elements": forgotten}))


@given(clauses)
def test_agreements_read_back_exactly(listed: list[dict[str, Any]]) -> None:
    contract = contract_of(listed)
    document = json.loads(json.dumps(to_odrl(contract)))
    assert from_odrl(document, where=contract.where) == contract


def test_the_vocabulary_that_cases_draw_from_is_the_real_one() -> None:
    assert {"model", "provider", "elementKind", "person"} <= {operand.value for operand in Operand}
