"""The plan of a port: which ground belongs to what, and where the water begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats
from generique.world.layout import NO_LOTS, Bounds, Layout, Roadway, Street, square
from generique.world.relief import Relief
from generique.world.scene import Place
from generique.world.water import Water, WaterKind

WATER = -2.6
BED = -9.0
APRON = 44.0
"""Metres from the edge of the quay to the first containers."""
QUAY_EDGE = 4.6
"""Metres that the quay's deck reaches beyond the line where the ground falls."""
LANE = 27.0
"""Metres from the middle of one block of containers to the next."""


@dataclass(frozen=True)
class Zones:
    """A port's parts, metres.

    Attributes:
        quay: x of the line where the ground falls into the basin, which lies east of it.
        south: y where containers begin.
        middle: y where they end and the works begin.
        north: y where everything ends.
        stacks: x west of which there are no containers.
        west: x of the western edge of everything.
    """

    quay: float
    south: float
    middle: float
    north: float
    stacks: float
    west: float

    @property
    def edge(self) -> float:
        """X of the edge of the quay."""
        return self.quay + QUAY_EDGE


def zones_of(bounds: Bounds) -> Zones:
    """The parts of a port within bounds."""
    quay = 40.0
    rows = max(2, min(6, int((bounds.extent / 2 - 90.0) / LANE / 1.35)))
    stacks = quay - APRON - rows * LANE
    return Zones(
        quay=quay,
        south=bounds.y0 + 14.0,
        middle=bounds.y0 + bounds.extent * 0.60,
        north=bounds.y0 + bounds.extent - 8.0,
        stacks=stacks,
        west=bounds.x0 + 8.0,
    )


def relief_of(bounds: Bounds, zones: Zones) -> Relief:
    """Level ground, and a basin that the mirrored copies of the place enclose."""

    def surface(points: Floats) -> Floats:
        share = (points[:, 0] - bounds.x0) / bounds.extent
        x = bounds.x0 + (1 - np.abs(share % 2 - 1)) * bounds.extent
        return np.asarray(np.clip((x - zones.quay) / 0.6, 0.0, 1.0) * BED)

    return Relief(surface)


def lay_out(place: Place) -> Layout:
    """Plan a port. The same place gives the same plan."""
    bounds = square(place.extent)
    zones = zones_of(bounds)
    y = np.arange(bounds.y0 - 110, bounds.y0 + bounds.extent + 60, 3.0)
    guide = np.c_[np.full(len(y), zones.quay - APRON + 5.0), y]
    return Layout(
        bounds,
        streets_of(bounds, zones),
        NO_LOTS,
        guide=guide,
        room=4.5,
        relief=relief_of(bounds, zones),
        water=Water(WaterKind.LAKE, WATER),
    )


def streets_of(bounds: Bounds, zones: Zones) -> tuple[Street, ...]:
    """The road behind the containers, and one across before the works; lorries use them."""
    y = np.arange(bounds.y0 - 60, bounds.y0 + bounds.extent + 60, 4.0)
    x = np.arange(bounds.x0 - 60, zones.quay - APRON - 4.0, 4.0)
    slow = Roadway((2.1,), (8.5,), (0.6,), 75.0)
    along = np.c_[np.full(len(y), zones.stacks - 11.0), y]
    across = np.c_[x, np.full(len(x), zones.middle + 9.0)]
    return tuple(
        Street(line, 4.8, sodium=True, closed=False, avenue=True, roadway=slow)
        for line in (along, across)
    )
