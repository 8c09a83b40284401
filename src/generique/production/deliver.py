"""Deliver: the gates, then the masters with everything that belongs to them, under one manifest.

1. What is delivered is the newest sealed master of every language, as it lies in the vault.
2. It is read back from that file, and its seal is verified, before any gate is asked.
3. Every gate is asked, so that all refusals are told at once. One refusal is enough.
4. The manifest names every file with its digest. The studio says so in the ledger, by an entry
   of the kind ``delivery``, before anything is published; the folder appears whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generique.clearance.case import ReadBack
from generique.ledger.canonical import canonical
from generique.marks.credential.report import CredentialTree
from generique.marks.proofcheck import FILE_SUBJECT
from generique.model.errors import UsageError
from generique.model.lineage import Lineage
from generique.model.refusal import NotCleared, Refusal
from generique.model.values import Digest, Json, digest_of
from generique.production.credential_facts import credential_facts
from generique.production.delivery_gates import OWN_GATES
from generique.production.evidence import Report
from generique.production.journal import Act, Journal
from generique.production.machineroom_ports import Folder
from generique.production.package import Package, required_package
from generique.production.readback import MasterReading, ReadingRoom, required_seal
from generique.production.steps import StepMachine

SCHEMA = "generique/delivery/1"
DELIVERY = "delivery"
"""Name of the folder in ``out/``."""

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Presented:
    """A master that is to be delivered, with what was found of it.

    Attributes:
        seal: The act that sealed it.
        path: The very file.
        proof: Its proof.
        report: Verification of file, credential, proof and ledger.
        credential: The credential that the report is about; None when it bears none.
        reading: What was read back from it.
    """

    language: str
    seal: Act
    path: Path
    proof: str
    report: Report
    credential: CredentialTree | None
    reading: MasterReading

    @property
    def file(self) -> Digest:
        """Digest of the file."""
        found: Digest = self.seal.facts["file"]
        return found

    @property
    def essence(self) -> Digest:
        """Its essence."""
        found: Digest = self.seal.facts["essence"]
        return found


@dataclass(frozen=True)
class Candidate:
    """Everything that is to be delivered, as the gates see it.

    Attributes:
        lineage: Of the film, as it was sealed.
        masters: One for each language of the production, in their order.
        package: What goes with them.
        journal: What people have said by now.
    """

    lineage: Lineage
    masters: tuple[Presented, ...]
    package: Package
    journal: Journal

    @property
    def readback(self) -> tuple[ReadBack, ...]:
        """What clearance is told of the masters."""
        return tuple(
            master.reading.summary(
                credential=master.report.verdict.value,
                **credential_facts(
                    master.credential, master.report.essence, self.lineage, master.reading
                ),
            )
            for master in self.masters
        )


DeliveryGate = Callable[[Candidate], Iterable[Refusal]]
"""Answers with every reason for which the candidate must not leave; with none to let it pass."""

Verifier = Callable[[Path, str], tuple[Report, CredentialTree | None]]
"""Verifies a file with its proof and the ledger, and gives the credential that it bears."""


@dataclass(frozen=True)
class Delivered:
    """A delivery.

    Attributes:
        folder: Where it lies.
        names: Of its files.
        manifest: The manifest's document.
        entry: Ledger entry that says it.
        candidate: What was delivered.
    """

    folder: Path
    names: tuple[str, ...]
    manifest: dict[str, Json]
    entry: int
    candidate: Candidate


class DeliveryRoom:
    """Delivers finished films.

    Args:
        folder: The production.
        machine: The ledger and the vault.
        reading: Reads masters back.
        verify: Verifies masters.
        gates: Asked besides the room's own: clearance.
    """

    def __init__(
        self,
        folder: Folder,
        machine: StepMachine,
        reading: ReadingRoom,
        verify: Verifier,
        gates: Sequence[DeliveryGate] = (),
    ) -> None:
        self._folder = folder
        self._machine = machine
        self._reading = reading
        self._verify = verify
        self._gates: tuple[DeliveryGate, ...] = (*OWN_GATES, *gates)

    def deliver(self) -> Delivered:
        """Ask every gate, then publish.

        Raises:
            NotCleared: Some gate refuses; nothing was published.
            UsageError: There is no master of some language yet.
            Damaged: What lies in the vault is not what was sealed.
        """
        candidate = self.candidate()
        refusals = self.refusals(candidate)
        if refusals:
            raise NotCleared("not delivered", refusals)
        with self._machine.turn(DELIVERY):
            files = self._files(candidate)
            act = self._delivered(files)
            if act is None:
                act = self._record(candidate, files)
        return self._published(candidate, act)

    def candidate(self) -> Candidate:
        """What would be delivered: newest masters, read back and verified; nothing is published.

        Raises:
            UsageError: There is no master of some language yet.
        """
        package = required_package(self._machine.journal)
        wanted = self._folder.production().languages
        missing = [language for language in wanted if language not in package.essences]
        if missing:
            raise UsageError(
                f"the film was not made in {', '.join(missing)} yet",
                next_step="make it with: generique produce",
            )
        masters = tuple(self._presented(name, package.essences[name]) for name in wanted)
        lineages = {master.seal.facts["lineage"] for master in masters}
        if len(lineages) != 1:
            raise UsageError(
                "the masters of the languages are not of the same film",
                why="some language was made again since",
                next_step="make all of them with: generique produce",
            )
        text = self._machine.vault.read(lineages.pop())
        return Candidate(
            lineage=Lineage.read(text, where="the sealed lineage"),
            masters=masters,
            package=package,
            journal=self._machine.journal,
        )

    def refusals(self, candidate: Candidate) -> tuple[Refusal, ...]:
        """Every reason for which it must not leave, gate by gate."""
        return tuple(refusal for gate in self._gates for refusal in gate(candidate))

    def _presented(self, language: str, essence: Digest) -> Presented:
        seal = required_seal(self._machine, language, essence)
        path = self._machine.vault.path(seal.facts["file"])
        proof = self._machine.journal.ledger.prove(seal.entry)
        self._machine.progress.step(f"verify {language}", "started")
        report, credential = self._verify(path, proof)
        return Presented(
            language=language,
            seal=seal,
            path=path,
            proof=proof,
            report=report,
            credential=credential,
            reading=self._reading.read(language, essence),
        )

    def _files(self, candidate: Candidate) -> dict[str, Digest]:
        """What is the same however often it is delivered, by name."""
        vault = self._machine.vault
        files = dict(candidate.package.texts)
        for master in candidate.masters:
            reading = canonical(master.reading.to_json())
            files |= {
                f"master.{master.language}.mp4": master.file,
                f"readback.{master.language}.json": vault.put_bytes(reading),
            }
        return files

    def _delivered(self, files: Mapping[str, Digest]) -> Act | None:
        """The act that said this very delivery before, where all of it is still kept."""
        act = self._machine.journal.find_step(_key(files))
        if act is None:
            return None
        kept = (*act.facts["files"].values(), act.facts["manifest"])
        return act if all(self._machine.vault.has(digest) for digest in kept) else None

    def _record(self, candidate: Candidate, files: Mapping[str, Digest]) -> Act:
        """Write the manifest and say it in the ledger."""
        vault, journal = self._machine.vault, self._machine.journal
        proofs = {
            f"master.{master.language}.proof": vault.put_bytes(master.proof.encode())
            for master in candidate.masters
        }
        all_files = {**files, **proofs}
        manifest = vault.put_bytes(self._manifest(candidate, all_files))
        entry = journal.record(
            "delivery",
            {FILE_SUBJECT: manifest, **all_files},
            {"manifest": manifest, "files": dict(all_files)},
            step_key=_key(files),
        )
        return Act(entry, "delivery", {"manifest": manifest, "files": dict(all_files)})

    def _manifest(self, candidate: Candidate, files: Mapping[str, Digest]) -> bytes:
        lineage = candidate.lineage
        masters = {f"master.{one.language}.mp4": one for one in candidate.masters}
        rows: list[Json] = []
        for name in sorted(files):
            row: dict[str, Json] = {
                "name": name,
                "bytes": self._folder.size(self._machine.vault.path(files[name])),
                "sha256": files[name].removeprefix("sha256:"),
            }
            if name in masters:
                one = masters[name]
                row |= {"language": one.language, "essence": one.essence, "entry": one.seal.entry}
            rows.append(row)
        document = {
            "schema": SCHEMA,
            "production": lineage.production,
            "title": lineage.title,
            "languages": list(lineage.languages),
            "frames": lineage.frames,
            "rate": lineage.rate.to_json(),
            "log": self._machine.journal.ledger.origin,
            "files": rows,
        }
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()

    def _published(self, candidate: Candidate, act: Act) -> Delivered:
        """The whole folder at once; the manifest's own proof leads to today's checkpoint."""
        vault, ledger = self._machine.vault, self._machine.journal.ledger
        files: dict[str, Digest] = {**act.facts["files"], MANIFEST: act.facts["manifest"]}
        for name, text in (
            ("manifest.proof", ledger.prove(act.entry)),
            ("checkpoint.txt", ledger.checkpoint()),
        ):
            files[name] = vault.put_bytes(text.encode())
        sources = {name: (vault.path(digest), digest) for name, digest in files.items()}
        folder = self._folder.publish_folder(DELIVERY, sources)
        manifest = json.loads(vault.read(act.facts["manifest"]))
        self._machine.progress.step(DELIVERY, "done")
        return Delivered(folder, tuple(sorted(files)), manifest, act.entry, candidate)


def _key(files: Mapping[str, Digest]) -> Digest:
    """Key of a delivery: the same files are delivered once."""
    return digest_of(canonical({"verb": DELIVERY, "files": dict(files)}))
