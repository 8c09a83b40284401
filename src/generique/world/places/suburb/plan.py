"""The plan of a suburb: winding streets, crescents that end in a turning circle, and lots.

Avenues run north, side streets leave them to both sides, and a smooth warp bends all of them, so
that no two blocks are alike. Houses stand along the streets where there is room.
"""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.layout import Bounds, Layout, Lots, Street, square
from generique.world.places.suburb.house import draw_houses, house_landmarks
from generique.world.places.suburb.stock import STOCKS, Stock
from generique.world.scene import Place

AVENUE_SPACING = 268.0


def lay_out(place: Place) -> Layout:
    """Plan a place. The same place gives the same plan."""
    bounds, stock = square(place.extent), STOCKS[place.country]
    streets = _streets(bounds, place.seed, stock.block)
    lots = lots_along(bounds, streets, place.seed, stock)
    houses = draw_houses(lots, place.seed, stock)
    return Layout(bounds, streets, lots, guide=streets[0].line, landmarks=house_landmarks(houses))


class _Warp:
    """A smooth bend of the plane that leaves the origin where it is."""

    def __init__(self, chance: np.random.Generator) -> None:
        self._phase = chance.uniform(-0.6, 0.6, 4) + np.array([0.4, 0.0, 0.8, 0.0])

    def _raw(self, u: Floats, v: Floats) -> Floats:
        p = self._phase
        x = u + 26 * np.sin(v / 118 + p[0]) + 11 * np.sin(v / 47 + u / 190 + p[1])
        y = v + 20 * np.sin(u / 105 + p[2]) + 8 * np.sin(u / 43 + v / 150 + p[3])
        return np.stack([x, y], axis=-1)

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> Floats:
        """Points about 3 m apart along the bent straight line."""
        count = int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / 3) + 2
        u, v = (np.linspace(a, b, count) for a, b in zip(start, end, strict=True))
        return self._raw(u, v) - self._raw(np.zeros(1), np.zeros(1))


def _streets(bounds: Bounds, seed: int, block: float) -> tuple[Street, ...]:
    chance = stream(seed, "streets")
    warp = _Warp(stream(seed, "warp"))
    south, north = bounds.y0 - 110, bounds.y0 + bounds.extent + 60
    columns = int(np.ceil((bounds.extent / 2 + 40) / AVENUE_SPACING))
    avenues = [0, *(side * k for k in range(1, columns + 1) for side in (-1, 1))]
    streets = []
    for k in avenues:
        u = k * AVENUE_SPACING
        sodium = k == 0 or chance.random() < 0.6
        line = warp.line((u, south), (u, north))
        streets.append(Street(line, 5.2 if k == 0 else 4.6, sodium, closed=False, avenue=True))
    for k in range(-columns, columns):
        offset = 0.0 if chance.random() < 0.45 else block / 2
        first = np.ceil((south + 20) / block) * block + offset
        for v in np.arange(first, north - 20, block):
            streets += _side_streets(warp, chance, (k * AVENUE_SPACING, float(v)))
    return tuple(streets)


def _side_streets(
    warp: _Warp, chance: np.random.Generator, start: tuple[float, float]
) -> list[Street]:
    """The street or the two stubs of one block between two avenues."""
    left, v = start
    right = left + AVENUE_SPACING
    kind, cut, sodium = chance.random(), chance.uniform(52, 92), chance.random(2) < 0.6

    def street(a: float, b: float, lamp: int, *, closed: bool) -> Street:
        line = warp.line((a, v), (b, v))
        return Street(line, 4.2, bool(sodium[lamp]), closed=closed, avenue=False)

    if kind < 0.30:
        return [street(left, right - cut, 0, closed=True)]
    if kind < 0.52:
        return [street(right, left + cut, 0, closed=True)]
    if kind < 0.66:
        middle = left + AVENUE_SPACING * 0.5
        return [
            street(left, middle - 34, 0, closed=True),
            street(right, middle + 34, 1, closed=True),
        ]
    return [street(left, right, 0, closed=False)]


def lots_along(bounds: Bounds, streets: tuple[Street, ...], seed: int, stock: Stock) -> Lots:
    """Lots for detached houses along streets, where there is room for a house and its yard."""
    chance = stream(seed, "lots")
    points, outs, halves = [], [], []
    for street in streets:
        point, out = _frontage(street, chance, stock.frontage)
        points.append(point)
        outs.append(out)
        halves.append(np.full(len(point), street.half_width))
    point, out, half = np.vstack(points), np.vstack(outs), np.concatenate(halves)
    reach = chance.uniform(*stock.reach, len(point))
    centre = point + out * (half + reach)[:, None]
    free = _has_room(centre, out, half, streets) & bounds.inside(centre, 11)
    centre, out, reach = centre[free], out[free], reach[free]
    keep = _apart(centre, stock.apart)
    angle = np.arctan2(out[:, 1], out[:, 0]) - np.pi / 2
    return Lots(centre[keep], angle[keep], reach[keep], np.zeros(len(keep)))


def _frontage(
    street: Street, chance: np.random.Generator, width: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Points on a centre line where a lot may begin, and the directions to the lots."""
    length = street.along()[-1]
    points, outs = [], []
    for side in (-1.0, 1.0):
        steps = chance.uniform(*width, int(length / (width[0] - 0.6)) + 2)
        distance = chance.uniform(8, 16) + np.r_[0.0, np.cumsum(steps)]
        distance = distance[distance < length - 3]
        point, heading = street.at(distance)
        points.append(point)
        outs.append(np.c_[-heading[:, 1], heading[:, 0]] * side)
    if street.closed:
        end, heading = street.at(np.array([length]))
        turn = np.arctan2(heading[0, 1], heading[0, 0]) + np.array([-1.15, -0.38, 0.38, 1.15])
        fan = np.c_[np.cos(turn), np.sin(turn)]
        points.append(end + fan * 6.6)
        outs.append(fan)
    return np.vstack(points), np.vstack(outs)


def _has_room(centre: Floats, out: Floats, half: Floats, streets: tuple[Street, ...]) -> Flags:
    """True where a house and its yard keep clear of every street."""
    tree = cKDTree(np.vstack([street.line for street in streets]))
    side = np.c_[-out[:, 1], out[:, 0]]
    room = np.asarray(tree.query(centre)[0] >= half + 12)
    for forward, sideways in ((8, 6), (8, -6), (0, 8), (0, -8)):
        probe = centre + out * forward + side * sideways
        room &= np.asarray(tree.query(probe)[0] >= half + 8)
    return room


def _apart(points: Floats, distance: float) -> Ints:
    """Indices of points kept so that none is nearer to an earlier one than a distance."""
    alive = np.ones(len(points), bool)
    if len(points) > 1:
        pairs = cKDTree(points).query_pairs(distance, output_type="ndarray")
        for first, second in pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]:
            if alive[first]:
                alive[second] = False
    return np.flatnonzero(alive)
