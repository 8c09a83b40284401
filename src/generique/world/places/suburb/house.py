"""Houses of a North American suburb, built for all lots at once.

A house has a body, often a front bay, a garage, a porch, sometimes a chimney and a deck. Measures
are drawn once per place; nothing here depends on season, hour or who is at home.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.kit.solids import boxes, upright
from generique.world.layout import Landmark, Lots
from generique.world.mesh import Finish, Level, Quads, Surface, join, outward, paint
from generique.world.owners import Thing, owner
from generique.world.places.suburb.stock import Stock

STOREY = 3.0
EAVE_OVERHANG = 0.5
PROMINENT = (0.0, 60.0)
"""Where a house is most likely meant, metres: ahead of where cameras start."""
WHITE = 0.4
TRIM = (0.52, 0.52, 0.50)


@dataclass(frozen=True)
class Houses:
    """Measures of all houses; arrays with one row a house, metres unless said otherwise.

    Attributes:
        lots: Where they stand.
        eaves: Height of the walls.
        along: True where the ridge runs parallel to the street.
        pitch: Rise of the roof over its run.
        snow: How well snow holds on the roof, 0 to 1.
        occupied: True where somebody lives.
        garage_x: Middle of the garage.
        garage_front: y of the garage door.
        porch_x: Middle of the porch.
        ridge: Height of the roof's ridge.
    """

    lots: Lots
    width: Floats
    depth: Floats
    storeys: Ints
    eaves: Floats
    along: Flags
    hip: Flags
    pitch: Floats
    wall: Floats
    shingle: Floats
    snow: Floats
    occupied: Flags
    garage_x: Floats
    garage_width: Floats
    garage_depth: Floats
    garage_front: Floats
    porch_x: Floats
    ridge: Floats

    def __len__(self) -> int:
        return len(self.width)


def draw_houses(lots: Lots, seed: int, stock: Stock) -> Houses:
    """Draw the measures of a house for every lot, of a country's stock."""
    chance, count = stream(seed, "houses"), len(lots)
    width, depth = chance.uniform(*stock.width, count), chance.uniform(*stock.depth, count)
    storeys = np.where(chance.random(count) < stock.tall, 2, 1)
    eaves = STOREY * storeys + 0.3
    along = chance.random(count) < 0.72
    hip = (chance.random(count) < 0.42) & along
    pitch = chance.uniform(*stock.pitch, count)
    garage_width = chance.uniform(*stock.garage, count)
    garage_depth = chance.uniform(4.5, 6.5, count)
    side = np.where(chance.random(count) < 0.5, -1.0, 1.0)
    beside = np.where(chance.random(count) < 0.35, 2.2, 0.0)
    run = np.where(along, depth, width) / 2
    palette = stock.walls[chance.integers(len(stock.walls), size=count)]
    return Houses(
        lots=lots,
        width=width,
        depth=depth,
        storeys=storeys,
        eaves=eaves,
        along=along,
        hip=hip,
        pitch=pitch,
        wall=palette * chance.uniform(0.8, 1.1, (count, 1)),
        shingle=stock.shingles[chance.integers(len(stock.shingles), size=count)],
        snow=np.clip(chance.normal(0.86, 0.17, count), 0.25, 0.98),
        occupied=chance.random(count) < 0.8,
        garage_x=side * (width / 2 - garage_width / 2 + beside),
        garage_width=garage_width,
        garage_depth=garage_depth,
        garage_front=-depth / 2 - garage_depth + 1.0,
        porch_x=-side * width * 0.12,
        ridge=eaves + run * pitch,
    )


def house_landmarks(houses: Houses) -> tuple[Landmark, ...]:
    """Every house by its colour and height, those near the middle of the picture first."""
    lots = houses.lots
    order = np.argsort(np.linalg.norm(lots.centre - PROMINENT, axis=1), kind="stable")
    return tuple(
        Landmark(
            words=frozenset(
                ("house", colour_name(houses.wall[k]), ("bungalow", "two-storey")[tall[k]])
            ),
            middle=(*lots.centre[k].tolist(), float(lots.foot[k] + houses.ridge[k] / 2)),
            radius=float(0.6 * houses.width[k]),
        )
        for tall in [houses.storeys - 1]
        for k in order
    )


def colour_name(albedo: Floats) -> str:
    """What people call the colour of a wall, linear RGB."""
    red, green, blue = (float(part) for part in albedo)
    if red > 1.5 * green:
        return "red"
    if blue > 1.1 * red:
        return "blue"
    if blue < 0.75 * red:
        return "brown"
    return "white" if min(red, green, blue) > WHITE else "grey"


@dataclass(frozen=True)
class _Body:
    """Walls under one roof, for the houses ``which``; arrays with one row each."""

    which: Ints
    x: Floats
    y: Floats
    width: Floats
    depth: Floats
    height: Floats
    along: Flags
    hip: Flags
    pitch: Floats


def house_quads(houses: Houses, seed: int) -> Quads:
    """Everything of the houses that is not a window."""
    chance = stream(seed, "house details")
    count = len(houses)
    every = np.arange(count)
    zero = np.zeros(count)
    main = _Body(
        every,
        zero,
        zero,
        houses.width,
        houses.depth,
        houses.eaves,
        houses.along,
        houses.hip,
        houses.pitch,
    )
    garage = _Body(
        every,
        houses.garage_x,
        houses.garage_front + houses.garage_depth / 2,
        houses.garage_width,
        houses.garage_depth,
        np.where((houses.storeys == 2) & (chance.random(count) < 0.3), houses.eaves, 2.9),
        np.zeros(count, bool),
        chance.random(count) < 0.3,
        chance.uniform(0.45, 0.7, count),
    )
    bays = _bays(houses, chance)
    parts = [
        _body(houses, main),
        _body(houses, garage, Thing.GARAGE),
        _body(houses, bays),
        _porch(houses, chance),
        _garage_door(houses, chance),
    ]
    parts += [_chimneys(houses, chance), _decks(houses, chance)]
    return join(parts)


def _bays(houses: Houses, chance: np.random.Generator) -> _Body:
    """Gabled front bays on some houses, on the side away from the garage."""
    which = np.flatnonzero(houses.along & (chance.random(len(houses)) < 0.45))
    width = chance.uniform(4.0, 5.0, len(houses))[which]
    side = -np.sign(houses.garage_x[which])
    depth = houses.depth[which] / 2 + 1.5
    return _Body(
        which,
        side * (houses.width[which] / 2 - width / 2 - 0.2),
        -depth / 2 - 0.1,
        width,
        depth,
        houses.eaves[which],
        np.zeros(len(which), bool),
        np.zeros(len(which), bool),
        np.minimum(houses.pitch[which] * 1.25, 0.85),
    )


def _body(houses: Houses, body: _Body, thing: Thing = Thing.HOUSE) -> Quads:
    walls, roof, ends, fascia = _body_corners(body)
    centre = np.stack([body.x, body.y, body.height / 2], axis=-1)[:, None]
    which = np.repeat(body.which, 4)

    def place(local: Floats) -> Floats:
        facing = outward(
            local.reshape(-1, 4, 3), np.repeat(centre, local.shape[1], 1).reshape(-1, 3)
        )
        return houses.lots.to_world(np.repeat(body.which, local.shape[1]), facing)

    pair = np.repeat(body.which, 2)
    hip = np.repeat(body.hip, 2)
    wall, shingle = houses.wall[pair], houses.shingle[pair]
    end_albedo = np.where(hip[:, None], shingle, wall)
    return _of(
        owner(thing, body.which),
        [
            paint(place(walls), Finish(houses.wall[which], level=Level.EVERYWHERE)),
            paint(
                place(roof),
                Finish(shingle, snow=houses.snow[pair], level=Level.EVERYWHERE, step=2.2),
            ),
            paint(
                place(ends),
                Finish(
                    end_albedo, snow=np.where(hip, houses.snow[pair], 0), level=Level.EVERYWHERE
                ),
            ),
            paint(
                place(fascia),
                Finish(TRIM, surface=Surface.DETAIL, level=Level.NEAR, step=5),
            ),
        ],
    )


def _of(owners: Ints, parts: Sequence[Quads]) -> Quads:
    """Parts with equally many quads for each owner, joined."""
    return join([part.owned(owners) for part in parts])


def _body_corners(body: _Body) -> tuple[Floats, Floats, Floats, Floats]:
    """Corners in the house's axes: walls, slopes, ends (gable or hip) and fascia."""
    half = np.where(body.along, body.width, body.depth) / 2
    run = np.where(body.along, body.depth, body.width) / 2
    hip = body.hip & (half >= run)
    top = body.height + run * body.pitch
    edge = body.height - EAVE_OVERHANG * body.pitch
    far, wide = half + EAVE_OVERHANG, run + EAVE_OVERHANG
    tip = half - np.where(hip, run, -EAVE_OVERHANG)
    zero = np.zeros_like(half)

    def point(a: Floats, b: Floats, z: Floats) -> Floats:
        x = body.x + np.where(body.along, a, b)
        y = body.y + np.where(body.along, b, a)
        return np.stack([x, y, z], axis=-1)

    def quad(*points: Floats) -> Floats:
        return np.stack(points, axis=1)

    ring = [(-half, -run), (half, -run), (half, run), (-half, run)]
    walls = [
        quad(point(*p, zero), point(*q, zero), point(*q, body.height), point(*p, body.height))
        for p, q in zip(ring, ring[1:] + ring[:1], strict=True)
    ]
    slopes = [
        quad(
            point(-far, s * wide, edge),
            point(far, s * wide, edge),
            point(tip, zero, top),
            point(-tip, zero, top),
        )
        for s in (-1, 1)
    ]
    reach, breadth, foot = (
        np.where(hip, a, b) for a, b in ((far, half), (wide, run), (edge, body.height))
    )
    apex = np.where(hip, tip, half)
    ends = [
        quad(
            point(s * reach, -breadth, foot),
            point(s * reach, breadth, foot),
            point(s * apex, zero, top),
            point(s * apex, zero, top),
        )
        for s in (-1, 1)
    ]
    fascia = [
        quad(
            point(-far, s * wide, edge - 0.2),
            point(far, s * wide, edge - 0.2),
            point(far, s * wide, edge),
            point(-far, s * wide, edge),
        )
        for s in (-1, 1)
    ]
    stacked = (np.stack(part, axis=1) for part in (walls, slopes, ends, fascia))
    walls_, slopes_, ends_, fascia_ = stacked
    return walls_, slopes_, ends_, fascia_


def _porch(houses: Houses, chance: np.random.Generator) -> Quads:
    every = np.arange(len(houses))
    x, front = houses.porch_x, -houses.depth / 2
    shapes = [(x - 1.6, front - 1.6, 2.65), (x + 1.6, front - 1.6, 2.65)]
    shapes += [(x + 1.6, front, 3.1), (x - 1.6, front, 3.1)]
    roof = np.stack(
        [np.stack([a, b, np.full(len(houses), z)], axis=-1) for a, b, z in shapes], axis=1
    )
    door = upright(x - 0.5, x + 0.5, front - 0.04, (0.2, 2.3))
    colours = chance.uniform(0.03, 0.3, (len(houses), 3))
    posts = [upright(x + s - 0.08, x + s + 0.08, front - 1.5, (0.0, 2.65)) for s in (-1.5, 1.5)]
    world = houses.lots.to_world
    return _of(
        owner(Thing.HOUSE, every),
        [
            paint(world(every, roof), Finish(houses.shingle, snow=houses.snow, step=2.2)),
            paint(
                world(every, door),
                Finish(colours, surface=Surface.DETAIL, level=Level.NEAR, step=2.4),
            ),
            *(
                paint(
                    world(every, post),
                    Finish(TRIM, surface=Surface.DETAIL, level=Level.NEAR, step=3),
                )
                for post in posts
            ),
            boxes(
                houses.lots,
                every,
                np.stack([x - 1.5, front - 1.5, x * 0], axis=-1),
                np.stack([x + 1.5, front, x * 0 + 0.25], axis=-1),
                Finish((0.3, 0.29, 0.28), surface=Surface.DETAIL, level=Level.NEAR, step=3),
            ),
        ],
    )


def _garage_door(houses: Houses, chance: np.random.Generator) -> Quads:
    """Doors in three leaves, each a shade of its own."""
    every, x = np.arange(len(houses)), houses.garage_x
    light = chance.random((len(houses), 1)) < 0.7
    albedo = np.where(light, np.array([0.5, 0.5, 0.48]), np.array([0.2, 0.2, 0.22]))
    leaves = []
    for k, shade in enumerate((0.92, 1.0, 0.95)):
        low = 0.05 + 0.72 * k
        corners = upright(x - 2.4, x + 2.4, houses.garage_front - 0.04, (low, low + 0.7))
        finish = Finish(albedo * shade, surface=Surface.DETAIL, level=Level.NEAR, step=1.6)
        leaves.append(paint(houses.lots.to_world(every, corners), finish))
    whole = upright(x - 2.4, x + 2.4, houses.garage_front - 0.04, (0.05, 2.2))
    far = Finish(albedo * 0.95, surface=Surface.DETAIL, level=Level.FAR, step=2.4)
    return _of(
        owner(Thing.GARAGE, every), [*leaves, paint(houses.lots.to_world(every, whole), far)]
    )


def _chimneys(houses: Houses, chance: np.random.Generator) -> Quads:
    x, y = (
        houses.width * chance.uniform(-0.3, 0.3, len(houses)),
        chance.uniform(-1, 1.5, len(houses)),
    )
    which = np.flatnonzero(chance.random(len(houses)) < 0.5)
    foot = np.stack([x, y, houses.eaves], axis=-1)[which]
    top = np.stack([x, y, houses.ridge + 0.8], axis=-1)[which]
    half = np.array([0.45, 0.35, 0.0])
    finish = Finish((0.2, 0.11, 0.09), owner=owner(Thing.HOUSE, which))
    return boxes(houses.lots, which, foot - half, top + half, finish)


def chimney_mouths(houses: Houses, seed: int) -> Floats:
    """Where smoke or steam leaves the houses: n x 3 metres, one a house."""
    chance = stream(seed, "flues")
    x = houses.width * chance.uniform(-0.3, 0.3, len(houses))
    y = chance.uniform(-1.5, 2.0, len(houses))
    local = np.stack([x, y, houses.ridge + 0.5], axis=-1)
    return houses.lots.to_world(np.arange(len(houses)), local)


def _decks(houses: Houses, chance: np.random.Generator) -> Quads:
    which = np.flatnonzero(chance.random(len(houses)) < 0.6)
    back = houses.depth[which] / 2
    low = np.stack([np.full(len(which), -2.5), back, np.zeros(len(which))], axis=-1)
    high = np.stack([np.full(len(which), 2.5), back + 3.4, np.full(len(which), 0.5)], axis=-1)
    finish = Finish((0.16, 0.12, 0.09), level=Level.NEAR, owner=owner(Thing.HOUSE, which))
    return boxes(houses.lots, which, low, high, finish)
