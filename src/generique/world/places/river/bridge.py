"""Bridges: arches of stone, or trusses of steel."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.solids import beams, walls
from generique.world.mesh import Finish, Quads, Surface, join, paint
from generique.world.places.river.valley import DECK
from generique.world.scene import Country

STONE = (0.23, 0.215, 0.19)
STEEL = (0.075, 0.105, 0.095)
ASPHALT = (0.075, 0.075, 0.078)
HALF = 3.7
"""Half the width over all, metres."""
ARCHED = (Country.FRANCE, Country.UNITED_KINGDOM)
PIECES = 10


def bridge_quads(crossing: Floats, country: Country) -> Quads:
    """A bridge.

    Args:
        crossing: 2 x 2 metres, its ends; it runs east and west.
        country: Stone where it has stood for long, else steel.
    """
    line = crossing[0] + (crossing[1] - crossing[0]) * np.linspace(0, 1, 17)[:, None]
    deck = paint(walls(line, 2 * HALF - 0.6, DECK - 0.5, DECK), Finish(ASPHALT, snow=0.5, step=3))
    return join([deck, *(_arches(crossing) if country in ARCHED else _truss(crossing))])


def _arches(crossing: Floats) -> list[Quads]:
    """Three arches, piers with cutwaters and parapets."""
    (x0, y), (x1, _) = crossing
    ends = np.linspace(x0, x1, 4)
    faces, soffits, piers = [], [], []
    for left, right in pairwise(ends):
        share = np.linspace(0, 1, PIECES + 1)
        clear = 0.9
        x = left + clear + (right - left - 2 * clear) * share
        z = 0.2 + (DECK - 1.2) * np.sqrt(np.clip(1 - (2 * share - 1) ** 2, 0, 1))
        x, z = np.r_[left, x, right], np.r_[-3.0, z, -3.0]
        for side in (-1.0, 1.0):
            edge = y + side * HALF
            rows = zip(x[:-1], x[1:], z[:-1], z[1:], strict=True)
            for a, b, low, high in rows:
                lift = (min(low, high),) * 2 if abs(low - high) > 2 else (low, high)
                corners = [(a, edge, lift[0]), (b, edge, lift[1]), (b, edge, DECK), (a, edge, DECK)]
                faces.append(corners[:: int(-side)] if side > 0 else corners)
        for a, b, low, high in zip(x[1:-2], x[2:-1], z[1:-2], z[2:-1], strict=True):
            soffits.append(
                [(a, y - HALF, low), (a, y + HALF, low), (b, y + HALF, high), (b, y - HALF, high)]
            )
    for x in ends[1:-1]:
        column = np.array([(x, y - HALF - 1.2), (x, y + HALF + 1.2)])
        piers.append(paint(walls(column, 1.8, -3.0, 1.5), Finish(STONE, snow=0.6, step=2.5)))
    sides = [
        paint(
            walls(crossing + np.array([0.0, s * (HALF - 0.2)]), 0.4, DECK, DECK + 1.0),
            Finish(STONE, snow=0.8, step=2.5),
        )
        for s in (-1.0, 1.0)
    ]
    stone = Finish(STONE, step=2.5)
    return [paint(np.array(faces), stone), paint(np.array(soffits), stone), *piers, *sides]


def _truss(crossing: Floats) -> list[Quads]:
    """Two abutments, a pier and a truss on both sides."""
    (x0, y), (x1, _) = crossing
    concrete = Finish((0.27, 0.265, 0.25), snow=0.5, step=2.5)
    stands = []
    for x, wide in ((x0 + 0.6, 2.4), (x1 - 0.6, 2.4), ((x0 + x1) / 2, 1.4)):
        column = np.array([(x, y - HALF - 0.4), (x, y + HALF + 0.4)])
        stands.append(paint(walls(column, wide, -3.0, DECK - 0.5), concrete))
    count = 12
    x = np.linspace(x0 + 0.8, x1 - 0.8, count + 1)
    start, end = [], []
    for side in (-HALF, HALF):
        low = np.c_[x, np.full(count + 1, y + side), np.full(count + 1, DECK + 0.1)]
        top = low[1:-1] + np.array([0.0, 0.0, 3.6])
        start += [low[:-1], top[:-1], low[1:-1], low[:1], top[0::2], top[0:-1:2], low[-1:]]
        end += [
            low[1:],
            top[1:],
            top,
            top[:1],
            low[2::2],
            low[2:-1:2][: len(top[0:-1:2])],
            top[-1:],
        ]
    return [*stands, *_bars(start, end), *_rails(crossing)]


def _bars(start: list[Floats], end: list[Floats]) -> list[Quads]:
    steel = Finish(STEEL, surface=Surface.DETAIL, step=4)
    pairs = [(a[: len(b)], b[: len(a)]) for a, b in zip(start, end, strict=True)]
    first, last = (np.concatenate([pair[k] for pair in pairs]) for k in (0, 1))
    return [paint(beams(first, last, 0.32), steel)]


def _rails(crossing: Floats) -> list[Quads]:
    lines = []
    for side in (-HALF + 0.35, HALF - 0.35):
        for height in (0.55, 1.05):
            ends = np.c_[crossing + np.array([0.0, side]), np.full(2, DECK + height)]
            lines.append(ends)
    table = np.array(lines)
    steel = Finish((0.3, 0.3, 0.3), surface=Surface.DETAIL, step=4)
    return [paint(beams(table[:, 0], table[:, 1], 0.14), steel)]
