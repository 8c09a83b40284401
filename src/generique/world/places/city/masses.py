"""Masses: from a lot to the prisms of its building, podium, shaft, setbacks and crown."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from generique.world.arrays import Flags, Floats, stream
from generique.world.kit.outline import area, edges, inset, narrowest
from generique.world.places.city.lots import GROUND_FLOOR, STOREYS, Kind, Lot

SLENDER = 24.0
"""Height from which a building steps back, metres."""
TOWER = 62.0


@dataclass(frozen=True)
class Mass:
    """A prism of a building.

    Attributes:
        lot: Index of the lot.
        outline: k x 2 metres, convex.
        low: Metres.
        high: Metres, where its roof lies.
        blind: k, True for walls without windows at their foot.
        shops: k, True for walls with shops at the ground.
        crowned: True when nothing stands on it.
        plant: True for machine rooms: no windows.
    """

    lot: int
    outline: Floats
    low: float
    high: float
    blind: Flags
    shops: Flags
    crowned: bool = True
    plant: bool = False


@dataclass
class _Stack:
    """Prisms that are put on each other."""

    lot: int
    outline: Floats
    height: float = 0.0
    masses: list[Mass] = field(default_factory=list)

    def rise(self, high: float, blind: Flags | None = None, shops: Flags | None = None) -> None:
        """Add a prism up to a height."""
        none = np.zeros(len(self.outline), bool)
        if high - self.height < 1.0:
            return
        self.masses.append(
            Mass(
                self.lot,
                self.outline,
                self.height,
                high,
                none if blind is None else blind,
                none if shops is None else shops,
                crowned=False,
            )
        )
        self.height = high

    def step(self, distance: Floats | float, least: float = 9.0) -> bool:
        """Step back, unless too little would be left."""
        found = inset(self.outline, distance)
        if len(found) < 3 or narrowest(found) < least:
            return False
        self.outline = found
        return True

    def done(self) -> list[Mass]:
        """All of them, the last one crowned."""
        last = self.masses[-1]
        self.masses[-1] = Mass(
            last.lot, last.outline, last.low, last.high, last.blind, last.shops, crowned=True
        )
        return self.masses


def raise_masses(lots: tuple[Lot, ...], seed: int) -> list[Mass]:
    """The prisms of all buildings, those of one lot from the ground up."""
    chance = stream(seed, "masses")
    masses: list[Mass] = []
    for index, lot in enumerate(lots):
        stack = _Stack(index, lot.outline)
        if lot.height < SLENDER:
            _low(stack, lot)
        elif lot.height < TOWER:
            _middle(stack, lot, chance)
        else:
            _tower(stack, lot, chance)
        found = stack.done()
        masses += found
        plant = _plant(found[-1], lot, chance)
        if plant is not None:
            masses.append(plant)
    return masses


def _low(stack: _Stack, lot: Lot) -> None:
    stack.rise(lot.height, lot.party, lot.street)


def _floor(lot: Lot, share: float) -> float:
    """Height of a whole floor at about a share of the building's height."""
    storey = float(STOREYS[lot.kind])
    return GROUND_FLOOR + round((lot.height * share - GROUND_FLOOR) / storey) * storey


def _middle(stack: _Stack, lot: Lot, chance: np.random.Generator) -> None:
    """A body up to its cornice, sometimes with a step back below the top."""
    if chance.random() < 0.55:
        stack.rise(lot.height, lot.party, lot.street)
        return
    stack.rise(_floor(lot, float(chance.uniform(0.6, 0.82))), lot.party, lot.street)
    stack.step(float(chance.uniform(2.0, 3.5)))
    stack.rise(lot.height)


def _tower(stack: _Stack, lot: Lot, chance: np.random.Generator) -> None:
    """Podium, shaft and crown."""
    podium = min(_floor(lot, 0.3), GROUND_FLOOR + float(STOREYS[lot.kind]) * chance.integers(1, 6))
    stack.rise(podium, lot.party, lot.street)
    stack.step(float(chance.uniform(2.5, 6.0)))
    _slim(stack, chance)
    if lot.kind is Kind.STONE:
        for share in (0.62, 0.76, 0.86, 0.94):
            stack.rise(_floor(lot, share + float(chance.uniform(-0.04, 0.04))))
            stack.step(float(chance.uniform(1.8, 3.2)), 7.0)
        stack.rise(lot.height)
        return
    if lot.kind in (Kind.CURTAIN, Kind.CONDO) and chance.random() < 0.3:
        _chamfer(stack, chance)
    if chance.random() < 0.4:
        stack.rise(_floor(lot, float(chance.uniform(0.78, 0.9))))
        _shear(stack, chance)
    stack.rise(lot.height)


def _slim(stack: _Stack, chance: np.random.Generator) -> None:
    """Make a slab of what is too deep for daylight."""
    for _ in range(3):
        width = narrowest(stack.outline)
        most = 44.0 if area(stack.outline) > 900 else 34.0
        longest = float(edges(stack.outline)[2].max())
        if width > 30 or longest > most:
            _, way, length = edges(stack.outline)
            along = way[int(np.argmax(length))]
            ends = np.abs(way @ along) < 0.5
            over = min(max(longest - most, 0.0) / 2, 8.0)
            deep = min(max(width - 28, 0.0) / 2, 6.0)
            gap = np.where(ends, over, deep * chance.uniform(0.6, 1.0))
            if not stack.step(gap):
                return


def _chamfer(stack: _Stack, chance: np.random.Generator) -> None:
    """Cut the corners off."""
    outline, cut = stack.outline, float(chance.uniform(2.5, 5.0))
    start, way, length = edges(outline)
    if length.min() < 3 * cut:
        return
    points = [
        (start[k] + way[k] * cut, start[k] + way[k] * (length[k] - cut)) for k in range(len(way))
    ]
    stack.outline = np.array([point for pair in points for point in pair])


def _shear(stack: _Stack, chance: np.random.Generator) -> None:
    """Step back on one side only."""
    gap = np.zeros(len(stack.outline))
    gap[int(chance.integers(len(gap)))] = chance.uniform(4.0, 10.0)
    stack.step(gap)


def _plant(top: Mass, lot: Lot, chance: np.random.Generator) -> Mass | None:
    """The machine room on a roof."""
    width = narrowest(top.outline)
    if width < 10 or lot.height < 14:
        return None
    within = inset(top.outline, width * float(chance.uniform(0.24, 0.36)))
    if len(within) < 3 or area(within) < 12:
        return None
    tall = float(chance.uniform(2.6, 3.4) if lot.height < TOWER else chance.uniform(3.5, 6.0))
    none = np.zeros(len(within), bool)
    return Mass(top.lot, within, top.high, top.high + tall, none, none, plant=True)
