"""Windows and doors in walls of any building: panes, frames, sills, lintels and the light inside.

Whether a window is lit is decided by its rank, a number between 0 and 1 that belongs to the place:
more light lights more windows and leaves the others as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.kit.solids import box_on, panel_on
from generique.world.layout import Lots
from generique.world.lights import (
    TELEVISION,
    WARM_2700,
    WARM_3500,
    WHITE_5000,
    Beam,
    Lights,
    shine,
)
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint

GLOW = 4.2
"""Radiance of an ordinary lit pane."""
PANE = (0.03, 0.03, 0.035)
LAMP_COLOURS = np.array([WARM_2700, WARM_3500, TELEVISION, WHITE_5000])
CLOTH = np.array(
    [(1.0, 0.92, 0.80), (1.0, 0.72, 0.50), (0.95, 0.55, 0.42), (0.72, 0.85, 0.62), (0.9, 0.95, 1.0)]
)
"""What curtains let through of each colour."""


def home_glow(chance: np.random.Generator, count: int) -> Floats:
    """What lit windows shine, n x 3: lamps of several colours, some televisions."""
    kind = chance.random(count)
    colour = LAMP_COLOURS[np.digitize(kind, [0.55, 0.85, 0.93])]
    tint = 1 + 0.1 * chance.normal(size=(count, 3))
    spread = np.exp(chance.normal(0, 0.7, count))
    faint = np.where((kind >= 0.85) & (kind < 0.93), 0.45, 1.0)
    return colour * np.clip(tint, 0.5, 1.5) * (GLOW * spread * faint)[:, None]


@dataclass(frozen=True)
class Openings:
    """Openings in the walls of buildings; one row each.

    Attributes:
        lot: n, index of the building.
        middle: n x 3 metres, on the wall, in the building's axes.
        turn: n radians; 0 looks along the building's -y, a quarter turn along +x.
        size: n x 2 metres, width and height.
        radiance: n x 3, zero when dark.
    """

    lot: Ints
    middle: Floats
    turn: Floats
    size: Floats
    radiance: Floats

    def __len__(self) -> int:
        return len(self.lot)

    def take(self, which: Ints) -> Openings:
        """The openings at these indices or flags."""
        return Openings(*(getattr(self, field.name)[which] for field in fields(self)))

    @property
    def right(self) -> Floats:
        """Unit vectors along the wall, n x 2."""
        return np.stack([np.cos(self.turn), np.sin(self.turn)], axis=-1)

    @property
    def out(self) -> Floats:
        """Unit vectors out of the wall, n x 2."""
        return np.stack([np.sin(self.turn), -np.cos(self.turn)], axis=-1)

    def at(self, across: Floats | float, up: Floats | float, out: Floats | float) -> Floats:
        """Points, n x 3 in the building's axes, from the middle of each opening.

        Args:
            across: Metres along the wall.
            up: Metres.
            out: Metres out of the wall.
        """
        one = np.ones(len(self))
        level = self.right * (across * one)[:, None] + self.out * (out * one)[:, None]
        return np.asarray(np.c_[self.middle[:, :2] + level, self.middle[:, 2] + up])

    def panel(
        self,
        across: tuple[Floats | float, Floats | float],
        up: tuple[Floats | float, Floats | float],
        out: float | tuple[float, float],
    ) -> Floats:
        """Rectangles in or before the wall, n x 4 x 3; a pair for ``out`` slants them."""
        return panel_on(self.at, across, up, out)

    def box(
        self,
        across: tuple[Floats | float, Floats | float],
        up: tuple[Floats | float, Floats | float],
        out: float,
    ) -> Floats:
        """Front, sides, lid and underside of boxes that stand out of the wall: 5n x 4 x 3."""
        faces = box_on(self.at, across, up, (0.0, out))
        return np.concatenate(list(np.moveaxis(faces, 1, 0)))


def gather_openings(parts: list[Openings]) -> Openings:
    """All openings of several sets, in order."""
    return Openings(
        *(np.concatenate([getattr(p, field.name) for p in parts]) for field in fields(Openings))
    )


@dataclass(frozen=True)
class Sash:
    """How a window is divided.

    Attributes:
        columns: Panes side by side.
        rows: Panes above each other.
        bar: Width of what divides them, metres.
        frame: Width of the frame round them, metres; 0 for none.
        albedo: Of frame and bars: 3, or n x 3.
        drapes: True where curtains show behind the glass, drawn, parted or none, in three columns.
    """

    columns: int = 2
    rows: int = 2
    bar: float = 0.07
    frame: float = 0.09
    albedo: Floats | tuple[float, float, float] = (0.6, 0.6, 0.58)
    drapes: bool = False


def glaze(
    lots: Lots,
    panes: Openings,
    sash: Sash,
    chance: np.random.Generator,
    far: Level = Level.FAR,
) -> Quads:
    """Frames and panes when near, one pane when far; every pane has a shade of its own."""
    half = panes.size / 2
    parts = []
    if sash.frame > 0:
        edge = half + sash.frame
        corners = panes.panel((-edge[:, 0], edge[:, 0]), (-edge[:, 1], edge[:, 1]), 0.03)
        finish = Finish(sash.albedo, surface=Surface.DETAIL, level=Level.NEAR, step=9)
        parts.append(paint(lots.to_world(panes.lot, corners), finish))
    tint = _drapes(chance, len(panes), sash)
    edges = _columns(panes.size[:, 0], sash)
    tall, gap = panes.size[:, 1] / sash.rows, sash.bar / 2
    for i in range(len(edges) - 1):
        # Cloth hangs behind the glass: no bar stands between it and the middle of the pane.
        left = edges[i] + (0.0 if sash.drapes and i > 0 else gap)
        right = edges[i + 1] - (0.0 if sash.drapes and i < len(edges) - 2 else gap)
        for j in range(sash.rows):
            low = tall * j - half[:, 1]
            corners = panes.panel((left, right), (low + gap, low + tall - gap), 0.06)
            glow = panes.radiance * tint[:, i, j]
            finish = Finish(PANE, glow, surface=Surface.GLASS, level=Level.NEAR, step=9)
            parts.append(paint(lots.to_world(panes.lot, corners), finish))
    whole = panes.panel((-half[:, 0], half[:, 0]), (-half[:, 1], half[:, 1]), 0.06)
    finish = Finish(PANE, panes.radiance * 0.8, surface=Surface.GLASS, level=far, step=9)
    return join([*parts, paint(lots.to_world(panes.lot, whole), finish)])


def _columns(width: Floats, sash: Sash) -> list[Floats]:
    """Where the columns of panes begin and end, from the left edge to the right."""
    if sash.drapes:
        return [width * share for share in (-0.5, -0.27, 0.27, 0.5)]
    return [width * (k / sash.columns - 0.5) for k in range(sash.columns + 1)]


def _drapes(chance: np.random.Generator, count: int, sash: Sash) -> Floats:
    """How bright each pane is, and tinted by what cloth: n x columns x rows x 3."""
    columns = 3 if sash.drapes else sash.columns
    shade = chance.uniform(0.5, 1.15, (count, columns, sash.rows))
    shade *= 0.82 + 0.36 * (np.arange(sash.rows) + 0.5) / sash.rows
    tint = np.repeat(shade[..., None], 3, axis=3)
    if not sash.drapes:
        return tint
    kind = chance.random(count)
    cloth = CLOTH[chance.integers(len(CLOTH), size=count)]
    drawn, parted = kind < 0.3, (kind >= 0.3) & (kind < 0.78)
    tint[drawn] = (shade.mean(axis=(1, 2))[drawn, None, None, None] * 0.75) * cloth[
        drawn, None, None
    ]
    tint[:, [0, 2]] = np.where(
        parted[:, None, None, None], tint[:, [0, 2]] * 0.5 * cloth[:, None, None], tint[:, [0, 2]]
    )
    return tint


def ledges(
    lots: Lots,
    panes: Openings,
    albedo: Floats | tuple[float, float, float],
    *,
    lintel: float = 0.22,
    sill: float = 0.1,
) -> Quads:
    """Lintels above and sills below openings, of stone or concrete."""
    half = panes.size / 2
    over = half[:, 0] + 0.12
    finish = Finish(albedo, surface=Surface.DETAIL, level=Level.NEAR, step=9)
    above = panes.panel((-over, over), (half[:, 1], half[:, 1] + lintel), 0.04)
    below = panes.panel((-over, over), (-half[:, 1] - sill, -half[:, 1]), 0.12)
    top = panes.panel((-over, over), (-half[:, 1], -half[:, 1]), (0.12, 0.0))
    snowy = Finish(albedo, snow=0.9, surface=Surface.DETAIL, level=Level.NEAR, step=9)
    parts = [paint(lots.to_world(panes.lot, corners), finish) for corners in (above, below)]
    return join([*parts, paint(lots.to_world(panes.lot, top), snowy)])


def spill(lots: Lots, panes: Openings, below: float = 12.0) -> Lights:
    """The light that lit windows throw outside.

    Args:
        lots: Where the buildings stand.
        panes: Their windows.
        below: Height in metres above which only every eighth window is counted: what those
            light lies beyond their reach.
    """
    bright = panes.radiance.max(axis=1, initial=0) > 0
    high = panes.middle[:, 2] > below
    lit = panes.take(np.flatnonzero(bright & (~high | (np.arange(len(panes)) % 8 == 0))))
    zero = np.zeros(len(lit))
    position = lots.to_world(lit.lot, lit.at(zero, zero, 0.15))
    axis = lots.to_world(lit.lot, lit.at(zero, zero, 1.15)) - position
    area = lit.size[:, 0] * lit.size[:, 1]
    return shine(position, lit.radiance * (0.9 * area)[:, None], axis, Beam.WINDOW)
