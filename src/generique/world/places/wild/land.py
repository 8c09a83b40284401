"""What wild places share: ways through them, trees strewn over them, and maps of their cover."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Flags, Floats, Octets, stream
from generique.world.ground import Cover, Pen
from generique.world.layout import Bounds, Landmark, Layout
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.noise import smooth
from generique.world.owners import Thing, owner
from generique.world.relief import Relief

_GRID = 1.0
"""Metres between the points at which a field is asked for a map."""


def way(bounds: Bounds, seed: int, swing: float) -> Floats:
    """A winding way from south to north through the origin: n x 2 points, 3 m apart.

    Args:
        bounds: It leaves them at both ends.
        seed: Of the place.
        swing: How far it leaves the straight line, metres.
    """
    y = np.arange(bounds.y0 - 110, bounds.y0 + bounds.extent + 110, 3.0)
    along = np.stack([np.zeros_like(y), y], axis=-1)

    def bend(points: Floats) -> Floats:
        wide = smooth(points, 170, seed + 5)
        return np.asarray(swing * wide + 0.3 * swing * smooth(points, 61, seed + 6))

    x = bend(along) - bend(np.zeros((1, 2)))
    return np.stack([x, y], axis=-1)


def strew(bounds: Bounds, cell: float, chance: np.random.Generator, margin: float = 0.0) -> Floats:
    """A point by chance in every square of a grid, n x 2 metres; none is nearly on another.

    Args:
        bounds: Where.
        cell: Side of the squares, metres.
        chance: For the places.
        margin: How far beyond the bounds, metres.
    """
    count = max(1, int((bounds.extent + 2 * margin) / cell))
    column, row = np.meshgrid(np.arange(count), np.arange(count))
    grid = np.stack([column.ravel(), row.ravel()], axis=-1).astype(float)
    grid += 0.5 + chance.uniform(-0.36, 0.36, grid.shape)
    origin = np.array([bounds.x0, bounds.y0]) - margin
    return np.asarray(origin + grid * ((bounds.extent + 2 * margin) / count))


def clear_of(points: Floats, line: Floats) -> Floats:
    """Distance of points (n x 2) to a line of points, metres."""
    if len(line) == 0:
        return np.full(len(points), np.inf)
    return np.asarray(cKDTree(line).query(points)[0])


def apart(points: Floats, distance: float) -> Flags:
    """True for points kept so that none is nearer to an earlier one than a distance."""
    alive = np.ones(len(points), bool)
    if len(points) > 1:
        pairs = cKDTree(points).query_pairs(distance, output_type="ndarray")
        for first, second in pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]:
            if alive[first]:
                alive[second] = False
    return alive


def tufts(
    line: Floats, band: tuple[float, float], count: int, chance: np.random.Generator
) -> Floats:
    """Places for tufts of grass along both sides of a line: n x 2 metres.

    Args:
        line: n x 2 points about 3 m apart.
        band: Least and largest distance from the line; most stand near the least.
        count: How many.
        chance: For the places.
    """
    at = chance.uniform(0, len(line) - 1.001, count)
    low = at.astype(int)
    step = line[low + 1] - line[low]
    side = np.stack([-step[:, 1], step[:, 0]], axis=-1)
    side /= np.linalg.norm(side, axis=1, keepdims=True) + 1e-9
    away = band[0] + (band[1] - band[0]) * chance.random(count) ** 1.7
    away *= np.where(chance.random(count) < 0.5, -1.0, 1.0)
    return np.asarray(line[low] + step * (at - low)[:, None] + side * away[:, None])


def landmark(words: str, spot: Floats, relief: Relief, size: tuple[float, float]) -> Landmark:
    """Something that a camera can be told to look at.

    Args:
        words: What it may be called, parted by spaces.
        spot: 2 metres.
        relief: Of the ground.
        size: Its height and the radius of a sphere that holds it, metres.
    """
    x, y = float(spot[0]), float(spot[1])
    middle = float(relief.at(np.array([[x, y]]))[0]) + size[0] / 2
    return Landmark(frozenset(words.split()), (x, y, middle), size[1])


def road_beyond(
    layout: Layout, width: float, albedo: tuple[float, float, float], far: float = 2600.0
) -> Quads:
    """The road where it goes on beyond the bounds of an open place, as strips on the ground.

    Args:
        layout: Its guide is the road; it goes on straight where the guide ends.
        width: Metres.
        albedo: Linear.
        far: How far it goes on, metres.
    """
    guide, bounds = layout.guide, layout.bounds
    parts = []
    for end, before, edge in ((-1, -2, bounds.y0 + bounds.extent), (0, 1, bounds.y0)):
        way_ = guide[end] - guide[before]
        way_ = way_ / np.linalg.norm(way_)
        steps = np.r_[0.0, np.cumsum(9.0 * 1.035 ** np.arange(70))]
        tail = guide[end] + way_ * steps[steps < far, None]
        outside = guide[np.abs(guide[:, 1] - edge) < abs(guide[end][1] - edge)]
        outside = outside[(outside[:, 1] - edge) * way_[1] > -1.0]
        line = np.concatenate([outside if end else outside[::-1], tail])
        along = np.gradient(line, axis=0)
        side = np.stack([-along[:, 1], along[:, 0]], axis=-1)
        side *= width / 2 / (np.linalg.norm(side, axis=1, keepdims=True) + 1e-9)
        left, right = layout.relief.lift(line + side), layout.relief.lift(line - side)
        high = np.maximum(left[:, 2], right[:, 2])
        gap = np.abs(line[:, 1] - edge)
        left[:, 2] = right[:, 2] = high + 0.05 + np.minimum(gap * 0.0012, 1.2)
        corners = np.stack([right[:-1], right[1:], left[1:], left[:-1]], axis=1)
        corners = corners if way_[1] > 0 else corners[:, ::-1]
        finish = Finish(albedo, snow=0.55, surface=Surface.DETAIL, level=Level.ALWAYS, step=60)
        parts.append(paint(corners, finish))
    return join(parts).owned(owner(Thing.ROAD))


class CoverMap:
    """A map of what covers the ground, painted layer by layer with ragged edges."""

    def __init__(self, bounds: Bounds, seed: int, under: Cover) -> None:
        self.pen = Pen(bounds)
        self._bounds = bounds
        self.sheet: Octets = np.full(self.pen.sheet().shape, under, np.uint8)
        chance = stream(seed, "ragged edges")
        size = len(self.sheet)
        rough: Floats = 0.7 * chance.standard_normal((size, size), np.float32)
        for texels, share in ((4, 0.6), (14, 0.5)):
            cells = chance.standard_normal((size // texels + 1,) * 2, np.float32)
            broad = cv2.resize(cells, (size, size), interpolation=cv2.INTER_CUBIC)
            rough += np.float32(share) * np.asarray(broad)
        self._rough = rough

    def where(self, field: Callable[[Floats], Floats]) -> Floats:
        """A field of points (n x 2) as a map, positive where something is to be painted."""
        side = max(2, int(self._bounds.extent / _GRID))
        line = (np.arange(side) + 0.5) * self._bounds.extent / side
        x, y = np.meshgrid(self._bounds.x0 + line, self._bounds.y0 + line)
        values = field(np.stack([x.ravel(), y.ravel()], axis=-1)).reshape(side, side)
        size = len(self.sheet)
        field_ = cv2.resize(values.astype(np.float32), (size, size), interpolation=cv2.INTER_LINEAR)
        return np.asarray(field_)

    def paint(self, cover: Cover, field: Floats, rough: float = 0.0) -> None:
        """Lay a cover where a map is positive.

        Args:
            cover: Which.
            field: Map of the sheet's size.
            rough: How much its edge is frayed, in the units of the map.
        """
        ragged = field + rough * self._rough if rough else field
        self.sheet[ragged > 0] = cover

    def line(self, cover: Cover, points: Floats, width: float, rough: float = 0.5) -> None:
        """Lay a strip of a cover along a line, frayed by some metres."""
        sheet = self.pen.sheet()
        self.pen.line(sheet, points, width + 4 * rough)
        if rough == 0:
            self.sheet[sheet > 127] = cover
            return
        texel = self._bounds.extent / len(sheet)
        inside = cv2.distanceTransform((sheet > 127).astype(np.uint8), cv2.DIST_L2, 3) * texel
        self.sheet[(sheet > 127) & (inside - 2 * rough + rough * self._rough > 0)] = cover

    def rows(
        self, outline: Floats, cover: Cover, between: tuple[Cover, float, float], turn: float
    ) -> None:
        """Lay a cover on a polygon, with another one between its rows.

        Args:
            outline: n x 2 metres.
            cover: Which.
            between: The other cover, the distance of the rows and the width between them, metres.
            turn: Direction of the rows, radians.
        """
        sheet = self.pen.sheet()
        self.pen.area(sheet, outline)
        bounds, size = self._bounds, len(sheet)
        low = (outline.min(axis=0) - [bounds.x0, bounds.y0]) / bounds.extent * size
        high = (outline.max(axis=0) - [bounds.x0, bounds.y0]) / bounds.extent * size
        first, last = (np.clip(edge.astype(int), 0, size) for edge in (low, high + 1))
        part = (slice(first[1], last[1]), slice(first[0], last[0]))
        inside = sheet[part] > 127
        other, apart_, wide = between
        x = np.arange(first[0], last[0]) * (bounds.extent / size)
        y = np.arange(first[1], last[1]) * (bounds.extent / size)
        across = y[:, None] * np.cos(turn) - x[None] * np.sin(turn)
        gap = np.mod(across + 0.12 * self._rough[part], apart_) < wide
        self.sheet[part][inside] = cover
        self.sheet[part][inside & gap] = other

    def area(self, cover: Cover, points: Floats) -> None:
        """Lay a cover on a polygon."""
        sheet = self.pen.sheet()
        self.pen.area(sheet, points)
        self.sheet[sheet > 127] = cover
