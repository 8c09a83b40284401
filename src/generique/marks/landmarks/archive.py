"""The landmarks of a library, in two sorted arrays: eight bytes a landmark.

A hundred hours take about 300 MB. Works lie one after the other on a single line of frames, with
a gap between them, so that an alignment is one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generique.marks.landmarks.peaks import FRAME_SECONDS, Landmarks
from generique.model.errors import Damaged, UsageError

_GAP_FRAMES = 4096
_LAST_FRAME = (1 << 32) - 1


@dataclass(frozen=True)
class LandmarkArchive:
    """Works that can be looked up by their landmarks.

    Attributes:
        names: Of the works.
        starts: (works,) int64, first frame of each on the line; rising.
        lengths: (works,) int64, frames of each.
        hashes: (n,) uint32, rising.
        frames: (n,) uint32, place of each landmark on the line.
    """

    names: tuple[str, ...]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    hashes: NDArray[np.uint32]
    frames: NDArray[np.uint32]

    @classmethod
    def build(cls, works: Iterable[tuple[str, Landmarks]]) -> LandmarkArchive:
        """Put works together.

        Raises:
            UsageError: Two works of one name, or more than two years of sound.
        """
        return EMPTY.extended(works)

    @classmethod
    def restored(
        cls, names: Sequence[str], arrays: dict[str, NDArray[np.generic]]
    ) -> LandmarkArchive:
        """An archive as it was stored: see :meth:`arrays`.

        Raises:
            Damaged: The arrays do not belong together.
        """
        try:
            made = cls(
                tuple(names),
                arrays["starts"].astype(np.int64, casting="safe"),
                arrays["lengths"].astype(np.int64, casting="safe"),
                arrays["hashes"].astype(np.uint32, casting="safe"),
                arrays["frames"].astype(np.uint32, casting="safe"),
            )
        except (KeyError, TypeError) as error:
            raise Damaged("the landmarks of the library cannot be read", why=str(error)) from error
        if not made._holds_together():
            raise Damaged("the landmarks of the library do not belong together")
        return made

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What has to be stored beside the names."""
        return {
            "starts": self.starts,
            "lengths": self.lengths,
            "hashes": self.hashes,
            "frames": self.frames,
        }

    def extended(self, works: Iterable[tuple[str, Landmarks]]) -> LandmarkArchive:
        """A new archive with further works in it.

        Raises:
            UsageError: Two works of one name, or more than two years of sound.
        """
        names, starts, lengths = list(self.names), list(self.starts), list(self.lengths)
        hashes, frames = [self.hashes], [self.frames]
        line = int(starts[-1] + lengths[-1]) + _GAP_FRAMES if names else _GAP_FRAMES
        for name, landmarks in works:
            length = round(landmarks.seconds / FRAME_SECONDS) + 1
            if line + length > _LAST_FRAME:
                raise UsageError("more sound than one archive of landmarks can hold")
            names.append(name)
            starts.append(np.int64(line))
            lengths.append(np.int64(length))
            hashes.append(landmarks.hashes)
            frames.append((landmarks.frames + np.int64(line)).astype(np.uint32))
            line += length + _GAP_FRAMES
        if len(set(names)) < len(names):
            raise UsageError("two works of the library have one name")
        every, places = np.concatenate(hashes), np.concatenate(frames)
        order = np.lexsort((places, every))
        return LandmarkArchive(
            tuple(names),
            np.array(starts, np.int64),
            np.array(lengths, np.int64),
            every[order],
            places[order],
        )

    @property
    def total_frames(self) -> int:
        """Frames of all works together."""
        return int(self.lengths.sum())

    def work_at(self, line: int) -> int:
        """Number of the work that lies nearest before or at a place on the line."""
        return max(0, int(np.searchsorted(self.starts, line + _GAP_FRAMES // 2, side="right")) - 1)

    def _holds_together(self) -> bool:
        ends = self.starts + self.lengths if len(self.starts) == len(self.lengths) else None
        return (
            ends is not None
            and len(self.names) == len(self.starts) == len(set(self.names))
            and bool(np.all(self.lengths >= 0) and np.all(self.starts[1:] >= ends[:-1]))
            and len(self.hashes) == len(self.frames)
            and bool(np.all(self.hashes[:-1] <= self.hashes[1:]))
            and (len(self.frames) == 0 or (len(ends) > 0 and int(self.frames.max()) <= ends[-1]))
        )


EMPTY = LandmarkArchive(
    (),
    np.zeros(0, np.int64),
    np.zeros(0, np.int64),
    np.zeros(0, np.uint32),
    np.zeros(0, np.uint32),
)
"""An archive without works."""
