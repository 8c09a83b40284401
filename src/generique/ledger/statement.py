"""Statements: what an entry says about which files (in-toto Statement v1)."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, ValidationError, model_validator

from generique.ledger.canonical import canonical, read_canonical
from generique.model.errors import UnreadableInput
from generique.model.values import Digest, Json, Value

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_SPACE = "urn:generique:"
"""Prefix of the predicate types that this program defines."""

Hex256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def predicate_type(name: str, version: int = 1) -> str:
    """Type of a predicate of ours, ``urn:generique:<name>:<version>``.

    Args:
        name: What is stated, for example ``take`` or ``decision``.
        version: Counts up when a field changes its meaning or a new one becomes necessary.
    """
    return f"{PREDICATE_SPACE}{name}:{version}"


class Subject(Value):
    """A file or an essence that a statement is about.

    Attributes:
        name: Role of it in the statement, for example ``file`` or ``essence``.
        sha256: Hex digest.
    """

    name: str = Field(min_length=1, max_length=400)
    sha256: Hex256

    @property
    def digest(self) -> Digest:
        """The digest with its algorithm."""
        return f"sha256:{self.sha256}"

    @classmethod
    def of(cls, name: str, digest: Digest) -> Self:
        """A subject from a digest of ours."""
        return cls(name=name, sha256=digest.removeprefix("sha256:"))


class _Digests(Value):
    sha256: Hex256


class _WireSubject(Value):
    name: str
    digest: _Digests


class _WireStatement(Value):
    """The statement as JSON, field by field; anything else in it is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)

    type_: Literal["https://in-toto.io/Statement/v1"] = Field(alias="_type")
    subject: tuple[_WireSubject, ...]
    predicate_type: str = Field(alias="predicateType")
    predicate: dict[str, Any]


class Statement(Value):
    """One act, stated.

    Attributes:
        subjects: What it is about; at least one, names unique.
        predicate_type: Kind of statement, see :func:`predicate_type`.
        predicate: The statement itself, a JSON object.
    """

    subjects: tuple[Subject, ...] = Field(min_length=1)
    predicate_type: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]{1,300}$")
    predicate: dict[str, Any]

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        if len({subject.name for subject in self.subjects}) != len(self.subjects):
            raise ValueError("two subjects have the same name")
        return self

    def digest_of(self, name: str) -> Digest | None:
        """Digest of the subject of that name, None if there is none."""
        return next((s.digest for s in self.subjects if s.name == name), None)

    def encode(self) -> bytes:
        """Canonical JSON.

        Raises:
            UnreadableInput: The predicate holds what JSON cannot carry exactly.
        """
        subjects: list[Json] = [
            {"digest": {"sha256": subject.sha256}, "name": subject.name}
            for subject in self.subjects
        ]
        return canonical(
            {
                "_type": STATEMENT_TYPE,
                "subject": subjects,
                "predicateType": self.predicate_type,
                "predicate": self.predicate,
            }
        )

    @classmethod
    def decode(cls, data: bytes, *, where: str) -> Self:
        """Read a statement.

        Raises:
            UnreadableInput: Not canonical, a field too many, too few or of the wrong kind.
        """
        read_canonical(data, where=where)
        wire = _WireStatement.read(data, where=where)
        try:
            return cls(
                subjects=tuple(
                    Subject(name=subject.name, sha256=subject.digest.sha256)
                    for subject in wire.subject
                ),
                predicate_type=wire.predicate_type,
                predicate=wire.predicate,
            )
        except ValidationError as error:
            raise UnreadableInput(
                f"{where} is not a statement", where=where, why=error.errors()[0]["msg"]
            ) from error
