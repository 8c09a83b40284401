"""People, their roles, and what they decide."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

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
    """A person of the production.

    Attributes:
        name: As it stands in the credits and on what the person signs.
    """

    id: Identifier
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    roles: tuple[Role, ...]


class Registration(Value):
    """That a key speaks for a person in some roles, from its place in the ledger on.

    The studio signs it, and the key itself does: nobody is registered with another's key.

    Attributes:
        vkey: The public key, as ``generique person list`` prints it.
        key: Identifier of that key, which signs.
    """

    schema_version: Literal["generique/registration/1"] = "generique/registration/1"
    person: Identifier
    name: str
    roles: tuple[Role, ...]
    vkey: str
    key: str


class KeyRevocation(Value):
    """That a key speaks for nobody from its place in the ledger on. The studio signs it.

    Attributes:
        revoked: Identifier of the key.
        reason: Why; it stays in the ledger.
    """

    schema_version: Literal["generique/key-revocation/1"] = "generique/key-revocation/1"
    person: Identifier
    revoked: str
    reason: str = Field(min_length=1)


class Matter(StrEnum):
    """What is decided on."""

    TAKE = "take"
    CASTING = "casting"
    """Whose voice or likeness plays a part."""
    CUT = "cut"
    """The edit is locked."""
    MASTER = "master"
    """The finished film."""
    USE = "use"
    """A declared generative use: an authorisation before anything is made."""


class Decision(Value):
    """A person's verdict on one exact take, or a demonstration of one.

    Attributes:
        verdict: ``approved``, ``rejected`` and ``revoked`` are said by people; ``revoked`` takes
            back what the same person approved; ``demonstration`` is written by ``--demo-review``
            and is never human validation.
        matter: What is decided on.
        take: Identifier of the take, or of what else is decided on.
        essence: Essence digest of the take; digest of the document for a casting, a cut or a
            use. The decision is void for any other.
        key: Identifier of the key that signed it.
    """

    schema_version: Literal["generique/decision/1"] = "generique/decision/1"
    verdict: Literal["approved", "rejected", "revoked", "demonstration"]
    matter: Matter = Matter.TAKE
    person: str
    role: Role | Literal["demonstration"]
    reason: str
    take: Identifier
    essence: Digest
    key: str
