"""What can go wrong with a provider, by script or by seeded chance."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol


class Fault(StrEnum):
    """A fault of a provider.

    ``LOST`` does the work and breaks the connection before the answer; ``FAILS_AFTER`` does the
    work and answers 500; ``FAILS`` answers 500 and does nothing. ``HANG`` holds the answer back
    for :attr:`Simulator.hang_seconds` and then breaks off. ``SILENT`` does the work and answers
    with success and an empty object. ``MODERATED``, ``CANCELLED`` and ``BROKEN`` say what becomes
    of a job.
    """

    THROTTLED = "429 with Retry-After"
    THROTTLED_BARE = "429 without"
    FAILS = "500"
    FAILS_AFTER = "500 after the work"
    LOST = "connection lost after the work"
    HANG = "hang"
    SILENT = "an answer that says nothing"
    TRUNCATED = "truncated body"
    EXPIRED = "expired link"
    SLOW = "slow"
    MODERATED = "moderated"
    CANCELLED = "cancelled"
    BROKEN = "job failed"
    DUPLICATE = "answer of an earlier look"


class Faults(Protocol):
    """Decides what goes wrong."""

    def draw(self, what: str) -> Fault | None:
        """The fault of the next event of a sort: ``create``, ``look``, ``fetch`` or ``job``."""


class Script:
    """Faults in a fixed order for each sort of event; nothing goes wrong after the last.

    Args:
        faults: By sort of event; None for an event without fault.
    """

    def __init__(self, faults: Mapping[str, Sequence[Fault | None]] | None = None) -> None:
        self._left = {what: list(each) for what, each in (faults or {}).items()}
        self._lock = threading.Lock()

    def draw(self, what: str) -> Fault | None:
        """The next of the script."""
        with self._lock:
            left = self._left.get(what)
            return left.pop(0) if left else None


class Chance:
    """Faults by chance, the same for the same seed and order of events.

    Args:
        seed: Of the chance.
        rates: Probability of each fault, by sort of event.
    """

    def __init__(self, seed: int, rates: Mapping[str, Mapping[Fault, float]]) -> None:
        self._seed = seed
        self._drawn = 0
        self._rates = rates
        self._lock = threading.Lock()

    def draw(self, what: str) -> Fault | None:
        """A fault, or none."""
        with self._lock:
            self._drawn += 1
            drawn = hashlib.blake2b(f"{self._seed}/{self._drawn}".encode(), digest_size=8)
        mark = int.from_bytes(drawn.digest()) / 2**64
        for fault, rate in self._rates.get(what, {}).items():
            if mark < rate:
                return fault
            mark -= rate
        return None
