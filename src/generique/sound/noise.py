"""Noise with a moving spectrum, and curves that wander slowly: the raw stuff of weather.

Noise is shaped in short overlapping spectra rather than by moving filters: any spectrum can be
drawn at any time, nothing rings or clicks, and the work is a few transforms.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

from generique.sound.mix import SAMPLE_RATE

Floats = NDArray[np.float64]
Spectrum = Callable[[Floats, Floats], Floats]
"""Amplitude for times (t,) in seconds and frequencies (f,) in hertz, as (f, t)."""

_FRAME, _HOP = 2048, 512
_CURVE_RATE = 20.0


def shaped_noise(count: int, spectrum: Spectrum, rng: np.random.Generator) -> Floats:
    """Noise of a moving spectrum, (count,).

    White noise has an RMS of 1 before shaping, so an amplitude of 1 everywhere gives RMS 1.

    Args:
        count: Samples.
        spectrum: Amplitude over time and frequency.
        rng: Source of the noise.
    """
    length = max(count, _FRAME)
    form = signal.ShortTimeFFT(signal.windows.hann(_FRAME, sym=False), _HOP, SAMPLE_RATE)
    grains = form.stft(rng.standard_normal(length))
    times = np.asarray(form.t(length), np.float64)
    hertz = np.asarray(form.f, np.float64)
    shaped = form.istft(grains * spectrum(times, hertz), k1=length)
    return np.asarray(shaped[:count], np.float64)


def held(spectrum: Spectrum) -> Spectrum:
    """The same spectrum, worked out once for noises of one length that share it."""
    drawn: list[Floats] = []

    def once(times: Floats, hertz: Floats) -> Floats:
        if not drawn or drawn[0].shape[-1] not in (1, len(times)):
            drawn[:] = [spectrum(times, hertz)]
        return drawn[0]

    return once


def drift(seconds: float, speed: float, rng: np.random.Generator) -> Callable[[Floats], Floats]:
    """A slow random curve between about -1 and 1, as a function of time in seconds.

    Args:
        seconds: Length over which it must vary; times outside are held.
        speed: Changes a second, roughly.
        rng: Source of the curve.
    """
    count = max(4, round((seconds + 4) * _CURVE_RATE))
    rough = ndimage.gaussian_filter1d(
        rng.standard_normal(count), _CURVE_RATE / (2.5 * speed), mode="wrap"
    )
    curve = (rough - rough.mean()) / max(float(rough.std()), 1e-9) / 2
    places = np.arange(count) / _CURVE_RATE - 2

    def at(times: Floats) -> Floats:
        return np.asarray(np.clip(np.interp(times, places, curve), -1, 1))

    return at


def hump(hertz: Floats, centre: Floats, octaves: float) -> Floats:
    """A bell over log-frequency, (f, t): 1 at the centre, which may move with time (t,)."""
    distance = np.log2(np.maximum(hertz, 10)[:, None] / np.maximum(centre, 10)[None, :])
    return np.asarray(np.exp(-0.5 * (distance / octaves) ** 2))


def slope_down(hertz: Floats, corner: float, exponent: float) -> Floats:
    """1 below a corner, falling with a power of frequency above it, (f, 1)."""
    return np.asarray(1 / (1 + (hertz / corner) ** exponent))[:, None]


def place_hits(
    count: int, rate: Floats, templates: list[Floats], rng: np.random.Generator
) -> Floats:
    """Short sounds scattered like rain, (count, 2), each at a place of its own.

    Args:
        count: Samples.
        rate: Expected hits a second at each of equal stretches of the length, (m,).
        templates: The sounds, (k,) each.
        rng: Source of times, levels and places.
    """
    sound = np.zeros((count, 2))
    span = count / max(1, len(rate))
    for template in templates:
        share = rate / len(templates) * span / SAMPLE_RATE
        hits = rng.poisson(share)
        starts = np.repeat(np.arange(len(rate)), hits) * span + rng.uniform(0, span, hits.sum())
        level = rng.lognormal(-0.5, 0.7, len(starts))
        side = rng.uniform(0, np.pi / 2, len(starts))
        train = np.zeros((count, 2))
        where = np.minimum(starts.astype(int), count - 1)
        np.add.at(train[:, 0], where, level * np.cos(side))
        np.add.at(train[:, 1], where, level * np.sin(side))
        sound += signal.oaconvolve(train, template[:, None], axes=0)[:count]
    return sound
