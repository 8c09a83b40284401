"""What files say of text and data mining: in their credential, their XMP metadata, and beside them.

XMP is found as its specification foresees for readers that do not know a format: by looking for
its packets in the bytes. What is compressed, or cut into segments, is not found.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from generique.clearance.reservations.carried import MINING_ASSERTIONS
from generique.clearance.reservations.scan import ROBOTS_FILE, SITE_FILE, Sayings, scan
from generique.machineroom.credential_files import ANY_KIND, kind_of, sidecar_of
from generique.machineroom.credential_reading import read_credential
from generique.machineroom.site_files import site_texts
from generique.model.errors import UnreadableInput
from generique.model.kept_passports import Reservation
from generique.model.values import Json

_LARGEST_PACKET = 1_000_000
_MOST_PACKETS = 64
_PACKETS = ((b"<x:xmpmeta", b"</x:xmpmeta>"), (b"<rdf:RDF", b"</rdf:RDF>"))
"""How a packet begins and ends, with its usual wrapping and without."""


def carried_words(path: Path) -> Sayings:
    """What a file itself says."""
    try:
        assertions, unread = tuple(_assertions(path)), ""
    except UnreadableInput as error:
        assertions, unread = (), error.why or error.what
    return Sayings(assertions=assertions, packets=packets(path), unread=unread)


def packets(path: Path) -> tuple[str, ...]:
    """XMP packets in the bytes of a file, in order; the first ones where there are very many."""
    with path.open("rb") as stream:
        if not path.stat().st_size:
            return ()
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            for begin, end in _PACKETS:
                found = tuple(_stretches(data, begin, end))
                if found:
                    return found
    return ()


def _stretches(data: mmap.mmap, begin: bytes, end: bytes) -> Iterator[str]:
    place = 0
    for _ in range(_MOST_PACKETS):
        start = data.find(begin, place)
        if start < 0:
            return
        stop = data.find(end, start, start + _LARGEST_PACKET)
        place = start + len(begin) if stop < 0 else stop + len(end)
        yield data[start:place].decode("utf-8", "replace")


def _assertions(path: Path) -> Iterator[dict[str, Json]]:
    """Training and mining assertions of every manifest that the file carries or lies beside it."""
    kind, beside = kind_of(path), sidecar_of(path)
    if kind is None and not beside.is_file():
        return
    tree = read_credential(path, kind or ANY_KIND, beside if beside.is_file() else None, None)
    for _, manifest in sorted(tree.manifests.items() if tree else ()):
        for assertion in manifest.assertions:
            if assertion.label.partition("__")[0] in MINING_ASSERTIONS:
                data = assertion.data
                yield data if isinstance(data, dict) else {"said": str(data)}


def scan_files(places: Iterable[Path]) -> Iterator[tuple[Reservation, ...]]:
    """Scans of files, and of all files under folders; links are not followed.

    A file of a site counts for what lies in its folder; in the folder that was named, for all.

    Raises:
        UnreadableInput: A place is not there, holds no file, or a file cannot be read.
    """
    for place in places:
        files = sorted(_files(place))
        if not files:
            raise UnreadableInput(
                "there is nothing to look through",
                where=str(place),
                next_step="name the files of the dataset, or a folder that holds them",
            )
        root = place if place.is_dir() else place.parent
        common = site_texts(root / ROBOTS_FILE)
        for path in files:
            yield _scanned(path, path.relative_to(root).as_posix(), common)


def _scanned(path: Path, name: str, common: dict[str, str]) -> tuple[Reservation, ...]:
    texts = {**common, **site_texts(path)}
    sayings = carried_words(path).model_copy(
        update={"site_file": texts.get(SITE_FILE), "robots": texts.get(ROBOTS_FILE)}
    )
    return scan(sayings, "", where=name)


def _files(place: Path) -> Iterator[Path]:
    """The works of a place; the files of a site that speak of them are none."""
    if place.is_file():
        yield place
        return
    for folder, _, names in os.walk(place, followlinks=False):
        for name in names:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink() and name not in {SITE_FILE, ROBOTS_FILE}:
                yield path
