"""A production's adapters in memory: for tests of what stands on them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generique.ledger.keys import DEMONSTRATION, STUDIO, PublicKey, person_key_name
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.model.errors import Damaged
from generique.model.values import Digest, digest_of
from generique.production.journal import Journal


class FixedClock:
    """A clock that counts seconds, one at each look, from a moment that never changes.

    Attributes:
        looks: How often it was looked at.
    """

    def __init__(self) -> None:
        self.looks = 0

    def now(self) -> str:
        """A moment of the first hour of 2026."""
        minutes, seconds = divmod(self.looks, 60)
        self.looks += 1
        return f"2026-01-01T00:{minutes % 60:02}:{seconds:02}Z"


class NamedSigner:
    """A signer whose key follows from its name, so that digests can be compared between runs.

    Args:
        name: Holder, for example ``person/mira``.
    """

    def __init__(self, name: str) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
        self._key = PublicKey(name=name, raw=self._private.public_key().public_bytes_raw().hex())

    @classmethod
    def person(cls, person: str) -> NamedSigner:
        """The key of a person."""
        return cls(person_key_name(person))

    @classmethod
    def demonstration(cls) -> NamedSigner:
        """The key that signs what nobody decided."""
        return cls(DEMONSTRATION)

    @property
    def key(self) -> PublicKey:
        """The public half."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature, 64 bytes."""
        return self._private.sign(message)


class FolderVault:
    """A vault in a plain folder, whose files a test can damage.

    Args:
        folder: Where the files lie; created when missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def put_bytes(self, data: bytes) -> Digest:
        """Store bytes."""
        digest = digest_of(data)
        self._place(digest).write_bytes(data)
        return digest

    def put_file(self, path: Path) -> Digest:
        """Store a copy of a file."""
        return self.put_bytes(path.read_bytes())

    def move_in(self, path: Path) -> Digest:
        """Store a file and remove it from where it was."""
        digest = self.put_file(path)
        path.unlink()
        return digest

    def path(self, digest: Digest) -> Path:
        """Where the file lies.

        Raises:
            Damaged: Missing or changed.
        """
        self.read(digest)
        return self._place(digest)

    def read(self, digest: Digest) -> bytes:
        """The bytes.

        Raises:
            Damaged: Missing or changed.
        """
        if not self.has(digest):
            raise Damaged(f"the vault's file {digest} is missing")
        data = self._place(digest).read_bytes()
        if digest_of(data) != digest:
            raise Damaged(f"the vault's file {digest} is changed")
        return data

    def has(self, digest: Digest) -> bool:
        """True when a file of that name is there."""
        return self._place(digest).is_file()

    def lose(self, digest: Digest) -> None:
        """Remove a file, as an accident would."""
        self._place(digest).unlink()

    def damage(self, digest: Digest) -> None:
        """Flip the last bit of a file, as a failing disk would."""
        data = bytearray(self._place(digest).read_bytes())
        data[-1] ^= 1
        self._place(digest).write_bytes(bytes(data))

    def _place(self, digest: Digest) -> Path:
        return self._folder / digest.removeprefix("sha256:")


class ListedProgress:
    """Progress that a test can read.

    Attributes:
        steps: Every step with its state, in order.
    """

    def __init__(self) -> None:
        self.steps: list[tuple[str, str]] = []

    def step(self, name: str, state: str) -> None:
        """Take down a step."""
        self.steps.append((name, state))

    def advance(self, done: int, total: int, what: str) -> None:
        """Take down nothing: steps are enough."""


def memory_journal() -> Journal:
    """A journal on a ledger in memory, signed by a studio's key that is always the same."""
    return Journal(Ledger(MemoryEntryStore(), NamedSigner(STUDIO), "generique/test"), FixedClock())
