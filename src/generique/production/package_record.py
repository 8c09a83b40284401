"""What the ledger in an evidence package says, and for which members of the package it vouches.

Packer and checker read the record with these functions, so that they look for the same; the
checker reads it anew from the entries, and believes nothing else that the package says of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import ConfigDict

from generique.clearance.clauses import Contract
from generique.ledger.envelope import Envelope
from generique.ledger.keys import PublicKey
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.replay import Fault
from generique.marks.verdict import Verdict
from generique.model.errors import Damaged, GeneriqueError, NotCapable, UnreadableInput
from generique.model.values import Digest, Value
from generique.production.contract import last_binding
from generique.production.evidence import weighed_fault
from generique.production.journal import Journal
from generique.production.package_documents import (
    CLAUSES,
    CONSENTS,
    CONTRACT,
    DIGESTS,
    PAPERS,
    PASSPORTS,
    USES,
    ConsentDigest,
    ConsentsDocument,
    DecisionsDocument,
    DigestsDocument,
    PassportsDocument,
    SealedMaster,
    UsesDocument,
    VoidWord,
    lineage_name,
    master_name,
    read_document,
    stated_digest,
)
from generique.production.rights import RightsFacts, last_rights

ReadClauses = Callable[[bytes], Contract]
"""Reads the bytes of ``contract/clauses.toml``; raises ``UnreadableInput``."""


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


class Members(Protocol):
    """The members of a package, readable by name."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, in their order."""

    def read(self, name: str) -> bytes:
        """Bytes of a member.

        Raises:
            Damaged: It is missing or broken.
        """

    def digest(self, name: str) -> Digest:
        """Digest of a member; errors as :meth:`read`."""


@dataclass(frozen=True)
class Vouched:
    """Whether the record vouches for a member.

    Attributes:
        by: Who does, in words; empty when nobody does.
        code: What is wrong with it; empty when nothing is.
        why: In words.
    """

    name: str
    by: str = ""
    code: str = ""
    why: str = ""


class _Seal(Value):
    """What an entry of the kind ``seal`` says of a master."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

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
    """The newest master of each language.

    Args:
        journal: The record.
        held: Names of the members of the package.

    Raises:
        UnreadableInput: An entry that seals a master does not say what it should.
    """
    found: dict[str, SealedMaster] = {}
    for act in journal.acts("seal"):
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


def master_vouchers(masters: Iterable[SealedMaster], package: Members) -> Iterator[Vouched]:
    """Lineages and masters against the entries that sealed them."""
    for master in masters:
        by = f"entry {master.entry} of the ledger, which seals it"
        if master.lineage is not None:
            name = lineage_name(master.lineage)
            yield _same(name, package, master.lineage, by, "package.lineage")
        if master.member is not None:
            yield _same(master.member, package, master.file, by, "package.master")


def contract_vouchers(
    package: Members, journal: Journal, read_clauses: ReadClauses
) -> Iterator[Vouched]:
    """Clauses and signed document against what a person bound last.

    Args:
        package: The package.
        journal: The record.
        read_clauses: Reads the clauses; the ledger states the digest of what they say.

    Raises:
        UnreadableInput: The binding in the ledger does not say what it should.
    """
    last = last_binding(journal)
    for name in package.names:
        if name not in {CLAUSES, CONTRACT}:
            continue
        if last is None:
            yield Vouched(name, why="nobody has bound a contract in the ledger")
            continue
        entry, bound = last[0].entry, last[1]
        by = f"entry {entry} of the ledger, in which {bound.person} binds it"
        if name == CONTRACT:
            yield _same(name, package, bound.document, by, "package.contract")
            continue
        why = f"entry {entry} binds clauses that say something else"
        try:
            same = read_clauses(package.read(name)).digest == bound.reading
        except (UnreadableInput, Damaged) as error:
            same, why = False, told(error)
        yield Vouched(name, by=by) if same else Vouched(name, code="package.contract", why=why)


def rights_vouchers(package: Members, journal: Journal) -> Iterator[Vouched]:
    """Passports, uses, consents and papers against what the ledger says was known last.

    Args:
        package: The package.
        journal: The record.

    Raises:
        UnreadableInput: The entry does not say what it should.
    """
    last = last_rights(journal)
    for name in package.names:
        if not _is_of_rights(name):
            continue
        if last is None:
            yield Vouched(name, why="the ledger does not say what was known of rights")
            continue
        entry, facts = last
        why = f"entry {entry} states other rights than it"
        try:
            same = _as_recorded(name, package, facts)
        except (UnreadableInput, Damaged) as error:
            same, why = False, told(error)
        if same is None:
            why = f"entry {entry} is of an earlier release, which stated no digest of this part"
            yield Vouched(name, why=why)
        elif same:
            yield Vouched(name, by=f"entry {entry} of the ledger, which states the rights")
        else:
            yield Vouched(name, code="package.rights", why=why)


def told(error: GeneriqueError) -> str:
    """An error as one sentence of a finding."""
    return f"{error.what}: {error.why}" if error.why else error.what


def _is_of_rights(name: str) -> bool:
    return name in {PASSPORTS, USES, DIGESTS, CONSENTS} or name.startswith(PAPERS)


def _as_recorded(name: str, package: Members, facts: RightsFacts) -> bool | None:
    """Whether a member says what was recorded; None when the entry does not say."""
    if name.startswith(PAPERS):
        return package.digest(name) in facts.documents.values()
    if not facts.parts:
        return None
    data = package.read(name)
    if name == PASSPORTS:
        stated = list(read_document(data, PassportsDocument, where=name).passports)
        return stated_digest(stated) == facts.parts.get("passports")
    if name == USES:
        declared = list(read_document(data, UsesDocument, where=name).uses)
        return stated_digest(declared) == facts.parts.get("uses")
    if name == CONSENTS:
        held = read_document(data, ConsentsDocument, where=name).consents
        return _consents([_digested(one) for one in held]) == facts.parts.get("consents")
    listed = read_document(data, DigestsDocument, where=name)
    same = (listed.files, listed.documents) == (facts.files, facts.documents)
    return same and _consents(listed.consents) == facts.parts.get("consents")


def _digested(consent: dict[str, Any]) -> ConsentDigest:
    digest = stated_digest(consent).removeprefix("sha256:")
    return ConsentDigest(id=str(consent.get("id")), sha256=digest)


def _consents(listed: Iterable[ConsentDigest]) -> Digest:
    return stated_digest([one.to_json() for one in listed])


def _same(name: str, package: Members, digest: Digest, by: str, code: str) -> Vouched:
    if package.digest(name) == digest:
        return Vouched(name, by=by)
    return Vouched(name, code=code, why=f"it is not the one of {by}")
