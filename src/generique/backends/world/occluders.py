"""What stands in the way of light, in embree."""

from __future__ import annotations

import cv2
import numpy as np
from embreex import rtcore_scene
from embreex.mesh_construction import TriangleMesh
from numpy.typing import NDArray

from generique.world.arrays import Floats
from generique.world.kit.tree import VARIANTS, Kind, Trees
from generique.world.kit.tree_shapes import SHADOW, tree_shapes
from generique.world.layout import Layout
from generique.world.mesh import Surface
from generique.world.scene import Season
from generique.world.site import Site

RELIEF_CELL = 4.0
"""Side of the squares in which the ground casts shadows, metres."""
RELIEF_MARGIN = 300.0
"""How far beyond the bounds it does, metres."""


class Occluders:
    """Walls, roofs, fences and trees, asked whether they block a ray."""

    def __init__(self, site: Site, season: Season | None) -> None:
        """Build the tree of boxes.

        Args:
            site: The place.
            season: For the leaves; None leaves the trees out.
        """
        corners = site.quads.corners[site.quads.surface == Surface.SOLID]
        triangles = [corners[:, [0, 1, 2]], corners[:, [0, 2, 3]]]
        if not site.layout.relief.flat:
            triangles.append(relief_triangles(site.layout))
        if season is not None:
            triangles.append(tree_triangles(site.trees, season))
        self._scene = rtcore_scene.EmbreeScene()
        everything = np.ascontiguousarray(np.concatenate(triangles), np.float32)
        # Embree must see at least one triangle to build.
        self._mesh = TriangleMesh(self._scene, everything)
        far = np.array([[0, 0, 1e6]], np.float32)
        self.blocked(far, far, np.ones(1, np.float32))

    def blocked(self, origins: Floats, directions: Floats, lengths: Floats) -> NDArray[np.int32]:
        """-1 for every ray that gets through (embree builds its tree at the first call)."""
        hits = self._scene.run(origins, directions, dists=lengths, query="OCCLUDED")
        return np.asarray(hits, np.int32)


def relief_triangles(layout: Layout) -> Floats:
    """Triangles of the ground in and round a place: n x 3 x 3.

    Each vertex lies as low as the lowest within a cell of it, so that no triangle stands out of
    the ground and shades what lies on it.
    """
    bounds = layout.bounds
    reach = bounds.extent / 2 + RELIEF_MARGIN
    line = np.arange(-reach, reach + RELIEF_CELL, RELIEF_CELL)
    x, y = np.meshgrid(line, line)
    middle = np.array([bounds.x0, bounds.y0]) + bounds.extent / 2
    point = layout.relief.lift(np.stack([x, y], axis=-1).reshape(-1, 2) + middle)
    grid = point.reshape(len(line), len(line), 3)
    grid[..., 2] = cv2.erode(grid[..., 2], np.ones((3, 3), np.uint8))
    a, b, c, d = grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]
    pairs = np.stack([np.stack([a, b, c], axis=2), np.stack([a, c, d], axis=2)], axis=2)
    return pairs.reshape(-1, 3, 3).astype(np.float32)


def tree_triangles(trees: Trees, season: Season) -> Floats:
    """Triangles of all trees, coarse: n x 3 x 3."""
    parts = [np.zeros((0, 3, 3), np.float32)]
    for kind in [kind for kind in Kind if kind is not Kind.GRASS]:
        for variant in range(VARIANTS):
            which = np.flatnonzero((trees.kind == kind) & (trees.variant == variant))
            shape = tree_shapes(season, variant, kind)[SHADOW]
            height = trees.height[which, None]
            cosine, sine = np.cos(trees.turn[which, None]), np.sin(trees.turn[which, None])
            x, y, z = shape.position.T
            world = np.stack(
                [
                    (cosine * x - sine * y) * height + trees.position[which, :1],
                    (sine * x + cosine * y) * height + trees.position[which, 1:],
                    z * height + trees.foot[which, None],
                ],
                axis=-1,
            )
            parts.append(world[:, shape.faces].reshape(-1, 3, 3).astype(np.float32))
    return np.concatenate(parts)
