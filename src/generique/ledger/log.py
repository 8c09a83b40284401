"""The ledger of a production: statements in, entries, checkpoints and proofs out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import NonNegativeInt

from generique.ledger import merkle
from generique.ledger.checkpoint import Checkpoint, write_checkpoint
from generique.ledger.envelope import Envelope, open_envelope, seal
from generique.ledger.keys import PublicKey
from generique.ledger.ports import EntryStore, Signer
from generique.ledger.proof import write_proof
from generique.ledger.statement import Statement
from generique.ledger.tiles import entry_bundles, hash_tiles
from generique.ledger.witness import write_submission
from generique.model.errors import Damaged, UsageError
from generique.model.values import Digest, Value


class Entry(Value):
    """An entry of the ledger.

    Attributes:
        index: Its place, from 0.
        leaf: Its leaf hash in hex.
        envelope: The signed envelope.
    """

    index: NonNegativeInt
    leaf: str
    envelope: Envelope

    def statement(self) -> Statement:
        """What the entry says.

        Raises:
            UnreadableInput: The payload is not a statement.
        """
        return self.envelope.statement(where=f"entry {self.index}")


class Ledger:
    """Appends statements, signs checkpoints, writes proofs.

    Args:
        store: Where the entries lie.
        signer: The studio's key; signs every entry and every checkpoint.
        origin: Name of the log; no space, no ``+``.
    """

    def __init__(self, store: EntryStore, signer: Signer, origin: str) -> None:
        self._store = store
        self._signer = signer
        self._origin = origin

    @property
    def origin(self) -> str:
        """Name of the log."""
        return self._origin

    @property
    def key(self) -> PublicKey:
        """The studio's key, which signs every entry."""
        return self._signer.key

    def append(
        self,
        statement: Statement,
        *,
        step_key: Digest | None = None,
        signers: Sequence[Signer] = (),
    ) -> Entry:
        """Sign a statement and append it; durable when this returns.

        Args:
            statement: What happened.
            step_key: Key of the step that this finishes, for :meth:`find_step`.
            signers: Who signs beside the studio: the person who decided, say.

        Raises:
            UnreadableInput: The statement has no exact encoding.
            Damaged: A signature beside the studio's does not hold; nothing was appended.
            StorageUnavailable: It could not be stored; nothing was appended.
        """
        envelope = seal(statement, (self._signer, *signers))
        envelope.signers(signer.key for signer in signers)
        data = envelope.encode()
        index = self._store.append(data, step_key)
        return Entry(index=index, leaf=merkle.leaf_hash(data).hex(), envelope=envelope)

    def size(self) -> int:
        """Number of entries."""
        return self._store.size()

    def entry(self, index: int) -> Entry:
        """One entry.

        Raises:
            UsageError: There is no such entry.
            UnreadableInput: Its bytes are not an envelope.
        """
        self._check_index(index, self._store.size())
        return _entry(index, self._store.read(index))

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """The entries from ``start`` on.

        Raises:
            UnreadableInput: The bytes of an entry are not an envelope.
        """
        for index, data in self._store.entries(start):
            yield _entry(index, data)

    def raw_entries(self) -> Iterator[tuple[int, bytes]]:
        """Index and bytes of every entry as stored, for :func:`verify_ledger`."""
        return self._store.entries(0)

    def find_step(self, key: Digest) -> int | None:
        """Index of the entry that finished a step, None if no entry did."""
        return self._store.find_step(key)

    def checkpoint(self) -> str:
        """The signed state of the log, to be kept by somebody else."""
        return self._checkpoint(self._store.size())

    def prove(self, index: int) -> str:
        """A proof file for one entry under the log's present state.

        Raises:
            UsageError: There is no such entry.
            Damaged: Entry and stored nodes contradict each other; no proof is given then.
        """
        size = self._store.size()
        self._check_index(index, size)
        entry = self._store.read(index)
        path = merkle.inclusion_proof(index, size, self._store.node)
        root = merkle.root(size, self._store.node)
        if not merkle.verify_inclusion(merkle.leaf_hash(entry), index, size, path, root):
            raise Damaged(
                f"entry {index} of the ledger cannot be proved",
                where=self._origin,
                why="it does not lead to the root of the stored tree",
                next_step="restore the database from a backup and run `generique audit`",
            )
        return write_proof(entry, index, path, self._checkpoint(size))

    def prove_consistency(self, old: int) -> tuple[bytes, ...]:
        """Hashes that show that the log still begins with its first ``old`` entries.

        Raises:
            UsageError: The log never had that size.
        """
        size = self._store.size()
        self._check_index(old - 1, size)
        return merkle.consistency_proof(old, size, self._store.node)

    def submission(self, old: int) -> str:
        """A request to a witness that cosigned the log at ``old`` entries, 0 for never.

        Raises:
            UsageError: The log never had that size, or holds nothing yet.
        """
        size = self._store.size()
        self._check_index(max(old, 1) - 1, size)
        proof = merkle.consistency_proof(old, size, self._store.node) if old else ()
        return write_submission(old, proof, self._checkpoint(size))

    def extends(self, old: Checkpoint) -> bool:
        """True when the log begins with exactly the entries of an older checkpoint.

        Args:
            old: The older state, signed or witnessed; of this log.
        """
        size = self._store.size()
        if old.origin != self._origin or old.size > size:
            return False
        return merkle.root(old.size, self._store.node) == old.root

    def tiles(self) -> Iterator[tuple[str, bytes]]:
        """The log as static files: path and bytes, the checkpoint last."""
        size = self._store.size()
        yield from hash_tiles(size, self._store.node)
        held = ((index, data) for index, data in self._store.entries(0) if index < size)
        yield from entry_bundles(held)
        yield "checkpoint", self._checkpoint(size).encode()

    def _checkpoint(self, size: int) -> str:
        state = Checkpoint(origin=self._origin, size=size, root=merkle.root(size, self._store.node))
        return write_checkpoint(state, (self._signer,))

    def _check_index(self, index: int, size: int) -> None:
        if not 0 <= index < size:
            raise UsageError(
                f"the ledger has no entry {index}",
                where=self._origin,
                why=f"it has {size} entries, counted from 0",
            )


def _entry(index: int, data: bytes) -> Entry:
    """An entry from its stored bytes."""
    return Entry(
        index=index,
        leaf=merkle.leaf_hash(data).hex(),
        envelope=open_envelope(data, where=f"entry {index}"),
    )
