"""The shape of a river's valley: bends, bars of gravel, banks and the slopes on both sides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.landform import Noise, ramp
from generique.world.scene import Place

FULL = 640.0
"""Extent for which the measures below hold; a smaller place is drawn in."""
BANK = 1.9
"""Height of the valley's floor above the water, metres."""
DECK = 4.6
"""Height of the road on the bridge above the water, metres."""
RAMP = 46.0
"""Metres from the bridge over which the road comes down to the floor."""


@dataclass(frozen=True)
class Valley:
    """A river that runs from north to south; metres.

    Attributes:
        scale: Factor on every measure in plan.
        phase: Radians of its two waves.
        half: Half the width of the water.
        bridge: y of the bridge.
        sides: Metres from the river to the foot of the slopes, west and east.
        hills: Height of the slopes.
    """

    scale: float
    phase: tuple[float, float]
    half: float
    bridge: float
    sides: tuple[float, float]
    hills: float
    noises: tuple[Noise, Noise]

    def line(self, y: Floats) -> Floats:
        """Find x of the middle of the river at y."""
        s, (a, b) = self.scale, self.phase
        wide = 46 * s * np.sin(y / (74 * s) + a) + 15 * s * np.sin(y / (33 * s) + b)
        return np.asarray(wide + 90 * np.sin(y / 620.0 + 0.4) * ramp(300, 1500, np.abs(y)))

    def _bends(self, y: Floats) -> tuple[Floats, Floats]:
        """Slope of the line and how sharply it bends, -1 to 1; positive bends to the east."""
        step = 3.0
        west, here, east = (self.line(y + shift) for shift in (-step, 0.0, step))
        slope = (east - west) / (2 * step)
        bend = (east - 2 * here + west) / step**2
        return slope, np.clip(bend * 90 * self.scale, -1, 1)

    def across(self, points: Floats) -> Floats:
        """Metres from the middle of the river, n; negative on its west side."""
        slope, _ = self._bends(points[:, 1])
        return np.asarray((points[:, 0] - self.line(points[:, 1])) / np.sqrt(1 + slope**2))

    def inland(self, points: Floats) -> Floats:
        """Metres from the edge of the water, about; negative in it."""
        return np.asarray(np.abs(self.across(points)) - self.half)

    def bar(self, points: Floats) -> Floats:
        """How much of a gravel bar lies on this side, 0 to 1: on the inside of bends."""
        _, bend = self._bends(points[:, 1])
        return np.asarray(np.clip(np.sign(self.across(points)) * bend * 1.6 - 0.25, 0, 1))

    def height(self, points: Floats) -> Floats:
        """Heights, n, of n x 2 points; the water is at 0."""
        broad, fine = self.noises
        side = self.across(points)
        gap = np.abs(side) - self.half * (1 + 0.16 * fine.at(points, 30.0))
        bar, rough = self.bar(points), fine.rough(points, 16.0, 2)
        gap = gap + 1.6 * rough
        steep = BANK * ramp(-0.4, 3.2, gap)
        flat = 0.75 * ramp(-9.0, 11.0, gap - 2.0) - 0.40 + (BANK - 0.35) * ramp(13.0, 24.0, gap)
        land = steep + bar * (flat - steep) + 0.25 * rough * ramp(3, 12, gap)
        bed = np.maximum(-0.1 + 0.30 * gap * (1 - 0.75 * bar), -1.6 + 0.2 * rough)
        height = np.where(gap > 0, land, np.minimum(bed, land))
        foot = np.where(side < 0, self.sides[0], self.sides[1])
        up = np.abs(side) - foot * (1 + 0.25 * broad.at(points, 190.0))
        rise = self.hills * ramp(0, 330, up) * (0.62 + 0.38 * broad.rough(points, 240.0, 3))
        rise += 1.5 * self.hills * broad.ridged(points + 500.0, 1500.0, 4) * ramp(120, 1300, up)
        return np.asarray(self._ramped(points, height + rise, gap))

    def _ramped(self, points: Floats, height: Floats, gap: Floats) -> Floats:
        """Heights with the road's ramps up to the bridge."""
        away = np.abs(points[:, 1] - self.bridge)
        reach = np.abs(points[:, 0] - float(self.line(np.array([self.bridge]))[0]))
        level = BANK + (DECK - 0.25 - BANK) * ramp(RAMP + 24, self.half + 6, reach)
        share = ramp(9.0, 4.6, away) * (reach > self.half + 5.2) * ramp(RAMP + 40, RAMP + 20, reach)
        return np.where((share > 0) & (gap > 0), height + share * (level - height), height)


def shape_valley(place: Place) -> Valley:
    """The valley of a place."""
    s = min(place.extent / FULL, 1.3)
    chance = stream(place.seed, "river")
    phase = (float(chance.uniform(-0.5, 0.1)), float(chance.uniform(0, 6.3)))
    # The bridge stands where the river runs straight north.
    rough = Valley(s, phase, 15.0 * max(s, 0.55), 0.0, (120.0, 150.0), 0.0, _noises(place))
    y = np.arange(150.0, 300.0, 2.0) * s
    slope = np.abs(rough.line(y + 4) - rough.line(y - 4))
    bridge = float(y[int(np.argmin(slope))])
    sides = (float(chance.uniform(85, 115)), float(chance.uniform(120, 150)))
    hills = float(chance.uniform(70, 95))
    return Valley(s, phase, rough.half, bridge, sides, hills, rough.noises)


def _noises(place: Place) -> tuple[Noise, Noise]:
    return Noise(place.seed, "river broad"), Noise(place.seed, "river fine")
