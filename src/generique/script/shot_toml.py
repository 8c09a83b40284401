"""A shot as tables of ``shots.toml``, and back; ``docs/formats/shots.md`` describes the file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

from generique.model.element import ElementClass
from generique.model.errors import UnreadableInput
from generique.model.shot import MediaUse, Shot, Transition
from generique.script.media_use import check_media_path, decimal_text
from generique.script.reference_use import checked_file, checked_role
from generique.script.toml_sections import Path, TomlFile

Table: TypeAlias = tuple[tuple[str, ...], dict[str, Any]]
"""Path of a table and its values."""

SHOT_KEYS = (
    "id",
    "scene",
    "heading",
    "class",
    "person",
    "prompt",
    "seconds",
    "free",
    "transition",
    "effects",
    "music",
    "fragment",
    "media",
    "sound",
    "reference",
    "line",
)
MEDIA_KEYS = ("file", "start", "framing")
SOUND_KEYS = ("file", "start", "seconds")
REFERENCE_KEYS = ("file", "role")
LINE_KEYS = ("id", "character", "extensions", "parenthetical", "text")
FRAMING_KEYS = ("left", "top", "width")

_TABLES_IN_A_SHOT = ("class", "media", "sound", "reference", "line")
_SECONDS = re.compile(r"\d{1,9}(?:\.\d{1,6})?(?:/[1-9]\d{0,8})?", re.ASCII)


def tables_of(shot: Shot) -> list[Table]:
    """The tables of a shot in the order of the file; what is empty is left out."""
    main = {
        "id": shot.id,
        "scene": shot.scene,
        "heading": shot.heading,
        "class": shot.element_class.value,
        "person": shot.person,
        "prompt": shot.prompt,
        "seconds": shot.seconds,
        "free": shot.free,
        "transition": shot.transition.value,
        "effects": list(shot.effects) or None,
        "music": shot.music,
        "fragment": shot.fragment,
    }
    tables: list[Table] = [(("shot",), _present(main))]
    if shot.media:
        # The shot's own seconds say how long its medium is shown.
        media = _media_table(shot.media)
        media.pop("seconds", None)
        tables.append((("shot", "media"), media))
    tables.extend((("shot", "sound"), _media_table(sound)) for sound in shot.sounds)
    tables.extend(
        (("shot", "reference"), {"file": use.file, "role": use.role}) for use in shot.references
    )
    for line in shot.lines:
        words = {
            "id": line.id,
            "character": line.character,
            "extensions": list(line.extensions) or None,
            "parenthetical": line.parenthetical,
            "text": line.text,
        }
        tables.append((("shot", "line"), _present(words)))
    return tables


def read_shot(file: TomlFile, value: object, place: Path) -> Shot:
    """Read one ``[[shot]]`` table with the tables in it.

    Raises:
        UnreadableInput: A key is unknown, missing, or of the wrong type; a length, path or class
            cannot be; the shot has both prompt and media, or neither.
    """
    table = file.check_keys(value, SHOT_KEYS, place)
    fields = {key: item for key, item in table.items() if key not in _TABLES_IN_A_SHOT}
    media = table.get("media")
    seconds = _seconds(file, table, place)
    fields["seconds"] = seconds
    fields.setdefault("free", seconds is None)
    default = ElementClass.SYNTHETIC if media is None else ElementClass.AUTHENTIC
    fields["element_class"] = _choice(file, table.get("class", default.value), ElementClass, place)
    fields["transition"] = _choice(file, table.get("transition", "cut"), Transition, place)
    if media is not None:
        fields["media"] = _read_media(file, media, MEDIA_KEYS, (*place, "media"))
        fields["media"]["seconds"] = seconds
    fields["sounds"] = [
        _read_media(file, sound, SOUND_KEYS, (*place, "sound", index))
        for index, sound in enumerate(file.check_list(table.get("sound"), (*place, "sound")))
    ]
    fields["references"] = [
        _read_reference(file, use, (*place, "reference", index))
        for index, use in enumerate(file.check_list(table.get("reference"), (*place, "reference")))
    ]
    fields["lines"] = [
        file.check_keys(line, LINE_KEYS, (*place, "line", index))
        for index, line in enumerate(file.check_list(table.get("line"), (*place, "line")))
    ]
    shot = Shot.read(fields, where=file.place(place))
    _check_sense(file, shot, place)
    return shot


def check_unique(file: TomlFile, shots: Iterable[Shot]) -> None:
    """Make sure that no two shots, and no two lines, share an id.

    Raises:
        UnreadableInput: Two do.
    """
    seen: set[str] = set()
    for index, shot in enumerate(shots):
        places: list[tuple[str, Path]] = [(shot.id, ("shot", index))]
        places.extend(
            (line.id, ("shot", index, "line", count)) for count, line in enumerate(shot.lines)
        )
        for name, place in places:
            if name in seen:
                raise UnreadableInput(
                    f"the id {name!r} is used twice",
                    where=file.place((*place, "id")),
                    next_step="give each shot and each line an id of its own",
                )
            seen.add(name)


def _check_sense(file: TomlFile, shot: Shot, place: Path) -> None:
    what = next_step = None
    if (shot.prompt is None) == (shot.media is None):
        what = f"shot {shot.id} needs either a prompt or media"
        next_step = "give it a prompt to be generated, or a [shot.media] table, not both"
    elif shot.media is None and shot.element_class == ElementClass.AUTHENTIC:
        what = f"shot {shot.id} is generated and cannot be authentic"
        next_step = 'write class = "synthetic" or class = "reconstruction"'
    elif shot.media is not None and shot.references:
        what = f"shot {shot.id} shows authentic footage and follows nothing"
        next_step = "take its [[shot.reference]] tables out: references are for generators"
    if what:
        raise UnreadableInput(what, where=file.place((*place, "class")), next_step=next_step)


def _read_media(
    file: TomlFile, value: object, known: tuple[str, ...], place: Path
) -> dict[str, Any]:
    table = dict(file.check_keys(value, known, place))
    name = table.get("file")
    if isinstance(name, str):
        check_media_path(name, where=file.place((*place, "file")))
    table["start"] = _time(file, table.get("start", "0"), (*place, "start"), least=0)
    if "seconds" in table:
        table["seconds"] = _seconds(file, table, place)
    if "framing" in table:
        framing = file.check_keys(table["framing"], FRAMING_KEYS, (*place, "framing"))
        table["framing"] = {
            key: float(item) if isinstance(item, Decimal) else item for key, item in framing.items()
        }
    return table


def _read_reference(file: TomlFile, value: object, place: Path) -> dict[str, Any]:
    table = dict(file.check_keys(value, REFERENCE_KEYS, place))
    name, role = table.get("file"), table.get("role")
    if not isinstance(name, str) or not isinstance(role, str):
        raise UnreadableInput(
            "a reference needs a file and a role, both as texts",
            where=file.place(place),
            next_step='write file = "still.png" and role = "first-frame"',
        )
    checked_file(name, where=file.place((*place, "file")))
    return {"file": name, "role": checked_role(role, where=file.place((*place, "role")))}


def _seconds(file: TomlFile, table: dict[str, Any], place: Path) -> str | None:
    if "seconds" not in table:
        return None
    return _time(file, table["seconds"], (*place, "seconds"), least=Fraction(1, 1000))


def _time(file: TomlFile, value: object, place: Path, *, least: Fraction | int) -> str:
    """Seconds as people write them, number or text, as a decimal or fraction text."""
    text = str(value)
    if isinstance(value, Decimal):
        text = decimal_text(value) if value.is_finite() and abs(value.adjusted()) < 12 else ""
    is_number = isinstance(value, str | int | Decimal) and not isinstance(value, bool)
    if not is_number or not _SECONDS.fullmatch(text) or _fraction(text) < least:
        raise UnreadableInput(
            f"{place[-1]} = {str(value)[:40]!r} is not a time in seconds",
            where=file.place(place),
            next_step='write seconds such as "6", "6.5" or "13/2"',
        )
    return text


def _fraction(text: str) -> Fraction:
    upper, _, lower = text.partition("/")
    return Fraction(upper) / int(lower or 1)


def _choice(file: TomlFile, value: object, kind: type[StrEnum], place: Path) -> str:
    names = [item.value for item in kind]
    if value in names:
        return str(value)
    key = "class" if kind is ElementClass else "transition"
    nearest = difflib.get_close_matches(str(value)[:40], names, n=1, cutoff=0.4)
    raise UnreadableInput(
        f"{key} = {str(value)[:40]!r} is not known",
        where=file.place((*place, key)),
        why=f"known are {', '.join(names)}",
        next_step=f"did you mean {nearest[0]!r}?" if nearest else None,
    )


def _media_table(use: MediaUse) -> dict[str, Any]:
    framing = use.framing.model_dump() if use.framing else None
    return _present(
        {"file": use.file, "start": use.start, "seconds": use.seconds, "framing": framing}
    )


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
