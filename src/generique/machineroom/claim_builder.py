"""Builds and signs claims with the library, and puts its refusals into our words."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import c2pa

from generique.machineroom.certificates import CredentialSigner
from generique.machineroom.content_library import library_context, sign_bound
from generique.machineroom.credential_files import format_of, opened
from generique.machineroom.definitions import opened_labels
from generique.machineroom.large_reads import BUFFER
from generique.model.errors import BackendFailed, UnreadableInput
from generique.model.values import Json


class ClaimBuilder:
    """Signs claims in one signer's name.

    Args:
        signer: Signs.
        stamps: Address of the authority that stamps the time; None asks none.

    Every method raises UnreadableInput for a file or a definition that the library cannot work
    with, and BackendFailed where the authority gives no stamp.
    """

    def __init__(self, signer: CredentialSigner, stamps: str | None) -> None:
        self._signer = signer
        self._stamps = stamps

    def store(
        self, source: Path, definition: Mapping[str, Json], ingredients: Mapping[str, Path]
    ) -> bytes:
        """The manifest store of a definition that holds its hard binding.

        Args:
            source: The file that it is about, for errors.
            definition: With its hard binding.
            ingredients: Signed files by label.
        """
        builder = self._builder(source, definition, ingredients)
        store: bytes = self._translated(source, partial(sign_bound, builder))
        return store

    def copy(
        self,
        source: Path,
        target: Path,
        definition: Mapping[str, Json],
        ingredients: Mapping[str, Path],
    ) -> None:
        """Let the library write a signed copy; it finds the hard binding itself."""
        self._write(self._builder(source, definition, ingredients), source, target)

    def update(self, source: Path, target: Path, definition: Mapping[str, Json]) -> None:
        """Let the library write a copy with an update manifest."""
        builder = self._builder(source, definition, {})
        builder.set_intent(c2pa.C2paBuilderIntent.UPDATE)
        self._write(builder, source, target)

    def _write(self, builder: Any, source: Path, target: Path) -> None:
        kind = format_of(source)
        with opened(source) as stream, target.open("w+b", BUFFER) as written:
            self._translated(source, lambda: builder.sign(kind, stream, written))

    def _builder(
        self, source: Path, definition: Mapping[str, Json], ingredients: Mapping[str, Path]
    ) -> Any:
        """The library's builder, with everything that goes into the claim."""
        plain = {key: value for key, value in definition.items() if key != "resources"}
        used = library_context(self._signer.root, self._signer, self._stamps)
        builder = self._translated(source, lambda: c2pa.Builder(json.dumps(plain), context=used))
        resources = definition.get("resources")
        for label, text in (resources if isinstance(resources, dict) else {}).items():
            stream = io.BytesIO(str(text).encode())
            self._translated(source, partial(builder.add_resource, label, stream))
        parents = opened_labels(definition)
        for label, path in ingredients.items():
            _add(builder, label, path, "parentOf" if label in parents else "componentOf")
        return builder

    def _translated(self, path: Path, act: Callable[[], Any]) -> Any:
        """Do something with the library, and put its refusal into our words."""
        try:
            return act()
        except c2pa.C2paError as error:
            if self._stamps is not None and _about_stamps(str(error)):
                raise _no_stamp(self._stamps, path, error) from error
            raise unreadable(path, error) from error


def _add(builder: Any, label: str, path: Path, relationship: str) -> None:
    """Take an ingredient in, validated on the way."""
    described = {"title": label, "relationship": relationship, "label": label}
    kind = format_of(path)
    with opened(path) as stream:
        try:
            builder.add_ingredient(json.dumps(described), kind, stream)
        except c2pa.C2paError as error:
            raise unreadable(path, error) from error


def unreadable(path: Path, error: Exception) -> UnreadableInput:
    """The library's refusal of a file, in words."""
    return UnreadableInput(
        "the credential library cannot work with this file",
        where=str(path),
        why=str(error)[:300],
        next_step="open the file in a player; if it is cut short or damaged, copy it again",
    )


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
