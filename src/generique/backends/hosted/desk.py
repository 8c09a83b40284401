"""The desk: places jobs with a provider once, follows them to the end, and fetches what came out.

1. The intent is durable before the order is sent, the number right after.
2. An order is sent once. It is sent again only when it is certain that it was not taken: it did
   not leave this machine, or the provider said no.
   The budget is asked before each.
3. An intent without a number, found at the start, has an unknown outcome: it stays so until
   ``generique reconcile`` asks the provider or a person.
4. One loop waits for all jobs: places what the limits allow, looks at each no faster than the
   provider wishes, with jitter, and listens to ``Retry-After``. What is not due waits in a line.
5. A job past its deadline is reported, and followed again by the next run.
6. What moderation refused is never sent again.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from generique.backends.hosted.card import Card
from generique.backends.hosted.fetch import Expired, Fetcher, Later, digest_of_file
from generique.backends.hosted.intent import (
    Order,
    failed,
    final,
    label_of,
    late,
    too_large,
    unknown,
)
from generique.backends.hosted.provider import (
    Accepted,
    Answer,
    AsksTwice,
    Provider,
    Standing,
    Uploads,
)
from generique.backends.hosted.transport import Lost, NotSent, TooLarge, Transport
from generique.backends.hosted.watch import Clock, Line, Watch
from generique.model.errors import BackendFailed, GeneriqueError, OverBudget
from generique.model.values import Digest
from generique.production.job_ports import Failure, Job, JobState, Office

WORKERS = 8
"""Calls under way at once."""
PATIENCE_SECONDS = 60.0
"""The longest pause before a provider is asked again that does not answer."""
TICK_SECONDS = 0.25
"""How often the user's wish to stop is asked for."""
TRIES = 8
"""How often something is asked again that may be asked again, before it is called failed."""
_ENDED = frozenset({"moderated", "failed", "expired", "cancelled"})
"""Failures with which a look is answered when the job itself has failed."""


class Desk:
    """Asks one provider; see the module's text.

    Args:
        provider: Its dialect.
        card: Of the provider.
        office: Book, downloads and time.
        transport: Sends calls.
        clock: Time.
    """

    def __init__(
        self,
        provider: Provider,
        card: Card,
        office: Office,
        transport: Transport,
        clock: Clock | None = None,
    ) -> None:
        self._provider = provider
        self._card = card
        self._office = office
        self._transport = transport
        self._clock = clock or Clock()
        self._fetcher = Fetcher(transport, office.downloads)
        self._watches: dict[Digest, Watch] = {}
        self._new, self._looks, self._fetches = Line(), Line(), Line()
        self._closed_until = 0.0
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix=f"desk-{card.provider}")
        weakref.finalize(self, _let_go, self._pool, transport)
        self._running: dict[Future[Any], tuple[Watch, Callable[[Watch, Future[Any]], None]]] = {}

    def enter(self, order: Order) -> Digest:
        """Take an order in: follow the job that it became before, or line it up to be placed.

        Returns:
            The intent of the attempt that counts.

        Raises:
            OutcomeUnknown: An earlier run sent it and never learnt what became of it.
            BackendFailed: It failed before in a way that forbids to send it again.
        """
        number = 0
        while True:
            order = order.attempt(number)
            if order.intent in self._watches:
                return order.intent
            job = self._office.jobs.find(order.intent)
            if job is None or job.state is JobState.DROPPED:
                self._watch(order, None)
                return order.intent
            if job.state is JobState.INTENDED:
                raise unknown(job)
            if final(job):
                raise failed(job)
            if job.state is JobState.ACCEPTED or self._kept(job):
                self._watch(order, job)
                return order.intent
            if job.state is JobState.FINISHED:  # made and paid, but its file is gone: look again
                job = job.model_copy(update={"state": JobState.ACCEPTED, "file": None})
                self._watch(order, job)
                return order.intent
            number += 1

    def until(self, intent: Digest, tell: Callable[[float | None, int], None]) -> tuple[Job, Path]:
        """Work until a job has ended; all others that were entered are worked on meanwhile.

        Args:
            intent: As :meth:`enter` returned it.
            tell: Told how far the job is, 0 to 1 or None, and how many jobs are under way. It may
                raise to stop; what is under way is written down, and the next run goes on.

        Returns:
            The finished job, and its file as the provider made it.

        Raises:
            GeneriqueError: It failed, in one of the named ways.
        """
        watch = self._watches[intent]
        try:
            while watch.open:
                self._begin()
                at_work = self._at_work()
                if self._running:
                    self._settle(wait(self._running, self._pause(), FIRST_COMPLETED).done)
                else:
                    time.sleep(self._pause())
                tell(watch.share, at_work)
        finally:
            self.finish()
        del self._watches[intent]  # who enters it again finds it in the book
        if watch.trouble is not None:
            raise watch.trouble
        if watch.job is None:
            raise BackendFailed("a job ended without having begun", where=intent)
        return watch.job, self._fetcher.place(intent)

    def finish(self) -> None:
        """Wait for orders that are under way and write down what came of them; begin no others.

        Looks and fetches may be left: the next run asks again.
        """
        while True:
            orders = [f for f, (_, settle) in self._running.items() if settle == self._placed]
            if not orders:
                return
            self._settle(wait(orders, return_when=FIRST_COMPLETED).done)

    # What is begun

    def _begin(self) -> None:
        """Begin what is due and allowed."""
        now = self._clock.monotonic()
        if self._closed_until <= now:
            free = min(self._card.limits.jobs - self._at_work(), self._hands())
            orders = list(self._new.take(now, free))
            try:
                ready = [each for each in orders if not self._lay_down(each)]
                if ready:
                    self._place(ready)
            finally:
                for each in orders:  # what could not be begun waits on
                    self._line_up(each)
        for watch in self._fetches.take(now, self._hands()):
            self._do(watch, self._fetched, self._fetch, self._job(watch).intent, watch.standing)
        for watch in self._looks.take(now, self._hands()):
            look = self._provider.look(self._job(watch))
            self._do(watch, self._looked, self._transport.send, look)

    def _hands(self) -> int:
        """How many calls can be begun."""
        return WORKERS - len(self._running)

    def _at_work(self) -> int:
        """How many count against the provider's limit: sent, and not known to have ended."""
        return len(self._looks) + sum(not watch.made for watch, _ in self._running.values())

    def _line_up(self, watch: Watch) -> None:
        """Let an order wait for what comes next, where something does."""
        if watch.open and not watch.busy:
            job_line = self._fetches if watch.made else self._looks
            (self._new if watch.job is None else job_line).put(watch)

    def _lay_down(self, watch: Watch) -> bool:
        """Begin to send the next file of an order; False when all lie with the provider."""
        if not isinstance(self._provider, Uploads):
            return False
        calls = self._provider.uploads(watch.order.ask)
        if watch.laid >= len(calls):
            return False
        self._do(watch, self._laid, self._transport.send, calls[watch.laid])
        return True

    def _place(self, watches: Sequence[Watch]) -> None:
        """Place orders that can all be paid; where they cannot, those that can, one by one."""
        try:
            self._office.require([watch.order.held for watch in watches])
        except OverBudget as error:
            if len(watches) == 1:
                watches[0].trouble = error
            else:
                for watch in watches:
                    self._place([watch])
            return
        for watch in watches:
            job = watch.order.job(self._card, self._office.now())
            self._office.jobs.write(job)
            watch.job = job
            call = self._provider.labelled(watch.order.call, label_of(job.intent))
            self._do(watch, self._placed, self._transport.send, call)

    def _do(
        self,
        watch: Watch,
        settle: Callable[[Watch, Future[Any]], None],
        work: Callable[..., object],
        *args: object,
    ) -> None:
        watch.busy = True
        self._running[self._pool.submit(work, *args)] = (watch, settle)

    def _fetch(self, intent: Digest, standing: Standing) -> tuple[Path, Digest]:
        if standing.data is not None:
            path = self._fetcher.keep(intent, standing.data)
        else:
            path = self._fetcher.fetch(intent, standing.result or "", keyed=standing.keyed)
        return path, digest_of_file(path)

    # What came of it

    def _settle(self, done: set[Future[Any]]) -> None:
        for future in done:
            watch, settle = self._running.pop(future)
            watch.busy = False
            try:
                settle(watch, future)
            except GeneriqueError as error:
                watch.trouble = error
            finally:
                self._line_up(watch)

    def _laid(self, watch: Watch, future: Future[Any]) -> None:
        """A file was sent, before the order: nothing is written down yet, nothing is owed."""
        try:
            answer: Answer = future.result()
        except (NotSent, Lost) as error:
            failure = Failure(kind="capacity", words=f"it cannot be reached: {error}")
        else:
            if answer.status < 300:
                watch.laid, watch.misses = watch.laid + 1, 0
                return
            failure = self._provider.refused(answer)
        self._put_off(watch, failure.wait)
        if failure.kind not in {"throttled", "capacity"} or watch.misses >= TRIES:
            job = watch.order.job(self._card, self._office.now())
            watch.trouble = failed(job.model_copy(update={"failure": failure}))

    def _placed(self, watch: Watch, future: Future[Any]) -> None:
        job = self._job(watch)
        try:
            answer: Answer = future.result()
        except NotSent as error:
            self._not_taken(watch, Failure(kind="capacity", words=f"it cannot be reached: {error}"))
            return
        except Lost:
            watch.trouble = unknown(job)
            return
        if answer.status >= 500:
            watch.trouble = unknown(job)
            return
        taken = (
            self._provider.accepted(answer)
            if answer.status < 300
            else self._provider.refused(answer)
        )
        if isinstance(taken, Failure):
            if taken.kind in {"throttled", "capacity"}:
                self._not_taken(watch, taken)
            else:
                self._fail(watch, taken)
            return
        self._accept(watch, taken)

    def _accept(self, watch: Watch, taken: Accepted) -> None:
        job = self._job(watch)
        held = taken.expected or job.held
        update = {"state": JobState.ACCEPTED, "number": taken.number, "held": held}
        watch.job = job.model_copy(update=update)
        self._office.jobs.write(watch.job)
        watch.misses = 0
        watch.due = self._clock.after(self._card.limits.poll_seconds)
        if taken.data is not None:
            watch.standing = Standing("finished", data=taken.data)
            watch.due = 0.0

    def _looked(self, watch: Watch, future: Future[Any]) -> None:
        answer = self._answer(watch, future)
        if answer is None:
            return
        standing = self._provider.read(answer)
        if standing.unclear and isinstance(self._provider, AsksTwice):
            call = self._provider.look_again(self._job(watch))
            self._do(watch, self._looked_again, self._transport.send, call)
        else:
            self._stands(watch, standing)

    def _looked_again(self, watch: Watch, future: Future[Any]) -> None:
        answer = self._answer(watch, future, _ENDED | {"invalid"})
        if answer is None or not isinstance(self._provider, AsksTwice):
            return
        standing = self._provider.read_again(self._job(watch), answer)
        if isinstance(standing, Failure):
            self._miss(watch, standing.wait, standing.words, standing.kind)
        else:
            self._stands(watch, standing)

    def _answer(
        self, watch: Watch, future: Future[Any], ended: frozenset[str] = _ENDED
    ) -> Answer | None:
        """The answer to a look; None where there is none to read, and that is dealt with.

        Args:
            watch: Whose job was looked at.
            future: The call.
            ended: Kinds of failure that are the job's own.
        """
        try:
            answer: Answer = future.result()
        except TooLarge as error:
            watch.trouble = too_large(self._job(watch), str(error))
            return None
        except (NotSent, Lost) as error:
            self._miss(watch, None, str(error))
            return None
        if answer.status < 300:
            return answer
        failure = self._provider.refused(answer)
        if failure.kind in {"throttled", "capacity", "missing"}:
            self._miss(watch, failure.wait, failure.words, failure.kind)
        elif failure.kind == "retired":
            self._fail(watch, failure.model_copy(update={"kind": "missing"}))
        elif failure.kind in ended:
            self._fail(watch, failure)
        else:
            watch.trouble = failed(self._job(watch).model_copy(update={"failure": failure}))
        return None

    def _stands(self, watch: Watch, standing: Standing) -> None:
        watch.misses = 0
        watch.share = standing.share
        if standing.cost is not None:
            watch.job = self._job(watch).model_copy(update={"cost": standing.cost})
        if standing.state == "failed":
            self._fail(watch, standing.failure or Failure(kind="failed"))
        elif standing.state == "finished":
            watch.standing, watch.due, watch.share = standing, 0.0, 1.0
        else:
            watch.due = self._clock.after(self._card.limits.poll_seconds)
            self._mind_deadline(watch)

    def _fetched(self, watch: Watch, future: Future[Any]) -> None:
        try:
            _, digest = future.result()
        except Expired as error:
            watch.standing = None  # asking again renews the address
            self._miss(watch, None, str(error), "expired")
            return
        except (NotSent, Lost, Later) as error:
            self._miss(watch, None, str(error), "expired")
            return
        watch.job = self._job(watch).model_copy(
            update={
                "state": JobState.FINISHED,
                "file": digest,
                "settled": self._office.now(),
            }
        )
        self._office.jobs.write(watch.job)

    def _not_taken(self, watch: Watch, failure: Failure) -> None:
        """The order was certainly not taken: it may be sent again, after a while."""
        job = self._job(watch)
        self._office.jobs.write(
            job.model_copy(update={"state": JobState.DROPPED, "failure": failure})
        )
        watch.job = None
        self._put_off(watch, failure.wait)
        self._closed_until = max(self._closed_until, watch.due)
        waited = self._clock.monotonic() - watch.since
        gives_up = failure.kind == "capacity" and watch.misses >= TRIES
        if gives_up or waited > self._card.limits.deadline_seconds:
            watch.trouble = failed(job.model_copy(update={"failure": failure}))

    def _miss(self, watch: Watch, pause: float | None, words: str, kind: str = "capacity") -> None:
        """An accepted job could not be looked at or fetched: later again, up to a limit."""
        self._put_off(watch, pause)
        if watch.misses < TRIES:
            return
        job = self._job(watch)
        if kind == "missing":
            self._fail(watch, Failure(kind="missing", words=words))
        else:
            watch.trouble = late(job, "took the order and cannot be asked what came of it", words)

    def _fail(self, watch: Watch, failure: Failure) -> None:
        job = self._job(watch).model_copy(
            update={
                "state": JobState.FAILED,
                "failure": failure,
                "settled": self._office.now(),
            }
        )
        self._office.jobs.write(job)
        watch.job, watch.trouble = job, failed(job)

    def _mind_deadline(self, watch: Watch) -> None:
        job = self._job(watch)
        placed = datetime.fromisoformat(job.placed)
        taken = (datetime.fromisoformat(self._office.now()) - placed).total_seconds()
        deadline = self._card.limits.deadline_seconds
        if taken > deadline:
            watch.trouble = late(job, f"has not made it in {deadline:g} seconds")

    # Time

    def _watch(self, order: Order, job: Job | None) -> None:
        watch = Watch(order, job, since=self._clock.monotonic())
        self._watches[order.intent] = watch
        self._line_up(watch)

    def _kept(self, job: Job) -> bool:
        """Whether the file of a finished job still lies here, as it came."""
        path = self._fetcher.place(job.intent)
        if job.state is not JobState.FINISHED:
            return False
        with suppress(OSError):
            return digest_of_file(path) == job.file
        return False

    def _put_off(self, watch: Watch, wait: float | None) -> None:
        """Count a miss; try again when the provider says, or later from miss to miss.

        A provider that wants us to wait for longer than its job may take is asked again then, so
        that no run waits for ever.
        """
        watch.misses += 1
        limits = self._card.limits
        if wait is None:
            wait = min(PATIENCE_SECONDS, limits.poll_seconds * 2 ** min(watch.misses - 1, TRIES))
        watch.due = self._clock.after(min(wait, limits.deadline_seconds))

    def _pause(self) -> float:
        """Until something is due that may be begun, or the user is asked again."""
        if not self._hands():
            return TICK_SECONDS
        dues = [self._looks.soonest, self._fetches.soonest]
        if self._new.soonest is not None and self._at_work() < self._card.limits.jobs:
            dues.append(max(self._new.soonest, self._closed_until))
        now = self._clock.monotonic()
        pauses = [due - now for due in dues if due is not None]
        return max(0.001, min((TICK_SECONDS, *pauses)))

    @staticmethod
    def _job(watch: Watch) -> Job:
        if watch.job is None:
            raise BackendFailed("an order has no job", where=watch.order.intent)
        return watch.job


def _let_go(pool: ThreadPoolExecutor, transport: Transport) -> None:
    """Let go of threads and connections when a desk is not used any more."""
    pool.shutdown()
    transport.close()
