"""Who may have signed what: the rules of decisions, checked on the signed statement alone.

1. A statement of ours that names a deciding key is signed by that key.
2. A person's word (a verdict, a judgement, a withdrawal, the binding of a contract) is signed by a
   key that bears that person's name; a demonstration by the key so named, and that key signs no
   word of a person.
3. Every essence that is decided on or judged is a subject of the statement. What a decision covers
   besides the first take says which take and which essence, and nothing else: whose word it is
   stands in one place.

Whether the key was that person's at the time is the law of :mod:`generique.ledger.register`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generique.ledger.keys import DEMONSTRATION, person_key_name
from generique.ledger.statement import PREDICATE_SPACE, Statement, predicate_type

DECISION = predicate_type("decision")
JUDGEMENT = predicate_type("judgement")
CONTRACT = predicate_type("contract")
WITHDRAWAL = predicate_type("withdrawal")
WORDS = frozenset({DECISION, JUDGEMENT, CONTRACT, WITHDRAWAL})
"""Kinds of statement that are a person's word."""
ALSO = "also"
"""Field of a decision on several takes: those besides the first, each with its essence."""
_VERDICTS = frozenset({"approved", "rejected", "revoked", DEMONSTRATION})


def decision_faults(statement: Statement, signers: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Code and reason of every rule that a statement breaks.

    Args:
        statement: Any statement.
        signers: Identifiers of the known keys whose signatures on it hold.
    """
    if not statement.predicate_type.startswith(PREDICATE_SPACE):
        return
    facts = statement.predicate
    decider = facts.get("key")
    if isinstance(decider, str) and decider not in signers:
        yield "entry.decider", f"it names {decider} as deciding, whose signature it lacks"
    if statement.predicate_type not in WORDS:
        return
    decided = statement.predicate_type == DECISION
    kind = statement.predicate_type.removeprefix(PREDICATE_SPACE)
    verdict, person = facts.get("verdict") if decided else kind, facts.get("person")
    said = not decided or (isinstance(verdict, str) and verdict in _VERDICTS)
    if not said or not isinstance(person, str) or not isinstance(decider, str):
        yield "entry.decision", "it does not say who decided what, by which key"
        return
    name = DEMONSTRATION if verdict == DEMONSTRATION else person_key_name(person)
    if decider.rpartition("+")[0] != name:
        yield "entry.decision", f"{verdict} in the name of {person}, by the key {decider}"
    if not _is_about(statement, decided=decided):
        yield "entry.decision", "the essence decided on is not the one that it is about"


def _is_about(statement: Statement, *, decided: bool) -> bool:
    """True when every essence that is named is a subject; only a decision has to name one."""
    facts = statement.predicate
    essence, also = facts.get("essence"), facts.get(ALSO, [])
    if (decided or essence is not None) and essence != statement.digest_of("essence"):
        return False
    subjects = [subject.digest for subject in statement.subjects if subject.name[:8] == "essence/"]
    return isinstance(also, list) and all(_covers(item, subjects) for item in also)


def _covers(item: object, subjects: list[str]) -> bool:
    """True when an item of :data:`ALSO` names a take and one of the essences, and no more."""
    return (
        isinstance(item, dict)
        and set(item) == {"take", "essence"}
        and isinstance(item["take"], str)
        and item["essence"] in subjects
    )
