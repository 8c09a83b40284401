"""What became of each word of a prompt, told in the language of the prompt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generique.world.reasons import remarks
from generique.world.reasons.telling import LandmarkName, Said
from generique.world.scene import Camera, Change, Focus, SceneDocument
from generique.world.sky.clock import spoken_hour
from generique.world.words.sentence_draft import Item

_SHOWN_AS: dict[str, tuple[str, ...]] = {
    "aerial": ("camera.altitude",),
    "pace": ("camera.speed",),
    "own speed": ("camera.speed",),
    "sky": ("weather.cloud",),
    "sunshine": ("weather.cloud",),
    "backlit": ("time.bearing",),
    "stars": ("weather.cloud",),
    "time.hour": ("time",),
    "foliage": ("season",),
    "hover": ("camera.handheld",),
    "wet": ("weather.rain",),
    "field of view": ("camera.focal",),
    "snow": ("weather.snowfall", "weather.snow_cover"),
    "fps": ("rate",),
    "becomes.time": ("changes",),
    "becomes.cut": ("changes",),
    **{
        f"{cue}{name}": ("changes",)
        for cue in ("becomes.", "when.")
        for name in ("fog", "lamps", "windows", "window", "snowfall", "rain")
    },
    "becomes.focus": ("camera.racks",),
    "when.focus": ("camera.racks",),
    "shallow": ("camera.aperture",),
}
"""Fields of the scene that a word bears on, by what it states."""


def became(item: Item, scene: SceneDocument, language: str) -> str:
    """The fields that a word bears on, with the values that they have in the end.

    Args:
        item: A stretch of the prompt, read.
        scene: That the whole prompt became.
        language: ``en`` or ``fr``; fields have the names of the document in both.
    """
    names: Iterable[str] = dict.fromkeys(
        shown for name in item.fields for shown in _SHOWN_AS.get(name, (name,))
    )
    values = [_field(name, scene, language) for name in names]
    return ", ".join([*values, item.said.say(language)] if item.said is not None else values)


def _change(change: Change) -> Said:
    """A change as text."""
    shown = spoken_hour(change.value % 24) if change.field == "time.hour" else str(change.value)
    text = remarks.BECOMES if change.over else remarks.BECOMES_AT_ONCE
    return text.of(field=change.field, value=shown, over=change.over, at=change.at)


def _focus(focus: Focus) -> Said:
    """What is sharp, as text."""
    if isinstance(focus, str):
        return remarks.FOCUS_ON.of(thing=LandmarkName(focus))
    return remarks.FOCUS_AT.of(metres=focus)


def _focused(name: str, camera: Camera, language: str) -> str:
    """What is sharp at first, or what the focus is pulled to, as text."""
    if name == "camera.focus":
        first = remarks.NO_FOCUS if camera.focus is None else _focus(camera.focus)
        return f"{name} = {first.say(language)}"
    return "; ".join(
        remarks.FOCUS_GOES.of(focus=_focus(rack.to), over=rack.over, at=rack.at).say(language)
        for rack in camera.racks
    )


def _field(name: str, scene: SceneDocument, language: str) -> str:
    """A field as text."""
    if name in ("length", "frames"):
        seconds = float(scene.rate.seconds(scene.frames))
        return remarks.LENGTH.of(seconds=seconds, frames=scene.frames).say(language)
    if name == "time":
        clock = spoken_hour(scene.time.hour)
        return remarks.HOUR.of(clock=clock, day=scene.time.day).say(language)
    if name == "changes":
        return "; ".join(_change(change).say(language) for change in scene.changes)
    if name in ("camera.racks", "camera.focus"):
        return _focused(name, scene.camera, language)
    if name == "rate":
        return f"rate = {scene.rate.fps}"
    value: Any = scene
    for part in name.split("."):
        value = value[int(part)] if part.isdecimal() else getattr(value, part)
    return f"{name} = {value:g}" if isinstance(value, float) else f"{name} = {value}"
