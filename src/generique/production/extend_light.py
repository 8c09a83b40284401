"""The light of an extension: where it comes from on the footage, and where in the set.

A person says it, or it is measured from what was cut out; the measurement is a recorded step. Where
it cannot be told nothing is guessed. Two lights that come from different sides are a finding, and
the set's sky can be turned, by another take of its scene, until they come from the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generique.model.errors import NotCapable, UsageError
from generique.model.take import Take
from generique.model.values import Value
from generique.production.machineroom_ports import Backends, Bench, StageDoor
from generique.production.orders import Order
from generique.production.ports import Request, Vault
from generique.production.shoot import Clearance, shoot
from generique.production.steps import StepMachine
from generique.world.plates.light_direction import Light, turn_between
from generique.world.plates.plate_sun import sun_bearing, turned_sky
from generique.world.scene import SceneDocument

TOLERATED = 45.0
"""Degrees between the lights of footage and set, beyond which they disagree.

No measured bearing that is called known was farther from the truth on traced figures, and sides
that people name (left, front) are quarters.
"""
CLOSE = 1.0
"""Degrees within which a sky is not turned any more."""
SIDES: Mapping[str, float] = {"left": -90.0, "right": 90.0, "front": 180.0, "behind": 0.0}
"""Bearings of words, from the camera's line of sight: ``front`` lights the side that is seen,
``behind`` stands behind what was filmed."""


class LightVerdict(Value):
    """Whether the light of the footage and of the set come from the same side.

    Bearings are degrees clockwise from the camera's line of sight, as seen from above.

    Attributes:
        said: By whom the footage's bearing is known; ``unknown`` when it is not.
        footage: Its bearing; None when it is not known.
        spread: Of a measurement, degrees.
        explained: Of a measurement: share of the variance of brightness, 0 to 1.
        plate: Bearing of the sun or moon of the set; None where no light has a side, or the take
            has no scene.
        turned_from: The take whose sky was turned to make this one.
    """

    said: Literal["person", "measurement", "unknown"]
    footage: float | None = None
    spread: float | None = None
    explained: float | None = None
    plate: float | None = None
    turned_from: str | None = None

    @property
    def apart(self) -> float | None:
        """Degrees between both; None where one of them is not known."""
        if self.footage is None or self.plate is None:
            return None
        return abs(turn_between(self.footage, self.plate))

    @property
    def finding(self) -> str | None:
        """What is wrong; None when both agree, or cannot be compared."""
        if self.apart is None or self.apart <= TOLERATED:
            return None
        return (
            f"the light on the footage comes from {self.footage:.0f} degrees "
            f"({_side(self.footage or 0)}), that of the set from {self.plate:.0f} "
            f"({_side(self.plate or 0)}): {self.apart:.0f} apart, {TOLERATED:.0f} are tolerated"
        )

    @property
    def remark(self) -> str | None:
        """What a person should know besides; None when the lights were compared."""
        if self.footage is None:
            return (
                "where the light on the footage comes from is not known, and not compared; "
                "say it with --sun-from"
            )
        if self.plate is None:
            return "the set has no light from one side; nothing was compared"
        return None


def _side(bearing: float) -> str:
    return min(SIDES, key=lambda side: abs(turn_between(SIDES[side], bearing)))


def judge(light: float | Light | None, take: Take, vault: Vault, middle: int) -> LightVerdict:
    """Compare the light of footage with a take's.

    Args:
        light: A bearing that a person said, a measurement, or None where none could be made.
        take: The set.
        vault: Holds its scene.
        middle: Frame of the take whose light is compared.
    """
    plate = None
    if take.scene is not None:
        scene = _scene_of(take, vault)
        seen = sun_bearing(scene, float(scene.rate.seconds(middle)))
        plate = None if seen is None else round(seen, 1)
    if isinstance(light, float):
        return LightVerdict(said="person", footage=light, plate=plate)
    if light is None:
        return LightVerdict(said="unknown", plate=plate)
    return LightVerdict(
        said="measurement" if light.known else "unknown",
        footage=light.bearing if light.known else None,
        spread=light.spread,
        explained=light.explained,
        plate=plate,
    )


def _scene_of(take: Take, vault: Vault) -> SceneDocument:
    if take.scene is None:
        raise NotCapable(
            f"the sky of {take.id} cannot be turned",
            why=f"{take.passport.name} has no scene document for it",
            next_step="take a shot of the backend world",
        )
    text = vault.read(take.scene).decode("utf-8")
    return SceneDocument.read(text, where=f"scene document of {take.id}")


@dataclass(frozen=True)
class SkyTurner:
    """Makes another take of a scene under a turned sky."""

    machine: StepMachine
    door: StageDoor
    bench: Bench
    backends: Backends
    clearance: Clearance

    def turn(self, take: Take, verdict: LightVerdict) -> Take:
        """A take of the same scene whose light comes from where the footage's does.

        Raises:
            UsageError: It is not known where the footage's light comes from.
            NotCapable: The take has no scene, or no light from one side.
            NotCleared: Clearance refuses another take.
        """
        scene = _scene_of(take, self.machine.vault)
        if verdict.footage is None:
            raise UsageError(
                "where the light on the footage comes from is not known",
                why="the measurement is not sure enough, and nothing is guessed",
                next_step="say it: --sun-from left, right, front, behind, or degrees",
            )
        if verdict.plate is None:
            raise NotCapable(
                f"{take.id} has no light from one side to turn",
                why="it shows a room, closed cloud, the dark, or looks straight down",
                next_step="leave --turn-sky out, or shoot the set under a sun",
            )
        by = turn_between(verdict.plate, verdict.footage)
        if abs(by) <= CLOSE:
            return take
        text = turned_sky(scene, by).model_dump_json()
        order = self._order(take, text)
        both = self.backends, self.machine, self.door, self.bench
        return shoot(order, *both, self.clearance).take

    def _order(self, take: Take, scene: str) -> Order:
        """The order that made the take, for another scene."""
        acts = self.machine.journal.takes(take.element)
        act = [act for act in acts if act.facts["outputs"]["file"] == take.file][-1]
        recipe = act.facts["recipe"]
        request = Request.read(recipe["request"], where=f"entry {act.entry}")
        return Order(
            element=take.element,
            title=take.prompt,
            backend=recipe["backend"]["name"],
            request=request.model_copy(update={"options": {"scene": scene}}),
        )


def read_light(data: bytes) -> Light | None:
    """A measurement as its step keeps it."""
    found = json.loads(data)["light"]
    return None if found is None else Light.read(found, where="measured light")
