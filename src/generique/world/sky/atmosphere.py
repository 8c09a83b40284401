"""Air and sky: the light and the haze of an hour and a weather.

All values are linear RGB on one scale, on which a street lamp has intensity 250; how that scale
grows with daylight stands in :mod:`generique.world.sky.daylight`. A sky is interpolated between
keys, which are set at altitudes of the sun, then closed by cloud. Four of the keys are the skies
that this world began with: night, dawn and dusk under a clear sky, day under a closed one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any

import numpy as np

from generique.world.scene import Family, SceneDocument, Weather
from generique.world.sky.clock import heavens
from generique.world.sky.daylight import (
    CITY,
    CLOUD_TAKES,
    WILD,
    irradiance,
    lamp_share,
    moonlight,
    sunlight,
)
from generique.world.sky.sky_keys import DAWNS, DUSKS, OVERCASTS, Key
from generique.world.sky.sun import Direction

RGB = tuple[float, float, float]

TOWNS = frozenset(
    {
        Family.SUBURB,
        Family.TERRACES,
        Family.BLOCKS,
        Family.MAIN_STREET,
        Family.CITY,
        Family.INDUSTRY,
        Family.HIGHWAY,
        Family.INTERIOR,
    }
)
"""Families whose night is lit by a town."""
CITY_HEADING = -25.0
"""Where the glow of the town stands at night, degrees clockwise from +y."""
MOONLIGHT = (0.044, 0.0576, 0.080)
"""Irradiance of the full moon in a town's night, as radiance."""
WILD_MOONLIGHT = (0.059, 0.080, 0.114)
"""The same where no lamp lies beside it. Moonlight is sunlight, some 4000 K, and only the eye makes
it blue: a trace of that, for a whole picture of it is a filter and no night."""
SUN_COLOURS = (
    (-0.9, (1.0, 0.30, 0.06)),
    (2.0, (1.0, 0.41, 0.11)),
    (6.0, (1.0, 0.54, 0.21)),
    (14.0, (1.0, 0.76, 0.50)),
    (30.0, (1.0, 0.89, 0.75)),
    (65.0, (1.0, 0.94, 0.85)),
)
"""Colour of the sun after its way through the air, by its altitude."""
SUN_SHARES = (
    (-1.5, 0.0),
    (-0.5, 0.012),
    (0.5, 0.06),
    (2.0, 0.20),
    (6.0, 0.53),
    (15.0, 0.63),
    (30.0, 0.73),
    (60.0, 0.82),
)
"""Share of the light on level ground that comes straight from the sun under a clear sky."""


@dataclass(frozen=True)
class Sky:
    """The sky of an hour, with its weather.

    Attributes:
        zenith: Radiance overhead.
        horizon: Radiance at the horizon away from the glow.
        glow: Radiance added at the horizon towards ``glow_heading``.
        glow_heading: Degrees clockwise from +y.
        ambient: Irradiance of the whole sky on level ground, as radiance (times pi).
        sun: Irradiance of the sun or of the moon on a surface that faces it, as radiance (times
            pi); zero when there is neither.
        sun_direction: Unit vector towards it.
        haze: Colour that distance takes on; the lamps tint it at night.
        far_haze: Factor on it towards the horizon.
        stars: 0 to 1.
        interior: How bright a lit window is kept by the eye, 0 to 1.
    """

    zenith: RGB
    horizon: RGB
    glow: RGB
    glow_heading: float
    ambient: RGB
    sun: RGB
    sun_direction: RGB
    haze: RGB
    far_haze: RGB
    stars: float
    interior: float


@dataclass(frozen=True)
class Air:
    """Sky and haze as they are drawn.

    Attributes:
        sky: The hour, with weather in it.
        density: Extinction at the ground, 1/m.
        height: Metres in which it falls by a factor e.
        uniform: Share of the density that does not fall with height.
        layer: Extinction at the ground by fog that lies on it, 1/m, beside the density; 0 for none.
        depth: Metres of height about which that fog ends.
        overcast: 0 clear to 1 closed cloud.
        lux: On level ground between the lamps.
        artificial: Brightness of lamps and windows beside daylight, 1 until dusk.
        sun: Where the sun stands, by the compass of the place.
        moon: Where the moon stands.
        moonlight: Share of the full moon's light.
        bearing: Compass bearing of +y in degrees.
        wild: True far from any town, whose lamps would drown the stars.
    """

    sky: Sky
    density: float
    height: float
    uniform: float
    layer: float
    depth: float
    overcast: float
    lux: float
    artificial: float
    sun: Direction
    moon: Direction
    moonlight: float
    bearing: float
    wild: bool


def smooth(low: float, high: float, value: float) -> float:
    """0 below the low edge, 1 above the high one, smooth between; the edges may be swapped."""
    share = min(1.0, max(0.0, (value - low) / (high - low)))
    return share * share * (3 - 2 * share)


def cover_of(weather: Weather, altitude: float) -> float:
    """How closed the sky is, 0 to 1: by cloud, and by what falls, which takes more of a day.

    Args:
        weather: Of the scene.
        altitude: Of the sun, degrees.
    """
    falling = max(weather.rain, weather.snowfall)
    day = smooth(-4.0, 3.0, altitude)
    falling = 1 - (1 - falling) ** (1 + 3 * day)
    fog = 0.5 * weather.fog * (1 - 0.9 * day) + 0.85 * day * smooth(0.2, 0.7, weather.fog)
    return float(min(1.0, max(weather.cloud**2.6, falling + fog)))


def lux_of(scene: SceneDocument) -> float:
    """Illuminance of level ground between the lamps."""
    over = heavens(scene)
    cover = cover_of(scene.weather, over.sun.altitude)
    town = CITY if is_town(scene) else WILD
    moon = moonlight(over.moon.altitude, over.moonlight) * (1 - 0.85 * cover)
    return sunlight(over.sun.altitude) * (1 - CLOUD_TAKES * cover) + moon + town


def breathe(scene: SceneDocument) -> Air:
    """The air of a scene."""
    over, weather = heavens(scene), scene.weather
    altitude = over.sun.altitude
    cover = cover_of(weather, altitude)
    lux = lux_of(scene)
    key = _key(altitude, over.evening, cover)
    if not is_town(scene):
        key = _wild(key, altitude)
    day = smooth(-6.0, 8.0, altitude)
    if weather.lightning > 0:
        key = _gloomy(key, day * min(1.0, 1.35 * weather.lightning))
    direct, direction = _direct(scene, lux, cover)
    heading = over.sun.azimuth if altitude > -18 else CITY_HEADING
    sky = Sky(
        zenith=key.zenith,
        horizon=key.horizon,
        glow=key.glow,
        glow_heading=_heading(heading, altitude),
        ambient=key.ambient,
        sun=direct,
        sun_direction=direction,
        haze=key.haze,
        far_haze=key.far_haze,
        stars=key.stars * (1.0 - cover) ** 2,
        interior=key.interior,
    )
    # By day the air shines over its whole depth and not only about the lamps: the same amount of
    # haze would hide the place, so less of it is meant by the same word.
    clear = (1 - cover) * (1 - smooth(0.15, 0.4, weather.fog))
    thin = 1.0 - 0.25 * smooth(-12.0, -5.5, altitude) - day * (0.55 + 0.10 * clear)
    thin += 0.35 * day * smooth(0.3, 0.8, weather.fog)
    falling = max(weather.rain, weather.snowfall)
    # Linear up to ordinary haze, then by equal ratios: what more is meant lies on the ground.
    haze = 0.0006 + 0.0187 * min(weather.fog, 0.15)
    density = haze * 1.3 ** (max(weather.fog - 0.15, 0.0) / 0.85) + 0.0012 * falling
    layer, depth = _lying(weather.fog)
    # Mist lies in a valley and leaves the slopes above it to be seen.
    high = 0.60 * (1 - 0.65 * smooth(0.2, 0.35, weather.fog))
    return Air(
        sky=sky,
        density=density * thin + _thrown(weather, day),
        height=26.0,
        uniform=0.10 + 0.2 * min(weather.fog, 0.25) + high * day * (1 - cover),
        layer=layer,
        depth=depth,
        overcast=cover,
        lux=lux,
        artificial=lamp_share(lux),
        sun=over.sun,
        moon=over.moon,
        moonlight=over.moonlight,
        bearing=scene.time.bearing,
        wild=not is_town(scene),
    )


def _thrown(weather: Weather, day: float) -> float:
    """Extinction (1/m) by flakes and drops beyond the haze that comes with them."""
    snow, rain = weather.snowfall, weather.rain
    flakes = 0.0014 * day * snow + (0.001 + 0.0045 * day) * snow**4
    return float(flakes + 0.0003 * day * rain)


def _lying(fog: float) -> tuple[float, float]:
    """Extinction (1/m) of the fog that lies on the ground, and how high (m) it reaches.

    It ends low, so that roofs, crowns and cliffs stand out of it: from the air a place is not lost
    in it, and among its houses one sees no further than ever.
    """
    thick = max(fog - 0.22, 0.0) / 0.78
    return 0.038 * thick**1.25, 16.0 + 14.0 * thick


def is_town(scene: SceneDocument) -> bool:
    """True where the night is lit by a town."""
    return scene.place.family in TOWNS


def _heading(sun: float, altitude: float) -> float:
    """The sun's azimuth, and the town's glow where night has fallen; the shorter way between."""
    share = smooth(-9.0, -14.0, altitude)
    turn = (CITY_HEADING - sun + 180) % 360 - 180
    return sun + turn * share


def _key(altitude: float, evening: float, cover: float) -> Key:
    """The sky at an altitude of the sun, between morning and evening, under some cloud."""
    clear = _mixed(_along(DAWNS, altitude), _along(DUSKS, altitude), evening)
    closed = _mixed(veiled(clear), _along(OVERCASTS, altitude), smooth(-8.0, -0.5, altitude))
    return _mixed(clear, closed, cover)


def veiled(key: Key) -> Key:
    """A night or twilight under closed cloud: no glow, no moon, one even sky."""
    level = 0.55 * np.array(key.zenith) + 0.45 * np.array(key.horizon)
    return replace(key, zenith=_rgb(level), glow=_rgb(0.25 * np.array(key.glow)))


def _along(keys: Sequence[tuple[float, Key]], altitude: float) -> Key:
    """Between two keys; smooth in altitude."""
    if altitude <= keys[0][0]:
        return keys[0][1]
    for (low, one), (high, other) in pairwise(keys):
        if altitude <= high:
            return _mixed(one, other, (altitude - low) / (high - low))
    return keys[-1][1]


def _mixed(one: Key, other: Key, share: float) -> Key:
    """Between two skies: colours by equal ratios, as the eye sees them, shares by equal steps."""
    if share <= 0:
        return one
    if share >= 1:
        return other
    values: dict[str, Any] = {}
    for field in fields(Key):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if isinstance(a, tuple):
            low, high = np.log(np.array(a) + 1e-4), np.log(np.array(b) + 1e-4)
            values[field.name] = _rgb(np.exp(low + (high - low) * share) - 1e-4)
        else:
            values[field.name] = a + (b - a) * share
    return Key(**values)


def _wild(key: Key, altitude: float) -> Key:
    """A night without a town below it: darker, with a far one's light on the horizon.

    The moon lights its sky as the sun does a day's, which is blue overhead and pale below.
    """
    share = smooth(-4.0, -14.0, altitude)
    if share == 0:
        return key
    wild = replace(
        key,
        horizon=(0.0086, 0.0120, 0.0185),
        zenith=(0.0039, 0.0065, 0.0130),
        glow=(0.0058, 0.0046, 0.0034),
        ambient=(0.0138, 0.0199, 0.0318),
        haze=(0.0069, 0.0096, 0.0146),
        far_haze=(1.15, 1.15, 1.15),
    )
    return _mixed(key, wild, share)


def _gloomy(key: Key, share: float) -> Key:
    """Under thunderclouds: dark overhead, with a paler horizon."""
    dark: dict[str, Any] = {
        name: _rgb(np.array(getattr(key, name)) * factor)
        for name, factor in (("zenith", 0.26), ("horizon", 0.42), ("ambient", 0.40), ("haze", 0.42))
    }
    return _mixed(key, replace(key, **dark), share)


def _direct(scene: SceneDocument, lux: float, cover: float) -> tuple[RGB, RGB]:
    """Irradiance of the sun, or of the moon when the sun is down, and where it comes from."""
    over = heavens(scene)
    altitude = over.sun.altitude
    if altitude > -2.0:
        share = _value(SUN_SHARES, altitude)
        through = (1 - cover) ** 1.5
        clear = sunlight(altitude)
        slope = max(math.sin(math.radians(altitude)), 0.055)
        level = irradiance(clear) / math.pi * share * through / slope
        colour = np.array(
            [_value(tuple((a, c[k]) for a, c in SUN_COLOURS), altitude) for k in (0, 1, 2)]
        )
        luminance = float(colour @ np.array([0.2126, 0.7152, 0.0722]))
        return _rgb(colour / luminance * level), over.sun.vector()
    # What the eye makes of moonlight shrinks while twilight is brighter.
    up = smooth(-1.0, 7.0, over.moon.altitude) * smooth(-6.0, -13.0, altitude)
    strength = up * over.moonlight**0.6 * (1.0 - 0.55 * cover) * min(1.0, (0.56 / lux) ** 0.2)
    direction = over.moon.vector() if strength > 0 else (0.0, 0.0, 1.0)
    light = MOONLIGHT if is_town(scene) else WILD_MOONLIGHT
    return _rgb(np.array(light) * strength), direction


def _value(keys: Sequence[tuple[float, float]], at: float) -> float:
    return float(np.interp(at, [key for key, _ in keys], [value for _, value in keys]))


def _rgb(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> RGB:
    red, green, blue = (float(value) for value in values)
    return red, green, blue
