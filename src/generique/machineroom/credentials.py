"""Content credentials (C2PA): signs and reads them, inside files and beside them.

No network but the time-stamping authority that was named, no thumbnails, no certificates trusted
but those that the reader names. What is written is read back once and must hold before it takes
its place.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import c2pa

from generique.machineroom.certificates import CredentialSigner
from generique.machineroom.content_library import library_context, require_library, sign_bound
from generique.machineroom.credential_files import (
    ANY_KIND,
    MOVIES,
    appearing,
    format_of,
    kind_of,
    opened,
    read_sidecar,
    sidecar_of,
)
from generique.machineroom.definitions import (
    SPARE,
    bound,
    capacity_for,
    check_labels,
    data_hash,
    essence_of_definition,
)
from generique.machineroom.embedding import (
    Room,
    fill,
    has_padding,
    hash_assertion,
    make_room,
)
from generique.machineroom.essence import essence_of
from generique.machineroom.files import digest_of_file
from generique.machineroom.keys import KeyRing
from generique.marks.credential.report import CredentialTree
from generique.model.errors import BackendFailed, UnreadableInput, UsageError
from generique.model.values import Digest, Json, digest_of


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
        kind = format_of(source)
        with appearing(target) as temporary:
            if kind not in MOVIES or not self._sign_inside(
                source, temporary, definition, ingredients, signer
            ):
                builder = self._builder(source, definition, ingredients, signer)
                self._sign_copy(builder, source, temporary, kind)
            self._check_written(temporary, source, signer.root, essence_of_definition(definition))

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
            builder = self._builder(source, definition, {}, signer)
            builder.set_intent(c2pa.C2paBuilderIntent.UPDATE)
            self._sign_copy(builder, source, temporary, format_of(source))
            self._check_written(temporary, source, signer.root, essence_of_definition(definition))

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
            builder = self._builder(source, ready, ingredients, signer)
            temporary.write_bytes(self._translated(source, partial(sign_bound, builder)))
            tree = self._read(source, ANY_KIND, temporary, signer.root)
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
        tree = None if kind is None else self._read(path, kind, None, anchors)
        if tree is None and beside.is_file():
            return self._read(path, ANY_KIND, beside, anchors)
        return tree

    def _sign_inside(
        self,
        source: Path,
        target: Path,
        definition: Mapping[str, Json],
        ingredients: Mapping[str, Path],
        signer: CredentialSigner,
    ) -> bool:
        """Sign in one reading; False for a file that has to go the library's own way."""
        capacity = capacity_for(definition, ingredients)
        while (room := _room(source, target, capacity)) is not None:
            ready = bound(definition, hash_assertion(room.digest))
            builder = self._builder(source, ready, ingredients, signer)
            store = self._translated(source, partial(sign_bound, builder))
            if len(store) <= room.capacity:
                fill(target, room, store)
                return True
            capacity = len(store) + SPARE  # the estimate was too low: once more, with what is known
        return False

    def _sign_copy(self, builder: Any, source: Path, target: Path, kind: str) -> None:
        """Let the library write the signed copy."""
        with opened(source) as stream, target.open("w+b") as written:
            self._translated(source, lambda: builder.sign(kind, stream, written))

    def _builder(
        self,
        source: Path,
        definition: Mapping[str, Json],
        ingredients: Mapping[str, Path],
        signer: CredentialSigner,
    ) -> Any:
        """The library's builder, with everything that goes into the claim."""
        plain = {key: value for key, value in definition.items() if key != "resources"}
        used = library_context(signer.root, signer, self._stamps)
        builder = self._translated(source, lambda: c2pa.Builder(json.dumps(plain), context=used))
        resources = definition.get("resources")
        for label, text in (resources if isinstance(resources, dict) else {}).items():
            stream = io.BytesIO(str(text).encode())
            self._translated(source, partial(builder.add_resource, label, stream))
        for label, path in ingredients.items():
            _add(builder, label, path)
        return builder

    def _read(
        self, path: Path, kind: str, beside: Path | None, anchors: str | None
    ) -> CredentialTree | None:
        store = None if beside is None else read_sidecar(beside)
        with opened(path) as stream:
            try:
                used = library_context(anchors)
                reader = c2pa.Reader(kind, stream, manifest_data=store, context=used)
                report, structure = reader.json(), reader.crjson()
            except c2pa.C2paError.ManifestNotFound:
                return None
            except c2pa.C2paError as error:
                raise _unreadable(path, error) from error
            tree = CredentialTree.parse(
                report, where=str(path), anchored=anchors is not None, structure=structure
            )
            return tree.model_copy(
                update={
                    "beside": beside is not None,
                    "inputs": _inputs(tree, reader),
                    "padded": kind in MOVIES and has_padding(path),
                }
            )

    def _check_written(
        self, written: Path, source: Path, root: str, essence: Digest | None
    ) -> None:
        """Read the new credential and the essence back, once, side by side."""
        with ThreadPoolExecutor(max_workers=1) as aside:
            found = None if essence is None else aside.submit(essence_of, written)
            tree = self._read(written, format_of(written), None, root)
            if found is not None and found.result() != essence:
                raise _another_file(source, essence)
        _require_whole(tree, source)

    def _translated(self, path: Path, act: Callable[[], Any]) -> Any:
        """Do something with the library, and put its refusal into our words."""
        try:
            return act()
        except c2pa.C2paError as error:
            if self._stamps is not None and _about_stamps(str(error)):
                raise _no_stamp(self._stamps, path, error) from error
            raise _unreadable(path, error) from error


def _add(builder: Any, label: str, path: Path) -> None:
    """Take an ingredient in, validated on the way."""
    described = {"title": label, "relationship": "componentOf", "label": label}
    kind = format_of(path)
    with opened(path) as stream:
        try:
            builder.add_ingredient(json.dumps(described), kind, stream)
        except c2pa.C2paError as error:
            raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> UnreadableInput:
    return UnreadableInput(
        "the credential library cannot work with this file",
        where=str(path),
        why=str(error)[:300],
        next_step="open the file in a player; if it is cut short or damaged, copy it again",
    )


def _room(source: Path, target: Path, capacity: int) -> Room | None:
    """Room in a copy; errors of reading the source are the source's."""
    try:
        return make_room(source, target, capacity)
    except EOFError as error:
        raise UnreadableInput(
            "the file cannot be read", where=str(source), why=str(error)
        ) from error


def _inputs(tree: CredentialTree, reader: Any) -> dict[str, Digest]:
    """Digests of what is embedded of inputs, by its address in the credential."""
    found: dict[str, Digest] = {}
    for manifest in tree.manifests.values():
        for ingredient in manifest.ingredients:
            if ingredient.relationship == "inputTo" and ingredient.data is not None:
                held = io.BytesIO()
                with suppress(c2pa.C2paError):  # what is not there has no digest, and is judged so
                    reader.resource_to_stream(ingredient.data.identifier, held)
                    found[ingredient.data.identifier] = digest_of(held.getvalue())
    return found


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


def _about_stamps(error: str) -> bool:
    """True when the library refuses a signature over something else than our certificate."""
    return error.startswith("Signature:") and "certificate" not in error


def _no_stamp(address: str, path: Path, error: Exception) -> BackendFailed:
    return BackendFailed(
        "the time-stamping authority gave no stamp, so that nothing was signed",
        where=f"{address}, for {path.name}",
        why=str(error)[:300],
        next_step="run the same command again when it answers, or sign without a time by "
        "removing GENERIQUE_TIMESTAMP_URL",
    )
