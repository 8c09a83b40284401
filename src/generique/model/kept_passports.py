"""Passports that a production keeps: what it knows of a tool, a model or a dataset that it uses.

The generator's own word (:class:`generique.model.passport.Passport`) says what it is; a passport
that the production keeps says what the production read and holds: licence, terms, limits, duties.
A field left out is *unknown*. Nothing unknown permits anything.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from generique.model.answer import Answer
from generique.model.territory import Territory
from generique.model.values import Digest, Identifier, ToolName, Value


def _in_the_calendar(day: str) -> str:
    date.fromisoformat(day)
    return day


Day = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"),
    AfterValidator(_in_the_calendar),
]
"""A day of the calendar as ISO 8601 writes it, ``2026-11-28``. Days compare as text."""

WORLD = "*"
"""Stands for every territory, every medium or every title."""


class Document(Value):
    """A text that was read: a licence, terms of use, a signed paper.

    Attributes:
        file: Path inside the production's folder; None when only the digest was kept.
        digest: Digest of the bytes that were read.
        read_on: Day of the reading.
        source: Where it was had from, an address or an archive's number.
    """

    digest: Digest
    read_on: Day
    file: str | None = None
    source: str = ""


class RevenueLimit(Value):
    """A licence that only holds below a yearly revenue: decimal text and ISO 4217 code."""

    amount: str = Field(pattern=r"^\d+(\.\d{1,2})?$")
    currency: str = Field(pattern=r"^[A-Z]{3}$")


class Usage(Value):
    """What may be done with a thing, and what is owed for it.

    Attributes:
        licence: SPDX expression or the licence's own name; ``unknown`` when nobody has read it.
        licence_text: The licence as it was read.
        terms: Snapshot of the terms of use, where the thing has some beyond its licence.
        commercial: Whether commercial use is allowed.
        territories: ISO 3166 codes where it may be used, ``("*",)`` for the world, None unknown.
        revenue_limit: Largest yearly revenue of the user; None when ``revenue_limited`` is no.
        revenue_limited: Whether the licence ends above a revenue.
        credit_duty: Wording that the credits must carry, by language; empty when none is owed.
        display_duty: Wording that the picture must show, by language.
    """

    licence: str = "unknown"
    licence_text: Document | None = None
    terms: Document | None = None
    commercial: Answer = Answer.UNKNOWN
    territories: tuple[Territory, ...] | None = None
    revenue_limited: Answer = Answer.UNKNOWN
    revenue_limit: RevenueLimit | None = None
    credit_duty: dict[str, str] = Field(default_factory=dict)
    display_duty: dict[str, str] = Field(default_factory=dict)


class _Kept(Value):
    """What every passport that a production keeps has.

    Attributes:
        id: As the generator or the lineage names the thing.
        version: The one that was looked at; ``*`` when the statement holds for all.
        checked_by: Identifier of the person who looked.
        checked_on: When.
    """

    id: ToolName
    version: str
    title: str
    maker: str = "unknown"
    usage: Usage = Usage()
    checked_by: Identifier
    checked_on: Day
    notes: str = ""


class ToolPassport(_Kept):
    """What is known of a tool or a service.

    Attributes:
        environment: Where inputs go: ``local`` never leaves the machine, ``enterprise`` is a
            secured tenancy, ``consumer`` a public offer.
        trains_on_inputs: Whether inputs or outputs train anything.
        retention: How long inputs are kept.
        retention_days: For ``limited``.
        tier: Licence tier, as its seller names it.
        models: Identifiers of the models that it runs.
    """

    schema_version: Literal["generique/tool-passport/1"] = Field(alias="schema")
    kind: Literal["tool"] = "tool"
    environment: Literal["local", "enterprise", "consumer", "unknown"] = "unknown"
    tier: str = "unknown"
    trains_on_inputs: Answer = Answer.UNKNOWN
    retention: Literal["none", "limited", "unlimited", "unknown"] = "unknown"
    retention_days: int | None = Field(default=None, ge=1)
    models: tuple[ToolName, ...] = ()


class ModelPassport(_Kept):
    """What is known of a model.

    Attributes:
        weights: Digest of the weights; None when they are not at hand.
        training: ``none`` when nothing was trained, ``disclosed`` when ``datasets`` lists all.
        summary: Published summary of the training content (AI Act, Article 53(1)(d)).
        summary_published: Whether there is one; ``no`` is a recorded absence.
        talent: Consents of the people that it was made from.
        derived_for: Title that it was derived for; it may serve no other.
    """

    schema_version: Literal["generique/model-passport/1"] = Field(alias="schema")
    kind: Literal["model"] = "model"
    weights: Digest | None = None
    training: Literal["none", "disclosed", "undisclosed", "unknown"] = "unknown"
    datasets: tuple[Identifier, ...] = ()
    summary: Document | None = None
    summary_published: Answer = Answer.UNKNOWN
    talent: tuple[Identifier, ...] = ()
    derived_for: Identifier | None = None


MiningProtocol = Literal["tdmrep", "robots", "c2pa-cawg", "iptc", "licence"]
"""Where a reservation of text and data mining is looked for."""


class Reservation(Value):
    """What one place said about text and data mining when it was looked at.

    Attributes:
        protocol: Where it was looked for.
        reserved: ``yes`` reserves, ``no`` is a stated permission, ``unknown`` nothing was found.
        found: The words or fields that say so.
    """

    protocol: MiningProtocol
    reserved: Answer
    found: str = ""
    where: str = ""


class DatasetPassport(_Kept):
    """What is known of a dataset.

    Attributes:
        digest: Of its list of items; None when it is not at hand.
        items: How many; None unknown.
        personal_data: Whether people can be recognised in it.
        consents: Consents that it rests on.
        reservations: Scan for reservations of text and data mining, one for each protocol.
        scanned_on: Day of the scan; None when it was never scanned.
        card: Croissant file that describes it, where there is one.
    """

    schema_version: Literal["generique/dataset-passport/1"] = Field(alias="schema")
    kind: Literal["dataset"] = "dataset"
    digest: Digest | None = None
    items: int | None = Field(default=None, ge=0)
    personal_data: Answer = Answer.UNKNOWN
    consents: tuple[Identifier, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    scanned_on: Day | None = None
    card: Document | None = None


KeptPassport = Annotated[
    ToolPassport | ModelPassport | DatasetPassport, Field(discriminator="kind")
]
"""A passport of any kind."""
