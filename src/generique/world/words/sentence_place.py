"""Which family of places the words of a prompt mean, and whether it shows what they name.

The law:

1. A word for a place names its family firmly ("harbour"); a noun of what stands there names it
   only where no such word is said ("lighthouse"), and goes with every family that shows it.
2. The family is one that a word names and that all such words go with: of several the one that
   goes with most of the other nouns, then the first. Words of two families that do not go together
   contradict each other.
3. Every noun has to be shown by the family, or is refused by name. "No" before one is granted
   where the family never shows it, and refused where it always does.
4. "Through the window" joins two places: a room, and the place that it is built in: the first that
   is named, else the suburb, and for a hotel room the city.
"""

from __future__ import annotations

from collections.abc import Sequence

from generique.world.places.grammars import GRAMMARS
from generique.world.reasons import faults, remarks
from generique.world.reasons.telling import Name, Said, Text
from generique.world.scene import WINDOWS, Family, Room
from generique.world.words.lexicon_entry import Entry, Role, Setting
from generique.world.words.lexicon_family import PLACES
from generique.world.words.lexicon_place import THINGS
from generique.world.words.lexicon_window import ALONE, DWELLINGS, VIEW
from generique.world.words.sentence_draft import Draft, Item, Rank
from generique.world.words.sentence_window import (
    goes_through_window,
    is_outside,
    left_by_window,
)

NAMES: dict[Family, str] = {
    entry.names[0]: entry.key for entry in reversed(PLACES) if not entry.sets
}
"""What each family is called in a message."""

_NOUNS = (Role.PLACE, Role.SHOWN)
WITHOUT_A_WAY_OUT: dict[Setting, Text] = {
    **dict.fromkeys(
        (Room.CORRIDOR.value, Room.HOSPITAL.value, Room.OFFICE.value, Room.HOTEL.value),
        faults.NO_WINDOW,
    ),
}
"""Rooms that no shot can leave by the window, and why."""


def settle_place(draft: Draft, given: Family | None = None) -> Family | None:
    """Decide the family and grant or fault every word that depends on it.

    Args:
        draft: Read but for its place.
        given: The family, where a place is there already.

    Returns:
        The family, or None when nothing names one.
    """
    naming = [item for item in draft.items if _names(item)]
    firm = [item for item in naming if item.is_a(Role.PLACE)]
    if given is None and goes_through(draft.items):
        return settle_passage(draft, naming)
    family = given or _family_of(firm or naming, draft)
    for item in draft.items:
        if item.entry is not None and item.fault is None and not item.filler:
            _grant(item, item.entry, family, firm, given)
    return family


def settle_passage(draft: Draft, naming: Sequence[Item]) -> Family:
    """Decide the room and what is outside of its window, for a shot that goes through it.

    The room is what a word for an interior names, else a living room; outside is what another word
    names, and is at fault where no window opens on it. The shot begins where the first of them is.
    """
    window = next(item for item in draft.items if goes_through_window(item))
    room = [item for item in naming if Family.INTERIOR in _fits(item)]
    home = [*room, *(item for item in draft.items if _is_home(item, window))]
    outside = [item for item in draft.items if is_outside(item) and item not in home]
    houses = [item for item in home if item not in room]
    houses += [item for item in draft.items if left_by_window(draft, item)]
    family = _outside_of(draft, naming, [*room, *houses])
    for item in draft.items:
        if item.entry is None or item.fault is not None or item.filler:
            continue
        if item in houses and family in ALONE and family not in _fits(item):
            item.said = remarks.HOUSE_OF_THE_ROOM
        else:
            _grant_passage(item, item.entry, family)
    inwards = bool(home and outside) and outside[0].start < min(item.start for item in home)
    if window.leg:
        window.fault = faults.WINDOW_FIRST
    draft.state("place.outside", family.value, Rank.IMPLIED, window)
    draft.state("place.room", Room.LIVING.value, Rank.IMPLIED, window)
    if window.entry is not VIEW:
        draft.state("camera.direction", "in" if inwards else "out", Rank.IMPLIED, window)
    return Family.INTERIOR


def _outside_of(draft: Draft, naming: Sequence[Item], home: Sequence[Item]) -> Family:
    """The place outside of the window: as words name it, of several that fit one that it opens on.

    A place that no window opens on is none; the word for it is at fault. Where nothing is named it
    is the city for a hotel room, and the suburb for every other one.
    """
    open_ = [item for item in naming if is_outside(item)]
    firm = [item for item in open_ if item.is_a(Role.PLACE)]
    rooms = {dict(item.entry.sets).get("place.room") for item in home if item.entry is not None}
    usual = Family.CITY if Room.HOTEL_ROOM.value in rooms else Family.SUBURB
    said = firm or open_
    named = [
        family
        for item in said
        if item.entry is not None
        for family in item.entry.names
        if family in WINDOWS
    ]
    # The room's house stands in every open land; among those it says which one it is meant for.
    for nouns in (said, [item for item in said if item not in home]):
        shared = [one for one in named if all(one in _fits(item) for item in nouns)]
        if shared:
            return min(shared, key=lambda family: _strangers(family, draft.items))
    return next(iter(named), usual)


def _is_home(item: Item, window: Item) -> bool:
    """True for the house of the room: it follows the way to the window, or the window."""
    dwells = item.entry is not None and item.entry.key in DWELLINGS
    return dwells and not item.negated and item.start > window.start


def goes_through(items: Sequence[Item]) -> bool:
    """True when words send the camera through a window."""
    return any(map(goes_through_window, items))


def _fits(item: Item) -> tuple[Family, ...]:
    return item.entry.fits if item.entry is not None else ()


def _grant_passage(item: Item, entry: Entry, outside: Family) -> None:
    """Grant a word to the room or to what is outside of it, or fault it."""
    named = dict(entry.sets).get("place.room")
    if item.negated:
        _grant(item, entry, outside, (), None)
    elif named in WITHOUT_A_WAY_OUT:
        item.fault = WITHOUT_A_WAY_OUT[named]
    elif _falls(entry):
        item.fault = faults.NOTHING_FALLS
    elif named is not None and named not in WINDOWS[outside]:
        item.fault = faults.HIGH_ONLY.of(family=Name(NAMES[Family.CITY]))
    elif Family.INTERIOR in entry.fits:
        _grant(item, entry, Family.INTERIOR, (), None)
    elif (reason := _not_outside(item, entry, outside)) is not None:
        item.fault = reason
    else:
        _grant(item, entry, outside, (), None)
        if "place.family" in item.fields:
            item.fields[item.fields.index("place.family")] = "place.outside"


def _not_outside(item: Item, entry: Entry, outside: Family) -> Text | Said | None:
    """Why a noun cannot lie outside of a window; None where it is not for the window to say."""
    if item.is_a(Role.PLACE) and not set(entry.names) & set(WINDOWS):
        return faults.OPENS_ON.of(families=tuple(Name(NAMES[family]) for family in WINDOWS))
    if item.is_a(Role.PLACE) and outside not in entry.fits:
        return faults.OPENS_ON_ONE.of(family=Name(NAMES[outside]))
    return None


def _falls(entry: Entry) -> bool:
    """True for rain and falling snow."""
    fields = {name for name, _ in entry.sets} | (
        {THINGS[entry.thing].field} if entry.thing else set()
    )
    return bool(fields & {"weather.snowfall", "weather.rain"})


def _names(item: Item) -> bool:
    named = item.entry is not None and bool(item.entry.names)
    return named and not item.negated and item.fault is None


def _family_of(naming: Sequence[Item], draft: Draft) -> Family | None:
    """The first family named that all these words go with, and that lies in the country named."""
    entries = [item.entry for item in naming if item.entry is not None]
    named = dict.fromkeys(family for entry in entries for family in entry.names)
    shared = [family for family in named if all(family in entry.fits for entry in entries)]
    shared.sort(key=lambda family: _strangers(family, draft.items))
    said = {str(made.value) for made in draft.statements if made.field == "place.country"}
    there = [
        family
        for family in shared
        if said and said <= {str(at) for at in GRAMMARS[family].countries}
    ]
    return next(iter([*there, *shared, *named]), None)


def _strangers(family: Family, items: Sequence[Item]) -> int:
    """How many words a family does not go with."""
    spoken = [item.entry for item in items if item.entry is not None and not item.negated]
    return sum(bool(entry.fits) and family not in entry.fits for entry in spoken)


def foreign(items: Sequence[Item], family: Family, country: str) -> tuple[str, ...]:
    """Words for what the family shows in other countries only."""
    spoken = [(item, item.entry) for item in items if item.entry is not None and not item.negated]
    return tuple(
        item.text
        for item, entry in spoken
        for only, countries in entry.only_in
        if only is family and country not in countries
    )


def _grant(
    item: Item, entry: Entry, family: Family | None, firm: Sequence[Item], given: Family | None
) -> None:
    """Grant a word to its family, or fault it."""
    shown = family is None or not entry.fits or family in entry.fits
    if entry.furnishing and family is Family.INTERIOR:
        item.said = remarks.NEVER_SHOWN_HERE if item.negated else remarks.SHOWN_BY_THE_PLACE
        return
    if item.negated:
        if entry.role in _NOUNS and shown:
            item.fault = faults.ALWAYS_SHOWN
        elif entry.role in _NOUNS:
            item.said = remarks.NEVER_SHOWN_HERE
        return
    if not shown and family is not None:
        item.fault = _why_not(item, entry, family, firm[0].text if firm and not given else "")
    elif family is Family.INTERIOR and _is_weather(entry) and not _is_season(entry):
        item.fault = faults.NO_WEATHER_INDOORS
    elif entry.role in _NOUNS:
        if family in entry.names:
            item.fields.insert(0, "place.family")
        else:
            item.said = remarks.SHOWN_BY_THE_PLACE


def _why_not(item: Item, entry: Entry, family: Family, said: str) -> Text | Said:
    """Why a family does not go with a word; ``said`` is the word that named it."""
    if item.is_a(Role.PLACE) and said:
        return faults.OTHER_PLACE.of(said=said)
    if item.is_a(Role.PLACE):
        return faults.PLACE_STAYS.of(family=Name(NAMES[family]))
    return faults.SHOWN_ELSEWHERE.of(family=Name(NAMES[family]), other=Name(NAMES[entry.fits[0]]))


def _is_weather(entry: Entry) -> bool:
    """True for what only the open air has."""
    falls = bool(entry.thing) and THINGS[entry.thing].field.startswith("weather.")
    return falls or entry.role in (Role.WEATHER, Role.SEASON)


def _is_season(entry: Entry) -> bool:
    """True for a part of the year, which the sun in a room and the trees before it follow."""
    return entry.role is Role.SEASON and "season" in dict(entry.sets)
