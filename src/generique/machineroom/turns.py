"""Turns: commands on one production work one after the other, step by step."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generique.machineroom.files import storage_errors


class FileTurns:
    """Implements :class:`generique.production.machineroom_ports.Turns` with a locked file.

    The operating system lets go of the lock when its process ends, however it ends.

    Args:
        place: The file; it stays empty.
    """

    def __init__(self, place: Path) -> None:
        self._place = place

    @contextmanager
    def take(self, waits: Callable[[], None]) -> Iterator[None]:
        """Wait for the lock and hold it until the end.

        Args:
            waits: Called once when another process holds it.

        Raises:
            StorageUnavailable: The file cannot be made.
        """
        with storage_errors(self._place):
            self._place.parent.mkdir(parents=True, exist_ok=True)
            stream = self._place.open("ab")
        with stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waits()
                fcntl.flock(stream, fcntl.LOCK_EX)
            yield
