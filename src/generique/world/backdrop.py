"""The land beyond a place: what covers it, by height, slope and season."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats
from generique.world.ground import COVERS, SEASONS, Cover
from generique.world.kit.tree import FOLIAGE, NEEDLES
from generique.world.scene import Season

CROWNS = 0.62
"""Share of a leaf's albedo that a wood shows from afar: the rest is lost between the crowns."""


@dataclass(frozen=True)
class Backdrop:
    """What covers the land beyond the bounds.

    Attributes:
        low: In the open.
        high: In the open above ``change``.
        change: Metres of height; the border wavers by a fifth of it.
        woods: Share of the land below ``change`` that is wooded, 0 to 1.
        leafy: Share of the woods that sheds its leaves, 0 to 1.
        snow_line: Metres of height above which snow lies all year.
        rock: Linear albedo of steep ground, inside the bounds too.
    """

    low: Cover = Cover.MEADOW
    high: Cover = Cover.ROCK
    change: float = 1e5
    woods: float = 0.4
    leafy: float = 0.3
    snow_line: float = 1e5
    rock: tuple[float, float, float] = (0.165, 0.150, 0.135)

    def open_ground(self, season: Season) -> tuple[Floats, Floats]:
        """Linear albedo (3) of the low and of the high ground."""
        grown = COVERS[:, SEASONS.index(season)]
        return grown[self.low], grown[self.high]

    def woods_in(self, season: Season) -> tuple[Floats, Floats, Floats]:
        """Linear albedo (3) of conifers and, in two hues, of leafy woods from afar."""
        needles = NEEDLES * 0.8
        if season is Season.WINTER:
            twigs = np.array([0.062, 0.052, 0.044])
            return needles, twigs, twigs * 0.85
        leaves = FOLIAGE[season] * CROWNS
        if season is Season.AUTUMN:
            return needles, leaves * [1.25, 0.55, 0.25], leaves * [1.1, 0.95, 0.4]
        return needles, leaves, leaves * [0.78, 0.9, 0.8]


COUNTRYSIDE = Backdrop()
"""Meadows and woods."""
