"""Room for a credential in a copy of a WAV file, hashed while it is copied.

The library's own way holds the whole file in memory, several times over. Here it is read once. The
chunk for the credential comes last (C2PA 2.4, annex A.3), and nothing else is outside the hash.
The length of the file stands in its first bytes, which are hashed, so that the length of the
credential has to be known first; other validators allow no padding after it. What was written is
verified by the library before it counts.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO, NamedTuple

from generique.machineroom.definitions import data_hash
from generique.machineroom.hashed_copy import HashedCopy, pieces
from generique.model.values import Json

_HEAD = struct.Struct("<4sI4s")
_CHUNK = struct.Struct("<4sI")
_LARGEST = (1 << 32) - 1
_MOST_CHUNKS = 10_000


class WaveRoom(NamedTuple):
    """Where the credential goes, and the hash of everything else.

    Attributes:
        place: First byte of the chunk, the byte after the rest of the file.
        capacity: Length of the manifest store that goes in, neither more nor less.
        digest: SHA-256 over all bytes outside the chunk.
    """

    place: int
    capacity: int
    digest: bytes

    def binding(self) -> dict[str, Json]:
        """The hard binding, as the definition of a manifest states it."""
        left_out = (self.place, _CHUNK.size + self.capacity)
        return data_hash(self.digest, "file without its credential", left_out)

    def box(self, store: bytes) -> bytes:
        """The chunk."""
        return _CHUNK.pack(b"C2PA", self.capacity) + store


def empty_room(source: Path, capacity: int) -> WaveRoom | None:
    """Room as it will be, but for the hash; nothing is written.

    Args:
        source: WAV.
        capacity: Expected length of the manifest store, in bytes.

    Returns:
        The room; None for a file that is not understood whole, or has a credential.
    """
    with source.open("rb") as stream:
        end = _end(stream)
    return None if end is None else WaveRoom(place=end, capacity=capacity, digest=bytes(32))


def make_wave_room(source: Path, target: Path, capacity: int) -> WaveRoom | None:
    """Copy a file and leave room for a manifest store after it.

    Args:
        source: WAV.
        target: Written.
        capacity: Length of the manifest store that will go in, in bytes.

    Returns:
        The room; None for a file that is not understood whole, with nothing written.

    Raises:
        EOFError: The file became shorter while it was read.
    """
    padding = bytes(capacity % 2)
    with source.open("rb") as stream:
        end = _end(stream)
        if end is None or end + capacity + len(padding) > _LARGEST:
            return None
        with target.open("wb") as written, HashedCopy(written) as copy:
            copy.write(_HEAD.pack(b"RIFF", end + capacity + len(padding), b"WAVE"))
            for piece in pieces(stream, _HEAD.size, end):
                copy.write(piece)
            copy.write(bytes(_CHUNK.size + capacity), hashed=False)
            copy.write(padding)
            return WaveRoom(place=end, capacity=capacity, digest=copy.digest())


def _end(stream: BinaryIO) -> int | None:
    """Length of a file that its chunks fill exactly; None for any other, and for a signed one."""
    length = stream.seek(0, 2)
    stream.seek(0)
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size or _HEAD.unpack(head) != (b"RIFF", length - _CHUNK.size, b"WAVE"):
        return None
    place = _HEAD.size
    for _ in range(_MOST_CHUNKS):
        if place == length:
            return length
        stream.seek(place)
        found = stream.read(_CHUNK.size)
        if len(found) < _CHUNK.size:
            return None
        kind, size = _CHUNK.unpack(found)
        place += _CHUNK.size + size + size % 2
        if kind == b"C2PA" or place > length:
            return None
    return None
