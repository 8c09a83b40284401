"""Cars: their shape, and where they are parked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.layout import Layout
from generique.world.mesh import Finish, Level, Quads, Surface, join, outward, paint
from generique.world.owners import Thing, owner

PAINTS = np.array(
    [
        (0.05, 0.05, 0.055),
        (0.35, 0.35, 0.36),
        (0.60, 0.60, 0.60),
        (0.22, 0.23, 0.25),
        (0.22, 0.03, 0.03),
        (0.06, 0.10, 0.20),
        (0.30, 0.27, 0.22),
    ]
)
GLAZING = (0.02, 0.02, 0.025)
TYRE = (0.02, 0.02, 0.02)

# One row a station from the back to the front of the car, metres: x, half width at the belt,
# height of the sill, height of the belt (window sill), height and half width of the top.
SEDAN = (
    (-2.32, 0.72, 0.40, 0.78, 0.80, 0.66),
    (-2.22, 0.86, 0.30, 0.92, 0.97, 0.78),
    (-1.55, 0.91, 0.27, 0.97, 1.05, 0.80),
    (-0.75, 0.92, 0.27, 0.97, 1.43, 0.63),
    (0.15, 0.92, 0.27, 0.95, 1.46, 0.64),
    (1.05, 0.91, 0.27, 0.92, 1.00, 0.76),
    (1.95, 0.86, 0.28, 0.78, 0.86, 0.74),
    (2.28, 0.70, 0.36, 0.62, 0.70, 0.60),
)
SUV = (
    (-2.30, 0.84, 0.48, 1.02, 1.10, 0.78),
    (-2.22, 0.92, 0.40, 1.08, 1.20, 0.82),
    (-1.85, 0.94, 0.36, 1.10, 1.70, 0.70),
    (-0.70, 0.95, 0.34, 1.08, 1.76, 0.72),
    (0.20, 0.95, 0.34, 1.06, 1.74, 0.72),
    (1.00, 0.94, 0.34, 1.04, 1.12, 0.80),
    (2.00, 0.90, 0.36, 0.94, 1.02, 0.78),
    (2.30, 0.76, 0.44, 0.78, 0.88, 0.66),
)
PICKUP = (
    (-2.75, 0.90, 0.50, 1.00, 1.02, 0.88),
    (-2.68, 0.94, 0.42, 1.04, 1.06, 0.90),
    (-0.85, 0.95, 0.40, 1.04, 1.06, 0.90),
    (-0.65, 0.95, 0.40, 1.10, 1.78, 0.70),
    (0.45, 0.95, 0.40, 1.08, 1.78, 0.71),
    (1.25, 0.94, 0.40, 1.06, 1.14, 0.82),
    (2.25, 0.92, 0.42, 1.00, 1.08, 0.82),
    (2.62, 0.80, 0.48, 0.84, 0.94, 0.72),
)
SHAPES = (SEDAN, SUV, PICKUP)


@dataclass(frozen=True)
class CarShape:
    """One car in its own axes: x forward, y left, z up; the origin on the ground.

    Attributes:
        corners: n x 4 x 3 metres.
        part: n; 0 paint, 1 glazing, 2 tyre.
        flat: n, how flat a quad lies, for snow on it.
    """

    corners: Floats
    part: Ints
    flat: Floats


def car_shape(kind: int) -> CarShape:
    """The body of a car as quads over its stations, with four wheels."""
    stations = np.array(SHAPES[kind])
    rings = [_ring(station) for station in stations]
    corners: list[Floats] = []
    part: list[int] = []
    for back, front in pairwise(rings):
        rise = max(back[3, 2] - back[2, 2], front[3, 2] - front[2, 2]) > 0.3
        for k in range(len(back) - 1):
            corners.append(np.array([back[k], front[k], front[k + 1], back[k + 1]]))
            steep = abs(back[3, 2] - front[3, 2]) > 0.25
            part.append(1 if rise and (k in (2, 4) or (k == 3 and steep)) else 0)
    for ring in (rings[0], rings[-1]):
        corners += [ring[[k, k + 1, 6 - k, 7 - k]] for k in range(3)]
        part += [0, 0, 0]
    body = outward(np.array(corners), np.array([0, 0, 0.75]))
    wheels = _wheels(stations)
    every = np.concatenate([body, wheels])
    cross = np.cross(every[:, 2] - every[:, 0], every[:, 3] - every[:, 1])
    flat = cross[:, 2] / (np.linalg.norm(cross, axis=1) + 1e-9)
    return CarShape(every, np.array(part + [2] * len(wheels)), np.clip(flat * 1.4 - 0.3, 0, 1))


def _ring(station: Floats) -> Floats:
    """Eight points of a cross-section, from the right sill over the roof to the left sill."""
    x, half, sill, belt, top, roof = station
    right = [(half * 0.93, sill), (half, (sill + belt) / 2), (half * 0.985, belt), (roof, top)]
    return np.array([(x, -y, z) for y, z in right] + [(x, y, z) for y, z in reversed(right)])


def _wheels(stations: Floats) -> Floats:
    """Four eight-sided wheels, each seen from outside, as quads."""
    turn = np.linspace(0, 2 * np.pi, 9)[:-1]
    rim = np.c_[np.cos(turn) * 0.34, np.sin(turn) * 0.34 + 0.34]
    reach = stations[-1, 0] - 0.85, stations[0, 0] + 0.9
    quads = []
    for x in reach:
        for y in (-0.93, 0.93):
            disc = np.c_[rim[:, 0] + x, np.full(8, y), rim[:, 1]]
            quads += [disc[[0, 1, 2, 3]], disc[[0, 3, 4, 7]], disc[[4, 5, 6, 7]]]
    return outward(np.array(quads), np.array([0, 0, 0.34]))


def place_cars(shape: CarShape, pose: Floats) -> Floats:
    """Corners of many cars: n x quads x 4 x 3.

    Args:
        shape: The car.
        pose: n x 3; x, y and heading in radians.
    """
    cosine, sine = np.cos(pose[:, 2, None, None]), np.sin(pose[:, 2, None, None])
    local = shape.corners[None]
    x = pose[:, 0, None, None] + cosine * local[..., 0] - sine * local[..., 1]
    y = pose[:, 1, None, None] + sine * local[..., 0] + cosine * local[..., 1]
    return np.stack([x, y, np.broadcast_to(local[..., 2], x.shape)], axis=-1)


def parked_cars(pose: Floats, chance: np.random.Generator) -> Quads:
    """Cars that stand; most have stood long enough to carry snow.

    Args:
        pose: n x 3; x, y and heading in radians.
        chance: For their make, paint and snow.
    """
    kind = chance.integers(0, 3, len(pose))
    colour = PAINTS[chance.integers(len(PAINTS), size=len(pose))]
    snowed = np.where(chance.random(len(pose)) < 0.85, 0.95, 0.2)
    parts = []
    for k in range(3):
        which = np.flatnonzero(kind == k)
        shape = car_shape(k)
        tiled = np.tile(shape.part, len(which))[:, None]
        paint_ = np.repeat(colour[which], len(shape.part), axis=0)
        albedo = np.where(tiled == 0, paint_, np.where(tiled == 1, GLAZING, TYRE))
        snow = np.repeat(snowed[which], len(shape.part)) * np.tile(shape.flat, len(which))
        corners = place_cars(shape, pose[which]).reshape(-1, 4, 3)
        finish = Finish(albedo, snow=snow, surface=Surface.DETAIL, level=Level.NEAR, step=9)
        shell = _shell(pose[which], colour[which], snowed[which])
        cars = owner(Thing.CAR, which)
        parts += [paint(corners, finish).owned(cars), shell.owned(cars)]
    return join(parts)


def _shell(pose: Floats, colour: Floats, snowed: Floats) -> Quads:
    """What is left of a car in the distance: a low box and a cabin, which also cast shadows."""
    low = [(-2.2, -0.9, 0.25), (2.2, -0.9, 0.25), (2.2, 0.9, 0.25), (-2.2, 0.9, 0.25)]
    belt = [(-2.2, -0.9, 0.95), (2.2, -0.9, 0.85), (2.2, 0.9, 0.85), (-2.2, 0.9, 0.95)]
    roof = [(-1.5, -0.65, 1.5), (0.6, -0.65, 1.5), (0.6, 0.65, 1.5), (-1.5, 0.65, 1.5)]
    corners, part, flat = [], [], []
    for lower, upper, which in ((low, belt, 0), (belt, roof, 1)):
        for k in range(4):
            after = (k + 1) % 4
            corners.append([lower[k], lower[after], upper[after], upper[k]])
            part.append(which)
            flat.append(0.3 * which)
    corners.append(roof)
    shape = CarShape(np.array(corners), np.array([*part, 0]), np.array([*flat, 1.0]))
    tiled = np.tile(shape.part, len(pose))[:, None]
    albedo = np.where(tiled == 0, np.repeat(colour, len(shape.part), axis=0), GLAZING)
    snow = np.repeat(snowed, len(shape.part)) * np.tile(shape.flat, len(pose))
    placed = place_cars(shape, pose).reshape(-1, 4, 3)
    return paint(placed, Finish(albedo, snow=snow, level=Level.FAR, step=9))


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
