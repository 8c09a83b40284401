"""What an operator adds to the reading of the light on open ground, from where the camera stands.

Under trees the picture is of shade with patches of sun in it. A lightmeter held there reads a stop
or two less than one in the open; who exposes for the patches gets a black wood. Near the ground
half of the picture is walls, hedges and what they shade, where from the air it is roofs and land.
"""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.tree import Kind, Trees, leafed
from generique.world.kit.tree_shapes import EVERGREEN
from generique.world.look import white_of
from generique.world.scene import SceneDocument, Season
from generique.world.site import Site
from generique.world.sky.atmosphere import smooth
from generique.world.sky.clock import heavens

AROUND = 25.0
"""Metres about the camera whose trees count: at this distance they count 0.37."""
CROWN = 0.21
"""Radius of a crown over the height of its tree."""
RISEN = 8.0
"""Metres over which a camera that rises comes out of the crowns, and its exposure goes over."""
BARE = 0.25
"""Share of the light that bare branches take, of what leaves would."""
OPENED = 1.1
"""Stops by which the camera is opened under closed trees."""
LOW = 0.55
"""Stops by which it is opened at the height of a person; snow throws light into shade."""


def cover_over(trees: Trees, season: Season, eye: Floats) -> float:
    """Share of the ground about a camera that crowns above it cover, 0 to 1.

    Args:
        trees: Of the place.
        season: For the leaves.
        eye: 3 metres.
    """
    if len(trees) == 0:
        return 0.0
    gap = np.linalg.norm(trees.position - eye[:2], axis=1)
    above = np.clip((trees.foot + trees.height - eye[2]) / RISEN, 0, 1)
    dense = 1.0 if leafed(season) else np.where(np.isin(trees.kind, EVERGREEN), 1.0, BARE)
    tall = trees.kind != Kind.GRASS
    crowns = np.pi * (CROWN * trees.height) ** 2 * above * dense * tall
    return float(min(1.0, (crowns * np.exp(-((gap / AROUND) ** 2))).sum() / (np.pi * AROUND**2)))


def stops_at(eye: Floats, site: Site, scene: SceneDocument) -> float:
    """Stops by which the camera is opened, 0 to :data:`OPENED`; none in rooms and at night.

    Args:
        eye: 3 metres, where the camera is.
        site: The place about it.
        scene: Its season, hour and snow are used.
    """
    if site.layout.indoors is not None:
        return 0.0
    # At night lamps are exposed for, wherever the camera is.
    day = smooth(-3.0, 3.0, heavens(scene).sun.altitude)
    if day == 0.0:
        return 0.0
    height = float(eye[2] - site.layout.surface_at(eye[None, :2])[0])
    low = LOW * (1 - white_of(scene)) * (1 - smooth(3.0, 14.0, height))
    under = OPENED * smooth(0.12, 0.6, cover_over(site.trees, scene.season, eye))
    return max(under, low) * day
