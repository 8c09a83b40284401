"""Reconcile: what became of orders whose answer was lost, asked of the provider or of a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from generique.model.errors import GeneriqueError, UsageError
from generique.model.values import Value
from generique.production.job_ports import Hosted, Job, JobState, Office
from generique.production.journal import Journal
from generique.production.machineroom_ports import Backends

SHORT = 12
"""Letters of an intent that people write."""


class Open(Value):
    """A job that is not settled.

    Attributes:
        found: Numbers that the provider has for what may be this job; None where it cannot say.
        says: Why it could not be asked, or what to do.
    """

    job: Job
    found: tuple[str, ...] | None = None
    says: str = ""


class Reconciler:
    """Settles jobs of a production.

    Args:
        office: Holds the book.
        backends: Know how to ask.
        journal: The record; what a person says is written into it.
    """

    def __init__(self, office: Office, backends: Backends, journal: Journal) -> None:
        self._office = office
        self._backends = backends
        self._journal = journal

    def survey(self) -> tuple[Open, ...]:
        """Every job that is not settled; providers that can say are asked for the unknown ones."""
        return tuple(self._survey())

    def _survey(self) -> Iterator[Open]:
        for job in self._office.jobs.all((JobState.INTENDED, JobState.ACCEPTED)):
            if job.state is JobState.ACCEPTED:
                yield Open(job=job, says="accepted; the command that ordered it goes on waiting")
                continue
            try:
                backend = self._backends.get(job.backend)
                found = backend.taken(job, self._office) if isinstance(backend, Hosted) else None
            except GeneriqueError as error:
                yield Open(job=job, says=error.what)
                continue
            yield Open(job=job, found=found, says=_says(found))

    def settle(
        self, name: str, verdict: Literal["taken", "not taken"], by: str, number: str | None = None
    ) -> Job:
        """Write down what became of a job whose outcome was unknown.

        Args:
            name: First letters of its intent.
            verdict: Whether the provider took it.
            by: Who says so.
            number: The provider's number, when it was taken.

        Raises:
            UsageError: There is no such job, or its outcome is known.
        """
        job = self._named(name)
        if job.state is not JobState.INTENDED:
            raise UsageError(
                f"the outcome of job {name} is known: {job.state.value}",
                next_step="nothing has to be said of it",
            )
        if verdict == "taken" and not number:
            raise UsageError("a job that was taken has a number", next_step="give it with --number")
        state = JobState.ACCEPTED if verdict == "taken" else JobState.DROPPED
        settled = job.model_copy(update={"state": state, "number": number})
        facts = {"job": job.intent, "backend": job.backend, "verdict": verdict, "by": by}
        self._journal.record("reconciliation", {"job": job.intent}, {**facts, "number": number})
        self._office.jobs.write(settled)
        return settled

    def cancel(self, name: str, by: str) -> Job:
        """Ask the provider to stop an accepted job.

        Raises:
            UsageError: There is no such job, it is not under way, or it cannot be stopped.
        """
        job = self._named(name)
        backend = self._backends.get(job.backend)
        if job.state is not JobState.ACCEPTED:
            raise UsageError(f"job {name} is not under way: {job.state.value}")
        if not isinstance(backend, Hosted) or not backend.cancel(job, self._office):
            raise UsageError(
                f"{job.provider} cannot be asked to stop a job",
                next_step="let it end; the command that ordered it goes on waiting",
            )
        facts = {"job": job.intent, "backend": job.backend, "verdict": "cancel asked", "by": by}
        self._journal.record("reconciliation", {"job": job.intent}, {**facts, "number": job.number})
        return job

    def _named(self, name: str) -> Job:
        plain = name.removeprefix("sha256:")
        jobs = self._office.jobs.all()
        found = [job for job in jobs if job.intent.removeprefix("sha256:").startswith(plain)]
        if len(found) != 1 or not plain:
            raise UsageError(
                f"there is {'no' if not found else 'more than one'} job {name!r}",
                next_step="generique reconcile lists them",
            )
        return found[0]


def _says(found: tuple[str, ...] | None) -> str:
    if found is None:
        return (
            "the provider cannot be asked for a list: look at your account there, then say "
            "--number N or --not-taken"
        )
    if not found:
        return "the provider knows no such job: if you agree, say --not-taken"
    return f"the provider may have it as {' or '.join(found)}: say --number N"
