"""The catalogue of clauses: every kind that a contract can hold, its parameters and its meaning.

A kind has a stable identifier. Its class is its parameters; :meth:`Clause.rules` is what it comes
to. What the contract calls it in French and English stands in
:mod:`generique.clearance.contract_text`.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from generique.clearance.acts import FILM_ACTIONS
from generique.clearance.policy import (
    Constraint,
    Duty,
    DutyName,
    Operand,
    Operator,
    Permission,
    Prohibition,
    Rule,
)
from generique.model.action import Action
from generique.model.element import ElementClass, ElementKind
from generique.model.kept_passports import WORLD, Day
from generique.model.people import Matter, Role
from generique.model.production import Language
from generique.model.values import Identifier, Value

ClauseId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]+([.-][0-9A-Za-z]+){0,5}$")]
"""The number of a clause as the contract prints it, ``4.2``."""

Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,400}$")]
"""One line of text."""

_LAWYERS = (Role.PRODUCER, Role.COUNSEL)
_MAKING = (Action.GENERATE, Action.INCLUDE)


class Clause(Value):
    """One clause of a contract.

    Attributes:
        id: Its number in the contract.
        kind: Which of the catalogue it is.
    """

    id: ClauseId
    kind: str

    @abstractmethod
    def rules(self) -> tuple[Rule, ...]:
        """What the clause permits, forbids and demands."""


def _one_of(operand: Operand, values: tuple[str, ...]) -> tuple[Constraint, ...]:
    """A condition on a list of words; no condition for an empty list."""
    if not values:
        return ()
    return (Constraint(operand=operand, operator=Operator.IS_ANY_OF, value=values),)


def _is(operand: Operand, operator: Operator, value: str | float) -> Constraint:
    return Constraint(operand=operand, operator=operator, value=value)


class GeneralPermission(Clause):
    """Generated elements are allowed within the limits of the contract.

    Giving material to a service, a real person's voice or likeness, and weights that were derived
    for a title are not covered: each has its own clause.

    Attributes:
        kinds: Kinds of element; empty for all.
        dubbing: Whether language versions may be spoken by generated voices.
        promotion: Whether generated elements may be shown to advertise the film.
    """

    kind: Literal["general-permission"] = "general-permission"
    kinds: tuple[ElementKind, ...] = ()
    dubbing: bool = False
    promotion: bool = False

    def rules(self) -> tuple[Rule, ...]:
        """One permission."""
        more = [Action.DUB] * self.dubbing + [Action.USE_IN_PROMO] * self.promotion
        when = _one_of(Operand.ELEMENT_KIND, tuple(self.kinds))
        return (Permission(actions=(*_MAKING, *more), when=when),)


class _Uses(Clause):
    """Named acts on named kinds and classes of element, under conditions."""

    acts: tuple[Action, ...] = Field(min_length=1, default=_MAKING)
    kinds: tuple[ElementKind, ...] = ()
    classes: tuple[ElementClass, ...] = ()
    when: tuple[Constraint, ...] = ()

    @field_validator("acts")
    @classmethod
    def _on_elements(cls, acts: tuple[Action, ...]) -> tuple[Action, ...]:
        for act in acts:
            if act in FILM_ACTIONS:
                raise ValueError(f"{act.value} is an act on the film, not on an element")
        return acts

    def conditions(self) -> tuple[Constraint, ...]:
        """Everything that has to hold."""
        return (
            *_one_of(Operand.ELEMENT_KIND, tuple(self.kinds)),
            *_one_of(Operand.ELEMENT_CLASS, tuple(self.classes)),
            *self.when,
        )


class PermittedUses(_Uses):
    """Uses that are permitted, by kind and class of element.

    Attributes:
        acts: What may be done.
        kinds: Kinds of element; empty for all.
        classes: Classes of element; empty for all.
        when: Further conditions.
    """

    kind: Literal["permitted-uses"] = "permitted-uses"

    def rules(self) -> tuple[Rule, ...]:
        """One permission."""
        return (Permission(actions=self.acts, when=self.conditions()),)


class ForbiddenUses(_Uses):
    """Uses that are forbidden, by kind and class of element.

    Attributes:
        acts: What must not be done.
        kinds: Kinds of element; empty for all.
        classes: Classes of element; empty for all.
        when: Further conditions.
    """

    kind: Literal["forbidden-uses"] = "forbidden-uses"

    def rules(self) -> tuple[Rule, ...]:
        """One prohibition."""
        return (
            Prohibition(
                actions=self.acts,
                when=self.conditions(),
                lift="make the element another way, or agree an amendment of this clause",
                who=_LAWYERS,
            ),
        )


class SyntheticShare(Clause):
    """The largest share of the running time that may be generated.

    Attributes:
        percent: Of the running time, 0 to 100.
        of: Whether picture or sound is measured; overlapping elements count once.
        counts: ``generated`` counts every generated element, ``synthetic`` those of that class.
    """

    kind: Literal["synthetic-share"] = "synthetic-share"
    percent: float = Field(ge=0, le=100, allow_inf_nan=False)
    of: Literal["picture", "sound"] = "picture"
    counts: Literal["generated", "synthetic"] = "generated"

    def rules(self) -> tuple[Rule, ...]:
        """A prohibition of a master above the share."""
        operand = Operand(f"{self.counts}{self.of.capitalize()}Share")
        return (
            Prohibition(
                actions=(Action.MASTER, Action.DELIVER),
                unless=(_is(operand, Operator.LTEQ, self.percent),),
                lift="shorten or replace generated elements, or agree a larger share",
                who=(Role.EDITOR, *_LAWYERS),
            ),
        )


class _Names(Clause):
    names: tuple[Line, ...] = Field(min_length=1)

    def folded(self) -> tuple[str, ...]:
        """The names as they are compared: capitals and small letters are the same."""
        return tuple(name.casefold() for name in self.names)


class ModelsAllowed(_Names):
    """No models but these.

    Attributes:
        names: Identifiers of models, as passports name them.
    """

    kind: Literal["models-allowed"] = "models-allowed"

    def rules(self) -> tuple[Rule, ...]:
        """A prohibition of all others; it permits nothing."""
        return (
            Prohibition(
                actions=_MAKING,
                unless=_one_of(Operand.MODEL, self.folded()),
                lift="use a model that the clause names, or agree an amendment of it",
                who=_LAWYERS,
            ),
        )


class ModelsBarred(_Names):
    """These models are barred.

    Attributes:
        names: Identifiers of models, as passports name them.
    """

    kind: Literal["models-barred"] = "models-barred"

    def rules(self) -> tuple[Rule, ...]:
        """A prohibition; it reaches requests to a service as well."""
        return (
            Prohibition(
                actions=(*_MAKING, Action.SEND),
                when=_one_of(Operand.MODEL, self.folded()),
                lift="use a model that is not barred, and state in its passport which one it is",
                who=_LAWYERS,
            ),
        )


class ProvidersAllowed(_Names):
    """Material may be given to these providers, and to no others.

    Attributes:
        names: Providers, as passports name them.
    """

    kind: Literal["providers-allowed"] = "providers-allowed"

    def rules(self) -> tuple[Rule, ...]:
        """Permits to give material to them, and forbids it to all others."""
        named = _one_of(Operand.PROVIDER, self.folded())
        return (
            Permission(actions=(Action.SEND,), when=named),
            Prohibition(
                actions=(Action.SEND,),
                unless=named,
                lift="generate on this machine, or with a provider that the clause names",
                who=_LAWYERS,
            ),
        )


class ProvidersBarred(_Names):
    """Nothing is generated by these providers, and nothing is given to them.

    Attributes:
        names: Providers, as passports name them.
    """

    kind: Literal["providers-barred"] = "providers-barred"

    def rules(self) -> tuple[Rule, ...]:
        """A prohibition."""
        return (
            Prohibition(
                actions=(*_MAKING, Action.SEND),
                when=_one_of(Operand.PROVIDER, self.folded()),
                lift="use a provider that is not barred, and state in the passport which one it is",
                who=_LAWYERS,
            ),
        )


class NoTraining(Clause):
    """Nothing of the production trains a model."""

    kind: Literal["no-training"] = "no-training"

    def rules(self) -> tuple[Rule, ...]:
        """Forbids training, and tools that may train on what they are given."""
        proven = _is(Operand.TRAINS_ON_INPUTS, Operator.EQ, "no")
        return (
            Prohibition(
                actions=(Action.TRAIN, Action.FINE_TUNE),
                lift="agree an amendment of this clause",
                who=_LAWYERS,
            ),
            Prohibition(
                actions=(Action.SEND,),
                unless=(proven,),
                lift="keep a passport of the tool with terms that exclude training on inputs",
                who=_LAWYERS,
            ),
        )


class CreditWording(Clause):
    """A credit that the end titles must carry.

    Attributes:
        wording: The line, by language.
    """

    kind: Literal["credit-wording"] = "credit-wording"
    wording: dict[Language, Line] = Field(min_length=1)

    def rules(self) -> tuple[Rule, ...]:
        """The line stands among the credits; on the encoded file every credit was found."""
        lines = tuple(self.wording[language] for language in sorted(self.wording))
        listed = Constraint(operand=Operand.CREDIT_LINES, operator=Operator.IS_ALL_OF, value=lines)
        found = _is(Operand.CREDITS_MISSING, Operator.EQ, 0.0)
        return (
            Duty(
                name=DutyName.CREDIT,
                actions=(Action.MASTER,),
                unless=(listed,),
                lift="add the line, word for word, to credits in production.toml",
                who=(Role.PRODUCER,),
            ),
            Duty(
                name=DutyName.CREDIT,
                actions=(Action.DELIVER,),
                unless=(listed, found),
                lift="make the master again with all credits, and let it be read back",
                who=(Role.PRODUCER, Role.EDITOR),
            ),
        )


class LabelRequired(Clause):
    """The picture says where it is generated."""

    kind: Literal["label-required"] = "label-required"

    def rules(self) -> tuple[Rule, ...]:
        """Every label was found on the encoded file."""
        return (
            Duty(
                name=DutyName.LABEL,
                actions=(Action.DELIVER,),
                unless=(_is(Operand.LABELS_MISSING, Operator.EQ, 0.0),),
                lift="make the master again with its labels, and let it be read back",
                who=(Role.PRODUCER, Role.EDITOR),
            ),
        )


class HumanApproval(Clause):
    """People in named roles approve before the work goes on.

    Attributes:
        matter: What they approve.
        roles: Each of these roles has to approve.
        two_person: Whether at least two different people have to.
        kinds: For takes: kinds of element; empty for all.
    """

    kind: Literal["human-approval"] = "human-approval"
    matter: Matter = Matter.TAKE
    roles: tuple[Role, ...] = Field(min_length=1)
    two_person: bool = False
    kinds: tuple[ElementKind, ...] = ()

    @field_validator("kinds")
    @classmethod
    def _only_of_elements(
        cls, kinds: tuple[ElementKind, ...], info: object
    ) -> tuple[ElementKind, ...]:
        matter = getattr(info, "data", {}).get("matter")
        if kinds and matter not in {Matter.TAKE, Matter.USE}:
            raise ValueError("kinds of element go with takes and uses only")
        return kinds

    def rules(self) -> tuple[Rule, ...]:
        """One duty."""
        waits = {
            Matter.TAKE: (Action.INCLUDE,),
            Matter.USE: _MAKING,
            Matter.CASTING: (Action.MASTER,),
            Matter.CUT: (Action.MASTER,),
            Matter.MASTER: (Action.DELIVER,),
        }[self.matter]
        when = _one_of(Operand.ELEMENT_KIND, tuple(self.kinds))
        if self.matter is Matter.CASTING:
            when = (_is(Operand.CASTINGS, Operator.GTEQ, 1.0),)
        return (_approval(self.matter, waits, self.roles, when, two_person=self.two_person),)


def _approval(
    matter: Matter,
    waits: tuple[Action, ...],
    roles: tuple[Role, ...],
    when: tuple[Constraint, ...] = (),
    *,
    two_person: bool,
) -> Duty:
    by = Constraint(
        operand=Operand(f"{matter.value}ApprovedBy"),
        operator=Operator.IS_ALL_OF,
        value=tuple(roles),
    )
    two = _is(Operand(f"{matter.value}Approvers"), Operator.GTEQ, 2.0)
    return Duty(
        name=DutyName.OBTAIN_APPROVAL,
        actions=waits,
        when=when,
        unless=(by, two) if two_person else (by,),
        lift="let the people named approve exactly this, each with their own key",
        who=roles,
    )


class TalentConsent(Clause):
    """A real person's voice or likeness only with that person's consent."""

    kind: Literal["talent-consent"] = "talent-consent"

    def rules(self) -> tuple[Rule, ...]:
        """For each such act: permitted with a consent that covers it, else forbidden."""
        rules: list[Rule] = []
        for act in (Action.CLONE_VOICE, Action.GENERATE_LIKENESS, Action.ALTER_PERFORMANCE):
            given = Constraint(
                operand=Operand.CONSENT, operator=Operator.IS_ALL_OF, value=(act.value,)
            )
            rules.append(Permission(actions=(act,), when=(given,)))
            rules.append(
                Prohibition(
                    actions=(act,),
                    unless=(given,),
                    lift="obtain a consent that covers this act, title, territory and day",
                    who=(Role.TALENT, *_LAWYERS),
                )
            )
        return tuple(rules)


class WeightsLocked(Clause):
    """Weights derived for a title serve no other.

    Attributes:
        title: Identifier of the production that they are locked to.
    """

    kind: Literal["weights-locked"] = "weights-locked"
    title: Identifier

    def rules(self) -> tuple[Rule, ...]:
        """Permits the title's own weights, and forbids those of any other."""
        own = _one_of(Operand.DERIVED_FOR, (self.title, "none"))
        return (
            Permission(actions=(Action.LOAD_WEIGHTS,), when=own),
            Prohibition(
                actions=(Action.LOAD_WEIGHTS, *_MAKING),
                unless=own,
                lift="use weights that were derived for this title, or for none, and keep their "
                "passport",
                who=_LAWYERS,
            ),
        )


class AuditAndRetention(Clause):
    """The records are kept and shown.

    Attributes:
        years: How long they are kept after delivery, 1 to 100.
        by: Identifier of the party that may look at them.
    """

    kind: Literal["audit-and-retention"] = "audit-and-retention"
    years: int = Field(ge=1, le=100)
    by: Identifier

    def rules(self) -> tuple[Rule, ...]:
        """Two duties that are owed later."""
        return (Duty(name=DutyName.RETAIN), Duty(name=DutyName.GRANT_AUDIT))


class MutualAuthorisation(Clause):
    """Each use is authorised by both sides before anything is generated (documentary, France).

    After the good practices of authors and producers of documentaries, November 2025.

    Attributes:
        roles: The two sides.
    """

    kind: Literal["mutual-authorisation"] = "mutual-authorisation"
    roles: tuple[Role, Role] = (Role.DIRECTOR, Role.PRODUCER)

    def rules(self) -> tuple[Rule, ...]:
        """One duty, by two different people."""
        return (_approval(Matter.USE, _MAKING, self.roles, two_person=True),)


class Indemnity(Clause):
    """Who answers for claims of others.

    Attributes:
        by: Identifier of the party that answers.
        reference: Where the terms stand.
    """

    kind: Literal["indemnity"] = "indemnity"
    by: Identifier
    reference: Line

    def rules(self) -> tuple[Rule, ...]:
        """A duty that is owed later."""
        return (Duty(name=DutyName.INDEMNIFY),)


class TerritoryAndTerm(Clause):
    """Where and when the permissions of the contract hold.

    Attributes:
        territories: ISO 3166 codes; ``*`` for the world.
        starts: First day.
        ends: Last day; None for no end.
    """

    kind: Literal["territory-and-term"] = "territory-and-term"
    territories: tuple[Annotated[str, StringConstraints(pattern=r"^(\*|[A-Z]{2})$")], ...] = Field(
        min_length=1
    )
    starts: Day
    ends: Day | None = None

    def rules(self) -> tuple[Rule, ...]:
        """Prohibitions outside of the term, and of delivery outside of the territories."""
        until = () if self.ends is None else (_is(Operand.TODAY, Operator.LTEQ, self.ends),)
        term = Prohibition(
            actions=(*_MAKING, Action.SEND, Action.MASTER, Action.DELIVER),
            unless=(_is(Operand.TODAY, Operator.GTEQ, self.starts), *until),
            lift="agree a longer term",
            who=_LAWYERS,
        )
        if WORLD in self.territories:
            return (term,)
        place = Constraint(
            operand=Operand.TERRITORY, operator=Operator.IS_PART_OF, value=self.territories
        )
        where = Prohibition(
            actions=(Action.DELIVER,),
            unless=(place,),
            lift="deliver to territories of the contract only, or agree further ones",
            who=_LAWYERS,
        )
        return (term, where)


CATALOGUE: dict[str, type[Clause]] = {
    str(kind.model_fields["kind"].default): kind
    for kind in (
        GeneralPermission,
        PermittedUses,
        ForbiddenUses,
        SyntheticShare,
        ModelsAllowed,
        ModelsBarred,
        ProvidersAllowed,
        ProvidersBarred,
        NoTraining,
        CreditWording,
        LabelRequired,
        HumanApproval,
        TalentConsent,
        WeightsLocked,
        AuditAndRetention,
        MutualAuthorisation,
        Indemnity,
        TerritoryAndTerm,
    )
}
"""Every kind by its identifier."""
