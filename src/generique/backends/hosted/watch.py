"""What the desk knows of an order on its way."""

from __future__ import annotations

from dataclasses import dataclass

from generique.backends.hosted.intent import Order
from generique.backends.hosted.provider import Standing
from generique.model.errors import GeneriqueError
from generique.production.job_ports import Job, JobState


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
    def at_work(self) -> bool:
        """Whether it counts against the provider's limit: sent, and not known to have ended."""
        made = self.standing is not None and self.standing.state == "finished"
        return self.open and self.job is not None and not made
