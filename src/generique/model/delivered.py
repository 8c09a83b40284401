"""What is known of a file as a provider delivered it: its job, and what it says of itself.

An observation is what our own readers found, with the reader named. That a reader found nothing
is said as that: another reader may find what ours does not.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generique.model.values import Digest, Value


class JobFacts(Value):
    """What a hosted provider said of the job that made a delivery.

    Attributes:
        number: The provider's own number.
        held: What it was expected to cost when it was ordered, as a decimal text; None in records
            written before this was kept apart, whose ``cost`` may be this estimate.
        cost: What it did cost, as the provider says it; None where it does not say.
        currency: Of both; None where it costs nothing, or money is left out.
        terms: Which terms were in force, by date.
    """

    provider: str
    model: str
    number: str
    held: str | None = None
    cost: str | None = None
    currency: str | None = None
    terms: str = ""

    def without_money(self) -> JobFacts:
        """The same for those whom what it cost does not concern."""
        return self.model_copy(update={"held": None, "cost": None, "currency": None})


class Tried(Value):
    """A backend that was asked before the one that made a take, and why it did not make it.

    Attributes:
        backend: As production.toml names it.
        code: Of the error: ``not-configured``, ``moderated``.
        reason: In words.
    """

    backend: str
    code: str
    reason: str


class ObservedCredential(Value):
    """What the content credential of a delivered file says, as our reader judged it.

    Attributes:
        state: ``found``; ``none`` where the reader found none; ``unreadable`` where it could not
            tell: a kind of file that it does not know, or damage.
        reader: Program and version.
        verdict: Of :class:`generique.marks.verdict.Verdict`, with nobody trusted; None unless
            found.
        findings: Codes that led to the verdict.
        signer: As the certificate says; empty where nobody signed.
        program: That made the claim, by its own word.
        source_type: Of how the file came about, by its own word: an address of the IPTC vocabulary,
            as it stands there.
        why: Why it could not be read; empty otherwise.
    """

    state: Literal["found", "none", "unreadable"]
    reader: str
    verdict: str | None = None
    findings: tuple[str, ...] = ()
    signer: str = ""
    program: str = ""
    source_type: str = ""
    why: str = ""

    @property
    def holds(self) -> bool:
        """True where there is one, and nothing in it is broken or unknown."""
        return self.state == "found" and self.verdict not in {"unknown", "broken", None}


class ObservedMark(Value):
    """What one reader of marks found in a delivered file.

    Attributes:
        carrier: Whether it looked at the picture or listened to the sound.
        state: ``absent`` where there is no picture, or no sound, to look at.
        reader: Its name; a mark of another make is read by that make's reader alone.
        mark: Identity that was read, in hexadecimal; None unless found.
        wrong_bound: Upper bound on the probability that such an answer is wrong.
        why: In words.
    """

    carrier: Literal["picture", "sound"]
    state: Literal["found", "none", "unreadable", "absent"]
    reader: str
    mark: str | None = None
    wrong_bound: float | None = Field(default=None, ge=0)
    why: str = ""


class Observed(Value):
    """What a delivered file says of itself, read once when it was taken in.

    Attributes:
        file: Digest of the file as delivered.
        size: Its bytes.
    """

    file: Digest
    size: int = Field(ge=0)
    credential: ObservedCredential
    marks: tuple[ObservedMark, ...] = ()


class Delivery(Value):
    """All that is known of a delivery; nothing where no provider delivered.

    Attributes:
        original: Digest of the file as delivered.
    """

    original: Digest | None = None
    observed: Observed | None = None
    job: JobFacts | None = None
    tried: tuple[Tried, ...] = ()
