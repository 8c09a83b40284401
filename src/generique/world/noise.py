"""Smooth chance as pure functions of place, defined everywhere, and reliefs kept as tables."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.ndimage import map_coordinates

from generique.world.arrays import Floats
from generique.world.layout import Bounds

_PRIMES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)


def _lattice(column: Floats, row: Floats, seed: int) -> Floats:
    """A number from -1 to 1 for each corner of the lattice (a finaliser of MurmurHash3)."""
    with np.errstate(over="ignore"):
        key = column.astype(np.int64).astype(np.uint64) * _PRIMES[0]
        key ^= row.astype(np.int64).astype(np.uint64) * _PRIMES[1]
        key += np.uint64(seed % 2**32) * _PRIMES[2]
        key ^= key >> np.uint64(33)
        key *= np.uint64(0xFF51AFD7ED558CCD)
        key ^= key >> np.uint64(33)
    return np.asarray((key >> np.uint64(40)).astype(np.float64) / 2**23 - 1)


def smooth(points: Floats, size: float, seed: int) -> Floats:
    """Noise from -1 to 1 with continuous curvature.

    Args:
        points: n x 2 metres.
        size: Of its features, metres.
        seed: Any whole number.
    """
    x, y = points[:, 0] / size, points[:, 1] / size
    column, row = np.floor(x), np.floor(y)
    u, v = x - column, y - row
    u, v = (t * t * t * (t * (t * 6 - 15) + 10) for t in (u, v))
    low = _lattice(column, row, seed) * (1 - u) + _lattice(column + 1, row, seed) * u
    high = _lattice(column, row + 1, seed) * (1 - u) + _lattice(column + 1, row + 1, seed) * u
    return np.asarray(low * (1 - v) + high * v)


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
