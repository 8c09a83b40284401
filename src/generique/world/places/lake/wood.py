"""The wood round a lake: dense behind, alder and birch at the water."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Floats, stream
from generique.world.kit.tree import VARIANTS, Kind, Trees
from generique.world.landform import Noise
from generique.world.places.lake.plan import Lake

STEP = 6.2
"""Metres between trees in the wood."""
CLEARING = 13.0
"""Metres about a cabin without trees."""
PATH = 7.0
"""Metres from the path on the shore that crowns keep."""
BELT = 70.0
"""Metres from the water within which every tree stands; behind them the wood is thinner."""


def plant_shore(lake: Lake, seed: int) -> Trees:
    """Trees of the wood, none in the water, on a path or before a cabin's windows."""
    chance, bounds, basin = stream(seed, "trees"), lake.layout.bounds, lake.basin
    side = int(bounds.extent / STEP)
    cell = np.stack(np.meshgrid(np.arange(side), np.arange(side)), axis=-1).reshape(-1, 2)
    spot = np.array([bounds.x0, bounds.y0]) + (cell + chance.random(cell.shape)) * STEP
    away = basin.inland(spot)
    gaps = Noise(seed, "glades").rough(spot, 60.0, 2)
    keep = (away > 2.0) & (chance.random(len(spot)) < np.where(away < BELT, 0.92, 0.70))
    keep &= gaps > -0.42
    keep &= (away > 7) | (chance.random(len(spot)) < 0.45)
    keep &= np.asarray(cKDTree(lake.track).query(spot)[0]) > 3.6
    keep &= np.asarray(cKDTree(lake.layout.guide).query(spot)[0]) > PATH
    keep &= _free(spot, lake)
    spot, away = spot[keep], away[keep]
    return _grown(spot, away, lake, stream(seed, "tree shapes"))


def _free(spot: Floats, lake: Lake) -> Floats:
    """True away from the cabins and from the line between them and the water."""
    free = np.asarray(cKDTree(lake.cabins.centre).query(spot)[0]) > CLEARING
    for centre, (_, end) in zip(lake.cabins.centre, lake.jetties, strict=True):
        step = end - centre
        share = np.clip((spot - centre) @ step / (step @ step), 0, 1)
        free &= np.linalg.norm(spot - centre - share[:, None] * step, axis=1) > 9.0
    return free


def _grown(spot: Floats, away: Floats, lake: Lake, chance: np.random.Generator) -> Trees:
    count = len(spot)
    leafy = chance.random(count) < np.clip(0.75 - away / 26, 0.10, 0.75)
    height = np.where(leafy, chance.uniform(5, 12, count), chance.uniform(9, 21, count))
    height = height * np.clip(0.55 + away / 40, 0.55, 1.0)
    return Trees(
        position=spot,
        foot=lake.layout.relief.at(spot),
        kind=np.where(leafy, Kind.DECIDUOUS, Kind.CONIFER).astype(np.int32),
        variant=chance.integers(0, VARIANTS, count),
        height=height,
        turn=chance.uniform(0, 2 * np.pi, count),
        tint=chance.uniform(0.75, 1.2, count),
        hue=chance.random(count),
    )
