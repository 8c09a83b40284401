"""The lexicon is consistent, and its page is current."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generique.model.errors import NotCapable
from generique.model.vocabulary import phrase_key
from generique.world.explain import explain, vocabulary_page
from generique.world.lexicon import BY_NAME, ENTRIES, FILLERS, PHRASES
from generique.world.lexicon_entry import Role
from generique.world.lexicon_place import THINGS
from generique.world.words import Brief, read_prompt

ROOT = Path(__file__).parents[3]


def test_no_phrase_stands_in_two_entries() -> None:
    homes: dict[str, set[str]] = {}
    for phrase, name in PHRASES.items():
        homes.setdefault(phrase_key(phrase), set()).add(name)
    assert {key: names for key, names in homes.items() if len(names) > 1} == {}
    assert {filler for filler in FILLERS if phrase_key(filler) in homes} == set()


def test_names_of_entries_are_unique() -> None:
    assert len(BY_NAME) == len(ENTRIES)
    assert Counter(entry.name for entry in ENTRIES).most_common(1)[0][1] == 1


def test_things_and_refusals_are_complete() -> None:
    for entry in ENTRIES:
        assert (entry.role is Role.THING) == bool(entry.thing)
        assert not entry.thing or entry.thing in THINGS
        assert entry.role is not Role.NEVER or entry.note


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_phrase_is_read_or_refused(entry: object) -> None:
    found = next(other for other in ENTRIES if other is entry)
    for phrase in found.spellings[:3]:
        try:
            reading = read_prompt(f"a suburb, {phrase}", Brief())
        except NotCapable as error:
            assert error.why or error.next_step  # noqa: PT017 -- reading and refusing are both right
        else:
            assert found.role is not Role.NEVER
            assert reading.words[-1].use == "filler" or reading.words[-1].became


def test_the_page_is_current() -> None:
    page = (ROOT / "docs" / "world-vocabulary.md").read_text("utf-8")
    assert page == vocabulary_page(), "write it anew with generique.world.explain.vocabulary_page"


def test_the_page_names_every_role_and_thing() -> None:
    page = vocabulary_page()
    for role in {entry.role for entry in ENTRIES} - {Role.LINK, Role.CUE}:
        assert f"## {role.value}\n" in page
    for thing in THINGS.values():
        assert f"`{thing.field}`" in page


def test_explain_shows_every_word() -> None:
    reading = read_prompt("A cinematic suburb at night,\nno cars", Brief())
    lines = explain(reading)
    assert len(lines) == len(reading.words) + len(reading.warnings)
    assert lines[1].split(maxsplit=2)[1:] == ["cinematic", "(changes nothing)"]
    assert any("time = 22:00" in line for line in lines)
    assert lines[-1].startswith("note: cars")
