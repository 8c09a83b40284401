"""The law of a hosted backend as a suite of tests: what is paid is paid once, whatever goes wrong.

Derive a class whose name starts with ``Test``, give it the backend and a simulator of the provider,
and pytest runs the whole law on it, with every fault that the simulator knows::

    class Quick(MyBackend):
        clock = Clock(scale=0.002)  # pauses pass quickly

    class TestMyBackend(HostedContract):
        def backend(self) -> Backend:
            return Quick()

        def provider(self, faults: Faults, looks: int) -> Simulator:
            return SimulatedProvider(faults, looks=looks)

        def settings(self, base: str) -> dict[str, str]:
            return {"MY_KEY": self.secret, "MY_BASE_URL": base}

        def request(self) -> Request:
            return Request(kind=ElementKind.SHOT, prompt="a harbour", seed=1, ...)

        def cannot(self) -> tuple[Request, ...]:
            return (self.request().model_copy(update={"frames": 100_000}),)

The suite raises AssertionError by itself instead of using ``assert``, so that it holds under
``python -O`` too. ``BackendContract`` states the law of every backend; this one what is added where
a provider on the network is asked.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from generique.model.errors import (
    BackendFailed,
    GeneriqueError,
    Interrupted,
    Moderated,
    NotCapable,
    NotConfigured,
    OutcomeUnknown,
    OverBudget,
    PastDeadline,
)
from generique.model.production import Budget
from generique.production.job_ports import Hosted, JobState
from generique.production.ports import Backend, Delivery, Request
from generique.testing.backend_contract import expect, expect_error, expect_whole
from generique.testing.office import MemoryJobBook, MemoryOffice
from generique.testing.providers.faults import Fault, Faults, Script
from generique.testing.providers.simulator import Simulator
from generique.testing.stage import FolderStage

KEY = "sk-suite-4f9c1d0e7b2a"
"""Stands for every key, so that it is found wherever it was left."""
LONG_AGO = "2026-01-01T00:00:00Z"
_AGAIN: tuple[Mapping[str, Sequence[Fault | None]], ...] = (
    {"create": [Fault.THROTTLED_BARE, Fault.THROTTLED]},
    {"look": [None, Fault.DUPLICATE, Fault.FAILS, Fault.THROTTLED_BARE, Fault.LOST]},
    {"look": [Fault.TRUNCATED, Fault.HANG]},
    {"fetch": [Fault.EXPIRED, Fault.TRUNCATED, Fault.LOST, Fault.FAILS, Fault.SLOW]},
)
"""Faults after which the same question may be asked again."""
_LOSSES = (Fault.LOST, Fault.FAILS, Fault.FAILS_AFTER, Fault.HANG)
"""Faults after which nobody knows whether an order was taken."""


@dataclass
class Trial:
    """A provider, and what stays between the runs of our program.

    Attributes:
        files: That requests follow; each stage has them.
        book: Jobs.
        told: What errors said, and what was reported.
    """

    folder: Path
    provider: Simulator
    settings: Mapping[str, str]
    budget: Budget
    files: Sequence[bytes] = ()
    book: MemoryJobBook = field(default_factory=MemoryJobBook)
    told: list[str] = field(default_factory=list)

    def stage(self, *, interrupt_after: int | None = None) -> FolderStage:
        """A stage as a new process has it, with the same book and folder."""
        office = MemoryOffice(self.folder, self.settings, self.book, self.budget)
        stage = FolderStage(self.folder / "stage", office=office, interrupt_after=interrupt_after)
        for data in self.files:
            stage.lay_down(data)
        return stage

    def run(
        self, backend: Backend, request: Request, *, interrupt_after: int | None = None
    ) -> Delivery:
        """Generate as a new process would."""
        stage = self.stage(interrupt_after=interrupt_after)
        try:
            return backend.generate(request, stage)
        except GeneriqueError as error:
            self.told.append(f"{error} {error.where} {error.why} {error.next_step}")
            raise
        finally:
            self.told += [what for _, _, what in stage.reports]


class HostedContract(ABC):
    """The suite; see the module's text.

    Attributes:
        secret: What ``settings`` gives as each key.
        keyless: True where the provider takes no key.
        moderates: Whether the provider refuses by moderation; its simulator by the word ``gore``.
        fetches: False where results come with an answer instead of by an address.
        waits: False where the answer to the order holds the result: no job can be waited for.
        fates: How a job can end badly, besides moderation; as of the simulator.
        at_once: Most jobs at once, as the card says.
        currency: Of its prices.
    """

    secret: str = KEY
    keyless: bool = False
    moderates: bool = True
    fetches: bool = True
    waits: bool = True
    fates: Sequence[Fault] = (Fault.BROKEN, Fault.CANCELLED)
    at_once: int = 2
    currency: str = "USD"

    @abstractmethod
    def backend(self) -> Backend:
        """A new backend, in a hurry."""

    @abstractmethod
    def provider(self, faults: Faults, looks: int) -> Simulator:
        """A simulator of the provider, whose jobs are done after so many looks."""

    @abstractmethod
    def settings(self, base: str) -> dict[str, str]:
        """Settings that let us in to a provider at an address."""

    @abstractmethod
    def request(self) -> Request:
        """A short request that it serves."""

    @abstractmethod
    def cannot(self) -> tuple[Request, ...]:
        """Requests that it has to refuse."""

    def files(self) -> Sequence[bytes]:
        """Files that the requests follow; none unless overridden."""
        return ()

    def numbered(self, number: str) -> str:
        """A job's number as the simulator's book has it; overridden where we write down more."""
        return number

    # What is known before

    def test_it_is_a_hosted_backend(self) -> None:
        """It has every method of both protocols."""
        backend = self.backend()
        expect(isinstance(backend, Backend), "a hosted backend is a backend")
        expect(isinstance(backend, Hosted), "a hosted backend has the methods of job_ports.Hosted")

    def test_the_passport_is_complete(self) -> None:
        """The passport states what is known, and promises nothing that a provider can change."""
        passport = self.backend().passport()
        expect_whole(passport)
        expect(passport.notes.strip(), "the notes say which terms are in force")
        expect(not passport.repeatable, "the same order to a provider may give another picture")

    def test_what_is_missing_is_said_and_nothing_is_asked(self, tmp_path: Path) -> None:
        """Without its key it says how to get one."""
        if self.keyless:
            return
        with self._trial(tmp_path) as trial:
            keyless = {name: it for name, it in trial.settings.items() if it != self.secret}
            bare = Trial(tmp_path / "bare", trial.provider, keyless, trial.budget, trial.files)
            stage = bare.stage()
            backend = self.backend()
            lacks = backend.lacks(stage.office.setting) if isinstance(backend, Hosted) else ()
            expect(lacks, "without a key something is lacking")
            expect(all(lack.next_step.strip() for lack in lacks), "each lack says what to do")
            with expect_error(NotConfigured, "without a key it is not configured"):
                bare.run(self.backend(), self.request())
            expect(not trial.provider.log, "nothing is asked without a key")

    def test_what_it_cannot_do_is_refused_before_money(self, tmp_path: Path) -> None:
        """Refused at once, and again if generated anyway, and the provider hears nothing."""
        unknown = self.request().options | {"no-such-option": "1"}
        requests = (*self.cannot(), self.request().model_copy(update={"options": unknown}))
        with self._trial(tmp_path) as trial:
            for request in requests:
                law = f"{request.prompt[:40]!r}, {request.frames} frames, is refused by"
                with expect_error(NotCapable, f"{law} interpret"):
                    self.backend().interpret(request)
                with expect_error(NotCapable, f"{law} generate"):
                    trial.run(self.backend(), request)
            expect(not trial.provider.log, "the provider hears nothing of what is refused")
            expect(not trial.book.all(), "no job is written for what is refused")

    def test_the_price_is_known_before_and_not_asked_twice(self, tmp_path: Path) -> None:
        """An estimate says what an order will hold; a job that is placed costs no more."""
        with self._trial(tmp_path) as trial:
            before = self.backend().estimate(self.request(), trial.stage())
            trial.run(self.backend(), self.request())
            (job,) = trial.book.all()
            expect(float(before.cost) == float(job.held.amount), "the estimate is what is held")
            after = self.backend().estimate(self.request(), trial.stage())
            expect(float(after.cost) == 0, "a job that is placed costs no more")

    def test_nothing_is_ordered_over_budget(self, tmp_path: Path) -> None:
        """What costs more than is left is refused before it is sent."""
        with self._trial(tmp_path) as trial:
            if not float(self.backend().estimate(self.request(), trial.stage()).cost):
                return
            poor = Budget(amount="0", currency=self.currency)
            broke = Trial(tmp_path / "poor", trial.provider, trial.settings, poor, trial.files)
            with expect_error(OverBudget, "what is over budget is refused"):
                broke.run(self.backend(), self.request())
            expect(not trial.provider.log, "the provider hears nothing of it")
            expect(not broke.book.all(), "no job is written for it")

    # Pay once

    def test_a_job_is_made_once_and_its_file_is_kept_as_it_came(self, tmp_path: Path) -> None:
        """The same request is the same job; the provider's bytes are not touched."""
        with self._trial(tmp_path) as trial:
            first = trial.run(self.backend(), self.request())
            again = trial.run(self.backend(), self.request())
            expect(trial.provider.orders == 1, "the same request is ordered once")
            expect(first.job is not None and first.job == again.job, "it is the same job")
            (made,) = trial.provider.jobs.values()
            data, _ = trial.provider.result(made)
            original = first.original
            expect(original is not None, "the provider's own file is handed on")
            expect(original is None or original.read_bytes() == data, "not a byte is changed")
            expect(trial.told, "progress is reported")
            other = self.request().model_copy(update={"seed": self.request().seed + 1})
            trial.run(self.backend(), other)
            expect(trial.provider.orders == 2, "another seed is another job")

    def test_the_intent_is_written_before_and_the_number_right_after(self, tmp_path: Path) -> None:
        """What is sent was written down."""
        with self._trial(tmp_path) as trial:
            trial.run(self.backend(), self.request())
            states = [(job.state, job.number is not None) for job in trial.book.history]
            wanted = [(JobState.INTENDED, False), (JobState.ACCEPTED, True)]
            expect(states[:2] == wanted, "first the intent, then the number")
            (job,) = trial.book.all()
            expect(job.state is JobState.FINISHED, "a job that was fetched is finished")
            number = self.numbered(job.number or "")
            expect(number in trial.provider.jobs, "the number is the provider's")
            expect(job.terms.strip(), "a job says which terms were in force")

    def test_what_can_be_asked_again_is_asked_again(self, tmp_path: Path) -> None:
        """Throttled orders, looks and fetches of every fault end well, with one job."""
        for place, faults in enumerate(_AGAIN):
            if "fetch" in faults and not self.fetches:
                continue
            with self._trial(tmp_path / str(place), faults) as trial:
                made = trial.run(self.backend(), self.request())
                expect(made.path.stat().st_size, "a file comes out")
                refused = len(faults.get("create", ()))
                expect(trial.provider.orders == 1 + refused, "sent again only when it was refused")
                expect(len(trial.provider.jobs) == 1, f"one job, whatever goes wrong: {faults}")

    def test_an_order_whose_answer_is_lost_is_never_sent_again(self, tmp_path: Path) -> None:
        """However often the program is run."""
        for fault in _LOSSES:
            with self._trial(tmp_path / fault.name, {"create": [fault]}) as trial:
                for _ in range(3):
                    with expect_error(OutcomeUnknown, f"after {fault} the outcome is unknown"):
                        trial.run(self.backend(), self.request())
                expect(trial.provider.orders == 1, f"after {fault} nothing is sent again")
                (job,) = trial.book.all()
                expect(job.state is JobState.INTENDED and job.number is None, "it stays intended")

    def test_an_order_that_was_taken_without_a_number_is_never_sent_again(
        self, tmp_path: Path
    ) -> None:
        """It may be paid: only what is free may be placed anew."""
        with self._trial(tmp_path, {"create": [Fault.SILENT]}) as trial:
            if not float(self.backend().estimate(self.request(), trial.stage()).cost):
                return
            for _ in range(3):
                with expect_error(BackendFailed, "an order without a number is no job"):
                    trial.run(self.backend(), self.request())
            expect(trial.provider.orders == 1, "nothing is sent again")

    def test_an_unknown_order_does_not_hold_up_the_others(self, tmp_path: Path) -> None:
        """All that can be lined up is; the unknown one says so when its turn comes."""
        lost = self.request()
        other = lost.model_copy(update={"seed": lost.seed + 1})
        with self._trial(tmp_path, {"create": [Fault.LOST]}) as trial:
            with expect_error(OutcomeUnknown, "the outcome is unknown"):
                trial.run(self.backend(), lost)
            backend, stage = self.backend(), trial.stage()
            if isinstance(backend, Hosted):
                backend.place([lost, other], stage)
            expect(backend.generate(other, stage).job, "the others are made")
            with expect_error(OutcomeUnknown, "the unknown one stays unknown"):
                backend.generate(lost, stage)
            expect(trial.provider.orders == 2, "the unknown one is not sent again")

    def test_a_download_goes_on_where_it_broke(self, tmp_path: Path) -> None:
        """The rest is asked for, and the whole is what the provider holds."""
        with self._trial(tmp_path, {"fetch": [Fault.TRUNCATED]}) as trial:
            made = trial.run(self.backend(), self.request())
            asks = trial.provider.asked
            fetched = [asked for asked in asks if trial.provider.sort_of(asked) == "fetch"]
            expect(bool(fetched) == self.fetches, "``fetches`` says whether results are fetched")
            ranges = [asked.headers.get("range") for asked in fetched]
            rest = any(each and each != "bytes=0-" for each in ranges)
            expect(rest == self.fetches, "only the rest is asked")
            (job,) = trial.provider.jobs.values()
            whole = made.original.read_bytes() if made.original else b""
            expect(whole == trial.provider.result(job)[0], "the parts make the whole")

    def test_a_stopped_run_goes_on_with_its_job(self, tmp_path: Path) -> None:
        """Ctrl-C leaves a job that the next run collects."""
        after = 2 if self.waits else 0
        with self._trial(tmp_path, looks=6) as trial:
            with expect_error(Interrupted, "an interruption passes"):
                trial.run(self.backend(), self.request(), interrupt_after=after)
            expect(trial.run(self.backend(), self.request()).job, "the next run collects it")
            expect(trial.provider.orders == 1, "nothing is ordered anew")

    def test_a_job_is_stopped_where_the_provider_can_be_told(self, tmp_path: Path) -> None:
        """Nothing is ordered for it; the next run says that it was stopped."""
        if not self.waits:
            return
        with self._trial(tmp_path, looks=6) as trial:
            with expect_error(Interrupted, "an interruption passes"):
                trial.run(self.backend(), self.request(), interrupt_after=2)
            (job,) = trial.book.all()
            backend = self.backend()
            stopped = isinstance(backend, Hosted) and backend.cancel(job, trial.stage().office)
            if stopped:
                with expect_error(BackendFailed, "a job that was stopped is none that is made"):
                    trial.run(self.backend(), self.request())
            expect(trial.provider.orders == 1, "nothing is ordered anew")

    def test_a_late_job_is_followed_up(self, tmp_path: Path) -> None:
        """Past its deadline it is reported where it is not made yet, and never ordered anew."""
        after = 1 if self.waits else 0
        with self._trial(tmp_path, looks=6) as trial:
            with expect_error(Interrupted, "an interruption passes"):
                trial.run(self.backend(), self.request(), interrupt_after=after)
            (job,) = trial.book.all()
            trial.book.write(job.model_copy(update={"placed": LONG_AGO}))
            if self.waits:
                with expect_error(PastDeadline, "a late job is reported"):
                    trial.run(self.backend(), self.request())
            trial.provider.looks = 1
            expect(trial.run(self.backend(), self.request()).job, "it is collected all the same")
            expect(trial.provider.orders == 1, "nothing is ordered anew")

    # What fails

    def test_what_moderation_refused_is_never_sent_again(self, tmp_path: Path) -> None:
        """Moderated is final."""
        if not self.moderates:
            return
        refused = self.request().model_copy(update={"prompt": "gore in a kitchen"})
        with self._trial(tmp_path) as trial:
            for _ in range(2):
                with expect_error(Moderated, "what moderation refused is named so"):
                    trial.run(self.backend(), refused)
            expect(trial.provider.orders == 1, "the same words are never sent again")

    def test_a_job_that_failed_is_placed_anew_by_the_next_run(self, tmp_path: Path) -> None:
        """Never within the same run, and with an attempt of its own."""
        with self._trial(tmp_path, {"job": self.fates}) as trial:
            known = trial.provider.fates - {Fault.MODERATED}
            expect(not self.waits or set(self.fates) == known, "the fates are the simulator's")
            for fate in self.fates:
                with expect_error(BackendFailed, f"it is named when: {fate}"):
                    trial.run(self.backend(), self.request())
            expect(trial.run(self.backend(), self.request()).job, "the next one is made")
            attempts = [job.attempt for job in trial.book.all()]
            wanted = list(range(len(self.fates) + 1))
            expect(attempts == wanted, "each attempt is a job of its own")

    def test_no_more_jobs_than_the_card_allows(self, tmp_path: Path) -> None:
        """Many are worked on at once, within the limit."""
        seeds = range(self.at_once + 3)
        requests = [self.request().model_copy(update={"seed": seed}) for seed in seeds]
        with self._trial(tmp_path, looks=5) as trial:
            stage, backend = trial.stage(), self.backend()
            if isinstance(backend, Hosted):
                backend.place(requests, stage)
            made = [backend.generate(request, stage).job for request in requests]
            expect(len({job.number for job in made if job}) == len(requests), "one job for each")
            most = trial.provider.most_at_once
            expect(most <= self.at_once, f"{most} at once, the card allows {self.at_once}")
            expect(most > 1 or self.at_once == 1, "they are worked on at once")

    # Secrets

    def test_no_secret_is_written_down_or_told(self, tmp_path: Path) -> None:
        """Neither a key nor an address is in a file, a record, a report or an error."""
        scripts: tuple[Mapping[str, Sequence[Fault | None]], ...] = (
            {},
            {"create": [Fault.LOST]},
            {"job": [Fault.BROKEN], "look": [Fault.FAILS]},
        )
        for place, faults in enumerate(scripts):
            folder = tmp_path / str(place)
            with self._trial(folder, faults) as trial:
                with suppress(BackendFailed):
                    trial.run(self.backend(), self.request())
                files = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
                records = "".join(job.model_dump_json() for job in trial.book.history)
                told = " ".join(trial.told)
                for word in (self.secret, trial.provider.base):
                    expect(word.encode() not in files, "no secret is in a file")
                    expect(word not in records, "no secret is in a record")
                expect(self.secret not in told, "no secret is in an error or a report")

    @contextmanager
    def _trial(
        self,
        folder: Path,
        faults: Mapping[str, Sequence[Fault | None]] | None = None,
        *,
        looks: int = 2,
    ) -> Iterator[Trial]:
        with self.provider(Script(faults), looks) as provider:
            provider.hang_seconds = 0.01
            budget = Budget(amount="1000000", currency=self.currency)
            yield Trial(folder, provider, self.settings(provider.base), budget, self.files())
