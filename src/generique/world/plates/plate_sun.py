"""Where the light of a scene comes from as its camera sees it, and the sky turned to agree."""

from __future__ import annotations

import numpy as np

from generique.world.changing import mixture, states_of
from generique.world.places.grammars import lay_out
from generique.world.plates.light_direction import turn_between
from generique.world.plates.matching import LUMA
from generique.world.scene import Family, SceneDocument
from generique.world.sky.atmosphere import breathe
from generique.world.staging import stage

LEAST_DIRECT = 0.35
"""Light of sun or moon, as a share of the sky's, below which there is no direction to compare."""
STEEPEST = 0.95
"""Sine of how far a camera may look down or up; beyond, its picture has no left and right."""


def sun_bearing(scene: SceneDocument, seconds: float) -> float | None:
    """Bearing of the sun, or of the moon, from the camera's line of sight.

    Args:
        scene: What is shown.
        seconds: From the first frame.

    Returns:
        Degrees clockwise as seen from above, -180 to 180; None where nothing throws light from one
        side: in a room, under closed cloud, in the dark, and straight down.

    Raises:
        NotCapable: The camera cannot go its way.
    """
    if scene.place.family is Family.INTERIOR:
        return None
    states = states_of(scene)
    index = max(mixture(states, seconds), key=lambda pair: pair[1])[0]
    sky = breathe(states[index].scene).sky
    if LUMA @ np.array(sky.sun) < LEAST_DIRECT * (LUMA @ np.array(sky.ambient)):
        return None
    ahead = stage(scene, lay_out(scene.place)).pose(seconds).forward
    if abs(float(ahead[2])) > STEEPEST:
        return None
    toward, heading = (
        float(np.degrees(np.arctan2(way[0], way[1]))) for way in (sky.sun_direction, ahead)
    )
    return turn_between(heading, toward)


def turned_sky(scene: SceneDocument, degrees: float) -> SceneDocument:
    """The same scene with its sky turned over the place.

    Args:
        scene: What is shown.
        degrees: Clockwise as seen from above: the sun's bearing grows by so much.
    """
    bearing = turn_between(0, scene.time.bearing - degrees)
    return scene.with_field("time.bearing", round(bearing, 2))
