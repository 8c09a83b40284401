"""What the desk knows of an order on its way, and when it has to think of it again."""

from __future__ import annotations

import heapq
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from generique.backends.hosted.intent import Order
from generique.backends.hosted.provider import Standing
from generique.model.errors import GeneriqueError
from generique.production.job_ports import Job, JobState


@dataclass
class Clock:
    """Time and chance, so that tests need not wait."""

    monotonic: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = secrets.SystemRandom().random
    scale: float = 1.0

    def after(self, seconds: float) -> float:
        """A time from now, a little later by chance, so that jobs do not come all at once."""
        pause = seconds * (1 + 0.25 * self.chance())
        return self.monotonic() + pause * self.scale


@dataclass
class Watch:
    """An order on its way, and what is known of its job.

    Attributes:
        laid: Files of the order that lie with the provider.
    """

    order: Order
    job: Job | None = None
    since: float = 0.0
    due: float = 0.0
    misses: int = 0
    busy: bool = False
    laid: int = 0
    share: float | None = None
    standing: Standing | None = None
    trouble: GeneriqueError | None = None

    @property
    def open(self) -> bool:
        """Whether there is still work to do for it."""
        settled = self.job is not None and self.job.state is JobState.FINISHED
        return self.trouble is None and not settled

    @property
    def made(self) -> bool:
        """Whether the provider has made it; then it has to be fetched, and is no work of theirs."""
        return self.standing is not None and self.standing.state == "finished"


class Line:
    """Orders that wait for their time, the soonest first; as they came where times are equal."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Watch]] = []
        self._count = count()

    def __len__(self) -> int:
        return len(self._heap)

    @property
    def soonest(self) -> float | None:
        """When the first of them is due; None when nothing waits."""
        return self._heap[0][0] if self._heap else None

    def put(self, watch: Watch) -> None:
        """Let an order wait until it is due."""
        heapq.heappush(self._heap, (watch.due, next(self._count), watch))

    def take(self, now: float, most: int) -> Iterator[Watch]:
        """Take out what is due, the soonest first, ``most`` of them at most."""
        while most > 0 and self._heap and self._heap[0][0] <= now:
            most -= 1
            yield heapq.heappop(self._heap)[2]
