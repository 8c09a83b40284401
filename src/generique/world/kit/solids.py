"""Solids that every kind of building is put together from."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.layout import Lots
from generique.world.mesh import Finish, Quads, paint

On: TypeAlias = Callable[[Floats | float, Floats | float, Floats | float], Floats]
"""Points at distances across walls, up them and out of them."""


def upright(x0: Floats, x1: Floats, y: Floats, z: tuple[Floats | float, Floats | float]) -> Floats:
    """Rectangles that look towards -y: n x 4 x 3 in the house's axes."""
    low, high = (np.broadcast_to(np.asarray(side, float), x0.shape) for side in z)
    corners = [(x0, y, low), (x1, y, low), (x1, y, high), (x0, y, high)]
    return np.stack([np.stack(corner, axis=-1) for corner in corners], axis=1)


def box(low: Floats, high: Floats) -> Floats:
    """Sides and lid of upright boxes: n x 5 x 4 x 3, the lid last.

    Args:
        low: n x 3, the lowest corner.
        high: n x 3, the highest corner.
    """
    order = (
        ((0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)),
        ((1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1)),
        ((1, 1, 0), (0, 1, 0), (0, 1, 1), (1, 1, 1)),
        ((0, 1, 0), (0, 0, 0), (0, 0, 1), (0, 1, 1)),
        ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)),
    )
    pick = np.array(order, float)
    return np.asarray(low[:, None, None] * (1 - pick) + high[:, None, None] * pick)


def boxes(lots: Lots, which: Ints, low: Floats, high: Floats, finish: Finish) -> Quads:
    """Boxes that belong to houses, with snow on the lid.

    Args:
        lots: Where the houses stand.
        which: n lots.
        low: n x 3 in the houses' axes.
        high: n x 3.
        finish: Of the sides; arrays in it have one row a box.
    """
    corners = box(low, high)
    world = lots.to_world(np.repeat(which, 5), corners.reshape(-1, 4, 3))
    albedo = np.broadcast_to(np.asarray(finish.albedo, float), (len(which), 3))
    snow = np.tile([0.0, 0.0, 0.0, 0.0, 0.95], len(which))
    return paint(
        world,
        Finish(
            np.repeat(albedo, 5, axis=0),
            snow=snow,
            surface=finish.surface,
            level=finish.level,
            step=finish.step,
            owner=finish.owner,
        ),
    )


def panel_on(
    at: On,
    across: tuple[Floats | float, Floats | float],
    up: tuple[Floats | float, Floats | float],
    out: Floats | float | tuple[Floats | float, Floats | float],
) -> Floats:
    """Rectangles on or before walls, n x 4 x 3.

    Args:
        at: Points (n x 3) at distances across, up and out, one for each of n walls.
        across: From and to.
        up: From and to.
        out: Of all, or of the lower and the upper edge.
    """
    low, high = out if isinstance(out, tuple) else (out, out)
    corners = ((0, 0, low), (1, 0, low), (1, 1, high), (0, 1, high))
    return np.stack([at(across[x], up[z], depth) for x, z, depth in corners], axis=1)


def box_on(
    at: On,
    across: tuple[Floats | float, Floats | float],
    up: tuple[Floats | float, Floats | float],
    out: tuple[Floats | float, Floats | float],
) -> Floats:
    """Boxes before walls, without a back: n x 5 x 4 x 3; front, sides, lid, underside.

    Args:
        at: As in :func:`panel_on`.
        across: From and to.
        up: From and to.
        out: From and to.
    """

    def quad(*corners: tuple[int, int, int]) -> Floats:
        return np.stack([at(across[x], up[z], out[y]) for x, z, y in corners], axis=1)

    faces = (
        quad((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)),
        quad((0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 1, 0)),
        quad((1, 0, 1), (1, 0, 0), (1, 1, 0), (1, 1, 1)),
        quad((0, 1, 1), (1, 1, 1), (1, 1, 0), (0, 1, 0)),
        quad((0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)),
    )
    return np.stack(faces, axis=1)


def lathe(profile: Floats, sides: int, turn: float = 0.0) -> Floats:
    """Quads of a solid of revolution round the z axis: n x 4 x 3, from the lowest ring up.

    Args:
        profile: m x 2 metres, radius and height from below; rings between neighbours are drawn.
        sides: Quads round each ring.
        turn: Radians by which the corners are turned.
    """
    angle = turn + np.arange(sides + 1) * (2 * np.pi / sides)
    around = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    parts = []
    for (r0, z0), (r1, z1) in pairwise(profile):
        low, high = around * r0, around * r1
        corners = [(low[:-1], z0), (low[1:], z0), (high[1:], z1), (high[:-1], z1)]
        parts.append(np.stack([np.c_[xy, np.full(sides, z)] for xy, z in corners], axis=1))
    return np.concatenate(parts)


def beams(start: Floats, end: Floats, width: float) -> Floats:
    """Two crossed strips along each line from ``start`` to ``end`` (n x 3): 2n x 4 x 3."""
    along = end - start
    along = along / (np.linalg.norm(along, axis=1, keepdims=True) + 1e-9)
    upright = np.abs(along[:, 2:]) > 0.9
    side = np.cross(along, np.where(upright, [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]))
    side = side / (np.linalg.norm(side, axis=1, keepdims=True) + 1e-9) * (width / 2)
    other = np.cross(along, side)
    return np.concatenate(
        [np.stack([start - w, start + w, end + w, end - w], axis=1) for w in (side, other)]
    )


def walls(line: Floats, width: float, low: Floats | float, top: Floats | float) -> Floats:
    """Sides, ends and lid of a wall that follows a line: m x 4 x 3; the lids come last.

    Args:
        line: n x 2 metres.
        width: Metres.
        low: Height of the foot: one, or n.
        top: Height of the lid: one, or n.
    """
    slope = np.gradient(line, axis=0)
    slope = slope / (np.linalg.norm(slope, axis=1, keepdims=True) + 1e-9)
    out = np.c_[-slope[:, 1], slope[:, 0]] * (width / 2)
    foot, lid = (np.broadcast_to(np.asarray(z, float), (len(line),)) for z in (low, top))
    a, b = np.c_[line + out, foot], np.c_[line - out, foot]
    c, d = np.c_[line - out, lid], np.c_[line + out, lid]

    def strip(p: Floats, q: Floats) -> Floats:
        return np.stack([p[:-1], p[1:], q[1:], q[:-1]], axis=1)

    ends = [np.stack([b[:1], a[:1], d[:1], c[:1]], axis=1)]
    ends.append(np.stack([a[-1:], b[-1:], c[-1:], d[-1:]], axis=1))
    left = strip(a, d)[:, ::-1]
    return np.concatenate([left, strip(b, c), *ends, strip(c, d)])
