"""Facades of housing blocks: panels and their joints, windows, balconies, staircases, doors."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.layout import Lots
from generique.world.lights import WARM_2700, WARM_3500, WHITE_5000, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.openings import (
    GLOW,
    PANE,
    Openings,
    Sash,
    gather_openings,
    glaze,
    home_glow,
    spill,
)
from generique.world.places.blocks.plan import Blocks, Kind, series_of
from generique.world.places.blocks.style import Series, Style
from generique.world.solids import boxes

JOINT = (0.10, 0.10, 0.10)
SOCLE = (0.16, 0.155, 0.15)
FRAME = (0.55, 0.55, 0.53)
STEEL = (0.06, 0.055, 0.055)
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


@dataclass(frozen=True)
class Looks:
    """Colours of blocks, n x 3 each."""

    wall: Floats
    accent: Floats
    frame: Floats


def draw_looks(blocks: Blocks, style: Style, seed: int) -> Looks:
    """Draw the colours of every block."""
    chance, count = stream(seed, "block colours"), len(blocks)
    wall, accent = np.zeros((count, 3)), np.zeros((count, 3))
    for kind, series in enumerate(series_of(style)):
        mine = blocks.kind == kind
        wall[mine] = series.walls[chance.integers(len(series.walls), size=count)][mine]
        accent[mine] = series.accents[chance.integers(len(series.accents), size=count)][mine]
    tone = chance.uniform(0.86, 1.06, (count, 1))
    return Looks(wall * tone, accent * tone, np.array(FRAME) * chance.uniform(0.7, 1.1, (count, 1)))


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
    return Grid(*(whole[:, k] for k in range(6)), middle=table[:, 6:9], size=table[:, 9:])


@dataclass(frozen=True)
class _Use:
    """What each panel holds."""

    stair: Flags
    balcony: Flags
    glazed: Flags


def _use(grid: Grid, blocks: Blocks, style: Style, seed: int) -> _Use:
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
    return _Use(stair, balcony, balcony & (chance.random(len(grid)) < share))


def facades(blocks: Blocks, style: Style, seed: int, lit: float) -> tuple[Quads, Lights]:
    """Walls, windows, balconies and entrances of all blocks.

    Args:
        blocks: The blocks.
        style: How they are built.
        seed: Of the place.
        lit: Share of the windows of occupied flats that are lit, 0 to 1.
    """
    looks, grid = draw_looks(blocks, style, seed), grid_of(blocks, style)
    use = _use(grid, blocks, style, seed)
    windows = _windows(grid, use, seed, lit)
    stairs, entrances, lights = _staircases(grid, use, blocks, style, (seed, lit))
    chance = stream(seed, "block panes")
    place = blocks.lots
    far = Level.FAR
    parts = [
        _panels(grid, blocks, looks, style, seed),
        _shells(blocks, looks, style),
        _joints(blocks, style),
        glaze(
            place,
            windows,
            Sash(1, 2, 0.06, 0.08, looks.frame[windows.lot], drapes=True),
            chance,
            far,
        ),
        glaze(place, stairs, Sash(2, 1, 0.06, 0.07, (0.3, 0.3, 0.29)), chance, far),
        _skyline(place, windows),
        entrances,
        _balconies(grid, use, blocks, looks, (seed, windows)),
    ]
    return join(parts), gather([spill(place, windows, 9.0), lights])


def _windows(grid: Grid, use: _Use, seed: int, lit: float) -> Openings:
    """Windows of flats. Two neighbouring panels are mostly one flat: somebody is in, or nobody."""
    chance = stream(seed, "flats")
    wide = grid.openings(
        ~use.stair & (grid.side % 2 == 0) & (grid.within % 2 == 0), (1.75, 1.5), 0.1
    )
    slim = grid.openings(
        ~use.stair & ((grid.side % 2 == 1) | (grid.within % 2 == 1)), (1.35, 1.5), 0.1
    )
    panes = gather_openings([wide, slim])
    key = (
        np.floor(panes.middle @ np.array([0.151, 0.153, 10.0]))
        + 1000 * panes.lot
        + 0.25 * panes.turn
    )
    _, flat = np.unique(key, return_inverse=True)
    home = chance.random(int(flat.max(initial=0)) + 1) < 0.88
    glow = home_glow(chance, len(panes))
    rank = chance.random(len(panes))
    glow[~home[flat] | (rank >= lit)] = 0
    return Openings(panes.lot, panes.middle, panes.turn, panes.size, glow)


def _skyline(lots: Lots, windows: Openings) -> Quads:
    """Some of the windows, for the copies of the place in the distance."""
    part = windows.take(np.arange(0, len(windows), 4))
    half = part.size / 2 * 1.2
    corners = part.panel((-half[:, 0], half[:, 0]), (-half[:, 1], half[:, 1]), 0.3)
    finish = Finish(PANE, part.radiance, surface=Surface.GLASS, level=Level.SKYLINE, step=99)
    return paint(lots.to_world(part.lot, corners), finish)


def _put(blocks: Blocks, panels: Openings, corners: Floats, finish: Finish) -> Quads:
    return paint(blocks.lots.to_world(panels.lot, corners), finish)


def _panels(grid: Grid, blocks: Blocks, looks: Looks, style: Style, seed: int) -> Quads:
    """The wall as it is when near: panel by panel, each a shade of its own."""
    chance = stream(seed, "panels")
    every = grid.openings(np.ones(len(grid), bool), (1.0, 1.0))
    patchy = np.array([series.patchy for series in series_of(style)])[blocks.kind[grid.block]]
    tone = 1 + patchy[:, None] * chance.normal(size=(len(grid), 1))
    rows = (grid.floor == 0) & (blocks.kind[grid.block] == Kind.HIGH)
    albedo = np.where(rows[:, None], looks.accent[grid.block] * 0.8, looks.wall[grid.block]) * tone
    half = grid.size / 2
    corners = every.panel((-half[:, 0], half[:, 0]), (-half[:, 1], half[:, 1]), 0.0)
    finish = Finish(np.clip(albedo, 0.02, 0.8), level=Level.NEAR, step=2.9)
    return _put(blocks, every, corners, finish)


def _ends(blocks: Blocks, series: Series, which: Ints) -> list[tuple[Openings, Floats]]:
    """The blind ends of slabs as stacks of storeys, and their height above the middle."""
    found = []
    for side, turn in ((-1.0, SIDES[3]), (1.0, SIDES[1])):
        for floor in range(series.storeys):
            z = np.full(len(which), series.base + series.storey * (floor + 0.5))
            middle = np.stack([side * blocks.length[which] / 2, 0 * z, z], axis=-1)
            size = np.stack([blocks.depth[which], np.full(len(which), series.storey)], axis=-1)
            panel = Openings(
                which, middle, np.full(len(which), turn), size, np.zeros((len(which), 3))
            )
            found.append((panel, size / 2))
    return found


def _shells(blocks: Blocks, looks: Looks, style: Style) -> Quads:
    """The walls when far, blind ends, socles, roofs with their parapets and lift houses."""
    parts = []
    for kind, series in enumerate(series_of(style)):
        which = np.flatnonzero(blocks.kind == kind)
        if len(which) == 0:
            continue
        parts += _far_walls(blocks, looks, series, (which, kind == Kind.TOWER))
        if kind != Kind.TOWER:
            for panel, half in _ends(blocks, series, which):
                corners = panel.panel((-half[:, 0], half[:, 0]), (-half[:, 1], half[:, 1]), 0.0)
                tone = looks.accent[which] if kind == Kind.HIGH else looks.wall[which] * 0.92
                parts.append(
                    _put(blocks, panel, corners, Finish(tone, level=Level.ALWAYS, step=4.2))
                )
        parts += _roofs(blocks, looks, series, which)
        half, deep = blocks.length[which] / 2 + 0.08, blocks.depth[which] / 2 + 0.08
        low = np.stack([-half, -deep, 0 * half], axis=-1)
        high = np.stack([half, deep, 0 * half + series.base], axis=-1)
        parts.append(
            boxes(blocks.lots, which, low, high, Finish(SOCLE, level=Level.ALWAYS, step=6))
        )
    return join(parts)


def _far_walls(
    blocks: Blocks, looks: Looks, series: Series, chosen: tuple[Ints, bool]
) -> list[Quads]:
    which, tower = chosen
    parts = []
    levels = np.linspace(series.base, series.height, max(2, series.storeys // 3) + 1)
    for side, turn in enumerate(SIDES):
        lengthwise = side % 2 == 0
        span = (blocks.length if lengthwise else blocks.depth)[which]
        out = (blocks.depth if lengthwise else blocks.length)[which] / 2
        if not lengthwise and not tower:
            continue
        middle = np.stack([np.sin(turn) * out, -np.cos(turn) * out, 0 * out], axis=-1)
        blank = np.zeros((len(which), 3))
        wall = Openings(which, middle, np.full(len(which), turn), np.ones((len(which), 2)), blank)
        pieces = 5
        for k in range(pieces):
            left, right = (span * (n / pieces - 0.5) for n in (k, k + 1))
            for low, high in itertools.pairwise(levels):
                corners = wall.panel((left, right), (low, high), 0.0)
                far = Finish(looks.wall[which] * 0.97, level=Level.FAR, step=9)
                parts.append(_put(blocks, wall, corners, far))
        corners = wall.panel((-span / 2, span / 2), (0.0, series.height), 0.0)
        edge = Finish(looks.wall[which], surface=Surface.DETAIL, level=Level.SKYLINE, step=99)
        parts.append(_put(blocks, wall, corners, edge))
    return parts


LIFT_HOUSE, BOX = (2.6, 2.2, 2.7), (0.9, 0.9, 1.1)
"""Half width, half depth and height of what stands on a roof over every staircase, metres."""


def _on_roof(series: Series) -> tuple[float, float, float]:
    return LIFT_HOUSE if series.storeys > 5 else BOX


def _lids(blocks: Blocks, series: Series, which: Ints) -> list[Quads]:
    """Roofs, cut round what stands on them so that no point that carries light lies inside it."""
    felt = Finish((0.075, 0.075, 0.078), snow=0.95, level=Level.EVERYWHERE, step=5)
    half, deep, _ = _on_roof(series)
    parts = []
    for section in range(int(blocks.sections[which].max(initial=1))):
        mine = which[section < blocks.sections[which]]
        span = blocks.length[mine] / blocks.sections[mine]
        left = span * section - blocks.length[mine] / 2
        middle = left + 0.45 * span
        last = np.where(section == blocks.sections[mine] - 1, 0.2, 0.0)
        across = [left + (0.2 if section == 0 else 0.0), middle - half - 0.1]
        across += [middle + half + 0.1, left + span - last]
        edge = blocks.depth[mine] / 2 - 0.2
        along = [-edge, 0 * edge - deep - 0.1, 0 * edge + deep + 0.1, edge]
        top = np.full(len(mine), series.height)
        for i, j in ((i, j) for i in range(3) for j in range(3) if (i, j) != (1, 1)):
            ring = ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))
            corners = [np.stack([across[x], along[y], top], axis=-1) for x, y in ring]
            world = blocks.lots.to_world(mine, np.stack(corners, axis=1))
            parts.append(paint(world, felt))
    return parts


def _roofs(blocks: Blocks, looks: Looks, series: Series, which: Ints) -> list[Quads]:
    half, deep = blocks.length[which] / 2, blocks.depth[which] / 2
    top = np.full(len(which), series.height)
    parts = _lids(blocks, series, which)
    rim = Finish(looks.wall[which] * 0.9, snow=0.9, level=Level.ALWAYS, step=6)
    for sign in (-1.0, 1.0):
        for low, high in (
            ((-half, sign * deep - 0.15), (half, sign * deep + 0.15)),
            ((sign * half - 0.15, -deep), (sign * half + 0.15, deep)),
        ):
            first = np.stack([low[0], low[1], top - 0.1], axis=-1)
            last = np.stack([high[0], high[1], top + 0.65], axis=-1)
            parts.append(boxes(blocks.lots, which, first, last, rim))
    for section in range(int(blocks.sections[which].max(initial=1))):
        mine = which[section < blocks.sections[which]]
        x = ((section + 0.45) / blocks.sections[mine] - 0.5) * blocks.length[mine]
        zero = np.zeros(len(mine))
        size = np.array(_on_roof(series))
        low_ = np.stack([x - size[0], zero - size[1], zero + series.height], axis=-1)
        high_ = np.stack([x + size[0], zero + size[1], zero + series.height + size[2]], axis=-1)
        house = Finish(looks.wall[mine] * 0.85, level=Level.ALWAYS, step=4)
        parts.append(boxes(blocks.lots, mine, low_, high_, house))
        for shift in (-4.5, 4.0):
            low_ = np.stack([x + shift - 0.5, zero + 1.5, zero + series.height], axis=-1)
            high_ = low_ + np.array([1.0, 0.8, 1.2])
            vent = Finish((0.2, 0.19, 0.18), surface=Surface.DETAIL, level=Level.NEAR, step=4)
            parts.append(boxes(blocks.lots, mine, low_, high_, vent))
        for shift in (-2.0, 5.5):
            low_ = np.stack([x + shift - 0.04, zero - 2.0, zero + series.height], axis=-1)
            high_ = low_ + np.array([0.08, 0.08, 4.5])
            mast = Finish((0.12, 0.12, 0.12), surface=Surface.DETAIL, level=Level.NEAR, step=9)
            parts.append(boxes(blocks.lots, mine, low_, high_, mast))
    return parts


def _joints(blocks: Blocks, style: Style) -> Quads:
    """The seams between panels: one line a storey, one a column."""
    parts = []
    finish = Finish(JOINT, surface=Surface.DETAIL, level=Level.NEAR, step=12)
    for kind, series in enumerate(series_of(style)):
        which = np.flatnonzero(blocks.kind == kind)
        if len(which) == 0 or series.patchy < 0.025:
            continue
        for side, turn in enumerate(SIDES):
            span = (blocks.length if side % 2 == 0 else blocks.depth)[which]
            out = (blocks.depth if side % 2 == 0 else blocks.length)[which] / 2
            middle = np.stack([np.sin(turn) * out, -np.cos(turn) * out, 0 * out], axis=-1)
            blank = np.zeros((len(which), 3))
            wall = Openings(
                which, middle, np.full(len(which), turn), np.ones((len(which), 2)), blank
            )
            for floor in range(1, series.storeys + 1):
                z = series.base + series.storey * floor
                corners = wall.panel((-span / 2, span / 2), (z - 0.035, z + 0.035), 0.02)
                parts.append(_put(blocks, wall, corners, finish))
            count = np.maximum(np.round(span / series.bay), 1)
            for column in range(1, int(count.max(initial=1))):
                mine = np.flatnonzero(column < count)
                x = (column / count[mine] - 0.5) * span[mine]
                part = wall.take(mine)
                corners = part.panel((x - 0.03, x + 0.03), (series.base, series.height), 0.02)
                parts.append(_put(blocks, part, corners, finish))
    return join(parts) if parts else paint(np.zeros((0, 4, 3)), finish)


def _staircases(
    grid: Grid, use: _Use, blocks: Blocks, style: Style, state: tuple[int, float]
) -> tuple[Openings, Quads, Lights]:
    """Windows of staircases, lit all night; doors under canopies with a lamp."""
    seed, lit = state
    chance = stream(seed, "staircases")
    top = np.array([series.storeys for series in series_of(style)])[blocks.kind[grid.block]]
    windows = use.stair & (grid.floor < top - 1)
    panes = grid.openings(windows, (1.3, 0.85), 1.4)
    key = grid.block[windows] * 64 + grid.section[windows]
    _, group = np.unique(key, return_inverse=True)
    count = int(group.max(initial=0)) + 1
    colours = np.where(
        chance.random((count, 1)) < 0.6, np.array(WARM_3500), np.array((0.80, 0.92, 0.72))
    )
    working = chance.random(count) < 0.9
    dim = chance.random(len(panes)) < 0.88
    on = working[group] & dim & (lit > 0)
    panes = Openings(
        panes.lot,
        panes.middle,
        panes.turn,
        panes.size,
        np.where(on[:, None], colours[group] * (0.42 * GLOW), 0.0),
    )
    doors = grid.openings(use.stair & (grid.floor == 0), (1.3, 2.1))
    base = np.array([series.base for series in series_of(style)])[blocks.kind[doors.lot]]
    foot = base - 0.55 - doors.middle[:, 2]
    parts, lights = _entrances(doors, foot, blocks, (chance, lit))
    return panes, parts, lights


def _entrances(
    doors: Openings, foot: Floats, blocks: Blocks, state: tuple[np.random.Generator, float]
) -> tuple[Quads, Lights]:
    chance, lit = state
    detail = {"surface": Surface.DETAIL, "level": Level.NEAR, "step": 9}
    twice = np.tile(doors.lot, 5)
    place = blocks.lots.to_world
    steel = np.array(STEEL) * chance.uniform(0.5, 2.2, (len(doors), 1))
    parts = [
        paint(
            place(doors.lot, doors.panel((-1.3, 1.3), (foot, foot + 2.45), 0.04)),
            Finish((0.22, 0.21, 0.2), **detail),
        ),
        paint(
            place(doors.lot, doors.panel((-0.65, 0.65), (foot, foot + 2.1), 0.07)),
            Finish(steel, **detail),
        ),
        paint(
            place(twice, doors.box((-1.9, 1.9), (foot + 2.5, foot + 2.75), 1.9)),
            Finish(
                (0.24, 0.23, 0.22),
                snow=np.repeat([0.0, 0.0, 0.0, 0.95, 0.0], len(doors)),
                surface=Surface.SOLID,
                level=Level.ALWAYS,
                step=3,
            ),
        ),
        paint(
            place(twice, doors.box((-1.9, 1.9), (foot - 0.6, foot), 1.9)),
            Finish(
                (0.21, 0.205, 0.2),
                snow=np.repeat([0.0, 0.0, 0.0, 0.6, 0.0], len(doors)),
                surface=Surface.DETAIL,
                level=Level.NEAR,
                step=3,
            ),
        ),
    ]
    for x in (-1.75, 1.75):
        post = doors.box((x - 0.09, x + 0.09), (foot, foot + 2.5), 1.8)
        parts.append(paint(place(twice, post), Finish((0.2, 0.2, 0.2), **detail)))
    on = (chance.random(len(doors)) < 0.93) & (lit > 0)
    colour = np.where(
        chance.random((len(doors), 1)) < 0.55, np.array(WARM_2700), np.array(WHITE_5000)
    )
    bulb = doors.panel((-0.16, 0.16), (foot + 2.2, foot + 2.42), 0.35)
    parts.append(
        paint(
            place(doors.lot, bulb),
            Finish(PANE, np.where(on[:, None], colour * 30, 0), surface=Surface.GLASS, step=9),
        )
    )
    lit_doors = doors.take(np.flatnonzero(on))
    spot = lit_doors.at(np.zeros(len(lit_doors)), foot[on] + 2.3, 1.2)
    light = shine(
        place(lit_doors.lot, spot), colour[on] * 11.0, np.array([0.0, 0.0, -1.0]), Beam.BULB
    )
    return join(parts), light


def _balconies(
    grid: Grid, use: _Use, blocks: Blocks, looks: Looks, state: tuple[int, Openings]
) -> Quads:
    """Slabs and parapets; owners have glazed many of them, each in a way of its own."""
    seed, windows = state
    chance = stream(seed, "balcony details")
    panels = grid.openings(use.balcony, (1.0, 1.0))
    count = len(panels)
    glazed = use.glazed[use.balcony]
    floor = -grid.size[use.balcony, 1] / 2
    half = grid.size[use.balcony, 0] / 2 - 0.06
    odd = chance.random((count, 1))
    tone = looks.accent[panels.lot] * chance.uniform(0.85, 1.1, (count, 1))
    tone = np.where(odd < 0.12, np.array((0.36, 0.34, 0.30)), tone)
    tone = np.where((odd > 0.12) & (odd < 0.17), np.array((0.10, 0.16, 0.22)), tone)
    place = blocks.lots.to_world
    out = 1.15
    solid = Finish(np.tile(tone, (2, 1)), level=Level.ALWAYS, step=3.4, surface=Surface.DETAIL)
    front = panels.panel((-half, half), (floor - 0.02, floor + 1.05), out)
    left, right = (
        _side(panels, sign * half, (floor - 0.02, floor + 1.05), out) for sign in (-1.0, 1.0)
    )
    slab = panels.panel((-half, half), (floor - 0.1, floor - 0.1), (0.0, out))
    inside = panels.panel((-half, half), (floor + 0.02, floor + 0.02), (out, 0.0))
    pale = Finish(
        (0.30, 0.295, 0.28), snow=np.where(glazed, 0.0, 0.5), level=Level.ALWAYS, step=3.4
    )
    edge = panels.panel((-half - 0.04, half + 0.04), (floor - 0.14, floor + 0.02), out + 0.03)
    thin = Finish((0.34, 0.33, 0.32), surface=Surface.DETAIL, level=Level.NEAR, step=9)
    parts = [
        paint(place(panels.lot, front), Finish(tone, level=Level.ALWAYS, step=3.4)),
        paint(place(np.tile(panels.lot, 2), np.concatenate([left, right])), solid),
        paint(place(panels.lot, slab), Finish((0.26, 0.255, 0.245), level=Level.ALWAYS, step=3.4)),
        paint(place(panels.lot, inside), pale),
        paint(place(panels.lot, edge), thin),
    ]
    parts += _glazing(panels, blocks, glazed, (floor, half, out), (chance, windows))
    return join(parts)


def _side(panels: Openings, across: Floats, up: tuple[Floats, Floats], out: float) -> Floats:
    """Upright rectangles that stand out of the wall."""
    corners = ((0.0, 0), (out, 0), (out, 1), (0.0, 1))
    return np.stack([panels.at(across, up[z], depth) for depth, z in corners], axis=1)


def _glazing(
    panels: Openings,
    blocks: Blocks,
    glazed: Flags,
    measures: tuple[Floats, Floats, float],
    state: tuple[np.random.Generator, Openings],
) -> list[Quads]:
    """Frames, panes and lids of glazed balconies; some light of the room comes through."""
    chance, windows = state
    floor, half, out = measures
    which = np.flatnonzero(glazed)
    part = panels.take(which)
    low, wide = floor[which] + 1.05, half[which]
    top = low + 1.45
    glow = _room_light(part, windows) * chance.uniform(0.15, 0.75, (len(part), 1))
    frame = np.where(
        chance.random((len(part), 1)) < 0.7,
        np.array((0.55, 0.55, 0.53)),
        np.array((0.22, 0.14, 0.08)),
    )
    place = blocks.lots.to_world
    detail = {"surface": Surface.DETAIL, "step": 9}
    parts = [
        paint(
            place(part.lot, part.panel((-wide, wide), (low, top), out - 0.03)),
            Finish(frame, level=Level.ALWAYS, **detail),
        ),
        paint(
            place(part.lot, part.panel((-wide, wide), (top, top + 0.02), (out, 0.0))),
            Finish((0.3, 0.3, 0.3), snow=0.9, level=Level.ALWAYS, **detail),
        ),
    ]
    for sign in (-1.0, 1.0):
        side = _side(part, sign * wide, (low, top), out - 0.03)
        parts.append(
            paint(place(part.lot, side), Finish(PANE, glow * 0.5, surface=Surface.GLASS, step=9))
        )
    columns = np.where(chance.random(len(part)) < 0.5, 4, 3)
    for k in range(4):
        some = np.flatnonzero(k < columns)
        step = 2 * wide[some] / columns[some]
        left = -wide[some] + step * k + 0.05
        cell = part.take(some)
        shade = chance.uniform(0.45, 1.1, (len(some), 1))
        corners = cell.panel((left, left + step - 0.1), (low[some] + 0.06, top[some] - 0.06), out)
        glass = Finish(PANE, glow[some] * shade, surface=Surface.GLASS, level=Level.NEAR, step=9)
        parts.append(paint(place(cell.lot, corners), glass))
    whole = part.panel((-wide, wide), (low + 0.05, top - 0.05), out)
    parts.append(
        paint(
            place(part.lot, whole),
            Finish(PANE, glow * 0.75, surface=Surface.GLASS, level=Level.FAR, step=9),
        )
    )
    return parts


def _room_light(part: Openings, windows: Openings) -> Floats:
    """Light of the window behind each balcony, n x 3."""
    where = np.c_[part.middle, part.lot * 500.0]
    there = np.c_[windows.middle, windows.lot * 500.0]
    gap, index = cKDTree(there).query(where)
    return np.where((gap < 1.0)[:, None], windows.radiance[index], 0.0)
