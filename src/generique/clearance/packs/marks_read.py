"""What was found of a master's marks: watermarks in its picture, and what its credential lacks."""

from __future__ import annotations

from collections.abc import Sequence

from generique.clearance.case import ReadBack
from generique.clearance.packs.findings import Finding, failed, missing

_TOLD = 8
"""Names that a reason tells at most."""

CREDENTIAL_CODES = {
    "CPA-01": frozenset(
        {"action.first", "actions.gathered", "source-type.unknown", "source-type.contradiction"}
    ),
    "CPA-03": frozenset({"action.source-type-missing", "action.opened-source-type"}),
    "CPA-04": frozenset({"actions.completeness", "claim.specification"}),
    "CPA-05": frozenset(
        {
            "action.opened-parent",
            "credential.manifest-missing",
            "ingredient.essence",
            "ingredient.tampered",
            "ingredient.unlisted",
            "ingredient.unsigned",
            "ingredient.unverified",
            "essence.unstated",
            "input.contradiction",
            "input.unlisted",
            "lineage.unreadable",
        }
    ),
    "CPA-06": frozenset({"oversight.unfounded", "disclosure.model-type", "disclosure.unfounded"}),
    "CPA-07": frozenset({"watermark.unnamed", "watermark.other"}),
    "CPA-08": frozenset({"signer.time-invalid"}),
    "CPA-10": frozenset({"credential.padding"}),
}
"""Faults of a credential, by the rule that each offends."""


def credential_fault(rule: str, master: ReadBack) -> Finding | None:
    """A finding when the credential of a master has a fault of the kind that a rule asks about."""
    codes = CREDENTIAL_CODES[rule]
    told = [fault for fault in master.credential_faults or () if fault.code in codes]
    if not told:
        return None
    some = "; ".join(f"{fault.why} ({fault.where})" for fault in told[:3])
    more = len(told) - 3
    rest = f"; and {more} more" if more > 0 else ""
    return failed(f"in its credential, {some}{rest}.")


NO_SHOT = (
    "no shot is long, bright and textured enough to be asked for a watermark, so that a person "
    "has to say what the second mark is."
)
"""Said of a master whose pictures bear no watermark that could be read."""


def watermark_fault(master: ReadBack) -> Finding | None:
    """A finding when no shot was asked, or not every one that was said its own number."""
    if master.marks_asked is None:
        return missing("nobody has looked for its watermark.")
    if not master.marks_asked:
        return missing(NO_SHOT)
    if master.marks_missing:
        return failed(
            f"its watermark was not found in {len(master.marks_missing)} of {master.marks_asked} "
            f"shots that were asked: {names(master.marks_missing)}."
        )
    return None


def names(told: Sequence[str]) -> str:
    """A list of names, cut off and counted where it is long."""
    more = len(told) - _TOLD
    return f"{', '.join(told[:_TOLD])}{f' and {more} more' if more > 0 else ''}"
