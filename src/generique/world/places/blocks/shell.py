"""The shells of housing blocks: panels and their joints, blind ends, socles, roofs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from generique.world.arrays import Floats, Ints, stream
from generique.world.kit.openings import (
    Openings,
)
from generique.world.kit.solids import boxes
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.places.blocks.grid import SIDES, Grid
from generique.world.places.blocks.plan import Blocks, Kind, series_of
from generique.world.places.blocks.style import Series, Style

JOINT = (0.10, 0.10, 0.10)
SOCLE = (0.16, 0.155, 0.15)
FRAME = (0.55, 0.55, 0.53)
LIFT_HOUSE, BOX = (2.6, 2.2, 2.7), (0.9, 0.9, 1.1)
"""Half width, half depth and height of what stands on a roof over every staircase, metres."""


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


def _put(blocks: Blocks, panels: Openings, corners: Floats, finish: Finish) -> Quads:
    return paint(blocks.lots.to_world(panels.lot, corners), finish)


def panels(grid: Grid, blocks: Blocks, looks: Looks, style: Style, seed: int) -> Quads:
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


def shells(blocks: Blocks, looks: Looks, style: Style) -> Quads:
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
            for low, high in pairwise(levels):
                corners = wall.panel((left, right), (low, high), 0.0)
                far = Finish(looks.wall[which] * 0.97, level=Level.FAR, step=9)
                parts.append(_put(blocks, wall, corners, far))
        corners = wall.panel((-span / 2, span / 2), (0.0, series.height), 0.0)
        edge = Finish(looks.wall[which], surface=Surface.DETAIL, level=Level.SKYLINE, step=99)
        parts.append(_put(blocks, wall, corners, edge))
    return parts


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


def joints(blocks: Blocks, style: Style) -> Quads:
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
