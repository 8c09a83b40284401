"""Fetching results: resumed where they broke, whole or not at all, not a byte changed."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generique.backends.hosted.transport import Lost, Transport
from generique.model.errors import StorageUnavailable
from generique.model.values import Digest

MOST_BYTES = 16_000_000_000
"""The most that a result may hold."""
_GONE = frozenset({401, 403, 404, 410})


class Expired(Exception):
    """The address does not serve any more: ask the provider for a new one."""


class Later(Exception):
    """The server cannot serve now."""


def digest_of_file(path: Path) -> Digest:
    """SHA-256 digest of a file."""
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


@dataclass(frozen=True)
class Fetcher:
    """Brings results into a folder that stays between runs.

    Args:
        transport: Sends calls.
        folder: Where files come in.
    """

    transport: Transport
    folder: Path

    def place(self, intent: Digest) -> Path:
        """Where the finished file of a job lies."""
        return self.folder / intent.removeprefix("sha256:")

    def keep(self, intent: Digest, data: bytes) -> Path:
        """Keep a result that came with an answer."""
        part = self._part(intent)
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _no_room(part, error) from error
        return part.replace(self.place(intent))

    def fetch(self, intent: Digest, url: str, *, keyed: bool) -> Path:
        """Fetch a result, or the rest of it.

        Raises:
            Expired: The address has ended.
            Later: The server cannot serve now.
            NotSent: It could not be asked.
            Lost: The connection broke; the next call goes on from there.
            StorageUnavailable: There is no room; what came in stays.
        """
        part, label = self._part(intent), self._part(intent).with_suffix(".tag")
        start = part.stat().st_size if part.exists() and label.exists() else 0
        tag = label.read_text() if start else None
        with self.transport.fetch(url, start, tag, keyed=keyed) as flow:
            if flow.status in _GONE:
                raise Expired(f"HTTP {flow.status}")
            if flow.status == 416:  # what lies here is not of this version: begin anew
                part.unlink(missing_ok=True)
                raise Later("range not satisfiable")
            if flow.status not in {200, 206}:
                raise Later(f"HTTP {flow.status}")
            if flow.length is not None and flow.length > MOST_BYTES:
                raise Later(f"the result is too large: {flow.length} bytes")
            self._need(part, (flow.length or 0) - flow.start)
            if flow.tag:
                label.write_text(flow.tag)
            else:
                label.unlink(missing_ok=True)
            try:
                size = self._take_in(part, flow.start, flow.chunks)
            except OSError as error:
                raise _no_room(part, error) from error
        if flow.length is not None and size != flow.length:
            raise Lost(f"{size} of {flow.length} bytes came")
        label.unlink(missing_ok=True)
        return part.replace(self.place(intent))

    @staticmethod
    def _take_in(part: Path, start: int, chunks: Iterator[bytes]) -> int:
        with part.open("r+b" if start else "wb") as file:
            file.seek(start)
            for chunk in chunks:
                file.write(chunk)
                if file.tell() > MOST_BYTES:
                    raise Lost("the result does not end")
            size = file.tell()
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        return size

    @staticmethod
    def _need(part: Path, more: int) -> None:
        free = shutil.disk_usage(part.parent).free
        if more > free:
            raise _no_room(part, None)

    def _part(self, intent: Digest) -> Path:
        return self.place(intent).with_suffix(".part")


def _no_room(part: Path, error: OSError | None) -> StorageUnavailable:
    return StorageUnavailable(
        "a result cannot be kept",
        where=str(part.parent),
        why=error.strerror if error else "there is too little room on the disk",
        next_step="make room and run the same command again; what came in is kept",
    )
