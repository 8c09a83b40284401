"""Verdicts, and the findings that lead to them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator

from generique.model.values import Value


def _printable(text: str) -> str:
    """Text fit for a terminal: much of it was written by whoever made the file."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


Printable = Annotated[str, AfterValidator(_printable)]
"""Text in which control and direction characters are replaced."""


class Verdict(StrEnum):
    """What can be said, from best to worst."""

    TRUSTED = "trusted"
    VALID = "valid"
    UNTRUSTED_SIGNER = "untrusted signer"
    UNKNOWN = "unknown"
    BROKEN = "broken"


_ORDER = tuple(Verdict)


class Finding(Value):
    """Something that a reader has to know.

    Attributes:
        code: Stable name.
        where: Manifest, ingredient or file.
        why: One sentence.
        verdict: The best verdict that is left after it. ``unknown`` and ``broken`` are faults.
    """

    code: str
    where: Printable
    why: Printable
    verdict: Verdict = Verdict.BROKEN

    @property
    def is_fault(self) -> bool:
        """True when a check that finds this did not pass."""
        return self.verdict in (Verdict.UNKNOWN, Verdict.BROKEN)


class Judgement(Value):
    """A verdict and what led to it.

    Attributes:
        verdict: See :class:`Verdict`.
        findings: Faults and notes, in the order in which they were found.
        signer: Who signed the file itself, as the certificate says; empty if nobody.
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    signer: Printable = ""

    @property
    def passed(self) -> bool:
        """True when no finding is a fault."""
        return not any(finding.is_fault for finding in self.findings)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of some verdicts; ``trusted`` when there is none to worsen it."""
    return max(verdicts, key=_ORDER.index, default=Verdict.TRUSTED)
