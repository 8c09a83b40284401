"""The part of footage that is put into a set, and what it is cut out with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from generique import __version__
from generique.model.errors import UsageError
from generique.model.take import Take
from generique.model.values import Digest
from generique.production.cutting import OWN, Cutter, Scissors
from generique.production.ingest import Medium
from generique.production.machineroom_ports import Bench, PictureFacts
from generique.production.ports import Vault
from generique.production.steps import StepMachine, step
from generique.world.arrays import Floats
from generique.world.plates.clean_plate import still
from generique.world.plates.matching import linear

if TYPE_CHECKING:
    from generique.production.ports import Frame

SAMPLES = 24
"""Frames of all the footage that its own clean plate is found in."""
FEWEST = 5


@dataclass(frozen=True)
class Part:
    """The part of the footage that is used.

    Attributes:
        medium: The footage.
        facts: As the set's rate shows it.
        first: Frame of the footage.
        count: Frames.
    """

    medium: Medium
    facts: PictureFacts
    first: int
    count: int

    def frames(self, vault: Vault, bench: Bench) -> Iterator[Frame]:
        """The frames, in order."""
        path = vault.path(self.medium.file)
        return bench.frames(path, self.first, self.count, self.facts.raster)


def floats(frame: Frame) -> Floats:
    """A frame as it is shown, 0 to 1."""
    return frame.astype(np.float32) / np.float32(255)


def part_of(
    medium: Medium, frames: tuple[int, int] | None, take: Take, vault: Vault, bench: Bench
) -> Part:
    """The footage that is used, which must fit the take: nothing is quietly resized or cut.

    Raises:
        UsageError: It has no such frames, or another raster, rate or length than the take.
    """
    footage, plate = medium.picture, bench.picture_facts(vault.path(take.file))
    if footage is None:
        raise UsageError(f"{medium.item.file} holds no picture", next_step="give a picture")
    first, last = frames or (0, footage.frames - 1)
    if not 0 <= first <= last < footage.frames:
        raise UsageError(
            f"{medium.item.file} has no frames {first} to {last}",
            why=f"its frames are 0 to {footage.frames - 1}",
            next_step=f"for example: --frames 0-{footage.frames - 1}",
        )
    count = last - first + 1
    conformed = footage.rate.fps * Fraction(medium.item.speed) == plate.rate.fps
    if footage.raster != plate.raster or not conformed or count > plate.frames:
        used = footage.model_copy(update={"frames": count})
        raise UsageError(
            f"{medium.item.file} does not fit {take.id}",
            why=f"{_said(used)} of footage at a speed of {medium.item.speed}, "
            f"{_said(plate)} of the take",
            next_step="shoot the take with the footage's size, rate and length, or name a "
            "part of it: --frames 0-47",
        )
    return Part(medium, plate, first, count)


def _said(facts: PictureFacts) -> str:
    raster = facts.raster
    return f"{facts.frames} frames of {raster.width}x{raster.height} at {facts.rate.fps}"


def cutter_for(part: Part, scissors: Scissors, machine: StepMachine, bench: Bench) -> Cutter:
    """What cuts the footage out; its own clean plate is found by a recorded step.

    Raises:
        UnreadableInput: The clean plate is no picture of the footage's size.
        UsageError: The footage is too short to hold a clean plate of its own.
    """
    raster = part.facts.raster
    if scissors.clean is None:
        return Cutter(scissors, raster)
    if scissors.clean != OWN:
        return Cutter(scissors, raster, linear(np.asarray(scissors.clean.picture(raster))))
    return Cutter(scissors, raster, linear(floats(_own_clean_plate(part, machine, bench))))


def _own_clean_plate(part: Part, machine: StepMachine, bench: Bench) -> Frame:
    """What the footage shows where nothing moves, from samples of all its length."""
    medium, raster = part.medium, part.facts.raster
    total = 0 if medium.picture is None else medium.picture.frames
    if total < FEWEST:
        raise UsageError(
            f"{medium.item.file} is too short to tell what stands still",
            why=f"it has {total} frames, {FEWEST} are the fewest",
            next_step="give a clean plate: --clean PICTURE",
        )
    recipe = {"verb": "clean-plate", "samples": SAMPLES, "program": __version__}

    def work() -> dict[str, Digest]:
        wanted = {round(k) for k in np.linspace(0, total - 1, min(SAMPLES, total))}
        frames = bench.frames(machine.vault.path(medium.file), 0, total, raster)
        chosen = np.stack([frame for k, frame in enumerate(frames) if k in wanted])
        return {"pixels": machine.vault.put_bytes(still(chosen).tobytes())}

    name = f"find the clean plate of {medium.item.file}"
    outcome = machine.perform(step(name, recipe, {"footage": medium.file}), work)
    pixels = np.frombuffer(machine.vault.read(outcome.outputs["pixels"]), np.uint8)
    return pixels.reshape(raster.height, raster.width, 3)
