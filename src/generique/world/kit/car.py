"""Cars, vans, lorries and buses: their shape, and where they are parked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.kit.car_bodies import (
    GLAZING,
    HUB,
    KINDS_PARKED,
    LIVERIES,
    PAINTS,
    ROAD_BODIES,
    TRIM,
    TYRE,
    Body,
    Part,
    loft,
    wheels,
)
from generique.world.kit.solids import box
from generique.world.kit.train_bodies import TRAINS
from generique.world.layout import Layout
from generique.world.mesh import Finish, Level, Quads, Surface, join, normals, outward, paint
from generique.world.owners import Thing, owner

__all__ = [
    "BODIES",
    "GLAZING",
    "LIVERIES",
    "PAINTS",
    "TYRE",
    "CarShape",
    "car_shape",
    "far_shape",
    "kerb_poses",
    "lamps_of",
    "parked_cars",
    "part_looks",
    "place_cars",
]


BODIES = (*ROAD_BODIES, *TRAINS)
"""Every kind of vehicle, by its index."""


@dataclass(frozen=True)
class CarShape:
    """One vehicle in its own axes: x forward, y left, z up; the origin on the ground.

    Attributes:
        corners: n x 4 x 3 metres.
        part: n, of :class:`Part`.
        flat: n, how flat a quad lies, for snow on it.
        normal: n x 4 x 3, unit normals of the corners; round over the body.
    """

    corners: Floats
    part: Ints
    flat: Floats
    normal: Floats


def _shape(pieces: list[tuple[Floats, Ints, Floats]]) -> CarShape:
    corners, part, normal = (np.concatenate([piece[k] for piece in pieces]) for k in range(3))
    flat = np.clip(normals(corners)[:, 2] * 1.4 - 0.3, 0, 1)
    return CarShape(corners, part, flat, normal)


def _plain(corners: Floats, part: Part) -> tuple[Floats, Ints, Floats]:
    """Quads with flat normals, all of one part."""
    flat = np.repeat(normals(corners)[:, None], 4, axis=1)
    return corners, np.full(len(corners), int(part)), flat


@cache
def car_shape(kind: int) -> CarShape:
    """A vehicle in full: body, glazing, wheels in their arches, mirrors, lamps, plates."""
    body = BODIES[kind]
    pieces = [loft(body)]
    if body.box is not None:
        pieces.append(_plain(_load(body.box), Part.LOAD))
    arch, tyre, hub = wheels(body)
    pieces += [_plain(arch, Part.TRIM), _plain(tyre, Part.TYRE), _plain(hub, Part.HUB)]
    pieces.append(_plain(_mirrors(body), Part.PAINT))
    for part, corners in _plates(body):
        pieces.append(_plain(corners, part))
    return _shape(pieces)


def _load(load: tuple[float, float, float, float, float, float]) -> Floats:
    """The box of a lorry, its chassis and the bar across its back."""
    low, high = np.array(load[:3]), np.array(load[3:])
    chassis = [low[0] + 0.2, -0.45, 0.55], [high[0] - 0.2, 0.45, low[2]]
    skirt = [low[0] + 3.6, low[1] + 0.06, 0.45], [high[0] - 3.4, high[1] - 0.06, low[2]]
    lows = np.array([low, chassis[0], skirt[0]])
    highs = np.array([high, chassis[1], skirt[1]])
    keep = [0, 1, 2] if high[0] - low[0] > 9 else [0, 1]
    return box(lows[keep], highs[keep]).reshape(-1, 4, 3)


def _mirrors(body: Body) -> Floats:
    x, half, z = body.mirror
    size = np.array([0.07, 0.11, 0.07 if z < 1.3 else 0.19])
    middle = np.array([(x, side * (half + 0.10), z) for side in (-1.0, 1.0)])
    return box(middle - size, middle + size).reshape(-1, 4, 3)


def _plates(body: Body) -> list[tuple[Part, Floats]]:
    """Upright rectangles at both ends: glass of the lamps, grille, number plates."""
    front, back = body.ends
    parts = []
    for part, place, sign in ((Part.LENS, body.head, 1.0), (Part.RED, body.tail, -1.0)):
        x = (front if sign > 0 else back) + 0.012 * sign
        quads = [
            _facing(x - 0.03 * sign * (abs(y) > 0.5), y * place[0], place[1], place[2:], sign)
            for y in (-1.0, 1.0)
        ]
        parts.append((part, np.array(quads)))
    grille = _facing(front + 0.012, 0.0, body.grille[1], (body.grille[0], body.grille[2]), 1.0)
    plates = [
        _facing(front + 0.018, 0.0, 0.45, (0.26, 0.055), 1.0),
        _facing(back - 0.018, 0.0, body.plate, (0.26, 0.055), -1.0),
    ]
    return [*parts, (Part.TRIM, np.array([grille])), (Part.HUB, np.array(plates))]


def _facing(x: float, y: float, z: float, half: tuple[float, ...], sign: float) -> Floats:
    """An upright rectangle that looks forward (sign 1) or back (-1)."""
    wide, high = half
    rim = [(-sign * wide, -high), (sign * wide, -high), (sign * wide, high), (-sign * wide, high)]
    return np.array([(x, y - dy * -1.0, z + dz) for dy, dz in rim])


@cache
def far_shape(kind: int) -> CarShape:
    """What is left of a vehicle in the distance: a lower body, a cabin, and a load."""
    body = BODIES[kind]
    front, back = body.ends
    x0, x1, y0 = back, front, body.width / 2
    low = _slab([(x0, y0 * 0.94), (x1, y0 * 0.94)], body.sill, [(x0, y0), (x1, y0)], body.belt)
    cabin_low = body.cabin[:2]
    cabin_top = body.cabin[2:]
    high = _slab(
        [(cabin_low[0], y0 * 0.96), (cabin_low[1], y0 * 0.96)],
        body.belt,
        [(cabin_top[0], y0 * 0.74), (cabin_top[1], y0 * 0.74)],
        body.height,
    )
    pieces = [_plain(low, Part.PAINT), _plain(high[:4], Part.GLASS), _plain(high[4:], Part.PAINT)]
    if body.box is not None:
        lid = box(np.array([body.box[:3]]), np.array([body.box[3:]]))
        pieces.append(_plain(lid.reshape(-1, 4, 3), Part.LOAD))
    return _shape(pieces)


def _slab(
    low: list[tuple[float, float]], z0: float, high: list[tuple[float, float]], z1: float
) -> Floats:
    """Four sides and a lid of a solid that is symmetric about its length."""

    def ring(ends: list[tuple[float, float]], z: float) -> list[tuple[float, float, float]]:
        (xa, ya), (xb, yb) = ends
        return [(xa, -ya, z), (xb, -yb, z), (xb, yb, z), (xa, ya, z)]

    a, b = ring(low, z0), ring(high, z1)
    sides = [[a[k], a[(k + 1) % 4], b[(k + 1) % 4], b[k]] for k in range(4)]
    return outward(np.array([*sides, b]), np.array([(low[0][0] + low[1][0]) / 2, 0, (z0 + z1) / 2]))


def lamps_of(kind: int) -> tuple[Floats, Floats]:
    """Places of the two head and the two tail lamps in the vehicle's axes, 2 x 3 each."""
    body = BODIES[kind]
    found = []
    for end, place, out in ((body.ends[0], body.head, 0.06), (body.ends[1], body.tail, -0.06)):
        found.append(np.array([(end + out, side * place[0], place[1]) for side in (-1.0, 1.0)]))
    return found[0], found[1]


def part_looks(shape: CarShape, colour: Floats, load: Floats | None = None) -> Floats:
    """Albedo of every quad of many vehicles of one shape: n x quads x 3.

    Args:
        shape: The vehicle.
        colour: n x 3, of its paint.
        load: n x 3, of its box; None for that of the paint.
    """
    looks = np.zeros((len(colour), len(shape.part), 3))
    for part, albedo in (
        (Part.GLASS, GLAZING),
        (Part.TYRE, TYRE),
        (Part.TRIM, TRIM),
        (Part.HUB, HUB),
        (Part.LENS, (0.5, 0.5, 0.5)),
        (Part.RED, (0.28, 0.012, 0.01)),
    ):
        looks[:, shape.part == part] = albedo
    looks[:, shape.part == Part.PAINT] = colour[:, None]
    looks[:, shape.part == Part.LOAD] = (colour if load is None else load)[:, None]
    return looks


def place_cars(shape: CarShape, pose: Floats) -> Floats:
    """Corners of many cars: n x quads x 4 x 3.

    Args:
        shape: The car.
        pose: n x 3; x, y and heading in radians; or n x 4 with the height of the ground last.
    """
    cosine, sine = np.cos(pose[:, 2, None, None]), np.sin(pose[:, 2, None, None])
    local = shape.corners[None]
    x = pose[:, 0, None, None] + cosine * local[..., 0] - sine * local[..., 1]
    y = pose[:, 1, None, None] + sine * local[..., 0] + cosine * local[..., 1]
    foot = pose[:, 3, None, None] if pose.shape[1] > 3 else 0.0
    return np.stack([x, y, np.broadcast_to(local[..., 2], x.shape) + foot], axis=-1)


def parked_cars(
    pose: Floats, chance: np.random.Generator, kinds: tuple[int, ...] = KINDS_PARKED
) -> Quads:
    """Vehicles that stand; most have stood long enough to carry snow.

    Args:
        pose: n x 3; x, y and heading in radians; or n x 4 with the height of the ground last.
        chance: For their make, paint and snow.
        kinds: Of the bodies to choose from, by index.
    """
    kind = np.array(kinds)[chance.integers(0, len(kinds), len(pose))]
    colour = PAINTS[chance.integers(len(PAINTS), size=len(pose))]
    load = LIVERIES[chance.integers(len(LIVERIES), size=len(pose))]
    snowed = np.where(chance.random(len(pose)) < 0.85, 0.95, 0.2)
    parts = []
    for k in sorted(set(kinds)):
        which = np.flatnonzero(kind == k)
        for shape, surface, level in (
            (car_shape(k), Surface.DETAIL, Level.NEAR),
            (far_shape(k), Surface.SOLID, Level.FAR),
        ):
            albedo = part_looks(shape, colour[which], load[which]).reshape(-1, 3)
            snow = np.repeat(snowed[which], len(shape.part)) * np.tile(shape.flat, len(which))
            corners = place_cars(shape, pose[which]).reshape(-1, 4, 3)
            finish = Finish(albedo, snow=snow, surface=surface, level=level, step=9)
            parts.append(paint(corners, finish).owned(owner(Thing.CAR, which)))
    return join(parts)


def kerb_poses(layout: Layout, chance: np.random.Generator) -> Floats:
    """A few cars at the kerb of side streets, well away from junctions."""
    poses = [np.zeros((0, 3))]
    for street in layout.streets:
        distance = np.arange(34.0, street.along()[-1] - 34, 26)
        distance = distance + chance.uniform(-5, 5, len(distance))
        distance = distance[chance.random(len(distance)) < (0.0 if street.avenue else 0.16)]
        point, heading = street.at(distance)
        point = point + np.c_[heading[:, 1], -heading[:, 0]] * (street.half_width - 1.1)
        turn = np.arctan2(heading[:, 1], heading[:, 0]) + chance.normal(0, 0.02, len(point))
        near = layout.bounds.inside(point, 3)
        poses.append(np.c_[point, turn][near])
    return np.concatenate(poses)
