"""What the check of an evidence package comes to."""

from __future__ import annotations

from collections.abc import Sequence

from generique.marks.verdict import Finding, Printable, Verdict
from generique.model.values import Value

SEAL_ALONE = "the seal alone"
"""Who vouches for what the ledger does not speak of."""

RE_DERIVED = "the ledger, from which it follows"
"""Who vouches for the ledger's own files, and for what was read anew from its entries."""

_TOLD = 12
"""How many findings of one kind are told."""


class PackageReport(Value):
    """What came of the check.

    Attributes:
        verdict: The worst of the findings: trusted; valid, when it is whole and the ledger does
            not vouch for all that it could; untrusted signer; broken.
        signers: Identifiers of the keys whose signatures hold.
        checked: What was checked, in words.
        vouched: Who vouches for each member, by its name, as far as the check found out.
        audit: Verdict of the audit in the package, on the word of whoever sealed it.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    signers: tuple[Printable, ...]
    checked: tuple[str, ...]
    vouched: dict[Printable, Printable]
    production: Printable = ""
    title: Printable = ""
    until: Printable = ""
    audit: Printable = ""

    @property
    def fault(self) -> bool:
        """True when the package did not pass."""
        return self.verdict in {Verdict.BROKEN, Verdict.UNKNOWN}


def few(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings; where thousands say the same, the first dozen of their kind."""
    seen: dict[str, int] = {}
    kept = []
    for finding in dict.fromkeys(findings):
        seen[finding.code] = seen.get(finding.code, 0) + 1
        if seen[finding.code] <= _TOLD:
            kept.append(finding)
    return tuple(kept)
