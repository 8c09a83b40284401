"""Contracts as ODRL 2.2 agreements in JSON-LD, with a profile of ours; written and read.

ODRL Information Model 2.2 (W3C Recommendation, 15 February 2018). The profile adds actions,
operands, and one property: ``unless``, the conditions that lift a prohibition or fulfil a duty.
The agreement carries the whole reading of the contract beside the rules that it comes to, so that
reading it back is exact; rules and reading that do not agree are refused.

Nothing is ever fetched: a document bears our own context, word for word, or is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generique.clearance.clauses import Contract, read_contract
from generique.clearance.policy import (
    Constraint,
    Duty,
    DutyName,
    Measure,
    Operand,
    Operator,
    Permission,
    Policy,
    Rule,
    measure_of,
)
from generique.model.action import Action
from generique.model.errors import UnreadableInput
from generique.model.values import Json

PROFILE = "urn:generique:odrl:1"
NAMESPACE = "urn:generique:odrl:1#"
ODRL = "http://www.w3.org/ns/odrl/2/"
_DEEPEST = 12
_KINDS = ("permission", "prohibition", "obligation")
_NEXT = "ask for the contract as TOML, or for an export by this program"

CONTEXT: dict[str, Json] = {
    "@version": 1.1,
    "odrl": ODRL,
    "gen": NAMESPACE,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "uid": "@id",
    "type": "@type",
    "Agreement": "odrl:Agreement",
    "Party": "odrl:Party",
    "profile": {"@id": "odrl:profile", "@type": "@id"},
    "permission": {"@id": "odrl:permission"},
    "prohibition": {"@id": "odrl:prohibition"},
    "obligation": {"@id": "odrl:obligation"},
    "assigner": {"@id": "odrl:assigner", "@type": "@id"},
    "assignee": {"@id": "odrl:assignee", "@type": "@id"},
    "target": {"@id": "odrl:target", "@type": "@id"},
    "action": {"@id": "odrl:action", "@type": "@id"},
    "constraint": {"@id": "odrl:constraint"},
    "leftOperand": {"@id": "odrl:leftOperand", "@type": "@id"},
    "operator": {"@id": "odrl:operator", "@type": "@id"},
    "rightOperand": {"@id": "odrl:rightOperand"},
    "day": {"@id": "odrl:rightOperand", "@type": "xsd:date"},
    "unless": {"@id": "gen:unless"},
    "before": {"@id": "gen:before", "@type": "@id"},
    "clause": "gen:clause",
    "reading": {"@id": "gen:reading", "@type": "@json"},
}
"""The context of every document; it stands in the document itself."""


def to_odrl(contract: Contract) -> dict[str, Any]:
    """A contract as an ODRL agreement.

    Args:
        contract: Any.

    Returns:
        JSON-LD with its context inside.
    """
    heading = contract.heading
    films: list[Json] = [f"urn:generique:production:{title}" for title in heading.titles]
    rules: dict[str, list[Json]] = {kind: [] for kind in _KINDS}
    for policy in contract.policies:
        for rule in policy.rules:
            rules[_kind(rule)].append({"target": films, **_rule(policy, rule)})
    first, *others = (f"urn:generique:party:{party.id}" for party in heading.party)
    return {
        "@context": CONTEXT,
        "type": "Agreement",
        "uid": f"urn:generique:contract:{contract.digest.removeprefix('sha256:')}",
        "profile": PROFILE,
        "assigner": first,
        "assignee": others,
        **{kind: found for kind, found in rules.items() if found},
        "reading": contract.to_document(),
    }


def from_odrl(document: Mapping[str, Any], *, where: str) -> Contract:
    """Read an ODRL agreement back into the contract that it states.

    Args:
        document: JSON-LD as a mapping.
        where: The file, for errors.

    Raises:
        UnreadableInput: It bears another context, is nested deeper than such documents are, uses
            an action, an operand or an operator that the profile does not have, refines or
            combines them, lacks the reading, or states rules that the reading does not come to.
    """
    if document.get("@context") != CONTEXT:
        raise _unread(
            where, "the document bears another context than ours", "a context is never fetched"
        )
    for key, value in document.items():
        if key not in {"@context", "reading"}:
            _plain(value, where, 0)
    for kind in _KINDS:
        for rule in _tables(document.get(kind, []), f"{where}, {kind}"):
            _vocabulary(rule, f"{where}, {kind}")
    reading = document.get("reading")
    if not isinstance(reading, Mapping):
        raise _unread(
            where,
            "the policy holds no reading of a contract",
            "parties, date and clauses cannot be made up from its rules",
        )
    contract = read_contract(reading, where=where)
    stated = to_odrl(contract)
    for key in sorted({*stated, *document}):
        if stated.get(key) != document.get(key):
            raise _unread(
                where,
                f"the document does not say in {str(key)[:40]!r} what its clauses come to",
                "rules and clauses of one document agree, or neither is believed",
            )
    return contract


def _kind(rule: Rule) -> str:
    if isinstance(rule, Duty):
        return "obligation"
    return "permission" if isinstance(rule, Permission) else "prohibition"


def _rule(policy: Policy, rule: Rule) -> dict[str, Json]:
    """One rule; what is empty is left out."""
    actions: list[Json] = [f"gen:{action.value}" for action in rule.actions]
    said: dict[str, Json] = {"clause": policy.clause}
    if isinstance(rule, Duty):
        said |= {"action": [f"gen:{rule.name.value}"], "before": actions}
    else:
        said |= {"action": actions}
    said["constraint"] = [_constraint(one) for one in rule.when]
    if not isinstance(rule, Permission):
        said["unless"] = [_constraint(one) for one in rule.unless]
    return {key: value for key, value in said.items() if value}


def _constraint(constraint: Constraint) -> dict[str, Json]:
    value = constraint.value
    right = "day" if measure_of(constraint.operand) is Measure.DAY else "rightOperand"
    return {
        "leftOperand": f"gen:{constraint.operand.value}",
        "operator": f"odrl:{constraint.operator.value}",
        right: list(value) if isinstance(value, tuple) else value,
    }


_ACTIONS = frozenset(f"gen:{name.value}" for name in (*Action, *DutyName))
_OPERANDS = frozenset(f"gen:{name.value}" for name in Operand)
_OPERATORS = frozenset(f"odrl:{name.value}" for name in Operator)
_IN_RULE = frozenset({"target", "clause", "action", "before", "constraint", "unless"})
_IN_CONSTRAINT = frozenset({"leftOperand", "operator", "rightOperand", "day"})


def _vocabulary(rule: Mapping[str, Any], where: str) -> None:
    """Every word of a rule is one of the profile's."""
    _keys(rule, _IN_RULE, where)
    for key in ("action", "before"):
        for action in _words(rule.get(key, []), where):
            _known(action, _ACTIONS, "action", where)
    for key in ("constraint", "unless"):
        for constraint in _tables(rule.get(key, []), where):
            _keys(constraint, _IN_CONSTRAINT, where)
            _known(constraint.get("leftOperand"), _OPERANDS, "operand", where)
            _known(constraint.get("operator"), _OPERATORS, "operator", where)


def _tables(value: object, where: str) -> Iterator[Mapping[str, Any]]:
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, Mapping):
            raise _unread(where, "a rule or a condition is no object", "each is an object")
        yield one


def _words(value: object, where: str) -> Iterator[object]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            raise _unread(where, "an action is refined", "the profile has plain actions only")
        yield one


def _keys(said: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    extra = sorted(str(key) for key in said if key not in known)
    if extra:
        raise _unread(
            where,
            f"the profile has no {extra[0][:80]!r}",
            f"it has {', '.join(sorted(known))}",
        )


def _known(word: object, known: frozenset[str], what: str, where: str) -> None:
    if not isinstance(word, str) or word not in known:
        raise _unread(
            where,
            f"the profile has no {what} {str(word)[:80]!r}",
            f"it has {', '.join(sorted(known))}",
        )


def _plain(value: object, where: str, depth: int) -> None:
    """Refuse contexts inside, and nesting that no document of ours has."""
    if depth > _DEEPEST:
        raise _unread(where, "the document is nested too deeply", f"more than {_DEEPEST} levels")
    if isinstance(value, Mapping):
        if any(str(key).startswith("@") for key in value):
            raise _unread(where, "the document holds JSON-LD keywords inside", "none belong there")
        for one in value.values():
            _plain(one, where, depth + 1)
    elif isinstance(value, list):
        for one in value:
            _plain(one, where, depth + 1)


def _unread(where: str, what: str, why: str) -> UnreadableInput:
    return UnreadableInput(what, where=where, why=why, next_step=_NEXT)
