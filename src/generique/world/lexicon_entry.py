"""What an entry of the lexicon is: phrases of one role that mean the same."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

Setting: TypeAlias = str | float | bool
"""Value of a field of the scene."""


def spelled(phrases: str) -> tuple[str, ...]:
    """Phrases written with ``|`` between them, one by one."""
    return tuple(phrase.strip() for phrase in phrases.split("|"))


class Role(StrEnum):
    """What a phrase does in its sentence; also the headings of the vocabulary page."""

    PLACE = "Places"
    HOUSES = "Houses (they name the place too)"
    SHOWN = "Shown by every place"
    TIME = "Time of day"
    SEASON = "Season"
    WEATHER = "Weather in one word"
    LIFE = "Signs of life in one word"
    THING = "Things with an amount"
    AMOUNT = "Amounts"
    CHANGE = "Changes, for retakes"
    FRAMING = "Framing"
    MOVE = "Camera moves"
    TURN = "Directions of a move"
    SPEED = "Speed"
    EASING = "Easing"
    HAND = "Hand"
    HEIGHT = "Height"
    ANGLE = "Angle"
    LENS = "Lens"
    HEADING = "Direction of view"
    CUE = "Words that go with numbers"
    LINK = "Links"
    NEVER = "Known and refused"


class Entry(NamedTuple):
    """Phrases that mean the same.

    Attributes:
        phrases: With ``|`` between them; the first is the entry's name.
        sets: Fields of the scene and their values, stated by the phrase.
        level: Amount that the phrase is when a thing follows it.
        thing: Name in :data:`THINGS` of a thing.
        weak: True when any other word for the same field wins.
        note: For a refusal, the reason; else a remark for the reader and the warning to give.
    """

    role: Role
    phrases: str
    sets: tuple[tuple[str, Setting], ...] = ()
    level: str = ""
    thing: str = ""
    note: str = ""
    weak: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """The phrases one by one."""
        return spelled(self.phrases)

    @property
    def name(self) -> str:
        """The first phrase."""
        return self.spellings[0]


class Thing(NamedTuple):
    """Something that there is more or less of.

    Attributes:
        field: Of the scene.
        levels: Value of the field by level; ``plain`` is the bare mention, where that sets
            anything at all.
        also_field: A second field that follows unless the prompt says otherwise.
        also: Its value by level.
    """

    field: str
    levels: Mapping[str, Setting]
    also_field: str = ""
    also: Mapping[str, Setting] = MappingProxyType({})
