"""What the ledger needs of the outside world."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from generique.ledger.keys import PublicKey
from generique.model.values import Digest


class Signer(Protocol):
    """Holds a private key and never shows it."""

    @property
    def key(self) -> PublicKey:
        """The public half."""

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature of a message, 64 bytes."""


class EntryStore(Protocol):
    """Keeps entries and the hashes of complete subtrees, append only.

    The law, checked on every adapter by the same tests:

    1. Indexes are dense from 0; what was appended never changes.
    2. ``append`` stores the entry, all nodes that it completes and the step key at once or not at
       all, and is durable when it returns.
    3. Concurrent writers wait for each other.
    """

    def append(self, envelope: bytes, step_key: Digest | None = None) -> int:
        """Append an entry's bytes; returns its index.

        Args:
            envelope: The signed envelope, exactly as hashed.
            step_key: Key of the finished step that the entry records; a later entry under the
                same key takes its place in ``find_step``.

        Raises:
            StorageUnavailable: Disk full, read-only, or locked for too long.
            Damaged: The store cannot be read as what it should be.
        """

    def size(self) -> int:
        """Number of entries."""

    def read(self, index: int) -> bytes:
        """Bytes of one entry.

        Raises:
            Damaged: There is no such entry.
        """

    def entries(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """Index and bytes of the entries from ``start`` on, in order, as stored."""

    def node(self, level: int, index: int) -> bytes:
        """Hash of the complete subtree over ``2**level`` leaves, the ``index``-th from the left.

        Raises:
            Damaged: It is missing.
        """

    def find_step(self, key: Digest) -> int | None:
        """Index of the last entry appended under a step key, None if there is none."""
