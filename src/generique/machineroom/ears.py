"""Ears: what identification hears of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import av
from av.error import FFmpegError

from generique.marks.landmarks.peaks import find_landmarks
from generique.marks.landmarks.stored import encode_landmarks
from generique.production.machineroom_ports import Bench
from generique.production.sight_ports import SOUND_RATE

if TYPE_CHECKING:
    from generique.production.ports import Samples

_SHORTEST = SOUND_RATE


class FileEars:
    """Listens to files.

    Args:
        bench: Reads sound.
    """

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def sound(self, path: Path) -> Samples | None:
        """Sound at 48 kHz, stereo; None when the file has none, or less than a second."""
        if not _has_sound(path):
            return None
        samples = self._bench.read_sound(path)
        return samples if len(samples) >= _SHORTEST else None

    def landmarks(self, path: Path) -> bytes | None:
        """Landmarks of a file's sound, encoded; None when it has none."""
        samples = self.sound(path)
        if samples is None:
            return None
        return encode_landmarks(find_landmarks(samples, SOUND_RATE))


def _has_sound(path: Path) -> bool:
    try:
        with av.open(str(path)) as container:
            return bool(container.streams.audio)
    except FFmpegError:
        return False
