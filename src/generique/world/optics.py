"""What a lens draws sharp: circles of confusion, and the distance of focus at any time of a take.

Thin lens: what lies at a distance d is a disc on the film when the lens is focused at s,

    c = A f / (s - f) * |d - s| / d,    A = f / N

with the focal length f and the f-number N (Ray, "Applied Photographic Optics", 3rd edition, 2002,
chapter 22). A pinhole that wanders over a disc of radius A / 2 * s / (s - f), and keeps the plane
at s where it is, draws just these discs; the focal length of a scene is that of the focused lens,
so the picture does not breathe.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats
from generique.world.camera import CameraPath, Pose
from generique.world.layout import Landmark, Layout
from generique.world.reasons import staging as told
from generique.world.reasons.telling import LandmarkName, refused
from generique.world.scene import Focus, SceneDocument
from generique.world.tracks import ASPECT

FRONT = 0.6
"""Share of a landmark's radius by which its front lies before its middle."""
_FRONT_FACES = 0.3
"""Share of the faces of a thing that lie before what is focused on."""
NEAREST = 0.3
"""Metres; no lens of a scene focuses nearer."""
_INSIDE = 0.97
"""Share of the picture's half width and height within which a subject's middle counts as seen."""


def lens_radius(focal: float, aperture: float, focus: float) -> float:
    """Radius in metres of the disc over which a pinhole wanders to blur as a lens does.

    Args:
        focal: Millimetres.
        aperture: f-number.
        focus: Metres.
    """
    opening = focal / aperture / 2000
    return opening * focus / (focus - focal / 1000)


def confusion(focal: float, aperture: float, focus: float, distance: float) -> float:
    """Diameter in millimetres on the film of a point's image.

    Args:
        focal: Millimetres.
        aperture: f-number.
        focus: Metres.
        distance: Of the point along the axis, metres; may be infinite.
    """
    return 2 * focal * lens_radius(focal, aperture, focus) * abs(1 / distance - 1 / focus)


@dataclass(frozen=True, slots=True)
class _Target:
    """Something in focus: a distance in metres, or a landmark that is followed."""

    what: float | Landmark
    faces: Floats | None = None

    def distance(self, pose: Pose) -> float:
        """Metres along the camera's axis; to the front of a thing in a room that has depth."""
        if isinstance(self.what, float):
            return self.what
        if self.faces is not None:
            ahead_of = (self.faces - pose.position) @ pose.forward
            return max(NEAREST, float(np.quantile(ahead_of, _FRONT_FACES)))
        ahead = (np.array(self.what.middle) - pose.position) @ pose.forward
        return max(NEAREST, float(ahead) - FRONT * self.what.radius)


@dataclass(frozen=True, slots=True)
class FocusPull:
    """The focus through a take.

    Attributes:
        aperture: f-number.
        focal: Millimetres.
    """

    aperture: float
    focal: float
    _path: CameraPath
    _first: _Target
    _racks: tuple[tuple[float, float, _Target], ...]

    def distance(self, seconds: float) -> float:
        """Metres from the lens to what is sharp at a time.

        A pull runs evenly in 1 / distance, as the ring of a lens does, with 3x^2 - 2x^3 for ease.
        """
        pose = self._path.pose(seconds)
        sharpness = 1 / self._first.distance(pose)
        for at, over, target in self._racks:
            if seconds < at:
                break
            share = 1.0 if over == 0 else min(1.0, (seconds - at) / over)
            weight = share * share * (3 - 2 * share)
            sharpness += (1 / target.distance(pose) - sharpness) * weight
        return 1 / sharpness

    def radius(self, seconds: float) -> float:
        """Of the disc of the lens at a time, metres; see :func:`lens_radius`."""
        return lens_radius(self.focal, self.aperture, self.distance(seconds))


def focus_pull(scene: SceneDocument, layout: Layout, path: CameraPath) -> FocusPull | None:
    """The focus of a scene's camera; None where everything is sharp.

    Args:
        scene: Its camera is used.
        layout: The plan of its place, for what is named.
        path: Of the camera.

    Raises:
        NotCapable: A subject of the focus is unknown, hidden or outside the picture when the focus
            comes to it; or a pull goes on after the end of the take.
    """
    camera = scene.camera
    if camera.aperture is None or camera.focus is None:
        return None
    racks = []
    for rack in camera.racks:
        end = rack.at + rack.over
        if end > path.seconds:
            raise refused(told.PULLED_TOO_LONG, end=end, seconds=path.seconds)
        racks.append((rack.at, rack.over, _target(rack.to, layout, path, end)))
    first = _target(camera.focus, layout, path, 0.0)
    return FocusPull(camera.aperture, camera.focal, path, first, tuple(racks))


def _target(wanted: Focus, layout: Layout, path: CameraPath, seconds: float) -> _Target:
    """What is to be sharp at a time; of several landmarks the first that is in the picture."""
    if not isinstance(wanted, str):
        return _Target(float(wanted))
    pose = path.pose(seconds)
    named = layout.named(wanted)
    framed = [mark for mark in named if in_frame(pose, mark)]
    seen = [mark for mark in framed if layout.in_sight(mark, pose.position)]
    if seen:
        return _Target(seen[0], _faces(seen[0], layout))
    reason = told.STANDS_BEFORE if framed else told.OUTSIDE_THE_PICTURE
    raise refused(told.NOT_IN_FOCUS, subject=LandmarkName(wanted), seconds=seconds, reason=reason)


def _faces(mark: Landmark, layout: Layout) -> Floats | None:
    """Middles of the faces of a thing in a room, n x 3 metres; None for what stands in the open."""
    if mark.owner is None or layout.furniture is None:
        return None
    return layout.furniture.points(mark.owner)[0]


def in_frame(pose: Pose, landmark: Landmark) -> bool:
    """True when the middle of a landmark lies before the camera and within a 16:9 picture."""
    to = np.array(landmark.middle) - pose.position
    ahead = float(to @ pose.forward)
    if ahead < NEAREST:
        return False
    half = math.tan(pose.hfov / 2) * ahead * _INSIDE
    across, aloft = abs(float(to @ pose.right)), abs(float(to @ pose.up))
    return across < half and aloft < half / ASPECT
