"""What a witness remembers: the last checkpoint of each log, a file each."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generique.machineroom.files import publish_bytes, read_text
from generique.machineroom.turns import FileTurns


class FileWitnessMemory:
    """Implements :class:`generique.ledger.witness.WitnessMemory`.

    Args:
        folder: Where the checkpoints lie; created when missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turns = FileTurns(folder / "turn.lock")

    def last(self, origin: str) -> str | None:
        """The signed checkpoint, None when the log was never cosigned."""
        place = self._place(origin)
        return read_text(place) if place.is_file() else None

    def replace(self, origin: str, old: str | None, new: str) -> bool:
        """Keep a newer checkpoint if the last is still the old one."""
        with self._turns.take(lambda: None):
            if self.last(origin) != old:
                return False
            publish_bytes(new.encode(), self._place(origin))
        return True

    def _place(self, origin: str) -> Path:
        """An origin may hold slashes; its digest cannot."""
        return self._folder / f"{hashlib.sha256(origin.encode()).hexdigest()}.checkpoint"
