"""Reading text against a closed vocabulary."""

from __future__ import annotations

import pytest

from generique.model.vocabulary import match_phrases, nearest, phrase_key
from patience import at_once

PHRASES = {
    "night": "night",
    "snow": "snow",
    "light snow": "light-snow",
    "street lamp": "lamp",
    "push-in": "push",
    "bird's-eye": "above",
    "neighbourhood": "place",
    "flurry": "flurries",
}
FILLERS = frozenset({"a", "the", "over", "snow-white"})


def _read(text: str) -> tuple[list[tuple[str, str | None]], list[str]]:
    matches, unknown = match_phrases(text, PHRASES, FILLERS)
    assert all(text[match.start : match.end] == match.text for match in matches)
    assert all(text[word.start : word.end] == word.text for word in unknown)
    return [(match.text, match.meaning) for match in matches], [word.text for word in unknown]


def test_every_word_is_used_filler_or_unknown() -> None:
    matches, unknown = _read("A night over Paris")
    assert matches == [("A", None), ("night", "night"), ("over", None)]
    assert unknown == ["Paris"]


def test_the_longest_phrase_wins() -> None:
    assert _read("light snow, snow")[0] == [("light snow", "light-snow"), ("snow", "snow")]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("STREET LAMPS", "lamp"),
        ("street-lamps", "lamp"),
        ("streetlamp", "lamp"),
        ("street lamp's", "lamp"),
        ("push\n in", "push"),
        ("Pushin", "push"),
        ("birds eye", "above"),
        ("bird\u2019s\u2010eye", "above"),
        ("flurries", "flurries"),
        ("n\u00ef\u0301ght", "night"),
        ("\uff53\uff4e\uff4f\uff57", "snow"),
    ],
)
def test_spelling_variants_are_the_same_phrase(text: str, meaning: str) -> None:
    assert _read(text) == ([(text, meaning)], [])


@pytest.mark.parametrize("text", ["street, lamp", "street. Lamp", "street (lamp)", "street / lamp"])
def test_a_phrase_does_not_reach_over_a_stop(text: str) -> None:
    assert _read(text) == ([], ["street", text.strip(")")[-4:]])


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("6 s", 6, "s"),
        ("six seconds", 6, "s"),
        ("6-second", 6, "s"),
        ("60 m", 60, "m"),
        ("sixty metres", 60, "m"),
        ("sixty-five meters", 65, "m"),
        ("200 feet", 60.96, "m"),
        ("24mm", 24, "mm"),
        ("2.5 metres", 2.5, "m"),
        ("2,5 m", 2.5, "m"),
        ("1,200 m", 1200, "m"),
        ("4 m/s", 4, "m/s"),
        ("four metres per second", 4, "m/s"),
        ("36 km/h", 10, "m/s"),
        ("15°", 15, "degrees"),
        ("-10 degrees", -10, "degrees"),
        ("3 a.m.", 3, "am"),
        ("92 bpm", 92, "bpm"),
        ("144 frames", 144, "frames"),
        ("24 fps", 24, "fps"),
        ("30%", 30, "percent"),
    ],
)
def test_numbers_with_units_are_quantities(text: str, value: float, unit: str) -> None:
    matches, unknown = match_phrases(f"night {text}, snow", PHRASES, FILLERS)
    assert not unknown
    assert [match.meaning for match in matches] == ["night", "quantity", "snow"]
    quantity = matches[1].quantity
    assert quantity is not None
    assert quantity.unit == unit
    assert quantity.value == pytest.approx(value)


@pytest.mark.parametrize("text", ["4K", "1970s", "16", "1,2,3", "two", "6x", "\u0663", "9" * 300])
def test_other_numbers_are_unknown_words(text: str) -> None:
    assert _read(f"night {text} snow")[1] == [text]


def test_odd_characters_are_unknown_words() -> None:
    assert _read("night \U0001f600\u202e_ \x00 \u200bsnow")[1] == [
        "\U0001f600",
        "\u202e",
        "_",
        "\x00",
        "\u200b",
    ]


@pytest.mark.parametrize(
    "part", ["a ", "1", "1 ", "- ", "\u00e9", "'", "a'", "1,", "twenty ", "street ", "\u0301"]
)
def test_time_is_linear_in_the_length(part: str) -> None:
    text = part * (100_000 // len(part))
    with at_once():
        match_phrases(text, PHRASES, FILLERS)


def test_nearest_suggests_only_what_is_alike() -> None:
    assert nearest("snoww", PHRASES) == "snow"
    assert nearest("Streetlump", PHRASES) == "street lamp"
    assert nearest("lion", PHRASES) is None
    assert nearest("s" * 100_000, PHRASES) is None


def test_keys_forget_case_accents_and_endings() -> None:
    assert phrase_key("The N\u00e9ighbours' Houses") == phrase_key("theneighbourhouse")
