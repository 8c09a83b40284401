"""Members that works of steel and concrete are put together from: bars, drums, walls, decks.

All take and give metres in the world's axes, many at once.
"""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.mesh import Finish, Quads, outward, paint

_SIDES = ((0, 1), (1, 2), (2, 3), (3, 0))


def bars(start: Floats, end: Floats, width: float, finish: Finish, height: float = 0.0) -> Quads:
    """Square bars between points, open at their ends: 4 quads each.

    Args:
        start: n x 3.
        end: n x 3.
        width: Level measure across.
        finish: Of all.
        height: Measure across the other way; 0 for the width.
    """
    start, end = (np.asarray(point, float).reshape(-1, 3) for point in (start, end))
    along = end - start
    along = along / (np.linalg.norm(along, axis=1, keepdims=True) + 1e-9)
    upright = np.abs(along[:, 2]) > 0.95
    other = np.where(upright[:, None], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0])
    side = np.cross(along, other)
    side = side / (np.linalg.norm(side, axis=1, keepdims=True) + 1e-9)
    up = np.cross(side, along)
    a, b = side * width / 2, up * (height or width) / 2
    ring = (-a - b, a - b, a + b, -a + b)
    corners = [
        np.stack([start + ring[i], start + ring[j], end + ring[j], end + ring[i]], axis=1)
        for i, j in _SIDES
    ]
    every = np.concatenate(corners)
    middle = np.tile((start + end) / 2, (4, 1))
    return paint(outward(every, middle), finish)


def blocks(centre: Floats, size: Floats, turn: Floats | float, finish: Finish) -> Quads:
    """Upright boxes with a lid, the lid last: 5 quads each.

    Args:
        centre: n x 3, middle of the foot.
        size: n x 3 or 3; along, across, and height.
        turn: n radians from east to the box's first side.
        finish: Values in it are one for all, or one row a box.
    """
    centre = np.asarray(centre, float).reshape(-1, 3)
    count = len(centre)
    size = np.broadcast_to(np.asarray(size, float), (count, 3))
    turn = np.broadcast_to(np.asarray(turn, float), (count,))
    cosine, sine = np.cos(turn), np.sin(turn)
    along = np.stack([cosine, sine, 0 * sine], axis=1) * size[:, :1] / 2
    across = np.stack([-sine, cosine, 0 * sine], axis=1) * size[:, 1:2] / 2
    low = [centre - along - across, centre + along - across]
    low += [centre + along + across, centre - along + across]
    rise = np.c_[np.zeros((count, 2)), size[:, 2]]
    quads = [np.stack([low[i], low[j], low[j] + rise, low[i] + rise], axis=1) for i, j in _SIDES]
    quads.append(np.stack([corner + rise for corner in low], axis=1))
    corners = np.stack(quads, axis=1).reshape(-1, 4, 3)
    return paint(corners, _each(finish, count, 5, lid=True))


def _each(finish: Finish, count: int, quads: int, *, lid: bool) -> Finish:
    """A finish with one row a body, as one with a row a quad; snow lies on the lid."""
    albedo = np.repeat(np.broadcast_to(np.asarray(finish.albedo), (count, 3)), quads, axis=0)
    emission = np.repeat(np.broadcast_to(np.asarray(finish.emission), (count, 3)), quads, axis=0)
    snow = np.zeros((count, quads))
    if lid:
        snow[:, -1] = np.asarray(finish.snow)
    return Finish(albedo, emission, snow.ravel(), finish.surface, finish.level, finish.step)


def drums(
    centre: Floats,
    radius: Floats | float,
    height: Floats | float,
    finish: Finish,
    sides: int = 14,
    taper: float = 1.0,
) -> Quads:
    """Upright cylinders or cones with a lid: quads by the side, then of the lids.

    Args:
        centre: n x 3, middle of the foot.
        radius: n metres at the foot.
        height: n metres.
        finish: Values in it are one for all, or one row a drum.
        sides: An even number.
        taper: Radius at the top over that at the foot.
    """
    centre = np.asarray(centre, float).reshape(-1, 3)
    count = len(centre)
    radius = np.broadcast_to(np.asarray(radius, float), (count,))
    height = np.broadcast_to(np.asarray(height, float), (count,))
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    ring = np.c_[np.cos(turn), np.sin(turn), 0 * turn]
    low = centre[:, None] + ring * radius[:, None, None]
    high = centre[:, None] + ring * radius[:, None, None] * taper
    high = high + np.c_[np.zeros((count, 2)), height][:, None]
    shell = np.stack([low[:, :-1], low[:, 1:], high[:, 1:], high[:, :-1]], axis=2)
    half = sides // 2
    lid = [
        np.stack(
            [high[:, k], high[:, k + 1], high[:, sides - 2 - k], high[:, sides - 1 - k]], axis=1
        )
        for k in range(half - 1)
    ]
    quads = np.concatenate([shell, np.stack(lid, axis=1)], axis=1)
    per = sides + half - 1
    snow = np.r_[np.zeros(sides), np.full(half - 1, 1.0)]
    done = _each(finish, count, per, lid=False)
    weight = np.broadcast_to(np.asarray(finish.snow, float), (count,))
    looks = Finish(
        done.albedo,
        done.emission,
        (weight[:, None] * snow).ravel(),
        finish.surface,
        finish.level,
        finish.step,
    )
    return paint(quads.reshape(-1, 4, 3), looks)


def ribbon(left: Floats, right: Floats, finish: Finish) -> Quads:
    """A strip of quads between two lines of n points (n x 3); seen from its left-hand turn.

    With the left line on the left of the way along, the strip looks up.
    """
    left, right = np.asarray(left, float), np.asarray(right, float)
    corners = np.stack([left[:-1], right[:-1], right[1:], left[1:]], axis=1)
    return paint(corners, finish)


def fence(line: Floats, low: Floats | float, high: Floats | float, finish: Finish) -> Quads:
    """Upright strips along a line (n x 3), one for each side, from a height to another above it."""
    line = np.asarray(line, float)
    foot, top = line.copy(), line.copy()
    foot[:, 2] += low
    top[:, 2] += high
    one = np.stack([foot[:-1], foot[1:], top[1:], top[:-1]], axis=1)
    thin = 0.04
    side = np.cross(foot[1:] - foot[:-1], [0.0, 0.0, 1.0])
    side = side / (np.linalg.norm(side, axis=1, keepdims=True) + 1e-9) * thin
    back = one[:, ::-1] - side[:, None]
    return paint(np.concatenate([one + side[:, None], back]), finish)


def beside(line: Floats, metres: Floats | float) -> Floats:
    """A line (n x 2) moved to the right of its way (n x 2); negative to the left."""
    slope = np.gradient(line, axis=0)
    slope = slope / (np.linalg.norm(slope, axis=1, keepdims=True) + 1e-9)
    reach = np.broadcast_to(np.asarray(metres, float), (len(line),))
    return np.asarray(line + np.c_[slope[:, 1], -slope[:, 0]] * reach[:, None])


def at_height(line: Floats, height: Floats | float) -> Floats:
    """Points (n x 2) at heights, n x 3."""
    return np.asarray(np.c_[line, np.broadcast_to(np.asarray(height, float), (len(line),))])
