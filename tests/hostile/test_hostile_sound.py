"""Sound backends under prompts, options and events that mean harm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generique.backends.foley import FoleyBackend
from generique.backends.pico import PicoBackend
from generique.backends.score import ScoreBackend
from generique.model.element import ElementKind
from generique.model.errors import NotCapable
from generique.model.time import Rate
from generique.production.ports import Backend, Request
from generique.testing.backend_contract import expect_covered
from patience import at_once

CASES: tuple[tuple[Backend, ElementKind, str | None], ...] = (
    (PicoBackend(), ElementKind.VOICE, "en"),
    (ScoreBackend(), ElementKind.MUSIC, None),
    (FoleyBackend(), ElementKind.EFFECT, None),
)
NAMES = st.sampled_from(
    ("bpm", "first", "tension", "beats_per_bar", "events", "voice", "speed", "pitch", "other")
)


def request(kind: ElementKind, language: str | None, prompt: str, **changes: object) -> Request:
    base: dict[str, object] = {
        "kind": kind,
        "prompt": prompt,
        "seed": 1,
        "rate": Rate(numerator=24),
        "frames": None if kind is ElementKind.VOICE else 24,
        "language": language,
    }
    return Request.model_validate(base | changes)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(CASES),
    st.text(max_size=200)
    | st.lists(st.sampled_from(["soft", "wind", "piano", "rain", ",", "dark", "no", "12 bpm"])).map(
        " ".join
    ),
    st.dictionaries(NAMES, st.text(max_size=30), max_size=2),
)
def test_interpret_reads_everything_or_refuses(
    case: tuple[Backend, ElementKind, str | None], prompt: str, options: dict[str, str]
) -> None:
    backend, kind, language = case
    try:
        reading = backend.interpret(request(kind, language, prompt, options=options))
    except NotCapable:
        return
    expect_covered(prompt, reading)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case[1].value))
@pytest.mark.parametrize(
    "prompt",
    [
        "x" * 100_000,
        "wind, " * 17_000,
        "a\u0301" * 50_000,
        "<speed level='500'/>" * 5_000,
        "\u202e" * 100_000,
        "9" * 100_000,
        "-" * 100_000,
        "\x00\x1b[2J",
    ],
    ids=["word", "words", "accents", "markup", "bidi", "digits", "hyphens", "control"],
)
def test_a_flood_is_refused_at_once(
    case: tuple[Backend, ElementKind, str | None], prompt: str
) -> None:
    backend, kind, language = case
    with at_once(), pytest.raises(NotCapable) as caught:
        backend.interpret(request(kind, language, prompt))
    assert len(caught.value.diagnosis()) < 2000


@pytest.mark.parametrize("nested", ["[" * 100_000, '{"a":' * 50_000, "[1e999]", "null", '"x"'])
def test_events_that_are_no_events_are_refused(nested: str) -> None:
    asked = request(ElementKind.EFFECT, None, "wind", options={"events": nested})
    with pytest.raises(NotCapable):
        FoleyBackend().interpret(asked)


@pytest.mark.parametrize("number", ["1e3", "0x40", "٦٠", "inf", "-0", "1_000", "", " ", "60\n60"])
def test_numbers_are_plain_decimals(number: str) -> None:
    asked = request(ElementKind.MUSIC, None, "piano", options={"bpm": number})
    with pytest.raises(NotCapable):
        ScoreBackend().interpret(asked)
