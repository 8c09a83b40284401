"""The part that all simulators share: a server, a book, faults, and results that decode."""

from __future__ import annotations

import contextlib
import json
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from generique.testing.providers.faults import Fault, Faults, Script
from generique.testing.providers.results import clip, tone

PATH_OF_RESULTS = "/results/"


@dataclass(frozen=True)
class Asked:
    """A request as it came in. Header names are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    data: bytes

    def document(self) -> dict[str, Any]:
        """The body as a JSON object, or the fields of a multipart form."""
        kind = self.headers.get("content-type", "")
        if kind.startswith("multipart/form-data"):
            return self._form(kind)
        found = json.loads(self.data or b"{}")
        return found if isinstance(found, dict) else {}

    def _form(self, kind: str) -> dict[str, Any]:
        head = f"content-type: {kind}\r\n\r\n".encode()
        message = message_from_bytes(head + self.data, policy=HTTP)
        fields: dict[str, Any] = {}
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            data = part.get_payload(decode=True)
            data = data if isinstance(data, bytes) else b""
            fields[str(name)] = data if part.get_filename() else data.decode()
        return fields


@dataclass
class Reply:
    """An answer."""

    status: int = 200
    document: Any = None
    data: bytes | None = None
    media_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> bytes:
        """Bytes of the answer."""
        return self.data if self.data is not None else json.dumps(self.document).encode()


@dataclass
class SimulatedJob:
    """A job in the provider's own book.

    Attributes:
        asked: The body of the order.
        looks: Times that it was looked at.
        fate: What becomes of it; None for success.
        charged: Whether the provider charges it.
    """

    number: str
    prompt: str
    asked: dict[str, Any]
    seconds: float
    size: tuple[int, int] | None
    looks: int = 0
    fate: Fault | None = None
    cancelled: bool = False
    charged: bool = True


class Simulator(ABC):
    """A provider on this machine.

    Args:
        faults: What goes wrong; nothing when left out.
        looks: How often a job is looked at before it is done.
        words: That moderation refuses when a prompt holds one of them.

    Attributes:
        jobs: The provider's own book, by number.
        log: Method and path of every request.
        most_at_once: The most jobs that were at work at the same time.
        hang_seconds: How long an answer that hangs is held back.
        fates: What can become of a job at this provider, besides success.
    """

    hang_seconds = 1.0
    fates: frozenset[Fault] = frozenset({Fault.MODERATED, Fault.BROKEN, Fault.CANCELLED})

    def __init__(
        self, faults: Faults | None = None, *, looks: int = 2, words: tuple[str, ...] = ("gore",)
    ) -> None:
        self.faults = faults or Script()
        self.looks = looks
        self.words = words
        self.jobs: dict[str, SimulatedJob] = {}
        self.log: list[str] = []
        self.most_at_once = 0
        self.asked: list[Asked] = []
        self._lock = threading.RLock()
        self._links = 0
        self._earlier: dict[tuple[object, ...], Reply] = {}
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def base(self) -> str:
        """Address, without a path."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @abstractmethod
    def answer(self, asked: Asked) -> Reply:
        """Answer a request; called with the book locked."""

    @abstractmethod
    def throttled(self, wait: int | None) -> Reply:
        """The provider's own 429, with seconds in ``Retry-After`` or without."""

    def result(self, job: SimulatedJob) -> tuple[bytes, str]:
        """What a job made, and its media type."""
        if job.size is None:
            return tone(job.seconds), "audio/wav"
        return clip(job.seconds, job.size), "video/mp4"

    @property
    def orders(self) -> int:
        """How many orders came in, taken or not."""
        return sum(self.sort_of(asked) == "create" for asked in self.asked)

    # For subclasses

    def sort_of(self, asked: Asked) -> str:
        """Sort of event, for faults: ``create``, ``look`` or ``fetch``."""
        if asked.path.startswith(PATH_OF_RESULTS):
            return "fetch"
        return "create" if asked.method == "POST" else "look"

    def open_job(self, prefix: str, job: SimulatedJob) -> SimulatedJob:
        """Write a job into the book, with a number of its own; its fate is drawn."""
        job.number = f"{prefix}{len(self.jobs) + 1:06d}"
        drawn = self.faults.draw("job")
        job.fate = drawn if drawn in self.fates else None
        if any(word in job.prompt for word in self.words):
            job.fate = Fault.MODERATED
        self.jobs[job.number] = job
        open_jobs = sum(
            each.looks < self.looks and not each.cancelled for each in self.jobs.values()
        )
        self.most_at_once = max(self.most_at_once, open_jobs)
        return job

    def progress(self, job: SimulatedJob) -> float:
        """Count a look; share done, 1.0 when the job has ended."""
        job.looks += 1
        return min(1.0, job.looks / self.looks)

    def link(self, job: SimulatedJob) -> str:
        """A new address of a job's result."""
        self._links += 1
        return f"{self.base}{PATH_OF_RESULTS}{job.number}?link={self._links}"

    def job_of_result(self, asked: Asked) -> SimulatedJob | None:
        """The job whose result is fetched."""
        return self.jobs.get(asked.path.removeprefix(PATH_OF_RESULTS))

    # The server

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.02)

    def respond(self, asked: Asked) -> tuple[Reply, Fault | None]:
        """An answer, and the fault that its sending has."""
        with self._lock:
            self.log.append(f"{asked.method} {asked.path}")
            self.asked.append(asked)
            sort = self.sort_of(asked)
            fault = self.faults.draw(sort)
            refusal = self._refusal(sort, fault)
            if refusal is not None:
                return refusal, None
            reply = self._reply(sort, asked, again=fault is Fault.DUPLICATE)
            if fault is Fault.FAILS_AFTER:
                return Reply(500, {"error": "internal"}), None
            if fault is Fault.SILENT:
                return Reply(200, {}), None
            return reply, fault

    def _reply(self, sort: str, asked: Asked, *, again: bool) -> Reply:
        """An answer; again for that of the earlier look, where there was one."""
        if sort == "fetch":
            return self._served(asked)
        key = (asked.method, asked.path, tuple(sorted(asked.query.items())), asked.data)
        if again and key in self._earlier:
            return self._earlier[key]
        reply = self.answer(asked)
        if sort == "look":
            self._earlier[key] = reply
        return reply

    def _refusal(self, sort: str, fault: Fault | None) -> Reply | None:
        """The answer of a fault that comes instead of any work."""
        if fault is Fault.THROTTLED:
            return self.throttled(1)
        if fault is Fault.THROTTLED_BARE:
            return self.throttled(None)
        if fault is Fault.FAILS:
            return Reply(500, {"error": "internal"})
        if fault is Fault.EXPIRED and sort == "fetch":
            return Reply(403, {"error": "expired"})
        return None

    def _served(self, asked: Asked) -> Reply:
        job = self.job_of_result(asked)
        if job is None:
            return Reply(404, {"error": "no such result"})
        data, kind = self.result(job)
        tag = f'"{job.number}"'
        headers = {"etag": tag, "accept-ranges": "bytes"}
        wanted = asked.headers.get("range", "")
        if wanted.startswith("bytes=") and asked.headers.get("if-range", tag) == tag:
            start = int(wanted.removeprefix("bytes=").split("-", maxsplit=1)[0])
            if start >= len(data):
                return Reply(416, data=b"", headers=headers)
            headers["content-range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
            return Reply(206, data=data[start:], media_type=kind, headers=headers)
        return Reply(200, data=data, media_type=kind, headers=headers)


class _Server(ThreadingHTTPServer):
    """Serves many at once, and says nothing when one of them is gone."""

    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _handler(simulator: Simulator) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            parts = urlsplit(self.path)
            size = int(self.headers.get("content-length") or 0)
            asked = Asked(
                self.command,
                parts.path,
                dict(parse_qsl(parts.query)),
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(size),
            )
            reply, fault = simulator.respond(asked)
            with contextlib.suppress(ConnectionError):
                _send(self, reply, fault, simulator.hang_seconds)

        def __getattr__(self, name: str) -> Any:
            if name.startswith("do_"):  # any method that HTTP knows
                return self._do
            raise AttributeError(name)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


def _send(
    server: BaseHTTPRequestHandler, reply: Reply, fault: Fault | None, hang_seconds: float
) -> None:
    """Send an answer, as well as its fault lets it be sent."""
    data = reply.body()
    if fault is Fault.HANG:
        time.sleep(hang_seconds)
    if fault in {Fault.HANG, Fault.LOST}:
        server.close_connection = True
        return
    server.send_response(reply.status)
    for name, value in {"content-type": reply.media_type, **reply.headers}.items():
        server.send_header(name, value)
    server.send_header("content-length", str(len(data)))
    server.end_headers()
    half = len(data) // 2
    if fault is Fault.TRUNCATED:
        server.close_connection = True
        server.wfile.write(data[:half])
        return
    if fault is Fault.SLOW:
        server.wfile.write(data[:half])
        server.wfile.flush()
        time.sleep(0.2)
        data = data[half:]
    server.wfile.write(data)
