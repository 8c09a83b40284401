"""A rail yard with wagons, halls, and the fence round it all."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.members import bars, blocks, fence, ribbon
from generique.world.mesh import Finish, Level, Surface
from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.industry.boxes import PALETTE
from generique.world.places.industry.parts import SODIUM_BULB, STEEL, Kit, high_mast, slender, solid

TRACK = 5.0
"""Metres between the middles of tracks."""
WAGON = 15.5


@named(Thing.RAILWAY)
def rails(kit: Kit, x: Floats, south: float, north: float) -> None:
    """Tracks along y: sleepers are left to the ballast."""
    y = np.arange(south, north, 12.0)
    for track in x:
        for gauge in (-0.75, 0.75):
            line = np.c_[np.full(len(y), track + gauge), y, np.zeros(len(y))]
            rail = Finish((0.20, 0.17, 0.15), surface=Surface.DETAIL, level=Level.NEAR, step=6.0)
            kit.add(fence(line, 0.02, 0.17, rail))
            kit.add(
                ribbon(line + np.array([-0.05, 0, 0.17]), line + np.array([0.05, 0, 0.17]), rail)
            )


def wagons(kit: Kit, x: Floats, south: float, north: float, chance: np.random.Generator) -> None:
    """Rakes of wagons on some tracks: tanks, boxes, hoppers, flats with containers."""
    for track in x:
        y = south + float(chance.uniform(0, 40))
        while y < north - 30:
            count = int(chance.integers(5, 14))
            kind = int(chance.integers(4))
            colour = PALETTE[chance.integers(len(PALETTE))]
            for _ in range(count):
                if y > north - WAGON:
                    break
                _wagon(
                    kit,
                    float(track),
                    y + WAGON / 2,
                    kind,
                    colour * float(chance.uniform(0.8, 1.2)),
                    chance,
                )
                y += WAGON + 0.9
            y += float(chance.uniform(25, 120))


@named(Thing.TRAIN)
def _wagon(
    kit: Kit, x: float, y: float, kind: int, colour: Floats, chance: np.random.Generator
) -> None:
    foot = np.array([(x, y, 0.95)])
    kit.add(blocks(foot, np.array([2.6, WAGON, 0.35]), 0.0, slender((0.06, 0.055, 0.05))))
    bogies = np.array([(x, y + dy, 0.15) for dy in (-WAGON * 0.34, WAGON * 0.34)])
    kit.add(blocks(bogies, np.array([2.2, 2.8, 0.85]), 0.0, slender((0.05, 0.05, 0.05), far=False)))
    body = foot + np.array([0, 0, 0.35])
    if kind == 0:
        for width, high in ((2.8, 1.7), (1.9, 2.7), (2.45, 2.3)):
            middle = body + np.array([0, 0, 1.55])
            ends = [0, WAGON / 2 - 0.9, 0]
            tone = (0.10, 0.10, 0.105) if colour[0] > 0.1 else (0.36, 0.36, 0.35)
            kit.add(bars(middle - ends, middle + ends, width, solid(tone), high))
    elif kind == 1:
        kit.add(blocks(body, np.array([2.9, WAGON - 0.3, 3.0]), 0.0, solid(colour)))
    elif kind == 2:
        kit.add(
            blocks(
                body + np.array([0, 0, 0.5]),
                np.array([2.9, WAGON - 0.6, 2.1]),
                0.0,
                solid(colour * 0.7 + 0.05),
            )
        )
    elif chance.random() < 0.8:
        other = PALETTE[chance.integers(len(PALETTE))]
        kit.add(
            blocks(body + np.array([0, -0.8, 0]), np.array([2.44, 12.2, 2.6]), 0.0, solid(other))
        )


@named(Thing.MAST)
def masts(kit: Kit, x: float, south: float, north: float) -> None:
    """High masts along the yard."""
    y = np.arange(south + 20, north, 110.0)
    high_mast(kit, np.c_[np.full(len(y), x), y, np.zeros(len(y))], SODIUM_BULB)


@named(Thing.FENCE)
def security(kit: Kit, line: Floats) -> None:
    """A fence of mesh: posts, three wires and a darker foot."""
    post = slender(STEEL, far=False)
    steps = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    at = np.arange(0.0, steps[-1], 3.2)
    spots = np.stack(
        [np.interp(at, steps, line[:, k]) for k in (0, 1)] + [np.zeros(len(at))], axis=1
    )
    kit.add(bars(spots, spots + np.array([0, 0, 2.5]), 0.08, post))
    for z in (0.1, 1.2, 2.3):
        kit.add(bars(spots[:-1] + np.array([0, 0, z]), spots[1:] + np.array([0, 0, z]), 0.05, post))
