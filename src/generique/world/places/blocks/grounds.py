"""The ground between housing blocks: paths, painted lines, parked cars, trees."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Floats, Octets, stream
from generique.world.country import Customs
from generique.world.ground import Pen
from generique.world.kit.tree import Kind as TreeKind
from generique.world.kit.tree import Trees, grow
from generique.world.layout import to_others
from generique.world.mesh import Quads, join
from generique.world.owners import Thing, owner
from generique.world.places.blocks.fixtures import spots
from generique.world.places.blocks.plan import BOULEVARD, DRIVE, Blocks, Plan
from generique.world.places.blocks.playground import playgrounds
from generique.world.places.blocks.style import Style
from generique.world.places.blocks.works import garages, pavilions, pipes

SIGHT = 25.0
"""Metres to either side of the boulevard's middle with young trees in rows and no others."""
TREES = 0.0062
"""A square metre of open ground."""


def ground_quads(plan: Plan, style: Style, seed: int) -> Quads:
    """Playgrounds, low buildings, garages, pipes and the heating plant."""
    parts = [
        playgrounds(plan, seed).owned(owner(Thing.PLAYGROUND)),
        pavilions(plan).owned(owner(Thing.SHOP)),
    ]
    if style.garages:
        parts += [
            garages(plan, seed).owned(owner(Thing.GARAGE)),
            pipes(plan).owned(owner(Thing.PIPE)),
        ]
    return join(parts)


def paths_map(plan: Plan, seed: int) -> Octets:
    """Aprons along the doors, paths to the court and beaten tracks across the grass."""
    chance, pen = stream(seed, "block paths"), Pen(plan.layout.bounds)
    sheet, blocks = pen.sheet(), plan.blocks
    apron = blocks.outline(1.2)
    for outline in apron:
        pen.area(sheet, outline, 170)
    every = np.arange(len(blocks))
    for k in range(len(blocks)):
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
    kind = np.where(row, TreeKind.DECIDUOUS, trees.kind).astype(np.int32)
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
