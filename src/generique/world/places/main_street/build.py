"""A small town as arrays."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from generique.world.arrays import stream
from generique.world.country import CUSTOMS
from generique.world.footprints import settle
from generique.world.kit.car import parked_cars
from generique.world.kit.street_furniture import lamp_lights, lamp_quads
from generique.world.kit.tree import Trees
from generique.world.layout import Layout
from generique.world.lights import gather
from generique.world.mesh import join
from generique.world.owners import Thing
from generique.world.places.city.street import signal_quads
from generique.world.places.main_street.landmarks import landmark_quads
from generique.world.places.main_street.plan import FRONT, TownPlan, lay_out, plan_town
from generique.world.places.main_street.row import row_quads
from generique.world.places.main_street.street import (
    rail_quads,
    street_trees,
    town_ground,
    town_lamps,
    town_poses,
    wires,
)
from generique.world.places.suburb.house import chimney_mouths, draw_houses, house_quads
from generique.world.places.suburb.stock import STOCKS
from generique.world.places.suburb.windows import windows
from generique.world.places.suburb.yards import parked_poses, plant, yard_quads
from generique.world.scene import Life, Place
from generique.world.site import Site


def build(place: Place, life: Life) -> Site:
    """Build a small town.

    Args:
        place: What stands where.
        life: Which windows are lit and whether the street lamps burn.
    """
    seed, stock, customs = place.seed, STOCKS[place.country], CUSTOMS[place.country]
    layout, plan = lay_out(place), plan_town(place)
    houses = draw_houses(layout.lots, seed, stock)
    lamps = town_lamps(plan, seed)
    panes, home_lights = windows(houses, seed, life.lit_windows)
    row, row_lights = row_quads(plan, seed, life)
    outlines = [shop.outline for shop in plan.shops]
    marks, mark_lights = landmark_quads(plan, seed, life)
    parked = stream(seed, "parked cars")
    poses = np.concatenate([parked_poses(houses, layout, parked), town_poses(plan, parked)])
    quads = join(
        [
            settle(row, outlines, Thing.SHOP, first=len(houses)),
            marks,
            house_quads(houses, seed),
            yard_quads(houses, seed, stock.fenced, customs.fence),
            parked_cars(poses, parked),
            lamp_quads(lamps, burning=life.lamps),
            wires(plan, seed),
            signal_quads(_crossing(layout), place, burning=life.lamps),
            rail_quads(plan),
            panes,
        ]
    )
    ground = town_ground(plan, houses, place)
    wild = _cleared(plant(layout, houses, ground.paved(), seed, customs), plan)
    return Site(
        layout=layout,
        quads=quads,
        lamps=lamps,
        lamp_lights=lamp_lights(lamps),
        home_lights=gather([home_lights, row_lights, mark_lights]),
        ground=ground,
        trees=_together(wild, street_trees(plan, seed)),
        chimneys=chimney_mouths(houses, seed),
        smoking=houses.occupied,
    )


def _crossing(layout: Layout) -> Layout:
    """The main street and the one that crosses it in the middle: only there are signals."""
    return replace(layout, streets=tuple(street for street in layout.streets if street.avenue))


def _cleared(trees: Trees, plan: TownPlan) -> Trees:
    """The trees that stand neither among the shops nor on the railway nor by a landmark."""
    x, y = trees.position.T
    keep = ~((np.abs(x) < FRONT + 40) & (y > plan.south - 10) & (y < plan.north + 10))
    keep &= y < plan.rail - 16
    marks = ((plan.station, 26.0), (plan.diner, 20.0), (plan.church, 19.0), (plan.tower, 11.0))
    for spot, reach in marks:
        keep &= np.linalg.norm(trees.position - spot, axis=1) > reach
    which = np.flatnonzero(keep)
    return Trees(*(getattr(trees, field.name)[which] for field in fields(Trees)))


def _together(first: Trees, second: Trees) -> Trees:
    pairs = ((getattr(first, f.name), getattr(second, f.name)) for f in fields(Trees))
    return Trees(*(np.concatenate(pair) for pair in pairs))
