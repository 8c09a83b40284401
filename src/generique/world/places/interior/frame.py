"""Where the axes of a room lie in the place that its house is built in."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from generique.world.arrays import Floats
from generique.world.lights import Lights
from generique.world.mesh import Quads

OUTS = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""Ways that a room can look: square to the axes, so that it stays a plain box."""


@dataclass(frozen=True)
class Frame:
    """Where the room's own axes lie in the place.

    Attributes:
        out: 2, whole numbers: the room's +y.
        origin: 2 metres, the room's (0, 0).
        foot: Height of the room's 0, metres.
    """

    out: tuple[int, int]
    origin: tuple[float, float]
    foot: float = 0.0

    def turned(self, local: Floats) -> Floats:
        """Directions, ... x 3."""
        x, y = local[..., 0], local[..., 1]
        out = self.out
        world = [x * out[1] + y * out[0], y * out[1] - x * out[0], local[..., 2]]
        return np.stack(world, axis=-1)

    def placed(self, local: Floats) -> Floats:
        """Points, ... x 3 metres."""
        return np.asarray(self.turned(local) + np.array([*self.origin, self.foot]))

    def local(self, points: Floats) -> Floats:
        """Points of the place (n x 2) in the room's axes."""
        gap, out = points - np.array(self.origin), np.array(self.out, float)
        return np.stack([gap @ np.array([out[1], -out[0]]), gap @ out], axis=-1)

    def span(self, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Lowest and highest corners (... x 3) of boxes."""
        a, b = self.placed(low), self.placed(high)
        return np.minimum(a, b), np.maximum(a, b)

    def quads(self, built: Quads) -> Quads:
        """Surfaces in the room's axes, in the place."""
        return replace(built, corners=self.placed(built.corners).astype(np.float32))

    def lights(self, built: Lights) -> Lights:
        """Lights in the room's axes, in the place."""
        placed = self.placed(built.position).astype(np.float32)
        axis = self.turned(built.axis).astype(np.float32)
        return replace(built, position=placed, axis=axis)
