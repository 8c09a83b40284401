"""Fronts and backs of houses in rows, with everything in and before them."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import stream
from generique.world.kit.openings import (
    Sash,
    gather_openings,
    glaze,
    ledges,
    spill,
)
from generique.world.lights import Lights, gather
from generique.world.mesh import Quads, join
from generique.world.places.terraces.balconies import balconies, shutters_beside
from generique.world.places.terraces.bays import bay_panes, bay_walls
from generique.world.places.terraces.doors import doors
from generique.world.places.terraces.house import Terrace
from generique.world.places.terraces.shops import shops
from generique.world.places.terraces.windows import (
    back_panes,
    dormer_panes,
    dormer_walls,
    end_panes,
    light_up,
    upper_panes,
)


def fronts(houses: Terrace, seed: int, lit: float, *, shutters: bool) -> tuple[Quads, Lights]:
    """All windows and doors and what frames them.

    Args:
        houses: The houses.
        seed: Of the place.
        lit: Share of the windows of occupied houses that are lit, 0 to 1.
        shutters: True where windows have them, and casements in place of sashes.
    """
    upper, bays = upper_panes(houses), bay_panes(houses)
    back = gather_openings([back_panes(houses, seed), end_panes(houses, seed)])
    dormers = dormer_panes(houses)
    every = gather_openings([upper, bays, back, dormers])
    every = light_up(every, houses, seed, lit)
    cuts = np.cumsum([len(upper), len(bays), len(back)])
    order = np.arange(len(every))
    upper, bays, back, dormers = (every.take(part) for part in np.split(order, cuts))
    chance = stream(seed, "terrace panes")
    light = (0.58, 0.57, 0.54)
    rows = 3 if shutters else 2
    sash = Sash(1, rows, 0.055, 0.08, light, drapes=True)
    place = houses.lots
    parts = [
        glaze(place, upper, sash, chance),
        glaze(place, bays, Sash(1, 2, 0.05, 0.06, light, drapes=True), chance),
    ]
    parts += [glaze(place, back, Sash(2, 1), chance), glaze(place, dormers, Sash(2, 2), chance)]
    parts += [ledges(place, upper, houses.trim[upper.lot]), bay_walls(houses)]
    parts.append(dormer_walls(houses, dormers))
    doors_, fanlights = doors(houses, seed, lit)
    shops_, shop_lights = shops(houses, seed, lit)
    parts += [doors_, shops_]
    if shutters:
        parts += [shutters_beside(houses, upper, seed), balconies(houses, upper, seed)]
    lights = [spill(place, part) for part in (upper, bays, back)]
    return join(parts), gather([*lights, fanlights, shop_lights])
