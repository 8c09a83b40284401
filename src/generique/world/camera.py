"""Where the camera is, and where it looks, at any time of a take.

A path is a pure function of the scene and the main street: no state, no clock, exact between
frames, so that subframes of one exposure are poses of the same movement.

How long a move is follows from its mean speed and the length of the take; easing changes how the
length is spread over the take, never the length itself. Axes are the place's: x east, y north, z
up, metres; the main street runs along +y near x = 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from generique.model.element import Easing
from generique.world.arrays import stream
from generique.world.layout import Layout, Passage
from generique.world.reasons import staging as told
from generique.world.reasons.telling import refused
from generique.world.scene import Camera, Leg, Move, SceneDocument
from generique.world.tracks import HALF_FRAME, Stand, Track, Vector, first_track, next_track
from generique.world.window_way import openness

BLEND = 1.3
"""Seconds before and after the joint of two moves over which one becomes the other."""
SHORTEST_LEG = 1.0

_RAMP = {
    Easing.EASE_IN: (0.45, 0.0),
    Easing.EASE_OUT: (0.0, 0.45),
    Easing.EASE_IN_OUT: (0.35, 0.35),
}
_WAVES = 7
_SLOWEST_WAVE = 0.1


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
class _Piece:
    """One move of a path: from which second, for how long, how far, and along what."""

    begin: float
    seconds: float
    length: float
    easing: Easing
    track: Track

    def travelled(self, seconds: float) -> float:
        """Metres behind the camera at a time of the take; before and after, the move goes on."""
        return self.length * progress((seconds - self.begin) / self.seconds, self.easing)

    def stand(self, seconds: float) -> Stand:
        """Where the camera stands at a time of the take."""
        return self.track(self.travelled(seconds))


@dataclass(frozen=True, slots=True)
class CameraPath:
    """The movement of the camera through a take.

    Attributes:
        seconds: Length of the take.
        length: Metres of way from the first to the last moment, the hand's movement apart; degrees
            of a pan, tilt or whip count as well.
        passage: The window that it goes through; None for none.
        inwards: True on the way into the room behind it.
    """

    seconds: float
    length: float
    hfov: float
    _pieces: tuple[_Piece, ...]
    _hand: _Hand
    passage: Passage | None = None
    inwards: bool = False

    def outdoors(self, seconds: float) -> float:
        """How far the camera is out of a room at a time, 0 to 1; 1 where it goes through no window.

        What the picture has of the room's light and of the open's follows it.
        """
        if self.passage is None:
            return 1.0
        return openness(self.passage, self._stand(seconds).position, inwards=self.inwards)

    def pose(self, seconds: float) -> Pose:
        """The camera at a time in seconds from the first frame, between frames too."""
        stand = self._stand(seconds)
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

    def travelled(self, seconds: float) -> float:
        """Metres of way behind the camera at a time; before and after the take it goes on."""
        gone = 0.0
        for piece in self._pieces[:-1]:
            if seconds < piece.begin + piece.seconds:
                return gone + piece.travelled(seconds)
            gone += piece.length
        return gone + self._pieces[-1].travelled(seconds)

    def _stand(self, seconds: float) -> Stand:
        """On one move, or where two meet on a mixture of both, so that speed never jumps."""
        for before, after in pairwise(self._pieces):
            half = min(BLEND, 0.45 * min(before.seconds, after.seconds))
            if seconds < after.begin - half:
                return before.stand(seconds)
            if seconds < after.begin + half:
                share = (seconds - after.begin + half) / (2 * half)
                weight = share * share * (3 - 2 * share)
                return before.stand(seconds).towards(after.stand(seconds), weight)
        return self._pieces[-1].stand(seconds)


def camera_path(scene: SceneDocument, layout: Layout) -> CameraPath:
    """The path of a scene's camera.

    Args:
        scene: Its place's extent, camera, seed, rate and frames are used.
        layout: The plan of its place.

    Raises:
        NotCapable: The moves are longer than the take.
    """
    camera = scene.camera
    total = float(scene.rate.seconds(scene.frames))
    times = leg_seconds(camera.then, total)
    length = 0.0 if camera.move is Move.STATIC else camera.speed * times[0]
    track = first_track(scene, layout, length)
    pieces = [_Piece(0.0, times[0], length, camera.easing, track)]
    for leg, seconds in zip(camera.then, times[1:], strict=True):
        last = pieces[-1]
        end = last.begin + last.seconds
        length = 0.0 if leg.move is Move.STATIC else leg.speed * seconds
        track = next_track(leg, last.stand(end), layout)
        pieces.append(_Piece(end, seconds, length, leg.easing, track))
    return CameraPath(
        seconds=total,
        length=sum(piece.length for piece in pieces),
        hfov=2 * math.atan(HALF_FRAME / camera.focal),
        _pieces=tuple(pieces),
        _hand=_Hand(camera, scene.seed),
        passage=layout.passage,
        inwards=camera.direction == "in",
    )


def leg_seconds(legs: tuple[Leg, ...], total: float) -> list[float]:
    """Seconds of the first move and of each further one, in order.

    Args:
        legs: The further moves.
        total: Length of the take, seconds.

    Raises:
        NotCapable: Nothing, or less than a second, is left for a move.
    """
    named = sum(leg.seconds or 0.0 for leg in legs)
    open_ = 1 + sum(leg.seconds is None for leg in legs)
    each = (total - named) / open_
    if legs and each < SHORTEST_LEG:
        raise refused(told.MOVES_TOO_MANY, count=len(legs) + 1, total=total, least=SHORTEST_LEG)
    return [each, *(leg.seconds or each for leg in legs)]


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
