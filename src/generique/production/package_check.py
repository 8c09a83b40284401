"""Checking a sealed evidence package, offline, without trusting whoever handed it over.

The keys inside only say who is claimed to have signed. That a signature holds under one of them
shows that the package is whole; that the key is the studio's, only a key that the reader got on
another way can show.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from generique.ledger.checkpoint import read_checkpoint
from generique.ledger.envelope import Envelope, open_envelope
from generique.ledger.keys import PublicKey
from generique.ledger.proof import read_proof
from generique.ledger.replay import LedgerReport, verify_ledger
from generique.ledger.statement import Statement, predicate_type
from generique.marks.verdict import Finding, Verdict, worst
from generique.model.errors import Damaged, GeneriqueError, UnreadableInput
from generique.model.values import Digest, Value, digest_of
from generique.production.evidence import weighed_fault
from generique.production.evidence_package import (
    CHECKPOINT,
    ENTRIES,
    KEYS,
    MANIFEST,
    MASTERS,
    PREDICATE,
    SEAL,
    WITNESSED,
    PackageManifest,
    SealedMaster,
    lineage_name,
)

CONTRACT = "contract/"
PROOFS = "ledger/proofs/"
_TOLD = 12


class OpenPackage(Protocol):
    """A package that is open for reading."""

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

    def is_canonical(self) -> bool:
        """True when the file is the one form of its members, byte for byte."""


class PackageReport(Value):
    """What came of the check.

    Attributes:
        verdict: The worst of the findings: trusted, untrusted signer, broken.
        signers: Identifiers of the keys whose signatures hold.
        checked: What was checked, in words.
        audit: Verdict of the audit in the package, on the word of whoever sealed it.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    signers: tuple[str, ...]
    checked: tuple[str, ...]
    production: str = ""
    title: str = ""
    until: str = ""
    audit: str = ""

    @property
    def fault(self) -> bool:
        """True when the package did not pass."""
        return self.verdict in {Verdict.BROKEN, Verdict.UNKNOWN}


def check_package(package: OpenPackage, trusted: Sequence[PublicKey]) -> PackageReport:
    """Re-derive everything that a package claims.

    Args:
        package: The package.
        trusted: Keys that the reader got otherwise.
    """
    check = _Check(package, trusted)
    for part in (check.form, check.seal, check.members, check.ledger, check.proofs, check.record):
        check.attempt(part)
    verdict = worst([finding.verdict for finding in check.findings] or [Verdict.TRUSTED])
    manifest = check.manifest
    return PackageReport(
        verdict=verdict,
        findings=_few(check.findings),
        signers=tuple(sorted(check.signers)),
        checked=tuple(check.checked),
        production=manifest.production if manifest else "",
        title=manifest.title if manifest else "",
        until=manifest.until if manifest else "",
        audit=manifest.verdict if manifest else "",
    )


class _Check:
    """Walks through a package and collects what is wrong with it."""

    def __init__(self, package: OpenPackage, trusted: Sequence[PublicKey]) -> None:
        self._package = package
        self._trusted = tuple(trusted)
        self._entries: list[bytes] = []
        self.findings: list[Finding] = []
        self.signers: set[str] = set()
        self.checked: list[str] = []
        self.manifest: PackageManifest | None = None

    def attempt(self, part: Callable[[], None]) -> None:
        """Go through a part; what cannot be read is a finding, and the other parts go on."""
        try:
            part()
        except (UnreadableInput, Damaged) as error:
            self._broken("package.unreadable", error.where or "package", _words(error))

    def form(self) -> None:
        """Every byte of the file is where its members put it."""
        if not self._package.is_canonical():
            self._broken(
                "package.form",
                "package",
                "the file holds something besides its members, or holds them otherwise than "
                "packages are written",
            )
        self.checked.append("every byte of the file")

    def seal(self) -> None:
        """The manifest is the one that was signed."""
        data = self._package.read(MANIFEST)
        envelope = open_envelope(self._package.read(SEAL), where=SEAL)
        statement = envelope.statement(where=SEAL)
        self._signed(envelope, SEAL, self._keys())
        if statement.predicate_type != PREDICATE or statement.digest_of("manifest") != digest_of(
            data
        ):
            self._broken("package.seal", SEAL, "what was signed is not this manifest")
        manifest = PackageManifest.read(data, where=MANIFEST)
        said = {key: manifest.to_json()[key] for key in statement.predicate}
        if said != statement.predicate:
            self._broken("package.seal", SEAL, "the seal says otherwise than the manifest")
        self.manifest = manifest
        self.checked.append("signature of the studio over the list of contents")

    def members(self) -> None:
        """Nothing is missing, added or changed."""
        listed = {one.path: one for one in self.manifest.files} if self.manifest else {}
        held = set(self._package.names) - {MANIFEST, SEAL}
        for name in sorted(held - set(listed)):
            self._broken("package.added", name, "the list of contents does not name it")
        for name, entry in listed.items():
            if name not in held:
                self._broken("package.missing", name, "the list of contents names it")
            elif self._package.digest(name) != f"sha256:{entry.sha256}":
                self._broken("package.changed", name, "its digest is not the one that was signed")
        self.checked.append(f"digests of {len(listed)} files")

    def ledger(self) -> None:
        """The ledger re-derived from its entries."""
        data = self._package.read(ENTRIES)
        self._entries = data.split(b"\n")[:-1]
        checkpoint = self._package.read(CHECKPOINT).decode("utf-8", "replace")
        held = []
        if WITNESSED in self._package.names:
            held.append(self._package.read(WITNESSED).decode("utf-8", "replace"))
        keys = (*self._keys(), *self._trusted)
        report = verify_ledger(enumerate(self._entries), checkpoint, keys, held=held)
        self._faults(report)
        if self.manifest and report.size != self.manifest.entries:
            self._broken("package.ledger", ENTRIES, "the list of contents counts other entries")
        self.signers.update(report.signers)
        self.checked.append(f"all {report.size} entries of the ledger, their signatures and order")

    def proofs(self) -> None:
        """Every proof leads to the signed root, for the entry that stands at its place."""
        root, _ = read_checkpoint(self._package.read(CHECKPOINT).decode("utf-8", "replace"))
        names = [name for name in self._package.names if name.startswith(PROOFS)]
        for name in names:
            proof = read_proof(self._package.read(name).decode("utf-8", "replace"), where=name)
            inside = proof.index < len(self._entries)
            same = inside and proof.entry == self._entries[proof.index]
            if not (proof.included() and same and proof.checkpoint == root):
                self._broken("proof.not-included", name, "it does not prove the entry it names")
            if name != f"{PROOFS}{proof.index}.proof":
                self._broken("proof.other-entry", name, f"it proves entry {proof.index}")
        self.checked.append(f"{len(names)} proofs that an entry stands in the ledger")

    def record(self) -> None:
        """Masters, lineage, decisions and contract say what the ledger says of them."""
        masters = _json(self._package.read(MASTERS), MASTERS).get("masters", [])
        for item in masters:
            self._master(SealedMaster.read(item, where=MASTERS))
        said = _json(self._package.read("decisions.json"), "decisions.json").get("decisions")
        decided = [
            {"entry": index, **statement.predicate}
            for index, statement in self._stated(predicate_type("decision"))
        ]
        if said != decided:
            self._broken("package.decisions", "decisions.json", "the ledger holds other decisions")
        self._contract()
        self.checked.append("masters, lineage, decisions and contract against the ledger")

    def _master(self, master: SealedMaster) -> None:
        where = f"{MASTERS}, {master.language}"
        statement = self._statement(master.entry)
        if statement is None or statement.predicate_type != predicate_type("seal"):
            self._broken("package.master", where, f"entry {master.entry} seals no master")
            return
        facts = statement.predicate
        stated = (statement.digest_of("file"), statement.digest_of("essence"))
        if stated != (master.file, master.essence) or facts.get("lineage") != master.lineage:
            self._broken("package.master", where, f"entry {master.entry} seals another master")
        if master.lineage is not None:
            name = lineage_name(master.lineage)
            if self._package.digest(name) != master.lineage:
                self._broken("package.lineage", name, "it is not the lineage that was sealed")
        if master.member is not None and self._package.digest(master.member) != master.file:
            self._broken("package.master", master.member, "it is not the master that was sealed")

    def _contract(self) -> None:
        """The contract in the package is the one that a person bound last."""
        held = [
            name
            for name in self._package.names
            if name.startswith(CONTRACT) and not name.endswith(".toml")
        ]
        bound = list(self._stated(predicate_type("contract")))
        if not held or not bound:
            return
        index, statement = bound[-1]
        document = statement.digest_of("document")
        for name in held:
            if self._package.digest(name) != document:
                self._broken(
                    "package.contract", name, f"entry {index} binds another signed document"
                )

    def _keys(self) -> tuple[PublicKey, ...]:
        """The keys that the package says it was signed with."""
        text = self._package.read(KEYS).decode("utf-8", "replace")
        return tuple(PublicKey.parse(line) for line in text.splitlines() if line)

    def _signed(self, envelope: Envelope, where: str, keys: Sequence[PublicKey]) -> None:
        """A signature that holds, and whether by a key that the reader trusts."""
        found = envelope.signers((*keys, *self._trusted))
        self.signers.update(key.id for key in found)
        if not found:
            self._broken("package.unsigned", where, "no signature on it can be checked")
        elif not set(envelope.signers(self._trusted)):
            self.findings.append(
                Finding(
                    code="package.untrusted",
                    where=where,
                    why="it is signed, and none of its signers is among the keys that you trust: "
                    "ask the studio for its key on another way, and name it with --key",
                    verdict=Verdict.UNTRUSTED_SIGNER,
                )
            )

    def _faults(self, report: LedgerReport) -> None:
        for fault in report.faults:
            place = "checkpoint" if fault.entry is None else f"entry {fault.entry}"
            verdict, why = weighed_fault(fault, self._envelope)
            self.findings.append(
                Finding(code=fault.code, where=f"ledger, {place}", why=why, verdict=verdict)
            )

    def _envelope(self, index: int) -> Envelope:
        return open_envelope(self._entries[index], where=f"entry {index}")

    def _statement(self, index: int) -> Statement | None:
        if index >= len(self._entries):
            return None
        return self._envelope(index).statement(where=f"entry {index}")

    def _stated(self, kind: str) -> Iterator[tuple[int, Statement]]:
        """Statements of a kind, with where they stand."""
        for index in range(len(self._entries)):
            statement = self._statement(index)
            if statement is not None and statement.predicate_type == kind:
                yield index, statement

    def _broken(self, code: str, where: str, why: str) -> None:
        self.findings.append(Finding(code=code, where=where, why=why))


def _json(data: bytes, where: str) -> dict[str, Any]:
    try:
        read = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"{where} is not JSON", where=where, why=str(error)) from error
    if not isinstance(read, dict):
        raise UnreadableInput(f"{where} is not a JSON object", where=where)
    return read


def _words(error: GeneriqueError) -> str:
    return f"{error.what}: {error.why}" if error.why else error.what


def _few(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings; where thousands say the same, the first dozen of their kind."""
    seen: dict[str, int] = {}
    kept = []
    for finding in dict.fromkeys(findings):
        seen[finding.code] = seen.get(finding.code, 0) + 1
        if seen[finding.code] <= _TOLD:
            kept.append(finding)
    return tuple(kept)
