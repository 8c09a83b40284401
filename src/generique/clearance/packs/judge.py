"""The packs at a gate: every rule that speaks there, as outcomes that a lawyer reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from generique.clearance.case import Case
from generique.clearance.packs import (
    rules_always,
    rules_credentials,
    rules_documentary,
    rules_european,
    rules_france,
    rules_netflix,
    rules_netflix_output,
    rules_platforms,
    rules_talent,
)
from generique.clearance.packs.catalogue import ALWAYS, Pack, Rule, known_packs
from generique.clearance.packs.findings import Finding, missing
from generique.clearance.packs.reading import Reading
from generique.clearance.verdict import Effect, Evidence, Outcome, Status
from generique.model.errors import UnreadableInput

RuleFunction = Callable[[Reading], Iterable[Finding]]
"""Says what comes of one rule. It yields at least one finding: silence is no verdict."""


@cache
def rule_functions() -> Mapping[str, RuleFunction]:
    """Every function by the identifier of its rule."""
    found: dict[str, RuleFunction] = {}
    for room in (
        rules_always,
        rules_credentials,
        rules_documentary,
        rules_european,
        rules_france,
        rules_netflix,
        rules_netflix_output,
        rules_platforms,
        rules_talent,
    ):
        found.update(room.RULES)
    return found


def judge_packs(names: tuple[str, ...], case: Case) -> tuple[Outcome, ...]:
    """What policy packs say at the gate of a case.

    Args:
        names: Packs that the production chose, in any order; the rules that always apply come
            without being named.
        case: What is known.

    Returns:
        In the order of pack, rule and element: one outcome for each element that a rule refuses
        or leaves open, one for the film where it does neither.

    Raises:
        UnreadableInput: There is no pack of such a name.
    """
    reading = Reading(case)
    outcomes: list[Outcome] = []
    for pack in _chosen(names):
        for rule in pack.rules:
            if case.gate in rule.gates:
                outcomes.extend(judge_rule(rule, reading))
    return tuple(outcomes)


def judge_rule(rule: Rule, reading: Reading) -> Iterator[Outcome]:
    """What comes of one rule, in the order of elements."""
    if not rule.implemented:
        yield _outcome(rule, _unevaluated(rule), reading, None)
        return
    findings = list(rule_functions()[rule.id](reading))
    placed = [(at, found) for found in findings for at in found.places]
    placed.sort(key=lambda one: one[0])
    for found in findings:
        if not found.places:
            yield _outcome(rule, found, reading, None)
    for at, found in placed:
        yield _outcome(rule, found, reading, at)


def _chosen(names: Iterable[str]) -> Iterator[Pack]:
    packs = known_packs()
    for name in names:
        if name not in packs:
            raise UnreadableInput(
                f"there is no policy pack {name}",
                where="production.toml, policy_packs",
                next_step=f"choose among: {', '.join(one for one in packs if one != ALWAYS)}",
            )
    wanted = {ALWAYS, *names}
    return (pack for pack in packs.values() if pack.name in wanted)


def _unevaluated(rule: Rule) -> Finding:
    return missing(
        f"This rule is not evaluated by this program: a person has to look. {rule.why_not}",
        warns=True,
    )


def _outcome(rule: Rule, found: Finding, reading: Reading, at: int | None) -> Outcome:
    """An outcome from a rule and a finding.

    It is not validated again: its values come from values that were, and the tests validate
    every outcome of every rule.
    """
    done = found.status in {Status.PASSED, Status.NOT_APPLICABLE}
    element, reason, evidence = None, found.reason, found.evidence
    if at is not None:
        element = reading.case.elements[at].id
        evidence = (*evidence, *_evidence_of(reading, at))
    if rule.unconfirmed and not done:
        reason = f"{reason} Unconfirmed: {rule.unconfirmed}"
    return Outcome.model_construct(
        _FIELDS,
        rule=rule.id,
        clause=None,
        title=rule.title,
        source=rule.citation,
        status=found.status,
        effect=Effect.BLOCK if rule.blocks and not found.warns else Effect.WARN,
        element=element,
        reason=reason,
        evidence=evidence,
        lift="" if done else found.lift or rule.lift,
        who=() if done else found.who or rule.who,
        awaits=found.awaits,
    )


_FIELDS = set(Outcome.model_fields)


def _evidence_of(reading: Reading, at: int) -> tuple[Evidence, ...]:
    """Where an element stands in ledger, vault and film."""
    facts = reading.case.elements[at]
    if facts.entry is None and facts.essence is None and facts.start is None:
        return ()
    found = reading.evidence.get(at)
    if found is None:
        found = Evidence(
            what="the element", entry=facts.entry, digest=facts.essence, frame=facts.start
        )
        reading.evidence[at] = found
    return (found,)
