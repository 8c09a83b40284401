"""Reading and publishing whole files: errors in words, writes in one step."""

from __future__ import annotations

import errno
import filecmp
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from generique.model.errors import GeneriqueError, StorageUnavailable, UnreadableInput
from generique.model.values import Digest

_REASONS = {
    errno.ENOSPC: ("the disk is full", "make room and run the same command again"),
    errno.EDQUOT: ("the disk quota is used up", "make room and run the same command again"),
    errno.EROFS: ("the file system is read-only", "mount it for writing, or work elsewhere"),
    errno.EACCES: ("it may not be written by this user", "give write permission on the folder"),
    errno.EPERM: ("it may not be written by this user", "give write permission on the folder"),
}


def storage_error(error: OSError, path: Path) -> GeneriqueError:
    """An operating system's refusal to write, in words."""
    number = error.errno or 0
    why, then = _REASONS.get(number, (error.strerror or str(error), "check the disk"))
    return StorageUnavailable(
        f"{path} cannot be written",
        where=str(path),
        why=why,
        next_step=f"{then}; nothing stored before was lost",
    )


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Translate what the operating system says about a path that is written."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, path) from error


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableInput: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput(
            f"{path} cannot be read", where=str(path), why=error.strerror
        ) from error


def read_text(path: Path) -> str:
    """The text of a UTF-8 file.

    Raises:
        UnreadableInput: It cannot be read, or is not UTF-8.
    """
    return decoded(read_bytes(path), path)


def decoded(data: bytes, path: Path) -> str:
    """The text of the bytes of a UTF-8 file.

    Raises:
        UnreadableInput: They are not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            f"{path} is not UTF-8 text",
            where=f"{path}, byte {error.start}",
            next_step="save it as UTF-8",
        ) from error


def read_plain_bytes(path: Path, largest: int) -> bytes:
    """The bytes of a file of a limited size; a longer one is refused before it is read.

    Raises:
        UnreadableInput: It is too long, no plain file, or cannot be read.
    """
    require_plain(path)
    size = path.stat().st_size
    if size > largest:
        raise UnreadableInput(
            f"{path.name} is too large",
            where=str(path),
            why=f"it has {size:,} bytes; at most {largest:,} are read",
            next_step="divide it, or remove what does not belong there",
        )
    return read_bytes(path)


def require_plain(path: Path) -> None:
    """Make sure that a path leads to a plain file: a pipe or a device may never end.

    Raises:
        UnreadableInput: It does not.
    """
    if path.is_file():
        return
    if not path.exists() and not path.is_symlink():
        raise UnreadableInput(f"there is no file {path}", next_step="give the path of a file")
    raise UnreadableInput(
        f"{path} is no plain file", next_step="put a plain file there, or remove it"
    )


def digest_of_file(path: Path) -> Digest:
    """SHA-256 digest of a file, read in pieces.

    Raises:
        UnreadableInput: It cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableInput(
            f"{path} cannot be read", where=str(path), why=error.strerror
        ) from error


def publish_bytes(data: bytes, target: Path) -> None:
    """Write a file in one step; an equal file is left alone.

    Raises:
        StorageUnavailable: It cannot be written; what stood there before still does.
    """
    if target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data:
        return
    with _replacing(target) as temporary:
        temporary.write_bytes(data)


def publish_file(source: Path, target: Path) -> None:
    """Copy a file in one step; an equal file is left alone.

    Raises:
        StorageUnavailable: It cannot be written; what stood there before still does.
    """
    if target.is_file() and filecmp.cmp(source, target, shallow=False):
        return
    with _replacing(target) as temporary:
        shutil.copyfile(source, temporary)


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    with storage_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as made:
            temporary = Path(made.name)
        try:
            yield temporary
            temporary.chmod(0o644)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
