"""What clearance answers: an outcome for every rule, and what all of them come to."""

from __future__ import annotations

from enum import StrEnum

from generique.model.people import Role
from generique.model.values import Digest, Value


class Gate(StrEnum):
    """Where clearance is asked."""

    INGEST = "ingest"
    GENERATE = "generate"
    APPROVE = "approve"
    MASTER = "master"
    DELIVER = "deliver"


class Status(StrEnum):
    """What came of a rule."""

    PASSED = "passed"
    OPEN = "open"
    """A person has to act, or a fact is missing."""
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"


class Effect(StrEnum):
    """What a rule does that did not pass."""

    BLOCK = "block"
    WARN = "warn"


class Evidence(Value):
    """What an outcome rests on.

    Attributes:
        what: In words.
        entry: Ledger entry that says so.
        digest: Of a document or a file.
        frame: First frame of the film that shows it.
    """

    what: str
    entry: int | None = None
    digest: Digest | None = None
    frame: int | None = None


class Outcome(Value):
    """One rule or clause, applied to the film or to one element.

    Attributes:
        rule: Stable identifier of the rule: ``NFX-01``, or ``CLAUSE`` for a clause of a contract.
        clause: Identifier of the clause of the contract that it applies; None for a policy pack.
        title: The obligation, one sentence.
        source: Who says so, and where.
        element: Identifier; None for the whole film.
        reason: Why it came out so, one sentence with the facts.
        lift: What would lift it; empty when it passed.
        who: Roles that can.
        awaits: True when nothing is missing but a person's decision. A demonstration stands in
            for one until there is a master that says so on its picture; never at delivery.
    """

    rule: str
    clause: str | None = None
    title: str
    source: str
    status: Status
    effect: Effect = Effect.BLOCK
    element: str | None = None
    reason: str
    evidence: tuple[Evidence, ...] = ()
    lift: str = ""
    who: tuple[Role, ...] = ()
    awaits: bool = False

    @property
    def refuses(self) -> bool:
        """True when the act must not go on: a blocking rule that did not pass."""
        return self.effect is Effect.BLOCK and self.status in {Status.FAILED, Status.OPEN}


class Verdict(Value):
    """All outcomes at one gate.

    An empty verdict refuses: a gate at which no rule spoke is a gate that was not kept.
    """

    gate: Gate
    outcomes: tuple[Outcome, ...]

    @property
    def allowed(self) -> bool:
        """True when some rule spoke and none refuses."""
        return bool(self.outcomes) and not any(outcome.refuses for outcome in self.outcomes)

    def refusals(self, *, demonstration: bool = False) -> tuple[Outcome, ...]:
        """The outcomes that refuse, in their order.

        Args:
            demonstration: Whether demonstrations stand in for decisions, before delivery.
        """
        shown = demonstration and self.gate is not Gate.DELIVER
        return tuple(
            outcome
            for outcome in self.outcomes
            if outcome.refuses and not (shown and outcome.awaits)
        )
