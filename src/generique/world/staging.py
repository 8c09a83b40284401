"""What an operator would refuse, found before anything is drawn.

=====================  ==============================================================
test                   limit
=====================  ==============================================================
place in the picture   the sky takes at most 60 % of the height
height above trees     16.5 m, or within 4 m of the middle of the street and 1.6 m up
air about buildings   6 m, where the place is built higher than the trees
height for the extent  a quarter of it, but 40 m in any place
inside the place       6 m from the edge, with 1.5 times the height built up ahead
speed                  4 m/s + 0.35 times the height, at most 30
acceleration           3 m/s^2 + 0.25 times the height
turning                25 degrees a second; a whip as fast as it likes
in a room              0.25 m from walls, floor and ceiling; at most 2.5 m/s
through a window       0.25 m from its frame, 0.2 m from what stands in the room; it has to get
                       through; no jump in the acceleration; 0.7 m from ground and water outside
                       and 3 m above roofs
focus                  its subject is in the picture, and no other landmark before it, when the
                       focus comes to it; pulled before the end of the shot
=====================  ==============================================================

The quality of a take has no say in any of this: staging is the same in all.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generique.world.arrays import Floats
from generique.world.camera import CameraPath, Pose, camera_path
from generique.world.layout import ABOVE_THE_TREES, BEHIND, Indoors, Layout, Passage
from generique.world.optics import focus_pull
from generique.world.reasons import staging as told
from generique.world.reasons.telling import refused
from generique.world.scene import Move, SceneDocument
from generique.world.sky.wonders import check_heavens
from generique.world.staging_window import check_window
from generique.world.tracks import ASPECT, TURNS

MOST_SKY = 0.6
LOWEST = 1.6
HEIGHT_FOR_EXTENT = 0.25
LEAST_CEILING = 40.0
EDGE = 6.0
AIR = 6.0
"""Metres that a drone keeps from walls and roofs."""
FASTEST = 30.0
MOST_TURNING = 25.0
WALL_ROOM = 0.25
FASTEST_INDOORS = 2.5

_STEP = 1 / 24


@dataclass(frozen=True, slots=True)
class Staging:
    """What was measured along the path.

    Attributes:
        sky: Largest share of the picture's height above the horizon, 0 to 1.
        lowest: Metres above ground.
        off_street: Largest distance from the middle of the street while below the treetops, metres.
        above_roofs: Least height above whatever is built within :data:`AIR`, metres; infinite where
            nothing is.
        speed: Metres a second, where they are nearest to the most that can be watched, or above it.
        speed_height: Metres above ground there; never less than where the camera starts.
        acceleration: Metres a second squared, in the same way.
        acceleration_height: Metres above ground there.
        turning: Largest of the look and of the picture's own x, degrees a second.
    """

    sky: float
    lowest: float
    off_street: float
    above_roofs: float
    speed: float
    speed_height: float
    acceleration: float
    acceleration_height: float
    turning: float


def stage(scene: SceneDocument, layout: Layout) -> CameraPath:
    """The camera's path, accepted.

    Args:
        scene: The scene document.
        layout: The plan of its place.

    Raises:
        NotCapable: The path fails a test, or the sky excludes itself; says which, and what to
            change.
    """
    check_heavens(scene)
    if layout.indoors is not None:
        return _stage_indoors(scene, layout, layout.indoors)
    if layout.passage is not None:
        return _stage_passage(scene, layout, layout.passage)
    camera, extent = scene.camera, scene.place.extent
    ceiling = max(LEAST_CEILING, HEIGHT_FOR_EXTENT * extent)
    path = camera_path(scene, layout)
    poses = _poses(path)
    highest = max(camera.altitude, *(float(pose.position[2]) - 1.0 for pose in poses))
    if highest > ceiling:
        raise refused(told.TOO_HIGH, highest=highest, extent=extent, ceiling=ceiling)
    _check_measures(measure(path, layout), scene, layout)
    _check_inside(poses, scene)
    focus_pull(scene, layout, path)
    return path


def _stage_indoors(scene: SceneDocument, layout: Layout, room: Indoors) -> CameraPath:
    """The path of a camera in a room: slow, and clear of its walls, floor and ceiling."""
    path = camera_path(scene, layout)
    poses = _poses(path)
    places = np.array([pose.position for pose in poses])
    least, most = np.array(room.low) + WALL_ROOM, np.array(room.high) - WALL_ROOM
    if np.any(places < least) or np.any(places > most):
        across, long, high = np.array(room.high) - np.array(room.low)
        raise refused(told.THROUGH_A_WALL, across=across, long=long, high=high, room=WALL_ROOM)
    found = measure(path, layout)
    if found.speed > FASTEST_INDOORS:
        raise refused(told.TOO_FAST_INDOORS, speed=found.speed, most=FASTEST_INDOORS)
    _check_turning(found, scene)
    focus_pull(scene, layout, path)
    return path


def _stage_passage(scene: SceneDocument, layout: Layout, passage: Passage) -> CameraPath:
    """The path of a camera that goes through a window: slow in the room, and nothing is touched."""
    path = camera_path(scene, layout)
    poses = _poses(path)
    places = np.array([pose.position for pose in poses])
    check_window(scene, layout, passage, places)
    ahead, moves = passage.ahead(places), np.diff(places, axis=0) / _STEP
    speeds = np.linalg.norm(moves, axis=1)
    heights = places[1:, 2] - layout.surface_at(places[1:, :2])
    indoors = speeds[ahead[1:] < passage.depth].max(initial=0.0)
    if indoors > FASTEST_INDOORS:
        raise refused(told.TOO_FAST_TO_THE_WINDOW, speed=indoors, most=FASTEST_INDOORS)
    if np.any(speeds > _fastest(heights)):
        raise refused(told.TOO_FAST_AT_THE_GROUND, speed=speeds.max())
    found = measure(path, layout)
    if found.sky > MOST_SKY:
        raise refused(told.ONLY_SKY, sky=found.sky)
    if not layout.bounds.inside(places[:, :2], EDGE).all():
        raise refused(told.LEAVES_AFTER_THE_WINDOW, extent=scene.place.extent)
    _check_turning(found, scene)
    focus_pull(scene, layout, path)
    return path


def measure(path: CameraPath, layout: Layout) -> Staging:
    """What the path does, measured 24 times a second, the hand included."""
    poses = _poses(path)
    places = np.array([pose.position for pose in poses])
    looks = np.array([[pose.forward, pose.right] for pose in poses])
    moves = np.diff(places, axis=0) / _STEP
    bends = np.diff(moves, axis=0) / _STEP
    turns = np.linalg.norm(np.diff(looks, axis=0), axis=2) / _STEP
    heights = places[:, 2] - layout.surface_at(places[:, :2])
    low = places[heights < ABOVE_THE_TREES]
    gaps = [float(_distance(place[:2], layout.guide)) for place in low]
    above = np.maximum(heights, heights[0])
    speed = _worst(np.linalg.norm(moves, axis=1), above[1:], _fastest)
    acceleration = _worst(np.linalg.norm(bends, axis=1), above[1:-1], _hardest)
    return Staging(
        sky=max(sky_share(pose) for pose in poses),
        lowest=float(heights.min()),
        off_street=max(gaps, default=0.0),
        above_roofs=_above_roofs(places, layout),
        speed=speed[0],
        speed_height=speed[1],
        acceleration=acceleration[0],
        acceleration_height=acceleration[1],
        turning=math.degrees(float(turns.max(initial=0.0))),
    )


def _fastest(height: Floats) -> Floats:
    """Metres a second that can be watched at most, at heights above ground in metres."""
    return np.asarray(np.minimum(FASTEST, 4.0 + 0.35 * height))


def _hardest(height: Floats) -> Floats:
    """Metres a second squared, in the same way."""
    return np.asarray(3.0 + 0.25 * height)


def _worst(
    values: Floats, heights: Floats, most: Callable[[Floats], Floats]
) -> tuple[float, float]:
    """The value that is nearest to the most at its height, or furthest above it, and its height."""
    if len(values) == 0:
        return 0.0, 0.0
    at = int(np.argmax(values / most(heights)))
    return float(values[at]), float(heights[at])


def _above_roofs(places: NDArray[np.float64], layout: Layout) -> float:
    """Least height of a way (n x 3) above what is built below and beside it, metres."""
    if layout.roofs is None:
        return math.inf
    roofs = layout.roofs.at(places[:, :2], AIR)
    return float(np.where(roofs > 0, places[:, 2] - roofs, np.inf).min())


def sky_share(pose: Pose) -> float:
    """Share of a 16:9 picture's height that lies above the horizon, 0 to 1."""
    pitch = math.asin(max(-1.0, min(1.0, -float(pose.forward[2]))))
    half = math.tan(pose.hfov / 2) / ASPECT
    if abs(pitch) > math.radians(85):
        return 0.0 if pitch > 0 else 1.0
    return min(1.0, max(0.0, 0.5 - math.tan(pitch) / (2 * half)))


def _poses(path: CameraPath) -> list[Pose]:
    """Poses from the first to the last moment, 24 a second."""
    return [path.pose(float(at)) for at in np.arange(0.0, path.seconds + _STEP / 2, _STEP)]


def _distance(point: NDArray[np.float64], street: NDArray[np.float64]) -> float:
    """Metres from a point (2) to a line of points (n x 2)."""
    first, step = street[:-1], np.diff(street, axis=0)
    share = np.sum((point - first) * step, axis=1) / np.maximum(np.sum(step**2, axis=1), 1e-9)
    foot = first + np.clip(share, 0.0, 1.0)[:, None] * step
    return float(np.linalg.norm(foot - point, axis=1).min())


def _check_measures(found: Staging, scene: SceneDocument, layout: Layout) -> None:
    """Refuse a path that an operator would not fly."""
    fastest = float(_fastest(np.asarray(found.speed_height)))
    hardest = float(_hardest(np.asarray(found.acceleration_height)))
    if found.sky > MOST_SKY:
        raise refused(told.TOO_MUCH_SKY, sky=found.sky)
    if found.lowest < LOWEST:
        raise refused(told.TOO_LOW, lowest=found.lowest, least=LOWEST)
    if found.off_street > layout.room:
        raise refused(told.INTO_A_HOUSE, trees=ABOVE_THE_TREES, away=found.off_street)
    if found.above_roofs < AIR:
        raise refused(told.INTO_A_BUILDING, air=AIR, above=found.above_roofs, trees=ABOVE_THE_TREES)
    if found.speed > fastest:
        height = round(found.speed_height, 1)
        raise refused(told.TOO_FAST, speed=found.speed, height=height, fastest=fastest)
    if found.acceleration > hardest:
        height = round(found.acceleration_height, 1)
        raise refused(
            told.TOO_HARD, acceleration=found.acceleration, height=height, hardest=hardest
        )
    _check_turning(found, scene)


def _check_turning(found: Staging, scene: SceneDocument) -> None:
    """Refuse a camera that turns faster than one can watch, unless it whips."""
    whips = Move.WHIP in (scene.camera.move, *(leg.move for leg in scene.camera.then))
    if found.turning > MOST_TURNING and not whips:
        raise refused(told.TURNS_TOO_FAST, turning=found.turning, most=MOST_TURNING)


def _check_inside(poses: list[Pose], scene: SceneDocument) -> None:
    """Refuse a path that leaves what is built, or comes so near its edge that it shows."""
    extent, height = scene.place.extent, scene.camera.altitude
    south = -BEHIND * extent
    low = np.array([-extent / 2, south]) + EDGE
    high = np.array([extent / 2, south + extent]) - EDGE
    for pose in (*poses[::6], poses[-1]):
        ground = pose.position[:2]
        level = pose.forward[:2] / max(float(np.linalg.norm(pose.forward[:2])), 1e-9)
        steep = float(np.linalg.norm(pose.forward[:2])) < math.cos(math.radians(60))
        ahead = ground + level * (0.0 if steep else 1.5 * height)
        if np.any(ground < low) or np.any(ground > high):
            raise refused(told.LEAVES_THE_PLACE, extent=extent, x=ground[0], y=ground[1])
        if scene.camera.move not in (Move.STATIC, *TURNS) and (
            np.any(ahead < low) or np.any(ahead > high)
        ):
            raise refused(told.LOOKS_BEYOND, extent=extent)
