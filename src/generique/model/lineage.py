"""The lineage of a master: every element, where it stands and where it came from.

Credits, on-picture labels, the cue sheet, the credential, the audit and ``trace`` are all read
from this one document, so that nothing is typed twice.
"""

from __future__ import annotations

from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

from generique.model.delivered import Delivery, JobFacts, Observed, Tried
from generique.model.element import ElementClass, ElementKind, Stem
from generique.model.passport import Passport, Rights, SourceType
from generique.model.people import Decision
from generique.model.reference import Followed
from generique.model.time import Rate
from generique.model.values import Digest, Identifier, Value

NOTICE = "notice"
"""The element that a spoken notice is; its language follows: ``notice-en``."""


Announcement = Literal["asked", "owed", "free"]
"""Whether a synthetic voice is announced by a spoken notice: ``asked`` by the production, ``owed``
by its genre though the production wants none, or ``free``."""


class DecisionEntry(Value):
    """A decision and where the ledger holds it."""

    decision: Decision
    entry: NonNegativeInt


class ElementUse(Value):
    """One element as it is seen or heard in the film.

    Attributes:
        track: ``V1`` for picture, else the stem.
        start: First frame in the film.
        end: Frame after the last.
        language: None when all language versions share it.
        take: Identifier of the take; None for authentic media.
        file: Digest of the file used.
        essence: Essence digest of the take or of the media file.
        passport: Of the generator; None for authentic media.
        rights: Of the media; None for generated elements.
        person: Real person whose voice or likeness was generated; None for nobody's.
        notes: Directions of retakes that changed what the prompt says, in order.
        references: Files that a take follows, with the rights in them.
        entry: Index of the ledger entry that brought the file in.
        source_in: First frame used of the file, at the film's rate.
        speed: Playback speed as a fraction text.
        original: Digest of the provider's own bytes, where the file was conformed from them.
        observed: What these bytes say of themselves.
        job: Of the hosted provider; what it cost is left out, for a lineage goes out with the film.
        tried: Backends that were asked before, and why they did not make it.
    """

    id: Identifier
    title: str
    kind: ElementKind
    element_class: ElementClass
    track: Literal["V1"] | Stem
    start: NonNegativeInt
    end: PositiveInt
    language: str | None = None
    take: Identifier | None = None
    file: Digest
    essence: Digest
    source_type: SourceType
    source_in: NonNegativeInt = 0
    speed: str = "1"
    passport: Passport | None = None
    prompt: str | None = None
    notes: tuple[str, ...] = ()
    seed: int | None = None
    rights: Rights | None = None
    person: str | None = None
    references: tuple[Followed, ...] = ()
    decisions: tuple[DecisionEntry, ...] = ()
    original: Digest | None = None
    observed: Observed | None = None
    job: JobFacts | None = None
    tried: tuple[Tried, ...] = ()
    entry: NonNegativeInt

    @property
    def is_notice(self) -> bool:
        """True for the spoken notice that announces a synthetic voice."""
        return self.kind is ElementKind.VOICE and self.id == f"{NOTICE}-{self.language}"

    @property
    def delivery(self) -> Delivery:
        """What is known of how a provider delivered it, without money."""
        return Delivery(
            original=self.original,
            observed=self.observed,
            job=self.job.without_money() if self.job else None,
            tried=self.tried,
        )


class Lineage(Value):
    """All elements of one film, in order of track and time.

    Attributes:
        breaks: Frames at which the film is interrupted, in order.
        announcement: Whether a synthetic voice has to be announced by a spoken notice.
        demonstration: True when any decision is a demonstration, not a person's.
    """

    schema_version: Literal["generique/lineage/1"] = "generique/lineage/1"
    production: Identifier
    title: str
    titles: dict[str, str]
    languages: tuple[str, ...]
    rate: Rate
    frames: PositiveInt
    demonstration: bool
    breaks: tuple[NonNegativeInt, ...] = ()
    announcement: Announcement = "free"
    elements: tuple[ElementUse, ...]

    def at(self, frame: int, language: str | None = None) -> tuple[ElementUse, ...]:
        """The elements seen and heard at a frame, in one language version.

        Args:
            frame: Frame of the film, from 0.
            language: Two-letter code; None gives the elements of every version.
        """
        return tuple(
            use
            for use in self.elements
            if use.start <= frame < use.end
            and (language is None or use.language in (None, language))
        )
