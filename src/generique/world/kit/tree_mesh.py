"""Triangles of trees, put together from strips and quads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats, Ints


@dataclass(frozen=True)
class TreeShape:
    """A tree of height 1 in triangles.

    Attributes:
        position: n x 3.
        normal: n x 3 unit vectors.
        albedo: n x 3 linear.
        snow: n, how well snow lies.
        faces: m x 3.
        spray: n, of the quad that a corner belongs to: half its size where it stands for leaves,
            -1 where it is a spray of needles, 0 for wood and blades.
    """

    position: Floats
    normal: Floats
    albedo: Floats
    snow: Floats
    faces: Ints
    spray: Floats


class Soup:
    """Collects quads of a tree as two triangles each, many at once."""

    def __init__(self) -> None:
        self.points: list[Floats] = []
        self.facing: list[Floats] = []
        self.albedo: list[Floats] = []
        self.snow: list[Floats] = []
        self.spray: list[Floats] = []

    def add(
        self, points: Floats, facing: Floats, albedo: Floats, snow: Floats, spray: float = 0.0
    ) -> None:
        """Add n quads: n x 4 x 3 points, normals and albedo that fit them, snow n x 4."""
        shape = points.shape
        self.points.append(points.reshape(-1, 3))
        self.facing.append(np.broadcast_to(facing, shape).reshape(-1, 3))
        self.albedo.append(np.broadcast_to(albedo, shape).reshape(-1, 3))
        self.snow.append(np.broadcast_to(snow, shape[:2]).ravel())
        self.spray.append(np.full(shape[0] * shape[1], spray))

    def shape(self) -> TreeShape:
        """The triangles, scaled to height 1."""
        position = np.concatenate(self.points)
        position = position * np.array([1, 1, 1 / position[:, 2].max()])
        normal = np.concatenate(self.facing)
        first = np.arange(len(position) // 4)[:, None, None] * 4
        faces = (first + np.array([[0, 1, 2], [0, 2, 3]])).reshape(-1, 3)
        return TreeShape(
            position=position.astype(np.float32),
            normal=(normal / (np.linalg.norm(normal, axis=1, keepdims=True) + 1e-6)).astype("f4"),
            albedo=np.concatenate(self.albedo).astype(np.float32),
            snow=np.concatenate(self.snow).astype(np.float32),
            faces=faces.astype(np.int32),
            spray=np.concatenate(self.spray).astype(np.float32),
        )


def stem(soup: Soup, width: float, top: float, bark: Floats) -> None:
    """A trunk as two crossed, tapering strips."""
    for across in (np.array([1.0, 0, 0]), np.array([0, 1.0, 0])):
        near, far = across * width, across * width * 0.15
        head = np.array([0, 0, top])
        points = np.stack([-near, near, head + far, head - far])
        soup.add(points[None], np.array([across[1], across[0], 0.3]), bark, np.zeros(1))


def rods(soup: Soup, limbs: tuple[Floats, Floats], width: float, bark: Floats) -> None:
    """Tapering strips from feet (n x 3) along steps (n x 3)."""
    foot, step = limbs
    side = np.cross(step, np.array([0.31, 0.17, 0.93]))
    side *= width / (np.linalg.norm(side, axis=1, keepdims=True) + 1e-9)
    points = np.stack([foot - side, foot + side, foot + step + side * 0.3], axis=1)
    points = np.concatenate([points, (foot + step - side * 0.3)[:, None]], axis=1)
    level = 1 - np.abs(step[:, 2]) / (np.linalg.norm(step, axis=1) + 1e-9)
    facing = np.c_[step[:, 1], -step[:, 0], np.full(len(step), 0.7 * width)]
    facing = facing / (np.linalg.norm(facing, axis=1, keepdims=True) + 1e-9) + [0, 0, 0.5]
    soup.add(points, facing[:, None], bark, 0.4 * level[:, None])
