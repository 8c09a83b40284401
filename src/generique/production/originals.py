"""Originals: the files that providers delivered are there, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator

from generique.clearance.report import Remark
from generique.clearance.verdict import Status
from generique.model.errors import Damaged
from generique.model.lineage import Lineage
from generique.model.values import Digest
from generique.production.audit import RuleResult
from generique.production.ports import Vault

ORIGINAL_RULE = "ORIGINAL-1"


def original_rules(lineage: Lineage, vault: Vault) -> Iterator[RuleResult]:
    """The rule that what providers delivered is kept as it came; none where nothing was delivered.

    Every original is read whole and held against its digest.

    Args:
        lineage: Of the film.
        vault: Of the production.
    """
    uses: dict[Digest, list[str]] = {}
    for use in lineage.elements:
        if use.original is not None:
            uses.setdefault(use.original, []).append(use.id)
    if not uses:
        return
    faults = {digest: why for digest in uses if (why := _fault(vault, digest))}
    yield RuleResult(
        id=ORIGINAL_RULE,
        title="What providers delivered is kept as it came, byte for byte",
        status=Status.FAILED if faults else Status.PASSED,
        evidence=tuple(
            f"{', '.join(names)}: {digest}, {faults.get(digest, 'as it came')}"
            for digest, names in uses.items()
        ),
        who="producer" if faults else "",
        remarks=tuple(
            Remark(status=Status.FAILED, reason=why, elements=tuple(uses[digest]))
            for digest, why in faults.items()
        ),
        lift="bring the file back from a backup of the vault: generique vault check"
        if faults
        else "",
    )


def _fault(vault: Vault, digest: Digest) -> str:
    """What is wrong with a file of the vault; empty where nothing is."""
    if not vault.has(digest):
        return "the delivered file is gone"
    try:
        vault.read(digest)
    except Damaged:
        return "the delivered file has other bytes than were delivered"
    return ""
