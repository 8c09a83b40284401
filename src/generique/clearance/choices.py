"""The critical artistic choices, each with a gate of its own: casting, the cut, the master.

Whoever decides on takes decides on shots one by one. Who lends a part its voice, how the film is
cut, and that it is finished are choices of their own, and people make them before it goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from generique.clearance.approvals import USUAL, ApprovalRule, ApprovalStanding, about, standing
from generique.clearance.case import Case
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
    wanted = _ASKED.get(case.gate, ())
    names = sorted(name for name in case.subjects)
    found = {
        matter: [name.partition("/")[2] for name in group]
        for matter, group in groupby(names, key=lambda name: name.partition("/")[0])
    }
    return tuple(
        outcome
        for matter in wanted
        for outcome in _judged(case, USUAL[matter], found.get(matter.value, ()))
    )


def _judged(case: Case, rule: ApprovalRule, names: Iterable[str]) -> Iterator[Outcome]:
    """One outcome for each thing that waits, or one that all are approved."""
    entries: list[Evidence] = []
    waiting = False
    listed = tuple(names)
    for name in listed:
        digest = case.subjects[f"{rule.matter.value}/{name}"]
        stands = standing(rule, about(case.approvals, rule.matter, name), digest)
        if stands.approved:
            entries += [
                Evidence(what=f"{rule.matter.value} {name}", entry=said.entry, digest=digest)
                for said in stands.rests_on
            ]
            continue
        waiting = True
        yield _waits(rule, name, stands)
    if not waiting:
        number, title = _RULES[rule.matter]
        yield Outcome(
            rule=number,
            title=title,
            source=rule.source,
            status=Status.PASSED if listed else Status.NOT_APPLICABLE,
            reason=f"Approved: {', '.join(listed)}."
            if listed
            else f"There is no {rule.matter.value} yet.",
            evidence=tuple(entries),
        )


def _waits(rule: ApprovalRule, name: str, stands: ApprovalStanding) -> Outcome:
    number, title = _RULES[rule.matter]
    why = "; ".join(missing.why for missing in stands.missing)
    void = "".join(f" Void: {one.why}." for one in stands.void)
    return Outcome(
        rule=number,
        title=title,
        source=rule.source,
        status=Status.FAILED if stands.rejected else Status.OPEN,
        reason=f"{rule.matter.value} {name}: {why}.{void}",
        lift=f"generique review approve --matter {rule.matter.value} {name} --as PERSON",
        who=tuple(sorted(rule.named)),
        awaits=not stands.rejected,
    )
