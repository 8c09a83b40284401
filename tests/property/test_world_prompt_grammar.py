"""Prompts that people might write, made by a grammar in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generique.model.errors import NotCapable, UnreadableInput
from generique.world.scene import SceneDocument
from generique.world.words.lexicon import IN_ENGLISH, IN_FRENCH, LEXICONS, Lexicon
from generique.world.words.lexicon_entry import Role
from generique.world.words.reading import Brief, Reading, read_prompt

LETTERS = re.compile(r"[^\W_]")
NONSENSE = ("grumblefix", "zzyzx", "qwrtplk", "blorptastique")


class Style(NamedTuple):
    """How a language puts its parts together.

    Attributes:
        shapes: Sentences with the names of their slots.
        slots: What may stand in a slot, beside the phrases of roles.
    """

    lexicon: Lexicon
    shapes: tuple[str, ...]
    slots: Mapping[str, tuple[str, ...]]


STYLES = (
    Style(
        IN_ENGLISH,
        (
            "{view} of a {country} {place} {hour}, {weather}, {move}",
            "{place} {hour}, {shown}, {no}",
            "{hour} over the {place}, {speed} {move}, {length}",
            "A {filler} {place} in {season} with {shown} and {weather}. {height}, {move}.",
            "{place}, {life}, {weather}, {no}, {lens}",
            "{move} at {metres}, {place}, {hour}",
        ),
        {
            "view": ("aerial view", "wide shot", "establishing shot", "low aerial", "drone shot"),
            "hour": ("at night", "at dawn", "at dusk", "by day", "at 3 am", "at 11 pm"),
            "weather": ("light snow", "heavy rain", "thick fog", "no wind", "mist", "clear sky"),
            "no": ("no traffic", "no snow, rain or fog", "no people", "without cars", "no lions"),
            "life": ("few lit windows", "most windows dark", "light traffic", "street lamps off"),
            "metres": ("40 m", "200 feet", "ninety metres", "5000 m", "0.3 km"),
            "length": ("6 s", "for 4 seconds", "90 frames", "700 s"),
        },
    ),
    Style(
        IN_FRENCH,
        (
            "{view} d'une {place} {country} {hour}, {weather}, {move}",
            "{place} {hour}, {shown}, {no}",
            "{place} {hour}, {move} {speed}, {length}",
            "Une {place} {filler} avec {shown} et {weather}. {height}, {move}.",
            "{place}, {life}, {weather}, {no}, {lens}",
            "{move} à {metres}, {place}, {hour}",
        ),
        {
            "view": ("vue aérienne", "plan large", "plan d'ensemble", "vue de drone", "vue"),
            "hour": ("la nuit", "à l'aube", "au crépuscule", "de jour", "à 3 h", "à 23 heures"),
            "weather": ("neige légère", "forte pluie", "brouillard épais", "sans vent", "brume",
                        "ciel dégagé"),
            "no": ("aucune circulation", "sans neige ni pluie", "pas de gens", "sans voitures",
                   "pas de lions"),
            "life": ("peu de fenêtres éclairées", "maisons sombres", "circulation faible",
                     "lampadaires éteints"),
            "metres": ("40 m", "deux cents mètres", "12,5 m", "5000 m", "0,3 km"),
            "length": ("6 s", "pendant 4 secondes", "90 images", "700 s"),
        },
    ),
)  # fmt: skip
ROLES = {
    "place": Role.PLACE,
    "country": Role.COUNTRY,
    "shown": Role.SHOWN,
    "season": Role.SEASON,
    "speed": Role.SPEED,
    "move": Role.MOVE,
    "height": Role.HEIGHT,
    "lens": Role.LENS,
}


@st.composite
def prompts(draw: st.DrawFn) -> tuple[str, Lexicon]:
    """A prompt in one of the languages."""
    style = draw(st.sampled_from(STYLES))
    shape = draw(st.sampled_from(style.shapes))

    def filled(found: re.Match[str]) -> str:
        slot = found[1]
        if slot == "filler":
            return draw(st.sampled_from(sorted(style.lexicon.fillers)))
        if slot not in ROLES:
            return draw(st.sampled_from(style.slots[slot]))
        entries = [entry for entry in style.lexicon.entries if entry.role is ROLES[slot]]
        return draw(st.sampled_from(draw(st.sampled_from(entries)).spellings))

    return re.sub(r"\{(\w+)\}", filled, shape), style.lexicon


def _covers(reading: Reading, text: str) -> None:
    """Every letter of the text lies in exactly one word, and every word says what it became."""
    covered = [False] * len(text)
    for word in reading.words:
        assert text[word.start : word.end] == word.text
        assert not any(covered[word.start : word.end])
        covered[word.start : word.end] = [True] * (word.end - word.start)
        assert (word.use == "used") == bool(word.became)
    assert not any(LETTERS.match(text[at]) for at, seen in enumerate(covered) if not seen)


def _attempt(prompt: str) -> Reading | NotCapable | UnreadableInput:
    """The reading of a prompt, or its refusal."""
    try:
        return read_prompt(prompt, Brief())
    except (NotCapable, UnreadableInput) as error:
        return error


@settings(max_examples=300, deadline=None)
@given(prompts())
def test_a_prompt_of_the_grammar_is_read_in_full_or_refused_by_name(
    made: tuple[str, Lexicon],
) -> None:
    prompt, lexicon = made
    found = _attempt(prompt)
    if isinstance(found, Reading):
        _covers(found, prompt)
        assert found.language == lexicon.language
        assert SceneDocument.read(found.scene.to_json(), where="test") == found.scene
        assert found == _attempt(prompt)
    else:
        assert isinstance(found, NotCapable)
        assert found.next_step
        assert all(word.split()[0] in prompt for word in found.unknown)
        assert found.language == lexicon.language
        unmade = ("cannot be made", "ne peut être fait")
        assert found.unknown or found.why or any(text in found.what for text in unmade)


@settings(max_examples=200, deadline=None)
@given(prompts(), st.sampled_from(NONSENSE), st.integers(0, 3))
def test_a_word_that_is_none_is_never_passed_over(
    made: tuple[str, Lexicon], word: str, at: int
) -> None:
    parts = made[0].split(", ")
    parts.insert(min(at, len(parts)), word)
    found = _attempt(", ".join(parts))
    assert isinstance(found, NotCapable)
    assert word in found.unknown


@settings(max_examples=80, deadline=None)
@given(prompts(), prompts())
def test_a_prompt_in_two_languages_is_read_or_refused_by_name(
    one: tuple[str, Lexicon], other: tuple[str, Lexicon]
) -> None:
    assume(one[1] is not other[1])
    mixed = f"{one[0]}; {other[0]}"
    found = _attempt(mixed)
    if isinstance(found, Reading):
        _covers(found, mixed)
    else:
        assert found.next_step


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_phrase_means_the_same_in_both_languages(data: st.DataObject) -> None:
    roles = (Role.TIME, Role.WEATHER, Role.LIFE, Role.MOVE, Role.LENS, Role.HEIGHT, Role.EASING)
    entries = [entry for entry in IN_ENGLISH.entries if entry.role in roles]
    key = data.draw(st.sampled_from(entries)).key
    scenes = []
    for lexicon, place in zip(LEXICONS, ("a suburb at night", "une banlieue la nuit"), strict=True):
        phrase = data.draw(st.sampled_from(lexicon.by_key[key].spellings))
        timed = lexicon.by_key[key].role is Role.TIME
        found = _attempt(f"{place.split()[1] if timed else place}, {phrase}, 3 s")
        scenes.append(found.scene if isinstance(found, Reading) else None)
    assert scenes[0] == scenes[1]
