"""Spectra of a sound as the sound mark sees them: 100 a second, bins of 25 Hz, 40 ms each."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from scipy import fft, signal

from generique.marks.listening import Floats32
from generique.marks.sound_mark.layout import BAND_EDGES, BIN_HERTZ, FRAMES_A_SECOND

ANALYSIS_RATE = 16_000
OVERLAP = 4
_ANALYSIS_LENGTH = round(ANALYSIS_RATE / BIN_HERTZ)
_CHUNK_FRAMES = 4096
_RANGE = 10**-4.5
_SILENCE = 1e-10


def band_energies(samples: Floats32, tempo: Fraction) -> Floats32:
    """Energy in each band of each spectrum, summed over channels.

    Args:
        samples: n x channels at 16 kHz.
        tempo: How much faster than the original it runs, its pitch being right.

    Returns:
        Frames x bands, full-scale sine about 0.25.
    """
    step = ANALYSIS_RATE / FRAMES_A_SECOND / float(tempo)
    count = max(0, int((len(samples) - _ANALYSIS_LENGTH) / step) + 1)
    energies = np.empty((count, len(BAND_EDGES) - 1), np.float32)
    window = hann(_ANALYSIS_LENGTH) / np.float32(_ANALYSIS_LENGTH / 2)
    inside = np.arange(_ANALYSIS_LENGTH)
    for first in range(0, count, _CHUNK_FRAMES):
        last = min(count, first + _CHUNK_FRAMES)
        starts = np.round(np.arange(first, last) * step).astype(np.intp)
        places = starts[:, None] + inside
        power = np.zeros((last - first, _ANALYSIS_LENGTH // 2 + 1), np.float32)
        for channel in samples.T:
            spectra = fft.rfft(channel[places] * window, axis=1)
            power += spectra.real**2 + spectra.imag**2
        energies[first:last] = in_bands(power)
    return energies


def in_bands(power: Floats32) -> Floats32:
    """Sums over the bands: frames x bins to frames x bands."""
    sums = np.add.reduceat(power[:, : BAND_EDGES[-1]], BAND_EDGES[:-1], axis=1)
    return np.asarray(sums, np.float32)


def levels(energies: Floats32) -> Floats32:
    """Levels in dB, frames x bands; 45 dB under the loudest band of a frame they fade out.

    What lies lower is what codecs drop: without a floor their holes would outweigh the sound.
    """
    floor = _RANGE * energies.max(axis=1, keepdims=True) + np.float32(_SILENCE)
    return np.asarray(10 * np.log10(energies + floor), np.float32)


def hann(length: int) -> Floats32:
    """Periodic Hann window, float32."""
    return np.asarray(signal.get_window("hann", length), np.float32)
