"""The shape of a lake and of the hills about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.landform import Noise, ramp
from generique.world.scene import Place

FULL = 640.0
"""Extent for which the measures below hold; a smaller place is drawn in."""


@dataclass(frozen=True)
class Basin:
    """A lake that reaches away to the north; metres.

    Attributes:
        scale: Factor on every measure in plan.
        middle: x and y of the middle of the water.
        half: Half its width and length.
        islands: n x 3; x, y, radius.
        pads: Levelled places, n x 4: x, y, radius, height.
        hills: Height of the hills.
    """

    scale: float
    middle: tuple[float, float]
    half: tuple[float, float]
    islands: Floats
    pads: Floats
    hills: float
    noises: tuple[Noise, Noise]

    def inland(self, points: Floats) -> Floats:
        """Metres from the shore, about, n, of n x 2 points; negative in the lake."""
        s, (broad, fine) = max(self.scale, 0.5), self.noises
        x, y = (points - np.array(self.middle)).T
        # The lake bends: a straight one looks dug.
        x = x + 34 * s * np.sin(y / (150 * s) + 0.6)
        reach = np.hypot(x / self.half[0], y / self.half[1]) + 1e-6
        # Distance from an ellipse: its own gradient makes metres of it.
        steep = np.hypot(x / self.half[0] ** 2, y / self.half[1] ** 2) / reach
        away = np.clip((reach - 1) / np.maximum(steep, 1e-4), -400, 4000)
        bays = 30 * s * broad.rough(points, 130 * s, 2) + 9 * s * fine.rough(points, 34 * s, 2)
        away = away + bays * ramp(900, 300, np.abs(away))
        for cx, cy, radius in self.islands:
            gap = np.hypot(points[:, 0] - cx, points[:, 1] - cy)
            away = np.maximum(away, radius * (1 + 0.3 * fine.at(points, 16.0)) - gap)
        return np.asarray(away)

    def height(self, points: Floats) -> Floats:
        """Heights, n, of n x 2 points; the water is at 0."""
        away, (broad, fine) = self.inland(points), self.noises
        bank = 0.35 * ramp(0.0, 1.5, away) + 0.055 * np.clip(away, 0, 60)
        bank += 0.5 * fine.rough(points, 15.0, 2) * ramp(2, 14, away)
        rise = self.hills * broad.ridged(points + 300.0, 760.0, 4) * ramp(30, 520, away)
        rise += 2.6 * self.hills * broad.ridged(points + 900.0, 2600.0, 4) * ramp(350, 3000, away)
        land = bank + 0.10 * np.clip(away - 30, 0, 400) + rise
        bed = np.maximum(0.13 * away, -0.5 + 0.045 * away)
        height = np.where(away > 0, land, np.maximum(bed, -14.0))
        for x, y, radius, level in self.pads:
            gap = np.linalg.norm(points - np.array([x, y]), axis=1)
            share = ramp(2.0 * radius, radius, gap) * (height > 0.2)
            height = height + share * (level - height)
        return np.asarray(height)


def shape_basin(place: Place) -> Basin:
    """The lake of a place."""
    s = min(place.extent / FULL, 1.3)
    chance = stream(place.seed, "lake")
    middle = (float(chance.uniform(-20, -8)) * s, 205.0 * s)
    half = (90.0 * s, 335.0 * s)
    spots = [(-46.0, 218.0, 13.0), (22.0, 402.0, 22.0), (44.0, 306.0, 8.0)]
    islands = np.array(spots) * s + chance.uniform(-8, 8, (3, 3)) * np.array([s, s, 0.3])
    noises = Noise(place.seed, "lake broad"), Noise(place.seed, "lake fine")
    hills = float(chance.uniform(70, 100))
    return Basin(s, middle, half, islands, np.zeros((0, 4)), hills, noises)
