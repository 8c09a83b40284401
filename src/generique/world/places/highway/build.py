"""A motorway as arrays."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.kit.car import parked_cars
from generique.world.kit.car_bodies import KIND_LORRY, KIND_VAN
from generique.world.kit.members import bars, beside
from generique.world.kit.sheds import office, shed_quads, sheds_at
from generique.world.kit.street_furniture import LAMP_INTENSITY, Lamps, lamp_quads
from generique.world.lights import LED, SODIUM, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join
from generique.world.owners import Thing, owner
from generique.world.places.highway.course import Course, course_of
from generique.world.places.highway.gantry import gantries
from generique.world.places.highway.land import (
    OFFICE,
    STATION,
    YARD,
    Sites,
    ground_of,
    sites_of,
    trees_of,
)
from generique.world.places.highway.plan import lay_out
from generique.world.places.highway.station import station
from generique.world.places.highway.works import barrier, bridges, noise_walls, rails
from generique.world.scene import Life, Place
from generique.world.site import Site

MAST, ARM, PITCH = 12.5, 2.3, 46.0
"""Height of the lamps, length of their arms, and metres between the masts."""
HIGH_MAST = 26.0
HIGH_INTENSITY = 3000.0
LOT_LAMP = 9.0


def build(place: Place, life: Life) -> Site:
    """Build a motorway.

    Args:
        place: What stands where.
        life: Which windows and signs are lit, and whether the lamps burn.
    """
    seed = place.seed
    layout = lay_out(place)
    course = course_of(place, layout.bounds)
    sites = sites_of(course, seed)
    masts, high, low = _masts(course, seed), _high_masts(course), _lot_lamps(sites, seed)
    lamps = Lamps(*(np.concatenate(rows) for rows in zip(masts, high, low, strict=True)))
    signs, sign_lights = gantries(course, place)
    built, built_lights = _beside(sites, seed, life.lit_windows)
    quads = join(
        [
            barrier(course).owned(owner(Thing.BARRIER, 0)),
            rails(course).owned(owner(Thing.BARRIER, 1)),
            bridges(course),
            noise_walls(course, _noise_runs(course, sites, seed)).owned(owner(Thing.WALL)),
            signs,
            built,
            lamp_quads(lamps, burning=life.lamps),
            _collars(high[0]).owned(owner(Thing.MAST)),
        ]
    )
    return Site(
        layout=layout,
        quads=quads,
        lamps=lamps,
        lamp_lights=_light(masts, high, low),
        home_lights=gather([sign_lights, built_lights]),
        ground=ground_of(course, layout, sites, seed),
        trees=trees_of(course, layout, sites, seed),
        chimneys=np.zeros((0, 3)),
        smoking=np.zeros(0, bool),
    )


def _masts(course: Course, seed: int) -> tuple[Floats, Floats, Floats]:
    """Masts in the median with an arm over each carriageway: feet, heads, colours."""
    bounds = course.bounds
    y = np.arange(bounds.y0 + 23.0, bounds.y0 + bounds.extent - 10, PITCH)
    # No mast stands through a bridge.
    for bridge in course.bridges():
        y = y[np.abs(y - bridge) > 9.0]
    # Nor before the eyes of who stands on the near one.
    y = y[(y < course.bridge) | (y > course.bridge + 32.0)]
    line = np.c_[course.x(y), y]
    chance = stream(seed, "masts")
    colour = np.array(SODIUM if chance.random() < 0.62 else LED)
    feet = np.repeat(np.c_[line, np.full(len(y), 0.4)], 2, axis=0)
    heads = np.stack([beside(line, -ARM), beside(line, ARM)], axis=1).reshape(-1, 2)
    heads = np.c_[heads, np.full(len(heads), MAST)]
    strength = np.exp(chance.normal(0, 0.10, (len(heads), 1)))
    return feet, heads, colour * strength


def _high_masts(course: Course) -> tuple[Floats, Floats, Floats]:
    """Tall masts with a crown of floods about the interchange."""
    feet: list[tuple[float, float]] = []
    if course.interchange is not None:
        middle = float(course.x(course.interchange))
        feet = [
            (middle + sx * 34.0, course.interchange + sy * 62.0) for sx in (-1, 1) for sy in (-1, 1)
        ]
    ring = np.array([(1.1, 0.0), (-0.55, 0.95), (-0.55, -0.95)])
    foot = np.array([(*spot, 0.0) for spot in feet]).reshape(-1, 3)
    each = np.repeat(foot, 3, axis=0)
    head = each + np.c_[np.tile(ring, (len(foot), 1)), np.full(3 * len(foot), HIGH_MAST)]
    return each, head, np.tile(np.array(SODIUM), (len(each), 1))


def _lot_lamps(sites: Sites, seed: int) -> tuple[Floats, Floats, Floats]:
    """White lamps in yards, along the edge that looks to the road."""
    chance = stream(seed, "yard lamps")
    feet = [np.zeros((0, 3))]
    for k in range(len(sites)):
        (x, y), (deep, along) = sites.centre[k], sites.half[k]
        rows = np.linspace(y - along * 0.7, y + along * 0.7, 3)
        edge = x - sites.side[k] * (deep - 7.5)
        feet.append(np.c_[np.full(3, edge), rows, np.zeros(3)][chance.random(3) < 0.85])
    foot = np.concatenate(feet)
    head = foot + np.array([0.0, 0.6, LOT_LAMP])
    colour = np.where(chance.random((len(foot), 1)) < 0.75, np.array(LED), np.array(SODIUM))
    return foot, head, colour


def _light(*kinds: tuple[Floats, Floats, Floats]) -> Lights:
    """Light of the masts, of the high masts and of the lamps in yards."""
    masts, high, low = kinds
    down = np.array([0.0, 0.0, -1.0])
    parts = [shine(masts[1] - [0, 0, 0.15], masts[2] * (LAMP_INTENSITY * 1.9), down, Beam.LAMP)]
    parts.append(shine(high[1] - [0, 0, 0.3], high[2] * (HIGH_INTENSITY / 3), down, Beam.FLOOD))
    parts.append(shine(low[1] - [0, 0, 0.15], low[2] * (LAMP_INTENSITY * 1.15), down, Beam.LAMP))
    return gather(parts)


def _collars(feet: Floats) -> Quads:
    """The lower, thicker parts of the high masts."""
    foot = feet[::3]
    finish = Finish((0.25, 0.25, 0.26), surface=Surface.DETAIL, level=Level.ALWAYS, step=6.0)
    return bars(foot, foot + np.array([0, 0, 13.0]), 0.42, finish)


def _noise_runs(course: Course, sites: Sites, seed: int) -> list[tuple[float, float, float]]:
    """Stretches with a noise wall: where nothing wants to be seen from the road."""
    chance, bounds = stream(seed, "noise walls"), course.bounds
    runs = []
    for side in (-1.0, 1.0):
        y = bounds.y0 + float(chance.uniform(20, 90))
        while y < bounds.y0 + bounds.extent - 60:
            end = y + float(chance.uniform(90, 190))
            near = sites.side == side
            shown = np.any(
                near
                & (np.abs(sites.centre[:, 1] - (y + end) / 2) < (end - y) / 2 + sites.half[:, 1])
            )
            bridge = any(y - 40 < b < end + 40 for b in course.bridges())
            ramp = (
                course.interchange is not None
                and abs((y + end) / 2 - course.interchange) < course.ramp + (end - y) / 2
            )
            if not shown and not bridge and not ramp and end < bounds.y0 + bounds.extent - 20:
                runs.append((side, y, end))
            y = end + float(chance.uniform(30, 160))
    return runs


def _beside(sites: Sites, seed: int, lit: float) -> tuple[Quads, Lights]:
    """Halls, filling stations, and what is parked there."""
    chance = stream(seed, "halls")
    parts: list[Quads] = []
    lights: list[Lights] = []
    yards = np.flatnonzero(sites.kind == YARD)
    side, half = sites.side[yards], sites.half[yards]
    deep = half[:, 0] * chance.uniform(0.95, 1.15, len(yards))
    size = np.c_[half[:, 1] * 1.7, deep, chance.uniform(8, 13, len(yards))]
    centre = sites.centre[yards].copy()
    centre[:, 0] += side * (half[:, 0] - deep / 2 - 2.0)
    # The docks look to the road: along -x on the east side, along +x on the west side.
    turn = np.where(side > 0, -np.pi / 2, np.pi / 2)
    halls, lamps = shed_quads(sheds_at(centre, turn, size), chance, lit)
    parts.append(halls)
    lights.append(lamps)
    for k in np.flatnonzero(sites.kind == STATION):
        quads, shining = station(sites.centre[k], float(sites.side[k]), chance, lit)
        parts.append(quads.owned(owner(Thing.STATION, int(k))))
        lights.append(shining)
    for k in np.flatnonzero(sites.kind == OFFICE):
        front = -np.pi / 2 if sites.side[k] > 0 else np.pi / 2
        spot = sites.centre[k] + np.array([sites.side[k] * 9.0, 0.0])
        parts.append(office(spot, front, chance, lit).owned(owner(Thing.OFFICE, int(k))))
    parts += _parked(sites, chance)
    return join(parts), gather(lights)


def _parked(sites: Sites, chance: np.random.Generator) -> list[Quads]:
    cars, lorries = [np.zeros((0, 3))], [np.zeros((0, 3))]
    for k in range(len(sites)):
        (x, y), (deep, along), side = sites.centre[k], sites.half[k], float(sites.side[k])
        edge = x - side * (deep - 3.4)
        bays = np.arange(y - along + 5.3, y + along - 4, 2.6)
        bays = bays[chance.random(len(bays)) < 0.42]
        ways = np.where(chance.random(len(bays)) < 0.5, 0.0, np.pi)
        cars.append(np.c_[np.full(len(bays), edge), bays, ways])
        if sites.kind[k] == YARD:
            docks = np.arange(y - along * 0.6, y + along * 0.6, 10.4)
            docks = docks[chance.random(len(docks)) < 0.4]
            front = x + side * (deep * -0.12 - 11.5)
            lorries.append(
                np.c_[
                    np.full(len(docks), front),
                    docks,
                    np.full(len(docks), np.pi if side > 0 else 0.0),
                ]
            )
    return [
        parked_cars(np.concatenate(cars), chance),
        parked_cars(np.concatenate(lorries), chance, (KIND_LORRY, KIND_LORRY, KIND_VAN)),
    ]
