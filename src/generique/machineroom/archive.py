"""The archive of known works, in a folder.

``works/<digest>.json`` says what a work is; ``fingerprints/<digest>.bin`` hold its signatures and
the landmarks of its sound, named by their own digest. The
record is written last, in one step, so that a work is there whole or not at all. The archive is an
index: everything in it can be made again from ledgers and files.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from generique.machineroom.whole_files import write_whole
from generique.marks.fingerprint.signature import Signatures
from generique.marks.works import Work
from generique.model.errors import Damaged, StorageUnavailable, UnreadableInput, UsageError
from generique.model.values import Digest, Value, digest_of

_MODE = 0o644


class _Record(Value):
    """A work and the digests of what belongs to it."""

    schema_version: Literal["generique/work/1"] = "generique/work/1"
    work: Work
    signatures: Digest
    sound: Digest | None = None


class FolderArchive:
    """An archive in a folder; made when the first work is added.

    Args:
        root: The folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def add(self, work: Work, signatures: Signatures, sound: bytes | None = None) -> None:
        """Take a work in, or replace what is said of it."""
        data = signatures.encode()
        record = _Record(
            work=work,
            signatures=digest_of(data),
            sound=None if sound is None else digest_of(sound),
        )
        with self._changing():
            self._write(self._blob(record.signatures), data)
            if sound is not None and record.sound is not None:
                self._write(self._blob(record.sound), sound)
            self._write(self._place(work.id), record.model_dump_json(indent=1).encode())

    def has(self, identifier: Digest) -> bool:
        """True when the work is there."""
        return self._place(identifier).is_file()

    def works(self) -> tuple[Work, ...]:
        """All works, in order of title and identifier."""
        found = [record.work for record in self._records()]
        return tuple(sorted(found, key=lambda work: (work.title, work.id)))

    def work(self, identifier: Digest) -> Work:
        """One work."""
        return self._record(identifier).work

    def signatures(self, identifier: Digest) -> Signatures:
        """Signatures of a work."""
        digest = self._record(identifier).signatures
        return Signatures.decode(self._read(digest), where=str(self._blob(digest)))

    def sound(self, identifier: Digest) -> bytes | None:
        """Landmarks of a work's sound."""
        digest = self._record(identifier).sound
        return None if digest is None else self._read(digest)

    def remove(self, identifier: Digest) -> None:
        """Forget a work; its fingerprints go when no other work shares them."""
        gone = self._record(identifier)
        with self._changing():
            self._place(identifier).unlink(missing_ok=True)
            kept = {
                digest for record in self._records() for digest in (record.signatures, record.sound)
            }
            for digest in (gone.signatures, gone.sound):
                if digest is not None and digest not in kept:
                    self._blob(digest).unlink(missing_ok=True)

    def check(self) -> tuple[str, ...]:
        """Faults of what is stored, one sentence each; empty when all of it is whole."""
        faults: list[str] = []
        for path in self._paths():
            try:
                record = self._open(path)
                for digest in filter(None, (record.signatures, record.sound)):
                    self._read(digest)
            except Damaged as error:
                faults.append(error.diagnosis())
        return tuple(faults)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Keep other writers out, so that nobody removes what another has just come to share."""
        with self._told():
            self._root.mkdir(parents=True, exist_ok=True)
            lock = (self._root / ".lock").open("a")
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _records(self) -> Iterator[_Record]:
        for path in self._paths():
            yield self._open(path)

    def _paths(self) -> list[Path]:
        return sorted((self._root / "works").glob("*.json"))

    def _record(self, identifier: Digest) -> _Record:
        path = self._place(identifier)
        if not path.is_file():
            raise UsageError(
                f"the archive has no work {identifier}",
                where=str(self._root),
                next_step="see `generique library list`",
            )
        return self._open(path)

    def _open(self, path: Path) -> _Record:
        try:
            record = _Record.read(path.read_bytes(), where=str(path))
        except (UnreadableInput, OSError) as error:
            raise _damaged(path, "the record cannot be read") from error
        if self._place(record.work.id) != path:
            raise _damaged(path, f"it is the record of {record.work.id}")
        return record

    def _read(self, digest: Digest) -> bytes:
        path = self._blob(digest)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise _damaged(path, error.strerror or str(error)) from error
        if digest_of(data) != digest:
            raise _damaged(path, "its bytes are not those that were written")
        return data

    def _place(self, identifier: Digest) -> Path:
        return self._root / "works" / f"{identifier.removeprefix('sha256:')}.json"

    def _blob(self, digest: Digest) -> Path:
        return self._root / "fingerprints" / f"{digest.removeprefix('sha256:')}.bin"

    def _write(self, path: Path, data: bytes) -> None:
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path.parent, path, [data], _MODE)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in words what the disk refuses."""
        try:
            yield
        except OSError as error:
            raise StorageUnavailable(
                "the archive of known works cannot be written",
                where=str(self._root),
                why=error.strerror or str(error),
                next_step="make room, or the folder writable, and run the same command again",
            ) from error


def _damaged(path: Path, why: str) -> Damaged:
    return Damaged(
        "the archive of known works is damaged",
        where=str(path),
        why=why,
        next_step="remove the file and take the work in again: make the master again, or "
        "`generique library add`",
    )
