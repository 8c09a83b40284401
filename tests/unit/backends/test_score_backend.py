"""The composer keeps the law of a backend."""

from __future__ import annotations

import pytest

from generique.backends.score import ScoreBackend
from generique.model.element import ElementKind
from generique.model.errors import NotCapable
from generique.model.time import Rate
from generique.production.ports import Backend, Request
from generique.testing.backend_contract import BackendContract


def music(prompt: str, frames: int | None = 48, rate: str = "24", **options: str) -> Request:
    return Request(
        kind=ElementKind.MUSIC,
        prompt=prompt,
        seed=5,
        rate=Rate.parse(rate),
        frames=frames,
        options=options,
    )


class TestScore(BackendContract):
    def backend(self) -> Backend:
        return ScoreBackend()

    def can(self) -> tuple[Request, ...]:
        return (
            music("sparse felt piano", 60, bpm="72", first="0.5", tension="0,0.5,1,0.2"),
            music("Dark strings and drone, with bells, 90 bpm, no drums", 31, "30000/1001"),
            music("calm hopeful piano", 1, beats_per_bar="3"),
        )

    def cannot(self) -> tuple[Request, ...]:
        return (
            music("techno"),
            music("piano and saxophone"),
            music("dark bright piano"),
            music("piano, 60 bpm", bpm="70"),
            music("piano, 3 km"),
            music("piano, 5000 bpm"),
            music("no piano"),
            music(""),
            music("the of and"),
            music("piano " * 20000),
            music("piano", None),
            music("piano", 24 * 3600),
            music("piano", bpm="nan"),
            music("piano", bpm="0"),
            music("piano", bpm="-60"),
            music("piano", bpm="6" * 5000),
            music("piano", tension="0,2"),
            music("piano", tension=""),
            music("piano", tension="0;1"),
            music("piano", first="1e9"),
            music("piano").model_copy(update={"language": "en"}),
        )


def test_unknown_words_are_named_with_a_suggestion() -> None:
    with pytest.raises(NotCapable) as caught:
        ScoreBackend().interpret(music("felt piano, pianno, trombone"))
    assert caught.value.unknown == ("pianno", "trombone")
    assert caught.value.next_step == "did you mean piano?"


def test_a_first_beat_after_the_end_is_said() -> None:
    reading = ScoreBackend().interpret(music("piano", 24, first="30"))
    assert "silent" in reading.warnings[0]


def test_direction_as_a_director_writes_it_is_read() -> None:
    asked = music("sparse piano and low strings, dark, then hopeful", 24 * 40, bpm="72.0")
    became = {word.text: word.became for word in ScoreBackend().interpret(asked).words}
    assert became["hopeful"] == "ending=major"
    assert became["low strings"] == "instrument=strings"
