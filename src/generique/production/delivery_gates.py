"""The gates that every delivery passes, with or without a contract or a policy pack.

======== ==================================================================================
rule     refuses
======== ==================================================================================
SEAL-1   a master whose file, credential, proof or ledger does not verify
FRESH-1  a film of which somebody has asked for, or chosen, another take since it was made
TAKE-1   a take that no person has approved by now: undecided, rejected, revoked or changed
TAKE-2   a take that was only demonstrated, and a film that was made while any was
LABEL-*  labels and notices that are not on the encoded master
CREDIT-* credits that are not, or not for long enough
======== ==================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generique.model.refusal import Refusal
from generique.production.readback_rules import reading_refusals
from generique.production.review import REVIEWER, Standing, decisions, standing

if TYPE_CHECKING:
    from generique.model.lineage import ElementUse
    from generique.production.deliver import Candidate, DeliveryGate, Presented

_NEVER_BENT = "Générique, rules that are never bent"
_STATES = {
    Standing.WAITING: "no person has approved the take",
    Standing.REJECTED: "the take was rejected",
    Standing.DEMONSTRATION: "the take was only demonstrated; no person has approved it",
}


def seal_gate(candidate: Candidate) -> Iterator[Refusal]:
    """Every master verifies, byte for byte, with its credential, its proof and the ledger."""
    for master in candidate.masters:
        if master.report.file != master.file:
            yield _unsealed(master, f"the file is {master.report.file}, not what was sealed")
        elif master.report.fault:
            said = "; ".join(
                f"{found.code} ({found.where}): {found.why}"
                for found in master.report.findings
                if found.verdict is master.report.verdict
            )
            yield _unsealed(master, said or f"its verdict is {master.report.verdict.value}")


def fresh_gate(candidate: Candidate) -> Iterator[Refusal]:
    """Nobody has asked for another take, or chosen one, since the masters were made."""
    made, followed = candidate.package.entry, candidate.package.asked
    for act in candidate.journal.acts("direction", "choice"):
        if followed is None or act.entry > followed:
            shot = act.facts.get("shot") or act.facts.get("element")
            yield Refusal(
                rule="FRESH-1",
                source=_NEVER_BENT,
                element=shot,
                reason=f"{shot} was changed in entry {act.entry}, which the film that was made in "
                f"entry {made} does not follow",
                lift="make the film again with: generique produce",
                who="editor",
            )


def approval_gate(candidate: Candidate) -> Iterator[Refusal]:
    """Every take that is seen or heard stands approved, now, by its exact essence."""
    said = decisions(candidate.journal)
    told: set[str] = set()
    for use in candidate.lineage.elements:
        if use.passport is None or use.essence in told:
            continue
        told.add(use.essence)
        state = standing(said.get(use.essence, ()))
        if state is not Standing.APPROVED:
            yield _unapproved(use, state)


def demonstration_gate(candidate: Candidate) -> Iterator[Refusal]:
    """No decision was only demonstrated when the masters were made; the picture says so there."""
    if candidate.lineage.demonstration:
        yield Refusal(
            rule="TAKE-2",
            source=_NEVER_BENT,
            reason="the masters were made as a demonstration, and say so in the picture",
            lift="decide on every take, then make the film again without --demo-review: "
            "generique produce",
            who=REVIEWER.value,
        )


def reading_gate(candidate: Candidate) -> Iterable[Refusal]:
    """Labels, notices and credits are on the encoded masters."""
    return reading_refusals(master.reading for master in candidate.masters)


OWN_GATES: tuple[DeliveryGate, ...] = (
    seal_gate,
    fresh_gate,
    approval_gate,
    demonstration_gate,
    reading_gate,
)


def _unsealed(master: Presented, reason: str) -> Refusal:
    return Refusal(
        rule="SEAL-1",
        source=_NEVER_BENT,
        reason=f"the master in {master.language!r} does not verify: {reason}",
        lift="see: generique verify; restore the vault and the ledger from a backup, or make the "
        "master again",
        who="producer",
    )


def _unapproved(use: ElementUse, state: Standing) -> Refusal:
    before = any(entry.decision.verdict == "approved" for entry in use.decisions)
    since = "; it was approved when the master was made" if before else ""
    return Refusal(
        rule="TAKE-2" if state is Standing.DEMONSTRATION else "TAKE-1",
        source=_NEVER_BENT,
        element=use.take,
        reason=f"{_STATES[state]}{since}",
        lift='look at it and decide: generique review approve TAKE --as PERSON --reason "…"; then '
        "make the film again",
        who=REVIEWER.value,
    )
