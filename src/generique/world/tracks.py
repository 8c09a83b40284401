"""Tracks: where the camera stands after a number of metres of a move."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.ndimage import gaussian_filter1d

from generique.world.layout import ABOVE_THE_TREES, BEHIND, Landmark, Layout, Passage
from generique.world.reasons import staging as told
from generique.world.reasons.telling import LandmarkName, Name, refused
from generique.world.scene import Camera, Leg, Move, SceneDocument
from generique.world.window_way import LOOKS_FROM, Step, WindowWay

Vector: TypeAlias = NDArray[np.float64]
"""Three numbers, or two on the ground."""

FULL_EXTENT = 1024.0
"""Metres; the start below is for a place of this size, and is drawn in for a smaller one."""
START = (-16.0, -98.0)
ASPECT = 16 / 9
HALF_FRAME = 18.0
"""Half the width that a focal length counts for, millimetres."""
EDGE = 6.0
NEAREST_SUBJECT = 15.0
NEAREST_INDOORS = 1.2
"""Metres from the middle of a subject in a room at which a camera may begin."""
INDOOR_ROOM = 0.3
TURNS = (Move.PAN, Move.TILT, Move.WHIP)
"""Moves that turn the camera where it stands; their way is in degrees."""
FARTHEST_SUBJECT = 0.35
"""Of the extent: how far away the subject of an orbit may be."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Position in metres, and where the camera looks: heading and pitch in radians."""

    position: Vector
    heading: float
    pitch: float

    def towards(self, other: Stand, share: float) -> Stand:
        """Between this, at 0, and another, at 1."""
        return Stand(
            self.position + (other.position - self.position) * share,
            self.heading + (other.heading - self.heading) * share,
            self.pitch + (other.pitch - self.pitch) * share,
        )


Track: TypeAlias = Callable[[float], Stand]
"""Where the camera stands after a number of metres of its way."""


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
    half_height = math.atan(HALF_FRAME / camera.focal / ASPECT)
    bottom = math.radians(camera.pitch) + half_height
    if bottom > 0.05:
        nearest = camera.altitude / math.tan(bottom)
        along = max(along, min(0.0, EDGE - extent / 2 - nearest))
    start: Vector = middle + ahead * along + right * START[0] * scale
    return start


def _ground_axes(heading: float) -> tuple[Vector, Vector]:
    """Unit vectors (2) ahead and to the right of a heading in radians."""
    ahead = np.array([math.sin(heading), math.cos(heading)])
    return ahead, np.array([ahead[1], -ahead[0]])


def first_track(scene: SceneDocument, layout: Layout, length: float) -> Track:
    """The track of a scene's first move: along the guide near the ground, free above the trees.

    Args:
        scene: Its place and camera are used.
        layout: The plan of its place; heights count from the ground below the start.
        length: Metres that the camera goes on it.
    """
    if layout.passage is not None:
        return _window_track(scene.camera, layout.passage, length)
    if scene.camera.subject is not None:
        return _subject_track(scene.camera, layout, length)
    return _above(layout, _level_track(scene, layout, length))


def _window_track(camera: Camera, passage: Passage, length: float) -> Track:
    """Through a window, looking along the way; a camera that stays looks out of it."""
    inwards = camera.direction == "in"
    way = WindowWay(passage, length, inwards=inwards)
    out = np.array(passage.out)
    facing = -out if inwards else out
    heading, pitch = math.atan2(facing[0], facing[1]), math.radians(camera.pitch)
    foot, height = np.array(passage.window[:2]), camera.altitude + passage.foot

    def stand(distance: float) -> Stand:
        step = Step(-LOOKS_FROM, 0.0) if camera.move is Move.STATIC else way.at(distance)
        place = np.array([*(foot + out * step.ahead), height + step.rise])
        return Stand(place, heading, pitch + way.looks_down(step))

    return stand


def next_track(leg: Leg, stand: Stand, layout: Layout) -> Track:
    """The track of a further move, which begins where the camera stands.

    Args:
        leg: The move.
        stand: Where the move before it ended.
        layout: For the height of the ground round which an orbit goes.
    """
    ahead, right = _ground_axes(stand.heading)
    if leg.move in TURNS:
        return _turning(stand, leg.move, leg.direction)
    if leg.move is Move.ORBIT:
        height = float(stand.position[2] - layout.surface_at(stand.position[None, :2])[0])
        farthest = FARTHEST_SUBJECT * layout.bounds.extent
        radius = _radius(height, stand.pitch, farthest)
        return _orbit(stand, radius, left=leg.direction != "right")
    return _straight(stand, _way(leg.move, leg.direction, ahead, right))


def _level_track(scene: SceneDocument, layout: Layout, length: float) -> Track:
    camera, guide = scene.camera, layout.guide
    # In a room the way through it says where one stands; in the open the size of the place does.
    start = start_point(scene) if layout.indoors is None else guide[0]
    low = camera.altitude < ABOVE_THE_TREES
    line = _Line(guide) if low else None
    if line is not None and camera.move in (Move.PUSH_IN, Move.PULL_BACK, Move.TRUCK):
        return _street_track(camera, line, start, length)
    heading = math.radians(camera.heading)
    if line is not None:
        start, bearing = line.at(line.nearest(start))
        heading = bearing + _aside(heading, bearing)
    stand = Stand(np.array([*start, camera.altitude]), heading, math.radians(camera.pitch))
    if camera.move in TURNS:
        return _turning(stand, camera.move, camera.direction)
    if camera.move is Move.ORBIT:
        radius = _radius(camera.altitude, stand.pitch, FARTHEST_SUBJECT * scene.place.extent)
        return _orbit(stand, radius, left=camera.direction == "left")
    return _straight_track(camera, start, heading, length)


def _subject_track(camera: Camera, layout: Layout, length: float) -> Track:
    """A move that looks at a landmark from its first moment to its last.

    Of several that the name fits it takes the first that nothing hides.
    """
    if camera.move in TURNS:
        raise refused(told.TURNS_AWAY, move=Name(camera.move))
    looking = _looking_track if layout.indoors is None else _looking_indoors
    fits = False
    for landmark in layout.named(camera.subject or ""):
        for track in looking(camera, layout, landmark, length):
            fits = True
            moments = (0.0, length / 2, length)
            if all(layout.in_sight(landmark, track(at).position) for at in moments):
                return track
    subject = LandmarkName(camera.subject or "")
    if not fits:
        raise refused(told.NO_STAND, subject=subject, length=length, height=camera.altitude)
    raise refused(told.HIDDEN, subject=subject)


def _looking_track(
    camera: Camera, layout: Layout, landmark: Landmark, length: float
) -> Iterator[Track]:
    """In the open: from the heading and at the distance that the scene says."""
    middle = np.array(landmark.middle)
    away = landmark.radius / (camera.share * HALF_FRAME / camera.focal / ASPECT)
    ahead, right = _ground_axes(math.radians(camera.heading))
    rise = camera.altitude + float(layout.surface_at(middle[None, :2])[0]) - middle[2]
    level = math.sqrt(max(away**2 - rise**2, (1.5 * landmark.radius) ** 2))
    start = np.array([*(middle[:2] - ahead * level), camera.altitude])
    start[2] += layout.surface_at(start[None, :2])[0]
    if camera.move is Move.ORBIT:
        stand = Stand(start, math.radians(camera.heading), 0.0)
        way = _orbit(stand, level, left=camera.direction == "left")
    else:
        way = _straight_past(camera, start, (ahead, right), length)
    yield _looking(camera, middle, way)


def _looking_indoors(
    camera: Camera, layout: Layout, landmark: Landmark, length: float
) -> Iterator[Track]:
    """In a room: from the points of the way through it, first those that give its share best."""
    middle, room = np.array(landmark.middle), layout.indoors
    away = landmark.radius / (camera.share * HALF_FRAME / camera.focal / ASPECT)
    gaps = np.linalg.norm(layout.guide - middle[:2], axis=1)
    for at in np.argsort(np.abs(gaps - away), kind="stable"):
        if gaps[at] < NEAREST_INDOORS:
            continue
        start = np.array([*layout.guide[at], camera.altitude])
        to = (middle - start)[:2] / gaps[at]
        heading = math.atan2(to[0], to[1])
        if camera.move is Move.ORBIT:
            left = camera.direction == "left"
            way = _orbit(Stand(start, heading, 0.0), float(gaps[at]), left=left)
        else:
            way = _straight_past(camera, start, _ground_axes(heading), length)
        ends = np.array([way(0.0).position, way(length / 2).position, way(length).position])
        if room is not None and room.holds(ends, -INDOOR_ROOM).all():
            yield _looking(camera, middle, way)


def _straight_past(
    camera: Camera, start: Vector, axes: tuple[Vector, Vector], length: float
) -> Track:
    """A straight move that ends, for a pull-back, or is half-way, for a truck, at its start."""
    step = _way(camera.move, camera.direction, *axes)
    before = {Move.PULL_BACK: length, Move.TRUCK: length / 2}.get(camera.move, 0.0)
    return _straight(Stand(start - step * before, 0.0, 0.0), step)


def _looking(camera: Camera, middle: Vector, way: Track) -> Track:
    """A track that goes as another does, and looks at a point (3) all the while."""
    aside = {"left": -1.0, "middle": 0.0, "right": 1.0}[camera.third]
    shift = aside * HALF_FRAME / camera.focal / 3

    def stand_at(distance: float) -> Stand:
        place = way(distance).position
        return _aimed(place, middle - place, shift)

    return stand_at


def _aimed(place: Vector, to: Vector, shift: float) -> Stand:
    """A camera that sees a point at half the picture's height and ``shift`` to the right.

    Args:
        place: Of the camera, metres.
        to: From it to the point, metres.
        shift: Tangent of the angle from the middle of the picture, in its own plane.
    """
    level, drop = math.hypot(to[0], to[1]), -to[2]
    # The point lies on the picture's middle line, so depth follows from the level way ahead.
    turn = math.asin(min(1.0, shift * math.hypot(1, drop / level) / math.hypot(1, shift)))
    heading = math.atan2(to[0], to[1]) - turn
    return Stand(place, heading, math.atan2(drop, level * math.cos(turn)))


def _above(layout: Layout, track: Track) -> Track:
    """A track whose heights count from the ground or the water below its start."""
    if layout.relief.flat:
        return track
    base = np.array([0.0, 0.0, float(layout.surface_at(track(0.0).position[None, :2])[0])])

    def stand(distance: float) -> Stand:
        found = track(distance)
        return Stand(found.position + base, found.heading, found.pitch)

    return stand


def _aside(heading: float, bearing: float) -> float:
    """Quarter turns from a street's bearing to a heading: along it, back, or across."""
    quarter = math.pi / 2
    return round((heading - bearing) / quarter) * quarter


def _way(move: Move, direction: str | None, ahead: Vector, right: Vector) -> Vector:
    """Unit vector (3) along which a straight move goes; zero for a static camera."""
    ways: dict[Move, Vector] = {
        Move.STATIC: np.zeros(3),
        Move.PUSH_IN: np.array([*ahead, 0.0]),
        Move.PULL_BACK: np.array([*-ahead, 0.0]),
        Move.TRUCK: np.array([*right, 0.0]) * (-1.0 if direction == "left" else 1.0),
        Move.CRANE: np.array([0.0, 0.0, -1.0 if direction == "down" else 1.0]),
    }
    return ways[move]


def _turning(stand: Stand, move: Move, direction: str | None) -> Track:
    """The camera turns where it stands; the way is counted in degrees."""
    sign = -1.0 if direction in ("left", "up") else 1.0

    def go(degrees: float) -> Stand:
        turn = sign * math.radians(degrees)
        if move is Move.TILT:
            return Stand(stand.position, stand.heading, stand.pitch + turn)
        return Stand(stand.position, stand.heading + turn, stand.pitch)

    return go


def _straight(stand: Stand, way: Vector) -> Track:
    """Straight on from where the camera stands."""

    def go(distance: float) -> Stand:
        return Stand(stand.position + way * distance, stand.heading, stand.pitch)

    return go


def _straight_track(camera: Camera, start: Vector, heading: float, length: float) -> Track:
    """Straight through the air; a pull-back ends, and a truck is half-way, at the start point."""
    way = _way(camera.move, camera.direction, *_ground_axes(heading))
    before = {Move.PULL_BACK: length, Move.TRUCK: length / 2}.get(camera.move, 0.0)
    first = np.array([*start, camera.altitude]) - way * before
    return _straight(Stand(first, heading, math.radians(camera.pitch)), way)


def _radius(height: float, pitch: float, farthest: float) -> float:
    """Metres to the point of the ground in the middle of the picture, 15 to ``farthest``."""
    radius = height / math.tan(pitch) if pitch > 0.01 else farthest
    return min(max(radius, NEAREST_SUBJECT), farthest)


def _orbit(stand: Stand, radius: float, *, left: bool) -> Track:
    """Around the point in the middle of the picture, facing it.

    To the left the camera moves to its own left, clockwise as seen from above.
    """
    subject = stand.position[:2] + _ground_axes(stand.heading)[0] * radius
    turn = (1.0 if left else -1.0) / radius

    def go(distance: float) -> Stand:
        now = stand.heading + turn * distance
        ground = subject - _ground_axes(now)[0] * radius
        return Stand(np.array([*ground, stand.position[2]]), now, stand.pitch)

    return go


def _street_track(camera: Camera, line: _Line, start: Vector, length: float) -> Track:
    """Along the street, looking along or across it; straight where the move leaves the street."""
    heading, pitch = math.radians(camera.heading), math.radians(camera.pitch)
    origin = line.nearest(start)
    point, bearing = line.at(origin)
    way = _way(camera.move, camera.direction, *_ground_axes(heading))
    along = float(way[:2] @ _ground_axes(bearing)[0])
    if abs(along) < math.cos(math.radians(50)):
        return _straight_track(camera, point, heading, length)
    sign = math.copysign(1.0, along)
    before = {Move.PULL_BACK: length, Move.TRUCK: length / 2}.get(camera.move, 0.0)
    aside = _aside(heading, bearing)

    def stand(distance: float) -> Stand:
        ground, now = line.at(origin + sign * (distance - before))
        return Stand(np.array([*ground, camera.altitude]), now + aside, pitch)

    return stand


class _Line:
    """A street's centre line as a smooth curve, by metres from its south end."""

    def __init__(self, street: NDArray[np.float64]) -> None:
        points = np.asarray(street, dtype=np.float64)
        along = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
        metres = np.arange(0.0, along[-1], 1.0)
        even = np.stack([np.interp(metres, along, points[:, axis]) for axis in (0, 1)], axis=1)
        smooth = gaussian_filter1d(even, min(6.0, len(even) / 20), axis=0, mode="nearest")
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
