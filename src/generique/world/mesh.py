"""Surfaces as arrays: quads, as the builders make them, and triangles, as they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import IntEnum, IntFlag

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Floats, Ints


class Surface(IntEnum):
    """How a quad takes part in the light."""

    SOLID = 0
    """Receives light and casts shadows."""
    DETAIL = 1
    """Receives light; too small to cast a shadow that matters."""
    GLASS = 2
    """Panes and lamps: shows its own emission and a trace of the sky."""


class Level(IntFlag):
    """At which distances a quad is drawn; the skyline are copies of the place beyond its edge."""

    NEAR = 1
    FAR = 2
    SKYLINE = 4
    ALWAYS = NEAR | FAR
    EVERYWHERE = NEAR | FAR | SKYLINE


@dataclass(frozen=True)
class Quads:
    """Quads with their looks.

    Attributes:
        corners: n x 4 x 3 metres, counter-clockwise seen from outside; two equal corners make
            a triangle.
        albedo: n x 3, linear, 0 to 1.
        emission: n x 3, radiance relative to the scale of the look.
        snow: n, how well snow lies there, 0 to 1.
        surface: n, of :class:`Surface`.
        level: n, of :class:`Level`.
        step: n, longest edge after splitting, metres.
        owner: n, int32, of :func:`generique.world.owners.owner`: whose it is in mattes.
    """

    corners: Floats
    albedo: Floats
    emission: Floats
    snow: Floats
    surface: Ints
    level: Ints
    step: Floats
    owner: Ints

    def __len__(self) -> int:
        return len(self.corners)

    def take(self, which: Ints | np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Quads:
        """The quads at these indices or flags."""
        return Quads(*(getattr(self, field.name)[which] for field in fields(self)))

    def owned(self, owner: Ints | int) -> Quads:
        """The same quads with other owners: one for all, n, or one for each of equal runs."""
        return replace(self, owner=_owners(owner, len(self)))

    def claimed(self, owner: Ints | int) -> Quads:
        """The same quads; those that nothing owns yet get an owner, given as in :meth:`owned`."""
        free = self.owner == NOBODY
        return replace(self, owner=np.where(free, _owners(owner, len(self)), self.owner))


NOBODY = 0
"""The owner of a quad that no grammar has named."""


@dataclass(frozen=True)
class Finish:
    """What a quad looks like; each value is one for all, or an array with one row a quad."""

    albedo: Floats | tuple[float, float, float]
    emission: Floats | tuple[float, float, float] = (0.0, 0.0, 0.0)
    snow: Floats | float = 0.0
    surface: Surface = Surface.SOLID
    level: Level = Level.ALWAYS
    step: float = 2.4
    owner: Ints | int = 0


def detail(
    albedo: Floats | tuple[float, float, float],
    snow: Floats | float = 0.0,
    level: Level = Level.NEAR,
) -> Finish:
    """The finish of small parts: they cast no shadow that matters and carry light coarsely."""
    return Finish(albedo, snow=snow, surface=Surface.DETAIL, level=level, step=9)


def paint(corners: Floats, finish: Finish) -> Quads:
    """Give n x 4 x 3 corners their looks."""
    count = len(corners)
    return Quads(
        corners=corners.astype(np.float32),
        albedo=_rows(finish.albedo, count),
        emission=_rows(finish.emission, count),
        snow=np.broadcast_to(np.asarray(finish.snow, np.float32), (count,)).copy(),
        surface=np.full(count, finish.surface, np.uint8),
        level=np.full(count, finish.level, np.uint8),
        step=np.full(count, finish.step, np.float32),
        owner=_owners(finish.owner, count),
    )


def _owners(owner: Ints | int, count: int) -> Ints:
    each = np.atleast_1d(np.asarray(owner, np.int32))
    return np.repeat(each, count // max(len(each), 1))


def _rows(value: Floats | tuple[float, float, float], count: int) -> Floats:
    return np.broadcast_to(np.asarray(value, np.float32), (count, 3)).copy()


def join(parts: Sequence[Quads]) -> Quads:
    """All quads of several sets, in order."""
    return Quads(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Quads))
    )


PLAINER = np.float32(2.2)
"""How much coarser light is carried where no camera comes near."""


def plain_beyond(quads: Quads, line: Floats, reach: float) -> Quads:
    """Leave near detail out where no camera comes near: far surfaces stand for it there.

    Args:
        quads: Of a large place.
        line: n x 2 metres, the way through the place.
        reach: Metres from it within which everything stays.
    """
    middle = quads.corners[..., :2].mean(axis=1)
    beyond = np.isinf(cKDTree(line).query(middle, distance_upper_bound=reach)[0])
    stays = ~beyond | (quads.level != Level.NEAR)
    kept = quads.take(stays)
    far = beyond[stays] & ((kept.level & Level.FAR) > 0)
    level = np.where(far, kept.level | Level.NEAR, kept.level).astype(np.uint8)
    return replace(kept, level=level, step=np.where(beyond[stays], PLAINER * kept.step, kept.step))


def outward(corners: Floats, centre: Floats) -> Floats:
    """Turn quads so that they face away from a point.

    Args:
        corners: n x 4 x 3.
        centre: 3, or n x 3.
    """
    away = np.sum(_cross(corners) * (corners.mean(axis=1) - centre), axis=1)
    return np.where((away < 0)[:, None, None], corners[:, ::-1], corners)


def _cross(corners: Floats) -> Floats:
    return np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])


def normals(corners: Floats) -> Floats:
    """Unit normals, n x 3, of n x 4 x 3 corners (zero for a quad without area)."""
    cross = _cross(corners)
    return np.asarray(cross / (np.linalg.norm(cross, axis=1, keepdims=True) + 1e-9))


@dataclass(frozen=True)
class Mesh:
    """Triangles with values at the vertices; float32.

    Attributes:
        position: n x 3 metres.
        normal: n x 3 unit vectors.
        albedo: n x 3, linear.
        emission: n x 3.
        snow: n, how well snow lies, 0 to 1.
        glass: n, True for panes and lamps, which no light is baked for.
        owner: n, int32, as in :class:`Quads`.
        faces: m x 3 indices of vertices, int32.
    """

    position: Floats
    normal: Floats
    albedo: Floats
    emission: Floats
    snow: Floats
    glass: np.ndarray[tuple[int], np.dtype[np.bool_]]
    owner: Ints
    faces: Ints


def tessellate(quads: Quads, coarser: float = 1.0, most: int = 12) -> Mesh:
    """Split quads until no edge is longer than their step, so that light can vary over them.

    Args:
        quads: What to split.
        coarser: Factor on every step.
        most: Most pieces along an edge.
    """
    corners = quads.corners
    along = np.maximum(_edge(corners, 0, 1), _edge(corners, 3, 2))
    across = np.maximum(_edge(corners, 0, 3), _edge(corners, 1, 2))
    step = quads.step * coarser
    columns = np.clip(np.ceil(along / step), 1, most).astype(int)
    rows = np.clip(np.ceil(across / step), 1, most).astype(int)
    facing = normals(corners)
    positions, owners, faces, base = [], [], [], 0
    for key in np.unique(columns * 100 + rows):
        which = np.flatnonzero(columns * 100 + rows == key)
        points, pattern = _grid(int(key) // 100, int(key) % 100)
        positions.append(_spread(corners[which], points).reshape(-1, 3))
        owners.append(np.repeat(which, len(points)))
        offsets = np.arange(len(which))[:, None, None] * len(points) + base
        faces.append((offsets + pattern[None]).reshape(-1, 3))
        base += len(points) * len(which)
    owner = np.concatenate(owners) if owners else np.zeros(0, int)
    return Mesh(
        position=_stack(positions).astype(np.float32),
        normal=facing[owner].astype(np.float32),
        albedo=quads.albedo[owner],
        emission=quads.emission[owner],
        snow=quads.snow[owner],
        glass=quads.surface[owner] == Surface.GLASS,
        owner=quads.owner[owner],
        faces=_stack(faces).astype(np.int32),
    )


def _stack(parts: list[Floats] | list[Ints]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros((0, 3))


def _edge(corners: Floats, start: int, end: int) -> Floats:
    return np.asarray(np.linalg.norm(corners[:, end] - corners[:, start], axis=1))


def _grid(columns: int, rows: int) -> tuple[Floats, Ints]:
    """Points (u, v) of a split unit quad and the triangles over them."""
    u, v = np.meshgrid(np.linspace(0, 1, columns + 1), np.linspace(0, 1, rows + 1))
    i, j = np.meshgrid(np.arange(columns), np.arange(rows))
    low = (j * (columns + 1) + i).ravel()
    high = low + columns + 1
    pattern = np.c_[low, low + 1, high + 1, low, high + 1, high].reshape(-1, 3)
    return np.c_[u.ravel(), v.ravel()], pattern


def _spread(corners: Floats, points: Floats) -> Floats:
    """Bilinear points over each quad: quads x points x 3."""
    u, v = points[None, :, :1], points[None, :, 1:]
    low = (1 - u) * corners[:, None, 0] + u * corners[:, None, 1]
    high = (1 - u) * corners[:, None, 3] + u * corners[:, None, 2]
    return np.asarray((1 - v) * low + v * high)
