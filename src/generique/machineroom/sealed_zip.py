"""ZIP files in one form only: what a package holds decides every byte of it.

The law:

1. Members stand in the order of their names, stored and not compressed, each once, dated 1980.
2. Names are plain: letters, digits, dots, hyphens and low lines, in folders; none leads outside,
   and no two meet in one place when they are unpacked, whatever the file system makes of case.
3. There is nothing else: no comment, no extra field, no byte before, between or after.

A file that is not what writing its members again would give is refused, so that no byte of it can
be changed unseen. Nothing in it can be larger than the file itself.
"""

from __future__ import annotations

import filecmp
import hashlib
import re
import shutil
import stat
import struct
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from generique.machineroom.files import require_plain, storage_errors
from generique.model.errors import Damaged, UnreadableInput
from generique.model.values import Digest

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,5}")
_MOST_MEMBERS = 200_000
_LARGEST_READ = 1 << 30
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = (stat.S_IFREG | 0o644) << 16
_UNIX = 3
_LARGEST_DIRECTORY = 128 << 20
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    OverflowError,
    ValueError,
    struct.error,
)
"""What the library says of a file whose numbers were made up."""


def write_sealed(files: Mapping[str, bytes | Path], target: Path) -> None:
    """Write a package in its one form.

    Args:
        files: Bytes, or a file to be copied in, by name.
        target: Where it is put, in one step.

    Raises:
        UnreadableInput: A name is not plain.
        StorageUnavailable: It cannot be written; what stood there before still does.
    """
    with storage_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as room:
            made = Path(room) / "package"
            _write(files, made)
            made.replace(target)


class SealedZip(AbstractContextManager["SealedZip"]):
    """A package, opened and held against the law.

    Args:
        path: The file.

    Raises:
        UnreadableInput: It is no ZIP file, or breaks the law in a way that makes reading unsafe.
    """

    def __init__(self, path: Path) -> None:
        require_plain(path)
        self._path = path
        _require_small_directory(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise _unsafe(path, "it cannot be opened as a ZIP file") from error
        try:
            self._members = _members(self._zip, path)
        except UnreadableInput:
            self._zip.close()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def __enter__(self) -> Self:
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, in their order."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """Bytes of a member.

        Raises:
            Damaged: It is missing, or does not agree with its own check sum.
            UnreadableInput: It is too large to be read whole.
        """
        if self.size(name) > _LARGEST_READ:
            raise _unsafe(self._path, f"{name} is larger than {_LARGEST_READ:,} bytes")
        with self._open(name) as stream:
            return stream.read()

    def size(self, name: str) -> int:
        """Bytes of a member, as the directory of the file states them; errors as :meth:`read`."""
        return self._member(name).file_size

    def digest(self, name: str) -> Digest:
        """Digest of a member, read in pieces; errors as :meth:`read`."""
        found = hashlib.sha256()
        with self._open(name) as stream:
            while piece := stream.read(1 << 20):
                found.update(piece)
        return "sha256:" + found.hexdigest()

    def is_canonical(self) -> bool:
        """True when writing the members again gives this file, byte for byte.

        Raises:
            StorageUnavailable: There is no room for the copy.
        """
        with tempfile.TemporaryDirectory() as room, storage_errors(Path(room)):
            folder = Path(room)
            files: dict[str, bytes | Path] = {}
            for number, name in enumerate(self._members):
                files[name] = folder / str(number)
                with self._open(name) as stream, (folder / str(number)).open("wb") as copy:
                    shutil.copyfileobj(stream, copy, 1 << 20)
            again = folder / "package"
            _write(files, again)
            return filecmp.cmp(self._path, again, shallow=False)

    def _open(self, name: str) -> _Reading:
        return _Reading(self._zip, self._member(name), self._path)

    def _member(self, name: str) -> zipfile.ZipInfo:
        if name not in self._members:
            raise Damaged(f"the package lacks {name}", where=str(self._path))
        return self._members[name]


class _Reading:
    """A member being read; what the library says of a broken one becomes an error of ours."""

    def __init__(self, held: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
        self._zip, self._member, self._path = held, member, path
        self._stream: IO[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self._stream = self._zip.open(self._member)
        except _BROKEN as error:
            raise self._broken() from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream is not None:
            self._stream.close()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        try:
            return self._stream.read(size) if self._stream is not None else b""
        except _BROKEN as error:
            raise self._broken() from error

    def _broken(self) -> Damaged:
        return Damaged(
            f"{self._member.filename} in the package is damaged",
            where=str(self._path),
            why="it does not agree with its own check sum, or is cut short",
            next_step="ask for the package again",
        )


def _require_small_directory(path: Path) -> None:
    """Refuse a directory that would fill the memory, before the library reads it.

    Its length stands in the last bytes of the file, since nothing may follow them.
    """
    tail = _END.size + _LOCATOR_64.size + _END_64.size
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            stream.seek(max(0, size - tail))
            data = stream.read(tail).rjust(tail, b"\0")
    except OSError as error:
        raise _unsafe(path, "it cannot be read") from error
    large, locator, end = (
        data[: _END_64.size],
        data[_END_64.size : -_END.size],
        data[-_END.size :],
    )
    stated = _END.unpack(end)
    if stated[0] != b"PK\5\6" or stated[-1]:
        raise _unsafe(path, "it does not end where its directory ends")
    length = stated[5]
    if locator.startswith(b"PK\6\7") and large.startswith(b"PK\6\6"):
        length = _END_64.unpack(large)[8]
    if length > _LARGEST_DIRECTORY:
        raise _unsafe(path, f"its directory claims {length:,} bytes")


def _members(held: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """Members by name, after all that could make reading them unsafe is ruled out."""
    listed = held.infolist()
    if len(listed) > _MOST_MEMBERS:
        raise _unsafe(path, f"it lists {len(listed):,} members")
    found: dict[str, zipfile.ZipInfo] = {}
    room = path.stat().st_size
    for member in listed:
        name = member.filename
        kind = stat.S_IFMT(member.external_attr >> 16)
        if not _NAME.fullmatch(name):
            raise _unsafe(path, f"{name[:80]!r} is no plain name inside the package")
        if name in found:
            raise _unsafe(path, f"{name} stands in it twice")
        if kind not in {0, stat.S_IFREG}:
            raise _unsafe(path, f"{name} is a link or no plain file")
        if member.compress_type != zipfile.ZIP_STORED or member.flag_bits & 1:
            raise _unsafe(path, f"{name} is compressed or encrypted")
        room -= member.file_size
        if room < 0:
            raise _unsafe(path, "its members claim to be larger than the file")
        found[name] = member
    clash = _clash(found)
    if clash is not None:
        raise _unsafe(path, f"{clash} would lie in the place of another when it is unpacked")
    return found


def _clash(names: Iterable[str]) -> str | None:
    """A name that meets another where case does not count, or is the folder of another."""
    files: dict[str, str] = {}
    for name in names:
        if name.lower() in files:
            return name
        files[name.lower()] = name
    for name in files:
        folder = name.rpartition("/")[0]
        while folder:
            if folder in files:
                return files[folder]
            folder = folder.rpartition("/")[0]
    return None


def _write(files: Mapping[str, bytes | Path], target: Path) -> None:
    clash = _clash(files)
    if clash is not None:
        raise UnreadableInput(f"{clash!r} would lie in the place of another member of a package")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as made:
        for name in sorted(files):
            if not _NAME.fullmatch(name):
                raise UnreadableInput(f"{name!r} is no plain name for a member of a package")
            member = zipfile.ZipInfo(name, _DATE)
            member.create_system = _UNIX
            member.external_attr = _MODE
            source = files[name]
            if isinstance(source, bytes):
                made.writestr(member, source)
                continue
            member.file_size = source.stat().st_size
            with source.open("rb") as stream, made.open(member, "w") as inside:
                shutil.copyfileobj(stream, inside, 1 << 20)


def _unsafe(path: Path, why: str) -> UnreadableInput:
    return UnreadableInput(
        f"{path.name} is no evidence package",
        where=str(path),
        why=why,
        next_step="ask for the package again, as `generique audit --package` wrote it",
    )
