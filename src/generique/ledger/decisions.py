"""Who may have signed what: the rules of decisions, checked on the signed statement alone.

1. A statement of ours that names a deciding key is signed by that key.
2. A person's verdict is signed by a key that bears that person's name; a demonstration by the key
   so named, and that key signs no verdict of a person.
3. The essence that is decided on is a subject of the statement.
"""

from __future__ import annotations

from collections.abc import Iterator

from generique.ledger.keys import DEMONSTRATION, person_key_name
from generique.ledger.statement import PREDICATE_SPACE, Statement, predicate_type

DECISION = predicate_type("decision")
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
    if statement.predicate_type != DECISION:
        return
    verdict, person = facts.get("verdict"), facts.get("person")
    if verdict not in _VERDICTS or not isinstance(person, str) or not isinstance(decider, str):
        yield "entry.decision", "it does not say who decided what, by which key"
        return
    name = DEMONSTRATION if verdict == DEMONSTRATION else person_key_name(person)
    if decider.rpartition("+")[0] != name:
        yield "entry.decision", f"{verdict} in the name of {person}, by the key {decider}"
    if facts.get("essence") != statement.digest_of("essence"):
        yield "entry.decision", "the essence decided on is not the one that it is about"
