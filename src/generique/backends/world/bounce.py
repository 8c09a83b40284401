"""Light that the walls of a room throw at one another.

Every vertex looks into its half-space once along fixed rays. What they hit gives back its share of
the light that it has itself, so that each further bounce is only a sum over the same hits. This is
radiosity by gathering (Goral et al., Modeling the Interaction of Light Between Diffuse Surfaces,
1984) with one value a quad.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from embreex import rtcore_scene
from embreex.mesh_construction import TriangleMesh
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.spatial import cKDTree

from generique.backends.world.bake_kernels import Single, sky_rays
from generique.world.arrays import Flags, Floats, Ints
from generique.world.mesh import Level, Mesh, Surface, tessellate
from generique.world.site import Site

RAYS = 160
BOUNCES = 5
SPREAD = 0.3
"""Metres over which what comes from others is evened out along a surface: the grain of the rays."""
FLAT = 0.02
"""Metres and, of normals, one minus the cosine, within which two vertices lie on one surface."""
FARTHEST = 60.0
BATCH = 4096


class Bouncer:
    """The hits of a room, found once and used for every layer of its light."""

    def __init__(self, site: Site, near: Mesh, within: Flags | None = None) -> None:
        """Look from every vertex.

        Args:
            site: The room.
            near: Its near mesh, as the receivers have it.
            within: n, the vertices that throw light at one another; None for all.
        """
        quads = site.quads.take((site.quads.level & Level.NEAR) > 0)
        self._owner = _owners(site)
        solid = np.flatnonzero(quads.surface != Surface.GLASS)
        corners = quads.corners[solid]
        triangles = np.concatenate([corners[:, [0, 1, 2]], corners[:, [0, 2, 3]]])
        scene = rtcore_scene.EmbreeScene()
        self._mesh = TriangleMesh(scene, np.ascontiguousarray(triangles, np.float32))
        self._lit = np.flatnonzero(~near.glass if within is None else within & ~near.glass)
        self._count = len(quads)
        self._albedo = np.asarray(quads.albedo, np.float32)
        self._hits = self._look(scene, near, solid)
        self._even = _evening(near.position[self._lit], near.normal[self._lit])

    def _look(self, scene: rtcore_scene.EmbreeScene, near: Mesh, solid: Ints) -> NDArray[np.int32]:
        """Quads that the rays of every lit vertex hit, -1 where they leave: n x rays."""
        hits = np.full((len(self._lit), RAYS), -1, np.int32)
        for start in range(0, len(self._lit), BATCH):
            which = self._lit[start : start + BATCH]
            points = np.ascontiguousarray(near.position[which], np.float32)
            facing = np.ascontiguousarray(near.normal[which], np.float32)
            origins, ways = sky_rays(points - facing * np.float32(0.06), facing, RAYS, start)
            lengths = np.full(len(ways), FARTHEST, np.float32)
            found = np.asarray(scene.run(origins, ways, dists=lengths, query="INTERSECT"))
            quad = np.where(found >= 0, solid[np.maximum(found, 0) % len(solid)], -1)
            hits[start : start + len(which)] = quad.reshape(-1, RAYS)
        return hits

    def add(self, vertex: Single, *, grey: bool = False) -> None:
        """Add to light on vertices what comes to them by way of others.

        Args:
            vertex: n x 3 irradiance, or n shares of the sky.
            grey: True for shares, which the surfaces' colours leave grey.
        """
        light = vertex[:, None] if grey else vertex
        albedo = self._albedo.mean(axis=1, keepdims=True) if grey else self._albedo
        coming = light[self._lit]
        for _ in range(BOUNCES):
            leaving = np.zeros((self._count + 1, light.shape[1]), np.float32)
            leaving[:-1] = self._mean(coming) * albedo
            coming = self._even @ leaving[self._hits].mean(axis=1)
            light[self._lit] += coming

    def _mean(self, coming: Floats) -> Floats:
        """Mean over the vertices of each quad."""
        owner = self._owner[self._lit]
        amount = np.bincount(owner, minlength=self._count)
        sums = [np.bincount(owner, coming[:, k], self._count) for k in range(coming.shape[1])]
        return np.asarray(np.stack(sums, axis=1) / np.maximum(amount, 1)[:, None])


def _evening(position: Floats, normal: Floats) -> csr_matrix:
    """Weights of vertices in the mean about each: those near it on the same surface, n x n."""
    pairs = cKDTree(position).query_pairs(2 * SPREAD, output_type="ndarray")
    first, second = pairs[:, 0], pairs[:, 1]
    gap = (position[second] - position[first]).astype(np.float32)
    same = (normal[first] * normal[second]).sum(axis=1) > 1 - FLAT
    same &= np.abs((gap * normal[first]).sum(axis=1)) < FLAT
    first, second, gap = first[same], second[same], gap[same]
    weight = np.exp(-0.5 * (gap**2).sum(axis=1) / SPREAD**2)
    each = np.arange(len(position))
    rows = np.concatenate([first, second, each])
    columns = np.concatenate([second, first, each])
    values = np.concatenate([weight, weight, np.ones(len(each), np.float32)])
    table = csr_matrix((values, (rows, columns)), shape=(len(each), len(each)))
    total = np.asarray(table.sum(axis=1)).ravel()
    return csr_matrix(table.multiply(1 / total[:, None]), dtype=np.float32)


def _owners(site: Site) -> Ints:
    """The quad that each vertex of the near mesh belongs to."""
    quads = site.quads.take((site.quads.level & Level.NEAR) > 0)
    number = np.repeat(np.arange(len(quads), dtype=np.float32)[:, None], 3, axis=1)
    marked = tessellate(replace(quads, emission=number))
    return marked.emission[:, 0].astype(np.int64)
