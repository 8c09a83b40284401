"""Deposit: masters and takes go into the machine's archive, so that copies of them are known.

The fingerprint of a master is a step of the production like any other: made once, kept in the
vault, recorded in the ledger. The archive is filled from there.
"""

from __future__ import annotations

from generique.marks.credential.soft_binding import ISCC, SoftBinding
from generique.marks.fingerprint.iscc import video_code
from generique.marks.fingerprint.signature import Signatures
from generique.marks.pointer import PICTURE_MARK, SOUND_MARK
from generique.model.element import ElementKind
from generique.model.lineage import Lineage
from generique.model.time import Rate
from generique.model.values import Digest
from generique.production.archive_ports import Archive
from generique.production.ingest import Medium
from generique.production.known import MasterFile, master_work, medium_work, take_work
from generique.production.machineroom_ports import Credentials
from generique.production.marking import marked_spans
from generique.production.master import Master
from generique.production.review import all_takes
from generique.production.sight_ports import Ears, Eyes
from generique.production.steps import StepMachine, step
from generique.production.takes import Chosen

_METHOD = "mpeg-7 video signature, every frame"


class DepositRoom:
    """Fingerprints masters and takes them into the archive.

    Args:
        machine: Runs and recalls steps.
        archive: Of this machine.
        eyes: Look at pictures.
        ears: Listen to sound.
        credentials: Read the label of a signed file's manifest.
    """

    def __init__(
        self,
        machine: StepMachine,
        archive: Archive,
        eyes: Eyes,
        ears: Ears,
        credentials: Credentials,
    ) -> None:
        self._machine = machine
        self._archive = archive
        self._eyes = eyes
        self._ears = ears
        self._credentials = credentials

    def bindings(
        self, lineage: Lineage, master: Master, sound_mark: str
    ) -> tuple[SoftBinding, ...]:
        """Marks and codes by which the master is found again without its credential."""
        rate = lineage.rate
        codes = self._codes(lineage, self._signatures(master.file, f"master {master.language}"))
        found = []
        for span, code in zip(marked_spans(lineage), codes, strict=True):
            start, end = _milliseconds(rate, span.start), _milliseconds(rate, span.end)
            found.append(SoftBinding(alg=PICTURE_MARK, value=span.mark, start=start, end=end))
            for plugin in master.plugins:
                value = plugin.text(span.mark)
                found.append(SoftBinding(alg=plugin.algorithm, value=value, start=start, end=end))
            found.append(SoftBinding(alg=ISCC, value=code, start=start, end=end))
        whole = _milliseconds(rate, lineage.frames)
        found.append(SoftBinding(alg=SOUND_MARK, value=sound_mark, start=0, end=whole))
        return tuple(found)

    def master(self, lineage: Lineage, master: Master, sealed: Digest, sound_mark: str) -> None:
        """Take a sealed master in."""
        if self._archive.has(sealed) and self._archive.work(sealed).locator == self._path(sealed):
            return
        signatures = self._signatures(master.file, f"master {master.language}")
        path = self._machine.vault.path(sealed)
        tree = self._credentials.read(path)
        work = master_work(
            lineage,
            MasterFile(
                file=sealed,
                locator=str(path),
                language=master.language,
                raster=self._eyes.facts(path).raster,
                manifest=tree.active if tree else None,
                sound_mark=sound_mark,
                plugins=master.plugins,
                codes=self._codes(lineage, signatures),
            ),
        )
        self._archive.add(work, signatures, self._ears.landmarks(path))

    def takes(self, production: str, chosen: Chosen) -> None:
        """Take every take of a shot in, chosen or not, and the camera files that are used."""
        for take in all_takes(self._machine.journal, self._machine.vault):
            if take.kind is ElementKind.SHOT and self._wanted(take.file):
                path = self._machine.vault.path(take.file)
                facts = self._eyes.facts(path)
                work = take_work(production, take, facts.raster, facts.rate, str(path))
                self._archive.add(work, self._signatures(take.file, take.id))
        for medium in chosen.media.values():
            if medium.item.kind == "picture" and self._wanted(medium.file):
                self._medium(production, medium)

    def _medium(self, production: str, medium: Medium) -> None:
        path = self._machine.vault.path(medium.file)
        facts = self._eyes.facts(path)
        work = medium_work(production, medium, facts.frames, facts.raster, facts.rate, str(path))
        self._archive.add(work, self._signatures(medium.file, medium.item.file))

    def _wanted(self, file: Digest) -> bool:
        """True for a file that is in the vault and not in the archive."""
        return self._machine.vault.has(file) and not self._archive.has(file)

    def _signatures(self, file: Digest, name: str) -> Signatures:
        """Signatures of a file of the vault, made once."""
        vault = self._machine.vault

        def work() -> dict[str, Digest]:
            return {"signatures": vault.put_bytes(self._eyes.signatures(vault.path(file)).encode())}

        recipe = {"verb": "fingerprint", "method": _METHOD}
        outcome = self._machine.perform(step(f"fingerprint {name}", recipe, {"file": file}), work)
        digest = outcome.outputs["signatures"]
        return Signatures.decode(vault.read(digest), where=digest)

    def _path(self, file: Digest) -> str:
        return str(self._machine.vault.path(file))

    @staticmethod
    def _codes(lineage: Lineage, signatures: Signatures) -> tuple[str, ...]:
        return tuple(
            video_code(signatures.part(span.start, span.end).ternary())
            for span in marked_spans(lineage)
        )


def _milliseconds(rate: Rate, frame: int) -> int:
    return round(rate.seconds(frame) * 1000)
