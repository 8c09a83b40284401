"""Review: people decide on exact takes. The program never does.

1. A decision names the take, its essence digest, person, role and reason, and is signed with that
   person's own key beside the studio's.
2. The last decision on an essence counts; a changed essence has none.
3. ``--demo-review`` writes demonstrations: another kind of statement, by a key so named. They let
   a master be made that says so in the picture; they are never human validation.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from generique.ledger.ports import Signer
from generique.model.errors import Refused, UsageError
from generique.model.lineage import DecisionEntry
from generique.model.people import Decision, Person, Role
from generique.model.production import Production
from generique.model.take import Take
from generique.model.values import Digest, Value
from generique.production.journal import Journal
from generique.production.ports import Vault


class Standing(StrEnum):
    """Where a take stands."""

    APPROVED = "approved"
    REJECTED = "rejected"
    DEMONSTRATION = "demonstration"
    WAITING = "waiting"


REVIEWER = Role.DIRECTOR
"""Whose approval a take waits for."""

_DEMONSTRATION_REASON = "Written by --demo-review to show the whole path; no person has seen it."


def decisions(journal: Journal) -> dict[str, tuple[DecisionEntry, ...]]:
    """All decisions by essence digest, oldest first."""
    found: dict[str, tuple[DecisionEntry, ...]] = {}
    for act in journal.acts("decision"):
        facts = {key: value for key, value in act.facts.items() if key != "at"}
        decision = Decision.read(facts, where=f"entry {act.entry}")
        found[decision.essence] = (
            *found.get(decision.essence, ()),
            DecisionEntry(decision=decision, entry=act.entry),
        )
    return found


def standing(said: Iterable[DecisionEntry]) -> Standing:
    """What the decisions on one essence come to.

    The last word of people counts, else a demonstration. Anyone may reject; an approval counts
    only as the one whose approval is waited for.
    """
    decided = [entry.decision for entry in said]
    people = [
        decision
        for decision in decided
        if decision.verdict == "rejected"
        or (decision.verdict == "approved" and decision.role == REVIEWER)
    ]
    if people:
        return Standing(people[-1].verdict)
    shown = any(decision.verdict == "demonstration" for decision in decided)
    return Standing.DEMONSTRATION if shown else Standing.WAITING


class Opinion(Value):
    """What a person says of a take.

    Attributes:
        reason: Why; it stays with the decision.
    """

    approved: bool
    person: Person
    role: Role
    reason: str


class Decidable(Protocol):
    """What people decide on: a take, or a finished master."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def essence(self) -> Digest:
        """What a decision binds."""

    @property
    def file(self) -> Digest:
        """Its bytes."""


def decide(take: Decidable, opinion: Opinion, signer: Signer, journal: Journal) -> int:
    """Write a person's decision into the ledger, signed with that person's key.

    Raises:
        Refused: The person does not hold that role in this production, approves in another role
            than the one that is waited for, or the key is another's.
        UsageError: The reason is empty.
    """
    person, role = opinion.person, opinion.role
    if role not in person.roles:
        held = ", ".join(person.roles) or "none"
        raise Refused(
            f"{person.name} cannot decide as {role.value}",
            where="production.toml, [[people]]",
            why=f"roles held: {held}",
            next_step="decide in a role that is held, or let the producer change the list",
        )
    if opinion.approved and role is not REVIEWER:
        raise Refused(
            f"a take is not approved as {role.value}",
            why=f"takes wait for the {REVIEWER.value}",
            next_step=f"approve as {REVIEWER.value}; anyone may reject",
        )
    if not opinion.reason.strip():
        raise UsageError("a decision needs a reason", next_step='add --reason "…"')
    decision = Decision(
        verdict="approved" if opinion.approved else "rejected",
        person=person.id,
        role=role,
        reason=opinion.reason.strip(),
        take=take.id,
        essence=take.essence,
        key=signer.key.id,
    )
    return _say(decision, take, signer, journal)


def demonstrate(take: Take, signer: Signer, journal: Journal) -> int:
    """Write a demonstration, which is not a decision by a person."""
    decision = Decision(
        verdict="demonstration",
        person="demonstration",
        role="demonstration",
        reason=_DEMONSTRATION_REASON,
        take=take.id,
        essence=take.essence,
        key=signer.key.id,
    )
    return _say(decision, take, signer, journal)


def _say(decision: Decision, take: Decidable, signer: Signer, journal: Journal) -> int:
    subjects = {"essence": take.essence, "file": take.file}
    return journal.record("decision", subjects, decision.to_json(), signers=(signer,))


def all_takes(journal: Journal, vault: Vault) -> tuple[Take, ...]:
    """Every take that was ever made, oldest first; one that was made again counts once."""
    takes: dict[str, Take] = {}
    for act in journal.takes():
        take = Take.read(vault.read(act.facts["outputs"]["take"]), where=f"entry {act.entry}")
        takes.setdefault(take.id, take)
    return tuple(takes.values())


def find_take(journal: Journal, vault: Vault, wanted: str) -> Take:
    """A take by its identifier.

    Raises:
        UsageError: There is none; names those that there are.
    """
    takes = all_takes(journal, vault)
    for take in takes:
        if take.id == wanted:
            return take
    raise UsageError(
        f"there is no take {wanted}",
        why=f"takes: {', '.join(take.id for take in takes) or 'none yet'}",
        next_step="see: generique review list",
    )


def find_person(production: Production, wanted: str) -> Person:
    """A person of the production.

    Raises:
        UsageError: The production names nobody of that identifier.
    """
    for person in production.people:
        if person.id == wanted:
            return person
    known = ", ".join(person.id for person in production.people) or "nobody"
    raise UsageError(
        f"{wanted} is not among the people of this production",
        where="production.toml, [[people]]",
        why=f"it names {known}",
        next_step="add the person with: generique person add",
    )
