"""From statements to a scene: what wins, what contradicts, and what is taken when nothing is said.

==================  =====================================================================
field               when the prompt does not say
==================  =====================================================================
time                day, under an overcast sky
day of the year     the middle of the season; latitude of the country; full moon
bearing             so that the light stands well in the picture; 0 where the prompt says
                    which way the camera looks
season              winter with snow or bare trees, summer with green ones, else autumn
weather             no snow, no rain, fog 0.15, wind 3 m/s, cloud 0.35; snow that falls also
                    lies; lightning brings cloud 0.85
life                traffic 0.3, chimney smoke 0.3 (none in summer),
                    44 % of windows lit at night and dusk, 25 % at dawn, 8 % by day;
                    lamps burn while the sun is down
camera.move         push-in when the prompt names an aerial or a speed, else static
camera.direction    right for a truck, up for a crane, left for an orbit
camera.altitude     62 m (a quarter of the extent of a smaller place)
camera.pitch        3 degrees at the ground, 16 at 62 m, at most 30
camera.heading      0, north along the main street
camera.speed        4.6 m/s push-in and pull-back, 3.5 truck and orbit, 2.2 crane; below 6 m
                    1.4, 1.2 and 0.5; the words for speed multiply it
camera.focal        31 mm, 60 degrees wide
camera.easing       linear
camera.handheld     0.3; 0 where the prompt says static and not hovering
==================  =====================================================================
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from generique.model.errors import NotCapable
from generique.model.values import Json
from generique.world.clock import (
    DARK,
    DAYS,
    LATITUDES,
    bearing_for,
    check_hour,
    hour_of,
    narrowest,
    spoken_hour,
)
from generique.world.lexicon_entry import Setting
from generique.world.scene import Country, Season, Time, TimeOfDay
from generique.world.sentence_draft import Statement
from generique.world.sun import HORIZON, sun_at

Settings: TypeAlias = dict[str, Setting]

ABOVE_THE_TREES = 16.5
"""Metres; roofs reach 12 and trees 16, and a camera below this has to keep to the street."""

PLAIN_CLOUD = 0.35
"""Cloud where an hour is named and the sky is not."""

BRIGHT_CLOUD = 0.12
"""Cloud where sunshine, stars or northern lights are named."""

STORM_CLOUD = 0.85
"""The least cloud that lightning comes from; less is raised to it, a clear sky is refused."""

LEAST_AURORA = 45.0
"""Degrees of latitude from which northern lights are seen in a strong storm of the sun."""

MOST_CLOUD_FOR_AURORA = 0.6

_CLOUDS = {"clear": 0.0, "broken": 0.55, "overcast": 1.0}

NEAR_THE_GROUND = 6.0
"""Metres; below it a move has its slow speed."""

_TURNS = {"pan": 6.0, "tilt": 4.0, "whip": 120.0}
"""Degrees a second."""
_SPEEDS = {"push-in": 4.6, "pull-back": 4.6, "truck": 3.5, "orbit": 3.5, "crane": 2.2} | _TURNS
_SPEEDS_AT_THE_GROUND = {
    "push-in": 1.4,
    "pull-back": 1.4,
    "truck": 1.2,
    "orbit": 1.2,
    "crane": 0.5,
} | _TURNS
_DIRECTIONS = {
    "truck": ("right", "left"),
    "crane": ("up", "down"),
    "orbit": ("left", "right"),
    "pan": ("right", "left"),
    "tilt": ("down", "up"),
    "whip": ("right", "left"),
}
_FRAME_WIDTH = 36.0
_PLAIN_LANGUAGE = {
    "weather.snowfall": "falling snow",
    "weather.snow_cover": "lying snow",
    "weather.rain": "rain",
    "weather.fog": "fog",
    "weather.wind": "wind",
    "life.traffic": "traffic",
    "life.smoke": "chimney smoke",
    "life.lit_windows": "lit windows",
    "life.lamps": "street lamps",
    "camera.move": "the camera's move",
    "camera.altitude": "the camera's height",
    "pace": "the camera's speed",
}


def settle(statements: Sequence[Statement]) -> Settings:
    """The value of every field that was spoken of; the firmest word wins.

    Raises:
        NotCapable: Equally firm words disagree, or one says that there is none of it.
    """
    settled: Settings = {}
    by_field: dict[str, list[Statement]] = {}
    for statement in statements:
        if not statement.field.startswith("scale "):
            by_field.setdefault(statement.field, []).append(statement)
    for name, said in by_field.items():
        firmest = max(statement.rank for statement in said)
        firm = [statement for statement in said if statement.rank == firmest]
        if name == "time":
            firm = _narrowed(firm)
        for other in firm[1:]:
            if other.value != firm[0].value:
                raise _contradiction(name, firm[0].text, other.text)
        for other in said:
            spoken = other.rank > 0
            if spoken and not firm[0].value and other.value and firm[0].value != other.value:
                raise _contradiction(name, firm[0].text, other.text)
        settled[name] = firm[0].value
    return settled


def _narrowed(said: list[Statement]) -> list[Statement]:
    """Of names of the hour, the narrowest: "golden hour" of "afternoon, golden hour"."""
    name = narrowest(TimeOfDay(str(statement.value)) for statement in said)
    return [statement for statement in said if statement.value == name] or said


def compose(said: Mapping[str, Setting], extent: float) -> dict[str, Json]:
    """The parts of a scene that follow from what was said: time, season, weather, life, camera.

    Args:
        said: Settled fields.
        extent: Of the place, metres.

    Raises:
        NotCapable: The words exclude each other.
    """
    weather = _weather(said)
    season = _season(said, weather)
    time = _time(said, season)
    weather["cloud"] = _cloud(said, weather)
    _check_sky(said, time, weather)
    return {
        "time": time.to_json(),
        "season": season,
        "weather": dict(weather),
        "life": _life(said, time, season, _country(said)),
        "camera": _camera(said, extent),
    }


def check_weather(season: Setting, weather: Mapping[str, float]) -> None:
    """Refuse weather that ``world`` cannot show together.

    Raises:
        NotCapable: Snow falls with rain, or there is snow in summer.
    """
    if weather["snowfall"] > 0 and weather["rain"] > 0:
        raise NotCapable(
            "world shows falling snow or rain, not both",
            why="snow and rain together are sleet, which it cannot show",
            next_step="name one of the two",
        )
    if season == "summer" and (weather["snowfall"] > 0 or weather["snow_cover"] > 0):
        raise NotCapable(
            "the prompt asks for snow in summer",
            why="a Canadian suburb has none",
            next_step="name another season, or leave out the snow",
        )


def _contradiction(name: str, one: str, other: str) -> NotCapable:
    what = _PLAIN_LANGUAGE.get(name, name.removeprefix("camera.").replace("_", " "))
    if one == other:
        why = f'"{one}" says two things about {what}'
    else:
        why = f'both speak of {what}: "{one}", "{other}"'
    return NotCapable("the prompt contradicts itself", why=why, next_step="keep one of the two")


def _country(said: Mapping[str, Setting]) -> Country:
    return Country(str(said.get("place.country", Country.CANADA)))


def _time(said: Mapping[str, Setting], season: str) -> Time:
    """The hour that a name or a clock means on its day and at its latitude.

    Raises:
        NotCapable: There is no such time there on that day, or name and clock disagree.
    """
    day = int(said.get("time.day", DAYS[Season(season)]))
    own = said.get("time.latitude")
    latitude = LATITUDES[_country(said)] if own is None else float(own)
    moon = float(said.get("time.moon", 0.5))
    name = TimeOfDay(str(said.get("time", _likely(said))))
    if "time.hour" in said:
        hour = float(said["time.hour"])
        if "time" in said:
            check_hour(name, hour, day, latitude)
    else:
        hour = hour_of(name, day, latitude)
    bearing = 0.0 if "camera.heading" in said else bearing_for(hour, day, latitude, moon)
    return Time(
        hour=hour,
        day=day,
        latitude=None if own is None else latitude,
        moon=moon,
        bearing=float(said.get("time.bearing", bearing)),
    )


def _likely(said: Mapping[str, Setting]) -> TimeOfDay:
    """The hour of a prompt that names none: night where only the night has what it names."""
    nightly = {"time.moon", "stars"} & set(said) or float(said.get("weather.aurora", 0)) > 0
    return TimeOfDay.NIGHT if nightly else TimeOfDay.OVERCAST_DAY


def _cloud(said: Mapping[str, Setting], weather: Mapping[str, float]) -> float:
    """Share of the sky that is covered.

    Raises:
        NotCapable: Lightning under a clear sky.
    """
    sky, stormy = said.get("sky"), weather["lightning"] > 0
    bright = next((word for word in ("sunshine", "stars") if said.get(word)), None)
    if stormy and (sky in ("clear", "broken") or bright):
        raise NotCapable(
            "the prompt contradicts itself",
            why=f"lightning needs cloud, and there is to be {bright or f'a {sky} sky'}",
            next_step="keep one of the two",
        )
    if bright and sky == "overcast":
        raise NotCapable(
            "the prompt contradicts itself",
            why=f"no {bright} is seen under an overcast sky",
            next_step="keep one of the two",
        )
    if sky is not None:
        return _CLOUDS[str(sky)]
    if bright or weather["aurora"] > 0:
        return float(said.get("weather.cloud", BRIGHT_CLOUD))
    named = {"time", "time.hour", "time.moon"} & set(said)
    cloud = float(said.get("weather.cloud", PLAIN_CLOUD if named else 1.0))
    return max(cloud, STORM_CLOUD) if stormy else cloud


def _check_sky(said: Mapping[str, Setting], time: Time, weather: Mapping[str, float]) -> None:
    """Refuse a sky that excludes itself.

    Raises:
        NotCapable: Sunshine at night or in rain, northern lights by day or behind cloud.
    """
    latitude = LATITUDES[_country(said)] if time.latitude is None else time.latitude
    altitude = sun_at(time.hour, time.day, latitude).altitude
    falling = weather["snowfall"] > 0 or weather["rain"] > 0
    if said.get("stars") and altitude > DARK:
        raise NotCapable(
            "the prompt asks for stars by day",
            why=f"at {spoken_hour(time.hour)} the sun stands at {altitude:.0f} degrees",
            next_step="leave out the stars, or name the night",
        )
    if said.get("sunshine") and altitude < HORIZON:
        raise NotCapable(
            "the prompt asks for sunshine while the sun is down",
            why=f"at {spoken_hour(time.hour)} on day {time.day} at latitude {latitude:g} the sun "
            f"stands at {altitude:.0f} degrees",
            next_step="leave out the sun, or name an hour of the day",
        )
    if said.get("sunshine") and falling:
        raise NotCapable(
            "world does not show sunshine and falling snow or rain together",
            next_step="name one of the two",
        )
    check_aurora(altitude, latitude, weather)


def check_aurora(altitude: float, latitude: float, weather: Mapping[str, float]) -> None:
    """Refuse northern lights where nobody would see them.

    Args:
        altitude: Of the sun, degrees.
        latitude: Degrees.
        weather: With ``aurora`` and ``cloud``.

    Raises:
        NotCapable: By day, near the equator, or behind cloud.
    """
    if weather["aurora"] <= 0:
        return
    if altitude > DARK:
        why, step = f"the sun stands at {altitude:.0f} degrees", "name a night"
    elif abs(latitude) < LEAST_AURORA:
        why = f"at latitude {latitude:g} there are none"
        step = f"name a country beyond {LEAST_AURORA:g} degrees, or set time.latitude"
    elif weather["cloud"] > MOST_CLOUD_FOR_AURORA:
        why, step = f"cloud covers {weather['cloud']:.0%} of the sky", "clear the sky"
    else:
        return
    raise NotCapable("northern lights would not be seen", why=why, next_step=step)


def _weather(said: Mapping[str, Setting]) -> dict[str, float]:
    """Weather, with snow lying where it falls and calmer air in fog."""
    snowfall = float(said.get("weather.snowfall", 0))
    weather = {
        "snow_cover": float(said.get("weather.snow_cover", 0.85 if snowfall > 0 else 0)),
        "snowfall": snowfall,
        "rain": float(said.get("weather.rain", 0)),
        "fog": float(said.get("weather.fog", 0.15)),
        "wind": float(said.get("weather.wind", 3)),
        "lightning": float(said.get("weather.lightning", 0)),
        "aurora": float(said.get("weather.aurora", 0)),
    }
    if said.get("wet") and weather["rain"] == 0:
        raise NotCapable(
            "world shows wet streets only in rain",
            next_step='say "drizzle" or "light rain"',
        )
    return weather


def _season(said: Mapping[str, Setting], weather: Mapping[str, float]) -> str:
    """The season, as said or as snow and trees suggest."""
    season, foliage = said.get("season"), said.get("foliage")
    if season is None:
        snowy = weather["snowfall"] > 0 or weather["snow_cover"] > 0
        winter = snowy or foliage == "bare"
        season = "winter" if winter else "summer" if foliage == "green" else "autumn"
    fits = {"bare": ("winter",), "green": ("summer", "spring")}
    if foliage is not None and season not in fits[str(foliage)]:
        raise NotCapable(
            f"world's trees are not {foliage} in {season}",
            next_step=f"name {' or '.join(fits[str(foliage)])}, or leave out the trees",
        )
    check_weather(season, weather)
    return str(season)


def _life(
    said: Mapping[str, Setting], time: Time, season: str, country: Country
) -> dict[str, Json]:
    """Signs of life at that hour."""
    usual = life_at(time, country)
    return {
        "traffic": float(said.get("life.traffic", 0.3)),
        "smoke": float(said.get("life.smoke", 0 if season == "summer" else 0.3)),
        "lit_windows": float(said.get("life.lit_windows", usual["lit_windows"])),
        "lamps": bool(said.get("life.lamps", usual["lamps"])),
    }


def life_at(time: Time, country: Country) -> dict[str, Setting]:
    """Lit windows and burning lamps as an hour usually has them."""
    latitude = LATITUDES[country] if time.latitude is None else time.latitude
    altitude = sun_at(time.hour, time.day, latitude).altitude
    windows = 0.08 if altitude > 0 else 0.44
    if DARK - 8 < altitude <= 0 and time.hour < 12:
        windows = 0.25
    return {"lit_windows": windows, "lamps": altitude <= 0}


def _camera(said: Mapping[str, Setting], extent: float) -> dict[str, Json]:
    """The camera, its move and its speed."""
    moving = bool({"aerial", "pace", "camera.speed", "camera.easing"} & set(said))
    move = str(said.get("camera.move", "push-in" if moving else "static"))
    fixed = said.get("camera.move") == "static" and "hover" not in said
    altitude = float(said.get("camera.altitude", min(62.0, max(18.0, 0.25 * extent))))
    if said.get("aerial") and altitude < ABOVE_THE_TREES:
        raise NotCapable(
            f"an aerial at {altitude:g} m would fly among roofs and trees",
            next_step=f"go to {ABOVE_THE_TREES:g} m or above, or leave out the aerial",
        )
    return {
        "move": move,
        "direction": _direction(said, move),
        "altitude": altitude,
        "pitch": float(said.get("camera.pitch", min(30.0, round(3 + 13 * altitude / 62, 1)))),
        "heading": float(said.get("camera.heading", 0)),
        "speed": _speed(said, move, altitude),
        "focal": _focal(said),
        "easing": str(said.get("camera.easing", "linear")),
        "handheld": float(said.get("camera.handheld", 0.0 if fixed else 0.3)),
    }


def _direction(said: Mapping[str, Setting], move: str) -> str | None:
    """The direction of a move that has one."""
    wanted = said.get("camera.direction")
    allowed = _DIRECTIONS.get(move, ())
    if wanted is None:
        return allowed[0] if allowed else None
    if wanted not in allowed:
        raise NotCapable(
            f'the camera move "{move}" does not go {wanted}',
            next_step="name one move: truck left or right, crane up or down, orbit left or right",
        )
    return str(wanted)


def _speed(said: Mapping[str, Setting], move: str, altitude: float) -> float:
    """Metres a second: as a number, or the move's own speed times the words for it."""
    if move == "static":
        for name in ("pace", "camera.speed", "camera.easing"):
            if said.get(name) not in (None, "linear", 0):
                raise NotCapable(
                    "the prompt contradicts itself",
                    why="a static camera has no speed and no easing",
                    next_step="leave out the words for speed, or name a move",
                )
        return 0.0
    if "camera.speed" in said:
        if "pace" in said:
            raise NotCapable(
                "the prompt says the camera's speed twice, as a word and as a number",
                next_step="keep one of the two",
            )
        return float(said["camera.speed"])
    own = (_SPEEDS if altitude >= NEAR_THE_GROUND else _SPEEDS_AT_THE_GROUND)[move]
    return round(own * float(said.get("pace", 1)), 3)


def _focal(said: Mapping[str, Setting]) -> float:
    """Focal length in millimetres, on a frame 36 mm wide."""
    if "field of view" not in said:
        return float(said.get("camera.focal", 31))
    if "camera.focal" in said:
        raise NotCapable(
            "the prompt says the lens twice, as a length and as an angle",
            next_step="keep one of the two",
        )
    angle = float(said["field of view"])
    if not 5 <= angle <= 120:
        raise NotCapable(
            f"a field of view of {angle:g} degrees is beyond world's lenses",
            next_step="say 5 to 120 degrees",
        )
    return round(_FRAME_WIDTH / 2 / math.tan(math.radians(angle) / 2), 1)
