"""The manifest store (JUMBF) of a file as bytes, as a service hands it out.

From the ``uuid`` box of a movie (C2PA 2.4, section A.5: identifier, version and flags, purpose as a
text that ends with 0, place of the first auxiliary box) or from the credential beside a file.
"""

from __future__ import annotations

from pathlib import Path

from generique.machineroom.boxes import boxes
from generique.machineroom.credential_files import MOVIES, kind_of, opened, read_sidecar, sidecar_of

_IDENTIFIER = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_WHOLE, _FIRST, _ADDED = b"manifest\x00", b"original\x00", b"update\x00"
"""A movie that was added to holds what was added in a second box; its manifests come last."""
_VERSION_BYTES, _OFFSET_BYTES = 4, 8
_LONGEST = 1 << 26


def manifest_store(path: Path) -> bytes | None:
    """The manifest store of a movie, or of any file with a credential beside it.

    Returns:
        The bytes; None where there is none that is understood.

    Raises:
        UnreadableInput: The file cannot be read.
    """
    if sidecar_of(path).is_file():
        return read_sidecar(sidecar_of(path))
    return _inside(path) if kind_of(path) in MOVIES else None


def _inside(path: Path) -> bytes | None:
    """The store in a movie's own box, with what was added to it."""
    found: dict[bytes, bytes | None] = {}
    with opened(path) as stream:

        def read(place: int, count: int) -> bytes:
            stream.seek(place)
            return stream.read(count)

        length = path.stat().st_size
        for box in boxes(read, 0, length) or ():
            if box.kind != b"uuid" or read(box.body, 16) != _IDENTIFIER:
                continue
            body = read(box.body + 16, min(box.end - box.body - 16, _LONGEST))
            content = body[_VERSION_BYTES:]
            for purpose in (_WHOLE, _FIRST, _ADDED):
                if content.startswith(purpose):
                    found[purpose] = _one_box(content[len(purpose) + _OFFSET_BYTES :])
    first, added = found.get(_FIRST), found.get(_ADDED)
    return found.get(_WHOLE) if first is None or added is None else _joined(first, added)


def _joined(first: bytes, added: bytes) -> bytes | None:
    """One store with the manifests of two; each begins with a box that describes it."""
    end = 8 + int.from_bytes(added[8:12], "big")
    if added[12:16] != b"jumd" or end > len(added):
        return None
    size = len(first) + len(added) - end
    return size.to_bytes(4, "big") + first[4:] + added[end:]


def _one_box(data: bytes) -> bytes | None:
    """The first box of some bytes, without what was left free behind it."""
    size = int.from_bytes(data[:4], "big")
    return data[:size] if data[4:8] == b"jumb" and 8 <= size <= len(data) else None
