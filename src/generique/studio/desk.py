"""The desk at which people decide: what a command names, found and signed with their own key."""

from __future__ import annotations

from collections.abc import Sequence

from generique.clearance.approvals import USUAL
from generique.ledger.ports import Signer
from generique.model.errors import UsageError
from generique.model.people import Matter, Person, Role
from generique.model.take import Take
from generique.model.values import Digest
from generique.production.matters import Subject, earlier_cut, matters
from generique.production.review import (
    Decidable,
    Opinion,
    all_takes,
    decide_together,
    find_person,
    find_take,
)
from generique.production.rights import read_rights
from generique.studio.wiring import Studio

_MADE_BY = {
    Matter.CUT: "assemble one first: generique cut",
    Matter.MASTER: "make one first: generique produce",
    Matter.USE: "declare one first, in rights/uses.toml",
    Matter.CASTING: "name a voice first, under [[voices]] in production.toml",
}
"""How there comes to be something of a matter to decide on."""


class Desk:
    """Where the people of a production decide.

    Args:
        studio: The production.
    """

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def matters(self) -> tuple[Subject, ...]:
        """What people decide on beside takes, as it stands now."""
        studio = self._studio
        declared = read_rights(studio.folder).declarations
        production = studio.folder.production()
        return matters(production, declared, studio.journal, studio.vault)

    def subjects(self, matter: Matter, names: Sequence[str]) -> list[Decidable]:
        """What a command names, as it stands now.

        Args:
            matter: What sort of thing.
            names: Identifiers; for a cut the digest of an earlier one, too.

        Raises:
            UsageError: There is no such thing; names those that there are.
        """
        studio = self._studio
        if matter is Matter.TAKE:
            return [find_take(studio.journal, studio.vault, name) for name in names]
        known = {one.id: one for one in self.matters() if one.matter is matter}
        found: list[Decidable] = []
        for name in dict.fromkeys(names):
            if matter is Matter.CUT and name.startswith("sha256:"):
                found.append(earlier_cut(studio.journal, name))
            elif name in known:
                found.append(known[name])
            else:
                raise UsageError(
                    f"there is no {matter.value} {name}",
                    why=f"{matter.value}: {', '.join(known) or 'none yet'}",
                    next_step=_MADE_BY.get(matter, "see: generique review list")
                    if not known
                    else "see: generique review list",
                )
        return found

    def decide(self, matter: Matter, subjects: Sequence[Decidable], opinion: Opinion) -> int:
        """Write a person's decision, in one statement for all subjects; gives the entry.

        Raises:
            NotCleared: Takes are approved that clearance refuses; nothing was written.
        """
        signer = self.signer(opinion.person.id)
        takes = [subject for subject in subjects if isinstance(subject, Take)]
        if opinion.verdict == "approved" and takes:
            self._studio.clearing.require_takes(takes)
        with self._studio.machine.turn("review"):
            journal = self._studio.journal
            return decide_together(subjects, opinion, signer, journal, matter=matter)

    def person(self, wanted: str) -> Person:
        """A person of the production; errors as :func:`find_person`."""
        return find_person(self._studio.folder.production(), wanted)

    def signer(self, person: str) -> Signer:
        """The person's key, which must have been made on purpose before.

        Raises:
            UsageError: This machine holds no key of that person.
        """
        if not any(key.name == f"person/{person}" for key in self._studio.ring.public_keys()):
            raise UsageError(
                f"{person} has no key on this machine",
                why="a decision is signed with the person's own key",
                next_step=f'make it with: generique person add {person} --name "…" --role director',
            )
        return self._studio.ring.person(person)

    def looked_at(self, name: str) -> tuple[str, Digest | None]:
        """Element and essence that a judgement is about.

        Args:
            name: A take, whose exact essence is judged; else an element, or ``film``, as an idea.
        """
        for take in all_takes(self._studio.journal, self._studio.vault):
            if take.id == name:
                return take.element, take.essence
        return name, None


def usual_role(person: Person, matter: Matter) -> Role:
    """The role in which a person decides when the command does not say: one that is waited for.

    Raises:
        UsageError: The person holds none of those.
    """
    wanted = USUAL[matter].named
    for role in person.roles:
        if role in wanted:
            return role
    raise UsageError(
        f"{person.name} holds no role that a {matter.value} waits for",
        why=f"it waits for: {', '.join(sorted(wanted))}",
        next_step="say the role with --role",
    )
