"""The harbour: quay, breakwater, boats, and rocks at the foot of the cliffs."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.boat import Boat, moored_boats
from generique.world.kit.boulder import boulders
from generique.world.kit.solids import lathe, walls
from generique.world.mesh import Finish, Quads, join, paint
from generique.world.owners import Thing, owner
from generique.world.places.coast.plan import Coast

STONE = (0.21, 0.195, 0.175)
QUAY = 2.1
"""Height of quay and breakwater above the sea, metres."""


def harbour_quads(coast: Coast, chance: np.random.Generator) -> Quads:
    """Everything at the water's edge."""
    quay = paint(
        walls(coast.quay + np.array([3.2, 0.0]), 8.0, -4.0, QUAY), Finish(STONE, snow=0.0, step=3)
    )
    mole = paint(walls(coast.mole, 5.0, -5.0, QUAY + 0.4), Finish(STONE, snow=0.0, step=3))
    parapet = paint(
        walls(coast.mole + _side(coast.mole) * 2.1, 0.8, QUAY, QUAY + 1.5), Finish(STONE, step=3)
    )
    return join(
        [
            quay.owned(owner(Thing.QUAY, 0)),
            mole.owned(owner(Thing.QUAY, 1)),
            parapet.owned(owner(Thing.QUAY, 1)),
            _beacon(coast).owned(owner(Thing.BEACON)),
            _rubble(coast, chance),
            _boats(coast, chance),
        ]
    )


def _side(line: Floats) -> Floats:
    """Unit vectors, n x 2, to the outer side of the breakwater."""
    slope = np.gradient(line, axis=0)
    slope = slope / np.linalg.norm(slope, axis=1, keepdims=True)
    return np.asarray(np.c_[slope[:, 1], -slope[:, 0]])


def _beacon(coast: Coast) -> Quads:
    """A small light tower on the end of the breakwater."""
    end = np.array([*coast.mole[-2], QUAY + 0.4])
    tower = lathe(np.array([(0.75, 0.0), (0.6, 3.6), (0.9, 3.7), (0.9, 3.9), (0.0, 4.6)]), 10)
    return paint(tower + end, Finish((0.34, 0.03, 0.022), step=3))


def _rubble(coast: Coast, chance: np.random.Generator) -> Quads:
    """Boulders outside the breakwater and below the cliffs."""
    line = coast.mole
    count = 3 * len(line)
    pick = chance.integers(2, len(line), count)
    away = chance.uniform(2.4, 5.2, count)
    outer = line[pick] + _side(line)[pick] * away[:, None]
    height = (QUAY - 0.6) * (1 - (away - 2.4) / 2.6)
    mound = boulders(np.c_[outer, height], chance.uniform(1.2, 2.4, count), STONE, chance)
    bounds, shore = coast.layout.bounds, coast.shore
    y = chance.uniform(bounds.y0 + 4, bounds.y0 + bounds.extent - 4, int(bounds.extent * 0.9))
    spot = shore.at_distance(y, chance.normal(-2.5, 4.0, len(y)))
    level = shore.height(spot)
    keep = (shore.steepness(spot) > 0.5) & (level > -3.5) & (level < 4.0)
    keep &= bounds.inside(spot, 2)
    size = np.clip(np.exp(chance.normal(0.35, 0.55, len(y))), 0.6, 5.0)[keep]
    foot = np.c_[spot[keep], np.maximum(level[keep] + 0.1 * size, -1.0)]
    rock = (0.115, 0.102, 0.090)
    return join([mound, boulders(foot, size, rock, chance, first=count)])


def _boats(coast: Coast, chance: np.random.Generator) -> Quads:
    """Boats along the quay and at anchor in its shelter."""
    quay = coast.quay
    along = quay[1:-1:3] - np.array([3.0, 0.0])
    heading = np.arctan2(*(quay[-1] - quay[0])[::-1])
    poses = [(*spot, 0.0, heading + chance.normal(0, 0.05)) for spot in along]
    kinds = [Boat.FISHING if k % 2 == 0 else Boat.ROWING for k in range(len(along))]
    anchor = quay[len(quay) // 2] + np.array([(-15.0, 3.0), (-20.0, -9.0), (-12.0, 12.0)])
    poses += [(*spot, 0.0, float(chance.normal(-0.6, 0.2))) for spot in anchor]
    kinds += [Boat.ROWING, Boat.FISHING, Boat.ROWING]
    return moored_boats(np.array(poses), kinds, chance)
