"""Casting: whose voice speaks a part. People decide on exactly this document."""

from __future__ import annotations

from typing import Literal

from generique.model.values import Identifier, Value


class Casting(Value):
    """Who speaks a character's lines in a language, as it is put to people.

    Attributes:
        backend: Generator that speaks.
        voice: As the backend names it.
        person: Real person whose voice it was made from, by name; None for nobody's.
    """

    schema_version: Literal["generique/casting/1"] = "generique/casting/1"
    production: Identifier
    character: str
    language: str
    backend: str
    voice: str
    person: str | None = None
