"""People: whose key speaks for whom, and whose approval the film still waits for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generique.clearance.approvals import USUAL, ApprovalRule, ApprovalStanding, about, standing
from generique.ledger.canonical import canonical
from generique.ledger.ports import Signer
from generique.ledger.register import Registered
from generique.model.errors import UsageError, WaitingForPerson
from generique.model.people import KeyRevocation, Matter, Person, Registration
from generique.model.values import Value, digest_of
from generique.production.journal import Journal
from generique.production.matters import Subject
from generique.production.review import required_reason, signed


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
    """A subject and what people's words on it come to."""

    subject: Subject
    rule: ApprovalRule
    standing: ApprovalStanding

    @property
    def waits(self) -> str:
        """In words, who has to act; empty when it is approved."""
        return "; ".join(missing.why for missing in self.standing.missing)


def asked(
    subjects: Iterable[Subject],
    journal: Journal,
    rules: Mapping[Matter, ApprovalRule] = USUAL,
) -> tuple[Asked, ...]:
    """Where each subject stands.

    Args:
        subjects: What is to be approved.
        journal: Holds what people said.
        rules: Whose approval each matter waits for, raised by contracts where they ask for more.
    """
    said = signed(journal)
    return tuple(
        Asked(
            subject=subject,
            rule=rules[subject.matter],
            standing=standing(
                rules[subject.matter],
                about(said, subject.matter, subject.id),
                subject.essence,
                likeness=subject.likeness,
            ),
        )
        for subject in subjects
    )


def required(
    subjects: Iterable[Subject],
    journal: Journal,
    rules: Mapping[Matter, ApprovalRule] = USUAL,
) -> tuple[Asked, ...]:
    """Stop unless people have approved every subject exactly as it stands; see :func:`asked`.

    Raises:
        WaitingForPerson: Some subject waits; names each, and whom for.
    """
    found = asked(subjects, journal, rules)
    waiting = [one for one in found if not one.standing.approved]
    if waiting:
        names = ", ".join(one.subject.name for one in waiting)
        first = waiting[0].subject
        raise WaitingForPerson(
            f"waits for people: {names}",
            why=" ".join(f"{one.subject.name}: {one.waits}." for one in waiting),
            next_step=f"generique review approve --matter {first.matter.value} {first.id} "
            '--as PERSON --role ROLE --reason "…"',
        )
    return found
