"""Facades: walls over outlines, divided into storeys and bays, with panes near and far.

A far pane stands for several near ones and shines as much as they do together, so that a facade
keeps its light when it is drawn coarsely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from generique.world.arrays import Flags, Floats, Ints
from generique.world.kit.outline import edges, inset
from generique.world.kit.solids import box_on, panel_on
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint

FAR_OUT = 0.12
"""Metres by which far panes stand before their wall."""


@dataclass(frozen=True)
class Walls:
    """Upright rectangles.

    Attributes:
        foot: n x 3 metres, the lower left corner seen from outside.
        right: n x 2, unit vectors along the wall, to the right seen from outside.
        width: n metres.
        height: n metres.
    """

    foot: Floats
    right: Floats
    width: Floats
    height: Floats

    def __len__(self) -> int:
        return len(self.foot)

    def take(self, which: Ints | Flags) -> Walls:
        """The walls at these indices or flags."""
        return Walls(*(getattr(self, field.name)[which] for field in fields(self)))

    @property
    def out(self) -> Floats:
        """Unit vectors out of the walls, n x 2."""
        return np.stack([self.right[:, 1], -self.right[:, 0]], axis=-1)

    def at(self, across: Floats | float, up: Floats | float, out: Floats | float = 0.0) -> Floats:
        """Points, n x 3, one a wall.

        Args:
            across: Metres from the left edge.
            up: Metres from the foot.
            out: Metres before the wall.
        """
        one = np.ones(len(self))
        level = self.right * (across * one)[:, None] + self.out * (out * one)[:, None]
        return np.asarray(self.foot + np.c_[level, up * one])

    def panel(
        self,
        across: tuple[Floats | float, Floats | float],
        up: tuple[Floats | float, Floats | float],
        out: Floats | float | tuple[Floats | float, Floats | float] = 0.0,
    ) -> Floats:
        """Rectangles on the walls, n x 4 x 3; a pair for ``out`` slants them."""
        return panel_on(self.at, across, up, out)

    def box(
        self,
        across: tuple[Floats | float, Floats | float],
        up: tuple[Floats | float, Floats | float],
        out: tuple[Floats | float, Floats | float],
    ) -> Floats:
        """Boxes before the walls, without a back: n x 5 x 4 x 3, the lid last but one."""
        return box_on(self.at, across, up, out)


def stand_walls(outlines: Sequence[Floats], low: Floats, high: Floats) -> tuple[Walls, Ints, Ints]:
    """Walls over the edges of outlines.

    Args:
        outlines: n of them.
        low: n metres.
        high: n metres.

    Returns:
        The walls, the outline of each, and the edge of it.
    """
    counts = np.array([len(outline) for outline in outlines], int)
    owner = np.repeat(np.arange(len(outlines)), counts)
    if len(owner) == 0:
        nothing = np.zeros((0, 3)), np.zeros((0, 2)), np.zeros(0), np.zeros(0)
        return Walls(*nothing), owner, owner
    found = [edges(outline) for outline in outlines]
    start, way, length = (np.concatenate([each[k] for each in found]) for k in range(3))
    edge = np.concatenate([np.arange(count) for count in counts])
    foot = np.c_[start, np.asarray(low, float)[owner]]
    height = np.asarray(high, float)[owner] - foot[:, 2]
    return Walls(foot, way, length, height), owner, edge


def lay_lids(outlines: Sequence[Floats], height: Floats) -> tuple[Floats, Ints]:
    """Level lids over convex outlines: quads (m x 4 x 3) and the outline of each."""
    quads, owner = [], []
    for index, outline in enumerate(outlines):
        for k in range(1, len(outline) - 1, 2):
            ring = [0, k, k + 1, min(k + 2, len(outline) - 1)]
            quads.append(np.c_[outline[ring], np.full(4, height[index])])
            owner.append(index)
    if not quads:
        return np.zeros((0, 4, 3)), np.zeros(0, int)
    return np.array(quads), np.array(owner)


def copings(
    outlines: Sequence[Floats], roof: Floats, height: float, thick: float
) -> tuple[Floats, Floats, Ints]:
    """Parapets round roofs: their inner faces and their tops (m x 4 x 3 each), and the outlines.

    Args:
        outlines: n of them.
        roof: n metres, where the roofs lie.
        height: Of the parapets above them, metres.
        thick: Metres.
    """
    inner, top, owner = [], [], []
    for index, outline in enumerate(outlines):
        within = inset(outline, thick)
        if len(within) != len(outline):
            continue
        turn = int(np.argmin(np.linalg.norm(within - outline[0], axis=1)))
        within = np.roll(within, -turn, axis=0)
        low, high = roof[index], roof[index] + height
        for k in range(len(outline)):
            j = (k + 1) % len(outline)
            a, b, c, d = outline[k], outline[j], within[j], within[k]
            top.append([(*a, high), (*b, high), (*c, high), (*d, high)])
            inner.append([(*c, low), (*d, low), (*d, high), (*c, high)])
            owner.append(index)
    shape = (-1, 4, 3)
    return np.array(inner).reshape(shape), np.array(top).reshape(shape), np.array(owner, int)


@dataclass(frozen=True)
class Glazing:
    """How walls are divided and glazed; arrays with one row a wall, metres.

    Attributes:
        bay: Width of a bay.
        storey: Height of a storey.
        base: Where the first storey begins, above the foot.
        top: What stays free below the top.
        share: Share of a bay's width that is glass, 0 to 1.
        sill: Height of a pane's foot above its floor.
        head: What stays free above a pane, up to the next floor.
        albedo: n x 3, how much the glass mirrors, by colour.
        merge: Bays that one far pane stands for.
    """

    bay: Floats
    storey: Floats
    base: Floats
    top: Floats
    share: Floats
    sill: Floats
    head: Floats
    albedo: Floats
    merge: Ints

    def take(self, which: Ints | Flags) -> Glazing:
        """The glazing of these walls."""
        return Glazing(*(getattr(self, field.name)[which] for field in fields(self)))


@dataclass(frozen=True)
class Panes:
    """Panes of walls, in order of wall, storey and bay; one row each.

    Attributes:
        wall: Index of the wall.
        row: Storey, from 0.
        column: Bay, from 0 at the left.
        left: Metres from the wall's left edge.
        right: Metres.
        low: Metres above the wall's foot.
        high: Metres.
    """

    wall: Ints
    row: Ints
    column: Ints
    left: Floats
    right: Floats
    low: Floats
    high: Floats

    def __len__(self) -> int:
        return len(self.wall)

    def take(self, which: Ints | Flags) -> Panes:
        """The panes at these indices or flags."""
        return Panes(*(getattr(self, field.name)[which] for field in fields(self)))

    def area(self) -> Floats:
        """Square metres."""
        return np.asarray((self.right - self.left) * (self.high - self.low))


def divide(walls: Walls, glazing: Glazing) -> Panes:
    """The panes that fit on walls; as many whole bays as there is room for, in the middle."""
    columns = np.floor((walls.width - 0.5) / glazing.bay + 0.25).astype(int)
    rows = np.floor((walls.height - glazing.base - glazing.top) / glazing.storey + 0.02).astype(int)
    columns, rows = np.maximum(columns, 0), np.maximum(rows, 0)
    count = columns * rows
    wall = np.repeat(np.arange(len(walls)), count)
    first = np.repeat(np.cumsum(count) - count, count)
    index = np.arange(len(wall)) - first
    wide = np.maximum(columns, 1)[wall]
    row, column = np.divmod(index, wide)
    bay = np.minimum(glazing.bay, walls.width / np.maximum(columns, 1))[wall]
    edge = (walls.width[wall] - bay * wide) / 2
    middle = edge + bay * (column + 0.5)
    half = bay * glazing.share[wall] / 2
    low = glazing.base[wall] + glazing.storey[wall] * row
    return Panes(
        wall,
        row,
        column,
        middle - half,
        middle + half,
        low + glazing.sill[wall],
        low + glazing.storey[wall] - glazing.head[wall],
    )


def glaze(walls: Walls, glazing: Glazing, panes: Panes, radiance: Floats, tint: Floats) -> Quads:
    """Panes near, and merged ones far.

    Args:
        walls: The walls.
        glazing: How they are glazed.
        panes: From :func:`divide`, some of them left out perhaps.
        radiance: n x 3, zero when dark.
        tint: n, factor on how much each pane mirrors.
    """
    mirror = glazing.albedo[panes.wall] * tint[:, None]
    parts = _near(walls, panes, radiance, mirror)
    merged, far_radiance, first = merge(panes, glazing, radiance)
    chosen = walls.take(merged.wall)
    wide = chosen.panel((merged.left, merged.right), (merged.low, merged.high), FAR_OUT)
    far = Finish(mirror[first], far_radiance, surface=Surface.GLASS, level=Level.FAR, step=99)
    return join([*parts, paint(wide, far)])


SPLIT_BELOW = 15.0
"""Height up to which a room can be told from its window, metres."""


def _near(walls: Walls, panes: Panes, radiance: Floats, mirror: Floats) -> list[Quads]:
    """Near panes; the lower storeys show that rooms are lit from above, and blinds."""
    parts = []
    rooms = walls.foot[panes.wall, 2] + panes.low < SPLIT_BELOW
    # How much of the light of a pane comes through its upper part; the sum stays the same.
    drawn = (panes.column * 7 + panes.row * 5 + panes.wall * 3) % 11
    cut = np.where(drawn < 3, 0.62, 0.5)
    bright = np.where(drawn < 3, 0.55, np.where(drawn < 8, 1.25, 1.5))
    for upper in (False, True):
        which = np.flatnonzero(rooms)
        some, chosen = panes.take(which), walls.take(panes.wall[which])
        middle = some.low + (some.high - some.low) * cut[which]
        ends = (middle + 0.03, some.high) if upper else (some.low, middle - 0.03)
        share = bright[which]
        if not upper:
            share = (1 - share * (1 - cut[which])) / cut[which]
        whole = (some.high - some.low) * np.where(upper, 1 - cut[which], cut[which])
        share = share * whole / np.maximum(ends[1] - ends[0], 1e-6)
        corners = chosen.panel((some.left, some.right), ends, 0.06)
        glow = radiance[which] * share[:, None]
        finish = Finish(mirror[which], glow, surface=Surface.GLASS, level=Level.NEAR, step=99)
        parts.append(paint(corners, finish))
    which = np.flatnonzero(~rooms)
    some, chosen = panes.take(which), walls.take(panes.wall[which])
    corners = chosen.panel((some.left, some.right), (some.low, some.high), 0.06)
    finish = Finish(
        mirror[which], radiance[which], surface=Surface.GLASS, level=Level.NEAR, step=99
    )
    return [*parts, paint(corners, finish)]


def merge(panes: Panes, glazing: Glazing, radiance: Floats) -> tuple[Panes, Floats, Ints]:
    """Far panes: runs of bays of one storey as one, of the same light in all.

    Returns:
        The panes, their radiance (n x 3), and the first near pane of each.
    """
    group = panes.column // glazing.merge[panes.wall]
    same = np.ones(len(panes), bool)
    for value in (panes.wall, panes.row, group):
        same[1:] &= value[1:] == value[:-1]
    same[:1] = False
    first = np.flatnonzero(~same)
    last = np.r_[first[1:], len(panes)] - 1 if len(first) else first
    merged = panes.take(first)
    merged = Panes(
        merged.wall,
        merged.row,
        merged.column,
        merged.left,
        panes.right[last],
        merged.low,
        merged.high,
    )
    if len(first) == 0:
        return merged, np.zeros((0, 3)), first
    light = np.add.reduceat(radiance * panes.area()[:, None], first, axis=0)
    return merged, light / np.maximum(merged.area(), 1e-6)[:, None], first
