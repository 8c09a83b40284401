"""The plan of housing blocks: a boulevard, cross streets, and groups of blocks round courts.

Between the streets lie cells. Each holds a group: parallel slabs, a court between high slabs, two
towers with a low building between them, or garages. Every group has drives of its own to the
street, and is turned a little, as planners did to let the sun in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.layout import Bounds, Landmark, Layout, Lots, Roadway, Street, square
from generique.world.places.blocks.style import STYLES, Series, Style
from generique.world.scene import Place

BOULEVARD, CROSS, DRIVE = 10.0, 4.6, 2.7
"""Half widths of carriageways, metres."""
LANES = Roadway((5.1,), (11.0,), (0.08,), spacing=38.0)
"""One lane each way beside the tracks; along the kerb the boulevard is free, for a camera too."""
GUIDE, GUIDE_ROOM = 8.2, 1.7
"""Metres east of the boulevard's middle where a camera near the ground keeps to, and its room."""
TRACKS = 3.4
"""Half the width of the tracks in the middle of the boulevard, metres."""
CELL = (112.0, 106.0)
"""Metres along x and y that a group takes."""
CELLS = 2
"""Cells between two streets, along each axis."""
STREET_ROOM = 26.0
"""Metres from one pair of cells to the next, for the street between them."""
PLANT = (118.0, 262.0)
"""Metres west and north of the origin where the chimney of the heating plant stands."""
PLANT_ROOM = 62.0
FREE = 23.0
"""Metres to either side of the boulevard's middle where no block stands."""


class Kind(IntEnum):
    """Kinds of blocks."""

    LOW = 0
    HIGH = 1
    TOWER = 2


@dataclass(frozen=True)
class Blocks:
    """The blocks; arrays with one row each.

    Attributes:
        lots: Where they stand; the front, where the doors are, looks along -y.
        kind: Of :class:`Kind`.
        sections: Staircases side by side.
        length: Metres along the front.
        depth: Metres.
        height: Metres.
    """

    lots: Lots
    kind: Ints
    sections: Ints
    length: Floats
    depth: Floats
    height: Floats

    def __len__(self) -> int:
        return len(self.kind)

    def outline(self, margin: float) -> Floats:
        """Corners on the ground, n x 4 x 2, this much outside the walls."""
        half, deep = self.length / 2 + margin, self.depth / 2 + margin
        corners = np.stack(
            [np.stack([sx * half, sy * deep, 0 * half], axis=-1) for sx, sy in _RING], axis=1
        )
        return self.lots.to_world(np.arange(len(self)), corners)[..., :2]


_RING = ((-1, -1), (1, -1), (1, 1), (-1, 1))


@dataclass(frozen=True)
class Plan:
    """The plan.

    Attributes:
        layout: Streets, blocks as lots, and the way through.
        blocks: The blocks.
        courts: n x 3; x, y and turn of playgrounds.
        pavilions: n x 3; low buildings between towers.
        garages: n x 3; middles of double rows of garages.
        plant: x, y of the heating plant's chimney.
    """

    layout: Layout
    blocks: Blocks
    courts: Floats
    pavilions: Floats
    garages: Floats
    plant: Floats


@dataclass
class _Sheet:
    """What is being planned."""

    blocks: list[tuple[float, float, float, int, int]]
    streets: list[Street]
    courts: list[tuple[float, float, float]]
    pavilions: list[tuple[float, float, float]]
    garages: list[tuple[float, float, float]]


def lay_out(place: Place) -> Layout:
    """Plan the place, cheaply. The same place gives the same plan."""
    return plan(place).layout


def plan(place: Place) -> Plan:
    """Plan streets, groups and blocks. The same place gives the same plan."""
    style, bounds = STYLES[place.country], square(place.extent)
    sheet = _Sheet([], _streets(bounds, stream(place.seed, "blocks streets")), [], [], [])
    for corner, beside in _cells(bounds):
        # Every cell has a stream of its own, so that a larger place holds the same groups.
        name = f"blocks at {round(corner[0])} {round(corner[1])}"
        _group(sheet, corner, style, (beside, stream(place.seed, name)))
    blocks = _collect(sheet.blocks, style)
    plant = np.array([-PLANT[0], min(PLANT[1], 0.56 * place.extent)])
    if style.garages:
        sheet.streets = [
            s for s in sheet.streets if s.half_width > DRIVE or _far(s.line, plant).all()
        ]
    keep = _clear(blocks, bounds, sheet.streets)
    if style.garages:
        keep &= _far(blocks.lots.centre, plant)
    blocks = _choose(blocks, keep)
    streets = tuple(sheet.streets)
    guide = streets[0].line + np.array([GUIDE, 0.0])
    layout = Layout(
        bounds,
        streets,
        blocks.lots,
        guide,
        room=GUIDE_ROOM,
        landmarks=_landmarks(blocks, plant if style.garages else None),
    )
    found = []
    for rows, room in ((sheet.courts, 12.0), (sheet.pavilions, 20.0), (sheet.garages, 50.0)):
        table = np.array(rows, float).reshape(-1, 3)
        free = bounds.inside(table[:, :2], room)
        if style.garages:
            free &= _far(table[:, :2], plant)
        found.append(table[free])
    courts, pavilions, garages = found
    return Plan(layout, blocks, courts, pavilions, garages, plant)


def _landmarks(blocks: Blocks, plant: Floats | None) -> tuple[Landmark, ...]:
    """The chimney of the heating plant, and the towers, the nearest to the start first."""
    marks = []
    if plant is not None:
        spot = (float(plant[0]), float(plant[1]), 34.0)
        marks.append(Landmark(frozenset(("chimney", "heating", "plant")), spot, 30.0))
    centre = blocks.lots.centre
    for k in np.argsort(np.linalg.norm(centre, axis=1), kind="stable"):
        if blocks.kind[k] == Kind.TOWER:
            spot = (float(centre[k, 0]), float(centre[k, 1]), float(blocks.height[k] / 2))
            radius = float(np.hypot(blocks.length[k], blocks.height[k]) / 2)
            marks.append(Landmark(frozenset(("tower", "block")), spot, radius))
    return tuple(marks)


def _far(points: Floats, plant: Floats) -> Flags:
    """True for points that leave the heating plant its yard."""
    return np.asarray(np.linalg.norm(points - plant - [18.0, 0.0], axis=1) > PLANT_ROOM)


def _streets(bounds: Bounds, chance: np.random.Generator) -> list[Street]:
    south, north = bounds.y0 - 60, bounds.y0 + bounds.extent + 60
    phase = chance.uniform(0, 2 * np.pi)
    y = np.arange(south, north, 3.0)
    sway = 4.0 * (np.sin(y / 150 + phase) - np.sin(phase))
    main = Street(np.c_[sway, y], BOULEVARD, sodium=True, closed=False, avenue=True, roadway=LANES)
    streets = [main]
    pitch_x, pitch_y = (CELLS * side + STREET_ROOM for side in CELL)
    reach = bounds.extent / 2 + 60
    across = np.arange(-reach, reach, 3.0)
    for k in range(int(np.floor(south / pitch_y)), int(np.ceil(north / pitch_y)) + 1):
        line = np.c_[across, np.full(len(across), k * pitch_y - 0.32 * pitch_y)]
        streets.append(Street(line, CROSS, bool(chance.random() < 0.6), closed=False, avenue=False))
    for k in (side * n for n in range(1, int(np.ceil(reach / pitch_x)) + 1) for side in (-1, 1)):
        x = k * pitch_x + np.sign(k) * (FREE - STREET_ROOM / 2)
        line = np.c_[np.full(len(y), x), y]
        streets.append(Street(line, CROSS, bool(chance.random() < 0.6), closed=False, avenue=True))
    return streets


def _cells(bounds: Bounds) -> list[tuple[tuple[float, float], float]]:
    """South-west corners of all cells, and the side on which the boulevard passes: -1, 1 or 0."""
    pitch_x, pitch_y = (CELLS * side + STREET_ROOM for side in CELL)
    south, north = bounds.y0, bounds.y0 + bounds.extent
    rows = range(int(np.floor(south / pitch_y)) - 1, int(np.ceil(north / pitch_y)) + 1)
    columns = int(np.ceil(bounds.extent / 2 / pitch_x)) + 1
    found = []
    for j in rows:
        for i in range(-columns, columns):
            # East of the boulevard cells count from it; west of it they count towards it.
            base = FREE + i * pitch_x if i >= 0 else -FREE + (i + 1) * pitch_x - CELLS * CELL[0]
            for a in range(CELLS):
                for b in range(CELLS):
                    x = base + a * CELL[0]
                    y = (j - 0.32) * pitch_y + STREET_ROOM / 2 + b * CELL[1]
                    beside = (
                        -1.0 if i == 0 and a == 0 else 1.0 if i == -1 and a == CELLS - 1 else 0.0
                    )
                    low, high = bounds.x0, bounds.x0 + bounds.extent
                    if low < x + CELL[0] and x < high and south < y + CELL[1] and y < north:
                        found.append(((x, y), beside))
    return found


def _group(
    sheet: _Sheet,
    corner: tuple[float, float],
    style: Style,
    state: tuple[float, np.random.Generator],
) -> None:
    """Plan what stands in one cell."""
    beside, chance = state
    middle = np.array(corner) + np.array(CELL) / 2
    turn = 0.0 if beside else float(chance.normal(0, 0.05))
    draw = chance.random()
    if beside:
        _along_boulevard(sheet, middle, beside, (style, chance))
    elif draw < 0.36:
        _parallel(sheet, middle, turn, style)
    elif draw < 0.70:
        _court(sheet, middle, turn, (style, chance))
    elif draw < 0.88 or not style.garages:
        _towers(sheet, middle, turn, chance)
    else:
        _garages(sheet, middle, turn)


def _spot(middle: Floats, turn: float, x: float, y: float) -> tuple[float, float]:
    cosine, sine = np.cos(turn), np.sin(turn)
    return float(middle[0] + cosine * x - sine * y), float(middle[1] + sine * x + cosine * y)


def _add(sheet: _Sheet, spot: tuple[float, float], turn: float, kind: Kind, sections: int) -> None:
    sheet.blocks.append((*spot, turn, int(kind), sections))


def _drive(sheet: _Sheet, middle: Floats, turn: float, points: list[tuple[float, float]]) -> None:
    """A drive through these points of a group."""
    line = np.array([_spot(middle, turn, *point) for point in points])
    along = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    even = np.linspace(0, along[-1], max(3, int(along[-1] / 3)))
    smooth = np.stack([np.interp(even, along, line[:, k]) for k in (0, 1)], axis=-1)
    sheet.streets.append(Street(smooth, DRIVE, sodium=True, closed=False, avenue=False))


def _along_boulevard(
    sheet: _Sheet, middle: Floats, beside: float, state: tuple[Style, np.random.Generator]
) -> None:
    """A high slab beside the boulevard and lower ones behind it, or two towers."""
    _, chance = state
    if chance.random() < 0.3:
        for y in (-27.0, 27.0):
            spot = _spot(middle, 0.0, beside * 30, y)
            _add(sheet, spot, -np.pi / 2 * beside, Kind.TOWER, 1)
        _add(sheet, _spot(middle, 0.0, -beside * 30, 0.0), -np.pi / 2 * beside, Kind.LOW, 4)
        sheet.courts.append((*_spot(middle, 0.0, -beside * 4.0, 0.0), 0.0))
    else:
        # The doors are in the court, the balconies look on the boulevard.
        spot = _spot(middle, 0.0, beside * 44, 0.0)
        _add(sheet, spot, -np.pi / 2 * beside, Kind.HIGH, int(chance.integers(4, 6)))
        for y in (-36.0, 36.0):
            turn = 0.0 if y > 0 else np.pi
            _add(sheet, _spot(middle, 0.0, -beside * 16, y), turn, Kind.LOW, 3)
        sheet.courts.append((*_spot(middle, 0.0, -beside * 12, 0.0), 0.0))
    _drive(sheet, middle, 0.0, [(beside * 26, -62), (beside * 26, 62)])
    _drive(sheet, middle, 0.0, [(beside * 26, -20), (-beside * 50, -20)])
    _drive(sheet, middle, 0.0, [(beside * 26, 20), (-beside * 50, 20)])


def _parallel(sheet: _Sheet, middle: Floats, turn: float, style: Style) -> None:
    """Three long low slabs, one behind the other, with a drive along each."""
    gap = style.low.depth + 23.0
    for k in (-1, 0, 1):
        _add(sheet, _spot(middle, turn, 0.0, k * gap), turn, Kind.LOW, 5 if k else 4)
        y = k * gap - style.low.depth / 2 - 8.0
        _drive(sheet, middle, turn, [(-50, y), (52, y)])
    _drive(sheet, middle, turn, [(52, -62), (52, 62)])
    sheet.courts.append((*_spot(middle, turn, 12.0, -gap / 2 + 3.0), turn))


def _court(
    sheet: _Sheet, middle: Floats, turn: float, state: tuple[Style, np.random.Generator]
) -> None:
    """High slabs round a court: to the north and to one or both sides."""
    style, chance = state
    deep = style.high.depth / 2
    _add(sheet, _spot(middle, turn, 0.0, 50.0 - deep), turn, Kind.HIGH, 5)
    side = 1.0 if chance.random() < 0.5 else -1.0
    both = chance.random() < 0.45
    for sign in (side, -side) if both else (side,):
        spot = _spot(middle, turn, sign * (50.0 - deep), -13.0)
        _add(sheet, spot, turn - sign * np.pi / 2, Kind.HIGH, 3)
    if not both:
        _add(sheet, _spot(middle, turn, -side * 30.0, -30.0), turn, Kind.LOW, 2)
    y = 50.0 - 2 * deep - 9.0
    _drive(sheet, middle, turn, [(-52, y), (52, y)])
    x = side * (50.0 - 2 * deep - 9.0)
    _drive(sheet, middle, turn, [(x, y), (x, -62)])
    if both:
        _drive(sheet, middle, turn, [(-x, y), (-x, -62)])
    sheet.courts.append((*_spot(middle, turn, 0.0, -2.0), turn))


def _towers(sheet: _Sheet, middle: Floats, turn: float, chance: np.random.Generator) -> None:
    """Two or three towers, a low building between them."""
    spots = [(-31.0, 30.0), (31.0, 20.0), (-26.0, -33.0)][: int(chance.integers(2, 4))]
    for x, y in spots:
        _add(sheet, _spot(middle, turn, x, y), turn, Kind.TOWER, 1)
    sheet.pavilions.append((*_spot(middle, turn, 26.0, -28.0), turn))
    _drive(sheet, middle, turn, [(-52, 5), (52, -3)])
    _drive(sheet, middle, turn, [(0, 3), (0, 60)])
    sheet.courts.append((*_spot(middle, turn, -2.0, -22.0), turn))


def _garages(sheet: _Sheet, middle: Floats, turn: float) -> None:
    """Double rows of garages with lanes between them, and a slab beyond."""
    for k in (-1, 0, 1):
        sheet.garages.append((*_spot(middle, turn, 0.0, -22.0 + 20.0 * k), turn))
        _drive(sheet, middle, turn, [(-46, -32.0 + 20.0 * k), (46, -32.0 + 20.0 * k)])
    _drive(sheet, middle, turn, [(46, -62), (46, 24), (-46, 24)])
    _add(sheet, _spot(middle, turn, 0.0, 40.0), turn, Kind.LOW, 5)


def _collect(rows: list[tuple[float, float, float, int, int]], style: Style) -> Blocks:
    table = np.array(rows, float).reshape(-1, 5)
    series = series_of(style)
    kind = table[:, 3].astype(int)
    sections = table[:, 4].astype(int)
    bay = np.array([s.bay * s.section for s in series])[kind]
    depth = np.array([s.depth for s in series])[kind]
    height = np.array([s.height for s in series])[kind]
    lots = Lots(table[:, :2], table[:, 2], depth / 2 + 10.0, np.zeros(len(table)))
    return Blocks(lots, kind, sections, sections * bay, depth, height)


def series_of(style: Style) -> tuple[Series, Series, Series]:
    """The series in the order of :class:`Kind`."""
    return style.low, style.high, style.tower


def _clear(blocks: Blocks, bounds: Bounds, streets: list[Street]) -> Flags:
    """True for blocks that lie inside the place and on no street."""
    outline = blocks.outline(1.5)
    inside = bounds.inside(outline.reshape(-1, 2), 3).reshape(-1, 4).all(axis=1)
    free = np.ones(len(blocks), bool)
    for street in streets:
        for k in np.flatnonzero(inside & free):
            local = _local(blocks.lots, int(k), street.line)
            half, deep = blocks.length[k] / 2, blocks.depth[k] / 2
            room = street.half_width + 1.5
            near = (np.abs(local[:, 0]) < half + room) & (np.abs(local[:, 1]) < deep + room)
            free[k] = not near.any()
    return np.asarray(inside & free)


def _local(lots: Lots, k: int, points: Floats) -> Floats:
    """Points of the plane in a lot's axes, n x 2."""
    cosine, sine = np.cos(lots.angle[k]), np.sin(lots.angle[k])
    offset = points - lots.centre[k]
    return np.stack(
        [cosine * offset[:, 0] + sine * offset[:, 1], cosine * offset[:, 1] - sine * offset[:, 0]],
        axis=-1,
    )


def _choose(blocks: Blocks, keep: Flags) -> Blocks:
    which = np.flatnonzero(keep)
    # Of two that touch, the later one is left out.
    centre, reach = blocks.lots.centre, np.minimum(blocks.length, blocks.depth) / 2
    chosen: list[int] = []
    for k in which:
        spine = _spine(blocks, int(k))
        clash = any(
            cKDTree(_spine(blocks, j)).query(spine)[0].min() < reach[k] + reach[j] + 2.0
            for j in chosen
            if np.linalg.norm(centre[k] - centre[j]) < 130
        )
        if not clash:
            chosen.append(int(k))
    index = np.array(chosen, int)
    lots = blocks.lots
    return Blocks(
        Lots(lots.centre[index], lots.angle[index], lots.reach[index], lots.foot[index]),
        blocks.kind[index],
        blocks.sections[index],
        blocks.length[index],
        blocks.depth[index],
        blocks.height[index],
    )


def _spine(blocks: Blocks, k: int) -> Floats:
    """Points along the middle of a block."""
    reach = max(float(blocks.length[k] - blocks.depth[k]) / 2, 0.0)
    way = np.array([np.cos(blocks.lots.angle[k]), np.sin(blocks.lots.angle[k])])
    steps = np.linspace(-reach, reach, max(2, int(reach / 3)))
    return np.asarray(blocks.lots.centre[k] + steps[:, None] * way)
