"""Housing blocks as arrays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generique.world.arrays import stream
from generique.world.country import CUSTOMS
from generique.world.footprints import settle
from generique.world.ground import plan_ground
from generique.world.kit.car import parked_cars
from generique.world.kit.street_furniture import kerb_quads, lamp_lights, lamp_quads, place_lamps
from generique.world.mesh import join, plain_beyond
from generique.world.owners import Thing
from generique.world.places.blocks.facade import facades
from generique.world.places.blocks.grounds import (
    ground_quads,
    marks_map,
    parked_poses,
    paths_map,
    plant,
)
from generique.world.places.blocks.plan import Kind
from generique.world.places.blocks.plan import plan as plan_place
from generique.world.places.blocks.style import STYLES
from generique.world.places.blocks.tramway import tram_quads
from generique.world.places.blocks.works import heating_plant
from generique.world.scene import Life, Place
from generique.world.site import Site

DETAIL_REACH = 260.0
"""Metres from the boulevard within which blocks are built in full."""


def build(place: Place, life: Life) -> Site:
    """Build housing blocks.

    Args:
        place: What stands where.
        life: Which windows are lit and whether the street lamps burn.

    Raises:
        NotCapable: Nothing is known of such blocks in the country.
    """
    seed, style, customs = place.seed, STYLES[place.country], CUSTOMS[place.country]
    plan = plan_place(place)
    layout = plan.layout
    lamps = place_lamps(layout, seed, customs.lamps)
    walls, home_lights = facades(plan.blocks, style, seed, life.lit_windows)
    works, mouths = heating_plant(plan, style)
    parked = stream(seed, "parked cars")
    kinds = [Thing.TOWER if kind == Kind.TOWER else Thing.BLOCK for kind in plan.blocks.kind]
    parts = [
        settle(walls, list(plan.blocks.outline(0.0)), kinds),
        ground_quads(plan, style, seed),
        works,
        parked_cars(parked_poses(plan, style, parked), parked),
        lamp_quads(lamps, burning=life.lamps),
        kerb_quads(layout, customs.town_kerb),
    ]
    if style.wires:
        parts.append(tram_quads(plan, seed, life.lit_windows))
    drive = paths_map(plan, seed)
    ground = plan_ground(layout, seed, drive, kerb=customs.town_kerb)
    ground = replace(ground, marks=marks_map(plan, style))
    return Site(
        layout=layout,
        quads=plain_beyond(join(parts), layout.guide, DETAIL_REACH),
        lamps=lamps,
        lamp_lights=lamp_lights(lamps),
        home_lights=home_lights,
        ground=ground,
        trees=plant(plan, ground.paved(), customs, seed),
        chimneys=mouths,
        smoking=np.ones(len(mouths), bool),
    )
