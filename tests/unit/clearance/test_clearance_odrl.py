from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from clearance_cases import contract_of
from test_clearance_contract_text import EVERY

from generique.clearance.odrl import CONTEXT, from_odrl, to_odrl
from generique.model.errors import UnreadableInput

Change = Callable[[dict[str, Any]], object]


def agreement() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(to_odrl(contract_of(*EVERY))))
    return document


def test_reading_back_is_exact() -> None:
    contract = contract_of(*EVERY, signed="contract.pdf", sha256="0" * 64, place="Paris")
    document = json.loads(json.dumps(to_odrl(contract)))
    again = from_odrl(document, where=contract.where)
    assert again == contract
    assert again.digest == contract.digest
    assert json.loads(json.dumps(to_odrl(again))) == document


def test_what_is_empty_is_left_out() -> None:
    document = to_odrl(contract_of({"kind": "general-permission"}))
    assert set(document) == {
        "@context", "type", "uid", "profile", "assigner", "assignee", "permission", "reading"
    }  # fmt: skip
    assert document["permission"] == [
        {
            "target": ["urn:generique:production:river"],
            "clause": "1",
            "action": ["gen:generate", "gen:include"],
        }
    ]


def nested(depth: int) -> dict[str, Any]:
    deep: dict[str, Any] = {}
    for _ in range(depth):
        deep = {"and": [deep]}
    return deep


REFUSED: list[tuple[str, Change, str]] = [
    ("no context", lambda d: d.pop("@context"), "another context"),
    (
        "remote context",
        lambda d: d.update({"@context": "http://www.w3.org/ns/odrl.jsonld"}),
        "another context",
    ),
    (
        "one more context",
        lambda d: d.update({"@context": [CONTEXT, "https://example.org/c"]}),
        "another context",
    ),
    (
        "a context inside",
        lambda d: d["permission"][0].update({"@context": "https://example.org/c"}),
        "keywords inside",
    ),
    ("nesting", lambda d: d.update(permission=nested(40)), "nested too deeply"),
    (
        "unknown action",
        lambda d: d["permission"][0]["action"].append("odrl:use"),
        "no action 'odrl:use'",
    ),
    (
        "refined action",
        lambda d: d["permission"][0].update(action=[{"value": "gen:generate", "refinement": []}]),
        "an action is refined",
    ),
    (
        "action in a list",
        lambda d: d["permission"][0].update(action=[["gen:generate"]]),
        "no action",
    ),
    (
        "unknown operand",
        lambda d: d["prohibition"][0].update(constraint=[{"leftOperand": "odrl:dateTime"}]),
        "no operand 'odrl:dateTime'",
    ),
    (
        "unknown operator",
        lambda d: d["prohibition"][0].update(
            constraint=[{"leftOperand": "gen:model", "operator": "odrl:hasPart"}]
        ),
        "no operator 'odrl:hasPart'",
    ),
    (
        "logical constraint",
        lambda d: d["prohibition"][0].update(constraint=[{"xone": []}]),
        "no 'xone'",
    ),
    ("condition of text", lambda d: d["prohibition"][0].update(unless="never"), "is no object"),
    ("refinement", lambda d: d["permission"][0].update(refinement=[]), "no 'refinement'"),
    ("no reading", lambda d: d.pop("reading"), "holds no reading"),
    ("a rule less", lambda d: d["prohibition"].pop(), "'prohibition'"),
    ("rules gone", lambda d: d.pop("obligation"), "'obligation'"),
    ("another profile", lambda d: d.update(profile="urn:other"), "'profile'"),
    ("a word more", lambda d: d.update(conflict="perm"), "'conflict'"),
    (
        "another reading",
        lambda d: d["reading"]["clause"][5].update(names=["d"]),
        "does not say",
    ),
    ("unknown kind", lambda d: d["reading"]["clause"][0].update(kind="x"), "no kind of clause"),
]


@pytest.mark.parametrize(
    ("change", "what"), [one[1:] for one in REFUSED], ids=[o[0] for o in REFUSED]
)
def test_what_is_not_ours_is_refused(change: Change, what: str) -> None:
    document = copy.deepcopy(agreement())
    change(document)
    with pytest.raises(UnreadableInput) as caught:
        from_odrl(document, where="agreement.jsonld")
    assert what in caught.value.what
    assert (caught.value.where or "").startswith("agreement.jsonld")
