"""What stands in a room: what of it a camera sees, and what hides it.

Everything is known by the boxes about its faces, which for upright things are the faces themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Flags, Floats, Ints
from generique.world.mesh import Quads, normals

MOST_FACES = 64
"""Of one thing, the largest first, that are looked at."""
TOP = 0.32
"""Metres of a thing that is seen by its upper part."""
SHORT = 0.995
"""Share of a line of sight that has to be free; what it ends on may lie against a wall."""


@dataclass(frozen=True, eq=False)
class Furniture:
    """The faces of all that stands in a room, its walls among them.

    Attributes:
        low: n x 3 metres, lowest corners of the boxes about the faces.
        high: n x 3, highest.
        normal: n x 3, unit vectors.
        area: n, square metres.
        owner: n, whose each face is (:mod:`generique.world.owners`).
        open: Owners that are openings: they are seen by the hole in their middle.
        tops: Owners that are seen by their upper part: a lamp is its shade.
    """

    low: Floats
    high: Floats
    normal: Floats
    area: Floats
    owner: Ints
    open: tuple[int, ...] = ()
    tops: tuple[int, ...] = ()

    def points(self, owner: int) -> tuple[Floats, Floats, Floats]:
        """Middles of the largest faces of a thing, their normals (zero for any) and their areas."""
        which = np.flatnonzero(self.owner == owner)
        low, high = self.low[which].min(axis=0), self.high[which].max(axis=0)
        if owner in self.open:
            share = np.stack(np.meshgrid(*[np.linspace(0.25, 0.75, 3)] * 3), axis=-1).reshape(-1, 3)
            grid = low + (high - low) * share
            return grid, np.zeros_like(grid), np.ones(len(grid))
        if owner in self.tops:
            which = which[(self.low[which] + self.high[which])[:, 2] / 2 > high[2] - TOP]
        which = which[np.argsort(-self.area[which], kind="stable")[:MOST_FACES]]
        return (self.low[which] + self.high[which]) / 2, self.normal[which], self.area[which]

    def shown(self, owner: int, eye: Floats) -> float:
        """Share of a thing's faces towards a point (3) that nothing else hides from it, 0 to 1."""
        middle, normal, area = self.points(owner)
        facing = np.sum((eye - middle) * normal, axis=1) >= 0
        if not facing.any():
            return 0.0
        free = ~self.hidden(eye, middle[facing], but=owner)
        return float(area[facing] @ free / area[facing].sum())

    def hidden(self, eye: Floats, points: Floats, but: int | None = None) -> Flags:
        """True for points (n x 3) that some face stands before, as seen from a point (3).

        Args:
            eye: Metres.
            points: Metres.
            but: The owner of faces that hide nothing.
        """
        solid = np.ones(len(self.owner), bool) if but is None else self.owner != but
        low, high = self.low[solid], self.high[solid]
        way = (points - eye)[:, None] * SHORT
        with np.errstate(divide="ignore", invalid="ignore"):
            first, second = (low - eye) / way, (high - eye) / way
        near = np.nan_to_num(np.minimum(first, second), nan=-np.inf).max(axis=2)
        far = np.nan_to_num(np.maximum(first, second), nan=np.inf).min(axis=2)
        met = (near <= far) & (far > 0) & (near < 1)
        return np.asarray(met.any(axis=1))


def furniture_of(
    quads: Quads, openings: tuple[int, ...] = (), tops: tuple[int, ...] = ()
) -> Furniture:
    """The faces of a room.

    Args:
        quads: All that stands in it.
        openings: Owners that are seen by the hole in their middle.
        tops: Owners that are seen by their upper part.
    """
    corners = quads.corners.astype(float)
    sides = corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]
    return Furniture(
        low=corners.min(axis=1),
        high=corners.max(axis=1),
        normal=normals(corners),
        area=np.linalg.norm(np.cross(*sides), axis=1) / 2,
        owner=quads.owner,
        open=openings,
        tops=tops,
    )
