"""The plan of a river's valley: the road, the bridge, the farms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

from generique.world.arrays import Floats, stream
from generique.world.layout import Layout, Lots, Roadway, Street, square
from generique.world.places.river.valley import DECK, Valley, shape_valley
from generique.world.relief import Relief
from generique.world.scene import Place
from generique.world.water import Water, WaterKind

ROAD = 2.9
"""Half the width of the road, metres."""
LANE = 1.5
"""Metres from its middle to the middle of a lane."""
APART = 90.0
"""Metres between vehicles in the densest traffic: a quiet road."""


@dataclass(frozen=True)
class River:
    """What a river's builders share.

    Attributes:
        crossing: Two points (2 x 2 metres), the ends of the bridge from west to east.
    """

    layout: Layout
    valley: Valley
    crossing: Floats


def lay_out(place: Place) -> Layout:
    """Plan a place. The same place gives the same plan."""
    return plan_river(place).layout


def plan_river(place: Place) -> River:
    """Plan a place with all that its builders want to know."""
    valley, bounds = shape_valley(place), square(place.extent)
    relief = Relief(valley.height)
    middle = float(valley.line(np.array([valley.bridge]))[0])
    reach = valley.half + 6.0
    crossing = np.array([(middle - reach, valley.bridge), (middle + reach, valley.bridge)])
    road = _road(valley, middle, bounds.y0, bounds.y0 + bounds.extent)
    y = np.arange(bounds.y0 - 20, bounds.y0 + bounds.extent + 20, 6.0)
    bank = np.c_[valley.line(y) + (valley.half + 9.0) * np.hypot(1, _slope(valley, y)), y]
    layout = Layout(
        bounds,
        (_street(road, crossing),),
        _farms(valley, relief, road, place.seed),
        guide=gaussian_filter1d(bank, 3, axis=0, mode="nearest"),
        relief=relief,
        water=Water(WaterKind.RIVER, flow=(0.0, -0.9)),
    )
    return River(layout, valley, crossing)


def _street(road: Floats, crossing: Floats) -> Street:
    """The road, a lane each way, on the deck where it crosses the river."""
    (west, y), (east, _) = crossing
    on = (road[:, 0] > west) & (road[:, 0] < east) & (np.abs(road[:, 1] - y) < ROAD)
    deck = np.where(on, DECK, -np.inf)
    quiet = Roadway((LANE,), (15.0,), (0.15,), APART, deck)
    return Street(road, ROAD, sodium=True, closed=False, avenue=True, roadway=quiet)


def _slope(valley: Valley, y: Floats) -> Floats:
    return np.asarray((valley.line(y + 3) - valley.line(y - 3)) / 6)


def _road(valley: Valley, middle: float, south: float, north: float) -> Floats:
    """Up the east side, over the bridge, and on along the west side."""
    s, b = valley.scale, valley.bridge
    turn = valley.half + 34.0
    below, above = np.arange(south - 20, b - 40 * s, 12.0), np.arange(b + 40 * s, north + 20, 12.0)
    east = np.maximum(_outermost(valley, below, 1.0) + 26, middle + 74 * s)
    west = np.minimum(_outermost(valley, above, -1.0) - 26, middle - 60 * s)
    points = [
        (middle + turn + 6, b - 4),
        (middle + turn - 12, b),
        (middle - turn + 12, b),
        (middle - turn - 6, b + 4),
    ]
    line = np.concatenate([np.c_[east, below], points, np.c_[west, above]])
    along = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    stops = np.arange(0.0, along[-1], 3.0)
    even = np.stack([np.interp(stops, along, line[:, k]) for k in (0, 1)], axis=-1)
    smooth = gaussian_filter1d(even, 4.0, axis=0, mode="nearest")
    # Straight on the bridge and its ramps.
    on = np.abs(smooth[:, 0] - middle) < turn - 12
    smooth[on & (np.abs(smooth[:, 1] - b) < 8), 1] = b
    return np.asarray(smooth)


def _outermost(valley: Valley, y: Floats, side: float) -> Floats:
    """How far to a side (1 east, -1 west) the water comes near y, x in metres."""
    near = y[:, None] + np.arange(-36.0, 37.0, 6.0)
    x = side * valley.line(near.ravel()).reshape(near.shape)
    return np.asarray(
        side * gaussian_filter1d(x.max(axis=1) + valley.half * 1.3, 2, mode="nearest")
    )


def _farms(valley: Valley, relief: Relief, road: Floats, seed: int) -> Lots:
    """A few houses by the road, in twos and threes, with their fronts to it."""
    chance = stream(seed, "farms")
    away = np.abs(road[:, 1] - valley.bridge) > 26
    stops = np.flatnonzero(away)[:: max(1, round(52 / 3))]
    rows = []
    for stop in stops:
        heading = road[min(stop + 1, len(road) - 1)] - road[stop - 1]
        heading = heading / np.linalg.norm(heading)
        for side in (-1.0, 1.0):
            if chance.random() < 0.42:
                out = np.array([-heading[1], heading[0]]) * side
                back = chance.uniform(13, 20)
                rows.append((*(road[stop] + out * back), np.arctan2(out[1], out[0]) - np.pi / 2))
    table = np.array(rows).reshape(-1, 3)
    spot = table[:, :2]
    step = np.array([5.0, 0.0])
    around = relief.at(spot + step) - relief.at(spot - step)
    keep = (valley.inland(spot) > 26) & (np.abs(around) < 2.6) & (relief.at(spot) > 1.2)
    keep &= np.asarray(cKDTree(road).query(spot)[0]) > 11.0
    spot, angle = spot[keep], table[keep, 2]
    alive = np.ones(len(spot), bool)
    for first, second in sorted(cKDTree(spot).query_pairs(16.0)) if len(spot) > 1 else ():
        alive[second] &= not alive[first]
    spot = spot[alive]
    return Lots(spot, angle[alive], np.full(len(spot), 10.0), relief.at(spot) + 0.3)
