"""What a small town is known by: church, water tower, service station, diner, grain elevators."""

from __future__ import annotations

import itertools

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.kit.facade import Walls
from generique.world.kit.outline import rectangle
from generique.world.kit.shopfront import letters
from generique.world.kit.solids import box
from generique.world.lights import WARM_2700, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, outward, paint
from generique.world.owners import Thing, owner
from generique.world.places.main_street.plan import (
    ELEVATOR_HEIGHT,
    STEEPLE_HEIGHT,
    TOWER_HEIGHT,
    TownPlan,
)
from generique.world.places.main_street.roadside import (
    WHITE,
    block,
    diner,
    no_lights,
    station,
)
from generique.world.scene import Life

LEAD = (0.10, 0.10, 0.11)
GRAIN = np.array([(0.30, 0.075, 0.05), (0.33, 0.34, 0.33), (0.16, 0.20, 0.17), (0.46, 0.44, 0.40)])


def landmark_quads(plan: TownPlan, seed: int, life: Life) -> tuple[Quads, Lights]:
    """All of them with their lights."""
    chance = stream(seed, "landmarks")
    built = [
        _church(plan.church, life),
        station(plan.station, life, chance),
        diner(plan.diner, life, chance),
        _tower(plan.tower, chance, burning=life.lamps),
        _elevators(plan.elevators, chance),
    ]
    kinds = (Thing.CHURCH, Thing.STATION, Thing.DINER, Thing.TOWER, Thing.ELEVATOR)
    pairs = zip(kinds, built, strict=True)
    quads = [part.claimed(owner(thing)) for thing, (part, _) in pairs]
    return join(quads), gather([lights for _, lights in built])


def _gable(low: Floats, high: Floats, rise: float, *, along_y: bool) -> tuple[Floats, Floats]:
    """Slopes (2 x 4 x 3) and gable ends (2 x 4 x 3) over a rectangle; eaves stand out."""
    (x0, y0), (x1, y1), z = low[:2], high[:2], high[2]
    over = 0.5
    if along_y:
        x = (x0 + x1) / 2
        slopes = [
            [
                (x0 - over, y0 - over, z - 0.3),
                (x0 - over, y1 + over, z - 0.3),
                (x, y1 + over, z + rise),
                (x, y0 - over, z + rise),
            ],
            [
                (x1 + over, y0 - over, z - 0.3),
                (x1 + over, y1 + over, z - 0.3),
                (x, y1 + over, z + rise),
                (x, y0 - over, z + rise),
            ],
        ]
        ends = [[(x0, y, z), (x1, y, z), (x, y, z + rise), (x, y, z + rise)] for y in (y0, y1)]
    else:
        y = (y0 + y1) / 2
        slopes = [
            [
                (x0 - over, s, z - 0.3),
                (x1 + over, s, z - 0.3),
                (x1 + over, y, z + rise),
                (x0 - over, y, z + rise),
            ]
            for s in (y0 - over, y1 + over)
        ]
        ends = [[(x, y0, z), (x, y1, z), (x, y, z + rise), (x, y, z + rise)] for x in (x0, x1)]
    middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2, z - 2.0])
    return outward(np.array(slopes), middle), outward(np.array(ends), middle)


def _church(spot: Floats, life: Life) -> tuple[Quads, Lights]:
    """A white church with a steeple that looks to the main street."""
    toward = -float(np.sign(spot[0]))
    low = np.array([spot[0] - 11, spot[1] - 5.5, 0.0])
    high = np.array([spot[0] + 11, spot[1] + 5.5, 6.0])
    slopes, ends = _gable(low, high, 6.2, along_y=False)
    white = Finish(WHITE, level=Level.EVERYWHERE, step=2.6)
    roof = Finish(LEAD, snow=0.9, level=Level.EVERYWHERE, step=3.0)
    front = spot[0] + toward * 11.5
    tower = np.array([front - 2.3, spot[1] - 2.3]), np.array([front + 2.3, spot[1] + 2.3])
    parts = [
        block(tuple(low), tuple(high), white),
        paint(slopes, roof),
        paint(ends, white),
        block((*tower[0], 0.0), (*tower[1], 14.0), white),
        block((*(tower[0] - 0.25), 14.0), (*(tower[1] + 0.25), 14.5), white),
        paint(_spire(np.array([front, spot[1]]), 2.2, 14.5, STEEPLE_HEIGHT), roof),
    ]
    glow = np.array([1.0, 0.62, 0.30]) * (2.4 if life.lit_windows > 0.05 else 0.0)
    for side in (-1.0, 1.0):
        wall = Walls(
            np.array([(spot[0] + side * 11, spot[1] + side * 5.5, 0.0)]),
            np.array([(-side, 0.0)]),
            np.array([22.0]),
            np.array([6.0]),
        )
        for at in (3.2, 7.0, 10.8, 14.6, 18.4):
            pane = wall.panel((at - 0.6, at + 0.6), (1.6, 4.7), 0.06)
            parts.append(
                paint(pane, Finish((0.05, 0.05, 0.06), glow, surface=Surface.GLASS, step=99))
            )
    start = np.array([(front + toward * 2.3, spot[1] - toward * 2.3, 0.0)])
    face = Walls(start, np.array([(0.0, toward)]), np.array([4.6]), np.array([14.0]))
    door = face.panel((1.5, 3.1), (0.1, 2.7), 0.06)
    parts.append(paint(door, Finish((0.16, 0.05, 0.03), surface=Surface.DETAIL, step=3.0)))
    louvre = face.panel((1.6, 3.0), (10.6, 12.6), 0.06)
    parts.append(paint(louvre, Finish((0.06, 0.06, 0.06), surface=Surface.DETAIL, step=3.0)))
    lamp = face.at(2.3, 3.3, 0.5)
    on = 9.0 if life.lit_windows > 0 else 0.0
    lights = [shine(lamp, np.array([WARM_2700]) * on, np.array([0.0, 0.0, -1.0]), Beam.BULB)]
    return join(parts), gather(lights) if on else no_lights()


def _spire(spot: Floats, half: float, low: float, high: float) -> Floats:
    """Four sides that meet."""
    ring = rectangle(spot[0] - half, spot[1] - half, spot[0] + half, spot[1] + half)
    tip = (*spot, high)
    return np.array([[(*ring[k], low), (*ring[(k + 1) % 4], low), tip, tip] for k in range(4)])


_TANK = ((1.0, 24.0), (4.2, 26.0), (5.6, 28.6), (5.6, 33.4), (4.6, 35.6), (0.25, TOWER_HEIGHT - 1))
"""Radius and height of the rings of a water tower's tank, metres."""
_SIDES = 16
_ROUND = np.stack([f(np.linspace(0, 2 * np.pi, _SIDES + 1)) for f in (np.cos, np.sin)], axis=-1)


def _tower(spot: Floats, chance: np.random.Generator, *, burning: bool) -> tuple[Quads, Lights]:
    """A water tower: a round tank with a pointed roof on six legs, the town's name round it."""
    tints = np.array([(0.52, 0.55, 0.56), (0.40, 0.50, 0.54), (0.50, 0.48, 0.42)])
    tint = tints[int(chance.integers(3))]
    quads = []
    for (r0, z0), (r1, z1) in itertools.pairwise(_TANK):
        for k in range(_SIDES):
            a, b = _ROUND[k], _ROUND[k + 1]
            ring = ((a, r0, z0), (b, r0, z0), (b, r1, z1), (a, r1, z1))
            quads.append([(*(spot + to * r), z) for to, r, z in ring])
    snow = np.repeat([0.0, 0.0, 0.0, 0.3, 0.85], _SIDES)
    tank = Finish(tint, snow=snow, level=Level.EVERYWHERE, step=3.0)
    steel = Finish(0.8 * tint, level=Level.EVERYWHERE, step=6.0)
    thin = Finish(0.7 * tint, surface=Surface.DETAIL, level=Level.ALWAYS, step=9.0)
    low = np.array([(*(spot - 0.25), TOWER_HEIGHT - 1)])
    red = Finish((0.2, 0.02, 0.02), np.array([150.0, 5.0, 3.0]) * burning, surface=Surface.GLASS)
    parts = [
        paint(np.array(quads), tank),
        paint(_legs(spot), steel),
        paint(_braces(spot), thin),
        paint(box(low, low + np.array([0.5, 0.5, 0.6]))[0], red),
        *_names(spot, chance),
    ]
    return join(parts), no_lights()


def _legs(spot: Floats) -> Floats:
    """Six legs and the pipe in the middle."""
    quads = []
    for k in range(6):
        out = np.array([np.cos(np.pi * k / 3), np.sin(np.pi * k / 3)])
        foot, head = spot + out * 7.0, spot + out * 5.0
        for across in (np.array([-out[1], out[0]]) * 0.28, out * 0.28):
            edge = ((foot, -across, 0.0), (foot, across, 0.0), (head, across, 29.0))
            quads.append([(*(end + to), z) for end, to, z in (*edge, (head, -across, 29.0))])
    for k in range(0, _SIDES, 2):
        a, b = spot + _ROUND[k] * 0.9, spot + _ROUND[k + 2] * 0.9
        quads.append([(*a, 0.0), (*b, 0.0), (*b, 25.0), (*a, 25.0)])
    return np.array(quads)


def _braces(spot: Floats) -> Floats:
    """Rods between the legs."""

    def at(k: int, z: float) -> Floats:
        way = np.array([np.cos(np.pi * k / 3), np.sin(np.pi * k / 3)])
        return np.array([*(spot + way * (7.0 - 2.0 * z / 29.0)), z])

    up = np.array([0.0, 0.0, 0.12])
    rods = [(at(k, z), at(k + 1, z + 7.0)) for z in (7.0, 14.0) for k in range(6)]
    return np.array([[a, b, b + up, a + up] for a, b in rods])


def _names(spot: Floats, chance: np.random.Generator) -> list[Quads]:
    """The town's name on four sides of the tank."""
    parts = []
    for k in range(0, _SIDES, 4):
        start, end = spot + _ROUND[k] * 5.6, spot + _ROUND[k + 1] * 5.6
        step = end - start
        length = float(np.linalg.norm(step))
        face = Walls(
            np.array([(*(start - step * 0.4), 0.0)]),
            (step / length)[None],
            np.array([length * 1.8]),
            np.array([34.0]),
        )
        ink = np.full((1, 3), 0.03), np.zeros((1, 3))
        parts.append(letters(face, (np.array([0.0]), face.width), (30.2, 31.7), ink, chance))
    return parts


def _elevators(spots: Floats, chance: np.random.Generator) -> tuple[Quads, Lights]:
    """Wooden grain elevators: a tall body, a gabled head, a low drive shed."""
    parts: list[Quads] = []
    for index, (x, y) in enumerate(spots):
        start = len(parts)
        colour = GRAIN[(index + int(chance.integers(2))) % len(GRAIN)] * float(
            chance.uniform(0.9, 1.1)
        )
        tall = float(chance.uniform(0.86, 1.0)) * (ELEVATOR_HEIGHT - 8.0)
        wall = Finish(colour, level=Level.EVERYWHERE, step=4.0)
        roof = Finish(colour * 0.5 + 0.04, snow=0.85, level=Level.EVERYWHERE, step=4.0)
        low, high = np.array([x - 6.0, y - 6.5, 0.0]), np.array([x + 6.0, y + 6.5, tall])
        slopes, ends = _gable(low, high, 2.6, along_y=False)
        parts += [block(tuple(low), tuple(high), wall), paint(slopes, roof), paint(ends, wall)]
        low, high = np.array([x - 4.5, y - 2.2, tall]), np.array([x + 4.5, y + 2.2, tall + 5.0])
        slopes, ends = _gable(low, high, 1.8, along_y=False)
        parts += [block(tuple(low), tuple(high), wall), paint(slopes, roof), paint(ends, wall)]
        low, high = np.array([x - 4.5, y - 15.0, 0.0]), np.array([x + 4.5, y - 6.5, 4.2])
        slopes, ends = _gable(low, high, 2.0, along_y=True)
        parts += [block(tuple(low), tuple(high), wall), paint(slopes, roof), paint(ends, wall)]
        face = Walls(
            np.array([(x - 6.0, y - 6.5, 0.0)]),
            np.array([(1.0, 0.0)]),
            np.array([12.0]),
            np.array([tall]),
        )
        ink = np.full((1, 3), 0.6), np.zeros((1, 3))
        parts.append(
            letters(
                face, (np.array([1.0]), np.array([11.0])), (tall - 4.5, tall - 2.6), ink, chance
            )
        )
        whose = owner(Thing.ELEVATOR, index)
        parts[start:] = [part.owned(whose) for part in parts[start:]]
    return join(parts), no_lights()
