"""Content credentials (C2PA): signs and reads them, inside files and beside them.

No network but the time-stamping authority that was named, no thumbnails, no certificates trusted
but those that the reader names. What is written is read back once and must hold before it takes
its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from generique.machineroom.claim_builder import ClaimBuilder
from generique.machineroom.content_library import require_library
from generique.machineroom.credential_files import (
    ANY_KIND,
    MOVIES,
    WAVE,
    appearing,
    format_of,
    kind_of,
    sidecar_of,
)
from generique.machineroom.credential_reading import read_credential
from generique.machineroom.definitions import (
    SPARE,
    bound,
    capacity_for,
    check_labels,
    data_hash,
    essence_of_definition,
)
from generique.machineroom.embedding import Room, fill, hash_assertion, make_room
from generique.machineroom.essence import essence_of
from generique.machineroom.files import digest_of_file
from generique.machineroom.keys import KeyRing
from generique.machineroom.wave_room import empty_room, make_wave_room
from generique.marks.credential.report import CredentialTree
from generique.model.errors import BackendFailed, UnreadableInput, UsageError
from generique.model.values import Digest, Json

WAVE_TRIES = 3
"""Copies of a sound file that are made, should the length of its credential change."""


class CredentialMaker:
    """Signs and reads credentials.

    Args:
        ring: Gives the signer; not touched for reading.
        stamps: Address of a time-stamping authority (RFC 3161) that is asked at every signing;
            None signs without a time. Where it does not answer nothing is signed.

    Raises:
        NotConfigured: The credential library is too old to be believed.
        UsageError: ``stamps`` is no address.
    """

    def __init__(self, ring: KeyRing, *, stamps: str | None = None) -> None:
        require_library()
        if stamps is not None and not _is_address(stamps):
            raise UsageError(
                "the address of the time-stamping authority is none",
                where="GENERIQUE_TIMESTAMP_URL",
                why="it does not start with http:// or https:// and a name",
                next_step="set it to the address that the authority gives, or remove it",
            )
        self._ring = ring
        self._stamps = stamps

    @property
    def authority(self) -> str | None:
        """Address of the time-stamping authority; None where none is asked."""
        return self._stamps

    def sign(
        self,
        source: Path,
        target: Path,
        definition: Mapping[str, Json],
        ingredients: Mapping[str, Path],
    ) -> None:
        """Write a copy of a file with a signed manifest; the source is left as it is.

        Args:
            source: MP4, MOV, WAV, FLAC, PNG or JPEG.
            target: Path of the signed copy; it appears in one step.
            definition: Manifest definition, see :mod:`generique.marks.credential.claims`.
            ingredients: Signed files by the labels that the definition places.

        Raises:
            UnreadableInput: A file is missing, of another kind, or cut short; labels and
                placements do not agree; or the definition states the essence of another file.
            StorageUnavailable: The target cannot be written.
            BackendFailed: The library wrote a credential that does not hold, or the
                time-stamping authority did not answer.
        """
        check_labels(definition, ingredients)
        signer = self._ring.credential()
        claims = ClaimBuilder(signer, self._stamps)
        with appearing(target) as temporary:
            if not _sign_inside(claims, source, temporary, definition, ingredients):
                claims.copy(source, temporary, definition, ingredients)
            _check_written(temporary, source, signer.root, essence_of_definition(definition))

    def amend(self, source: Path, target: Path, definition: Mapping[str, Json]) -> None:
        """Write a copy of a signed file with an update manifest; its content stays byte for byte.

        Args:
            source: A file with a credential inside.
            target: Path of the copy; it appears in one step.
            definition: Manifest definition of the update.

        Raises:
            UnreadableInput: The file has no credential, or is damaged.
            StorageUnavailable: The target cannot be written.
            BackendFailed: As :meth:`sign`.
        """
        signer = self._ring.credential()
        before = self.read(source, anchors=signer.root)
        if before is None or before.beside:
            raise UnreadableInput(
                "there is no credential in this file that could be added to", where=str(source)
            )
        damage = set(_faults(before)) - {"signingCredential.untrusted"}
        if damage:
            raise UnreadableInput(
                "the credential in this file does not hold, so that nothing is added to it",
                where=str(source),
                why=", ".join(sorted(damage)),
                next_step="verify it: generique verify FILE",
            )
        with appearing(target) as temporary:
            ClaimBuilder(signer, self._stamps).update(source, temporary, definition)
            _check_written(temporary, source, signer.root, essence_of_definition(definition))

    def sign_beside(
        self,
        source: Path,
        definition: Mapping[str, Json],
        ingredients: Mapping[str, Path],
    ) -> Path:
        """Write a credential beside a file of any kind, bound to all its bytes.

        Args:
            source: The file; it is left as it is.
            definition: Manifest definition.
            ingredients: As :meth:`sign`.

        Returns:
            The credential: the file's name with ``.c2pa`` after it.

        Raises:
            UnreadableInput: The file is missing or empty, or the definition is about another.
            StorageUnavailable: The credential cannot be written.
            BackendFailed: As :meth:`sign`.
        """
        check_labels(definition, ingredients)
        essence = essence_of_definition(definition)
        if essence is not None and essence_of(source) != essence:
            raise _another_file(source, essence)
        signer = self._ring.credential()
        target = sidecar_of(source)
        digest = bytes.fromhex(digest_of_file(source).removeprefix("sha256:"))
        ready = bound(definition, data_hash(digest))
        with appearing(target) as temporary:
            claims = ClaimBuilder(signer, self._stamps)
            temporary.write_bytes(claims.store(source, ready, ingredients))
            tree = read_credential(source, ANY_KIND, temporary, signer.root)
            _require_whole(tree, source)
        return target

    def read(self, path: Path, *, anchors: str | None = None) -> CredentialTree | None:
        """The credential of a file, inside it or else beside it; None when it has none.

        Args:
            path: The file.
            anchors: Root certificates in PEM that the reader trusts; None trusts nobody.

        Raises:
            UnreadableInput: The file cannot be read, or what stands in it is no credential.
        """
        beside = sidecar_of(path)
        kind = kind_of(path)
        tree = None if kind is None else read_credential(path, kind, None, anchors)
        if tree is None and beside.is_file():
            return read_credential(path, ANY_KIND, beside, anchors)
        return tree


def _sign_inside(
    claims: ClaimBuilder,
    source: Path,
    target: Path,
    definition: Mapping[str, Json],
    ingredients: Mapping[str, Path],
) -> bool:
    """Sign in one reading; False for a file that has to go the library's own way."""
    kind = format_of(source)
    if kind == WAVE:
        return _sign_wave(claims, source, target, definition, ingredients)
    if kind not in MOVIES:
        return False
    capacity = capacity_for(definition, ingredients)
    while (room := _room(source, target, capacity)) is not None:
        ready = bound(definition, hash_assertion(room.digest))
        store = claims.store(source, ready, ingredients)
        if len(store) <= room.capacity:
            fill(target, room, store)
            return True
        capacity = len(store) + SPARE  # the estimate was too low: once more, with what is known
    return False


def _sign_wave(
    claims: ClaimBuilder,
    source: Path,
    target: Path,
    definition: Mapping[str, Json],
    ingredients: Mapping[str, Path],
) -> bool:
    """Sign sound in one reading, once its credential was signed without a hash for its length."""
    with _reading(source):
        empty = empty_room(source, capacity_for(definition, ingredients))
    if empty is None:
        return False
    store = claims.store(source, bound(definition, empty.binding()), ingredients)
    for _ in range(WAVE_TRIES):
        with _reading(source):
            room = make_wave_room(source, target, len(store))
        if room is None:
            return False
        store = claims.store(source, bound(definition, room.binding()), ingredients)
        if len(store) == room.capacity:
            fill(target, room, store)
            return True
    return False


def _check_written(written: Path, source: Path, root: str, essence: Digest | None) -> None:
    """Read the new credential and the essence back, once, side by side."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        found = None if essence is None else aside.submit(essence_of, written)
        tree = read_credential(written, format_of(written), None, root)
        if found is not None and found.result() != essence:
            raise _another_file(source, essence)
    _require_whole(tree, source)


def _room(source: Path, target: Path, capacity: int) -> Room | None:
    """Room in a copy."""
    with _reading(source):
        return make_room(source, target, capacity)


@contextmanager
def _reading(source: Path) -> Iterator[None]:
    """Errors of reading the source are the source's."""
    try:
        yield
    except EOFError as error:
        raise UnreadableInput(
            "the file cannot be read", where=str(source), why=str(error)
        ) from error


def _faults(tree: CredentialTree | None) -> list[str]:
    """Codes of what does not hold in the credential of a file."""
    results = tree.validation.active if tree and tree.validation else None
    return [status.code for status in results.failure] if results else ["no credential"]


def _require_whole(tree: CredentialTree | None, source: Path) -> None:
    """What was just written holds."""
    faults = _faults(tree)
    if faults:
        raise BackendFailed(
            "the credential that was just written does not hold",
            where=str(source),
            why=", ".join(faults),
            next_step="report this file; nothing was published",
        )


def _another_file(source: Path, essence: Digest | None) -> UnreadableInput:
    return UnreadableInput(
        "the credential would be about another file",
        where=str(source),
        why=f"it states the essence {essence}, which is not this file's",
    )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
