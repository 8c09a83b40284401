"""Clauses that say what is owed: training, credits, labels, approvals, consents, records."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from generique.clearance.approvals import ApprovalRule
from generique.clearance.clause_limits import LAWYERS, MAKING, Clause, Line, is_, one_of
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
from generique.model.element import ElementKind
from generique.model.kept_passports import WORLD, Day
from generique.model.people import Matter, Role
from generique.model.production import Language
from generique.model.territory import Territory
from generique.model.values import Identifier


class NoTraining(Clause):
    """Nothing of the production trains a model."""

    kind: Literal["no-training"] = "no-training"

    def rules(self) -> tuple[Rule, ...]:
        """Forbids training, and tools that may train on what they are given."""
        proven = is_(Operand.TRAINS_ON_INPUTS, Operator.EQ, "no")
        return (
            Prohibition(
                actions=(Action.TRAIN, Action.FINE_TUNE),
                lift="agree an amendment of this clause",
                who=LAWYERS,
            ),
            Prohibition(
                actions=(Action.SEND,),
                unless=(proven,),
                lift="keep a passport of the tool with terms that exclude training on inputs",
                who=LAWYERS,
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
        found = is_(Operand.CREDITS_MISSING, Operator.EQ, 0.0)
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
                unless=(is_(Operand.LABELS_MISSING, Operator.EQ, 0.0),),
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
            Matter.USE: MAKING,
            Matter.CASTING: (Action.MASTER,),
            Matter.CUT: (Action.MASTER,),
            Matter.MASTER: (Action.DELIVER,),
        }[self.matter]
        when = one_of(Operand.ELEMENT_KIND, tuple(self.kinds))
        if self.matter is Matter.CASTING:
            when = (is_(Operand.CASTINGS, Operator.GTEQ, 1.0),)
        return (_obtain(self.approval, waits, when),)

    @property
    def approval(self) -> ApprovalRule:
        """By each of the roles."""
        return ApprovalRule(
            matter=self.matter,
            roles=self.roles,
            persons=2 if self.two_person else 1,
            distinct=False,
            kinds=self.kinds,
            source=f"clause {self.id} of the contract",
        )


def _obtain(
    rule: ApprovalRule, waits: tuple[Action, ...], when: tuple[Constraint, ...] = ()
) -> Duty:
    """The duty to obtain an approval before some actions."""
    by = Constraint(
        operand=Operand(f"{rule.matter.value}ApprovedBy"),
        operator=Operator.IS_ALL_OF,
        value=tuple(rule.roles),
    )
    people = is_(Operand(f"{rule.matter.value}Approvers"), Operator.GTEQ, float(rule.persons))
    return Duty(
        name=DutyName.OBTAIN_APPROVAL,
        actions=waits,
        when=when,
        unless=(by, people) if rule.persons > 1 else (by,),
        approval=rule,
        lift="let the people named approve exactly this, each with their own key",
        who=rule.roles,
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
                    who=(Role.TALENT, *LAWYERS),
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
        own = one_of(Operand.DERIVED_FOR, (self.title, "none"))
        return (
            Permission(actions=(Action.LOAD_WEIGHTS,), when=own),
            Prohibition(
                actions=(Action.LOAD_WEIGHTS, *MAKING),
                unless=own,
                lift="use weights that were derived for this title, or for none, and keep their "
                "passport",
                who=LAWYERS,
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
        return (_obtain(self.approval, MAKING),)

    @property
    def approval(self) -> ApprovalRule:
        """By both sides."""
        return ApprovalRule(
            matter=Matter.USE,
            roles=self.roles,
            persons=2,
            distinct=False,
            source=f"clause {self.id} of the contract",
        )


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
    territories: tuple[Territory, ...] = Field(min_length=1)
    starts: Day
    ends: Day | None = None

    def rules(self) -> tuple[Rule, ...]:
        """Prohibitions outside of the term, and of delivery outside of the territories."""
        until = () if self.ends is None else (is_(Operand.TODAY, Operator.LTEQ, self.ends),)
        term = Prohibition(
            actions=(*MAKING, Action.SEND, Action.MASTER, Action.DELIVER),
            unless=(is_(Operand.TODAY, Operator.GTEQ, self.starts), *until),
            lift="agree a longer term",
            who=LAWYERS,
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
            who=LAWYERS,
        )
        return (term, where)
