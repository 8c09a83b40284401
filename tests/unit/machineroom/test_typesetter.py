from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generique.machineroom.typesetter import Typesetter
from generique.model.errors import UnreadableInput
from generique.titles.credits import CreditLine, Credits, CreditSection
from generique.titles.labels import Label
from generique.titles.typeset import credits_source, label_source, literal

HOSTILE = (
    '#read("/etc/passwd")',
    '"); #import "@preview/x:0.1.0"; ("',
    "\\u{41} \\\\ \\",
    "#[*bold*] $x^2$ `raw` <label> @ref // comment /* open",
    "א ב שלום \u202etxet desrever",
    "🐦🏽 👩‍👩‍👧 é̂̂̂̂",
    "line\nbreak\ttab\x00nul\x1b[31m\u2028",
    "half \ud83d of a pair",
    "https://example.org/a#b?c=d&e",
    "",
)


def label(text: str) -> Label:
    return Label(kind="picture", head=text, tail=text, start=0, end=10)


def made(text: str) -> Credits:
    line = CreditLine(what=text, who=text, details=(text,))
    section = CreditSection(name="images", heading=text, lines=(line, CreditLine(who=text)))
    return Credits(title=text, language="en", sections=(section,))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_set_and_never_run(text: str) -> None:
    for source in (label_source(label(text)), credits_source(made(text))):
        picture = Typesetter().render(source, 320)
        assert picture.shape[1:] == (320, 4)
        assert picture.dtype == np.uint8


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_no_letter_of_a_text_reaches_the_source(text: str) -> None:
    assert re.fullmatch(r'"(?:\\u\{[0-9a-f]+\})*"', literal(text))


@given(st.text(max_size=30))
@settings(max_examples=15)
def test_any_text_can_be_set(text: str) -> None:
    assert Typesetter().render(label_source(label("A" + text)), 320).any()


@pytest.mark.parametrize(
    "source",
    [
        '#import "@preview/cetz:0.2.2": *',
        '#include "other.typ"',
        '#read("pyproject.toml")',
        '#eval("1")',
        '#image("a.png")',
        '#plugin("a.wasm")',
        '#json("a.json")',
        '#bibliography("a.bib")',
        "#datetime.today()",
        "#sys.inputs",
        "#let f = std.read",
        "`raw`",
        "@key",
    ],
)
def test_a_source_that_reaches_outside_is_refused_before_it_is_compiled(source: str) -> None:
    with pytest.raises(UnreadableInput, match="source uses"):
        Typesetter().render(source, 320)


def test_faults_are_told_in_our_words() -> None:
    with pytest.raises(UnreadableInput, match="cannot be set") as caught:
        Typesetter().render("#let x = ", 320)
    assert caught.value.why
    with pytest.raises(UnreadableInput, match="as it is meant"):
        Typesetter().render('#set text(font: "No Such Font")\nx', 320)
    page = "#set page(width: 1280pt, height: 100pt)\n"
    with pytest.raises(UnreadableInput, match="2 pages"):
        Typesetter().render(page + "a #pagebreak() b", 320)
    with pytest.raises(UnreadableInput, match="wide and not 320"):
        Typesetter().render("#set page(width: 100pt, height: 50pt)\nx", 320)
    for width in (0, 100_000):
        with pytest.raises(UnreadableInput, match="pixels wide"):
            Typesetter().render("x", width)


def test_a_word_longer_than_its_column_is_broken() -> None:
    for text in ("/" * 300, "https://example.org/" + "a" * 200):
        picture = Typesetter().render(credits_source(made(text)), 640)
        assert not picture[:, -30:, 3].any()


def test_setting_is_repeatable_transparent_and_scales() -> None:
    source = label_source(label("IMAGES GÉNÉRÉES"))
    small = Typesetter().render(source, 1280)
    assert np.array_equal(small, Typesetter().render(source, 1280))
    assert small[0, 0, 3] == 0
    assert small[:, :, 3].max() == 255
    assert Typesetter().render(source, 1920).shape[0] == round(small.shape[0] * 1.5)


def test_letters_are_white_red_green_blue_in_that_order() -> None:
    page = "#set page(width: 1280pt, height: 20pt, margin: 0pt, fill: rgb(10, 20, 30))\n"
    assert Typesetter().render(page, 320)[2, 2].tolist() == [10, 20, 30, 255]
