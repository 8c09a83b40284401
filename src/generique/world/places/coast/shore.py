"""The shape of a coast: sea in the west, cliffs that run north, a bay and a headland."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.landform import Noise, ramp, terraced
from generique.world.scene import Place

FULL = 640.0
"""Extent for which the measures below hold; a smaller place is drawn in."""


@dataclass(frozen=True)
class Shore:
    """A coast; metres.

    Attributes:
        scale: Factor on every measure in plan.
        bay: y of the middle of the bay.
        head: x and y of the headland's tip.
        top: Height of the cliffs.
        stacks: Rocks in the sea, n x 4: x, y, radius, height.
        pads: Levelled places, n x 4: x, y, radius, height.
    """

    scale: float
    bay: float
    head: tuple[float, float]
    top: float
    stacks: Floats
    pads: Floats
    noises: tuple[Noise, Noise, Noise]

    def line(self, y: Floats) -> Floats:
        """Find x of the shore at y, before it is roughened."""
        s, bay, (tip, head) = self.scale, self.bay, self.head
        inland = 38.0 * s
        bight = 34 * s * np.exp(-(((y - bay) / (60 * s)) ** 4))
        nose = (inland - tip) * np.exp(-(np.abs((y - head) / (62 * s)) ** 2.6))
        near = 22 * s * np.exp(-(((y + 2 * s) / (76 * s)) ** 2))
        behind = 70 * s * np.exp(-(((y - head - 190 * s) / (105 * s)) ** 2))
        far = ramp(700 * s, 2600 * s, y) * 330 + 210 * np.exp(-(((y - 1350) / 260) ** 2))
        south = ramp(-250 * s, -1500, y) * 240
        return np.asarray(inland + bight - nose - near + behind - far - south)

    def inland(self, points: Floats) -> Floats:
        """Metres from the shore, about, n, of n x 2 points; negative in the sea."""
        s = max(self.scale, 0.5)
        broad, middle, _ = self.noises
        moved = points + np.stack(
            [
                17 * s * broad.rough(points, 95 * s, 2) + 7.5 * s * middle.rough(points, 24 * s, 3),
                9 * s * broad.at(points + 400.0, 80 * s),
            ],
            axis=-1,
        )
        slope = (self.line(moved[:, 1] + 4) - self.line(moved[:, 1] - 4)) / 8
        return np.asarray((moved[:, 0] - self.line(moved[:, 1])) / np.sqrt(1 + slope**2))

    def steepness(self, points: Floats) -> Floats:
        """1 where the shore is a cliff, 0 where it is a beach."""
        s, y = self.scale, points[:, 1]
        bay = np.exp(-(((y - self.bay) / (58 * s)) ** 4))
        cove = np.exp(-(((y - self.head[1] - 185 * s) / (60 * s)) ** 4))
        return np.asarray(np.clip(1 - 1.05 * bay - 0.85 * cove, 0, 1))

    def height(self, points: Floats) -> Floats:
        """Heights, n, of n x 2 points; the sea is at 0."""
        away, steep = self.inland(points), self.steepness(points)
        broad, _, fine = self.noises
        hills = broad.rough(points + 900, 420, 3)
        plateau = self.top * (1 + 0.16 * hills) + 0.035 * np.clip(away, 0, 400) * (1 + hills)
        aside = (points[:, 1] - self.bay) / self.scale
        vale = np.exp(-((aside / np.where(aside < 0, 190, 115)) ** 2))
        plateau *= 1 - 0.52 * vale * ramp(420, 120, away)
        plateau += 60 * ramp(250, 2200, away) * (0.7 + hills)
        width = 11 + 5 * fine.at(points, 60)
        share = ramp(-1.5, 1.0, away / width * 1.6 - 0.9)
        cliff = terraced(plateau * share, 8.5, 0.55) + 2.2 * fine.rough(points, 13, 2) * share * (
            1 - 0.6 * ramp(14, 34, away)
        )
        beach = 0.055 * np.minimum(away, 40) + 0.13 * np.clip(away - 40, 0, 60)
        beach += (plateau - 10) * ramp(85, 240, away)
        land = beach + steep * (cliff - beach)
        rough = fine.rough(points, 7.5, 3) * steep
        rubble = 2.0 * rough * ramp(-26, -2, away)
        bed = -1.1 + 0.052 * away + rubble + (0.9 - 0.1 * steep)
        bed = np.where(away < -60, -3.4 + 0.03 * (away + 60), bed)
        low = land + 2.4 * rough * ramp(7.0, 1.0, land)
        height = np.where(away > 0, np.where(land < 7.0, low, land), bed)
        height = np.maximum(np.maximum(height, -35.0), self._stacked(points))
        for x, y, radius, level in self.pads:
            gap = np.linalg.norm(points - np.array([x, y]), axis=1)
            share = ramp(1.8 * radius, radius, gap) * (height > 0.5)
            height = height + share * (level - height)
        return height

    def at_distance(self, y: Floats, away: Floats | float) -> Floats:
        """Points (n x 2) at these y that lie ``away`` metres from the shore."""
        reach = np.arange(-60.0, 260.0, 2.0)
        x = self.line(y)[:, None] + reach
        every = np.stack([x, np.broadcast_to(y[:, None], x.shape)], axis=-1)
        inland = self.inland(every.reshape(-1, 2)).reshape(x.shape)
        # The last place that lies nearer to the sea: coves may cross the line more than once.
        below = inland < np.broadcast_to(np.asarray(away), (len(y),))[:, None]
        last = np.where(below.any(axis=1), len(reach) - 1 - below[:, ::-1].argmax(axis=1), 0)
        return np.asarray(np.c_[x[np.arange(len(y)), last], y])

    def _stacked(self, points: Floats) -> Floats:
        """Rocks that stand in the sea."""
        height = np.full(len(points), -40.0)
        fine = self.noises[2]
        for x, y, radius, top in self.stacks:
            offset = points - np.array([x, y])
            near = np.flatnonzero(np.abs(offset).max(axis=1) < 3 * radius)
            if len(near) == 0:
                continue
            rough = 1 + 0.30 * fine.rough(points[near], 7.0, 2)
            away = np.linalg.norm(offset[near], axis=1) / (radius * rough)
            shape = terraced(top * ramp(1.35, 0.45, away), 4.5, 0.5) - 3.0 * ramp(0.9, 1.9, away)
            height[near] = np.maximum(height[near], shape - 0.2)
        return height


def shape_shore(place: Place) -> Shore:
    """The coast of a place."""
    s = place.extent / FULL
    s = min(s, 1.3)
    chance = stream(place.seed, "coast")
    tip, head = 20.0 * s, (345.0 + chance.uniform(-8, 8)) * s
    bay = (196.0 + chance.uniform(-6, 6)) * s
    count = int(chance.integers(3, 6))
    turn, away = chance.uniform(-0.9, 1.2, count), chance.uniform(26, 66, count) * s
    radius = chance.uniform(4.0, 7.5, count)
    stacks = np.c_[
        tip - away * np.cos(turn),
        head + away * np.sin(turn),
        radius,
        radius * chance.uniform(1.4, 2.9, count),
    ]
    noises = tuple(Noise(place.seed, f"coast {name}") for name in ("broad", "middle", "fine"))
    top = (30.0 + chance.uniform(-3, 4)) * min(1.0, s**0.5)
    shore = Shore(
        s, bay, (tip, head), top, stacks, np.zeros((0, 4)), (noises[0], noises[1], noises[2])
    )
    light = shore.at_distance(np.array([head]), 26.0 * max(s, 0.5))[0]
    level = float(shore.height(light[None])[0])
    return replace(shore, pads=np.array([(*light, 13.0 * max(s, 0.6), level)]))
