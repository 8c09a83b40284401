"""A note on a take: the scene as it is, changed as the note says, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from generique.model.errors import NotCapable
from generique.model.values import Json
from generique.world.composing import check_weather, compose, settle
from generique.world.lexicon_entry import Setting
from generique.world.scene import SceneDocument, TimeOfDay
from generique.world.sentence_draft import Rank, Statement


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
    "life.traffic": _Span(0, 1, 0.2),
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
    _follow_the_hour(said, wanted)
    _follow_the_move(said, wanted)
    said.update(wanted)
    _drop_replaced(said, wanted)
    for statement in statements:
        if statement.field.startswith("scale "):
            _scale(said, wanted, statement)
    parts = compose(said, scene.place.extent)
    weather = cast("Mapping[str, float]", parts["weather"])
    check_weather(cast("str", parts["season"]), weather)
    document: dict[str, Json] = scene.to_json()
    document.update({name: parts[name] for name in _COPIED})
    return document


def _present(scene: SceneDocument) -> dict[str, Setting]:
    """The scene as if every field of it had been said."""
    said: dict[str, Setting] = {"time": scene.time.value, "season": scene.season.value}
    for name in ("weather", "life", "camera"):
        part = getattr(scene, name).to_json()
        said.update({f"{name}.{key}": value for key, value in part.items() if value is not None})
    return said


def _is_none(said: Mapping[str, Setting], statement: Statement) -> bool:
    """True for an implied field (lying snow, where it is to snow) that the scene has none of."""
    return not said.get(statement.field)


def _follow_the_hour(said: dict[str, Setting], wanted: Mapping[str, Setting]) -> None:
    """Let lamps and windows change with the hour, unless they were set otherwise by hand."""
    if wanted.get("time", said["time"]) == said["time"]:
        return
    before = compose({"time": said["time"]}, 1024)
    life = cast("Mapping[str, Setting]", before["life"])
    for name in _FOLLOW_THE_HOUR:
        if said[name] == life[name.removeprefix("life.")]:
            del said[name]
    if said["time"] == TimeOfDay.OVERCAST_DAY.value:
        said.pop("sky", None)


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
        raise NotCapable(
            "the note contradicts itself",
            why=f'"{statement.text}" changes what the note also sets',
            next_step="keep one of the two",
        )
    if name == "camera.speed" and said["camera.move"] == "static":
        raise NotCapable(
            f'"{statement.text}": the camera of this take stands still',
            next_step='name a move, for example "slow push-in"',
        )
    span, value = _SPANS[name], float(said[name])
    changed = max(value * factor, span.some) if factor > 1 else value * factor
    changed = round(min(max(changed, span.low), span.high), 3)
    if changed == value:
        raise NotCapable(
            f'"{statement.text}": there is {"no more" if factor > 1 else "no less"} to be had',
            why=f"{name} is {value:g} already",
            next_step="leave these words out",
        )
    said[name] = changed
