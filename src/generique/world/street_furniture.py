"""Street lamps, fences and sheds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Floats, stream
from generique.world.house import Houses, boxes
from generique.world.layout import Layout, Street
from generique.world.lights import LED, SODIUM, Beam, Lights, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint

LAMP_HEIGHT = 8.2
LAMP_INTENSITY = 250.0
LAMP_RADIANCE = 620.0
METAL = (0.2, 0.2, 0.2)
FENCE = (0.16, 0.12, 0.09)


@dataclass(frozen=True)
class Lamps:
    """Street lamps.

    Attributes:
        foot: n x 2 metres, where the pole stands.
        head: n x 2 metres, the lantern above the carriageway.
        colour: n x 3, linear RGB with its strength.
    """

    foot: Floats
    head: Floats
    colour: Floats

    def __len__(self) -> int:
        return len(self.foot)


def place_lamps(layout: Layout, seed: int) -> Lamps:
    """Lamps 38 to 47 m apart on alternating sides, a few of them broken."""
    chance = stream(seed, "street lamps")
    feet, heads, sodium = [], [], []
    for street in layout.streets:
        foot, head, colour = _along(street, chance)
        feet.append(foot)
        heads.append(head)
        sodium.append(colour)
    foot, head, is_sodium = np.vstack(feet), np.vstack(heads), np.concatenate(sodium)
    broken = chance.random(len(foot)) < 0.04
    strength = np.exp(chance.normal(0, 0.12, (len(foot), 1)))
    colour = np.where(is_sodium[:, None], np.array(SODIUM), np.array(LED)) * strength
    tree = cKDTree(layout.street_points())
    keep = ~broken & layout.bounds.inside(foot, 3) & (tree.query(foot)[0] > 4.4)
    foot, head, colour = foot[keep], head[keep], colour[keep]
    alive = np.ones(len(foot), bool)
    if len(foot) > 1:
        for first, second in sorted(cKDTree(head).query_pairs(22)):
            alive[second] &= not alive[first]
    return Lamps(foot[alive], head[alive], colour[alive])


def _along(street: Street, chance: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    length = float(street.along()[-1])
    steps = chance.uniform(38, 47, int(length / 38) + 2)
    distance = chance.uniform(10, 25) + np.r_[0.0, np.cumsum(steps)]
    distance = distance[distance < length + (1 if street.closed else 0)]
    point, heading = street.at(distance)
    side = np.where(np.arange(len(point)) % 2 == 0, 1.0, -1.0)[:, None]
    out = np.c_[-heading[:, 1], heading[:, 0]] * side
    same = chance.random(len(point)) < 0.93
    foot = point + out * (street.half_width + 1.2)
    head = point + out * (street.half_width - 1.0)
    return foot, head, same == street.sodium


def lamp_quads(lamps: Lamps, *, burning: bool) -> Quads:
    """Poles, arms and lanterns."""
    out = lamps.head - lamps.foot
    out = out / (np.linalg.norm(out, axis=1, keepdims=True) + 1e-9)
    side = np.c_[-out[:, 1], out[:, 0]]
    parts = []
    for width in (out * 0.09, side * 0.09):
        corners = [
            _lift(lamps.foot - width, 0.0),
            _lift(lamps.foot + width, 0.0),
            _lift(lamps.foot + width * 0.6, LAMP_HEIGHT + 0.1),
            _lift(lamps.foot - width * 0.6, LAMP_HEIGHT + 0.1),
        ]
        finish = Finish(METAL, surface=Surface.DETAIL, level=Level.ALWAYS, step=3)
        parts.append(paint(np.stack(corners, axis=1), finish))
    thin = side * 0.06
    arm = [
        _lift(lamps.foot - thin, LAMP_HEIGHT),
        _lift(lamps.foot + thin, LAMP_HEIGHT),
        _lift(lamps.head + thin, LAMP_HEIGHT + 0.25),
        _lift(lamps.head - thin, LAMP_HEIGHT + 0.25),
    ]
    finish = Finish(METAL, surface=Surface.DETAIL, level=Level.NEAR, step=3)
    parts.append(paint(np.stack(arm, axis=1), finish))
    parts += _lanterns(lamps, burning=burning)
    return join(parts)


def _lift(points: Floats, height: float) -> Floats:
    return np.asarray(np.c_[points, np.full(len(points), height)])


def _lanterns(lamps: Lamps, *, burning: bool) -> list[Quads]:
    glow = lamps.colour * (LAMP_RADIANCE if burning else 0.0)
    ring = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]) * 0.24
    low, high = LAMP_HEIGHT - 0.14, LAMP_HEIGHT + 0.02
    bottom = np.stack([_lift(lamps.head + corner, low) for corner in ring], axis=1)
    top = np.stack([_lift(lamps.head + corner, high + 0.16) for corner in ring], axis=1)
    parts = [
        paint(bottom[:, ::-1], Finish(METAL, glow, surface=Surface.GLASS, step=9)),
        paint(top, Finish(METAL, snow=0.6, surface=Surface.DETAIL, level=Level.NEAR, step=9)),
    ]
    for k in range(4):
        pair = ring[k], ring[(k + 1) % 4]
        corners = [_lift(lamps.head + corner, low) for corner in pair]
        corners += [_lift(lamps.head + corner, high) for corner in reversed(pair)]
        finish = Finish(METAL, glow * 0.25, surface=Surface.GLASS, step=9)
        parts.append(paint(np.stack(corners, axis=1), finish))
    return parts


def lamp_lights(lamps: Lamps) -> Lights:
    """The light of the street lamps when they burn."""
    position = _lift(lamps.head, LAMP_HEIGHT - 0.15)
    return shine(position, lamps.colour * LAMP_INTENSITY, np.array([0.0, 0.0, -1.0]), Beam.LAMP)


def yard_quads(houses: Houses, seed: int) -> Quads:
    """Fences round back yards, and sheds."""
    chance = stream(seed, "yards")
    count = len(houses)
    back = houses.depth / 2 + 13.0
    ends = np.full(count, 9.3)
    runs = (
        ((-ends, 0 * back), (-ends, back)),
        ((-ends, back), (ends, back)),
        ((ends, back), (ends, 0 * back)),
    )
    parts = []
    for start, end in runs:
        which = np.flatnonzero(chance.random(count) < 0.72)
        corners = [
            np.stack([*(v[which] for v in point), np.full(len(which), z)], axis=-1)
            for point, z in ((start, 0.0), (end, 0.0), (end, 1.75), (start, 1.75))
        ]
        world = houses.lots.to_world(which, np.stack(corners, axis=1))
        parts.append(paint(world, Finish(FENCE, step=3.2)))
        parts.append(_coping(world))
    return join([*parts, _sheds(houses, chance)])


def _coping(boards: Floats) -> Quads:
    """The strip of snow on a fence."""
    along = boards[:, 1] - boards[:, 0]
    side = np.stack([-along[:, 1], along[:, 0], along[:, 2]], axis=-1)
    side = side / (np.linalg.norm(side, axis=1, keepdims=True) + 1e-9) * 0.07
    up = np.array([0.0, 0.0, 0.05])
    corners = [boards[:, 3] - side + up, boards[:, 2] - side + up]
    corners += [boards[:, 2] + side + up, boards[:, 3] + side + up]
    finish = Finish(FENCE, snow=0.95, surface=Surface.DETAIL, level=Level.NEAR, step=3.2)
    quads = np.stack(corners, axis=1)
    return paint(quads[:, ::-1], finish)


def _sheds(houses: Houses, chance: np.random.Generator) -> Quads:
    count = len(houses)
    x, y = chance.uniform(-7, 7, count), houses.depth / 2 + chance.uniform(8, 10.5, count)
    which = np.flatnonzero(chance.random(count) < 0.35)
    middle = np.stack([x, y, np.zeros(count)], axis=-1)[which]
    body = boxes(
        houses.lots,
        which,
        middle - np.array([1.5, 1.2, 0]),
        middle + np.array([1.5, 1.2, 2.0]),
        Finish(houses.wall[which] * 0.7),
    )
    roofs = []
    for side in (-1.0, 1.0):
        offsets = np.array([(-1.7, side * 1.4, 1.9), (1.7, side * 1.4, 1.9), (1.7, 0, 2.7)])
        offsets = np.vstack([offsets, (-1.7, 0, 2.7)])
        corners = middle[:, None] + offsets[None]
        corners = corners if side < 0 else corners[:, ::-1]
        world = houses.lots.to_world(which, corners)
        roofs.append(paint(world, Finish(houses.shingle[which], snow=0.9)))
    return join([body, *roofs])
