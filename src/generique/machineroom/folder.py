"""A production on disk: reads what people write, publishes what they receive."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import tomlkit

from generique.clearance.clauses import Contract, read_contract
from generique.machineroom.files import (
    decoded,
    digest_of_file,
    publish_bytes,
    publish_file,
    read_bytes,
    read_plain_bytes,
    read_text,
)
from generique.machineroom.rights_folder import DiskRights
from generique.machineroom.site_files import site_texts
from generique.machineroom.toml_values import parse_toml, read_value
from generique.machineroom.whole_folders import publish_whole_folder
from generique.model.errors import UnreadableInput, UsageError
from generique.model.people import Person
from generique.model.production import MediaList, Production
from generique.model.values import Digest, Value
from generique.production.machineroom_ports import Document
from generique.production.rights_ports import LARGEST_PAPER

PRODUCTION_FILE = "production.toml"
CLAUSES_FILE = "clauses.toml"
LARGEST_DOCUMENT = 8_000_000
"""Bytes of a document that a person wrote; thousands of media fit."""
_V = TypeVar("_V", bound=Value)


def find_production(start: Path) -> Path | None:
    """The nearest folder at or above ``start`` that holds a ``production.toml``."""
    for folder in (start, *start.parents):
        if (folder / PRODUCTION_FILE).is_file():
            return folder
    return None


class DiskFolder:
    """Implements :class:`generique.production.machineroom_ports.Folder`.

    Args:
        root: The production's folder.

    Raises:
        UsageError: The folder holds no production.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        if not (self._root / PRODUCTION_FILE).is_file():
            raise UsageError(
                f"{root} is not a production: it has no {PRODUCTION_FILE}",
                next_step="give the production's folder, or make one with: generique new FOLDER",
            )

    @property
    def root(self) -> Path:
        """The production's folder."""
        return self._root

    @property
    def out(self) -> Path:
        """Where masters and reports are published."""
        return self._root / "out"

    def production(self) -> Production:
        """``production.toml``, validated."""
        return self._toml(self._root / PRODUCTION_FILE, Production)

    @property
    def contract_folder(self) -> Path:
        """Where the contract lies."""
        return self._root / "contract"

    def contract(self) -> Contract | None:
        """``contract/clauses.toml``, None where there is none."""
        path = self.contract_folder / CLAUSES_FILE
        if not os.path.lexists(path):
            return None
        return contract_in(read_plain_bytes(path, LARGEST_PAPER), path)

    def signed_contract(self, name: str) -> Digest | None:
        """Digest of the signed document beside the clauses; None when it is missing."""
        path = self.contract_folder / name
        return digest_of_file(path) if path.is_file() else None

    def screenplay(self) -> tuple[str, bytes]:
        """Name and bytes of the screenplay."""
        for name in ("script.fountain", "script.fdx"):
            path = self._root / name
            if path.is_file():
                return name, read_bytes(path)
        raise UnreadableInput(
            "the production has no screenplay",
            where=str(self._root),
            next_step="write script.fountain (or save script.fdx) in this folder",
        )

    def shots(self) -> Document | None:
        """``shots.toml``, None before the first breakdown."""
        path = self._root / "shots.toml"
        return Document(text=read_text(path), where=str(path)) if path.is_file() else None

    def write_shots(self, text: str) -> None:
        """Replace ``shots.toml`` in one step."""
        publish_bytes(text.encode(), self._root / "shots.toml")

    def translation(self, language: str) -> Document:
        """``languages/<language>.toml``."""
        path = self._root / "languages" / f"{language}.toml"
        if not path.is_file():
            raise UnreadableInput(
                f"the dialogue in {language!r} is missing",
                where=str(path),
                next_step="write it there, a [[line]] for every line of the screenplay",
            )
        return Document(text=read_text(path), where=str(path))

    def media(self) -> MediaList:
        """``media/media.toml``; an empty list where the production has no media."""
        path = self._root / "media" / "media.toml"
        if not path.is_file():
            return MediaList(schema="generique/media/1", media=())
        return self._toml(path, MediaList)

    def media_path(self, file: str) -> Path:
        """A file of the media folder that does not leave it, links included."""
        folder = (self._root / "media").resolve()
        path = (folder / file).resolve()
        if not path.is_relative_to(folder):
            raise UnreadableInput(
                f"the path {file!r} leaves the production",
                where=str(self._root),
                next_step="copy the file into the production's media folder and name it there",
            )
        if not path.is_file():
            raise UnreadableInput(
                f"the media file {file!r} is missing",
                where=str(path),
                next_step="put it there, or change the note in the screenplay that names it",
            )
        return path

    def beside(self, file: str) -> dict[str, str]:
        """Texts of the site of a medium that lie beside it."""
        return site_texts(self.media_path(file))

    @cached_property
    def rights(self) -> DiskRights:
        """What people wrote under ``rights/``."""
        return DiskRights(self._root)

    def digest(self, path: Path) -> Digest:
        """Digest of a file's bytes."""
        return digest_of_file(path)

    def publish(self, name: str, source: Path | bytes) -> Path:
        """Write a file into ``out/`` in one step; an equal file is left alone."""
        target = self.out / name
        if isinstance(source, bytes):
            publish_bytes(source, target)
        else:
            publish_file(source, target)
        return target

    def publish_folder(self, name: str, files: Mapping[str, tuple[Path, Digest]]) -> Path:
        """Write a folder into ``out/`` whole or not at all; what stood there before is replaced."""
        target = self.out / name
        publish_whole_folder(target, files)
        return target

    def size(self, path: Path) -> int:
        """Bytes of a file."""
        return path.stat().st_size

    def add_person(self, person: Person) -> None:
        """Add a person to ``production.toml``, or change what it says of them; comments stay.

        Raises:
            StorageUnavailable: The file cannot be written; it is left as it was.
        """
        path = self._root / PRODUCTION_FILE
        document = tomlkit.parse(read_text(path))
        people = document.setdefault("people", tomlkit.aot())
        entry = next((known for known in people if known.get("id") == person.id), None)
        if entry is None:
            entry = tomlkit.table()
            people.append(entry)
        for key, value in person.to_json().items():
            entry[key] = value
        publish_bytes(tomlkit.dumps(document).encode(), path)

    def _toml(self, path: Path, kind: type[_V]) -> _V:
        text = decoded(read_plain_bytes(path, LARGEST_DOCUMENT), path)
        return read_value(text, path, kind)


def contract_in(data: bytes, path: Path) -> Contract:
    """The contract that some bytes state.

    Args:
        data: Bytes of ``clauses.toml``.
        path: Where they come from, for messages.

    Raises:
        UnreadableInput: They are not UTF-8, not TOML, nested too deeply, or no contract.
    """
    return read_contract(parse_toml(decoded(data, path), path), where=str(path))
