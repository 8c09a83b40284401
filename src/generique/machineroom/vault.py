"""The vault: files by digest, in a folder.

A file lies at ``ab/abcdef…`` (hex of its SHA-256), read-only. It is written beside, synchronised
and renamed, so that it is there in full or not at all. A temporary file is locked by its writer;
one that nobody holds is left over from a crash and is removed when the vault is opened.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from generique.machineroom.whole_files import (
    chunks_of,
    hash_file,
    hash_input,
    move_whole,
    on_disk,
    opened_input,
    remove_left_over,
    write_whole,
)
from generique.model.errors import Damaged, UnreadableInput
from generique.model.values import Digest, Value

_TEMPORARY = "tmp"
_HEX = re.compile(r"[0-9a-f]{64}")
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")


class VaultFault(Value):
    """A file of the vault that is not what it should be.

    Attributes:
        name: Path inside the vault.
        code: ``changed``, ``stray`` or ``unreadable``.
        why: One sentence.
    """

    name: str
    code: str
    why: str


class FileVault:
    """A vault in a folder; implements :class:`generique.production.ports.Vault`.

    Args:
        folder: Where it lies; created when missing.

    Raises:
        StorageUnavailable: The folder cannot be made or read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # Stat of files whose bytes were verified by this process; any change shows in it.
        self._verified: dict[str, tuple[int, int, int]] = {}
        with on_disk(folder):
            (folder / _TEMPORARY).mkdir(parents=True, exist_ok=True)
            remove_left_over(folder / _TEMPORARY)

    @property
    def folder(self) -> Path:
        """Where the vault lies."""
        return self._folder

    def put_bytes(self, data: bytes) -> Digest:
        """Store bytes; storing them again is free.

        Raises:
            StorageUnavailable: Disk full or folder read-only; nothing was stored.
        """
        name = hashlib.sha256(data).hexdigest()
        if not self._sound(name):
            self._store(name, (data,))
        return f"sha256:{name}"

    def put_file(self, path: Path) -> Digest:
        """Store a copy of a file; the file itself is left as it is.

        Raises:
            UnreadableInput: The file is missing, no file, or changed while it was read.
            StorageUnavailable: Disk full or folder read-only; nothing was stored.
        """
        name = hash_input(path)
        if not self._sound(name):
            with opened_input(path) as source:
                self._store(name, chunks_of(source), source_path=path)
        return f"sha256:{name}"

    def move_in(self, path: Path) -> Digest:
        """Store a file that is the caller's own; afterwards it is no more where it was.

        It is read once and renamed where the file systems allow it, else copied and removed.

        Raises:
            UnreadableInput: The file is missing, no file, or changed while it was read.
            StorageUnavailable: Disk full or folder read-only; nothing was stored.
        """
        with opened_input(path) as source:
            before = _mark(os.fstat(source.fileno()))
            name = hashlib.file_digest(source, "sha256").hexdigest()
            place = self._place(name)
            if not self._sound(name):
                with on_disk(self._folder):
                    place.parent.mkdir(exist_ok=True)
                    moved = move_whole(source, path, place, 0o444)
                    after = _mark(os.fstat(source.fileno()))
                if not moved:
                    source.seek(0)
                    self._store(name, chunks_of(source), source_path=path)
                elif after != before:
                    place.unlink(missing_ok=True)
                    raise _changed(path)
                else:
                    self._verified[name] = after
        with on_disk(path):
            path.unlink(missing_ok=True)
        return f"sha256:{name}"

    def has(self, digest: Digest) -> bool:
        """True when the file is there; says nothing about its bytes."""
        return self._place(_name(digest)).is_file()

    def path(self, digest: Digest) -> Path:
        """Where the file lies, read-only; its bytes are verified once per process and change.

        Raises:
            Damaged: Missing or changed.
        """
        name = _name(digest)
        if not self._sound(name):
            raise self._damaged(name)
        return self._place(name)

    def read(self, digest: Digest) -> bytes:
        """The bytes, verified now.

        Raises:
            Damaged: Missing or changed.
        """
        name = _name(digest)
        place = self._place(name)
        if not place.is_file():
            raise self._damaged(name)
        with on_disk(place):
            data = place.read_bytes()
        if hashlib.sha256(data).hexdigest() != name:
            raise self._damaged(name)
        return data

    def link_out(self, digest: Digest, target: Path) -> None:
        """Write a copy of a file to a place outside, replacing what is there in one step.

        Args:
            digest: The file.
            target: Path of the copy; its folder is created when missing.

        Raises:
            Damaged: Missing or changed in the vault; the target is left as it was.
            StorageUnavailable: The target's folder is full or cannot be written.
        """
        source = self.path(digest)
        name = _name(digest)
        with on_disk(target.parent):
            target.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as stream:
                if write_whole(target.parent, target, chunks_of(stream), 0o644) != name:
                    raise self._damaged(name)

    def discard(self, digest: Digest) -> None:
        """Remove a file that is not what it should be; a sound one stays.

        Raises:
            StorageUnavailable: The folder cannot be written.
        """
        name = _name(digest)
        if self._place(name).exists() and not self._sound(name):
            with on_disk(self._place(name)):
                self._place(name).unlink()

    def check(self) -> tuple[VaultFault, ...]:
        """Read every file again; empty when all is sound.

        Raises:
            StorageUnavailable: The folder itself cannot be listed.
        """
        with on_disk(self._folder):
            places = sorted(
                place
                for place in self._folder.rglob("*")
                if not place.is_dir() and place.parent != self._folder / _TEMPORARY
            )
        return tuple(fault for place in places if (fault := self._fault(place)) is not None)

    def _fault(self, place: Path) -> VaultFault | None:
        """What is wrong with one file of the folder."""
        name = str(place.relative_to(self._folder))
        if not _HEX.fullmatch(place.name) or place != self._place(place.name):
            return VaultFault(name=name, code="stray", why="the vault did not put this here")
        try:
            found = hash_file(place)
        except OSError as error:
            return VaultFault(name=name, code="unreadable", why=str(error.strerror))
        if found != place.name:
            return VaultFault(
                name=name, code="changed", why=f"its bytes now have the digest sha256:{found}"
            )
        return None

    def _place(self, name: str) -> Path:
        return self._folder / name[:2] / name

    def _sound(self, name: str) -> bool:
        """True when the file is there and its bytes are what they should be."""
        place = self._place(name)
        if not place.is_file():
            return False
        with on_disk(place):
            mark = _mark(place.stat())
            if self._verified.get(name) == mark:
                return True
            if hash_file(place) != name:
                return False
        self._verified[name] = mark
        return True

    def _store(
        self, name: str, chunks: Iterable[bytes], *, source_path: Path | None = None
    ) -> None:
        """Write bytes to their place, replacing a damaged file that has their name."""
        place = self._place(name)
        with on_disk(self._folder):
            place.parent.mkdir(exist_ok=True)
            found = write_whole(self._folder / _TEMPORARY, place, chunks, 0o444, expected=name)
        if found != name:
            raise _changed(source_path)

    def _damaged(self, name: str) -> Damaged:
        place = self._place(name)
        missing = not place.exists()
        return Damaged(
            f"the vault's file sha256:{name} is {'missing' if missing else 'changed'}",
            where=str(place),
            why="there is no file of that name" if missing else "its bytes do not have that digest",
            next_step="restore this file from a backup, or delete it and run the command that "
            "makes it again; `generique vault check` lists all such files",
        )


def _mark(stat: os.stat_result) -> tuple[int, int, int]:
    """Changes whenever the bytes of a file do."""
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _changed(path: Path | None) -> UnreadableInput:
    return UnreadableInput(
        "the file changed while it was being stored",
        where=str(path),
        next_step="wait until it is complete and run the same command again",
    )


def _name(digest: Digest) -> str:
    """Hex part of a digest; anything else could be a path."""
    match = _DIGEST.fullmatch(digest)
    if not match:
        raise UnreadableInput(f"{digest[:80]!r} is not a digest", why="expected sha256: and 64 hex")
    return match[1]
