"""What the road is made of: barriers, rails, bridges, ramps, noise walls."""

from __future__ import annotations

import itertools

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Floats
from generique.world.kit.members import at_height, bars, beside, blocks, fence, ribbon
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import Thing, owner
from generique.world.places.highway.course import CROSS_HALF, RAIL, RAMP_HALF, Course

CONCRETE = (0.30, 0.295, 0.28)
ASPHALT = (0.105, 0.104, 0.103)
STEEL = (0.30, 0.31, 0.32)
GRASS = (0.085, 0.098, 0.036)
PAINT = (0.55, 0.55, 0.53)
PANEL = (0.20, 0.215, 0.19)
SLOPE = 1.7
"""Metres out for each metre down, of an embankment."""
SPAN = 21.0
"""Metres from the median's middle to a bridge's abutments."""

_BARRIER = ((0.34, 0.0), (0.30, 0.10), (0.17, 0.33), (0.09, 0.86))


def barrier(course: Course) -> Quads:
    """The concrete barrier in the median."""
    line = course.inside(7.0)
    parts = []
    for level, profile in ((Level.NEAR, _BARRIER), (Level.FAR | Level.SKYLINE, _BARRIER[::3])):
        finish = Finish(CONCRETE, snow=0.2, level=Level(level), step=3.5)
        rows = [(-x, z) for x, z in profile] + [(x, z) for x, z in reversed(profile)]
        for (xa, za), (xb, zb) in itertools.pairwise(rows):
            left, right = beside(line, xa), beside(line, xb)
            parts.append(ribbon(at_height(left, za), at_height(right, zb), finish))
    return join(parts)


def rails(course: Course) -> Quads:
    """Steel rails on posts along both edges, open where ramps leave."""
    steel = Finish(STEEL, surface=Surface.DETAIL, level=Level.NEAR, step=4.0)
    parts = []
    for side in (-1.0, 1.0):
        posts = at_height(beside(course.inside(4.0), side * RAIL), 0.0)
        for ramp, _ in course.ramps():
            gap = np.asarray(cKDTree(ramp[:, :2]).query(posts[:, :2])[0])
            posts = posts[gap > RAMP_HALF + 0.8]
        cuts = np.flatnonzero(np.linalg.norm(np.diff(posts, axis=0), axis=1) > 9.0) + 1
        parts += [fence(run, 0.46, 0.76, steel) for run in np.split(posts, cuts) if len(run) > 1]
        out = posts + np.array([side * 0.12, 0.0, 0.0])
        parts.append(bars(out, out + np.array([0, 0, 0.72]), 0.12, steel))
    return join(parts)


def bridges(course: Course) -> Quads:
    """The roads that cross above, with their banks."""
    parts = []
    for number, y in enumerate(course.bridges()):
        parts += [part.owned(owner(Thing.BRIDGE, number)) for part in _bridge(course, y)]
    for number, (ramp, _) in enumerate(course.ramps()):
        parts += [part.owned(owner(Thing.ROAD, number)) for part in _raised(ramp, RAMP_HALF)]
    return join(parts)


def _bridge(course: Course, y: float) -> list[Quads]:
    cross, middle = course.cross(y), float(course.x(y))
    deck = np.array(
        [(x, y, cross[:, 2].max()) for x in np.linspace(middle - SPAN, middle + SPAN, 9)]
    )
    parts = []
    for half in (cross[cross[:, 0] < middle - SPAN], cross[cross[:, 0] > middle + SPAN]):
        end = deck[:1] if half[0, 0] < middle else deck[-1:]
        whole = np.concatenate([half, end] if half[0, 0] < middle else [end, half])
        parts += _raised(whole[whole[:, 2] > 0.02], CROSS_HALF + 0.8, gap=_ramp_gap(course, y))
    parts += _deck(deck)
    parts += _piers(course, y, float(deck[0, 2]))
    return parts


def _ramp_gap(course: Course, y: float) -> tuple[float, float] | None:
    """Where ramps meet the crossing road: between these distances it has no parapet."""
    if y != course.interchange:
        return None
    return 55.0, 71.0


def _raised(line: Floats, half: float, gap: tuple[float, float] | None = None) -> list[Quads]:
    """A road on a bank: surface, slopes and lines."""
    if len(line) < 2:
        return []
    flat, z = line[:, :2], line[:, 2]
    surface = Finish(ASPHALT, snow=0.25, level=Level.EVERYWHERE, step=3.0)
    bank = Finish(GRASS, snow=0.95, level=Level.EVERYWHERE, step=4.0)
    left, right = beside(flat, -half), beside(flat, half)
    parts = [ribbon(at_height(left, z + 0.03), at_height(right, z + 0.03), surface)]
    for side, edge in ((-1.0, left), (1.0, right)):
        low = beside(flat, side * (half + 0.02 + SLOPE * z))
        rows = (
            (at_height(low, 0.0), at_height(edge, z))
            if side < 0
            else (at_height(edge, z), at_height(low, 0.0))
        )
        parts.append(ribbon(*rows, bank))
    paint_ = Finish(PAINT, surface=Surface.DETAIL, level=Level.NEAR, step=4.0)
    parts += [
        ribbon(
            at_height(beside(flat, metres - 0.08), z + 0.05),
            at_height(beside(flat, metres + 0.08), z + 0.05),
            paint_,
        )
        for metres in (-half + 0.5, half - 0.5)
    ]
    high = line[z > 1.2]
    if len(high) > 1 and gap is None:
        for metres in (-half, half):
            rail = at_height(beside(high[:, :2], metres), high[:, 2])
            parts.append(fence(rail, 0.45, 0.75, Finish(STEEL, surface=Surface.DETAIL, step=4.0)))
    return parts


def _deck(line: Floats) -> list[Quads]:
    """A bridge's deck from west to east: surface, beams, underside, parapets."""
    flat, z = line[:, :2], line[:, 2]
    half = CROSS_HALF + 0.8
    left, right = beside(flat, -half), beside(flat, half)
    top = Finish(ASPHALT, snow=0.25, level=Level.EVERYWHERE, step=2.4)
    under = Finish(CONCRETE, level=Level.EVERYWHERE, step=2.4)
    below = z - 1.15
    parts = [
        ribbon(at_height(left, z + 0.03), at_height(right, z + 0.03), top),
        ribbon(at_height(right, below), at_height(left, below), under),
    ]
    for side in (left, right):
        parts.append(fence(at_height(side, z), -1.15, 0.85, under))
        steel = Finish(STEEL, surface=Surface.DETAIL, level=Level.NEAR, step=3.0)
        parts.append(fence(at_height(side, z), 1.05, 1.12, steel))
        posts = at_height(side, z)
        parts.append(
            bars(posts + np.array([0, 0, 0.8]), posts + np.array([0, 0, 1.1]), 0.08, steel)
        )
    lines = Finish(PAINT, surface=Surface.DETAIL, level=Level.NEAR, step=4.0)
    for metres in (-half + 0.9, half - 0.9):
        a, b = beside(flat, metres - 0.08), beside(flat, metres + 0.08)
        parts.append(ribbon(at_height(a, z + 0.05), at_height(b, z + 0.05), lines))
    return parts


def _piers(course: Course, y: float, deck: float) -> list[Quads]:
    """Columns in the median and at both edges, and the abutments."""
    x = float(course.x(y))
    finish = Finish(CONCRETE, level=Level.EVERYWHERE, step=2.4)
    spots = [(x, y + dy, 0.0) for dy in (-3.2, 0.0, 3.2)]
    columns = blocks(np.array(spots), np.array([0.9, 0.7, deck - 1.9]), 0.0, finish)
    beam = np.array([(x, y, deck - 1.9)])
    caps = blocks(beam, np.array([1.2, 2 * CROSS_HALF, 0.8]), 0.0, finish)
    walls = []
    for side in (-1.0, 1.0):
        edge = x + side * SPAN
        run = np.array([(edge, y - CROSS_HALF - 1.0, 0.0), (edge, y + CROSS_HALF + 1.0, 0.0)])
        walls.append(fence(run, 0.0, deck, finish))
        for dy in (-1.0, 1.0):
            wing = np.array(
                [
                    [
                        (edge, y + dy * (CROSS_HALF + 0.9), 0.0),
                        (edge, y + dy * (CROSS_HALF + 0.9), deck),
                        (edge, y + dy * (CROSS_HALF + 0.9 + SLOPE * deck), 0.0),
                        (edge, y + dy * (CROSS_HALF + 0.9 + SLOPE * deck), 0.0),
                    ]
                ]
            )
            turned = wing if dy * side < 0 else wing[:, ::-1]
            walls.append(paint(np.concatenate([turned, turned[:, ::-1]]), finish))
    return [columns, caps, *walls]


def noise_walls(course: Course, runs: list[tuple[float, float, float]]) -> Quads:
    """Walls of panels between posts; each run is a side, and where it begins and ends along y."""
    parts = []
    for side, south, north in runs:
        line = course.line(south, north, 4.0)
        edge = at_height(beside(line, side * (RAIL + 3.4)), 0.0)
        panel = Finish(PANEL, level=Level.EVERYWHERE, step=4.0)
        parts.append(fence(edge, 0.0, 3.6, panel))
        cap = Finish((0.28, 0.28, 0.26), surface=Surface.DETAIL, level=Level.NEAR, step=4.0)
        parts.append(fence(edge, 3.6, 3.8, cap))
        steel = Finish((0.16, 0.165, 0.17), surface=Surface.DETAIL, level=Level.NEAR, step=4.0)
        parts.append(bars(edge, edge + np.array([0, 0, 3.9]), 0.22, steel))
    return join(parts) if parts else paint(np.zeros((0, 4, 3)), Finish(PANEL))
