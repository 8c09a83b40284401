"""Boats: hulls, wheelhouses and masts, as they lie at a quay or go out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.solids import beams, box
from generique.world.mesh import Finish, Quads, Surface, join, outward, paint
from generique.world.owners import Thing, owner


class Boat(IntEnum):
    """Kinds of boats."""

    ROWING = 0
    FISHING = 1
    SHIP = 2


class Part(IntEnum):
    """What a quad of a boat is made of."""

    HULL = 0
    BOOT = 1
    DECK = 2
    HOUSE = 3
    GLASS = 4
    WOOD = 5
    LAMP = 6


@dataclass(frozen=True)
class BoatShape:
    """A boat on level water at the origin; its bow points along +x.

    Attributes:
        corners: n x 4 x 3 metres.
        part: n, of :class:`Part`.
        lamp: 3 metres, where its brightest light burns.
        length: Metres.
    """

    corners: Floats
    part: Floats
    lamp: Floats
    length: float


_STATIONS = {
    Boat.ROWING: ((-1.9, 0.50, 0.42), (-0.8, 0.70, 0.40), (0.6, 0.68, 0.42), (1.5, 0.42, 0.5)),
    Boat.FISHING: ((-4.6, 1.35, 0.9), (-2.2, 1.62, 0.85), (1.2, 1.6, 1.0), (3.3, 1.05, 1.35)),
    Boat.SHIP: ((-60.0, 7.5, 6.0), (-35.0, 9.5, 6.0), (35.0, 9.5, 6.2), (52.0, 6.5, 7.5)),
}
_BOWS = {Boat.ROWING: (2.1, 0.6), Boat.FISHING: (4.9, 1.75), Boat.SHIP: (63.0, 9.5)}


def boat_shape(kind: Boat) -> BoatShape:
    """The quads of a kind of boat."""
    stations, (bow, rise) = _STATIONS[kind], _BOWS[kind]
    rows = [*stations, (bow, 0.02 * bow, rise)]
    boot = 0.16 * rise
    quads: list[tuple[Part, Floats]] = []
    for (x0, b0, z0), (x1, b1, z1) in pairwise(rows):
        for side in (-1, 1):
            low = [(x0, side * b0 * 0.82, -0.3 * z0), (x1, side * b1 * 0.75, -0.3 * z0)]
            band = [(x1, side * b1 * 0.9, boot), (x0, side * b0 * 0.93, boot)]
            top = [(x1, side * b1, z1), (x0, side * b0, z0)]
            quads.append((Part.BOOT, np.array([*low, *band])))
            quads.append((Part.HULL, np.array([band[1], band[0], *top])))
        deck0, deck1 = 0.62 * z0, 0.62 * z1
        lid = [(x0, -b0, deck0), (x1, -b1, deck1), (x1, b1, deck1), (x0, b0, deck0)]
        quads.append((Part.DECK, np.array(lid)))
    x, b, z = rows[0]
    stern = [(x, -b * 0.8, -0.3 * z), (x, b * 0.8, -0.3 * z), (x, b, z), (x, -b, z)]
    quads.append((Part.HULL, np.array(stern)))
    centre = np.array([0.0, 0.0, 0.2 * rise])
    hull = [(part, outward(corners[None], centre)[0]) for part, corners in quads]
    above, lamp = _above(kind)
    every = hull + above
    corners = np.stack([corners for _, corners in every])
    return BoatShape(corners, np.array([part for part, _ in every]), lamp, bow - rows[0][0])


def _above(kind: Boat) -> tuple[list[tuple[Part, Floats]], Floats]:
    """What stands on deck, and where the light burns."""
    if kind is Boat.ROWING:
        seats = [_boxed(Part.WOOD, (x, -0.6, 0.22), (x + 0.25, 0.6, 0.27)) for x in (-1.0, 0.3)]
        return [quad for seat in seats for quad in seat], np.array([0.0, 0.0, 0.6])
    if kind is Boat.FISHING:
        quads = _boxed(Part.HOUSE, (0.2, -0.95, 0.5), (2.2, 0.95, 2.55))
        quads += _boxed(Part.GLASS, (0.17, -0.98, 1.65), (2.23, 0.98, 2.25))[:4]
        quads += _boxed(Part.HULL, (0.0, -1.1, 2.55), (2.4, 1.1, 2.68))
        quads += _boxed(Part.WOOD, (-3.6, -0.7, 0.5), (-2.2, 0.7, 1.1))
        spars = ((0.1, 0.0, 2.6), (0.1, 0.0, 6.2)), ((0.1, 0.0, 3.1), (-3.6, 0.0, 4.6))
        quads += _spars(spars, 0.11)
        quads += _boxed(Part.LAMP, (0.0, -0.1, 5.6), (0.2, 0.1, 5.8))
        return quads, np.array([0.1, 0.0, 5.7])
    quads = _boxed(Part.HOUSE, (-52.0, -8.0, 4.0), (-40.0, 8.0, 20.0))
    quads += _boxed(Part.GLASS, (-39.9, -8.1, 16.5), (-39.6, 8.1, 18.3))[:4]
    quads += _boxed(Part.BOOT, (-50.0, -2.4, 20.0), (-45.0, 2.4, 25.0))
    for x in (-26.0, -4.0, 18.0):
        quads += _boxed(Part.WOOD, (x, -7.0, 3.5), (x + 18.0, 7.0, 8.0))
    quads += _spars(
        (((-43.0, 0.0, 20.0), (-43.0, 0.0, 30.0)), ((48.0, 0, 5.0), (48.0, 0, 19.0))), 0.5
    )
    quads += _boxed(Part.LAMP, (-43.4, -0.4, 29.2), (-42.6, 0.4, 30.0))
    quads += _boxed(Part.LAMP, (47.6, -0.4, 18.2), (48.4, 0.4, 19.0))
    for x in (-51.0, -46.0, -41.5):
        quads += _boxed(Part.LAMP, (x, -8.2, 12.0), (x + 0.7, 8.2, 12.6))[:4]
    return quads, np.array([-43.0, 0.0, 29.6])


def _boxed(
    part: Part, low: tuple[float, float, float], high: tuple[float, float, float]
) -> list[tuple[Part, Floats]]:
    return [(part, corners) for corners in box(np.array([low]), np.array([high]))[0]]


def _spars(
    lines: tuple[tuple[tuple[float, ...], ...], ...], width: float
) -> list[tuple[Part, Floats]]:
    start, end = (np.array([line[k] for line in lines], float) for k in (0, 1))
    return [(Part.WOOD, corners) for corners in beams(start, end, width)]


PAINTS = np.array(
    [
        (0.05, 0.13, 0.30),
        (0.42, 0.42, 0.40),
        (0.34, 0.04, 0.03),
        (0.03, 0.16, 0.09),
        (0.5, 0.36, 0.1),
    ]
)
"""Of hulls, linear albedo."""
_PARTS = {
    Part.BOOT: (0.12, 0.03, 0.025),
    Part.DECK: (0.22, 0.17, 0.11),
    Part.HOUSE: (0.55, 0.55, 0.53),
    Part.GLASS: (0.03, 0.035, 0.04),
    Part.WOOD: (0.16, 0.11, 0.07),
    Part.LAMP: (0.5, 0.5, 0.5),
}


def boat_albedo(shape: BoatShape, paint_: int) -> Floats:
    """Linear albedo of every quad, n x 3, of a hull in a paint."""
    table = np.array([_PARTS.get(part, (0.0, 0.0, 0.0)) for part in Part])
    table[Part.HULL] = PAINTS[paint_ % len(PAINTS)]
    return np.asarray(table[shape.part])


MOORED = 1000
"""Number of the first boat that lies still; those under way come before it."""


def moored_boats(poses: Floats, kinds: list[Boat], chance: np.random.Generator) -> Quads:
    """Boats that lie still, without lights.

    Args:
        poses: n x 4; x, y and height of the water in metres, and heading in radians from east.
        kinds: One for each.
        chance: For their paint.
    """
    parts = []
    for number, ((x, y, z, turn), kind) in enumerate(zip(poses, kinds, strict=True)):
        shape = boat_shape(kind)
        cosine, sine = np.cos(turn), np.sin(turn)
        spin = np.array([(cosine, sine, 0.0), (-sine, cosine, 0.0), (0.0, 0.0, 1.0)])
        albedo = boat_albedo(shape, int(chance.integers(len(PAINTS))))
        world = shape.corners @ spin + np.array([x, y, z])
        lids = np.abs(np.cross(world[:, 1] - world[:, 0], world[:, 3] - world[:, 0])[:, 2]) > 0.1
        finish = Finish(albedo, snow=0.7 * lids, surface=Surface.DETAIL, step=3)
        parts.append(paint(world, finish).owned(owner(Thing.BOAT, MOORED + number)))
    return join(parts)


@dataclass(frozen=True)
class Course:
    """A boat that goes its way.

    Attributes:
        start: x, y in metres at time 0.
        heading: Radians counter-clockwise from east.
        speed: Metres a second; 0 for one that lies and fishes.
        paint: Index of its hull's colour.
    """

    kind: Boat
    start: tuple[float, float]
    heading: float
    speed: float
    paint: int = 0

    def at(self, seconds: float) -> tuple[float, float]:
        """Where it is, x and y in metres."""
        way = self.speed * seconds
        return (
            self.start[0] + way * float(np.cos(self.heading)),
            self.start[1] + way * float(np.sin(self.heading)),
        )


def under_way(courses: tuple[Course, ...], boats: float) -> tuple[Course, ...]:
    """The boats of a shot: more of them keep those that were there."""
    return courses[: int(np.ceil(len(courses) * boats))] if boats > 0 else ()
