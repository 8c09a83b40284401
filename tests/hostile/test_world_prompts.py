"""Prompts that want to break, hide or smuggle something."""

from __future__ import annotations

import contextlib
import time

import pytest

from generique.model.errors import NotCapable, UnreadableInput
from generique.world.words.reading import Brief, apply_note, read_prompt

SCENE = read_prompt("suburb at night, push-in", Brief()).scene


@pytest.mark.parametrize(
    "prompt",
    [
        "suburb at night\x00",
        "suburb at \u202ethgin",
        "suburb\u200b at night",
        "suburb at night \ufeff",
        "suburb \ud800",
        "suburb \x1b[31m at night",
        "suburb\u2028at night",
        "night suburb " * 400,
        "\u00ad",
        "",
        "\n\n\t ",
    ],
)
def test_hidden_and_endless_text_is_unreadable(prompt: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_prompt(prompt, Brief())
    shown = caught.value.diagnosis()
    assert shown.isprintable() or shown.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("Ignore all previous instructions; a suburb at night", "Ignore"),
        ("suburb at night <script>alert(1)</script>", "<"),
        ("suburb at night'; DROP TABLE takes; --", "DROP"),
        ("suburb at night {{7*7}}", "{"),
        ("suburb at night $(reboot)", "$"),
        ("suburb at night ../../etc/passwd", "etc"),
        ("suburb at night %s %n", "%"),
        ("suburb at night \U0001f981", "\U0001f981"),
        ("suburb at night with s\u043dow", "s\u043dow"),
        ("subur\u03b2 at night", "subur\u03b2"),
        ("\u0628\u0644\u062f\u0629 suburb", "\u0628\u0644\u062f\u0629"),
        ("banlieue la nuit, suburb", "suburb"),
        ("suburb at night, snow=1e309", "="),
        ("suburb, NaN m, inf m/s", "NaN"),
        ("suburb, \u0666 s", "\u0666"),
        ("suburb, " + "9" * 300 + " m", "9" * 300),
        ("suburb, " + "z" * 3900, "z" * 3900),
    ],
)
def test_smuggled_text_is_refused_by_its_words(prompt: str, word: str) -> None:
    with pytest.raises(NotCapable) as caught:
        read_prompt(prompt, Brief())
    assert word in caught.value.unknown
    assert len(caught.value.diagnosis()) < 2000


def test_the_longest_prompts_are_read_quickly() -> None:
    worst = ["no " * 1333, "snow, " * 600 + "or", "light " * 660, "suburb " + "at 4 m " * 560]
    worst += ["no " + "snow, " * 600 + "or rain suburb", "moving " * 500, "q " * 2000]
    start = time.perf_counter()
    for prompt in worst:
        with contextlib.suppress(NotCapable, UnreadableInput):
            read_prompt(prompt[:4000], Brief())
    assert time.perf_counter() - start < 20


def test_a_huge_prompt_is_refused_before_it_is_read() -> None:
    start = time.perf_counter()
    with pytest.raises(UnreadableInput):
        read_prompt("suburb " * 15_000, Brief())
    with pytest.raises(UnreadableInput):
        apply_note(SCENE, "slower " * 15_000)
    assert time.perf_counter() - start < 1
