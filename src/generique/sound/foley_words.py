"""From the words of a prompt to the layers of an effect.

A prompt names sounds, each with words that bend it: *soft winter wind, distant city hum, a car
passing left to right*. A word bends the sound that follows it within the same comma, else the
sound before it. A word that cannot bend its sound is refused: wind does not pass left to right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from pydantic import Field, TypeAdapter, ValidationError

from generique.model.element import SceneEvent
from generique.model.errors import NotCapable
from generique.model.values import Value
from generique.model.vocabulary import Match
from generique.sound.reading import FILLERS, Heard, only_options, read_words

OPTIONS = frozenset({"events"})
"""``events``: a JSON list of scene events of the picture, for sound that follows it."""

EVENT_KINDS = frozenset({"car-pass"})
_MOST_EVENTS = 400


class Source(StrEnum):
    """What sounds."""

    WIND = "wind"
    RAIN = "rain"
    HUSH = "snow hush"
    DAWN = "dawn air"
    CITY = "city"
    CAR = "car pass"


class Layer(Value):
    """One sound of an effect.

    Attributes:
        strength: 0 hardly there, 1 as much as there can be.
        distance_m: Of a car at its nearest.
        pan_from: Place of a car at the start, -1 left to 1 right.
        pan_to: Place at the end.
        snow: Whether snow lies on the ground.
        leaves: Whether wind finds leaves.
    """

    source: Source
    strength: float = Field(ge=0, le=1, default=0.4)
    distance_m: float = Field(gt=0, default=12.0)
    pan_from: float = Field(ge=-1, le=1, default=-0.8)
    pan_to: float = Field(ge=-1, le=1, default=0.8)
    snow: bool = False
    leaves: bool = False


_SOUNDS: dict[str, tuple[str, ...]] = {
    "wind": ("wind", "breeze", "gusts", "gusts of wind", "wind blowing"),
    "rain": ("rain", "rainfall", "raindrops", "drizzle", "shower"),
    "snow hush": (
        "hush",
        "snow hush",
        "night hush",
        "hush of snow",
        "silence of snow",
        "snowfall",
        "falling snow",
        "snow falling",
        "quiet of snow",
    ),
    "dawn air": ("dawn air", "dawn", "morning air", "air", "room tone", "open air"),
    "city": (
        "city",
        "city hum",
        "hum of a city",
        "hum of the city",
        "town hum",
        "traffic",
        "traffic hum",
        "city rumble",
        "city traffic",
        "city ambience",
    ),
    "car pass": ("car", "car passing", "car passes", "car pass", "passing car", "car drives by"),
}
_BENDS: dict[str, tuple[str, ...]] = {
    "strength=0.12": ("very soft", "faint", "barely audible", "hardly audible", "very light"),
    "strength=0.25": ("soft", "light", "gentle", "quiet", "calm", "low", "thin", "slow"),
    "strength=0.5": ("moderate", "steady", "medium"),
    "strength=0.75": ("strong", "heavy", "loud", "hard", "busy"),
    "strength=1": ("storm", "howling", "torrential", "violent", "gale"),
    "distance=far": ("distant", "far", "far away", "far off", "in the distance", "remote"),
    "distance=near": ("close", "near", "nearby", "close by"),
    "path=left to right": ("left to right", "from left to right"),
    "path=right to left": ("right to left", "from right to left"),
    "ground=snow": ("snowy", "on snow", "in snow", "in the snow", "over snow", "snow", "on ice"),
    "season=winter": ("winter", "wintry", "cold", "icy", "bare branches", "frosty"),
    "season=leaves": ("leaves", "in leaves", "in trees", "trees", "through trees", "summer"),
    "hour=night": ("night", "nocturnal", "at night", "late night", "midnight"),
    "hour=morning": ("early", "morning", "before sunrise", "early morning", "winter morning"),
    "place=open": ("suburban", "suburb", "residential", "street", "empty street", "outdoors"),
}
PHRASES = {phrase: meaning for meaning, words in (_SOUNDS | _BENDS).items() for phrase in words}
"""What foley understands."""

_TAKES: dict[Source, frozenset[str]] = {
    Source.WIND: frozenset({"strength", "distance", "season", "hour", "place", "ground"}),
    Source.RAIN: frozenset({"strength", "distance", "season", "hour", "place", "ground"}),
    Source.HUSH: frozenset({"strength", "season", "hour", "place", "ground"}),
    Source.DAWN: frozenset({"strength", "season", "hour", "place", "ground"}),
    Source.CITY: frozenset({"strength", "distance", "season", "hour", "place", "ground"}),
    Source.CAR: frozenset({"strength", "distance", "path", "season", "hour", "place", "ground"}),
}
_USUAL = {Source.WIND: 0.3, Source.HUSH: 0.3, Source.DAWN: 0.3, Source.CITY: 0.35}
_BREAKS = frozenset(",.;:!?()/\n")


def read_foley(
    prompt: str, options: Mapping[str, str]
) -> tuple[tuple[Layer, ...], tuple[SceneEvent, ...] | None, tuple[Heard, ...]]:
    """Layers, the picture's events (None when not given), and what became of each word.

    Raises:
        NotCapable: Words, options or events that are not understood or that do not go together.
    """
    only_options(options, OPTIONS, what="foley")
    matches = read_words(prompt, PHRASES, FILLERS, what="an effect")
    events = _events(options["events"]) if "events" in options else None
    layers: list[Layer] = []
    heard: dict[int, Heard] = {}
    for source, bends in _phrases(prompt, matches):
        layers.append(_layer(source, bends))
        for match in bends:
            heard[match.start] = _heard(match, f"{source.value}: {match.meaning}")
    for match in matches:
        heard.setdefault(match.start, _heard(match, match.meaning or ""))
    return tuple(layers), events, tuple(heard[start] for start in sorted(heard))


def _phrases(prompt: str, matches: tuple[Match, ...]) -> Iterator[tuple[Source, list[Match]]]:
    """Each sound with the words that bend it, in order."""
    found: list[tuple[Source, list[Match]]] = []
    waiting: list[Match] = []
    end = 0
    for match in matches:
        broken = any(mark in _BREAKS for mark in prompt[end : match.start])
        end = match.end
        if broken and found:
            found[-1][1].extend(waiting)
            waiting = []
        if match.quantity is not None:
            raise NotCapable(f"{match.text!r} means nothing to foley", unknown=(match.text,))
        if match.meaning in _SOUNDS:
            found.append((Source(match.meaning), waiting))
            waiting = []
        elif match.meaning:
            waiting.append(match)
    if not found:
        raise NotCapable(
            "the prompt names no sound",
            unknown=tuple(match.text for match in waiting),
            next_step=f"name one of {', '.join(_SOUNDS)}",
        )
    found[-1][1].extend(waiting)
    yield from found


def _layer(source: Source, bends: list[Match]) -> Layer:
    said: dict[str, str] = {}
    for match in bends:
        matter, _, value = (match.meaning or "").partition("=")
        if matter not in _TAKES[source] or (source is not Source.WIND and value == "leaves"):
            raise NotCapable(
                f"{match.text!r} says nothing about {source.value}", unknown=(match.text,)
            )
        if said.get(matter, value) != value:
            raise NotCapable(
                f"{match.text!r} contradicts what is said of {source.value} before",
                unknown=(match.text,),
            )
        said[matter] = value
    strength = float(said.get("strength", _USUAL.get(source, 0.4)))
    far, near = said.get("distance") == "far", said.get("distance") == "near"
    if source is not Source.CAR:
        strength = min(1.0, max(0.0, strength + (-0.12 if far else 0.12 if near else 0.0)))
    side = -0.8 if said.get("path") == "right to left" else 0.8
    return Layer(
        source=source,
        strength=strength,
        distance_m=60.0 if far else 5.0 if near else 12.0,
        pan_from=-side,
        pan_to=side,
        snow=said.get("ground") == "snow" or said.get("season") == "winter",
        leaves=said.get("season") == "leaves",
    )


def _events(text: str) -> tuple[SceneEvent, ...]:
    try:
        events = TypeAdapter(tuple[SceneEvent, ...]).validate_json(text)
    except ValidationError as error:
        fault = error.errors()[0]
        raise NotCapable(
            "the events are not a list of scene events",
            where=".".join(str(part) for part in fault["loc"]) or None,
            why=str(fault["msg"])[:200],
        ) from error
    strange = tuple(sorted({event.kind[:40] for event in events} - EVENT_KINDS))
    if strange or len(events) > _MOST_EVENTS:
        raise NotCapable(
            f"foley cannot follow {', '.join(strange) or f'{len(events)} events'}",
            unknown=strange,
            next_step=f"events may be {', '.join(sorted(EVENT_KINDS))}, at most {_MOST_EVENTS}",
        )
    return events


def _heard(match: Match, became: str) -> Heard:
    return Heard(start=match.start, end=match.end, text=match.text, became=became)
