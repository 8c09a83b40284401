"""Pictures all round: six faces of a cube, drawn and laid out by longitude and latitude.

The middle of the picture looks north (+y), its right quarter east, its upper edge straight up; a
pixel's longitude and latitude grow evenly to the right and upwards. Light is linear and not
cut off.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.camera import Pose

_NORTH, _EAST, _UP = np.array([0.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0])
FACES = (
    (_NORTH, _EAST, _UP),
    (_EAST, -_NORTH, _UP),
    (-_NORTH, -_EAST, _UP),
    (-_EAST, _NORTH, _UP),
    (_UP, _EAST, -_NORTH),
    (-_UP, _EAST, _NORTH),
)
"""Line of sight, right and up of each face."""
RIM = 2
"""Pixels that a face sees beyond its edge, so that nothing has to be guessed there."""


def face_side(width: int) -> int:
    """Pixels along a face for a panorama: as fine as the panorama is on the horizon, and even."""
    return 2 * int(np.ceil(width / (2 * np.pi))) + 2 * RIM


def face_poses(point: Floats, side: int) -> list[Pose]:
    """The cameras of the faces about a point.

    Args:
        point: 3 metres.
        side: Pixels along a face, rim included.
    """
    hfov = 2 * float(np.arctan(side / (side - 2 * RIM)))
    return [Pose(point, forward, right, up, 0.0, hfov) for forward, right, up in FACES]


def directions(width: int) -> Floats:
    """Where each pixel of a panorama looks: width / 2 x width x 3, unit vectors."""
    longitude = ((np.arange(width) + 0.5) / width - 0.5) * 2 * np.pi
    latitude = (0.5 - (np.arange(width // 2) + 0.5) / (width // 2)) * np.pi
    level = np.cos(latitude)[:, None]
    return np.stack(
        [
            level * np.sin(longitude),
            level * np.cos(longitude),
            np.broadcast_to(np.sin(latitude)[:, None], (width // 2, width)),
        ],
        axis=-1,
    )


def panorama(point: Floats, width: int, look: Callable[[Pose], Floats]) -> Floats:
    """A picture all round.

    Args:
        point: Where it is seen from, 3 metres.
        width: Of the panorama, pixels; it is half as high.
        look: Draws what a camera sees, side x side x 4, where side is :func:`face_side`.

    Returns:
        width / 2 x width x 4, float32.
    """
    side = face_side(width)
    out = np.zeros((width // 2, width, 4), np.float32)
    ways = directions(width)
    nearest = _face_of(ways)
    scale = (side - 2 * RIM) / 2
    for k, pose in enumerate(face_poses(point, side)):
        here = nearest == k
        ahead = ways[here] @ pose.forward
        x = (ways[here] @ pose.right / ahead * scale + side / 2 - 0.5).astype(np.float32)
        y = (-(ways[here] @ pose.up) / ahead * scale + side / 2 - 0.5).astype(np.float32)
        face = np.ascontiguousarray(look(pose), np.float32)
        out[here] = _sampled(face, x, y)
    return out


def _sampled(face: Floats, x: Floats, y: Floats) -> Floats:
    """Bilinear samples; cut into strips, because a picture of remap is at most 32767 high."""
    strips = max(1, -(-len(x) // 16384))
    wide = np.array_split(x, strips), np.array_split(y, strips)
    parts = [
        cv2.remap(face, a[:, None], b[:, None], cv2.INTER_LINEAR)[:, 0]
        for a, b in zip(*wide, strict=True)
    ]
    return np.concatenate(parts)


def _face_of(ways: Floats) -> Ints:
    """Index of the face that each direction falls on."""
    return np.asarray(np.argmax(np.stack([ways @ forward for forward, _, _ in FACES]), axis=0))
