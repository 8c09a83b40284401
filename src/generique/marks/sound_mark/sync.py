"""Finding the pattern: what each cell of an excerpt says, at every place it may begin."""

from __future__ import annotations

import numpy as np
from scipy import fft, ndimage

from generique.marks.listening import Floats32
from generique.marks.sound_mark.layout import BANDS, BLOCK_FRAMES, BLOCKS, SYNC

_NEIGHBOURS = tuple(
    (blocks, bands)
    for blocks in (-1, 0, 1)
    for bands in (-3, -2, -1, 0, 1, 2, 3)
    if (blocks, bands) != (0, 0)
)
_RIDGE = 0.03
_ROBUST_DB = 1.5
_SPREAD_CELLS = (41, 5)
_SPREAD_DB_AT_MOST = 6.0
_SPREAD_DB_AT_LEAST = 0.5
_CLIP = 1.25


def block_means(levels_db: Floats32) -> Floats32:
    """Mean level over the block that begins at each frame: frames x bands to frames x bands."""
    means = ndimage.uniform_filter1d(
        levels_db, BLOCK_FRAMES, axis=0, origin=-(BLOCK_FRAMES // 2), mode="nearest"
    )
    return np.asarray(means, np.float32)


def surprise(means: Floats32) -> Floats32:
    """By how many dB each block differs from what its neighbours in time and pitch foretell.

    Each band is foretold by a linear rule fitted to the excerpt itself, with outliers held down:
    steady tones, swells and the bursts of speech are foretold well, the mark is not.

    Args:
        means: Frames x bands of :func:`block_means`.

    Returns:
        Frames x bands.
    """
    centred = means - means.mean(axis=0)
    shifted = {blocks: _shifted(centred, blocks * BLOCK_FRAMES) for blocks in (-1, 0, 1)}
    apart = np.empty_like(centred)
    for band in range(BANDS):
        near = np.stack(
            [
                shifted[blocks][:, band + bands]
                for blocks, bands in _NEIGHBOURS
                if 0 <= band + bands < BANDS
            ],
            axis=1,
        )
        apart[:, band] = _residual(near, centred[:, band])
    return np.asarray(apart, np.float32)


def evidence(means: Floats32) -> Floats32:
    """The surprise of each block, weighed by how usual a surprise is around it, and clipped.

    Args:
        means: Frames x bands of :func:`block_means`, of one excerpt.

    Returns:
        Frames x bands.
    """
    apart = surprise(means)
    power = ndimage.uniform_filter(
        np.minimum(apart**2, np.float32(_SPREAD_DB_AT_MOST**2)), _SPREAD_CELLS
    )
    spread = np.sqrt(np.maximum(power, 0)) + np.float32(_SPREAD_DB_AT_LEAST)
    return np.asarray(np.clip(apart / spread, -_CLIP, _CLIP) / spread, np.float32)


def fold(rows: Floats32) -> Floats32:
    """An excerpt folded onto one period, for each place of the blocks.

    Args:
        rows: Frames x bands of :func:`evidence`.

    Returns:
        Places (6) x blocks x bands.
    """
    folded = np.zeros((BLOCK_FRAMES, BLOCKS, BANDS), np.float32)
    for place in range(BLOCK_FRAMES):
        taken = rows[place::BLOCK_FRAMES]
        for start in range(0, len(taken), BLOCKS):
            part = taken[start : start + BLOCKS]
            folded[place, : len(part)] += part
    return folded


def alignments(folded: Floats32, fixed: Floats32 = SYNC) -> Floats32:
    """Agreement with the fixed signs in standard deviations: places x first blocks.

    Value (p, k) is high when block k of an excerpt's fold, at place p, is block 0 of the pattern.

    Args:
        folded: Places x blocks x bands.
        fixed: Blocks x bands, the signs to look for; those of another pattern in measurements.
    """
    spectra = fft.fft(folded, axis=1)
    crossed = np.einsum("pkb,kb->pk", spectra, np.conj(fft.fft(fixed, axis=0)))
    agreed = fft.ifft(crossed, axis=1).real
    energy = np.sqrt(np.sum(folded**2, axis=(1, 2)) * np.mean(fixed**2)) + 1e-9
    return np.asarray(agreed / energy[:, None], np.float32)


def _shifted(rows: Floats32, frames: int) -> Floats32:
    places = np.clip(np.arange(len(rows)) + frames, 0, len(rows) - 1)
    return np.asarray(rows[places], np.float32)


def _residual(near: Floats32, values: Floats32) -> Floats32:
    """What a ridge regression, reweighted once against outliers, leaves of some values."""
    weights: Floats32 = np.ones((len(values), 1), np.float32)
    left: Floats32 = values
    for _ in range(2):
        weighted = near * weights
        normal = weighted.T @ near
        ridge = _RIDGE * np.trace(normal) / len(normal) + 1e-3
        normal[np.diag_indices(len(normal))] += np.float32(ridge)
        left = values - near @ np.linalg.solve(normal, weighted.T @ values)
        weights = np.asarray(1 / (1 + (left / _ROBUST_DB) ** 2), np.float32)[:, None]
    return np.asarray(left, np.float32)
