"""Files that only their owner may read: made in one step, never quoted in an error."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generique.model.errors import StorageUnavailable, UsageError

_OTHERS = 0o077


def make_private_folder(folder: Path) -> None:
    """Create a folder for its owner only; one that is there already must be so.

    Raises:
        StorageUnavailable: It cannot be made.
        UsageError: Others can read it.
    """
    with storage(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
    check_private(folder)


def create_private(place: Path, data: bytes) -> None:
    """Create a file, complete or not at all; of two writers the first wins.

    Raises:
        StorageUnavailable: It cannot be stored.
    """
    with storage(place), _temporary(place, data) as temporary, suppress(FileExistsError):
        place.hardlink_to(temporary)


def replace_private(place: Path, data: bytes) -> None:
    """Replace a file in one step.

    Raises:
        StorageUnavailable: It cannot be stored.
    """
    with storage(place), _temporary(place, data) as temporary:
        temporary.replace(place)


def read_private(place: Path) -> bytes:
    """Read a file that nobody else can read.

    Raises:
        StorageUnavailable: It cannot be read.
        UsageError: Others can read it.
    """
    check_private(place)
    with storage(place):
        return place.read_bytes()


def check_private(place: Path) -> None:
    """Refuse what others can read, as ssh does.

    Raises:
        StorageUnavailable: It is not there.
        UsageError: Group or everybody has access.
    """
    with storage(place):
        mode = place.stat().st_mode
    if stat.S_IMODE(mode) & _OTHERS:
        raise UsageError(
            "a private key can be read by others",
            where=str(place),
            why="its permissions give access to group or everybody",
            next_step=f"run: chmod {'700' if stat.S_ISDIR(mode) else '600'} {place}",
        )


@contextmanager
def storage(place: Path) -> Iterator[None]:
    """Turn the disk's refusals into ours.

    Raises:
        StorageUnavailable: The operating system refused.
    """
    try:
        yield
    except OSError as error:
        raise StorageUnavailable(
            "the keys cannot be read or written",
            where=str(place),
            why=error.strerror or str(error),
            next_step="make the folder readable and writable for you and run this again",
        ) from error


@contextmanager
def _temporary(place: Path, data: bytes) -> Iterator[Path]:
    """A synchronised temporary file beside the place, removed afterwards."""
    number, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")  # mkstemp gives mode 0600
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
