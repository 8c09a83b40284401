"""Things that stand in corridors."""

from __future__ import annotations

import numpy as np

from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.interior.pieces import Set
from generique.world.places.interior.plan import FLOOR, HALF_WIDTH, NORTH, SOUTH


def ward(found: Set, chance: np.random.Generator) -> None:
    """Handrails, a trolley, chairs against a wall, an extinguisher."""
    _handrails(found)
    y = float(chance.uniform(2.0, 6.0))
    x = HALF_WIDTH - 0.10
    _trolley(found, x, y)
    for k in range(3):
        _chair(found, -HALF_WIDTH + 0.12, y + 5.6 + 0.58 * k)
    _extinguisher(found, y - 4.4)


@named(Thing.RAIL)
def _handrails(found: Set) -> None:
    for side in (-1.0, 1.0):
        x = side * (HALF_WIDTH - 0.07)
        for y0 in np.arange(SOUTH + 2.7, NORTH - 4.0, 4.4):
            shift = 0.0 if side < 0 else 2.2
            found.box(
                (x - 0.02, x + 0.02),
                (y0 + shift, y0 + shift + 2.8),
                (0.86, 0.95),
                (0.40, 0.30, 0.20),
                0.5,
            )


@named(Thing.EXTINGUISHER)
def _extinguisher(found: Set, y: float) -> None:
    found.post((HALF_WIDTH - 0.11, y), (0.55, 0.98), 0.075, (0.36, 0.02, 0.015))
    found.post((HALF_WIDTH - 0.11, y), (0.98, 1.06), 0.03, (0.03, 0.03, 0.03))


@named(Thing.TROLLEY)
def _trolley(found: Set, x: float, y: float) -> None:
    """A bed on wheels along the wall."""
    x0, x1, y1 = x - 0.74, x, y + 2.0
    found.cushion(
        (x0 + 0.03, x1 - 0.03), (y + 0.03, y1 - 0.03), (0.72, 0.86), (0.62, 0.64, 0.66), 0.04
    )
    found.cushion(
        (x0 + 0.14, x1 - 0.14), (y + 0.1, y + 0.5), (0.86, 0.96), (0.72, 0.72, 0.70), 0.05
    )
    found.box((x0, x1), (y, y1), (0.64, 0.70), (0.42, 0.43, 0.44), 0.4)
    for px in (x0 + 0.06, x1 - 0.06):
        for py in (y + 0.14, y1 - 0.14):
            found.box(
                (px - 0.02, px + 0.02),
                (py - 0.02, py + 0.02),
                (0.14, 0.64),
                (0.45, 0.46, 0.47),
                0.4,
            )
            found.box(
                (px - 0.025, px + 0.025),
                (py - 0.07, py + 0.07),
                (FLOOR, 0.16),
                (0.03, 0.03, 0.03),
                0.4,
            )
        found.box((px - 0.012, px + 0.012), (y + 0.4, y1 - 0.4), (0.98, 1.01), (0.5, 0.5, 0.5), 0.4)
        for py in (y + 0.4, (y + y1) / 2, y1 - 0.4):
            found.box(
                (px - 0.01, px + 0.01), (py - 0.01, py + 0.01), (0.7, 0.98), (0.5, 0.5, 0.5), 0.4
            )


@named(Thing.CHAIR)
def _chair(found: Set, x: float, y: float) -> None:
    found.cushion((x, x + 0.46), (y, y + 0.48), (0.40, 0.47), (0.10, 0.17, 0.26), 0.03)
    found.cushion((x - 0.02, x + 0.05), (y, y + 0.48), (0.52, 0.90), (0.10, 0.17, 0.26), 0.03)
    for px in (x + 0.03, x + 0.42):
        for py in (y + 0.04, y + 0.44):
            found.box(
                (px - 0.012, px + 0.012),
                (py - 0.012, py + 0.012),
                (FLOOR, 0.9 if px < x + 0.1 else 0.42),
                (0.4, 0.4, 0.41),
                0.5,
            )


def plants(found: Set, chance: np.random.Generator) -> None:
    """Pots with upright leaves, a cooler for water, a cabinet."""
    for y in (float(chance.uniform(0, 3)), float(chance.uniform(11, 15))):
        _pot(found, y, chance)
    _cabinet(found, float(chance.uniform(6, 8)))


@named(Thing.PLANT)
def _pot(found: Set, y: float, chance: np.random.Generator) -> None:
    x = HALF_WIDTH - 0.26
    found.post((x, y), (FLOOR, 0.42), 0.15, (0.25, 0.24, 0.23), 0.19)
    for turn in np.linspace(0, 2 * np.pi, 12)[:-1]:
        lean = float(chance.uniform(0.06, 0.22))
        tip = np.array(
            [
                x + np.cos(turn) * lean,
                y + np.sin(turn) * lean,
                0.42 + float(chance.uniform(0.6, 1.1)),
            ]
        )
        foot = np.array([x + np.cos(turn) * 0.04, y + np.sin(turn) * 0.04, 0.40])
        wide = np.array([-np.sin(turn), np.cos(turn), 0.0]) * 0.045
        found.wall(foot - wide, 2 * wide, tip - foot, (0.035, 0.075, 0.025), 0.3)
        found.wall(foot + wide, -2 * wide, tip - foot, (0.035, 0.075, 0.025), 0.3)


@named(Thing.CABINET)
def _cabinet(found: Set, y: float) -> None:
    found.box(
        (-HALF_WIDTH, -HALF_WIDTH + 0.42), (y, y + 1.2), (FLOOR, 1.05), (0.42, 0.42, 0.41), 0.3
    )
    found.box(
        (-HALF_WIDTH + 0.05, -HALF_WIDTH + 0.35),
        (y + 0.1, y + 0.45),
        (1.05, 1.32),
        (0.06, 0.06, 0.065),
        0.3,
    )
