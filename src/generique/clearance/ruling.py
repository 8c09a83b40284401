"""The ruling of policies on a case: deterministic, and closed where it does not know.

1. *Default deny*: an act on a generated element that no clause permits is refused.
2. *Prohibition wins* over every permission.
3. *An open duty denies* the acts that wait for it.
4. *An unknown fact denies*: a permission that rests on it does not permit, a prohibition that may
   hold does, a duty that may be fulfilled is open.

Elements are bits of whole numbers, the film is one bit more. A condition is looked at once for
each fact that occurs, and the answers of all elements are joined by bit operations. So
ten thousand elements and five hundred clauses are some thousand operations and not five million.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generique.clearance.acts import FILM_ACTIONS, element_acts, film_acts
from generique.clearance.case import Case
from generique.clearance.operands import Facts
from generique.clearance.policy import (
    Constraint,
    Duty,
    Fact,
    Operand,
    Permission,
    Policy,
    Prohibition,
    Rule,
    Truth,
)
from generique.model.action import Action


@dataclass(frozen=True, slots=True)
class Answer:
    """Where conditions hold and where that is not known; elsewhere they fail."""

    holds: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule of a clause that denies.

    Attributes:
        certain: Where it denies because the facts say so.
        open: Where it denies because a fact is not known, or a duty is open.
    """

    policy: Policy
    rule: Prohibition | Duty
    certain: int
    open: int


@dataclass(slots=True)
class Ruling:
    """What all policies come to.

    Attributes:
        asked: Where each act is asked for.
        permitted: Where some permission covers it.
        hoped: Where a permission would cover it, if a fact were known.
        grounds: The permissions that cover something; one may stand there more than once.
        faults: Everything that denies, in the order of the policies.
        spoke: Policies that had something to say here, by position.
    """

    asked: dict[Action, int]
    permitted: dict[Action, int] = field(default_factory=dict)
    hoped: dict[Action, int] = field(default_factory=dict)
    grounds: list[Policy] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    spoke: set[str] = field(default_factory=set)

    def unpermitted(self) -> Iterator[tuple[Action, int]]:
        """Acts on elements that no clause permits, and where."""
        for action, mask in self.asked.items():
            left = mask & ~self.permitted.get(action, 0)
            if action not in FILM_ACTIONS and left:
                yield action, left


class Evaluator:
    """Answers conditions for all elements of a case at once.

    Args:
        case: What is known.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.facts = Facts(case)
        self.film = 1 << len(case.elements)
        """The bit that stands for the film."""
        self._groups: dict[Operand, list[tuple[Fact, int]]] = {}

    def asked(self) -> dict[Action, int]:
        """Where each act is asked for at the gate of the case."""
        found = {
            action: mask_of(positions) for action, positions in element_acts(self.case).items()
        }
        for action in film_acts(self.case.gate):
            found[action] = self.film
        return dict(sorted(found.items()))

    def answer(self, constraints: Iterable[Constraint], where: int) -> Answer:
        """Where all of some conditions hold.

        Args:
            constraints: The conditions; none of them hold everywhere.
            where: Elements to look at, and the film.
        """
        holds, fails = where, 0
        for constraint in constraints:
            yes, no = self._one(constraint, where)
            holds &= yes
            fails |= no
        return Answer(holds=holds, unknown=where & ~holds & ~fails)

    def _one(self, constraint: Constraint, where: int) -> tuple[int, int]:
        yes = no = 0
        for fact, mask in self._grouped(constraint.operand):
            if mask & where:
                truth = constraint.test(fact)
                if truth is Truth.HOLDS:
                    yes |= mask
                elif truth is Truth.FAILS:
                    no |= mask
        return yes & where, no & where

    def fact(self, operand: Operand, position: int) -> Fact:
        """A fact of one element, or of the film.

        Args:
            operand: The fact.
            position: Of the element; the number of elements stands for the film.
        """
        if position == len(self.case.elements):
            return self.facts.of_film(operand)
        return self.facts.of_element(operand, self.case.elements[position])

    def _grouped(self, operand: Operand) -> list[tuple[Fact, int]]:
        """Every fact of an operand that occurs, and where."""
        if operand not in self._groups:
            places: dict[Fact, list[int]] = {}
            for position, element in enumerate(self.case.elements):
                places.setdefault(self.facts.of_element(operand, element), []).append(position)
            places.setdefault(self.facts.of_film(operand), []).append(len(self.case.elements))
            self._groups[operand] = [(fact, mask_of(found)) for fact, found in places.items()]
        return self._groups[operand]


def mask_of(positions: Iterable[int]) -> int:
    """A whole number with these bits."""
    data = bytearray()
    for position in positions:
        if position >> 3 >= len(data):
            data.extend(bytes((position >> 3) + 1 - len(data)))
        data[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(data, "little")


def bits_of(mask: int) -> Iterator[int]:
    """Positions of the bits of a whole number, lowest first."""
    for place, byte in enumerate(mask.to_bytes((mask.bit_length() + 7) // 8, "little")):
        rest = byte
        while rest:
            low = rest & -rest
            yield place * 8 + low.bit_length() - 1
            rest ^= low


def rule_on(policies: Iterable[Policy], evaluator: Evaluator) -> Ruling:
    """Apply every policy; their order does not matter to what is allowed.

    Args:
        policies: Compiled clauses.
        evaluator: Of the case.
    """
    ruling = Ruling(asked=evaluator.asked())
    for policy in policies:
        for rule in policy.rules:
            where = _where(rule, ruling.asked)
            if not where:
                continue
            ruling.spoke.add(policy.clause)
            if isinstance(rule, Permission):
                _permit(policy, rule, evaluator.answer(rule.when, where), ruling)
            else:
                _deny(policy, rule, evaluator, where, ruling)
    return ruling


def _where(rule: Rule, asked: dict[Action, int]) -> int:
    where = 0
    for action in rule.actions:
        where |= asked.get(action, 0)
    return where


def _permit(policy: Policy, rule: Permission, answer: Answer, ruling: Ruling) -> None:
    for action in rule.actions:
        asked = ruling.asked.get(action, 0)
        covered, hoped = asked & answer.holds, asked & answer.unknown
        if covered:
            ruling.permitted[action] = ruling.permitted.get(action, 0) | covered
            ruling.grounds.append(policy)
        if hoped:
            ruling.hoped[action] = ruling.hoped.get(action, 0) | hoped


def _deny(
    policy: Policy, rule: Prohibition | Duty, evaluator: Evaluator, where: int, ruling: Ruling
) -> None:
    bound = evaluator.answer(rule.when, where)
    reached = bound.holds | bound.unknown
    if not reached:
        return
    lifted = Answer(holds=0, unknown=0)
    if rule.unless:
        lifted = evaluator.answer(rule.unless, reached)
    left = reached & ~lifted.holds
    if not left:
        return
    certain = 0 if isinstance(rule, Duty) else left & bound.holds & ~lifted.unknown
    ruling.faults.append(Fault(policy=policy, rule=rule, certain=certain, open=left & ~certain))
