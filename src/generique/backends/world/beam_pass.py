"""The beams of a lighthouse in the haze."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform
from generique.backends.world.view import View
from generique.world.beacon import MOST_BEAMS, Beacon

STEPS = 40
"""Pieces along a beam."""


class BeamPass:
    """Draws beams and the flash when one meets the eye: light that only adds."""

    def __init__(self, context: moderngl.Context, beacon: Beacon | None) -> None:
        """Upload.

        Args:
            context: Where to.
            beacon: The light; None where there is none or it does not burn.
        """
        self._beacon, self._program = beacon, Program(context, "beam")
        line = np.linspace(-1, 1, STEPS + 1)
        strip = np.stack([np.tile([-1.0, 1.0], STEPS + 1), np.repeat(line, 2)], axis=-1)
        patch = np.array([(-1, -1), (1, -1), (-1, 1), (1, 1)])
        self._strip, self._patch = (
            context.vertex_array(
                self._program.handle,
                [(context.buffer(np.ascontiguousarray(part, np.float32)), "2f4", "corner")],
            )
            for part in (strip, patch)
        )

    def uniforms(self, seconds: float) -> dict[str, Uniform]:
        """What the other shaders need to light what the beams sweep."""
        ways = np.zeros((MOST_BEAMS, 2), np.float32)
        if self._beacon is None:
            return {"beamCount": 0, "beamWay": ways.tobytes()}
        ways[: self._beacon.beams] = self._beacon.ways(seconds)
        return {
            "beamCount": self._beacon.beams,
            "beamPlace": self._beacon.place,
            "beamLight": self._beacon.light,
            "beamWay": ways.tobytes(),
        }

    def draw(self, seconds: float, view: View, uniforms: dict[str, Uniform]) -> None:
        """Add the beams of a moment; blending is the caller's."""
        if self._beacon is None:
            return
        self._program.set({**uniforms, "right": view.right, "up": view.up})
        self._program.set({"source": self._beacon.place, "light": self._beacon.light})
        for x, y in self._beacon.ways(seconds):
            self._program.set({"way": (float(x), float(y)), "burst": 0})
            self._strip.render(moderngl.TRIANGLE_STRIP)
            self._program.set({"burst": 1})
            self._patch.render(moderngl.TRIANGLE_STRIP)
