"""How a picture is exposed and graded at an hour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

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
    TimeOfDay.OVERCAST_DAY: (0.10, 1.18, 1.38, 0.012),
}


BARE_GROUND = 0.60
"""How much longer an operator exposes where no snow throws the light back."""


def look_of(time: TimeOfDay, snow_cover: float) -> Look:
    """The look of an hour.

    Args:
        time: The hour.
        snow_cover: 0 to 1, as in the scene's weather.
    """
    longer = 1 + BARE_GROUND * (1 - min(1.0, 1.25 * snow_cover))
    return Look(SKIES[time].exposure * longer, *_GRADES[time])


def mix_looks(looks: Sequence[tuple[Look, float]]) -> Look:
    """The look between several: exposure by ratio, as an iris moves, and the rest evenly.

    Args:
        looks: Each with its weight; the weights sum to 1.
    """
    stops = sum(weight * math.log2(look.exposure) for look, weight in looks)
    rest = (
        sum(weight * getattr(look, field.name) for look, weight in looks)
        for field in fields(Look)[1:]
    )
    return Look(2.0**stops, *rest)
