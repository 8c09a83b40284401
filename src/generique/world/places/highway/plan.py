"""The plan of a motorway: its traffic, the roads that cross it, its ramps."""

from __future__ import annotations

import numpy as np

from generique.world.kit.members import beside
from generique.world.layout import NO_LOTS, Layout, Roadway, Street, square
from generique.world.places.highway.course import CROSS_HALF, LANES, Course, course_of
from generique.world.scene import Place

AHEAD, BEHIND = 2200.0, 500.0
"""Metres beyond the bounds that traffic comes from."""
SPEEDS = (33.0, 28.0, 23.5)
HEAVY = (0.0, 0.07, 0.42)
GUIDE = 1.7
"""Metres beside the median's middle where a camera near the ground flies, clear of its masts."""


def lay_out(place: Place) -> Layout:
    """Plan a motorway. The same place gives the same plan."""
    bounds = square(place.extent)
    course = course_of(place, bounds)
    guide = beside(course.line(bounds.y0 - 110, bounds.y0 + bounds.extent + 60, 3.0), GUIDE)
    return Layout(bounds, streets_of(course), NO_LOTS, guide=guide, room=5.0)


def streets_of(course: Course) -> tuple[Street, ...]:
    """The motorway first, then the roads that cross it and the ramps."""
    bounds = course.bounds
    line = course.line(bounds.y0 - BEHIND, bounds.y0 + bounds.extent + AHEAD)
    road = Roadway(LANES, SPEEDS, HEAVY, spacing=36.0)
    streets = [Street(line, 17.0, sodium=True, closed=False, avenue=True, roadway=road)]
    for y in course.bridges():
        cross = course.cross(y)
        lanes = Roadway((1.9,), (16.0,), (0.12,), 90.0, cross[:, 2])
        streets.append(_street(cross[:, :2], CROSS_HALF, lanes))
    for ramp, exits in course.ramps():
        way = ramp if exits else ramp[::-1]
        lanes = Roadway((0.0,), (17.0,), (0.12,), 70.0, way[:, 2], oneway=True)
        streets.append(_street(way[:, :2], 3.2, lanes))
    return tuple(streets)


def _street(
    line: np.ndarray[tuple[int, int], np.dtype[np.float64]], half: float, road: Roadway
) -> Street:
    return Street(line, half, sodium=True, closed=False, avenue=True, roadway=road)
