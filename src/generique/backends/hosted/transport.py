"""HTTP as the desk needs it: one request, one answer, and what may have happened besides."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from generique.backends.hosted.provider import Answer, Call


class NotSent(Exception):
    """The request did not leave this machine: it is safe to send it again."""


class Lost(Exception):
    """The request may have arrived; its answer did not."""


class TooLarge(Lost):
    """The answer holds more than is read whole."""


@dataclass(frozen=True)
class Flow:
    """A result as it comes in.

    Attributes:
        start: Of the first byte in the whole; 0 where the server began anew.
        length: Of the whole in bytes; None where the server does not say.
        tag: What tells this version of the result from others.
    """

    status: int
    start: int
    length: int | None
    tag: str | None
    chunks: Iterator[bytes]


class Transport(Protocol):
    """Sends calls."""

    def send(self, call: Call) -> Answer:
        """Send once, whatever the outcome.

        Raises:
            NotSent: It was not sent.
            Lost: The outcome is not known.
        """

    def fetch(
        self, url: str, start: int, tag: str | None, *, keyed: bool
    ) -> AbstractContextManager[Flow]:
        """Fetch a result from a byte on.

        Raises:
            NotSent: It was not sent.
            Lost: The connection broke; what came before is good.
        """

    def close(self) -> None:
        """Let go of connections."""


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
