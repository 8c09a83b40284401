from __future__ import annotations

from typing import Any

import pytest
from clearance_cases import contract_document, contract_of

from generique.clearance.catalogue import CATALOGUE
from generique.clearance.clauses import MOST_CLAUSES, read_contract
from generique.clearance.contract_captions import CAPTIONS
from generique.clearance.natural import natural
from generique.model.errors import UnreadableInput

GENERAL = {"kind": "general-permission"}


def refused(document: dict[str, Any]) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        read_contract(document, where="contract/clauses.toml")
    return caught.value


def test_an_unknown_kind_is_refused_with_those_that_there_are() -> None:
    error = refused(contract_document({"kind": "anything-goes"}))
    assert error.what == "there is no kind of clause 'anything-goes'"
    assert "models-barred" in (error.why or "")
    assert refused(contract_document({"kind": 7})).what == "there is no kind of clause '7'"


def test_an_unknown_parameter_is_refused_with_those_that_the_kind_takes() -> None:
    error = refused(contract_document({"kind": "models-barred", "names": ["a"], "modles": ["b"]}))
    assert error.what == "a clause of kind models-barred has no parameter 'modles'"
    assert error.why == "it takes names"
    assert error.where == "contract/clauses.toml, clause 1"
    assert refused(contract_document({"kind": "no-training", "x": 1})).why == "it takes none"


@pytest.mark.parametrize(
    "condition",
    [
        {"operand": "moonPhase", "operator": "eq", "value": "full"},
        {"operand": "model", "operator": "resembles", "value": "full"},
        {"operand": "model", "operator": "lteq", "value": "full"},
        {"operand": "takeApprovers", "operator": "gteq", "value": "two"},
        {"operand": "model", "operator": "isAnyOf", "value": "one"},
        {"operand": "model", "operator": "isAnyOf", "value": []},
        {"operand": "model", "operator": "eq", "value": ["one"]},
    ],
)
def test_a_condition_that_means_nothing_is_refused(condition: dict[str, Any]) -> None:
    refused(contract_document({"kind": "permitted-uses", "when": [condition]}))


def test_an_unknown_operand_is_named() -> None:
    condition = {"operand": "moonPhase", "operator": "eq", "value": "full"}
    error = refused(contract_document({"kind": "permitted-uses", "when": [condition]}))
    assert error.what == "there is no operand 'moonPhase'"
    assert "elementKind" in (error.why or "")
    condition = {"operand": "model", "operator": "resembles", "value": "full"}
    error = refused(contract_document({"kind": "permitted-uses", "when": ["x", condition]}))
    assert error.what == "there is no operator 'resembles'"


@pytest.mark.parametrize(
    "clause",
    [
        {"kind": "synthetic-share", "percent": 101},
        {"kind": "synthetic-share", "percent": float("nan")},
        {"kind": "models-barred", "names": []},
        {"kind": "models-barred", "names": ["a\nb"]},
        {"kind": "human-approval", "roles": []},
        {"kind": "human-approval", "roles": ["director"], "matter": "cut", "kinds": ["shot"]},
        {"kind": "permitted-uses", "acts": ["deliver"]},
        {"kind": "audit-and-retention", "years": 0, "by": "studio"},
        {"kind": "audit-and-retention", "years": 10, "by": "nobody"},
        {"kind": "indemnity", "reference": "article 9", "by": "nobody"},
        {"kind": "credit-wording", "wording": {}},
        {"kind": "territory-and-term", "territories": ["Mars"], "starts": "2026-01-01"},
    ],
)
def test_a_parameter_of_no_sense_is_refused(clause: dict[str, Any]) -> None:
    refused(contract_document(clause))


def test_numbers_of_clauses_are_unique_and_clauses_are_there() -> None:
    error = refused(contract_document(GENERAL, {**GENERAL, "id": "1"}))
    assert error.what == "two clauses have the number 1"
    assert "lists no clauses" in refused(contract_document()).what
    assert "lists no clauses" in refused({**contract_document(), "clause": "all"}).what
    many = contract_document(*[GENERAL] * (MOST_CLAUSES + 1))
    assert "lists no clauses" in refused(many).what
    assert refused({**contract_document(), "clause": ["x"]}).what == (
        "clause 1 of the list is no table"
    )


def test_a_heading_says_each_name_once() -> None:
    party = {"id": "studio", "name": "A"}
    assert "party is named twice" in (
        refused(contract_document(GENERAL, party=[party, party])).why or ""
    )
    assert "language is named twice" in (
        refused(contract_document(GENERAL, languages=["en", "en"])).why or ""
    )
    refused(contract_document(GENERAL, signed="../contract.pdf"))


def test_the_digest_of_the_reading_leaves_out_order_and_document() -> None:
    first, second = {"kind": "no-training"}, {"kind": "talent-consent"}
    one = contract_of({**first, "id": "1"}, {**second, "id": "2"})
    two = contract_of(
        {**second, "id": "2"}, {**first, "id": "1"}, signed="contract.pdf", sha256="0" * 64
    )
    assert one.digest == two.digest
    assert [clause.id for clause in two.in_order] == ["1", "2"]
    changed = contract_of({**first, "id": "1"}, {**second, "id": "3"})
    assert changed.digest != one.digest


def test_every_kind_has_a_caption_in_both_languages() -> None:
    assert set(CAPTIONS["en"]) == set(CATALOGUE) == set(CAPTIONS["fr"])


def test_clauses_are_counted_as_people_count() -> None:
    numbers = ["10", "4.10", "4.2", "A", "4"]
    assert sorted(numbers, key=natural) == ["A", "4", "4.2", "4.10", "10"]
