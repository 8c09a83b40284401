"""Sheets of leaves and of needles, out of which near foliage is cut.

A quad of a tree's mesh stands for many leaves. From near it would be seen as what it is, so the
shader looks each of its points up on a sheet: is there a leaf, and how light is it? Mipmaps close
the gaps as leaves become smaller than pixels, so that nothing flickers and a far crown is as full
as its mesh.
"""

from __future__ import annotations

from functools import cache

import moderngl
import numpy as np

from generique.world.arrays import Flags, Floats

SHEETS_UNIT = 13
SIDE = 256
"""Pixels of a sheet."""
FINER = 2
"""Samples along a pixel's side while the sheets are drawn."""
LEAVES = 92
"""On the sheet of leaves, which covers three quarters of it."""
LENGTH = (0.085, 0.135)
"""Half a leaf's length, in sheets."""
TWIGS = 14
"""Pairs of side twigs on a spray of needles."""


def sheets_of(context: moderngl.Context) -> moderngl.TextureArray:
    """Both sheets on the graphics card: leaves first, then a spray of needles."""
    texture = context.texture_array((SIDE, SIDE, 2), 2, _both_sheets())
    texture.build_mipmaps()
    texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
    return texture


@cache
def _both_sheets() -> bytes:
    """They are the same for every place, and several passes of one picture want them."""
    data = np.stack([leaf_sheet(), needle_sheet()]).clip(0, 1) * 255
    return data.round().astype(np.uint8).tobytes()


def leaf_sheet() -> Floats:
    """Leaves that lie over one another, which repeats without a seam.

    Returns:
        SIDE x SIDE x 2: how much of a pixel is leaf, and half its factor on the albedo.
    """
    chance, size = np.random.default_rng(61), SIDE * FINER
    covered, shade = np.zeros((size, size), bool), np.full((size, size), 0.5)
    reach = int(LENGTH[1] * size) + 2
    near = np.arange(-reach, reach)
    for _ in range(LEAVES):
        x, y, turn = chance.random(), chance.random(), chance.uniform(0, 2 * np.pi)
        half, light = chance.uniform(*LENGTH), chance.uniform(0.34, 0.66)
        column, row = (int(at * size) + near for at in (x, y))
        gap_x, gap_y = (column + 0.5) / size - x, (row + 0.5) / size - y
        about = np.ix_(row % size, column % size)
        u = (gap_x * np.cos(turn) + gap_y[:, None] * np.sin(turn)) / half
        v = (gap_y[:, None] * np.cos(turn) - gap_x * np.sin(turn)) / half
        leaf: Flags = np.abs(v) < 0.46 * np.clip(1 - u**2, 0, None) * (1 - 0.25 * u)
        rib = 1 - 0.25 * np.exp(-((v / 0.05) ** 2)) + 0.12 * np.sign(v)
        covered[about] |= leaf
        shade[about] = np.where(leaf, light * rib, shade[about])
    return _coarser(covered, shade)


def needle_sheet() -> Floats:
    """A twig along the first axis, with side twigs that are thick with needles.

    Returns:
        As :func:`leaf_sheet`; the twig begins at column 0 and its axis is the middle row.
    """
    chance, size = np.random.default_rng(67), SIDE * FINER
    along, aside = (np.arange(size) + 0.5) / size, (np.arange(size) + 0.5) / size * 2 - 1
    out = np.abs(aside)[:, None]
    covered, shade = (out < 0.05) & (along < 0.97), np.full((size, size), 0.5)
    for side in (-1, 1):
        for foot in (np.arange(TWIGS) + chance.uniform(0.1, 0.9, TWIGS)) / TWIGS * 1.05 - 0.1:
            lean, light = chance.uniform(0.16, 0.3), chance.uniform(0.36, 0.64)
            reach = chance.uniform(0.7, 1.0)
            gap = along - (foot + out * lean)
            bristle = 0.7 + 0.3 * np.sign(np.sin(out * 90 + foot * 40))
            wide = 0.052 * np.clip(1.15 - out / reach, 0, 1) ** 0.5 * bristle
            twig = (np.abs(gap) < wide) & (aside[:, None] * side > 0) & (out < reach)
            covered |= twig
            shade = np.where(twig, light * (0.8 + 0.4 * out), shade)
    return _coarser(covered, shade)


def _coarser(covered: Flags, shade: Floats) -> Floats:
    blocks = (SIDE, FINER, SIDE, FINER)
    return np.stack(
        [part.astype(float).reshape(blocks).mean(axis=(1, 3)) for part in (covered, shade)],
        axis=-1,
    )
