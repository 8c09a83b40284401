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
camera.altitude     62 m (a quarter of the extent of a smaller place); 2 m in a room, 1.5 m
                    through its window or before it
camera.pitch        below 6 m a little upwards, so that the sky takes 56 % of the height; 3
                    degrees in a room; 16 at 62 m, at most 30; at 62 m 4 in mountains, 7 over
                    a city, 8 in a desert, 9 over a lake, 12 over other open land and works;
                    3 wherever northern lights, stars or lightning are named
camera.heading      0, north along the main street
camera.speed        4.6 m/s push-in and pull-back, 3.5 truck and orbit, 2.2 crane; below 6 m
                    1.4, 1.2 and 0.5, in a room 0.5, 0.3 and 0.05, through its window 2.2;
                    the words for speed multiply it
camera.focal        31 mm, 60 degrees wide
camera.aperture     none: everything is sharp; f/2.8 where only a focus is named
camera.focus        with an aperture: where the middle of the picture meets the ground; 8 m below
                    6 m, in a room 2.5
camera.easing       linear
camera.handheld     0.3; 0 where the prompt says static and not hovering
==================  =====================================================================
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from generique.model.values import Json
from generique.world.layout import ABOVE_THE_TREES
from generique.world.reasons import prompts as told
from generique.world.reasons import skies
from generique.world.reasons.telling import Name, NotShown, Said, refused
from generique.world.scene import Country, Family, Time, TimeOfDay
from generique.world.sky.clock import narrowest
from generique.world.words.composing_sky import (
    check_sky,
    cloud_of,
    country_of,
    life_at,
    time_of,
)
from generique.world.words.lexicon_entry import Setting
from generique.world.words.lexicon_optics import SHALLOW, SHARP_EVERYWHERE
from generique.world.words.sentence_draft import Statement

Settings: TypeAlias = dict[str, Setting]

NEAR_THE_GROUND = 6.0
"""Metres; below it a move has its slow speed."""

_TURNS = {"pan": 6.0, "tilt": 4.0, "whip": 120.0}
"""Degrees a second."""
_SPEEDS = {"push-in": 4.6, "pull-back": 4.6, "truck": 3.5, "orbit": 3.5, "crane": 2.2} | _TURNS
_PLAIN_SHARE = 0.25
"""Of the picture's height that a subject takes where nothing is said."""
_RISING = 4.0
"""Degrees down of a camera that rises out of trees or from a street."""
_SPEEDS_AT_THE_GROUND = {
    "push-in": 1.4,
    "pull-back": 1.4,
    "truck": 1.2,
    "orbit": 1.2,
    "crane": 0.5,
} | _TURNS
_SPEEDS_INDOORS = {
    "push-in": 0.5,
    "pull-back": 0.5,
    "truck": 0.3,
    "orbit": 0.3,
    "crane": 0.05,
    "through-window": 2.2,
} | _TURNS
_EYE_LEVEL = 2.0
"""Metres; where a camera stands in a room when nothing is said."""
_WINDOW_LEVEL = 1.5
"""Metres; the middle of a window, for a camera that goes through it."""

_DIRECTIONS = {
    "truck": ("right", "left"),
    "crane": ("up", "down"),
    "orbit": ("left", "right"),
    "pan": ("right", "left"),
    "tilt": ("down", "up"),
    "whip": ("right", "left"),
    "through-window": ("out", "in"),
}
_FRAME_WIDTH = 36.0
ASPECT = 16 / 9
_PLAIN_APERTURE = 2.8
_FOCUS_AT_THE_GROUND = 8.0
_FOCUS_INDOORS = 2.5
"""Metres."""
USUAL_HEIGHT = 62.0
LOW_SKY = 0.56
"""Share of the picture's height above the horizon from near the ground, which is mostly road."""
LEVEL = 3.0
PITCH = 16.0
"""Degrees below the horizon of a level camera, and at the usual height."""
_PITCHES = {
    Family.CITY.value: 7.0,
    Family.MOUNTAINS.value: 4.0,
    Family.DESERT.value: 8.0,
    Family.LAKE.value: 9.0,
    Family.COAST.value: 12.0,
    Family.RIVER.value: 12.0,
    Family.FARMLAND.value: 12.0,
    Family.BOREAL_FOREST.value: 12.0,
    Family.BROADLEAF_FOREST.value: 12.0,
    Family.INDUSTRY.value: 12.0,
    Family.HIGHWAY.value: 12.0,
}
"""At the usual height, where a place wants another."""


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
    time = time_of(said, season)
    weather["cloud"] = cloud_of(said, weather)
    check_sky(said, time, weather)
    return {
        "time": time.to_json(),
        "season": season,
        "weather": dict(weather),
        "life": _life(said, time, season, country_of(said)),
        "camera": _camera(said, extent),
    }


def further_moves(statements: Sequence[Statement], altitude: float, family: str) -> list[Json]:
    """The moves that follow the first, as the scene has them.

    Args:
        statements: All; those of further moves have a ``leg``.
        altitude: Of the first move, metres.
        family: Of the place.

    Raises:
        NotCapable: The words of one move exclude each other.
    """
    legs: list[Json] = []
    for leg in range(1, 1 + max((one.leg for one in statements), default=0)):
        said = settle([one for one in statements if one.leg == leg])
        said["place.family"] = family
        move = str(said.get("camera.move", "static"))
        legs.append(
            {
                "move": move,
                "direction": _direction(said, move),
                "speed": _speed(said, move, altitude),
                "easing": str(said.get("camera.easing", "linear")),
            }
        )
    return legs


def check_weather(season: Setting, weather: Mapping[str, float]) -> None:
    """Refuse weather that ``world`` cannot show together.

    Raises:
        NotCapable: Snow falls with rain, or there is snow in summer.
    """
    if weather["snowfall"] > 0 and weather["rain"] > 0:
        raise refused(skies.SNOW_AND_RAIN)
    if season == "summer" and (weather["snowfall"] > 0 or weather["snow_cover"] > 0):
        raise refused(skies.SNOW_IN_SUMMER)


def _contradiction(name: str, one: str, other: str) -> NotShown:
    field = told.field_name(name)
    if one == other:
        return refused(told.ONE_WORD_TWICE, one=one, field=field)
    return refused(told.TWO_WORDS, one=one, other=other, field=field)


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
        raise refused(skies.WET_WITHOUT_RAIN)
    return weather


def _season(said: Mapping[str, Setting], weather: Mapping[str, float]) -> str:
    """The season, as said or as snow and trees suggest."""
    season, foliage = said.get("season"), said.get("foliage")
    if season is None:
        snowy = weather["snowfall"] > 0 or weather["snow_cover"] > 0
        snowy |= float(said.get("becomes.snowfall", 0)) > 0
        winter = snowy or foliage == "bare"
        season = "winter" if winter else "summer" if foliage == "green" else "autumn"
    fits = {"bare": ("winter",), "green": ("summer", "spring")}
    if foliage is not None and season not in fits[str(foliage)]:
        raise refused(
            skies.NO_SUCH_TREES,
            foliage=Name(str(foliage)),
            season=Name(str(season)),
            fits=_either(fits[str(foliage)]),
        )
    check_weather(season, weather)
    falling = ("snowfall", "rain")
    later = {name: float(said.get(f"becomes.{name}", weather[name])) for name in falling}
    check_weather(season, {**weather, **later})
    return str(season)


def _either(names: tuple[str, ...]) -> Name | Said:
    one, *others = (Name(name) for name in names)
    return skies.OR.of(one=one, other=others[0]) if others else one


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
        **({"birds": float(said["life.birds"])} if "life.birds" in said else {}),
        **({"trains": float(said["life.trains"])} if "life.trains" in said else {}),
    }


def _camera(said: Mapping[str, Setting], extent: float) -> dict[str, Json]:
    """The camera, its move and its speed."""
    moving = bool({"aerial", "pace", "camera.speed", "camera.easing"} & set(said))
    move = str(said.get("camera.move", "push-in" if moving else "static"))
    fixed = said.get("camera.move") == "static" and "hover" not in said
    usual = _EYE_LEVEL if _indoors(said) else min(USUAL_HEIGHT, max(18.0, 0.25 * extent))
    usual = _WINDOW_LEVEL if "place.outside" in said else usual
    altitude = float(said.get("camera.altitude", usual))
    if said.get("aerial") and altitude < ABOVE_THE_TREES:
        raise refused(
            told.AERIAL_INDOORS if _indoors(said) else told.AERIAL_TOO_LOW,
            altitude=altitude,
            least=ABOVE_THE_TREES,
        )
    return {
        "move": move,
        "direction": _direction(said, move),
        "altitude": altitude,
        "pitch": float(said.get("camera.pitch", _pitch(said, altitude))),
        "heading": float(said.get("camera.heading", 0)),
        "speed": _speed(said, move, altitude),
        "focal": _focal(said),
        "easing": str(said.get("camera.easing", "linear")),
        "handheld": float(said.get("camera.handheld", 0.0 if fixed else 0.3)),
        **({"shutter": float(said["camera.shutter"])} if "camera.shutter" in said else {}),
        **_subject(said),
        **_optics(said, altitude),
    }


def _subject(said: Mapping[str, Setting]) -> dict[str, Json]:
    """What the camera looks at, where that is spoken of, and where it lies in the picture."""
    share, third = float(said.get("camera.share", _PLAIN_SHARE)), said.get("camera.third", "middle")
    if "camera.subject" not in said:
        if share != _PLAIN_SHARE or third != "middle":
            raise refused(told.FRAMES_NOTHING)
        return {}
    if "place.outside" in said:
        raise refused(told.LOOKS_ALONG_ITS_WAY)
    return {"subject": said["camera.subject"], "share": share, "third": third}


def _optics(said: Mapping[str, Setting], altitude: float) -> dict[str, Json]:
    """Aperture and focus, where any is spoken of."""
    focused = [name for name in ("camera.focus", "becomes.focus") if name in said]
    if "camera.aperture" not in said and not focused:
        return {}
    aperture = float(said.get("camera.aperture", _PLAIN_APERTURE))
    if said.get("shallow") and not SHARP_EVERYWHERE < aperture <= SHALLOW:
        raise refused(told.NOT_SHALLOW, most=SHALLOW)
    if aperture == SHARP_EVERYWHERE:
        if "becomes.focus" in said:
            raise refused(told.NO_FOCUS_TO_RACK)
        return {"aperture": None, "focus": None, "racks": []}
    return {"aperture": aperture, "focus": said.get("camera.focus", _focus(said, altitude))}


def _focus(said: Mapping[str, Setting], altitude: float) -> float:
    """Metres to what is sharp when nothing is named."""
    if _indoors(said):
        return _FOCUS_INDOORS
    if altitude < NEAR_THE_GROUND:
        return _FOCUS_AT_THE_GROUND
    pitch = float(said.get("camera.pitch", _pitch(said, altitude)))
    return round(altitude / math.sin(math.radians(max(pitch, LEVEL))), 1)


def _pitch(said: Mapping[str, Setting], altitude: float) -> float:
    """Degrees down that show a place best from a height: less where it stands tall or lies wide.

    Northern lights, stars and lightning are looked at, and so the camera stays level. Near the
    ground it looks up a little, as far as its lens asks: else half of the picture is road.
    """
    if any(said.get(field) for field in ("weather.aurora", "weather.lightning", "stars")):
        return LEVEL
    if "own speed" in said:
        return _RISING  # what the camera rises out of lies below it in the end
    through = said.get("camera.move") == "through-window"
    if altitude < NEAR_THE_GROUND and not through and not _indoors(said):
        rise = (LOW_SKY - 0.5) * _FRAME_WIDTH / _focal(said) / ASPECT
        return round(-math.degrees(math.atan(rise)), 1)
    above = _PITCHES.get(str(said.get("place.family")), PITCH) - LEVEL
    return min(30.0, round(LEVEL + above * altitude / USUAL_HEIGHT, 1))


def _direction(said: Mapping[str, Setting], move: str) -> str | None:
    """The direction of a move that has one."""
    wanted = said.get("camera.direction")
    allowed = _DIRECTIONS.get(move, ())
    if wanted is None:
        return allowed[0] if allowed else None
    if wanted not in allowed:
        raise refused(told.NOT_THAT_WAY, move=Name(move), way=Name(str(wanted)))
    return str(wanted)


def _speed(said: Mapping[str, Setting], move: str, altitude: float) -> float:
    """Metres a second: as a number, or the move's own speed times the words for it."""
    if move == "static":
        for name in ("pace", "camera.speed", "camera.easing"):
            if said.get(name) not in (None, "linear", 0):
                raise refused(told.STATIC_SPEED)
        return 0.0
    if "camera.speed" in said:
        if "pace" in said:
            raise refused(told.SPEED_TWICE)
        return float(said["camera.speed"])
    speeds = _SPEEDS if altitude >= NEAR_THE_GROUND else _SPEEDS_AT_THE_GROUND
    usual = (_SPEEDS_INDOORS if _indoors(said) else speeds)[move]
    own = float(said.get("own speed", usual))
    return round(own * float(said.get("pace", 1)), 3)


def _indoors(said: Mapping[str, Setting]) -> bool:
    return said.get("place.family") == Family.INTERIOR.value


def _focal(said: Mapping[str, Setting]) -> float:
    """Focal length in millimetres, on a frame 36 mm wide."""
    if "field of view" not in said:
        return float(said.get("camera.focal", 31))
    if "camera.focal" in said:
        raise refused(told.LENS_TWICE)
    angle = float(said["field of view"])
    if not 5 <= angle <= 120:
        raise refused(told.NO_SUCH_ANGLE, angle=angle)
    return round(_FRAME_WIDTH / 2 / math.tan(math.radians(angle) / 2), 1)
