"""Approvals: who has to say yes to which digest, and whose word does not count."""

from __future__ import annotations

import pytest
from clearance_cases import contract_of
from pydantic import ValidationError

from generique.clearance.approvals import USUAL, ApprovalRule, about, standing
from generique.clearance.case import Signed
from generique.model.element import ElementKind
from generique.model.people import Decision, Matter, Role
from generique.model.values import digest_of

CUT, OTHER = digest_of(b"the cut"), digest_of(b"another cut")
TWO = ApprovalRule(
    matter=Matter.CUT, roles=(Role.DIRECTOR,), either=((Role.EDITOR, Role.PRODUCER),), persons=2
)
"""A cut that the director and one more have to lock."""


class Room:
    """People speaking one after the other."""

    def __init__(self, matter: Matter = Matter.CUT, subject: str = "cut") -> None:
        self.matter, self.subject = matter, subject
        self.said: list[Signed] = []

    def says(
        self,
        person: str,
        role: Role | str,
        verdict: str = "approved",
        digest: str = CUT,
        matter: Matter | None = None,
    ) -> Room:
        decision = Decision.read(
            {
                "verdict": verdict,
                "matter": (matter or self.matter).value,
                "person": person,
                "role": role,
                "reason": "because",
                "take": self.subject,
                "essence": digest,
                "key": f"person/{person}+00000000",
            },
            where="test",
        )
        self.said.append(Signed(decision=decision, entry=len(self.said)))
        return self


def whys(room: Room, rule: ApprovalRule = TWO, **more: str) -> list[str]:
    return [missing.why for missing in standing(rule, room.said, CUT, **more).missing]


def test_each_seat_is_filled_by_another_person() -> None:
    room = Room()
    assert whys(room) == [
        "approval by the director is missing",
        "approval by the editor or producer is missing",
    ]
    room.says("mira", Role.DIRECTOR)
    assert whys(room) == ["approval by the editor or producer who is not mira is missing"]
    room.says("mira", Role.PRODUCER)
    assert not standing(TWO, room.said, CUT).approved
    room.says("zoe", Role.EDITOR)
    stands = standing(TWO, room.said, CUT)
    assert (stands.approved, stands.missing, stands.void) == (True, (), ())
    assert [said.entry for said in stands.rests_on] == [0, 2]
    assert [said.entry for said in stands.counted] == [0, 1, 2]


def test_people_are_seated_so_that_as_many_seats_as_can_be_are_filled() -> None:
    room = Room().says("mira", Role.DIRECTOR).says("mira", Role.EDITOR).says("zoe", Role.DIRECTOR)
    stands = standing(TWO, room.said, CUT)
    assert stands.approved
    assert {said.decision.person for said in stands.rests_on} == {"mira", "zoe"}
    both = ApprovalRule(matter=Matter.CUT, roles=(Role.DIRECTOR, Role.EDITOR))
    room = Room().says("adam", Role.DIRECTOR).says("adam", Role.EDITOR).says("zoe", Role.DIRECTOR)
    assert standing(both, room.said, CUT).approved
    alone = Room().says("adam", Role.DIRECTOR).says("adam", Role.EDITOR)
    assert whys(alone, both) == ["approval by the editor who is not adam is missing"]


def test_where_people_need_not_differ_one_may_fill_all_seats() -> None:
    rule = TWO.model_copy(update={"distinct": False, "persons": 1})
    room = Room().says("mira", Role.DIRECTOR)
    assert whys(room, rule) == ["approval by the editor or producer is missing"]
    room.says("mira", Role.EDITOR)
    assert standing(rule, room.said, CUT).approved
    two = rule.model_copy(update={"persons": 2})
    assert whys(room, two) == ["2 people have to approve it, 1 did"]
    assert standing(two, room.says("zoe", Role.EDITOR).said, CUT).approved


def test_more_people_than_seats_are_more_seats_in_any_named_role() -> None:
    rule = ApprovalRule(matter=Matter.CUT, roles=(Role.PRODUCER,), persons=2)
    room = Room().says("ann", Role.PRODUCER)
    assert whys(room, rule) == ["approval by the producer who is not ann is missing"]
    assert standing(rule, room.says("bo", Role.PRODUCER).said, CUT).approved


def test_the_last_word_of_a_person_counts() -> None:
    room = Room().says("mira", Role.DIRECTOR).says("zoe", Role.EDITOR)
    assert standing(TWO, room.said, CUT).approved
    room.says("zoe", Role.EDITOR, "revoked")
    assert whys(room) == ["approval by the editor or producer who is not mira is missing"]
    room.says("zoe", Role.EDITOR).says("mira", Role.DIRECTOR, "rejected")
    stands = standing(TWO, room.said, CUT)
    assert [said.entry for said in stands.rejected] == [4]
    assert "mira (director) rejected it, “because”" in stands.missing[0].why
    assert (stands.missing[0].person, stands.missing[0].roles) == ("mira", (Role.DIRECTOR,))
    room.says("kim", Role.DIRECTOR)
    assert not standing(TWO, room.said, CUT).approved
    room.says("mira", Role.DIRECTOR, "revoked")
    assert not standing(TWO, room.said, CUT).approved
    room.says("mira", Role.DIRECTOR)
    assert standing(TWO, room.said, CUT).approved


def test_a_rejection_in_another_role_is_answered_by_whoever_decides() -> None:
    room = Room().says("mira", Role.DIRECTOR).says("zoe", Role.EDITOR)
    room.says("lee", Role.COUNSEL, "rejected")
    assert whys(room) == ["lee (counsel) rejected it, “because”; whoever decides has to answer"]
    taken_back = Room()
    taken_back.said = [*room.said]
    assert standing(TWO, taken_back.says("lee", Role.COUNSEL, "revoked").said, CUT).approved
    assert standing(TWO, room.says("zoe", Role.EDITOR).said, CUT).approved


def test_an_approval_in_a_role_that_nobody_waits_for_is_void() -> None:
    room = Room().says("mira", Role.DIRECTOR).says("lee", Role.COUNSEL)
    stands = standing(TWO, room.said, CUT)
    assert not stands.approved
    assert [(word.said.entry, word.why) for word in stands.void] == [
        (1, "nobody waits for the counsel here")
    ]


def test_a_changed_digest_voids_and_says_which_it_was_for() -> None:
    room = Room().says("mira", Role.DIRECTOR, digest=OTHER).says("zoe", Role.EDITOR)
    stands = standing(TWO, room.said, CUT)
    assert not stands.approved
    assert [word.why for word in stands.void] == [f"it was said of {OTHER}, and this is {CUT}"]


def test_a_word_on_another_matter_is_void() -> None:
    room = Room().says("mira", Role.DIRECTOR, matter=Matter.TAKE).says("zoe", Role.EDITOR)
    stands = standing(TWO, room.said, CUT)
    assert [word.why for word in stands.void] == ["it was said of it as a take, not as a cut"]
    assert not stands.approved


def test_a_demonstration_is_nobodys_word() -> None:
    room = Room(Matter.TAKE).says("demonstration", "demonstration", "demonstration")
    stands = standing(USUAL[Matter.TAKE], room.said, CUT)
    assert not stands.approved
    assert [word.why for word in stands.void] == ["a demonstration is nobody's word"]


def test_talent_speaks_for_their_own_likeness_alone() -> None:
    rule = ApprovalRule(matter=Matter.CASTING, roles=(Role.TALENT,))
    room = Room(Matter.CASTING).says("ida", Role.TALENT)
    assert standing(rule, room.said, CUT, likeness="ida").approved
    assert not standing(rule, room.said, CUT, likeness="ben").approved
    stands = standing(rule, room.said, CUT)
    assert [word.why for word in stands.void] == ["it is not the likeness of ida"]
    other = Room(Matter.CASTING).says("ida", Role.TALENT).says("ben", Role.TALENT, "rejected")
    assert not standing(rule, other.said, CUT, likeness="ida").approved


def test_only_words_on_the_subject_are_about_it() -> None:
    room = Room().says("mira", Role.DIRECTOR)
    assert about(room.said, Matter.CUT, "cut") == tuple(room.said)
    assert about(room.said, Matter.TAKE, "cut") == about(room.said, Matter.CUT, "x") == ()


def test_every_matter_waits_for_somebody_and_a_rule_without_roles_is_none() -> None:
    assert set(USUAL) == set(Matter)
    for matter, rule in USUAL.items():
        assert rule.matter is matter
        assert not standing(rule, (), CUT).approved
    with pytest.raises(ValidationError, match="nobody's"):
        ApprovalRule(matter=Matter.CUT)


def test_clauses_say_whose_approval_they_ask_for() -> None:
    contract = contract_of(
        {"kind": "label-required"},
        {"kind": "human-approval", "roles": ["producer", "counsel"], "two_person": True},
        {"kind": "human-approval", "roles": ["talent"], "kinds": ["voice"]},
        {"kind": "mutual-authorisation"},
    )
    (both,) = contract.approvals(Matter.TAKE)
    assert (both.roles, both.persons, both.distinct) == ((Role.PRODUCER, Role.COUNSEL), 2, False)
    assert contract.approvals(Matter.TAKE, ElementKind.SHOT) == (both,)
    spoken = contract.approvals(Matter.TAKE, ElementKind.VOICE)
    assert [rule.roles for rule in spoken] == [both.roles, (Role.TALENT,)]
    (sides,) = contract.approvals(Matter.USE)
    assert (sides.roles, sides.persons) == ((Role.DIRECTOR, Role.PRODUCER), 2)
    assert "clause" in sides.source
    assert contract.approvals(Matter.CUT) == ()
