"""Wind, rain, snow and the air of a morning, after A. Farnell, *Designing Sound* (2010).

Everything is heard from one place in the open, without loops. Amplitude 1 is full scale; a soft
wind is softer than a strong one, and :mod:`generique.sound.foley` sets the level for the mix.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generique.sound.mix import SAMPLE_RATE
from generique.sound.noise import Spectrum, drift, held, hump, place_hits, shaped_noise, slope_down

Floats = NDArray[np.float64]

_STROUHAL = 0.2
_OBJECTS = ((0.0045, 0.10, 0.55), (0.0025, 0.06, 0.35), (0.0014, 0.05, 0.2))


def wind(count: int, strength: float, seed: int, *, leaves: bool = False) -> Floats:
    """Wind across an open place with bare branches and wires, (count, 2).

    Vortices leave an object of size D at ``0.2 u / D`` (Strouhal): noise through narrow humps whose
    centres follow the wind's speed u. Gusts cross the picture: the right side hears them later.

    Args:
        count: Samples.
        strength: 0 a breath (2 m/s), 1 a storm (20 m/s).
        seed: Of gusts and noise.
        leaves: Whether there are leaves to rustle.
    """
    rng = np.random.default_rng([seed, 0x01])
    seconds = count / SAMPLE_RATE
    mean = 2.0 + 18.0 * strength**1.3
    slow, gust = drift(seconds, 0.07, rng), drift(seconds, 0.25, rng)
    flutter = [drift(seconds, 1.1, rng) for _ in _OBJECTS]
    cross = float(rng.uniform(0.35, 0.9))

    def speed(times: Floats) -> Floats:
        varied = 1 + 0.38 * slow(times) + 0.30 * gust(times)
        return np.asarray(mean * np.clip(varied, 0.25, 2.2))

    def side(delay: float) -> Spectrum:
        def spectrum(times: Floats, hertz: Floats) -> Floats:
            u = speed(times - delay)
            push = (u / 20) ** 1.6
            body = slope_down(hertz, 130, 1.7) * push * 1.3
            air = hump(hertz, 320 + 26 * u, 1.15) * push * 0.42
            whole = body + air + slope_down(hertz, 2600, 3) * push * 0.06
            for (size, octaves, level), wander in zip(_OBJECTS, flutter, strict=True):
                centre = _STROUHAL * u / size * (1 + 0.05 * wander(times))
                whole = whole + hump(hertz, centre, octaves) * (u / 20) ** 2.4 * level * 3
            if leaves:
                whole = whole + hump(hertz, 4200 + 40 * u, 0.7) * (u / 20) ** 1.8 * 0.5
            low_cut = 1 / (1 + (34 / np.maximum(hertz, 1)) ** 4)
            return np.asarray(whole * low_cut[:, None])

        return spectrum

    return _sides(count, side(0.0), side(cross), 0.12, rng) * 0.30


def rain(count: int, strength: float, seed: int, *, snow: bool = False) -> Floats:
    """Rain on ground and roofs, (count, 2): single drops near, a hiss of drops far away.

    Drops near are noise bursts of a few milliseconds and, on puddles, the ring of the bubble
    that a drop shuts in (Minnaert: 3.26 m/s over its radius). A steady rain lands some 200 drops a
    second on each square metre (Farnell); beyond a few metres they merge.

    Args:
        count: Samples.
        strength: 0 a drizzle, 1 a downpour.
        seed: Of drops and noise.
        snow: Whether the ground is soft with snow: no puddles ring and the hiss is dull.
    """
    rng = np.random.default_rng([seed, 0x02])
    seconds = count / SAMPLE_RATE
    swell = drift(seconds, 0.12, rng)

    def hiss(times: Floats, hertz: Floats) -> Floats:
        veil = 10 ** ((3 * swell(times)) / 20)[None, :]
        bright = slope_down(hertz, 2400 if snow else 7500, 3) * hump(hertz, np.array([3000.0]), 2.1)
        return np.asarray(bright * veil)

    far = _sides(count, hiss, hiss, 0.15, rng) * (0.012 + 0.05 * strength)
    parts = max(1, round(seconds * 2))
    near_rate = (25 + 260 * strength) * 10 ** (0.2 * swell(np.arange(parts) / 2))
    drops = place_hits(count, near_rate, [_drop(rng) for _ in range(6)], rng) * 0.05
    if snow:
        return far + drops * 0.25
    plinks = [_bubble(radius) for radius in rng.uniform(0.0014, 0.0042, 8)]
    return far + drops + place_hits(count, near_rate * 0.06, plinks, rng) * 0.030


def snow_hush(count: int, strength: float, seed: int) -> Floats:
    """A night under snow, (count, 2): almost nothing, and the ticking of flakes.

    Fresh snow swallows what is over some 500 Hz; what is left is a soft low air.

    Args:
        count: Samples.
        strength: 0 no flake falls, 1 thick snowfall.
        seed: Of air and flakes.
    """
    rng = np.random.default_rng([seed, 0x03])
    seconds = count / SAMPLE_RATE
    breath = drift(seconds, 0.1, rng)

    def air(times: Floats, hertz: Floats) -> Floats:
        level = 10 ** ((2.5 * breath(times)) / 20)[None, :]
        soft = slope_down(hertz, 240, 2.2) + 0.03 * slope_down(hertz, 3200, 3)
        low_cut = 1 / (1 + (40 / np.maximum(hertz, 1)) ** 4)
        return np.asarray(soft * level * low_cut[:, None])

    still = _sides(count, air, air, 0.3, rng) * 0.035
    flakes = [_flake(rng) for _ in range(5)]
    rate = np.full(max(1, round(seconds)), 0.5 + 26 * strength)
    return still + place_hits(count, rate, flakes, rng) * 0.0016


def dawn_air(count: int, strength: float, seed: int) -> Floats:
    """The open air before sunrise, (count, 2): wide, light, hardly moving. No birds.

    Args:
        count: Samples.
        strength: 0 still, 1 a first breeze.
        seed: Of the air.
    """
    rng = np.random.default_rng([seed, 0x04])
    seconds = count / SAMPLE_RATE
    breeze = drift(seconds, 0.15, rng)

    def air(times: Floats, hertz: Floats) -> Floats:
        move = 10 ** (((2 + 4 * strength) * breeze(times)) / 20)[None, :]
        wide = slope_down(hertz, 210, 1.6) * 0.8 + hump(hertz, np.array([1500.0]), 1.3) * 0.10
        low_cut = 1 / (1 + (45 / np.maximum(hertz, 1)) ** 4)
        return np.asarray((wide * low_cut[:, None]) * move)

    return _sides(count, air, air, 0.25, rng) * (0.035 + 0.035 * strength)


def _sides(
    count: int, left: Spectrum, right: Spectrum, shared: float, rng: np.random.Generator
) -> Floats:
    """Two sides of noise, (count, 2), of which a share of the power is common to both."""
    one, two, middle = rng.spawn(3)
    same = right is left
    left = held(left)
    right = left if same else right
    both = shaped_noise(count, left, middle) * shared**0.5
    apart = (1 - shared) ** 0.5
    return np.stack(
        (
            shaped_noise(count, left, one) * apart + both,
            shaped_noise(count, right, two) * apart + both,
        ),
        axis=1,
    )


def _drop(rng: np.random.Generator) -> Floats:
    time = np.arange(round(0.006 * SAMPLE_RATE)) / SAMPLE_RATE
    tone = np.sin(2 * np.pi * rng.uniform(1800, 5200) * time + rng.uniform(0, 6))
    burst = 0.5 * tone + 0.5 * rng.standard_normal(len(time))
    return np.asarray(burst * np.exp(-time / rng.uniform(0.0006, 0.0016)) * (time > 0))


def _bubble(radius: float) -> Floats:
    time = np.arange(round(0.05 * SAMPLE_RATE)) / SAMPLE_RATE
    hertz = 3.26 / radius
    angle = 2 * np.pi * hertz * (time + 1.2 * time**2)
    shape = (1 - np.exp(-time / 0.0012)) * np.exp(-time * hertz / 24) * np.cos(30 * time) ** 2
    return np.asarray(np.sin(angle) * shape)


def _flake(rng: np.random.Generator) -> Floats:
    time = np.arange(round(0.012 * SAMPLE_RATE)) / SAMPLE_RATE
    tone = np.sin(2 * np.pi * rng.uniform(3500, 7500) * time)
    return np.asarray(tone * (1 - np.exp(-time / 0.0008)) * np.exp(-time / 0.0016))
