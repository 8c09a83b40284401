"""Room for a credential inside a copy of an MP4 or MOV, hashed while it is copied.

The library's own way reads and writes a file about seven times. Here it is read once: the box for
the credential comes after ``ftyp``, all chunk offsets move by its size, and the hash of C2PA 2.4,
section 18.6, is made of the bytes on their way. Only the box itself, ``ftyp`` and ``mfra`` are
outside that hash, which are those that the specification demands: ``free`` and ``skip`` are inside.
What was written is verified by the library before it counts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from generique.machineroom.boxes import Box, Read, movable, moved, padded
from generique.machineroom.hashed_copy import HashedCopy, pieces
from generique.model.values import Json

if TYPE_CHECKING:
    from generique.machineroom.wave_room import WaveRoom

_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_BEFORE_STORE = 8 + len(_C2PA) + 4 + len(b"manifest\0") + 8
"""Bytes of the box before the manifest store: header, identifier, version, purpose, offset."""
_UNHASHED = frozenset({b"ftyp"})


class Room(NamedTuple):
    """Where the credential goes, and the hash of everything else.

    Attributes:
        place: First byte of the box.
        size: Of the box; the manifest store may be shorter.
        digest: SHA-256 over the other boxes, each with its place before it.
    """

    place: int
    size: int
    digest: bytes

    @property
    def capacity(self) -> int:
        """The longest manifest store that goes in."""
        return self.size - _BEFORE_STORE

    def box(self, store: bytes) -> bytes:
        """The box; what is left over is zeros."""
        return (
            self.size.to_bytes(4, "big")
            + b"uuid"
            + _C2PA
            + bytes(4)
            + b"manifest\0"
            + bytes(8)
            + store.ljust(self.capacity, b"\0")
        )


def hash_assertion(digest: bytes) -> dict[str, Json]:
    """The hard binding, as the definition of a manifest states it."""
    identifier: list[Json] = list(_C2PA)
    exclusions: list[Json] = [
        {"xpath": "/uuid", "data": [{"offset": 8, "value": identifier}]},
        {"xpath": "/ftyp"},
        {"xpath": "/mfra"},
    ]
    hashed: list[Json] = list(digest)
    data: dict[str, Json] = {
        "exclusions": exclusions,
        "alg": "sha256",
        "hash": hashed,
        "name": "file without its credential",
    }
    return {"label": "c2pa.hash.bmff.v3", "created": True, "data": data}


def make_room(source: Path, target: Path, capacity: int) -> Room | None:
    """Copy a file and leave room for a manifest store.

    Args:
        source: MP4 or MOV.
        target: Written.
        capacity: Longest manifest store that has to go in, in bytes.

    Returns:
        The room; None for a file that is not moved about, with nothing written.
    """
    size = capacity + _BEFORE_STORE
    with source.open("rb") as stream:
        found = _plan(stream, size)
        if found is None:
            return None
        layout, moov = found
        with target.open("wb") as written:
            digest = _copy(stream, written, layout, moov, size)
    return Room(place=layout[0].end, size=size, digest=digest)


def fill(target: Path, room: Room | WaveRoom, store: bytes) -> None:
    """Put a manifest store into its room."""
    with target.open("r+b") as stream:
        stream.seek(room.place)
        stream.write(room.box(store))


def has_padding(path: Path) -> bool:
    """True when boxes for padding at the top of a movie hold something else than zeros."""
    with path.open("rb") as stream:
        return padded(_reader(stream), stream.seek(0, 2))


def _reader(stream: BinaryIO) -> Read:
    """Reads places of a file."""

    def read(place: int, count: int) -> bytes:
        stream.seek(place)
        return stream.read(count)

    return read


def _plan(stream: BinaryIO, size: int) -> tuple[tuple[Box, ...], bytes] | None:
    """Boxes of the source, and its ``moov`` as it will be."""
    read = _reader(stream)
    layout = movable(read, stream.seek(0, 2))
    if layout is None:
        return None
    index = next(box for box in layout if box.kind == b"moov")
    changed = moved(read(index.start, index.end - index.start), size)
    return None if changed is None else (layout, changed)


def _copy(
    stream: BinaryIO, written: BinaryIO, layout: tuple[Box, ...], moov: bytes, size: int
) -> bytes:
    """Write the copy and hash it."""
    with HashedCopy(written) as copy:
        for box in layout:
            hashed = box.kind not in _UNHASHED
            if hashed:
                copy.count((box.start + size).to_bytes(8, "big"))
            changed = box.kind == b"moov"
            for piece in [moov] if changed else pieces(stream, box.start, box.end):
                copy.write(piece, hashed=hashed)
            if box is layout[0]:
                copy.write(bytes(size), hashed=False)
        return copy.digest()
