"""Lots of a city: blocks cut into parcels, what is built on each, and how high."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from generique.world.arrays import Flags, Floats, stream
from generique.world.kit.outline import area, inset, narrowest, on_border, split
from generique.world.layout import Bounds
from generique.world.scene import Country, Place

GROUND_FLOOR = 4.8


class Kind(IntEnum):
    """Kinds of buildings."""

    WALKUP = 0
    LOFT = 1
    STONE = 2
    RIBBON = 3
    CURTAIN = 4
    CONDO = 5


STOREYS = np.array([3.2, 3.8, 3.7, 3.7, 3.9, 3.0])
"""Height of a storey of each kind, metres."""


@dataclass(frozen=True)
class Lot:
    """A building's ground.

    Attributes:
        outline: k x 2 metres, what the building covers at the ground.
        street: k, True for edges along a street.
        party: k, True for edges against a neighbour.
        kind: What is built.
        floors: Above the ground floor.
    """

    outline: Floats
    street: Flags
    party: Flags
    kind: Kind
    floors: int

    @property
    def height(self) -> float:
        """Of the roof, metres."""
        return GROUND_FLOOR + self.floors * float(STOREYS[self.kind])


class Rise:
    """How high the city builds at a place."""

    def __init__(self, bounds: Bounds, chance: np.random.Generator) -> None:
        extent = bounds.extent
        self._extent = extent
        self.tallest = float(np.clip(0.172 * extent, 40.0, 190.0))
        side = 1.0 if chance.random() < 0.5 else -1.0
        self.centre = np.array([chance.uniform(-0.02, 0.05), chance.uniform(0.41, 0.45)]) * extent
        self._second = np.array([side * chance.uniform(0.24, 0.3), 0.60]) * extent

    def at(self, point: Floats) -> float:
        """Usual height in metres."""
        first = np.sum((point - self.centre) ** 2) / (0.19 * self._extent) ** 2
        second = np.sum((point - self._second) ** 2) / (0.12 * self._extent) ** 2
        return float(15 + self.tallest * np.exp(-first) + 0.5 * self.tallest * np.exp(-second))

    def limit(self, point: Floats) -> float:
        """Greatest height, metres: low below the camera's way in."""
        share = point / self._extent
        if share[1] < 0.17:
            return 21.0 if abs(share[0]) < 0.13 else 34.0
        if share[1] < 0.24 and abs(share[0]) < 0.07:
            return 34.0
        return self.tallest * 1.06


_CHARACTER: dict[Country, dict[str, tuple[float, ...]]] = {
    Country.UNITED_STATES: {
        "low": (0.62, 0.30, 0.0, 0.08, 0.0, 0.0),
        "mid": (0.0, 0.36, 0.28, 0.22, 0.06, 0.08),
        "high": (0.0, 0.0, 0.36, 0.18, 0.34, 0.12),
    },
    Country.CANADA: {
        "low": (0.58, 0.28, 0.0, 0.10, 0.0, 0.04),
        "mid": (0.0, 0.26, 0.14, 0.26, 0.12, 0.22),
        "high": (0.0, 0.0, 0.14, 0.20, 0.38, 0.28),
    },
    Country.JAPAN: {
        "low": (0.20, 0.20, 0.0, 0.42, 0.0, 0.18),
        "mid": (0.0, 0.12, 0.04, 0.50, 0.10, 0.24),
        "high": (0.0, 0.0, 0.06, 0.30, 0.44, 0.20),
    },
}
"""Shares of the kinds among low buildings, those of middle height and towers."""
_SMALLEST = {Country.JAPAN: 200.0}


def cut_lots(
    blocks: tuple[Floats, ...], rise: Rise, place: Place, bounds: Bounds
) -> tuple[tuple[Lot, ...], tuple[Floats, ...]]:
    """Lots with what is built on them, and the corners that stay open."""
    chance = stream(place.seed, "lots")
    lots: list[Lot] = []
    squares: list[Floats] = []
    for block in blocks:
        middle = block.mean(axis=0)
        if not bounds.inside(middle[None], 2)[0]:
            continue
        usual = min(rise.at(middle), rise.limit(middle))
        smallest = _SMALLEST.get(place.country, 330.0)
        wanted = float(np.interp(usual, [18, 60, 120], [smallest, 1000, 1900]))
        for part in _parcels(block, wanted, chance):
            if not bounds.inside(part, 2.5).all():
                continue
            if area(part) < 130 or narrowest(part) < 8 or chance.random() < 0.025:
                squares.append(part)
                continue
            lots.append(_lot(part, block, rise, place.country, chance))
    return tuple(lots), tuple(squares)


def _parcels(block: Floats, wanted: float, chance: np.random.Generator) -> list[Floats]:
    """Cut a block until its parts are about as large as wanted."""
    waiting, done = [block], []
    while waiting:
        part = waiting.pop()
        if area(part) < wanted * chance.uniform(1.0, 1.9):
            done.append(part)
            continue
        for half in split(part, float(chance.uniform(0.42, 0.58))):
            (waiting if area(half) > 60 else done).append(half)
    return [part for part in done if len(part) >= 3]


def _lot(
    part: Floats, block: Floats, rise: Rise, country: Country, chance: np.random.Generator
) -> Lot:
    """What is built on a parcel: how high, what, and how far from its neighbours."""
    middle = part.mean(axis=0)
    wish = rise.at(middle) * float(np.exp(chance.normal(-0.08, 0.36)))
    slender = 7.0 * narrowest(part)
    height = float(min(wish, rise.limit(middle), slender))
    class_ = "low" if height < 26 else "mid" if height < 62 else "high"
    kind = Kind(int(chance.choice(len(Kind), p=_CHARACTER[country][class_])))
    floors = max(1, round((height - GROUND_FLOOR) / float(STOREYS[kind])))
    if kind is Kind.WALKUP:
        floors = min(floors, 6)
    street = on_border(part, block)
    gap = np.where(street | (chance.random(len(part)) < 0.55), 0.0, chance.uniform(2.5, 5.5))
    outline = inset(part, gap)
    if len(outline) < 3 or narrowest(outline) < 6:
        outline = part
    street = on_border(outline, block)
    party = ~street & on_border(outline, part)
    return Lot(outline, street, party, kind, floors)
