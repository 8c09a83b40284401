"""Master: picture conformed and titled, sound laid under it, encoded, measured; not yet signed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generique import __version__
from generique.edit.conform import conform
from generique.edit.sources import Segment
from generique.ledger.canonical import canonical
from generique.marks.works import PluginMark
from generique.model.element import Raster
from generique.model.lineage import Lineage
from generique.model.production import Production
from generique.model.timing import TimingPlan
from generique.model.values import Digest, Json, Value
from generique.production.breakdown import Script
from generique.production.machineroom_ports import Bench, Loudness, StageDoor
from generique.production.mark_ports import MarkShelf
from generique.production.marking import marked, marked_spans
from generique.production.mix import Mix
from generique.production.plugin_marks import laid, named_plugins
from generique.production.producer import Filmed
from generique.production.steps import StepMachine, step
from generique.titles.credits import Credits, Tool, credits_of
from generique.titles.labels import labels_of
from generique.titles.overlay import overlay, place_label
from generique.titles.roll import plan_roll, roll_credits
from generique.titles.typeset import credits_source, label_source

if TYPE_CHECKING:
    from generique.production.ports import Frame, Stage


class Master(Value):
    """The unsigned master of one language.

    Attributes:
        file: Digest of the file.
        essence: Its essence digest.
        loudness: Measured on the encoded file.
        plugins: Picture marks of another make that it carries.
    """

    language: str
    file: Digest
    essence: Digest
    loudness: Loudness
    plugins: tuple[PluginMark, ...] = ()


class TitleTexts(Value):
    """Everything written on the picture in one language.

    Attributes:
        labels: Typst source of each label.
        credits: Typst source of the end credits.
        written: The end credits themselves, line by line with the elements that they name.
    """

    labels: tuple[str, ...]
    credits: str
    written: Credits


def title_texts(script: Script, lineage: Lineage, language: str, bench: Bench) -> TitleTexts:
    """Labels and end credits, computed from the lineage."""
    tools = [Tool(name="Générique", version=__version__, licence="Apache-2.0")]
    tools += [
        Tool(name=name, version=version.split("-")[0], licence="GPL-3.0-or-later")
        for name, version in sorted(bench.versions().items())
    ]
    written = credits_of(
        lineage,
        language,
        people=script.production.people,
        tools=tools,
        thanks=script.production.credits,
    )
    return TitleTexts(
        labels=tuple(label_source(label) for label in labels_of(lineage, language)),
        credits=credits_source(written),
        written=written,
    )


class MasteringRoom:
    """Makes unsigned masters.

    Args:
        machine: Runs and recalls steps.
        door: Opens workspaces.
        bench: Media tools.
        shelf: Picture marks of another make.
    """

    def __init__(
        self, machine: StepMachine, door: StageDoor, bench: Bench, shelf: MarkShelf
    ) -> None:
        self._machine = machine
        self._door = door
        self._bench = bench
        self._shelf = shelf

    def plugins(self, production: Production) -> tuple[PluginMark, ...]:
        """The plug-in marks that a production names.

        Raises:
            NotConfigured: One of them is not installed.
        """
        return named_plugins(production, self._shelf)

    def master(
        self, film: Filmed, segments: Sequence[Segment], lineage: Lineage, sound: Mix
    ) -> Master:
        """Make the master of the mix's language, or recall it."""
        language, script, plan = sound.language, film.script, film.plan
        texts = title_texts(script, lineage, language, self._bench)
        plugins = self.plugins(script.production)
        recipe = {
            "verb": "master",
            "language": language,
            "raster": script.production.raster.to_json(),
            "segments": [segment.to_json() for segment in segments],
            "credits_start": plan.credits_start,
            "frames": plan.frames,
            "fade_out": plan.fade_out,
            "titles": texts.to_json(),
            "labels": [label.to_json() for label in labels_of(lineage, language)],
            "marks": [span.to_json() for span in marked_spans(lineage)],
            "tools": self._bench.versions(),
        }
        if plugins:
            recipe["plugins"] = [plugin.to_json() for plugin in plugins]
        inputs = {str(seg.source): seg.digest for seg in segments if seg.digest is not None}
        inputs["mix"] = sound.mix

        def work() -> dict[str, Digest]:
            stage = self._door.open(f"master-{language}")
            try:
                target = stage.workspace / "master.mp4"
                frames = self._titled(film, segments, lineage, texts, language)
                self._bench.encode(
                    self._counted(frames, plan, stage, language),
                    script.production.raster,
                    plan.rate,
                    self._machine.vault.path(sound.mix),
                    target,
                )
                facts: dict[str, Json] = {
                    "essence": self._bench.essence(target),
                    "loudness": self._bench.loudness(target).to_json(),
                }
                return {
                    "file": self._machine.vault.move_in(target),
                    "facts": self._machine.vault.put_bytes(canonical(facts)),
                }
            finally:
                self._door.close(stage)

        outcome = self._machine.perform(step(f"master {language}", recipe, inputs), work)
        facts = json.loads(self._machine.vault.read(outcome.outputs["facts"]))
        return Master(
            language=language,
            file=outcome.outputs["file"],
            essence=facts["essence"],
            loudness=Loudness.read(facts["loudness"], where="master"),
            plugins=plugins,
        )

    def _titled(
        self,
        film: Filmed,
        segments: Sequence[Segment],
        lineage: Lineage,
        texts: TitleTexts,
        language: str,
    ) -> Iterator[Frame]:
        raster, plan = film.script.production.raster, film.plan
        frames = conform(segments, self._open(raster), raster, fade_out=plan.fade_out)
        spans = marked_spans(lineage)
        frames = marked(frames, spans, raster)
        for plugin in self.plugins(film.script.production):
            frames = laid(frames, spans, plugin, self._shelf.get(plugin.name))
        roll_picture = self._bench.typeset(texts.credits, raster.width)
        roll = plan_roll(
            roll_picture.shape[0],
            raster,
            plan.rate,
            plan.credits_start,
            plan.frames,
            plan.fade_out,
        )
        placed = [
            place_label(label, self._bench.typeset(source, raster.width), raster)
            for label, source in zip(labels_of(lineage, language), texts.labels, strict=True)
        ]
        return overlay(roll_credits(frames, roll_picture, roll), placed)

    def _open(self, raster: Raster) -> _Opener:
        return _Opener(self._bench, self._machine, raster)

    @staticmethod
    def _counted(
        frames: Iterator[Frame], plan: TimingPlan, stage: Stage, language: str
    ) -> Iterator[Frame]:
        for done, frame in enumerate(frames):
            stage.progress(done, plan.frames, f"master {language}")
            yield frame


class _Opener:
    """Opens the medium of a segment for the conform."""

    def __init__(self, bench: Bench, machine: StepMachine, raster: Raster) -> None:
        self._bench = bench
        self._machine = machine
        self._raster = raster

    def __call__(self, segment: Segment, first: int, count: int) -> Iterator[Frame]:
        path = self._machine.vault.path(segment.digest or "")
        return self._bench.frames(path, first, count, self._raster, segment.framing)
