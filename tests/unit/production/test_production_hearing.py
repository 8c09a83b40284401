from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generique.machineroom.archive import FolderArchive
from generique.marks.sound_mark.embed import embed
from generique.production.hearing import Hearing
from generique.production.sight_ports import SOUND_RATE


class OneSound:
    """Hears the same sound in every file."""

    def __init__(self, samples: NDArray[np.float32] | None) -> None:
        self._samples = samples

    def sound(self, path: Path) -> NDArray[np.float32] | None:
        return self._samples

    def landmarks(self, path: Path) -> bytes | None:
        return None


def test_a_mark_of_no_known_work_is_told_as_such(tmp_path: Path) -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, (11 * SOUND_RATE, 2)).astype(np.float32)
    marked = embed(noise, SOUND_RATE, 0x123456789)
    (said,) = Hearing(FolderArchive(tmp_path), OneSound(marked)).hear(Path("x.mp4"), {})
    assert "123456789: of no known work" in said.says
    assert said.wrong < 1e-6


def test_a_file_without_sound_says_nothing(tmp_path: Path) -> None:
    assert Hearing(FolderArchive(tmp_path), OneSound(None)).hear(Path("x.mp4"), {}) == ()
