"""The suite lets an honest backend pass and catches each way of breaking the law."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest

from generique.model.element import ElementKind, Raster
from generique.model.errors import Interrupted, NotCapable
from generique.model.passport import Passport, SourceType, Training
from generique.model.time import Rate
from generique.production.ports import (
    Backend,
    Delivery,
    Estimate,
    Interpretation,
    Request,
    Stage,
    WordUse,
)
from generique.testing.backend_contract import BackendContract

ASKED = Request(
    kind=ElementKind.TRANSITION,
    prompt="dip to grey",
    seed=3,
    rate=Rate(numerator=25),
    frames=5,
    raster=Raster(width=64, height=48),
)


class Grey:
    """An honest backend of grey frames."""

    kinds = (ElementKind.TRANSITION,)
    credit = {"en": "Grey", "fr": "Gris"}  # noqa: RUF012 -- never changed, read by the tests only

    def passport(self) -> Passport:
        return Passport(
            name="grey",
            version="1",
            title="Grey",
            maker="nobody",
            licence="Apache-2.0",
            kinds=self.kinds,
            training=Training(statement="none"),
            source_type=SourceType.ALGORITHMIC,
            repeatable=True,
            credit=self.credit,
        )

    def interpret(self, request: Request) -> Interpretation:
        if request.kind not in self.kinds or request.options or request.prompt != ASKED.prompt:
            raise NotCapable("only a dip to grey")
        return Interpretation(words=self.words(request.prompt))

    def words(self, prompt: str) -> tuple[WordUse, ...]:
        return (WordUse(start=0, end=len(prompt), text=prompt, use="used", became="level"),)

    def estimate(self, request: Request, stage: Stage) -> Estimate:
        return Estimate(seconds=0.1)

    def generate(self, request: Request, stage: Stage) -> Delivery:
        self.interpret(request)
        assert request.raster is not None
        assert request.frames is not None
        sink = stage.picture(request.raster, request.rate)
        for number in range(self.length(request.frames)):
            stage.progress(number, request.frames, "frame")
            level = self.level(number)
            sink.write(np.full((request.raster.height, request.raster.width, 3), level, np.uint8))
        return Delivery(path=sink.close(), media_type="video/mp4", seed=request.seed)

    def length(self, frames: int) -> int:
        return frames

    def level(self, number: int) -> int:
        return 20 * number


class Shortens(Grey):
    def length(self, frames: int) -> int:
        return frames - 1


class Forgets(Grey):
    def words(self, prompt: str) -> tuple[WordUse, ...]:
        return (WordUse(start=0, end=3, text=prompt[:3], use="used", became="level"),)


class Improvises(Grey):
    made = 0

    def level(self, number: int) -> int:
        type(self).made += 1
        return type(self).made % 200


class Ignores(Grey):
    def interpret(self, request: Request) -> Interpretation:
        return Interpretation(words=self.words(request.prompt))


class Deaf:
    """A stage whose progress never stops anybody."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def __getattr__(self, name: str) -> object:
        return getattr(self._stage, name)

    def progress(self, done: int, total: int, what: str) -> None:
        with contextlib.suppress(Interrupted):
            self._stage.progress(done, total, what)


class Swallows(Grey):
    def generate(self, request: Request, stage: Stage) -> Delivery:
        return super().generate(request, Deaf(stage))  # type: ignore[arg-type] # by delegation


class Strays(Grey):
    def generate(self, request: Request, stage: Stage) -> Delivery:
        Path("stray.txt").write_text("here", encoding="utf-8")
        return super().generate(request, stage)


class Uncredited(Grey):
    credit = {"en": "Grey"}  # noqa: RUF012 -- as above


class TestGrey(BackendContract):
    made: type[Grey] = Grey

    def backend(self) -> Backend:
        return self.made()

    def can(self) -> tuple[Request, ...]:
        return (ASKED,)

    def cannot(self) -> tuple[Request, ...]:
        return (ASKED.model_copy(update={"prompt": "dip to blue"}),)


def suite(made: type[Grey]) -> TestGrey:
    tests = TestGrey()
    tests.made = made
    return tests


@pytest.mark.parametrize(
    ("made", "test", "law"),
    [
        (Shortens, "it_makes_exactly_what_was_asked", "4 frames are what was asked"),
        (Improvises, "the_same_request_gives_the_same_bytes", "same bytes"),
        (Swallows, "an_interruption_passes_and_leaves_no_file", "passes through"),
        (Strays, "nothing_is_written_but_through_the_stage", "working folder"),
        (Ignores, "what_it_cannot_do_is_refused_before_and_while", "is refused by interpret"),
    ],
)
def test_lawbreakers_who_generate_are_caught(
    made: type[Grey], test: str, law: str, tmp_path: Path
) -> None:
    with pytest.raises(AssertionError, match=law):
        getattr(suite(made), f"test_{test}")(tmp_path)


@pytest.mark.parametrize(
    ("made", "test", "law"),
    [
        (Forgets, "interpret_accounts_for_every_word", "these letters are not: 'togrey'"),
        (Ignores, "an_unknown_option_is_refused", "not known"),
        (Ignores, "another_kind_is_refused", "not in the passport"),
        (Uncredited, "the_passport_is_complete", "en and fr"),
    ],
)
def test_lawbreakers_who_only_talk_are_caught(made: type[Grey], test: str, law: str) -> None:
    with pytest.raises(AssertionError, match=law):
        getattr(suite(made), f"test_{test}")()
