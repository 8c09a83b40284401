"""Use declarations: a generative use is declared before anything is generated."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from generique.model.answer import Answer
from generique.model.element import ElementKind
from generique.model.kept_passports import Day, Document
from generique.model.values import Identifier, ToolName, Value


class Triage(StrEnum):
    """The six classes of use of the commissioner's matrix (rule NFX-16)."""

    IDEATION = "ideation"
    BACKGROUND = "background"
    KEY_VISUAL = "key-visual"
    TALENT = "talent-replication"
    UNOWNED = "unowned-training-data"
    COMMISSIONER = "commissioner-material"


class InputClass(StrEnum):
    """What is given to the tool."""

    OWN = "own"
    """Text and material that the production itself wrote or shot and may publish."""
    PROPRIETARY = "proprietary"
    """Unreleased material or scripts."""
    PERSONAL = "personal-data"
    """Data of cast or crew."""
    THIRD_PARTY = "third-party"
    """Works of others."""


class FivePrinciples(Value):
    """The five questions (rule NFX-01), each worded so that *yes* is the good answer.

    Attributes:
        owned_traits: The output does not recreate recognisable traits of works of others.
        not_kept: The tool does not store, reuse or train on inputs or outputs.
        secured: The tool runs in an environment that is secured for the production.
        temporary: The output is temporary, or is cleared for the final cut on its own.
        no_replacement: It replaces no performance and no covered work without consent.
    """

    owned_traits: Answer = Answer.UNKNOWN
    not_kept: Answer = Answer.UNKNOWN
    secured: Answer = Answer.UNKNOWN
    temporary: Answer = Answer.UNKNOWN
    no_replacement: Answer = Answer.UNKNOWN

    def unanswered(self) -> tuple[str, ...]:
        """Names of the principles that nobody has answered with yes, no or unsure."""
        open_ = {Answer.UNKNOWN, Answer.UNDISCLOSED}
        return tuple(name for name in type(self).model_fields if getattr(self, name) in open_)

    def doubts(self) -> tuple[str, ...]:
        """Names of the principles that are not answered with yes."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) != Answer.YES)


class Escalation(Value):
    """A question put to the commissioner, and the written reply.

    Attributes:
        allowed: What the reply comes to, as a person read it.
    """

    asked_on: Day
    replied_on: Day | None = None
    reply: Document | None = None
    allowed: Answer = Answer.UNKNOWN


class UseDeclaration(Value):
    """One intended generative use.

    Attributes:
        elements: Identifiers of shots, lines and cues; empty for every element of ``kinds``.
        kinds: Kinds of element that it covers.
        backends: Generators that it covers.
        purpose: What for, in words that a lawyer reads.
        inputs: What is given to the tool.
        triage: Class that a person confirms; it is also computed, and the stricter counts.
        temporary: True when nothing of it may reach the final cut.
        by: Identifier of the person who declares.
    """

    id: Identifier
    elements: tuple[Identifier, ...] = ()
    kinds: tuple[ElementKind, ...] = Field(min_length=1)
    backends: tuple[ToolName, ...] = Field(min_length=1)
    purpose: str = Field(min_length=1)
    inputs: tuple[InputClass, ...] = Field(min_length=1)
    principles: FivePrinciples
    triage: Triage
    temporary: bool = False
    by: Identifier
    on: Day
    escalation: Escalation | None = None

    def covers(self, element: str, kind: ElementKind, backend: str) -> bool:
        """True when an element made by a backend is within the declaration."""
        return (
            kind in self.kinds
            and backend in self.backends
            and (not self.elements or element in self.elements)
        )


class DeclarationList(Value):
    """``rights/uses.toml``."""

    schema_version: Literal["generique/uses/1"] = Field(alias="schema")
    use: tuple[UseDeclaration, ...] = ()
