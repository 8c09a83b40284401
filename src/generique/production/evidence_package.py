"""The sealed evidence package: everything that a stranger needs to check a film, offline.

Its law, which :mod:`generique.production.package_check` holds a package against:

1. ``manifest.json`` lists every other member with its digest, but for ``seal.dsse``.
2. ``seal.dsse`` is a statement about the manifest's digest, signed by the studio.
3. ``ledger/`` holds every entry as it was signed, the checkpoint, and a proof for each entry that
   the report rests on. Everything else in the package that the ledger speaks of agrees with it.

Nobody's consent, no paper of a person and no secret is in it unless it is asked for by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import NonNegativeInt

from generique.ledger.canonical import canonical
from generique.ledger.envelope import seal
from generique.ledger.keys import PublicKey
from generique.ledger.log import Ledger
from generique.ledger.ports import Signer
from generique.ledger.replay import verify_ledger
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.marks.verdict import Verdict
from generique.model.errors import Damaged
from generique.model.values import Digest, Value, digest_of
from generique.production.audit import AuditReport
from generique.production.evidence import weighed_fault
from generique.production.journal import Journal
from generique.production.ports import Vault
from generique.production.recall import sealed_masters
from generique.production.rights import RightsFile

MANIFEST = "manifest.json"
SEAL = "seal.dsse"
ENTRIES = "ledger/entries.jsonl"
CHECKPOINT = "ledger/checkpoint.txt"
WITNESSED = "ledger/witnessed.txt"
KEYS = "keys.txt"
MASTERS = "masters.json"
PREDICATE = predicate_type("package")


class Listed(Value):
    """A member as the manifest lists it."""

    path: str
    sha256: str
    bytes: NonNegativeInt


class PackageManifest(Value):
    """What a package holds.

    Attributes:
        until: Time of the last ledger entry that it knows; the package says nothing of later.
        verdict: Of the audit in it.
    """

    schema_version: Literal["generique/package/1"] = "generique/package/1"
    production: str
    title: str
    until: str
    entries: NonNegativeInt
    verdict: str
    files: tuple[Listed, ...]


class SealedMaster(Value):
    """A master that the package is about.

    Attributes:
        file: Digest of the finished file.
        entry: Ledger entry that sealed it.
        lineage: Digest of the lineage document, which lies in the package under that name.
        member: Where the master itself lies in the package; None when it was not asked for.
    """

    language: str
    file: Digest
    essence: Digest
    entry: NonNegativeInt
    lineage: Digest | None
    member: str | None = None


class LargeFile(Value):
    """A file that is copied into the package without being held in memory."""

    path: Path
    digest: Digest
    bytes: NonNegativeInt


def proof_name(entry: int) -> str:
    """Name of the proof of an entry."""
    return f"ledger/proofs/{entry}.proof"


def lineage_name(digest: Digest) -> str:
    """Name of a lineage document."""
    return f"lineage/{digest.removeprefix('sha256:')}.json"


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
    weighed = (
        weighed_fault(fault, lambda entry: ledger.entry(entry).envelope) for fault in report.faults
    )
    broken = [why for verdict, why in weighed if verdict is Verdict.BROKEN]
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
    """Entries that a report rests on: of its rules, its elements, decisions and seals."""
    for rule in report.rules:
        yield from (item.entry for item in rule.rests_on if item.entry is not None)
    for element in report.elements:
        yield element.use.entry
        yield from (said.entry for said in element.use.decisions)
    yield from (act.entry for act in journal.acts("decision", "contract", "withdrawal"))
    yield from (act.entry for act in sealed_masters(journal).values())


def master_name(language: str) -> str:
    """Name of a master."""
    return f"masters/master.{language}.mp4"


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
    masters, members = [], {}
    for language, act in sorted(sealed_masters(journal).items()):
        facts = act.facts
        document = facts.get("lineage")
        masters.append(
            SealedMaster(
                language=language,
                file=facts["file"],
                essence=facts["essence"],
                entry=act.entry,
                lineage=document,
                member=name if (name := master_name(language)) in copied else None,
            )
        )
        if document is not None:
            members[lineage_name(document)] = vault.read(document)
    decisions = [{"entry": act.entry, **act.facts} for act in journal.acts("decision")]
    members[MASTERS] = _document({"masters": [master.to_json() for master in masters]})
    members["decisions.json"] = _document({"decisions": decisions})
    return members


def rights_members(rights: RightsFile, *, with_papers: bool) -> dict[str, bytes]:
    """Passports, and digests of what people signed; the papers themselves only when asked for."""
    passports = [one.model_dump(mode="json", by_alias=True) for one in rights.passports()]
    consents = [
        {"id": consent.id, "sha256": digest_of(canonical(consent.to_json()))[7:]}
        for consent in rights.consents
    ]
    members = {
        "rights/passports.json": _document({"passports": passports}),
        "rights/digests.json": _document(
            {"consents": consents, "files": rights.files, "documents": rights.documents}
        ),
        "rights/uses.json": _document({"uses": [one.to_json() for one in rights.declarations]}),
    }
    if with_papers:
        held = [consent.to_json() for consent in rights.consents]
        members["rights/consents.json"] = _document({"consents": held})
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
    manifest = _document(PackageManifest(**about, files=files).to_json())
    statement = Statement(
        subjects=(Subject.of("manifest", digest_of(manifest)),),
        predicate_type=PREDICATE,
        predicate={key: about[key] for key in sorted(about)},
    )
    sealed = seal(statement, (signer,)).encode()
    copied = {name: file.path for name, file in large.items()}
    return {**members, **copied, MANIFEST: manifest, SEAL: sealed}


def _document(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    return (text + "\n").encode()
