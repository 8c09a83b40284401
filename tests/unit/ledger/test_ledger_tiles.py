"""Tiles, and the tree as a foreign implementation sees it."""

from __future__ import annotations

import hashlib
import random

import pytest
from ledger_films import small_ledger
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion
from pymerkle.proof import InvalidProof

from generique.ledger import merkle
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.tiles import entry_bundles, hash_tiles


def filled(size: int, *, long: int | None = None) -> MemoryEntryStore:
    store = MemoryEntryStore()
    for number in range(size):
        store.append(bytes(70_000) if number == long else b"%d" % number)
    return store


def widths(size: int) -> dict[str, int]:
    return {
        path: len(data) // 32 for path, data in hash_tiles(size, lambda level, place: bytes(32))
    }


def test_tiles_are_those_of_the_examples_of_the_specification() -> None:
    found = widths(70_000)
    assert sum(path.startswith("tile/0/") for path in found) == 274
    assert found["tile/0/273.p/112"] == 112
    assert found["tile/1/000"] == 256
    assert found["tile/1/001.p/17"] == 17
    assert found["tile/2/000.p/1"] == 1
    assert len(found) == 274 + 2 + 1
    assert set(widths(256)) == {"tile/0/000", "tile/1/000.p/1"}
    assert widths(0) == {}
    assert "tile/0/x001/000.p/1" in widths(256_001)


def test_a_reader_of_tiles_finds_the_root_and_the_entries() -> None:
    store = filled(600)
    tiles = dict(hash_tiles(600, store.node))
    hashes = [
        tile[start : start + 32]
        for name in ("tile/0/000", "tile/0/001", "tile/0/002.p/88")
        for tile in [tiles[name]]
        for start in range(0, len(tile), 32)
    ]
    assert merkle.root_of(hashes) == merkle.root(600, store.node)
    whole = tiles["tile/1/000.p/2"]
    assert whole[:32] == merkle.root_of(hashes[:256])
    assert whole[32:] == merkle.root_of(hashes[256:512])
    read = []
    for data in dict(entry_bundles(store.entries())).values():
        place = 0
        while place < len(data):
            length = int.from_bytes(data[place : place + 2], "big")
            read.append(data[place + 2 : place + 2 + length])
            place += 2 + length
    assert [merkle.leaf_hash(entry) for entry in read] == hashes


def test_an_entry_too_long_for_a_bundle_is_written_by_itself() -> None:
    found = dict(entry_bundles(filled(300, long=260).entries()))
    assert "tile/entries/000" in found
    assert "tile/entries/001.p/44" not in found
    assert len(found["long-entries/260.json"]) == 70_000
    assert len(found) == 1 + 44


def test_the_log_as_files_ends_with_its_checkpoint() -> None:
    ledger = small_ledger(3)
    files = dict(ledger.tiles())
    assert list(files) == ["tile/0/000.p/3", "tile/entries/000.p/3", "checkpoint"]
    assert files["checkpoint"].decode() == ledger.checkpoint()


@pytest.mark.parametrize("seed", range(6))
def test_a_foreign_implementation_agrees_on_random_trees(seed: int) -> None:
    chance = random.Random(seed)
    size = chance.randrange(2, 400)
    entries = [chance.randbytes(chance.randrange(60)) for _ in range(size)]
    tree, store = InmemoryTree(algorithm="sha256"), MemoryEntryStore()
    for entry in entries:
        tree.append_entry(entry)
        store.append(entry)
    assert merkle.root(size, store.node) == tree.get_root()
    for _ in range(6):
        old = chance.randrange(1, size + 1)
        assert merkle.root(old, store.node) == tree.get_root(old)
        index = chance.randrange(old)
        theirs = tree.prove_inclusion(index + 1, old)
        ours = merkle.inclusion_proof(index, old, store.node)
        # Theirs begins with the leaf itself; then the siblings in the same order.
        leaf = hashlib.sha256(b"\x00" + entries[index]).digest()
        assert list(theirs.path) == [leaf, *ours]
        verify_inclusion(leaf, tree.get_root(old), theirs)
        assert merkle.verify_inclusion(leaf, index, old, theirs.path[1:], tree.get_root(old))
        assert not merkle.verify_inclusion(leaf, index, old, theirs.path[1:], bytes(32))
        later = chance.randrange(old, size + 1)
        grown = tree.prove_consistency(old, later)
        verify_consistency(tree.get_root(old), tree.get_root(later), grown)
        between = merkle.consistency_proof(old, later, store.node)
        sizes, roots = (old, later), (tree.get_root(old), tree.get_root(later))
        assert merkle.verify_consistency(sizes, roots, between)
        if later > old:
            # Theirs is spelt in another order than RFC 9162's, so roots are compared, not paths.
            with pytest.raises(InvalidProof):
                verify_consistency(bytes(32), tree.get_root(later), grown)
