"""What a prompt mentions of the things in a room: there already, or refused by name.

The law:

1. A thing that the room has is granted; the picture is the same without the word.
2. A thing that it does not have is refused, and so are several of what it has one of.
3. "No" before a thing is granted where the room has none, and refused where it stands there.
4. A season is granted: the sun in a room and the trees before its window follow it. Of a corridor,
   which has no window, the reader is told that they do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generique.world.layout import Layout
from generique.world.places.grammars import lay_out
from generique.world.places.interior.plan import has_window, kind_of
from generique.world.reasons import faults, remarks
from generique.world.reasons.telling import Name, Said
from generique.world.scene import Family, Place
from generique.world.words.lexicon_entry import Role
from generique.world.words.lexicon_room import CALLED_IN_A_ROOM
from generique.world.words.sentence_draft import Draft, Item
from generique.world.words.sentence_place import goes_through

_ENDS_OF_PLURALS = ("s", "x")


def call_by_room(draft: Draft, given: Family | None) -> None:
    """Let words mean things of a room where one is named: "lamp" is then no street lamp.

    Args:
        draft: Before it is read.
        given: The family, where a place is there already.
    """
    rooms = [item for item in draft.items if item.is_a(Role.PLACE) and item.entry is not None]
    named = any(item.entry and Family.INTERIOR in item.entry.names for item in rooms)
    if not (named or given is Family.INTERIOR) or goes_through(draft.items):
        return
    called = CALLED_IN_A_ROOM[draft.lexicon.language]
    for item in draft.items:
        key = called.get(item.text.casefold())
        if key is not None and item.entry is not None:
            item.entry = draft.lexicon.by_key[key]


def fault_absent(items: Sequence[Item], place: Place) -> None:
    """Fault every mention of a thing that the room of a place does not have.

    Args:
        items: Of the prompt, read.
        place: Of its scene; of any other place than a room nothing is asked.
    """
    mentioned = [item for item in items if item.entry is not None and item.entry.furnishing]
    if place.family is not Family.INTERIOR or not mentioned:
        return
    layout, room = lay_out(place), Name(kind_of(place).value)
    for item in mentioned:
        there = _count(layout, item.entry.furnishing if item.entry is not None else "")
        if item.negated and there:
            item.fault = faults.STANDS_IN_THE_ROOM.of(room=room)
        elif not item.negated and not there:
            item.fault = faults.NOT_IN_THE_ROOM.of(room=room)
        elif there == 1 and _several(item):
            item.fault = faults.ONE_IN_THE_ROOM.of(room=room)


def seasons_unseen(items: Sequence[Item], place: Place) -> Iterator[Said]:
    """Tell of every word for a season that nothing in the room of a place shows it.

    Args:
        items: Of the prompt, read.
        place: Of its scene; of any other place than a room nothing is told.
    """
    if place.family is not Family.INTERIOR or has_window(place):
        return
    for item in items:
        if item.is_a(Role.SEASON) and item.fault is None:
            yield remarks.NO_SEASON_SEEN.of(word=item.text, room=Name(kind_of(place).value))


def _count(layout: Layout, words: str) -> int:
    """How many landmarks of a plan all these words fit."""
    wanted = frozenset(words.split())
    return sum(wanted <= mark.words for mark in layout.landmarks)


def _several(item: Item) -> bool:
    """True for a plural that the lexicon does not have beside the singular ("beds")."""
    word = item.text.casefold()
    spelled = item.entry is not None and word in item.entry.spellings
    return not spelled and not item.negated and word.endswith(_ENDS_OF_PLURALS)
