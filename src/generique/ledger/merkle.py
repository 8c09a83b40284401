"""The Merkle tree of RFC 6962, section 2.1, over SHA-256.

Subtrees over ``2**level`` leaves that start at a multiple of ``2**level`` never change once they
are full. Their hashes are stored as *nodes* (level, index), so that roots and proofs of a log of
n entries need O(log n) of them. Proofs are checked without any store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""Root of the tree without leaves."""

NodeReader: TypeAlias = Callable[[int, int], bytes]
"""Gives the hash of the complete subtree (level, index)."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash of a leaf: SHA-256 of 0x00 and the entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: SHA-256 of 0x01 and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed_nodes(
    index: int, leaf: bytes, read: NodeReader
) -> tuple[tuple[int, int, bytes], ...]:
    """The nodes that a new leaf completes, as (level, index, hash), the leaf itself first.

    Args:
        index: Index of the new leaf; all before it are stored.
        leaf: Its hash.
        read: Gives nodes that are stored already.
    """
    nodes = [(0, index, leaf)]
    level, place, value = 0, index, leaf
    while place & 1:
        value = node_hash(read(level, place - 1), value)
        level, place = level + 1, place >> 1
        nodes.append((level, place, value))
    return tuple(nodes)


def root(size: int, read: NodeReader) -> bytes:
    """Root of the tree over the first ``size`` leaves."""
    return EMPTY_ROOT if size == 0 else _range_hash(0, size, read)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Root over leaf hashes alone, without a store; O(log n) memory."""
    peaks = Peaks()
    for leaf in leaves:
        peaks.add(leaf)
    return peaks.root()


class Peaks:
    """Running root: keeps the hashes of the complete subtrees along the right edge."""

    def __init__(self) -> None:
        self._peaks: list[bytes] = []
        self.size = 0

    def add(self, leaf: bytes) -> None:
        """Append a leaf hash."""
        value, place = leaf, self.size
        while place & 1:
            value = node_hash(self._peaks.pop(), value)
            place >>= 1
        self._peaks.append(value)
        self.size += 1

    def root(self) -> bytes:
        """Root over the leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        value = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            value = node_hash(peak, value)
        return value


def inclusion_proof(index: int, size: int, read: NodeReader) -> tuple[bytes, ...]:
    """Audit path of a leaf, its sibling first (RFC 6962, section 2.1.1).

    Args:
        index: 0 <= index < size.
        size: Leaves of the tree.
        read: Gives the stored nodes.
    """
    if not 0 <= index < size:
        raise IndexError(f"leaf {index} of {size}")
    start, end = 0, size
    path: list[bytes] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_hash(middle, end, read))
            end = middle
        else:
            path.append(_range_hash(start, middle, read))
            start = middle
    return tuple(reversed(path))


def consistency_proof(old: int, new: int, read: NodeReader) -> tuple[bytes, ...]:
    """Proof that the first ``old`` leaves are those of the old tree (RFC 6962, section 2.1.2).

    Args:
        old: 0 < old <= new.
        new: Leaves of the new tree.
        read: Gives the stored nodes.
    """
    if not 0 < old <= new:
        raise IndexError(f"no consistency proof from {old} to {new}")
    start, end = 0, new
    whole = True
    path: list[bytes] = []
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_hash(middle, end, read))
            end = middle
        else:
            path.append(_range_hash(start, middle, read))
            start, whole = middle, False
    if not whole:
        path.append(_range_hash(start, end, read))
    return tuple(reversed(path))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes
) -> bool:
    """True when the leaf stands at that index of the tree (RFC 9162, section 2.1.3.2).

    Args:
        leaf: Hash of the leaf.
        index: Its index.
        size: Leaves of the tree.
        proof: Audit path, sibling first; exactly as long as needed.
        expected: Root of the tree.
    """
    if not 0 <= index < size:
        return False
    place, last, value = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            value = node_hash(sibling, value)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and value == expected


def verify_consistency(
    sizes: tuple[int, int], roots: tuple[bytes, bytes], proof: Sequence[bytes]
) -> bool:
    """True when the new tree begins with all of the old one (RFC 9162, section 2.1.4.2).

    Args:
        sizes: Leaves of the old and of the new tree, 0 < old <= new.
        roots: Their roots.
        proof: As :func:`consistency_proof` gives it.
    """
    old, new = sizes
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and roots[0] == roots[1]
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, roots[0])
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for value in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(value, first), node_hash(value, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, value)
        place, last = place >> 1, last >> 1
    return last == 0 and (first, second) == roots


def _split(count: int) -> int:
    """Largest power of two smaller than ``count`` (count > 1)."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_hash(start: int, end: int, read: NodeReader) -> bytes:
    """Hash over leaves [start, end), where ``start`` is a multiple of the first subtree's size."""
    hashes: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        hashes.append(read(level, start >> level))
        start += 1 << level
    value = hashes.pop()
    while hashes:
        value = node_hash(hashes.pop(), value)
    return value
