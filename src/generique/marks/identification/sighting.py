"""What was seen in a file, and what can be said of a stretch of it.

A *sighting* is one piece of evidence: these frames show that part of that known work. A *found
segment* is what follows from all sightings of a stretch. Frames are those of the file in
question unless said otherwise.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from generique.marks.works import Work, WorkSegment
from generique.model.element import ElementClass
from generique.model.values import Digest, Value


class EvidenceKind(StrEnum):
    """What a sighting rests on, strongest first where they contradict each other."""

    CREDENTIAL = "credential"
    FINGERPRINT = "fingerprint"
    WATERMARK = "watermark"
    NEIGHBOURS = "neighbours"


class Evidence(Value):
    """One reason to believe.

    Attributes:
        says: One sentence for a person.
        wrong: Upper bound on the probability that chance alone gave this, 0 to 1.
    """

    kind: EvidenceKind
    says: str
    wrong: float = Field(ge=0, le=1)


class Place(Value):
    """A place in a known work.

    Attributes:
        work: Digest of the work's file.
        segment: Index of its segment.
        at: Frame of the work that is seen in the first frame of the sighting; None when the
            evidence names the segment and no frame.
        pace: Frames of the work that pass in one frame of the file.
        mirrored: Left and right are exchanged.
        crop: Part of the work's picture that is seen: left, top, width, height, each 0 to 1;
            None when it was not measured.
    """

    work: Digest
    segment: NonNegativeInt
    at: NonNegativeInt | None = None
    pace: float = Field(gt=0, default=1.0)
    mirrored: bool = False
    crop: tuple[float, float, float, float] | None = None


class Sighting(Value):
    """Frames ``start`` to ``end`` show one of some places, all equally supported."""

    start: NonNegativeInt
    end: PositiveInt
    evidence: Evidence
    places: tuple[Place, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ordered(self) -> Sighting:
        if self.start >= self.end:
            raise ValueError("a sighting ends after it starts")
        return self


class Identity(Value):
    """What a segment of a work is, whichever file it was recognised from.

    Attributes:
        production: Identifier of the production; None for a reference work.
        title: Title of the shot, or of the reference work.
    """

    production: str | None
    shot: str | None
    take: str | None
    element_class: ElementClass | None
    title: str

    @classmethod
    def of(cls, work: Work, segment: WorkSegment) -> Identity:
        """Identity of a segment of a work."""
        return cls(
            production=work.production,
            shot=segment.shot,
            take=segment.take,
            element_class=segment.element_class,
            title=segment.title or work.title,
        )


class FoundSegment(Value):
    """A stretch of the file and what it shows.

    Attributes:
        places: Where in which known works, best supported first.
        evidence: All that speaks for it, strongest first.
        disputed: What speaks for something else; empty when nothing does.
        facts: Of the work's segment: prompt, model, approval, credit.
    """

    start: NonNegativeInt
    end: PositiveInt
    identity: Identity
    places: tuple[Place, ...]
    evidence: tuple[Evidence, ...]
    disputed: tuple[str, ...] = ()
    facts: dict[str, str] = Field(default_factory=dict)

    @property
    def confidence(self) -> float:
        """One minus the smallest bound among the evidence; a dispute leaves at most a half."""
        sure = 1.0 - min(item.wrong for item in self.evidence)
        return min(sure, 0.5) if self.disputed else sure


class Stretch(Value):
    """A stretch that nothing is known of, or of which something else is said."""

    start: NonNegativeInt
    end: PositiveInt


class Identification(Value):
    """What a file shows, from its first frame to its last; segments and unknown do not overlap."""

    frames: PositiveInt
    segments: tuple[FoundSegment, ...]
    unknown: tuple[Stretch, ...]
