from __future__ import annotations

import pytest

from generique.ledger import merkle
from generique.ledger.memory import MemoryEntryStore
from generique.model.errors import Damaged

# Inputs and roots of the reference tests for RFC 6962 trees.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def tree() -> MemoryEntryStore:
    store = MemoryEntryStore()
    for entry in INPUTS:
        store.append(entry)
    return store


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_reference(size: int) -> None:
    leaves = [merkle.leaf_hash(entry) for entry in INPUTS[:size]]
    assert merkle.root(size, tree().node).hex() == ROOTS[size]
    assert merkle.root_of(leaves).hex() == ROOTS[size]


def test_every_inclusion_holds_and_no_other() -> None:
    read = tree().node
    for size in range(1, 9):
        root = merkle.root(size, read)
        for index in range(size):
            proof = merkle.inclusion_proof(index, size, read)
            for leaf in range(8):
                holds = merkle.verify_inclusion(
                    merkle.leaf_hash(INPUTS[leaf]), index, size, proof, root
                )
                assert holds == (leaf == index)


def test_every_consistency_holds_and_no_other() -> None:
    read = tree().node
    roots = [merkle.root(size, read) for size in range(9)]
    for new in range(1, 9):
        for old in range(1, new + 1):
            proof = merkle.consistency_proof(old, new, read)
            for other in range(1, 9):
                pair = (roots[other], roots[new])
                assert merkle.verify_consistency((old, new), pair, proof) == (other == old)


def test_proofs_of_the_wrong_length_do_not_hold() -> None:
    read = tree().node
    root, leaf = merkle.root(8, read), merkle.leaf_hash(INPUTS[3])
    proof = merkle.inclusion_proof(3, 8, read)
    assert not merkle.verify_inclusion(leaf, 3, 8, proof[:-1], root)
    assert not merkle.verify_inclusion(leaf, 3, 8, (*proof, root), root)
    assert not merkle.verify_inclusion(leaf, 8, 8, proof, root)
    assert not merkle.verify_inclusion(leaf, -1, 8, proof, root)
    roots = (merkle.root(3, read), root)
    consistency = merkle.consistency_proof(3, 8, read)
    assert not merkle.verify_consistency((3, 8), roots, consistency[:-1])
    assert not merkle.verify_consistency((3, 8), roots, (*consistency, root))
    assert not merkle.verify_consistency((3, 8), roots, ())
    assert not merkle.verify_consistency((0, 8), roots, consistency)
    assert not merkle.verify_consistency((9, 8), roots, consistency)
    assert not merkle.verify_consistency((8, 8), (root, root), (root,))
    assert merkle.verify_consistency((8, 8), (root, root), ())


def test_an_inner_node_does_not_pass_for_an_entry() -> None:
    # Second preimage: the two children of the root as one entry.
    read = tree().node
    left, right = read(2, 0), read(2, 1)
    assert merkle.leaf_hash(left + right) != merkle.root(8, read)


def test_there_is_no_proof_of_what_is_not_there() -> None:
    read = tree().node
    with pytest.raises(IndexError):
        merkle.inclusion_proof(8, 8, read)
    with pytest.raises(IndexError):
        merkle.consistency_proof(0, 8, read)
    with pytest.raises(Damaged):
        merkle.root(9, read)
