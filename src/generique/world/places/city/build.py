"""A city as arrays."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import stream
from generique.world.country import CUSTOMS
from generique.world.footprints import settle
from generique.world.kit.car import parked_cars
from generique.world.kit.street_furniture import lamp_quads
from generique.world.lights import gather
from generique.world.mesh import join
from generique.world.owners import Thing
from generique.world.places.city.ground import city_ground
from generique.world.places.city.masses import raise_masses
from generique.world.places.city.plan import TOWER, lay_out, plan_city
from generique.world.places.city.rooftops import rooftop_quads, vents
from generique.world.places.city.shops import shop_fronts
from generique.world.places.city.skin import clothe, fire_escapes, skin_quads
from generique.world.places.city.street import (
    lamp_flood,
    parked_poses,
    plant,
    signal_quads,
    street_lamps,
)
from generique.world.places.city.windows import beyond, crown_quads, windows
from generique.world.scene import Country, Life, Place
from generique.world.site import Site


def build(place: Place, life: Life) -> Site:
    """Build a city.

    Args:
        place: What stands where.
        life: Which windows are lit and whether the street lamps burn.
    """
    seed, country = place.seed, place.country
    layout, plan = lay_out(place), plan_city(place)
    masses = raise_masses(plan.lots, seed)
    skin = clothe(plan.lots, masses, seed)
    lamps = street_lamps(plan, seed, country)
    panes, window_lights = windows(skin, seed, life.lit_windows)
    shops, shop_lights = shop_fronts(skin, place, life)
    ground = city_ground(plan, place)
    parked = stream(seed, "parked cars")
    american = country is Country.UNITED_STATES
    escapes = [fire_escapes(skin, seed)] if american else []
    keep_left = CUSTOMS[country].keep_left
    quads = join(
        [
            skin_quads(skin, masses, seed),
            *escapes,
            beyond(skin, masses, seed, life.lit_windows),
            rooftop_quads(plan, masses, place, burning=life.lamps),
            shops,
            parked_cars(parked_poses(plan, parked, keep_left=keep_left), parked),
            lamp_quads(lamps, burning=life.lamps),
            signal_quads(layout, place, burning=life.lamps),
            panes,
            crown_quads(skin, plan.lots, masses, seed, life.lit_windows),
        ]
    )
    outlines = [lot.outline for lot in plan.lots]
    kinds = [Thing.TOWER if lot.height > TOWER else Thing.BLOCK for lot in plan.lots]
    mouths = vents(masses, seed)
    return Site(
        layout=layout,
        quads=settle(quads, outlines, kinds),
        lamps=lamps,
        lamp_lights=lamp_flood(lamps),
        home_lights=gather([window_lights, shop_lights]),
        ground=ground,
        trees=plant(plan, lamps, seed, country),
        chimneys=mouths,
        smoking=np.ones(len(mouths), bool),
    )
