"""What lies between housing blocks: paths, playgrounds, garages, pipes, cars, trees."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Floats, Octets, stream
from generique.world.country import Customs
from generique.world.ground import Pen
from generique.world.layout import NO_LOTS, Lots, to_others
from generique.world.mesh import Finish, Level, Quads, Surface, join, outward, paint
from generique.world.places.blocks.plan import BOULEVARD, DRIVE, Blocks, Plan
from generique.world.places.blocks.style import Style
from generique.world.solids import boxes
from generique.world.tree import Kind, Trees, grow

BRIGHT = np.array([(0.40, 0.05, 0.03), (0.05, 0.12, 0.36), (0.45, 0.32, 0.03), (0.04, 0.22, 0.08)])
"""Paint of playgrounds."""
GARAGE_DOORS = np.array(
    [
        (0.10, 0.05, 0.03),
        (0.05, 0.10, 0.07),
        (0.13, 0.14, 0.15),
        (0.06, 0.09, 0.15),
        (0.18, 0.10, 0.06),
    ]
)
SILVER = (0.34, 0.34, 0.35)
GARAGE = (3.3, 6.0, 2.5)
"""Width, depth and height, metres."""
GARAGES = 26
"""In a row."""
PLUMES = 60
SIGHT = 25.0
"""Metres to either side of the boulevard's middle with young trees in rows and no others."""
TREES = 0.0062
"""A square metre of open ground."""


def spots(table: Floats) -> Lots:
    """Places with axes of their own, of n x 3 rows of x, y and turn."""
    if len(table) == 0:
        return NO_LOTS
    zero = np.zeros(len(table))
    return Lots(table[:, :2], table[:, 2], zero, zero)


def _nothing() -> Quads:
    return paint(np.zeros((0, 4, 3)), Finish((0.0, 0.0, 0.0)))


def _box(
    lots: Lots, low: tuple[float, float, float], high: tuple[float, float, float], finish: Finish
) -> Quads:
    """The same box for every place."""
    every = np.arange(len(lots))
    one = np.ones((len(lots), 1))
    return boxes(lots, every, one * np.array([low]), one * np.array([high]), finish)


def _thing(albedo: Floats | tuple[float, float, float], level: Level = Level.NEAR) -> Finish:
    return Finish(albedo, surface=Surface.DETAIL, level=level, step=9)


def ground_quads(plan: Plan, style: Style, seed: int) -> Quads:
    """Playgrounds, low buildings, garages, pipes and the heating plant."""
    parts = [_playgrounds(plan, seed), _pavilions(plan)]
    if style.garages:
        parts += [_garages(plan, seed), _pipes(plan)]
    return join(parts)


def _playgrounds(plan: Plan, seed: int) -> Quads:
    """A sandpit, a slide, swings, a climbing arch and benches, in bright paint."""
    lots = spots(plan.courts)
    if len(lots) == 0:
        return _nothing()
    chance = stream(seed, "playgrounds")
    tone = [BRIGHT[chance.integers(len(BRIGHT), size=len(lots))] for _ in range(4)]
    parts = []
    for x0, y0, x1, y1 in (
        (-1.6, -1.6, 1.6, -1.4),
        (-1.6, 1.4, 1.6, 1.6),
        (-1.6, -1.4, -1.4, 1.4),
        (1.4, -1.4, 1.6, 1.4),
    ):
        parts.append(_box(lots, (x0 - 6, y0, 0.0), (x1 - 6, y1, 0.35), _thing(tone[0])))
    parts.append(_box(lots, (-7.4, -1.4, 0.0), (-4.6, 1.4, 0.12), _thing((0.30, 0.25, 0.17))))
    for x in (-1.9, 1.9):
        for y in (-0.7, 0.7):
            parts.append(
                _box(
                    lots,
                    (x - 0.05, 5.0 + y - 0.05, 0.0),
                    (x + 0.05, 5.0 + y + 0.05, 2.3),
                    _thing(tone[1]),
                )
            )
    parts.append(_box(lots, (-2.0, 4.95, 2.25), (2.0, 5.05, 2.35), _thing(tone[1])))
    for x in (-0.9, 0.9):
        parts.append(
            _box(lots, (x - 0.3, 4.85, 0.5), (x + 0.3, 5.15, 0.56), _thing((0.2, 0.13, 0.07)))
        )
        for side in (-0.28, 0.28):
            parts.append(
                _box(
                    lots,
                    (x + side - 0.012, 4.99, 0.5),
                    (x + side + 0.012, 5.01, 2.3),
                    _thing((0.1, 0.1, 0.1)),
                )
            )
    parts += _slide(lots, tone)
    for x, y in ((-6.0, 4.0), (4.0, -5.0), (-1.0, -5.5)):
        parts.append(
            _box(
                lots, (x - 0.9, y - 0.2, 0.4), (x + 0.9, y + 0.2, 0.47), _thing(tone[3], Level.NEAR)
            )
        )
        for leg in (-0.7, 0.7):
            parts.append(
                _box(
                    lots,
                    (x + leg - 0.05, y - 0.18, 0.0),
                    (x + leg + 0.05, y + 0.18, 0.4),
                    _thing((0.2, 0.2, 0.2)),
                )
            )
    for k in range(6):
        turn = np.pi * (k + 0.5) / 6
        x, z = 7.0 + 1.7 * np.cos(turn), 1.9 * np.sin(turn)
        parts.append(
            _box(lots, (x - 0.05, -1.1, z - 0.05), (x + 0.05, 1.1, z + 0.05), _thing(tone[k % 4]))
        )
    return join(parts)


def _slide(lots: Lots, tone: list[Floats]) -> list[Quads]:
    parts = []
    for x in (-0.6, 0.6):
        for y in (-0.6, 0.6):
            parts.append(
                _box(lots, (x - 0.06, y - 0.06, 0.0), (x + 0.06, y + 0.06, 2.9), _thing(tone[2]))
            )
    parts.append(_box(lots, (-0.65, -0.65, 1.45), (0.65, 0.65, 1.55), _thing(tone[1])))
    every, one = np.arange(len(lots)), np.ones((len(lots), 1, 1))
    chute = np.array(
        [[(-0.4, -0.65, 1.5), (0.4, -0.65, 1.5), (0.4, -3.6, 0.25), (-0.4, -3.6, 0.25)]]
    )
    parts.append(
        paint(
            lots.to_world(every, one * chute),
            Finish(SILVER, snow=0.6, surface=Surface.DETAIL, level=Level.NEAR, step=9),
        )
    )
    for ends in (((-0.9, -0.9), (0.9, 0.0)), ((0.9, 0.9), (-0.9, 0.0))):
        (x0, y0), (_, y1) = ends
        roof = np.array([[(-0.9, y0, 2.8), (0.9, y0, 2.8), (0.9, y1, 3.5), (-0.9, y1, 3.5)]])
        del x0
        parts.append(
            paint(
                lots.to_world(every, one * roof),
                Finish(tone[0], snow=0.9, surface=Surface.DETAIL, step=9),
            )
        )
    return parts


def _pavilions(plan: Plan) -> Quads:
    """Kindergartens and shops: two storeys with wide windows in bands."""
    lots = spots(plan.pavilions)
    if len(lots) == 0:
        return _nothing()
    wall = Finish((0.37, 0.34, 0.29), level=Level.EVERYWHERE, step=4)
    parts = [
        _box(lots, (-13.0, -7.0, 0.0), (13.0, 3.0, 6.6), wall),
        _box(lots, (4.0, 3.0, 0.0), (13.0, 12.0, 3.6), wall),
    ]
    every, one = np.arange(len(lots)), np.ones((len(lots), 1, 1))
    dark = Finish((0.03, 0.03, 0.035), surface=Surface.GLASS, step=9)
    for low in (1.0, 4.3):
        for k in range(8):
            x = -12.2 + k * 3.05
            pane = np.array(
                [
                    [
                        (x, -7.06, low),
                        (x + 2.5, -7.06, low),
                        (x + 2.5, -7.06, low + 1.6),
                        (x, -7.06, low + 1.6),
                    ]
                ]
            )
            parts.append(paint(lots.to_world(every, one * pane), dark))
    return join(parts)


def _garages(plan: Plan, seed: int) -> Quads:
    """Two rows of garages, back to back, under roofs of felt."""
    lots = spots(plan.garages)
    if len(lots) == 0:
        return _nothing()
    chance = stream(seed, "garages")
    wide, deep, high = GARAGE
    x = (np.arange(GARAGES) - GARAGES / 2) * wide
    which = np.repeat(np.arange(len(lots)), 2 * GARAGES)
    left = np.tile(np.r_[x, x], len(lots))
    back = np.tile(np.repeat([-1.0, 1.0], GARAGES), len(lots))
    keep = chance.random(len(which)) < 0.96
    which, left, back = which[keep], left[keep], back[keep]
    tall = high + chance.normal(0, 0.06, len(which))
    brick = np.where(
        chance.random((len(which), 1)) < 0.4,
        np.array([(0.23, 0.12, 0.085)]),
        np.array([(0.30, 0.29, 0.275)]),
    )
    low = np.stack([left, np.where(back < 0, -deep, 0.0), 0 * left], axis=-1)
    top = np.stack([left + wide, np.where(back < 0, 0.0, deep), tall], axis=-1)
    tone = brick * chance.uniform(0.75, 1.1, (len(which), 1))
    parts = [boxes(lots, which, low, top, Finish(tone, level=Level.ALWAYS, step=4))]
    y = back * (deep + 0.04)
    door = np.stack(
        [
            np.stack([left + a, y, 0 * left + z], axis=-1)
            for a, z in ((0.3, 0.05), (3.0, 0.05), (3.0, 2.1), (0.3, 2.1))
        ],
        axis=1,
    )
    door = np.where((back > 0)[:, None, None], door[:, ::-1], door)
    colour = GARAGE_DOORS[chance.integers(len(GARAGE_DOORS), size=len(which))]
    parts.append(
        paint(
            lots.to_world(which, door), _thing(colour * chance.uniform(0.7, 1.4, (len(which), 1)))
        )
    )
    return join(parts)


def _pipes(plan: Plan) -> Quads:
    """Two lagged heating pipes on low posts beside the garages, lifted over the lane to it."""
    lots = spots(plan.garages[::3])
    if len(lots) == 0:
        return _nothing()
    pipe = Finish(SILVER, snow=0.8, level=Level.ALWAYS, step=4)
    parts = []
    for y in (-14.5, -13.7):
        for x in range(-48, 36, 6):
            parts.append(_box(lots, (x, y, 0.7), (x + 6.0, y + 0.5, 1.2), pipe))
        parts += [
            _box(lots, (36.0, y, 0.7), (36.5, y + 0.5, 5.2), pipe),
            _box(lots, (36.0, y, 4.7), (45.0, y + 0.5, 5.2), pipe),
            _box(lots, (44.5, y, 0.7), (45.0, y + 0.5, 5.2), pipe),
            _box(lots, (45.0, y, 0.7), (52.0, y + 0.5, 1.2), pipe),
        ]
    for x in range(-46, 52, 6):
        if not 36 < x < 45:
            parts.append(
                _box(lots, (x, -14.3, 0.0), (x + 0.3, -13.4, 0.7), _thing((0.2, 0.2, 0.2)))
            )
    return join(parts)


def heating_plant(plan: Plan, style: Style) -> tuple[Quads, Floats]:
    """A boiler house with a tall chimney, striped at the top, and the mouths of its smoke."""
    if not style.garages:
        return _nothing(), np.zeros((0, 3))
    x, y = plan.plant
    lots = Lots(np.array([[x, y]]), np.zeros(1), np.zeros(1), np.zeros(1))
    wall = Finish((0.27, 0.24, 0.21), level=Level.EVERYWHERE, step=5)
    parts = [
        _box(lots, (10.0, -14.0, 0.0), (44.0, 8.0, 16.0), wall),
        _box(lots, (18.0, 8.0, 0.0), (36.0, 20.0, 9.0), wall),
    ]
    tall, rings, sides = 62.0, 23, 14
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    for k in range(rings):
        low, high = tall * k / rings, tall * (k + 1) / rings
        a, b = (4.4 - 2.4 * z / tall for z in (low, high))
        red = k >= 13 and (k - 13) // 2 % 2 == 0
        tone = (0.34, 0.045, 0.03) if red else (0.46, 0.45, 0.43) if k >= 13 else (0.26, 0.25, 0.24)
        corners = np.stack(
            [
                np.stack([x + r * np.cos(t), y + r * np.sin(t), np.full(sides, z)], axis=-1)
                for r, t, z in (
                    (a, turn[:-1], low),
                    (a, turn[1:], low),
                    (b, turn[1:], high),
                    (b, turn[:-1], high),
                )
            ],
            axis=1,
        )
        middle = np.array([x, y, (low + high) / 2])
        parts.append(paint(outward(corners, middle), Finish(tone, level=Level.EVERYWHERE, step=6)))
    warning = Finish((0.1, 0.0, 0.0), (30.0, 1.5, 0.8), surface=Surface.GLASS, step=9)
    for z in (tall - 1.0, tall * 0.6):
        ring = 4.6 - 2.4 * z / tall
        parts.append(_box(lots, (-0.3, -ring - 0.2, z), (0.3, -ring + 0.4, z + 0.6), warning))
    # One house's plume is a thread; the plant's is many of them side by side and above each other.
    spread = stream(11, "plume").normal(0, 1.0, (PLUMES, 3)) * np.array([1.3, 1.3, 1.6])
    mouths = np.array([x, y, tall + 1.5]) + spread
    return join(parts), mouths


def paths_map(plan: Plan, seed: int) -> Octets:
    """Aprons along the doors, paths to the court and beaten tracks across the grass."""
    chance, pen = stream(seed, "block paths"), Pen(plan.layout.bounds)
    sheet, blocks = pen.sheet(), plan.blocks
    apron = blocks.outline(1.2)
    for outline in apron:
        pen.area(sheet, outline, 170)
    every = np.arange(len(blocks))
    for k in every:
        sections = int(blocks.sections[k])
        for section in range(sections):
            x = ((section + 0.42) / sections - 0.5) * blocks.length[k]
            ends = np.array(
                [[(x, -blocks.depth[k] / 2, 0.0), (x, -blocks.depth[k] / 2 - 6.5, 0.0)]]
            )
            pen.line(sheet, blocks.lots.to_world(np.array([k]), ends)[0, :, :2], 2.2, 200)
    for court in plan.courts:
        pen.disc(sheet, court[:2], 9.5)
    for table, size in ((plan.garages, (44.0, 14.0)), (plan.pavilions, (17.0, 14.0))):
        lots = spots(table)
        for k in range(len(lots)):
            ring = [
                (-size[0], -size[1], 0.0),
                (size[0], -size[1], 0.0),
                (size[0], size[1], 0.0),
                (-size[0], size[1], 0.0),
            ]
            pen.area(sheet, lots.to_world(np.array([k]), np.array([ring]))[0, :, :2], 120)
    doors = blocks.lots.to_world(
        every, np.stack([0 * blocks.depth, -blocks.depth / 2 - 7.0, 0 * blocks.depth], -1)
    )[:, :2]
    near = (
        cKDTree(doors).query_pairs(75, output_type="ndarray")
        if len(doors) > 1
        else np.zeros((0, 2), int)
    )
    for a, b in near[chance.random(len(near)) < 0.3]:
        line = np.stack([doors[a], doors[b]])
        steps = np.linspace(0, 1, 12)[:, None]
        way = line[0] + (line[1] - line[0]) * steps
        side = np.array([line[0, 1] - line[1, 1], line[1, 0] - line[0, 0]]) / 14
        pen.line(sheet, way + side * np.sin(steps * np.pi) * chance.uniform(-1, 1), 1.5, 150)
    return sheet


def marks_map(plan: Plan, style: Style) -> Octets:
    """Lane lines on the boulevard, and the bays of car parks."""
    pen = Pen(plan.layout.bounds)
    sheet, main = pen.sheet(), plan.layout.streets[0]
    heading = np.gradient(main.line, axis=0)
    heading = heading / np.linalg.norm(heading, axis=1, keepdims=True)
    left = np.c_[-heading[:, 1], heading[:, 0]]
    crossings = [street.line for street in plan.layout.streets[1:]]
    away = (
        cKDTree(np.vstack(crossings)).query(main.line)[0] > BOULEVARD + 4
        if crossings
        else np.ones(len(main.line), bool)
    )
    for offset in (-6.9, 6.9) if style.wires else (-5.0, 0.0, 5.0):
        line = main.line + left * offset
        for k in range(0, len(line) - 1, 3 if offset else 1):
            if away[k] and away[k + 1]:
                pen.line(sheet, line[k : k + 2], 0.25)
    return sheet


def parked_poses(plan: Plan, style: Style, chance: np.random.Generator) -> Floats:
    """Cars along the drives and, in some countries, in rows before the blocks: n x 3."""
    poses = [np.zeros((0, 3))]
    layout = plan.layout
    for index, street in enumerate(layout.streets):
        if street.half_width > DRIVE:
            continue
        distance = np.arange(9.0, street.along()[-1] - 9.0, 2.9 if style.parking else 6.0)
        distance = distance[chance.random(len(distance)) < (0.55 if style.parking else 0.52)]
        point, heading = street.at(distance)
        out = np.c_[-heading[:, 1], heading[:, 0]]
        turn = np.arctan2(heading[:, 1], heading[:, 0])
        if style.parking:
            point = point + out * (DRIVE + 2.6)
            turn = turn + np.pi / 2 + np.where(chance.random(len(turn)) < 0.3, np.pi, 0.0)
        else:
            side = np.where(chance.random(len(point)) < 0.7, 1.0, -1.0)
            point = point + out * (side * (DRIVE - 0.35 + 0.9 * (side > 0)))[:, None]
            turn = turn + np.where(side > 0, np.pi, 0.0)
        gap = to_others(layout.streets, index, point, 12.0)
        free = ~_built(plan.blocks, point, 3.0) & layout.bounds.inside(point, 4) & (gap > 11.0)
        poses.append(np.c_[point, turn + chance.normal(0, 0.03, len(turn))][free])
    return np.concatenate(poses)


def _built(blocks: Blocks, points: Floats, margin: float) -> Floats:
    """True for points within a margin of a block."""
    inside = np.zeros(len(points), bool)
    for k in range(len(blocks)):
        offset = points - blocks.lots.centre[k]
        cosine, sine = np.cos(blocks.lots.angle[k]), np.sin(blocks.lots.angle[k])
        x = np.abs(cosine * offset[:, 0] + sine * offset[:, 1])
        y = np.abs(cosine * offset[:, 1] - sine * offset[:, 0])
        inside |= (x < blocks.length[k] / 2 + margin) & (y < blocks.depth[k] / 2 + margin)
    return inside


def plant(plan: Plan, paved: Octets, customs: Customs, seed: int) -> Trees:
    """Trees in the courts, clear of walls and drives, and in rows along the boulevard."""
    chance, layout = stream(seed, "block trees"), plan.layout
    bounds = layout.bounds
    count = int(TREES * bounds.extent**2 * 1.9)
    spot = np.array([bounds.x0, bounds.y0]) + chance.random((count, 2)) * bounds.extent
    grove = 0.6 + 0.5 * np.sin(spot[:, 0] / 37 + 1) * np.sin(spot[:, 1] / 31 + 2)
    main = cKDTree(layout.streets[0].line)
    spot = spot[(chance.random(count) < grove) & (main.query(spot)[0] > SIGHT)]
    spot = np.concatenate([_avenue(plan, chance), spot])
    cell = np.clip((spot - [bounds.x0, bounds.y0]) / bounds.extent * len(paved), 0, len(paved) - 1)
    free = paved[cell[:, 1].astype(int), cell[:, 0].astype(int)] < 10
    free &= ~_built(plan.blocks, spot, 5.5) & bounds.inside(spot, 2)
    for table, room in ((plan.courts, 10.0), (plan.pavilions, 19.0), (plan.plant[None], 50.0)):
        if len(table):
            free &= cKDTree(table[:, :2]).query(spot)[0] > room
    lots = spots(plan.garages)
    for k in range(len(lots)):
        offset = spot - lots.centre[k]
        free &= ~((np.abs(offset[:, 0]) < 54) & (np.abs(offset[:, 1]) < 17))
    spot = spot[free]
    alive = np.ones(len(spot), bool)
    for first, second in sorted(cKDTree(spot).query_pairs(3.4)) if len(spot) > 1 else ():
        alive[second] &= not alive[first]
    spot = spot[alive]
    trees = grow(spot, layout.relief.at(spot), stream(seed, "block tree shapes"), customs.conifers)
    row = main.query(spot)[0] < SIGHT
    kind = np.where(row, Kind.DECIDUOUS, trees.kind).astype(np.int32)
    height = np.where(row, 4.0 + 0.22 * trees.height, trees.height)
    return Trees(spot, trees.foot, kind, trees.variant, height, trees.turn, trees.tint, trees.hue)


def _avenue(plan: Plan, chance: np.random.Generator) -> Floats:
    main = plan.layout.streets[0]
    distance = np.arange(5.0, main.along()[-1] - 5.0, 11.0)
    rows = []
    for side in (-1.0, 1.0):
        there = distance[chance.random(len(distance)) < 0.85]
        point, heading = main.at(there)
        rows.append(point + np.c_[-heading[:, 1], heading[:, 0]] * side * (BOULEVARD + 2.1))
    return np.concatenate(rows)
