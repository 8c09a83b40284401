"""The report of clearance: all outcomes of one film, put together as people read them.

An outcome speaks of one rule and one element. A reader asks per rule: did it pass, for which
elements not, what lifts it, and who can. So outcomes of one rule become one :class:`Ruled`, and
those that differ in nothing but their element become one :class:`Remark`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generique.clearance.verdict import Effect, Evidence, Outcome, Status
from generique.model.people import Role
from generique.model.values import Value

_WORST = (Status.FAILED, Status.OPEN, Status.PASSED, Status.NOT_APPLICABLE)

_FAMILIES = (
    ("CLAUSE", "contract"),
    ("NFX", "netflix"),
    ("EUA", "ai-act"),
    ("APA", "archive"),
    ("FRA", "france"),
    ("CPA", "credentials"),
    ("TAL", "talent"),
    ("PLT", "platforms"),
    ("PLA", "platforms"),
    ("AUD", "always"),
    ("GEN", "always"),
)
FAMILIES = (*dict.fromkeys(family for _, family in _FAMILIES), "film")
"""Families of rules in the order in which a report lists them; the last is of the film itself."""


class Sureness(Value):
    """How sure it is that a rule says what is written.

    Attributes:
        words: For a reader, ``known through a report of the text``, say.
        unconfirmed: True where nobody could confirm it; such a rule only warns.
    """

    words: str
    unconfirmed: bool = False


class Remark(Value):
    """One reason, for all elements that it holds for.

    Attributes:
        elements: Identifiers, in order of their names; none where it is about the whole film.
    """

    status: Status
    reason: str
    elements: tuple[str, ...] = ()
    lift: str = ""
    who: tuple[Role, ...] = ()


class Ruled(Value):
    """One rule or clause and all that came of it.

    Attributes:
        family: One of :data:`FAMILIES`.
        status: The worst of its remarks.
        sureness: Of the reading of the rule; None for clauses, which are the contract itself.
    """

    rule: str
    clause: str | None
    family: str
    title: str
    source: str
    status: Status
    effect: Effect
    remarks: tuple[Remark, ...]
    evidence: tuple[Evidence, ...] = ()
    sureness: Sureness | None = None

    @property
    def id(self) -> str:
        """How it is called: the clause of a contract by its number, a rule by its identifier."""
        return f"{self.rule} {self.clause}" if self.clause else self.rule

    @property
    def who(self) -> tuple[Role, ...]:
        """Roles that can act, in the order in which they are first named."""
        named = (role for remark in self.remarks for role in remark.who)
        return tuple(dict.fromkeys(named))

    @property
    def lift(self) -> str:
        """What would lift it, each act once."""
        return "; ".join(dict.fromkeys(remark.lift for remark in self.remarks if remark.lift))


def family_of(rule: str) -> str:
    """The family that a rule belongs to, by the letters of its identifier."""
    return next((family for prefix, family in _FAMILIES if rule.startswith(prefix)), "film")


def put_together(
    outcomes: Iterable[Outcome], sureness: Mapping[str, Sureness] | None = None
) -> tuple[Ruled, ...]:
    """Outcomes by rule, families in their order, the worst first within each.

    The order of the outcomes never matters.

    Args:
        outcomes: Of contract, packs and ground rules.
        sureness: Of each rule that a pack holds, by identifier.
    """
    held: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        held.setdefault((outcome.rule, outcome.clause or ""), []).append(outcome)
    known = sureness or {}
    ruled = [_ruled(said, known) for said in held.values()]
    return tuple(sorted(ruled, key=_place))


def worst(statuses: Iterable[Status]) -> Status:
    """The worst of several: failed, open, passed; not applicable when there is nothing else."""
    found = set(statuses)
    return next((status for status in _WORST if status in found), Status.NOT_APPLICABLE)


def _place(ruled: Ruled) -> tuple[int, int, str, str]:
    return (
        FAMILIES.index(ruled.family),
        _WORST.index(ruled.status),
        ruled.rule,
        ruled.clause or "",
    )


def _ruled(said: list[Outcome], sureness: Mapping[str, Sureness]) -> Ruled:
    first = min(said, key=_text)
    return Ruled(
        rule=first.rule,
        clause=first.clause,
        family=family_of(first.rule),
        title=first.title,
        source=first.source,
        status=worst(outcome.status for outcome in said),
        effect=Effect.BLOCK if any(one.effect is Effect.BLOCK for one in said) else Effect.WARN,
        remarks=_remarks(said),
        evidence=_evidence(said),
        sureness=sureness.get(first.rule),
    )


def _text(outcome: Outcome) -> tuple[str, str, str]:
    return outcome.title, outcome.source, outcome.element or ""


def _remarks(said: Iterable[Outcome]) -> tuple[Remark, ...]:
    groups: dict[tuple[Status, str, str, tuple[Role, ...]], set[str]] = {}
    for outcome in said:
        key = (outcome.status, outcome.reason, outcome.lift, outcome.who)
        groups.setdefault(key, set()).update([outcome.element] if outcome.element else ())
    remarks = (
        Remark(status=status, reason=reason, lift=lift, who=who, elements=tuple(sorted(elements)))
        for (status, reason, lift, who), elements in groups.items()
    )
    return tuple(sorted(remarks, key=_remark_place))


def _remark_place(remark: Remark) -> tuple[int, str, str, tuple[str, ...]]:
    who = tuple(role.value for role in remark.who)
    return _WORST.index(remark.status), remark.reason, remark.lift, who


def _evidence(said: Iterable[Outcome]) -> tuple[Evidence, ...]:
    """Evidence, each once; what several outcomes rest on is not repeated."""
    found: dict[tuple[str, int, str, int], Evidence] = {}
    for outcome in said:
        for item in outcome.evidence:
            key = (
                item.what,
                -1 if item.entry is None else item.entry,
                item.digest or "",
                -1 if item.frame is None else item.frame,
            )
            found.setdefault(key, item)
    return tuple(found[key] for key in sorted(found))
