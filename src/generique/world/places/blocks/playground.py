"""Playgrounds: a sandpit, a slide, swings, a climbing arch and benches, in bright paint."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from generique.world.arrays import stream
from generique.world.layout import Lots
from generique.world.mesh import Quads, detail, join, paint
from generique.world.places.blocks.fixtures import box_at, nothing, spots
from generique.world.places.blocks.plan import Plan

BRIGHT = np.array([(0.40, 0.05, 0.03), (0.05, 0.12, 0.36), (0.45, 0.32, 0.03), (0.04, 0.22, 0.08)])
"""Paint of playgrounds."""
PAINTED = 4
"""Colours of a playground; what is not painted follows."""
PLAIN = ((0.30, 0.25, 0.17), (0.20, 0.13, 0.07), (0.10, 0.10, 0.10), (0.20, 0.20, 0.20))
"""Sand, wood, chains and concrete."""
SAND, WOOD, CHAIN, CONCRETE = range(PAINTED, PAINTED + len(PLAIN))

_Corner = tuple[float, float, float]


def playgrounds(plan: Plan, seed: int) -> Quads:
    """All playgrounds, each in colours of its own."""
    lots = spots(plan.courts)
    if len(lots) == 0:
        return nothing()
    chance = stream(seed, "playgrounds")
    tones = [BRIGHT[chance.integers(len(BRIGHT), size=len(lots))] for _ in range(PAINTED)]
    tones += [np.array(tone) for tone in PLAIN]
    boxes = [*_sandpit(), *_swings(), *_tower(), *_benches(), *_arch()]
    parts = [box_at(lots, low, high, detail(tones[tone])) for low, high, tone in boxes]
    return join([*parts, *_slide(lots)])


def _upright(
    x: float, y: float, half: float, top: float, tone: int
) -> tuple[_Corner, _Corner, int]:
    return (x - half, y - half, 0.0), (x + half, y + half, top), tone


def _sandpit() -> Iterator[tuple[_Corner, _Corner, int]]:
    yield (-7.4, -1.4, 0.0), (-4.6, 1.4, 0.12), SAND
    for side in (-1.5, 1.5):
        yield (-7.6, side - 0.1, 0.0), (-4.4, side + 0.1, 0.35), 0
        yield (side - 6.1, -1.4, 0.0), (side - 5.9, 1.4, 0.35), 0


def _swings() -> Iterator[tuple[_Corner, _Corner, int]]:
    for x in (-1.9, 1.9):
        for y in (4.3, 5.7):
            yield _upright(x, y, 0.05, 2.3, 1)
    yield (-2.0, 4.95, 2.25), (2.0, 5.05, 2.35), 1
    for x in (-0.9, 0.9):
        yield (x - 0.3, 4.85, 0.5), (x + 0.3, 5.15, 0.56), WOOD
        for chain in (x - 0.28, x + 0.28):
            yield (chain - 0.012, 4.99, 0.5), (chain + 0.012, 5.01, 2.3), CHAIN


def _tower() -> Iterator[tuple[_Corner, _Corner, int]]:
    for x in (-0.6, 0.6):
        for y in (-0.6, 0.6):
            yield _upright(x, y, 0.06, 2.9, 2)
    yield (-0.65, -0.65, 1.45), (0.65, 0.65, 1.55), 1
    yield (-0.9, -0.9, 2.9), (0.9, 0.9, 3.0), 0


def _benches() -> Iterator[tuple[_Corner, _Corner, int]]:
    for x, y in ((-6.0, 4.0), (4.0, -5.0), (-1.0, -5.5)):
        yield (x - 0.9, y - 0.2, 0.4), (x + 0.9, y + 0.2, 0.47), 3
        for leg in (x - 0.7, x + 0.7):
            yield (leg - 0.05, y - 0.18, 0.0), (leg + 0.05, y + 0.18, 0.4), CONCRETE


def _arch() -> Iterator[tuple[_Corner, _Corner, int]]:
    for k in range(6):
        turn = np.pi * (k + 0.5) / 6
        x, z = 7.0 + 1.7 * float(np.cos(turn)), 1.9 * float(np.sin(turn))
        yield (x - 0.05, -1.1, z - 0.05), (x + 0.05, 1.1, z + 0.05), k % PAINTED


def _slide(lots: Lots) -> list[Quads]:
    """The chute and the sides of the tower's roof."""
    every, one = np.arange(len(lots)), np.ones((len(lots), 1, 1))
    chute = [(-0.4, -0.65, 1.5), (0.4, -0.65, 1.5), (0.4, -3.6, 0.25), (-0.4, -3.6, 0.25)]
    steel = detail((0.34, 0.34, 0.35), snow=0.6)
    return [paint(lots.to_world(every, one * np.array([chute])), steel)]
