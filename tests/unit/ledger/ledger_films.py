"""Small ledgers for the tests."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generique.ledger.keys import PublicKey
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.model.values import digest_of


class SeededSigner:
    """A signer whose key follows from its name."""

    def __init__(self, name: str, seed: str | None = None) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(
            hashlib.sha256((seed or name).encode()).digest()
        )
        self.key = PublicKey(name=name, raw=self._private.public_key().public_bytes_raw().hex())

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


STUDIO = SeededSigner("studio")
MIRA = SeededSigner("person/mira")
STRANGER = SeededSigner("stranger")


def take_statement(number: int) -> Statement:
    return Statement(
        subjects=(
            Subject.of("file", digest_of(b"file %d" % number)),
            Subject.of("essence", digest_of(b"essence %d" % number)),
        ),
        predicate_type=predicate_type("step"),
        predicate={"take": f"1-{number}.t1", "seed": number, "prompt": "snow, é"},
    )


def small_ledger(entries: int) -> Ledger:
    ledger = Ledger(MemoryEntryStore(), STUDIO, "dawn-chorus")
    for number in range(entries):
        ledger.append(take_statement(number))
    return ledger
