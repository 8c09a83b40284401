"""Takes: one immutable attempt at an element."""

from __future__ import annotations

from typing import Literal

from generique.model.delivered import JobFacts, Observed, Tried
from generique.model.element import ElementKind, SceneEvent
from generique.model.passport import Passport
from generique.model.reference import Reference
from generique.model.values import Digest, Identifier, Value


class Take(Value):
    """One attempt at an element, immutable.

    Attributes:
        id: Element and count, for example ``1-1.t2``.
        element: The shot, line or cue that it is an attempt at.
        notes: Directions of retakes that changed what the prompt says, in order.
        file: Digest of the file as delivered, without credentials.
        essence: Essence digest of the file.
        recipe: Digest of the recipe that made it.
        scene: Digest of the declarative scene document, where the backend has one.
        warnings: What a person should know of it.
        original: Digest of the provider's own bytes, untouched, where ``file`` was conformed.
        observed: What the original says of itself; None where there is none, and in records
            written before this was read.
        job: Of the hosted provider that made it.
        tried: Backends that were asked before, in their order, and why they did not make it.
        references: Files that it follows, in the order in which the generator was given them.
    """

    schema_version: Literal["generique/take/1"] = "generique/take/1"
    id: Identifier
    element: Identifier
    kind: ElementKind
    language: str | None = None
    prompt: str
    notes: tuple[str, ...] = ()
    seed: int
    frames: int
    file: Digest
    media_type: str
    essence: Digest
    recipe: Digest
    scene: Digest | None = None
    passport: Passport
    events: tuple[SceneEvent, ...] = ()
    warnings: tuple[str, ...] = ()
    original: Digest | None = None
    observed: Observed | None = None
    job: JobFacts | None = None
    tried: tuple[Tried, ...] = ()
    references: tuple[Reference, ...] = ()
