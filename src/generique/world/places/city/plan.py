"""The plan of a city: avenues, streets, a diagonal, blocks cut into lots, and how high they build.

Heights rise to a centre north of where cameras start, and to a lesser one beyond it; what lies
below a camera that flies in from the south stays low, and a park keeps the way in open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from generique.world.arrays import Flags, Floats, stream
from generique.world.country import Kerbside
from generique.world.kit.outline import (
    area,
    clip,
    edges,
    holds,
    outward_of,
    rectangle,
)
from generique.world.layout import Bounds, Landmark, Layout, Lots, Roadway, Roofs, Street, square
from generique.world.places.city.lots import (
    Lot,
    Rise,
    cut_lots,
)
from generique.world.scene import Place

PAVEMENT = 4.4
"""From the kerb to the fronts, metres."""
KERB = Kerbside(corner=4.5, verge=0.0, pavement=PAVEMENT + 0.6)
LANES = (1.9, 5.2)
"""Middles of an avenue's lanes each way, metres from its centre line."""
BEYOND = 60.0
"""Metres that streets go on beyond the bounds."""
ROOF_CELL = 4.0
FULL = 1024.0


@dataclass(frozen=True)
class CityPlan:
    """A city before it is built.

    Attributes:
        lots: With a building each.
        parks: Outlines of what is green.
        squares: Outlines of what is paved and open.
        blocks: Outlines between the fronts, all of the above in them.
    """

    layout: Layout
    lots: tuple[Lot, ...]
    parks: tuple[Floats, ...]
    squares: tuple[Floats, ...]
    blocks: tuple[Floats, ...]


def lay_out(place: Place) -> Layout:
    """Plan a place. The same place gives the same plan."""
    return plan_city(place).layout


@lru_cache(maxsize=4)
def plan_city(place: Place) -> CityPlan:
    """Plan a place with everything that is built on (remembered: do not write to it)."""
    bounds = square(place.extent)
    grid = _Grid(bounds, stream(place.seed, "streets"))
    blocks, parks = _blocks(grid, stream(place.seed, "blocks"))
    rise = Rise(bounds, stream(place.seed, "centres"))
    lots, squares = cut_lots(blocks, rise, place, bounds)
    layout = Layout(
        bounds,
        grid.streets,
        _as_lots(lots),
        guide=grid.streets[0].line,
        landmarks=_marks(lots),
        roofs=_roofs(bounds, lots),
    )
    return CityPlan(layout, lots, parks, squares, (*blocks, *parks))


class _Grid:
    """Streets north and east, and a diagonal across them."""

    def __init__(self, bounds: Bounds, chance: np.random.Generator) -> None:
        self.bounds = bounds
        x0, y0 = bounds.x0 - BEYOND, bounds.y0 - BEYOND
        x1, y1 = bounds.x0 + bounds.extent + BEYOND, bounds.y0 + bounds.extent + BEYOND
        east, west = (_steps(chance, (96.0, 122.0), x1) for _ in range(2))
        self.columns = np.r_[-west[::-1], 0.0, east]
        self.rows = y0 + np.r_[0.0, _steps(chance, (68.0, 92.0), y1 - y0)]
        self.wide = np.where(self.columns == 0, 8.6, chance.choice([6.6, 8.0], len(self.columns)))
        self.narrow = np.where(chance.random(len(self.rows)) < 0.25, 7.2, 5.4)
        self.streets = self._streets((x0, y0, x1, y1), chance)

    def _streets(
        self,
        ends: tuple[float, float, float, float],
        chance: np.random.Generator,
    ) -> tuple[Street, ...]:
        x0, y0, x1, y1 = ends
        order = np.argsort(np.abs(self.columns), kind="stable")
        streets = [
            Street(
                _line((float(self.columns[k]), y0), (float(self.columns[k]), y1)),
                float(self.wide[k]),
                sodium=bool(chance.random() < 0.5 or self.columns[k] == 0),
                closed=False,
                avenue=True,
                roadway=Roadway(LANES, (10.5, 8.8), (0.03, 0.10)),
            )
            for k in order
        ]
        for y, half in zip(self.rows, self.narrow, strict=True):
            line = _line((x0, float(y)), (x1, float(y)))
            busy = bool(half > 6)
            sodium = bool(chance.random() < 0.6)
            streets.append(Street(line, float(half), sodium, closed=False, avenue=busy))
        streets.append(self._diagonal(chance))
        return tuple(streets)

    def _diagonal(self, chance: np.random.Generator) -> Street:
        """From the main street, where the low part of the city ends, to the north-east."""
        extent = self.bounds.extent
        side = 1.0 if chance.random() < 0.5 else -1.0
        row = self.rows[int(np.argmin(np.abs(self.rows - 0.10 * extent)))]
        tilt = chance.uniform(0.55, 0.75)
        way = np.array([side * np.sin(tilt), np.cos(tilt)])
        start = np.array([0.0, float(row)])
        self.diagonal = start, way
        reach = 1.2 * extent
        end = start + way * reach
        return Street(_line(tuple(start), tuple(end)), 6.8, sodium=True, closed=False, avenue=True)


def _steps(chance: np.random.Generator, limits: tuple[float, float], end: float) -> Floats:
    """Distances from a start that grow by random steps, up to an end."""
    found = np.cumsum(chance.uniform(*limits, int(end / limits[0]) + 2))
    return np.asarray(np.round(found[found < end], 2))


def _line(start: tuple[float, ...], end: tuple[float, ...]) -> Floats:
    """Points about 3 m apart."""
    count = int(np.hypot(end[0] - start[0], end[1] - start[1]) / 3) + 2
    return np.stack([np.linspace(a, b, count) for a, b in zip(start, end, strict=True)], axis=-1)


def _blocks(
    grid: _Grid, chance: np.random.Generator
) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
    """Blocks between the fronts, and those that are parks."""
    blocks: list[Floats] = []
    parks: list[Floats] = []
    scale = grid.bounds.extent / FULL
    middle = int(np.flatnonzero(grid.columns == 0)[0])
    for i in range(len(grid.columns) - 1):
        for j in range(len(grid.rows) - 1):
            whole = rectangle(
                grid.columns[i] + grid.wide[i] + PAVEMENT,
                grid.rows[j] + grid.narrow[j] + PAVEMENT,
                grid.columns[i + 1] - grid.wide[i + 1] - PAVEMENT,
                grid.rows[j + 1] - grid.narrow[j + 1] - PAVEMENT,
            )
            open_ = i == middle - 1 and grid.rows[j] < 20 * scale
            for part in _beside(whole, grid):
                green = open_ or chance.random() < 0.035
                (parks if green else blocks).append(part)
    return tuple(blocks), tuple(parks)


def _beside(whole: Floats, grid: _Grid) -> list[Floats]:
    """A block, or its parts on both sides of the diagonal."""
    start, way = grid.diagonal
    side = np.array([way[1], -way[0]])
    if ((whole - start) @ way).max() < 0:
        return [whole]
    room = 6.8 + PAVEMENT
    parts = [clip(whole, start + side * s * room, -side * s) for s in (1.0, -1.0)]
    return [part for part in parts if area(part) > 90]


def _as_lots(lots: tuple[Lot, ...]) -> Lots:
    """The lots as others know them: middles, and the way their fronts look."""
    centre, angle, reach = [], [], []
    for lot in lots:
        start, way, length = edges(lot.outline)
        front = int(np.argmax(length * (0.01 + lot.street)))
        out = outward_of(way)[front]
        middle = lot.outline.mean(axis=0)
        centre.append(middle)
        angle.append(np.arctan2(out[1], out[0]) + np.pi / 2)
        reach.append((start[front] - middle) @ out + PAVEMENT)
    count = len(lots)
    return Lots(
        np.array(centre).reshape(count, 2), np.array(angle), np.array(reach), np.zeros(count)
    )


TOWER = 60.0
"""Height above which a building is called a tower, metres."""


def _marks(lots: tuple[Lot, ...]) -> tuple[Landmark, ...]:
    """What can be named: the towers, the tallest first."""
    towers = sorted((lot for lot in lots if lot.height > TOWER), key=lambda lot: -lot.height)[:12]
    found = []
    for lot in towers:
        x, y = (float(value) for value in lot.outline.mean(axis=0))
        words = ("tower", "skyscraper", *(("tallest",) if lot is towers[0] else ()))
        found.append(Landmark(frozenset(words), (x, y, 0.6 * lot.height), 0.4 * lot.height))
    return tuple(found)


def _roofs(bounds: Bounds, lots: tuple[Lot, ...]) -> Roofs:
    """The highest of every cell; low buildings are drawn first."""
    side = int(np.ceil(bounds.extent / ROOF_CELL))
    height = np.zeros((side, side), np.float32)
    origin = np.array([bounds.x0, bounds.y0])
    for lot in sorted(lots, key=lambda lot: lot.height):
        cells = np.round((lot.outline - origin) / ROOF_CELL - 0.5).astype(np.int32)
        cv2.fillPoly(height, [cells.reshape(1, -1, 2)], lot.height + MACHINES)
    return Roofs(origin, ROOF_CELL, height)


MACHINES = 5.0
"""Metres that tanks and machine rooms stand above a roof."""


def inside_any(outlines: tuple[Floats, ...], points: Floats) -> Flags:
    """True for n x 2 points inside one of the outlines."""
    found = np.zeros(len(points), bool)
    for outline in outlines:
        found |= holds(outline, points)
    return found
