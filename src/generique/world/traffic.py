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
from generique.world.kit.car_bodies import KIND_BUS, KIND_LORRY, KIND_VAN, PAINTS
from generique.world.layout import Layout, Street
from generique.world.relief import FLAT, Relief

LANE = 1.9
AUDIBLE = 110.0
"""Metres up to which a passing car is an event."""
CARS = (0, 0, 1, 1, 2, 3, 3)
"""Kinds of bodies in ordinary traffic, by how common they are."""
HEAVY = (KIND_LORRY, KIND_LORRY, KIND_VAN, KIND_VAN, KIND_BUS)
ROOM = 22.0
"""Least metres from the middle of one vehicle to that of the next in its lane."""


@dataclass(frozen=True, eq=False)
class Lane:
    """A lane of a street as points that a car passes, one row each.

    Attributes:
        along: n metres from the lane's start.
        points: n x 2 metres.
        heading: n radians, without jumps.
        height: n metres of the carriageway.
    """

    along: Floats
    points: Floats
    heading: Floats
    height: Floats

    @property
    def length(self) -> float:
        """Metres."""
        return float(self.along[-1])

    def at(self, distance: Floats) -> Floats:
        """Place and heading at distances from the start: n x 4, x, y, heading, height."""
        values = (self.points[:, 0], self.points[:, 1], self.heading, self.height)
        return np.stack([np.interp(distance, self.along, row) for row in values], axis=-1)


def lane_of(
    street: Street,
    *,
    northwards: bool,
    keep_left: bool = False,
    relief: Relief = FLAT,
    lane: int | None = None,
) -> Lane:
    """A lane of a street in one direction.

    Args:
        street: The street.
        northwards: Along its line, else back.
        keep_left: True where cars drive on the left.
        relief: The ground that it lies on.
        lane: Of the street's roadway; None for the one lane of a street without.
    """
    road = street.roadway
    line = street.line if northwards else street.line[::-1]
    slope = np.gradient(line, axis=0)
    slope = slope / np.linalg.norm(slope, axis=1, keepdims=True)
    aside = LANE if road is None or lane is None else road.lanes[lane]
    if keep_left:
        aside = -aside
    points = line + np.c_[slope[:, 1], -slope[:, 0]] * aside
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    heading = np.unwrap(np.arctan2(slope[:, 1], slope[:, 0]))
    height = relief.at(points)
    if road is not None and road.height is not None:
        height = np.maximum(height, road.height if northwards else road.height[::-1])
    return Lane(np.r_[0.0, np.cumsum(steps)], points, heading, height)


@dataclass(frozen=True)
class Driver:
    """One moving car.

    Attributes:
        lane: Where it drives.
        start: Distance along it at time 0, metres.
        speed: Metres a second.
        kind: Index of the car's shape.
        colour: Index of its paint.
        lamps: Whether those in front and those behind burn.
    """

    lane: Lane
    start: float
    speed: float
    kind: int
    colour: int
    lamps: tuple[bool, bool] = (True, True)

    def pose(self, seconds: float) -> tuple[float, float, float]:
        """Place (x, y) in metres and heading in radians at a time."""
        found = self.lane.at(np.array([(self.start + self.speed * seconds) % self.lane.length]))
        x, y, turn, _ = (float(value) for value in found[0])
        return x, y, turn


class Fleet:
    """All cars of a shot at once."""

    def __init__(self, cars: tuple[Driver, ...]) -> None:
        """Sort cars by lane.

        Args:
            cars: Of the shot; the order stays theirs.
        """
        self._start = np.array([car.start for car in cars], float)
        self._speed = np.array([car.speed for car in cars], float)
        self.kind = np.array([car.kind for car in cars], int)
        self.colour = np.array([car.colour for car in cars], int)
        self.lamps = np.array([car.lamps for car in cars], bool).reshape(-1, 2)
        lanes: dict[int, tuple[Lane, list[int]]] = {}
        for index, car in enumerate(cars):
            lanes.setdefault(id(car.lane), (car.lane, []))[1].append(index)
        self._lanes = [(lane, np.array(which)) for lane, which in lanes.values()]

    def __len__(self) -> int:
        return len(self._start)

    def poses(self, seconds: float) -> Floats:
        """Where the cars are at a time: n x 5, x, y, heading, height, and how they climb."""
        out = np.zeros((len(self), 5))
        for lane, which in self._lanes:
            distance = (self._start[which] + self._speed[which] * seconds) % lane.length
            out[which, :4] = lane.at(distance)
            rise = lane.at(distance + 2.0)[:, 3] - lane.at(distance - 2.0)[:, 3]
            out[which, 4] = rise / 4.0
        return out


def drivers(layout: Layout, traffic: float, seed: int) -> tuple[Driver, ...]:
    """The cars of a shot; the main street has at least one as soon as there is traffic."""
    if traffic <= 0:
        return ()
    chance = stream(seed, "traffic")
    cars: list[Driver] = []
    for index, street in enumerate(s for s in layout.streets if s.avenue):
        for northwards in (True, False):
            if street.roadway is not None:
                if northwards or not street.roadway.oneway:
                    cars += _stream_of(street, traffic, chance, layout, northwards=northwards)
                continue
            lane = lane_of(
                street, northwards=northwards, keep_left=layout.keep_left, relief=layout.relief
            )
            cars += _drive(lane, traffic, chance, main=index == 0)
    return tuple(cars)


def _stream_of(
    street: Street, traffic: float, chance: np.random.Generator, layout: Layout, *, northwards: bool
) -> list[Driver]:
    """The cars of one carriageway: in loose groups, heavy ones in the slow lane.

    All in a lane go at one speed, so that none runs into another.
    """
    road = street.roadway
    if road is None:
        return []
    cars = []
    for k, (own, heavy) in enumerate(zip(road.speeds, road.lorries, strict=True)):
        lane = lane_of(
            street,
            northwards=northwards,
            keep_left=layout.keep_left,
            relief=layout.relief,
            lane=k,
        )
        gap = road.spacing * (own / 27.0) * (1.0 + 5.0 * (1 - traffic) ** 2)
        count = int(lane.length / ROOM)
        steps = ROOM + chance.gamma(1.3, max(gap - ROOM, 4.0) / 1.3, count)
        places = np.cumsum(steps)
        # Where the lane ends the same cars come in again: the last must not touch the first.
        places = places[places < lane.length - ROOM]
        is_heavy = chance.random(len(places)) < heavy
        plain = np.array(CARS)[chance.integers(len(CARS), size=len(places))]
        large = np.array(HEAVY)[chance.integers(len(HEAVY), size=len(places))]
        colours = chance.integers(0, len(PAINTS), len(places))
        speed = own * float(chance.uniform(0.97, 1.03))
        cars += [
            Driver(
                lane,
                float(place),
                speed,
                int(large[i] if is_heavy[i] else plain[i]),
                int(colours[i]),
            )
            for i, place in enumerate(places)
        ]
    return cars


def _drive(lane: Lane, traffic: float, chance: np.random.Generator, *, main: bool) -> list[Driver]:
    """The cars of one lane, all at one speed, so that none runs into another."""
    origin = float(lane.along[int(np.argmin(np.abs(lane.points[:, 1])))])
    gap = (60.0 + 140.0 * (1 - traffic) ** 2) * (1.0 if main else 1.7)
    offsets = np.arange(-0.4 * lane.length, 0.58 * lane.length, gap)
    offsets = offsets + chance.uniform(-0.3, 0.3, len(offsets)) * gap
    speed = chance.uniform(8.5, 11.5)
    kinds = np.array([*CARS, KIND_VAN])[chance.integers(0, len(CARS) + 1, len(offsets))]
    colours = chance.integers(0, len(PAINTS), len(offsets))
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
    fleet = Fleet(tuple(car for car in cars if car.kind <= KIND_BUS))
    places = np.stack([fleet.poses(float(at)) for at in times], axis=1)
    for track in places:
        event = _pass(track, times, views)
        if event is not None:
            events.append(event)
    return tuple(sorted(events, key=lambda event: (event.at, event.distance_m)))


def _pass(track: Floats, times: Floats, views: list[tuple[Floats, Floats]]) -> SceneEvent | None:
    """The stretch in which one car is near enough to be heard; a row of its track for each time."""
    eyes = np.array([position for position, _ in views])
    offsets = np.c_[track[:, :2], track[:, 3] + 0.6] - eyes
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
