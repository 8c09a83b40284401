"""Smooth chance as pure functions of place, defined everywhere, and reliefs kept as tables.

The shores have a noise of their own, :class:`generique.world.landform.Noise`: other tables, and
sums in another order. To share one would change the last bits of their heights, and so move what
stands on them and void the light that is kept.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.ndimage import map_coordinates

from generique.world.arrays import Floats
from generique.world.layout import Bounds

_SIDE = 1024
"""Cells after which a lattice repeats."""
_TABLE = np.random.default_rng(1009).uniform(-1, 1, _SIDE * _SIDE).astype(np.float32)
"""Values of all lattices; each seed reads it from another corner."""


def smooth(points: Floats, size: float, seed: int) -> Floats:
    """Noise from -1 to 1 with continuous curvature.

    Args:
        points: n x 2 metres.
        size: Of its features, metres.
        seed: Any whole number.
    """
    place = points / size
    cell = np.floor(place)
    share = place - cell
    share *= share * share * (share * (share * 6 - 15) + 10)
    column, row = cell.astype(np.int64).T
    corner = (seed * 2_654_435_761) % (_SIDE * _SIDE)
    left = (column + corner % _SIDE) % _SIDE
    low = (row + corner // _SIDE) % _SIDE * _SIDE
    right, high = (left + 1) % _SIDE, (low + _SIDE) % (_SIDE * _SIDE)
    u, v = share.T
    below = _TABLE[low + left] * (1 - u) + _TABLE[low + right] * u
    above = _TABLE[high + left] * (1 - u) + _TABLE[high + right] * u
    return np.asarray(below * (1 - v) + above * v)


_TURN = np.array([[0.8, 0.6], [-0.6, 0.8]])


def fractal(points: Floats, size: float, seed: int, octaves: int = 4) -> Floats:
    """Noise of several sizes, each half as large and as strong; about -1 to 1."""
    total, strength, place = np.zeros(len(points)), 0.55, points
    for octave in range(octaves):
        total += strength * smooth(place, size / 2**octave, seed + octave * 101)
        strength *= 0.5
        # Turned, so that the lattices of two sizes never line up.
        place = place @ _TURN
    return total


def ridged(points: Floats, size: float, seed: int, octaves: int = 5) -> Floats:
    """Ridges and the spurs that leave them, 0 to about 1.

    A ridged multifractal after F. K. Musgrave (Texturing and Modeling, 1994): a spur is as strong
    as the ridge that it leaves is high, so that valleys stay smooth.
    """
    total, weight, strength, place = np.zeros(len(points)), np.ones(len(points)), 0.5, points
    for octave in range(octaves):
        signal = (1 - np.abs(smooth(place, size / 2**octave, seed + octave * 131))) ** 2
        total += strength * signal * weight
        weight = np.clip(signal * 1.8, 0, 1)
        strength *= 0.5
        place = place @ _TURN
    return total


def tabled(
    surface: Callable[[Floats], Floats], bounds: Bounds, cell: float = 2.0, margin: float = 330.0
) -> Callable[[Floats], Floats]:
    """The same heights, looked up in a table in and near the bounds, where most are asked for.

    Args:
        surface: Heights (n) of points (n x 2).
        bounds: Of the place.
        cell: Of the table, metres.
        margin: How far the table reaches beyond the bounds, metres.
    """
    low = np.array([bounds.x0, bounds.y0]) - margin
    count = int(np.ceil((bounds.extent + 2 * margin) / cell)) + 1
    line = np.arange(count) * cell
    x, y = np.meshgrid(low[0] + line, low[1] + line)
    table = surface(np.stack([x.ravel(), y.ravel()], axis=-1)).reshape(count, count)

    def heights(points: Floats) -> Floats:
        place = (np.asarray(points, float) - low) / cell
        inside = np.all((place >= 0) & (place <= count - 1), axis=1)
        out = np.empty(len(points))
        known = place[inside]
        out[inside] = map_coordinates(table, [known[:, 1], known[:, 0]], order=1)
        if not inside.all():
            out[~inside] = surface(np.asarray(points, float)[~inside])
        return out

    return heights
