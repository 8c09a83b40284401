"""Extend: real footage before a screen, in the set of a take.

The footage is a medium of the production, with its rights; neither it nor the take is changed. What
comes out is a new file whose class is *altered*, made by a recorded step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from generique import __version__
from generique.model.element import ElementClass
from generique.model.errors import UsageError
from generique.model.take import Take
from generique.model.values import Digest, Value
from generique.production.ingest import Medium, ingest
from generique.production.machineroom_ports import Bench, Folder, PictureFacts, StageDoor
from generique.production.plate_ports import Mattes
from generique.production.review import find_take
from generique.production.steps import StepMachine, step
from generique.world.arrays import Floats
from generique.world.plates.extension import extend, look_of_footage, look_of_plate
from generique.world.plates.keying import pull
from generique.world.plates.matching import Look, linear

if TYPE_CHECKING:
    from generique.production.ports import Frame, Stage


class Wish(Value):
    """What is to be put into what.

    Attributes:
        medium: File of the production's media: somebody before a screen.
        take: The set.
        key: The screen's colour, 0 to 1, linear light.
        front: Names of things or kinds in the take's plate that stand before the footage.
    """

    medium: str
    take: str
    key: tuple[float, float, float]
    front: tuple[str, ...] = ()


class Extension(Value):
    """What came out.

    Attributes:
        entry: Of the ledger.
        element_class: Footage that was changed.
    """

    medium: str
    take: str
    entry: int
    file: Digest
    frames: int
    element_class: ElementClass = ElementClass.ALTERED

    def document(self) -> dict[str, Any]:
        """The JSON document of the command."""
        return {"schema": "generique/extend/1", **self.to_json()}


class ExtensionRoom:
    """Puts footage into sets.

    Args:
        folder: The production, whose media are used.
        machine: Runs and recalls the step.
        door: Opens a stage for it.
        bench: Reads pictures.
    """

    def __init__(self, folder: Folder, machine: StepMachine, door: StageDoor, bench: Bench) -> None:
        self._folder = folder
        self._machine = machine
        self._door = door
        self._bench = bench

    def extend(self, wish: Wish, mattes: Mattes | None) -> Extension:
        """Key the footage, match the take to it, and lay one over the other.

        Raises:
            Refused: The rights in the footage are not known.
            UsageError: There is no such take, it has another raster, rate or length than the
                footage, or the plate is of another take.
            UnreadableInput: The footage shows no screen of this colour.
        """
        machine = self._machine
        take = find_take(machine.journal, machine.vault, wish.take)
        medium = ingest(wish.medium, self._folder, machine, self._bench)
        facts = self._same(medium, take)
        recipe: dict[str, Any] = {
            "verb": "extend",
            "key": list(wish.key),
            "front": list(wish.front),
            "plate": _plate_of(wish, take, mattes),
            "program": __version__,
        }
        inputs = {"footage": medium.file, "take": take.file}
        name = f"extend {wish.medium} {take.id}"

        def work() -> dict[str, Digest]:
            stage = self._door.open(f"extend-{take.element}")
            try:
                sink = stage.picture(facts.raster, facts.rate)
                for frame in self._frames(wish, (medium, take), facts, mattes, stage):
                    sink.write(frame)
                return {"file": machine.vault.put_file(sink.close())}
            finally:
                self._door.close(stage)

        outcome = machine.perform(step(name, recipe, inputs), work)
        return Extension(
            medium=wish.medium,
            take=take.id,
            entry=outcome.entry,
            file=outcome.outputs["file"],
            frames=facts.frames,
        )

    def _same(self, medium: Medium, take: Take) -> PictureFacts:
        """Facts of the footage, which must be the take's: nothing is quietly resized or cut."""
        vault, bench = self._machine.vault, self._bench
        footage, plate = medium.picture, bench.picture_facts(vault.path(take.file))
        if footage is None:
            raise UsageError(f"{medium.item.file} holds no picture", next_step="give a picture")
        same = (footage.raster, footage.rate) == (plate.raster, plate.rate)
        if not same or footage.frames > plate.frames:
            raise UsageError(
                f"{medium.item.file} does not fit {take.id}",
                why=f"{_said(footage)} of footage, {_said(plate)} of the take",
                next_step="shoot the take with the footage's size, rate and length",
            )
        return footage

    def _frames(
        self,
        wish: Wish,
        sources: tuple[Medium, Take],
        facts: PictureFacts,
        mattes: Mattes | None,
        stage: Stage,
    ) -> Iterator[Frame]:
        """The frames; how both look is measured once, in the first, so that nothing flickers."""
        vault = self._machine.vault
        pictures = (
            self._bench.frames(vault.path(source.file), 0, facts.frames, facts.raster)
            for source in sources
        )
        looks: tuple[Look, Look] | None = None
        for index, (footage, plate) in enumerate(zip(*pictures, strict=True)):
            seen, behind = _floats(footage), _floats(plate)
            key = pull(linear(seen), wish.key)
            looks = looks or (look_of_plate(behind), look_of_footage(seen, key))
            front = np.zeros(seen.shape[:2], np.float32)
            if mattes is not None and wish.front:
                front = mattes.share(index, wish.front)
            out = extend(key, behind, looks, index, front)
            yield np.asarray(out * 255 + 0.5, np.uint8)
            stage.progress(index + 1, facts.frames, "extending")


def _floats(frame: Frame) -> Floats:
    return frame.astype(np.float32) / np.float32(255)


def _said(facts: PictureFacts) -> str:
    raster = facts.raster
    return f"{facts.frames} frames of {raster.width}x{raster.height} at {facts.rate.fps}"


def _plate_of(wish: Wish, take: Take, mattes: Mattes | None) -> str | None:
    """Recipe of the plate whose mattes are used; None when nothing stands before the footage."""
    if not wish.front:
        return None
    if mattes is None:
        raise UsageError(
            "nothing can stand before the footage without a plate",
            next_step=f"make one: generique plate {take.id} -o FOLDER; then add --plate FOLDER",
        )
    if mattes.take != take.id:
        raise UsageError(f"the plate is of {mattes.take}, not of {take.id}")
    return mattes.recipe
