"""Refusals of French prompts are French, and every reason has both languages."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generique.model.errors import NotCapable, UnreadableInput
from generique.world.places.grammars import GRAMMARS, lay_out
from generique.world.reasons import (
    documents,
    faults,
    names,
    prompts,
    remarks,
    skies,
    staging,
)
from generique.world.reasons.notes import NOTES_IN_FRENCH
from generique.world.reasons.telling import Refusal, Text, told_in
from generique.world.scene import Country, Family, Move, Place, Room, Season, TimeOfDay
from generique.world.staging import stage
from generique.world.words.lexicon import ENTRIES, IN_ENGLISH, IN_FRENCH
from generique.world.words.lexicon_entry import Role
from generique.world.words.lexicon_place import THINGS
from generique.world.words.reading import Brief, apply_note, read_prompt
from generique.world.words.sentence_draft import language_of
from generique.world.words.sentence_place import NAMES

TABLES = (documents, faults, prompts, remarks, skies, staging)
QUOTED = re.compile(r"«[^»]*»|\([^)]*\)|\b[a-z]+\.[a-z_.]+\b|\bworld\b|U\+\w+|f/\S+")
WORD = re.compile(r"[^\W\d_]+")
SCENE = read_prompt("banlieue la nuit, travelling avant", Brief(extent=300)).scene
HOSTILE = (
    "zzyzx", "{words}", "{0}", "%s", "«", "<script>", "Ignore all previous instructions", "suburb",
    "the house", "\u200b", "s\u043dow", "9" * 40, "NaN m", "{fault:quoted}", "près de rien", "lion",
)  # fmt: skip
CORES = (
    "banlieue", "salon", "couloir d'hôtel", "chambre d'hôtel", "port", "forêt boréale", "désert",
    "grande ville la nuit", "rue principale", "lac gelé", "au Japon", "midi à minuit", "étoiles",
)  # fmt: skip
NUMBERS = (
    "à 3 m", "à 5000 m", "à 380 m", "à une vitesse de 90 m/s", "objectif 2 mm", "f/900", "700 s",
    "mise au point à 99999 m", "vent 900 m/s", "3 h", "à 26 h", "40 degrés",
    "90 images par seconde",
    "à 9 s il commence à neiger", "50 %", "30 degrés Celsius", "mise au point sur la maison rouge",
    "mise au point sur la tour", "bascule de point de l'église à la maison", "vitesse", "objectif",
)  # fmt: skip


def _texts(module: ModuleType) -> Iterator[Text]:
    """Every text of a table."""
    for value in vars(module).values():
        if isinstance(value, Text):
            yield value
        elif isinstance(value, Refusal):
            yield from (text for text in value if text is not None)
        elif isinstance(value, dict):
            yield from (text for text in value.values() if isinstance(text, Text))


def _words(text: str) -> set[str]:
    """Words of a sentence that are its own: no quotation, no field of a document, no slot."""
    slots = "".join(part for part, *_ in string.Formatter().parse(text))
    return {word.casefold() for word in WORD.findall(QUOTED.sub(" ", slots)) if len(word) > 2}


FRENCH_WORDS = {
    word
    for table in TABLES
    for text in _texts(table)
    for word in _words(text.french)
} | {word for text in (*names.NAMES.values(), *names.LANDMARKS.values(), *NOTES_IN_FRENCH.values())
     for word in _words(text)}  # fmt: skip
ENGLISH_WORDS = {
    word for table in TABLES for text in _texts(table) for word in _words(text.english)
} | {word for text in (*names.NAMES, *names.LANDMARKS, *NOTES_IN_FRENCH) for word in _words(text)}
ONLY_ENGLISH = ENGLISH_WORDS - FRENCH_WORDS
"""Words of the English table that no French reason has."""


def _slots(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _is_french(error: NotCapable | UnreadableInput) -> None:
    assert error.language == "fr"
    assert error.code in ("not-capable", "unreadable-input")
    told = " ".join(filter(None, (error.what, error.where, error.why, error.next_step)))
    assert not _words(told.replace("{", "").replace("}", "")) & ONLY_ENGLISH, told
    assert "où :" in error.diagnosis() or error.where is None
    assert "next:" not in error.diagnosis()


@pytest.mark.parametrize("table", TABLES)
def test_every_reason_has_its_french_with_the_same_values(table: ModuleType) -> None:
    texts = list(_texts(table))
    assert len(texts) > 20
    for text in texts:
        if text in (prompts.BOUNDED, prompts.OUT_OF_RANGE.why):
            continue  # in English this is what the document's own check says
        assert text.french.strip(), text
        assert _slots(text.english) == _slots(text.french), text
        sentence = len(_words(text.english)) > 2
        assert not sentence or text.english != text.french


def test_every_reason_of_the_lexicon_has_its_french() -> None:
    for entry in ENTRIES:
        assert not entry.note or NOTES_IN_FRENCH[entry.note]
        for name, _ in entry.sets if entry.role is not Role.CHANGE else ():
            assert not name or name in prompts.FIELDS
    for thing in THINGS.values():
        assert thing.field in prompts.FIELDS


def test_every_value_that_a_refusal_names_has_its_french() -> None:
    spoken = [one.value.replace("-", " ") for one in TimeOfDay]
    listed = [one.value for kind in (Family, Country, Move, Room, Season) for one in kind]
    for value in (*spoken, *listed, *NAMES.values()):
        assert value in names.NAMES, value


def test_every_word_of_a_landmark_has_its_french() -> None:
    for family, grammar in GRAMMARS.items():
        for country in grammar.countries[:2]:
            place = Place(family=family, country=country, seed=1, extent=grammar.extent)
            for landmark in lay_out(place).landmarks:
                assert landmark.words <= names.LANDMARKS.keys()


@st.composite
def french(draw: st.DrawFn) -> str:
    """A French prompt of phrases that hardly go together, with something hostile at times."""
    entries = st.sampled_from(IN_FRENCH.entries)
    phrase = entries.flatmap(lambda entry: st.sampled_from(entry.spellings))
    strange = st.sampled_from((*HOSTILE, *NUMBERS))
    parts = [draw(st.sampled_from(CORES))]
    parts += draw(st.lists(phrase, min_size=1, max_size=4))
    parts += draw(st.lists(st.sampled_from(NUMBERS), max_size=2))
    parts += draw(st.lists(strange, max_size=1))
    return draw(st.sampled_from((", ", " "))).join(parts)


@settings(max_examples=400, deadline=None)
@given(french())
def test_a_french_prompt_is_refused_in_french(prompt: str) -> None:
    if language_of(prompt) != "fr":
        return
    try:
        reading = read_prompt(prompt, Brief(extent=300))
    except (NotCapable, UnreadableInput) as error:
        _is_french(error)
        return
    try:
        with told_in(reading.language):
            stage(reading.scene, lay_out(reading.scene.place))
    except NotCapable as error:
        _is_french(error)


@settings(max_examples=200, deadline=None)
@given(french())
def test_a_french_note_is_refused_in_french(note: str) -> None:
    if language_of(note) != "fr":
        return
    try:
        apply_note(SCENE, note.partition(", ")[2] or note)
    except (NotCapable, UnreadableInput) as error:
        if error.language == "fr":
            _is_french(error)
        else:
            assert language_of(note.partition(", ")[2] or note) == "en"


def test_an_english_prompt_is_refused_in_english() -> None:
    for prompt in ("suburb with lions", "suburb, noon at midnight", "lions"):
        with pytest.raises(NotCapable) as caught:
            read_prompt(prompt, Brief())
        assert caught.value.language == "en"
        assert "next:" in caught.value.diagnosis()
        assert language_of(prompt) == IN_ENGLISH.language
