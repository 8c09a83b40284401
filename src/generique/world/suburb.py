"""The whole place as arrays, built from a scene document.

What stands where follows from the place alone. Season, weather and life change leaves, snow and
which lights burn, and move nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from generique.world.arrays import Floats
from generique.world.car import parked_cars
from generique.world.ground import GroundPlan, plan_ground
from generique.world.house import Houses, chimney_mouths, draw_houses, house_quads
from generique.world.layout import Layout, lay_out
from generique.world.lights import Lights
from generique.world.mesh import Level, Mesh, Quads, join, tessellate
from generique.world.scene import Life, Place
from generique.world.street_furniture import (
    Lamps,
    lamp_lights,
    lamp_quads,
    place_lamps,
    yard_quads,
)
from generique.world.tree import Trees, plant
from generique.world.windows import windows

FAR_STEP = 2.6
"""How much coarser the light is carried on far surfaces than on near ones."""


@dataclass(frozen=True)
class Suburb:
    """A place.

    Attributes:
        quads: Everything built, with the emission of what is lit.
        lamps: Street lamps.
        lamp_lights: Their light when they burn.
        home_lights: The light of windows, porches and garages.
        chimneys: n x 3 metres, a mouth for every house.
    """

    layout: Layout
    houses: Houses
    quads: Quads
    lamps: Lamps
    lamp_lights: Lights
    home_lights: Lights
    ground: GroundPlan
    trees: Trees
    chimneys: Floats

    def mesh(self, level: Level) -> Mesh:
        """The triangles drawn at a distance; the same place gives the same vertices."""
        shown = self.quads.take((self.quads.level & level) > 0)
        if level is Level.SKYLINE:
            return tessellate(shown, most=1)
        return tessellate(shown, FAR_STEP if level is Level.FAR else 1.0)


def build(place: Place, life: Life) -> Suburb:
    """Build a place.

    Args:
        place: What stands where.
        life: Which windows are lit and whether the street lamps burn.
    """
    seed = place.seed
    layout = lay_out(place)
    houses = draw_houses(layout.lots, seed)
    lamps = place_lamps(layout, seed)
    panes, home_lights = windows(houses, seed, life.lit_windows)
    quads = join(
        [
            house_quads(houses, seed),
            yard_quads(houses, seed),
            parked_cars(houses, layout, seed),
            lamp_quads(lamps, burning=life.lamps),
            panes,
        ]
    )
    ground = plan_ground(layout, houses, seed)
    return Suburb(
        layout=layout,
        houses=houses,
        quads=quads,
        lamps=lamps,
        lamp_lights=lamp_lights(lamps),
        home_lights=home_lights,
        ground=ground,
        trees=plant(layout, houses, ground.paved(), seed),
        chimneys=chimney_mouths(houses, seed),
    )
