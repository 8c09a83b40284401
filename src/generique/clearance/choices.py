"""The critical artistic choices, each with a gate of its own: casting, the cut, the master.

Whoever decides on takes decides on shots one by one. Who lends a part its voice, how the film is
cut, and that it is finished are choices of their own, and people make them before it goes on.
"""

from __future__ import annotations

from collections.abc import Iterator

from generique.clearance.approvals import USUAL, ApprovalRule, ApprovalStanding
from generique.clearance.case import Case
from generique.clearance.policy import Unknown
from generique.clearance.spoken import Record, Spoken
from generique.clearance.verdict import Evidence, Gate, Outcome, Status
from generique.model.people import Matter

_RULES = {
    Matter.CASTING: ("GEN-05", "People cast the voice or likeness that plays a part"),
    Matter.CUT: ("GEN-06", "People lock the cut before it is mastered"),
    Matter.MASTER: ("GEN-07", "People approve the finished film before it is delivered"),
}
_ASKED = {
    Gate.MASTER: (Matter.CASTING, Matter.CUT),
    Gate.DELIVER: (Matter.CASTING, Matter.CUT, Matter.MASTER),
}


def judge_choices(case: Case) -> tuple[Outcome, ...]:
    """Outcomes on the choices that a gate waits for; none at the gates before them."""
    record = Record(case)
    return tuple(
        outcome
        for matter in _ASKED.get(case.gate, ())
        for outcome in _judged(record, USUAL[matter])
    )


def _judged(record: Record, rule: ApprovalRule) -> Iterator[Outcome]:
    """One outcome for each thing that waits, or one that all are approved."""
    subjects = record.castings if rule.matter is Matter.CASTING else record.put(rule.matter)
    if isinstance(subjects, Unknown):
        yield _uncast(rule, subjects.why)
        return
    entries: list[Evidence] = []
    waiting = False
    listed = tuple(spoken.name for spoken in subjects)
    for spoken in subjects:
        stands = spoken.stands(rule)
        if stands.approved:
            entries += [
                Evidence(what=spoken.name, entry=said.entry, digest=spoken.digest)
                for said in stands.rests_on
            ]
            continue
        waiting = True
        yield _waits(rule, spoken, stands)
    if not waiting:
        number, title = _RULES[rule.matter]
        yield Outcome(
            rule=number,
            title=title,
            source=rule.source,
            status=Status.PASSED if listed else Status.NOT_APPLICABLE,
            reason=f"Approved: {', '.join(name.partition(' ')[2] for name in listed)}."
            if listed
            else f"There is no {rule.matter.value} yet.",
            evidence=tuple(entries),
        )


def _waits(rule: ApprovalRule, spoken: Spoken, stands: ApprovalStanding) -> Outcome:
    number, title = _RULES[rule.matter]
    why = "; ".join(missing.why for missing in stands.missing)
    void = "".join(f" Void: {one.why}." for one in stands.void)
    return Outcome(
        rule=number,
        title=title,
        source=rule.source,
        status=Status.FAILED if stands.rejected else Status.OPEN,
        reason=f"{spoken.name}: {why}.{void}",
        lift=f"generique review approve --matter {spoken.name} --as PERSON",
        who=tuple(sorted(rule.named)),
        awaits=not stands.rejected,
    )


def _uncast(rule: ApprovalRule, why: str) -> Outcome:
    """A real person of whom there is nothing that people could decide on."""
    number, title = _RULES[rule.matter]
    return Outcome(
        rule=number,
        title=title,
        source=rule.source,
        status=Status.OPEN,
        reason=f"{why[0].upper()}{why[1:]}.",
        lift="record the fact that is missing",
        who=tuple(sorted(rule.named)),
    )
