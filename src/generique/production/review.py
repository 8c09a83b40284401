"""Review: people decide on exact digests. The program never does.

1. A decision names what is decided on, its essence digest, person, role and reason, and is signed
   with that person's own key beside the studio's. One statement may cover several takes.
2. It counts when the key was registered and not revoked, and the role held, at its place in the
   ledger. A changed essence has no decision.
3. ``--demo-review`` writes demonstrations: another kind of statement, by a key so named. They let
   a master be made that says so in the picture; they are never human validation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, Literal, Protocol

from generique.clearance import approvals
from generique.clearance.case import Judged, Signed
from generique.ledger.decisions import ALSO
from generique.ledger.ports import Signer
from generique.model.errors import Refused, UsageError
from generique.model.judgement import HumanJudgement
from generique.model.lineage import DecisionEntry
from generique.model.people import Decision, Matter, Person, Role
from generique.model.production import Production
from generique.model.take import Take
from generique.model.values import Digest, Value
from generique.production.journal import Act, Journal
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


def signed(journal: Journal) -> tuple[Signed, ...]:
    """What people said, oldest first: only words that count at their place in the ledger."""
    return tuple(said for said in _heard(journal) if said.decision.verdict != "demonstration")


def judged(journal: Journal) -> tuple[Judged, ...]:
    """The judgements of people, oldest first: only those that count at their place."""
    return tuple(
        Judged(
            judgement=HumanJudgement.read(act.stated, where=f"entry {act.entry}"),
            entry=act.entry,
            at=act.at,
        )
        for act in journal.acts("judgement")
    )


def decisions(journal: Journal) -> dict[str, tuple[DecisionEntry, ...]]:
    """All decisions that count, by essence digest, oldest first; demonstrations among them."""
    found: dict[str, tuple[DecisionEntry, ...]] = {}
    for said in _heard(journal):
        entry = DecisionEntry(decision=said.decision, entry=said.entry)
        found[said.decision.essence] = (*found.get(said.decision.essence, ()), entry)
    return found


def _heard(journal: Journal) -> Iterator[Signed]:
    for act in journal.acts("decision"):
        for decision in _decisions_of(act):
            yield Signed(decision=decision, entry=act.entry, at=act.at)


def _decisions_of(act: Act) -> Iterator[Decision]:
    """A statement as one decision for each take that it covers."""
    facts = {name: value for name, value in act.stated.items() if name != ALSO}
    for covered in (facts, *act.stated.get(ALSO, ())):
        subject = {"take": covered["take"], "essence": covered["essence"]}
        yield Decision.read({**facts, **subject}, where=f"entry {act.entry}")


def standing(said: Iterable[DecisionEntry]) -> Standing:
    """What the decisions on one essence come to, by the usual rule for takes.

    What people said counts (:mod:`generique.clearance.approvals`), else a demonstration.
    """
    words = [Signed(decision=entry.decision, entry=entry.entry) for entry in said]
    if not words:
        return Standing.WAITING
    stands = approvals.standing(approvals.USUAL[Matter.TAKE], words, words[0].decision.essence)
    if stands.rejected:
        return Standing.REJECTED
    if stands.approved:
        return Standing.APPROVED
    shown = any(word.decision.verdict == "demonstration" for word in words)
    return Standing.DEMONSTRATION if shown else Standing.WAITING


class Opinion(Value):
    """What a person says.

    Attributes:
        verdict: ``revoked`` takes back what the same person said before.
        reason: Why; it stays with the decision.
    """

    verdict: Literal["approved", "rejected", "revoked"]
    person: Person
    role: Role
    reason: str


class Decidable(Protocol):
    """What people decide on: a take, a casting, a cut, a master, a declared use."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def essence(self) -> Digest:
        """What a decision binds."""

    @property
    def file(self) -> Digest:
        """Its bytes, or those of the document that says what is decided on."""


def decide(
    subject: Decidable,
    opinion: Opinion,
    signer: Signer,
    journal: Journal,
    *,
    matter: Matter = Matter.TAKE,
) -> int:
    """Write a person's decision on one subject; see :func:`decide_together`."""
    return decide_together((subject,), opinion, signer, journal, matter=matter)


def decide_together(
    subjects: Sequence[Decidable],
    opinion: Opinion,
    signer: Signer,
    journal: Journal,
    *,
    matter: Matter = Matter.TAKE,
) -> int:
    """Write a person's decision into the ledger, signed with that person's key.

    An approval in a role that nobody waits for is written down too; it fills no seat.

    Args:
        subjects: What is decided on, at least one; one statement covers all.
        opinion: Who says what, in which role, and why.
        signer: The person's own key.
        journal: Where it is said.
        matter: What sort of subjects they are.

    Returns:
        The entry.

    Raises:
        Refused: The person does not hold that role, or the key is another's, is not registered or
            was revoked.
        UsageError: The reason is empty.
    """
    require_held(opinion.person, opinion.role)
    first, *more = subjects
    decision = Decision(
        verdict=opinion.verdict,
        matter=matter,
        person=opinion.person.id,
        role=opinion.role,
        reason=required_reason(opinion.reason),
        take=first.id,
        essence=first.essence,
        key=signer.key.id,
    )
    return _say(decision, first, more, signer, journal)


def require_held(person: Person, role: Role) -> None:
    """Refuse to let a person speak in a role that the production does not give them.

    Raises:
        Refused: It is not among their roles.
    """
    if role not in person.roles:
        held = ", ".join(person.roles) or "none"
        raise Refused(
            f"{person.name} cannot decide as {role.value}",
            where="production.toml, [[people]]",
            why=f"roles held: {held}",
            next_step="decide in a role that is held, or let the producer change the list",
        )


def required_reason(reason: str) -> str:
    """A reason without space around it.

    Raises:
        UsageError: It is empty.
    """
    if not reason.strip():
        raise UsageError("a decision needs a reason", next_step='add --reason "…"')
    return reason.strip()


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
    return _say(decision, take, (), signer, journal)


def _say(
    decision: Decision,
    first: Decidable,
    more: Sequence[Decidable],
    signer: Signer,
    journal: Journal,
) -> int:
    """One statement, with a subject for every digest that it is about."""
    digests = {"essence": first.essence, "file": first.file}
    facts: dict[str, Any] = decision.to_json()
    for number, subject in enumerate(more, 2):
        digests |= {f"essence/{number}": subject.essence, f"file/{number}": subject.file}
    if more:
        facts[ALSO] = [{"take": subject.id, "essence": subject.essence} for subject in more]
    return journal.record("decision", digests, facts, signers=(signer,))


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
