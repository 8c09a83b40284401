"""For which members of an evidence package the ledger vouches, and what it says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from generique.clearance.clauses import Contract
from generique.model.errors import Damaged, GeneriqueError, UnreadableInput
from generique.model.values import Digest
from generique.production.contract import last_binding
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
    DigestsDocument,
    PassportsDocument,
    SealedMaster,
    UsesDocument,
    lineage_name,
    read_document,
    stated_digest,
)
from generique.production.rights import RightsFacts, last_rights

ReadClauses = Callable[[bytes], Contract]
"""Reads the bytes of ``contract/clauses.toml``; raises ``UnreadableInput``."""


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
