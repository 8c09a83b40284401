"""What stands in the way of light, in embree."""

from __future__ import annotations

import numpy as np
from embreex import rtcore_scene
from embreex.mesh_construction import TriangleMesh
from numpy.typing import NDArray

from generique.world.arrays import Floats
from generique.world.mesh import Surface
from generique.world.scene import Season
from generique.world.suburb import Suburb
from generique.world.tree import VARIANTS, Kind, Trees, tree_shapes

SHADOW_DETAIL = 2


class Occluders:
    """Walls, roofs, fences and trees, asked whether they block a ray."""

    def __init__(self, suburb: Suburb, season: Season | None) -> None:
        """Build the tree of boxes.

        Args:
            suburb: The place.
            season: For the leaves; None leaves the trees out.
        """
        corners = suburb.quads.corners[suburb.quads.surface == Surface.SOLID]
        triangles = [corners[:, [0, 1, 2]], corners[:, [0, 2, 3]]]
        if season is not None:
            triangles.append(tree_triangles(suburb.trees, season))
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


def tree_triangles(trees: Trees, season: Season) -> Floats:
    """Triangles of all trees, coarse: n x 3 x 3."""
    parts = [np.zeros((0, 3, 3), np.float32)]
    for kind in Kind:
        for variant in range(VARIANTS):
            which = np.flatnonzero((trees.kind == kind) & (trees.variant == variant))
            shape = tree_shapes(season, variant, kind)[SHADOW_DETAIL]
            height = trees.height[which, None]
            cosine, sine = np.cos(trees.turn[which, None]), np.sin(trees.turn[which, None])
            x, y, z = shape.position.T
            world = np.stack(
                [
                    (cosine * x - sine * y) * height + trees.position[which, :1],
                    (sine * x + cosine * y) * height + trees.position[which, 1:],
                    z * height,
                ],
                axis=-1,
            )
            parts.append(world[:, shape.faces].reshape(-1, 3, 3).astype(np.float32))
    return np.concatenate(parts)
