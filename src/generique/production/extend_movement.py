"""Whether the cameras of footage and set move alike; where they do not, nothing is laid over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generique import __version__
from generique.ledger.canonical import canonical
from generique.model.errors import UsageError
from generique.model.take import Take
from generique.model.values import Digest, Value
from generique.production.cutting import Cutter
from generique.production.extend_footage import Part, floats
from generique.production.machineroom_ports import Bench
from generique.production.steps import StepMachine, step
from generique.world.arrays import Floats
from generique.world.plates.camera_movement import apart, camera_path_of, standing

if TYPE_CHECKING:
    from generique.production.ports import Frame

TOLERATED = 0.02
"""Widths of the picture by which points of both backgrounds may come apart."""


class MovementVerdict(Value):
    """What is known of both cameras.

    Attributes:
        apart: How far points of both backgrounds come apart at the worst frame, in widths of the
            picture; None where one of the movements is not known.
        accepted: True when a person said that it does not matter.
    """

    apart: float | None
    accepted: bool = False

    @property
    def remark(self) -> str | None:
        """What a person should know; None when the cameras move alike."""
        if self.apart is None:
            return "how the cameras move is not known, and not compared: too few corners to follow"
        if self.apart > TOLERATED:
            return f"the cameras do not move alike ({self.apart:.1%} of the width), as accepted"
        return None


def compare_movement(
    source: tuple[Part, Cutter],
    take: Take,
    machine: StepMachine,
    bench: Bench,
    *,
    accepted: bool,
) -> MovementVerdict:
    """Compare the cameras, by a recorded step.

    Before a clean plate the footage's camera stands still, or the clean plate would not fit.

    Raises:
        UsageError: They come farther apart than is tolerated, and nobody accepted that.
    """
    part, cutter = source
    recipe = {
        "verb": "compare-movement",
        **cutter.scissors.recipe(),
        "first": part.first,
        "frames": part.count,
        "program": __version__,
    }

    def work() -> dict[str, Digest]:
        found = None
        plates = bench.frames(machine.vault.path(take.file), 0, part.count, part.facts.raster)
        behind = camera_path_of((frame, None) for frame in plates)
        if behind is not None:
            own = _own_path(part, cutter, machine, bench)
            tall = part.facts.raster.height / part.facts.raster.width
            found = None if own is None else round(apart(own, behind, tall), 4)
        return {"movement": machine.vault.put_bytes(canonical({"apart": found}))}

    inputs = {"footage": part.medium.file, "take": take.file}
    name = f"compare the cameras of {part.medium.item.file} and {take.id}"
    outcome = machine.perform(step(name, recipe, inputs), work)
    found = json.loads(machine.vault.read(outcome.outputs["movement"]))["apart"]
    verdict = MovementVerdict(apart=found, accepted=accepted)
    if found is not None and found > TOLERATED and not accepted:
        raise UsageError(
            f"the cameras of {part.medium.item.file} and {take.id} do not move alike",
            why=f"points of both backgrounds come {found:.1%} of the width apart, "
            f"{TOLERATED:.0%} are tolerated",
            next_step="shoot the set with the footage's move, or say --accept-movement",
        )
    return verdict


def _own_path(part: Part, cutter: Cutter, machine: StepMachine, bench: Bench) -> Floats | None:
    if cutter.clean is not None:
        return standing(part.count)

    def frames() -> Iterator[tuple[Frame, Floats]]:
        for index, frame in enumerate(part.frames(machine.vault, bench)):
            yield frame, cutter.key(index, floats(frame)).matte

    return camera_path_of(frames())
