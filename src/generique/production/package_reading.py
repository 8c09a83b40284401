"""Reading a sealed evidence package: its keys, its entries, its record, each read once.

What cannot be read is an error with the name of the member; nothing is repaired or passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol, TypeVar

from generique.ledger.checkpoint import Checkpoint, read_checkpoint
from generique.ledger.envelope import Envelope, open_envelope
from generique.ledger.keys import PublicKey
from generique.ledger.notes import Note
from generique.model.errors import UnreadableInput
from generique.model.values import Digest, Value
from generique.production.journal import Journal
from generique.production.package_documents import (
    CHECKPOINT,
    ENTRIES,
    KEYS,
    LARGEST_DOCUMENT,
    read_document,
    too_large,
)
from generique.production.package_record import held_record
from generique.production.package_vouchers import Members

_MOST_KEYS = 1_000
_V = TypeVar("_V", bound=Value)


class OpenPackage(Members, Protocol):
    """A package that is open for reading."""

    def size(self, name: str) -> int:
        """Bytes of a member; errors as :meth:`read`."""

    def is_canonical(self) -> bool:
        """True when the file is the one form of its members, byte for byte."""


class PackageReading:
    """A package, being read.

    Args:
        package: The package.
        trusted: Keys that the reader got otherwise.

    Attributes:
        studio: The studio's key that sealed the package; None until its seal was found to hold.
    """

    def __init__(self, package: OpenPackage, trusted: Sequence[PublicKey]) -> None:
        self.package = package
        self.trusted = tuple(trusted)
        self.studio: PublicKey | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, in their order."""
        return self.package.names

    def digest(self, name: str) -> Digest:
        """Digest of a member."""
        return self.package.digest(name)

    def read(self, name: str) -> bytes:
        """A member that is read whole; see :meth:`data`."""
        return self.data(name)

    @cached_property
    def held(self) -> frozenset[str]:
        """Names of the members."""
        return frozenset(self.package.names)

    @cached_property
    def keys(self) -> tuple[PublicKey, ...]:
        """The keys that the package says it was signed with, and those that the reader trusts."""
        lines = [line for line in self.text(KEYS).split("\n") if line]
        if len(lines) > _MOST_KEYS or len(set(lines)) != len(lines):
            why = f"a package names at most {_MOST_KEYS} keys, each once"
            raise UnreadableInput(f"{KEYS} is no list of keys", where=KEYS, why=why)
        named = (PublicKey.parse(line) for line in lines)
        return tuple(dict.fromkeys((*self.trusted, *named)))

    @cached_property
    def entries(self) -> tuple[bytes, ...]:
        """The entries of the ledger."""
        data = self.package.read(ENTRIES)
        if data and not data.endswith(b"\n"):
            why = "its last line does not end"
            raise UnreadableInput(f"{ENTRIES} is cut short", where=ENTRIES, why=why)
        return tuple(data.split(b"\n")[:-1])

    @cached_property
    def checkpoint(self) -> tuple[Checkpoint, Note]:
        """The state of the ledger, with its signatures."""
        return read_checkpoint(self.text(CHECKPOINT), where=CHECKPOINT)

    @cached_property
    def record(self) -> Journal:
        """The record, read from the entries as the studio's own."""
        if self.studio is None:
            raise UnreadableInput(
                "whose ledger this is cannot be said", where=ENTRIES, why="no studio's seal holds"
            )
        return held_record(self.entries, self.studio, self.checkpoint[0].origin)

    def last_said(self) -> str:
        """When the last entry was said; empty where it does not say."""
        last = len(self.entries) - 1
        return str(self.envelope(last).statement(where=f"entry {last}").predicate.get("at", ""))

    def envelope(self, index: int) -> Envelope:
        """An entry, taken apart; ``UnreadableInput`` where it is none."""
        return open_envelope(self.entries[index], where=f"entry {index}")

    def document(self, name: str, kind: type[_V]) -> _V:
        """A member as a value; errors as :func:`read_document`."""
        return read_document(self.data(name), kind, where=name)

    def data(self, name: str) -> bytes:
        """A member that is read whole."""
        if self.package.size(name) > LARGEST_DOCUMENT:
            raise too_large(name)
        return self.package.read(name)

    def text(self, name: str) -> str:
        """A member as text; ``UnreadableInput`` where it is not UTF-8."""
        try:
            return self.data(name).decode("utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableInput(f"{name} is not UTF-8", where=name, why=str(error)) from error
