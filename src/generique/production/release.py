"""Release: the whole film from screenplay to signed masters, and what is published of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generique.edit.edl import write_edl
from generique.edit.sources import Segment, SoundSource
from generique.ledger.ports import Signer
from generique.model.element import Quality, Stem
from generique.model.lineage import Lineage
from generique.model.values import digest_of
from generique.production.audit import AuditReport, audit
from generique.production.clear import ClearingRoom
from generique.production.cut import cut, published_timeline
from generique.production.deposit import DepositRoom
from generique.production.duties import with_duties
from generique.production.lineage import gather
from generique.production.machineroom_ports import Folder
from generique.production.master import Master, MasteringRoom
from generique.production.mix import Mix, MixingRoom
from generique.production.package import Stands, keep_package, last_asked
from generique.production.producer import Filmed, Producer, require_review
from generique.production.readback import MasterReading, ReadingRoom
from generique.production.readback_rules import reading_rules
from generique.production.review import decisions
from generique.production.seal import Sealed, SealingRoom
from generique.production.shoot import SAMPLE_RATE
from generique.production.steps import StepMachine, step
from generique.titles.captions import Spoken, captions_of, write_webvtt
from generique.titles.cue_sheet import write_cue_sheet

_CHECKPOINT = "checkpoint.txt"


@dataclass(frozen=True)
class Released:
    """A finished film.

    Attributes:
        files: Names of what was published, in ``out/``.
    """

    film: Filmed
    lineage: Lineage
    masters: tuple[Master, ...]
    sealed: tuple[Sealed, ...]
    report: AuditReport
    files: tuple[str, ...]


@dataclass(frozen=True)
class Rooms:
    """Where a master comes to be, in the order of the work.

    Attributes:
        mixing: Makes the mixes.
        mastering: Makes unsigned masters.
        sealing: Signs them.
        depositing: Fingerprints them and takes them into the archive.
        reading: Reads them back.
    """

    mixing: MixingRoom
    mastering: MasteringRoom
    sealing: SealingRoom
    depositing: DepositRoom
    reading: ReadingRoom


@dataclass(frozen=True)
class _Version:
    """One language version of a film."""

    mix: Mix
    master: Master
    sealed: Sealed
    reading: MasterReading


class ReleaseRoom:
    """Brings reviewed takes to sealed masters.

    Args:
        folder: The production.
        machine: Runs and recalls steps.
        rooms: Where the work is done.
        clearing: Says whether a master may be made.
    """

    def __init__(
        self, folder: Folder, machine: StepMachine, rooms: Rooms, clearing: ClearingRoom
    ) -> None:
        self._folder = folder
        self._machine = machine
        self._rooms = rooms
        self._clearing = clearing

    def release(
        self, producer: Producer, quality: Quality, demonstration: Signer | None
    ) -> Released:
        """Do all of it, from where it stands.

        Args:
            producer: Brings the takes.
            quality: Tier of the generated shots.
            demonstration: Key that writes demonstrations for takes that nobody decided on; None
                waits for people.

        Raises:
            WaitingForPerson: Takes wait for review.
            NotCleared: Clearance refuses the master; nothing was encoded.
        """
        asked = last_asked(self._machine.journal)
        if demonstration is not None:
            self._clearing.demonstrate()
        # A mark that is missing is told before anything is spent on takes.
        self._rooms.mastering.plugins(self._folder.production())
        film = producer.film(quality)
        require_review(film.chosen.takes(), self._machine, demonstration)
        segments, timeline = cut(film.script, film.plan, film.chosen, self._machine)
        said = decisions(self._machine.journal)
        lineage = gather(film.script, film.plan, film.chosen, said)
        lineage = with_duties(lineage, self._clearing.rights)
        if self._clearing.require_master(lineage, timeline):
            lineage = lineage.model_copy(update={"demonstration": True})
        versions = [
            self._version(film, segments, lineage, language)
            for language in film.script.production.languages
        ]
        self._rooms.depositing.takes(lineage.production, film.chosen)
        report = audit(
            lineage,
            film.plan,
            film.script.production.people,
            {version.master.language: version.master.loudness for version in versions},
        ).with_rules(reading_rules(version.reading for version in versions))
        self._record(report)
        stands = Stands(
            timeline=timeline,
            essences={version.sealed.language: version.sealed.essence for version in versions},
            asked=asked,
        )
        files = self._publish(film, segments, lineage, versions, stands)
        return Released(
            film=film,
            lineage=lineage,
            masters=tuple(version.master for version in versions),
            sealed=tuple(version.sealed for version in versions),
            report=report,
            files=files,
        )

    def _version(
        self, film: Filmed, segments: Sequence[Segment], lineage: Lineage, language: str
    ) -> _Version:
        """Mix, master, seal, file and read back one language version."""
        rooms = self._rooms
        mixed = rooms.mixing.mix(film, language)
        master = rooms.mastering.master(film, segments, lineage, mixed)
        ingredients = rooms.sealing.ingredients(lineage, film.chosen, language)
        bindings = rooms.depositing.bindings(lineage, master, mixed.mark)
        sealed = rooms.sealing.master(master, lineage, ingredients, bindings)
        rooms.depositing.master(lineage, master, sealed.file, mixed.mark)
        reading = rooms.reading.read(language, sealed.essence)
        return _Version(mix=mixed, master=master, sealed=sealed, reading=reading)

    def _record(self, report: AuditReport) -> None:
        """Put the audit into the ledger, so that the last one there is of the film as it is now."""
        text = report.text().encode()
        said = step("audit", {"verb": "audit"}, {"report": digest_of(text)})
        self._machine.restate(said, {"report": text})

    def _publish(
        self,
        film: Filmed,
        segments: tuple[Segment, ...],
        lineage: Lineage,
        versions: Sequence[_Version],
        stands: Stands,
    ) -> tuple[str, ...]:
        vault, ledger = self._machine.vault, self._machine.journal.ledger
        title = film.script.production.title
        sounds = tuple(sound for version in versions for sound in _stems(version.mix))
        texts: dict[str, str] = {
            "timeline.otio": published_timeline(film.script, film.plan, film.chosen, sounds),
            "cut.edl": write_edl(title, segments, film.plan.rate),
            "cue_sheet.csv": write_cue_sheet(lineage),
            "lineage.json": lineage.model_dump_json(indent=2) + "\n",
            _CHECKPOINT: ledger.checkpoint(),
        }
        for language in film.script.production.languages:
            texts[f"captions.{language}.vtt"] = _captions(film, language)
        names = []
        kept = {name: text for name, text in texts.items() if name != _CHECKPOINT}
        keep_package(self._machine, stands, kept)
        for seal in (version.sealed for version in versions):
            publish_master(self._folder, self._machine, seal)
            names += [f"master.{seal.language}.{kind}" for kind in ("mp4", "proof")]
        for sound in sounds:
            self._folder.publish(sound.url, vault.path(sound.digest))
            names.append(sound.url)
        for shot in film.chosen.shots.values():
            name = f"takes/{shot.take.id}.mp4"
            self._folder.publish(name, vault.path(shot.take.file))
            names.append(name)
        for name, text in texts.items():
            self._folder.publish(name, text.encode())
        return tuple(sorted((*names, *texts)))


def publish_master(folder: Folder, machine: StepMachine, sealed: Sealed) -> Path:
    """Publish a sealed master, its proof, and the checkpoint that the proof leads to.

    Returns:
        The published file.
    """
    ledger = machine.journal.ledger
    folder.publish(_CHECKPOINT, ledger.checkpoint().encode())
    folder.publish(f"master.{sealed.language}.proof", ledger.prove(sealed.entry).encode())
    return folder.publish(f"master.{sealed.language}.mp4", machine.vault.path(sealed.file))


def last_report(machine: StepMachine) -> AuditReport | None:
    """The audit of the film as it was last made, from the ledger; None when it never was."""
    reports = [act.facts["outputs"]["report"] for act in machine.journal.steps("audit")]
    if not reports:
        return None
    document = json.loads(machine.vault.read(reports[-1]))
    document.pop("schema")
    return AuditReport.read(document, where="audit")


def _stems(mixed: Mix) -> tuple[SoundSource, ...]:
    return tuple(
        SoundSource(
            stem=stem,
            language=mixed.language,
            name=f"{stem.value} {mixed.language}",
            url=f"stems/{stem.value}.{mixed.language}.wav",
            samples=mixed.samples,
            sample_rate=SAMPLE_RATE,
            digest=mixed.stems[stem.value],
        )
        for stem in Stem
    )


def _captions(film: Filmed, language: str) -> str:
    spoken = {
        line.id: Spoken(speaker=line.character, text=film.script.texts[language][line.id])
        for shot in film.script.shots.shots
        for line in shot.lines
    }
    rate = film.plan.rate
    shown = captions_of(film.plan.lines, spoken, language, rate, film.plan.frames)
    return write_webvtt(shown, language, rate)
