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
class Driver:
    """One moving car.

    Attributes:
        street: The avenue.
        start: Distance along it at time 0, metres.
        speed: Metres a second, negative southwards.
        kind: Index of the car's shape.
        colour: Index of its paint.
    """

    street: Street
    start: float
    speed: float
    kind: int
    colour: int

    def pose(self, seconds: float) -> tuple[float, float, float]:
        """x and y in metres and heading in radians at a time."""
        length = float(self.street.along()[-1])
        distance = (self.start + self.speed * seconds) % length
        point, heading = self.street.at(np.array([distance]))
        way = 1.0 if self.speed > 0 else -1.0
        right = np.array([heading[0, 1], -heading[0, 0]]) * way
        x, y = point[0] + right * LANE
        return float(x), float(y), float(np.arctan2(heading[0, 1] * way, heading[0, 0] * way))


def drivers(layout: Layout, traffic: float, seed: int) -> tuple[Driver, ...]:
    """The cars of a shot; the main street has at least one as soon as there is traffic."""
    if traffic <= 0:
        return ()
    chance = stream(seed, "traffic")
    cars = []
    for index, street in enumerate(s for s in layout.streets if s.avenue):
        origin = float(np.interp(0.0, street.line[:, 1], street.along()))
        for way in (1.0, -1.0):
            gap = 60.0 + 140.0 * (1 - traffic) ** 2
            offsets = np.arange(-160.0, 700.0, gap) * (1.0 if index == 0 else 1.7)
            offsets = offsets + chance.uniform(-0.3, 0.3, len(offsets)) * gap
            speeds = chance.uniform(8.5, 11.5) * way
            kinds = chance.integers(0, 3, len(offsets))
            colours = chance.integers(0, 7, len(offsets))
            there = chance.random(len(offsets)) < 0.35 + 0.65 * traffic
            there[1 if way > 0 else 3] |= index == 0
            cars += [
                Driver(street, origin + float(offset), speeds, int(kind), int(colour))
                for offset, kind, colour in zip(
                    offsets[there], kinds[there], colours[there], strict=True
                )
            ]
    return tuple(cars)


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


def _pass(
    car: Driver, times: Floats, views: list[tuple[Floats, Floats]]
) -> SceneEvent | None:
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
