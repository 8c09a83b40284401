"""A note on a take: the scene as it is, changed as the note says, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from generique.model.values import Json
from generique.world.reasons import prompts as told
from generique.world.reasons.telling import refused
from generique.world.scene import SceneDocument, Season
from generique.world.sky.clock import DAYS, latitude_of
from generique.world.sky.sun import hour_of_altitude, sun_at
from generique.world.words.composing import check_weather, compose, settle
from generique.world.words.composing_sky import life_at
from generique.world.words.lexicon_entry import Setting
from generique.world.words.sentence_draft import Rank, Statement


class _Span(NamedTuple):
    """Range of a field, and the least that "more" makes of none."""

    low: float
    high: float
    some: float


_SPANS = {
    "weather.snowfall": _Span(0, 1, 0.3),
    "weather.snow_cover": _Span(0, 1, 0.4),
    "weather.rain": _Span(0, 1, 0.3),
    "weather.fog": _Span(0, 1, 0.2),
    "weather.wind": _Span(0, 40, 4),
    "weather.cloud": _Span(0, 1, 0.3),
    "weather.lightning": _Span(0, 1, 0.3),
    "weather.aurora": _Span(0, 1, 0.3),
    "life.traffic": _Span(0, 1, 0.2),
    "life.birds": _Span(0, 1, 0.2),
    "life.trains": _Span(0, 1, 0.2),
    "life.smoke": _Span(0, 1, 0.3),
    "life.lit_windows": _Span(0, 1, 0.2),
    "camera.speed": _Span(0, 60, 0),
    "camera.altitude": _Span(2, 400, 2),
    "camera.pitch": _Span(-30, 90, 4),
    "camera.focal": _Span(10, 400, 10),
    "camera.handheld": _Span(0, 1, 0.3),
}
_FOLLOW_THE_HOUR = ("life.lamps", "life.lit_windows")
_COPIED = ("time", "season", "weather", "life", "camera")


def revise(scene: SceneDocument, statements: Sequence[Statement]) -> dict[str, Json]:
    """The scene document with a note's statements applied.

    Args:
        scene: As the take before had it.
        statements: Of the note; those on ``scale`` fields multiply what is there.

    Raises:
        NotCapable: The note contradicts itself, changes what is not there, or asks for
            what cannot be shown together.
    """
    said = _present(scene)
    wanted = settle([s for s in statements if s.rank > Rank.IMPLIED or _is_none(said, s)])
    _follow_the_season(scene, said, wanted)
    _follow_the_hour(scene, said, wanted)
    _follow_the_move(said, wanted)
    said.update(wanted)
    _drop_replaced(said, wanted)
    for statement in statements:
        if statement.field.startswith("scale "):
            _scale(said, wanted, statement)
    if "time.bearing" not in said and "camera.heading" not in wanted:
        # The picture's heading is the scene's own and says nothing about the compass.
        heading = said.pop("camera.heading")
        parts = compose(said, scene.place.extent)
        cast("dict[str, Json]", parts["camera"])["heading"] = heading
    else:
        parts = compose(said, scene.place.extent)
    weather = cast("Mapping[str, float]", parts["weather"])
    check_weather(cast("str", parts["season"]), weather)
    document: dict[str, Json] = scene.to_json()
    for name in _COPIED:
        old, new = document[name], parts[name]
        document[name] = {**old, **new} if isinstance(old, dict) and isinstance(new, dict) else new
    return document


def _present(scene: SceneDocument) -> dict[str, Setting]:
    """The scene as if every field of it had been said."""
    said: dict[str, Setting] = {"season": scene.season.value}
    said["place.country"] = scene.place.country.value
    said["place.family"] = scene.place.family.value
    if scene.place.outside is not None:
        said["place.outside"] = scene.place.outside.value
    for name in ("time", "weather", "life", "camera"):
        part = getattr(scene, name).to_json()
        said.update({f"{name}.{key}": value for key, value in part.items() if value is not None})
    return said


def _is_none(said: Mapping[str, Setting], statement: Statement) -> bool:
    """True for an implied field (lying snow, where it is to snow) that the scene has none of."""
    return not said.get(statement.field)


def _follow_the_season(
    scene: SceneDocument, said: dict[str, Setting], wanted: Mapping[str, Setting]
) -> None:
    """Let a new season bring its day, with the sun as high as before where it can be."""
    if wanted.get("season", scene.season) == scene.season or "time.day" in wanted:
        return
    time, latitude = scene.time, latitude_of(scene)
    height = sun_at(time.hour, time.day, latitude).altitude
    day = DAYS[Season(str(wanted["season"]))]
    hour = hour_of_altitude(height, day, latitude, setting=time.hour >= 12)
    said["time.day"] = day
    if hour is not None:
        said["time.hour"] = round(hour, 2) % 24
    _turn_the_set(scene, said)


def _turn_the_set(scene: SceneDocument, said: dict[str, Setting]) -> None:
    """Turn the sky again, unless the compass was set by a word of direction."""
    if scene.time.bearing != 0:
        del said["time.bearing"]


def _follow_the_hour(
    scene: SceneDocument, said: dict[str, Setting], wanted: Mapping[str, Setting]
) -> None:
    """Let lamps, windows and sky change with the hour, unless they were set otherwise by hand."""
    if {"sky", "sunshine", "stars", "backlit"} & set(wanted):
        del said["weather.cloud"]
    if not {"time", "time.hour"} & set(wanted):
        return
    if "time.hour" not in wanted:
        del said["time.hour"]
    if "time.bearing" in said:
        _turn_the_set(scene, said)
    life = life_at(scene.time, scene.place.country)
    for name in _FOLLOW_THE_HOUR:
        if said[name] == life[name.removeprefix("life.")]:
            del said[name]


def _follow_the_move(said: dict[str, Setting], wanted: Mapping[str, Setting]) -> None:
    """Let a new move bring its own speed where the old has none, and its own direction."""
    move = wanted.get("camera.move", said["camera.move"])
    if move == said["camera.move"]:
        return
    said.pop("camera.direction", None)
    if "static" in (move, said["camera.move"]):
        for name in ("camera.speed", "camera.easing", "camera.handheld"):
            said.pop(name, None)


def _drop_replaced(said: dict[str, Setting], wanted: Mapping[str, Setting]) -> None:
    """Take away what the note says in another way: a pace for a speed, an angle for a lens."""
    if "pace" in wanted:
        said.pop("camera.speed", None)
    if "field of view" in wanted and "camera.focal" not in wanted:
        said.pop("camera.focal", None)
    if said["camera.move"] == "static" and "camera.speed" not in wanted:
        said.pop("camera.speed", None)


def _scale(said: dict[str, Setting], wanted: Mapping[str, Setting], statement: Statement) -> None:
    """Multiply a field, within its range.

    Raises:
        NotCapable: There is none to lessen, no more to be had, or the note also sets it.
    """
    name = statement.field.removeprefix("scale ")
    factor = float(statement.value)
    if name == "snow":
        falling = float(said.get("weather.snowfall", 0)) > 0
        name = "weather.snowfall" if falling or factor > 1 else "weather.snow_cover"
    if name in wanted or (name == "camera.speed" and "pace" in wanted):
        raise refused(told.CHANGED_AND_SET, words=statement.text)
    if name == "camera.speed" and said["camera.move"] == "static":
        raise refused(told.STANDS_STILL, words=statement.text)
    if name not in said:
        raise refused(told.NOT_YET, words=statement.text)
    span, value = _SPANS[name], float(said[name])
    changed = max(value * factor, span.some) if factor > 1 else value * factor
    changed = round(min(max(changed, span.low), span.high), 3)
    if changed == value:
        raise refused(
            told.NO_MORE if factor > 1 else told.NO_LESS,
            words=statement.text,
            field=told.document_field(name),
            value=value,
        )
    said[name] = changed
