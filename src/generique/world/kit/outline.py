"""Convex outlines on the ground: what blocks, lots and floors of buildings are cut from.

An outline is k x 2 metres, counter-clockwise seen from above; its k-th edge runs from the k-th
point to the next. An outline that nothing is left of has no points.
"""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Flags, Floats

_SAME = 1e-6
"""Metres between points that count as one."""


def rectangle(x0: float, y0: float, x1: float, y1: float) -> Floats:
    """An upright rectangle."""
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], float)


def area(outline: Floats) -> float:
    """Square metres."""
    if len(outline) < 3:
        return 0.0
    after = np.roll(outline, -1, axis=0)
    return float(np.sum(outline[:, 0] * after[:, 1] - outline[:, 1] * after[:, 0]) / 2)


def edges(outline: Floats) -> tuple[Floats, Floats, Floats]:
    """Starts (k x 2), unit directions (k x 2) and lengths (k) of the edges."""
    step = np.roll(outline, -1, axis=0) - outline
    length = np.linalg.norm(step, axis=1)
    return outline, step / np.maximum(length, _SAME)[:, None], length


def outward_of(direction: Floats) -> Floats:
    """Unit normals that point out of an outline, of directions of its edges."""
    return np.stack([direction[..., 1], -direction[..., 0]], axis=-1)


def clip(outline: Floats, point: Floats, normal: Floats) -> Floats:
    """What lies on the side of a line away from its normal (Sutherland and Hodgman, 1974)."""
    if len(outline) < 3:
        return np.zeros((0, 2))
    away = (outline - point) @ normal
    kept: list[Floats] = []
    for k in range(len(outline)):
        after = (k + 1) % len(outline)
        if away[k] <= 0:
            kept.append(outline[k])
        if (away[k] < 0 < away[after]) or (away[after] < 0 < away[k]):
            share = away[k] / (away[k] - away[after])
            kept.append(outline[k] + share * (outline[after] - outline[k]))
    return _clean(np.array(kept)) if len(kept) >= 3 else np.zeros((0, 2))


def _clean(outline: Floats) -> Floats:
    """Leave out points that lie on the one before."""
    apart = np.linalg.norm(outline - np.roll(outline, 1, axis=0), axis=1) > 1e-3
    found = outline[apart]
    return np.asarray(found) if len(found) >= 3 else np.zeros((0, 2))


def inset(outline: Floats, distance: Floats | float) -> Floats:
    """The outline with its edges moved inwards.

    Args:
        outline: k x 2.
        distance: Metres for every edge, or k of them; negative moves an edge outwards.
    """
    start, way, length = edges(outline)
    out = outward_of(way)
    moved = np.broadcast_to(np.asarray(distance, float), (len(outline),))
    reach = float(np.abs(moved).max(initial=0)) * 4 + float(np.ptp(outline, axis=0).max()) + 1
    middle = outline.mean(axis=0)
    found = middle + np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * reach
    for k in np.flatnonzero(length > _SAME):
        found = clip(found, start[k] - out[k] * moved[k], out[k])
    return np.asarray(found)


def split(outline: Floats, share: float) -> tuple[Floats, Floats]:
    """Two parts, cut across the longest edge at a share of its length."""
    start, way, length = edges(outline)
    longest = int(np.argmax(length))
    along = (outline - start[longest]) @ way[longest]
    cut = start[longest] + way[longest] * (along.min() + share * np.ptp(along))
    return clip(outline, cut, way[longest]), clip(outline, cut, -way[longest])


def narrowest(outline: Floats) -> float:
    """Least width of the outline, metres; 0 for an empty one."""
    if len(outline) < 3:
        return 0.0
    out = outward_of(edges(outline)[1])
    return float(np.ptp(outline @ out.T, axis=0).min())


def on_border(outline: Floats, border: Floats, slack: float = 0.3) -> Flags:
    """True for the edges of an outline that lie on the edge of one around it."""
    start, way, length = edges(border)
    middle = (outline + np.roll(outline, -1, axis=0)) / 2
    out = outward_of(way)
    far = np.abs(np.sum((middle[:, None] - start[None]) * out[None], axis=2))
    parallel = np.abs(edges(outline)[1] @ way.T) > 0.99
    return np.asarray(((far < slack) & parallel & (length > slack)).any(axis=1))


def holds(outline: Floats, points: Floats) -> Flags:
    """True for n x 2 points inside an outline."""
    start, way, _ = edges(outline)
    out = outward_of(way)
    away = np.sum((points[:, None] - start[None]) * out[None], axis=2)
    return np.asarray((away <= 0).all(axis=1))
