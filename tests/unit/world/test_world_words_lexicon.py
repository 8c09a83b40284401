"""The lexicon is consistent, and its page is current."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generique.model.errors import NotCapable
from generique.model.vocabulary import phrase_key
from generique.world.places.grammars import lay_out
from generique.world.scene import Country, Family, Place, Room
from generique.world.words import (
    lexicon_fr_camera,
    lexicon_fr_family,
    lexicon_fr_grammar,
    lexicon_fr_place,
)
from generique.world.words.explain import explain, vocabulary_page
from generique.world.words.explain_texts import TEXTS
from generique.world.words.lexicon import ENTRIES, IN_ENGLISH, IN_FRENCH, LEXICONS, Lexicon
from generique.world.words.lexicon_entry import Entry, Role, spelled
from generique.world.words.lexicon_family import PLACES, SHOWN
from generique.world.words.lexicon_near import NEAR
from generique.world.words.lexicon_place import THINGS
from generique.world.words.reading import Brief, read_prompt
from generique.world.words.refusing import PAGES

ROOT = Path(__file__).parents[3]


MISSING_IN_FRENCH: dict[str, str] = {}
"""Entries without a French phrase, and why."""


@pytest.mark.parametrize("lexicon", LEXICONS, ids=lambda lexicon: lexicon.language)
def test_no_phrase_stands_in_two_entries(lexicon: Lexicon) -> None:
    homes: dict[str, set[str]] = {}
    for entry in lexicon.entries:
        for phrase in entry.spellings:
            homes.setdefault(phrase_key(phrase, lexicon.speech), set()).add(entry.key)
    assert {key: names for key, names in homes.items() if len(names) > 1} == {}
    fillers = {filler for filler in lexicon.fillers if phrase_key(filler, lexicon.speech) in homes}
    assert fillers == set()


def test_names_of_entries_are_unique() -> None:
    assert len(IN_ENGLISH.by_key) == len(ENTRIES)
    assert Counter(entry.key for entry in ENTRIES).most_common(1)[0][1] == 1


def test_every_entry_can_be_said_in_french() -> None:
    keys = {entry.key for entry in ENTRIES}
    assert keys - set(IN_FRENCH.by_key) == set(MISSING_IN_FRENCH)
    tables = (lexicon_fr_camera, lexicon_fr_family, lexicon_fr_grammar, lexicon_fr_place)
    spoken = [key for table in tables for key in table.WORDS]
    assert set(spoken) <= keys, "French words for an entry that there is not"
    assert len(spoken) == len(set(spoken)), "two French rows for one entry"


def test_homographs_and_suggestions_are_of_their_lexicon() -> None:
    for lexicon in LEXICONS:
        assert set(lexicon.homographs.values()) - {""} <= set(lexicon.by_key)
        known = {phrase_key(one, lexicon.speech) for one in (*lexicon.phrases, *lexicon.fillers)}
        for said, words in NEAR[lexicon.language].items():
            assert said in lexicon.phrases
            near = [word for word in spelled(words) if phrase_key(word, lexicon.speech) in known]
            assert near == [], "suggested for, though known"


def test_every_family_and_country_has_words() -> None:
    for lexicon in LEXICONS:
        places = [entry for entry in lexicon.entries if entry.role is Role.PLACE]
        assert {family for entry in places for family in entry.names} == set(Family)
        countries = [entry for entry in lexicon.entries if entry.role is Role.COUNTRY]
        assert {entry.sets[0][1] for entry in countries} == {country.value for country in Country}


def test_things_and_refusals_are_complete() -> None:
    for entry in ENTRIES:
        assert (entry.role is Role.THING) == bool(entry.thing)
        assert not entry.thing or entry.thing in THINGS
        assert entry.role is not Role.NEVER or entry.note


def _prompt_for(entry: Entry, lexicon: Lexicon, phrase: str) -> str:
    """A prompt with the phrase, in a place that shows what it says."""
    family = (entry.fits or (Family.SUBURB,))[0]
    if family is Family.INTERIOR and entry.furnishing:
        return f"{lexicon.by_key[_room_with(entry.furnishing)].spellings[0]}, {phrase}"
    key = next(one.key for one in PLACES if family is one.names[0])
    return f"{lexicon.by_key[key].spellings[0]}, {phrase}"


def _room_with(furnishing: str) -> str:
    """The first room that has a thing, by its own plan."""
    wanted = frozenset(furnishing.split())
    places = {
        room: Place(family=Family.INTERIOR, seed=Brief().place_seed, room=room, extent=100)
        for room in Room
    }
    return next(
        room.value
        for room, place in places.items()
        if any(wanted <= mark.words for mark in lay_out(place).landmarks)
    )


@pytest.mark.parametrize("lexicon", LEXICONS, ids=lambda lexicon: lexicon.language)
@pytest.mark.parametrize("key", IN_ENGLISH.by_key)
def test_every_phrase_is_read_or_refused(key: str, lexicon: Lexicon) -> None:
    entry = lexicon.by_key[key]
    for phrase in entry.spellings[:3]:
        try:
            reading = read_prompt(_prompt_for(entry, lexicon, phrase), Brief())
        except NotCapable as error:
            assert error.why or error.next_step  # noqa: PT017 -- reading and refusing are both right
            assert entry.role not in (Role.PLACE, Role.SHOWN, Role.TIME, Role.THING)
        else:
            assert entry.role is not Role.NEVER
            assert reading.language == lexicon.language or len(phrase) < 20
            assert reading.words[-1].use == "filler" or reading.words[-1].became


@pytest.mark.parametrize("entry", SHOWN, ids=lambda entry: entry.key)
def test_a_noun_is_granted_by_its_families_and_refused_elsewhere(entry: Entry) -> None:
    for place in (one for one in PLACES if len(one.names) == 1):
        if entry.furnishing and place.names[0] is Family.INTERIOR:
            continue  # of a room its plan is asked (test_world_rooms)
        prompt = f"{place.key}, {entry.key}"
        if not entry.fits or place.names[0] in entry.fits:
            assert read_prompt(prompt, Brief()).scene.place.family is place.names[0]
        else:
            with pytest.raises(NotCapable) as caught:
                read_prompt(prompt, Brief())
            assert caught.value.unknown == (entry.key,)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_are_current(language: str) -> None:
    page = (ROOT / PAGES[language]).read_text("utf-8")
    assert page == vocabulary_page(language), "write it anew: tools/vocabulary_pages.py"


def test_the_pages_name_every_role_and_thing() -> None:
    for language, texts in TEXTS.items():
        page = vocabulary_page(language)
        for role in {entry.role for entry in ENTRIES} - {Role.LINK, Role.CUE}:
            assert f"## {texts.roles[role]}\n" in page
        for thing in THINGS.values():
            assert f"`{thing.field}`" in page


def test_every_reason_is_told_in_french() -> None:
    notes = {entry.note for entry in ENTRIES if entry.note}
    assert notes - set(TEXTS["fr"].notes) == set()


def test_explain_shows_every_word() -> None:
    reading = read_prompt("A cinematic suburb at night,\nno cars", Brief())
    lines = explain(reading)
    assert len(lines) == len(reading.words) + len(reading.warnings)
    assert lines[1].split(maxsplit=2)[1:] == ["cinematic", "(changes nothing)"]
    assert any("time = 22:00" in line for line in lines)
    assert lines[-1].startswith("note: cars")
