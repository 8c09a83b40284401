"""Extend: real footage in the set of a take.

The footage is a medium of the production, with its rights; neither it nor the take is changed. What
comes out is a new file whose class is *altered*, made by a recorded step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from generique import __version__
from generique.ledger.canonical import canonical
from generique.model.element import ElementClass
from generique.model.errors import UsageError
from generique.model.take import Take
from generique.model.values import Digest, Value
from generique.production.extend_light import LightVerdict, SkyTurner, judge, read_light
from generique.production.ingest import Medium, ingest
from generique.production.machineroom_ports import (
    Backends,
    Bench,
    Folder,
    PictureFacts,
    StageDoor,
)
from generique.production.plate_ports import Mattes
from generique.production.review import find_take
from generique.production.shoot import Clearance
from generique.production.steps import StepMachine, step
from generique.world.arrays import Floats
from generique.world.plates.extension import extend, look_of_footage, look_of_plate
from generique.world.plates.keying import Key, pull
from generique.world.plates.light_direction import Light, measure_light
from generique.world.plates.matching import Look, linear

if TYPE_CHECKING:
    from generique.production.ports import Frame, Stage

VIEWS = 5
"""Frames that the light is measured in."""


class Wish(Value):
    """What is to be put into what.

    Attributes:
        medium: File of the production's media: somebody before a screen.
        take: The set.
        key: The screen's colour, 0 to 1, linear light.
        front: Names of things or kinds in the take's plate that stand before the footage.
        frames: First and last frame of the footage, counted from 0; None for all. The take begins
            with the first.
        sun_from: Where the light on the footage comes from, degrees clockwise from the camera's
            line of sight; None measures it.
        turn_sky: True for another take of the set, whose sky is turned until its light agrees.
    """

    medium: str
    take: str
    key: tuple[float, float, float]
    front: tuple[str, ...] = ()
    frames: tuple[int, int] | None = None
    sun_from: float | None = None
    turn_sky: bool = False


class Extension(Value):
    """What came out.

    Attributes:
        take: The set that was used; another than was asked for when its sky was turned.
        entry: Of the ledger.
        light: Where the light comes from.
        element_class: Footage that was changed.
    """

    medium: str
    take: str
    entry: int
    file: Digest
    frames: int
    light: LightVerdict
    element_class: ElementClass = ElementClass.ALTERED

    @property
    def findings(self) -> tuple[str, ...]:
        """What is wrong with it."""
        return () if self.light.finding is None else (self.light.finding,)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should know besides."""
        return () if self.light.remark is None else (self.light.remark,)

    def document(self) -> dict[str, Any]:
        """The JSON document of the command."""
        return {
            "schema": "generique/extend/1",
            **self.to_json(),
            "findings": list(self.findings),
            "remarks": list(self.remarks),
        }


@dataclass(frozen=True)
class _Part:
    """The part of the footage that is used, as the set's raster and rate show it."""

    medium: Medium
    facts: PictureFacts
    first: int
    count: int


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

    def extend(self, wish: Wish, mattes: Mattes | None) -> Extension:
        """Cut the footage out, match the take to it, and lay one over the other.

        Raises:
            Refused: The rights in the footage are not known.
            UsageError: There is no such take or frame, it has another raster, rate or length than
                the footage, the plate is of another take, or a sky is to be turned and nothing is
                known of the footage's light.
            UnreadableInput: The footage shows no screen of this colour.
            NotCapable: A sky is to be turned that has no light from one side.
        """
        machine = self._machine
        take = find_take(machine.journal, machine.vault, wish.take)
        medium = ingest(wish.medium, self._folder, machine, self._bench)
        part = self._part(wish, medium, take)
        plate = _plate_of(wish, take, mattes)
        take, light = self._lit(wish, part, take)
        recipe: dict[str, Any] = {
            "verb": "extend",
            **_cut_of(wish),
            "first": part.first,
            "frames": part.count,
            "front": list(wish.front),
            "plate": plate,
            "light": light.to_json(),
            "program": __version__,
        }
        inputs = {"footage": medium.file, "take": take.file}
        name = f"extend {wish.medium} {take.id}"

        def work() -> dict[str, Digest]:
            stage = self._door.open(f"extend-{take.element}")
            try:
                sink = stage.picture(part.facts.raster, part.facts.rate)
                for frame in self._frames(wish, part, take, mattes, stage):
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
            frames=part.count,
            light=light,
        )

    def _part(self, wish: Wish, medium: Medium, take: Take) -> _Part:
        """The footage that is used, which must fit the take: nothing is quietly resized or cut."""
        vault, bench = self._machine.vault, self._bench
        footage, plate = medium.picture, bench.picture_facts(vault.path(take.file))
        if footage is None:
            raise UsageError(f"{medium.item.file} holds no picture", next_step="give a picture")
        first, last = wish.frames or (0, footage.frames - 1)
        if not 0 <= first <= last < footage.frames:
            raise UsageError(
                f"{medium.item.file} has no frames {first} to {last}",
                why=f"its frames are 0 to {footage.frames - 1}",
                next_step=f"for example: --frames 0-{footage.frames - 1}",
            )
        count = last - first + 1
        conformed = footage.rate.fps * Fraction(medium.item.speed) == plate.rate.fps
        if footage.raster != plate.raster or not conformed or count > plate.frames:
            shown = footage.model_copy(update={"frames": count})
            raise UsageError(
                f"{medium.item.file} does not fit {take.id}",
                why=f"{_said(shown)} of footage at a speed of {medium.item.speed}, "
                f"{_said(plate)} of the take",
                next_step="shoot the take with the footage's size, rate and length, or name a "
                "part of it: --frames 0-47",
            )
        return _Part(medium, plate, first, count)

    def _lit(self, wish: Wish, part: _Part, take: Take) -> tuple[Take, LightVerdict]:
        """The set, its sky turned where that is asked for, and what is known of both lights."""
        vault, middle = self._machine.vault, part.count // 2
        found = wish.sun_from if wish.sun_from is not None else self._measured(wish, part)
        verdict = judge(found, take, vault, middle)
        if not wish.turn_sky:
            return take, verdict
        turned = self._turner.turn(take, verdict)
        if turned.id == take.id:
            return take, verdict
        verdict = judge(found, turned, vault, middle)
        return turned, verdict.model_copy(update={"turned_from": take.id})

    def _measured(self, wish: Wish, part: _Part) -> Light | None:
        """Where the light on the footage comes from, by a step of its own."""
        machine = self._machine
        said = {
            "verb": "measure-light",
            **_cut_of(wish),
            "first": part.first,
            "frames": part.count,
            "views": VIEWS,
            "program": __version__,
        }

        def work() -> dict[str, Digest]:
            views = min(VIEWS, part.count)
            wanted = {round(k) for k in np.linspace(0, part.count - 1, views)}
            keys = [
                _cut(wish, linear(_floats(frame)))
                for index, frame in enumerate(self._footage(part))
                if index in wanted
            ]
            found = measure_light(keys)
            said_of_it = None if found is None else found.to_json()
            return {"light": machine.vault.put_bytes(canonical({"light": said_of_it}))}

        named = step(f"measure the light of {wish.medium}", said, {"footage": part.medium.file})
        return read_light(machine.vault.read(machine.perform(named, work).outputs["light"]))

    def _footage(self, part: _Part) -> Iterator[Frame]:
        path = self._machine.vault.path(part.medium.file)
        return self._bench.frames(path, part.first, part.count, part.facts.raster)

    def _frames(
        self, wish: Wish, part: _Part, take: Take, mattes: Mattes | None, stage: Stage
    ) -> Iterator[Frame]:
        """The frames; how both look is measured once, in the first, so that nothing flickers."""
        path, facts = self._machine.vault.path(take.file), part.facts
        plates = self._bench.frames(path, 0, part.count, facts.raster)
        looks: tuple[Look, Look] | None = None
        for index, (footage, plate) in enumerate(zip(self._footage(part), plates, strict=True)):
            seen, behind = _floats(footage), _floats(plate)
            key = _cut(wish, linear(seen))
            looks = looks or (look_of_plate(behind), look_of_footage(seen, key))
            front = np.zeros(seen.shape[:2], np.float32)
            if mattes is not None and wish.front:
                front = mattes.share(index, wish.front)
            out = extend(key, behind, looks, index, front)
            yield np.asarray(out * 255 + 0.5, np.uint8)
            stage.progress(index + 1, part.count, "extending")


def _cut_of(wish: Wish) -> dict[str, Any]:
    """How the footage is cut out, for a recipe."""
    return {"key": list(wish.key)}


def _cut(wish: Wish, picture: Floats) -> Key:
    """What is cut out of a frame, linear light."""
    return pull(picture, wish.key)


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
