"""What a backend that asks a hosted provider needs: a book of jobs, settings, a place for files.

A job is money. It is written down before its order is sent, its number right after, and nothing
that was sent is sent again unless it is known not to have been taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from pydantic import Field

from generique.model.values import Digest, Value
from generique.production.ports import Backend, Request, Stage


class JobState(StrEnum):
    """What is known of a job.

    ``INTENDED`` is written before the order is sent. A job that is still so when the program
    starts has an outcome that nobody knows.
    """

    INTENDED = "intended"
    ACCEPTED = "accepted"
    FINISHED = "finished"
    FAILED = "failed"
    DROPPED = "dropped"


class Failure(Value):
    """Why a job or an order failed.

    Attributes:
        kind: As errors are named. ``invalid`` is a request that the provider does not take,
            ``expired`` a result that was not fetched in time.
        code: As the provider says it.
        words: For people, without secrets.
        charged: True where the provider charges it all the same.
        wait: Seconds after which the provider may be asked again; None where it does not say.
    """

    kind: Literal[
        "moderated",
        "throttled",
        "capacity",
        "invalid",
        "access",
        "balance",
        "retired",
        "failed",
        "expired",
        "cancelled",
        "missing",
    ]
    code: str = ""
    words: str = ""
    charged: bool = False
    wait: float | None = None


class Money(Value):
    """An amount as a decimal text, and its ISO 4217 code."""

    amount: str = Field(pattern=r"^\d+(\.\d+)?$")
    currency: str = Field(pattern=r"^[A-Z]{3}$")


class Job(Value):
    """One order to a hosted provider.

    Attributes:
        intent: Digest of all that was ordered, the attempt included; what the job is found by.
        backend: As production.toml names it, ``runway:gen4.5``.
        attempt: From 0; counts up when an order is placed anew after a failure that allows it.
        asked: Digest of the request as it went over the wire; references by digest, no secret.
        prompt: The first words of it, so that people know the job again.
        held: What it was expected to cost: by the card, or as the provider said when it took it.
        cost: What it did cost, as far as the provider says; None where it says nothing.
        number: The provider's own number of the job; None until it is known.
        terms: Which terms were in force: the provider's card by date.
        placed: When it was intended, RFC 3339.
        settled: When it ended.
        file: Digest of the file as delivered.
    """

    schema_version: Literal["generique/job/1"] = "generique/job/1"
    intent: Digest
    backend: str
    provider: str
    model: str
    attempt: int = 0
    asked: Digest
    prompt: str = ""
    held: Money
    cost: Money | None = None
    state: JobState = JobState.INTENDED
    number: str | None = None
    terms: str = ""
    placed: str
    settled: str | None = None
    failure: Failure | None = None
    file: Digest | None = None


class JobBook(Protocol):
    """Jobs by intent. What was written survives the loss of power."""

    def find(self, intent: Digest) -> Job | None:
        """A job, None when it was never intended."""

    def write(self, job: Job) -> None:
        """Add a job or replace what was known of it; durable when this returns."""

    def all(self, states: Sequence[JobState] = ()) -> tuple[Job, ...]:
        """Jobs in these states, or all, in the order of their intents' times."""


class Office(Protocol):
    """What of a production and a machine a hosted backend may know."""

    @property
    def jobs(self) -> JobBook:
        """The production's book of jobs."""

    @property
    def downloads(self) -> Path:
        """A folder that stays between runs, for files as they come in."""

    def setting(self, name: str) -> str | None:
        """A setting or a key that the backend's documentation names, None where it is not set.

        A key is used and never written down.
        """

    def now(self) -> str:
        """The time of day, RFC 3339 in UTC."""

    def require(self, held: Sequence[Money]) -> None:
        """Stop before more is ordered than the production may spend.

        Args:
            held: What the jobs about to be placed are expected to cost, besides all that the book
                holds already.

        Raises:
            OverBudget: It is more than is left, or one job costs more than one may.
        """


class Lack(Value):
    """What is missing before a backend can be asked, and how to get it."""

    what: str
    next_step: str


@runtime_checkable
class Lacking(Protocol):
    """A backend that needs something of the machine before it can be asked."""

    def lacks(self, setting: Callable[[str], str | None]) -> tuple[Lack, ...]:
        """What is missing on this machine; empty when it can be asked. Spends nothing.

        Args:
            setting: As :meth:`Office.setting`.
        """


@runtime_checkable
class Hosted(Lacking, Protocol):
    """A backend that asks a provider on the network, which charges for it."""

    def price(self) -> str:
        """What it costs, for people: ``0.12 USD a second``."""

    def taken(self, job: Job, office: Office) -> tuple[str, ...] | None:
        """Numbers of jobs that the provider has, and that may be one whose outcome is unknown.

        None where the provider cannot say.
        """

    def cancel(self, job: Job, office: Office) -> bool:
        """Ask the provider to stop an accepted job; False where it cannot be asked that."""

    def place(self, requests: Sequence[Request], stage: Stage) -> None:
        """Say what is going to be asked, so that the provider works on all at once.

        Jobs that were accepted before are followed, not placed again. ``generate`` collects.
        """


@runtime_checkable
class Weighed(Protocol):
    """A backend whose weights lie on this machine."""

    def weigh(self) -> Iterator[tuple[int, int, Digest | None]]:
        """Read the weights: bytes read, bytes in all, and at the end their digest."""


@runtime_checkable
class ManyModels(Protocol):
    """A backend with several models, each a backend of its own."""

    def model(self, name: str) -> Backend:
        """The backend of one model.

        Raises:
            NotConfigured: There is none of that name.
        """

    def models(self) -> tuple[str, ...]:
        """Names of its models, the usual one first."""

    def configured(self, setting: Callable[[str], str | None]) -> Backend:
        """The same as the settings of this machine describe it: cards, workflows, weights."""
