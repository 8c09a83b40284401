"""The catalogue of rules: what each asks, who says so, since when, and how sure that is."""

from __future__ import annotations

import pkgutil
import tomllib
from enum import StrEnum
from functools import cache
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from generique.clearance.contract_words import french
from generique.clearance.verdict import Effect, Gate
from generique.model.people import Role
from generique.model.values import Value

ALWAYS = "always"
"""The pack that applies to every production, whatever it chose."""

PACK_NAMES = (
    ALWAYS,
    "c2pa-2.4",
    "documentary-apa",
    "eu-ai-act-50",
    "france",
    "netflix-2025",
    "platforms",
    "talent",
)
"""Every pack, in the order in which packs are judged."""

Sentence = Annotated[str, StringConstraints(min_length=2, max_length=400)]
FrenchSentence = Annotated[Sentence, AfterValidator(french)]
"""A sentence that takes the no-break spaces of French as it is read."""


class Confidence(StrEnum):
    """How sure it is that a rule says what is written here."""

    PRIMARY = "P"
    """The text itself was read, or the behaviour was seen."""
    SECONDARY = "S"
    """Known through somebody who reports the text."""
    UNCONFIRMED = "U"
    """Nobody could confirm it: such a rule only warns."""
    DESIGN = "D"
    """No outside rule: a rule of this program, drawn from others."""

    @property
    def words(self) -> str:
        """The same, for a reader."""
        return _WORDS[self]


_WORDS = {
    Confidence.PRIMARY: "the text itself was read",
    Confidence.SECONDARY: "known through a report of the text",
    Confidence.UNCONFIRMED: "unconfirmed",
    Confidence.DESIGN: "a rule of this program",
}


class French(Value):
    """What a rule says to a reader of French.

    Attributes:
        title: The obligation, one sentence.
        lift: What lifts it.
    """

    title: FrenchSentence
    lift: FrenchSentence


class Rule(Value):
    """One rule as data.

    Attributes:
        id: Stable; the letters name the family.
        title: The obligation, one sentence in words of this program.
        applies: When it applies.
        evidence: What has to be held to show that it was kept.
        source: Who says so, and where in the text.
        address: Where the text lies.
        date: Day, month or year of the text, as exact as known; after ``read`` the day of our
            reading, of a text that bears no date.
        confidence: Of the reading of the text.
        unconfirmed: What of it nobody could confirm; empty when nothing is left.
        effect: What it does when it does not pass; an unconfirmed rule only warns.
        gates: Where it speaks.
        who: Roles that can lift it.
        lift: What lifts it.
        implemented: False when the program does not evaluate it: then it always comes out open.
        why_not: Why the program does not evaluate it.
        limits: What of it the program cannot see and leaves to a person; empty when nothing.
        fr: Title and lift in French.
    """

    id: str = Field(pattern=r"^[A-Z0-9]{3}-\d\d$")
    title: Sentence
    applies: Sentence
    evidence: Sentence
    source: Sentence
    address: str = ""
    date: str = Field(pattern=r"^(read )?\d{4}(-\d\d){0,2}$")
    confidence: Confidence
    unconfirmed: str = ""
    effect: Effect
    gates: tuple[Gate, ...] = Field(min_length=1)
    who: tuple[Role, ...] = Field(min_length=1)
    lift: Sentence
    implemented: bool = True
    why_not: str = ""
    limits: str = ""
    fr: French

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.confidence is Confidence.UNCONFIRMED and not self.unconfirmed:
            raise ValueError(f"{self.id} has to say what nobody could confirm")
        if self.implemented is bool(self.why_not):
            raise ValueError(f"{self.id} has to say why it is not evaluated, and only then")
        if self.limits and not self.implemented:
            raise ValueError(f"{self.id} is not evaluated, so that nothing of it is")
        return self

    @property
    def blocks(self) -> bool:
        """True when an act stops that it does not pass."""
        return (
            self.implemented
            and self.effect is Effect.BLOCK
            and self.confidence is not Confidence.UNCONFIRMED
        )

    @property
    def citation(self) -> str:
        """Source, date and address on one line."""
        line = f"{self.source} ({self.date})"
        return f"{line}, {self.address}" if self.address else line


class Pack(Value):
    """Rules of one origin.

    Attributes:
        name: As ``production.toml`` names it.
        about: What it holds, one sentence.
        rules: In the order of their identifiers.
    """

    name: str
    title: Sentence
    about: Sentence
    rules: tuple[Rule, ...] = Field(alias="rule", min_length=1)


@cache
def known_packs() -> dict[str, Pack]:
    """Every pack by its name, in the order in which they are judged."""
    return {name: _read(name) for name in PACK_NAMES}


def rule_of(identifier: str) -> Rule | None:
    """The rule of an identifier; None when no pack holds it."""
    return _by_id().get(identifier)


@cache
def _by_id() -> dict[str, Rule]:
    return {rule.id: rule for pack in known_packs().values() for rule in pack.rules}


def _read(name: str) -> Pack:
    """A pack from its data, which is loaded as the modules beside it are."""
    where = f"rules/{name}.toml"
    data = pkgutil.get_data("generique.clearance.packs", where) or b""
    return Pack.read(tomllib.loads(data.decode()), where=where)
