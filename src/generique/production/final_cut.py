"""The final-cut audit: a delivered file against the master that was sealed, from its pixels.

The file is identified like any other. What it shows is held against the sealed master's timeline,
and the labels that the film owes its viewers are looked for where they have to stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from generique.clearance.verdict import Status
from generique.marks.works import Work
from generique.model.element import Raster
from generique.model.errors import UsageError
from generique.model.lineage import Lineage
from generique.model.time import Rate
from generique.model.values import Value
from generique.production.archive_ports import Archive
from generique.production.audit import RuleResult
from generique.production.discrepancies import Discrepancy, Kind, Whole, compare, place_in
from generique.production.evidence import CredentialReader, stated_lineage
from generique.production.identified import Identified
from generique.production.identify import Identifier
from generique.production.machineroom_ports import Bench
from generique.production.recall import sealed_masters
from generique.production.steps import StepMachine
from generique.titles.labels import Label, labels_of
from generique.titles.overlay import Placed, place_label
from generique.titles.presence import THRESHOLD, label_score
from generique.titles.typeset import label_source

if TYPE_CHECKING:
    from generique.production.ports import Frame

_EVERY = 4
_ENOUGH = 0.6

_RULES = (
    ("FINAL-1", "Every frame of the file comes from the sealed master", {Kind.UNDECLARED}),
    ("FINAL-2", "Every shot shows the take that the timeline names", {Kind.REPLACED}),
    (
        "FINAL-3",
        "Nothing of the master is left out, repeated or moved",
        {Kind.MISSING, Kind.REPEATED},
    ),
    ("FINAL-4", "No shot runs at another speed than the rest", {Kind.RETIMED}),
    ("FINAL-5", "No shot is framed otherwise than the rest", {Kind.REFRAMED}),
    ("FINAL-6", "Every label can be read on the picture", {Kind.LABEL}),
    ("FINAL-7", "The end credits are there", {Kind.CREDITS}),
)


class FinalCut(Value):
    """What the audit of a delivered file found.

    Attributes:
        language: Of the master that the file was held against.
        whole: How the file as a whole stands to it.
        discrepancies: In order of time.
    """

    language: str
    rate: Rate
    whole: Whole
    discrepancies: tuple[Discrepancy, ...]
    identified: Identified

    def rules(self) -> tuple[RuleResult, ...]:
        """The outcome as rules of the audit."""
        return tuple(self._rule(*rule) for rule in _RULES)

    def _rule(self, name: str, title: str, kinds: set[Kind]) -> RuleResult:
        found = [one for one in self.discrepancies if one.kind in kinds]
        return RuleResult(
            id=name,
            title=title,
            status=Status.FAILED if found else Status.PASSED,
            evidence=tuple(self._line(one) for one in found),
            who="editor" if found else "",
        )

    def _line(self, one: Discrepancy) -> str:
        code = self.rate.timecode
        return (
            f"{code(one.start)} to {code(one.end)} (frames {one.start} to {one.end}), "
            f"{one.kind.value}: {one.says}"
        )


def sealed_lineage(machine: StepMachine, credentials: CredentialReader) -> Lineage:
    """The lineage of the film as it was last made, from the credential of one of its masters.

    Raises:
        UsageError: No master was sealed yet, or its file is gone from the vault.
    """
    seals = [act.facts["file"] for act in sealed_masters(machine.journal).values()]
    kept = [file for file in seals if machine.vault.has(file)]
    if not kept:
        raise UsageError(
            "there is no sealed master to compare with",
            next_step="make it first with: generique produce",
        )
    path = machine.vault.path(kept[0])
    lineage, _ = stated_lineage(credentials.read(path), str(path))
    return lineage


class FinalCutRoom:
    """Audits delivered files.

    Args:
        identifier: Says what files show.
        archive: Holds the sealed masters.
        bench: Reads frames, typesets labels.
    """

    def __init__(self, identifier: Identifier, archive: Archive, bench: Bench) -> None:
        self._identifier = identifier
        self._archive = archive
        self._bench = bench

    def audit(self, path: Path, lineage: Lineage) -> FinalCut:
        """Audit a file against the sealed masters of a film.

        Args:
            path: The file.
            lineage: Of the film as it was sealed last.

        Raises:
            UsageError: The archive holds no master of this production.
            UnreadableInput: The file is no picture, or is cut short.
        """
        identified = self._identifier.identify(path)
        master = self._master(identified, lineage)
        found = identified.identification
        whole, differences = compare(found, master)
        labels = self._labels(path, identified, master, lineage, whole)
        return FinalCut(
            language=master.language or lineage.languages[0],
            rate=identified.rate,
            whole=whole,
            discrepancies=tuple(sorted((*differences, *labels), key=lambda one: one.start)),
            identified=identified,
        )

    def _master(self, identified: Identified, lineage: Lineage) -> Work:
        """The sealed master that most of the file shows; sound decides between languages."""
        masters = [
            work
            for work in self._archive.works()
            if work.kind == "master"
            and work.production == lineage.production
            and work.frames == lineage.frames
        ]
        if not masters:
            raise UsageError(
                "the archive holds no sealed master of this film",
                next_step="make it first with: generique produce",
            )
        heard = " ".join(evidence.says for evidence in identified.sound[:1])

        segments = identified.identification.segments
        nearest: Counter[str] = Counter()
        known = {work.id for work in masters}
        for segment in segments:
            # The best supported place stands first: versions differ in what is written only.
            first = next((place.work for place in segment.places if place.work in known), "")
            nearest[first] += segment.end - segment.start

        def shown(work: Work) -> tuple[int, int, int]:
            frames = sum(
                segment.end - segment.start
                for segment in segments
                if place_in(segment, work) is not None
            )
            spoken = identified.identification.frames // 10 * (f"({work.language})" in heard)
            order = -lineage.languages.index(work.language or lineage.languages[0])
            return (nearest[work.id] + spoken, frames, order)

        return max(masters, key=shown)

    def _labels(
        self,
        path: Path,
        identified: Identified,
        master: Work,
        lineage: Lineage,
        whole: Whole,
    ) -> Iterator[Discrepancy]:
        """Labels that the file should show and does not, or not for long enough."""
        language = master.language or lineage.languages[0]
        raster = master.raster
        owed = [
            (
                label,
                place_label(label, self._bench.typeset(label_source(label), raster.width), raster),
            )
            for label in labels_of(lineage, language)
        ]
        due = _due(identified, master, owed)
        wanted = {frame for frames in due for frame in frames}
        scores: list[dict[int, float]] = [{} for _ in owed]
        part = _part(raster, whole)
        for index, picture in enumerate(
            self._bench.frames(path, 0, max(wanted, default=-1) + 1, part)
        ):
            if index not in wanted:
                continue
            frame = _on_canvas(picture, raster, whole)
            for number, (_, placed) in enumerate(owed):
                if index in due[number]:
                    scores[number][index] = label_score(frame, placed.layer)
        for (label, _), seen in zip(owed, scores, strict=True):
            yield from _missing(label, seen)


def _due(
    identified: Identified, master: Work, owed: Sequence[tuple[Label, Placed]]
) -> list[frozenset[int]]:
    """Frames of the file, every fourth, at which each label has to be fully there."""
    times = {
        frame: place.at + (frame - segment.start) * place.pace
        for segment in identified.identification.segments
        if (place := place_in(segment, master)) is not None and place.at is not None
        for frame in range(segment.start, segment.end, _EVERY)
    }
    return [
        frozenset(
            frame
            for frame, at in times.items()
            if label.start + placed.fade <= at < label.end - placed.fade
        )
        for label, placed in owed
    ]


def _missing(label: Label, seen: dict[int, float]) -> Iterator[Discrepancy]:
    """A discrepancy for a label that is not there for most of its time, with where it is not."""
    gone = sorted(frame for frame, score in seen.items() if score < THRESHOLD)
    if not seen or len(gone) <= (1 - _ENOUGH) * len(seen):
        return
    best = max(seen.values())
    yield Discrepancy(
        kind=Kind.LABEL,
        start=gone[0],
        end=gone[-1] + _EVERY,
        master_start=label.start,
        master_end=label.end,
        says=f"“{label.text}” cannot be seen in {len(gone)} of {len(seen)} frames looked at "
        f"(best agreement {best:.2f}, {THRESHOLD} is needed)",
    )


def _part(raster: Raster, whole: Whole) -> Raster:
    """Size at which the file's picture fits into the master's raster."""
    _, _, width, height = whole.crop
    return Raster(
        width=max(16, round(raster.width * width / 2) * 2),
        height=max(16, round(raster.height * height / 2) * 2),
    )


def _on_canvas(picture: Frame, raster: Raster, whole: Whole) -> Frame:
    """The file's picture where it lies in the master's raster; black around it."""
    shown = np.asarray(cv2.flip(picture, 1), np.uint8) if whole.mirrored else picture
    if shown.shape[:2] == (raster.height, raster.width):
        return shown
    canvas = np.zeros((raster.height, raster.width, 3), np.uint8)
    top = min(round(whole.crop[1] * raster.height), raster.height - shown.shape[0])
    left = min(round(whole.crop[0] * raster.width), raster.width - shown.shape[1])
    canvas[top : top + shown.shape[0], left : left + shown.shape[1]] = shown
    return canvas
