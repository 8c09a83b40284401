"""Picture marks of another make: laid into masters beside our own, and read from files.

A plug-in carries as many leading bits of a stretch's number as it can hold. What it reads is held
against the works of the archive that were marked with it, and against nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from generique.marks.identification.sighting import (
    Evidence,
    EvidenceKind,
    Identification,
    Place,
    Sighting,
    Stretch,
)
from generique.marks.works import PluginMark
from generique.model.errors import BackendFailed, NotConfigured
from generique.model.production import Production
from generique.production.machineroom_ports import Progress
from generique.production.mark_ports import MarkShelf, PictureMarkPlugin, PluginReading
from generique.production.mark_witness import Marked, read_stretches
from generique.production.marking import MarkedSpan
from generique.production.sight_ports import Eyes

if TYPE_CHECKING:
    from generique.production.ports import Frame

_MOST_FRAMES = 24
"""Frames of a stretch that a plug-in is shown, out of its middle."""


def named_plugins(production: Production, shelf: MarkShelf) -> tuple[PluginMark, ...]:
    """The plug-in marks that a production names.

    Raises:
        NotConfigured: One of them is not installed.
    """
    found = []
    for name in production.marks[1:]:
        plugin = shelf.get(name)
        found.append(PluginMark(name=name, algorithm=plugin.algorithm, bits=plugin.payload_bits))
    return tuple(found)


def laid(
    frames: Iterable[Frame],
    spans: Sequence[MarkedSpan],
    mark: PluginMark,
    plugin: PictureMarkPlugin,
) -> Iterator[Frame]:
    """Lay each stretch's number into its frames; frames outside every stretch pass unchanged.

    Args:
        frames: Of the film, each height x width x 3, uint8.
        spans: In order, without overlap.
        mark: What the plug-in carries.
        plugin: Marks the frames of one stretch at a time.

    Raises:
        BackendFailed: It gives back frames of another number or form.
    """
    source, position = iter(frames), 0
    for span in spans:
        yield from islice(source, span.start - position)
        yield from _laid(islice(source, span.end - span.start), mark.payload(span.mark), plugin)
        position = span.end
    yield from source


def _laid(frames: Iterator[Frame], payload: int, plugin: PictureMarkPlugin) -> Iterator[Frame]:
    """One stretch, held against the plug-in's law."""
    waiting: list[tuple[int, ...]] = []

    def given() -> Iterator[Frame]:
        for frame in frames:
            waiting.append(frame.shape)
            yield frame

    for frame in plugin.embed(given(), payload):
        if not waiting or frame.shape != waiting.pop(0) or frame.dtype.name != "uint8":
            raise _lawless(plugin)
        yield frame
    if waiting or next(frames, None) is not None:
        raise _lawless(plugin)


def _lawless(plugin: PictureMarkPlugin) -> BackendFailed:
    return BackendFailed(
        f"the picture mark {plugin.name!r} gave back other frames than it was given",
        next_step="take it out of marks in production.toml, and tell its maker",
    )


class PluginWitness:
    """Reads the plug-in marks of files.

    Args:
        eyes: Look at files.
        shelf: The marks that are installed.
        progress: Where progress is told.
    """

    def __init__(self, eyes: Eyes, shelf: MarkShelf, progress: Progress) -> None:
        self._eyes = eyes
        self._shelf = shelf
        self._progress = progress

    def hear(
        self, file: Marked, found: Identification, blank: Sequence[Stretch]
    ) -> Iterator[Sighting]:
        """Marks of every stretch, by each plug-in that any known work was marked with.

        Args:
            file: The file.
            found: What it shows by all other evidence.
            blank: Stretches that carry no mark.

        Raises:
            BackendFailed: What is installed under the name of a mark is none.
        """
        marks = {mark for work in file.works.values() for mark in work.plugins}
        for mark in sorted(marks, key=lambda mark: (mark.name, mark.bits)):
            try:
                plugin = self._shelf.get(mark.name)
            except NotConfigured:
                self._progress.step(f"mark {mark.name}", "not installed, not read")
                continue
            yield from self._read(file, read_stretches(file.query, found, blank), mark, plugin)

    def _read(
        self,
        file: Marked,
        stretches: Sequence[tuple[int, int]],
        mark: PluginMark,
        plugin: PictureMarkPlugin,
    ) -> Iterator[Sighting]:
        known = _places(file, mark)
        shown = self._eyes.pictures(file.path, [_middle(stretch) for stretch in stretches])
        for count, (stretch, frames) in enumerate(zip(stretches, shown, strict=True)):
            self._progress.advance(count, len(stretches), f"reading {mark.name} marks")
            reading = plugin.detect(frames)
            if reading.payload in known:
                yield Sighting(
                    start=stretch[0],
                    end=stretch[1],
                    evidence=_evidence(mark, reading, len(known)),
                    places=tuple(known[reading.payload]),
                )


def _places(file: Marked, mark: PluginMark) -> dict[int | None, list[Place]]:
    """Where each payload of a mark stands."""
    known: dict[int | None, list[Place]] = {}
    for work in file.works.values():
        for index, segment in enumerate(work.segments):
            if mark in work.plugins and segment.mark is not None:
                place = Place(work=work.id, segment=index)
                known.setdefault(mark.payload(segment.mark), []).append(place)
    return known


def _middle(stretch: tuple[int, int]) -> tuple[int, int]:
    start = max(stretch[0], sum(stretch) // 2 - _MOST_FRAMES // 2)
    return start, min(stretch[1], start + _MOST_FRAMES)


def _evidence(mark: PluginMark, reading: PluginReading, known: int) -> Evidence:
    """The bound is the maker's for unmarked frames, and chance for a payload read wrongly."""
    says = "; ".join(reading.lines) or f"payload {reading.payload:x}"
    return Evidence(
        kind=EvidenceKind.WATERMARK,
        says=f"mark {mark.name}: {says}",
        wrong=min(1.0, reading.false_alarm + known / 2.0**mark.bits),
    )
