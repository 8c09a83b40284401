"""The plan of terraced streets: a net of avenues, and rows of houses in the blocks between.

A block holds parallel streets that run north or, in some, east; a slow bend carries all of them
along. Rows are broken at the avenues, under the railway and at the church.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.country import CUSTOMS
from generique.world.layout import Bounds, Landmark, Layout, Lots, Railway, Street, square
from generique.world.places.terraces.style import STYLES, Style
from generique.world.scene import Country, Place

COLUMNS, ROWS = 4, 3
"""Streets across a block, counted along x and along y."""
SHIFT = 0.35
"""Where the first street across lies north of the origin, as a share of a block's depth."""
MAIN, LANE_HALF = 5.1, 4.1
"""Half widths of carriageways with cars parked on both sides, metres."""
MARGIN = 8.0
"""Metres from a house's middle to the edge of the place, at least."""
VIADUCT = 0.47
"""Where the railway crosses, as a share of the extent north of the origin."""
VIADUCT_HALF = 4.2
DECK = 9.6
"""Height of the viaduct's deck, metres."""
TRACK = 1.8
"""From the middle of the viaduct to that of each track, metres."""
CHURCH_ROOM = 25.0


@dataclass(frozen=True)
class Rows:
    """What the plan says of every house; arrays with one row a house.

    Attributes:
        width: Metres along the street.
        garden: Metres from the pavement to the front.
        row: Index of the row it stands in; houses of a row are built alike.
        first: True at the left end of a row, seen from the street.
        last: True at the right end.
        corner: True where the end of the row looks on an avenue.
    """

    width: Floats
    garden: Floats
    row: Ints
    first: Flags
    last: Flags
    corner: Flags


@dataclass(frozen=True)
class Plan:
    """The plan.

    Attributes:
        layout: Streets, lots and the way through.
        rows: The houses.
        church: x, y and turn of the church, its tower to the street.
        railway: Height along y at which the viaduct crosses, metres; None where there is none.
    """

    layout: Layout
    rows: Rows
    church: tuple[float, float, float]
    railway: float | None


class _Bend:
    """A slow bend of the plane that leaves the origin where it is."""

    def __init__(self, chance: np.random.Generator) -> None:
        self._phase = chance.uniform(-0.7, 0.7, 4)

    def _raw(self, points: Floats) -> Floats:
        u, v, p = points[:, 0], points[:, 1], self._phase
        x = u + 9.0 * np.sin(v / 66 + p[0]) + 4.0 * np.sin(v / 31 + p[1])
        y = v + 7.0 * np.sin(u / 72 + p[2]) + 3.0 * np.sin(u / 37 + p[3])
        return np.stack([x, y], axis=-1)

    def __call__(self, points: Floats) -> Floats:
        return np.asarray(self._raw(points) - self._raw(np.zeros((1, 2))))

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> Floats:
        """Points about 3 m apart along the bent straight line."""
        count = int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / 3) + 2
        return self(np.linspace(start, end, count))


@dataclass(frozen=True)
class _Run:
    """One side of a street between two avenues.

    Attributes:
        line: Centre line of the street between them, n x 2.
        side: 1 for houses to the left of the line, -1 to the right.
        half: Half width of the carriageway.
    """

    line: Floats
    side: float
    half: float


def lay_out(place: Place) -> Layout:
    """Plan the place, cheaply. The same place gives the same plan."""
    return plan(place).layout


def plan(place: Place) -> Plan:
    """Plan streets and rows. The same place gives the same plan."""
    style, bounds = STYLES[place.country], square(place.extent)
    customs = CUSTOMS[place.country]
    bend = _Bend(stream(place.seed, "terraces bend"))
    streets, runs = _streets(bounds, bend, style, stream(place.seed, "terraces streets"))
    railway = _railway(place, style) if place.country is Country.UNITED_KINGDOM else None
    church = _church(streets[0], place, customs.town_kerb.pavement, railway)
    lots, rows = _houses(runs, style, customs.town_kerb.pavement, stream(place.seed, "terraces"))
    keep = bounds.inside(lots.centre, MARGIN)
    keep &= np.linalg.norm(lots.centre - np.array(church[:2]), axis=1) > CHURCH_ROOM
    if railway is not None:
        keep &= np.abs(lots.centre[:, 1] - railway) > VIADUCT_HALF + 8.0
    gap = cKDTree(np.vstack([street.line for street in streets])).query(lots.centre)[0]
    keep &= gap > LANE_HALF + 4.6
    lots, rows = _without(lots, rows, np.asarray(keep))
    layout = Layout(
        bounds,
        streets,
        lots,
        guide=streets[0].line,
        keep_left=customs.keep_left,
        landmarks=_landmarks(church, railway, streets[0]),
        railway=None if railway is None else _free_track(bounds, railway),
    )
    return Plan(layout, rows, church, railway)


def _landmarks(
    church: tuple[float, float, float], railway: float | None, main: Street
) -> tuple[Landmark, ...]:
    """The church, and the viaduct where the main street passes under it."""
    marks = [Landmark(frozenset(("church", "steeple")), (church[0], church[1], 14.0), 13.0)]
    if railway is not None:
        k = int(np.argmin(np.abs(main.line[:, 1] - railway)))
        spot = (float(main.line[k, 0]), railway, 7.0)
        marks.append(Landmark(frozenset(("viaduct", "railway", "bridge")), spot, 9.0))
    return tuple(marks)


def _free_track(bounds: Bounds, y: float) -> Railway:
    """The northern track of the viaduct; a train stands on the other."""
    x = np.linspace(bounds.x0, bounds.x0 + bounds.extent, 64)
    return Railway(np.c_[x, np.full(len(x), y + TRACK)], DECK + 0.15, goods=False)


def _railway(place: Place, style: Style) -> float:
    """Through the middle of a row of blocks, where it crosses no street lengthwise."""
    deep = ROWS * style.spacing
    row = np.floor((VIADUCT * place.extent - SHIFT * deep) / deep)
    return float((row + 0.5 + SHIFT) * deep)


def _church(
    main: Street, place: Place, pavement: float, railway: float | None
) -> tuple[float, float, float]:
    """Beside the main street, ahead of the camera."""
    line = main.line
    wish = 0.27 * place.extent
    if railway is not None:
        wish = min(wish, railway - CHURCH_ROOM - 22.0)
    k = int(np.argmin(np.abs(line[:, 1] - wish)))
    heading = line[k + 1] - line[k - 1]
    heading = heading / np.linalg.norm(heading)
    spot = line[k] + np.array([heading[1], -heading[0]]) * (MAIN + pavement + 12.0)
    return float(spot[0]), float(spot[1]), float(np.arctan2(heading[1], heading[0]) - np.pi)


def _streets(
    bounds: Bounds, bend: _Bend, style: Style, chance: np.random.Generator
) -> tuple[tuple[Street, ...], list[_Run]]:
    """Avenues round the blocks, the streets in them, and the sides that houses stand along."""
    gap = style.spacing
    wide, deep = COLUMNS * gap, ROWS * gap
    reach = bounds.extent / 2 + 60
    south, north = bounds.y0 - 60, bounds.y0 + bounds.extent + 60
    columns = int(np.ceil(reach / wide))
    first, last = int(np.floor(south / deep)), int(np.ceil(north / deep))
    shift = SHIFT * deep
    streets = [_street(bend.line((0.0, south), (0.0, north)), chance, main=True)]
    sides = [side * n for n in range(1, columns + 1) for side in (-1, 1)]
    streets += [_street(bend.line((k * wide, south), (k * wide, north)), chance) for k in sides]
    for k in range(first, last + 1):
        v = k * deep + shift
        streets.append(_street(bend.line((-reach, v), (reach, v)), chance))
    runs: list[_Run] = []
    for i in range(-columns, columns):
        for j in range(first, last):
            corner = (i * wide, j * deep + shift)
            north_south = i in (-1, 0) or chance.random() < 0.55
            inner = _block(bend, corner, gap, north_south=north_south)
            for k, run in enumerate(inner):
                # The first and the last side look on an avenue that exists already.
                if 0 < k < len(inner) - 1 and run.side > 0:
                    streets.append(_street(run.line, chance))
            runs += inner
    return tuple(streets), runs


def _street(line: Floats, chance: np.random.Generator, *, main: bool = False) -> Street:
    half = MAIN if main else LANE_HALF
    sodium = bool(chance.random() < 0.55) or main
    return Street(line, half, sodium, closed=False, avenue=main)


def _block(
    bend: _Bend, corner: tuple[float, float], gap: float, *, north_south: bool
) -> list[_Run]:
    """Both sides of the streets in a block, and the inner sides of the avenues along them."""
    count = COLUMNS if north_south else ROWS
    length = (ROWS if north_south else COLUMNS) * gap
    runs = []
    for k in range(count + 1):
        across = corner[0 if north_south else 1] + k * gap
        start = (across, corner[1]) if north_south else (corner[0], across)
        end = (across, corner[1] + length) if north_south else (corner[0] + length, across)
        line = bend.line(start, end)
        main = north_south and abs(across) < 1e-6
        half = MAIN if main else LANE_HALF
        # To the left of a line that runs north lies the west, of one that runs east the north.
        low, high = (1.0, -1.0) if north_south else (-1.0, 1.0)
        if k > 0:
            runs.append(_Run(line, low, half))
        if k < count:
            runs.append(_Run(line, high, half))
    return runs


def _houses(
    runs: list[_Run], style: Style, pavement: float, chance: np.random.Generator
) -> tuple[Lots, Rows]:
    """Houses along all runs, in rows of a few that are built alike."""
    tables = [np.zeros((0, 10))]
    row = 0
    for run in runs:
        table, row = _along(run, style, pavement, (row, chance))
        tables.append(table)
    every = np.vstack(tables)
    lots = Lots(every[:, :2], every[:, 2], every[:, 3], np.zeros(len(every)))
    return lots, Rows(
        width=every[:, 4],
        garden=every[:, 5],
        row=every[:, 6].astype(int),
        first=every[:, 7] > 0,
        last=every[:, 8] > 0,
        corner=every[:, 9] > 0,
    )


def _along(
    run: _Run, style: Style, pavement: float, state: tuple[int, np.random.Generator]
) -> tuple[Floats, int]:
    """Houses of one run: n x 10, and the number of the next row."""
    row, chance = state
    garden = 0.0 if chance.random() < style.bare else style.garden
    setback = run.half + pavement + garden + style.depth / 2
    heading = np.gradient(run.line, axis=0)
    heading = heading / np.linalg.norm(heading, axis=1, keepdims=True)
    out = np.c_[-heading[:, 1], heading[:, 0]] * run.side
    front = run.line + out * setback
    along = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(front, axis=0), axis=1))]
    inset = MAIN + pavement + 0.4
    start, end = inset, float(along[-1]) - inset
    edges, numbers = [], []
    while end - start > 3 * style.width[1]:
        width = chance.uniform(*style.width)
        count = int(chance.integers(9, 17))
        left = int((end - start) / width)
        if left < count + 5:
            count, width = left, (end - start) / left
        steps = width * (chance.uniform(0.84, 1.16, count) if style.uneven else np.ones(count))
        steps *= count * width / steps.sum()
        stops = start + np.r_[0.0, np.cumsum(steps)]
        edges.append(np.c_[stops[:-1], stops[1:]])
        numbers.append(np.full(count, row))
        row += 1
        start = float(stops[-1]) + (0.0 if style.uneven else chance.choice([0.0, 1.1]))
    if not edges:
        return np.zeros((0, 10)), row
    pairs, number = np.vstack(edges), np.concatenate(numbers)
    points = [
        np.stack([np.interp(pairs[:, k], along, front[:, axis]) for axis in (0, 1)], axis=-1)
        for k in (0, 1)
    ]
    # Seen from the street, a house on the left of a line has its right ahead.
    chord = (points[1] - points[0]) * run.side
    angle = np.arctan2(chord[:, 1], chord[:, 0])
    width = np.linalg.norm(chord, axis=1) + 0.05
    low = np.r_[True, np.abs(pairs[1:, 0] - pairs[:-1, 1]) > 0.05]
    high = np.r_[low[1:], True]
    first, last = (low, high) if run.side > 0 else (high, low)
    corner = np.zeros(len(pairs), bool)
    corner[[0, -1]] = True
    count = len(pairs)
    middle = (points[0] + points[1]) / 2
    reach = np.full(count, style.depth / 2 + garden + pavement)
    columns = (middle, angle, reach, width, np.full(count, garden), number, first, last, corner)
    return np.column_stack(columns), row


def _without(lots: Lots, rows: Rows, keep: Flags) -> tuple[Lots, Rows]:
    """Leave houses out; their neighbours then stand at an end."""
    gone = ~keep
    first, last = rows.first.copy(), rows.last.copy()
    along = np.stack([np.cos(lots.angle), np.sin(lots.angle)], axis=-1) * rows.width[:, None]
    if gone.any():
        tree = cKDTree(lots.centre[gone])
        first |= np.asarray(tree.query(lots.centre - along)[0] < 2.0)
        last |= np.asarray(tree.query(lots.centre + along)[0] < 2.0)
    which = np.flatnonzero(keep)
    kept = Lots(lots.centre[which], lots.angle[which], lots.reach[which], lots.foot[which])
    return kept, Rows(
        rows.width[which],
        rows.garden[which],
        rows.row[which],
        first[which],
        last[which],
        rows.corner[which],
    )
