"""An entry store in memory: for tests, and for checking a ledger that came as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from generique.ledger.merkle import completed_nodes, leaf_hash
from generique.model.errors import Damaged
from generique.model.values import Digest


class MemoryEntryStore:
    """Implements :class:`generique.ledger.ports.EntryStore`; for one thread."""

    def __init__(self) -> None:
        self._entries: list[bytes] = []
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._steps: dict[Digest, int] = {}

    @classmethod
    def holding(cls, entries: Iterable[bytes]) -> Self:
        """A store that holds the entries of a ledger that came as a file.

        Args:
            entries: Bytes of each, in order; nothing is checked here.
        """
        made = cls()
        for data in entries:
            made.append(data)
        return made

    def append(self, envelope: bytes, step_key: Digest | None = None) -> int:
        """Append an entry's bytes; returns its index."""
        index = len(self._entries)
        for level, place, value in completed_nodes(index, leaf_hash(envelope), self.node):
            self._nodes[level, place] = value
        self._entries.append(envelope)
        if step_key is not None:
            self._steps[step_key] = index
        return index

    def size(self) -> int:
        """Number of entries."""
        return len(self._entries)

    def read(self, index: int) -> bytes:
        """Bytes of one entry."""
        if not 0 <= index < len(self._entries):
            raise Damaged(f"the ledger lacks entry {index}")
        return self._entries[index]

    def entries(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """Index and bytes of the entries from ``start`` on."""
        yield from enumerate(self._entries[start:], start)

    def node(self, level: int, index: int) -> bytes:
        """Hash of a complete subtree."""
        try:
            return self._nodes[level, index]
        except KeyError as error:
            raise Damaged(f"the ledger lacks node {index} of level {level}") from error

    def find_step(self, key: Digest) -> int | None:
        """Index of the last entry under a step key."""
        return self._steps.get(key)
