"""Casting, the cut and the master wait for people at gates of their own."""

from __future__ import annotations

import pytest

from generique.clearance.case import Case, Signed
from generique.clearance.choices import judge_choices
from generique.clearance.verdict import Gate, Outcome, Status, Verdict
from generique.model.people import Decision, Matter, Role
from generique.model.production import Production
from generique.model.values import digest_of

PRODUCTION = Production.read(
    {
        "schema": "generique/production/1",
        "id": "tiny",
        "title": "Tiny",
        "languages": ["en"],
        "genre": "documentary",
        "raster": {"width": 320, "height": 180},
        "rate": "24",
        "backends": {"shot": "world"},
    },
    where="test",
)
CUT, MASTER, CAST = (digest_of(name) for name in (b"cut", b"master", b"cast"))
SUBJECTS = {"cut/cut": CUT, "master/en": MASTER, "casting/NARRATOR-en": CAST}


def said(matter: Matter, name: str, essence: str, role: Role, verdict: str = "approved") -> Signed:
    decision = Decision.read(
        {
            "verdict": verdict,
            "matter": matter.value,
            "person": "mira",
            "role": role.value,
            "reason": "seen",
            "take": name,
            "essence": essence,
            "key": "person/mira+00000000",
        },
        where="test",
    )
    return Signed(decision=decision, entry=4)


def judged(
    gate: Gate, *words: Signed, subjects: dict[str, str] | None = None
) -> tuple[Outcome, ...]:
    return judge_choices(
        Case(
            production=PRODUCTION,
            gate=gate,
            today="2026-11-28",
            elements=(),
            approvals=words,
            subjects=SUBJECTS if subjects is None else subjects,
        )
    )


def test_a_master_waits_for_casting_and_cut_and_a_delivery_for_the_master_too() -> None:
    assert judged(Gate.GENERATE) == ()
    waiting = judged(Gate.MASTER)
    assert [outcome.rule for outcome in waiting] == ["GEN-05", "GEN-06"]
    assert all(outcome.refuses and outcome.awaits for outcome in waiting)
    assert Verdict(gate=Gate.MASTER, outcomes=waiting).refusals(demonstration=True) == ()
    delivered = judged(Gate.DELIVER)
    assert [outcome.rule for outcome in delivered] == ["GEN-05", "GEN-06", "GEN-07"]
    assert len(Verdict(gate=Gate.DELIVER, outcomes=delivered).refusals(demonstration=True)) == 3


def test_what_was_approved_names_the_entries_that_say_so() -> None:
    words = (
        said(Matter.CASTING, "NARRATOR-en", CAST, Role.PRODUCER),
        said(Matter.CUT, "cut", CUT, Role.EDITOR),
        said(Matter.MASTER, "en", MASTER, Role.DIRECTOR),
    )
    outcomes = judged(Gate.DELIVER, *words)
    assert {outcome.status for outcome in outcomes} == {Status.PASSED}
    assert [outcome.evidence[0].entry for outcome in outcomes] == [4, 4, 4]


@pytest.mark.parametrize(
    "word",
    [
        said(Matter.CUT, "cut", digest_of(b"another cut"), Role.EDITOR),
        said(Matter.CUT, "cut", CUT, Role.PRODUCER),
        said(Matter.CUT, "cut", CUT, Role.EDITOR, "rejected"),
    ],
)
def test_another_cut_another_role_and_a_rejection_lock_nothing(word: Signed) -> None:
    (outcome,) = (found for found in judged(Gate.MASTER, word) if found.rule == "GEN-06")
    assert outcome.refuses
    rejected = word.decision.verdict == "rejected"
    assert outcome.awaits is not rejected
    assert outcome.status is (Status.FAILED if rejected else Status.OPEN)


def test_what_is_not_there_yet_is_not_waited_for() -> None:
    outcomes = judged(Gate.DELIVER, subjects={})
    assert {outcome.status for outcome in outcomes} == {Status.NOT_APPLICABLE}
