"""Scene documents as TOML, which a person edits and shoots again.

The same fields as in the JSON document, with the names of :mod:`generique.world.scene`.
``schema`` stands for ``schema_version``, ``rate`` is a text ("24", "24000/1001"), and what is None
is left out.
What a field can be stands beside it as a comment, taken from the document's own schema, so that the
text is never behind it.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tomlkit
from pydantic import ValidationError
from tomlkit.items import AoT, Item, Table

from generique.model.errors import UnreadableInput
from generique.model.time import Rate
from generique.model.values import Json
from generique.model.vocabulary import nearest
from generique.world.reasons import documents as told
from generique.world.reasons.telling import Illegible, Said, Text, Unfit, illegible, told_in
from generique.world.scene import SceneDocument
from generique.world.words.sentence_draft import language_of

VERSION: str = SceneDocument.model_fields["schema_version"].default
"""The version that is written."""

_OPENING = (
    "A shot of world. Edit it and shoot it again: generique shoot --scene FILE -o shot.mp4",
    "Metres, seconds, degrees; x points east, y north, z up.",
)
_SECTIONS = {
    "place": "Where; everything built and planted follows from this alone.",
    "time": "The hour, and where in the year and on the globe it is; sun and moon follow.",
    "weather": "Amounts from 0, none, to 1; wind in metres a second.",
    "camera": "One move, and further ones in [[camera.then]].",
    "racks": "A pull of the focus, eased; one after the other.",
    "then": "A further move, which goes on where the one before it ends.",
    "life": "Signs of life, from 0, none, to 1.",
    "grade": "How the picture is finished; 1 is the look's own amount.",
    "changes": "What becomes otherwise during the shot, in order of time.",
}
_FIELDS = {
    "grammar": "of the places and the look",
    "frames": "length, handles included",
    "seed": "of all that moves; another seed, another take",
    "place.seed": "of the place; the same seed, the same place",
    "rate": "frames a second",
    "extent": "metres along the side",
    "room": "of an interior; left out, the seed decides",
    "outside": "of a living room or bedroom whose window the camera goes through or looks out of",
    "altitude": "metres above ground",
    "pitch": "degrees below the horizon",
    "heading": "degrees clockwise from north",
    "speed": "metres a second; degrees for pan, tilt and whip",
    "focal": "millimetres on a 36 mm wide frame",
    "aperture": "f-number of the lens; left out, everything is sharp",
    "focus": "metres to what is sharp, or a landmark by its words",
    "to": "metres to what is sharp from then on, or a landmark by its words",
    "wind": "metres a second",
    "lit_windows": "share of the windows",
    "shutter": "degrees open",
    "hour": "local solar time; the sun is highest at 12",
    "day": "of the year",
    "latitude": "degrees north; left out, that of the country",
    "moon": "its age: 0 new, 0.25 first quarter, 0.5 full, 0.75 last quarter",
    "bearing": "compass bearing of +y; turns the sky over the place",
    "cloud": "share of the sky that is covered",
    "subject": "landmark that the first move looks at",
    "share": "of the picture's height that the subject takes",
    "third": "of the picture's width where the subject stays",
    "stops": "added to the exposure",
}
_MANY = 9
_PROMPT = "# Prompt: "
_HEAD = 100
"""Lines at the head of a file in which its prompt is looked for."""


def read_scene(text: str, where: str) -> SceneDocument:
    """Read a scene document, in TOML or in JSON.

    Args:
        text: The whole file.
        where: Name of the file or option, for errors.

    Raises:
        UnreadableInput: It is neither, is of another version, or a field is unknown, missing or out
            of its range; each is named, in the language of the prompt that the file was written
            from (see :func:`write_scene`), else in English.
    """
    with told_in(language_of(_prompt_of(text))):
        document = _parsed(text, where)
        try:
            return SceneDocument.read(document, where=where)
        except UnreadableInput as error:
            raise _no_scene(error, document, where) from error


def _prompt_of(text: str) -> str:
    """The prompt that a scene was written from, as its comment has it; empty where none is."""
    lines = (line.strip() for line in text.splitlines()[:_HEAD])
    return " ".join(line.removeprefix(_PROMPT) for line in lines if line.startswith(_PROMPT))


def _no_scene(error: UnreadableInput, document: Mapping[str, Any], where: str) -> Illegible:
    """Why a document is no scene, field by field."""
    cause = error.__cause__
    faults = cause.errors() if isinstance(cause, ValidationError) else []
    if any(fault["loc"] == ("schema_version",) for fault in faults):
        found = _short(document.get("schema_version"))
        return illegible(told.OTHER_VERSION, "en", where=where, found=found, version=VERSION)
    said = tuple(_fault(fault) for fault in faults[:_MANY])
    return illegible(told.NO_SCENE, "en", where=where, faults=said or (error.why,))


def _parsed(text: str, where: str) -> dict[str, Any]:
    """The document as plain values under the names of the JSON document."""
    if text.lstrip().startswith("{"):
        return _parsed_json(text, where)
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        why = str(error) or told.NESTED
        raise illegible(told.NO_TOML, "en", where=where, why=why) from error
    if "schema" in document and "schema_version" not in document:
        document["schema_version"] = document.pop("schema")
    if isinstance(document.get("rate"), str):
        document["rate"] = Rate.parse(document["rate"]).to_json()
    for name, value in _numbers(document):
        if not math.isfinite(value):
            raise illegible(told.ENDLESS, "en", where=where, name=name, value=str(value))
    return document


def _parsed_json(text: str, where: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        why = str(error) or told.NESTED
        raise illegible(told.NO_JSON, "en", where=where, why=why) from error
    return dict(document)


def _numbers(value: Any, name: str = "") -> Iterator[tuple[str, float]]:
    """Every floating number of a document, with its name."""
    if isinstance(value, float):
        yield name, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _numbers(part, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        for part in value:
            yield from _numbers(part, name)


def _fault(fault: Any) -> Said:
    """What is wrong with one field, in words."""
    name = ".".join(str(part) for part in fault["loc"]) or told.DOCUMENT
    kind, bounds, value = fault["type"], fault.get("ctx", {}), _short(fault["input"])
    if kind == "extra_forbidden":
        meant = nearest(str(fault["loc"][-1]), _names())
        unknown = told.UNKNOWN_FIELD_ADVISED if meant else told.UNKNOWN_FIELD
        return unknown.of(name=name, advice=meant or "")
    if kind == "missing":
        return told.MISSING.of(name=name)
    if kind in told.BOUNDS:
        (limit,) = bounds.values()
        return told.BOUNDS[kind].of(name=name, value=value, limit=str(limit))
    if kind in ("enum", "literal_error"):
        expected = str(bounds["expected"])
        choices = Text(expected, expected.replace(" or ", " ou "))
        return told.CHOICE.of(name=name, value=value, choices=choices)
    cause = bounds.get("error")
    check = told.CHECKS.get(kind) or told.OTHERWISE.of(check=fault["msg"])
    return told.NO_SUCH_VALUE.of(name=name, check=cause.said if isinstance(cause, Unfit) else check)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}..."


def _names() -> tuple[str, ...]:
    """Names of all fields of a scene document and its parts."""
    schema = SceneDocument.model_json_schema()
    parts = [schema, *schema["$defs"].values()]
    return tuple(sorted({name for part in parts for name in part.get("properties", {})}))


def write_scene(scene: SceneDocument, prompt: str = "") -> str:
    """A scene document as TOML with comments.

    Args:
        scene: The document; reading the text gives it back.
        prompt: That it was read from, for a comment.
    """
    document = tomlkit.document()
    for line in _OPENING:
        document.add(tomlkit.comment(line))
    for line in prompt.splitlines():
        document.add(tomlkit.comment(f"{_PROMPT.removeprefix('# ')}{line}"))
    document.add(tomlkit.nl())
    schema = SceneDocument.model_json_schema()
    values: dict[str, Json] = {"schema": scene.schema_version, **scene.to_json()}
    del values["schema_version"]
    values["rate"] = str(scene.rate.fps)
    _fill(document, values, _Schema(schema, schema["$defs"]), "")
    return tomlkit.dumps(document)


class _Schema:
    """The schema of a document or of a part of it."""

    def __init__(self, part: Mapping[str, Any], parts: Mapping[str, Any]) -> None:
        self._part = part
        self._parts = parts

    def field(self, name: str) -> _Schema:
        """Of a field, or of the items of a list."""
        found = self._part.get("properties", {}).get(name, {})
        options = [one for one in found.get("anyOf", [found]) if one.get("type") != "null"]
        found = options[0] if len(options) == 1 else found
        found = found.get("items", found)
        return _Schema({**found, **self._referred(found)}, self._parts)

    def _referred(self, found: Mapping[str, Any]) -> Mapping[str, Any]:
        name = str(found.get("$ref", "")).removeprefix("#/$defs/")
        return dict(self._parts.get(name, {}))

    def limits(self) -> str:
        """What the value can be: a choice, or a range."""
        if "enum" in self._part:
            return " | ".join(str(one) for one in self._part["enum"])
        above, below = self._part.get("exclusiveMinimum"), self._part.get("exclusiveMaximum")
        low, high = self._part.get("minimum", above), self._part.get("maximum", below)
        if low is None or high is None:
            return ""
        return (
            f"{'above ' * (above is not None)}{low:g} to {'below ' * (below is not None)}{high:g}"
        )


def _fill(table: Any, values: Mapping[str, Json], schema: _Schema, within: str) -> None:
    """Write values with their comments; parts come last, as TOML wants it."""
    for name, value in sorted(values.items(), key=lambda pair: _is_part(pair[1])):
        field = schema.field(name)
        if value is None:
            told = _FIELDS.get(name, "")
            limits = "; ".join(filter(None, (told, field.limits())))
            table.add(tomlkit.comment(f"{name}: {limits}"))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            table.add(name, _parts_of(name, value, field))
        elif isinstance(value, dict):
            table.add(tomlkit.nl())
            table.add(name, _part(name, value, field))
        elif value != []:
            table.add(name, _item(f"{within}.{name}", value, field))


def _is_part(value: Json) -> bool:
    """True for what stands under a header of its own."""
    several = isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    return isinstance(value, dict) or several


def _part(name: str, value: Mapping[str, Json], schema: _Schema) -> Table:
    part = tomlkit.table()
    if name in _SECTIONS:
        part.add(tomlkit.comment(_SECTIONS[name]))
    _fill(part, value, schema, name)
    return part


def _parts_of(name: str, values: Sequence[Json], schema: _Schema) -> AoT:
    made = tomlkit.aot()
    for value in values:
        made.append(_part(name, value if isinstance(value, dict) else {}, schema))
    return made


def _item(name: str, value: Json, schema: _Schema) -> Item:
    item = tomlkit.item(value)
    told = _FIELDS.get(name) or _FIELDS.get(name.rpartition(".")[2], "")
    remark = "; ".join(filter(None, (told, schema.limits())))
    if remark:
        item.comment(remark)
    return item
