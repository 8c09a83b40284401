"""Base of all frozen values, and the scalar types that they share."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from generique.model.errors import UnreadableInput

Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
"""Algorithm and hex of a SHA-256 digest, ``sha256:…``."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
"""A short name that is safe in file names and on a command line."""

ToolName = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}(:[A-Za-z0-9][A-Za-z0-9._-]{0,63})?$"
    ),
]
"""Name of a generator, with the model after a colon where it has several: ``runway:gen4.5``."""

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""Any JSON document."""


def digest_of(data: bytes) -> Digest:
    """SHA-256 digest of bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


class Value(BaseModel):
    """A frozen value: strict types, no unknown field, equal by content."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    @classmethod
    def read(cls, data: Mapping[str, Any] | str | bytes, *, where: str) -> Self:
        """Validate a JSON document, or a mapping that came from TOML.

        Args:
            data: JSON text, or a mapping of plain values.
            where: The file or message that the data came from, for the error.

        Raises:
            UnreadableInput: A field is unknown, missing or of the wrong type; names each one.
        """
        text = json.dumps(data, default=str) if isinstance(data, Mapping) else data
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            faults = "; ".join(
                f"{'.'.join(str(part) for part in fault['loc']) or 'document'}: {fault['msg']}"
                for fault in error.errors()[:5]
            )
            raise UnreadableInput(
                f"{where} cannot be read as {cls.__name__}",
                where=where,
                why=faults,
                next_step="correct the fields named above and run the same command again",
            ) from error

    def to_json(self) -> dict[str, Any]:
        """The value as a plain JSON document."""
        return self.model_dump(mode="json")


class Excerpt(Value):
    """What is looked at of a document that says more: fields that it does not know are left unread.

    For documents of others, and for parts of ours. What was read of one is never written back.
    """

    model_config = ConfigDict(extra="ignore")
