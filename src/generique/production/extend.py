"""Extend: real footage in the set of a take.

The footage is a medium of the production, with its rights; neither it nor the take is changed. What
comes out is a new file whose class is *altered*, made by a recorded step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from generique import __version__
from generique.ledger.canonical import canonical
from generique.model.element import ElementClass
from generique.model.errors import UsageError
from generique.model.take import Take
from generique.model.values import Digest, Value
from generique.production.cutting import Cutter, Scissors
from generique.production.extend_footage import Part, cutter_for, floats, part_of
from generique.production.extend_light import LightVerdict, SkyTurner, judge, read_light
from generique.production.extend_movement import MovementVerdict, compare_movement
from generique.production.ingest import ingest
from generique.production.machineroom_ports import Backends, Bench, Folder, StageDoor
from generique.production.plate_ports import Mattes
from generique.production.review import find_take
from generique.production.shoot import Clearance
from generique.production.steps import StepMachine, step
from generique.world.plates.extension import extend, look_of_footage, look_of_plate
from generique.world.plates.light_direction import Light, measure_light
from generique.world.plates.matching import Look

if TYPE_CHECKING:
    from generique.production.ports import Frame, Stage

VIEWS = 5
"""Frames that the light is measured in."""


class Wish(Value):
    """What is to be put into what.

    Attributes:
        medium: File of the production's media.
        take: The set.
        front: Names of things or kinds in the take's plate that stand before the footage.
        frames: First and last frame of the footage, counted from 0; None for all. The take begins
            with the first.
        sun_from: Where the light on the footage comes from, degrees clockwise from the camera's
            line of sight; None measures it.
        turn_sky: True for another take of the set, whose sky is turned until its light agrees.
        accept_movement: True when it does not matter that the cameras move differently.
    """

    medium: str
    take: str
    front: tuple[str, ...] = ()
    frames: tuple[int, int] | None = None
    sun_from: float | None = None
    turn_sky: bool = False
    accept_movement: bool = False


class Extension(Value):
    """What came out.

    Attributes:
        take: The set that was used; another than was asked for when its sky was turned.
        entry: Of the ledger.
        light: Where the light comes from.
        movement: Whether the cameras move alike.
        element_class: Footage that was changed.
    """

    medium: str
    take: str
    entry: int
    file: Digest
    frames: int
    light: LightVerdict
    movement: MovementVerdict
    element_class: ElementClass = ElementClass.ALTERED

    @property
    def findings(self) -> tuple[str, ...]:
        """What is wrong with it."""
        return () if self.light.finding is None else (self.light.finding,)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should know besides."""
        said = (self.light.remark, self.movement.remark)
        return tuple(text for text in said if text is not None)

    def document(self) -> dict[str, Any]:
        """The JSON document of the command."""
        return {
            "schema": "generique/extend/1",
            **self.to_json(),
            "findings": list(self.findings),
            "remarks": list(self.remarks),
        }


class ExtensionRoom:
    """Puts footage into sets.

    Args:
        folder: The production, whose media are used.
        machine: Runs and recalls the step.
        door: Opens a stage for it.
        bench: Reads pictures.
        backends: Make another take when a sky is turned.
        clearance: Says whether it may be made.
    """

    def __init__(
        self,
        folder: Folder,
        machine: StepMachine,
        door: StageDoor,
        bench: Bench,
        backends: Backends,
        clearance: Clearance,
    ) -> None:
        self._folder = folder
        self._machine = machine
        self._door = door
        self._bench = bench
        self._turner = SkyTurner(machine, door, bench, backends, clearance)

    def extend(self, wish: Wish, scissors: Scissors, mattes: Mattes | None = None) -> Extension:
        """Cut the footage out, match the take to it, and lay one over the other.

        Args:
            wish: What is to be put into what.
            scissors: What the footage is cut out with.
            mattes: Of the take's plate, for what stands before the footage.

        Raises:
            Refused: The rights in the footage are not known.
            UsageError: There is no such take or frame, it has another raster, rate or length than
                the footage, their cameras do not move alike, the plate is of another take, the
                footage cannot be cut out so, or a sky is to be turned and nothing is known of the
                footage's light.
            UnreadableInput: The footage shows no screen of this colour, or a clean plate or matte
                is none of it.
            NotCapable: A sky is to be turned that has no light from one side.
        """
        machine, bench = self._machine, self._bench
        take = find_take(machine.journal, machine.vault, wish.take)
        medium = ingest(wish.medium, self._folder, machine, bench)
        part = part_of(medium, wish.frames, take, machine.vault, bench)
        scissors.check(part.count)
        plate = _plate_of(wish, take, mattes)
        cutter = cutter_for(part, scissors, machine, bench)
        movement = compare_movement(
            (part, cutter), take, machine, bench, accepted=wish.accept_movement
        )
        take, light = self._lit(wish, (part, cutter), take)
        recipe: dict[str, Any] = {
            "verb": "extend",
            **scissors.recipe(),
            "first": part.first,
            "frames": part.count,
            "front": list(wish.front),
            "plate": plate,
            "light": light.to_json(),
            "movement": movement.to_json(),
            "program": __version__,
        }
        inputs = {"footage": medium.file, "take": take.file}
        name = f"extend {wish.medium} {take.id}"

        def work() -> dict[str, Digest]:
            return {"file": self._drawn(wish, (part, cutter), take, mattes)}

        outcome = machine.perform(step(name, recipe, inputs), work)
        return Extension(
            medium=wish.medium,
            take=take.id,
            entry=outcome.entry,
            file=outcome.outputs["file"],
            frames=part.count,
            light=light,
            movement=movement,
        )

    def _drawn(
        self, wish: Wish, source: tuple[Part, Cutter], take: Take, mattes: Mattes | None
    ) -> Digest:
        """The extension, in the vault."""
        stage = self._door.open(f"extend-{take.element}")
        try:
            facts = source[0].facts
            sink = stage.picture(facts.raster, facts.rate)
            for frame in self._frames(wish, source, take, mattes, stage):
                sink.write(frame)
            return self._machine.vault.put_file(sink.close())
        finally:
            self._door.close(stage)

    def _lit(
        self, wish: Wish, source: tuple[Part, Cutter], take: Take
    ) -> tuple[Take, LightVerdict]:
        """The set, its sky turned where that is asked for, and what is known of both lights."""
        vault, middle = self._machine.vault, source[0].count // 2
        found = wish.sun_from if wish.sun_from is not None else self._measured(*source)
        verdict = judge(found, take, vault, middle)
        if not wish.turn_sky:
            return take, verdict
        turned = self._turner.turn(take, verdict)
        if turned.id == take.id:
            return take, verdict
        verdict = judge(found, turned, vault, middle)
        return turned, verdict.model_copy(update={"turned_from": take.id})

    def _measured(self, part: Part, cutter: Cutter) -> Light | None:
        """Where the light on the footage comes from, by a step of its own."""
        machine = self._machine
        said = {
            "verb": "measure-light",
            **cutter.scissors.recipe(),
            "first": part.first,
            "frames": part.count,
            "views": VIEWS,
            "program": __version__,
        }

        def work() -> dict[str, Digest]:
            views = min(VIEWS, part.count)
            wanted = {round(k) for k in np.linspace(0, part.count - 1, views)}
            keys = [
                cutter.key(index, floats(frame))
                for index, frame in enumerate(part.frames(machine.vault, self._bench))
                if index in wanted
            ]
            found = measure_light(keys)
            said_of_it = None if found is None else found.to_json()
            return {"light": machine.vault.put_bytes(canonical({"light": said_of_it}))}

        name = f"measure the light of {part.medium.item.file}"
        outcome = machine.perform(step(name, said, {"footage": part.medium.file}), work)
        return read_light(machine.vault.read(outcome.outputs["light"]))

    def _frames(
        self,
        wish: Wish,
        source: tuple[Part, Cutter],
        take: Take,
        mattes: Mattes | None,
        stage: Stage,
    ) -> Iterator[Frame]:
        """The frames; how both look is measured once, in the first, so that nothing flickers."""
        (part, cutter), vault = source, self._machine.vault
        plates = self._bench.frames(vault.path(take.file), 0, part.count, part.facts.raster)
        looks: tuple[Look, Look] | None = None
        pairs = zip(part.frames(vault, self._bench), plates, strict=True)
        for index, (footage, plate) in enumerate(pairs):
            seen, behind = floats(footage), floats(plate)
            key = cutter.key(index, seen)
            looks = looks or (look_of_plate(behind), look_of_footage(seen, key))
            front = np.zeros(seen.shape[:2], np.float32)
            if mattes is not None and wish.front:
                front = mattes.share(index, wish.front)
            out = extend(key, behind, looks, index, front)
            yield np.asarray(out * 255 + 0.5, np.uint8)
            stage.progress(index + 1, part.count, "extending")


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
