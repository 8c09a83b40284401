"""An example of a plug-in mark: each block of the picture grows lighter and darker in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generique.model.errors import NotCapable, UsageError
from generique.production.mark_ports import PluginReading

Frame = NDArray[np.uint8]
ROWS, COLUMNS = 5, 8
DEPTH, LEAST = 3, 1.5
SYNC = 0b1010_0110_0011_1001
SYNC_BITS, BITS = 16, 24
"""Sixteen blocks are always the same, so that an unmarked picture is seldom taken for a mark."""


class FlickerMark:
    """Blocks of 24 + 16 bits, up in even frames and down in odd ones, or the other way round."""

    name = "flicker"
    algorithm = "org.example.flicker.1"
    payload_bits = BITS

    def embed(self, frames: Iterable[Frame], payload: int) -> Iterator[Frame]:
        """Marked copies."""
        if not 0 <= payload < 1 << BITS:
            raise UsageError(f"the flicker holds {BITS} bits")
        word = payload << SYNC_BITS | SYNC
        signs = [1 if word >> n & 1 else -1 for n in range(ROWS * COLUMNS)]
        pattern = np.reshape(signs, (ROWS, COLUMNS)) * DEPTH
        for number, frame in enumerate(frames):
            height, width = frame.shape[:2]
            if height < ROWS * 8 or width < COLUMNS * 8:
                raise NotCapable("the flicker needs blocks of eight pixels")
            rows, columns = np.arange(height) * ROWS // height, np.arange(width) * COLUMNS // width
            change = pattern[rows][:, columns, None] * (1 if number % 2 else -1)
            yield np.clip(frame.astype(np.int16) + change, 0, 255).astype(np.uint8)

    def detect(self, frames: Iterable[Frame]) -> PluginReading:
        """The sign of each block's flicker; sync says which way round it began."""
        seen = np.array([_blocks(frame) for frame in frames])
        swing = np.diff(seen, axis=0) / 2
        swing[1::2] *= -1
        mean = np.median(swing, axis=0).ravel() if len(swing) else np.zeros(ROWS * COLUMNS)
        for way in (1, -1):
            word = sum(1 << n for n, value in enumerate(way * mean) if value > 0)
            if np.abs(mean).min() >= LEAST and word & (1 << SYNC_BITS) - 1 == SYNC:
                return PluginReading(
                    payload=word >> SYNC_BITS,
                    false_alarm=2.0 ** (1 - SYNC_BITS),
                    lines=(f"all blocks flicker by {np.abs(mean).min():.1f} and more",),
                )
        return PluginReading(false_alarm=1.0, lines=("no flicker",))


def _blocks(frame: Frame) -> NDArray[np.float64]:
    """Mean of the inner part of each block."""
    height, width = frame.shape[0] // ROWS * ROWS, frame.shape[1] // COLUMNS * COLUMNS
    shape = (ROWS, height // ROWS, COLUMNS, width // COLUMNS, 3)
    return np.asarray(frame[:height, :width].reshape(shape).mean(axis=(1, 3, 4)), np.float64)


def install_flicker(folder: Path) -> Path:
    """Install this module as a plug-in's package would; returns what PYTHONPATH has to name."""
    place = folder / "flicker_mark-1.0.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: flicker-mark\nVersion: 1.0\n")
    (place / "entry_points.txt").write_text(
        "[generique.marks]\nflicker = flicker_mark:FlickerMark\n"
    )
    (folder / "flicker_mark.py").write_text(Path(__file__).read_text("utf-8"), "utf-8")
    return folder
