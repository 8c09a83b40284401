"""Foley keeps the law of a backend."""

from __future__ import annotations

import json

import pytest

from generique.backends.foley import FoleyBackend
from generique.model.element import ElementKind
from generique.model.errors import NotCapable
from generique.model.time import Rate
from generique.production.ports import Backend, Request
from generique.testing.backend_contract import BackendContract

CAR = {"at": 0.2, "kind": "car-pass", "distance_m": 9.0, "pan_from": -0.5, "duration": 1.0}


def effect(prompt: str, frames: int | None = 36, rate: str = "24", **options: str) -> Request:
    return Request(
        kind=ElementKind.EFFECT,
        prompt=prompt,
        seed=9,
        rate=Rate.parse(rate),
        frames=frames,
        options=options,
    )


class TestFoley(BackendContract):
    def backend(self) -> Backend:
        return FoleyBackend()

    def can(self) -> tuple[Request, ...]:
        return (
            effect("Soft winter wind, distant city hum; night hush in snow"),
            effect("car passing, left to right", 49, "24000/1001"),
            effect("rain and a gentle breeze in trees", 1),
            effect("dawn air", events=json.dumps([CAR, CAR | {"at": 99.0}])),
        )

    def cannot(self) -> tuple[Request, ...]:
        return (
            effect("a lion roaring"),
            effect("wind, left to right"),
            effect("soft strong wind"),
            effect("rain in trees"),
            effect("soft and distant"),
            effect("wind, 3 km"),
            effect("no wind"),
            effect(""),
            effect("wind " * 30000),
            effect("wind", None),
            effect("wind", 24 * 3600),
            effect("wind", events="not json"),
            effect("wind", events="{}"),
            effect("wind", events=json.dumps([CAR | {"kind": "door"}])),
            effect("wind", events=json.dumps([CAR | {"extra": 1}])),
            effect("wind", events=json.dumps([CAR | {"duration": -1}])),
            effect("wind", events=json.dumps([CAR] * 500)),
            effect("wind", events="[" * 3000),
            effect("wind").model_copy(update={"language": "en"}),
        )


def test_a_word_on_the_wrong_sound_is_named() -> None:
    with pytest.raises(NotCapable, match="'left to right' says nothing about wind"):
        FoleyBackend().interpret(effect("soft wind left to right"))


def test_events_after_the_end_are_said() -> None:
    late = json.dumps([CAR | {"at": 60.0}])
    assert "after the end" in FoleyBackend().interpret(effect("wind", events=late)).warnings[0]


def test_words_bend_the_right_sound() -> None:
    reading = FoleyBackend().interpret(effect("soft wind, distant city hum, car, close"))
    became = {word.text: word.became for word in reading.words}
    assert became["soft"] == "wind: strength=0.25"
    assert became["distant"] == "city: distance=far"
    assert became["close"] == "car pass: distance=near"
