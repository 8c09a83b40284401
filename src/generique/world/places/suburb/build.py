"""A residential suburb as arrays."""

from __future__ import annotations

from generique.world.arrays import stream
from generique.world.country import CUSTOMS
from generique.world.ground import plan_ground
from generique.world.kit.car import parked_cars
from generique.world.kit.street_furniture import lamp_lights, lamp_quads, place_lamps
from generique.world.layout import Layout
from generique.world.mesh import join
from generique.world.places.suburb.house import chimney_mouths, draw_houses, house_quads
from generique.world.places.suburb.plan import lay_out
from generique.world.places.suburb.stock import STOCKS
from generique.world.places.suburb.windows import windows
from generique.world.places.suburb.yards import drive_map, parked_poses, plant, yard_quads
from generique.world.scene import Life, Place
from generique.world.site import Site


def build(place: Place, life: Life) -> Site:
    """Build a suburb.

    Args:
        place: What stands where.
        life: Which windows are lit and whether the street lamps burn.
    """
    return furnish(lay_out(place), place, life)


def furnish(layout: Layout, place: Place, life: Life) -> Site:
    """Build on a plan that is there: its houses, yards, streets and trees.

    Args:
        layout: The plan of a suburb.
        place: As for :func:`build`.
        life: As for :func:`build`.
    """
    seed, stock, customs = place.seed, STOCKS[place.country], CUSTOMS[place.country]
    houses = draw_houses(layout.lots, seed, stock)
    lamps = place_lamps(layout, seed, customs.lamps)
    panes, home_lights = windows(houses, seed, life.lit_windows)
    parked = stream(seed, "parked cars")
    quads = join(
        [
            house_quads(houses, seed),
            yard_quads(houses, seed, stock.fenced, customs.fence),
            parked_cars(parked_poses(houses, layout, parked), parked),
            lamp_quads(lamps, burning=life.lamps),
            panes,
        ]
    )
    drive = drive_map(layout.bounds, houses, stream(seed, "driveways"))
    ground = plan_ground(layout, seed, drive, kerb=customs.suburb_kerb)
    return Site(
        layout=layout,
        quads=quads,
        lamps=lamps,
        lamp_lights=lamp_lights(lamps),
        home_lights=home_lights,
        ground=ground,
        trees=plant(layout, houses, ground.paved(), seed, customs),
        chimneys=chimney_mouths(houses, seed),
        smoking=houses.occupied,
    )
