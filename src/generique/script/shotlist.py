"""``shots.toml``: written by the breakdown, edited by people, and written again without loss.

The fragment of a shot is the digest of what it was read from. While the script says the same, the
person's values stand; when the script changes, its new values stand and the comments stay.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from generique.model.errors import UnreadableInput
from generique.model.shot import Shot, ShotList
from generique.script.shot_toml import check_unique, read_shot, tables_of
from generique.script.toml_sections import Section, TomlFile, new_section, read_toml, written

SCHEMA = "generique/shots/1"
FILE = "shots.toml"

_TOP_KEYS = ("schema", "title", "language", "shot")
_TOP_COMMENT = """\
# The shot list, written by `generique breakdown` from the screenplay. Edit it freely: your values
# and comments stay for as long as the shot's part of the script (its fragment) stays the same.
"""


def read_shots(text: str, *, where: str) -> ShotList:
    """Read a shot list.

    Args:
        text: The whole file.
        where: The file's name, for messages.

    Raises:
        UnreadableInput: It is not TOML, of another schema, or a key or value cannot be; names
            line and, for an unknown key, the nearest known one.
    """
    return _read(text, where)[1]


def write_shots(shots: ShotList, existing: str | None) -> str:
    """The text of ``shots.toml`` for a shot list fresh from the script.

    Args:
        shots: The shots as the script has them.
        existing: The file so far, perhaps edited; None when there is none.

    Returns:
        The file in the script's order. A shot whose fragment is known keeps its tables as they
        are, ids and scene apart; a shot known by its id alone gets the script's values and keeps
        its comments; others are new, and shots gone from the script are gone.

    Raises:
        UnreadableInput: The existing file cannot be read; nothing should be overwritten.
    """
    top = {"schema": SCHEMA, "title": shots.title, "language": shots.language}
    if existing is None:
        head = replace(new_section((), top, array=False), lead=_TOP_COMMENT)
        return written([head, *(section for shot in shots.shots for section in _new(shot))])
    file, old = _read(existing, FILE)
    groups = _groups(file, old)
    matches = _matches(old.shots, shots.shots)
    sections = [file.sections[0].updated(top)]
    for index, shot in enumerate(shots.shots):
        match = matches.get(index)
        if match is None:
            sections.extend(_new(shot))
        elif old.shots[match].fragment == shot.fragment:
            sections.extend(_renamed(groups[match], shot))
        else:
            sections.extend(_revised(groups[match], shot))
    text = written(sections, file.footer)
    _read(text, FILE)  # what people added must not collide with what the script now has
    return text


def changed_shots(old: str | None, new: ShotList) -> tuple[str, ...]:
    """What a new breakdown changes, one sentence each; empty when nothing.

    Args:
        old: Text of ``shots.toml`` so far.
        new: The shots as the script has them.

    Raises:
        UnreadableInput: The old file cannot be read.
    """
    if old is None:
        return tuple(f"added {shot.id}" for shot in new.shots)
    before = _read(old, FILE)[1].shots
    matches = _matches(before, new.shots)
    report: list[str] = []
    for index, shot in enumerate(new.shots):
        match = matches.get(index)
        if match is None:
            report.append(f"added {shot.id}")
        elif before[match].fragment != shot.fragment:
            report.append(f"changed {shot.id}")
        elif before[match].id != shot.id:
            report.append(f"renamed {before[match].id} to {shot.id}")
    kept = set(matches.values())
    report.extend(f"removed {shot.id}" for at, shot in enumerate(before) if at not in kept)
    return tuple(report)


def _read(text: str, where: str) -> tuple[TomlFile, ShotList]:
    file = read_toml(text, where=where)
    top = file.check_keys(file.values, _TOP_KEYS, ())
    if top.get("schema") != SCHEMA:
        raise UnreadableInput(
            f"{where} is not a shot list of this version",
            where=file.place(("schema",)),
            why=f"its schema is {str(top.get('schema'))[:60]!r}",
            next_step=f'it should start with schema = "{SCHEMA}"; run generique breakdown',
        )
    tables = file.check_list(top.get("shot"), ("shot",))
    shots = [read_shot(file, table, ("shot", index)) for index, table in enumerate(tables)]
    check_unique(file, shots)
    fields: dict[str, Any] = {key: top[key] for key in ("title", "language") if key in top}
    head = ShotList.read({**fields, "shots": []}, where=where)
    return file, head.model_copy(update={"shots": tuple(shots)})


def _groups(file: TomlFile, shots: ShotList) -> list[list[Section]]:
    """The sections of each shot, in order of the file."""
    groups: list[list[Section]] = []
    for section in file.sections[1:]:
        if section.path == ("shot",):
            groups.append([])
        groups[-1].append(section)
    if len(groups) != len(shots.shots):
        raise UnreadableInput(
            "the shots are not written as tables of their own",
            where=file.place(("shot",)),
            next_step="write [[shot]] above each shot",
        )
    return groups


def _matches(old: Sequence[Shot], new: Sequence[Shot]) -> dict[int, int]:
    """Index of each new shot and of the old one that it continues.

    The same id and fragment match first, then the same fragment elsewhere, then the same id.
    """
    matches: dict[int, int] = {}
    taken: set[int] = set()
    keys = (
        lambda shot: (shot.id, shot.fragment),
        lambda shot: shot.fragment,
        lambda shot: shot.id,
    )
    for key in keys:
        waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for index, shot in enumerate(old):
            if index not in taken:
                waiting[key(shot)].append(index)
        for index, shot in enumerate(new):
            found = waiting.get(key(shot))
            if index not in matches and found:
                matches[index] = found.popleft()
                taken.add(matches[index])
    return matches


def _new(shot: Shot) -> list[Section]:
    """All sections of a shot that the file does not know."""
    return [
        new_section(path, values, array=path != ("shot", "media"))
        for path, values in tables_of(shot)
    ]


def _renamed(group: list[Section], shot: Shot) -> list[Section]:
    """A shot's sections as they are, with the ids that the script now gives."""
    ids = deque(line.id for line in shot.lines)
    sections: list[Section] = []
    for section in group:
        values: dict[str, Any] = {}
        if section.path == ("shot",):
            values = {"id": shot.id, "scene": shot.scene}
        elif section.path == ("shot", "line") and ids:
            values = {"id": ids.popleft()}
        sections.append(section.updated(values))
    return sections


def _revised(group: list[Section], shot: Shot) -> list[Section]:
    """A shot's sections with the script's values and the person's comments."""
    old: defaultdict[Hashable, deque[Section]] = defaultdict(deque)
    for section in group:
        old[section.path].append(section)
    sections: list[Section] = []
    for path, values in tables_of(shot):
        known = old[path]
        section = known.popleft() if known else new_section(path, {}, array=path[-1] != "media")
        sections.append(section.updated(values, only=True))
    return sections
