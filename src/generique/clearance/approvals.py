"""Approvals: whether what people said of one exact digest comes to an approval.

The law:

1. A rule names seats: roles that have to approve. A person fills a seat by approving in its role.
   Where the rule asks for different people, nobody fills two seats, whatever roles they hold.
2. The last word of each person counts. A rejection clears what that person approved before, and
   so does taking it back.
3. A rejection in a role that the rule names blocks until the same person approves again. One in
   another role blocks until somebody approves in a named role after hearing it.
4. A word about another digest is void, and so is a demonstration, which is nobody's word.
5. Talent has a say over their own likeness and over nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

from pydantic import PositiveInt, model_validator

from generique.clearance.case import Signed
from generique.model.element import ElementKind
from generique.model.people import Decision, Matter, Role
from generique.model.values import Digest, Value


class ApprovalRule(Value):
    """Whose approval a matter waits for.

    Attributes:
        roles: Each has to approve.
        either: Of each of these groups of roles, one has to approve besides.
        persons: People who have to approve at least; beyond the seats that are named, in any of
            the roles that are.
        distinct: Whether every seat needs another person.
        kinds: For takes: kinds of element; empty for all.
        source: Clause or rule that asks for it, for the reader.
    """

    matter: Matter
    roles: tuple[Role, ...] = ()
    either: tuple[tuple[Role, ...], ...] = ()
    persons: PositiveInt = 1
    distinct: bool = True
    kinds: tuple[ElementKind, ...] = ()
    source: str = "Générique, who decides unless a contract asks for more"

    @property
    def named(self) -> frozenset[Role]:
        """All roles that have a say."""
        return frozenset(self.roles).union(*self.either)

    @property
    def seats(self) -> tuple[tuple[Role, ...], ...]:
        """What has to be filled: for each seat the roles that fill it."""
        stated = (*((role,) for role in self.roles), *self.either)
        beyond = self.persons - len(stated) if self.distinct else 0
        return (*stated, *((tuple(sorted(self.named)),) * beyond))

    @model_validator(mode="after")
    def _somebody_decides(self) -> Self:
        if not self.named:
            raise ValueError("an approval without a role is nobody's")
        return self


USUAL = {
    Matter.TAKE: ApprovalRule(matter=Matter.TAKE, roles=(Role.DIRECTOR,)),
    Matter.CASTING: ApprovalRule(matter=Matter.CASTING, either=((Role.DIRECTOR, Role.PRODUCER),)),
    Matter.CUT: ApprovalRule(matter=Matter.CUT, either=((Role.DIRECTOR, Role.EDITOR),)),
    Matter.MASTER: ApprovalRule(matter=Matter.MASTER, either=((Role.DIRECTOR, Role.PRODUCER),)),
    Matter.USE: ApprovalRule(matter=Matter.USE, either=((Role.DIRECTOR, Role.PRODUCER),)),
}
"""Who decides where no contract asks for more; one person can make a film of their own."""


class Missing(Value):
    """Somebody who has to act before a matter is approved.

    Attributes:
        roles: In one of which.
        person: Who it has to be; None for anybody who holds the role.
        why: One sentence.
    """

    roles: tuple[Role, ...]
    person: str | None = None
    why: str


class Void(Value):
    """A word that does not count, and why."""

    said: Signed
    why: str


class ApprovalStanding(Value):
    """What people's words on one digest come to.

    Attributes:
        missing: Who has to act; empty when it is approved.
        void: Words that do not count.
        rests_on: The approvals that fill the seats.
        counted: All approvals that count, those that no seat needs among them.
        rejected: Rejections that block.
    """

    approved: bool
    missing: tuple[Missing, ...] = ()
    void: tuple[Void, ...] = ()
    rests_on: tuple[Signed, ...] = ()
    counted: tuple[Signed, ...] = ()
    rejected: tuple[Signed, ...] = ()


@dataclass
class _Words:
    """What people said, reduced to what still counts.

    Attributes:
        approvals: By person and role.
        blocks: Rejections in a named role, by person.
        objections: Rejections in another role, by person, unanswered so far.
    """

    approvals: dict[str, dict[Role, Signed]] = field(default_factory=dict)
    blocks: dict[str, Signed] = field(default_factory=dict)
    objections: dict[str, Signed] = field(default_factory=dict)

    def hear(self, said: Signed, role: Role, *, named: bool) -> None:
        """Heed one word on the right digest."""
        person, verdict = said.decision.person, said.decision.verdict
        if verdict == "approved" and named:
            self.approvals.setdefault(person, {})[role] = said
            self.blocks.pop(person, None)
            self.objections.clear()
            return
        if verdict != "approved":
            self.approvals.pop(person, None)
        self.objections.pop(person, None)
        if verdict == "rejected":
            (self.blocks if named else self.objections)[person] = said


def about(decisions: Iterable[Signed], matter: Matter, subject: str) -> tuple[Signed, ...]:
    """The words on one subject of a matter, in their order.

    Args:
        decisions: Any.
        matter: Which.
        subject: Its identifier, ``NARRATOR-en`` say.
    """
    return tuple(
        said
        for said in decisions
        if said.decision.matter is matter and said.decision.take == subject
    )


def standing(
    rule: ApprovalRule,
    decisions: Iterable[Signed],
    digest: Digest,
    *,
    likeness: str | None = None,
) -> ApprovalStanding:
    """Whether a digest is approved, and if not, who has to act.

    Args:
        rule: Whose approval it waits for.
        decisions: Words on the subject, in any order; the order of the ledger counts.
        digest: What is to be approved, exactly.
        likeness: Identifier of the person whose voice or likeness it is; None for nobody's.
    """
    words, void = _Words(), []
    for said in sorted(decisions, key=lambda said: said.entry):
        why = _void(rule, said.decision, digest, likeness)
        role = said.decision.role
        if not _heard(rule, said.decision, digest):
            void.append(Void(said=said, why=why))
            continue
        if why and said.decision.verdict == "approved":
            void.append(Void(said=said, why=why))
        words.hear(said, Role(role), named=not why)
    filled = _fill(rule, words)
    rejected = (*words.blocks.values(), *words.objections.values())
    missing = (*_unblocked(rule, words), *_unfilled(rule, filled, len(words.approvals)))
    return ApprovalStanding(
        approved=not missing,
        missing=missing,
        void=tuple(void),
        rests_on=_in_order(filled.values()),
        counted=_in_order(said for held in words.approvals.values() for said in held.values()),
        rejected=_in_order(rejected),
    )


def _in_order(said: Iterable[Signed]) -> tuple[Signed, ...]:
    return tuple(sorted(said, key=lambda one: one.entry))


def _heard(rule: ApprovalRule, decision: Decision, digest: Digest) -> bool:
    """True for a person's word on this matter and this digest."""
    return (
        isinstance(decision.role, Role)
        and decision.essence == digest
        and decision.matter is rule.matter
    )


def _void(rule: ApprovalRule, decision: Decision, digest: Digest, likeness: str | None) -> str:
    """Why a word does not count as one of a role that is asked; empty when it does."""
    if not isinstance(decision.role, Role):
        return "a demonstration is nobody's word"
    if decision.essence != digest:
        return f"it was said of {decision.essence}, and this is {digest}"
    if decision.matter is not rule.matter:
        return f"it was said of it as a {decision.matter.value}, not as a {rule.matter.value}"
    if decision.role not in rule.named:
        return f"nobody waits for the {decision.role.value} here"
    if decision.role is Role.TALENT and decision.person != likeness:
        return f"it is not the likeness of {decision.person}"
    return ""


def _fill(rule: ApprovalRule, words: _Words) -> dict[int, Signed]:
    """The approvals that fill the seats, by number of the seat; as many seats as can be.

    Earlier seats go first (augmenting paths, Kuhn 1955), so that the answer does not depend on
    the order in which people spoke.
    """
    fits = [
        {who: said for who in sorted(words.approvals) if (said := _spoken(words, who, seat))}
        for seat in rule.seats
    ]
    if not rule.distinct:
        return {number: next(iter(able.values())) for number, able in enumerate(fits) if able}
    taken: dict[str, int] = {}

    def place(number: int, tried: set[str]) -> bool:
        for person in fits[number]:
            if person in tried:
                continue
            tried.add(person)
            if person not in taken or place(taken[person], tried):
                taken[person] = number
                return True
        return False

    for number in range(len(fits)):
        place(number, set())
    return {number: fits[number][person] for person, number in taken.items()}


def _spoken(words: _Words, person: str, seat: Sequence[Role]) -> Signed | None:
    """A person's approval in one of the roles of a seat."""
    held = words.approvals[person]
    return next((held[role] for role in seat if role in held), None)


def _unblocked(rule: ApprovalRule, words: _Words) -> Iterable[Missing]:
    """Who has to answer a rejection."""
    for person, said in sorted(words.blocks.items()):
        role, reason = Role(said.decision.role), said.decision.reason
        yield Missing(
            roles=(role,),
            person=person,
            why=f"{person} ({role.value}) rejected it, “{reason}”, and has to approve it first",
        )
    for person, said in sorted(words.objections.items()):
        role, reason = Role(said.decision.role), said.decision.reason
        yield Missing(
            roles=tuple(sorted(rule.named)),
            why=f"{person} ({role.value}) rejected it, “{reason}”; whoever decides has to answer",
        )


def _unfilled(rule: ApprovalRule, filled: dict[int, Signed], people: int) -> Iterable[Missing]:
    """Seats that nobody fills, and people that are missing."""
    there = {said.decision.person for said in filled.values()}
    empty = [seat for number, seat in enumerate(rule.seats) if number not in filled]
    for seat in empty:
        roles = " or ".join(role.value for role in seat)
        other = f" who is not {', '.join(sorted(there))}" if rule.distinct and there else ""
        yield Missing(roles=tuple(seat), why=f"approval by the {roles}{other} is missing")
    if not rule.distinct and people + len(empty) < rule.persons:
        yield Missing(
            roles=tuple(sorted(rule.named)),
            why=f"{rule.persons} people have to approve it, {people} did",
        )
