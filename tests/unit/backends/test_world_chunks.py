from __future__ import annotations

import numpy as np

from generique.backends.world.static_pass import CHUNK, _seen, _sorted, mirror
from generique.backends.world.view import view_of
from generique.world.camera import Pose
from generique.world.kit.solids import box
from generique.world.layout import Bounds
from generique.world.mesh import Finish, paint, tessellate

BOUNDS = Bounds(-128.0, 0.0, 256.0)


def looking_up(x: float) -> Pose:
    """From beside the foot of a tower, 60 degrees up to the north."""
    up = np.radians(60)
    forward = np.array([0.0, np.cos(up), np.sin(up)])
    right = np.array([1.0, 0.0, 0.0])
    return Pose(np.array([x, 2.0, 2.0]), forward, right, np.cross(right, forward), 0.0, 1.0)


def test_a_square_is_seen_by_the_height_of_what_stands_in_it() -> None:
    low = np.array([(20.0, 40.0, 0.0), (-100.0, 40.0, 0.0)])
    high = low + np.array([(10.0, 10.0, 150.0), (10.0, 10.0, 6.0)])
    mesh = tessellate(paint(box(low, high).reshape(-1, 4, 3), Finish((0.3, 0.3, 0.3), step=20.0)))
    faces, chunks = _sorted(mesh, BOUNDS, CHUNK)
    assert len(faces) == len(mesh.faces)
    filled = np.flatnonzero(np.diff(chunks.first) > 0)
    assert len(filled) == 2
    assert chunks.high[filled, 2].max() == 150.0
    tower = filled[np.argmax(chunks.high[filled, 2])]
    assert list(_seen(chunks, view_of(looking_up(25.0), 16 / 9), np.eye(4))) == [tower]
    # In the copy to the west the tower stands as far from the seam as here.
    copied = _seen(chunks, view_of(looking_up(-281.0), 16 / 9), mirror(BOUNDS, -1, 0))
    assert list(copied) == [tower]
