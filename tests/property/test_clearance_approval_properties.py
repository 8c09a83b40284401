"""Approvals, whatever people say in whatever order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generique.clearance.approvals import ApprovalRule, standing
from generique.clearance.case import Signed
from generique.model.people import Decision, Matter, Role
from generique.model.values import digest_of

DIGESTS = (digest_of(b"now"), digest_of(b"before"))
ROLES = st.sampled_from((Role.DIRECTOR, Role.EDITOR, Role.PRODUCER))


@st.composite
def words(
    draw: st.DrawFn, verdicts: tuple[str, ...] = ("approved", "rejected", "revoked")
) -> Decision:
    person = draw(st.sampled_from(("ann", "bo", "cy", "di")))
    return Decision.read(
        {
            "verdict": draw(st.sampled_from(verdicts)),
            "matter": "cut",
            "person": person,
            "role": draw(ROLES).value,
            "reason": "because",
            "take": "cut",
            "essence": draw(st.sampled_from((*DIGESTS[:1], *DIGESTS))),
            "key": f"person/{person}+00000000",
        },
        where="test",
    )


@st.composite
def rules(draw: st.DrawFn) -> ApprovalRule:
    roles = tuple(draw(st.lists(ROLES, unique=True, min_size=1, max_size=3)))
    either = draw(st.sampled_from(((), ((Role.EDITOR, Role.PRODUCER),))))
    return ApprovalRule(
        matter=Matter.CUT,
        roles=roles,
        either=either,
        persons=draw(st.integers(1, 3)),
        distinct=draw(st.booleans()),
    )


def said(decisions: list[Decision]) -> list[Signed]:
    return [Signed(decision=decision, entry=entry) for entry, decision in enumerate(decisions)]


@given(rules(), st.lists(words(), max_size=9), st.randoms())
def test_the_order_in_which_words_are_read_changes_nothing(
    rule: ApprovalRule, decisions: list[Decision], chance: object
) -> None:
    spoken = said(decisions)
    shuffled = [*spoken]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert standing(rule, spoken, DIGESTS[0]) == standing(rule, shuffled, DIGESTS[0])


@given(rules(), st.lists(words(), max_size=9), words(("rejected", "revoked")))
def test_a_further_rejection_or_revocation_never_approves(
    rule: ApprovalRule, decisions: list[Decision], more: Decision
) -> None:
    before = standing(rule, said(decisions), DIGESTS[0])
    after = standing(rule, said([*decisions, more]), DIGESTS[0])
    lifted = more.verdict == "revoked" and more.essence == DIGESTS[0]
    if not lifted:  # taking back one's own objection may lift it
        assert before.approved or not after.approved
    if more.verdict == "rejected" and more.essence == DIGESTS[0]:
        assert not after.approved


@given(rules(), st.lists(words(("approved",)), max_size=9))
def test_nobody_fills_two_seats_and_every_seat_is_filled(
    rule: ApprovalRule, decisions: list[Decision]
) -> None:
    stands = standing(rule, said(decisions), DIGESTS[0])
    people = [word.decision.person for word in stands.rests_on]
    if rule.distinct:
        assert len(set(people)) == len(people)
    if stands.approved:
        assert len(set(people)) >= rule.persons or not rule.distinct
        assert len(people) == len(rule.seats)
    assert all(word.decision.essence == DIGESTS[0] for word in stands.rests_on)
