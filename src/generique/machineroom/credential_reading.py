"""Reads a credential with the library, as evidence and never as an answer."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path
from typing import Any

import c2pa

from generique.machineroom.claim_builder import unreadable
from generique.machineroom.content_library import library_context
from generique.machineroom.credential_files import MOVIES, opened, read_sidecar
from generique.machineroom.embedding import has_padding
from generique.marks.credential.report import CredentialTree
from generique.model.values import Digest, digest_of


def read_credential(
    path: Path, kind: str, beside: Path | None, anchors: str | None
) -> CredentialTree | None:
    """The credential of a file; None when it has none.

    Args:
        path: The file.
        kind: Its media type.
        beside: The credential that lies beside it; None looks into the file.
        anchors: Root certificates that are trusted, PEM; None trusts nobody.

    Raises:
        UnreadableInput: The file cannot be read, or what stands there is no credential.
    """
    store = None if beside is None else read_sidecar(beside)
    with opened(path) as stream:
        try:
            used = library_context(anchors)
            reader = c2pa.Reader(kind, stream, manifest_data=store, context=used)
            report, structure = reader.json(), reader.crjson()
        except c2pa.C2paError.ManifestNotFound:
            return None
        except c2pa.C2paError as error:
            raise unreadable(path, error) from error
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
