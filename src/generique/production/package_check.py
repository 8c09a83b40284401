"""Checking a sealed evidence package, offline, without trusting whoever handed it over.

The keys inside only say who is claimed to have signed. That a signature holds under one of them
shows that the package is whole; that the key is the studio's, only a key that the reader got on
another way can show.

The law that a package is held against stands in :mod:`generique.production.evidence_package`.
Whatever is in a package, the outcome is a verdict, or an error of :mod:`generique.model.errors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from generique.ledger.canonical import canonical
from generique.ledger.envelope import Envelope, open_envelope
from generique.ledger.keys import STUDIO, PublicKey
from generique.ledger.proof import read_proof
from generique.ledger.replay import verify_ledger
from generique.marks.verdict import Finding, Verdict, worst
from generique.model.errors import Damaged, UnreadableInput
from generique.model.values import Excerpt, digest_of
from generique.production.contract import last_binding
from generique.production.package_documents import (
    AUDIT,
    CHECKPOINT,
    CLAUSES,
    DECISIONS,
    DIGESTS,
    ENTRIES,
    KEYS,
    MANIFEST,
    MASTERS,
    PASSPORTS,
    PREDICATE,
    PROOFS,
    SEAL,
    USES,
    WITNESSED,
    DecisionsDocument,
    MastersDocument,
    PackageManifest,
    SealedMaster,
    lineage_name,
    proof_name,
    read_document,
)
from generique.production.package_reading import OpenPackage, PackageReading
from generique.production.package_record import (
    decisions_of,
    masters_of,
    void_entries,
    weighed,
)
from generique.production.package_report import RE_DERIVED, SEAL_ALONE, PackageReport, few
from generique.production.package_vouchers import (
    ReadClauses,
    Vouched,
    contract_vouchers,
    master_vouchers,
    rights_vouchers,
    told,
)
from generique.production.rights import last_rights

_FOLLOWS = frozenset({MASTERS, DECISIONS, ENTRIES, CHECKPOINT, WITNESSED, KEYS})
_MADE_FOR_IT = frozenset({"README.txt", "root.pem"})
_MADE_FOR_IT_BELOW = ("report/", "tep/")


class _Evidence(Excerpt):
    entry: int | None = None


class _Rule(Excerpt):
    rests_on: tuple[_Evidence, ...] = ()


class _Audit(Excerpt):
    """What of the report in the package is held against the rest."""

    verdict: str
    rules: tuple[_Rule, ...]


class _Film(Excerpt):
    """What of a lineage is held against the list of contents."""

    production: str
    title: str


def check_package(
    package: OpenPackage, trusted: Sequence[PublicKey], read_clauses: ReadClauses
) -> PackageReport:
    """Re-derive everything that a package claims.

    Args:
        package: The package.
        trusted: Keys that the reader got otherwise.
        read_clauses: Reads the clauses of the contract.
    """
    check = _Check(package, trusted, read_clauses)
    for part in (
        check.form,
        check.seal,
        check.members,
        check.ledger,
        check.proofs,
        check.masters,
        check.decisions,
        check.contract,
        check.rights,
        check.report,
        check.rest,
    ):
        check.attempt(part)
    manifest = check.manifest
    return PackageReport(
        verdict=worst(finding.verdict for finding in check.findings),
        findings=few(check.findings),
        signers=tuple(sorted(check.signers)),
        checked=tuple(check.checked),
        vouched={name: check.vouched[name] for name in sorted(check.vouched)},
        production=manifest.production if manifest else "",
        title=manifest.title if manifest else "",
        until=manifest.until if manifest else "",
        audit=manifest.verdict if manifest else "",
    )


class _Check(PackageReading):
    """Walks through a package and collects what is wrong with it."""

    def __init__(
        self, package: OpenPackage, trusted: Sequence[PublicKey], read_clauses: ReadClauses
    ) -> None:
        super().__init__(package, trusted)
        self._read_clauses = read_clauses
        self._unvouched: set[str] = set()
        self.findings: list[Finding] = []
        self.signers: set[str] = set()
        self.checked: list[str] = []
        self.vouched: dict[str, str] = {}
        self.manifest: PackageManifest | None = None

    def attempt(self, part: Callable[[], None]) -> None:
        """Go through a part; what cannot be read is a finding, and the other parts go on."""
        try:
            part()
        except (UnreadableInput, Damaged) as error:
            self._broken("package.unreadable", error.where or "package", told(error))

    def form(self) -> None:
        """Every byte of the file is where its members put it."""
        if not self.package.is_canonical():
            self._broken(
                "package.form",
                "package",
                "the file holds something besides its members, or holds them otherwise than "
                "packages are written",
            )
        self.checked.append("every byte of the file")

    def seal(self) -> None:
        """The manifest is the one that was signed, by the studio whose ledger this is."""
        data = self.data(MANIFEST)
        envelope = open_envelope(self.data(SEAL), where=SEAL)
        statement = envelope.statement(where=SEAL)
        self.studio = self._sealed_by(envelope)
        signed = statement.digest_of("manifest")
        if statement.predicate_type != PREDICATE or signed != digest_of(data):
            self._broken("package.seal", SEAL, "what was signed is not this manifest")
        self.manifest = self.document(MANIFEST, PackageManifest)
        if canonical(statement.predicate) != canonical(self.manifest.about):
            self._broken("package.seal", SEAL, "the seal says otherwise than the manifest")
        self.checked.append("signature of the studio over the list of contents")

    def members(self) -> None:
        """Nothing is missing, added or changed."""
        listed = {one.path: one for one in self.manifest.files} if self.manifest else {}
        held = set(self.package.names) - {MANIFEST, SEAL}
        for name in sorted(held - set(listed)):
            self._broken("package.added", name, "the list of contents does not name it")
        for name, entry in listed.items():
            if name not in held:
                self._broken("package.missing", name, "the list of contents names it")
            elif self.package.size(name) != entry.bytes:
                self._broken("package.changed", name, "it has not the length that was signed")
            elif self.package.digest(name) != f"sha256:{entry.sha256}":
                self._broken("package.changed", name, "its digest is not the one that was signed")
        self.checked.append(f"digests of {len(listed)} files")

    def ledger(self) -> None:
        """The ledger re-derived from its entries."""
        checkpoint = self.text(CHECKPOINT)
        held = [self.text(WITNESSED)] if WITNESSED in self.held else []
        report = verify_ledger(enumerate(self.entries), checkpoint, self.keys, held=held)
        void = void_entries(self.record) if report.faults else frozenset()
        for fault in report.faults:
            place = "checkpoint" if fault.entry is None else f"entry {fault.entry}"
            verdict, why = weighed(fault, self.envelope, void)
            self.findings.append(
                Finding(code=fault.code, where=f"ledger, {place}", why=why, verdict=verdict)
            )
        if self.manifest and report.size != self.manifest.entries:
            self._broken("package.ledger", ENTRIES, "the list of contents counts other entries")
        if self.manifest and self.entries and self.manifest.until != self.last_said():
            self._broken("package.ledger", MANIFEST, "the last entry was said at another time")
        if self.studio and not self.checkpoint[1].signers((self.studio,)):
            self._broken(
                "package.seal", CHECKPOINT, "whoever sealed the package did not sign the ledger"
            )
        self.signers.update(report.signers)
        self.checked.append(f"all {report.size} entries of the ledger, their signatures and order")

    def proofs(self) -> None:
        """Every proof leads to the signed root, for the entry that stands at its place."""
        names = [name for name in self.package.names if name.startswith(PROOFS)]
        for name in names:
            proof = read_proof(self.text(name), where=name)
            inside = proof.index < len(self.entries)
            same = inside and proof.entry == self.entries[proof.index]
            if not (proof.included() and same and proof.checkpoint == self.checkpoint[0]):
                self._broken("proof.not-included", name, "it does not prove the entry it names")
            elif not proof.note.signers(self.keys):
                self._broken("proof.not-included", name, "nobody signed the state that it names")
            if name != proof_name(proof.index):
                self._broken("proof.other-entry", name, f"it proves entry {proof.index}")
        self.checked.append(f"{len(names)} proofs that an entry stands in the ledger")

    def masters(self) -> None:
        """The masters are those of the film as it was last made, with their lineages."""
        stated = self.document(MASTERS, MastersDocument).masters
        sealed = masters_of(self.record, self.held)
        for one in dict.fromkeys((*stated, *sealed)):
            if one not in sealed:
                self._broken(
                    "package.master", _place(one), "it is no master of the film as it was last made"
                )
            elif one not in stated:
                self._broken("package.master", _place(one), "it is left out of the list")
        if len(stated) != len(set(stated)):
            self._broken("package.master", MASTERS, "it names a master twice")
        self._hold(master_vouchers(sealed, self.package))
        kept = [one for one in sealed if one.lineage is not None]
        if kept:
            self._film(max(kept, key=lambda one: one.entry))
        self.checked.append(f"{len(sealed)} masters and their lineage, against their seals")

    def _film(self, newest: SealedMaster) -> None:
        """The list of contents names the film that was sealed last."""
        name = lineage_name(newest.lineage or "")
        film = _Film.read(self.data(name), where=name)
        stated = self.manifest
        if stated and (film.production, film.title) != (stated.production, stated.title):
            self._broken("package.ledger", MANIFEST, "the film that was sealed last is another")

    def decisions(self) -> None:
        """The decisions are those that the ledger holds, the void ones marked as void."""
        stated = self.document(DECISIONS, DecisionsDocument)
        held = decisions_of(self.record)
        if _without_words(stated) != _without_words(held):
            self._broken("package.decisions", DECISIONS, "the ledger holds other decisions")
        void = sum(one["void"] is not None for one in held.decisions) + len(held.void)
        self.checked.append(
            f"{len(held.decisions)} decisions against the ledger; {void} words of people are void"
        )

    def contract(self) -> None:
        """Clauses and signed document are the ones that a person bound last."""
        if last_binding(self.record) is not None and CLAUSES not in self.held:
            self._broken("package.contract", CLAUSES, "it is left out, and a person bound it")
        self._hold(contract_vouchers(self, self.record, self._read_clauses))
        self.checked.append("contract, against its binding in the ledger")

    def rights(self) -> None:
        """Passports, uses, consents and papers are those that the ledger states."""
        if last_rights(self.record) is not None:
            for name in sorted({PASSPORTS, USES, DIGESTS} - self.held):
                self._broken("package.rights", name, "it is left out, and the ledger states it")
        self._hold(rights_vouchers(self, self.record))
        self.checked.append("passports, uses, consents and papers, against the ledger")

    def report(self) -> None:
        """The report came out as the manifest says, and each entry behind it has its proof."""
        if self.manifest is None:
            return
        if AUDIT not in self.held:
            self._broken("package.report", AUDIT, "the report is left out")
            return
        audit = read_document(self.data(AUDIT), _Audit, where=AUDIT, exact=False)
        if audit.verdict != self.manifest.verdict:
            self._broken("package.report", AUDIT, "the list of contents says otherwise of it")
        entries = {one.entry for rule in audit.rules for one in rule.rests_on}
        for entry in sorted(entry for entry in entries if entry is not None):
            if proof_name(entry) not in self.held:
                self._broken("package.report", AUDIT, f"the proof of entry {entry} is left out")
        self.checked.append("proofs of what the report rests on")

    def rest(self) -> None:
        """Who vouches for the other members; what nobody asked for is told."""
        listed = {one.path for one in self.manifest.files} if self.manifest else set()
        for name in sorted(listed & self.held):
            if name in self.vouched or name in self._unvouched:
                continue
            if name in _FOLLOWS or name.startswith(PROOFS):
                self.vouched[name] = RE_DERIVED
            elif name in _MADE_FOR_IT or name.startswith(_MADE_FOR_IT_BELOW):
                self.vouched[name] = SEAL_ALONE
            else:
                self._hold([Vouched(name, why="the ledger does not speak of it")])

    def _hold(self, found: Iterable[Vouched]) -> None:
        """Take down who vouches for members; what the ledger contradicts is a finding."""
        for one in found:
            if one.by:
                self.vouched[one.name] = one.by
                continue
            self._unvouched.add(one.name)
            self.findings.append(
                Finding(
                    code=one.code or "package.unvouched",
                    where=one.name,
                    why=one.why if one.code else f"only the seal vouches for it: {one.why}",
                    verdict=Verdict.BROKEN if one.code else Verdict.VALID,
                )
            )

    def _sealed_by(self, envelope: Envelope) -> PublicKey | None:
        """The studio's key that signed the seal; whether the reader trusts it is told."""
        found = envelope.signers(self.keys)
        self.signers.update(key.id for key in found)
        studios = [key for key in found if key.name == STUDIO]
        trusted = [key for key in envelope.signers(self.trusted) if key.name == STUDIO]
        if not found:
            self._broken("package.unsigned", SEAL, "no signature on it can be checked")
        elif not studios:
            self._broken("package.unsigned", SEAL, "no studio's key signed it")
        elif not trusted:
            self.findings.append(
                Finding(
                    code="package.untrusted",
                    where=SEAL,
                    why="it is signed, and its signer is not among the keys that you trust: "
                    "ask the studio for its key on another way, and name it with --key",
                    verdict=Verdict.UNTRUSTED_SIGNER,
                )
            )
        return next(iter((*trusted, *studios)), None)

    def _broken(self, code: str, where: str, why: str) -> None:
        self.findings.append(Finding(code=code, where=where, why=why))


def _place(master: SealedMaster) -> str:
    return f"{MASTERS}, {master.language}"


def _without_words(document: DecisionsDocument) -> tuple[list[bytes], list[tuple[int, str]]]:
    """What is decided and what is void; a later release may word the reasons otherwise."""
    decided = [
        canonical({**one, "void": one.get("void", "") is not None}) for one in document.decisions
    ]
    return decided, [(one.entry, one.kind) for one in document.void]
