"""The distinct pictures of files, five a second, and the search for the nearest of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generique.marks.fingerprint.distance import distance, flat
from generique.marks.fingerprint.signature import BYTES, Packed, Signatures

_PER_SECOND = 5
_SAME = 10
"""L1 within which neighbouring samples are one picture."""

_NEAREST = 24
FARTHEST = 230
"""L1 beyond which a hit is chance."""

_SAMPLE = 32_768
"""Pictures of the library, at most, by which it is measured how near strangers come."""


@dataclass(frozen=True)
class Entries:
    """Distinct pictures of a file.

    Attributes:
        frame: The frame that stands for each picture.
        first: First frame that shows it.
        last: Last sampled frame that shows it.
    """

    frame: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]

    def between(self, start: int, end: int) -> NDArray[np.int64]:
        """Indexes of the pictures that stand in a stretch."""
        return np.flatnonzero((self.frame >= start) & (self.frame < end))


def entries_of(signatures: Signatures) -> Entries:
    """The distinct pictures of a file; flat frames are left out."""
    step = max(1, round(float(signatures.fps) / _PER_SECOND))
    samples = np.arange(0, len(signatures), step)
    samples = samples[~flat(signatures)[samples]]
    frames: list[int] = []
    last: list[int] = []
    for sample in samples:
        near = bool(frames) and sample - last[-1] <= step
        if near and distance(signatures.packed[sample], signatures.packed[frames[-1]]) <= _SAME:
            last[-1] = int(sample)
        else:
            frames.append(int(sample))
            last.append(int(sample))
    first = np.array(frames, np.int64)
    return Entries(frame=first, first=first, last=np.array(last, np.int64))


@dataclass(frozen=True)
class Hits:
    """Nearest pictures of the library for each picture of a file.

    Attributes:
        picture: Queries x nearest, index of the library's picture; -1 for none.
        distance: Queries x nearest, L1.
        names: Identifier of the work of each of the library's pictures, by index into ``ids``.
        ids: Identifiers of the works.
    """

    picture: NDArray[np.int64]
    distance: NDArray[np.int32]
    names: NDArray[np.int32]
    ids: tuple[str, ...]

    def works(self, queries: NDArray[np.int64]) -> list[str]:
        """Works that some pictures hit, the most often hit first; at most sixteen."""
        hit = self.picture[queries]
        near = (hit >= 0) & (self.distance[queries] <= FARTHEST)
        if not near.any():
            return []
        numbers, counts = np.unique(self.names[hit[near]], return_counts=True)
        order = np.argsort(-counts, kind="stable")[:16]
        return [self.ids[number] for number in numbers[order]]


class Library:
    """The distinct pictures of many works, ready to be searched.

    Args:
        works: Identifier and signatures of each; the signatures are not kept.
    """

    def __init__(self, works: Iterable[tuple[str, Signatures]]) -> None:
        ids: list[str] = []
        packed: list[Packed] = []
        rows: list[NDArray[np.float64]] = []
        for name, signatures in works:
            entries = entries_of(signatures)
            fps = float(signatures.fps)
            packed.append(signatures.packed[entries.frame])
            number = np.full(len(entries.frame), len(ids))
            rows.append(np.stack([number, entries.first / fps, entries.last / fps], axis=1))
            ids.append(name)
        self.ids = tuple(ids)
        self._packed = np.concatenate(packed) if packed else np.zeros((0, BYTES), np.uint8)
        table = np.concatenate(rows) if rows else np.zeros((0, 3))
        self.names = table[:, 0].astype(np.int32)
        self.first = table[:, 1]
        """Seconds at which each picture begins in its work."""
        self.last = table[:, 2]
        """Seconds at which it was last seen."""
        self._numbers = {name: number for number, name in enumerate(ids)}
        self._index: Any = None
        self._sample: Packed | None = None

    def __len__(self) -> int:
        return len(self._packed)

    def strangers(self, packed: Packed, like: Packed, work: str) -> NDArray[np.int64]:
        """Distances of one picture from pictures of other works, evenly sampled.

        Those that resemble what the picture was found to show are left out: other copies of it,
        other versions of the film.

        Args:
            packed: The picture, 96 bytes.
            like: The picture that it was found to show, 96 bytes.
            work: The work that this is of.
        """
        if self._sample is None:
            self._sample = np.ascontiguousarray(self._packed[:: self._step()])
        far = distance(packed, self._sample)
        others = distance(like, self._sample) > FARTHEST
        if work in self._numbers:
            others &= self.names[:: self._step()] != self._numbers[work]
        return far[others]

    def _step(self) -> int:
        return max(1, -(-len(self) // _SAMPLE))

    def nearest(self, packed: Packed) -> Hits:
        """The nearest pictures of each query picture (queries x 96), exactly."""
        import faiss  # noqa: PLC0415 -- takes a third of a second

        if self._index is None:
            self._index = faiss.IndexBinaryFlat(8 * BYTES)
            self._index.add(self._packed)
        wanted = min(_NEAREST, len(self))
        if not len(packed):
            empty = np.zeros((0, wanted))
            return Hits(empty.astype(np.int64), empty.astype(np.int32), self.names, self.ids)
        found, picture = self._index.search(np.ascontiguousarray(packed), wanted)
        return Hits(picture.astype(np.int64), found, self.names, self.ids)
