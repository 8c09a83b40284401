"""The houses of a country's suburbs, as data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats
from generique.world.scene import Country


@dataclass(frozen=True)
class Stock:
    """Measures of lots and houses; pairs are least and greatest, metres unless said otherwise.

    Attributes:
        block: Between side streets: two lots back to back and the street.
        frontage: Width of a lot.
        apart: Least distance between middles of houses.
        reach: From the kerb to the middle of a house.
        width: Of a house along the street.
        depth: Of a house.
        tall: Share of houses with two storeys.
        pitch: Rise of roofs over their run.
        garage: Width of a garage.
        fenced: Half the width of a fenced yard.
        walls: Siding and brick, linear albedo, n x 3.
        shingles: n x 3.
    """

    block: float
    frontage: tuple[float, float]
    apart: float
    reach: tuple[float, float]
    width: tuple[float, float]
    depth: tuple[float, float]
    tall: float
    pitch: tuple[float, float]
    garage: tuple[float, float]
    fenced: float
    walls: Floats
    shingles: Floats


CANADIAN = Stock(
    block=74.0,
    frontage=(18.6, 21.4),
    apart=17.2,
    reach=(15.2, 17.6),
    width=(10.5, 13.5),
    depth=(8.5, 10.5),
    tall=0.68,
    pitch=(0.48, 0.76),
    garage=(5.6, 6.6),
    fenced=9.3,
    walls=np.array(
        [
            (0.42, 0.40, 0.36),
            (0.30, 0.32, 0.34),
            (0.50, 0.47, 0.42),
            (0.24, 0.13, 0.10),
            (0.33, 0.27, 0.20),
            (0.55, 0.55, 0.54),
            (0.20, 0.24, 0.27),
            (0.28, 0.15, 0.11),
            (0.36, 0.20, 0.15),
        ]
    ),
    shingles=np.array(
        [(0.060, 0.058, 0.060), (0.09, 0.075, 0.065), (0.05, 0.052, 0.06), (0.10, 0.06, 0.05)]
    ),
)
AMERICAN = Stock(
    block=84.0,
    frontage=(23.5, 27.5),
    apart=21.6,
    reach=(17.6, 20.4),
    width=(13.5, 17.5),
    depth=(9.4, 11.6),
    tall=0.56,
    pitch=(0.42, 0.66),
    garage=(5.9, 7.2),
    fenced=11.4,
    walls=np.array(
        [
            (0.58, 0.57, 0.54),
            (0.52, 0.47, 0.38),
            (0.44, 0.43, 0.40),
            (0.33, 0.38, 0.42),
            (0.47, 0.41, 0.31),
            (0.27, 0.13, 0.09),
            (0.60, 0.59, 0.57),
            (0.34, 0.36, 0.29),
        ]
    ),
    shingles=np.array(
        [(0.085, 0.080, 0.076), (0.11, 0.095, 0.080), (0.065, 0.064, 0.066), (0.13, 0.10, 0.078)]
    ),
)
STOCKS: dict[Country, Stock] = {Country.CANADA: CANADIAN, Country.UNITED_STATES: AMERICAN}
