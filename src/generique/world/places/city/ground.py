"""The ground of a city: carriageways with their paint, pavements, parks and yards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from generique.world.arrays import Floats, Octets, stream
from generique.world.country import CUSTOMS, Marking
from generique.world.ground import Cover, GroundPlan, Pen, plan_ground
from generique.world.kit.outline import inset
from generique.world.layout import Street
from generique.world.places.city.plan import KERB, CityPlan
from generique.world.scene import Place

LINE = 0.16


def city_ground(plan: CityPlan, place: Place) -> GroundPlan:
    """The maps of the ground."""
    layout = plan.layout
    pen = Pen(layout.bounds)
    cover = pen.sheet()
    cover[:] = Cover.PAVED
    drive = pen.sheet()
    for park in plan.parks:
        pen.area(cover, inset(park, 0.5), int(Cover.LAWN))
        for path in park_paths(park):
            pen.line(drive, path, 3.0, 210)
    _harden(cover)
    ground = plan_ground(layout, place.seed, drive, cover, KERB)
    white, yellow = pen.sheet(), pen.sheet()
    junctions = Junctions(layout.streets)
    centre = yellow if CUSTOMS[place.country].centre is Marking.YELLOW else white
    chance = stream(place.seed, "paint")
    for index, street in enumerate(layout.streets):
        _paint_street(pen, street, junctions.along(index), (white, centre))
    junctions.crosswalks(pen, white, chance)
    clear = _inner(ground.road)
    white, yellow = (np.minimum(sheet, clear) for sheet in (white, yellow))
    return replace(ground, marks=white, yellow=yellow)


def _harden(cover: Octets) -> None:
    """Undo the soft edges that drawing gave to a map of kinds."""
    cover[(cover != Cover.LAWN) & (cover != Cover.PAVED)] = Cover.PAVED


def _inner(road: Octets) -> Octets:
    """Paint stays on the carriageway."""
    return np.where(road > 200, 255, 0).astype(np.uint8)


def park_paths(park: Floats) -> list[Floats]:
    """Paths: from corner to corner, and round inside the edge."""
    ring = inset(park, 5.0)
    if len(ring) < 3:
        return []
    paths = [np.vstack([ring, ring[:1]])]
    middle = park.mean(axis=0)
    paths += [np.array([corner, middle]) for corner in park]
    return paths


class Junctions:
    """Where straight streets cross."""

    def __init__(self, streets: tuple[Street, ...]) -> None:
        self.streets = streets
        self.start = np.array([street.line[0] for street in streets])
        step = np.array([street.line[-1] - street.line[0] for street in streets])
        self.length = np.linalg.norm(step, axis=1)
        self.way = step / self.length[:, None]
        self.half = np.array([street.half_width for street in streets])

    def along(self, index: int) -> Floats:
        """Crossings of one street: n x 2, distance along it and half the opening there."""
        found = []
        for other in range(len(self.streets)):
            cross = _cross(self.way[index], self.way[other])
            if other == index or abs(cross) < 0.2:
                continue
            gap = self.start[other] - self.start[index]
            here = _cross(gap, self.way[other]) / cross
            there = _cross(gap, self.way[index]) / cross
            reach = self.half[index]
            if -reach < here < self.length[index] and -reach <= there < self.length[other]:
                skew = abs(self.way[index] @ self.way[other]) * self.half[index]
                found.append((here, (self.half[other] + skew) / abs(cross)))
        return np.array(sorted(found)).reshape(-1, 2)

    def crosswalks(self, pen: Pen, sheet: Octets, chance: np.random.Generator) -> None:
        """Zebra bars and stop lines before the crossings."""
        for index, street in enumerate(self.streets):
            right = np.array([self.way[index][1], -self.way[index][0]])
            for here, half in self.along(index):
                worn = int(chance.integers(140, 255))
                for side in (-1.0, 1.0):
                    middle = self.start[index] + self.way[index] * (here + side * (half + 2.9))
                    reach = street.half_width - 0.4
                    for offset in np.arange(-reach + 0.3, reach, 1.15):
                        at = middle + right * offset
                        bar = np.array([at - self.way[index] * 1.4, at + self.way[index] * 1.4])
                        pen.line(sheet, bar, 0.5, worn)
                    stop = middle + self.way[index] * (side * 2.6)
                    # Those who come towards the crossing on their right-hand side wait there.
                    lane = right * (-side)
                    pen.line(sheet, np.array([stop + lane * 0.3, stop + lane * reach]), 0.42, worn)


def _cross(a: Floats, b: Floats) -> float:
    return float(a[0] * b[1] - a[1] * b[0])


def _paint_street(
    pen: Pen, street: Street, crossings: Floats, sheets: tuple[Octets, Octets]
) -> None:
    """Centre line and lanes between crossings."""
    white, centre = sheets
    start, end = street.line[0], street.line[-1]
    length = float(np.linalg.norm(end - start))
    way = (end - start) / length
    right = np.array([way[1], -way[0]])
    cuts = np.r_[[[0.0, 0.0]], crossings, [[length, 0.0]]]
    for (before, first), (after, second) in pairwise(cuts):
        low, high = before + first + 6.2, after - second - 6.2
        if high - low < 8:
            continue

        def line(offset: float, a: float, b: float) -> Floats:
            return np.array([start + way * a + right * offset, start + way * b + right * offset])

        if street.avenue:
            # Two lines a hand apart are one at this resolution.
            pen.line(centre, line(0.0, low, high), LINE, 235)
        else:
            _dashes(pen, centre, line, (0.0, low, high))
        lanes = () if street.roadway is None else street.roadway.lanes
        for inner, outer in pairwise(lanes):
            for side in (-1.0, 1.0):
                _dashes(pen, white, line, (side * (inner + outer) / 2, low, high))


def _dashes(
    pen: Pen,
    sheet: Octets,
    line: Callable[[float, float, float], Floats],
    run: tuple[float, float, float],
) -> None:
    offset, low, high = run
    for at in np.arange(low, high - 3, 9.0):
        pen.line(sheet, line(offset, float(at), float(at) + 3.0), LINE, 215)
