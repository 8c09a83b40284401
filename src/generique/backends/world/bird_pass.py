"""Birds in the air."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform
from generique.world.birds import fly
from generique.world.scene import SceneDocument
from generique.world.site import Site
from generique.world.sky.atmosphere import Air

ASLEEP = -7.0
"""Degrees of the sun below the horizon from which no bird is in the air."""

# Across, ahead, up, and how far up the wing beats: left and right wing, body and tail.
_WING = (
    (0.04, 0.10, 0.0, 0.0),
    (0.25, 0.14, 0.0, 1.0),
    (0.25, 0.0, 0.0, 1.0),
    (0.04, -0.08, 0.0, 0.0),
    (0.5, 0.02, -0.02, 0.8),
)
_BODY = (
    (0.0, 0.26, 0.0, 0.0),
    (0.05, 0.02, 0.03, 0.0),
    (-0.05, 0.02, 0.03, 0.0),
    (0.0, -0.3, 0.0, 0.0),
)


class BirdPass:
    """Draws the birds of a shot."""

    def __init__(
        self, context: moderngl.Context, scene: SceneDocument, site: Site, air: Air
    ) -> None:
        awake = scene.life.birds if air.sun.altitude > ASLEEP else 0.0
        table = fly(site.flocks, awake, scene.seed)
        self._count = len(table)
        self._program = Program(context, "bird")
        if self._count == 0:
            return
        right = [_WING[k] for k in (0, 1, 2, 0, 2, 3, 1, 4, 2)]
        left = [(-x, y, z, w) for x, y, z, w in right]
        body = [_BODY[k] for k in (0, 1, 2, 1, 3, 2)]
        shape = np.array([*right, *left, *body], np.float32)
        self._array = context.vertex_array(
            self._program.handle,
            [
                (context.buffer(shape), "4f4", "shape"),
                (context.buffer(table), "4f4 4f4 4f4/i", "circle", "motion", "look"),
            ],
        )

    def draw(self, uniforms: dict[str, Uniform]) -> None:
        """Draw them at the time that the uniforms name."""
        if self._count:
            self._program.set(uniforms)
            self._array.render(moderngl.TRIANGLES, instances=self._count)
