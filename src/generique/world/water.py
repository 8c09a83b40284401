"""Standing and flowing water: at one height wherever the ground lies lower."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generique.world.scene import Season, Weather

FREEZING_COVER = 0.3
"""Snow cover from which still water is frozen in winter."""


class WaterKind(StrEnum):
    """Kinds of water: their waves, colour and depth of sight differ."""

    SEA = "sea"
    LAKE = "lake"
    RIVER = "river"


@dataclass(frozen=True)
class Water:
    """The water of a place.

    Attributes:
        kind: What it is.
        level: Metres of height of its surface.
        flow: Metres a second east and north that the surface moves; a sea and a lake have none.
    """

    kind: WaterKind
    level: float = 0.0
    flow: tuple[float, float] = (0.0, 0.0)

    def frozen(self, season: Season, weather: Weather) -> bool:
        """True when ice lies on it: on a lake in winter, where snow lies too."""
        still = self.kind is WaterKind.LAKE
        return still and season is Season.WINTER and weather.snow_cover >= FREEZING_COVER
