"""The record of a production: acts in, entries out, and what was said before.

Every act is an in-toto statement of one of a few kinds:

============ ============================================================================
kind         said when
============ ============================================================================
step         a step made its outputs
decision     a person approved or rejected a take, or a demonstration was written
direction    a person asked for another take of a shot
choice       a person chose between takes of a shot
seal         a master was signed; its proof is published beside it
withdrawal   a dataset, model or consent was withdrawn
similarity   a take was compared with protected works
reproduction a take was made again and compared, or could not be
============ ============================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import Any, Literal, NamedTuple

from generique.ledger.decisions import decision_faults
from generique.ledger.log import Entry, Ledger
from generique.ledger.ports import Signer
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.model.errors import Damaged, Refused
from generique.model.values import Digest
from generique.production.ports import Clock

Kind = Literal[
    "step",
    "decision",
    "direction",
    "choice",
    "seal",
    "withdrawal",
    "similarity",
    "reproduction",
]


@dataclass(frozen=True)
class Act:
    """An act that the ledger holds."""

    entry: int
    kind: str
    facts: dict[str, Any]


class _Said(NamedTuple):
    """What an entry says, and the keys that are said to have signed it."""

    entry: int
    statement: Statement
    signed: frozenset[str]


class Journal:
    """Says and finds acts in a ledger.

    Args:
        ledger: Where the acts are said.
        clock: Stamps them.
    """

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._read = 0
        self._said: dict[str, list[_Said]] = {}

    @property
    def ledger(self) -> Ledger:
        """The ledger itself."""
        return self._ledger

    def now(self) -> str:
        """The clock's reading, RFC 3339 in UTC."""
        return self._clock.now()

    def record(
        self,
        kind: Kind,
        subjects: Mapping[str, Digest],
        facts: Mapping[str, Any],
        *,
        step_key: Digest | None = None,
        signers: Sequence[Signer] = (),
    ) -> int:
        """Say an act; durable when this returns.

        Args:
            kind: What sort of act.
            subjects: The files and essences that it is about, by name; at least one.
            facts: What is said, a JSON object.
            step_key: Key of the step that this ends.
            signers: Who signs besides the studio.

        Returns:
            Index of the entry.

        Raises:
            Refused: It is a decision that its maker does not sign. The program approves nothing.
        """
        statement = Statement(
            subjects=tuple(Subject.of(name, digest) for name, digest in subjects.items()),
            predicate_type=predicate_type(kind),
            predicate={**facts, "at": self.now()},
        )
        faults = decision_faults(statement, frozenset(signer.key.id for signer in signers))
        for code, why in faults:
            raise Refused(
                "a decision is signed by whoever decides, with a key of that name",
                where=code,
                why=why,
                next_step="let the person decide: generique review approve TAKE --as PERSON",
            )
        return self._ledger.append(statement, step_key=step_key, signers=signers).index

    def find_step(self, key: Digest) -> Act | None:
        """The act that ended a step, None if the step was never ended."""
        index = self._ledger.find_step(key)
        return None if index is None else _act(_said(self._ledger.entry(index)))

    def acts(self, *kinds: Kind) -> Iterator[Act]:
        """All acts of some kinds, in the order in which they were said.

        Raises:
            Damaged: The ledger holds a decision without the signature of whoever decided.
        """
        self._read_on()
        found = [self._said.get(predicate_type(kind), []) for kind in kinds]
        for said in merge(*found, key=lambda said: said.entry):
            yield _act(said)

    def _read_on(self) -> None:
        """Read what was appended since; what was read before never changes.

        Acts are kept for the life of the process: asking for the takes of each shot of a feature
        would else read the whole ledger thousands of times.
        """
        for entry in self._ledger.entries(self._read):
            said = _said(entry)
            self._said.setdefault(said.statement.predicate_type, []).append(said)
            self._read = entry.index + 1

    def take_number(self, element: str, recipe: Mapping[str, Any]) -> int:
        """Which take of an element a recipe makes, from 1.

        A take whose file was lost, and that is made again, is the same take.
        """
        recipes: list[Mapping[str, Any]] = []
        for act in self.takes(element):
            if act.facts["recipe"] not in recipes:
                recipes.append(act.facts["recipe"])
        return (recipes.index(recipe) if recipe in recipes else len(recipes)) + 1

    def takes(self, element: str | None = None) -> Iterator[Act]:
        """The steps that made a take, of one element or of all, oldest first."""
        for act in self.acts("step"):
            recipe = act.facts.get("recipe", {})
            if recipe.get("verb") == "shoot" and element in (None, recipe.get("element")):
                yield act


def _said(entry: Entry) -> _Said:
    signed = frozenset(signature.keyid for signature in entry.envelope.signatures)
    return _Said(entry.index, entry.statement(), signed)


def _act(said: _Said) -> Act:
    for _, why in decision_faults(said.statement, said.signed):
        raise Damaged(
            f"the decision in entry {said.entry} of the ledger is not signed by whoever decided",
            where=f"entry {said.entry}",
            why=why,
            next_step="see who wrote it with: generique verify; restore the ledger from a backup",
        )
    kind = said.statement.predicate_type.split(":")[2]
    return Act(entry=said.entry, kind=kind, facts=said.statement.predicate)
