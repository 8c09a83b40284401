"""The boxes of an MP4 or MOV (ISO/IEC 14496-12), as far as making room for a credential needs.

Only files that are understood whole are moved about: one ``moov`` with chunk offsets, no fragments,
no offsets anywhere else. For any other the answer is None, and the caller takes the long way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

_LARGEST_INDEX = 1 << 28
_MOST_BOXES = 10_000
_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf"})
_ELSEWHERE = frozenset(
    {b"moof", b"mfra", b"mvex", b"sidx", b"saio", b"iloc", b"cmov", b"rmra", b"uuid"}
)
"""Boxes with offsets of their own, or that say that others have."""
_PLAIN = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"udta"})
"""Boxes that may stand at the top of a file that is moved."""
_OFFSETS = {b"stco": ">u4", b"co64": ">u8"}
_TABLE = 16
"""Bytes before the entries of a table of chunk offsets."""

Read = Callable[[int, int], bytes]
"""Bytes of a place and of a length; fewer at the end."""


class Box(NamedTuple):
    """One box: kind, place of its first byte, of its content, and after its last byte."""

    kind: bytes
    start: int
    body: int
    end: int


def boxes(read: Read, start: int, end: int) -> tuple[Box, ...] | None:
    """The boxes that fill a stretch exactly, None when boxes do not fill it.

    Args:
        read: Gives bytes.
        start: First byte of the stretch.
        end: Byte after its last.
    """
    found: list[Box] = []
    place = start
    while place < end:
        head = read(place, 16)
        if len(head) < 8 or len(found) >= _MOST_BOXES:
            return None
        size, body = int.from_bytes(head[:4], "big"), place + 8
        if size == 1:
            size, body = int.from_bytes(head[8:16], "big"), place + 16
        elif size == 0:
            size = end - place
        if size < body - place or place + size > end:
            return None
        found.append(Box(head[4:8], place, body, place + size))
        place += size
    return tuple(found)


def movable(read: Read, length: int) -> tuple[Box, ...] | None:
    """Top-level boxes of a file whose content may be moved as one; None for any other file."""
    found = boxes(read, 0, length)
    if not found or found[0].kind != b"ftyp" or not {box.kind for box in found} <= _PLAIN:
        return None
    kinds = [box.kind for box in found]
    return found if kinds.count(b"moov") == 1 and kinds.count(b"ftyp") == 1 else None


def padded(read: Read, length: int) -> bool:
    """True when boxes for padding at the top of a file hold something else than zeros."""
    return any(
        box.kind in {b"free", b"skip"} and any(read(box.body, box.end - box.body))
        for box in boxes(read, 0, length) or ()
    )


def moved(moov: bytes, by: int) -> bytes | None:
    """A ``moov`` whose media begin later in the file; None where it has offsets unknown to us.

    Args:
        moov: The whole box.
        by: Bytes by which all media move.
    """
    changed = bytearray(moov)
    if len(moov) > _LARGEST_INDEX:
        return None
    tables = list(_walk(moov, 0, len(moov)))
    if not any(box is not None and box.kind in _OFFSETS for box in tables):
        return None
    for box in tables:
        if box is None or not _shift(changed, box, by):
            return None
    return bytes(changed)


def _walk(data: bytes, start: int, end: int) -> Iterator[Box | None]:
    """Tables of offsets below, and None for what is not understood."""
    found = boxes(lambda place, count: data[place : min(place + count, end)], start, end)
    if found is None:
        yield None
        return
    for box in found:
        if box.kind in _OFFSETS or box.kind == b"dref":
            yield box
        elif box.kind in _CONTAINERS:
            yield from _walk(data, box.body, box.end)
        elif box.kind in _ELSEWHERE or b"iloc" in data[box.body : box.end]:
            yield None


def _shift(data: bytearray, box: Box, by: int) -> bool:
    """Move the offsets of a table; False where that cannot be done."""
    if box.kind == b"dref":
        return _within(data, box)
    form = np.dtype(_OFFSETS[box.kind])
    count = int.from_bytes(data[box.body + 4 : box.body + 8], "big")
    first = box.start + _TABLE
    if first + count * form.itemsize > box.end:
        return False
    places = np.frombuffer(data, dtype=form, count=count, offset=first).astype(np.uint64)
    if count and int(places.max()) + by > np.iinfo(form).max:
        return False
    data[first : first + count * form.itemsize] = (places + np.uint64(by)).astype(form).tobytes()
    return True


def _within(data: bytearray, box: Box) -> bool:
    """True when all media of a track lie in this very file."""
    found = boxes(lambda place, count: bytes(data[place : place + count]), box.body + 8, box.end)
    return found is not None and all(
        int.from_bytes(data[entry.body + 1 : entry.body + 4], "big") & 1 for entry in found
    )
