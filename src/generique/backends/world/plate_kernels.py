"""Who covers how much of a pixel, counted over the subframes of an exposure, in numba."""

from __future__ import annotations

from typing import Any

import numpy as np

from generique.backends.world.compiled import compiled
from generique.world.arrays import Floats, Ints

NOBODY = -1


@compiled
def _rank(owners: Any, ranked: Any, cover: Any) -> None:
    count, height, width = owners.shape
    found = np.empty(count, np.int32)
    times = np.empty(count, np.int32)
    for y in range(height):
        for x in range(width):
            known = 0
            for k in range(count):
                here = owners[k, y, x]
                at = 0
                while at < known and found[at] != here:
                    at += 1
                if at == known:
                    found[at] = here
                    times[at] = 0
                    known += 1
                times[at] += 1
            for rank in range(known):
                best = rank
                for at in range(rank + 1, known):
                    more = times[at] > times[best]
                    if more or (times[at] == times[best] and found[at] < found[best]):
                        best = at
                found[rank], found[best] = found[best], found[rank]
                times[rank], times[best] = times[best], times[rank]
                ranked[rank, y, x] = found[rank]
                cover[rank, y, x] = np.float32(times[rank]) / np.float32(count)


def rank_owners(owners: Ints) -> tuple[Ints, Floats]:
    """Owners of each pixel by falling cover; of equal cover the smaller number first.

    Args:
        owners: subframes x height x width, int32.

    Returns:
        Owners, int32, :data:`NOBODY` where there are no more, and their shares of the pixel,
        float32; both subframes x height x width. The shares of a pixel sum to 1.
    """
    ranked = np.full(owners.shape, NOBODY, np.int32)
    cover = np.zeros(owners.shape, np.float32)
    _rank(np.ascontiguousarray(owners), ranked, cover)
    return ranked, cover
