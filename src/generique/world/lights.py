"""Lights that stand still: street lamps and the lights of homes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from generique.world.arrays import Floats, Ints

SODIUM = (1.15, 0.575, 0.155)
"""High-pressure sodium, linear RGB with its strength."""
LED = (0.634, 0.677, 0.72)
"""White street light, linear RGB with its strength."""
WARM_2700 = (1.0, 0.56, 0.20)
WARM_3500 = (1.0, 0.74, 0.44)
WHITE_5000 = (0.95, 0.97, 1.0)
TELEVISION = (0.42, 0.60, 1.0)


class Beam(IntEnum):
    """How a light spreads; the formulae stand in the bake kernels."""

    LAMP = 0
    """A street lamp: wide, downwards, cut off above the horizon."""
    WINDOW = 1
    """Cosine of the angle to the pane's normal."""
    BULB = 2
    """Nearly all round, weaker upwards."""
    FLOOD = 3
    """A flood on a high mast: as a street lamp, but far."""


REACH = (48.0, 13.0, 14.0, 120.0)
"""Metres at which each kind of beam has faded to nothing."""


@dataclass(frozen=True)
class Lights:
    """Lights as arrays.

    Attributes:
        position: n x 3 metres.
        intensity: n x 3, linear RGB; irradiance at 1 m along the axis.
        axis: n x 3 unit vectors, the main direction.
        beam: n, of :class:`Beam`.
    """

    position: Floats
    intensity: Floats
    axis: Floats
    beam: Ints

    def __len__(self) -> int:
        return len(self.position)


def shine(position: Floats, intensity: Floats, axis: Floats, beam: Beam) -> Lights:
    """Lights of one kind.

    Args:
        position: n x 3.
        intensity: n x 3.
        axis: 3, or n x 3.
        beam: The kind.
    """
    count = len(position)
    return Lights(
        position=np.asarray(position, np.float32).reshape(count, 3),
        intensity=np.asarray(intensity, np.float32).reshape(count, 3),
        axis=np.broadcast_to(np.asarray(axis, np.float32), (count, 3)).copy(),
        beam=np.full(count, beam, np.int32),
    )


def gather(parts: Sequence[Lights]) -> Lights:
    """All lights of several sets, in order."""
    parts = parts or [shine(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros(3), Beam.BULB)]
    return Lights(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Lights))
    )
