"""Trees: of what kind they are and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.scene import Season

VARIANTS = 4
"""Shapes that there are of a kind."""
BARK = np.array([0.055, 0.045, 0.038])
NEEDLES = np.array([0.030, 0.045, 0.030])
FOLIAGE = {
    Season.SPRING: np.array([0.122, 0.165, 0.052]),
    Season.SUMMER: np.array([0.074, 0.112, 0.040]),
    Season.AUTUMN: np.array([0.21, 0.150, 0.045]),
    Season.WINTER: BARK,
}
"""Leaves of :attr:`Kind.DECIDUOUS`, linear albedo; in autumn the renderer turns it per tree."""


class Kind(IntEnum):
    """Kinds of trees."""

    CONIFER = 0
    """Spruce or fir: a ragged spire."""
    DECIDUOUS = 1
    """Maple, oak or beech, grown in the open."""
    PINE = 2
    """Scots or red pine: a bare reddish trunk under flat clumps."""
    BIRCH = 3
    POPLAR = 4
    """A column, as planted along roads."""
    LARCH = 5
    """A light conifer: yellow in autumn, bare in winter."""
    CYPRESS = 6
    SHRUB = 7
    """A bush without a trunk, wider than high."""
    GRASS = 8
    """A tuft of tall grass, twice as wide as high."""
    SAGE = 9
    """A grey bush of dry country, half as high as wide."""


@dataclass(frozen=True)
class Trees:
    """Trees of a place.

    Attributes:
        position: n x 2 metres.
        foot: n metres, height of the ground where they stand.
        kind: n, of :class:`Kind`.
        variant: n, index of the shape.
        height: n metres.
        turn: n radians.
        tint: n, factor on the albedo.
        hue: n, 0 to 1; picks the autumn colour.
    """

    position: Floats
    foot: Floats
    kind: Ints
    variant: Ints
    height: Floats
    turn: Floats
    tint: Floats
    hue: Floats

    def __len__(self) -> int:
        return len(self.position)


def grow(spot: Floats, foot: Floats, chance: np.random.Generator, conifers: float = 1.0) -> Trees:
    """Trees of mixed kinds and ages, as people plant them.

    Args:
        spot: n x 2 metres.
        foot: n metres, height of the ground there.
        chance: For their kinds, shapes and sizes.
        conifers: Factor on the share of conifers.
    """
    count = len(spot)
    share = np.clip(0.33 + 0.3 * np.sin(spot[:, 0] / 80 + spot[:, 1] / 95), 0.08, 0.8)
    conifer = chance.random(count) < share * conifers
    height = np.where(conifer, chance.uniform(6, 16, count), chance.uniform(7.5, 16, count))
    young = np.where(chance.random(count) < 0.2, 0.42, 1.0)
    return Trees(
        position=spot,
        foot=foot,
        kind=np.where(conifer, Kind.CONIFER, Kind.DECIDUOUS).astype(np.int32),
        variant=chance.integers(0, VARIANTS, count),
        height=height * young,
        turn=chance.uniform(0, 2 * np.pi, count),
        tint=chance.uniform(0.75, 1.2, count),
        hue=chance.random(count),
    )


def leafed(season: Season) -> bool:
    """True when deciduous trees carry leaves."""
    return season is not Season.WINTER


def stand(
    spot: Floats,
    foot: Floats,
    kind: Ints,
    height: Floats,
    chance: np.random.Generator,
) -> Trees:
    """Trees whose kinds and heights are known.

    Args:
        spot: n x 2 metres.
        foot: n metres, height of the ground there.
        kind: n, of :class:`Kind`.
        height: n metres.
        chance: For shapes, turns and tints.
    """
    count = len(spot)
    return Trees(
        position=spot,
        foot=foot,
        kind=np.asarray(kind, np.int32),
        variant=chance.integers(0, VARIANTS, count),
        height=height,
        turn=chance.uniform(0, 2 * np.pi, count),
        tint=chance.uniform(0.75, 1.2, count),
        hue=chance.random(count),
    )


def gather_trees(parts: Sequence[Trees]) -> Trees:
    """All trees of several sets, in order."""
    return Trees(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Trees))
    )
