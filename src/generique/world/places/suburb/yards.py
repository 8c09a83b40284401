"""What is in the yards of a suburb: fences, sheds, driveways, parked cars and trees."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Floats, Octets, stream
from generique.world.country import RGB, Customs
from generique.world.ground import Pen
from generique.world.kit.car import kerb_poses
from generique.world.kit.solids import boxes
from generique.world.kit.tree import Trees, grow
from generique.world.layout import Bounds, Layout
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import Thing, owner
from generique.world.places.suburb.house import Houses


def yard_quads(houses: Houses, seed: int, half: float, fence: RGB) -> Quads:
    """Fences round back yards, and sheds.

    Args:
        houses: The houses.
        seed: Of the place.
        half: Half the width of a yard, metres.
        fence: Linear albedo of the fences.
    """
    chance = stream(seed, "yards")
    count = len(houses)
    back = houses.depth / 2 + 13.0
    ends = np.full(count, half)
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
        whose = owner(Thing.FENCE, which)
        parts.append(paint(world, Finish(fence, step=3.2, owner=whose)))
        parts.append(_coping(world, fence).owned(whose))
    return join([*parts, _sheds(houses, chance)])


def _coping(boards: Floats, fence: RGB) -> Quads:
    """The strip of snow on a fence."""
    along = boards[:, 1] - boards[:, 0]
    side = np.stack([-along[:, 1], along[:, 0], along[:, 2]], axis=-1)
    side = side / (np.linalg.norm(side, axis=1, keepdims=True) + 1e-9) * 0.07
    up = np.array([0.0, 0.0, 0.05])
    corners = [boards[:, 3] - side + up, boards[:, 2] - side + up]
    corners += [boards[:, 2] + side + up, boards[:, 3] + side + up]
    finish = Finish(fence, snow=0.95, surface=Surface.DETAIL, level=Level.NEAR, step=3.2)
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
        Finish(houses.wall[which] * 0.7, owner=owner(Thing.SHED, which)),
    )
    roofs = []
    for side in (-1.0, 1.0):
        offsets = np.array([(-1.7, side * 1.4, 1.9), (1.7, side * 1.4, 1.9), (1.7, 0, 2.7)])
        offsets = np.vstack([offsets, (-1.7, 0, 2.7)])
        corners = middle[:, None] + offsets[None]
        corners = corners if side < 0 else corners[:, ::-1]
        world = houses.lots.to_world(which, corners)
        finish = Finish(houses.shingle[which], snow=0.9, owner=owner(Thing.SHED, which))
        roofs.append(paint(world, finish))
    return join([body, *roofs])


def parked_poses(houses: Houses, layout: Layout, chance: np.random.Generator) -> Floats:
    """Cars on driveways and at the kerb: n x 3; x, y and heading in radians."""
    return np.concatenate([_driveways(houses, chance), kerb_poses(layout, chance)])


def _driveways(houses: Houses, chance: np.random.Generator) -> Floats:
    count = len(houses)
    poses = []
    for side, share in ((-1.25, 0.55), (1.35, 0.25)):
        back = chance.uniform(3.2, 4.4, count)
        skew = chance.normal(0, 0.02, count)
        which = np.flatnonzero(chance.random(count) < share)
        spot = [houses.garage_x + side, houses.garage_front - back, np.zeros(count)]
        local = np.stack(spot, axis=-1)[which]
        world = houses.lots.to_world(which, local)
        poses.append(np.c_[world[:, :2], houses.lots.angle[which] - np.pi / 2 + skew[which]])
    return np.concatenate(poses)


def drive_map(bounds: Bounds, houses: Houses, chance: np.random.Generator) -> Octets:
    """Driveways and garden paths, by how well they are cleared."""
    pen = Pen(bounds)
    sheet = pen.sheet()
    cleared = chance.integers(110, 255, len(houses))
    half = houses.garage_width * 0.42
    kerb = -houses.lots.reach - 0.3
    zero = np.zeros(len(houses))
    drive = [
        (houses.garage_x - half, houses.garage_front),
        (houses.garage_x + half, houses.garage_front),
        (houses.garage_x + half * 0.95, kerb),
        (houses.garage_x - half * 0.95, kerb),
    ]
    every = np.arange(len(houses))
    corners = np.stack([np.stack([x, y, zero], axis=-1) for x, y in drive], axis=1)
    path = [
        (houses.porch_x, -houses.depth / 2 - 1.0),
        (houses.porch_x * 0.8 + houses.garage_x * 0.2, houses.garage_front - 0.6),
        (houses.garage_x, houses.garage_front - 2.0),
    ]
    steps = np.stack([np.stack([x, y, zero], axis=-1) for x, y in path], axis=1)
    area = houses.lots.to_world(every, corners)[..., :2]
    walk = houses.lots.to_world(every, steps)[..., :2]
    for k in range(len(houses)):
        pen.area(sheet, area[k], int(cleared[k]))
        pen.line(sheet, walk[k], 1.0, 200)
    return sheet


def plant(layout: Layout, houses: Houses, paved: Octets, seed: int, customs: Customs) -> Trees:
    """Trees in yards and along streets, off the pavements.

    Args:
        layout: The plan.
        houses: The houses to keep clear of.
        paved: Square map of the place, rows from south to north, above 10 where paved.
        seed: Of the place.
        customs: For the share of conifers.
    """
    chance, bounds = stream(seed, "trees"), layout.bounds
    count = int(42000 * (bounds.extent / 1024) ** 2) + 8
    spot = np.array([bounds.x0, bounds.y0]) + chance.random((count, 2)) * bounds.extent
    x, y = spot[:, 0], spot[:, 1]
    grove = np.sin(x / 61 + 1) * np.sin(y / 53 + 2) + 0.6 * np.sin(x / 23) * np.sin(y / 29)
    street = np.asarray(cKDTree(layout.street_points()).query(spot)[0])
    home = np.full(count, 100.0)
    if len(houses):
        home = np.asarray(cKDTree(houses.lots.centre).query(spot)[0])
    cell = np.clip((spot - [bounds.x0, bounds.y0]) / bounds.extent * len(paved), 0, len(paved) - 1)
    free = paved[cell[:, 1].astype(int), cell[:, 0].astype(int)] < 10
    wish = np.where(home > 26, 0.75, np.where(street < 12, 0.22, 0.30))
    keep = chance.random(count) < wish * np.clip(1 + 0.6 * grove, 0.25, 1.6)
    spot = spot[free & keep & (street > 7.2) & (home > 8.8)]
    alive = np.ones(len(spot), bool)
    for first, second in sorted(cKDTree(spot).query_pairs(3.2)) if len(spot) > 1 else ():
        alive[second] &= not alive[first]
    foot = layout.relief.at(spot[alive])
    return grow(spot[alive], foot, stream(seed, "tree shapes"), customs.conifers)
