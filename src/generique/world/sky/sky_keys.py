"""The skies that all others lie between, at altitudes of the sun.

Night and the overcast day were set by eye. The clear skies were set by eye too, as colours; their
brightness follows from the lux of the hour (:mod:`generique.world.sky.daylight`).

Of twilight the brightness was set by eye, the colour follows from measurements: with the sun some
degrees down the ambient light has 10,000 K to 20,000 K and more (Spitschan et al., "Variation of
outdoor illumination as a function of solar elevation and light pollution", Sci. Rep. 6, 2016), the
sky opposite the sun is a pale blue-grey whose colours are pastel at most (Lee, "Measuring and
modeling twilight's Belt of Venus", Appl. Opt. 54, 2015), and haze shows the light that reaches it,
which is the sky's. Warm is the glow alone. So all but the glow lies on the daylight locus
(:mod:`generique.world.sky.daylight_colour`), except for the zenith, which ozone makes bluer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from generique.world.sky.daylight import CLOUD_TAKES, irradiance, sunlight
from generique.world.sky.daylight_colour import daylight

_RGB = tuple[float, float, float]


@dataclass(frozen=True)
class Key:
    """A sky at one altitude of the sun; the fields are those of an hour's sky."""

    zenith: _RGB
    horizon: _RGB
    glow: _RGB
    ambient: _RGB
    haze: _RGB
    far_haze: _RGB
    stars: float
    interior: float


_NIGHT = Key(
    zenith=(0.0050, 0.0084, 0.0158),
    horizon=(0.058, 0.0512, 0.0435),
    glow=(0.020, 0.012, 0.006),
    ambient=(0.0276, 0.0322, 0.0437),
    haze=(0.0295, 0.0268, 0.0262),
    far_haze=(2.1, 1.97, 1.90),
    stars=1.0,
    interior=1.0,
)
_DAWN = Key(
    zenith=(0.046, 0.090, 0.215),
    horizon=daylight(10_000, 0.160),
    glow=(1.05, 0.60, 0.21),
    ambient=daylight(16_000, 0.133),
    haze=daylight(13_000, 0.104),
    far_haze=(1.5, 1.5, 1.45),
    stars=0.12,
    interior=1.0,
)
_DUSK = Key(
    zenith=(0.052, 0.100, 0.225),
    horizon=daylight(9500, 0.165),
    glow=(1.55, 0.72, 0.17),
    ambient=daylight(13_000, 0.156),
    haze=daylight(11_000, 0.104),
    far_haze=(1.5, 1.5, 1.45),
    stars=0.03,
    interior=1.0,
)
_BLUE = Key(
    zenith=(0.020, 0.044, 0.127),
    horizon=daylight(12_000, 0.101),
    glow=(0.48, 0.25, 0.08),
    ambient=daylight(22_000, 0.078),
    haze=daylight(12_000, 0.064),
    far_haze=(1.5, 1.5, 1.5),
    stars=0.25,
    interior=1.0,
)
_OVERCAST = Key(
    zenith=(2.5, 2.7, 3.0),
    horizon=(3.6, 3.75, 3.95),
    glow=(0.25, 0.22, 0.18),
    ambient=(2.75, 2.85, 2.98),
    haze=(2.0, 2.12, 2.3),
    far_haze=(1.55, 1.55, 1.52),
    stars=0.0,
    interior=0.35,
)
OVERCAST_ALTITUDE = 22.2
"""Of the sun, degrees, on the winter's day for which the overcast sky was set."""


def _luminance(colour: _RGB) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def _scaled(colour: _RGB, level: float) -> _RGB:
    return colour[0] * level, colour[1] * level, colour[2] * level


def _clear(altitude: float, diffuse: float, colours: tuple[_RGB, _RGB, _RGB, _RGB, _RGB]) -> Key:
    """A clear sky.

    Args:
        altitude: Of the sun, degrees.
        diffuse: Share of the light on level ground that comes from the sky.
        colours: Zenith, horizon, glow, ambient and haze; scaled together so that the ambient has
            the luminance of that altitude.
    """
    level = irradiance(sunlight(altitude)) * diffuse / math.pi / _luminance(colours[3])
    zenith, horizon, glow, ambient, haze = (_scaled(colour, level) for colour in colours)
    # Where distance ends there is the horizon.
    far = tuple(0.97 * a / b for a, b in zip(horizon, haze, strict=True))
    return Key(
        zenith=zenith,
        horizon=horizon,
        glow=glow,
        ambient=ambient,
        haze=haze,
        far_haze=far,  # type: ignore[arg-type] # three in, three out
        stars=0.0,
        interior=0.6 if altitude < 3 else 0.3,
    )


def _overcast(altitude: float) -> Key:
    """The overcast sky at another altitude of the sun: bluer and darker when it is low."""
    level = _overcast_light(altitude) / _overcast_light(OVERCAST_ALTITUDE)
    blue = max(0.0, 1 - (altitude + 2) / 14) * 0.22
    tint = (1 - 0.9 * blue, 1 - 0.3 * blue, 1 + 0.9 * blue)

    def scaled(colour: _RGB) -> _RGB:
        return tuple(part * level * t for part, t in zip(colour, tint, strict=True))  # type: ignore[return-value] # three in, three out

    return Key(
        zenith=scaled(_OVERCAST.zenith),
        horizon=scaled(_OVERCAST.horizon),
        glow=scaled(_OVERCAST.glow),
        ambient=scaled(_OVERCAST.ambient),
        haze=scaled(_OVERCAST.haze),
        far_haze=_OVERCAST.far_haze,
        stars=0.0,
        interior=_OVERCAST.interior,
    )


def _overcast_light(altitude: float) -> float:
    return irradiance(sunlight(altitude) * (1 - CLOUD_TAKES))


_SUNSET = ((0.19, 0.37, 0.88), daylight(7200, 0.80), (5.8, 1.95, 0.28), daylight(9500, 0.79))
_SUNRISE = ((0.19, 0.38, 0.90), daylight(7800, 0.82), (5.1, 2.05, 0.44), daylight(10_500, 0.79))
_GOLDEN = ((0.20, 0.42, 1.02), (1.24, 1.05, 0.84), (3.5, 1.60, 0.42), (0.68, 0.80, 1.08))
_HIGH = (
    (14.0, (0.18, 0.42, 1.08), (1.05, 1.18, 1.32), (1.35, 1.10, 0.74), (0.60, 0.80, 1.18)),
    (30.0, (0.16, 0.40, 1.06), (0.96, 1.16, 1.40), (0.75, 0.70, 0.56), (0.58, 0.80, 1.20)),
    (60.0, (0.14, 0.37, 1.04), (0.90, 1.14, 1.44), (0.45, 0.44, 0.38), (0.56, 0.80, 1.22)),
)
_HAZES = {
    "low": daylight(7500, 0.51),
    "golden": (0.82, 0.66, 0.50),
    "high": (0.50, 0.60, 0.74),
}

_DAY: tuple[tuple[float, Key], ...] = tuple(
    (
        altitude,
        _clear(altitude, diffuse, (zenith, horizon, glow, ambient, _HAZES["high"])),
    )
    for (altitude, zenith, horizon, glow, ambient), diffuse in zip(
        _HIGH, (0.41, 0.27, 0.18), strict=True
    )
)
DAWNS: tuple[tuple[float, Key], ...] = (
    (-14.0, _NIGHT),
    (-7.2, _BLUE),
    (-4.75, _DAWN),
    (0.0, _clear(0.0, 0.75, (*_SUNRISE, _HAZES["low"]))),
    (6.0, _clear(6.0, 0.47, (*_GOLDEN, _HAZES["golden"]))),
    *_DAY,
)
"""Clear mornings by the sun's altitude, night first."""
DUSKS: tuple[tuple[float, Key], ...] = (
    (-14.0, _NIGHT),
    (-7.2, _BLUE),
    (-4.75, _DUSK),
    (0.0, _clear(0.0, 0.75, (*_SUNSET, _HAZES["low"]))),
    (6.0, _clear(6.0, 0.47, (*_GOLDEN, _HAZES["golden"]))),
    *_DAY,
)
"""Clear evenings, likewise."""
OVERCASTS: tuple[tuple[float, Key], ...] = (
    *((altitude, _overcast(altitude)) for altitude in (-6.0, -3.0, 0.0, 4.0, 10.0)),
    (OVERCAST_ALTITUDE, _OVERCAST),
    *((altitude, _overcast(altitude)) for altitude in (40.0, 70.0)),
)
"""Closed skies."""
