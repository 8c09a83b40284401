"""Boulders and fences: small things that lie and stand about in the country."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.solids import beams, box
from generique.world.mesh import Finish, Level, Quads, Surface, join, outward, paint
from generique.world.owners import Thing, owner
from generique.world.relief import Relief

POST = 2.6
"""Metres between posts."""


def boulders(
    spot: Floats,
    size: Floats,
    albedo: tuple[float, float, float],
    chance: np.random.Generator,
    first: int = 0,
) -> Quads:
    """Rocks with blunt corners.

    Args:
        spot: n x 3 metres, where their middles lie.
        size: n metres, across.
        albedo: Of the rock.
        chance: For their shapes.
        first: Number of the first in mattes.
    """
    count = len(spot)
    cube = box(np.full((1, 3), -0.5), np.full((1, 3), 0.5))[0]
    corner = (cube > 0) @ np.array([1, 2, 4])
    shape = chance.uniform(0.55, 1.05, (count, 8, 3)) * np.array([1.0, 0.85, 0.75])
    shape[:, 4:, :2] *= 0.72
    turn = chance.uniform(0, 2 * np.pi, count)
    local = shape[:, corner] * np.sign(cube)[None] * (size[:, None, None, None] * 0.5)
    cosine, sine = np.cos(turn)[:, None, None], np.sin(turn)[:, None, None]
    x = cosine * local[..., 0] - sine * local[..., 1]
    y = sine * local[..., 0] + cosine * local[..., 1]
    world = np.stack([x, y, local[..., 2]], axis=-1) + spot[:, None, None]
    shade = np.repeat(chance.uniform(0.7, 1.2, count), 5)[:, None]
    quads = outward(world.reshape(-1, 4, 3), np.repeat(spot, 5, axis=0))
    snow = np.tile([0.0, 0.0, 0.0, 0.0, 0.9], count)
    whose = owner(Thing.ROCK, first + np.arange(count))
    return paint(quads, Finish(np.array(albedo) * shade, snow=snow, step=3, owner=whose))


def fence(
    line: Floats,
    relief: Relief,
    albedo: tuple[float, float, float],
    rails: tuple[float, ...] = (0.45, 0.85),
) -> Quads:
    """Posts and rails along a line of n x 2 points, on the ground."""
    along = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    stops = np.arange(0.0, along[-1], POST)
    spots = np.stack([np.interp(stops, along, line[:, k]) for k in (0, 1)], axis=-1)
    foot = relief.lift(spots)
    up = np.array([0.0, 0.0, 1.0])
    parts = [beams(foot - 0.3 * up, foot + 1.05 * up, 0.11)]
    parts += [beams(foot[:-1] + h * up, foot[1:] + h * up, 0.07) for h in rails]
    finish = Finish(albedo, snow=0.2, surface=Surface.DETAIL, level=Level.NEAR, step=4)
    far = Finish(albedo, surface=Surface.DETAIL, level=Level.FAR, step=8)
    whole = np.stack(
        [foot[:-1] + 0.6 * up, foot[1:] + 0.6 * up, foot[1:] + 0.9 * up, foot[:-1] + 0.9 * up],
        axis=1,
    )
    built = join([paint(np.concatenate(parts), finish), paint(whole, far)])
    return built.owned(owner(Thing.FENCE))
