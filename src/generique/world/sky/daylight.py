"""How much light falls: lux from sun, cloud, moon and lamps, and what the scene makes of it.

Between a moonlit street and a snowfield at noon lie 17 stops. A scene is kept on a smaller scale,
on which a street lamp has intensity 250 at every hour and the irradiance of level ground is
``0.30 * lux ** 0.37``. It fits the four looks that this world began with, from night to day.
"""

from __future__ import annotations

import math

UNIT, POWER = 0.30, 0.37
CITY = 0.35
"""Lux that the lamps of a town give its streets between their pools, clouds and haze included."""
WILD = 0.03
"""Lux far from any town: airglow and starlight, and what the eye makes of them."""
FULL_MOON = 0.27
"""Lux of the full moon overhead."""
LAMPLIT = 16.0
"""Lux of daylight up to which lamps look as bright as at night."""
CLOUD_TAKES = 0.73
"""Share of daylight that closed cloud takes away."""

_SEGMENTS = (
    (20.0, (3.74, 3.97, -4.07, 1.47)),
    (5.0, (3.05, 13.28, -45.98, 64.33)),
    (-0.8, (2.88, 22.26, -207.64, 1034.30)),
    (-5.0, (2.88, 21.81, -258.11, -858.36)),
    (-12.0, (2.70, 12.17, -431.69, -1899.83)),
    (-18.0, (13.84, 262.72, 1447.42, 2797.93)),
)
"""Logarithm of lux as a cubic in the altitude over 90 degrees, from the altitude given upwards
(Seidelmann, Explanatory Supplement to the Astronomical Almanac, 1992)."""


def sunlight(altitude: float) -> float:
    """Lux of sun and clear sky on level ground at an altitude of the sun in degrees."""
    x = max(altitude, -18.0) / 90
    cubic = next(c for low, c in _SEGMENTS if altitude >= low or low == _SEGMENTS[-1][0])
    a, b, c, d = cubic
    return float(10 ** (a + b * x + c * x * x + d * x**3))


def moonlight(altitude: float, phase: float) -> float:
    """Lux of the moon on level ground.

    Args:
        altitude: Of the moon in degrees.
        phase: Share of the full moon's light.
    """
    return FULL_MOON * phase * max(0.0, math.sin(math.radians(altitude)))


def irradiance(lux: float) -> float:
    """What level ground receives, on the scale of the scene."""
    return float(UNIT * lux**POWER)


def lamp_share(lux: float) -> float:
    """Brightness of lamps and windows in the scene by daylight of some lux; 1 until dusk.

    In lux a lamp is what it is; the scene's unit grows with the light, so the lamp shrinks.
    """
    return float(min(1.0, (LAMPLIT / max(lux, 1e-6)) ** (1 - POWER)))
