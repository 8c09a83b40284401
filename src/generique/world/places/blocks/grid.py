"""Facades of housing blocks divided into panels, and what each panel holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.kit.openings import (
    Openings,
)
from generique.world.places.blocks.plan import Blocks, Kind, series_of
from generique.world.places.blocks.style import Style

SIDES = (0.0, np.pi / 2, np.pi, 1.5 * np.pi)
"""Turns of the front, the right end, the back and the left end."""


@dataclass(frozen=True)
class Grid:
    """Panels of all facades; arrays with one row a panel.

    Attributes:
        block: Index of the block.
        side: Index into :data:`SIDES`.
        column: From the left, seen from outside.
        within: Column counted in its staircase's section.
        section: Section on the side.
        floor: From 0.
        middle: n x 3, middle of the panel on the wall, in the block's axes.
        size: n x 2 metres.
    """

    block: Ints
    side: Ints
    column: Ints
    within: Ints
    section: Ints
    floor: Ints
    middle: Floats
    size: Floats

    def __len__(self) -> int:
        return len(self.block)

    def openings(
        self, which: Flags | Ints, size: tuple[float, float], rise: float = 0.0
    ) -> Openings:
        """Openings in the middle of panels, unlit; shifted up by some metres."""
        index = np.arange(len(self))[which]
        middle = self.middle[index] + np.array([0.0, 0.0, rise])
        turn = np.array(SIDES)[self.side[index]]
        sizes = np.tile(np.array(size), (len(index), 1))
        return Openings(self.block[index], middle, turn, sizes, np.zeros((len(index), 3)))


def grid_of(blocks: Blocks, style: Style) -> Grid:
    """Divide all facades into panels; blind ends have none."""
    parts: list[list[Floats]] = []
    every = series_of(style)
    for k in range(len(blocks)):
        series = every[blocks.kind[k]]
        for side in range(4):
            lengthwise = side % 2 == 0
            span = blocks.length[k] if lengthwise else blocks.depth[k]
            if not lengthwise and blocks.kind[k] != Kind.TOWER:
                continue
            count = max(1, round(float(span) / series.bay))
            column, floor = (
                v.ravel() for v in np.meshgrid(np.arange(count), np.arange(series.storeys))
            )
            width = span / count
            across = (column - (count - 1) / 2) * width
            turn, out = SIDES[side], (blocks.depth[k] if lengthwise else blocks.length[k]) / 2
            x = np.cos(turn) * across + np.sin(turn) * out
            y = np.sin(turn) * across - np.cos(turn) * out
            z = series.base + series.storey * (floor + 0.5)
            one = np.ones(len(column))
            within = column % series.section if lengthwise else column
            parts.append(
                [
                    one * k,
                    one * side,
                    column,
                    within,
                    column // series.section,
                    floor,
                    x,
                    y,
                    z,
                    one * width,
                    one * series.storey,
                ]
            )
    table = np.concatenate([np.stack(part, axis=-1) for part in parts] or [np.zeros((0, 11))])
    whole = table[:, :6].astype(int)
    block, side, column, within, section, floor = whole.T
    return Grid(block, side, column, within, section, floor, table[:, 6:9], table[:, 9:])


@dataclass(frozen=True)
class Use:
    """What each panel holds."""

    stair: Flags
    balcony: Flags
    glazed: Flags


def use_of(grid: Grid, blocks: Blocks, style: Style, seed: int) -> Use:
    """Draw what every panel holds: the place of a staircase follows from the series."""
    chance = stream(seed, "balconies")
    stair, balcony = np.zeros(len(grid), bool), np.zeros(len(grid), bool)
    share = np.zeros(len(grid))
    for kind, series in enumerate(series_of(style)):
        mine = blocks.kind[grid.block] == kind
        stair |= mine & (grid.side == 0) & (grid.within == series.stair)
        front = (grid.side == 0) & np.isin(grid.within, series.front)
        back = (grid.side == 2) & np.isin(grid.within, series.back)
        ends = (grid.side % 2 == 1) & np.isin(grid.within, (1, 4)) & (kind == Kind.TOWER)
        balcony |= mine & (front | back | ends)
        share[mine] = series.glazed
    balcony &= (grid.floor > 0) & ~stair
    return Use(stair, balcony, balcony & (chance.random(len(grid)) < share))
