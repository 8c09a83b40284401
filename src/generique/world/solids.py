"""Solids that every kind of building is put together from."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.layout import Lots
from generique.world.mesh import Finish, Quads, paint


def upright(x0: Floats, x1: Floats, y: Floats, z: tuple[Floats | float, Floats | float]) -> Floats:
    """Rectangles that look towards -y: n x 4 x 3 in the house's axes."""
    low, high = (np.broadcast_to(np.asarray(side, float), x0.shape) for side in z)
    corners = [(x0, y, low), (x1, y, low), (x1, y, high), (x0, y, high)]
    return np.stack([np.stack(corner, axis=-1) for corner in corners], axis=1)


def box(low: Floats, high: Floats) -> Floats:
    """Sides and lid of upright boxes: n x 5 x 4 x 3, the lid last.

    Args:
        low: n x 3, the lowest corner.
        high: n x 3, the highest corner.
    """
    order = (
        ((0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)),
        ((1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1)),
        ((1, 1, 0), (0, 1, 0), (0, 1, 1), (1, 1, 1)),
        ((0, 1, 0), (0, 0, 0), (0, 0, 1), (0, 1, 1)),
        ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)),
    )
    pick = np.array(order, float)
    return np.asarray(low[:, None, None] * (1 - pick) + high[:, None, None] * pick)


def boxes(lots: Lots, which: Ints, low: Floats, high: Floats, finish: Finish) -> Quads:
    """Boxes that belong to houses, with snow on the lid.

    Args:
        lots: Where the houses stand.
        which: n lots.
        low: n x 3 in the houses' axes.
        high: n x 3.
        finish: Of the sides; arrays in it have one row a box.
    """
    corners = box(low, high)
    world = lots.to_world(np.repeat(which, 5), corners.reshape(-1, 4, 3))
    albedo = np.broadcast_to(np.asarray(finish.albedo, float), (len(which), 3))
    snow = np.tile([0.0, 0.0, 0.0, 0.0, 0.95], len(which))
    return paint(
        world,
        Finish(
            np.repeat(albedo, 5, axis=0),
            snow=snow,
            surface=finish.surface,
            level=finish.level,
            step=finish.step,
            owner=finish.owner,
        ),
    )
