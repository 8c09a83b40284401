"""The audit room: brings ledger, rights, masters and stills together for one report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from generique import __version__
from generique.clearance.case import ReadBack
from generique.clearance.contract_words import TextLanguage
from generique.clearance.packs.catalogue import Confidence, known_packs
from generique.clearance.report import Sureness
from generique.clearance.verdict import Gate
from generique.machineroom.contract_files import read_clauses
from generique.machineroom.documents import set_document
from generique.machineroom.files import read_bytes, read_text
from generique.machineroom.sealed_zip import write_sealed
from generique.machineroom.thumbnails import thumbnails
from generique.marks.credential.judge import judge
from generique.marks.credential.report import CredentialTree
from generique.model.element import Raster
from generique.model.errors import Damaged, UsageError
from generique.model.lineage import Lineage
from generique.model.values import Digest, digest_of
from generique.production.audit import AuditReport
from generique.production.contract import governing_contract
from generique.production.credential_facts import credential_facts
from generique.production.evidence_package import (
    LargeFile,
    entries_behind,
    ledger_members,
    record_members,
    require_bound,
    rights_members,
    seal_members,
)
from generique.production.journal import Act
from generique.production.matters import finished
from generique.production.negative import NegativeProof, negative_proof, record_negative
from generique.production.originals import original_rules
from generique.production.package import last_package
from generique.production.package_documents import AUDIT, CLAUSES, CONTRACT, PAPERS, master_name
from generique.production.recall import sealed_film, sealed_masters
from generique.production.rights import record_rights
from generique.production.tep import TepAbout, TepFrame, listed, perceptual_hash, tep_files
from generique.production.withdrawal import with_withdrawals
from generique.studio.audit_paper import paper_pictures, paper_source
from generique.studio.audit_sheet import Sheet, audit_sheet
from generique.studio.package_readme import readme
from generique.studio.pages import audit_page
from generique.studio.wiring import Studio

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_SMALL = Raster(width=192, height=108)
_LANGUAGES: tuple[TextLanguage, ...] = ("en", "fr")


class AuditRoom:
    """Writes reports, packages and negative proofs of one production.

    Args:
        studio: Its adapters.
    """

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._stills: dict[int, bytes] | None = None

    def report(self, packs: tuple[str, ...] = ()) -> AuditReport:
        """The report of the film as it was last made, with what clearance says of it now.

        Args:
            packs: Policy packs to ask in place of those that the production chose.

        Raises:
            UsageError: No film was made yet.
            UnreadableInput: There is no pack of such a name.
        """
        studio = self._studio
        report = studio.last_report()
        if report is None:
            raise UsageError(
                "there is no film to audit yet",
                where=str(studio.folder.root),
                next_step="make it first with: generique produce",
            )
        report = with_withdrawals(report, studio.impacts())
        report = report.with_rules(original_rules(self.lineage, studio.vault))
        clearing, read = studio.clearing, self._readback()
        current = finished(last_package(studio.journal), studio.journal)
        case = clearing.film_case(Gate.DELIVER, self.lineage, packs, readback=read, current=current)
        report = report.with_outcomes(clearing.judge(case).outcomes, _sureness())
        return report.with_disclosures(case)

    def _readback(self) -> tuple[ReadBack, ...]:
        """What was read back from the masters, and what their credentials are worth.

        The vault gives a file only under the digest that the ledger sealed, so that its essence is
        the one stated there and need not be decoded again.
        """
        studio, found = self._studio, []
        root = studio.ring.root_certificate()
        for language in self.lineage.languages:
            facts = self.masters[language].facts
            tree = studio.credentials.read(studio.vault.path(facts["file"]), anchors=root)
            sealed = tree is not None and tree.manifest is not None
            worth = judge(tree, facts["essence"]).verdict.value if sealed else "missing"
            reading = studio.reading.read(language, facts["essence"])
            stated = credential_facts(tree, facts["essence"], self.lineage, reading)
            found.append(reading.summary(credential=worth, **stated))
        return tuple(found)

    @cached_property
    def lineage(self) -> Lineage:
        """The lineage of the film as it was last made."""
        return sealed_film(self._studio.journal, self._studio.vault)

    @cached_property
    def masters(self) -> dict[str, Act]:
        """The seal of each language version of that film."""
        return sealed_masters(self._studio.journal)

    def page(self, report: AuditReport, language: TextLanguage) -> bytes:
        """The report as HTML."""
        sheet = self._sheet(report, language)
        return audit_page(sheet, self._shown(sheet)).encode()

    def paper(self, report: AuditReport, language: TextLanguage) -> bytes:
        """The report as PDF."""
        sheet = self._sheet(report, language)
        stills = self._shown(sheet)
        return set_document(paper_source(sheet, stills), paper_pictures(sheet, stills))

    def package(
        self, report: AuditReport, target: Path, *, with_masters: bool, with_papers: bool
    ) -> Path:
        """Write the sealed evidence package.

        What is known of rights is recorded first, where it changed since, so that the ledger
        vouches for it.

        Args:
            report: With all its rules.
            target: Where it is put.
            with_masters: Copy the masters in.
            with_papers: Put consents and their documents in.

        Raises:
            Refused: The contract is another than the one that was bound.
            Damaged: The ledger does not hold, or a file is not the one that was recorded.
        """
        with self._studio.machine.turn("package"):
            return self._packed(report, target, with_masters=with_masters, with_papers=with_papers)

    def _packed(
        self, report: AuditReport, target: Path, *, with_masters: bool, with_papers: bool
    ) -> Path:
        """Write the package, while no other command writes into the ledger."""
        studio = self._studio
        record_rights(studio.clearing.rights, studio.journal, studio.vault)
        signer = studio.ring.studio()
        rests_on = entries_behind(report, studio.journal)
        witnessed = read_text(studio.witnessed) if studio.witnessed.is_file() else None
        large = self._large() if with_masters else {}
        members = {
            **ledger_members(studio.ledger, rests_on, studio.ring.public_keys(), witnessed),
            **record_members(studio.journal, studio.vault, frozenset(large)),
            **rights_members(studio.clearing.rights, with_papers=with_papers),
            **self._papers(with_papers=with_papers),
            **self._reports(report),
            **tep_files(self.lineage, self._tep_frames(), self._tep_about()),
            "root.pem": studio.ring.root_certificate().encode(),
        }
        require_bound(members, studio.journal, read_clauses)
        about = {
            "production": self.lineage.production,
            "title": self.lineage.title,
            "until": self._until(),
            "entries": studio.ledger.size(),
            "verdict": report.verdict.value,
        }
        members["README.txt"] = readme(about, sorted({*members, *large})).encode()
        write_sealed(seal_members(members, large, about, signer), target)
        return target

    def negative(self, shot: str) -> tuple[NegativeProof, str]:
        """State that no AI stands behind a shot: the statement, and its proof file."""
        studio = self._studio
        told = {
            use.file: self._credential(use.file) for use in self.lineage.elements if use.id == shot
        }
        statement = negative_proof(shot, self.lineage, studio.clearing.rights, told)
        entry = record_negative(statement, studio.journal)
        return statement, studio.ledger.prove(entry)

    def _credential(self, file: Digest) -> CredentialTree | None:
        """What the file of a shot says of itself."""
        if not self._studio.vault.has(file):
            raise Damaged(
                "the file of the shot is gone from the vault, so nobody can look at it",
                where=file,
                next_step="put it back, or ingest it again",
            )
        return self._studio.credentials.read(self._studio.vault.path(file))

    def _sheet(self, report: AuditReport, language: TextLanguage) -> Sheet:
        studio = self._studio
        people = {one.id: one.name for one in studio.folder.production().people}
        contract = governing_contract(studio.folder, studio.journal)
        return audit_sheet(report, self.lineage, language, people, contract)

    def _shown(self, sheet: Sheet) -> dict[int, bytes]:
        """Stills of the first master; none where its file is gone."""
        if self._stills is None:
            act = self.masters[self.lineage.languages[0]]
            vault = self._studio.vault
            held = vault.has(act.facts["file"])
            path = vault.path(act.facts["file"]) if held else None
            found = thumbnails(self._studio.bench, path, sheet.frames) if path else {}
            self._stills = found
        return self._stills

    def _reports(self, report: AuditReport) -> dict[str, bytes]:
        members = {AUDIT: report.text().encode()}
        for language in _LANGUAGES:
            members[f"report/audit.{language}.html"] = self.page(report, language)
            members[f"report/audit.{language}.pdf"] = self.paper(report, language)
        return members

    def _papers(self, *, with_papers: bool) -> dict[str, bytes]:
        """The contract as it was read and signed; people's papers only when asked for."""
        folder = self._studio.folder
        members: dict[str, bytes] = {}
        contract = folder.contract()
        if contract is not None:
            members[CLAUSES] = read_bytes(folder.contract_folder / "clauses.toml")
            name = contract.heading.signed
            if name and (folder.contract_folder / name).is_file():
                members[CONTRACT] = read_bytes(folder.contract_folder / name)
        if with_papers:
            rights = self._studio.clearing.rights
            for number, (name, digest) in enumerate(sorted(rights.documents.items())):
                suffix = Path(name).suffix if _SUFFIX.fullmatch(Path(name).suffix) else ""
                data = read_bytes(folder.root / name)
                if digest_of(data) != digest:
                    raise Damaged(f"{name} was changed while it was packed", where=name)
                members[f"{PAPERS}{number:03d}-{digest[7:23]}{suffix}"] = data
        return members

    def _large(self) -> dict[str, LargeFile]:
        """The masters, by their names in the package."""
        vault, found = self._studio.vault, {}
        for language, act in self.masters.items():
            path = vault.path(act.facts["file"])
            found[master_name(language)] = LargeFile(
                path=path, digest=act.facts["file"], bytes=path.stat().st_size
            )
        return found

    def _tep_frames(self) -> dict[str, TepFrame]:
        """When each take was made, and the hash of its middle frame."""
        made = {act.entry: str(act.facts["at"]) for act in self._studio.journal.takes()}
        found: dict[str, TepFrame] = {}
        for use in listed(self.lineage):
            vault = self._studio.vault
            if not vault.has(use.file) or use.entry not in made or use.take is None:
                continue
            path = vault.path(use.file)
            middle = self._studio.bench.picture_facts(path).frames // 2
            frames = self._studio.bench.frames(path, middle, 1, _SMALL)
            for frame in frames:
                found[use.take] = TepFrame(made=made[use.entry], phash=perceptual_hash(frame))
        return found

    def _tep_about(self) -> TepAbout:
        production = self._studio.folder.production()
        people: Mapping[str, Any] = {one.id: one for one in production.people}
        first = next(iter(people.values()), None)
        return TepAbout(
            begun=self._said_at(0),
            until=self._until(),
            creator=first.name if first else production.title,
            role=first.roles[0].value if first and first.roles else "production",
            system=f"Générique {__version__}",
        )

    def _until(self) -> str:
        return self._said_at(self._studio.ledger.size() - 1)

    def _said_at(self, entry: int) -> str:
        return str(self._studio.ledger.entry(entry).statement().predicate.get("at", ""))


def _sureness() -> dict[str, Sureness]:
    """How sure each rule of a pack is, by its identifier."""
    return {
        rule.id: Sureness(
            words=rule.confidence.words,
            unconfirmed=rule.confidence is Confidence.UNCONFIRMED,
        )
        for pack in known_packs().values()
        for rule in pack.rules
    }
