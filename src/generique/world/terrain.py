"""The ground as triangles, fine in a place and coarser with the distance from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.layout import Bounds, Layout

REACH = 9000.0
"""How far from the middle of a place the ground is drawn, metres."""
COARSEST = 4.0
FINEST = 1.6
CELLS = 256
"""Cells along a side of the place, unless they would be finer or coarser than the limits."""
CHUNK = 20
"""Cells along a side of what is culled at once inside the bounds."""
SECTORS = 16
"""Stretches of the edge by which what lies beyond is culled."""
GROWTH = 1.05
"""How much wider each ring is than the one inside it."""
SUNK = 6.0
"""Triangles that lie deeper under water than this, metres, are left out."""


@dataclass(frozen=True)
class Terrain:
    """Triangles of the ground.

    Attributes:
        position: n x 3 metres.
        normal: n x 3 unit vectors.
        faces: m x 3 indices of vertices, those of a chunk together.
        first: c + 1, index of the first triangle of each chunk.
        low: c x 3 metres, the lowest corner of each chunk.
        high: c x 3, the highest.
    """

    position: Floats
    normal: Floats
    faces: Ints
    first: Ints
    low: Floats
    high: Floats


def shape_terrain(layout: Layout) -> Terrain:
    """The triangles of a place's ground and of the land round it.

    Squares fill the bounds. Beyond, rings of quads follow the edge, each larger than the one
    inside it; they share its vertices, so that no crack can open.
    """
    bounds = layout.bounds
    cell = min(COARSEST, max(FINEST, bounds.extent / CELLS))
    # A multiple of four: rings have half as many vertices further out.
    count = max(8, round(bounds.extent / cell / 4) * 4)
    inner = _square(bounds, count)
    near, near_keys = _near_quads(count)
    rings, sides = _rings(bounds, count)
    far, far_keys = _far_faces(sides, len(inner), count)
    spots = np.concatenate([inner, rings])
    position = layout.relief.lift(spots)
    quads = _cut(position, near)
    faces = np.concatenate([quads.reshape(-1, 3), far])
    keys = np.concatenate([np.repeat(near_keys, 2), far_keys + near_keys.max() + 1])
    if layout.water is not None:
        dry = position[faces, 2].max(axis=1) > layout.water.level - SUNK
        faces, keys = faces[dry], keys[dry]
    order = np.argsort(keys, kind="stable")
    faces, keys = faces[order], keys[order]
    first = np.r_[0, np.flatnonzero(np.diff(keys)) + 1, len(keys)]
    corners = position[faces]
    low = np.minimum.reduceat(corners.min(axis=1), first[:-1])
    high = np.maximum.reduceat(corners.max(axis=1), first[:-1])
    normal = layout.relief.normals(spots)
    return Terrain(position.astype("f4"), normal.astype("f4"), faces, first, low, high)


def _square(bounds: Bounds, count: int) -> Floats:
    line = np.linspace(0, bounds.extent, count + 1)
    x, y = np.meshgrid(bounds.x0 + line, bounds.y0 + line)
    return np.stack([x.ravel(), y.ravel()], axis=-1)


def _near_quads(count: int) -> tuple[Ints, Ints]:
    """Corners (m x 4) of the quads inside the bounds, and their chunks (m)."""
    column, row = (grid.ravel() for grid in np.meshgrid(np.arange(count), np.arange(count)))
    low = row * (count + 1) + column
    high = low + count + 1
    across = count // CHUNK + 1
    return np.stack(
        [low, low + 1, high + 1, high], axis=-1
    ), row // CHUNK * across + column // CHUNK


def _cut(position: Floats, quads: Ints) -> Ints:
    """Two triangles for each quad, cut along the diagonal that rises less: m x 2 x 3.

    Edges of cliffs are then lines and not saws.
    """
    height = position[quads, 2]
    along = np.abs(height[:, 0] - height[:, 2]) <= np.abs(height[:, 1] - height[:, 3])
    one = np.stack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]], axis=1)
    other = np.stack([quads[:, [0, 1, 3]], quads[:, [1, 2, 3]]], axis=1)
    return np.where(along[:, None, None], one, other)


def _edge(count: int) -> Ints:
    """The vertices of the square's edge, counter-clockwise from the south-west corner."""
    step = np.arange(count)
    width = count + 1
    south, east = step, step * width + count
    north, west = count * width + count - step, (count - step) * width
    return np.concatenate([south, east, north, west])


def _rings(bounds: Bounds, count: int) -> tuple[Floats, list[int]]:
    """Vertices (n x 2) of all rings beyond the edge, and how many each ring has.

    The further rings are rounder, so that they reach as far in all directions.
    """
    half = bounds.extent / 2
    middle = np.array([bounds.x0, bounds.y0]) + half
    edge = (_square(bounds, count) - middle)[_edge(count)]
    cell = bounds.extent / count
    away, rings, sides = 0.0, [], []
    while half + away < REACH:
        away += max(cell, (GROWTH - 1) * away)
        thin = 1 if away < half / 6 else 2 if away < half else 4
        base = edge[::thin]
        size = np.linalg.norm(base, axis=1, keepdims=True)
        square = base * (1 + away / half)
        circle = base / size * (half + away) * 1.12
        round_ = min(1.0, away / (3 * half))
        rings.append(middle + square * (1 - round_) + circle * round_)
        sides.append(len(base))
    return np.concatenate(rings), sides


def _far_faces(sides: list[int], start: int, count: int) -> tuple[Ints, Ints]:
    """Triangles between the rings, and the sector and depth of each as a key."""
    inside = _edge(count)
    faces, keys = [], []
    for depth, side in enumerate(sides):
        outside = start + np.arange(side)
        start += side
        part, place = _band(inside, outside)
        faces.append(part)
        keys.append((place * SECTORS).astype(int) * 64 + depth // 8)
        inside = outside
    return np.concatenate(faces), np.concatenate(keys)


def _band(inside: Ints, outside: Ints) -> tuple[Ints, Floats]:
    """Triangles between two closed rings, and where round them each lies, 0 to 1.

    The outer ring has as many vertices as the inner one, or half as many.
    """
    count = len(outside)
    which = np.arange(count)
    a, b = outside, outside[(which + 1) % count]
    if len(inside) == count:
        c, d = inside, inside[(which + 1) % count]
        faces = np.stack([np.stack([c, a, b], -1), np.stack([c, b, d], -1)], axis=1)
    else:
        c, m = inside[0::2], inside[1::2]
        d = c[(which + 1) % count]
        parts = [(c, a, m), (a, b, m), (m, b, d)]
        faces = np.stack([np.stack(part, -1) for part in parts], axis=1)
    place = np.repeat(which / count, faces.shape[1])
    return faces.reshape(-1, 3), place
