"""People: whose key speaks for whom, and whose approval the film still waits for."""

from __future__ import annotations

from collections.abc import Iterable

from generique.clearance.approvals import (
    USUAL,
    ApprovalStanding,
    Missing,
    Void,
    about,
    standing,
)
from generique.clearance.case import Signed
from generique.clearance.clauses import Contract
from generique.ledger.canonical import canonical
from generique.ledger.ports import Signer
from generique.ledger.register import Registered
from generique.model.element import ElementKind
from generique.model.errors import UsageError
from generique.model.people import KeyRevocation, Matter, Person, Registration
from generique.model.values import Value, digest_of
from generique.production.journal import Journal
from generique.production.review import Decidable, required_reason


def register(person: Person, signer: Signer, journal: Journal) -> int:
    """Write down that a key speaks for a person in these roles, unless the ledger says so already.

    Args:
        person: Who, and in which roles.
        signer: That person's own key, which proves itself by signing.
        journal: Where it is said; the studio signs there, too.

    Returns:
        The entry that says it.

    Raises:
        Refused: The person has another key in force, or the key was revoked or is another's.
    """
    stated = Registration(
        person=person.id,
        name=person.name,
        roles=person.roles,
        vkey=signer.key.vkey,
        key=signer.key.id,
    )
    known = in_force(person.id, journal)
    if known is not None and known.stated == stated:
        return known.since
    facts = stated.to_json()
    subjects = {"registration": digest_of(canonical(dict(facts)))}
    return journal.record("person", subjects, facts, signers=(signer,))


def revoke_key(person: str, reason: str, journal: Journal) -> Registered:
    """End a person's key, from its place in the ledger on. What it signed before stands.

    Args:
        person: Identifier of the person.
        reason: Why; it stays in the ledger.
        journal: Where it is said; the studio signs.

    Returns:
        The key as it was.

    Raises:
        UsageError: The person has no key in force, or the reason is empty.
    """
    known = in_force(person, journal)
    if known is None:
        raise UsageError(
            f"{person} has no key in force",
            next_step="see the keys: generique person list",
        )
    stated = KeyRevocation(person=person, revoked=known.stated.key, reason=required_reason(reason))
    facts = stated.to_json()
    subjects = {"revocation": digest_of(canonical(dict(facts)))}
    journal.record("key-revocation", subjects, facts)
    return known


def in_force(person: str, journal: Journal) -> Registered | None:
    """The key that speaks for a person now; None when none does."""
    for known in journal.people():
        if known.stated.person == person and known.revoked is None:
            return known
    return None


class Asked(Value):
    """What people's words on something come to, by every rule that asks for an approval of it.

    Attributes:
        standings: By the usual rule first, then by each clause of the contract that asks for more.
    """

    standings: tuple[ApprovalStanding, ...]

    @property
    def approved(self) -> bool:
        """True when nobody is waited for."""
        return all(one.approved for one in self.standings)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Who has to act, each said once."""
        return tuple(dict.fromkeys(missing for one in self.standings for missing in one.missing))

    @property
    def void(self) -> tuple[Void, ...]:
        """Words that count by none of the rules."""
        counts = [{word.said.entry for word in one.void} for one in self.standings]
        return tuple(
            word
            for word in self.standings[0].void
            if all(word.said.entry in voided for voided in counts)
        )

    @property
    def rests_on(self) -> tuple[int, ...]:
        """Entries of the approvals that fill the seats."""
        return tuple(sorted({said.entry for one in self.standings for said in one.rests_on}))


def asked(
    subject: Decidable,
    matter: Matter,
    said: Iterable[Signed],
    contract: Contract | None,
    *,
    kind: ElementKind | None = None,
    likeness: str | None = None,
) -> Asked:
    """Where something stands that people decide on.

    Args:
        subject: It.
        matter: What sort of thing.
        said: What people said.
        contract: May ask for the approval of more people than is usual.
        kind: Of element, for a take.
        likeness: Identifier of the person whose voice or likeness it is.
    """
    words = about(said, matter, subject.id)
    more = contract.approvals(matter, kind) if contract is not None else ()
    return Asked(
        standings=tuple(
            standing(rule, words, subject.essence, likeness=likeness)
            for rule in (USUAL[matter], *more)
        )
    )
