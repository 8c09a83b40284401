"""Clauses that say what may be done and what not, with which models and whose services."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from generique.clearance.acts import FILM_ACTIONS
from generique.clearance.approvals import ApprovalRule
from generique.clearance.policy import (
    Constraint,
    Operand,
    Operator,
    Permission,
    Prohibition,
    Rule,
)
from generique.model.action import Action
from generique.model.element import ElementClass, ElementKind
from generique.model.people import Role
from generique.model.values import Value

ClauseId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]+([.-][0-9A-Za-z]+){0,5}$")]
"""The number of a clause as the contract prints it, ``4.2``."""

Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,400}$")]
"""One line of text."""

LAWYERS = (Role.PRODUCER, Role.COUNSEL)
MAKING = (Action.GENERATE, Action.INCLUDE)


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

    @property
    def approval(self) -> ApprovalRule | None:
        """Whose approval the clause asks for; None when it asks for nobody's."""
        return None


def one_of(operand: Operand, values: tuple[str, ...]) -> tuple[Constraint, ...]:
    """A condition on a list of words; no condition for an empty list."""
    if not values:
        return ()
    return (Constraint(operand=operand, operator=Operator.IS_ANY_OF, value=values),)


def is_(operand: Operand, operator: Operator, value: str | float) -> Constraint:
    """A condition on one word or number."""
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
        when = one_of(Operand.ELEMENT_KIND, tuple(self.kinds))
        return (Permission(actions=(*MAKING, *more), when=when),)


class _Uses(Clause):
    """Named acts on named kinds and classes of element, under conditions."""

    acts: tuple[Action, ...] = Field(min_length=1, default=MAKING)
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
            *one_of(Operand.ELEMENT_KIND, tuple(self.kinds)),
            *one_of(Operand.ELEMENT_CLASS, tuple(self.classes)),
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
                who=LAWYERS,
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
                unless=(is_(operand, Operator.LTEQ, self.percent),),
                lift="shorten or replace generated elements, or agree a larger share",
                who=(Role.EDITOR, *LAWYERS),
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
                actions=MAKING,
                unless=one_of(Operand.MODEL, self.folded()),
                lift="use a model that the clause names, or agree an amendment of it",
                who=LAWYERS,
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
                actions=(*MAKING, Action.SEND),
                when=one_of(Operand.MODEL, self.folded()),
                lift="use a model that is not barred, and state in its passport which one it is",
                who=LAWYERS,
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
        named = one_of(Operand.PROVIDER, self.folded())
        return (
            Permission(actions=(Action.SEND,), when=named),
            Prohibition(
                actions=(Action.SEND,),
                unless=named,
                lift="generate on this machine, or with a provider that the clause names",
                who=LAWYERS,
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
                actions=(*MAKING, Action.SEND),
                when=one_of(Operand.PROVIDER, self.folded()),
                lift="use a provider that is not barred, and state in the passport which one it is",
                who=LAWYERS,
            ),
        )
