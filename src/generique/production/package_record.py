"""What the ledger in an evidence package says.

Packer and checker read the record with these functions, so that they look for the same; the
checker reads it anew from the entries, and believes nothing else that the package says of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from generique.ledger.envelope import Envelope
from generique.ledger.keys import PublicKey
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.replay import Fault
from generique.marks.verdict import Verdict
from generique.model.errors import Damaged, NotCapable, UnreadableInput
from generique.model.values import Digest, Excerpt
from generique.production.evidence import weighed_fault
from generique.production.journal import Journal
from generique.production.package_documents import (
    DecisionsDocument,
    SealedMaster,
    VoidWord,
    master_name,
)
from generique.production.recall import sealed_masters

_REGISTERS = frozenset(
    {
        "entry.origin",
        "entry.registration",
        "entry.repeated",
        "entry.revoked-key",
        "entry.role",
        "entry.unregistered-key",
    }
)
"""Faults of words that the register does not heed (:mod:`generique.ledger.register`)."""


class _Seal(Excerpt):
    """What an entry of the kind ``seal`` says of a master."""

    language: str
    file: Digest
    essence: Digest
    lineage: Digest | None = None


class _Silent:
    """Stands where a ledger wants a signer and a clock, and neither signs nor tells the time.

    Args:
        key: The studio's public key.
    """

    def __init__(self, key: PublicKey) -> None:
        self.key = key

    def sign(self, message: bytes) -> bytes:
        """Refuse."""
        raise NotCapable(
            "a ledger that came in a package is read only", why=f"{len(message)} bytes"
        )

    def now(self) -> str:
        """Refuse."""
        raise NotCapable("a ledger that came in a package is read only")


def held_record(entries: Iterable[bytes], studio: PublicKey, origin: str) -> Journal:
    """The record that a package holds, to be read.

    Args:
        entries: Of its ledger, in order.
        studio: The key that signed its checkpoint.
        origin: Name of the log in it.
    """
    silent = _Silent(studio)
    return Journal(Ledger(MemoryEntryStore.holding(entries), silent, origin), silent)


def void_entries(journal: Journal) -> frozenset[int]:
    """Entries that say something in a person's name in vain; none where the record is damaged."""
    try:
        return frozenset(act.entry for act in journal.void())
    except (UnreadableInput, Damaged):
        return frozenset()


def weighed(
    fault: Fault, envelope_of: Callable[[int], Envelope], void: Collection[int]
) -> tuple[Verdict, str]:
    """What a fault of the ledger leaves, in a package that marks void words as void.

    Such a word was signed and stands where it stood; the register does not heed it. So it is told,
    and the record is whole.

    Args:
        fault: As the re-derivation found it.
        envelope_of: Gives the envelope of an entry.
        void: See :func:`void_entries`.
    """
    if fault.code in _REGISTERS and fault.entry in void:
        return Verdict.VALID, f"it does not count: {fault.why}"
    return weighed_fault(fault, envelope_of)


def masters_of(journal: Journal, held: Collection[str]) -> tuple[SealedMaster, ...]:
    """The masters of the film as it was last made.

    Args:
        journal: The record.
        held: Names of the members of the package.

    Raises:
        UnreadableInput: An entry that seals a master does not say what it should.
    """
    found: dict[str, SealedMaster] = {}
    for act in sealed_masters(journal).values():
        said = _Seal.read(act.facts, where=f"entry {act.entry}")
        name = master_name(said.language)
        found[said.language] = SealedMaster(
            language=said.language,
            file=said.file,
            essence=said.essence,
            entry=act.entry,
            lineage=said.lineage,
            member=name if name in held else None,
        )
    return tuple(found[language] for language in sorted(found))


def decisions_of(journal: Journal) -> DecisionsDocument:
    """Every decision, the void ones too, and what else was said in a person's name in vain."""
    void = tuple(journal.void())
    in_vain = [act for act in void if act.kind == "decision"]
    decided = sorted([*journal.acts("decision"), *in_vain], key=lambda act: act.entry)
    return DecisionsDocument(
        decisions=tuple({**act.facts, "entry": act.entry, "void": act.void} for act in decided),
        void=tuple(
            VoidWord(entry=act.entry, kind=act.kind, why=str(act.void))
            for act in void
            if act.kind != "decision"
        ),
    )
