"""The composition root: which adapter stands behind which port."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generique.clearance.verdict import Gate
from generique.ledger.log import Ledger
from generique.machineroom.clock import SystemClock
from generique.machineroom.database import open_database
from generique.machineroom.folder import DiskFolder
from generique.machineroom.keys import KeyRing
from generique.machineroom.ledger_store import SqlEntryStore
from generique.machineroom.lineage_store import open_lineage
from generique.machineroom.plugin_shelf import PluginShelf
from generique.machineroom.shelf import Shelf
from generique.machineroom.turns import FileTurns
from generique.machineroom.vault import FileVault
from generique.marks.credential.claims import Terms
from generique.model.time import Rate
from generique.production.audit import AuditReport
from generique.production.clear import ClearingRoom, ScratchClearance, told
from generique.production.deposit import DepositRoom
from generique.production.endorse import EndorsingRoom
from generique.production.evidence import Exhibit, Report, Trust, verify_file
from generique.production.journal import Journal
from generique.production.machineroom_ports import Progress
from generique.production.master import MasteringRoom
from generique.production.matters import finished
from generique.production.mix import MixingRoom
from generique.production.plan import Planner
from generique.production.plate import PlateRoom
from generique.production.producer import Producer
from generique.production.provenance import Provenance
from generique.production.readback import ReadingRoom
from generique.production.release import ReleaseRoom, Rooms, last_report, publish_master
from generique.production.reproduce import Rehearsal
from generique.production.seal import Sealed, SealingRoom
from generique.production.shoot import Clearance
from generique.production.steps import StepMachine
from generique.production.withdrawal import Impact, all_impacts, withdrawals
from generique.studio.readings import Readings
from generique.studio.registry import Registry
from generique.studio.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from generique.machineroom.bench import MediaBench
    from generique.machineroom.credentials import CredentialMaker
    from generique.machineroom.job_book import DiskOffice
    from generique.machineroom.stage import DiskStageDoor
    from generique.marks.credential.report import CredentialTree
    from generique.model.lineage import Lineage
    from generique.model.refusal import Refusal
    from generique.production.deliver import Candidate, DeliveryRoom
    from generique.production.extend import ExtensionRoom
    from generique.production.final_cut import FinalCutRoom
    from generique.production.reconcile import Reconciler

STATE = ".generique"


class Studio:
    """The adapters of one production, made when they are first needed.

    Args:
        folder: The production.
        progress: Where progress is told.
        scratch: True outside any production, where only generators that need no clearance work.
    """

    def __init__(self, folder: DiskFolder, progress: Progress, *, scratch: bool = False) -> None:
        self.folder = folder
        self.progress = progress
        self._scratch = scratch
        self._state = folder.root / STATE

    @cached_property
    def settings(self) -> Settings:
        """Settings of this machine."""
        return Settings()

    @cached_property
    def ring(self) -> KeyRing:
        """The keys of this machine."""
        return KeyRing(self.settings.home / "keys")

    @cached_property
    def vault(self) -> FileVault:
        """The production's vault."""
        return FileVault(self._state / "vault")

    @cached_property
    def ledger(self) -> Ledger:
        """The production's ledger."""
        store = SqlEntryStore(self.database)
        return Ledger(store, self.ring.studio(), f"generique/{self.folder.production().id}")

    @property
    def witnessed(self) -> Path:
        """The last checkpoint that witnesses cosigned; not there before the first."""
        return self._state / "witnessed.txt"

    @cached_property
    def journal(self) -> Journal:
        """The production's record."""
        return Journal(self.ledger, SystemClock())

    @cached_property
    def provenance(self) -> Provenance:
        """The lineage graph, level with the ledger whenever it is asked for."""
        projection = open_lineage(self._state / "lineage.sqlite")
        return Provenance(self.journal, self.vault, projection)

    def impacts(self) -> tuple[Impact, ...]:
        """What every recorded withdrawal reaches by now."""
        if not withdrawals(self.journal):
            return ()
        rate = Rate.parse(self.folder.production().rate)
        return all_impacts(self.provenance.graph(), self.journal, rate)

    def rehearsal(self, apart: Path) -> Rehearsal:
        """Makes takes again in a folder outside the production."""
        from generique.machineroom.stage import DiskStageDoor

        door = DiskStageDoor(apart, FileVault(apart / "vault"), self.progress)
        return Rehearsal(self.journal, self.vault, self.shelf, door, self.bench, self.clearance)

    @cached_property
    def plates(self) -> PlateRoom:
        """Draws takes again as plates."""
        return PlateRoom(self.journal, self.vault, self.shelf, self.door, self.clearance)

    @cached_property
    def extensions(self) -> ExtensionRoom:
        """Puts footage into the sets of takes."""
        from generique.production.extend import ExtensionRoom

        machine, door = self.machine, self.door
        return ExtensionRoom(self.folder, machine, door, self.bench, self.shelf, self.clearance)

    @cached_property
    def machine(self) -> StepMachine:
        """Runs and recalls steps."""
        turns = FileTurns(self._state / "turn.lock")
        return StepMachine(self.journal, self.vault, self.progress, turns)

    @cached_property
    def shelf(self) -> Shelf:
        """The generators that are installed."""
        return Shelf()

    @cached_property
    def database(self) -> Engine:
        """The production's database."""
        return open_database(self._state / "ledger.sqlite")

    @cached_property
    def reconciler(self) -> Reconciler:
        """Settles jobs whose outcome is unknown."""
        from generique.production.reconcile import Reconciler

        return Reconciler(self.office, self.shelf, self.journal)

    @cached_property
    def office(self) -> DiskOffice:
        """Book of jobs, budget and settings, for hosted backends."""
        from generique.machineroom.job_book import DiskOffice, SqlJobBook

        book = SqlJobBook(self.database)
        return DiskOffice(self._state, book, lambda: self.folder.production().budget)

    @cached_property
    def bench(self) -> MediaBench:
        """Media tools."""
        from generique.machineroom.bench import MediaBench

        return MediaBench()

    @cached_property
    def door(self) -> DiskStageDoor:
        """Opens stages for backends."""
        from generique.machineroom.stage import DiskStageDoor

        return DiskStageDoor(self._state, self.vault, self.progress, self.office)

    @cached_property
    def credentials(self) -> CredentialMaker:
        """Signs content credentials."""
        from generique.machineroom.credentials import (
            CredentialMaker,
        )

        return CredentialMaker(self.ring, stamps=self.settings.timestamp_url or None)

    @cached_property
    def producer(self) -> Producer:
        """Brings the takes."""
        return Producer(
            self.folder, self.machine, self.shelf, self.door, self.bench, self.clearance
        )

    @cached_property
    def clearing(self) -> ClearingRoom:
        """Asks contract, packs and ground rules."""
        return ClearingRoom(self.folder, self.journal, self.vault, self.shelf)

    @property
    def clearance(self) -> Clearance:
        """Says whether elements may be made."""
        return ScratchClearance(self.shelf) if self._scratch else self.clearing

    @cached_property
    def planner(self) -> Planner:
        """Says what would be done."""
        return Planner(self.folder, self.machine, self.shelf, self.door, self.bench, self.clearing)

    @cached_property
    def mixing(self) -> MixingRoom:
        """Makes the mixes."""
        return MixingRoom(self.machine, self.bench)

    @cached_property
    def release(self) -> ReleaseRoom:
        """Brings takes to masters."""
        return ReleaseRoom(
            self.folder,
            self.machine,
            Rooms(
                mixing=self.mixing,
                mastering=MasteringRoom(self.machine, self.door, self.bench, PluginShelf()),
                sealing=SealingRoom(self.machine, self.door, self.credentials, self._terms()),
                depositing=self.depositing,
                reading=self.reading,
            ),
            self.clearing,
        )

    @cached_property
    def reading(self) -> ReadingRoom:
        """Reads masters back."""
        return ReadingRoom(self.machine, self.bench, self.registry.eyes)

    @cached_property
    def delivering(self) -> DeliveryRoom:
        """Delivers finished films, past every gate."""
        from generique.production.deliver import DeliveryRoom

        def cleared(candidate: Candidate) -> tuple[Refusal, ...]:
            verdict = self.clearing.film(
                Gate.DELIVER,
                candidate.lineage,
                readback=candidate.readback,
                current=finished(candidate.package, self.journal),
            )
            return told(verdict.refusals())

        return DeliveryRoom(
            self.folder, self.machine, self.reading, self._verified, gates=(cleared,)
        )

    def _verified(self, path: Path, proof: str) -> tuple[Report, CredentialTree | None]:
        """A file of the vault, verified with its proof and the whole ledger; and its credential."""
        trust = Trust(keys=self.ring.public_keys(), root=self.ring.root_certificate())
        with Readings(
            path, trust.root, self.credentials, self.bench.essence, self.folder.digest
        ) as readings:
            exhibit = Exhibit(path=path, digest=readings.digest(), proof=proof)
            report = verify_file(exhibit, trust, readings, readings, self.ledger)
            if any(found.code == "credential.unreadable" for found in report.findings):
                return report, None
            return report, readings.read(path, anchors=trust.root)

    @cached_property
    def registry(self) -> Registry:
        """What this machine knows of all productions."""
        return Registry(self.settings, self.progress)

    @cached_property
    def depositing(self) -> DepositRoom:
        """Takes masters and takes into the archive."""
        known = self.registry
        return DepositRoom(self.machine, known.archive, known.eyes, known.ears, self.credentials)

    @cached_property
    def final_cut(self) -> FinalCutRoom:
        """Audits delivered files."""
        from generique.production.final_cut import FinalCutRoom

        return FinalCutRoom(self.registry.identifier, self.registry.archive, self.bench)

    def sealed_lineage(self) -> Lineage:
        """The lineage of the film as it was sealed last."""
        from generique.production.final_cut import sealed_lineage

        return sealed_lineage(self.machine, self.credentials)

    @cached_property
    def endorsing(self) -> EndorsingRoom:
        """Carries approvals into masters."""
        return EndorsingRoom(self.machine, self.door, self.credentials)

    def _terms(self) -> Terms:
        """What the production lets its credentials say."""
        production = self.folder.production()
        return Terms(mining=production.mining, prompts=production.prompts)

    def publish_master(self, sealed: Sealed) -> Path:
        """Publish one master with its proof; gives the file."""
        return publish_master(self.folder, self.machine, sealed)

    def last_report(self) -> AuditReport | None:
        """The audit of the film as it was last made."""
        return last_report(self.machine)


def scratch_folder(settings: Settings) -> Path:
    """Folder of the production that a shot without one is made in."""
    return settings.home / "scratch"
