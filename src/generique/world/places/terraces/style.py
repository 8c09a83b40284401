"""How rows of houses are built in a country, as data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats
from generique.world.scene import Country

BRICK = np.array(
    [
        (0.200, 0.094, 0.064),
        (0.178, 0.084, 0.060),
        (0.222, 0.112, 0.078),
        (0.150, 0.076, 0.058),
        (0.225, 0.155, 0.100),
    ]
)
"""Red and brown brick, and one yellow stock; linear albedo."""
RENDER = np.array(
    [
        (0.52, 0.46, 0.35),
        (0.48, 0.44, 0.37),
        (0.55, 0.51, 0.43),
        (0.44, 0.35, 0.25),
        (0.50, 0.40, 0.29),
        (0.40, 0.38, 0.34),
        (0.54, 0.45, 0.37),
    ]
)
"""Limestone and lime render."""
PAINTED = np.array([(0.60, 0.59, 0.55), (0.55, 0.52, 0.44), (0.36, 0.44, 0.46), (0.50, 0.36, 0.33)])
"""House fronts that were painted over."""
SLATE = np.array([(0.055, 0.058, 0.068), (0.066, 0.066, 0.074), (0.050, 0.051, 0.057)])
CONCRETE_TILE = np.array([(0.110, 0.066, 0.050), (0.092, 0.078, 0.070)])
CLAY_TILE = np.array([(0.190, 0.092, 0.058), (0.160, 0.084, 0.058), (0.175, 0.105, 0.075)])


@dataclass(frozen=True)
class Style:
    """Measures of a row, metres unless said otherwise; pairs are least and greatest.

    Attributes:
        storeys: How many, one drawn for a row or, with ``uneven``, for every house.
        uneven: True where neighbours differ in height and colour.
        garden: Between pavement and house; drawn for a row, 0 in some.
        bare: Share of rows that stand at the pavement.
        yard: Behind the house, up to the lane or the neighbour's wall.
        lane: Width of the lane between the yards.
        bays: Share of rows with bay windows.
        mansard: Share of houses with a steep roof storey, else two slopes.
        shops: Share of houses at corners with a shop in them.
        shutters: True where windows have shutters.
    """

    width: tuple[float, float]
    depth: float
    storey: float
    storeys: tuple[int, ...]
    uneven: bool
    garden: float
    bare: float
    yard: float
    lane: float
    pitch: tuple[float, float]
    walls: Floats
    roofs: Floats
    bays: float
    mansard: float
    shops: float
    shutters: bool

    @property
    def spacing(self) -> float:
        """Between parallel streets, pavements and carriageway included."""
        return 2 * (4.1 + 1.8 + self.garden + self.depth + self.yard) + self.lane


STYLES: dict[Country, Style] = {
    Country.UNITED_KINGDOM: Style(
        width=(4.8, 5.5),
        depth=8.8,
        storey=2.8,
        storeys=(2, 2, 2, 2, 3),
        uneven=False,
        garden=2.4,
        bare=0.3,
        yard=8.5,
        lane=2.6,
        pitch=(0.72, 0.88),
        walls=BRICK,
        roofs=np.concatenate([SLATE, SLATE, CONCRETE_TILE]),
        bays=0.62,
        mansard=0.0,
        shops=0.35,
        shutters=False,
    ),
    Country.FRANCE: Style(
        width=(6.2, 9.4),
        depth=10.0,
        storey=3.05,
        storeys=(2, 3, 3, 3, 4),
        uneven=True,
        garden=0.0,
        bare=1.0,
        yard=8.0,
        lane=0.0,
        pitch=(0.52, 0.66),
        walls=RENDER,
        roofs=np.concatenate([CLAY_TILE, CLAY_TILE, SLATE]),
        bays=0.0,
        mansard=0.36,
        shops=0.8,
        shutters=True,
    ),
}
