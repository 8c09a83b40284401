"""How a picture is exposed and graded at an hour."""

from __future__ import annotations

from dataclasses import dataclass

from generique.world.atmosphere import SKIES
from generique.world.scene import TimeOfDay


@dataclass(frozen=True)
class Look:
    """Parameters of the finish.

    Attributes:
        exposure: Factor on linear light before the view transform.
        vignette: Fall-off towards the corners.
        saturation: After the view transform, 1 leaves colours as they are.
        power: Contrast after the view transform.
        grain: Amplitude as a share of full scale.
    """

    exposure: float
    vignette: float
    saturation: float
    power: float
    grain: float


_GRADES = {
    TimeOfDay.NIGHT: (0.17, 1.22, 1.30, 0.024),
    TimeOfDay.DAWN: (0.15, 1.20, 1.22, 0.018),
    TimeOfDay.DUSK: (0.15, 1.22, 1.24, 0.018),
    TimeOfDay.OVERCAST_DAY: (0.10, 1.12, 1.12, 0.012),
}


def look_of(time: TimeOfDay) -> Look:
    """The look of an hour."""
    return Look(SKIES[time].exposure, *_GRADES[time])
