"""Cars that drive: where each one is at a time, and when they pass the camera.

Cars keep to their lane on the avenues at a constant speed. Where one leaves the place at the end of
its street, it comes in again at the other end, far away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from generique.model.element import SceneEvent
from generique.world.arrays import Floats, stream
from generique.world.layout import Layout, Street

LANE = 1.9
AUDIBLE = 110.0
"""Metres up to which a passing car is an event."""


@dataclass(frozen=True)
class Lane:
    """A lane of an avenue as points that a car passes, one row each.

    Attributes:
        along: n metres from the lane's start.
        points: n x 2 metres.
        heading: n radians, without jumps.
    """

    along: Floats
    points: Floats
    heading: Floats

    @property
    def length(self) -> float:
        """Metres."""
        return float(self.along[-1])


def lane_of(street: Street, *, northwards: bool, keep_left: bool = False) -> Lane:
    """The lane of a street in one direction, on the right unless cars keep left."""
    line = street.line if northwards else street.line[::-1]
    slope = np.gradient(line, axis=0)
    slope = slope / np.linalg.norm(slope, axis=1, keepdims=True)
    aside = LANE if street.roadway is None else street.roadway.lanes[0]
    points = line + np.c_[slope[:, 1], -slope[:, 0]] * (-aside if keep_left else aside)
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    heading = np.unwrap(np.arctan2(slope[:, 1], slope[:, 0]))
    return Lane(np.r_[0.0, np.cumsum(steps)], points, heading)


@dataclass(frozen=True)
class Driver:
    """One moving car.

    Attributes:
        lane: Where it drives.
        start: Distance along it at time 0, metres.
        speed: Metres a second.
        kind: Index of the car's shape.
        colour: Index of its paint.
    """

    lane: Lane
    start: float
    speed: float
    kind: int
    colour: int

    def pose(self, seconds: float) -> tuple[float, float, float]:
        """Place (x, y) in metres and heading in radians at a time."""
        lane = self.lane
        distance = (self.start + self.speed * seconds) % lane.length
        x, y = (float(np.interp(distance, lane.along, lane.points[:, k])) for k in (0, 1))
        return x, y, float(np.interp(distance, lane.along, lane.heading))


def drivers(layout: Layout, traffic: float, seed: int) -> tuple[Driver, ...]:
    """The cars of a shot; the main street has at least one as soon as there is traffic."""
    if traffic <= 0:
        return ()
    chance = stream(seed, "traffic")
    cars = []
    for index, street in enumerate(s for s in layout.streets if s.avenue):
        for northwards in (True, False):
            lane = lane_of(street, northwards=northwards, keep_left=layout.keep_left)
            cars += _drive(lane, traffic, chance, main=index == 0)
    return tuple(cars)


def _drive(lane: Lane, traffic: float, chance: np.random.Generator, *, main: bool) -> list[Driver]:
    """The cars of one lane, all at one speed, so that none runs into another."""
    origin = float(lane.along[int(np.argmin(np.abs(lane.points[:, 1])))])
    gap = (60.0 + 140.0 * (1 - traffic) ** 2) * (1.0 if main else 1.7)
    offsets = np.arange(-0.4 * lane.length, 0.58 * lane.length, gap)
    offsets = offsets + chance.uniform(-0.3, 0.3, len(offsets)) * gap
    speed = chance.uniform(8.5, 11.5)
    kinds, colours = (chance.integers(0, most, len(offsets)) for most in (3, 7))
    there = chance.random(len(offsets)) < 0.35 + 0.65 * traffic
    if main and len(offsets):
        # One that is about to come by, whatever the dice say.
        there[int(np.argmin(np.abs(offsets + 30.0)))] = True
    return [
        Driver(lane, origin + float(offsets[k]), speed, int(kinds[k]), int(colours[k]))
        for k in np.flatnonzero(there)
    ]


def passes(
    cars: tuple[Driver, ...], camera: Callable[[float], tuple[Floats, Floats]], seconds: float
) -> tuple[SceneEvent, ...]:
    """When cars pass, as events that sound can follow; in order of time.

    Args:
        cars: The cars of the shot.
        camera: Position and unit forward vector (3 each) at a time in seconds.
        seconds: Length of the shot.
    """
    times = np.arange(0.0, seconds + 1e-9, 0.125)
    views = [camera(float(at)) for at in times]
    events = []
    for car in cars:
        event = _pass(car, times, views)
        if event is not None:
            events.append(event)
    return tuple(sorted(events, key=lambda event: (event.at, event.distance_m)))


def _pass(car: Driver, times: Floats, views: list[tuple[Floats, Floats]]) -> SceneEvent | None:
    """The stretch in which one car is near enough to be heard."""
    offsets = np.array(
        [
            np.array([*car.pose(float(at))[:2], 0.6]) - position
            for at, (position, _) in zip(times, views, strict=True)
        ]
    )
    distance = np.linalg.norm(offsets, axis=1)
    nearest = int(np.argmin(distance))
    heard = np.flatnonzero(distance < max(1.6 * distance[nearest], 45.0))
    if distance[nearest] > AUDIBLE or len(heard) < 4:
        return None
    first, last = int(heard[0]), int(heard[-1])
    return SceneEvent(
        at=float(times[first]),
        kind="car-pass",
        distance_m=float(max(distance[nearest], 1.0)),
        pan_from=_pan(offsets[first], views[first][1]),
        pan_to=_pan(offsets[last], views[last][1]),
        duration=float(times[last] - times[first]),
    )


def _pan(offset: Floats, forward: Floats) -> float:
    """Sine of the bearing of an offset, -1 left to 1 right."""
    right = np.array([forward[1], -forward[0]])
    reach = float(np.hypot(offset[0], offset[1])) * float(np.hypot(right[0], right[1])) + 1e-9
    return float(np.clip((offset[:2] @ right) / reach, -1, 1))
