"""Facades of housing blocks: shells, windows, balconies, staircases and doors."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.kit.openings import (
    GLOW,
    PANE,
    Openings,
    Sash,
    gather_openings,
    glaze,
    home_glow,
    spill,
)
from generique.world.layout import Lots
from generique.world.lights import WARM_2700, WARM_3500, WHITE_5000, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, detail, join, paint
from generique.world.places.blocks.balconies import balconies
from generique.world.places.blocks.grid import Grid, Use, grid_of, use_of
from generique.world.places.blocks.plan import Blocks, series_of
from generique.world.places.blocks.shell import draw_looks, joints, panels, shells
from generique.world.places.blocks.style import Style

STEEL = (0.06, 0.055, 0.055)


def facades(blocks: Blocks, style: Style, seed: int, lit: float) -> tuple[Quads, Lights]:
    """Walls, windows, balconies and entrances of all blocks.

    Args:
        blocks: The blocks.
        style: How they are built.
        seed: Of the place.
        lit: Share of the windows of occupied flats that are lit, 0 to 1.
    """
    looks, grid = draw_looks(blocks, style, seed), grid_of(blocks, style)
    use = use_of(grid, blocks, style, seed)
    windows = _windows(grid, use, seed, lit)
    stairs, entrances, lights = _staircases(grid, use, blocks, style, (seed, lit))
    chance = stream(seed, "block panes")
    place = blocks.lots
    far = Level.FAR
    parts = [
        panels(grid, blocks, looks, style, seed),
        shells(blocks, looks, style),
        joints(blocks, style),
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
        balconies(grid, use, blocks, looks, (seed, windows)),
    ]
    return join(parts), gather([spill(place, windows, 9.0), lights])


def _windows(grid: Grid, use: Use, seed: int, lit: float) -> Openings:
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


def _staircases(
    grid: Grid, use: Use, blocks: Blocks, style: Style, state: tuple[int, float]
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
    twice = np.tile(doors.lot, 5)
    place = blocks.lots.to_world
    steel = np.array(STEEL) * chance.uniform(0.5, 2.2, (len(doors), 1))
    parts = [
        paint(
            place(doors.lot, doors.panel((-1.3, 1.3), (foot, foot + 2.45), 0.04)),
            detail((0.22, 0.21, 0.2)),
        ),
        paint(
            place(doors.lot, doors.panel((-0.65, 0.65), (foot, foot + 2.1), 0.07)),
            detail(steel),
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
        parts.append(paint(place(twice, post), detail((0.2, 0.2, 0.2))))
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
