"""Finds a single picture in known works: the nearest fingerprints propose, PDQ and points decide.

One picture has no course through time, so that frames alone say too little. What is proposed is
compared as a take is with protected works: by its hash as a whole, and by matched points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from generique.marks.fingerprint.distance import distance
from generique.marks.fingerprint.index import Library
from generique.marks.fingerprint.match import Run
from generique.marks.fingerprint.signature import Signatures
from generique.marks.fingerprint.similarity import (
    STRANGERS,
    Comparison,
    Likeness,
    Look,
    compare,
)
from generique.marks.works import Work
from generique.model.errors import UnreadableInput
from generique.model.values import Digest
from generique.production.sight_ports import Eyes, Window
from generique.production.survey import Surveyed

_OWN = ("master", "take")
_MOST_WORKS = 8
_MOST_STILLS = 24
"""Works, and frames of each, that are looked at where no fingerprint is near."""

_APART = 2
"""Seconds between them, at least."""

Reader = Callable[[Digest], Signatures]


class StillSearch:
    """Finds one picture.

    Args:
        eyes: Look at files.
        works: The known works.
        library: Their distinct pictures.
        read: Gives the signatures of a work.
    """

    def __init__(
        self, eyes: Eyes, works: Mapping[Digest, Work], library: Library, read: Reader
    ) -> None:
        self._eyes = eyes
        self._works = works
        self._library = library
        self._read = read

    def find(self, path: Path, query: Signatures) -> tuple[Surveyed, ...]:
        """The frame of each work that is a near copy of a picture, as a run of one frame.

        Args:
            path: The picture.
            query: Its signature: of one frame.
        """
        look = Look.at(self._eyes.still(path, 0))
        proposed = dict.fromkeys(self._proposed(path, query))
        found, tried = self._compared(look, list(proposed))
        if not found:
            spread = [place for place in self._spread() if place not in proposed]
            found, more = self._compared(look, spread)
            tried += more
        bound = min(1.0, tried * STRANGERS)
        return tuple(
            self._surveyed(work, at, one, query, bound) for work, (at, one) in found.items()
        )

    def _proposed(self, path: Path, query: Signatures) -> Iterator[tuple[Digest, int]]:
        """Frames of works whose fingerprints are nearest, the picture mirrored as well."""
        if not len(self._library):
            return
        mirrored = self._eyes.signatures(path, Window(mirrored=True))
        looked: set[tuple[Digest, int]] = set()
        for side in (query, mirrored):
            hits = self._library.nearest(side.packed[:1])
            for picture in hits.picture[0]:
                work = self._library.ids[self._library.names[picture]]
                second = float(self._library.first[picture])
                if (work, round(second)) not in looked:
                    looked.add((work, round(second)))
                    yield work, round(second * float(self._works[work].rate.fps))

    def _spread(self) -> Iterator[tuple[Digest, int]]:
        """Frames all over the films that were made here, two seconds and more apart."""
        own = [work for work in self._works.values() if work.kind in _OWN]
        for work in own[:_MOST_WORKS]:
            count = min(_MOST_STILLS, 1 + int(work.frames / work.rate.fps / _APART))
            spots = (np.arange(count) + 0.5) * work.frames / count
            yield from ((work.id, int(spot)) for spot in spots)

    def _compared(
        self, look: Look, places: Sequence[tuple[Digest, int]]
    ) -> tuple[dict[Digest, tuple[int, Comparison]], int]:
        """The nearest copy in each work, and how many pictures were compared."""
        found: dict[Digest, tuple[int, Comparison]] = {}
        tried = 0
        for work, at in places:
            file = Path(self._works[work].locator)
            if not self._eyes.has(file):
                continue
            try:
                there = self._eyes.still(file, at)
            except UnreadableInput:
                continue  # the work's file changed
            tried += 1
            one = compare(look, Look.at(there))
            if one.likeness is Likeness.NEAR_COPY and (
                work not in found or _order(one) < _order(found[work][1])
            ):
                found[work] = at, one
        return found, tried

    def _surveyed(
        self, work: Digest, at: int, one: Comparison, query: Signatures, bound: float
    ) -> Surveyed:
        signatures = self._read(work)
        place = min(at, len(signatures) - 1)
        run = Run(
            work=work,
            start=0,
            end=1,
            at=place,
            pace=1.0,
            distance=float(distance(query.packed[0], signatures.packed[place])),
            bound=bound,
            mirrored=one.mirrored,
        )
        crop = None if one.registration is None else one.registration.crop
        return Surveyed(run, crop, one.inliers)


def _order(one: Comparison) -> tuple[int, int]:
    return -one.inliers, one.distance
