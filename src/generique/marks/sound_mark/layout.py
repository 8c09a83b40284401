"""Where the sound mark lies: cells of time and pitch, their signs, and the bit that each carries.

The plane from 400 to 7,400 Hz is cut into bands of about 100 Hz to 500 Hz, and time into blocks of
60 ms. 80 blocks make a pattern of 4.8 s, which repeats without end. A quarter of the cells carries
a fixed sign, by which the pattern is found; each of the others carries the sign of one bit of the
code word. A cell is made a little louder or a little softer: nothing else is done to the sound.

The signs come from a fixed seed. They are no secret: the mark withstands handling, not an enemy.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generique.marks.sound_mark.code import WORD_BITS

FRAMES_A_SECOND = 100
"""Spectra a second. A spectrum looks at 40 ms, so that four of them overlap."""

BLOCK_FRAMES = 6
BLOCKS = 80
PERIOD_FRAMES = BLOCKS * BLOCK_FRAMES
PERIOD_SECONDS = PERIOD_FRAMES / FRAMES_A_SECOND
BIN_HERTZ = 25.0
_SEED = 20260

_FIRST_HERTZ, _LAST_HERTZ = 400.0, 7400.0
_NARROWEST_HERTZ, _RELATIVE_WIDTH = 100.0, 0.07
_SYNC_SHARE = 0.25


def _band_edges() -> NDArray[np.intp]:
    edges = [_FIRST_HERTZ]
    while edges[-1] < _LAST_HERTZ:
        edges.append(edges[-1] + max(_NARROWEST_HERTZ, _RELATIVE_WIDTH * edges[-1]))
    return np.round(np.array(edges) / BIN_HERTZ).astype(np.intp)


BAND_EDGES = _band_edges()
"""Edges of the bands in bins of 25 Hz, rising; one more than there are bands."""

BANDS = len(BAND_EDGES) - 1


def _signs() -> NDArray[np.float32]:
    drawn = np.random.default_rng(_SEED).integers(0, 2, (BLOCKS, BANDS))
    return (2 * drawn - 1).astype(np.float32)


def _bit_of_cell() -> NDArray[np.intp]:
    cells = BLOCKS * BANDS
    places = np.random.default_rng(_SEED + 1).permutation(cells)
    owners = np.full(cells, -1, np.intp)
    each = int(cells * (1 - _SYNC_SHARE)) // WORD_BITS
    owners[places[: each * WORD_BITS]] = np.tile(np.arange(WORD_BITS), each)
    return owners.reshape(BLOCKS, BANDS)


SIGNS = _signs()
"""Sign of each cell, blocks x bands, +1 or -1."""

BIT_OF_CELL = _bit_of_cell()
"""Bit of the code word that each cell carries, blocks x bands; -1 for the cells of fixed sign."""

SYNC = np.where(BIT_OF_CELL < 0, SIGNS, np.float32(0))
"""The signs by which the pattern is found, blocks x bands, 0 where a bit is carried."""


def pattern(word: NDArray[np.int8]) -> NDArray[np.float32]:
    """Signs of all cells for a code word.

    Args:
        word: (255,), +1 or -1.

    Returns:
        Blocks x bands, +1 or -1.
    """
    carried = np.where(BIT_OF_CELL < 0, 1, word[BIT_OF_CELL])
    return np.asarray(SIGNS * carried, np.float32)


def gather(folded: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sum of what the cells of each bit say.

    Args:
        folded: Blocks x bands.

    Returns:
        (255,), positive where the bit is +1.
    """
    carried = BIT_OF_CELL >= 0
    votes = np.bincount(
        BIT_OF_CELL[carried], weights=(folded * SIGNS)[carried], minlength=WORD_BITS
    )
    return votes.astype(np.float32)
