"""The search of the decoder, in numba: which word near the certain bits agrees best."""

from __future__ import annotations

from typing import cast

import numba
import numpy as np
from numpy.typing import NDArray


def best_word(
    basis: NDArray[np.float32],
    chosen: NDArray[np.int64],
    soft: NDArray[np.float32],
    order: int,
) -> NDArray[np.int8]:
    """The word of highest correlation among those that differ little from the certain bits.

    Args:
        basis: k x n, rows of the reduced generator as +1 for 0 and -1 for 1.
        chosen: (k,), the columns in which the basis is a unit matrix, most certain first.
        soft: (n,), positive for a 1.
        order: How many of the k certain bits may be wrong.

    Returns:
        (n,), +1 for a 1 and -1 for a 0.
    """
    start = -np.ones(basis.shape[1], np.float32)
    for row, column in enumerate(chosen):
        if soft[column] > 0:
            start *= basis[row]
    flips = cast("NDArray[np.int64]", _search(basis, start * soft, order))
    word = start
    for row in flips:
        if row >= 0:
            word = word * basis[row]
    return word.astype(np.int8)


@numba.njit(nogil=True, fastmath=True, cache=False)
def _search(basis, agreed, order):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Depth first over sets of rows; the product of their signs is carried along."""
    k, n = basis.shape
    best = agreed.sum()
    best_rows = np.full(order, -1, np.int64)
    rows = np.full(order, -1, np.int64)
    stack = np.zeros((order + 1, n), np.float32)
    stack[0] = agreed
    depth, following = 0, k - 1
    while depth > 0 or following >= 0:
        if following < 0:
            depth -= 1
            following = rows[depth] - 1
            rows[depth] = -1
            continue
        above, own, row = stack[depth], stack[depth + 1], basis[following]
        total = np.float32(0)
        for column in range(n):
            own[column] = above[column] * row[column]
            total += own[column]
        rows[depth] = following
        if total > best:
            best = total
            best_rows[:] = rows
        if depth + 1 < order:
            depth += 1
            following -= 1
        else:
            rows[depth] = -1
            following -= 1
    return best_rows
