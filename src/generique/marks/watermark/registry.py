"""The identities that may be expected: a far stronger question than "which of 2^64?"."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from generique.marks.watermark.code import encode_many

_CHUNK = 1 << 15


class MarkRegistry:
    """Known identities with their code words (384 bytes each).

    Args:
        mark_ids: Identities, 0 to 2^64 - 1; doubles count once. A uint64 array is quickest.
    """

    def __init__(self, mark_ids: Iterable[int] | NDArray[np.uint64]) -> None:
        listed = mark_ids if isinstance(mark_ids, np.ndarray) else list(mark_ids)
        self.ids: NDArray[np.uint64] = np.unique(np.asarray(listed, np.uint64))
        parts = [
            encode_many(self.ids[start : start + _CHUNK])
            for start in range(0, len(self.ids), _CHUNK)
        ]
        self._words = np.concatenate(parts) if parts else np.empty((0, 384), np.int8)

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, mark_id: int) -> bool:
        at = int(np.searchsorted(self.ids, np.uint64(mark_id)))
        return at < len(self.ids) and int(self.ids[at]) == mark_id

    def best(self, soft: NDArray[np.float64]) -> tuple[int, float]:
        """The known identity whose word correlates best with soft values, and the correlation.

        Args:
            soft: 384 values.
        """
        values = np.asarray(soft, np.float32)
        scores = np.concatenate(
            [
                self._words[start : start + _CHUNK].astype(np.float32) @ values
                for start in range(0, len(self.ids), _CHUNK)
            ]
        )
        at = int(scores.argmax())
        return int(self.ids[at]), float(scores[at])
