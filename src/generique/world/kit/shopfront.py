"""Shop fronts: windows with what is on show, writing, awnings, and the light they throw out."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.kit.facade import Walls
from generique.world.lights import Beam, Lights, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint

PANE_FOOT, PANE_HEAD = 0.55, 3.25
SIGN_FOOT, SIGN_HEAD = 3.5, 4.25
HUES = np.array(
    [
        (1.0, 0.06, 0.04),
        (0.06, 0.25, 1.0),
        (0.05, 0.75, 0.22),
        (1.0, 0.72, 0.08),
        (1.0, 0.92, 0.80),
        (0.85, 0.95, 1.0),
        (1.0, 0.22, 0.45),
    ]
)
"""Colours of lit signs."""
CLOTH = np.array(
    [
        (0.16, 0.03, 0.03),
        (0.03, 0.09, 0.05),
        (0.03, 0.05, 0.13),
        (0.30, 0.28, 0.24),
        (0.05, 0.05, 0.05),
    ]
)
"""Of awnings."""


class Fronts:
    """Stretches of walls, one row a shop."""

    def __init__(self, walls: Walls, left: Floats, right: Floats) -> None:
        self.walls, self.left, self.right = walls, left, right

    def take(self, which: Ints) -> Fronts:
        """Some of them."""
        return Fronts(self.walls.take(which), self.left[which], self.right[which])

    def __len__(self) -> int:
        return len(self.left)


def shop_frames(fronts: Fronts, albedo: Floats, chance: np.random.Generator) -> Quads:
    """The dark frame of a shop front, with its plinth."""
    tone = chance.uniform(0.25, 0.8, (len(fronts), 1))
    frame = fronts.walls.panel((fronts.left, fronts.right), (0.0, SIGN_FOOT - 0.1), 0.05)
    return paint(frame, Finish(albedo * tone, surface=Surface.DETAIL, level=Level.NEAR, step=4.0))


def show_windows(fronts: Fronts, glow: Floats, chance: np.random.Generator) -> list[Quads]:
    """Panes with what is on show, and one pane far."""
    parts = []
    wide = (fronts.right - fronts.left) / 3
    door = chance.integers(0, 3, len(fronts))
    shade = chance.uniform(0.6, 1.3, (len(fronts), 3, 3))
    tint = 1 + 0.07 * chance.normal(size=(len(fronts), 3, 3))
    for column in range(3):
        foot = np.where(door == column, 0.12, PANE_FOOT)
        left = fronts.left + wide * column + 0.07
        right = left + wide - 0.14
        cuts = (foot, foot + 0.9, foot * 0 + 2.5, foot * 0 + PANE_HEAD)
        for row, bright in enumerate((0.45, 0.95, 1.5)):
            corners = fronts.walls.panel((left, right), (cuts[row] + 0.015, cuts[row + 1]), 0.09)
            colour = (
                glow
                * np.clip(tint[:, column], 0.4, 1.6)
                * (bright * shade[:, column, row])[:, None]
            )
            finish = Finish(
                (0.045, 0.045, 0.05), colour, surface=Surface.GLASS, level=Level.NEAR, step=9.0
            )
            parts.append(paint(corners, finish))
    whole = fronts.walls.panel((fronts.left, fronts.right), (0.5, PANE_HEAD), 0.12)
    finish = Finish(
        (0.045, 0.045, 0.05), glow * 0.78, surface=Surface.GLASS, level=Level.FAR, step=99.0
    )
    return [*parts, paint(whole, finish)]


def shop_spill(fronts: Fronts, glow: Floats) -> Lights:
    """Light that falls from the windows onto the pavement."""
    lit = np.flatnonzero(glow.max(axis=1, initial=0) > 0.3)
    some = fronts.take(lit)
    position = some.walls.at((some.left + some.right) / 2, 2.1, 0.35)
    axis = np.c_[some.walls.out * 0.93, np.full(len(lit), -0.37)]
    power = glow[lit] * (3.2 * (some.right - some.left) * 2.4)[:, None]
    return shine(position, power, axis, Beam.WINDOW)


def letters(
    walls: Walls,
    across: tuple[Floats, Floats],
    up: tuple[float, float],
    look: tuple[Floats, Floats],
    chance: np.random.Generator,
) -> Quads:
    """What reads as writing from a few metres: signs of two or three strokes, near only.

    Args:
        walls: n walls, one sign each.
        across: n metres each, left and right end of the writing at most.
        up: Foot and head of the letters, metres.
        look: Albedo and radiance, n x 3 each.
        chance: For the strokes.
    """
    tall = up[1] - up[0]
    pitch = tall * 0.78
    room = np.maximum(((across[1] - across[0]) / pitch).astype(int), 0)
    count = np.minimum(room, chance.integers(4, 13, len(walls)))
    owner = np.repeat(np.arange(len(walls)), count)
    index = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    start = ((across[0] + across[1]) / 2)[owner] - pitch * count[owner] / 2 + pitch * index
    some = walls.take(owner)
    corners, owners = [], []
    thick = tall * 0.17
    wide = pitch * 0.72
    gap = chance.random(len(owner)) < 0.12
    kinds = chance.integers(0, 5, len(owner))
    strokes = (
        ((0.0, thick), (0.0, tall), (0, 1, 2, 4)),
        ((wide - thick, wide), (0.0, tall), (1, 3)),
        ((0.0, wide), (tall - thick, tall), (0, 2, 3)),
        ((0.0, wide), (tall * 0.42, tall * 0.42 + thick), (1, 2)),
        ((0.0, wide), (0.0, thick), (0, 3, 4)),
    )
    for x, z, of in strokes:
        which = np.flatnonzero(np.isin(kinds, of) & ~gap)
        part = some.take(which)
        left = start[which]
        corners.append(part.panel((left + x[0], left + x[1]), (up[0] + z[0], up[0] + z[1]), 0.35))
        owners.append(owner[which])
    of_sign = np.concatenate(owners)
    finish = Finish(
        look[0][of_sign], look[1][of_sign], surface=Surface.GLASS, level=Level.NEAR, step=9.0
    )
    return paint(np.concatenate(corners), finish)


def awnings(fronts: Fronts, which: Ints, chance: np.random.Generator) -> Quads:
    """Cloth over the windows of some."""
    some = fronts.take(which)
    deep, drop = 1.25, 0.75
    cloth = CLOTH[chance.integers(len(CLOTH), size=len(which))]
    top = some.walls.panel((some.left, some.right), (3.35 - drop, 3.35), (deep, 0.1))
    front = some.walls.panel((some.left, some.right), (3.35 - drop - 0.22, 3.35 - drop), deep)
    under = some.walls.panel((some.right, some.left), (3.30 - drop, 3.30), (deep - 0.04, 0.06))
    finish = Finish(cloth, snow=0.5, surface=Surface.DETAIL, level=Level.ALWAYS, step=3.0)
    near = Finish(cloth * 0.8, surface=Surface.DETAIL, level=Level.NEAR, step=3.0)
    return join([paint(top, finish), paint(front, finish), paint(under, near)])
