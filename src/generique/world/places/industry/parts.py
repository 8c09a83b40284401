"""Small things that every part of a port has: a kit of what is built and what shines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.members import bars
from generique.world.kit.street_furniture import Lamps
from generique.world.lights import Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.naming import named
from generique.world.owners import Thing

STEEL = (0.22, 0.225, 0.23)
CONCRETE = (0.30, 0.295, 0.28)
SODIUM_BULB = np.array([1.0, 0.52, 0.14])
WHITE_BULB = np.array([0.88, 0.92, 1.0])
RED_BULB = np.array([1.1, 0.05, 0.03])
SMALL = 0.2
DOWN = np.array([0.0, 0.0, -1.0])


@dataclass
class Kit:
    """What is collected while a port is built.

    Attributes:
        quads: What stands.
        bulbs: Places and colours (n x 6) of lamps so small that they are points from afar.
        floods: Light of lamps on high masts and works, which burns with the lamps.
        homes: Every other light.
        names: How many things of each kind there are by now.
    """

    quads: list[Quads] = field(default_factory=list)
    bulbs: list[Floats] = field(default_factory=list)
    floods: list[Lights] = field(default_factory=list)
    homes: list[Lights] = field(default_factory=list)
    names: Counter[Thing] = field(default_factory=Counter)

    def add(self, *quads: Quads) -> None:
        """Keep quads."""
        self.quads += quads

    def bulb(self, place: Floats, colour: Floats, size: float = 0.16) -> None:
        """Small lamps: boxes that glow, seen as points from afar.

        Args:
            place: n x 3.
            colour: 3, or n x 3; its strength is that of a street lamp at about 1.
            size: Half an edge, metres.
        """
        place = np.asarray(place, float).reshape(-1, 3)
        if len(place) == 0:
            return
        tint = np.broadcast_to(np.asarray(colour, float), (len(place), 3))
        if size < SMALL:
            # Too faint for a halo in the haze; there are hundreds of them.
            tint = tint / tint.max() * 0.58
        self.bulbs.append(np.c_[place, tint])
        axes = np.eye(3) * size
        corners = []
        for k in range(3):
            a, b, c = axes[k], axes[(k + 1) % 3], axes[(k + 2) % 3]
            for side in (-1.0, 1.0):
                rim = [a * side - b - c, a * side + b - c, a * side + b + c, a * side - b + c]
                rim = rim if side > 0 else rim[::-1]
                corners.append(place[:, None] + np.array(rim)[None])
        glow = np.tile(tint * 150.0, (6, 1))
        finish = Finish((0.2, 0.2, 0.2), glow, surface=Surface.GLASS, level=Level.NEAR, step=99)
        self.quads.append(paint(np.concatenate(corners), finish))

    def flood(self, place: Floats, colour: Floats, strength: float, axis: Floats = DOWN) -> None:
        """Light that falls far."""
        place = np.asarray(place, float).reshape(-1, 3)
        tint = np.broadcast_to(np.asarray(colour, float), (len(place), 3)) * strength
        self.floods.append(shine(place, tint, axis, Beam.FLOOD))

    def glow(self, place: Floats, colour: Floats, strength: float) -> None:
        """Light that falls near, from small lamps."""
        place = np.asarray(place, float).reshape(-1, 3)
        tint = np.broadcast_to(np.asarray(colour, float), (len(place), 3)) * strength
        self.floods.append(shine(place, tint, DOWN, Beam.BULB))

    def everything(self) -> Quads:
        """All that stands."""
        return join(self.quads)

    def lamps(self) -> Lamps:
        """The small lamps as points."""
        table = np.concatenate([np.zeros((0, 6)), *self.bulbs])
        return Lamps(table[:, :3], table[:, :3], table[:, 3:])

    def lamp_light(self) -> Lights:
        """What burns with the lamps."""
        return gather([_dark(), *self.floods])

    def home_light(self) -> Lights:
        """Every other light."""
        return gather([_dark(), *self.homes])


def _dark() -> Lights:
    return shine(np.zeros((0, 3)), np.zeros((0, 3)), DOWN, Beam.BULB)


def solid(albedo: tuple[float, float, float] | Floats, step: float = 4.0) -> Finish:
    """What is large enough to be seen from everywhere and to cast a shadow."""
    return Finish(albedo, snow=0.9, level=Level.EVERYWHERE, step=step)


def slender(albedo: tuple[float, float, float], *, far: bool = True, step: float = 5.0) -> Finish:
    """Bars too thin to cast a shadow that matters."""
    level = Level.ALWAYS if far else Level.NEAR
    return Finish(albedo, surface=Surface.DETAIL, level=level, step=step)


@named(Thing.MAST)
def high_mast(kit: Kit, foot: Floats, colour: Floats, height: float = 30.0) -> None:
    """Masts with a crown of four floods.

    Args:
        kit: To put them in.
        foot: n x 3.
        colour: Of their light.
        height: Metres.
    """
    foot = np.asarray(foot, float).reshape(-1, 3)
    top = foot + np.array([0.0, 0.0, height])
    kit.add(bars(foot, foot + np.array([0, 0, height * 0.5]), 0.55, slender(STEEL)))
    kit.add(bars(foot, top, 0.34, slender(STEEL)))
    for dx, dy in ((1.2, 0.0), (-1.2, 0.0), (0.0, 1.2), (0.0, -1.2)):
        kit.bulb(top + np.array([dx, dy, 0.1]), colour * 1.3, 0.28)
        kit.add(bars(top, top + np.array([dx, dy, 0.1]), 0.12, slender(STEEL, far=False)))
    kit.flood(top, colour, 2300.0)
