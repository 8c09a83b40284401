"""Measuring the tension of music from its sound, to check a score against its target.

After M. Farbood, *A parametric, temporal model of musical tension* (Music Perception 29, 2012):
listeners follow the *slopes* of features within a short memory, not their levels. Ours are
loudness, brightness, onset rate and roughness, weighted and summed over time with slow
forgetting. Harmony in her model's longer memory is left out: this meter hears no chords.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

from generique.sound.loudness import momentary_lufs

Floats = NDArray[np.float64]

STEP = 0.25
"""Seconds between two values of :func:`tension_of`."""

WEIGHTS = {"loudness": 0.45, "brightness": 0.20, "onsets": 0.25, "roughness": 0.10}
"""Weights of the features' slopes: loudness first, as in the cited study."""

_MEMORY = 3.0
_FORGETTING = 90.0
_WINDOW = 8192
_PARTIALS = 14
_QUIETEST = 18.0


def tension_of(samples: NDArray[np.float32], rate: int) -> Floats:
    """Measured tension, one value each :data:`STEP` seconds, scaled to 0 to 1.

    Args:
        samples: (n, 2), full scale 1, at least a second long to mean anything.
        rate: Samples a second.
    """
    features = tension_features(samples, rate)
    count = len(features["loudness"])
    slope = np.zeros(count)
    for name, weight in WEIGHTS.items():
        slope += weight * _slope(_standard(features[name]))
    level = np.zeros(count)
    keep = float(np.exp(-STEP / _FORGETTING))
    for place in range(1, count):
        level[place] = keep * level[place - 1] + slope[place]
    span = np.ptp(level)
    return (level - level.min()) / span if span > 0 else level


def tension_features(samples: NDArray[np.float32], rate: int) -> dict[str, Floats]:
    """Loudness (LUFS), brightness (log2 Hz), onsets (a second) and roughness, each (m,)."""
    mono = samples.mean(axis=1, dtype=np.float64)
    hop = round(STEP * rate)
    padded = np.pad(mono, (_WINDOW // 2, _WINDOW))
    starts = np.arange(0, max(1, len(mono)), hop)
    window = signal.windows.hann(_WINDOW, sym=False)
    frames = np.stack([padded[start : start + _WINDOW] for start in starts]) * window
    spectra = np.abs(np.fft.rfft(frames, axis=1)) / (_WINDOW / 4)
    hertz = np.asarray(np.fft.rfftfreq(_WINDOW, 1 / rate), np.float64)
    heard = (hertz > 60) & (hertz < 9000)
    power = spectra[:, heard] ** 2
    centroid = (power * hertz[heard]).sum(axis=1) / np.maximum(power.sum(axis=1), 1e-14)
    loud = momentary_lufs(samples, rate)
    # The silence before the first note is not a calm that the first note breaks.
    loud = np.maximum(loud, np.percentile(loud, 95) - _QUIETEST)
    times = np.arange(len(loud)) * 0.1 + 0.2
    grid = starts / rate
    return {
        "loudness": ndimage.gaussian_filter1d(np.interp(grid, times, loud), 2),
        "brightness": ndimage.gaussian_filter1d(np.log2(np.maximum(centroid, 60)), 2),
        "onsets": _onset_rate(mono, rate, grid),
        "roughness": ndimage.gaussian_filter1d(_roughness(spectra, hertz), 2),
    }


def onset_times(mono: Floats, rate: int) -> Floats:
    """Seconds at which something is struck: peaks of rising energy, 20 ms apart at least.

    The rise is of the logarithm of band energies (spectral flux), each found in windows of
    10.7 ms every 2.7 ms, so that times are good to a few milliseconds.
    """
    frame, hop = round(0.0107 * rate), round(0.00267 * rate)
    form = signal.ShortTimeFFT(signal.windows.hann(frame), hop, rate)
    mono = np.pad(mono, (0, max(0, frame - len(mono))))
    bands = np.log10(np.abs(form.stft(mono)) + 1e-4)
    gap = 4
    rise = np.maximum(bands[:, gap:] - bands[:, :-gap], 0).mean(axis=0)
    peaks, _ = signal.find_peaks(rise, height=0.08, distance=8, prominence=0.05)
    return np.asarray((peaks + form.p_min + gap / 2) * hop / rate)


def _onset_rate(mono: Floats, rate: int, grid: Floats) -> Floats:
    times = onset_times(mono, rate)
    if not times.size:
        return np.zeros(len(grid))
    near = np.abs(grid[:, None] - times[None, :]) / 1.5
    return np.asarray(np.exp(-0.5 * near**2).sum(axis=1) / (1.5 * np.sqrt(2 * np.pi)))


def _roughness(spectra: Floats, hertz: Floats) -> Floats:
    """Sensory dissonance of the strongest partials (Plomp and Levelt 1965, curve of Sethares)."""
    values = np.zeros(len(spectra))
    for place, spectrum in enumerate(spectra):
        peaks, _ = signal.find_peaks(spectrum, height=spectrum.max() * 0.01 + 1e-9)
        top = peaks[np.argsort(spectrum[peaks])[-_PARTIALS:]]
        one, two = np.triu_indices(len(top), 1)
        low = np.minimum(hertz[top[one]], hertz[top[two]])
        apart = np.abs(hertz[top[one]] - hertz[top[two]]) * 0.24 / (0.0207 * low + 18.96)
        curve = np.exp(-3.5 * apart) - np.exp(-5.75 * apart)
        strength = np.minimum(spectrum[top[one]], spectrum[top[two]])
        values[place] = float((strength * curve).sum() / max(float(spectrum[top].sum()), 1e-9))
    return values


def _standard(values: Floats) -> Floats:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 1e-9 else np.zeros_like(values)


def _slope(values: Floats) -> Floats:
    """Rise a second of the straight line through the last :data:`_MEMORY` seconds."""
    reach = round(_MEMORY / STEP)
    if len(values) < 2:
        return np.zeros_like(values)
    padded = np.pad(values, (reach, 0), mode="edge")
    place = (np.arange(reach + 1) - reach / 2) * STEP
    kernel = place / (place**2).sum()
    return np.asarray(np.correlate(padded, kernel, mode="valid"))
