"""Overhead gantries: a truss across both carriageways and signs without real names."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.kit.members import bars, blocks
from generique.world.lights import Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import Thing, owner
from generique.world.places.highway.course import RAIL, Course
from generique.world.scene import Country, Place

GREEN, BLUE = (0.006, 0.115, 0.055), (0.010, 0.055, 0.26)
WHITE = (0.78, 0.78, 0.76)
BOARD = {
    Country.CANADA: GREEN,
    Country.UNITED_STATES: GREEN,
    Country.JAPAN: GREEN,
    Country.FRANCE: BLUE,
    Country.UNITED_KINGDOM: BLUE,
    Country.NORWAY: BLUE,
}
STEEL = (0.24, 0.245, 0.25)
CLEAR = 5.9
"""Metres under the signs."""


def gantry_places(course: Course) -> list[float]:
    """Y of the gantries: before the interchange, and in the distance."""
    bounds = course.bounds
    first = course.bridge + max(95.0, 0.19 * bounds.extent)
    spots = [first + k * max(150.0, 0.25 * bounds.extent) for k in range(6)]
    return [
        y
        for y in spots
        if y < bounds.y0 + bounds.extent - 20
        and (course.interchange is None or abs(y - course.interchange) > 45)
    ]


def gantries(course: Course, place: Place) -> tuple[Quads, Lights]:
    """All gantries, and the lamps that light their signs."""
    chance = stream(place.seed, "signs")
    parts: list[Quads] = []
    lights: list[Lights] = [shine(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros(3), Beam.WINDOW)]
    for number, y in enumerate(gantry_places(course)):
        middle = np.array([float(course.x(y)), y])
        parts.append(_truss(middle).owned(owner(Thing.GANTRY, number)))
        for side in (-1.0, 1.0):
            # Signs hang over the carriageway of those whom they face.
            facing = -1.0 if (side > 0) != course.left else 1.0
            spots = (side * 6.6, side * 13.2) if chance.random() < 0.6 else (side * 9.4,)
            for x in spots:
                wide = float(chance.uniform(2.4, 3.0)) * (1.25 if len(spots) == 1 else 1.0)
                high = float(chance.uniform(2.6, 3.3))
                board = BOARD[place.country]
                sign = _sign(middle + np.array([x, 0.0]), facing, (wide, high), board, chance)
                parts.append(sign.owned(owner(Thing.SIGN, len(parts))))
                lights.append(_lamps(middle + np.array([x, 0.0]), facing, wide))
    empty = paint(np.zeros((0, 4, 3)), Finish(STEEL))
    return join([empty, *parts]), gather(lights)


def _truss(middle: Floats) -> Quads:
    reach = RAIL + 1.0
    finish = Finish(STEEL, surface=Surface.DETAIL, level=Level.ALWAYS, step=4.0)
    x, y = middle
    low, high = CLEAR + 0.9, CLEAR + 2.1
    ends = [(x - reach, x + reach, dy, z) for dy in (-0.45, 0.45) for z in (low, high)]
    start = np.array([(a, y + dy, z) for a, _, dy, z in ends])
    end = np.array([(b, y + dy, z) for _, b, dy, z in ends])
    chords = bars(start, end, 0.16, finish)
    knots = np.linspace(x - reach, x + reach, 19)
    zig = np.where(np.arange(19) % 2 == 0, low, high)
    lace = [
        bars(
            np.c_[knots[:-1], np.full(18, y + dy), zig[:-1]],
            np.c_[knots[1:], np.full(18, y + dy), zig[1:]],
            0.08,
            Finish(STEEL, surface=Surface.DETAIL, level=Level.NEAR, step=4.0),
        )
        for dy in (-0.45, 0.45)
    ]
    feet = np.array([(x + side * reach, y + dy, 0.0) for side in (-1, 1) for dy in (-0.45, 0.45)])
    legs = bars(feet, feet + np.array([0, 0, high]), 0.26, finish)
    bases = blocks(feet, np.array([0.9, 0.9, 0.5]), 0.0, Finish((0.3, 0.3, 0.29), step=4.0))
    return join([chords, *lace, legs, bases])


def _sign(
    middle: Floats,
    facing: float,
    half: tuple[float, float],
    board: tuple[float, float, float],
    chance: np.random.Generator,
) -> Quads:
    """A board with a rim, an arrow and bars where words would stand.

    Args:
        middle: x and y of its middle.
        facing: -1 towards the south, 1 towards the north.
        half: Half its width, and its height.
        board: Its colour.
        chance: For its bars.
    """
    wide, high = half
    z0 = CLEAR

    def flat(
        x0: float, x1: float, low: float, top: float, lift: float
    ) -> list[tuple[float, float, float]]:
        y = middle[1] + facing * (0.62 + lift)
        rim = [(x0, low), (x1, low), (x1, top), (x0, top)]
        return [(middle[0] - facing * x, y, z0 + z) for x, z in rim]

    base = [flat(-wide, wide, 0.0, high, 0.0)]
    white, field = [flat(-wide + 0.06, wide - 0.06, 0.06, high - 0.06, 0.02)], []
    field.append(flat(-wide + 0.14, wide - 0.14, 0.14, high - 0.14, 0.035))
    rows = 2 if high < 2.9 else 3
    for row in range(rows):
        z = high - 0.62 - row * 0.66
        x = -wide + 0.5
        for _ in range(int(chance.integers(1, 4))):
            length = float(chance.uniform(0.45, 1.3))
            if x + length > wide - 1.15:
                break
            white.append(flat(x, x + length, z - 0.14, z + 0.14, 0.05))
            x += length + 0.26
    tip = wide - 0.62
    white.append(flat(tip - 0.09, tip + 0.09, 0.4, 1.25, 0.05))
    arrow = flat(tip - 0.36, tip + 0.36, 1.05, 1.55, 0.055)
    arrow[2] = arrow[3] = flat(tip, tip, 1.05, 1.62, 0.055)[2]
    white.append(arrow)
    looks = ((base, STEEL), (white, WHITE), (field, board))
    levels = (Level.EVERYWHERE, Level.ALWAYS, Level.ALWAYS)
    parts = [
        paint(np.array(quads), Finish(albedo, surface=Surface.DETAIL, level=level, step=1.6))
        for (quads, albedo), level in zip(looks, levels, strict=True)
    ]
    back = np.array(base)[:, ::-1] - np.array([0.0, facing * 0.06, 0.0])
    parts.append(paint(back, Finish(STEEL, surface=Surface.DETAIL, step=2.4)))
    return join(parts)


def _lamps(middle: Floats, facing: float, wide: float) -> Lights:
    """Lamps below a sign, turned up to it."""
    x = np.linspace(-0.7, 0.7, 3) * wide + middle[0]
    place = np.c_[x, np.full(3, middle[1] + facing * 2.1), np.full(3, CLEAR - 0.2)]
    axis = np.array([0.0, -facing * 0.75, 0.66])
    return shine(place, np.full((3, 3), 5.5) * (0.9, 0.95, 1.0), axis, Beam.WINDOW)
