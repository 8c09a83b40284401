"""The one tree of errors.

Every failure that a user can meet derives from :class:`GeneriqueError` and carries a stable
``code``, an ``exit_code``, what happened, where, why, and the next step::

    GeneriqueError
    ├── UsageError              2  the command or a setting asks for something that is not there
    ├── UnreadableInput         2  a file or value cannot be read as what it should be
    ├── StorageUnavailable      2  disk full, folder read-only: nothing was lost, make room
    ├── Refused                 3  clearance says no
    │   ├── NotCleared          3  with every rule that refuses (:mod:`generique.model.refusal`)
    │   └── OverBudget          3  it would cost more than the production allows
    ├── NotCapable              4  the backend cannot show or say this
    ├── BackendFailed           5  the backend could, and did not
    │   ├── NotConfigured       5  the backend is not set up on this machine
    │   ├── Retired             5  the provider has withdrawn the model
    │   ├── Moderated           5  the provider's moderation refused it; final, it may be charged
    │   ├── Throttled           5  the provider takes no more jobs for now
    │   ├── PastDeadline        5  an accepted job is not done in time; it is still followed up
    │   └── OutcomeUnknown      5  nobody knows whether the provider took the job; never sent again
    ├── Damaged                 6  stored or signed data does not match its digest
    ├── WaitingForPerson        7  a person has to decide first
    └── Interrupted           130  stopped by Ctrl-C; run the same command to go on
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, ClassVar


class ExitCode(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    REFUSED = 3
    NOT_CAPABLE = 4
    BACKEND_FAILED = 5
    DAMAGED = 6
    WAITING = 7
    INTERRUPTED = 130


_LABELS = {
    "en": ("where:", "why:", "next:"),
    "fr": ("où :", "pourquoi :", "ensuite :"),
}
"""Before where, why and the next step, by language."""


class GeneriqueError(Exception):
    """Root of all errors that a user may see.

    Args:
        what: One sentence, what happened.
        where: File and line, shot, entry; as exact as known.
        why: The cause, when it is not said by ``what``.
        next_step: What the user can do now.

    Attributes:
        language: That it is told in, ``en`` or ``fr``: a refusal of a prompt is told in the
            prompt's. The code is the same in all.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[ExitCode] = ExitCode.USAGE
    language: str = "en"

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        why: str | None = None,
        next_step: str | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.why = why
        self.next_step = next_step

    def diagnosis(self) -> str:
        """The reader's text: what, where, why and the next step, a line each."""
        lines = [self.what]
        labels = _LABELS.get(self.language, _LABELS["en"])
        for label, text in zip(labels, (self.where, self.why, self.next_step), strict=True):
            if text:
                lines.append(f"  {label} {text}")
        return "\n".join(lines)

    def details(self) -> dict[str, Any]:
        """What the JSON document of the error says besides, by key."""
        return {}


class UsageError(GeneriqueError):
    """The command or a setting asks for something that is not there."""

    code = "usage"


class UnreadableInput(GeneriqueError):
    """A file or a value cannot be read as what it should be."""

    code = "unreadable-input"


class StorageUnavailable(GeneriqueError):
    """The disk is full or a folder cannot be written; nothing stored was lost."""

    code = "storage-unavailable"


class Refused(GeneriqueError):
    """Clearance refuses the act."""

    code = "refused"
    exit_code = ExitCode.REFUSED


class OverBudget(Refused):
    """It would cost more than the production allows; nothing was spent."""

    code = "over-budget"


class NotCapable(GeneriqueError):
    """A backend cannot show or say what was asked; nothing was generated.

    Attributes:
        unknown: The words of the prompt that were not understood, in order.
        alternatives: Names of backends that could be asked instead.
    """

    code = "not-capable"
    exit_code = ExitCode.NOT_CAPABLE

    def __init__(
        self,
        what: str,
        *,
        unknown: tuple[str, ...] = (),
        alternatives: tuple[str, ...] = (),
        where: str | None = None,
        why: str | None = None,
        next_step: str | None = None,
    ) -> None:
        super().__init__(what, where=where, why=why, next_step=next_step)
        self.unknown = unknown
        self.alternatives = alternatives


class BackendFailed(GeneriqueError):
    """A backend accepted the request and did not deliver."""

    code = "backend-failed"
    exit_code = ExitCode.BACKEND_FAILED


class NotConfigured(BackendFailed):
    """A backend or an outside program is not set up on this machine."""

    code = "not-configured"


class Retired(BackendFailed):
    """The provider has withdrawn the model; nothing was sent."""

    code = "retired"


class Moderated(BackendFailed):
    """The provider's moderation refused the job; it is never sent again as it is."""

    code = "moderated"


class Throttled(BackendFailed):
    """The provider takes no more jobs for now; nothing was accepted."""

    code = "throttled"


class PastDeadline(BackendFailed):
    """A job was accepted and is not done in time; the same command goes on waiting for it."""

    code = "past-deadline"


class OutcomeUnknown(BackendFailed):
    """The answer to an order was lost: the provider may have taken it, and may charge it.

    It is never sent again by itself. ``generique reconcile`` asks the provider, or a person.
    """

    code = "outcome-unknown"


class Damaged(GeneriqueError):
    """Stored or signed data does not match its digest, signature or proof."""

    code = "damaged"
    exit_code = ExitCode.DAMAGED


class WaitingForPerson(GeneriqueError):
    """A person has to decide before the work can go on."""

    code = "waiting-for-person"
    exit_code = ExitCode.WAITING


class Interrupted(GeneriqueError):
    """Stopped on request; the same command goes on from here."""

    code = "interrupted"
    exit_code = ExitCode.INTERRUPTED
