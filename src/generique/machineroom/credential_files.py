"""The files that credentials are in or beside: their kinds, and how a new one appears."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from generique.machineroom.large_reads import opened_for_library
from generique.model.errors import StorageUnavailable, UnreadableInput

MOVIES = frozenset({"video/mp4", "video/quicktime"})
WAVE = "audio/wav"
ANY_KIND = "application/octet-stream"
_SIDECAR = ".c2pa"
_LONGEST_SIDECAR = 64_000_000
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (8, b"WAVE", WAVE),
    (0, b"fLaC", "audio/flac"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
)
_HEAD = 16


def format_of(path: Path) -> str:
    """Media type of a file by its first bytes; files in the vault have no suffix.

    Raises:
        UnreadableInput: It cannot be read, or is of no kind that carries a credential.
    """
    kind = kind_of(path)
    if kind is None:
        raise UnreadableInput(
            "this file cannot carry a credential",
            where=str(path),
            why="it is not MP4, MOV, WAV, FLAC, PNG or JPEG",
            next_step="wrap it as one of these, or let its credential lie beside it",
        )
    return kind


def kind_of(path: Path) -> str | None:
    """Media type of a file by its first bytes; None for one that cannot carry a credential.

    Raises:
        UnreadableInput: It cannot be read, or is empty.
    """
    with opened(path) as stream:
        head = stream.read(_HEAD)
    if not head:
        raise UnreadableInput(
            "this file cannot carry a credential", where=str(path), why="it is empty"
        )
    if head[4:8] == b"ftyp":
        return "video/quicktime" if head[8:12] == b"qt  " else "video/mp4"
    for offset, mark, kind in _SIGNATURES:
        if head[offset : offset + len(mark)] == mark:
            return kind
    return None


def sidecar_of(path: Path) -> Path:
    """Where the credential of a file that cannot hold one lies."""
    return path.with_name(path.name + _SIDECAR)


def read_sidecar(path: Path) -> bytes:
    """The bytes of a credential beside a file.

    Raises:
        UnreadableInput: It cannot be read, is empty, or is too long to be one.
    """
    with opened(path) as stream:
        data = stream.read(_LONGEST_SIDECAR + 1)
    if not 0 < len(data) <= _LONGEST_SIDECAR:
        raise UnreadableInput(
            "the credential beside the file is none",
            where=str(path),
            why="it is empty" if not data else "it is too long",
        )
    return data


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file for reading, by us or by the credential library."""
    try:
        stream = opened_for_library(path)
    except OSError as error:
        raise UnreadableInput(
            "the file cannot be read", where=str(path), why=error.strerror
        ) from error
    with stream:
        yield stream


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """A temporary path in the target's folder, which becomes the target if all goes well."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=target.parent, prefix=".generique-")
        os.close(number)
        try:
            yield Path(name)
            Path(name).chmod(0o644)
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise StorageUnavailable(
            "the signed file cannot be written",
            where=str(target),
            why=error.strerror or str(error),
            next_step="make room, or the folder writable, and run the same command again",
        ) from error
