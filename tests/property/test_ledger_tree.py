from __future__ import annotations

import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from generique.ledger import merkle
from generique.ledger.canonical import LARGEST_EXACT, canonical, read_canonical
from generique.ledger.checkpoint import read_checkpoint
from generique.ledger.keys import PublicKey
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.proof import read_proof
from generique.ledger.replay import verify_ledger
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.model.values import digest_of

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_EXACT, LARGEST_EXACT)
    | st.floats(-1e15, 1e15, allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


class OwnSigner:
    def __init__(self) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"own").digest())
        self.key = PublicKey(name="studio", raw=self._private.public_key().public_bytes_raw().hex())

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


@given(JSON)
def test_canonical_bytes_are_read_back_to_the_same_bytes(document: Any) -> None:
    data = canonical(document)
    assert canonical(read_canonical(data, where="test")) == data


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70), st.data())
def test_proofs_hold_for_every_size(entries: list[bytes], data: st.DataObject) -> None:
    store = MemoryEntryStore()
    for entry in entries:
        store.append(entry)
    size = data.draw(st.integers(1, len(entries)))
    index = data.draw(st.integers(0, size - 1))
    root = merkle.root(size, store.node)
    assert root == merkle.root_of(merkle.leaf_hash(entry) for entry in entries[:size])
    leaf = merkle.leaf_hash(entries[index])
    proof = merkle.inclusion_proof(index, size, store.node)
    assert merkle.verify_inclusion(leaf, index, size, proof, root)
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        bit = data.draw(st.integers(0, 255))
        value = int.from_bytes(proof[place], "big") ^ (1 << bit)
        wrong = (*proof[:place], value.to_bytes(32, "big"), *proof[place + 1 :])
        assert not merkle.verify_inclusion(leaf, index, size, wrong, root)
    whole = merkle.root(len(entries), store.node)
    consistency = merkle.consistency_proof(size, len(entries), store.node)
    assert merkle.verify_consistency((size, len(entries)), (root, whole), consistency)
    assert not merkle.verify_consistency((size, len(entries)), (bytes(32), whole), consistency)


class LedgerMachine(RuleBasedStateMachine):
    """A ledger against a list: appended in any order, proved and checked at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.signer = OwnSigner()
        self.ledger = Ledger(MemoryEntryStore(), self.signer, "machine")
        self.model: list[Statement] = []
        self.steps: dict[str, int] = {}
        self.kept: list[str] = []

    @rule(number=st.integers(0, 1000), step=st.none() | st.integers(0, 3))
    def append(self, number: int, step: int | None) -> None:
        statement = Statement(
            subjects=(Subject.of("file", digest_of(b"%d" % number)),),
            predicate_type=predicate_type("step"),
            predicate={"number": number},
        )
        key = None if step is None else digest_of(b"step %d" % step)
        entry = self.ledger.append(statement, step_key=key)
        assert entry.index == len(self.model)
        self.model.append(statement)
        if key is not None:
            self.steps[key] = entry.index

    @rule()
    def keep(self) -> None:
        self.kept.append(self.ledger.checkpoint())

    @rule(data=st.data())
    def prove(self, data: st.DataObject) -> None:
        if self.model:
            index = data.draw(st.integers(0, len(self.model) - 1))
            proof = read_proof(self.ledger.prove(index))
            assert proof.included()
            assert self.ledger.entry(index).statement() == self.model[index]

    @invariant()
    def is_sound(self) -> None:
        report = verify_ledger(
            self.ledger.raw_entries(), self.ledger.checkpoint(), [self.signer.key], held=self.kept
        )
        assert report.sound
        assert report.size == len(self.model)
        assert read_checkpoint(self.ledger.checkpoint())[0].size == len(self.model)
        for key, index in self.steps.items():
            assert self.ledger.find_step(key) == index


TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
