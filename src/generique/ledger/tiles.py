"""The log as static files (https://c2sp.org/tlog-tiles), for other people's verifiers.

A tile is 256 hashes, level *l* of tiles holding the subtrees over ``256**l`` entries; the last tile
of a level may be partial. Entries lie in bundles of 256, each with its length before it in two
bytes. An entry that is longer than two bytes can say keeps its whole bundle from being written;
the entries of that bundle are written as files of their own instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from generique.ledger.merkle import NodeReader

WIDTH = 256
_HEIGHT = 8
_LONGEST_ENTRY = 65_535


def hash_tiles(size: int, read: NodeReader) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every tile of a tree.

    Args:
        size: Leaves of the tree.
        read: Gives the stored nodes.
    """
    level, count = 0, size
    while count:
        for place in range(-(-count // WIDTH)):
            width = min(WIDTH, count - place * WIDTH)
            hashes = (read(level * _HEIGHT, place * WIDTH + offset) for offset in range(width))
            yield _path(str(level), place, width), b"".join(hashes)
        level, count = level + 1, count // WIDTH


def entry_bundles(entries: Iterable[tuple[int, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every entry bundle.

    Args:
        entries: Index and bytes, from 0 without gap.
    """
    for place, group in groupby(entries, key=lambda entry: entry[0] // WIDTH):
        held = list(group)
        if all(len(data) <= _LONGEST_ENTRY for _, data in held):
            bundle = b"".join(len(data).to_bytes(2, "big") + data for _, data in held)
            yield _path("entries", place, len(held)), bundle
        else:
            yield from ((f"long-entries/{index}.json", data) for index, data in held)


def _path(level: str, place: int, width: int) -> str:
    """Path of a tile; the place is written in groups of three digits, all but the last after x."""
    digits = f"{place:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    name = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{level}/{name}" + (f".p/{width}" if width < WIDTH else "")
