"""Terraced streets as arrays."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import stream
from generique.world.country import CUSTOMS
from generique.world.footprints import rectangles, settle
from generique.world.ground import plan_ground
from generique.world.kit.car import parked_cars
from generique.world.kit.street_furniture import kerb_quads, lamp_lights, lamp_quads, place_lamps
from generique.world.lights import gather
from generique.world.mesh import join, plain_beyond
from generique.world.owners import Thing, owner
from generique.world.places.terraces.front import fronts
from generique.world.places.terraces.house import chimney_mouths, draw_terrace, house_quads
from generique.world.places.terraces.landmarks import church, viaduct
from generique.world.places.terraces.plan import plan as plan_place
from generique.world.places.terraces.style import STYLES
from generique.world.places.terraces.yards import parked_poses, paved_map, plant, yard_quads
from generique.world.scene import Life, Place
from generique.world.site import Site

DETAIL_REACH = 160.0
"""Metres from the main street within which houses are built in full."""
SMOKING = 0.35
"""Share of occupied houses where somebody may keep a fire."""


def build(place: Place, life: Life) -> Site:
    """Build terraced streets.

    Args:
        place: What stands where.
        life: Which windows are lit and whether the street lamps burn.

    Raises:
        NotCapable: Nothing is known of such streets in the country.
    """
    seed, style, customs = place.seed, STYLES[place.country], CUSTOMS[place.country]
    plan = plan_place(place)
    layout = plan.layout
    houses = draw_terrace(plan, style, seed)
    lamps = place_lamps(layout, seed, customs.lamps)
    front, home_lights = fronts(houses, seed, life.lit_windows, shutters=style.shutters)
    chapel, chapel_lights = church(plan, seed, life.lit_windows)
    parked = stream(seed, "parked cars")
    half = np.stack([houses.width, np.full(len(houses), houses.depth)], axis=-1) / 2
    outlines = rectangles(houses.lots.centre, houses.lots.angle, -half, half)
    kinds = [Thing.SHOP if shop else Thing.HOUSE for shop in houses.shop]
    quads = join(
        [
            settle(house_quads(houses, seed), outlines, kinds),
            settle(front, outlines, kinds),
            settle(yard_quads(houses, style, customs, seed), outlines, Thing.FENCE),
            parked_cars(parked_poses(layout, parked), parked),
            lamp_quads(lamps, burning=life.lamps),
            kerb_quads(layout, customs.town_kerb),
            chapel.owned(owner(Thing.CHURCH)),
            viaduct(plan, seed, life.lit_windows).claimed(owner(Thing.BRIDGE)),
        ]
    )
    drive = paved_map(layout.bounds, houses, style, seed)
    return Site(
        layout=layout,
        quads=plain_beyond(quads, layout.guide, DETAIL_REACH),
        lamps=lamps,
        lamp_lights=lamp_lights(lamps),
        home_lights=gather([home_lights, chapel_lights]),
        ground=plan_ground(layout, seed, drive, kerb=customs.town_kerb),
        trees=plant(houses, style, customs, seed),
        chimneys=chimney_mouths(houses),
        smoking=houses.occupied & (stream(seed, "fires").random(len(houses)) < SMOKING),
    )
