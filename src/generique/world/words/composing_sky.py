"""The hour and the sky of a scene: what follows from what was said, and what excludes itself.

- Sunshine and stars are refused where the sun is down or up, and under an overcast sky.
- Northern lights are refused by day, below 45 degrees of latitude and behind cloud.
- Lightning brings its cloud where nothing is said of the sky; under a clear or a broken sky it is
  refused, and so is a document that has it under less cloud.
"""

from __future__ import annotations

from collections.abc import Mapping

from generique.world.reasons import skies as told
from generique.world.reasons.telling import Name, refused
from generique.world.scene import Country, Season, Time, TimeOfDay
from generique.world.sky.clock import (
    DARK,
    DAYS,
    LATITUDES,
    bearing_for,
    check_hour,
    hour_of,
    spoken_hour,
)
from generique.world.sky.sun import HORIZON, sun_at
from generique.world.sky.wonders import STORM_CLOUD, check_aurora
from generique.world.words.lexicon_entry import Setting

PLAIN_CLOUD = 0.35
"""Cloud where an hour is named and the sky is not."""

BRIGHT_CLOUD = 0.12
"""Cloud where sunshine, stars or northern lights are named."""


BACKLIGHT = 8.0
"""Degrees that a sun behind the subject stands to the right of where the camera looks."""
MOST_ASIDE = 50.0
"""Degrees beside the way of the camera within which the sun is still a backlight."""

_BRIGHT = {"sunshine": told.SUNSHINE, "stars": told.STARS, "backlit": told.BACKLIGHT}
_CLOUDS = {"clear": 0.0, "broken": 0.55, "overcast": 1.0}


def country_of(said: Mapping[str, Setting]) -> Country:
    """The country that was named, or Canada."""
    return Country(str(said.get("place.country", Country.CANADA)))


def time_of(said: Mapping[str, Setting], season: str) -> Time:
    """The hour that a name or a clock means on its day and at its latitude.

    Raises:
        NotCapable: There is no such time there on that day, or name and clock disagree.
    """
    day = int(said.get("time.day", DAYS[Season(season)]))
    own = said.get("time.latitude")
    latitude = LATITUDES[country_of(said)] if own is None else float(own)
    moon = float(said.get("time.moon", 0.5))
    name = TimeOfDay(str(said.get("time", _likely(said))))
    if "time.hour" in said:
        hour = float(said["time.hour"])
        if "time" in said:
            check_hour(name, hour, day, latitude)
    else:
        hour = hour_of(name, day, latitude)
    # Northern lights stand in the north, where the camera looks when nothing else is said.
    faces_north = "camera.heading" in said or bool(said.get("weather.aurora"))
    bearing = 0.0 if faces_north else bearing_for(hour, day, latitude, moon)
    if said.get("backlit"):
        bearing = _into_the_sun(said, sun_at(hour, day, latitude).azimuth)
    return Time(
        hour=hour,
        day=day,
        latitude=None if own is None else latitude,
        moon=moon,
        bearing=float(bearing if said.get("backlit") else said.get("time.bearing", bearing)),
    )


def _into_the_sun(said: Mapping[str, Setting], azimuth: float) -> float:
    """Compass bearing of +y with which the camera looks into the sun.

    Raises:
        NotCapable: The camera looks another way, by a direction of the sky that is named.
    """
    if "camera.heading" not in said:
        return round((azimuth - BACKLIGHT) % 360, 1)
    away = abs((azimuth - float(said["camera.heading"]) + 180) % 360 - 180)
    if away > MOST_ASIDE:
        raise refused(told.NOT_BACKLIT, away=away)
    return 0.0


def _likely(said: Mapping[str, Setting]) -> TimeOfDay:
    """The hour of a prompt that names none: night where only the night has what it names."""
    nightly = {"time.moon", "stars"} & set(said) or float(said.get("weather.aurora", 0)) > 0
    return TimeOfDay.NIGHT if nightly else TimeOfDay.OVERCAST_DAY


def cloud_of(said: Mapping[str, Setting], weather: Mapping[str, float]) -> float:
    """Share of the sky that is covered.

    Raises:
        NotCapable: Lightning under a clear sky.
    """
    sky, stormy = said.get("sky"), weather["lightning"] > 0
    bright = next((word for word in _BRIGHT if said.get(word)), None)
    if stormy and (sky in ("clear", "broken") or bright):
        raise refused(
            told.LIGHTNING_FROM_CLEAR,
            bright=_BRIGHT[bright] if bright else told.A_SKY.of(sky=Name(str(sky))),
        )
    if bright and sky == "overcast":
        raise refused(told.BRIGHT_UNDER_OVERCAST, bright=_BRIGHT[bright])
    if sky is not None:
        return _CLOUDS[str(sky)]
    if bright or weather["aurora"] > 0:
        return float(said.get("weather.cloud", BRIGHT_CLOUD))
    named = {"time", "time.hour", "time.moon"} & set(said)
    cloud = float(said.get("weather.cloud", PLAIN_CLOUD if named else 1.0))
    return max(cloud, STORM_CLOUD) if stormy else cloud


def check_sky(said: Mapping[str, Setting], time: Time, weather: Mapping[str, float]) -> None:
    """Refuse a sky that excludes itself.

    Raises:
        NotCapable: Sunshine at night or in rain, northern lights by day or behind cloud.
    """
    latitude = LATITUDES[country_of(said)] if time.latitude is None else time.latitude
    altitude = sun_at(time.hour, time.day, latitude).altitude
    falling = weather["snowfall"] > 0 or weather["rain"] > 0
    if said.get("stars") and altitude > DARK:
        raise refused(told.STARS_BY_DAY, clock=spoken_hour(time.hour), altitude=altitude)
    if said.get("backlit") and altitude < DARK:
        raise refused(told.BACKLIT_AT_NIGHT, clock=spoken_hour(time.hour), altitude=altitude)
    if said.get("sunshine") and altitude < HORIZON:
        raise refused(
            told.SUNSHINE_AT_NIGHT,
            clock=spoken_hour(time.hour),
            day=time.day,
            latitude=latitude,
            altitude=altitude,
        )
    if said.get("sunshine") and falling:
        raise refused(told.SUNSHINE_IN_RAIN)
    check_aurora(altitude, latitude, weather)


def life_at(time: Time, country: Country) -> dict[str, Setting]:
    """Lit windows and burning lamps as an hour usually has them."""
    latitude = LATITUDES[country] if time.latitude is None else time.latitude
    altitude = sun_at(time.hour, time.day, latitude).altitude
    windows = 0.08 if altitude > 0 else 0.44
    if DARK - 8 < altitude <= 0 and time.hour < 12:
        windows = 0.25
    return {"lit_windows": windows, "lamps": altitude <= 0}
