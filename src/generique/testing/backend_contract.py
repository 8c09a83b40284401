"""The law of a backend as a suite of tests, for our backends and for everybody's.

Derive a class whose name starts with ``Test``, give it a backend and requests, and pytest runs
the whole law on it::

    class TestMyBackend(BackendContract):
        def backend(self) -> Backend:
            return MyBackend()

        def can(self) -> tuple[Request, ...]:
            return (Request(kind=ElementKind.EFFECT, prompt="rain", seed=1, ...),)

        def cannot(self) -> tuple[Request, ...]:
            return (Request(kind=ElementKind.EFFECT, prompt="a lion", seed=1, ...),)

Keep the requests of ``can`` short and small: each is generated several times. The suite raises
AssertionError by itself instead of using ``assert``, so that it holds under ``python -O`` too.
"""

from __future__ import annotations

import contextlib
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

from generique.model.element import ElementKind
from generique.model.errors import GeneriqueError, Interrupted, NotCapable
from generique.model.passport import Passport
from generique.model.values import digest_of
from generique.production.ports import Backend, Delivery, Interpretation, Request
from generique.sound.wav import decode_wav
from generique.testing.essence import picture_form
from generique.testing.stage import FolderStage

_PICTURES = frozenset(
    {ElementKind.SHOT, ElementKind.SET, ElementKind.TRANSITION, ElementKind.TITLE}
)
_FINISHED = (".mp4", ".wav", ".mov", ".png", ".flac")


def expect(holds: object, law: str) -> None:
    """Fail the test with the law's own words unless it holds."""
    if not holds:
        raise AssertionError(law)


@contextlib.contextmanager
def expect_error(kind: type[GeneriqueError], law: str) -> Iterator[None]:
    """Fail unless the block raises an error of this kind, which must say what happened."""
    try:
        yield
    except kind as error:
        expect(error.what.strip(), f"{kind.__name__} must say what happened")
        return
    raise AssertionError(law)


def expect_whole(passport: Passport) -> None:
    """Fail unless a passport states all that is known and contradicts nothing."""
    expect(Passport.read(passport.to_json(), where="passport") == passport, "it round-trips")
    expect(passport.kinds, "a passport names the kinds of element that are made")
    for field in (passport.version, passport.title, passport.maker, passport.licence):
        expect(field.strip(), "version, title, maker and licence are stated")
    training = passport.training
    expect(
        (training.statement == "disclosed") == bool(training.datasets),
        "datasets are listed exactly when training is disclosed",
    )
    expect({"en", "fr"} <= passport.credit.keys(), "the credit is worded in en and fr")


class BackendContract(ABC):
    """The suite; see the module's text.

    Attributes:
        interpret_seconds: The most that ``interpret`` may take once it has been called before.
        sample_rate: Samples a second that a delivered sound must have.
    """

    interpret_seconds: float = 0.5
    sample_rate: int = 48000

    @abstractmethod
    def backend(self) -> Backend:
        """A new backend, made without arguments."""

    @abstractmethod
    def can(self) -> tuple[Request, ...]:
        """Requests that it serves, at least one for each kind in its passport."""

    @abstractmethod
    def cannot(self) -> tuple[Request, ...]:
        """Requests of its own kinds that it has to refuse because of their words."""

    def test_it_is_a_backend(self) -> None:
        """It has every method of the protocol."""
        backend = self.backend()
        expect(isinstance(backend, Backend), "a backend has the methods of ports.Backend")

    def test_the_passport_is_complete(self) -> None:
        """The passport states all that is known and contradicts nothing."""
        passport = self.backend().passport()
        expect_whole(passport)
        expect(self.backend().passport() == passport, "the passport is always the same")

    def test_the_requests_cover_every_kind(self) -> None:
        """The suite is run on every kind that the passport names."""
        kinds = set(self.backend().passport().kinds)
        expect({request.kind for request in self.can()} == kinds, "can() covers every kind")

    def test_interpret_is_pure_and_quick(self) -> None:
        """Law 1: interpreting changes nothing and takes no time."""
        for request in self.can():
            backend = self.backend()
            first = backend.interpret(request)
            start = time.perf_counter()
            again = backend.interpret(request)
            took = time.perf_counter() - start
            expect(first == again == self.backend().interpret(request), "interpret is pure")
            expect(took <= self.interpret_seconds, f"interpret is quick, it took {took:.2f} s")

    def test_interpret_accounts_for_every_word(self) -> None:
        """Law 1: no word of the prompt is passed over."""
        for request in self.can():
            expect_covered(request.prompt, self.backend().interpret(request))

    def test_what_it_cannot_do_is_refused_before_and_while(self, tmp_path: Path) -> None:
        """Law 1: refused at once, and again if generated anyway."""
        for request in self.cannot():
            stage = FolderStage(tmp_path)
            law = f"{request.prompt[:60]!r} is refused by"
            with expect_error(NotCapable, f"{law} interpret"):
                self.backend().interpret(request)
            with expect_error(NotCapable, f"{law} generate"):
                self.backend().generate(request, stage)
            expect(not finished(stage), "a refusal leaves no file")

    def test_an_unknown_option_is_refused(self) -> None:
        """An option that means nothing to the backend is not ignored."""
        for request in self.can():
            options = request.options | {"no-such-option": "1"}
            with expect_error(NotCapable, "an option that is not known is refused"):
                self.backend().interpret(request.model_copy(update={"options": options}))

    def test_another_kind_is_refused(self) -> None:
        """A kind that the passport does not name is refused."""
        kinds = self.backend().passport().kinds
        for kind in ElementKind:
            if kind not in kinds:
                asked = self.can()[0].model_copy(update={"kind": kind})
                with expect_error(NotCapable, f"kind {kind} is not in the passport: refused"):
                    self.backend().interpret(asked)

    def test_a_new_request_has_an_estimate(self, tmp_path: Path) -> None:
        """Time and cost are known before the work."""
        for request in self.can():
            estimate = self.backend().estimate(request, FolderStage(tmp_path))
            expect(estimate.seconds >= 0, "an estimate is not negative")
            expect(float(estimate.cost) >= 0, "a cost is a decimal text")

    def test_it_makes_exactly_what_was_asked(self, tmp_path: Path) -> None:
        """Law 2: kind, length, rate and raster, counted in the file."""
        for place, request in enumerate(self.can()):
            stage = FolderStage(tmp_path / str(place))
            made = self._generate(request, stage)
            expect(made.path.is_absolute(), "the path is absolute")
            expect(made.path.is_relative_to(stage.workspace), "the file lies in the workspace")
            expect(made.seed == request.seed, "the seed is the one that was asked for")
            expect(stage.reports, "progress is reported")
            self._expect_form(request, made)

    def test_the_same_request_gives_the_same_bytes(self, tmp_path: Path) -> None:
        """Law 3: where the passport says repeatable."""
        if not self.backend().passport().repeatable:
            return
        for place, request in enumerate(self.can()):
            cold = self._generate(request, FolderStage(tmp_path / f"{place}-a"))
            apart = self._generate(request, FolderStage(tmp_path / f"{place}-b"))
            warm = self._generate(request, FolderStage(tmp_path / f"{place}-a"))
            digests = {digest_of(made.path.read_bytes()) for made in (cold, apart, warm)}
            expect(len(digests) == 1, "repeatable: same bytes, with and without what is cached")

    def test_an_interruption_passes_and_leaves_no_file(self, tmp_path: Path) -> None:
        """Ctrl-C stops at the next report and leaves nothing half made."""
        request = self.can()[0]
        stage = FolderStage(tmp_path / "whole")
        self._generate(request, stage)
        for count in sorted({0, len(stage.reports) // 2, len(stage.reports) - 1}):
            cut = FolderStage(tmp_path / f"cut-{count}", interrupt_after=count)
            with expect_error(Interrupted, "an interruption passes through the backend"):
                self._generate(request, cut)
            expect(not finished(cut), "an interruption leaves no finished file")

    def test_nothing_is_written_but_through_the_stage(self, tmp_path: Path) -> None:
        """Law 4: files appear only where the stage puts them."""
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        stage = FolderStage(tmp_path / "stage")
        with contextlib.chdir(elsewhere):
            self._generate(self.can()[0], stage)
        expect(not list(elsewhere.iterdir()), "nothing is written to the working folder")
        there = {path.name for path in (tmp_path / "stage").iterdir()}
        expect(there == {"workspace", "kept"}, "nothing is written beside the workspace")

    def _generate(self, request: Request, stage: FolderStage) -> Delivery:
        return self.backend().generate(request, stage)

    def _expect_form(self, request: Request, made: Delivery) -> None:
        if request.kind in _PICTURES:
            form = picture_form(made.path)
            expect(form.raster == request.raster, f"raster {form.raster} is what was asked")
            expect(form.frames == request.frames, f"{form.frames} frames are what was asked")
            expect(form.rate == request.rate, f"rate {form.rate} is what was asked")
            return
        samples, sample_rate = decode_wav(made.path.read_bytes(), where=made.path.name)
        expect(sample_rate == self.sample_rate, f"sound has {self.sample_rate} samples a second")
        expect(samples.shape[1] == 2, "sound is stereo")
        expect(abs(samples).max() <= 1, "sound does not clip")
        if request.frames is not None:
            exact = request.rate.seconds(request.frames) * sample_rate
            expect(abs(len(samples) - exact) <= 0.5, f"{len(samples)} samples are {exact}")
        else:
            expect(len(samples), "a voice says something")


def expect_covered(prompt: str, reading: Interpretation) -> None:
    """Every word of the prompt lies in one stretch that says what became of it."""
    covered = [False] * len(prompt)
    for word in reading.words:
        expect(prompt[word.start : word.end] == word.text, f"{word} quotes the prompt")
        expect(word.use == "filler" or word.became, f"{word} says what it became")
        for place in range(word.start, word.end):
            expect(not covered[place], f"character {place} of the prompt is read once")
            covered[place] = True
    missed = "".join(
        mark for mark, seen in zip(prompt, covered, strict=True) if mark.isalnum() and not seen
    )
    expect(not missed, f"every word is accounted for, these letters are not: {missed!r}")


def finished(stage: FolderStage) -> list[Path]:
    """Files of the workspace that could be taken for a finished take."""
    return [path for path in stage.workspace.rglob("*") if path.suffix in _FINISHED]
