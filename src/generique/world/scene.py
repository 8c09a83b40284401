"""The scene document: a shot in declarative, versioned, seeded form.

A prompt is read into it (:mod:`generique.world.words`), everything drawn follows from it, and a
person may edit it. Units are metres, seconds, degrees; x points east, y north, z up; the main
street of a place runs along +y through x = 0 near the origin.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field, PositiveInt, model_validator

from generique.model.element import Easing
from generique.model.time import Rate
from generique.model.values import Value
from generique.world.scene_history import upgraded


class TimeOfDay(StrEnum):
    """Named times; :mod:`generique.world.clock` says what hour each is.

    The first four are the hours of scene/1.
    """

    NIGHT = "night"
    DAWN = "dawn"
    DUSK = "dusk"
    OVERCAST_DAY = "overcast-day"
    MIDNIGHT = "midnight"
    DEEP_NIGHT = "deep-night"
    SUNRISE = "sunrise"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    GOLDEN_HOUR = "golden-hour"
    SUNSET = "sunset"
    BLUE_HOUR = "blue-hour"


class Season(StrEnum):
    """The season, as foliage and ground."""

    WINTER = "winter"
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"


class Move(StrEnum):
    """Camera moves."""

    STATIC = "static"
    PUSH_IN = "push-in"
    PULL_BACK = "pull-back"
    TRUCK = "truck"
    CRANE = "crane"
    ORBIT = "orbit"


class Family(StrEnum):
    """What kind of place; each has a grammar of its own."""

    SUBURB = "residential-suburb"
    TERRACES = "terraced-street"
    BLOCKS = "housing-blocks"
    MAIN_STREET = "main-street"
    CITY = "city"
    INDUSTRY = "industrial-port"
    FARMLAND = "farmland"
    BOREAL_FOREST = "boreal-forest"
    BROADLEAF_FOREST = "broad-leaved-forest"
    LAKE = "lake"
    RIVER = "river"
    COAST = "sea-coast"
    MOUNTAINS = "mountain-valley"
    DESERT = "desert"
    HIGHWAY = "highway"
    INTERIOR = "interior"


class Country(StrEnum):
    """Where in the world: architecture, road marks, lamps and plants follow."""

    CANADA = "canada"
    UNITED_STATES = "united-states"
    FRANCE = "france"
    UNITED_KINGDOM = "united-kingdom"
    NORWAY = "norway"
    RUSSIA = "russia"
    JAPAN = "japan"


class Place(Value):
    """Where; everything built follows from these values alone.

    Attributes:
        extent: Side of the square that is built in detail, metres (100 for tests).
    """

    family: Family = Family.SUBURB
    country: Country = Country.CANADA
    seed: int
    extent: float = Field(ge=100, le=2048, default=1024)


class Time(Value):
    """The hour and where in the year and on the globe it is: sun and moon follow from it.

    Attributes:
        hour: Local solar time; the sun is highest at 12.
        day: Of the year, 1 to 366. Leaves and snow follow the season, light follows the day.
        latitude: Degrees, north positive; None takes the country's.
        moon: Its age: 0 new, 0.25 first quarter, 0.5 full, 0.75 last quarter.
        bearing: Compass bearing of +y in degrees. At 0 the main street runs north; another value
            turns the sky over the place, so that the sun stands where the picture needs it.
    """

    hour: float = Field(ge=0, lt=24)
    day: int = Field(ge=1, le=366)
    latitude: float | None = Field(ge=-90, le=90, default=None)
    moon: float = Field(ge=0, le=1, default=0.5)
    bearing: float = Field(ge=-360, le=360, default=0)


class Weather(Value):
    """Amounts from 0, none, to 1, as much as there can be.

    Attributes:
        snow_cover: Snow lying on ground, roofs and branches.
        wind: Wind in metres a second.
        cloud: Share of the sky that is covered. What falls brings its own cloud, at least.
        lightning: How often it flashes; 1 is a flash every two or three seconds.
        aurora: Brightness of northern lights.
    """

    snow_cover: float = Field(ge=0, le=1, default=0)
    snowfall: float = Field(ge=0, le=1, default=0)
    rain: float = Field(ge=0, le=1, default=0)
    fog: float = Field(ge=0, le=1, default=0.15)
    wind: float = Field(ge=0, le=40, default=3)
    cloud: float = Field(ge=0, le=1, default=0.35)
    lightning: float = Field(ge=0, le=1, default=0)
    aurora: float = Field(ge=0, le=1, default=0)


class Camera(Value):
    """The camera and its move.

    Attributes:
        direction: For truck ``left`` or ``right``; crane ``up`` or ``down``; orbit ``left`` (the
            camera moves to its left, clockwise seen from above) or ``right``; else None.
        altitude: Height of the lens above ground at the first frame, metres.
        pitch: Degrees below the horizon at the first frame, positive looks down.
        heading: Degrees clockwise from north (+y, along the main street); below 16.5 m counted from
            the street itself, in quarter turns.
        speed: Mean metres a second along the path over the whole take; easing spreads the way
            over the take and leaves its length.
        focal: Focal length in millimetres on a 36 mm wide frame.
        handheld: 0 locked off, 0.3 drone in light wind, 1 shoulder.
    """

    move: Move
    direction: Literal["left", "right", "up", "down"] | None = None
    altitude: float = Field(ge=2, le=400)
    pitch: float = Field(ge=-30, le=90)
    heading: float = Field(ge=-360, le=360, default=0)
    speed: float = Field(ge=0, le=60)
    focal: float = Field(ge=10, le=400, default=31)
    easing: Easing = Easing.LINEAR
    handheld: float = Field(ge=0, le=1, default=0.3)


class Life(Value):
    """Signs of life, from 0, none, to 1.

    Attributes:
        lit_windows: Share of occupied houses' windows that are lit.
        lamps: True when the street lamps burn.
        birds: How many birds fly, where a place has some.
        boats: How many boats are out, where there is water for them.
    """

    traffic: float = Field(ge=0, le=1, default=0.3)
    smoke: float = Field(ge=0, le=1, default=0.3)
    lit_windows: float = Field(ge=0, le=1, default=0.44)
    lamps: bool = True
    birds: float = Field(ge=0, le=1, default=0.4)
    boats: float = Field(ge=0, le=1, default=0.4)


class SceneDocument(Value):
    """One shot of the ``world``.

    Attributes:
        grammar: Version of the place grammar and look that this document was written for.
        seed: Seed of all that moves (snow, cars, hand); the place has its own.
        frames: Length, handles included.

    A document of scene/1 is read too, and so is the name of one of its four hours as ``time``.
    """

    schema_version: Literal["generique/scene/2"] = "generique/scene/2"
    grammar: Literal["2"] = "2"
    place: Place
    time: Time
    season: Season
    weather: Weather
    camera: Camera
    life: Life
    rate: Rate
    frames: PositiveInt
    seed: int

    @model_validator(mode="before")
    @classmethod
    def _of_today(cls, data: object) -> object:
        return upgraded(data) if isinstance(data, dict) else data
