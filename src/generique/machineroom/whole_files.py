"""Files written whole: beside, synchronised, renamed."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader, BufferedWriter
from pathlib import Path

from generique.model.errors import StorageUnavailable, UnreadableInput

_CHUNK = 1 << 20


def write_whole(
    folder: Path, target: Path, chunks: Iterable[bytes], mode: int, *, expected: str | None = None
) -> str:
    """Write to a locked temporary file, synchronise, rename; returns the hex digest.

    The rename does not happen when another digest was expected.

    Args:
        folder: Where the temporary file lies, on the target's file system.
        target: The place; what is there is replaced.
        chunks: The bytes.
        mode: Permissions of the file.
        expected: Hex digest that the bytes must have, None for any.
    """
    digest = hashlib.sha256()
    stream, temporary = _locked_temporary(folder)
    try:
        with stream:
            for chunk in chunks:
                digest.update(chunk)
                stream.write(chunk)
            stream.flush()
            os.fchmod(stream.fileno(), mode)
            os.fsync(stream.fileno())
            if expected in (None, digest.hexdigest()):
                temporary.replace(target)
                _synchronise(target.parent)
    finally:
        temporary.unlink(missing_ok=True)
    return digest.hexdigest()


def move_whole(source: BufferedReader, path: Path, target: Path, mode: int) -> bool:
    """Synchronise a file and rename it; False, with nothing done, where it cannot be so moved.

    A file that has other names, or that a link leads to, could be changed from there; one on
    another file system cannot be renamed.

    Args:
        source: The file, open.
        path: Its name.
        target: The place; what is there is replaced.
        mode: Permissions of the file.
    """
    held = os.fstat(source.fileno())
    if path.is_symlink() or held.st_nlink != 1 or held.st_dev != target.parent.stat().st_dev:
        return False
    os.fchmod(source.fileno(), mode)
    os.fsync(source.fileno())
    path.replace(target)
    _synchronise(target.parent)
    return True


def remove_left_over(folder: Path) -> None:
    """Remove temporary files whose writers are gone; a writer at work holds a lock."""
    for place in folder.iterdir():
        with suppress(FileNotFoundError), place.open("rb") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            place.unlink()


def _locked_temporary(folder: Path) -> tuple[BufferedWriter, Path]:
    """A new file that :func:`remove_left_over` will not take away."""
    while True:
        number, name = tempfile.mkstemp(dir=folder, prefix=".generique-")
        stream = os.fdopen(number, "wb")
        fcntl.flock(stream, fcntl.LOCK_EX)
        if os.fstat(stream.fileno()).st_nlink:
            return stream, Path(name)
        stream.close()  # taken away between making and locking it: try again


def _synchronise(folder: Path) -> None:
    """Make a rename in a folder durable."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def chunks_of(stream: BufferedReader) -> Iterator[bytes]:
    """The bytes of a stream, a mebibyte at a time."""
    while chunk := stream.read(_CHUNK):
        yield chunk


def hash_file(path: Path) -> str:
    """Hex digest of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hash_input(path: Path) -> str:
    """Hex digest of a file that the user named."""
    with opened_input(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def opened_input(path: Path) -> Iterator[BufferedReader]:
    """A file that the user named, for reading."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise UnreadableInput(
            "the file cannot be read",
            where=str(path),
            why=error.strerror,
            next_step="check the path and its permissions",
        ) from error
    with stream:
        yield stream


@contextmanager
def on_disk(where: Path) -> Iterator[None]:
    """Turn the disk's refusals into ours."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise StorageUnavailable(
            "the disk is full" if full else "a folder cannot be read or written",
            where=str(where),
            why=error.strerror or str(error),
            next_step=(
                "make room on the disk and run the same command again"
                if full
                else "make the folder readable and writable and run the same command again"
            ),
        ) from error
