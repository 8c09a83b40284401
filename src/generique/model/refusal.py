"""Refusals: what will not be done as it is asked for, and what would change that."""

from __future__ import annotations

from generique.model.values import Value


class Refusal(Value):
    """Something that will not be done as it is asked for.

    Attributes:
        clause: Contract clause; None when no contract is concerned.
        rule: Stable name of the rule.
        source: Who says so.
        element: What is refused; None for the whole film.
        lift: What would lift it.
        who: Who can, roles parted by commas.
        capability: True when a backend cannot, False when clearance will not.
    """

    clause: str | None = None
    rule: str
    source: str
    element: str | None = None
    reason: str
    lift: str
    who: str
    capability: bool = False

    @property
    def text(self) -> str:
        """One paragraph for people."""
        by = f"{self.rule}, clause {self.clause}" if self.clause else self.rule
        lift = f"\n    to lift it: {self.lift}" if self.lift else ""
        who = f"\n    who can: {self.who}" if self.who else ""
        return f"{by}: {self.reason}\n    source: {self.source}{lift}{who}"
