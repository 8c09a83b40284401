"""Eyes: what identification sees of a file: signatures of all or part of it, and single stills."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from numpy.typing import NDArray

from generique.machineroom.fingerprints import read_signatures
from generique.machineroom.mark_places import gather_at
from generique.machineroom.mark_reader import luma_frames
from generique.marks.fingerprint.signature import Signatures
from generique.marks.watermark import MarkGatherer, MarkSum, Placement
from generique.model.errors import UnreadableInput
from generique.model.time import Rate
from generique.production.machineroom_ports import Bench, PictureFacts
from generique.production.sight_ports import Pairing, Window

if TYPE_CHECKING:
    from generique.production.ports import Frame

_STILL_HEIGHT = 360
_KEPT = 600
_LEAP = 240
"""Frames from which seeking is quicker than decoding on."""


class FileEyes:
    """Looks at files.

    Args:
        bench: Tells the facts of a file.
    """

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._facts = lru_cache(maxsize=64)(bench.picture_facts)
        self._rate = lru_cache(maxsize=1024)(_rate)
        self._stills: OrderedDict[tuple[Path, int], NDArray[np.uint8]] = OrderedDict()

    def has(self, path: Path) -> bool:
        """True when the file is there."""
        return path.is_file()

    def facts(self, path: Path) -> PictureFacts:
        """Facts of a picture file."""
        return self._facts(path)

    def rate(self, path: Path) -> Rate:
        """Frames a second, as the file states them; quick, nothing is decoded."""
        return self._rate(path)

    def signatures(self, path: Path, window: Window | None = None) -> Signatures:
        """Signatures of a file, or of a part of its time and picture."""
        return read_signatures(path, self.rate(path).fps, window)

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
            gatherer.add(frame.luma, weight=frame.weight)
            if index + 1 == stretch[1]:
                yield gatherer.take()
                stretch = next(waiting, None)

    def marks_at(self, path: Path, pairing: Pairing) -> tuple[MarkSum, Placement]:
        """What the reader of a mark at a known place needs of one stretch."""
        return gather_at(path, pairing)

    def pictures(
        self, path: Path, stretches: Sequence[tuple[int, int]]
    ) -> Iterator[Iterator[Frame]]:
        """RGB frames of each stretch, in one pass; those of one end where the next is asked for."""
        facts = self.facts(path)
        frames = enumerate(self._bench.frames(path, 0, facts.frames, facts.raster))
        for start, end in sorted(stretches):
            yield _between(frames, start, end)

    def still(self, path: Path, frame: int) -> NDArray[np.uint8]:
        """Luma of one frame, at most 360 lines."""
        if (path, frame) not in self._stills:
            self.prepare(path, [frame])
        return self._stills[path, frame]

    def prepare(self, path: Path, frames: Sequence[int]) -> None:
        """Read stills that will be asked for, in one pass; the latest are kept."""
        wanted = sorted({frame for frame in frames if (path, frame) not in self._stills})
        for frame, still in _stills(path, wanted, self.rate(path).fps):
            self._stills[path, frame] = still
        while len(self._stills) > max(_KEPT, len(frames)):
            self._stills.popitem(last=False)


def _between(frames: Iterator[tuple[int, Frame]], start: int, end: int) -> Iterator[Frame]:
    """Frames of a stretch, out of a running count."""
    for index, frame in frames:
        if index >= start:
            yield frame
        if index + 1 >= end:
            return


def _rate(path: Path) -> Rate:
    with _opened(path) as container:
        fps = container.streams.video[0].average_rate
    if not fps:
        raise UnreadableInput(f"{path.name} states no frame rate", where=str(path))
    return Rate(numerator=fps.numerator, denominator=fps.denominator)


@contextmanager
def _opened(path: Path) -> Iterator[InputContainer]:
    try:
        with av.open(str(path)) as container:
            yield container
    except (FFmpegError, IndexError) as error:
        lacking = isinstance(error, IndexError)
        raise UnreadableInput(
            f"{path.name} cannot be decoded",
            where=str(path),
            why="it holds no picture" if lacking else str(error),
            next_step="give a film or a clip that a player opens",
        ) from error


def _stills(
    path: Path, frames: Sequence[int], fps: Fraction
) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Stills of some frames, in order; long gaps are leapt over."""
    if not frames:
        return
    with _opened(path) as container:
        stream = container.streams.video[0]
        base = stream.time_base or Fraction(1, 90_000)
        first = stream.start_time or 0
        half = Fraction(1, 2) / fps / base
        position = 0
        waiting = list(frames)
        while waiting:
            wanted = first + Fraction(waiting[0]) / fps / base
            if waiting[0] - position >= _LEAP:
                container.seek(int(wanted), stream=stream)
            for picture in container.decode(stream):
                if picture.pts is None or picture.pts + half < wanted:
                    continue
                luma = np.asarray(picture.to_ndarray(format="gray"), np.uint8)
                position = waiting.pop(0)
                yield position, _small(luma)
                break
            else:
                raise UnreadableInput(f"{path.name} has no frame {waiting[0]}", where=str(path))


def _small(luma: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = luma.shape
    if height <= _STILL_HEIGHT:
        return luma
    size = (round(width * _STILL_HEIGHT / height), _STILL_HEIGHT)
    return np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), np.uint8)
