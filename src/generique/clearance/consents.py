"""Consents: whether what a person agreed to covers an act.

A consent makes nothing lawful that was done before it began. Gates ask on the day of the question,
not of the take: once a consent has ended, was revoked or was withdrawn, what was made under it can
no longer be approved, mastered or delivered. What was delivered before is no matter of a gate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from pydantic import Field

from generique.clearance.case import Case, Withdrawn
from generique.clearance.spelling import plain
from generique.model.action import Action
from generique.model.answer import Answer
from generique.model.consent import Consent
from generique.model.kept_passports import WORLD, Day
from generique.model.values import Identifier, Value

_OF = {
    Action.GENERATE_LIKENESS: "likeness",
    Action.CLONE_VOICE: "voice",
    Action.DUB: "voice",
    Action.ALTER_PERFORMANCE: "performance",
}
"""What of a person an act takes; other acts may take any of it."""


class ConsentedAct(Value):
    """What is to be done, and where, and when.

    Attributes:
        person: Name of whose consent it needs.
        title: Identifier of the production.
        territories: ISO 3166 codes of where it will be shown; empty when nobody has said, which
            asks for the world.
        media: Where it will be shown; empty when nobody has said, which asks for all.
        day: Day of the act.
    """

    person: str
    action: Action
    title: Identifier
    territories: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    day: Day


class Gap(StrEnum):
    """Why a consent does not cover an act, in the order in which it is asked."""

    PERSON = "person"
    """It is another person's."""
    OF = "of"
    """It is about something else of that person."""
    ACTION = "action"
    TITLE = "title"
    """It was given for another production."""
    AGE = "age"
    """The person was under age, or nobody has said."""
    TERRITORY = "territory"
    MEDIUM = "medium"
    NOT_BEGUN = "not begun"
    EXPIRED = "expired"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    """Its withdrawal stands in the ledger."""


class Coverage(Value):
    """Whether an act is covered.

    Attributes:
        consent: Identifier of the consent that covers it, or that comes closest; None when the
            person gave none.
        gap: What is missing; None when it is covered.
        reason: One sentence with the facts.
        lift: What would cover it; empty when it is.
    """

    consent: Identifier | None = None
    gap: Gap | None = Field(default=None)
    covered: bool
    reason: str
    lift: str = ""


class ConsentBook:
    """Consents by person, for many acts: an act that was asked about before costs nothing.

    Args:
        consents: All that are known, anybody's; their order does not matter.
        withdrawn: What was withdrawn in the ledger, of any kind, oldest first.
    """

    def __init__(self, consents: Iterable[Consent], withdrawn: Iterable[Withdrawn] = ()) -> None:
        self._of: dict[str, list[Consent]] = {}
        for consent in consents:
            self._of.setdefault(plain(consent.person), []).append(consent)
        self._gone: dict[str, str] = {}
        for item in withdrawn:
            if item.kind == "consent":
                self._gone.setdefault(item.id, item.at[:10])
        self._asked: dict[ConsentedAct, Coverage] = {}

    def coverage(self, act: ConsentedAct) -> Coverage:
        """Whether any consent covers an act."""
        if act not in self._asked:
            self._asked[act] = self._answer(act)
        return self._asked[act]

    def _answer(self, act: ConsentedAct) -> Coverage:
        near: list[tuple[int, str, Gap, Consent]] = []
        covering: list[str] = []
        for consent in self._of.get(plain(act.person), ()):
            gap = gap_of(consent, act, self._gone.get(consent.id))
            if gap is None:
                covering.append(consent.id)
            else:
                near.append((-_ORDER.index(gap), consent.id, gap, consent))
        if covering:
            reason = f"{act.person} agreed to it: consent {min(covering)}"
            return Coverage(consent=min(covering), covered=True, reason=reason)
        if not near:
            return Coverage(
                covered=False,
                reason=f"no consent of {act.person} is known",
                lift=f"ask {act.person}, and write the signed consent into rights/consents.toml",
            )
        _, name, gap, closest = min(near, key=lambda one: one[:2])
        return Coverage(
            consent=name,
            gap=gap,
            covered=False,
            reason=f"consent {name} of {closest.person} does not cover it: "
            + _REASONS[gap](closest, act, self._gone.get(name)),
            lift=_LIFTS.get(gap, f"ask {act.person} for a consent that covers it"),
        )


def coverage(
    consents: Iterable[Consent], act: ConsentedAct, withdrawn: Iterable[Withdrawn] = ()
) -> Coverage:
    """Whether any consent covers one act; ask a :class:`ConsentBook` about many.

    Args:
        consents: All that are known, anybody's; their order does not matter.
        act: What is to be done.
        withdrawn: What was withdrawn in the ledger, of any kind, oldest first.
    """
    return ConsentBook(consents, withdrawn).coverage(act)


def covered_today(case: Case, person: str, action: Action) -> Coverage:
    """Whether any consent of a case covers an act on a person, for its film and today.

    Args:
        case: Holds the consents, the production and the day.
        person: Name of whose consent it needs.
        action: What is to be done.
    """
    act = ConsentedAct(
        person=person,
        action=action,
        title=case.production.id,
        territories=case.production.territories,
        day=case.today,
    )
    return coverage(case.consents, act, case.withdrawn)


def gap_of(consent: Consent, act: ConsentedAct, withdrawn: str | None = None) -> Gap | None:
    """Why a consent does not cover an act; None when it does.

    Args:
        consent: One consent.
        act: What is to be done.
        withdrawn: Day from which it is withdrawn in the ledger, empty for always, None for never.
    """
    return next((gap for gap, holds in _HOLDS if not holds(consent, act, withdrawn)), None)


_ORDER = tuple(Gap)
_Test = Callable[[Consent, ConsentedAct, str | None], bool]

_HOLDS: tuple[tuple[Gap, _Test], ...] = (
    (Gap.PERSON, lambda consent, act, _: _same_name(consent.person, act.person)),
    (Gap.OF, lambda consent, act, _: _OF.get(act.action, consent.of) == consent.of),
    (Gap.ACTION, lambda consent, act, _: act.action in consent.actions),
    (Gap.TITLE, lambda consent, act, _: not beyond(consent.titles, (act.title,))),
    (Gap.AGE, lambda consent, _act, _: consent.estate or consent.minor is Answer.NO),
    (Gap.TERRITORY, lambda consent, act, _: not beyond(consent.territories, act.territories)),
    (Gap.MEDIUM, lambda consent, act, _: not beyond(consent.media, act.media)),
    (Gap.NOT_BEGUN, lambda consent, act, _: consent.starts <= act.day),
    (Gap.EXPIRED, lambda consent, act, _: consent.ends is None or act.day <= consent.ends),
    (Gap.REVOKED, lambda consent, act, _: not consent.revoked_on or act.day < consent.revoked_on),
    (Gap.WITHDRAWN, lambda _consent, act, since: since is None or act.day < since),
)

_REASONS: dict[Gap, Callable[[Consent, ConsentedAct, str | None], str]] = {
    Gap.OF: lambda consent, act, _: f"it is about the {consent.of}, not the {_OF[act.action]}",
    Gap.ACTION: lambda consent, act, _: (
        f"it allows {_listed(consent.actions)}, not {act.action.value}"
    ),
    Gap.TITLE: lambda consent, act, _: (
        f"it was given for {_listed(consent.titles)}, not for {act.title}"
    ),
    Gap.AGE: lambda consent, _act, _: (
        "the person was under age"
        if consent.minor is Answer.YES
        else "nobody has said whether the person was of age"
    ),
    Gap.TERRITORY: lambda consent, act, _: (
        f"it is for {_listed(consent.territories)}, not for "
        + _listed(beyond(consent.territories, act.territories))
    ),
    Gap.MEDIUM: lambda consent, act, _: (
        f"it is for {_listed(consent.media)}, not for {_listed(beyond(consent.media, act.media))}"
    ),
    Gap.NOT_BEGUN: lambda consent, act, _: (
        f"it begins on {consent.starts}, and the day is {act.day}"
    ),
    Gap.EXPIRED: lambda consent, act, _: f"it ended on {consent.ends}, and the day is {act.day}",
    Gap.REVOKED: lambda consent, _act, _: f"it is revoked from {consent.revoked_on}",
    Gap.WITHDRAWN: lambda _consent, _act, since: (
        f"its withdrawal is recorded in the ledger{f' since {since}' if since else ''}"
    ),
}

_LIFTS = {
    Gap.AGE: "state in rights/consents.toml that the person was of age; for a minor, counsel "
    "settles who can consent",
    Gap.REVOKED: "leave the person out, or ask for a new consent",
    Gap.WITHDRAWN: "leave the person out, or ask for a new consent",
}


def beyond(agreed: tuple[str, ...], asked: tuple[str, ...]) -> tuple[str, ...]:
    """What is asked for and was not agreed to.

    Args:
        agreed: Territories, media or titles; ``*`` for all.
        asked: The same; empty asks for all.
    """
    if WORLD in agreed:
        return ()
    return tuple(item for item in asked or (WORLD,) if item not in agreed)


def _listed(names: Iterable[str]) -> str:
    return ", ".join("everything" if name == WORLD else str(name) for name in names)


def _same_name(one: str, other: str) -> bool:
    """Names are equal whatever their spacing, case and Unicode form."""
    return plain(one) == plain(other)
