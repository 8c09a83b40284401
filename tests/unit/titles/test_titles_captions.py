from __future__ import annotations

import re
from itertools import pairwise
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from titles_films import RATE

from generique.model.errors import UnreadableInput
from generique.model.timing import LineTiming
from generique.titles.captions import LINE_LENGTH, Spoken, captions_of, write_webvtt

_TIME = r"(\d{2}):([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(f"{_TIME} --> {_TIME}")
Cue: TypeAlias = tuple[float, float, str, list[str]]
_ENTITY = re.compile(r"&(?:amp|lt|gt);")


def read_webvtt(text: str) -> list[Cue]:
    """A strict reader: header, one note, then numbered cues with one voice span each."""
    assert text.endswith("\n")
    assert "\r" not in text
    head, note, *cues = text.removesuffix("\n").split("\n\n")
    assert head == "WEBVTT"
    assert note.startswith("NOTE ")
    found = []
    for number, cue in enumerate(cues, start=1):
        name, times, *lines = cue.split("\n")
        assert name == str(number)
        match = _TIMES.fullmatch(times)
        assert match, times
        h1, m1, s1, t1, h2, m2, s2, t2 = map(int, match.groups())
        voiced = re.fullmatch(r"<v ([^<>&\n.]+|[^<>\n]+)>(.*)</v>", "\n".join(lines), re.DOTALL)
        assert voiced, lines
        body = voiced[2]
        assert "-->" not in body
        assert "<" not in body
        assert "&" not in _ENTITY.sub("", body)
        plain = body.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        start = h1 * 3600 + m1 * 60 + s1 + t1 / 1000
        end = h2 * 3600 + m2 * 60 + s2 + t2 / 1000
        found.append((start, end, voiced[1], plain.split("\n")))
    return found


def timing(line: str, start: float, seconds: float, language: str = "en") -> LineTiming:
    return LineTiming(line=line, language=language, start=start, seconds=seconds)


def one(text: str, seconds: float = 2.0, language: str = "en") -> list[Cue]:
    made = captions_of(
        [timing("l", 1.0, seconds, language)],
        {"l": Spoken(speaker="NARRATOR", text=text)},
        language,
        RATE,
        2400,
    )
    return read_webvtt(write_webvtt(made, language, RATE))


def test_a_short_line_stays_for_a_second_and_names_its_speaker() -> None:
    start, end, speaker, lines = one("Snow.", seconds=0.4)[0]
    assert (start, speaker, lines) == (1.0, "NARRATOR", ["Snow."])
    assert end - start >= 1.0


def test_a_dense_line_stays_until_it_can_be_read() -> None:
    text = "Nobody has counted the windows that burn all night."
    start, end, _, lines = one(text, seconds=1.2)[0]
    assert len(lines) == 2
    assert len(text) / (end - start) <= 17


def test_breaks_are_balanced_and_prefer_a_pause() -> None:
    text = "At four in the morning, the street is still asleep under snow."
    assert one(text)[0][3] == ["At four in the morning,", "the street is still asleep under snow."]


def test_a_long_line_is_parted_at_its_sentences() -> None:
    text = (
        "The suburb sleeps under the first snow of the year, and nobody is awake to see it. "
        "Only the lamps keep watch over the empty road."
    )
    cues = one(text, seconds=8)
    assert len(cues) == 2
    assert cues[0][3][-1].endswith("see it.")
    assert cues[0][1] <= cues[1][0]


def test_the_next_caption_is_never_covered() -> None:
    made = captions_of(
        [timing("a", 1.0, 0.5), timing("b", 1.6, 2.0), timing("c", 1.0, 1.0, "fr")],
        {"a": Spoken(speaker="N", text="A" * 40), "b": Spoken(speaker="N", text="Then.")},
        "en",
        RATE,
        200,
    )
    assert len(made) == 2
    assert made[0].end == made[1].start - 2


def test_markup_and_time_lines_are_escaped() -> None:
    cue = one("<b>A & B</b> --> <v X>")[0]
    assert " ".join(cue[3]) == "<b>A & B</b> --> <v X>"
    weird = captions_of(
        [timing("l", 0.0, 1.0)], {"l": Spoken(speaker="A>B.\n\n--> C", text="x")}, "en", RATE, 99
    )
    assert len(read_webvtt(write_webvtt(weird, "en", RATE))) == 1


def test_french_spaces_do_not_break() -> None:
    cue = one("Vraiment ? Oui : « la neige ».", language="fr")[0]
    assert cue[3] == ["Vraiment\u202f? Oui\u00a0: «\u00a0la neige\u00a0»."]


def test_a_line_without_words_is_named() -> None:
    for texts in ({}, {"l": Spoken(speaker="N", text="  \n ")}):
        with pytest.raises(UnreadableInput, match="line l has no words in fr"):
            captions_of([timing("l", 0, 1, "fr")], texts, "fr", RATE, 99)


def test_an_hour_is_written_in_full() -> None:
    made = captions_of(
        [timing("l", 3661.5, 1)], {"l": Spoken(speaker="", text="Late.")}, "en", RATE, 100000
    )
    assert "01:01:01.500 -->" in write_webvtt(made, "en", RATE)


@given(
    st.lists(
        st.tuples(st.floats(0.1, 3.0), st.floats(0.3, 6.0), st.text(min_size=1, max_size=300)),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_makes_a_file_that_a_strict_reader_accepts(
    said: list[tuple[float, float, str]],
) -> None:
    at, timings, texts = 0.0, [], {}
    for index, (pause, seconds, text) in enumerate(said):
        at += pause
        timings.append(timing(f"l{index}", at, seconds))
        texts[f"l{index}"] = Spoken(speaker="É. <X>", text=f"a{text}")
        at += seconds
    made = captions_of(timings, texts, "en", RATE, RATE.frames(at) + 48)
    read = read_webvtt(write_webvtt(made, "en", RATE))
    for caption in made:
        assert 1 <= len(caption.lines) <= 2
        assert all(0 < len(line) <= LINE_LENGTH for line in caption.lines)
    for first, second in pairwise(read):
        assert first[0] < first[1] <= second[0]


def test_a_film_without_a_word_has_no_captions() -> None:
    captions = captions_of((), {}, "en", RATE, 240)
    assert captions == ()
    assert write_webvtt(captions, "en", RATE).strip() == "WEBVTT\n\nNOTE Language: en"
