"""How a picture is exposed and graded.

The exposure follows from the lux that falls on level ground, and is said in stops. A camera that
kept no memory would show a snowfield at noon and a lane at midnight as the same grey. An operator
opens by most of the difference and lets night be dark: of the stops of light between two hours,
the scene's own scale keeps 0.37 (:mod:`generique.world.sky.daylight`), the aperture takes 0.208 of
them back, and 0.16 are seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from generique.world.indoor_light import exposed_for_a_room
from generique.world.places.interior.plan import has_window, lamps_burn
from generique.world.scene import Family, SceneDocument
from generique.world.sky.atmosphere import breathe, cover_of, is_town, lux_of, smooth
from generique.world.sky.clock import heavens

STOPS_AT_ONE_LUX = 1.7125
STOPS_A_STOP = -0.2083
"""Fits the exposures with which night and overcast day were set; dawn and dusk lie within 0.1."""


@dataclass(frozen=True)
class Look:
    """Parameters of the finish.

    Attributes:
        exposure: Factor on linear light before the view transform.
        vignette: Fall-off towards the corners.
        saturation: After the view transform, 1 leaves colours as they are.
        power: Contrast after the view transform.
        grain: Amplitude as a share of full scale.
        bloom: Factor on the light scattered in the lens.
        flare: Strength of mirror images between the lenses, 0 to 1.
        distortion: As in :class:`generique.world.scene.Grade`.
        aces: True for the output transform of ACES instead of the look's own curve; saturation
            and power are then the transform's.
    """

    exposure: float
    vignette: float
    saturation: float
    power: float
    grain: float
    bloom: float = 1.0
    flare: float = 0.0
    distortion: float = 0.0
    aces: bool = False


_ALTITUDES = (-14.0, -4.75, 0.0, 6.0, 15.0)
_CLEAR = (
    (0.17, 1.22, 1.30, 0.024, 0.0),
    (0.15, 1.21, 1.23, 0.018, 0.0),
    (0.14, 1.48, 1.40, 0.015, -0.12),
    (0.12, 1.40, 1.36, 0.013, 0.50),
    (0.10, 1.32, 1.38, 0.012, 0.72),
)
_CLOSED = (
    *_CLEAR[:2],
    (0.13, 1.18, 1.30, 0.015, 0.12),
    (0.11, 1.18, 1.36, 0.013, 0.32),
    (0.10, 1.18, 1.38, 0.012, 0.42),
)
"""Vignette, saturation, power, grain, stops at altitudes of the sun, clear and under closed cloud.

The stops are opened beyond what the lux ask for: where the sun is direct, half of the picture is
shade, and an operator exposes for it; under cloud land is dark before a sky that may go white."""


BARE_GROUND = 0.60
"""How much longer an operator exposes where no snow throws the light back."""
ROOM_LUX = 0.35
"""Outdoors at night, for which lit rooms were set."""
WILD_NIGHT = 1.0
"""Stops by which a night without a town is opened further, for the land is to be seen in it."""
WILD_SATURATION = 0.9
"""Factor on its colours, of which the eye sees little by moonlight."""
BURNS, KEPT = 1.8, 0.4
"""Stops by which the open may be brighter than it should be, seen from a room that the shot leaves,
and the share that is left of what goes beyond: where a window is what the shot is about, an
operator lets the room go dark rather than the view white."""
NIGHT = -14.0
"""Altitude of the sun, degrees, whose grade a room without a window has at any hour."""


def stops_of(lux: float) -> float:
    """Stops by which the camera opens for some light on level ground."""
    return STOPS_AT_ONE_LUX + STOPS_A_STOP * math.log2(max(lux, 1e-6))


def white_of(scene: SceneDocument) -> float:
    """How white the ground is with snow, 0 to 1."""
    return min(1.0, 1.25 * scene.weather.snow_cover)


def look_of(scene: SceneDocument) -> Look:
    """The look of a scene's hour and weather."""
    altitude = heavens(scene).sun.altitude
    room = scene.place.family is Family.INTERIOR
    window = room and has_window(scene.place)
    if room and not window:
        altitude = NIGHT
    cover = cover_of(scene.weather, altitude)
    # Before a clear bright sky there is less to gain by it.
    bare = BARE_GROUND * (1 - 0.6 * (1 - cover) * smooth(-3.0, 3.0, altitude))
    lux = ROOM_LUX if room and not window else lux_of(scene)
    stops, longer = stops_of(lux), 1 + bare * (1 - white_of(scene))
    wild = 0.0 if is_town(scene) else smooth(-7.0, -13.0, altitude)
    stops += WILD_NIGHT * wild
    if room:
        # At night the lamps are exposed for, and what light there is outside only half.
        stops, longer = (stops + stops_of(ROOM_LUX)) / 2, 1 + BARE_GROUND
    graded = []
    for part in range(5):
        clear, closed = (
            float(np.interp(altitude, _ALTITUDES, [row[part] for row in rows]))
            for rows in (_CLEAR, _CLOSED)
        )
        graded.append(clear + (closed - clear) * cover)
    grade = scene.grade
    vignette, saturation, power, grain, push = graded
    exposure = 2 ** (stops + push) * longer
    if window:
        lit = lamps_burn(scene.place, scene.life)
        exposure = exposed_for_a_room(exposure, scene.place, breathe(scene), lit=lit)
    return Look(
        exposure=exposure * 2**grade.stops,
        vignette=vignette * grade.vignette,
        saturation=saturation * (1 + (WILD_SATURATION - 1) * wild) * grade.saturation,
        power=power,
        grain=grain * grade.grain,
        bloom=grade.bloom,
        flare=grade.flare,
        distortion=grade.distortion,
        aces=grade.view == "aces",
    )


def look_along(scene: SceneDocument, outdoors: float) -> Look:
    """The look of a scene from where its camera is, between the room's and the open's.

    Args:
        scene: What is shown.
        outdoors: How far the camera is out of a room, 0 to 1; means nothing without a way out.
    """
    place = scene.place
    if place.outside is None:
        return look_of(scene)
    said = {"family": place.outside, "room": None, "outside": None}
    open_ = look_of(scene.model_copy(update={"place": place.model_copy(update=said)}))
    room = look_of(scene)
    over = math.log2(room.exposure / open_.exposure)
    if over > BURNS:
        over = BURNS + KEPT * (over - BURNS)
        room = replace(room, exposure=open_.exposure * 2**over)
    return mix_looks([(room, 1 - outdoors), (open_, outdoors)])


def mix_looks(looks: Sequence[tuple[Look, float]]) -> Look:
    """The look between several: exposure by ratio, as an iris moves, and the rest evenly.

    Args:
        looks: Each with its weight; the weights sum to 1.
    """
    parts = {
        field.name: sum(weight * getattr(look, field.name) for look, weight in looks)
        for field in fields(Look)
        if field.name != "aces"
    }
    stops = sum(weight * math.log2(look.exposure) for look, weight in looks)
    return Look(**{**parts, "exposure": 2.0**stops}, aces=looks[0][0].aces)
