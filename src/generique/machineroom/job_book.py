"""The book of jobs in a production's database, and the office that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from generique.machineroom.clock import SystemClock
from generique.machineroom.database import reading, writing
from generique.machineroom.environment import setting
from generique.machineroom.files import storage_errors
from generique.model.production import Budget
from generique.model.values import Digest
from generique.production.job_ports import Job, JobBook, JobState, Money
from generique.production.purse import require

_JOB = sa.Table(
    "job",
    sa.MetaData(),
    sa.Column("intent", sa.String(71), primary_key=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("data", sa.LargeBinary(), nullable=False),
)
_FIND = sa.select(_JOB.c.data).where(_JOB.c.intent == sa.bindparam("wanted"))
_ADD = insert(_JOB)
_WRITE = _ADD.on_conflict_do_update(
    index_elements=[_JOB.c.intent],
    set_={"state": _ADD.excluded.state, "data": _ADD.excluded.data},
)
"""Statements that every job needs, made once: making one costs more than running it."""


class SqlJobBook:
    """Implements :class:`generique.production.job_ports.JobBook`.

    Args:
        engine: A database of this release's schema, see
            :func:`generique.machineroom.database.open_database`.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def find(self, intent: Digest) -> Job | None:
        """A job by its intent."""
        with reading(self._engine) as connection:
            data = connection.scalar(_FIND, {"wanted": intent})
        return None if data is None else _read(data)

    def write(self, job: Job) -> None:
        """Add or replace a job; durable when this returns."""
        data = job.model_dump_json().encode()
        row = {"intent": job.intent, "state": job.state.value, "data": data}
        with writing(self._engine) as connection:
            connection.execute(_WRITE, row)

    def all(self, states: Sequence[JobState] = ()) -> tuple[Job, ...]:
        """Jobs in these states, or all; the oldest first."""
        wanted = sa.select(_JOB.c.data)
        if states:
            wanted = wanted.where(_JOB.c.state.in_([state.value for state in states]))
        with reading(self._engine) as connection:
            rows = connection.scalars(wanted).all()
        return tuple(sorted(map(_read, rows), key=lambda job: (job.placed, job.intent)))


@lru_cache(maxsize=4096)
def _read(data: bytes) -> Job:
    """A job of the book. The budget reads the whole book before each order: most are known."""
    return Job.read(data, where="book of jobs")


class DiskOffice:
    """Implements :class:`generique.production.job_ports.Office`.

    Args:
        folder: The production's ``.generique`` folder.
        jobs: Its book.
        budget: Says what it may spend; asked anew each time, so that a change counts at once.
    """

    def __init__(self, folder: Path, jobs: JobBook, budget: Callable[[], Budget]) -> None:
        self._folder = folder
        self._jobs = jobs
        self._budget = budget
        self._clock = SystemClock()

    @property
    def jobs(self) -> JobBook:
        """The production's book of jobs."""
        return self._jobs

    @property
    def downloads(self) -> Path:
        """Where files come in."""
        folder = self._folder / "downloads"
        with storage_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    def setting(self, name: str) -> str | None:
        """A variable of the environment."""
        return setting(name)

    def now(self) -> str:
        """The time of day."""
        return self._clock.now()

    def require(self, held: Sequence[Money]) -> None:
        """Stop before more is ordered than the production may spend."""
        require(held, self._jobs.all(), self._budget())
