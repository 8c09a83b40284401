"""Translators: from an order to a call, from an answer to what it means. No input, no output."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar, Literal

from generique.backends.hosted.card import Model
from generique.model.element import Raster
from generique.production.job_ports import Failure, Job, Money
from generique.production.ports import Request

BUCKET_NAME = r"[a-z0-9][a-z0-9._-]{1,221}"
"""Pattern of what stands after ``gs://`` in an address of Google's object storage."""
MOST_BYTES = 64_000_000
"""The most that an answer may hold that is read whole."""


@dataclass(frozen=True)
class Ask:
    """An order as a provider takes it.

    Attributes:
        model: Name on the card.
        seconds: Length to be ordered, one that the model makes; 0 where the text decides.
        raster: To be ordered; None for sound.
        files: Path and media type of each reference, by its role, in order.
    """

    request: Request
    model: str
    entry: Model
    seconds: Fraction
    raster: Raster | None
    files: tuple[tuple[str, Path, str], ...] = ()

    def of_role(self, role: str) -> tuple[tuple[Path, str], ...]:
        """Paths and media types of the references of a role."""
        return tuple((path, kind) for known, path, kind in self.files if known == role)


@dataclass(frozen=True)
class Call:
    """An HTTP request, relative to the provider's base unless it says a whole address.

    Attributes:
        body: JSON document, or None.
        form: Fields of a multipart form.
        parts: Files of the form: name, file name, bytes, media type.
        most_bytes: The most that the answer may hold, which is read whole.
    """

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    form: Mapping[str, str] | None = None
    parts: tuple[tuple[str, str, bytes, str], ...] = ()
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True)
class Answer:
    """An HTTP answer that was read whole. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    def document(self) -> dict[str, Any]:
        """The body as a JSON object; an empty one where it is none."""
        try:
            found = json.loads(self.data)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def wait(self) -> float | None:
        """Seconds of ``Retry-After``, as a number or a date (RFC 9110, 10.2.3); None without."""
        said = self.headers.get("retry-after", "")
        if said.isascii() and said.replace(".", "", 1).isdigit():
            return float(said)
        try:
            until = parsedate_to_datetime(said)
            now = parsedate_to_datetime(self.headers.get("date", ""))
            return max(0.0, (until - now).total_seconds())
        except (TypeError, ValueError):  # no date, or one without a zone
            return None


@dataclass(frozen=True)
class Accepted:
    """An order that was taken.

    Attributes:
        number: The provider's number of the job.
        expected: What it is going to cost, as the provider says it before it begins.
        data: The result itself, where the provider answers with it at once.
    """

    number: str
    expected: Money | None = None
    data: bytes | None = None


@dataclass(frozen=True)
class Standing:
    """Where a job stands.

    Attributes:
        share: Done so far, 0 to 1; None where the provider does not say.
        result: Address of the result, once it is finished; ``gs://`` in a bucket of the provider.
        data: The result itself, where it came with the answer.
        cost: What the job did cost, where the provider says it by now.
        keyed: True where our keys have to be sent to fetch the result, to the provider's own host.
        unclear: True where another call has to be asked, see :class:`AsksTwice`.
    """

    state: Literal["waiting", "running", "finished", "failed"]
    share: float | None = None
    result: str | None = None
    data: bytes | None = None
    cost: Money | None = None
    failure: Failure | None = None
    keyed: bool = False
    unclear: bool = False


class Provider(ABC):
    """One provider's dialect.

    Attributes:
        name: Of the card and of the backend.
    """

    name: ClassVar[str]

    @abstractmethod
    def access(self, keys: Mapping[str, str]) -> dict[str, str]:
        """Headers that let us in, from the settings that the card names."""

    def home(self, base: str, keys: Mapping[str, str]) -> str:
        """The address that calls are relative to, where it depends on what the card's keys say.

        Raises:
            NotConfigured: A setting cannot be part of an address.
        """
        del keys
        return base

    @abstractmethod
    def create(self, ask: Ask) -> Call:
        """The call that places an order.

        Raises:
            NotCapable: The provider has no word for something of it.
        """

    def labelled(self, call: Call, label: str) -> Call:
        """The call that places an order, with our own name for the job where it takes one.

        Args:
            call: As :meth:`create` made it.
            label: The beginning of the intent, 32 hexadecimal digits.
        """
        del label
        return call

    @abstractmethod
    def accepted(self, answer: Answer) -> Accepted | Failure:
        """What an answer of success to :meth:`create` means; a failure where it hides one."""

    @abstractmethod
    def look(self, job: Job) -> Call:
        """The call that asks after a job; asking again renews addresses that expired."""

    @abstractmethod
    def read(self, answer: Answer) -> Standing:
        """What an answer of success to :meth:`look` means."""

    def refused(self, answer: Answer) -> Failure:
        """What an answer of failure means, from its status and the provider's own words."""
        return Failure(kind=kind_of(answer.status), words=words_of(answer), wait=answer.wait)


class Cancels(Provider):
    """A provider that can be told to stop."""

    @abstractmethod
    def cancel(self, job: Job) -> Call:
        """The call that stops a job."""

    def stops(self, job: Job) -> tuple[Call, ...]:
        """All calls that stop a job, where it takes more than one."""
        return (self.cancel(job),)


class Uploads(Provider):
    """A provider that wants the files of an order before the order."""

    @abstractmethod
    def uploads(self, ask: Ask) -> tuple[Call, ...]:
        """Calls that lay down the files of an order. They cost nothing and may be repeated."""


class AsksTwice(Provider):
    """A provider whose first answer can leave open where a job stands, or what came out."""

    @abstractmethod
    def look_again(self, job: Job) -> Call:
        """The call that says more."""

    @abstractmethod
    def read_again(self, job: Job, answer: Answer) -> Standing | Failure:
        """What its answer of success means; a failure where the provider knows no such job."""


class Finds(Provider):
    """A provider that can be asked for a job by our own name for it; see :meth:`labelled`."""

    @abstractmethod
    def find(self, job: Job, label: str) -> Call:
        """The call that asks for a job by our name; its answer is read by :meth:`accepted`."""


class Lists(Provider):
    """A provider that can say which jobs it has taken of late."""

    @abstractmethod
    def listing(self) -> Call:
        """The call that lists jobs of late."""

    @abstractmethod
    def listed(self, answer: Answer) -> tuple[tuple[str, str], ...]:
        """Number and prompt of each job of a list."""


def unnamed(what: str) -> Failure:
    """What an order came to that has no number: it may be paid, and is not sent again.

    Args:
        what: What the provider gives a number to.
    """
    return Failure(kind="missing", words=f"it took the order and named no {what}")


def items_of(found: object) -> list[dict[str, Any]]:
    """The objects of a JSON list; none of what is no list."""
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def kind_of(
    status: int,
) -> Literal["access", "balance", "missing", "retired", "throttled", "capacity", "invalid"]:
    """The usual meaning of an HTTP status of failure."""
    if status in {401, 403}:
        return "access"
    if status == 402:
        return "balance"
    if status == 404:
        return "missing"
    if status == 410:
        return "retired"
    if status == 429:
        return "throttled"
    return "capacity" if status >= 500 else "invalid"


def words_of(answer: Answer) -> str:
    """What a provider says in a failure, at most 300 characters, whatever its shape."""
    document = answer.document()
    for name in ("error", "message", "detail", "msg"):
        found = document.get(name)
        if isinstance(found, dict):
            found = found.get("message") or found.get("code")
        if isinstance(found, list) and found:
            found = found[0].get("msg") if isinstance(found[0], dict) else found[0]
        if isinstance(found, str) and found:
            return found[:300]
    return f"HTTP {answer.status}"
