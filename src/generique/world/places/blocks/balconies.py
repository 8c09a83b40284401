"""Balconies of housing blocks: as built, and as their owners have glazed them."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Flags, Floats, stream
from generique.world.kit.openings import (
    PANE,
    Openings,
)
from generique.world.mesh import Finish, Level, Quads, Surface, detail, join, paint
from generique.world.places.blocks.grid import Grid, Use
from generique.world.places.blocks.plan import Blocks
from generique.world.places.blocks.shell import Looks


def balconies(
    grid: Grid, use: Use, blocks: Blocks, looks: Looks, state: tuple[int, Openings]
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
    parts = [
        paint(
            place(part.lot, part.panel((-wide, wide), (low, top), out - 0.03)),
            detail(frame, level=Level.ALWAYS),
        ),
        paint(
            place(part.lot, part.panel((-wide, wide), (top, top + 0.02), (out, 0.0))),
            detail((0.3, 0.3, 0.3), 0.9, Level.ALWAYS),
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
