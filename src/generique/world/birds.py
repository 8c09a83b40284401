"""Birds: flocks that circle over a place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from generique.world.arrays import Floats, stream

MOST = 70
"""Birds of a flock when there are as many as can be."""


class Bird(IntEnum):
    """Kinds of birds, by how they look from afar."""

    GULL = 0
    CROW = 1


PLUMAGE = np.array([(0.62, 0.62, 0.62), (0.025, 0.025, 0.028)])
"""Linear albedo of each kind."""
SPAN = np.array([1.35, 0.95])
"""Wing span, metres."""
SPEED = np.array([9.0, 10.5])
"""Metres a second."""


@dataclass(frozen=True)
class Flock:
    """Birds that keep together.

    Attributes:
        centre: x, y and z in metres, about which they circle.
        reach: Metres from it that they go.
    """

    kind: Bird
    centre: tuple[float, float, float]
    reach: float


def fly(flocks: tuple[Flock, ...], birds: float, seed: int) -> Floats:
    """The birds of a shot as the shader takes them.

    Each circles on a way of its own, at the speed of its kind.

    Args:
        flocks: Of the place.
        birds: How many, 0 none to 1.
        seed: Of the shot.

    Returns:
        n x 12: middle of the circle (3) and its radius; phase, turns a second in radians, drift of
        the circle in metres, rate of the wings in radians a second; albedo (3) and span.
    """
    chance = stream(seed, "birds")
    rows = [np.zeros((0, 12))]
    for flock in flocks:
        every = chance.random((MOST, 8))
        count = round(MOST * birds)
        part = every[:count]
        radius = flock.reach * (0.25 + 0.6 * part[:, 0] ** 1.5)
        sense = np.where(part[:, 1] < 0.7, 1.0, -1.0)
        offset = (part[:, 2:5] - 0.5) * flock.reach * np.array([1.1, 1.1, 0.45])
        rate = sense * SPEED[flock.kind] / radius
        rows.append(
            np.c_[
                np.array(flock.centre) + offset,
                radius,
                part[:, 5] * 2 * np.pi,
                rate,
                0.25 * flock.reach * part[:, 6],
                8.0 + 7.0 * part[:, 7],
                np.tile(PLUMAGE[flock.kind], (count, 1)) * (0.8 + 0.3 * part[:, 6:7]),
                np.full(count, SPAN[flock.kind]) * (0.85 + 0.3 * part[:, 0]),
            ]
        )
    return np.ascontiguousarray(np.concatenate(rows), np.float32)
