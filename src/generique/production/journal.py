"""The record of a production: acts in, entries out, and what was said before.

Every act is an in-toto statement of one of a few kinds:

============== ========================================================================
kind           said when
============== ========================================================================
step           a step made its outputs
person         a person's key was registered, with the roles that the person holds
key-revocation a person's key was revoked
decision       a person approved, rejected or took back, or a demonstration was written
judgement      a person answered a question that only people answer
direction      a person asked for another take of a shot
choice         a person chose between takes of a shot
seal           a master was signed; its proof is published beside it
withdrawal     a dataset, model or consent was withdrawn
contract       a person bound the clauses to the signed contract
clearance      elements were cleared to be made, by which rules
delivery       masters left the house, with everything that their manifest names
rights         what the production knows of its rights was read, and had changed
similarity     a take was compared with protected works
reproduction   a take was made again and compared, or could not be
negative       the record carries that no AI stands behind a shot, within stated limits
plate          a take was drawn again as a plate, with the digests of its files
============== ========================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import Any, Literal, NamedTuple

from generique.ledger.decisions import decision_faults
from generique.ledger.log import Entry, Ledger
from generique.ledger.ports import Signer
from generique.ledger.register import BOUND, PERSONAL, Register, Registered, Spoken, introduced
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.model.errors import Damaged, Refused
from generique.model.values import Digest, digest_of
from generique.production.ports import Clock

Kind = Literal[
    "step",
    "person",
    "key-revocation",
    "decision",
    "judgement",
    "direction",
    "choice",
    "seal",
    "withdrawal",
    "similarity",
    "reconciliation",
    "reproduction",
    "rights",
    "clearance",
    "contract",
    "delivery",
    "negative",
    "plate",
]


@dataclass(frozen=True)
class Act:
    """An act that the ledger holds.

    Attributes:
        facts: What is said, with ``at`` and what else binds it to its ledger.
        void: Why it does not count, for what is said in a person's name; None when it counts.
    """

    entry: int
    kind: str
    facts: dict[str, Any]
    void: str | None = None

    @property
    def stated(self) -> dict[str, Any]:
        """What is said, without what binds it to its ledger."""
        return {name: value for name, value in self.facts.items() if name not in BOUND}

    @property
    def at(self) -> str:
        """When it was said, as the clock of whoever said it had it."""
        return str(self.facts.get("at", ""))


class _Said(NamedTuple):
    """What an entry says, and what is wrong with it.

    Attributes:
        damage: Why it cannot be what was signed; None when nothing speaks against it.
        void: Why it does not count, though it was signed; None when it counts.
    """

    entry: int
    statement: Statement
    damage: str | None = None
    void: str | None = None


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
        self._register = Register(ledger.origin)

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
            Refused: It is said in a person's name and not signed by that person, with a key that
                was registered and not revoked, in a role held. The program approves nothing.
            Damaged: A signature does not hold; nothing was written.
        """
        bound: dict[str, Any] = {"at": self.now()}
        if predicate_type(kind) in PERSONAL:
            self._read_on()
            bound |= {"origin": self._ledger.origin, "seen": self._read}
        statement = Statement(
            subjects=tuple(Subject.of(name, digest) for name, digest in subjects.items()),
            predicate_type=predicate_type(kind),
            predicate={**facts, **bound},
        )
        self._refuse(statement, frozenset(signer.key.id for signer in signers))
        return self._ledger.append(statement, step_key=step_key, signers=signers).index

    def find_step(self, key: Digest) -> Act | None:
        """The act that ended a step, None if the step was never ended."""
        index = self._ledger.find_step(key)
        if index is None:
            return None
        entry = self._ledger.entry(index)
        statement = entry.statement()
        faults = decision_faults(statement, _claimed(entry))
        return _act(_Said(index, statement, damage=next((why for _, why in faults), None)))

    def acts(self, *kinds: Kind) -> Iterator[Act]:
        """All acts of some kinds that count, in the order in which they were said.

        What was said in a person's name, and not by that person's key in force, does not count;
        see :meth:`void`.

        Raises:
            Damaged: The ledger holds a decision without the signature of whoever decided.
        """
        return (act for act in self._all(kinds) if act.void is None)

    def void(self) -> Iterator[Act]:
        """All acts that do not count, each with the reason why; errors as :meth:`acts`."""
        kinds: tuple[Kind, ...] = (
            "person",
            "key-revocation",
            "decision",
            "judgement",
            "withdrawal",
            "contract",
        )
        return (act for act in self._all(kinds) if act.void is not None)

    def _all(self, kinds: Sequence[Kind]) -> Iterator[Act]:
        self._read_on()
        found = [self._said.get(predicate_type(kind), []) for kind in kinds]
        for said in merge(*found, key=lambda said: said.entry):
            yield _act(said)

    def people(self) -> tuple[Registered, ...]:
        """Every key that this studio registered, with the roles held now, the revoked ones too."""
        self._read_on()
        return self._register.people(self._ledger.key.id)

    def _refuse(self, statement: Statement, signers: frozenset[str]) -> None:
        """Refuse what would be said in a person's name and is not that person's to say."""
        for code, why in decision_faults(statement, signers):
            raise Refused(
                "a decision is signed by whoever decides, with a key of that name",
                where=code,
                why=why,
                next_step="let the person decide: generique review approve TAKE --as PERSON",
            )
        if statement.predicate_type not in PERSONAL:
            return
        own = signers | {self._ledger.key.id}
        spoken = Spoken(self._read, statement, digest_of(statement.encode()), own)
        for code, why in self._register.faults(spoken):
            raise Refused(
                "this is not said in a person's name",
                where=code,
                why=why,
                next_step="see who may speak, in which roles: generique person list",
            )

    def _read_on(self) -> None:
        """Read what was appended since; what was read before never changes.

        Acts are kept for the life of the process: asking for the takes of each shot of a feature
        would else read the whole ledger thousands of times.
        """
        for entry in self._ledger.entries(self._read):
            said = self._heard(entry)
            self._said.setdefault(said.statement.predicate_type, []).append(said)
            self._read = entry.index + 1

    def _heard(self, entry: Entry) -> _Said:
        """An entry as it is believed: what is said in a person's name, only after checking it."""
        statement = entry.statement()
        claimed = _claimed(entry)
        for _, why in decision_faults(statement, claimed):
            return _Said(entry.index, statement, damage=why)
        if statement.predicate_type not in PERSONAL:
            return _Said(entry.index, statement)
        studio = self._ledger.key
        try:
            known = (studio, *self._register.keys, *introduced(statement))
            proven = entry.envelope.signers(known)
        except Damaged as error:
            return _Said(entry.index, statement, damage=error.what)
        if studio not in proven:
            void = "it is signed by another studio, whose register is not this one's"
            return _Said(entry.index, statement, void=void)
        spoken = Spoken(entry.index, statement, digest_of(entry.envelope.payload), claimed)
        faults = self._register.read(spoken)
        return _Said(entry.index, statement, void="; ".join(why for _, why in faults) or None)

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
        for act in self.steps("shoot"):
            if element in (None, act.facts["recipe"].get("element")):
                yield act

    def steps(self, *verbs: str) -> Iterator[Act]:
        """The steps that did one of some things, oldest first.

        Args:
            verbs: ``cut``, ``master``; what a recipe names as its verb.
        """
        for act in self.acts("step"):
            if act.facts.get("recipe", {}).get("verb") in verbs:
                yield act


def _claimed(entry: Entry) -> frozenset[str]:
    """Identifiers of the keys that are said to have signed an entry."""
    return frozenset(signature.keyid for signature in entry.envelope.signatures)


def _act(said: _Said) -> Act:
    if said.damage is not None:
        raise Damaged(
            f"the decision in entry {said.entry} of the ledger is not signed by whoever decided",
            where=f"entry {said.entry}",
            why=said.damage,
            next_step="see who wrote it with: generique verify; restore the ledger from a backup",
        )
    kind = said.statement.predicate_type.split(":")[2]
    return Act(entry=said.entry, kind=kind, facts=said.statement.predicate, void=said.void)
