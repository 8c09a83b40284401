"""The scene document: a shot in declarative, versioned, seeded form.

A prompt is read into it (:mod:`generique.world.words.reading`), everything drawn follows from it,
and a person may edit it. Units are metres, seconds, degrees; x points east, y north, z up; the main
street of a place runs along +y through x = 0 near the origin.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    Field,
    PositiveInt,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from generique.model.element import Easing
from generique.model.time import Rate
from generique.model.values import Value
from generique.world.reasons import documents
from generique.world.reasons.telling import Name, Unfit
from generique.world.scene_history import upgraded


class TimeOfDay(StrEnum):
    """Named times; :mod:`generique.world.sky.clock` says what hour each is.

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
    PAN = "pan"
    TILT = "tilt"
    WHIP = "whip"
    THROUGH = "through-window"


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


class Room(StrEnum):
    """What an interior is; ``corridor`` leaves it to the seed which one."""

    CORRIDOR = "corridor"
    HOSPITAL = "hospital corridor"
    OFFICE = "office corridor"
    HOTEL = "hotel corridor"
    LIVING = "living room"
    HOTEL_ROOM = "hotel room"
    BEDROOM = "bedroom"


_HOMELY = (Room.LIVING, Room.BEDROOM)
WINDOWS: Mapping[Family, tuple[Room, ...]] = {
    Family.SUBURB: _HOMELY,
    Family.FARMLAND: _HOMELY,
    Family.LAKE: _HOMELY,
    Family.COAST: _HOMELY,
    Family.MOUNTAINS: _HOMELY,
    Family.BOREAL_FOREST: _HOMELY,
    Family.BROADLEAF_FOREST: _HOMELY,
    Family.CITY: (Room.HOTEL_ROOM, *_HOMELY),
}
"""Places that a window opens on, and the rooms that each can be seen from."""


class Place(Value):
    """Where; everything built follows from these values alone.

    Attributes:
        extent: Side of the square that is built in detail, metres (100 for tests).
        room: Of an interior; None leaves it to the seed.
        outside: Of a room of :data:`WINDOWS`: the place that it is built in, so that a camera can
            go through its window; None shows a garden behind the window. Which spot of the place
            the room has follows from the seed.
    """

    family: Family = Family.SUBURB
    country: Country = Country.CANADA
    seed: int
    extent: float = Field(ge=100, le=2048, default=1024)
    room: Room | None = None
    outside: Family | None = None

    @model_validator(mode="after")
    def _rooms_belong_to_interiors(self) -> Self:
        if self.family is not Family.INTERIOR and (self.room or self.outside):
            raise ValueError(f"a {self.family} is no room; take family {Family.INTERIOR}")
        if self.outside is not None and self.room not in WINDOWS.get(self.outside, ()):
            opens = "; ".join(f"{family}: {', '.join(rooms)}" for family, rooms in WINDOWS.items())
            raise ValueError(f"what has a way through its window is, by place.outside, {opens}")
        return self

    @model_serializer(mode="wrap")
    def _as_it_was_said(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without what is not said, so that places of before keep their digests."""
        said: dict[str, Any] = handler(self)
        return {name: value for name, value in said.items() if value is not None}


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


FASTEST_WAY = 60.0
"""Metres a second."""
_THROUGH = Name(Move.THROUGH.value)


def _possible_speed(move: Move, speed: float) -> None:
    """Only a turning camera may have more than :data:`FASTEST_WAY`, in degrees.

    Raises:
        ValueError: It moves faster.
    """
    if move not in (Move.PAN, Move.TILT, Move.WHIP) and speed > FASTEST_WAY:
        named = Name(move.value)
        raise Unfit(documents.GOES_TOO_FAST.of(move=named, speed=speed, most=FASTEST_WAY))


class Leg(Value):
    """A further move of the camera, which goes on where the one before it ends.

    Attributes:
        direction: As in :class:`Camera`.
        speed: Mean metres a second; for pan, tilt and whip degrees.
        seconds: How long it takes; None shares evenly what the others leave.
    """

    move: Move
    direction: Literal["left", "right", "up", "down"] | None = None
    speed: float = Field(ge=0, le=360)
    easing: Easing = Easing.LINEAR
    seconds: float | None = Field(ge=1, le=120, default=None)

    @model_validator(mode="after")
    def _speed_is_possible(self) -> Self:
        _possible_speed(self.move, self.speed)
        return self


Focus: TypeAlias = (
    Annotated[float, Field(ge=0.3, le=14000)] | Annotated[str, Field(min_length=2, max_length=60)]
)
"""What is sharp: metres along the camera's axis, or a landmark by its words, which is followed."""


class Rack(Value):
    """A pull of the focus from what was sharp to something else, eased at both ends.

    Attributes:
        at: Seconds from the first frame.
        over: Seconds that it takes; 0 is at once.
        to: What is sharp from then on.
    """

    at: float = Field(ge=0, le=120)
    over: float = Field(ge=0, le=120, default=1)
    to: Focus


_OPTICS: dict[str, Any] = {"aperture": None, "focus": None, "racks": ()}
"""Fields of a lens that is not sharp everywhere; left out of documents while they say nothing."""


class Camera(Value):
    """The camera and its move.

    Attributes:
        direction: For truck, pan and whip ``left`` or ``right``; crane and tilt ``up`` or ``down``;
            orbit ``left`` (the camera moves to its left, clockwise seen from above) or ``right``;
            through-window ``out`` of the room or ``in``; else None. ``static`` where
            ``place.outside`` is said looks out of the window from within the room.
        altitude: Height of the lens above ground at the first frame, metres.
        pitch: Degrees below the horizon at the first frame, positive looks down.
        heading: Degrees clockwise from north (+y, along the main street); below 16.5 m counted from
            the street itself, in quarter turns.
        speed: Mean metres a second along the path over the whole move, for pan, tilt and whip
            degrees; easing spreads the way over the move and leaves its length.
        focal: Focal length in millimetres on a 36 mm wide frame.
        handheld: 0 locked off, 0.3 drone in light wind, 1 shoulder.
        shutter: Degrees that the shutter is open; 180 is half of each frame.
        then: Further moves, in order.
        subject: Landmark that the first move looks at all the while, by its words (``red house``);
            ``heading`` is then where it is seen from, and ``pitch`` follows.
        share: Of the picture's height that the subject takes at the first frame.
        third: Where in the picture's width the subject stays.
        aperture: f-number of the lens; None draws everything sharp.
        focus: What is sharp at the first frame; goes with an aperture.
        racks: Pulls of the focus, in order of time, one after the other.
    """

    move: Move
    direction: Literal["left", "right", "up", "down", "out", "in"] | None = None
    altitude: float = Field(ge=0.3, le=400)
    pitch: float = Field(ge=-30, le=90)
    heading: float = Field(ge=-360, le=360, default=0)
    speed: float = Field(ge=0, le=360)
    focal: float = Field(ge=10, le=400, default=31)
    easing: Easing = Easing.LINEAR
    handheld: float = Field(ge=0, le=1, default=0.3)
    shutter: float = Field(ge=1, le=360, default=180)
    then: tuple[Leg, ...] = Field(max_length=5, default=())
    subject: str | None = Field(min_length=2, max_length=60, default=None)
    share: float = Field(gt=0, le=0.9, default=0.25)
    third: Literal["left", "middle", "right"] = "middle"
    aperture: float | None = Field(ge=0.7, le=64, default=None)
    focus: Focus | None = None
    racks: tuple[Rack, ...] = Field(max_length=5, default=())

    @model_validator(mode="after")
    def _speed_is_possible(self) -> Self:
        _possible_speed(self.move, self.speed)
        return self

    @model_validator(mode="after")
    def _focus_is_possible(self) -> Self:
        if (self.aperture is None) != (self.focus is None):
            raise Unfit(documents.APERTURE_AND_FOCUS)
        if self.racks and self.focus is None:
            raise Unfit(documents.RACK_WITHOUT_FOCUS)
        if any(one.at + one.over > other.at for one, other in pairwise(self.racks)):
            raise Unfit(documents.RACKS_OVERLAP)
        return self

    @model_serializer(mode="wrap")
    def _without_idle_optics(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Documents of cameras that are sharp everywhere stay what they were, byte for byte."""
        found: dict[str, Any] = handler(self)
        return {
            name: value
            for name, value in found.items()
            if name not in _OPTICS or getattr(self, name) != _OPTICS[name]
        }


class Grade(Value):
    """How the picture is finished, beside what its hour asks for; 1 is the look's own amount.

    Attributes:
        view: From light to picture: ``agx``, the look's own curve, or ``aces``, the output
            transform of ACES 2.0 for 100 nit.
        stops: Added to the exposure.
        saturation: Factor.
        grain: Factor on the film's grain.
        bloom: Factor on the light scattered in the lens.
        vignette: Factor on the fall-off towards the corners.
        flare: Mirror images of bright lights between the lenses, 0 to 1.
        distortion: Of the lens: how far the corner of the picture lies outside its place, as a
            share of its distance from the middle; below 0 inside (barrel).
    """

    view: Literal["agx", "aces"] = "agx"
    stops: float = Field(ge=-6, le=6, default=0)
    saturation: float = Field(ge=0, le=2, default=1)
    grain: float = Field(ge=0, le=4, default=1)
    bloom: float = Field(ge=0, le=4, default=1)
    vignette: float = Field(ge=0, le=4, default=1)
    flare: float = Field(ge=0, le=1, default=0)
    distortion: float = Field(ge=-0.15, le=0.15, default=0)


class Life(Value):
    """Signs of life, from 0, none, to 1.

    Attributes:
        lit_windows: Share of occupied houses' windows that are lit.
        lamps: True when the street lamps burn.
        birds: How many birds fly, where a place has some.
        boats: How many boats are out, where there is water for them.
        trains: How long the train is that passes, where a railway runs; 0 for none.
    """

    traffic: float = Field(ge=0, le=1, default=0.3)
    smoke: float = Field(ge=0, le=1, default=0.3)
    lit_windows: float = Field(ge=0, le=1, default=0.44)
    lamps: bool = True
    birds: float = Field(ge=0, le=1, default=0.4)
    boats: float = Field(ge=0, le=1, default=0.4)
    trains: float = Field(ge=0, le=1, default=0.0)


class Change(Value):
    """Something that becomes otherwise during the shot; nothing that it may touch moves anything.

    Attributes:
        at: Seconds from the first frame.
        over: Seconds that it takes; 0 is at once.
        field: What changes.
        value: What it becomes; an hour beyond 24 is one of the next day.
    """

    at: float = Field(ge=0, le=120)
    over: float = Field(ge=0, le=120, default=0)
    field: Literal[
        "time.hour",
        "weather.cloud",
        "weather.fog",
        "weather.snow_cover",
        "weather.snowfall",
        "weather.rain",
        "life.lamps",
        "life.lit_windows",
    ]
    value: bool | float


class SceneDocument(Value):
    """One shot of the ``world``.

    Attributes:
        grammar: Version of the place grammar and look that this document was written for.
        seed: Seed of all that moves (snow, cars, hand); the place has its own.
        frames: Length, handles included.
        changes: What becomes otherwise, in order of time.
        grade: How the picture is finished.

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
    changes: tuple[Change, ...] = Field(max_length=8, default=())
    grade: Grade = Grade()

    @model_validator(mode="after")
    def _a_window_is_gone_through_first(self) -> Self:
        through, opens = self.camera.move is Move.THROUGH, self.place.outside is not None
        looks_out = opens and self.camera.move is Move.STATIC
        if through is not opens and not looks_out:
            raise Unfit(documents.NEEDS_AN_OUTSIDE.of(move=_THROUGH))
        if any(leg.move is Move.THROUGH for leg in self.camera.then):
            raise Unfit(documents.FIRST_OR_NONE.of(move=_THROUGH))
        if opens and self.camera.subject is not None:
            raise Unfit(documents.NO_SUBJECT_THERE.of(move=_THROUGH))
        return self

    @model_validator(mode="after")
    def _changes_are_possible(self) -> Self:
        if any(one.at > other.at for one, other in pairwise(self.changes)):
            raise Unfit(documents.CHANGES_OUT_OF_ORDER)
        for change in self.changes:
            self.at_rest().with_field(change.field, change.value)
        return self

    def at_rest(self) -> Self:
        """The scene as it is at its first frame, without changes."""
        return self.model_copy(update={"changes": ()})

    def field(self, name: str) -> Any:
        """The value of a field of a part, named with a point: ``weather.fog``."""
        part, _, field = name.partition(".")
        return getattr(getattr(self, part), field)

    def with_field(self, name: str, value: Any) -> Self:
        """The same scene with another value in a field of a part.

        Raises:
            ValidationError: The value is none that the field can have.
        """
        part, _, field = name.partition(".")
        old: Value = getattr(self, part)
        value = value % 24 if name == "time.hour" else value
        new = type(old).model_validate({**old.model_dump(), field: value})
        return self.model_copy(update={part: new})

    @classmethod
    def read(cls, data: Mapping[str, Any] | str | bytes, *, where: str) -> Self:
        """As :meth:`Value.read`, of documents of scene/1 too."""
        return super().read(upgraded(data), where=where)
