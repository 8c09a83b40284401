"""The sealed evidence package: everything that a stranger needs to check a film, offline.

Its law, which :mod:`generique.production.package_check` holds a package against:

1. ``manifest.json`` lists every other member with its digest, but for ``seal.dsse``.
2. ``seal.dsse`` is a statement about the manifest's digest, signed by the studio.
3. ``ledger/`` holds every entry as it was signed, the checkpoint, and a proof for each entry that
   the report rests on.
4. What the ledger states a digest of agrees with it: masters and lineages with their seals, the
   clauses and the signed document with their binding, passports, uses, consents and papers with
   what was last recorded of rights. Masters and decisions are those that the ledger holds, the
   void ones marked as void.

The report, the export for others, the root certificate and the letter are vouched for by the seal
alone.

Nobody's consent, no paper of a person and no secret is in it unless it is asked for by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import NonNegativeInt

from generique.ledger.envelope import seal
from generique.ledger.keys import PublicKey
from generique.ledger.log import Ledger
from generique.ledger.ports import Signer
from generique.ledger.replay import verify_ledger
from generique.ledger.statement import Statement, Subject
from generique.marks.verdict import Verdict
from generique.model.errors import Damaged, Refused
from generique.model.values import Digest, Value, digest_of
from generique.production.audit import AuditReport
from generique.production.journal import Journal
from generique.production.package_documents import (
    CHECKPOINT,
    CONSENTS,
    DECISIONS,
    DIGESTS,
    ENTRIES,
    KEYS,
    MANIFEST,
    MASTERS,
    PASSPORTS,
    PREDICATE,
    SEAL,
    USES,
    WITNESSED,
    Listed,
    MastersDocument,
    PackageManifest,
    in_form,
    lineage_name,
    proof_name,
)
from generique.production.package_record import (
    decisions_of,
    held_record,
    masters_of,
    void_entries,
    weighed,
)
from generique.production.package_vouchers import ReadClauses, contract_vouchers
from generique.production.ports import Vault
from generique.production.recall import sealed_masters
from generique.production.rights import RightsFile, last_rights


class LargeFile(Value):
    """A file that is copied into the package without being held in memory."""

    path: Path
    digest: Digest
    bytes: NonNegativeInt


def ledger_members(
    ledger: Ledger, rests_on: Iterable[int], keys: Sequence[PublicKey], witnessed: str | None
) -> dict[str, bytes]:
    """The ledger, its proofs, and the public keys that signed it.

    Args:
        ledger: Of the production.
        rests_on: Entries that the report rests on.
        keys: Public keys known here; those that signed nothing are left out.
        witnessed: The last checkpoint that witnesses cosigned.

    Raises:
        Damaged: The ledger does not hold; a package would only carry the damage on.
    """
    entries = tuple(ledger.raw_entries())
    checkpoint = ledger.checkpoint()
    report = verify_ledger(entries, checkpoint, keys)
    void = void_entries(held_record((data for _, data in entries), ledger.key, ledger.origin))
    found = (
        weighed(fault, lambda entry: ledger.entry(entry).envelope, void) for fault in report.faults
    )
    broken = [why for verdict, why in found if verdict is Verdict.BROKEN]
    if broken:
        raise Damaged(
            "the ledger does not hold, so no evidence is packed",
            where=ledger.origin,
            why="; ".join(broken[:3]),
            next_step="restore the ledger from a backup",
        )
    signed = [key.vkey for key in keys if key.id in report.signers]
    members = {
        ENTRIES: b"".join(data + b"\n" for _, data in entries),
        CHECKPOINT: checkpoint.encode(),
        KEYS: "".join(f"{key}\n" for key in signed).encode(),
    }
    if witnessed is not None:
        members[WITNESSED] = witnessed.encode()
    for entry in sorted(set(rests_on)):
        members[proof_name(entry)] = ledger.prove(entry).encode()
    return members


def entries_behind(report: AuditReport, journal: Journal) -> Iterator[int]:
    """Entries that a report rests on: of its rules, its elements, decisions, rights and seals."""
    for rule in report.rules:
        yield from (item.entry for item in rule.rests_on if item.entry is not None)
    for element in report.elements:
        yield element.use.entry
        yield from (said.entry for said in element.use.decisions)
    yield from (act.entry for act in journal.acts("decision", "contract", "withdrawal"))
    yield from (act.entry for act in journal.void())
    known = last_rights(journal)
    yield from () if known is None else (known[0],)
    yield from (act.entry for act in sealed_masters(journal).values())


def record_members(
    journal: Journal, vault: Vault, copied: frozenset[str] = frozenset()
) -> dict[str, bytes]:
    """What the ledger says of masters, lineage and decisions, as documents.

    Args:
        journal: The record.
        vault: Holds the lineage documents.
        copied: Names of the masters that are copied into the package.

    Raises:
        Damaged: The lineage of a master is missing from the vault, or changed.
    """
    masters = masters_of(journal, copied)
    members = {
        MASTERS: in_form(MastersDocument(masters=masters).to_json()),
        DECISIONS: in_form(decisions_of(journal).to_json()),
    }
    for master in masters:
        if master.lineage is not None:
            members[lineage_name(master.lineage)] = vault.read(master.lineage)
    return members


class _Held:
    """Members that are about to be sealed, read as a reader will read them.

    Args:
        members: Bytes by name.
    """

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self._members = members

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, in their order."""
        return tuple(sorted(self._members))

    def read(self, name: str) -> bytes:
        """Bytes of a member."""
        return self._members[name]

    def digest(self, name: str) -> Digest:
        """Digest of a member."""
        return digest_of(self._members[name])


def require_bound(
    members: Mapping[str, bytes], journal: Journal, read_clauses: ReadClauses
) -> None:
    """Refuse to pack a contract that is another than the one which a person bound.

    Args:
        members: Bytes by name.
        journal: The record.
        read_clauses: Reads the clauses.

    Raises:
        Refused: Whoever checks the package would find it broken.
    """
    for vouched in contract_vouchers(_Held(members), journal, read_clauses):
        if vouched.code:
            raise Refused(
                "the contract is not the one that was bound, so no evidence is packed",
                where=vouched.name,
                why=vouched.why,
                next_step="restore it, or let a person bind it again: generique contract bind",
            )


def rights_members(rights: RightsFile, *, with_papers: bool) -> dict[str, bytes]:
    """Passports, and digests of what people signed; the papers themselves only when asked for."""
    said = {"files": rights.files, "documents": rights.documents}
    members = {
        PASSPORTS: in_form({"passports": rights.stated_passports()}),
        DIGESTS: in_form({"consents": rights.consent_digests(), **said}),
        USES: in_form({"uses": rights.stated_uses()}),
    }
    if with_papers:
        members[CONSENTS] = in_form({"consents": rights.stated_consents()})
    return members


def seal_members(
    members: Mapping[str, bytes],
    large: Mapping[str, LargeFile],
    about: Mapping[str, Any],
    signer: Signer,
) -> dict[str, bytes | Path]:
    """The package's members with manifest and seal.

    Args:
        members: Bytes by name.
        large: Files that are copied in, with their digests.
        about: Further fields of the manifest.
        signer: The studio's key.
    """
    listed = [
        Listed(path=name, sha256=digest_of(data)[7:], bytes=len(data))
        for name, data in members.items()
    ]
    listed += [
        Listed(path=name, sha256=file.digest[7:], bytes=file.bytes) for name, file in large.items()
    ]
    files = tuple(sorted(listed, key=lambda one: one.path))
    manifest = PackageManifest(**about, files=files)
    listing = in_form(manifest.to_json())
    statement = Statement(
        subjects=(Subject.of("manifest", digest_of(listing)),),
        predicate_type=PREDICATE,
        predicate=manifest.about,
    )
    sealed = seal(statement, (signer,)).encode()
    copied = {name: file.path for name, file in large.items()}
    return {**members, **copied, MANIFEST: listing, SEAL: sealed}
