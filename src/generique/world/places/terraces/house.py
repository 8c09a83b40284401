"""Houses in rows: walls, roofs, chimney stacks, bays and what stands behind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.kit.solids import boxes
from generique.world.layout import Lots
from generique.world.mesh import Finish, Level, Quads, Surface, detail, join, paint
from generique.world.places.terraces.plan import Plan
from generique.world.places.terraces.style import PAINTED, Style

STONE = np.array((0.36, 0.33, 0.28))
CLAY, BUFF = (0.22, 0.10, 0.06), (0.30, 0.25, 0.17)
GUTTER = (0.035, 0.035, 0.037)
PLINTH = (0.14, 0.13, 0.12)


@dataclass(frozen=True)
class Terrace:
    """Measures of all houses; arrays with one row a house, metres unless said otherwise.

    Attributes:
        lots: Where they stand.
        depth: From front to back, one value for all.
        storey: Height of one.
        eaves: Height of the walls.
        ridge: Height of the roof.
        mansard: True where the upper storey is a steep roof.
        first: True where the left wall is free.
        last: True where the right wall is free.
        bay: Storeys of the bay window: 0 for none.
        hand: 1 where the door is on the right, -1 on the left.
        shop: True where the ground floor is a shop.
        wing: Width of the back wing, 0 for none.
    """

    lots: Lots
    width: Floats
    depth: float
    storey: float
    storeys: Ints
    eaves: Floats
    ridge: Floats
    mansard: Flags
    first: Flags
    last: Flags
    garden: Floats
    bay: Ints
    hand: Floats
    shop: Flags
    occupied: Flags
    wall: Floats
    roof: Floats
    trim: Floats
    door: Floats
    snow: Floats
    wing: Floats
    wing_depth: Floats
    wing_high: Flags

    def __len__(self) -> int:
        return len(self.width)


def draw_terrace(plan: Plan, style: Style, seed: int) -> Terrace:
    """Draw the measures of every house; those of a row share most."""
    chance, rows = stream(seed, "terraced houses"), plan.rows
    count, kinds = len(rows.width), int(rows.row.max(initial=0)) + 1
    of_row = rows.row

    def each(values: Floats, alone: Floats) -> Floats:
        return alone if style.uneven else values[of_row]

    storeys = each(chance.choice(style.storeys, kinds), chance.choice(style.storeys, count))
    mansard = chance.random(count) < style.mansard
    pitch = each(chance.uniform(*style.pitch, kinds), chance.uniform(*style.pitch, count))
    lift = chance.uniform(-0.25, 0.25, count) if style.uneven else chance.normal(0, 0.015, count)
    eaves = style.storey * storeys + 0.35 + lift
    wall = each(
        style.walls[chance.integers(len(style.walls), size=kinds)],
        style.walls[chance.integers(len(style.walls), size=count)],
    )
    wall = wall * chance.uniform(0.93, 1.07, (count, 1))
    painted = (chance.random(count) < 0.09) & ~np.full(count, style.shutters)
    wall[painted] = PAINTED[chance.integers(len(PAINTED), size=count)][painted]
    roof = each(
        style.roofs[chance.integers(len(style.roofs), size=kinds)],
        style.roofs[chance.integers(len(style.roofs), size=count)],
    )
    renewed = chance.random(count) < 0.16
    roof[renewed] = style.roofs[chance.integers(len(style.roofs), size=count)][renewed]
    bay = np.where(chance.random(kinds) < style.bays, chance.choice([1, 1, 2], kinds), 0)[of_row]
    shop = rows.corner & (rows.first | rows.last) & (chance.random(count) < style.shops)
    if style.uneven:
        shop |= chance.random(count) < 0.10
    wing = np.where(chance.random(count) < (0.5 if style.uneven else 0.85), 1.0, 0.0)
    ridge = np.where(mansard, eaves + 2.7, eaves + style.depth / 2 * pitch)
    return Terrace(
        lots=plan.layout.lots,
        width=rows.width,
        depth=style.depth,
        storey=style.storey,
        storeys=storeys,
        eaves=eaves,
        ridge=ridge,
        mansard=mansard,
        first=rows.first,
        last=rows.last,
        garden=rows.garden,
        bay=np.where((rows.garden > 1) & ~shop, bay, 0),
        hand=np.where(np.arange(count) % 2 == 0, 1.0, -1.0),
        shop=shop,
        occupied=chance.random(count) < 0.86,
        wall=wall,
        roof=roof * chance.uniform(0.82, 1.14, (count, 1)),
        trim=STONE * chance.uniform(0.8, 1.25, (count, 1)),
        door=_doors(chance, count),
        snow=np.clip(chance.normal(0.84, 0.17, count), 0.2, 0.98),
        wing=wing * rows.width * chance.uniform(0.46, 0.56, count),
        wing_depth=chance.uniform(2.6, 5.2, count),
        wing_high=chance.random(count) < 0.55,
    )


def _doors(chance: np.random.Generator, count: int) -> Floats:
    colours = np.array(
        [
            (0.02, 0.02, 0.025),
            (0.16, 0.02, 0.02),
            (0.02, 0.05, 0.12),
            (0.02, 0.08, 0.05),
            (0.45, 0.45, 0.43),
            (0.20, 0.12, 0.03),
            (0.10, 0.16, 0.20),
        ]
    )
    return colours[chance.integers(len(colours), size=count)]


def points(*corners: tuple[Floats | float, Floats | float, Floats | float]) -> Floats:
    """Quads from four corners given as x, y and z: n x 4 x 3."""
    shape = np.broadcast_shapes(*(np.shape(v) for corner in corners for v in corner))
    full = [[np.broadcast_to(np.asarray(v, float), shape) for v in corner] for corner in corners]
    return np.stack([np.stack(corner, axis=-1) for corner in full], axis=-2)


def house_quads(houses: Terrace, seed: int) -> Quads:
    """Everything of the houses but windows, doors and what is before the front."""
    chance = stream(seed, "terrace details")
    parts = [_walls(houses), _roofs(houses), _gables(houses), _wings(houses)]
    parts += [_stacks(houses, chance), _gutters(houses)]
    return join(parts)


def _put(houses: Terrace, which: Ints, corners: Floats, finish: Finish) -> Quads:
    return paint(houses.lots.to_world(which, corners), finish)


def _walls(houses: Terrace) -> Quads:
    every, half, back = np.arange(len(houses)), houses.width / 2, houses.depth / 2
    top, zero = houses.eaves, np.zeros(len(houses))
    front = points(
        (-half, -back, zero), (half, -back, zero), (half, -back, top), (-half, -back, top)
    )
    rear = points((half, back, zero), (-half, back, zero), (-half, back, top), (half, back, top))
    finish = Finish(houses.wall, level=Level.EVERYWHERE, step=2.6)
    foot = points(
        (-half, -back - 0.04, zero),
        (half, -back - 0.04, zero),
        (half, -back - 0.04, 0.45),
        (-half, -back - 0.04, 0.45),
    )
    low = Finish(PLINTH, surface=Surface.DETAIL, level=Level.NEAR, step=3)
    return join(
        [
            _put(houses, every, front, finish),
            _put(houses, every, rear, Finish(houses.wall * 0.9, level=Level.EVERYWHERE, step=2.6)),
            _put(houses, every, foot, low),
        ]
    )


def _roofs(houses: Terrace) -> Quads:
    """Two slopes, or the steep and the flat slopes of a mansard, front and back."""
    parts = []
    half = houses.width / 2
    plain = np.flatnonzero(~houses.mansard)
    steep = np.flatnonzero(houses.mansard)
    for side in (-1.0, 1.0):
        lap = 0.28
        rise = (houses.ridge - houses.eaves) / (houses.depth / 2)
        w, top, foot = half[plain], houses.ridge[plain], (houses.eaves - lap * rise)[plain]
        edge = side * (houses.depth / 2 + lap)
        slope = points((-w, edge, foot), (w, edge, foot), (w, 0.0, top), (-w, 0.0, top))
        slope = slope if side < 0 else slope[:, ::-1]
        parts.append(_put(houses, plain, slope, _tiles(houses, plain)))
        w, base, top = half[steep], houses.eaves[steep], houses.ridge[steep]
        edge, knee = side * (houses.depth / 2 + 0.15), side * (houses.depth / 2 - 0.95)
        brow = top - 0.45
        lower = points((-w, edge, base), (w, edge, base), (w, knee, brow), (-w, knee, brow))
        upper = points((-w, knee, brow), (w, knee, brow), (w, 0.0, top), (-w, 0.0, top))
        for slope in (lower, upper):
            turned = slope if side < 0 else slope[:, ::-1]
            parts.append(_put(houses, steep, turned, _tiles(houses, steep, zinc=True)))
    return join(parts)


def _tiles(houses: Terrace, which: Ints, *, zinc: bool = False) -> Finish:
    albedo = houses.roof[which]
    if zinc:
        albedo = np.array((0.115, 0.122, 0.135)) * (0.8 + 2.4 * albedo[:, :1])
    return Finish(albedo, snow=houses.snow[which], level=Level.EVERYWHERE, step=2.4)


def _gables(houses: Terrace) -> Quads:
    """Free ends of rows, and the steps where a house is higher than its neighbour."""
    parts = []
    back = houses.depth / 2
    uneven = bool(np.ptp(houses.eaves) > 1.0)
    for side, free in ((-1.0, houses.first), (1.0, houses.last)):
        which = np.flatnonzero(free | uneven)
        x = side * houses.width[which] / 2
        base, top = houses.eaves[which], houses.ridge[which]
        knee = np.where(houses.mansard[which], back - 0.95, 0.0)
        brow = np.where(houses.mansard[which], top - 0.45, top)
        wall = points((x, -back, 0.0), (x, back, 0.0), (x, back, base), (x, -back, base))
        peak = points((x, -back, base), (x, back, base), (x, knee, brow), (x, -knee, brow))
        cap = points((x, -knee, brow), (x, knee, brow), (x, 0.0, top), (x, 0.0, top))
        for corners in (wall, peak, cap):
            turned = corners if side > 0 else corners[:, ::-1]
            finish = Finish(houses.wall[which] * 0.94, level=Level.EVERYWHERE, step=2.8)
            parts.append(_put(houses, which, turned, finish))
    return join(parts)


def _wings(houses: Terrace) -> Quads:
    """Back wings, handed in pairs, under a single slope."""
    which = np.flatnonzero(houses.wing > 0)
    side = -houses.hand[which]
    inner = side * (houses.width[which] / 2 - houses.wing[which])
    outer = side * houses.width[which] / 2
    y0 = houses.depth / 2
    y1 = y0 + houses.wing_depth[which]
    high = np.where(houses.wing_high[which], houses.eaves[which] - 0.6, 2.5)
    top = high + houses.wing[which] * 0.5
    faces = [
        points((inner, y0, 0.0), (inner, y1, 0.0), (inner, y1, high), (inner, y0, high)),
        points((outer, y0, 0.0), (outer, y1, 0.0), (outer, y1, top), (outer, y0, top)),
        points((inner, y1, 0.0), (outer, y1, 0.0), (outer, y1, top), (inner, y1, high)),
    ]
    finish = Finish(houses.wall[which] * 0.88, level=Level.ALWAYS, step=2.8)
    centre = np.stack([(inner + outer) / 2, (y0 + y1) / 2, high / 2], axis=-1)
    parts = [_put(houses, which, facing(corners, centre), finish) for corners in faces]
    reach = y1 + 0.15
    slope = points((inner, y0, high), (inner, reach, high), (outer, reach, top), (outer, y0, top))
    roof = Finish(houses.roof[which], snow=houses.snow[which], level=Level.ALWAYS, step=2.6)
    parts.append(_put(houses, which, facing(slope, centre), roof))
    return join(parts)


def facing(corners: Floats, centre: Floats) -> Floats:
    """Turn quads in their own axes away from a point each."""
    cross = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    away = np.sum(cross * (corners.mean(axis=1) - centre), axis=1)
    return np.where((away < 0)[:, None, None], corners[:, ::-1], corners)


def _stacks(houses: Terrace, chance: np.random.Generator) -> Quads:
    """Chimney stacks on the party walls, with their pots in line."""
    count = len(houses)
    which = np.flatnonzero(
        (chance.random(count) < 0.9) & ~(houses.last & (chance.random(count) < 0.4))
    )
    x, top = houses.width[which] / 2, houses.ridge[which]
    tall = top + chance.uniform(0.9, 1.5, count)[which]
    long = chance.uniform(0.55, 0.85, count)[which]
    y = np.where(houses.mansard[which], 0.0, chance.choice([0.0, 0.0, 0.9], count)[which])
    parts = [
        boxes(
            houses.lots,
            which,
            np.stack([x - 0.33, y - long, top - 1.2], axis=-1),
            np.stack([x + 0.33, y + long, tall], axis=-1),
            Finish(houses.wall[which] * 0.82, level=Level.EVERYWHERE, step=3),
        ),
        boxes(
            houses.lots,
            which,
            np.stack([x - 0.40, y - long - 0.07, tall - 0.28], axis=-1),
            np.stack([x + 0.40, y + long + 0.07, tall - 0.12], axis=-1),
            Finish(houses.wall[which] * 0.75, surface=Surface.DETAIL, level=Level.NEAR, step=3),
        ),
    ]
    pots = np.where(chance.random((len(which), 1)) < 0.75, np.array(CLAY), np.array(BUFF))
    for k in range(4):
        there = np.flatnonzero(chance.random(len(which)) < 0.86)
        at = y + (k - 1.5) / 1.5 * (long - 0.22)
        low = np.stack([x - 0.12, at - 0.12, tall - 0.02], axis=-1)[there]
        high = np.stack([x + 0.12, at + 0.12, tall + 0.42], axis=-1)[there]
        parts.append(boxes(houses.lots, which[there], low, high, detail(pots[there])))
    low = np.stack([x - 0.1, y - long + 0.1, tall], axis=-1)
    high = np.stack([x + 0.1, y + long - 0.1, tall + 0.36], axis=-1)
    parts.append(boxes(houses.lots, which, low, high, detail(pots, level=Level.FAR)))
    return join(parts)


def chimney_mouths(houses: Terrace) -> Floats:
    """Where smoke or steam leaves the houses: n x 3 metres, one a house."""
    local = np.stack([houses.width / 2, 0 * houses.width, houses.ridge + 1.7], axis=-1)
    return houses.lots.to_world(np.arange(len(houses)), local)


def _gutters(houses: Terrace) -> Quads:
    """Gutters along the eaves and a pipe for every second house."""
    every, half, edge = np.arange(len(houses)), houses.width / 2, -houses.depth / 2 - 0.3
    top = houses.eaves - 0.05
    gutter = points(
        (-half, edge, top - 0.14), (half, edge, top - 0.14), (half, edge, top), (-half, edge, top)
    )
    finish = Finish(GUTTER, surface=Surface.DETAIL, level=Level.NEAR, step=6)
    pipes = every[::2]
    x, y = half[pipes], -houses.depth / 2 - 0.06
    pipe = points(
        (x - 0.05, y, 0.0), (x + 0.05, y, 0.0), (x + 0.05, y, top[pipes]), (x - 0.05, y, top[pipes])
    )
    parts = [_put(houses, every, gutter, finish), _put(houses, pipes, pipe, finish)]
    return join([*parts, *_courses(houses)])


def _courses(houses: Terrace) -> list[Quads]:
    """Bands of paler stone along the front, under the eaves and in some rows above the door."""
    half, y = houses.width / 2, -houses.depth / 2 - 0.05
    band = Finish(houses.trim * 0.9, surface=Surface.DETAIL, level=Level.NEAR, step=6)
    every, parts = np.arange(len(houses)), []
    low = houses.eaves - 0.42
    eaves = points((-half, y, low), (half, y, low), (half, y, low + 0.2), (-half, y, low + 0.2))
    parts.append(_put(houses, every, eaves, band))
    which = np.flatnonzero((houses.storeys > 1) & (houses.trim[:, 0] > 0.36))
    w, z = half[which], houses.storey + 0.12
    course = points((-w, y, z), (w, y, z), (w, y, z + 0.16), (-w, y, z + 0.16))
    some = Finish(houses.trim[which] * 0.9, surface=Surface.DETAIL, level=Level.NEAR, step=6)
    parts.append(_put(houses, which, course, some))
    return parts
