"""Eyes: what identification sees of a file: signatures of all or part of it, and single stills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import av
import cv2
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from generique.machineroom.fingerprints import read_signatures
from generique.machineroom.mark_reader import luma_frames
from generique.marks.fingerprint.signature import Signatures
from generique.marks.watermark import MarkGatherer, MarkSum
from generique.model.errors import UnreadableInput
from generique.production.machineroom_ports import Bench, PictureFacts
from generique.production.sight_ports import Window

_STILL_HEIGHT = 360
_STILLS = 512


class FileEyes:
    """Looks at files.

    Args:
        bench: Tells the facts of a file.
    """

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._facts = lru_cache(maxsize=64)(bench.picture_facts)
        self._still = lru_cache(maxsize=_STILLS)(_still)

    def has(self, path: Path) -> bool:
        """True when the file is there."""
        return path.is_file()

    def facts(self, path: Path) -> PictureFacts:
        """Facts of a picture file."""
        return self._facts(path)

    def signatures(self, path: Path, window: Window | None = None) -> Signatures:
        """Signatures of a file, or of a part of its time and picture."""
        return read_signatures(path, self.facts(path).rate.fps, window)

    def marks(self, path: Path, stretches: Sequence[tuple[int, int]]) -> Iterator[MarkSum]:
        """What the picture mark's reader needs of each stretch, in one pass over the file."""
        waiting = iter(sorted(stretches))
        stretch = next(waiting, None)
        gatherer: MarkGatherer | None = None
        for index, frame in enumerate(luma_frames(path)):
            if stretch is None:
                return
            if not stretch[0] <= index < stretch[1]:
                continue
            if gatherer is None:
                height, width = frame.luma.shape
                gatherer = MarkGatherer(width=width, height=height, bits=frame.bits)
            gatherer.add(frame.luma)
            if index + 1 == stretch[1]:
                yield gatherer.take()
                stretch = next(waiting, None)

    def still(self, path: Path, frame: int) -> NDArray[np.uint8]:
        """Luma of one frame, at most 360 lines."""
        return self._still(path, frame, self.facts(path).rate.fps)


def _still(path: Path, frame: int, fps: Fraction) -> NDArray[np.uint8]:
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            base = stream.time_base or Fraction(1, 90_000)
            start = stream.start_time or 0
            wanted = start + int(Fraction(frame) / fps / base)
            container.seek(wanted, stream=stream)
            half = Fraction(1, 2) / fps
            for picture in container.decode(stream):
                if picture.pts is not None and (picture.pts + half / base) >= wanted:
                    return _small(np.asarray(picture.to_ndarray(format="gray"), np.uint8))
    except (FFmpegError, IndexError) as error:
        raise UnreadableInput(
            f"{path.name} cannot be decoded", where=str(path), why=str(error)
        ) from error
    raise UnreadableInput(f"{path.name} has no frame {frame}", where=str(path))


def _small(luma: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = luma.shape
    if height <= _STILL_HEIGHT:
        return luma
    size = (round(width * _STILL_HEIGHT / height), _STILL_HEIGHT)
    return np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), np.uint8)
