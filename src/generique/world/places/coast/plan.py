"""The plan of a coast: the lane down to the harbour, the village, the path along the cliffs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

from generique.world.arrays import Floats, stream
from generique.world.layout import Landmark, Layout, Lots, Street, square
from generique.world.places.coast.shore import Shore, shape_shore
from generique.world.relief import Relief
from generique.world.scene import Place
from generique.world.water import Water, WaterKind

LANE = 3.3
"""Half the width of the lane, metres."""
LIGHTHOUSE = 11.0
"""Radius of a sphere that holds the lighthouse, metres."""
APART = 14.0
"""Least distance between houses."""


@dataclass(frozen=True)
class Coast:
    """What a coast's builders share.

    Attributes:
        light: 3 metres, foot of the lighthouse.
        keeper: The keeper's house.
        track: n x 2 metres, from the lane to the lighthouse.
        quay: n x 2 metres, its outer edge from south to north.
        mole: n x 2 metres, the breakwater from the land out.
    """

    layout: Layout
    shore: Shore
    light: Floats
    keeper: Lots
    track: Floats
    quay: Floats
    mole: Floats


def lay_out(place: Place) -> Layout:
    """Plan a place. The same place gives the same plan."""
    return plan_coast(place).layout


def taken(place: Place) -> Floats:
    """What is built that houses keep away from, n x 3: x, y and reach, metres."""
    coast = plan_coast(place)
    spots = [coast.layout.lots.centre, coast.keeper.centre, coast.light[None, :2]]
    middles = np.concatenate([*spots, coast.quay[::3], coast.mole[::4]])
    return np.asarray(np.c_[middles, np.full(len(middles), 8.0)])


def plan_coast(place: Place) -> Coast:
    """Plan a place with all that its builders want to know."""
    shore = shape_shore(place)
    relief, bounds, s = Relief(shore.height), square(place.extent), shore.scale
    y = np.arange(bounds.y0 - 20, bounds.y0 + bounds.extent + 20, 6.0)
    path = _smooth(shore.at_distance(y, 17.0), 3)
    lane = _lane(shore, bounds.extent)
    light = relief.lift(shore.pads[:1, :2])[0]
    track = _track(shore, lane, light)
    keeper_spot = light[:2] + np.array([15.0, -9.0])
    keeper = Lots(
        keeper_spot[None], np.array([-1.9]), np.array([12.0]), relief.at(keeper_spot[None]) + 0.2
    )
    quay_y = np.linspace(shore.bay - 24 * s, shore.bay + 16 * s, 12)
    quay = _smooth(shore.at_distance(quay_y, 1.0), 2) - np.array([2.0, 0.0])
    layout = Layout(
        bounds,
        (Street(lane, LANE, sodium=True, closed=False, avenue=False),),
        _village(shore, relief, np.vstack([lane, track]), place.seed),
        guide=path,
        relief=relief,
        water=Water(WaterKind.SEA),
        landmarks=(Landmark(frozenset(("lighthouse",)), _middle(light), LIGHTHOUSE),),
    )
    return Coast(layout, shore, light, keeper, track, quay, _mole(shore))


def _middle(light: Floats) -> tuple[float, float, float]:
    """Of the lighthouse, whose foot this is."""
    return float(light[0]), float(light[1]), float(light[2]) + 0.9 * LIGHTHOUSE


def _smooth(line: Floats, sigma: float) -> Floats:
    return np.asarray(gaussian_filter1d(line, sigma, axis=0, mode="nearest"))


def _resampled(points: Floats, step: float = 3.0) -> Floats:
    """A smooth line through points, ``step`` metres apart."""
    along = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    stops = np.arange(0.0, along[-1], step)
    even = np.stack([np.interp(stops, along, points[:, k]) for k in (0, 1)], axis=-1)
    return _smooth(even, 12.0 / step)


def _lane(shore: Shore, extent: float) -> Floats:
    """From inland down to the bay, and along the quay."""
    s, bay = shore.scale, shore.bay
    y = np.array([bay - 26 * s, bay - 8 * s, bay + 14 * s, bay + 34 * s])
    front = shore.at_distance(y, 13.0)
    inland = front[0] + np.array([(40, -14), (95, -30), (160, -10), (0.5 * extent, 20)]) * [1, s]
    return _resampled(np.concatenate([inland[::-1], front]))


def _track(shore: Shore, lane: Floats, light: Floats) -> Floats:
    """From the end of the lane up the headland."""
    s, head = shore.scale, shore.head[1]
    y = np.array([shore.bay + 62 * s, head - 44 * s])
    middle = shore.at_distance(y, np.array([46.0, 44.0]) * max(s, 0.5))
    end = light[:2] + np.array([7.5, -4.0])
    return _resampled(np.concatenate([lane[-1:], middle, end[None]]), 2.0)


def _mole(shore: Shore) -> Floats:
    """A breakwater that shelters the bay from the north-west."""
    s = max(shore.scale, 0.5)
    root = shore.at_distance(np.array([shore.bay + 44 * shore.scale]), 4.0)[0]
    bend = np.array([(0, 0), (-16, -1), (-34, -8), (-48, -24), (-52, -40)]) * s
    return _resampled(root + bend, 2.0)


def _village(shore: Shore, relief: Relief, ways: Floats, seed: int) -> Lots:
    """Houses in rows above the bay that look out to sea."""
    chance, s = stream(seed, "village"), shore.scale
    rows = []
    for away, spread in ((24.0, 50.0), (41.0, 62.0), (58.0, 66.0), (78.0, 60.0), (100.0, 40.0)):
        y = np.arange(shore.bay - spread * s, shore.bay + spread * s, 15.5)
        y = y + chance.uniform(-3.5, 3.5, len(y))
        keep = chance.random(len(y)) < (0.9 if away < 60 else 0.6)
        rows.append(shore.at_distance(y, away + chance.uniform(-3, 3, len(y)))[keep])
    spot = np.concatenate(rows)
    gap = np.asarray(cKDTree(ways).query(spot)[0])
    step = np.array([4.0, 0.0])
    low, high = relief.at(spot - step), relief.at(spot + step)
    spot = spot[(gap > 8.5) & (low > 1.6) & (np.abs(high - low) < 3.0)]
    alive = np.ones(len(spot), bool)
    for first, second in sorted(cKDTree(spot).query_pairs(APART)) if len(spot) > 1 else ():
        alive[second] &= not alive[first]
    spot = spot[alive]
    angle = -np.pi / 2 + chance.normal(0, 0.22, len(spot))
    return Lots(spot, angle, np.full(len(spot), 8.0), relief.at(spot) + 0.35)
