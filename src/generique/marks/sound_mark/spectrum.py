"""Spectra of a sound as the sound mark sees them: 100 a second, bins of 25 Hz, 40 ms each."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy import fft, signal

from generique.marks.sound_mark.layout import BAND_EDGES, BIN_HERTZ, FRAMES_A_SECOND
from generique.model.errors import UsageError

LOWEST_RATE, HIGHEST_RATE = 16_000, 192_000
ANALYSIS_RATE = 16_000
OVERLAP = 4
_ANALYSIS_LENGTH = round(ANALYSIS_RATE / BIN_HERTZ)
_CHUNK_FRAMES = 4096
_RANGE = 10**-4.5
_SILENCE = 1e-10

Floats32 = NDArray[np.float32]


def check_sound(samples: Floats32, rate: int) -> None:
    """Refuse what is no sound, or a sound that the mark does not fit into.

    Args:
        samples: n x channels, float32.
        rate: Samples a second.

    Raises:
        UsageError: Another shape or type, values that are no numbers, or a rate out of range.
    """
    if samples.ndim != 2 or samples.dtype != np.float32 or samples.shape[1] < 1:
        raise UsageError(
            f"a sound is samples x channels of float32, not {samples.dtype} {samples.shape}"
        )
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise UsageError(
            f"a sound mark does not fit into {rate} samples a second",
            why="it uses 400 to 7,400 Hz",
            next_step=f"resample to a rate from {LOWEST_RATE} to {HIGHEST_RATE}",
        )
    if not np.isfinite(samples).all():
        raise UsageError("the sound holds values that are no numbers")


def resampled(samples: Floats32, rate: int, pitch: Fraction) -> Floats32:
    """A sound at the rate of the analysis, its pitch divided by a ratio.

    Args:
        samples: n x channels.
        rate: Samples a second.
        pitch: How much higher than the original it sounds.

    Returns:
        m x channels, 16,000 samples for a second of the original.
    """
    ratio = (Fraction(ANALYSIS_RATE, rate) * pitch).limit_denominator(2000)
    if ratio == 1:
        return samples
    return np.asarray(
        signal.resample_poly(samples, ratio.numerator, ratio.denominator, axis=0), np.float32
    )


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
        power = np.float32(0)
        for channel in samples.T:
            spectra = fft.rfft(channel[places] * window, axis=1)
            power = power + spectra.real**2 + spectra.imag**2
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
