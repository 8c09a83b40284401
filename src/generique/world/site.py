"""A site: a place as arrays, ready to be lit and drawn, whatever grammar built it."""

from __future__ import annotations

from dataclasses import dataclass

from generique.world.arrays import Flags, Floats
from generique.world.backdrop import COUNTRYSIDE, Backdrop
from generique.world.beacon import Beacon
from generique.world.birds import Flock
from generique.world.ground import GroundPlan
from generique.world.kit.boat import Course
from generique.world.kit.street_furniture import Lamps
from generique.world.kit.tree import Trees
from generique.world.layout import Layout
from generique.world.lights import Lights
from generique.world.mesh import Level, Mesh, Quads, tessellate

FAR_STEP = 2.6
"""How much coarser the light is carried on far surfaces than on near ones."""


@dataclass(frozen=True)
class Site:
    """A place.

    What stands where follows from the place alone. Season, weather and life change leaves, snow
    and which lights burn, and move nothing.

    Attributes:
        quads: Everything built, with the emission of what is lit.
        lamps: Street lamps.
        lamp_lights: Their light when they burn.
        home_lights: Every other light that stands still: windows, porches, signs.
        chimneys: n x 3 metres, where smoke or steam can rise.
        smoking: n, True where somebody keeps a fire.
        open: True when other land lies beyond the bounds; else copies of the place do, mirrored at
            its edges, and its lamps and windows are the lights in the distance.
        beyond: Trees outside the bounds, lit by the sky alone and drawn as far ones; None where
            copies of the place's own trees stand there.
        backdrop: What covers that other land.
        beacon: The lighthouse, which burns when the lamps do.
        flocks: Where birds fly.
        courses: Boats that can be out, those that are seen first at the head.
        plume: n, how large each chimney's plume is; None for that of a house, 1, everywhere.
    """

    layout: Layout
    quads: Quads
    lamps: Lamps
    lamp_lights: Lights
    home_lights: Lights
    ground: GroundPlan
    trees: Trees
    chimneys: Floats
    smoking: Flags
    open: bool = False
    beyond: Trees | None = None
    backdrop: Backdrop = COUNTRYSIDE
    beacon: Beacon | None = None
    flocks: tuple[Flock, ...] = ()
    courses: tuple[Course, ...] = ()
    plume: Floats | None = None

    def mesh(self, level: Level) -> Mesh:
        """The triangles drawn at a distance; the same place gives the same vertices."""
        shown = self.quads.take((self.quads.level & level) > 0)
        if level is Level.SKYLINE:
            return tessellate(shown, most=1)
        return tessellate(shown, FAR_STEP if level is Level.FAR else 1.0)
