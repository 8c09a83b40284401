from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest
from production_parts import MIRA, STRANGER, Room, production, take

from generique.ledger.keys import STUDIO
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.model.errors import Damaged, Refused, UsageError, WaitingForPerson
from generique.model.people import Decision, Person, Role
from generique.model.take import Take
from generique.model.values import digest_of
from generique.production.orders import Order
from generique.production.producer import require_review
from generique.production.review import (
    Opinion,
    Standing,
    decide,
    decisions,
    demonstrate,
    find_person,
    find_take,
    standing,
)
from generique.production.shoot import Shot
from generique.testing.memory import NamedSigner

KEY = NamedSigner.person("mira")
DEMO = NamedSigner.demonstration()
KNOWN = 2
"""Entries that register the two people."""


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path).know()


def opinion(
    *,
    verdict: Literal["approved", "rejected", "revoked"] = "approved",
    person: Person = MIRA,
    role: Role = Role.DIRECTOR,
    reason: str = "good",
) -> Opinion:
    return Opinion(verdict=verdict, person=person, role=role, reason=reason)


def stands(room: Room, shown: Take) -> Standing:
    return standing(decisions(room.journal).get(shown.essence, ()))


def test_a_decision_binds_person_role_reason_key_and_essence(room: Room) -> None:
    entry = decide(take(), opinion(reason="  the light is right "), KEY, room.journal)
    (said,) = decisions(room.journal)[take().essence]
    assert said.entry == entry
    decision = said.decision
    assert (decision.person, decision.role, decision.reason) == (
        "mira",
        "director",
        "the light is right",
    )
    assert (decision.take, decision.essence, decision.key) == ("1-1.t1", take().essence, KEY.key.id)
    envelope = room.journal.ledger.entry(entry).envelope
    assert KEY.key in envelope.signers([KEY.key])


def test_only_the_directors_approval_counts_and_anyone_rejects(room: Room) -> None:
    zoe = NamedSigner.person("zoe")
    decide(take(), opinion(person=STRANGER, role=Role.EDITOR), zoe, room.journal)
    assert stands(room, take()) is Standing.WAITING
    decide(take(), opinion(), KEY, room.journal)
    no = opinion(verdict="rejected", person=STRANGER, role=Role.EDITOR)
    decide(take(), no, zoe, room.journal)
    assert stands(room, take()) is Standing.REJECTED


def test_a_role_that_is_not_held_is_refused(room: Room) -> None:
    with pytest.raises(Refused) as caught:
        decide(take(), opinion(person=STRANGER), NamedSigner.person("zoe"), room.journal)
    assert "director" in caught.value.what
    assert "editor" in (caught.value.why or "")
    assert room.journal.ledger.size() == KNOWN


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_empty_reason_is_refused(room: Room, reason: str) -> None:
    with pytest.raises(UsageError):
        decide(take(), opinion(reason=reason), KEY, room.journal)


def test_the_last_word_of_a_person_counts(room: Room) -> None:
    assert stands(room, take()) is Standing.WAITING
    decide(take(), opinion(), KEY, room.journal)
    assert stands(room, take()) is Standing.APPROVED
    decide(take(), opinion(verdict="rejected"), KEY, room.journal)
    assert stands(room, take()) is Standing.REJECTED
    demonstrate(take(), DEMO, room.journal)
    assert stands(room, take()) is Standing.REJECTED
    decide(take(), opinion(), KEY, room.journal)
    assert stands(room, take()) is Standing.APPROVED


def test_a_changed_byte_voids_the_approval(room: Room) -> None:
    decide(take(), opinion(), KEY, room.journal)
    assert stands(room, take(essence=b"another")) is Standing.WAITING


def test_a_demonstration_is_no_approval(room: Room) -> None:
    demonstrate(take(), DEMO, room.journal)
    assert stands(room, take()) is Standing.DEMONSTRATION
    shot = shot_of(take())
    with pytest.raises(WaitingForPerson) as caught:
        require_review([shot], room.machine, None)
    assert caught.value.exit_code == 7
    assert "1-1.t1" in caught.value.what
    require_review([shot], room.machine, DEMO)


def shot_of(shown: Take) -> Shot:
    order = Order.read(
        {
            "element": shown.element,
            "title": "red",
            "backend": "canned",
            "request": {"kind": "shot", "prompt": "red", "seed": 1, "rate": {"numerator": 24}},
        },
        where="test",
    )
    return Shot(take=shown, entry=0, order=order, ran=True)


def test_review_waits_and_says_for_whom(room: Room) -> None:
    with pytest.raises(WaitingForPerson) as caught:
        require_review([shot_of(take()), shot_of(take("2-1.t1", b"2"))], room.machine, None)
    assert "director" in caught.value.what
    assert "2-1.t1" in caught.value.what
    assert room.journal.ledger.size() == KNOWN


def test_a_demonstration_does_not_pass_a_rejected_take(room: Room) -> None:
    decide(take(), opinion(verdict="rejected"), KEY, room.journal)
    with pytest.raises(WaitingForPerson) as caught:
        require_review([shot_of(take())], room.machine, DEMO)
    assert "rejected" in caught.value.what
    assert room.journal.ledger.size() == KNOWN + 1


def test_demonstrations_are_written_only_for_takes_that_nobody_decided_on(room: Room) -> None:
    decide(take(), opinion(), KEY, room.journal)
    other = take("2-1.t1", b"2")
    for _ in range(2):
        require_review([shot_of(take()), shot_of(other)], room.machine, DEMO)
    assert room.journal.ledger.size() == KNOWN + 2
    assert stands(room, take()) is Standing.APPROVED
    assert stands(room, other) is Standing.DEMONSTRATION


def decision(**changes: Any) -> dict[str, Any]:
    document = Decision(
        verdict="approved",
        person="mira",
        role=Role.DIRECTOR,
        reason="looks done",
        take="1-1.t1",
        essence=take().essence,
        key=KEY.key.id,
    ).to_json()
    return document | changes


@pytest.mark.parametrize(
    ("facts", "signers"),
    [
        (decision(), ()),
        (decision(), (DEMO,)),
        (decision(), (NamedSigner(STUDIO),)),
        (decision(), (NamedSigner.person("zoe"),)),
        (decision(key=DEMO.key.id), (DEMO,)),
        (decision(key=NamedSigner(STUDIO).key.id), (NamedSigner(STUDIO),)),
        (decision(person="demonstration", key=DEMO.key.id), (DEMO,)),
        (decision(verdict="demonstration"), (KEY,)),
        (decision(verdict="human-validated"), (KEY,)),
        ({key: value for key, value in decision().items() if key != "key"}, (KEY,)),
        (decision(essence=digest_of(b"another")), (KEY,)),
    ],
)
def test_the_program_cannot_record_an_approval(
    room: Room, facts: dict[str, Any], signers: tuple[NamedSigner, ...]
) -> None:
    with pytest.raises(Refused):
        room.journal.record("decision", {"essence": take().essence}, facts, signers=signers)
    assert room.journal.ledger.size() == KNOWN


@pytest.mark.parametrize("signer", [DEMO, NamedSigner(STUDIO), NamedSigner.person("zoe")])
def test_the_program_cannot_approve_with_a_key_of_its_own(room: Room, signer: NamedSigner) -> None:
    with pytest.raises(Refused):
        decide(take(), opinion(), signer, room.journal)
    assert stands(room, take()) is Standing.WAITING


def test_a_person_cannot_pose_as_a_demonstration(room: Room) -> None:
    with pytest.raises(Refused):
        demonstrate(take(), KEY, room.journal)


@pytest.mark.parametrize("signers", [(), (DEMO,)])
def test_an_approval_slipped_into_the_ledger_is_damage(
    room: Room, signers: tuple[NamedSigner, ...]
) -> None:
    statement = Statement(
        subjects=(Subject.of("essence", take().essence),),
        predicate_type=predicate_type("decision"),
        predicate=decision(),
    )
    room.journal.ledger.append(statement, signers=signers)
    with pytest.raises(Damaged):
        decisions(room.journal)


def test_a_take_and_a_person_are_found_or_named(room: Room) -> None:
    with pytest.raises(UsageError) as caught:
        find_take(room.journal, room.vault, "1-1.t1")
    assert "none yet" in (caught.value.why or "")
    assert find_person(production(), "mira") == MIRA
    with pytest.raises(UsageError) as caught:
        find_person(production(), "nobody")
    assert "mira" in (caught.value.why or "")
