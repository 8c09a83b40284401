"""What lies before and behind houses in rows: garden walls, hedges, bins, yards, lanes, cars."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, Octets, stream
from generique.world.country import Customs
from generique.world.ground import Pen
from generique.world.kit.solids import boxes
from generique.world.kit.tree import Trees, grow
from generique.world.layout import Bounds, Layout, to_others
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import BY_PLACE, Thing, owner
from generique.world.places.terraces.house import PLINTH, Terrace, points
from generique.world.places.terraces.style import Style

HEDGE = np.array((0.028, 0.050, 0.020))
BINS = np.array([(0.03, 0.05, 0.03), (0.035, 0.035, 0.04), (0.03, 0.05, 0.11), (0.12, 0.06, 0.03)])
PARKED = 5.9
"""Metres along the kerb that a parked car takes."""


def yard_quads(houses: Terrace, style: Style, customs: Customs, seed: int) -> Quads:
    """Garden walls and hedges, yard walls, sheds and bins."""
    chance = stream(seed, "terrace yards")
    return join(
        [
            *_front(houses, customs, chance),
            *_back(houses, style, chance),
            _bins(houses, chance),
        ]
    )


def _front(houses: Terrace, customs: Customs, chance: np.random.Generator) -> list[Quads]:
    """Low walls with a gap before the door, a hedge behind some of them."""
    which = np.flatnonzero((houses.garden > 1) & ~houses.shop)
    count = len(which)
    y = -houses.depth / 2 - houses.garden[which]
    half, gate = houses.width[which] / 2, houses.hand[which] * (houses.width[which] / 2 - 0.95)
    high = chance.uniform(0.55, 1.0, count)
    parts = []
    tone = houses.wall[which] * 0.9
    for left, right in ((-half, gate - 0.5), (gate + 0.5, half)):
        some = np.flatnonzero(right - left > 0.1)
        low_ = np.stack([left, y, np.zeros(count)], axis=-1)[some]
        top = np.stack([right, y + 0.22, high], axis=-1)[some]
        parts.append(
            boxes(
                houses.lots, which[some], low_, top, Finish(tone[some], level=Level.ALWAYS, step=4)
            )
        )
    side = np.stack([half - 0.11, y, np.zeros(count)], axis=-1)
    end = np.stack([half + 0.11, np.full(count, -houses.depth / 2), high * 0.95], axis=-1)
    parts.append(boxes(houses.lots, which, side, end, Finish(tone, level=Level.NEAR, step=4)))
    hedged = np.flatnonzero(chance.random(count) < customs.hedges)
    left = np.where(houses.hand > 0, -houses.width / 2 + 0.1, -houses.width / 2 + 1.6)[
        which[hedged]
    ]
    right = np.where(houses.hand > 0, houses.width / 2 - 1.6, houses.width / 2 - 0.1)[which[hedged]]
    base = np.stack([left, y[hedged] + 0.24, np.zeros(len(hedged))], axis=-1)
    tip = np.stack([right, y[hedged] + 0.95, chance.uniform(1.0, 1.7, len(hedged))], axis=-1)
    green = HEDGE * chance.uniform(0.7, 1.4, (len(hedged), 1))
    parts.append(
        boxes(houses.lots, which[hedged], base, tip, Finish(green, level=Level.ALWAYS, step=2))
    )
    return parts


def _back(houses: Terrace, style: Style, chance: np.random.Generator) -> list[Quads]:
    """Walls between the yards and along the lane, and sheds."""
    every, count = np.arange(len(houses)), len(houses)
    y0, y1 = houses.depth / 2, houses.depth / 2 + style.yard
    half = houses.width / 2
    high = chance.uniform(1.5, 2.1, count)
    tone = np.where(
        (chance.random(count) < 0.75)[:, None], houses.wall * 0.75, np.array(PLINTH) * 1.3
    )
    finish = Finish(tone, level=Level.ALWAYS, step=3.2)
    party = points((half, y0, 0.0), (half, y1, 0.0), (half, y1, high), (half, y0, high))
    end = points((-half, y1, 0.0), (half, y1, 0.0), (half, y1, high), (-half, y1, high))
    gate = points(
        (half - 1.2, y1 + 0.04, 0.0),
        (half - 0.3, y1 + 0.04, 0.0),
        (half - 0.3, y1 + 0.04, 1.9),
        (half - 1.2, y1 + 0.04, 1.9),
    )
    cap = points(
        (-half, y1 - 0.1, high + 0.02),
        (half, y1 - 0.1, high + 0.02),
        (half, y1 + 0.12, high + 0.02),
        (-half, y1 + 0.12, high + 0.02),
    )
    lone = np.flatnonzero(houses.first)
    left = points((-half, y0, 0.0), (-half, y1, 0.0), (-half, y1, high), (-half, y0, high))
    place = houses.lots.to_world
    snowy = Finish(tone * 1.2, snow=0.95, surface=Surface.DETAIL, level=Level.NEAR, step=4)
    parts = [
        paint(place(every, party), finish),
        paint(place(every, end[:, ::-1]), finish),
        paint(place(lone, left[lone]), Finish(tone[lone], level=Level.ALWAYS, step=3.2)),
        paint(
            place(every, gate[:, ::-1]),
            Finish(houses.door, surface=Surface.DETAIL, level=Level.NEAR, step=9),
        ),
        paint(place(every, cap), snowy),
    ]
    which = np.flatnonzero(chance.random(count) < 0.4)
    x = -houses.hand[which] * (half[which] - 1.2)
    middle = np.stack([x, np.full(len(which), y1 - 1.3), np.zeros(len(which))], axis=-1)
    parts.append(
        boxes(
            houses.lots,
            which,
            middle - np.array([0.95, 1.1, 0.0]),
            middle + np.array([0.95, 1.1, 2.15]),
            Finish(
                chance.uniform(0.05, 0.2, (len(which), 1)) * np.array([[1.0, 0.85, 0.7]]), step=3
            ),
        )
    )
    return parts


def _bins(houses: Terrace, chance: np.random.Generator) -> Quads:
    """Wheeled bins in front gardens or by the door."""
    parts = []
    for k in range(2):
        which = np.flatnonzero(
            (chance.random(len(houses)) < (0.62, 0.4)[k]) & (houses.garden > 1) & ~houses.shop
        )
        x = houses.hand[which] * (houses.width[which] / 2 - 1.9 - 0.62 * k)
        y = np.full(len(which), -houses.depth / 2 - 0.75 - 0.0 * k) - chance.uniform(
            0.3, 0.9, len(which)
        )
        middle = np.stack([x, y, np.zeros(len(which))], axis=-1)
        tone = BINS[chance.integers(len(BINS), size=len(which))]
        finish = Finish(tone, surface=Surface.DETAIL, level=Level.NEAR, step=9)
        low, high = np.array([0.27, 0.32, 0.0]), np.array([0.27, 0.32, 1.0])
        parts.append(boxes(houses.lots, which, middle - low, middle + high, finish))
        lid = Finish(tone * 1.5, snow=0.9, surface=Surface.DETAIL, level=Level.NEAR, step=9)
        rim = np.array([0.3, 0.36, -1.0])
        parts.append(
            boxes(houses.lots, which, middle - rim, middle + np.array([0.3, 0.36, 1.09]), lid)
        )
    return join(parts).owned(owner(Thing.BIN, BY_PLACE))


def paved_map(bounds: Bounds, houses: Terrace, style: Style, seed: int) -> Octets:
    """Yards, garden paths and the lanes between yards, by how well they are cleared."""
    chance, pen = stream(seed, "terrace paving"), Pen(bounds)
    sheet = pen.sheet()
    every, half = np.arange(len(houses)), houses.width / 2 + 0.1
    back = houses.depth / 2
    lane = back + style.yard
    yards = points((-half, back, 0.0), (half, back, 0.0), (half, lane, 0.0), (-half, lane, 0.0))
    lanes = points(
        (-half, lane, 0.0),
        (half, lane, 0.0),
        (half, lane + style.lane / 2 + 0.3, 0.0),
        (-half, lane + style.lane / 2 + 0.3, 0.0),
    )
    door = houses.hand * (houses.width / 2 - 0.95)
    front = -back - houses.garden - 0.2
    paths = points(
        (door - 0.5, front, 0.0),
        (door + 0.5, front, 0.0),
        (door + 0.5, -back, 0.0),
        (door - 0.5, -back, 0.0),
    )
    garden = points(
        (-half, front, 0.0), (half, front, 0.0), (half, -back, 0.0), (-half, -back, 0.0)
    )
    paved = chance.random(len(houses)) < 0.62
    stone = (chance.random(len(houses)) < 0.45) | (houses.garden < 1)
    place = houses.lots.to_world
    shown = [place(every, corners)[..., :2] for corners in (yards, lanes, paths, garden)]
    for k in range(len(houses)):
        if style.lane > 0:
            pen.area(sheet, shown[1][k], 105)
        if paved[k]:
            pen.area(sheet, shown[0][k], int(chance.integers(60, 150)))
        pen.area(sheet, shown[2][k], 230)
        if stone[k]:
            pen.area(sheet, shown[3][k], 150)
    return sheet


def parked_poses(layout: Layout, chance: np.random.Generator) -> Floats:
    """Cars at both kerbs, nose to tail with gaps: n x 3; x, y and heading in radians."""
    poses = [np.zeros((0, 3))]
    for index, street in enumerate(layout.streets):
        for side in (-1.0, 1.0):
            distance = np.arange(3.0, street.along()[-1] - 3.0, PARKED)
            distance = distance + chance.uniform(-0.35, 0.35, len(distance))
            distance = distance[chance.random(len(distance)) < 0.66]
            point, heading = street.at(distance)
            point = point + np.c_[-heading[:, 1], heading[:, 0]] * side * (street.half_width - 1.0)
            turned = (side > 0) != layout.keep_left
            turn = np.arctan2(heading[:, 1], heading[:, 0]) + (np.pi if turned else 0.0)
            turn = turn + np.where(chance.random(len(turn)) < 0.14, np.pi, 0.0)
            gap = to_others(layout.streets, index, point, 13.0)
            near = layout.bounds.inside(point, 4) & (gap > 12.0)
            poses.append(np.c_[point, turn + chance.normal(0, 0.015, len(point))][near])
    return np.concatenate(poses)


def plant(houses: Terrace, style: Style, customs: Customs, seed: int) -> Trees:
    """Small trees in some back yards and front gardens."""
    chance = stream(seed, "terrace trees")
    count = len(houses)
    which = np.flatnonzero(chance.random(count) < 0.17)
    x = chance.uniform(-0.5, 0.5, count) * (houses.width - 2.4)
    y = houses.depth / 2 + style.yard * chance.uniform(0.66, 0.86, count)
    spot = houses.lots.to_world(np.arange(count), np.stack([x, y, 0 * x], axis=-1))[which, :2]
    trees = grow(spot, np.zeros(len(spot)), stream(seed, "terrace tree shapes"), customs.conifers)
    height = np.minimum(trees.height * 0.62, 8.5)
    return Trees(
        spot, trees.foot, trees.kind, trees.variant, height, trees.turn, trees.tint, trees.hue
    )
