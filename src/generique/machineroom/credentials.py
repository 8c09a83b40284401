"""Content credentials (C2PA): the one module that touches the credential library.

No network, no thumbnails, no certificates trusted but those that the reader names. What is
written is read back once and must hold before it takes its place.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import c2pa

from generique.machineroom.essence import essence_of
from generique.machineroom.keys import KeyRing
from generique.marks.credential.report import CredentialTree
from generique.marks.credential.statements import essence_stated_by
from generique.model.errors import BackendFailed, StorageUnavailable, UnreadableInput
from generique.model.values import Json

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (8, b"WAVE", "audio/wav"),
    (0, b"fLaC", "audio/flac"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
)
_HEAD = 16


class CredentialMaker:
    """Signs and reads credentials.

    Args:
        ring: Gives the signer; not touched for reading.
    """

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

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
            BackendFailed: The library wrote a credential that does not hold.
        """
        _check_labels(definition, ingredients)
        _check_essence(definition, source)
        signer = self._ring.credential()
        with _beside(target) as temporary:
            context = _context(signer.root)
            builder = _translated(
                source, lambda: c2pa.Builder(json.dumps(definition), context=context)
            )
            for label, path in ingredients.items():
                _add(builder, label, path)
            with _opened(source) as stream, temporary.open("w+b") as written:
                _translated(
                    source,
                    lambda: builder.sign(
                        c2pa.Signer.from_callback(
                            signer.sign, c2pa.C2paSigningAlg.ES256, signer.chain
                        ),
                        format_of(source),
                        stream,
                        written,
                    ),
                )
            self._check_written(temporary, source, signer.root)
            temporary.chmod(0o644)
            temporary.replace(target)

    def read(self, path: Path, *, anchors: str | None = None) -> CredentialTree | None:
        """The credential of a file; None when it has none.

        Args:
            path: The file.
            anchors: Root certificates in PEM that the reader trusts; None trusts nobody.

        Raises:
            UnreadableInput: The file cannot be read, or what stands in it is no credential.
        """
        kind = format_of(path)
        with _opened(path) as stream:
            try:
                reader = c2pa.Reader(kind, stream, context=_context(anchors))
                report = reader.json()
            except c2pa.C2paError.ManifestNotFound:
                return None
            except c2pa.C2paError as error:
                raise _unreadable(path, error) from error
        return CredentialTree.parse(report, where=str(path), anchored=anchors is not None)

    def _check_written(self, written: Path, source: Path, root: str) -> None:
        """Read the new credential back, once."""
        tree = self.read(written, anchors=root)
        results = tree.validation.active if tree and tree.validation else None
        faults = [status.code for status in results.failure] if results else ["no credential"]
        if faults:
            raise BackendFailed(
                "the credential that was just written does not hold",
                where=str(source),
                why=", ".join(faults),
                next_step="report this file; nothing was published",
            )


def format_of(path: Path) -> str:
    """Media type of a file by its first bytes; files in the vault have no suffix.

    Raises:
        UnreadableInput: It cannot be read, or is of no kind that carries a credential.
    """
    with _opened(path) as stream:
        head = stream.read(_HEAD)
    if head[4:8] == b"ftyp":
        return "video/quicktime" if head[8:12] == b"qt  " else "video/mp4"
    for offset, mark, kind in _SIGNATURES:
        if head[offset : offset + len(mark)] == mark:
            return kind
    raise UnreadableInput(
        "this file cannot carry a credential",
        where=str(path),
        why="it is empty" if not head else "it is not MP4, MOV, WAV, FLAC, PNG or JPEG",
        next_step="wrap it as one of these, or keep it beside the credentialed file",
    )


def _context(anchors: str | None) -> Any:
    """Settings of one operation; nothing is kept between two."""
    settings: dict[str, Any] = {
        "builder": {"thumbnail": {"enabled": False}},
        "verify": {
            "verify_after_sign": False,  # it is read back here, once
            "verify_trust": True,
            "remote_manifest_fetch": False,
            "ocsp_fetch": False,
        },
    }
    if anchors is not None:
        settings["trust"] = {"trust_anchors": anchors}
    try:
        return c2pa.Context.from_dict(settings)
    except c2pa.C2paError as error:
        raise UnreadableInput(
            "the root certificates cannot be read",
            why=str(error)[:200],
            next_step="give certificates in PEM",
        ) from error


def _add(builder: Any, label: str, path: Path) -> None:
    """Take an ingredient in, validated on the way."""
    described = {"title": label, "relationship": "componentOf", "label": label}
    kind = format_of(path)
    with _opened(path) as stream:
        _translated(path, lambda: builder.add_ingredient(json.dumps(described), kind, stream))


def _check_labels(definition: Mapping[str, Json], ingredients: Mapping[str, Path]) -> None:
    """Every ingredient is placed, and everything placed is there."""
    placed: set[str] = set()
    for assertion in _list(definition.get("assertions")):
        data = assertion.get("data")
        for action in _list(data.get("actions") if isinstance(data, dict) else None):
            parameters = action.get("parameters")
            if isinstance(parameters, dict):
                listed = parameters.get("ingredientIds")
                placed.update(str(label) for label in (listed if isinstance(listed, list) else ()))
    if placed != set(ingredients):
        raise UnreadableInput(
            "the credential's ingredients are not those that it places",
            why=f"not in both: {', '.join(sorted(placed ^ set(ingredients)))}",
        )


def _check_essence(definition: Mapping[str, Json], source: Path) -> None:
    """What the definition says of picture and sound is true of this file."""
    stated = essence_stated_by(
        {str(item.get("label")): item.get("data") for item in _list(definition.get("assertions"))}
    )
    if stated is not None and essence_of(source) != stated:
        raise UnreadableInput(
            "the credential would be about another file",
            where=str(source),
            why=f"it states the essence {stated}, which is not this file's",
        )


def _list(value: object) -> list[dict[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _translated(path: Path, act: Callable[[], Any]) -> Any:
    """Do something with the library, and put its refusal into our words."""
    try:
        return act()
    except c2pa.C2paError as error:
        raise _unreadable(path, error) from error


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """A file for reading."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise UnreadableInput(
            "the file cannot be read", where=str(path), why=error.strerror
        ) from error
    with stream:
        yield stream


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A temporary path in the target's folder, removed afterwards."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=target.parent, prefix=".generique-")
        os.close(number)
        try:
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise StorageUnavailable(
            "the signed file cannot be written",
            where=str(target),
            why=error.strerror or str(error),
            next_step="make room, or the folder writable, and run the same command again",
        ) from error


def _unreadable(path: Path, error: Exception) -> UnreadableInput:
    return UnreadableInput(
        "the credential library cannot work with this file",
        where=str(path),
        why=str(error)[:300],
        next_step="open the file in a player; if it is cut short or damaged, copy it again",
    )
