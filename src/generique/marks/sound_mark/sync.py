"""Finding the pattern: what each cell of an excerpt says, at every place it may begin."""

from __future__ import annotations

import numpy as np
from scipy import fft, ndimage

from generique.marks.sound_mark.layout import BANDS, BLOCK_FRAMES, BLOCKS, SYNC
from generique.marks.sound_mark.spectrum import Floats32

_NEIGHBOUR_BLOCKS = (-2, -1, 1, 2)
_BAND_SPAN = 7
_CLIP = 2.5
_SYNC_SPECTRUM = np.conj(fft.fft(SYNC, axis=0))


def evidence(levels_db: Floats32) -> Floats32:
    """By how much each cell stands out from its neighbours, for blocks that begin at any frame.

    Args:
        levels_db: Frames x bands.

    Returns:
        Frames x bands, clipped; row i is the mean over the block that begins at frame i.
    """
    means = ndimage.uniform_filter1d(
        levels_db, BLOCK_FRAMES, axis=0, origin=-(BLOCK_FRAMES // 2), mode="nearest"
    )
    around = np.zeros_like(means)
    for blocks in _NEIGHBOUR_BLOCKS:
        around += _shifted(means, blocks * BLOCK_FRAMES)
    apart = means - around / len(_NEIGHBOUR_BLOCKS)
    apart -= ndimage.uniform_filter1d(apart, _BAND_SPAN, axis=1, mode="mirror")
    return apart


def fold(rows: Floats32) -> Floats32:
    """An excerpt folded onto one period, for each place of the blocks.

    Args:
        rows: Frames x bands of :func:`evidence`.

    Returns:
        Places (8) x blocks x bands.
    """
    spread = np.sqrt(np.mean(rows**2, axis=0)) + np.float32(1e-6)
    even = np.clip(rows / spread, -_CLIP, _CLIP)
    folded = np.zeros((BLOCK_FRAMES, BLOCKS, BANDS), np.float32)
    for place in range(BLOCK_FRAMES):
        taken = even[place::BLOCK_FRAMES]
        for start in range(0, len(taken), BLOCKS):
            part = taken[start : start + BLOCKS]
            folded[place, : len(part)] += part
    return folded


def alignments(folded: Floats32) -> Floats32:
    """Agreement with the fixed signs in standard deviations: places x first blocks.

    Value (p, k) is high when block k of an excerpt's fold, at place p, is block 0 of the pattern.
    """
    spectra = fft.fft(folded, axis=1)
    agreed = fft.ifft(spectra * _SYNC_SPECTRUM, axis=1).real.sum(axis=2)
    energy = np.sqrt(np.sum(folded**2, axis=(1, 2)) * np.mean(SYNC**2)) + 1e-9
    return np.asarray(agreed / energy[:, None], np.float32)


def _shifted(rows: Floats32, frames: int) -> Floats32:
    places = np.clip(np.arange(len(rows)) + frames, 0, len(rows) - 1)
    return np.asarray(rows[places], np.float32)
