"""What is in a small town's streets: parked cars and their bays, lamps, wires, signals, ground."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np

from generique.world.arrays import Floats, Octets, stream
from generique.world.country import CUSTOMS, Marking
from generique.world.ground import Cover, GroundPlan, Pen, plan_ground
from generique.world.kit.outline import rectangle
from generique.world.kit.solids import box
from generique.world.kit.street_furniture import Lamps, place_lamps
from generique.world.kit.tree import VARIANTS, Kind, Trees
from generique.world.layout import Bounds
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import Thing, owner
from generique.world.places.main_street.plan import FRONT, HALF, LINE, RAIL_TOP, SIDING, TownPlan
from generique.world.places.suburb.house import Houses
from generique.world.places.suburb.yards import drive_map
from generique.world.scene import Place

BAY = 3.1
"""Of a parked car along the kerb, metres."""
SLANT = np.radians(58.0)
"""Of the bays to the kerb."""
POST = 5.0
WOOD = (0.09, 0.07, 0.055)


def bays(plan: TownPlan) -> tuple[Floats, Floats]:
    """Feet of the parking bays on the kerb (n x 2) and the side of the street of each (n)."""
    feet, sides = [], []
    rows = plan.rows[(plan.rows >= plan.south - 1) & (plan.rows <= plan.north + 1)]
    for side in (-1.0, 1.0):
        for low, high in itertools.pairwise(rows):
            at = np.arange(low + 15.0, high - 14.0, BAY)
            feet.append(np.c_[np.full(len(at), side * HALF), at])
            sides.append(np.full(len(at), side))
    if not feet:
        return np.zeros((0, 2)), np.zeros(0)
    return np.concatenate(feet), np.concatenate(sides)


def town_poses(plan: TownPlan, chance: np.random.Generator) -> Floats:
    """Cars in the bays, nose to the kerb: n x 3."""
    foot, side = bays(plan)
    taken = chance.random(len(foot)) < 0.45
    foot, side = foot[taken], side[taken]
    # Those who drive on the right turn in forwards: the nose points on and to the kerb.
    turn = np.where(side > 0, np.pi / 2 - SLANT, -np.pi / 2 - SLANT)
    nose = np.c_[np.cos(turn), np.sin(turn)]
    middle = foot + np.array([0.0, BAY / 2]) - nose * 3.0
    return np.asarray(np.c_[middle, turn + chance.normal(0, 0.03, len(turn))])


def town_ground(plan: TownPlan, houses: Houses, place: Place) -> GroundPlan:
    """Streets, pavements, bays, yards of the landmarks, the railway."""
    layout = plan.layout
    pen = Pen(layout.bounds)
    drive = drive_map(layout.bounds, houses, stream(place.seed, "driveways"))
    cover = _covers(pen, plan)
    yards = ((plan.station, 14.0, 15.0), (plan.diner, 13.0, 15.0))
    for spot, wide, deep in yards:
        pen.area(drive, rectangle(spot[0] - wide, spot[1] - deep, spot[0] + wide, spot[1] + deep))
        edge = np.sign(spot[0]) * HALF
        for y in (spot[1] - 8, spot[1] + 8):
            pen.area(drive, _between(edge, spot[0], y))
    for side in (-1.0, 1.0):
        alley = np.array([(side * (FRONT + 34), plan.south), (side * (FRONT + 34), plan.north)])
        pen.line(drive, alley, 5.0, 200)
    path = np.array([(np.sign(plan.church[0]) * FRONT, plan.church[1]), plan.church])
    pen.line(drive, path, 2.2, 210)
    ground = plan_ground(layout, place.seed, drive, cover)
    walk = ground.walk.copy()
    for side in (-1.0, 1.0):
        x0, x1 = sorted((side * (HALF - 0.2), side * (FRONT + 0.4)))
        pen.area(walk, rectangle(x0, plan.south, x1, plan.north))
    walk = np.minimum(walk, 255 - ground.road)
    white, yellow = pen.sheet(), pen.sheet()
    _paint(pen, plan, white, yellow if CUSTOMS[place.country].centre is Marking.YELLOW else white)
    on_road = np.where(ground.road > 200, 255, 0).astype(np.uint8)
    return replace(
        ground,
        walk=walk,
        marks=np.minimum(white, on_road),
        yellow=np.minimum(yellow, on_road),
    )


def _between(edge: float, x: float, y: float) -> Floats:
    low, high = sorted((edge, x))
    return rectangle(low, y - 4.0, high, y + 4.0)


def _covers(pen: Pen, plan: TownPlan) -> Octets:
    """Lawn, gravel behind the shops and along the railway, meadow beyond."""
    cover = pen.sheet()
    bounds = plan.layout.bounds
    x0, x1 = bounds.x0, bounds.x0 + bounds.extent
    _fill(cover, bounds, (x0, plan.rail + 9.0, x1, bounds.y0 + bounds.extent), Cover.MEADOW)
    _fill(cover, bounds, (x0, plan.rail - 7.0, x1, plan.rail + 30.0), Cover.GRAVEL)
    for side in (-1.0, 1.0):
        low, high = sorted((side * HALF, side * (FRONT + 38.0)))
        _fill(cover, bounds, (low, plan.south + 4.6, high, plan.north - 4.6), Cover.GRAVEL)
    return cover


def _fill(
    cover: Octets, bounds: Bounds, area: tuple[float, float, float, float], kind: Cover
) -> None:
    """A rectangle of a map of kinds, without soft edges."""
    x0, y0 = bounds.x0, bounds.y0
    scale = len(cover) / bounds.extent
    a, b, c, d = (
        int(np.clip(round(value * scale), 0, len(cover)))
        for value in (area[0] - x0, area[1] - y0, area[2] - x0, area[3] - y0)
    )
    cover[b:d, a:c] = kind


def _paint(pen: Pen, plan: TownPlan, white: Octets, centre: Octets) -> None:
    """Centre line, bays and crosswalks of the main street."""
    rows = plan.rows
    bounds = plan.layout.bounds
    edges_ = np.r_[bounds.y0, rows, bounds.y0 + bounds.extent]
    for low, high in itertools.pairwise(edges_):
        pen.line(centre, np.array([(0.0, low + 9.5), (0.0, high - 9.5)]), 0.15, 190)
    foot, side = bays(plan)
    lean = np.where(side > 0, -1.0, 1.0)
    for (x, y), s, way in zip(foot, side, lean, strict=True):
        for step in (0.0, BAY):
            start = np.array([x, y + step])
            end = start + np.array([-s * 5.0, way * 5.0 / np.tan(SLANT)])
            pen.line(white, np.array([start, end]), 0.12, 215)
    for row in rows[(rows >= plan.south - 1) & (rows <= plan.north + 1)]:
        for y in (row - 6.6, row + 6.6):
            for edge in (-1.2, 1.2):
                pen.line(white, np.array([(-HALF, y + edge), (HALF, y + edge)]), 0.3, 225)
        for x in (-HALF - 2.0, HALF + 2.0):
            for edge in (-1.2, 1.2):
                pen.line(white, np.array([(x + edge, row - 4.6), (x + edge, row + 4.6)]), 0.3, 225)


def town_lamps(plan: TownPlan, seed: int) -> Lamps:
    """Posts with warm globes before the shops, ordinary lamps elsewhere."""
    plain = place_lamps(plan.layout, seed)
    main = (np.abs(plain.foot[:, 0]) < FRONT + 2) & (plain.foot[:, 1] > plan.south - 8)
    main &= plain.foot[:, 1] < plan.north + 8
    chance = stream(seed, "lamp posts")
    spots = []
    rows = plan.rows[(plan.rows >= plan.south - 1) & (plan.rows <= plan.north + 1)]
    for side in (-1.0, 1.0):
        for low, high in itertools.pairwise(rows):
            at = np.linspace(low + 9.0, high - 9.0, 6)
            spots.append(np.c_[np.full(len(at), side * (HALF + 0.7)), at])
    spot = np.concatenate(spots) if spots else np.zeros((0, 2))
    spot = spot[plan.layout.bounds.inside(spot, 3)]
    colour = np.array([1.0, 0.66, 0.30]) * np.exp(chance.normal(-0.15, 0.08, (len(spot), 1)))
    keep = ~main
    return Lamps(
        np.concatenate([plain.foot[keep], np.c_[spot, np.zeros(len(spot))]]),
        np.concatenate([plain.head[keep], np.c_[spot + 0.04, np.full(len(spot), POST)]]),
        np.concatenate([plain.colour[keep], colour]),
    )


def wires(plan: TownPlan, seed: int) -> Quads:
    """Poles with wires between them, behind the shops, across the main street and along streets."""
    chance = stream(seed, "wires")
    bounds = plan.layout.bounds
    north = plan.rail - 12.0
    alleys = [side * (FRONT + 37.0) for side in (-1.0, 1.0)]
    streets = [x + 7.2 for x in (94.0, -94.0, 188.0, -188.0) if abs(x) < bounds.extent / 2 - 8]
    runs = [((x, bounds.y0 + 4), (x, north)) for x in (*alleys, *streets)]
    for row in plan.rows:
        x = bounds.x0 + 4
        runs.append(((x, float(row) - 7.0), (-x, float(row) - 7.0)))
    parts, number = [], 0
    for start, end in runs:
        a, b = np.array(start), np.array(end)
        length = float(np.linalg.norm(b - a))
        count = max(2, int(length / 36))
        share = np.linspace(0, 1, count + 1)[:, None]
        foot = a + (b - a) * share + chance.uniform(-0.4, 0.4, (count + 1, 2))
        clear = np.abs(foot[:, 0]) > FRONT + 2.0
        foot = foot[clear & bounds.inside(foot, 1.0)]
        parts.append(_run(foot, (b - a) / length, chance, number))
        number += len(foot)
    return join(parts)


def _run(foot: Floats, way: Floats, chance: np.random.Generator, first: int) -> Quads:
    """Poles with a cross arm, numbered from ``first``, and three wires that sag."""
    side = np.array([way[1], -way[0]])
    top = 9.2 + chance.uniform(-0.3, 0.3, len(foot))
    zero = 0 * top
    body = box(np.c_[foot - 0.13, zero], np.c_[foot + 0.13, top])[:, :4].reshape(-1, 4, 3)
    wood = Finish(WOOD, surface=Surface.DETAIL, level=Level.ALWAYS, step=5.0)
    left, right = foot - side * 1.1, foot + side * 1.1
    arm = np.stack(
        [
            np.c_[left, top - 0.7],
            np.c_[right, top - 0.7],
            np.c_[right, top - 0.55],
            np.c_[left, top - 0.55],
        ],
        axis=1,
    )
    near = Finish(WOOD, surface=Surface.DETAIL, level=Level.NEAR, step=9.0)
    whose = owner(Thing.POLE, first + np.arange(len(foot)))
    parts = [paint(body, wood).owned(whose), paint(arm, near).owned(whose)]
    quads = []
    steps = np.linspace(0, 1, 6)
    for k in range(len(foot) - 1):
        if np.linalg.norm(foot[k + 1] - foot[k]) > 60:
            continue
        for across in (-1.0, 0.0, 1.0):
            ends = [
                np.array([*(foot[j] + side * across), top[j] - (0.5 if across else 0.0)])
                for j in (k, k + 1)
            ]
            line = ends[0] + (ends[1] - ends[0]) * steps[:, None]
            line[:, 2] -= 0.75 * 4 * steps * (1 - steps)
            for p, q in itertools.pairwise(line):
                up = np.array([0.0, 0.0, 0.035])
                quads.append([p, q, q + up, p + up])
    if quads:
        wire = Finish((0.02, 0.02, 0.02), surface=Surface.DETAIL, level=Level.NEAR, step=99.0)
        parts.append(paint(np.array(quads), wire).owned(owner(Thing.WIRE)))
    return join(parts)


def rail_quads(plan: TownPlan) -> Quads:
    """The two rails of a siding and of the line."""
    bounds = plan.layout.bounds
    x0, x1 = bounds.x0, bounds.x0 + bounds.extent
    low, high = [], []
    for track in (SIDING, LINE):
        for rail in (-0.72, 0.72):
            y = plan.rail + track + rail
            for x in np.arange(x0, x1 - 1, 16.0):
                low.append((x, y - 0.05, 0.0))
                high.append((min(x + 16.0, x1), y + 0.05, RAIL_TOP))
    steel = Finish((0.10, 0.085, 0.075), surface=Surface.DETAIL, level=Level.ALWAYS, step=20.0)
    rails = paint(box(np.array(low), np.array(high)).reshape(-1, 4, 3), steel)
    return rails.owned(owner(Thing.RAILWAY))


def street_trees(plan: TownPlan, seed: int) -> Trees:
    """A few small trees on the pavement before the shops."""
    chance = stream(seed, "street trees")
    spots = []
    rows = plan.rows[(plan.rows >= plan.south - 1) & (plan.rows <= plan.north + 1)]
    for side in (-1.0, 1.0):
        for low, high in itertools.pairwise(rows):
            at = np.linspace(low + 18.0, high - 18.0, 4)
            at = at[chance.random(len(at)) < 0.6]
            spots.append(np.c_[np.full(len(at), side * (HALF + 1.0)), at])
    spot = np.concatenate(spots) if spots else np.zeros((0, 2))
    spot = spot[plan.layout.bounds.inside(spot, 3)]
    count = len(spot)
    return Trees(
        position=spot,
        foot=np.zeros(count),
        kind=np.full(count, Kind.DECIDUOUS, np.int32),
        variant=chance.integers(0, VARIANTS, count),
        height=chance.uniform(4.5, 6.5, count),
        turn=chance.uniform(0, 2 * np.pi, count),
        tint=chance.uniform(0.75, 1.15, count),
        hue=chance.random(count),
    )
