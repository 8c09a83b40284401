"""Light in rooms: how much of the day comes in, how bright lamps are beside it, how one exposes.

Lux in a room by day are those outside times the daylight factor. The factors here are what the bake
measures as the mean over all surfaces; the mean daylight factor of the BRE (Littlefair, Site Layout
Planning for Daylight and Sunlight, 2011, appendix C) gives 2 % for one window of 2.8 m2.
"""

from __future__ import annotations

import math

from generique.world.places.interior.plan import Kind, kind_of
from generique.world.scene import Place
from generique.world.sky.atmosphere import Air, smooth

DAYLIGHT_FACTORS = {Kind.LIVING: 0.015, Kind.HOTEL_ROOM: 0.022, Kind.BEDROOM: 0.015}
LAMP_LUX = 60.0
"""Of the lamps of a room in the evening."""
LAMP_LEVEL = 0.32
"""The same as irradiance on the scale of the scene, as the bake measures it."""
DAY_KEY = 3.4
"""Exposure times irradiance in a room by day: lit by lamps in the evening it is 2.0."""
_WEIGHTS = (0.2126, 0.7152, 0.0722)


def sky_level(air: Air) -> float:
    """Irradiance of level ground by the sky, on the scale of the scene."""
    sky = sum(w * part for w, part in zip(_WEIGHTS, air.sky.ambient, strict=True))
    return math.pi * sky


def lamps_indoors(air: Air, *, window: bool = True) -> float:
    """What is left of lamps in a room beside the day, 0 to 1.

    They keep their share of the lux: the scale of the scene takes most of the difference between
    noon and night away, and would let lamps outshine the window. Where no day comes in they are
    all that there is.

    Args:
        air: Of the hour.
        window: False for a room without one.
    """
    if not window:
        return 1.0
    return min(1.0, LAMP_LUX / LAMP_LEVEL * sky_level(air) / max(air.lux, 1e-6))


def exposed_for_a_room(dark: float, place: Place, air: Air, *, lit: bool) -> float:
    """The exposure of a room with a window.

    By day it follows from the light in the room, and what is outside burns out as it does in a
    photograph; at night and at dusk it is the one that lamps have.

    Args:
        dark: The exposure for lamps.
        place: A room with a window.
        air: Of the hour.
        lit: True when the lamps burn.
    """
    day = smooth(-3.0, 8.0, air.sun.altitude)
    level = DAYLIGHT_FACTORS[kind_of(place)] * sky_level(air)
    level += LAMP_LEVEL * lamps_indoors(air) if lit else 0.0
    return float(dark ** (1 - day) * (DAY_KEY / max(level, 1e-6)) ** day)
