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
from generique.clearance.approvals import ApprovalRule, ApprovalStanding
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
    Unknown,
)
from generique.clearance.spoken import OWN, Subjects
from generique.model.action import Action
from generique.model.people import Matter


@dataclass(frozen=True, slots=True)
class Answer:
    """Where conditions hold and where that is not known; elsewhere they fail."""

    holds: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Approvals:
    """Where an approval is given, and where a rejection blocks it; elsewhere it is awaited."""

    approved: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule of a clause that denies.

    Attributes:
        certain: Where it denies because the facts say so, or because a person rejected it.
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
        self._words: dict[Matter, list[tuple[int, int]]] = {}
        self._approvals: dict[ApprovalRule, Approvals] = {}

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
        return self.facts.of_element(operand, position)

    def standings(self, rule: ApprovalRule, position: int) -> tuple[ApprovalStanding, ...]:
        """What people's words on everything that waits for an approval come to.

        Args:
            rule: Whose approval it waits for.
            position: Of the element; the number of elements stands for the film.

        Returns:
            Nothing where there is nothing yet that people could decide on.
        """
        subjects = self.subjects(rule.matter, position)
        if isinstance(subjects, Unknown):
            return ()
        return tuple(self.facts.record.stands(rule, spoken) for spoken in subjects)

    def subjects(self, matter: Matter, position: int) -> Subjects:
        """What people decide on where an element, or the film, waits for a matter."""
        record = self.facts.record
        return record.of(matter, position) if matter in OWN else record.of_film(matter)

    def approvals(self, rule: ApprovalRule) -> Approvals:
        """Where an approval is given, and where it is refused.

        Args:
            rule: Whose approval it is.
        """
        law = rule.model_copy(update={"kinds": (), "source": ""})
        if law not in self._approvals:
            approved = rejected = 0
            for position, mask in self._alike(rule.matter):
                found = self.standings(rule, position)
                if found and all(one.approved for one in found):
                    approved |= mask
                if any(one.rejected for one in found):
                    rejected |= mask
            self._approvals[law] = Approvals(approved=approved, rejected=rejected)
        return self._approvals[law]

    def _alike(self, matter: Matter) -> list[tuple[int, int]]:
        """One position of all that stand alike, and where those are."""
        if matter not in self._words:
            places: dict[object, list[int]] = {}
            film = len(self.case.elements)
            for position in range(film) if matter in OWN else (film,):
                subjects = self.subjects(matter, position)
                gist = (
                    subjects
                    if isinstance(subjects, Unknown)
                    else tuple(spoken.gist for spoken in subjects)
                )
                places.setdefault(gist, []).append(position)
            self._words[matter] = [(found[0], mask_of(found)) for found in places.values()]
        return self._words[matter]

    def _grouped(self, operand: Operand) -> list[tuple[Fact, int]]:
        """Every fact of an operand that occurs, and where."""
        if operand not in self._groups:
            places: dict[Fact, list[int]] = {}
            for position in range(len(self.case.elements)):
                places.setdefault(self.facts.of_element(operand, position), []).append(position)
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
    lifted, refused = _lifted(rule, evaluator, reached)
    left = reached & ~lifted.holds
    if not left:
        return
    certain = left & bound.holds & ~lifted.unknown
    if isinstance(rule, Duty):
        certain &= refused
    ruling.faults.append(Fault(policy=policy, rule=rule, certain=certain, open=left & ~certain))


def _lifted(rule: Prohibition | Duty, evaluator: Evaluator, where: int) -> tuple[Answer, int]:
    """Where a prohibition is lifted or a duty fulfilled, and where a person said no to it."""
    if isinstance(rule, Duty) and rule.approval is not None:
        said = evaluator.approvals(rule.approval)
        return Answer(holds=said.approved & where, unknown=0), said.rejected
    if rule.unless:
        return evaluator.answer(rule.unless, where), 0
    return Answer(holds=0, unknown=0), 0
