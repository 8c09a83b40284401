"""Where sun and moon stand, in local solar time.

The sun's declination is the Fourier series of Spencer ("Fourier series representation of the
position of the sun", Search 2, 1971), good to 0.04 degrees over a mean year; altitude and azimuth
follow by spherical trigonometry. Refraction, which lifts a body at the horizon by half a degree, is
left out, and so is the equation of time: the sun culminates at 12.

The moon is a simplification. It runs along the sun's own path, so that its place is off by up to
5 degrees (the tilt of its orbit) and 6 more along it (the orbit is no circle). Its age is given and
does not follow from the day, for a scene has no year.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

OBLIQUITY = math.radians(23.44)
HORIZON = -0.833
"""Altitude in degrees at which the upper rim of the sun is seen to rise or set."""


@dataclass(frozen=True)
class Direction:
    """A direction in the sky.

    Attributes:
        altitude: Degrees above the horizon, -90 to 90.
        azimuth: Degrees clockwise from north, 0 to 360.
    """

    altitude: float
    azimuth: float

    def turned(self, degrees: float) -> Direction:
        """The direction as it is named after the compass was turned by some degrees."""
        return Direction(self.altitude, (self.azimuth - degrees) % 360)

    def vector(self) -> tuple[float, float, float]:
        """Unit vector: x east, y north, z up."""
        level, around = math.cos(math.radians(self.altitude)), math.radians(self.azimuth)
        up = math.sin(math.radians(self.altitude))
        return level * math.sin(around), level * math.cos(around), up


def declination(day: float) -> float:
    """Declination of the sun in degrees at noon of a day of the year, 1 to 366."""
    g = 2 * math.pi * (day - 1) / 365
    series = (
        0.006918
        - 0.399912 * math.cos(g)
        + 0.070257 * math.sin(g)
        - 0.006758 * math.cos(2 * g)
        + 0.000907 * math.sin(2 * g)
        - 0.002697 * math.cos(3 * g)
        + 0.001480 * math.sin(3 * g)
    )
    return math.degrees(series)


def _seen_from(latitude: float, declined: float, hour_angle: float) -> Direction:
    """Altitude and azimuth from declination and hour angle, all in degrees."""
    phi, delta, h = (math.radians(value) for value in (latitude, declined, hour_angle))
    sine = math.sin(phi) * math.sin(delta) + math.cos(phi) * math.cos(delta) * math.cos(h)
    east = -math.cos(delta) * math.sin(h)
    north = math.cos(phi) * math.sin(delta) - math.sin(phi) * math.cos(delta) * math.cos(h)
    altitude = math.degrees(math.asin(max(-1.0, min(1.0, sine))))
    return Direction(altitude, math.degrees(math.atan2(east, north)) % 360)


def sun_at(hour: float, day: float, latitude: float) -> Direction:
    """The sun.

    Args:
        hour: Local solar time, 0 to 24.
        day: Of the year, 1 to 366.
        latitude: Degrees, north positive.
    """
    return _seen_from(latitude, declination(day), 15 * (hour - 12))


def moon_at(hour: float, day: float, latitude: float, age: float) -> Direction:
    """The moon.

    Args:
        hour: Local solar time, 0 to 24.
        day: Of the year, 1 to 366.
        latitude: Degrees, north positive.
        age: 0 new, 0.25 first quarter, 0.5 full, 0.75 last quarter.
    """
    sun = math.radians(declination(day))
    # The sun's longitude from its declination; past the solstices it is on the other branch.
    longitude = math.asin(max(-1.0, min(1.0, math.sin(sun) / math.sin(OBLIQUITY))))
    if declination(day + 0.5) < declination(day - 0.5):
        longitude = math.pi - longitude
    moon = longitude + 2 * math.pi * age
    declined = math.asin(math.sin(OBLIQUITY) * math.sin(moon))
    lag = _ascension(moon) - _ascension(longitude)
    return _seen_from(latitude, math.degrees(declined), 15 * (hour - 12) - math.degrees(lag))


def _ascension(longitude: float) -> float:
    """Right ascension of a point of the ecliptic, in radians."""
    return math.atan2(math.cos(OBLIQUITY) * math.sin(longitude), math.cos(longitude))


def moon_brightness(age: float) -> float:
    """Light of the moon as a share of the full moon's.

    The phase law is that of Krisciunas and Schaefer (PASP 103, 1991), from Allen.
    """
    angle = abs(180 - 360 * (age % 1))
    return float(10 ** (-0.4 * (0.026 * angle + 4e-9 * angle**4)))


def hour_of_altitude(
    altitude: float, day: float, latitude: float, *, setting: bool
) -> float | None:
    """When the sun passes an altitude.

    Args:
        altitude: Degrees.
        day: Of the year.
        latitude: Degrees.
        setting: In the afternoon; else before noon.

    Returns:
        Local solar time in hours, or None on a day on which it does not.
    """
    phi, delta = math.radians(latitude), math.radians(declination(day))
    across = math.cos(phi) * math.cos(delta)
    rest = math.sin(math.radians(altitude)) - math.sin(phi) * math.sin(delta)
    if abs(rest) > across:
        return None
    away = math.degrees(math.acos(rest / across)) / 15
    return 12 + away if setting else 12 - away
