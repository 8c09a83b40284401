"""The contract at a gate: rulings as outcomes that a lawyer reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generique.clearance.acts import unlooked_at
from generique.clearance.approvals import ApprovalRule
from generique.clearance.case import Case
from generique.clearance.clauses import Bond, Contract
from generique.clearance.condition_words import fact_words
from generique.clearance.contract_words import ACTS, listed
from generique.clearance.natural import natural
from generique.clearance.policy import (
    Constraint,
    Duty,
    DutyName,
    Policy,
    Prohibition,
    Truth,
    Unknown,
)
from generique.clearance.ruling import Evaluator, Fault, Ruling, bits_of, rule_on
from generique.clearance.verdict import Effect, Evidence, Gate, Outcome, Status
from generique.model.action import Action
from generique.model.people import Role

RULE = "CLAUSE"
"""Identifier of outcomes that apply a clause, or say that none permits an act."""

CONTRACT = "CONTRACT"
"""Identifier of outcomes about the contract as a whole."""

_LAWYERS = (Role.PRODUCER, Role.COUNSEL)
_DEFAULT = "What no clause of the contract permits is not done."
_UNLOOKED = " Whether its model is such a one nobody has said: no passport of it is kept."
_OWED_LATER = {
    DutyName.RETAIN: "to keep the records",
    DutyName.GRANT_AUDIT: "to show the records on request",
    DutyName.INDEMNIFY: "to answer for claims of others",
}


def judge_contract(contract: Contract, case: Case) -> tuple[Outcome, ...]:
    """What the contract says at the gate of a case.

    Args:
        contract: With what the ledger says of its binding.
        case: What is known.

    Returns:
        About the contract as a whole; then what no clause permits, or that all is permitted; then
        every clause in the order of its number: one outcome for each element that it denies, one
        for the film where it denies nothing. The order of clauses in the file means nothing.
    """
    evaluator = Evaluator(case)
    policies = sorted(contract.policies, key=lambda policy: natural(policy.clause))
    ruling = rule_on(policies, evaluator)
    faults: dict[str, list[Fault]] = {}
    for fault in ruling.faults:
        faults.setdefault(fault.policy.clause, []).append(fault)
    outcomes = [*_standing(contract, case), *_permissions(contract, ruling, evaluator)]
    for policy in policies:
        found = faults.get(policy.clause)
        if found:
            outcomes.extend(_denials(policy, found, evaluator))
        else:
            outcomes.append(_kept(policy, ruling))
    return tuple(outcomes)


def _standing(contract: Contract, case: Case) -> Iterator[Outcome]:
    """Whether this is the contract of this production, and still the one that was bound."""
    title = "The clauses that the program reads are those of the signed contract."
    if case.production.id not in contract.heading.titles:
        governed = ", ".join(contract.heading.titles)
        yield Outcome(
            rule=CONTRACT,
            title="The contract governs this production.",
            source=contract.citation,
            status=Status.FAILED,
            reason=f"It governs {governed}, and not {case.production.id}.",
            lift="put the contract of this production in its place",
            who=_LAWYERS,
        )
    bond = contract.binding.bond
    status, effect, reason, lift = _BONDS[bond]
    if bond is Bond.UNBOUND and case.gate is Gate.DELIVER:
        effect = Effect.BLOCK
    yield Outcome(
        rule=CONTRACT,
        title=title,
        source=contract.citation,
        status=status,
        effect=effect,
        reason=reason,
        evidence=_binding_evidence(contract),
        lift=lift,
        who=() if status is Status.PASSED else _LAWYERS,
    )


_BIND = "let the producer or counsel read both and bind them: generique contract bind"
_BONDS: dict[Bond, tuple[Status, Effect, str, str]] = {
    Bond.BOUND: (
        Status.PASSED,
        Effect.BLOCK,
        "Clauses and signed document are those that a person bound in the ledger.",
        "",
    ),
    Bond.UNBOUND: (
        Status.OPEN,
        Effect.WARN,
        "Nobody has stated that these clauses are a reading of a signed contract.",
        _BIND,
    ),
    Bond.CHANGED: (
        Status.FAILED,
        Effect.BLOCK,
        "The clauses were changed since a person bound them; what is written now is nobody's word.",
        f"put the clauses back as they were, or {_BIND}",
    ),
    Bond.OTHER_DOCUMENT: (
        Status.FAILED,
        Effect.BLOCK,
        "The signed document is not the one that was bound.",
        f"put the signed document back, or {_BIND}",
    ),
    Bond.NO_DOCUMENT: (
        Status.FAILED,
        Effect.BLOCK,
        "The signed document that was bound is missing.",
        "put the signed document back beside the clauses",
    ),
}


def _binding_evidence(contract: Contract) -> tuple[Evidence, ...]:
    binding = contract.binding
    found = [Evidence(what="reading of the clauses", digest=contract.digest)]
    if binding.entry is not None:
        found.append(Evidence(what="statement that bound them", entry=binding.entry))
    if binding.document is not None:
        signed = listed(binding.signatures, "en") if binding.signatures else "nobody"
        found.append(
            Evidence(what=f"document, electronically signed by {signed}", digest=binding.document)
        )
    return tuple(found)


def _permissions(contract: Contract, ruling: Ruling, evaluator: Evaluator) -> Iterator[Outcome]:
    """Default deny: one outcome for each element and act that no clause permits."""
    elements = evaluator.case.elements
    refused = False
    for action, mask in ruling.unpermitted():
        act = ACTS["en"][action]
        hoped = ruling.hoped.get(action, 0)
        for position in bits_of(mask):
            refused = True
            element = elements[position]
            unlooked = action is Action.LOAD_WEIGHTS and unlooked_at(evaluator.case, element)
            unknown = bool(hoped >> position & 1)
            yield Outcome(
                rule=RULE,
                title=_DEFAULT,
                source=contract.citation,
                status=Status.OPEN if unknown or unlooked else Status.FAILED,
                element=element.id,
                reason=f"A permission might cover {act}, but a fact that it rests on is not known."
                if unknown
                else f"No clause of the contract permits {act}{_hint(action)}."
                + (_UNLOOKED if unlooked else ""),
                lift="record the fact that is missing"
                if unknown or unlooked
                else "leave it out, or agree a clause that permits it",
                who=_LAWYERS,
            )
    if not refused:
        yield Outcome(
            rule=RULE,
            title=_DEFAULT,
            source=contract.citation,
            status=Status.PASSED if ruling.grounds else Status.NOT_APPLICABLE,
            reason="Every act on a generated element that is asked for is permitted."
            if ruling.grounds
            else "No act on a generated element is asked for.",
            evidence=_clauses(ruling.grounds),
        )


def _hint(action: Action) -> str:
    """The kind of clause that such an act needs, where it needs one of its own."""
    wanted = {
        Action.SEND: "providers-allowed",
        Action.CLONE_VOICE: "talent-consent",
        Action.GENERATE_LIKENESS: "talent-consent",
        Action.ALTER_PERFORMANCE: "talent-consent",
        Action.LOAD_WEIGHTS: "weights-locked",
    }.get(action)
    return "" if wanted is None else f"; that takes a clause of the kind {wanted}"


def _clauses(policies: Iterable[Policy]) -> tuple[Evidence, ...]:
    numbers = sorted({policy.clause for policy in policies}, key=natural)
    return tuple(Evidence(what=f"clause {number}") for number in numbers)


def _denials(policy: Policy, faults: list[Fault], evaluator: Evaluator) -> Iterator[Outcome]:
    """One outcome for each element, or the film, that a clause denies."""
    first: dict[int, Fault] = {}
    for fault in sorted(faults, key=lambda fault: not fault.certain):
        for position in bits_of(fault.certain | fault.open):
            first.setdefault(position, fault)
    evidence = _clauses((policy,))
    for position in sorted(first):
        fault = first[position]
        certain = bool(fault.certain >> position & 1)
        film = position == len(evaluator.case.elements)
        reason = _reason(fault.rule, position, evaluator)
        yield Outcome(
            rule=RULE,
            clause=policy.clause,
            title=policy.title,
            source=policy.source,
            status=Status.FAILED if certain else Status.OPEN,
            element=None if film else evaluator.case.elements[position].id,
            reason=f"{reason[0].upper()}{reason[1:]}",
            evidence=evidence,
            lift=fault.rule.lift,
            who=fault.rule.who,
            awaits=_awaits(fault.rule, position, evaluator),
        )


def _awaits(rule: Prohibition | Duty, position: int, evaluator: Evaluator) -> bool:
    """True when nothing is missing but the word of people, none of whom has said no."""
    if not isinstance(rule, Duty) or rule.approval is None:
        return False
    found = evaluator.standings(rule.approval, position)
    return bool(found) and not any(one.rejected for one in found)


def _reason(rule: Prohibition | Duty, position: int, evaluator: Evaluator) -> str:
    """The facts that make a rule deny, in words."""
    if isinstance(rule, Duty) and rule.approval is not None:
        return _unapproved(rule.approval, position, evaluator)
    facts = [_fact(constraint, position, evaluator) for constraint in rule.when]
    for constraint in rule.unless:
        fact = evaluator.fact(constraint.operand, position)
        if constraint.test(fact) is not Truth.HOLDS:
            facts.append(_fact(constraint, position, evaluator))
    if not facts:
        return f"the clause forbids {listed([ACTS['en'][act] for act in rule.actions], 'en')}."
    return f"{'; '.join(dict.fromkeys(facts))}."


def _unapproved(rule: ApprovalRule, position: int, evaluator: Evaluator) -> str:
    """Whose word is missing, of what, and whose does not count."""
    subjects = evaluator.subjects(rule.matter, position)
    if isinstance(subjects, Unknown):
        return f"{subjects.why}."
    told = []
    for spoken in subjects:
        stands = evaluator.facts.record.words_on(rule, spoken)
        if not stands.approved:
            void = "".join(f" Void: {one.why}." for one in stands.void)
            told.append(f"{spoken.name}: {'; '.join(one.why for one in stands.missing)}.{void}")
    return " ".join(told)


def _fact(constraint: Constraint, position: int, evaluator: Evaluator) -> str:
    return fact_words(constraint.operand, evaluator.fact(constraint.operand, position))


def _kept(policy: Policy, ruling: Ruling) -> Outcome:
    """A clause that denies nothing here."""
    later = [
        _OWED_LATER[rule.name]
        for rule in policy.rules
        if isinstance(rule, Duty) and not rule.actions
    ]
    spoke = policy.clause in ruling.spoke
    if later:
        reason = f"It binds the parties {listed(later, 'en')}; no gate waits for it."
    elif spoke:
        reason = "Nothing that is asked for goes against it."
    else:
        reason = "It speaks of nothing that is asked for at this gate."
    return Outcome(
        rule=RULE,
        clause=policy.clause,
        title=policy.title,
        source=policy.source,
        status=Status.PASSED if spoke else Status.NOT_APPLICABLE,
        reason=reason,
        evidence=_clauses((policy,)),
    )
