"""Where the camera stands, as matrices and as a test of what it can see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Flags, Floats
from generique.world.camera import Pose

FARTHEST = 14000.0


@dataclass(frozen=True)
class Aside:
    """A point of a lens through which a subframe is seen.

    Attributes:
        right: Metres from the middle of the lens, in the picture's x.
        up: Metres, in the picture's y.
        focus: Metres along the axis to the plane that stays where it is in the picture.
        reach: Metres from the middle of the lens to its edge, shared by the root of the number of
            such points: what a point stands for.
    """

    right: float
    up: float
    focus: float
    reach: float


@dataclass(frozen=True)
class View:
    """A pose as the renderer needs it.

    Attributes:
        eye: 3 metres.
        forward: Unit vector of the line of sight.
        right: Unit vector to the right of the picture.
        up: Unit vector upwards in the picture.
        matrix: 4 x 4, from the world to clip space.
        hfov: Horizontal angle of view in radians.
        aside: Where on the lens it is seen from; None for a lens that is sharp everywhere.
    """

    eye: Floats
    forward: Floats
    right: Floats
    up: Floats
    matrix: Floats
    hfov: float
    aside: Aside | None = None

    def sees(self, points: Floats, margin: Floats | float) -> Flags:
        """True for n x 3 points that lie in the picture or within a margin (metres) of it."""
        clip = np.c_[points, np.ones(len(points))] @ self.matrix.T
        spare = np.asarray(margin) * self.matrix_scale
        inside = (np.abs(clip[:, 0]) < clip[:, 3] + spare) & (
            np.abs(clip[:, 1]) < clip[:, 3] + spare
        )
        return np.asarray(inside & (clip[:, 3] > -np.asarray(margin)))

    def meets(self, low: Floats, high: Floats) -> Flags:
        """False for boxes, from n x 3 to n x 3 metres, that lie wholly outside the picture."""
        pick = np.array([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)], float)
        corners = low[:, None] * (1 - pick) + high[:, None] * pick
        clip = corners @ self.matrix[:, :3].T + self.matrix[:, 3]
        w = clip[..., 3]
        outside = np.all(w < 0, axis=1)
        for axis in (0, 1):
            outside |= np.all(clip[..., axis] < -w, axis=1) | np.all(clip[..., axis] > w, axis=1)
        return np.asarray(~outside)

    def mirrored(self, level: float, *, cut: bool = True) -> View:
        """The view in a level mirror at a height in metres; what lies below it can be cut away.

        The cut is an oblique near plane after Eric Lengyel, "Oblique View Frustum Depth
        Projection and Clipping" (Journal of Game Development 1, 2005).
        """
        flip = np.diag([1.0, 1.0, -1.0, 1.0])
        flip[2, 3] = 2 * level
        turned = self.matrix @ flip
        if cut:
            plane = np.array([0.0, 0.0, 1.0, -level])
            back = np.linalg.inv(turned)
            towards = np.sign(plane @ back)
            corner = back @ np.array([towards[0], towards[1], 1.0, 1.0])
            share = 2 * float(turned[3] @ corner) / float(plane @ corner)
            turned[2] = plane * share - turned[3]
        sign = np.array([1.0, 1.0, -1.0])
        eye = self.eye * sign + np.array([0.0, 0.0, 2 * level])
        forward, right, up = (way * sign for way in (self.forward, self.right, self.up))
        return View(eye, forward, right, up, turned, self.hfov)

    @property
    def matrix_scale(self) -> float:
        """The largest factor from metres to clip units."""
        return float(np.abs(self.matrix[:2, :3]).sum(axis=1).max())


def view_of(
    pose: Pose,
    aspect: float,
    jitter: tuple[float, float] = (0.0, 0.0),
    aside: Aside | None = None,
) -> View:
    """Matrices of a pose.

    Args:
        pose: The camera.
        aspect: Width of the picture over its height.
        jitter: Shift in clip units, for the subframes.
        aside: Where on the lens it is seen from; None for its middle.
    """
    eye = np.asarray(pose.position, float)
    forward = np.asarray(pose.forward, float)
    right, up = np.asarray(pose.right, float), np.asarray(pose.up, float)
    if aside is not None:
        eye = eye + right * aside.right + up * aside.up
    turn = np.eye(4)
    turn[0, :3], turn[1, :3], turn[2, :3] = right, up, -forward
    turn[:3, 3] = -turn[:3, :3] @ eye
    near = nearest_drawn(eye)
    scale = 1 / np.tan(pose.hfov / 2)
    lens = np.zeros((4, 4))
    lens[0, 0], lens[1, 1] = scale, scale * aspect
    lens[0, 2], lens[1, 2] = jitter
    if aside is not None:
        lens[0, 2] -= scale * aside.right / aside.focus
        lens[1, 2] -= scale * aspect * aside.up / aside.focus
    lens[2, 2] = -(FARTHEST + near) / (FARTHEST - near)
    lens[2, 3] = -2 * FARTHEST * near / (FARTHEST - near)
    lens[3, 2] = -1
    return View(eye, forward, right, up, lens @ turn, float(pose.hfov), aside)


def nearest_drawn(eye: Floats) -> float:
    """Metres from an eye (3) to the near plane."""
    return float(np.clip(eye[2] * 0.03, 0.2, 2.0))
