from __future__ import annotations

from clearance_cases import case_of, contract_of, element_of, judged, refusals

from generique.clearance.evaluate import judge_contract
from generique.clearance.verdict import Status


def test_what_no_clause_permits_is_refused() -> None:
    found = refusals(judged([{"kind": "label-required"}], case_of(), permit=False))
    assert [(one.rule, one.clause, one.element) for one in found] == [("CLAUSE", None, "1-1")]
    assert found[0].reason == (
        "Night aerial 1: generating elements. No clause of the contract permits it."
    )


def test_what_a_clause_permits_is_allowed_and_rests_on_it() -> None:
    outcomes = judged([], case_of())
    assert not refusals(outcomes)
    assert [e.what for one in outcomes if one.clause is None for e in one.evidence][1:] == [
        "clause 1"
    ]


def test_a_barred_model_is_refused_with_clause_source_and_fact() -> None:
    case = case_of(element_of(model="Sora-2"))
    found = refusals(judged([{"kind": "models-barred", "names": ["sora-2"]}], case))
    assert len(found) == 1
    assert found[0].clause == "2"
    assert found[0].status is Status.FAILED
    assert found[0].reason == "The model is “sora-2”."
    assert found[0].source == ("Contract of 1 March 2026 between Studio A and B. Author, clause 2")


def test_a_contract_for_another_title_refuses() -> None:
    contract = contract_of({"kind": "general-permission"}, titles=["another"])
    found = refusals(judge_contract(contract, case_of()))
    assert [one.reason for one in found] == ["It governs another, and not river."]
