"""The plan of a city: avenues, streets, a diagonal, blocks cut into lots, and how high they build.

Heights rise to a centre north of where cameras start, and to a lesser one beyond it; what lies
below a camera that flies in from the south stays low, and a park keeps the way in open.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import cv2
import numpy as np

from generique.world.arrays import Flags, Floats, stream
from generique.world.country import CUSTOMS, Kerbside
from generique.world.layout import Bounds, Layout, Lots, Roadway, Roofs, Street, square
from generique.world.outline import (
    area,
    clip,
    edges,
    holds,
    inset,
    narrowest,
    on_border,
    outward_of,
    rectangle,
    split,
)
from generique.world.scene import Country, Place

PAVEMENT = 4.4
"""From the kerb to the fronts, metres."""
KERB = Kerbside(corner=4.5, verge=0.0, pavement=PAVEMENT + 0.6)
LANES = (1.9, 5.2)
"""Middles of an avenue's lanes each way, metres from its centre line."""
GROUND_FLOOR = 4.8
BEYOND = 60.0
"""Metres that streets go on beyond the bounds."""
ROOF_CELL = 4.0
FULL = 1024.0


class Kind(IntEnum):
    """Kinds of buildings."""

    WALKUP = 0
    LOFT = 1
    STONE = 2
    RIBBON = 3
    CURTAIN = 4
    CONDO = 5


STOREYS = np.array([3.2, 3.8, 3.7, 3.7, 3.9, 3.0])
"""Height of a storey of each kind, metres."""


@dataclass(frozen=True)
class Lot:
    """A building's ground.

    Attributes:
        outline: k x 2 metres, what the building covers at the ground.
        street: k, True for edges along a street.
        party: k, True for edges against a neighbour.
        kind: What is built.
        floors: Above the ground floor.
    """

    outline: Floats
    street: Flags
    party: Flags
    kind: Kind
    floors: int

    @property
    def height(self) -> float:
        """Of the roof, metres."""
        return GROUND_FLOOR + self.floors * float(STOREYS[self.kind])


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
    left = CUSTOMS[place.country].keep_left
    grid = _Grid(bounds, stream(place.seed, "streets"), left=left)
    blocks, parks = _blocks(grid, stream(place.seed, "blocks"))
    rise = _Rise(bounds, stream(place.seed, "centres"))
    lots, squares = _lots(blocks, rise, place, bounds)
    layout = Layout(
        bounds,
        grid.streets,
        _as_lots(lots),
        guide=grid.streets[0].line,
        keep_left=left,
        roofs=_roofs(bounds, lots),
    )
    return CityPlan(layout, lots, parks, squares, (*blocks, *parks))


class _Grid:
    """Streets north and east, and a diagonal across them."""

    def __init__(self, bounds: Bounds, chance: np.random.Generator, *, left: bool) -> None:
        self.bounds = bounds
        x0, y0 = bounds.x0 - BEYOND, bounds.y0 - BEYOND
        x1, y1 = bounds.x0 + bounds.extent + BEYOND, bounds.y0 + bounds.extent + BEYOND
        east, west = (_steps(chance, (96.0, 122.0), x1) for _ in range(2))
        self.columns = np.r_[-west[::-1], 0.0, east]
        self.rows = y0 + np.r_[0.0, _steps(chance, (68.0, 92.0), y1 - y0)]
        self.wide = np.where(self.columns == 0, 8.6, chance.choice([6.6, 8.0], len(self.columns)))
        self.narrow = np.where(chance.random(len(self.rows)) < 0.25, 7.2, 5.4)
        self.streets = self._streets((x0, y0, x1, y1), chance, left=left)

    def _streets(
        self,
        ends: tuple[float, float, float, float],
        chance: np.random.Generator,
        *,
        left: bool,
    ) -> tuple[Street, ...]:
        x0, y0, x1, y1 = ends
        order = np.argsort(np.abs(self.columns), kind="stable")
        streets = [
            Street(
                _line((float(self.columns[k]), y0), (float(self.columns[k]), y1)),
                float(self.wide[k]),
                sodium=bool(chance.random() < 0.4),
                closed=False,
                avenue=True,
                roadway=Roadway(LANES, (10.5, 8.8), (0.03, 0.10), left=left),
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


class _Rise:
    """How high the city builds at a place."""

    def __init__(self, bounds: Bounds, chance: np.random.Generator) -> None:
        extent = bounds.extent
        self._extent = extent
        self.tallest = float(np.clip(0.172 * extent, 40.0, 190.0))
        side = 1.0 if chance.random() < 0.5 else -1.0
        self.centre = np.array([chance.uniform(-0.02, 0.05), chance.uniform(0.41, 0.45)]) * extent
        self._second = np.array([side * chance.uniform(0.24, 0.3), 0.60]) * extent

    def at(self, point: Floats) -> float:
        """Usual height in metres."""
        first = np.sum((point - self.centre) ** 2) / (0.19 * self._extent) ** 2
        second = np.sum((point - self._second) ** 2) / (0.12 * self._extent) ** 2
        return float(15 + self.tallest * np.exp(-first) + 0.5 * self.tallest * np.exp(-second))

    def limit(self, point: Floats) -> float:
        """Greatest height, metres: low below the camera's way in."""
        share = point / self._extent
        if share[1] < 0.17:
            return 21.0 if abs(share[0]) < 0.13 else 34.0
        if share[1] < 0.24 and abs(share[0]) < 0.07:
            return 34.0
        return self.tallest * 1.06


_CHARACTER: dict[Country, dict[str, tuple[float, ...]]] = {
    Country.UNITED_STATES: {
        "low": (0.62, 0.30, 0.0, 0.08, 0.0, 0.0),
        "mid": (0.0, 0.36, 0.28, 0.22, 0.06, 0.08),
        "high": (0.0, 0.0, 0.36, 0.18, 0.34, 0.12),
    },
    Country.CANADA: {
        "low": (0.58, 0.28, 0.0, 0.10, 0.0, 0.04),
        "mid": (0.0, 0.26, 0.14, 0.26, 0.12, 0.22),
        "high": (0.0, 0.0, 0.14, 0.20, 0.38, 0.28),
    },
    Country.JAPAN: {
        "low": (0.20, 0.20, 0.0, 0.42, 0.0, 0.18),
        "mid": (0.0, 0.12, 0.04, 0.50, 0.10, 0.24),
        "high": (0.0, 0.0, 0.06, 0.30, 0.44, 0.20),
    },
}
"""Shares of the kinds among low buildings, those of middle height and towers."""
COUNTRIES = tuple(_CHARACTER)
_SMALLEST = {Country.JAPAN: 200.0}


def _lots(
    blocks: tuple[Floats, ...], rise: _Rise, place: Place, bounds: Bounds
) -> tuple[tuple[Lot, ...], tuple[Floats, ...]]:
    """Lots with what is built on them, and the corners that stay open."""
    chance = stream(place.seed, "lots")
    lots: list[Lot] = []
    squares: list[Floats] = []
    for block in blocks:
        middle = block.mean(axis=0)
        if not bounds.inside(middle[None], 2)[0]:
            continue
        usual = min(rise.at(middle), rise.limit(middle))
        smallest = _SMALLEST.get(place.country, 330.0)
        wanted = float(np.interp(usual, [18, 60, 120], [smallest, 1000, 1900]))
        for part in _parcels(block, wanted, chance):
            if not bounds.inside(part, 2.5).all():
                continue
            if area(part) < 130 or narrowest(part) < 8 or chance.random() < 0.025:
                squares.append(part)
                continue
            lots.append(_lot(part, block, rise, place.country, chance))
    return tuple(lots), tuple(squares)


def _parcels(block: Floats, wanted: float, chance: np.random.Generator) -> list[Floats]:
    """Cut a block until its parts are about as large as wanted."""
    waiting, done = [block], []
    while waiting:
        part = waiting.pop()
        if area(part) < wanted * chance.uniform(1.0, 1.9):
            done.append(part)
            continue
        for half in split(part, float(chance.uniform(0.42, 0.58))):
            (waiting if area(half) > 60 else done).append(half)
    return [part for part in done if len(part) >= 3]


def _lot(
    part: Floats, block: Floats, rise: _Rise, country: Country, chance: np.random.Generator
) -> Lot:
    """What is built on a parcel: how high, what, and how far from its neighbours."""
    middle = part.mean(axis=0)
    wish = rise.at(middle) * float(np.exp(chance.normal(-0.08, 0.36)))
    slender = 7.0 * narrowest(part)
    height = float(min(wish, rise.limit(middle), slender))
    class_ = "low" if height < 26 else "mid" if height < 62 else "high"
    kind = Kind(int(chance.choice(len(Kind), p=_CHARACTER[country][class_])))
    floors = max(1, round((height - GROUND_FLOOR) / float(STOREYS[kind])))
    if kind is Kind.WALKUP:
        floors = min(floors, 6)
    street = on_border(part, block)
    gap = np.where(street | (chance.random(len(part)) < 0.55), 0.0, chance.uniform(2.5, 5.5))
    outline = inset(part, gap)
    if len(outline) < 3 or narrowest(outline) < 6:
        outline = part
    street = on_border(outline, block)
    party = ~street & on_border(outline, part)
    return Lot(outline, street, party, kind, floors)


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
