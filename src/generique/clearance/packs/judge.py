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
    rules_ingest,
    rules_netflix,
    rules_netflix_output,
    rules_platforms,
    rules_talent,
)
from generique.clearance.packs.catalogue import ALWAYS, Pack, Rule, known_packs
from generique.clearance.packs.findings import Finding, missing
from generique.clearance.packs.reading import Reading
from generique.clearance.verdict import Effect, Outcome, Status
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
        rules_ingest,
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
    """What comes of one rule: of the film first, then of elements in their order.

    An element gets one outcome, the first that was found.
    """
    findings = rule_functions()[rule.id](reading) if rule.implemented else [_unevaluated(rule)]
    placed: dict[int, Outcome] = {}
    for found in findings:
        outcome = _outcome(rule, found)
        if not found.places:
            yield outcome
        for at in found.places:
            placed.setdefault(at, outcome)
    for at in sorted(placed):
        yield _of_element(placed[at], reading, at)


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


def _outcome(rule: Rule, found: Finding) -> Outcome:
    """An outcome from a rule and a finding, not yet of any element."""
    done = found.status in {Status.PASSED, Status.NOT_APPLICABLE}
    unsure = f" Unconfirmed: {rule.unconfirmed}" if rule.unconfirmed and not done else ""
    return Outcome(
        rule=rule.id,
        title=rule.title,
        source=rule.citation,
        status=found.status,
        effect=Effect.BLOCK if rule.blocks and not found.warns else Effect.WARN,
        reason=f"{found.reason}{unsure}",
        evidence=found.evidence,
        lift="" if done else found.lift or rule.lift,
        who=() if done else found.who or rule.who,
        awaits=found.awaits,
    )


def _of_element(outcome: Outcome, reading: Reading, at: int) -> Outcome:
    """The same outcome of one element.

    A film may have a hundred thousand of them. So the copy is made as ``model_construct`` makes
    one, without its search for defaults; identifier and evidence come from valid values, and the
    tests validate what comes out.
    """
    element, evidence = reading.marks[at]
    copy = Outcome.__new__(Outcome)
    fields = outcome.__dict__.copy()
    fields["element"] = element
    fields["evidence"] = (*outcome.evidence, *evidence) if outcome.evidence else evidence
    object.__setattr__(copy, "__dict__", fields)
    object.__setattr__(copy, "__pydantic_fields_set__", outcome.__pydantic_fields_set__)
    object.__setattr__(copy, "__pydantic_extra__", None)
    object.__setattr__(copy, "__pydantic_private__", None)
    return copy
