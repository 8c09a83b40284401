"""What is seen from a window: a chart of a place's heights and sights, and shares of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from generique.world.arrays import Floats
from generique.world.layout import Bounds

CELL = 4.0
"""Side of the chart's cells, metres."""
DIRECTIONS = 11
_STEPS = np.geomspace(7.0, 420.0, 42)


class View(NamedTuple):
    """What of the open is in a picture.

    Attributes:
        half: Half of its width, radians.
        bottom: Slope of its lower edge.
    """

    half: float
    bottom: float


OUTSIDE = View(np.radians(26.0), -0.27)
"""Of a usual lens in the opening."""
FROM_INSIDE = View(np.radians(9.0), -0.12)
"""Of the window from where a way out begins."""


@dataclass(frozen=True)
class Chart:
    """A place on a coarse map, rows from south to north.

    Attributes:
        bounds: The square that it shows.
        height: Metres of ground, water, or roofs, side x side.
        sights: layers x side x side, 0 to 1: where there is something to look at.
        ways: Metres to the nearest way, side x side.
        streets: Metres to the nearest street.
        built: Metres to the nearest thing that is built; below 0 in it.
    """

    bounds: Bounds
    height: Floats
    sights: Floats
    ways: Floats
    streets: Floats
    built: Floats

    def cells(self, points: Floats) -> tuple[Floats, Floats]:
        """Row and column (...) of points (... x 2), clipped to the chart."""
        side = self.height.shape[0]
        low = np.array([self.bounds.x0, self.bounds.y0])
        cell = np.floor((points - low) / self.bounds.extent * side).astype(int)
        cell = np.clip(cell, 0, side - 1)
        return cell[..., 1], cell[..., 0]

    def at(self, points: Floats, map_: Floats | None = None) -> Floats:
        """Heights, or what another map of the chart says, ..., of points (... x 2)."""
        return np.asarray((self.height if map_ is None else map_)[self.cells(points)])

    def prospect(self, eyes: Floats, outs: Floats, view: View) -> Floats:
        """Share of the picture's lower part that each layer of sights fills: n x layers.

        A stretch of ground counts for the angle by which it rises above all that is nearer.

        Args:
            eyes: n x 3 metres.
            outs: n x 2, unit vectors straight ahead.
            view: What of it is in the picture.
        """
        aside = np.linspace(-view.half, view.half, DIRECTIONS)
        cosine, sine = np.cos(aside), np.sin(aside)
        x = outs[:, :1] * cosine - outs[:, 1:] * sine
        y = outs[:, :1] * sine + outs[:, 1:] * cosine
        rays = np.stack([x, y], axis=-1)[:, :, None] * _STEPS[:, None]
        row, column = self.cells(eyes[:, None, None, :2] + rays)
        slope = (self.height[row, column] - eyes[:, 2, None, None]) / _STEPS
        before = np.maximum.accumulate(slope, axis=2)
        before = np.concatenate(
            [np.full_like(before[..., :1], view.bottom), before[..., :-1]], axis=2
        )
        gain = np.clip(slope - np.maximum(before, view.bottom), 0.0, None)
        seen = gain * self.sights[:, row, column]
        return np.asarray(seen.sum(axis=(2, 3)).T / (DIRECTIONS * -view.bottom))


def gap_to(sheet: Floats, bounds: Bounds) -> Floats:
    """Metres from each cell of a chart to the nearest one that is marked, side x side."""
    free = (sheet == 0).astype(np.uint8)
    if free.all():
        return np.full(sheet.shape, np.inf)
    cells = cv2.distanceTransform(free, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.asarray(cells * (bounds.extent / sheet.shape[0]), float)


def drawn(bounds: Bounds, lines: list[Floats], width: float) -> Floats:
    """Lines (each n x 2 metres) on a chart, side x side, 1 where one is."""
    side = side_of(bounds)
    sheet = np.zeros((side, side), np.uint8)
    for line in lines:
        cells = (line - np.array([bounds.x0, bounds.y0])) / bounds.extent * side - 0.5
        where = np.round(cells).astype(np.int32).reshape(1, -1, 2)
        cv2.polylines(sheet, [where], isClosed=False, color=1, thickness=max(1, round(width)))
    return sheet.astype(float)


def side_of(bounds: Bounds) -> int:
    """Cells along a side of a chart."""
    return max(16, round(bounds.extent / CELL))
