"""Shapes of land: smooth noise that is defined everywhere, and the profiles made from it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.layout import Bounds

TABLE = 512
"""Cells after which a noise repeats."""
TURN = 0.83
"""Radians between octaves, so that their cells never line up."""


class Noise:
    """Smooth noise over the plane, the same for the same seed and concern."""

    def __init__(self, seed: int, concern: str) -> None:
        chance = stream(seed, concern)
        self._table = chance.uniform(-1, 1, (TABLE, TABLE))
        self._shift = chance.uniform(0, TABLE, 2)

    def at(self, points: Floats, size: float) -> Floats:
        """Values from -1 to 1, n, for n x 2 metres; ``size`` metres from bump to hollow."""
        scaled = points / size + self._shift
        cell = np.floor(scaled)
        share = scaled - cell
        share = share**3 * (share * (share * 6 - 15) + 10)
        x, y = cell.T.astype(np.int64) % TABLE
        right, up = (x + 1) % TABLE, (y + 1) % TABLE
        u, v = share.T
        table = self._table
        low = table[y, x] + u * (table[y, right] - table[y, x])
        high = table[up, x] + u * (table[up, right] - table[up, x])
        return np.asarray(low + v * (high - low))

    def rough(self, points: Floats, size: float, octaves: int, keep: float = 0.5) -> Floats:
        """Noise on several scales, about -1 to 1, each half as large as the one before."""
        total, weight, sum_ = np.zeros(len(points)), 1.0, 0.0
        for k in range(octaves):
            total += weight * self.at(turned(points, TURN * k), size / 2**k)
            sum_ += weight
            weight *= keep
        return total / sum_

    def ridged(self, points: Floats, size: float, octaves: int, keep: float = 0.5) -> Floats:
        """Ridges, 0 in the valleys to 1 on the crests; finer ones stand on the crests."""
        total, weight, sum_ = np.zeros(len(points)), 1.0, 0.0
        crest = np.ones(len(points))
        for k in range(octaves):
            ridge = (1 - np.abs(self.at(turned(points, TURN * k), size / 2**k))) ** 2
            total += weight * ridge * crest
            crest = np.clip(1.6 * ridge, 0, 1)
            sum_ += weight
            weight *= keep
        return total / sum_


def turned(points: Floats, angle: float) -> Floats:
    """Points (n x 2) turned round the origin."""
    cosine, sine = np.cos(angle), np.sin(angle)
    x, y = points[:, 0], points[:, 1]
    return np.stack([cosine * x - sine * y, sine * x + cosine * y], axis=-1)


def ramp(low: float, high: float, values: Floats) -> Floats:
    """0 below ``low``, 1 above ``high`` and smooth between; falls where ``high`` is the lower."""
    share = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share))


def terraced(values: Floats, step: float, sharp: float) -> Floats:
    """Heights drawn to steps, as hard and soft beds make them.

    Args:
        values: n metres.
        step: Metres between steps.
        sharp: 0 leaves the heights as they are; 1 makes flat treads.
    """
    beds = values / step
    tread = np.floor(beds)
    rise = beds - tread
    steep = ramp(0.5 - 0.5 * (1 - sharp) - 1e-3, 0.5 + 0.5 * (1 - sharp) + 1e-3, rise)
    return np.asarray((tread + rise + sharp * (steep - rise)) * step)


def charted(
    bounds: Bounds, size: int, measure: Callable[[Floats], Floats], step: float = 1.0
) -> Floats:
    """A measure of places as a map of the bounds, size x size float32.

    Args:
        bounds: The square.
        size: Texels along a side of the map.
        measure: n values of n x 2 metres.
        step: Metres between the places where it is taken; it is bent smoothly between.
    """
    count = max(8, round(bounds.extent / step))
    line = (np.arange(count) + 0.5) * (bounds.extent / count)
    x, y = np.meshgrid(bounds.x0 + line, bounds.y0 + line)
    taken = measure(np.stack([x.ravel(), y.ravel()], axis=-1)).reshape(count, count)
    shown = cv2.resize(taken.astype(np.float32), (size, size), interpolation=cv2.INTER_LINEAR)
    return np.asarray(shown)
