"""Read back: labels, credits and the spoken notice, found again on the encoded master.

What a master owes its viewers is computed anew, from the lineage that was sealed with it. What it
shows is read from the very file that is to be delivered, decoded once. The two are compared, and
what was found goes into the ledger as a step whose input is that file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import NonNegativeInt

from generique.clearance.case import ReadBack
from generique.ledger.canonical import canonical
from generique.model.element import Raster
from generique.model.errors import Damaged, UnreadableInput, UsageError
from generique.model.lineage import Announcement, ElementUse, Lineage
from generique.model.values import Digest, Json, Value
from generique.production.journal import Act
from generique.production.machineroom_ports import Bench
from generique.production.marking import marked_spans
from generique.production.readback_marks import (
    MarksFound,
    TextureWatch,
    find_marks,
    hear_marks,
)
from generique.production.seal import seal_of
from generique.production.shoot import SAMPLE_RATE
from generique.production.sight_ports import Eyes
from generique.production.steps import StepMachine, step
from generique.sound.hearing import Heard, hear
from generique.sound.loudness import integrated_lufs
from generique.titles.credits import Credits, duty_of
from generique.titles.labels import labels_of, synthetic_voices
from generique.titles.overlay import place_label
from generique.titles.presence import fine, luma_of
from generique.titles.roll import plan_roll
from generique.titles.typeset import credits_key_source, credits_source, label_source
from generique.titles.watching import CreditFound, CreditsWatch, LabelFound, LabelWatch

if TYPE_CHECKING:
    from generique.production.ports import Frame, Samples

READING_VERSION = 2
"""Grows when the same master could be read otherwise; masters are then read again."""

NOTICE_REACH_SECONDS = 2.0
"""How far from its place a notice is looked for."""

LEAST_NOTICE_CLEARANCE_LU = 3.0
"""Least loudness of a notice over what sounds with it; the mix gives dialogue nine."""

NOTICE_BELOW_LU = 12.0
"""Most that a notice may lie under the programme's loudness."""


class NoticeFound(Value):
    """A spoken notice, and what was heard of it.

    Attributes:
        element: Its identifier in the lineage.
        asked: Where it has to start, in seconds.
        first_voice: Where the first synthetic voice but itself starts, in seconds.
        programme: Loudness of the whole programme, LUFS.
    """

    element: str
    asked: float
    first_voice: float
    programme: float
    heard: Heard

    @property
    def stands(self) -> bool:
        """True when all of it is heard, loud and clear enough."""
        return (
            self.heard.whole
            and self.heard.clearance >= LEAST_NOTICE_CLEARANCE_LU
            and self.heard.level >= self.programme - NOTICE_BELOW_LU
        )


class MasterReading(Value):
    """What was read back from one encoded master.

    Attributes:
        language: Of the version.
        file: Digest of the file that was read.
        frames: Frames that could be decoded.
        frames_asked: Frames that the film has.
        frames_a_second: Of the film.
        labels: In the order of :func:`generique.titles.labels.labels_of`.
        credits: Lines of the end credits, in their order.
        uncredited: Elements of this version that no line names.
        unpaid: Wordings that a licence demands and that no line carries.
        announcement: Whether a spoken notice is asked for or owed; ``free`` without a voice.
        notice: What was heard of it; None where there is none.
        marks: What was read of its picture marks; None when nobody looked.
        sound_marks: Numbers that its sound was heard to bear, nine hex digits each; None when
            nobody listened.
    """

    schema_version: Literal["generique/readback/1"] = "generique/readback/1"
    language: str
    file: Digest
    frames: NonNegativeInt
    frames_asked: NonNegativeInt
    frames_a_second: float
    labels: tuple[LabelFound, ...]
    credits: tuple[CreditFound, ...]
    uncredited: tuple[str, ...] = ()
    unpaid: tuple[str, ...] = ()
    announcement: Announcement = "free"
    notice: NoticeFound | None = None
    marks: MarksFound | None = None
    sound_marks: tuple[str, ...] | None = None

    @property
    def audible(self) -> bool | None:
        """Whether the spoken notice was heard; None where none is owed."""
        if self.announcement == "free":
            return None
        return self.notice is not None and self.notice.stands

    def summary(self, **known: Any) -> ReadBack:
        """What clearance is told of it.

        Args:
            known: Further fields: verdict on the credential, and what it says.
        """
        lost = [element for line in self.credits if not line.stands for element in line.elements]
        return ReadBack(
            language=self.language,
            file=self.file,
            labels_found=sum(found.stands for found in self.labels),
            labels_missing=tuple(
                f"{found.label.text}, frames {found.label.start} to {found.label.end}"
                for found in self.labels
                if not found.stands
            ),
            credits_missing=tuple(dict.fromkeys((*self.uncredited, *lost))),
            audible_notice=self.audible,
            marks_asked=self.marks.asked if self.marks else None,
            marks_missing=self.marks.unread if self.marks else (),
            marks_unasked=self.marks.unasked if self.marks else (),
            **known,
        )


class Watch(Protocol):
    """Watches a film for something that is written on it."""

    def wants(self, frame: int) -> bool:
        """True for the frames that it looks at."""

    def look(self, frame: int, luma: NDArray[np.float32], detail: NDArray[np.float32]) -> None:
        """Look at a frame: its luma, and what is fine in it."""


@dataclass(frozen=True)
class Owed:
    """What a master has to show and to say.

    Attributes:
        lineage: Of the film, as it was sealed.
        language: Of the version.
        raster: Of the picture.
        credits_start: First frame of the end credits.
        fade_out: Frames of the last fade.
        written: The end credits as they were set.
        notice: Samples of the spoken notice (n, 2) at 48 kHz; None where there is none.
    """

    lineage: Lineage
    language: str
    raster: Raster
    credits_start: int
    fade_out: int
    written: Credits
    notice: Samples | None = None


class ReadingRoom:
    """Reads masters.

    Args:
        machine: The ledger and the vault.
        bench: Decodes and typesets.
        eyes: Read picture marks.
    """

    def __init__(self, machine: StepMachine, bench: Bench, eyes: Eyes) -> None:
        self._machine = machine
        self._bench = bench
        self._eyes = eyes

    def read(self, language: str, essence: Digest) -> MasterReading:
        """Read a sealed master back, or recall what was read, and record it.

        Args:
            language: Of the version.
            essence: Of the master.

        Raises:
            Damaged: The ledger does not say how the master was made.
            UsageError: No such master was sealed.
        """
        seal = required_seal(self._machine, language, essence)
        file: Digest = seal.facts["file"]
        recipe: dict[str, Json] = {
            "verb": "read back",
            "language": language,
            "version": READING_VERSION,
        }
        outcome = self._machine.perform(
            step(f"read back {language}", recipe, {"master": file, "lineage": _lineage(seal)}),
            lambda: {"reading": self._machine.vault.put_bytes(self._work(seal))},
        )
        text = self._machine.vault.read(outcome.outputs["reading"])
        return MasterReading.read(text, where=f"what was read back in {language}")

    def owed(self, seal: Act) -> Owed:
        """What a sealed master has to show: its lineage, and how it was made.

        Raises:
            Damaged: The ledger does not say how it was made.
        """
        vault = self._machine.vault
        where = f"entry {seal.entry} of the ledger"
        lineage = Lineage.read(vault.read(_lineage(seal)), where=where)
        recipe = self._recipe(seal.facts["unsigned"], where)
        language: str = seal.facts["language"]
        spoken = notice_of(lineage, language)
        samples = None if spoken is None else self._bench.read_sound(vault.path(spoken.file))
        return Owed(
            lineage=lineage,
            language=language,
            raster=Raster.read(recipe["raster"], where=where),
            credits_start=recipe["credits_start"],
            fade_out=recipe["fade_out"],
            written=Credits.read(recipe["titles"]["written"], where=where),
            notice=samples,
        )

    def _recipe(self, unsigned: Digest, where: str) -> Mapping[str, Any]:
        """The recipe by which an unsigned master was made."""
        for act in self._machine.journal.steps("master"):
            recipe: Mapping[str, Any] = act.facts["recipe"]
            if act.facts["outputs"]["file"] == unsigned and "written" in recipe["titles"]:
                return recipe
        raise Damaged(
            "the ledger does not say what is written on the master",
            where=where,
            why="no step in it made this file, or an earlier release of the program did",
            next_step="make the master again with: generique produce",
        )

    def _work(self, seal: Act) -> bytes:
        path = self._machine.vault.path(seal.facts["file"])
        owed = self.owed(seal)
        textures = TextureWatch(marked_spans(owed.lineage), owed.lineage.rate)
        reading = read_back(path, seal.facts["file"], owed, self._bench, also=(textures,))
        marks = find_marks(path, textures, self._eyes)
        heard = hear_marks(path, self._bench)
        found = reading.model_copy(update={"marks": marks, "sound_marks": heard})
        return canonical(found.to_json())


def read_back(
    path: Path, file: Digest, owed: Owed, bench: Bench, *, also: Sequence[Watch] = ()
) -> MasterReading:
    """Read a file against what a master owes.

    Args:
        path: The file.
        file: Its digest.
        owed: What it has to show and to say.
        bench: Decodes and typesets.
        also: Further watches that look at the same frames.
    """
    lineage, language = owed.lineage, owed.language
    labels = _label_watches(owed, bench)
    roll = _credits_watch(owed, bench)
    watches: tuple[Watch, ...] = (*labels, roll, *also)
    frames = 0
    for number, frame in enumerate(_frames(path, lineage.frames, owed.raster, bench)):
        frames = number + 1
        watching = [watch for watch in watches if watch.wants(number)]
        if watching:
            luma = luma_of(frame.astype(np.float32))
            detail = fine(luma, owed.raster.width)
            for watch in watching:
                watch.look(number, luma, detail)
    return MasterReading(
        language=language,
        file=file,
        frames=frames,
        frames_asked=lineage.frames,
        frames_a_second=float(lineage.rate.fps),
        labels=tuple(watch.found() for watch in labels),
        credits=roll.found(),
        uncredited=_uncredited(owed),
        unpaid=_unpaid(owed),
        announcement=lineage.announcement if synthetic_voices(lineage, language) else "free",
        notice=_notice(path, owed, bench),
    )


def required_seal(machine: StepMachine, language: str, essence: Digest) -> Act:
    """The seal of a master.

    Raises:
        UsageError: There is none, or its file is gone.
    """
    seal = seal_of(machine, language, essence)
    if seal is None:
        raise UsageError(
            f"there is no sealed master in {language!r} of this film",
            next_step="make it with: generique produce",
        )
    return seal


def notice_of(lineage: Lineage, language: str) -> ElementUse | None:
    """The spoken notice of a language version; None where there is none."""
    voices = synthetic_voices(lineage, language)
    return next((use for use in voices if use.is_notice), None)


def _lineage(seal: Act) -> Digest:
    found: Digest = seal.facts["lineage"]
    return found


def _label_watches(owed: Owed, bench: Bench) -> list[LabelWatch]:
    raster, rate = owed.raster, owed.lineage.rate
    return [
        LabelWatch(
            label,
            place_label(label, bench.typeset(label_source(label), raster.width), raster),
            raster,
            rate,
        )
        for label in labels_of(owed.lineage, owed.language)
    ]


def _credits_watch(owed: Owed, bench: Bench) -> CreditsWatch:
    raster, lineage = owed.raster, owed.lineage
    page = bench.typeset(credits_source(owed.written), raster.width)
    key = bench.typeset(credits_key_source(owed.written), raster.width)
    roll = plan_roll(
        page.shape[0], raster, lineage.rate, owed.credits_start, lineage.frames, owed.fade_out
    )
    return CreditsWatch(owed.written, page, key, roll, raster, lineage.rate)


def _frames(path: Path, count: int, raster: Raster, bench: Bench) -> Iterator[Frame]:
    """The frames that can be decoded; a file that ends too early shows nothing more."""
    try:
        yield from bench.frames(path, 0, count, raster)
    except UnreadableInput:
        return


def _uncredited(owed: Owed) -> tuple[str, ...]:
    named = owed.written.elements()
    return tuple(
        dict.fromkeys(
            use.id
            for use in owed.lineage.elements
            if use.language in (None, owed.language)
            and (use.passport is not None or use.rights is not None)
            and use.id not in named
        )
    )


def _unpaid(owed: Owed) -> tuple[str, ...]:
    """Wordings that are owed for an element and stand in no line that credits it."""
    missing = []
    for use in owed.lineage.elements:
        known = use.passport or use.rights
        if known is None or use.language not in (None, owed.language):
            continue
        carried = [
            detail
            for section in owed.written.sections
            for line in section.lines
            if use.id in line.elements
            for detail in line.details
        ]
        missing += [
            f"{wording} ({use.id})"
            for wording in duty_of(known, owed.language)
            if wording not in carried
        ]
    return tuple(missing)


def _notice(path: Path, owed: Owed, bench: Bench) -> NoticeFound | None:
    use = notice_of(owed.lineage, owed.language)
    if use is None or owed.notice is None:
        return None
    rate = owed.lineage.rate
    voices = synthetic_voices(owed.lineage, owed.language)
    first = min((voice.start for voice in voices if not voice.is_notice), default=use.start)
    asked = float(rate.seconds(use.start))
    try:
        programme: Samples = bench.read_sound(path)
    except UnreadableInput:
        programme = np.zeros((SAMPLE_RATE, 2), np.float32)
    return NoticeFound(
        element=use.id,
        asked=asked,
        first_voice=float(rate.seconds(first)),
        programme=integrated_lufs(programme, SAMPLE_RATE),
        heard=hear(programme, owed.notice, asked, NOTICE_REACH_SECONDS),
    )
