"""Named times of day: what hour they are on a day and at a latitude, and what stands in the sky.

A word becomes a name in the lexicon, and a name becomes an hour here, by one rule for each.
Most rules are altitudes of the sun, so that dusk is dusk in June and in December.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generique.world.reasons import skies as told
from generique.world.reasons.telling import Name, refused
from generique.world.scene import Country, SceneDocument, Season, TimeOfDay
from generique.world.sky.sun import (
    HORIZON,
    Direction,
    hour_of_altitude,
    moon_at,
    moon_brightness,
    sun_at,
)

LATITUDES: dict[Country, float] = {
    Country.CANADA: 45.4,
    Country.UNITED_STATES: 40.0,
    Country.FRANCE: 47.0,
    Country.UNITED_KINGDOM: 52.5,
    Country.NORWAY: 60.4,
    Country.RUSSIA: 55.8,
    Country.JAPAN: 36.0,
}
"""Degrees north, where many of a country's people live."""

DAYS: dict[Season, int] = {
    Season.WINTER: 15,
    Season.SPRING: 110,
    Season.SUMMER: 196,
    Season.AUTUMN: 288,
}
"""Day of the year that a season's name means: the middle of January, April, July, October."""

DARK = -6.0
"""Altitude of the sun, degrees, below which it is night; a moonless sky goes on to -14."""


@dataclass(frozen=True)
class Rule:
    """When a named time is.

    Attributes:
        altitude: Of the sun in degrees, once on each side of noon; None for a fixed hour.
        hour: Local solar time, where the altitude is None; with ``share`` unused.
        setting: Which of the two passages of the altitude.
        share: Where the rule is neither, how far from noon (0) to the horizon (1).
        admits: Altitudes at which a clock hour said beside the name is believed.
        within: Broader names that may be said beside it.
    """

    altitude: float | None = None
    hour: float | None = None
    setting: bool = False
    share: float = 0.0
    admits: tuple[float, float] = (-90.0, 90.0)
    within: tuple[TimeOfDay, ...] = ()


_DAYLIGHT = (HORIZON, 90.0)

RULES: dict[TimeOfDay, Rule] = {
    TimeOfDay.NIGHT: Rule(hour=22.0, admits=(-90.0, DARK)),
    TimeOfDay.MIDNIGHT: Rule(hour=0.0, admits=(-90.0, DARK), within=(TimeOfDay.NIGHT,)),
    TimeOfDay.DEEP_NIGHT: Rule(hour=3.0, admits=(-90.0, DARK), within=(TimeOfDay.NIGHT,)),
    TimeOfDay.DAWN: Rule(altitude=-4.75, admits=(-14.0, 2.0)),
    TimeOfDay.SUNRISE: Rule(altitude=1.5, admits=(-2.0, 5.0), within=(TimeOfDay.MORNING,)),
    TimeOfDay.MORNING: Rule(share=0.55, admits=(-4.0, 90.0), within=(TimeOfDay.OVERCAST_DAY,)),
    TimeOfDay.OVERCAST_DAY: Rule(share=0.2, admits=_DAYLIGHT),
    TimeOfDay.NOON: Rule(hour=12.0, admits=_DAYLIGHT, within=(TimeOfDay.OVERCAST_DAY,)),
    TimeOfDay.AFTERNOON: Rule(
        share=0.45, setting=True, admits=_DAYLIGHT, within=(TimeOfDay.OVERCAST_DAY,)
    ),
    TimeOfDay.GOLDEN_HOUR: Rule(
        altitude=6.0,
        setting=True,
        admits=(0.0, 12.0),
        within=(TimeOfDay.OVERCAST_DAY, TimeOfDay.AFTERNOON, TimeOfDay.DUSK),
    ),
    TimeOfDay.SUNSET: Rule(
        altitude=1.5, setting=True, admits=(-2.0, 5.0), within=(TimeOfDay.DUSK,)
    ),
    TimeOfDay.DUSK: Rule(altitude=-4.75, setting=True, admits=(-14.0, 4.0)),
    TimeOfDay.BLUE_HOUR: Rule(
        altitude=-6.5, setting=True, admits=(-10.0, -3.0), within=(TimeOfDay.DUSK,)
    ),
}
"""Named time to rule. ``overcast-day`` is the day under any sky; its name is that of scene/1."""


@dataclass(frozen=True)
class Heavens:
    """Sun and moon over a scene, as seen from its place.

    Attributes:
        sun: Named by the place's own compass, on which +y is north.
        moon: Likewise.
        moonlight: Share of the full moon's light, whether it is up or not.
        evening: 0 before noon, 1 after it, with a smooth passage at noon and at midnight.
    """

    sun: Direction
    moon: Direction
    moonlight: float
    evening: float


def latitude_of(scene: SceneDocument) -> float:
    """Degrees north: the scene's own, or its country's."""
    own = scene.time.latitude
    return LATITUDES[scene.place.country] if own is None else own


def heavens(scene: SceneDocument) -> Heavens:
    """What stands in the sky of a scene."""
    time, latitude = scene.time, latitude_of(scene)
    sun = sun_at(time.hour, time.day, latitude)
    moon = moon_at(time.hour, time.day, latitude, time.moon)
    return Heavens(
        sun=sun.turned(time.bearing),
        moon=moon.turned(time.bearing),
        moonlight=moon_brightness(time.moon),
        evening=_evening(time.hour),
    )


def _evening(hour: float) -> float:
    """0 in the morning, 1 in the evening; half an hour's passage at 12 and at 24."""
    noon = min(1.0, max(0.0, hour - 11.5))
    midnight = min(1.0, max(0.0, hour - 23.5)) - min(1.0, max(0.0, 0.5 - hour))
    share = noon - max(midnight, 0.0) if hour > 6 else -min(midnight, 0.0)
    return share * share * (3 - 2 * share)


def hour_of(name: TimeOfDay, day: int, latitude: float) -> float:
    """Local solar time of a named time, 0 to 24.

    Raises:
        NotCapable: There is no such time on that day at that latitude.
    """
    rule = RULES[name]
    if rule.hour is not None:
        found: float | None = rule.hour
        if rule.admits[1] == DARK and sun_at(rule.hour, day, latitude).altitude > DARK:
            found = 0.0
        if not _admitted(rule, sun_at(found or 0.0, day, latitude).altitude):
            found = None
    elif rule.altitude is not None:
        found = hour_of_altitude(rule.altitude, day, latitude, setting=rule.setting)
    else:
        edge = hour_of_altitude(HORIZON, day, latitude, setting=rule.setting)
        if edge is None and sun_at(12, day, latitude).altitude > 0:
            edge = 24.0 if rule.setting else 0.0
        found = None if edge is None else 12 + rule.share * (edge - 12)
    if found is None:
        low, high = (sun_at(at, day, latitude).altitude for at in (0, 12))
        raise refused(
            told.NO_SUCH_HOUR, hour=_spoken(name), day=day, latitude=latitude, low=low, high=high
        )
    return round(found, 2) % 24


def _admitted(rule: Rule, altitude: float) -> bool:
    return rule.admits[0] - 1e-6 <= altitude <= rule.admits[1] + 1e-6


def _spoken(name: TimeOfDay) -> Name:
    return Name(name.value.replace("-", " "))


def check_hour(name: TimeOfDay, hour: float, day: int, latitude: float) -> None:
    """Refuse a clock hour beside a name that it is not: "noon at 3 am".

    Raises:
        NotCapable: The sun stands elsewhere at that hour, or it is the wrong side of noon.
    """
    rule, altitude = RULES[name], sun_at(hour, day, latitude).altitude
    sided = rule.altitude is not None and name is not TimeOfDay.GOLDEN_HOUR
    fixed = rule.hour is not None and rule.within and abs(rule.hour - hour) > 1
    wrong_side = (sided or name is TimeOfDay.AFTERNOON) and (hour >= 12) != rule.setting
    late = name is TimeOfDay.MORNING and hour >= 12
    if fixed or wrong_side or late or not _admitted(rule, altitude):
        raise refused(
            told.NOT_THAT_HOUR, clock=spoken_hour(hour), hour=_spoken(name), altitude=altitude
        )


def narrowest(names: Iterable[TimeOfDay]) -> TimeOfDay | None:
    """The name that all others are broader words for; None when they exclude each other."""
    found = set(names)
    for name in found:
        if found - {name} <= set(RULES[name].within):
            return name
    return None


def spoken_hour(hour: float) -> str:
    """An hour as a clock shows it."""
    minutes = round(hour * 60) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def bearing_for(hour: float, day: int, latitude: float, moon: float) -> float:
    """Compass bearing of +y that puts the light where an operator wants it.

    A place has no compass until a prompt names a direction of the sky, so the set is turned: low
    sun and twilight before the camera, which looks along +y, the high sun over its shoulder, the
    moon ahead to the left.

    Returns:
        Degrees, 0 to 360.
    """
    sun = sun_at(hour, day, latitude)
    side = -1 if hour >= 12 else 1
    if sun.altitude < -9:
        light, heading = moon_at(hour, day, latitude, moon), -39.3
    elif sun.altitude < -2:
        light, heading = sun, -30.0 if hour >= 12 else 34.0
    elif sun.altitude < 3:
        light, heading = sun, side * 16.0
    elif sun.altitude < 10:
        light, heading = sun, side * 42.0
    else:
        light, heading = sun, side * 112.0
    return round((light.azimuth - heading) % 360, 1)
