"""How housing blocks are built in a country, as data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats
from generique.world.scene import Country


@dataclass(frozen=True)
class Series:
    """A kind of block, repeated all over a place; metres unless said otherwise.

    Attributes:
        storeys: How many.
        storey: Height of one.
        base: Height of the ground floor above the ground.
        depth: From front to back.
        bay: Width of a panel.
        section: Panels that one staircase serves.
        stair: Which of them is the staircase, on the front.
        front: Panels with a balcony on the front, counted in a section.
        back: Panels with a balcony on the back.
        glazed: Share of balconies that their owners have glazed.
        walls: Colours, n x 3; one is drawn for a block.
        accents: Colours of balconies and ends.
        patchy: How much one panel differs from the next.
    """

    storeys: int
    storey: float
    base: float
    depth: float
    bay: float
    section: int
    stair: int
    front: tuple[int, ...]
    back: tuple[int, ...]
    glazed: float
    walls: Floats
    accents: Floats
    patchy: float

    @property
    def height(self) -> float:
        """To the roof, metres."""
        return self.base + self.storeys * self.storey


@dataclass(frozen=True)
class Style:
    """The blocks of a country.

    Attributes:
        low: Slabs in parallel rows.
        high: Slabs round a court.
        tower: Point towers.
        wires: True where trams run under wires on the boulevard.
        garages: True where rows of garages and heating pipes stand at the edge of the courts.
        parking: True where cars stand in marked rows before the blocks.
    """

    low: Series
    high: Series
    tower: Series
    wires: bool
    garages: bool
    parking: bool


_PALE = np.array(
    [(0.40, 0.385, 0.35), (0.36, 0.355, 0.345), (0.43, 0.40, 0.34), (0.34, 0.35, 0.36)]
)
_SILICATE = np.array([(0.38, 0.365, 0.335), (0.33, 0.20, 0.145), (0.42, 0.38, 0.29)])
_SOVIET_ACCENTS = np.array(
    [
        (0.16, 0.24, 0.33),
        (0.36, 0.25, 0.12),
        (0.20, 0.28, 0.22),
        (0.34, 0.16, 0.11),
        (0.33, 0.32, 0.30),
    ]
)
_WHITE = np.array([(0.50, 0.49, 0.46), (0.47, 0.44, 0.38), (0.43, 0.42, 0.41)])
_FRENCH_ACCENTS = np.array(
    [(0.38, 0.20, 0.12), (0.18, 0.26, 0.32), (0.45, 0.36, 0.18), (0.42, 0.41, 0.39)]
)

STYLES: dict[Country, Style] = {
    Country.RUSSIA: Style(
        low=Series(
            5,
            2.7,
            0.9,
            11.6,
            3.1,
            6,
            2,
            (0, 5),
            (0, 2, 3, 5),
            0.5,
            _SILICATE,
            _SOVIET_ACCENTS,
            0.03,
        ),
        high=Series(
            9, 2.8, 1.1, 12.4, 3.25, 6, 2, (0, 4), (1, 4), 0.62, _PALE, _SOVIET_ACCENTS, 0.07
        ),
        tower=Series(
            16, 2.8, 1.3, 19.0, 3.3, 7, 3, (0, 6), (0, 2, 4, 6), 0.6, _PALE, _SOVIET_ACCENTS, 0.06
        ),
        wires=True,
        garages=True,
        parking=False,
    ),
    Country.FRANCE: Style(
        low=Series(
            5, 2.75, 0.6, 11.0, 3.2, 6, 2, (0, 5), (1, 2, 4), 0.06, _WHITE, _FRENCH_ACCENTS, 0.02
        ),
        high=Series(
            11,
            2.75,
            1.0,
            12.0,
            3.3,
            6,
            2,
            (0, 5),
            (1, 2, 3, 4),
            0.08,
            _WHITE,
            _FRENCH_ACCENTS,
            0.02,
        ),
        tower=Series(
            15, 2.75, 1.2, 19.0, 3.3, 7, 3, (1, 5), (1, 5), 0.08, _WHITE, _FRENCH_ACCENTS, 0.02
        ),
        wires=False,
        garages=False,
        parking=True,
    ),
}
