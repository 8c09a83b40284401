"""What the use cases need of the folder ``rights/`` of a production."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from generique.model.consent import ConsentList
from generique.model.declaration import DeclarationList
from generique.model.kept_passports import Document, KeptPassport
from generique.model.values import Digest, Value

LARGEST_PAPER = 1_000_000
"""Bytes of a paper; a longer one is refused before it is read."""

V_co = TypeVar("V_co", bound=Value, covariant=True)


@dataclass(frozen=True)
class Paper(Generic[V_co]):
    """A TOML file that a person wrote, validated.

    Attributes:
        file: Path inside the production's folder, ``rights/consents.toml``.
        digest: Of its bytes.
        value: What it says.
        where: File and line of a part of the value, given the keys and indexes that lead to it.
    """

    file: str
    digest: Digest
    value: V_co
    where: Callable[[Sequence[str | int]], str]


class RightsFolder(Protocol):
    """The folder ``rights/`` of a production.

    Each reading refuses, with file and line, what is too large, not TOML, nested too deeply, a
    link that leaves the folder, no plain file, or not of its format.
    """

    def passports(self) -> tuple[Paper[KeptPassport], ...]:
        """``rights/passports/*.toml``, in the order of their names.

        Raises:
            UnreadableInput: See above.
        """

    def shipped(self) -> tuple[Paper[KeptPassport], ...]:
        """Passports of the generators that come with the program."""

    def consents(self) -> Paper[ConsentList] | None:
        """``rights/consents.toml``; None when there is none.

        Raises:
            UnreadableInput: See above.
        """

    def declarations(self) -> Paper[DeclarationList] | None:
        """``rights/uses.toml``; None when there is none.

        Raises:
            UnreadableInput: See above.
        """

    def digest(self, document: str) -> Digest | None:
        """Digest of a document of the production, None when it is not there.

        Args:
            document: Path inside the production's folder.

        Raises:
            UnreadableInput: It leaves the folder, links included, or is no plain file.
        """

    def keep(self, document: Path, *, read_on: str, source: str) -> Document:
        """Copy a document that was read into ``rights/documents``; an equal one is left alone.

        Args:
            document: Any file.
            read_on: Day of the reading.
            source: Where it was had from.

        Raises:
            UnreadableInput: It cannot be read.
            StorageUnavailable: It cannot be written.
        """

    def write(self, passport: KeptPassport) -> str:
        """Write a passport; gives the path inside the production's folder.

        Comments of a file that says the same passport already survive.

        Raises:
            StorageUnavailable: It cannot be written; what stood there before still does.
        """
