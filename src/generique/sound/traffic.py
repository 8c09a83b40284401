"""A distant city and cars that pass, after A. Farnell, *Designing Sound* (2010), chapter 46."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generique.model.element import SceneEvent
from generique.sound.filters import fade_edges
from generique.sound.mix import SAMPLE_RATE
from generique.sound.noise import Spectrum, drift, hump, shaped_noise, slope_down

Floats = NDArray[np.float64]

SPEED_OF_SOUND = 331.0
"""Metres a second at freezing point."""

_REFERENCE_M = 10.0
_SLOWEST, _FASTEST = 4.0, 25.0
_HARMONICS = 14
_LANES = (-0.75, -0.2, 0.3, 0.7)


def city_hum(count: int, strength: float, seed: int) -> Floats:
    """A city at night from kilometres away, (count, 2): rumble and slow swells of far traffic.

    Args:
        count: Samples.
        strength: 0 hardly there, 1 at the edge of a busy road.
        seed: Of rumble and swells.
    """
    rng = np.random.default_rng([seed, 0x11])
    seconds = count / SAMPLE_RATE
    slow = drift(seconds, 0.05, rng)

    def rumble(times: Floats, hertz: Floats) -> Floats:
        level = 10 ** ((2.5 * slow(times)) / 20)[None, :]
        low_cut = 1 / (1 + (32 / np.maximum(hertz, 1)) ** 4)
        return np.asarray(slope_down(hertz, 85, 2.2) * low_cut[:, None] * level)

    sound = np.stack([shaped_noise(count, rumble, side) for side in rng.spawn(2)], axis=1) * 0.11
    sound = 0.75 * sound + 0.25 * sound[:, ::-1]
    for pan, lane in zip(_LANES, rng.spawn(len(_LANES)), strict=True):
        swells = _far_traffic(seconds, lane)
        far = shaped_noise(count, swells, lane) * 0.055
        sound += far[:, None] * np.sqrt([(1 - pan) / 2, (1 + pan) / 2])
    return np.asarray(sound * 10 ** ((16 * strength - 3) / 20))


def _far_traffic(seconds: float, rng: np.random.Generator) -> Spectrum:
    """Swells of traffic from one direction, on average one begins every 18 s."""
    many = max(1, int(rng.poisson(seconds / 18)))
    middles, widths = rng.uniform(-4, seconds + 4, many), rng.uniform(2.2, 5.5, many)
    tones, levels = rng.uniform(240, 620, many), rng.uniform(0.3, 1.0, many)

    def spectrum(times: Floats, hertz: Floats) -> Floats:
        colour = hump(hertz, tones, 0.9) * slope_down(hertz, 900, 3)
        shape = np.exp(-0.5 * ((times[None, :] - middles[:, None]) / widths[:, None]) ** 2)
        return np.asarray((colour * levels) @ shape)

    return spectrum


def car_pass(count: int, event: SceneEvent, seed: int, *, snow: bool = False) -> Floats:
    """A car that passes, (count, 2), silent before ``event.at`` and after its duration.

    The car drives a straight line and is nearest in the middle of the event. Level falls with
    distance, treble with distance too (air, and the snow beside the road); pitch follows
    Doppler's law; the place in stereo follows the angle from ``pan_from`` to ``pan_to``.

    Args:
        count: Samples of the whole sound.
        event: When, how near and from where to where; level is 1 at 10 m.
        seed: Of engine and tyres.
        snow: Whether the road is under snow: tyres are dull and crunch instead of hissing.
    """
    rng = np.random.default_rng([seed, 0x12])
    length = round(event.duration * SAMPLE_RATE)
    start = round(event.at * SAMPLE_RATE)
    sound = np.zeros((count, 2))
    first, last = max(0, start), min(count, start + length)
    if length < 64 or first >= last:
        return sound
    time = np.arange(length) / SAMPLE_RATE - event.duration / 2
    reach = max(45.0, 7 * event.distance_m)
    speed = float(np.clip(2 * reach / event.duration, _SLOWEST, _FASTEST))
    along = speed * time
    distance = np.hypot(event.distance_m, along)
    doppler = SPEED_OF_SOUND / (SPEED_OF_SOUND + speed * along / distance)
    near = event.distance_m / distance
    engine = _engine(doppler, rng) * near * 0.05
    tyres = _tyres(time, event.distance_m, speed, rng, snow=snow)
    passing = (engine + tyres) * (_REFERENCE_M / max(event.distance_m, 2.0))
    angle = np.arctan2(along, event.distance_m) / np.pi + 0.5
    pan = event.pan_from + (event.pan_to - event.pan_from) * angle
    sides = np.sqrt(np.stack(((1 - pan) / 2, (1 + pan) / 2), axis=1))
    edge = round(0.22 * length)
    whole = fade_edges(passing[:, None] * sides * np.sqrt(2), edge, edge)
    sound[first:last] = whole[first - start : last - start]
    return sound


def _engine(doppler: Floats, rng: np.random.Generator) -> Floats:
    """Firing pulses of four cylinders near 1700 turns a minute, as a sum of their harmonics."""
    turns = float(rng.uniform(1500, 1900)) / 60
    wobble = 1 + 0.006 * np.sin(2 * np.pi * 0.7 * np.arange(len(doppler)) / SAMPLE_RATE)
    phase = 2 * np.pi * np.cumsum(turns * doppler * wobble) / SAMPLE_RATE
    tone = np.zeros(len(doppler))
    for order in range(1, _HARMONICS + 1):
        # Twice a turn a cylinder fires; the half orders in between come from uneven cylinders.
        level = (1.0 if order % 2 == 0 else 0.22) / order**1.1 / (1 + (order * turns / 260) ** 2)
        level /= 1 + (55 / (order * turns)) ** 3
        tone += level * np.sin(order * phase + rng.uniform(0, 2 * np.pi))
    return np.asarray(tone)


def _tyres(
    time: Floats, nearest: float, speed: float, rng: np.random.Generator, *, snow: bool
) -> Floats:
    """Noise of tyres, strongest near 900 Hz (snow: 350 Hz), duller the farther the car is."""
    begin = float(time[0])
    peak, top = (350.0, 900.0) if snow else (900.0, 5200.0)

    def roll(times: Floats, hertz: Floats) -> Floats:
        along = speed * (times + begin)
        distance = np.hypot(nearest, along)
        doppler = SPEED_OF_SOUND / (SPEED_OF_SOUND + speed * along / distance)
        air = 1 / (1 + (hertz[:, None] / (top * 60 / (60 + distance))[None, :]) ** 2)
        low = 0.5 * hump(hertz, 140 * doppler, 0.8)
        return np.asarray((hump(hertz, peak * doppler, 1.1) + low) * air * (nearest / distance))

    strength = 0.13 * (speed / 14) ** 1.2
    rolling = shaped_noise(len(time), roll, rng) * strength
    if snow:
        grain = drift(float(time[-1] - begin), 14.0, rng)
        rolling *= 1 + 0.5 * grain(time - begin)
    return np.asarray(rolling)
