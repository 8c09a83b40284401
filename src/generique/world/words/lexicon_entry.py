"""What an entry of the lexicon is: phrases of one role that mean the same, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from generique.world.scene import Country, Family

Setting: TypeAlias = str | float | bool
"""Value of a field of the scene."""


def spelled(phrases: str) -> tuple[str, ...]:
    """Phrases written with ``|`` between them, one by one."""
    return tuple(phrase.strip() for phrase in phrases.split("|"))


class Role(StrEnum):
    """What a phrase does in its sentence; also the headings of the vocabulary page."""

    PLACE = "Places"
    COUNTRY = "Countries"
    SHOWN = "Shown by places"
    NOBODY = "Nobody"
    TIME = "Time of day"
    SEASON = "Season"
    WEATHER = "Weather in one word"
    LIFE = "Signs of life in one word"
    THING = "Things with an amount"
    AMOUNT = "Amounts"
    CHANGE = "Changes, for retakes"
    BECOMES = "Changes during the shot"
    FRAMING = "Framing"
    MOVE = "Camera moves"
    TURN = "Directions of a move"
    SPEED = "Speed"
    EASING = "Easing"
    HAND = "Hand"
    HEIGHT = "Height"
    ANGLE = "Angle"
    LENS = "Lens"
    FOCUS = "Focus"
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
        thing: Name in :data:`generique.world.words.lexicon_place.THINGS` of a thing.
        weak: True when any other word for the same field wins.
        note: For a refusal, the reason; else a remark for the reader and the warning to give.
        names: Families of places that the phrase names, the usual one first. A PLACE names
            firmly; what is SHOWN names only where no PLACE is said.
        shown_by: Other families that show it. Empty together with ``names`` where it goes with
            every place.
        only_in: Families that show it in some countries only, and those.
        furnishing: Words of the landmark that it is in a room; whether the room has one is asked
            of its plan.
        spoken: The same entry's phrases in another language, in place of ``phrases``.
    """

    role: Role
    phrases: str
    sets: tuple[tuple[str, Setting], ...] = ()
    level: str = ""
    thing: str = ""
    note: str = ""
    weak: bool = False
    names: tuple[Family, ...] = ()
    shown_by: tuple[Family, ...] = ()
    only_in: tuple[tuple[Family, tuple[Country, ...]], ...] = ()
    furnishing: str = ""
    spoken: str = ""

    @property
    def key(self) -> str:
        """The first phrase in English, which is the entry's name in every language."""
        return spelled(self.phrases)[0]

    @property
    def spellings(self) -> tuple[str, ...]:
        """The phrases one by one."""
        return spelled(self.spoken or self.phrases)

    @property
    def fits(self) -> tuple[Family, ...]:
        """All families that show it; empty where it goes with every place."""
        return self.names + self.shown_by


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
