"""Where the camera is, and where it looks, at any time of a take.

A path is a pure function of the scene and the main street: no state, no clock, exact between
frames, so that subframes of one exposure are poses of the same movement.

How long a move is follows from its mean speed and the length of the take; easing changes how the
length is spread over the take, never the length itself. Axes are the place's: x east, y north, z
up, metres; the main street runs along +y near x = 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.ndimage import gaussian_filter1d

from generique.model.element import Easing
from generique.world.arrays import stream
from generique.world.composing import ABOVE_THE_TREES
from generique.world.layout import BEHIND, Layout
from generique.world.scene import Camera, Move, SceneDocument

Vector: TypeAlias = NDArray[np.float64]
"""Three numbers, or two on the ground."""

FULL_EXTENT = 1024.0
"""Metres; the start below is for a place of this size, and is drawn in for a smaller one."""
START = (-16.0, -98.0)
ASPECT = 16 / 9

_RAMP = {
    Easing.EASE_IN: (0.45, 0.0),
    Easing.EASE_OUT: (0.0, 0.45),
    Easing.EASE_IN_OUT: (0.35, 0.35),
}
_WAVES = 7
_SLOWEST_WAVE = 0.1
_EDGE = 6.0
_FARTHEST_SUBJECT = 0.35


@dataclass(frozen=True, slots=True)
class Pose:
    """The camera at a moment.

    Attributes:
        position: 3, metres.
        forward: 3, unit length; the middle of the picture lies there.
        right: 3, unit length, in the picture's x, roll included.
        up: 3, unit length, in the picture's y, roll included.
        roll: Radians, clockwise as the camera sees it.
        hfov: Horizontal field of view, radians.
    """

    position: Vector
    forward: Vector
    right: Vector
    up: Vector
    roll: float
    hfov: float


@dataclass(frozen=True, slots=True)
class _Stand:
    """Position in metres, and where the camera looks: heading and pitch in radians."""

    position: Vector
    heading: float
    pitch: float


_Track: TypeAlias = Callable[[float], _Stand]
"""Where the camera stands after a number of metres of its way."""


@dataclass(frozen=True, slots=True)
class CameraPath:
    """The movement of the camera through a take.

    Attributes:
        seconds: Length of the take.
        length: Metres of way from the first to the last moment, the hand's movement apart.
    """

    seconds: float
    length: float
    easing: Easing
    hfov: float
    _track: _Track
    _hand: _Hand

    def travelled(self, seconds: float) -> float:
        """Metres of way behind the camera at a time; before and after the take it goes on."""
        share = progress(seconds / self.seconds, self.easing)
        return self.length * share

    def pose(self, seconds: float) -> Pose:
        """The camera at a time in seconds from the first frame, between frames too."""
        stand = self._track(self.travelled(seconds))
        shift, yaw, tilt, roll = self._hand.at(seconds)
        heading, pitch = stand.heading + yaw, stand.pitch + tilt
        ahead = np.array([math.sin(heading), math.cos(heading), 0.0])
        level = np.array([math.cos(heading), -math.sin(heading), 0.0])
        forward = ahead * math.cos(pitch) - np.array([0.0, 0.0, math.sin(pitch)])
        upright = np.cross(level, forward)
        right = level * math.cos(roll) - upright * math.sin(roll)
        return Pose(
            position=stand.position + shift,
            forward=forward,
            right=right,
            up=np.cross(right, forward),
            roll=roll,
            hfov=self.hfov,
        )


def camera_path(scene: SceneDocument, layout: Layout) -> CameraPath:
    """The path of a scene's camera.

    Args:
        scene: Its place's extent, camera, seed, rate and frames are used.
        layout: The plan of its place.
    """
    camera = scene.camera
    seconds = float(scene.rate.seconds(scene.frames))
    length = 0.0 if camera.move is Move.STATIC else camera.speed * seconds
    track = _above(layout, _track(scene, layout.guide, length))
    return CameraPath(
        seconds=seconds,
        length=length,
        easing=camera.easing,
        hfov=2 * math.atan(18.0 / camera.focal),
        _track=track,
        _hand=_Hand(camera, scene.seed),
    )


def progress(share: float, easing: Easing) -> float:
    """Share of the way at a share of the time; 0 to 0 and 1 to 1 for every easing.

    The speed is constant but for ramps at the eased ends, which follow 3x^2 - 2x^3, so that
    speed and acceleration are continuous inside the take. Outside, the speed of the end goes on.

    Args:
        share: Of the take's length, 0 at its start and 1 at its end.
        easing: How the move starts and stops.
    """
    rise, fall = _RAMP.get(easing, (0.0, 0.0))
    peak = 1.0 / (1.0 - (rise + fall) / 2)
    if share < 0:
        return share * (0.0 if rise else peak)
    if share > 1:
        return 1.0 + (share - 1.0) * (0.0 if fall else peak)
    if share < rise:
        return peak * rise * _ramp_area(share / rise)
    if share > 1 - fall:
        return 1.0 - peak * fall * _ramp_area((1 - share) / fall)
    return peak * (share - rise / 2)


def _ramp_area(x: float) -> float:
    """Integral of 3x^2 - 2x^3 from 0."""
    return x**3 - x**4 / 2


class _Hand:
    """The unrest of whatever holds the camera: a few slow waves for each of its six freedoms.

    Waves, not filtered noise: they are exact at any time, smooth in every derivative, and hold
    nothing faster than 1.6 Hz that could shake from frame to frame.
    """

    def __init__(self, camera: Camera, seed: int) -> None:
        chance = stream(seed, "hand")
        fastest = 0.3 + 1.3 * camera.handheld
        place = np.linspace(0.0, 1.0, _WAVES) + chance.uniform(-0.06, 0.06, (6, _WAVES))
        hertz = _SLOWEST_WAVE * (fastest / _SLOWEST_WAVE) ** np.clip(place, 0.0, 1.0)
        weight = 1.0 / hertz
        weight *= math.sqrt(2.0) / np.linalg.norm(weight, axis=1, keepdims=True)
        metres = min(0.35, 0.05 + 0.0045 * camera.altitude)
        reach = np.array([metres, 0.7 * metres, 0.8 * metres, 0.0075, 0.006, 0.006])
        self._omega = 2 * math.pi * hertz
        self._phase = chance.uniform(0.0, 2 * math.pi, (6, _WAVES))
        self._weight = weight * (camera.handheld * reach)[:, None]

    def at(self, seconds: float) -> tuple[Vector, float, float, float]:
        """Shift in metres (3), and yaw, pitch and roll in radians."""
        waves = np.sum(self._weight * np.sin(self._omega * seconds + self._phase), axis=1)
        return waves[:3], float(waves[3]), float(waves[4]), float(waves[5])


def start_point(scene: SceneDocument) -> Vector:
    """Where a camera above the trees starts (2, metres): at the near edge, the place ahead.

    The default looks north from :data:`START`. Another heading turns that point around the middle
    of the place. A steep look moves the start inwards, until the bottom of the picture lies
    inside the place.
    """
    extent, camera = scene.place.extent, scene.camera
    scale = min(1.0, extent / FULL_EXTENT)
    middle = np.array([0.0, (0.5 - BEHIND) * extent])
    ahead, right = _ground_axes(math.radians(camera.heading))
    along = START[1] * scale - middle[1]
    half_height = math.atan(18.0 / camera.focal / ASPECT)
    bottom = math.radians(camera.pitch) + half_height
    if bottom > 0.05:
        nearest = camera.altitude / math.tan(bottom)
        along = max(along, min(0.0, _EDGE - extent / 2 - nearest))
    start: Vector = middle + ahead * along + right * START[0] * scale
    return start


def _ground_axes(heading: float) -> tuple[Vector, Vector]:
    """Unit vectors (2) ahead and to the right of a heading in radians."""
    ahead = np.array([math.sin(heading), math.cos(heading)])
    return ahead, np.array([ahead[1], -ahead[0]])


def _track(scene: SceneDocument, street: NDArray[np.float64], length: float) -> _Track:
    """The track of a scene: along the street near the ground, free above the trees."""
    camera, start = scene.camera, start_point(scene)
    low = camera.altitude < ABOVE_THE_TREES
    line = _Line(street) if low else None
    if line is not None and camera.move in (Move.PUSH_IN, Move.PULL_BACK, Move.TRUCK):
        return _street_track(camera, line, start, length)
    heading = math.radians(camera.heading)
    if line is not None:
        start, bearing = line.at(line.nearest(start))
        heading = bearing + _aside(heading, bearing)
    if camera.move is Move.ORBIT:
        return _orbit_track(scene, start)
    return _straight_track(camera, start, heading, length)


def _above(layout: Layout, track: _Track) -> _Track:
    """A track whose heights count from the ground or the water below its start."""
    if layout.relief.flat:
        return track
    base = np.array([0.0, 0.0, float(layout.surface_at(track(0.0).position[None, :2])[0])])

    def stand(distance: float) -> _Stand:
        found = track(distance)
        return _Stand(found.position + base, found.heading, found.pitch)

    return stand


def _aside(heading: float, bearing: float) -> float:
    """Quarter turns from a street's bearing to a heading: along it, back, or across."""
    quarter = math.pi / 2
    return round((heading - bearing) / quarter) * quarter


def _way(camera: Camera, ahead: Vector, right: Vector) -> Vector:
    """Unit vector (3) along which a straight move goes."""
    ways: dict[Move, Vector] = {
        Move.STATIC: np.zeros(3),
        Move.PUSH_IN: np.array([*ahead, 0.0]),
        Move.PULL_BACK: np.array([*-ahead, 0.0]),
        Move.TRUCK: np.array([*right, 0.0]) * (-1.0 if camera.direction == "left" else 1.0),
        Move.CRANE: np.array([0.0, 0.0, -1.0 if camera.direction == "down" else 1.0]),
    }
    return ways[camera.move]


def _straight_track(camera: Camera, start: Vector, heading: float, length: float) -> _Track:
    """Straight through the air; a pull-back ends, and a truck is half-way, at the start point."""
    pitch = math.radians(camera.pitch)
    way = _way(camera, *_ground_axes(heading))
    before = {Move.PULL_BACK: length, Move.TRUCK: length / 2}.get(camera.move, 0.0)
    first = np.array([*start, camera.altitude]) - way * before

    def stand(distance: float) -> _Stand:
        return _Stand(first + way * distance, heading, pitch)

    return stand


def _orbit_track(scene: SceneDocument, start: Vector) -> _Track:
    """Around the point of the ground in the middle of the picture, facing it.

    To the left the camera moves to its own left, clockwise as seen from above.
    """
    camera = scene.camera
    heading, pitch = math.radians(camera.heading), math.radians(camera.pitch)
    farthest = _FARTHEST_SUBJECT * scene.place.extent
    radius = camera.altitude / math.tan(pitch) if pitch > 0.01 else farthest
    radius = min(max(radius, 15.0), farthest)
    subject = start + _ground_axes(heading)[0] * radius
    turn = (1.0 if camera.direction == "left" else -1.0) / radius

    def stand(distance: float) -> _Stand:
        now = heading + turn * distance
        ground = subject - _ground_axes(now)[0] * radius
        return _Stand(np.array([*ground, camera.altitude]), now, pitch)

    return stand


def _street_track(camera: Camera, line: _Line, start: Vector, length: float) -> _Track:
    """Along the street, looking along or across it; straight where the move leaves the street."""
    heading, pitch = math.radians(camera.heading), math.radians(camera.pitch)
    origin = line.nearest(start)
    point, bearing = line.at(origin)
    way = _way(camera, *_ground_axes(heading))
    along = float(way[:2] @ _ground_axes(bearing)[0])
    if abs(along) < math.cos(math.radians(50)):
        return _straight_track(camera, point, heading, length)
    sign = math.copysign(1.0, along)
    before = {Move.PULL_BACK: length, Move.TRUCK: length / 2}.get(camera.move, 0.0)
    aside = _aside(heading, bearing)

    def stand(distance: float) -> _Stand:
        ground, now = line.at(origin + sign * (distance - before))
        return _Stand(np.array([*ground, camera.altitude]), now + aside, pitch)

    return stand


class _Line:
    """A street's centre line as a smooth curve, by metres from its south end."""

    def __init__(self, street: NDArray[np.float64]) -> None:
        points = np.asarray(street, dtype=np.float64)
        along = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
        metres = np.arange(0.0, along[-1], 1.0)
        even = np.stack([np.interp(metres, along, points[:, axis]) for axis in (0, 1)], axis=1)
        smooth = gaussian_filter1d(even, 6.0, axis=0, mode="nearest")
        steps = np.linalg.norm(np.diff(smooth, axis=0), axis=1)
        self._along = np.r_[0.0, np.cumsum(np.maximum(steps, 1e-6))]
        self._points = smooth
        self._curve = CubicSpline(self._along, smooth)
        self._slope = self._curve.derivative()

    def nearest(self, point: Vector) -> float:
        """Metres along the line to its point nearest to a point (2)."""
        gaps = np.linalg.norm(self._points - point, axis=1)
        return float(self._along[int(np.argmin(gaps))])

    def at(self, distance: float) -> tuple[Vector, float]:
        """The point (2) and the bearing in radians, clockwise from north, at a distance."""
        inside = min(max(distance, 0.0), float(self._along[-1]))
        slope = self._slope(inside)
        point = self._curve(inside) + slope / np.linalg.norm(slope) * (distance - inside)
        return point, math.atan2(slope[0], slope[1])
