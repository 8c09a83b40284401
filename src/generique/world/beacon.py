"""Lights that turn: where the beams of a lighthouse point at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats

MOST_BEAMS = 2
"""As many beams sweep a place; the shaders have the same number."""


@dataclass(frozen=True)
class Beacon:
    """A turning light.

    Attributes:
        place: x, y and z in metres.
        light: Intensity in the middle of a beam, linear RGB, on the scale of street lamps.
        period: Seconds for a turn.
        beams: How many it has, evenly round, at most :data:`MOST_BEAMS`.
        phase: Radians counter-clockwise from east at time 0.
    """

    place: tuple[float, float, float]
    light: tuple[float, float, float]
    period: float = 10.0
    beams: int = 2
    phase: float = 0.0

    def ways(self, seconds: float) -> Floats:
        """Unit vectors (beams x 2) along the beams; they turn clockwise seen from above."""
        turn = self.phase - 2 * np.pi * (seconds / self.period + np.arange(self.beams) / self.beams)
        return np.stack([np.cos(turn), np.sin(turn)], axis=-1)
