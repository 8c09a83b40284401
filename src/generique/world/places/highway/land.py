"""What lies beside a motorway: fields, belts of trees, halls with their yards, filling stations."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Flags, Floats, Octets, stream
from generique.world.ground import Cover, GroundPlan, Pen
from generique.world.kit.members import beside
from generique.world.kit.tree import Trees, grow
from generique.world.layout import Layout
from generique.world.places.highway.course import EDGE, INNER_LINE, LANES, OUTER_LINE, Course

YARD, STATION, OFFICE = 1, 2, 3
FIELDS = (Cover.MEADOW, Cover.CROP, Cover.STUBBLE, Cover.PLOUGHED, Cover.MEADOW, Cover.CROP)


@dataclass(frozen=True)
class Sites:
    """Ground that is built on beside the road, one row each.

    Attributes:
        centre: n x 2 metres.
        side: n, -1 west and 1 east of the motorway.
        half: n x 2 metres: half its reach across and along the motorway.
        kind: n, :data:`YARD` with a hall, :data:`STATION` or :data:`OFFICE`.
    """

    centre: Floats
    side: Floats
    half: Floats
    kind: Floats

    def __len__(self) -> int:
        return len(self.centre)

    def cover(self, points: Floats, margin: float) -> Flags:
        """True for n x 2 points on or within a margin of one of them."""
        found = np.zeros(len(points), bool)
        for middle, half in zip(self.centre, self.half, strict=True):
            found |= np.all(np.abs(points - middle) < half + margin, axis=1)
        return found


def sites_of(course: Course, seed: int) -> Sites:
    """Where halls and filling stations stand: in clusters, clear of the bridges and their banks."""
    chance, bounds = stream(seed, "roadside"), course.bounds
    rows: list[tuple[float, float, float, float, float, int]] = []
    for side in (-1.0, 1.0):
        y = bounds.y0 + 14.0
        while y < bounds.y0 + bounds.extent - 40:
            kind = int(chance.choice([YARD, STATION, OFFICE], p=[0.56, 0.22, 0.22]))
            deep, along = (float(v) for v in chance.uniform((30, 34), (46, 56)))
            if kind != YARD:
                deep, along = (30.0, 42.0) if kind == STATION else (28.0, 36.0)
            middle = y + along
            out = _shift(course, middle, along)
            if out is not None and chance.random() < 0.82:
                x = float(course.x(middle)) + side * (
                    27.0 + out + deep + float(chance.uniform(0, 16))
                )
                rows.append((x, middle, side, deep, along, kind))
                while chance.random() < 0.75:
                    x += side * (2 * deep + float(chance.uniform(8, 40)))
                    kind = OFFICE if chance.random() < 0.3 else YARD
                    rows.append((x, middle, side, deep, along * 0.92, kind))
            y += 2 * along + float(chance.uniform(8, 46))
    table = np.array(rows, float).reshape(-1, 6)
    inside = bounds.inside(table[:, :2], 52.0) if len(table) else np.zeros(0, bool)
    table = table[inside]
    return Sites(table[:, :2], table[:, 2], table[:, 3:5], table[:, 5])


def _shift(course: Course, middle: float, along: float) -> float | None:
    """How much farther out a site has to lie beside ramps; None where a road crosses."""
    if any(abs(middle - bridge) < along + 26.0 for bridge in course.bridges()):
        return None
    if course.interchange is None:
        return 0.0
    beside_ramp = abs(middle - course.interchange) < course.ramp + along
    return 62.0 if beside_ramp else 0.0


def ground_of(course: Course, layout: Layout, sites: Sites, seed: int) -> GroundPlan:
    """Carriageways with their lines, yards, and fields."""
    bounds = layout.bounds
    pen = Pen(bounds)
    line = course.line(bounds.y0 - 12, bounds.y0 + bounds.extent + 12, 3.0)
    road, tracks, drive, marks = (pen.sheet() for _ in range(4))
    pen.line(road, line, 2 * EDGE)
    # Concrete in the asphalt, and years, make a motorway paler than a street.
    pen.line(marks, line, 2 * EDGE, 17)
    chance = stream(seed, "wheel tracks")
    for side in (-1.0, 1.0):
        for lane in LANES:
            for wheel in (-0.85, 0.85):
                pen.line(
                    tracks, beside(line, side * (lane + wheel)), 0.8, int(chance.integers(120, 220))
                )
        for metres in (INNER_LINE, OUTER_LINE):
            pen.line(marks, beside(line, side * metres), 0.25, 215)
        for metres in (6.6, 10.2):
            _dashes(pen, marks, course, side * metres)
    walk = pen.sheet()
    pen.line(walk, line, 3.4, 90)
    for street in layout.streets[1:]:
        height = street.roadway.height if street.roadway is not None else None
        low = street.line if height is None else street.line[height < 0.6]
        for run in _runs(low):
            pen.line(road, run, 2 * street.half_width + 0.6)
    for k in range(len(sites)):
        _yard(pen, drive, marks, sites, k)
    cover = _fields(pen, course, seed)
    return GroundPlan(bounds, road, tracks, walk, drive, cover, marks)


def _runs(points: Floats) -> list[Floats]:
    """Lines without gaps."""
    if len(points) < 2:
        return []
    gaps = np.flatnonzero(np.linalg.norm(np.diff(points, axis=0), axis=1) > 20.0)
    return [run for run in np.split(points, gaps + 1) if len(run) > 1]


def _dashes(pen: Pen, marks: Octets, course: Course, aside: float) -> None:
    """A broken line: 4 m of paint every 12 m."""
    bounds = course.bounds
    for y in np.arange(bounds.y0, bounds.y0 + bounds.extent, 12.0):
        pen.line(marks, beside(course.line(y, y + 4.0, 1.0), aside), 0.25, 205)


def _yard(pen: Pen, drive: Octets, marks: Octets, sites: Sites, k: int) -> None:
    """Asphalt before a hall or round the pumps, with parking bays along its edge."""
    (x, y), (deep, along), side = sites.centre[k], sites.half[k], float(sites.side[k])
    rim = [
        (x - deep, y - along),
        (x + deep, y - along),
        (x + deep, y + along),
        (x - deep, y + along),
    ]
    pen.area(drive, np.array(rim), 235)
    if sites.kind[k] == STATION:
        for end in (-1.0, 1.0):
            start = (x - side * deep, y + end * along * 0.7)
            way = [
                start,
                (x - side * (deep + 9), y + end * (along + 12)),
                (x - side * (deep + 13), y + end * (along + 60)),
            ]
            pen.line(drive, np.array(way), 5.0, 235)
    edge = x - side * (deep - 1.0)
    for bay in np.arange(y - along + 4, y + along - 4, 2.6):
        pen.line(marks, np.array([(edge, bay), (edge + side * 4.8, bay)]), 0.25, 120)


def _fields(pen: Pen, course: Course, seed: int) -> Octets:
    """Strips of fields that lie along the slope of the land, meadow beside the road."""
    chance, bounds = stream(seed, "fields"), course.bounds
    sheet = pen.sheet()
    # One value for four texels along each side: the edges of fields are not that sharp.
    size = len(sheet) // 4
    metres = (np.arange(size) + 0.5) * bounds.extent / size
    x, y = np.meshgrid(bounds.x0 + metres, bounds.y0 + metres)
    tilt = float(chance.uniform(-0.22, 0.22))
    across, along = x - tilt * y, y + tilt * x
    cell = np.floor(along / 150.0).astype(int) * 37 + np.floor(
        (across + 60 * np.sin(along // 150.0)) / 92.0
    ).astype(int)
    pick = (cell * 2_654_435_761 >> 7) % len(FIELDS)
    cover = np.array([int(field) for field in FIELDS], np.uint8)[pick]
    aside = np.abs(x - course.x(y))
    cover[aside < 34.0] = int(Cover.MEADOW)
    for bridge in course.bridges():
        cover[(np.abs(y - bridge) < 26.0) & (aside < course.plateau(bridge) + 150)] = int(
            Cover.MEADOW
        )
    whole: Octets = cv2.resize(cover, sheet.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return whole


def trees_of(course: Course, layout: Layout, sites: Sites, seed: int) -> Trees:
    """Belts along fields and behind the rails, a few copses; off the road, its banks and yards."""
    chance, bounds = stream(seed, "trees"), course.bounds
    count = int(9500 * (bounds.extent / 1024) ** 2)
    spot = np.array([bounds.x0, bounds.y0]) + chance.random((count, 2)) * bounds.extent
    aside = np.abs(spot[:, 0] - course.x(spot[:, 1]))
    belt = np.abs((spot[:, 1] + 0.15 * spot[:, 0]) % 150.0 - 75.0) < 4.0
    copse = np.sin(spot[:, 0] / 47 + 1.3) * np.sin(spot[:, 1] / 61 + 0.4) > 0.72
    verge = (aside > 24) & (aside < 31) & (np.sin(spot[:, 1] / 37.0) > 0.1)
    wish = np.where(verge, 0.85, np.where(belt, 0.55, np.where(copse, 0.75, 0.02)))
    keep = (chance.random(count) < wish) & (aside > 23.5) & ~sites.cover(spot, 3.0)
    for street in layout.streets[1:]:
        gap = np.asarray(cKDTree(street.line).query(spot)[0])
        keep &= gap > 20.0
    spot = spot[keep]
    alive = np.ones(len(spot), bool)
    for first, second in sorted(cKDTree(spot).query_pairs(3.0)) if len(spot) > 1 else ():
        alive[second] &= not alive[first]
    return grow(spot[alive], np.zeros(int(alive.sum())), stream(seed, "tree shapes"))
