"""Triage of declared uses."""

from __future__ import annotations

from itertools import product

import pytest

from generique.clearance.triage import UseFacts, computed_triage, stops, stricter
from generique.model.declaration import InputClass, Triage

OWN, SECRET, PERSONAL, OTHERS = (
    InputClass.OWN,
    InputClass.PROPRIETARY,
    InputClass.PERSONAL,
    InputClass.THIRD_PARTY,
)


@pytest.mark.parametrize(
    ("facts", "triage"),
    [
        (UseFacts((OWN,)), Triage.BACKGROUND),
        (UseFacts((OWN,), temporary=True), Triage.IDEATION),
        (UseFacts((OWN, SECRET)), Triage.COMMISSIONER),
        (UseFacts((PERSONAL,), temporary=True), Triage.COMMISSIONER),
        (UseFacts((OWN,), key=True), Triage.KEY_VISUAL),
        (UseFacts((OTHERS,), key=True), Triage.UNOWNED),
        (UseFacts((OWN,), unowned=True), Triage.UNOWNED),
        (UseFacts((OTHERS,), talent=True, key=True), Triage.TALENT),
    ],
)
def test_the_class_follows_from_the_facts(facts: UseFacts, triage: Triage) -> None:
    assert computed_triage(facts) is triage


def test_the_stricter_counts() -> None:
    for one, other in product(Triage, repeat=2):
        assert stricter(one, other) is stricter(other, one)
        assert stricter(one, other) in {one, other}
        for safe in (True, False):
            assert stops(stricter(one, other), secured=safe) == (
                stops(one, secured=safe) or stops(other, secured=safe)
            )


def test_what_stops() -> None:
    assert [triage.value for triage in Triage if stops(triage, secured=True)] == [
        "key-visual",
        "talent-replication",
        "unowned-training-data",
    ]
    assert stops(Triage.COMMISSIONER, secured=False)
    assert not stops(Triage.BACKGROUND, secured=False)
