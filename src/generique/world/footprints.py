"""Whose a surface is by where it stands: surfaces that a whole street has in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Floats, Ints
from generique.world.mesh import NOBODY, Quads, Surface
from generique.world.owners import BY_PLACE, NUMBERS, Thing, kinds_of, owner

NEAREST = 8
"""Outlines, by their middles, among which the one under a surface is looked for."""


def settle(
    quads: Quads, outlines: Sequence[Floats], things: Thing | Sequence[Thing], first: int = 0
) -> Quads:
    """Give surfaces that nothing owns yet to the building whose outline they stand in.

    A surface belongs where its middle is, or to the outline that is nearest to it; panes of glass
    become windows with the number of the building, and so do things whose kind alone is known
    (:data:`generique.world.owners.BY_PLACE`). Nothing but the owners changes.

    Args:
        quads: Surfaces of buildings.
        outlines: Of each building, n x 2 metres, convex, either way round.
        things: Their kind, or one kind each; a building's number is its place in ``outlines``.
        first: Number of the first building.
    """
    unknown, waits = quads.owner == NOBODY, quads.owner % NUMBERS == BY_PLACE
    free = np.flatnonzero(unknown | waits)
    if len(free) == 0 or len(outlines) == 0:
        return quads
    number = nearest(quads.corners[free][..., :2].mean(axis=1).astype(float), outlines)
    kinds = [things] * len(outlines) if isinstance(things, Thing) else things
    kind = np.array([int(owner(kind)) for kind in kinds])[number]
    kind[quads.surface[free] == Surface.GLASS] = int(owner(Thing.WINDOW))
    kind[waits[free]] = kinds_of(quads.owner[free])[waits[free]]
    found = quads.owner.copy()
    found[free] = kind + first + number
    return replace(quads, owner=found)


def nearest(points: Floats, outlines: Sequence[Floats]) -> Ints:
    """The outline that each of n x 2 points lies in, or else the nearest one: n indices.

    Args:
        points: Metres.
        outlines: As in :func:`settle`; at least one.
    """
    normals, offsets = _sides(outlines)
    middles = np.array([outline.mean(axis=0) for outline in outlines])
    count = min(NEAREST, len(outlines))
    near = np.asarray(cKDTree(middles).query(points, k=count)[1]).reshape(len(points), count)
    gap = np.empty(near.shape)
    for k in range(count):
        one = near[:, k]
        away = np.einsum("nsc,nc->ns", normals[one], points) - offsets[one]
        gap[:, k] = away.max(axis=1)
    return np.asarray(near[np.arange(len(points)), gap.argmin(axis=1)])


def _sides(outlines: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Lines along the sides, normals that look out (n x sides x 2) and their offsets (n x sides).

    Outlines with fewer sides than others get sides that nothing lies beyond.
    """
    most = max(len(outline) for outline in outlines)
    normals = np.zeros((len(outlines), most, 2))
    offsets = np.full((len(outlines), most), np.inf)
    for k, outline in enumerate(outlines):
        along = np.roll(outline, -1, axis=0) - outline
        length = np.linalg.norm(along, axis=1)
        out = np.c_[along[:, 1], -along[:, 0]] / np.maximum(length, 1e-9)[:, None]
        out *= np.where(np.sum(out * (outline - outline.mean(axis=0)), axis=1) < 0, -1, 1)[:, None]
        sides = np.flatnonzero(length > 1e-6)
        normals[k, sides] = out[sides]
        offsets[k, sides] = np.sum(out * outline, axis=1)[sides]
    return normals, offsets


def rectangles(centre: Floats, angle: Floats, low: Floats, high: Floats) -> list[Floats]:
    """Outlines (4 x 2 metres) of rectangles in axes of their own.

    Args:
        centre: n x 2 metres.
        angle: n radians.
        low: n x 2 metres from the centre, the corner with the least of both coordinates.
        high: n x 2, the opposite corner.
    """
    corners = np.stack(
        [low, np.c_[high[:, 0], low[:, 1]], high, np.c_[low[:, 0], high[:, 1]]], axis=1
    )
    cosine, sine = np.cos(angle)[:, None], np.sin(angle)[:, None]
    x = centre[:, :1] + cosine * corners[..., 0] - sine * corners[..., 1]
    y = centre[:, 1:] + sine * corners[..., 0] + cosine * corners[..., 1]
    return list(np.stack([x, y], axis=-1))
