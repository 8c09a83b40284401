"""What light is baked for: the ground, the surfaces and the trees, cut into small batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.world.arrays import Flags, Floats
from generique.world.layout import Bounds, Indoors
from generique.world.mesh import Level, Mesh
from generique.world.relief import Relief
from generique.world.site import Site

TILE = 16.0
"""Side of a ground batch, metres."""
CELL = 24.0
"""Side of the cells by which vertices are batched, metres."""
GROUND_TEXEL = 0.5
FINEST_GROUND = 2048
FEW = 512
"""Receivers of a batch in a room, from which many rays leave."""
REVEAL = 0.23
"""Metres about a room that are counted to it: a window's reveal, doors that stand back."""
TREE_HEIGHTS = (0.28, 0.8)
"""Where on a tree light is taken, as shares of its height."""


@dataclass(frozen=True)
class Batch:
    """Receivers that lie close together.

    Attributes:
        index: n, where their light is stored.
        points: n x 3 metres.
        normals: n x 3; None where light counts from all sides.
        indoors: True for what stands in a room.
    """

    index: NDArray[np.int64]
    points: NDArray[np.float32]
    normals: NDArray[np.float32] | None
    indoors: bool = False


@dataclass(frozen=True)
class Receivers:
    """Everything that receives light in a place.

    Attributes:
        bounds: Of the ground map.
        near: Mesh of near surfaces; its vertices come first.
        far: Mesh of far surfaces; its vertices follow.
        tree_points: Trees x heights, flattened, n x 3.
        side: Texels along the ground map.
        relief: Heights of the ground.
        heights: The same at the texels of the ground map, side x side metres.
        room: Whose surfaces see the day by a window alone; None where there is none.
    """

    bounds: Bounds
    near: Mesh
    far: Mesh
    tree_points: Floats
    side: int
    relief: Relief
    heights: NDArray[np.float32]
    room: Indoors | None = None

    def indoors(self, mesh: Mesh) -> Flags:
        """True for the vertices of a mesh that stand in the room."""
        if self.room is None:
            return np.zeros(len(mesh.position), bool)
        return self.room.holds(mesh.position, REVEAL)

    @property
    def vertices(self) -> int:
        """Vertices of both meshes."""
        return len(self.near.position) + len(self.far.position)

    def above_ground(self, points: Floats) -> Floats:
        """Metres above the ground, n, of n x 3 points; none less than 0."""
        return np.asarray(np.maximum(points[:, 2] - self.relief.at(points[:, :2]), 0))


def receivers_of(site: Site) -> Receivers:
    """The receivers of a place; the same place gives the same ones in the same order."""
    trees = site.trees
    heights = trees.foot[:, None] + trees.height[:, None] * np.array(TREE_HEIGHTS)
    spots = np.repeat(trees.position[:, None], len(TREE_HEIGHTS), axis=1)
    points = np.concatenate([spots, heights[..., None]], axis=-1).reshape(-1, 3)
    bounds = site.layout.bounds
    tiles = int(np.ceil(bounds.extent / TILE))
    fine = min(int(TILE / GROUND_TEXEL), FINEST_GROUND // tiles) // 2 * 2
    near, far = site.mesh(Level.NEAR), site.mesh(Level.FAR)
    relief, side = site.layout.relief, tiles * fine
    map_ = heights_of(relief, bounds, side)
    return Receivers(bounds, near, far, points, side, relief, map_, site.layout.enclosed)


def heights_of(relief: Relief, bounds: Bounds, side: int) -> NDArray[np.float32]:
    """Heights at the texels of a square map of the bounds, side x side metres.

    They are taken at every other texel and bent smoothly between.
    """
    if relief.flat:
        return np.zeros((side, side), np.float32)
    coarse = side // 2
    line = (np.arange(coarse) + 0.5) * (bounds.extent / coarse)
    x, y = np.meshgrid(bounds.x0 + line, bounds.y0 + line)
    taken = relief.at(np.stack([x.ravel(), y.ravel()], axis=-1)).reshape(coarse, coarse)
    fine = cv2.resize(taken.astype(np.float32), (side, side), interpolation=cv2.INTER_LINEAR)
    return np.asarray(fine, np.float32)


def ground_batches(receivers: Receivers, stride: int = 1) -> Iterator[Batch]:
    """Squares of the ground map.

    Args:
        receivers: The place.
        stride: 1 for every texel of the map, 2 for the map at half its size.
    """
    bounds, side = receivers.bounds, receivers.side // stride
    tiles = int(np.ceil(bounds.extent / TILE))
    fine = side // tiles
    texel = bounds.extent / side
    heights: Floats = receivers.heights
    if stride > 1:
        heights = cv2.resize(heights, (side, side), interpolation=cv2.INTER_AREA)
    north, east = np.gradient(heights, texel, axis=0), np.gradient(heights, texel, axis=1)
    rows, columns = np.mgrid[0:fine, 0:fine]
    for ty in range(tiles):
        for tx in range(tiles):
            row, column = (rows + ty * fine).ravel(), (columns + tx * fine).ravel()
            x = bounds.x0 + (column + 0.5) * texel
            y = bounds.y0 + (row + 0.5) * texel
            z = heights[row, column] + np.float32(0.02)
            points = np.stack([x, y, z], axis=-1).astype(np.float32)
            normals = np.stack([-east[row, column], -north[row, column], np.ones(len(row))])
            normals = normals / np.linalg.norm(normals, axis=0)
            yield Batch(row * side + column, points, normals.T.astype(np.float32))


def vertex_batches(receivers: Receivers) -> Iterator[Batch]:
    """Vertices of both meshes, those of panes and lamps left out."""
    meshes = (receivers.near, receivers.far)
    position = np.concatenate([mesh.position for mesh in meshes])
    normal = np.concatenate([mesh.normal for mesh in meshes])
    lit = ~np.concatenate([mesh.glass for mesh in meshes])
    inside = np.concatenate([receivers.indoors(mesh) for mesh in meshes])
    points = position + normal * np.float32(0.03)
    yield from _cells(np.flatnonzero(lit & ~inside), points, normal)
    for batch in _cells(np.flatnonzero(lit & inside), points, normal):
        for part in np.array_split(np.arange(len(batch.index)), 1 + len(batch.index) // FEW):
            index = batch.index[part]
            yield Batch(index, points[index], normal[index], indoors=True)


def tree_batches(receivers: Receivers) -> Iterator[Batch]:
    """Points in the crowns of trees."""
    points = receivers.tree_points.astype(np.float32)
    yield from _cells(np.arange(len(points)), points, None)


def _cells(
    index: NDArray[np.int64],
    position: NDArray[np.float32],
    normal: NDArray[np.float32] | None,
) -> Iterator[Batch]:
    if len(index) == 0:
        return
    cell = np.floor(position[index, :2] / CELL).astype(np.int64)
    key = cell[:, 1] * 100_000 + cell[:, 0]
    order = np.argsort(key, kind="stable")
    cuts = np.flatnonzero(np.diff(key[order])) + 1
    for part in np.split(index[order], cuts):
        yield Batch(part, position[part], None if normal is None else normal[part])
