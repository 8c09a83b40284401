"""Air and sky: the light and the haze of an hour and a weather.

All values are linear RGB on one scale, on which a street lamp has intensity 250. Night sits four to
five stops under the pools of the lamps, which is what makes them pools.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.scene import TimeOfDay, Weather

RGB = tuple[float, float, float]


@dataclass(frozen=True)
class Sky:
    """The sky of an hour without weather.

    Attributes:
        zenith: Radiance overhead.
        horizon: Radiance at the horizon away from the glow.
        glow: Radiance added at the horizon towards ``glow_heading``.
        glow_heading: Degrees clockwise from north.
        ambient: Irradiance of the whole sky on level ground, as radiance (times pi).
        sun: Irradiance of the moon, as radiance; zero when there is none.
        sun_direction: Unit vector towards it.
        haze: Colour that distance takes on; the lamps tint it at night.
        far_haze: Factor on it towards the horizon.
        exposure: Factor before the view transform.
        clouds: Brightness of cloud structure relative to the sky, -1 to 1.
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
    exposure: float
    clouds: float
    stars: float
    interior: float


_MOON = (-0.4512, 0.5514, 0.7018)

SKIES = {
    TimeOfDay.NIGHT: Sky(
        zenith=(0.0050, 0.0080, 0.0165),
        horizon=(0.060, 0.050, 0.050),
        glow=(0.020, 0.012, 0.006),
        glow_heading=-25.0,
        ambient=(0.0276, 0.0322, 0.0437),
        sun=(0.044, 0.0576, 0.080),
        sun_direction=_MOON,
        haze=(0.030, 0.0265, 0.0275),
        far_haze=(2.1, 1.97, 1.90),
        exposure=3.7,
        clouds=0.75,
        stars=1.0,
        interior=1.0,
    ),
    TimeOfDay.DAWN: Sky(
        zenith=(0.050, 0.085, 0.250),
        horizon=(0.150, 0.160, 0.310),
        glow=(0.900, 0.500, 0.300),
        glow_heading=34.0,
        ambient=(0.092, 0.130, 0.290),
        sun=(0.0, 0.0, 0.0),
        sun_direction=(0.0, 0.0, 1.0),
        haze=(0.088, 0.104, 0.200),
        far_haze=(1.6, 1.45, 1.35),
        exposure=2.1,
        clouds=0.6,
        stars=0.12,
        interior=1.0,
    ),
    TimeOfDay.DUSK: Sky(
        zenith=(0.060, 0.095, 0.240),
        horizon=(0.210, 0.165, 0.240),
        glow=(1.35, 0.52, 0.15),
        glow_heading=-30.0,
        ambient=(0.165, 0.148, 0.245),
        sun=(0.0, 0.0, 0.0),
        sun_direction=(0.0, 0.0, 1.0),
        haze=(0.125, 0.100, 0.140),
        far_haze=(1.6, 1.45, 1.4),
        exposure=1.75,
        clouds=0.85,
        stars=0.03,
        interior=1.0,
    ),
    TimeOfDay.OVERCAST_DAY: Sky(
        zenith=(2.5, 2.7, 3.0),
        horizon=(3.6, 3.75, 3.95),
        glow=(0.25, 0.22, 0.18),
        glow_heading=20.0,
        ambient=(2.75, 2.85, 2.98),
        sun=(0.0, 0.0, 0.0),
        sun_direction=(0.0, 0.0, 1.0),
        haze=(2.0, 2.12, 2.3),
        far_haze=(1.55, 1.55, 1.52),
        exposure=0.50,
        clouds=-0.42,
        stars=0.0,
        interior=0.35,
    ),
}


@dataclass(frozen=True)
class Air:
    """Sky and haze as they are drawn.

    Attributes:
        sky: The hour, with weather in it.
        density: Extinction at the ground, 1/m.
        height: Metres in which it falls by a factor e.
        uniform: Share of the density that does not fall with height.
        overcast: 0 clear to 1 closed cloud.
    """

    sky: Sky
    density: float
    height: float
    uniform: float
    overcast: float


def breathe(time: TimeOfDay, weather: Weather) -> Air:
    """The air of an hour and a weather."""
    sky = SKIES[time]
    falling = max(weather.rain, weather.snowfall)
    # By day the air shines over its whole depth and not only about the lamps: the same amount of
    # haze would hide the place, so less of it is meant by the same word.
    thin = {TimeOfDay.OVERCAST_DAY: 0.30, TimeOfDay.DAWN: 0.75, TimeOfDay.DUSK: 0.75}.get(time, 1.0)
    overcast = 1.0 if time is TimeOfDay.OVERCAST_DAY else min(1.0, falling + weather.fog * 0.5)
    # Linear up to ordinary haze, then by equal ratios up to a visibility of about 120 m.
    haze = 0.0006 + 0.0187 * min(weather.fog, 0.15)
    density = haze * 7.0 ** (max(weather.fog - 0.15, 0.0) / 0.85) + 0.0012 * falling
    height = 26.0 + 60.0 * max(0.0, weather.fog - 0.15)
    return Air(_veiled(sky, overcast), density * thin, height, 0.10 + 0.2 * weather.fog, overcast)


def _veiled(sky: Sky, overcast: float) -> Sky:
    """Cloud takes the glow, the moon and the stars away and evens the sky out."""
    if sky.clouds < 0:
        return sky
    keep = 1.0 - 0.75 * overcast
    level = np.array(sky.zenith) * (1 - 0.45 * overcast) + np.array(sky.horizon) * 0.45 * overcast
    return Sky(
        zenith=_rgb(level),
        horizon=sky.horizon,
        glow=_rgb(np.array(sky.glow) * keep),
        glow_heading=sky.glow_heading,
        ambient=sky.ambient,
        sun=_rgb(np.array(sky.sun) * (1.0 - 0.55 * overcast)),
        sun_direction=sky.sun_direction,
        haze=sky.haze,
        far_haze=sky.far_haze,
        exposure=sky.exposure,
        clouds=sky.clouds,
        stars=sky.stars * (1.0 - overcast) ** 2,
        interior=sky.interior,
    )


def _rgb(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> RGB:
    red, green, blue = (float(value) for value in values)
    return red, green, blue
