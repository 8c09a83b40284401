"""Policies: what a clause comes to once it is compiled.

A policy permits, forbids or demands acts under conditions. A condition compares one operand, a
fact of the case, with a value of the clause. Its answer has three values: it holds, it does not,
or nobody can tell because the fact is not known. What cannot be told permits nothing.

The vocabulary of ODRL 2.2 (W3C Recommendation, 15 February 2018) is kept: permission,
prohibition, obligation, constraint, and the names of its operators.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Self

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from generique.clearance.approvals import ApprovalRule
from generique.clearance.spelling import plain
from generique.model.action import Action
from generique.model.answer import Answer
from generique.model.element import ElementClass, ElementKind
from generique.model.kept_passports import WORLD, Day
from generique.model.people import Role
from generique.model.territory import a_territory
from generique.model.values import Value


class Truth(StrEnum):
    """What a condition comes to."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact that is not known, and what is missing, in words."""

    why: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """A fact that is one of several words, and nobody knows which."""

    words: frozenset[str]


Fact = str | float | frozenset[str] | OneOf | Unknown
"""The value of an operand in a case."""


class Operator(StrEnum):
    """How an operand is compared; names of ODRL 2.2."""

    EQ = "eq"
    NEQ = "neq"
    LTEQ = "lteq"
    GTEQ = "gteq"
    IS_ANY_OF = "isAnyOf"
    """The fact, or one of the facts, is among the values."""
    IS_ALL_OF = "isAllOf"
    """Every value is among the facts."""
    IS_NONE_OF = "isNoneOf"
    """No fact is among the values."""
    IS_PART_OF = "isPartOf"
    """Every fact is among the values."""


SETS = frozenset({Operator.IS_ANY_OF, Operator.IS_ALL_OF, Operator.IS_NONE_OF, Operator.IS_PART_OF})
"""Operators that compare with several values."""


class Operand(StrEnum):
    """The closed vocabulary of facts that a condition can ask for."""

    ELEMENT_KIND = "elementKind"
    ELEMENT_CLASS = "elementClass"
    MODEL = "model"
    PROVIDER = "provider"
    PERSON = "person"
    CONSENT = "consent"
    TRAINS_ON_INPUTS = "trainsOnInputs"
    DERIVED_FOR = "derivedFor"
    TAKE_APPROVED_BY = "takeApprovedBy"
    TAKE_APPROVERS = "takeApprovers"
    USE_APPROVED_BY = "useApprovedBy"
    USE_APPROVERS = "useApprovers"
    CASTINGS = "castings"
    CASTING_APPROVED_BY = "castingApprovedBy"
    CASTING_APPROVERS = "castingApprovers"
    CUT_APPROVED_BY = "cutApprovedBy"
    CUT_APPROVERS = "cutApprovers"
    MASTER_APPROVED_BY = "masterApprovedBy"
    MASTER_APPROVERS = "masterApprovers"
    GENERATED_PICTURE = "generatedPictureShare"
    GENERATED_SOUND = "generatedSoundShare"
    SYNTHETIC_PICTURE = "syntheticPictureShare"
    SYNTHETIC_SOUND = "syntheticSoundShare"
    LABELS_MISSING = "labelsMissing"
    CREDITS_MISSING = "creditsMissing"
    CREDIT_LINES = "creditLines"
    TERRITORY = "territory"
    TODAY = "today"


class Measure(StrEnum):
    """What sort of value an operand has."""

    WORD = "word"
    WORDS = "words"
    NUMBER = "number"
    DAY = "day"


_NUMBERS = frozenset(
    {
        Operand.TAKE_APPROVERS,
        Operand.USE_APPROVERS,
        Operand.CASTINGS,
        Operand.CASTING_APPROVERS,
        Operand.CUT_APPROVERS,
        Operand.MASTER_APPROVERS,
        Operand.GENERATED_PICTURE,
        Operand.GENERATED_SOUND,
        Operand.SYNTHETIC_PICTURE,
        Operand.SYNTHETIC_SOUND,
        Operand.LABELS_MISSING,
        Operand.CREDITS_MISSING,
    }
)
_WORDS = frozenset(
    {
        Operand.CONSENT,
        Operand.TAKE_APPROVED_BY,
        Operand.USE_APPROVED_BY,
        Operand.CASTING_APPROVED_BY,
        Operand.CUT_APPROVED_BY,
        Operand.MASTER_APPROVED_BY,
        Operand.CREDIT_LINES,
        Operand.TERRITORY,
    }
)
_SUITED: dict[Measure, frozenset[Operator]] = {
    Measure.NUMBER: frozenset({Operator.EQ, Operator.NEQ, Operator.LTEQ, Operator.GTEQ}),
    Measure.DAY: frozenset({Operator.EQ, Operator.NEQ, Operator.LTEQ, Operator.GTEQ}),
    Measure.WORD: frozenset(
        {Operator.EQ, Operator.NEQ, Operator.IS_ANY_OF, Operator.IS_NONE_OF, Operator.IS_PART_OF}
    ),
    Measure.WORDS: SETS,
}


def measure_of(operand: Operand) -> Measure:
    """What sort of value an operand has."""
    if operand in _NUMBERS:
        return Measure.NUMBER
    if operand is Operand.TODAY:
        return Measure.DAY
    return Measure.WORDS if operand in _WORDS else Measure.WORD


_NAMES = frozenset({Operand.MODEL, Operand.PROVIDER, Operand.PERSON, Operand.DERIVED_FOR})
"""Operands that are names: their spelling means nothing."""

_ROLES = tuple(role.value for role in Role)
_KNOWN: dict[Operand, tuple[str, ...]] = {
    Operand.ELEMENT_KIND: tuple(kind.value for kind in ElementKind),
    Operand.ELEMENT_CLASS: tuple(one.value for one in ElementClass),
    Operand.TRAINS_ON_INPUTS: tuple(answer.value for answer in Answer),
    Operand.CONSENT: tuple(action.value for action in Action),
    Operand.TAKE_APPROVED_BY: _ROLES,
    Operand.USE_APPROVED_BY: _ROLES,
    Operand.CASTING_APPROVED_BY: _ROLES,
    Operand.CUT_APPROVED_BY: _ROLES,
    Operand.MASTER_APPROVED_BY: _ROLES,
}
"""All words that these facts can be: a condition on any other would never meet its fact."""

_DAY = TypeAdapter(Day)


def spelt(operand: Operand, word: str) -> str:
    """A word as it is compared, in conditions and in facts.

    Args:
        operand: What it is a value of.
        word: As somebody wrote it.
    """
    return plain(word) if operand in _NAMES else word


def _require_known(operand: Operand, word: str) -> None:
    """Refuse a word that the fact can never be.

    Raises:
        ValueError: It is none of the vocabulary; names those that are.
    """
    known = _KNOWN.get(operand)
    if known is not None and word not in known:
        raise ValueError(f"{operand} is never {word[:80]!r}; it is one of {', '.join(known)}")
    if operand is Operand.TERRITORY:
        a_territory(word)
    if operand is Operand.TODAY:
        try:
            _DAY.validate_python(word)
        except ValidationError as error:
            raise ValueError(f"{operand} {word[:80]!r} is no day, 2026-03-01 say") from error


class Constraint(Value):
    """One condition.

    Attributes:
        operand: The fact.
        operator: The comparison; one that suits the sort of the fact.
        value: A word, a number, or several words for the operators on sets. Names are compared
            whatever their spelling; words of a closed vocabulary have to be of it.
    """

    operand: Operand
    operator: Operator
    value: str | float | tuple[str, ...]

    @model_validator(mode="after")
    def _suits(self) -> Self:
        measure = measure_of(self.operand)
        if self.operator not in _SUITED[measure]:
            raise ValueError(f"{self.operand} is not compared by {self.operator}")
        wanted = tuple if self.operator in SETS else float if measure is Measure.NUMBER else str
        if not isinstance(self.value, wanted) or self.value == ():
            raise ValueError(f"{self.operand} {self.operator} needs another kind of value")
        for word in self.value if isinstance(self.value, tuple) else (self.value,):
            if isinstance(word, str):
                _require_known(self.operand, word)
        return self

    def test(self, fact: Fact) -> Truth:
        """Compare a fact with the value; a fact that is not known gives :attr:`Truth.UNKNOWN`.

        Of a fact that is one of several words it is known what holds for all of them.
        """
        if isinstance(fact, Unknown):
            return Truth.UNKNOWN
        if isinstance(fact, OneOf):
            truths = {self.test(word) for word in fact.words}
            return truths.pop() if len(truths) == 1 else Truth.UNKNOWN
        value = self._compared_with
        if isinstance(value, frozenset):
            facts = fact if isinstance(fact, frozenset) else frozenset({str(fact)})
            if self.operand is Operand.TERRITORY and WORLD in facts | value:
                return _in_the_world(self.operator, facts, value)
            holds = _among(self.operator, facts, value)
        elif isinstance(fact, frozenset):
            return Truth.UNKNOWN  # several facts and one value: the validator lets none through
        else:
            holds = _compared(self.operator, fact, value)
        return Truth.HOLDS if holds else Truth.FAILS

    @cached_property
    def _compared_with(self) -> str | float | frozenset[str]:
        if isinstance(self.value, tuple):
            return frozenset(spelt(self.operand, word) for word in self.value)
        return spelt(self.operand, self.value) if isinstance(self.value, str) else self.value


def _in_the_world(operator: Operator, places: frozenset[str], values: frozenset[str]) -> Truth:
    """Compare territories one of which is the world, which is every place and not the word ``*``.

    A film for the world is in a territory that is named, and in others: what is said of some
    places alone neither holds nor fails of it.
    """
    if WORLD not in values:
        return Truth.FAILS if operator is Operator.IS_PART_OF else Truth.UNKNOWN
    if operator is Operator.IS_NONE_OF:
        return Truth.FAILS
    if operator is Operator.IS_ALL_OF and WORLD not in places:
        return Truth.FAILS
    return Truth.HOLDS


def _among(operator: Operator, facts: frozenset[str], values: frozenset[str]) -> bool:
    if operator is Operator.IS_ANY_OF:
        return bool(facts & values)
    if operator is Operator.IS_ALL_OF:
        return values <= facts
    if operator is Operator.IS_NONE_OF:
        return not facts & values
    return facts <= values


def _compared(operator: Operator, fact: str | float, value: str | float) -> bool:
    """Compare two numbers, or two texts; days are texts whose order is that of time."""
    if operator is Operator.EQ:
        return fact == value
    if operator is Operator.NEQ:
        return fact != value
    low, high = (fact, value) if operator is Operator.LTEQ else (value, fact)
    if isinstance(low, float) and isinstance(high, float):
        return low <= high
    return str(low) <= str(high)


class Permission(Value):
    """Acts that are allowed when every condition holds."""

    actions: tuple[Action, ...] = Field(min_length=1)
    when: tuple[Constraint, ...] = ()


class Prohibition(Value):
    """Acts that are forbidden.

    Attributes:
        when: They are forbidden when every condition holds, or when that cannot be told.
        unless: What lifts the prohibition: it does when every condition holds. An empty one never
            lifts it; one that cannot be told does not either.
        lift: What a person can do about it.
        who: Roles that can.
    """

    actions: tuple[Action, ...] = Field(min_length=1)
    when: tuple[Constraint, ...] = ()
    unless: tuple[Constraint, ...] = ()
    lift: str = ""
    who: tuple[Role, ...] = ()


class DutyName(StrEnum):
    """What is owed."""

    OBTAIN_APPROVAL = "obtainApproval"
    LABEL = "label"
    CREDIT = "credit"
    RETAIN = "retain"
    GRANT_AUDIT = "grantAudit"
    INDEMNIFY = "indemnify"


class Duty(Value):
    """Something owed before acts go on; open, it denies them.

    Attributes:
        actions: The acts that wait for it; empty for a duty that is owed later, which binds the
            parties and holds up no gate.
        when: It is owed when every condition holds, or when that cannot be told.
        unless: It is fulfilled when every condition holds; an empty one never is.
        approval: Whose approval is owed. Then the law of approvals says whether it is fulfilled,
            and ``unless`` only tells other programs about it.
        lift: What a person can do about it.
        who: Roles that can.
    """

    name: DutyName
    actions: tuple[Action, ...] = ()
    when: tuple[Constraint, ...] = ()
    unless: tuple[Constraint, ...] = ()
    approval: ApprovalRule | None = None
    lift: str = ""
    who: tuple[Role, ...] = ()


Rule = Permission | Prohibition | Duty


class Policy(Value):
    """One clause, compiled.

    Attributes:
        clause: Identifier of the clause in its contract.
        kind: Identifier of its kind in the catalogue.
        title: The obligation, one sentence.
        source: The contract and the clause, as a lawyer would cite them.
        rules: What it permits, forbids and demands.
    """

    clause: str
    kind: str
    title: str
    source: str
    rules: tuple[Rule, ...] = Field(min_length=1)
