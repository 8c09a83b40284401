"""Consents: what a person allows to be done with their likeness, voice or work."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from generique.model.action import Action
from generique.model.answer import Answer
from generique.model.kept_passports import Day, Document
from generique.model.territory import Territory
from generique.model.values import Identifier, Value


class Consent(Value):
    """A person's consent, as the signed paper gives it.

    It only reaches forward: it makes nothing lawful that was done before ``starts``, and covers
    nothing that is asked about from ``revoked_on``, whether or not the paper could be revoked.

    Attributes:
        person: Who consents, by name.
        of: What of the person is meant.
        actions: What may be done.
        titles: Productions, ``*`` for all; consent for a new title is a new consent.
        territories: ISO 3166 codes, ``*`` for the world. The paper says which: silence is none.
        media: For example ``cinema``, ``television``, ``web``; ``*`` for all. Likewise.
        starts: First day.
        ends: Last day; None when the paper names none, which is no end.
        description: The use, as specifically as the paper describes it.
        document: The signed paper.
        revoked_on: Day from which it no longer holds.
        minor: Whether the person was under age.
        represented: Whether the person was represented or advised.
        estate: True when heirs consent for a dead person.
    """

    id: Identifier
    person: str
    of: Literal["likeness", "voice", "performance", "work"]
    actions: tuple[Action, ...] = Field(min_length=1)
    titles: tuple[str, ...] = Field(min_length=1)
    territories: tuple[Territory, ...] = Field(min_length=1)
    media: tuple[str, ...] = Field(min_length=1)
    starts: Day
    ends: Day | None = None
    description: str
    document: Document | None = None
    revocable: bool = True
    revoked_on: Day | None = None
    minor: Answer = Answer.UNKNOWN
    represented: Answer = Answer.UNKNOWN
    estate: bool = False
    notes: str = ""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends is not None and self.ends < self.starts:
            raise ValueError(f"it ends on {self.ends}, before it starts on {self.starts}")
        return self


class ConsentList(Value):
    """``rights/consents.toml``."""

    schema_version: Literal["generique/consents/1"] = Field(alias="schema")
    consent: tuple[Consent, ...] = ()
