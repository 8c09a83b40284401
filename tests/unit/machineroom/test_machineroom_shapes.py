from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
import rdflib

from generique.clearance.clauses import read_contract
from generique.clearance.odrl import NAMESPACE, ODRL, to_odrl
from generique.clearance.policy import DutyName, Operand, Operator
from generique.machineroom.shapes import (
    PROFILE_FILE,
    SHAPES_FILE,
    check_shape,
    package_text,
)
from generique.model.action import Action
from generique.model.errors import UnreadableInput

CLAUSES: list[dict[str, Any]] = [
    {"kind": "general-permission"},
    {"kind": "models-barred", "names": ["x"]},
    {"kind": "synthetic-share", "percent": 10.0},
    {"kind": "human-approval", "roles": ["director"], "two_person": True},
    {"kind": "territory-and-term", "territories": ["FR"], "starts": "2026-01-01"},
    {"kind": "audit-and-retention", "years": 10, "by": "a"},
]


@pytest.fixture(scope="module")
def agreement() -> dict[str, Any]:
    contract = read_contract(
        {
            "schema": "generique/contract/1",
            "work": "River",
            "titles": ["river"],
            "date": "2026-03-01",
            "party": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
            "clause": [{"id": str(n), **one} for n, one in enumerate(CLAUSES, start=1)],
        },
        where="contract",
    )
    document: dict[str, Any] = json.loads(json.dumps(to_odrl(contract)))
    return document


def test_what_we_write_has_the_shape(agreement: dict[str, Any]) -> None:
    check_shape(agreement, where="agreement")


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["permission"][0]["action"].append("gen:fly"),
        lambda d: d["permission"][0].update(action=[]),
        lambda d: d["permission"][0].pop("target"),
        lambda d: d["prohibition"][0]["constraint"][0].update(leftOperand="gen:moon"),
        lambda d: d["prohibition"][0]["constraint"][0].update(operator="odrl:hasPart"),
        lambda d: d["prohibition"][0]["constraint"][0].pop("rightOperand"),
        lambda d: d["obligation"][0].update(action=["gen:generate"]),
        lambda d: d["obligation"][0].pop("clause"),
        lambda d: d.pop("reading"),
        lambda d: d.update(profile="urn:other"),
        lambda d: d.pop("profile"),
        lambda d: d.update(type="Party"),
        lambda d: d.pop("assigner"),
        lambda d: d.update({"@context": "https://example.org/context"}),
    ],
)
def test_another_shape_is_refused(
    agreement: dict[str, Any], change: Callable[[dict[str, Any]], object]
) -> None:
    document = copy.deepcopy(agreement)
    change(document)
    with pytest.raises(UnreadableInput) as caught:
        check_shape(document, where="agreement")
    assert caught.value.why


def test_profile_and_shapes_hold_the_vocabulary_and_nothing_else() -> None:
    profile = rdflib.Graph().parse(data=package_text(PROFILE_FILE), format="turtle")
    shapes = rdflib.Graph().parse(data=package_text(SHAPES_FILE), format="turtle")
    odrl = rdflib.Namespace(ODRL)

    def stated(kind: str) -> set[str]:
        found = profile.subjects(rdflib.RDF.type, odrl[kind])
        return {str(one).removeprefix(NAMESPACE) for one in found}

    assert stated("Action") == {name.value for name in (*Action, *DutyName)}
    assert stated("LeftOperand") == {operand.value for operand in Operand}
    for subject in set(profile.subjects(rdflib.RDF.type, odrl["Action"])):
        labels = profile.objects(subject, rdflib.RDFS.label)
        languages = {label.language for label in labels if isinstance(label, rdflib.Literal)}
        assert languages == {"en", "fr"}
    lists = {
        frozenset(str(one) for one in rdflib.collection.Collection(shapes, head))
        for head in shapes.objects(None, rdflib.SH["in"])
    }
    assert lists == {
        frozenset(f"{NAMESPACE}{name.value}" for name in Action),
        frozenset(f"{NAMESPACE}{name.value}" for name in DutyName),
        frozenset(f"{NAMESPACE}{name.value}" for name in Operand),
        frozenset(f"{ODRL}{name.value}" for name in Operator),
    }
