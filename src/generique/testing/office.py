"""An office for tests of hosted backends: a book in memory, settings that the test chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from generique.model.production import Budget
from generique.model.values import Digest
from generique.production.job_ports import Job, JobState, Money
from generique.production.purse import require


class MemoryJobBook:
    """Implements :class:`generique.production.job_ports.JobBook`; forgets with the process.

    Attributes:
        history: Every job as it was written, in order.
    """

    def __init__(self) -> None:
        self._jobs: dict[Digest, Job] = {}
        self.history: list[Job] = []

    def find(self, intent: Digest) -> Job | None:
        """A job by its intent."""
        return self._jobs.get(intent)

    def write(self, job: Job) -> None:
        """Add or replace a job."""
        self._jobs[job.intent] = job
        self.history.append(job)

    def all(self, states: Sequence[JobState] = ()) -> tuple[Job, ...]:
        """Jobs in these states, or all, as they were first written."""
        return tuple(job for job in self._jobs.values() if not states or job.state in states)


class MemoryOffice:
    """Implements :class:`generique.production.job_ports.Office`.

    Args:
        folder: Files come in here.
        settings: What ``setting`` answers; nothing else is set.
        jobs: The book; a new one when none is given.
        budget: What may be spent; a lot when left out.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str],
        jobs: MemoryJobBook | None = None,
        budget: Budget | None = None,
    ) -> None:
        self._budget = budget or Budget(amount="1000000", currency="USD")
        self._downloads = folder / "downloads"
        self._settings = dict(settings)
        self.jobs = jobs or MemoryJobBook()

    @property
    def downloads(self) -> Path:
        """A folder that stays as long as the test's."""
        self._downloads.mkdir(parents=True, exist_ok=True)
        return self._downloads

    def setting(self, name: str) -> str | None:
        """A setting of the test."""
        return self._settings.get(name)

    def now(self) -> str:
        """The time of day."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def require(self, held: Sequence[Money]) -> None:
        """Stop before more is ordered than may be spent."""
        require(held, self.jobs.all(), self._budget)
