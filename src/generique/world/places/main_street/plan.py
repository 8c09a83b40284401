"""The plan of a small town: a main street of shops, side streets of houses, a railway at the end.

The main street runs north through the origin. Between its first and last shop stand rows of two
storeys with gaps; a service station and a diner lie at the near end, a church beyond the shops, and
grain elevators beside the railway, where the street leaves the town.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from generique.world.arrays import Floats, Ints, stream
from generique.world.kit.outline import rectangle
from generique.world.layout import Bounds, Landmark, Layout, Lots, Railway, Roofs, Street, square
from generique.world.places.suburb.plan import lots_along
from generique.world.places.suburb.stock import STOCKS
from generique.world.scene import Place

HALF = 10.4
"""Half the main street: a lane each way and cars parked at an angle, metres."""
PAVEMENT = 4.0
FRONT = HALF + PAVEMENT
"""From the middle of the street to the shop fronts, metres."""
SIDE_STREET = 94.0
"""From the main street to the streets of houses beside it, metres."""
HOUSES_FROM = 64.0
"""From the main street to where houses may begin, in the blocks with shops, metres."""
BEYOND = 60.0
SIDING, LINE = -3.0, 1.6
"""The two tracks of the railway north of its middle, metres."""
RAIL_TOP = 0.2
ROOF_CELL = 4.0


@dataclass(frozen=True)
class Shop:
    """A building of the row.

    Attributes:
        outline: 4 x 2 metres; the first edge is the front.
        height: Of its roof, metres.
        storeys: 1 to 3.
        false: Metres that its front stands above the roof.
        style: 0 plain brick, 1 cornice, 2 boards with a false front, 3 modern.
    """

    outline: Floats
    height: float
    storeys: int
    false: float
    style: int


@dataclass(frozen=True)
class TownPlan:
    """A town before it is built.

    Attributes:
        shops: From south to north, west side first.
        gaps: Outlines of free lots between them.
        south: Where the first shop stands, y in metres.
        north: Where the last one ends.
        rows: y of the cross streets.
        rail: y of the railway.
        station: Centre of the service station.
        diner: Centre of the diner.
        church: Centre of the church.
        tower: Foot of the water tower.
        elevators: n x 2, middles of the grain elevators.
        theatre: Index of the shop that is a theatre.
    """

    layout: Layout
    shops: tuple[Shop, ...]
    gaps: tuple[Floats, ...]
    south: float
    north: float
    rows: Floats
    rail: float
    station: Floats
    diner: Floats
    church: Floats
    tower: Floats
    elevators: Floats
    theatre: int


def lay_out(place: Place) -> Layout:
    """Plan a place. The same place gives the same plan."""
    return plan_town(place).layout


@lru_cache(maxsize=4)
def plan_town(place: Place) -> TownPlan:
    """Plan a place with everything that is built on (remembered: do not write to it)."""
    bounds = square(place.extent)
    chance = stream(place.seed, "town")
    rows = _rows(bounds, chance)
    north = float(rows[np.argmin(np.abs(rows - 0.36 * place.extent))])
    south = float(rows[np.argmin(np.abs(rows + 0.14 * place.extent))])
    rail = bounds.y0 + 0.79 * bounds.extent
    streets = _streets(bounds, rows, rail, chance)
    shops, gaps = _shops(rows, (south, north), bounds, chance)
    special = _landmarks(rows, (south, north, rail), place.extent, chance)
    lots = _houses(bounds, streets, place, (south, north, rail), special)
    roofs = _roofs(bounds, shops, special)
    layout = Layout(
        bounds,
        streets,
        lots,
        guide=streets[0].line,
        roofs=roofs,
        landmarks=_marks(special),
        railway=_through_line(bounds, rail + LINE),
    )
    theatre = _theatre(shops, place.extent)
    return TownPlan(layout, shops, gaps, south, north, rows, rail, *special, theatre=theatre)


def _through_line(bounds: Bounds, y: float) -> Railway:
    """The track of the two that is no siding."""
    return Railway(_line((bounds.x0, y), (bounds.x0 + bounds.extent, y)), RAIL_TOP, goods=True)


def _rows(bounds: Bounds, chance: np.random.Generator) -> Floats:
    """Y of the cross streets, one of them near the origin."""
    first = chance.uniform(22, 34)
    up = first + 96.0 * np.arange(12)
    down = first - 96.0 * np.arange(1, 8)
    rows = np.sort(np.r_[down, up])
    inside = (rows > bounds.y0 - 40) & (rows < bounds.y0 + bounds.extent * 0.74)
    return rows[inside]


def _line(start: tuple[float, float], end: tuple[float, float]) -> Floats:
    count = int(np.hypot(end[0] - start[0], end[1] - start[1]) / 3) + 2
    return np.stack([np.linspace(a, b, count) for a, b in zip(start, end, strict=True)], axis=-1)


def _streets(
    bounds: Bounds, rows: Floats, rail: float, chance: np.random.Generator
) -> tuple[Street, ...]:
    """The main street, cross streets, and streets of houses parallel to it."""
    y0, y1 = bounds.y0 - BEYOND, bounds.y0 + bounds.extent + BEYOND
    x0, x1 = bounds.x0 - BEYOND, bounds.x0 + bounds.extent + BEYOND
    streets = [Street(_line((0.0, y0), (0.0, y1)), HALF, sodium=True, closed=False, avenue=True)]
    for y in rows:
        line = _line((x0, float(y)), (x1, float(y)))
        busy = bool(abs(y - rows[np.argmin(np.abs(rows))]) < 1)
        streets.append(Street(line, 4.6, bool(chance.random() < 0.7), closed=False, avenue=busy))
    columns = int((bounds.extent / 2 + 20) / SIDE_STREET)
    for k in range(1, columns + 1):
        for side in (-1, 1):
            x = side * k * SIDE_STREET
            line = _line((x, y0), (x, rail - 22))
            sodium = bool(chance.random() < 0.7)
            streets.append(Street(line, 4.2, sodium, closed=False, avenue=False))
    return tuple(streets)


def _shops(
    rows: Floats, limits: tuple[float, float], bounds: Bounds, chance: np.random.Generator
) -> tuple[tuple[Shop, ...], tuple[Floats, ...]]:
    """Rows of shops on both sides, block by block."""
    shops: list[Shop] = []
    gaps: list[Floats] = []
    within = rows[(rows >= limits[0] - 1) & (rows <= limits[1] + 1)]
    for side in (-1.0, 1.0):
        for low, high in itertools.pairwise(within):
            at, end = float(low) + 4.6 + 3.0, float(high) - 4.6 - 3.0
            first = True
            while end - at > 5.5:
                wide = min(float(chance.choice([6.5, 7.5, 9.0, 11.0, 14.0])), end - at)
                if end - at - wide < 5.5:
                    wide = end - at
                lot = _front_lot(side, at, wide, float(chance.uniform(21, 29)))
                at += wide
                empty = chance.random() < 0.08 and not first
                shop = _shop(lot, chance)
                first = False
                if not bounds.inside(lot, 2).all():
                    continue
                if empty:
                    gaps.append(lot)
                else:
                    shops.append(shop)
    return tuple(shops), tuple(gaps)


def _front_lot(side: float, low: float, wide: float, deep: float) -> Floats:
    """A lot along the street; its first edge is the front."""
    if side < 0:
        box = rectangle(-FRONT - deep, low, -FRONT, low + wide)
        return np.roll(box, -1, axis=0)
    box = rectangle(FRONT, low, FRONT + deep, low + wide)
    return np.roll(box, -3, axis=0)


def _shop(lot: Floats, chance: np.random.Generator) -> Shop:
    """What stands on a lot."""
    storeys = int(chance.choice([1, 2, 3], p=[0.30, 0.62, 0.08]))
    style = int(chance.choice(4, p=[0.34, 0.36, 0.16, 0.14]))
    if style == 2:
        storeys = min(storeys, 2)
    if style == 3:
        storeys = 1
    height = 4.5 + 3.7 * (storeys - 1) + float(chance.uniform(-0.25, 0.45))
    false = {0: 0.9, 1: 1.2, 2: 2.1, 3: 0.7}[style] + float(chance.uniform(0, 0.5))
    return Shop(lot, height, storeys, false, style)


def _theatre(shops: tuple[Shop, ...], extent: float) -> int:
    """The wide shop that is nearest to a third of the way, or any."""
    wish = np.array([FRONT, 0.075 * extent])
    far = [
        float(np.linalg.norm(shop.outline[:2].mean(axis=0) - wish))
        + (0 if shop.storeys > 1 else 500)
        + (0 if np.ptp(shop.outline[:, 1]) > 8.5 else 250)
        for shop in shops
    ]
    return int(np.argmin(far)) if far else -1


_Special = tuple[Floats, Floats, Floats, Floats, Floats]


def _landmarks(
    rows: Floats, limits: tuple[float, float, float], extent: float, chance: np.random.Generator
) -> _Special:
    """Middles of station, diner, church, water tower and grain elevators."""
    south, north, rail = limits
    side = 1.0 if chance.random() < 0.5 else -1.0
    station = np.array([side * 31.0, north + 25.0])
    diner = np.array([-side * 29.0, north + 22.0])
    beside = float(rows[np.argmin(np.abs(rows - 0.12 * extent))])
    church = np.array([side * 71.0, beside + 22.0])
    tower = np.array([-side * 63.0, north - 34.0])
    spots = [(20.0, 11.0), (39.0, 12.0), (58.0, 11.5), (-24.0, 12.5)]
    elevators = np.array([(x, rail + y) for x, y in spots])
    del south
    return station, diner, church, tower, elevators


def _houses(
    bounds: Bounds,
    streets: tuple[Street, ...],
    place: Place,
    limits: tuple[float, float, float],
    special: _Special,
) -> Lots:
    """Lots of houses, none among the shops, on the railway or by a landmark."""
    south, north, rail = limits
    lots = lots_along(bounds, streets, place.seed, STOCKS[place.country])
    x, y = lots.centre.T
    free = (np.abs(x) > HOUSES_FROM) | (y < south - 18) | (y > north + 18)
    free &= np.abs(x) > 24
    free &= y < rail - 34
    for spot, reach in zip(special[:4], (34.0, 30.0, 30.0, 20.0), strict=True):
        free &= np.linalg.norm(lots.centre - spot, axis=1) > reach
    keep: Ints = np.flatnonzero(free)
    return Lots(lots.centre[keep], lots.angle[keep], lots.reach[keep], lots.foot[keep])


def _marks(special: _Special) -> tuple[Landmark, ...]:
    """What can be named: the water tower, the church, the elevators, the diner, the station."""
    station, diner, church, tower, elevators = special
    named = [("water tower", tower, 30.0, 8.0), ("white church", church, 9.0, 13.0)]
    named += [("grain elevator", spot, 12.0, 12.0) for spot in elevators]
    named += [("diner", diner, 2.5, 11.0), ("service gas station", station, 3.5, 11.0)]
    return tuple(
        Landmark(frozenset(words.split()), (float(spot[0]), float(spot[1]), high), reach)
        for words, spot, high, reach in named
    )


TOWER_HEIGHT = 40.0
STEEPLE_HEIGHT = 27.0
ELEVATOR_HEIGHT = 27.0


def _roofs(bounds: Bounds, shops: tuple[Shop, ...], special: _Special) -> Roofs:
    """What is higher than the trees, and the shops."""
    side = int(np.ceil(bounds.extent / ROOF_CELL))
    height = np.zeros((side, side), np.float32)
    origin = np.array([bounds.x0, bounds.y0])

    def put(outline: Floats, top: float) -> None:
        cells = np.round((outline - origin) / ROOF_CELL - 0.5).astype(np.int32)
        cv2.fillPoly(height, [cells.reshape(1, -1, 2)], top)

    for shop in shops:
        put(shop.outline, shop.height + shop.false)
    tall = ((special[2], 8.0, STEEPLE_HEIGHT), (special[3], 7.0, TOWER_HEIGHT))
    for spot, half, top in (*tall, *((spot, 8.0, ELEVATOR_HEIGHT) for spot in special[4])):
        put(rectangle(spot[0] - half, spot[1] - half, spot[0] + half, spot[1] + half), top)
    return Roofs(origin, ROOF_CELL, height)
