"""People, their roles, and what they decide."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from generique.model.values import Digest, Identifier, Value


class Role(StrEnum):
    """What a person answers for."""

    DIRECTOR = "director"
    PRODUCER = "producer"
    EDITOR = "editor"
    COUNSEL = "counsel"
    TALENT = "talent"
    COMMISSIONER = "commissioner"


class Person(Value):
    """A person of the production."""

    id: Identifier
    name: str
    roles: tuple[Role, ...]


class Decision(Value):
    """A person's verdict on one exact take, or a demonstration of one.

    Attributes:
        verdict: ``approved`` and ``rejected`` are said by people; ``demonstration`` is written
            by ``--demo-review`` and is never human validation.
        essence: Essence digest of the take; the decision is void for any other.
        key: Identifier of the key that signed it.
    """

    schema_version: Literal["generique/decision/1"] = "generique/decision/1"
    verdict: Literal["approved", "rejected", "demonstration"]
    person: str
    role: Role | Literal["demonstration"]
    reason: str
    take: Identifier
    essence: Digest
    key: str
