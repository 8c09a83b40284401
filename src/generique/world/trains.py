"""Trains that pass: one on each railway, whose vehicles are drawn as cars are."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.kit.car_bodies import LIVERIES, PAINTS
from generique.world.kit.train_bodies import KIND_COACH, KIND_ENGINE, KIND_WAGON, TRAINS
from generique.world.layout import Layout, Railway
from generique.world.scene import Life
from generique.world.traffic import Driver, Fleet, Lane, drivers

COUPLED = 0.9
"""Metres between one vehicle and the next."""
PASSENGERS = 19.0
"""Metres a second of a passenger train."""
GOODS = 12.0
BEYOND = 400.0
"""Metres past both ends of its line from which a train comes and to which it goes."""
BEFORE = 30.0
"""Metres before the middle of the place at which its head is when a shot begins."""
WATCHED = 60.0
"""Seconds for which no car meets a train."""
CLEARANCE = 18.0
"""Metres from the middle of a vehicle of a train within which a car would wait."""
OVERHEAD = 4.0
"""Metres of height by which a train passes over a car."""
_FIRST = KIND_ENGINE
_BLUE = 5
"""Of the paints, for locomotives."""


def vehicles(layout: Layout, life: Life, seed: int) -> tuple[Driver, ...]:
    """All that drives in a shot: the cars, then the vehicles of trains.

    Args:
        layout: The plan of its place.
        life: How much traffic there is, and whether trains pass.
        seed: Of the scene.
    """
    cars, rake = drivers(layout, life.traffic, seed), trains(layout, life.trains, seed)
    return _out_of_the_way(cars, rake) + rake if rake else cars


def _out_of_the_way(cars: tuple[Driver, ...], rake: tuple[Driver, ...]) -> tuple[Driver, ...]:
    """The cars that come near no vehicle of a train while one may be watched."""
    free = np.ones(len(cars), bool)
    road, rails = Fleet(cars), Fleet(rake)
    for seconds in np.arange(0.0, WATCHED, 0.25):
        apart = road.poses(float(seconds))[:, None] - rails.poses(float(seconds))[None]
        level = np.abs(apart[..., 3]) < OVERHEAD
        near = np.hypot(apart[..., 0], apart[..., 1]) < CLEARANCE
        free &= ~np.any(near & level, axis=1)
    return tuple(car for car, keeps in zip(cars, free, strict=True) if keeps)


def trains(layout: Layout, amount: float, seed: int) -> tuple[Driver, ...]:
    """The vehicles of the train that passes; none where there is no railway.

    Args:
        layout: The plan of a place.
        amount: From 0, none, to 1, a long train.
        seed: Of the scene.
    """
    railway = layout.railway
    if railway is None or amount <= 0:
        return ()
    chance = stream(seed, "trains")
    lane = _lane(railway, backwards=bool(chance.random() < 0.5))
    kinds = _rake(railway, amount, chance)
    lengths = np.array([TRAINS[kind - _FIRST].ends[0] for kind in kinds]) * 2 + COUPLED
    behind = np.cumsum(lengths) - lengths / 2
    head = lane.length / 2 - BEFORE
    speed = GOODS if railway.goods else PASSENGERS
    paint = _BLUE if railway.goods else int(chance.integers(len(PAINTS)))
    last = len(kinds) - 1
    return tuple(
        Driver(
            lane,
            float(head - behind[k]) % lane.length,
            speed,
            kind,
            int(chance.integers(len(LIVERIES))) if kind == KIND_WAGON else paint,
            lamps=(k == 0, k == last),
        )
        for k, kind in enumerate(kinds)
    )


def _rake(railway: Railway, amount: float, chance: np.random.Generator) -> list[int]:
    """The kinds of a train's vehicles from its head."""
    if railway.goods:
        count = round((8 + 10 * amount) * chance.uniform(0.85, 1.15))
        return [KIND_ENGINE, KIND_ENGINE] + [KIND_WAGON] * count
    return [KIND_COACH] * round(2 + 4 * amount)


def _lane(railway: Railway, *, backwards: bool) -> Lane:
    """The way of a train, longer than any train, so that it never meets its own end."""
    line: Floats = railway.line[::-1] if backwards else railway.line
    out = np.diff(line[[0, 1, -2, -1]], axis=0)[::2]
    out *= BEYOND / np.linalg.norm(out, axis=1, keepdims=True)
    line = np.vstack([line[0] - out[0], line, line[-1] + out[1]])
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    slope = np.gradient(line, axis=0)
    heading = np.unwrap(np.arctan2(slope[:, 1], slope[:, 0]))
    return Lane(np.r_[0.0, np.cumsum(steps)], line, heading, np.full(len(line), railway.height))
