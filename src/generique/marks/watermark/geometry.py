"""Finds the tiles in a received picture: scale, shape, turn, mirror and shift, all unknown.

Tiles repeat, so the mark lives at the points of a lattice in the picture's spectrum. One padded
Fourier transform of the gathered sum therefore serves every supposed geometry: the waves of a
tile are looked up where that geometry puts them. Correlating the pilots with their known phases
over all shifts is one small inverse transform.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from generique.marks.watermark.compiled import compiled
from generique.marks.watermark.gathering import MarkSum
from generique.marks.watermark.lattice import CANONICAL, TILE, lattice

GRID = 128
"""Shifts tried along each side of a tile: every second canonical pixel."""
_BATCH = 32
_STEP = 0.4
"""Greatest error of phase at the picture's edge between neighbouring scales, in cycles of the
finest wave."""
_SHRINK = 0.5
"""Reference magnitude of the limiter, as a share of the median magnitude."""


@dataclass(frozen=True)
class Geometry:
    """How canonical pixels became received pixels, up to the shift.

    Attributes:
        across: Received pixels per canonical pixel, horizontally.
        down: The same, vertically.
        turn: Clockwise turn on the screen in degrees, after scaling.
        mirrored: True when left and right were swapped first.
    """

    across: float
    down: float
    turn: float = 0.0
    mirrored: bool = False

    def matrix(self) -> NDArray[np.float64]:
        """2 x 2, from canonical to received offsets (x, y)."""
        angle = np.deg2rad(self.turn)
        rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        return rotation @ np.diag([-self.across if self.mirrored else self.across, self.down])

    def scaled(self, across: float, down: float, turn: float = 0.0) -> Geometry:
        """A neighbouring geometry."""
        return Geometry(
            self.across * across, self.down * down, self.turn + turn, mirrored=self.mirrored
        )


@dataclass(frozen=True)
class Place:
    """A supposed geometry, with the shift at which the pilots agree best.

    Attributes:
        sync: Correlation of the pilots in standard deviations.
        shift: Canonical position of the received picture's centre within a tile (x, y).
    """

    sync: float
    geometry: Geometry
    shift: tuple[float, float]


class Spectrum:
    """The padded spectrum of a sum, with the centre of the picture as origin of phase."""

    def __init__(self, gathered: MarkSum) -> None:
        residual = gathered.residual
        height, width = residual.shape
        self.height, self.width = height, width
        sides = [scipy.fft.next_fast_len(2 * side) for side in (height, width)]
        padded = np.zeros(sides, np.float32)
        padded[:height, :width] = residual - residual.mean()
        padded = np.roll(padded, (-(height // 2), -(width // 2)), (0, 1))
        self.values = scipy.fft.fft2(padded).astype(np.complex64)
        # The centre of a picture of even size lies half a pixel before pixel n // 2.
        self.centre = ((width - 1) / 2 - width // 2, (height - 1) / 2 - height // 2)

    def waves(self, matrices: NDArray[np.float64]) -> NDArray[np.complex64]:
        """Amplitudes of all waves of a tile for supposed geometries: n x 1024.

        Args:
            matrices: n x 2 x 2, canonical to received offsets.
        """
        return self._at(matrices, lattice().kx, lattice().ky)

    def pilots(self, matrices: NDArray[np.float64]) -> NDArray[np.complex64]:
        """Amplitudes of the pilots only: n x 256."""
        base = lattice()
        return self._at(matrices, base.kx[base.pilot], base.ky[base.pilot])

    def _at(
        self, matrices: NDArray[np.float64], kx: NDArray[np.int64], ky: NDArray[np.int64]
    ) -> NDArray[np.complex64]:
        out = np.empty((len(matrices), len(kx)), np.complex64)
        inverse = np.ascontiguousarray(np.linalg.inv(matrices) / TILE)
        _look_up(self.values, inverse, kx, ky, self.centre, out)
        return out


@compiled
def _look_up(
    spectrum: NDArray[np.complex64],
    inverse: NDArray[np.float64],
    kx: NDArray[np.int64],
    ky: NDArray[np.int64],
    centre: tuple[float, float],
    out: NDArray[np.complex64],
) -> None:
    """Bilinear look-up of the lattice points ``inverse^T k`` (cycles a pixel)."""
    rows, columns = spectrum.shape
    for number in range(inverse.shape[0]):
        for wave in range(kx.shape[0]):
            fx = kx[wave] * inverse[number, 0, 0] + ky[wave] * inverse[number, 1, 0]
            fy = kx[wave] * inverse[number, 0, 1] + ky[wave] * inverse[number, 1, 1]
            if abs(fx) > 0.48 or abs(fy) > 0.48:
                out[number, wave] = 0
                continue
            x, y = fx * columns, fy * rows
            left, top = int(np.floor(x)), int(np.floor(y))
            right_share, low_share = x - left, y - top
            left, right = left % columns, (left + 1) % columns
            top, low = top % rows, (top + 1) % rows
            upper = spectrum[top, left] * (1 - right_share) + spectrum[top, right] * right_share
            lower = spectrum[low, left] * (1 - right_share) + spectrum[low, right] * right_share
            phase = 2 * np.pi * (fx * centre[0] + fy * centre[1])
            turn = complex(np.cos(phase), np.sin(phase))
            out[number, wave] = (upper * (1 - low_share) + lower * low_share) * turn


def limited(waves: NDArray[np.complex64]) -> NDArray[np.complex64]:
    """Waves with their magnitudes brought near to 1, so that no single one decides."""
    magnitude = np.abs(waves)
    level = np.median(magnitude, axis=-1, keepdims=True) * _SHRINK + 1e-12
    return np.asarray(waves / (magnitude + level), np.complex64)


def correlate_pilots(pilots: NDArray[np.complex64], grid: int = GRID) -> NDArray[np.float32]:
    """Correlation of limited pilots with their phases over all shifts, in standard deviations.

    Args:
        pilots: n x 256.
        grid: Shifts along each side of the tile.

    Returns:
        n x grid x grid; the shift in tiles is the index divided by ``grid`` (row y, column x).
    """
    base = lattice()
    pilot = base.pilot
    agreed = pilots * np.conj(base.carrier[pilot]).astype(np.complex64)
    # Only the few columns that hold waves are transformed along the first axis.
    planes = np.zeros((len(pilots), grid, base.highest + 1), np.complex64)
    planes[:, base.ky[pilot] % grid, base.kx[pilot]] = np.conj(agreed)
    columns = scipy.fft.ifft(planes, axis=1, overwrite_x=True)
    surface = scipy.fft.irfft(columns, n=grid, axis=2)
    spread = np.sqrt((np.abs(agreed) ** 2).sum(1) / 2) + 1e-12
    return np.asarray(surface * (grid * grid / 2 / spread[:, None, None]), np.float32)


def scale_steps(width: int, height: int, lowest: float, highest: float) -> NDArray[np.float64]:
    """Scales between two bounds, near enough to each other that none between them is missed."""
    tiles = max(width, height) / (TILE * lowest)
    # The finest wave drifts by highest * tiles / 2 * step cycles from the centre to the edge.
    step = 2 * _STEP / (lattice().highest * tiles) * 1.2
    out, scale = [], lowest
    while scale < highest:
        out.append(scale)
        scale *= 1 + step * max(1.0, scale / lowest)
    return np.array(out)


def natural_scale(width: int, height: int) -> float:
    """Received pixels per canonical pixel of a picture that was only resized."""
    return max(width, height) / CANONICAL


def best_places(
    spectrum: Spectrum,
    geometries: Sequence[Geometry],
    keep: int,
    *,
    near: tuple[float, float, float] | None = None,
) -> list[Place]:
    """The ``keep`` geometries whose pilots agree best, best first.

    Args:
        spectrum: Of the gathered sum.
        geometries: To be tried.
        keep: How many to return at most.
        near: Shift (x, y) and how many canonical pixels to look around it; None looks everywhere.
    """
    found: list[Place] = []
    for start in range(0, len(geometries), _BATCH):
        batch = geometries[start : start + _BATCH]
        pilots = spectrum.pilots(np.array([geometry.matrix() for geometry in batch]))
        surfaces = correlate_pilots(limited(pilots))
        if near is not None:
            surfaces[:, ~_window(*near)] = -np.inf
        peaks = surfaces.reshape(len(batch), -1).argmax(1)
        for geometry, surface, peak in zip(batch, surfaces, peaks, strict=True):
            row, column = divmod(int(peak), GRID)
            shift = (column * TILE / GRID, row * TILE / GRID)
            found.append(Place(float(surface.flat[peak]), geometry, shift))
        found = sorted(found, key=lambda place: -place.sync)[:keep]
    return found


def _window(x: float, y: float, reach: float) -> NDArray[np.bool_]:
    """Shifts of the grid within a reach of one shift, around the tile's edges."""
    grid = np.arange(GRID) * (TILE / GRID)
    columns, rows = (np.abs((grid - at + TILE / 2) % TILE - TILE / 2) <= reach for at in (x, y))
    return np.asarray(rows[:, None] & columns[None, :], np.bool_)


_ROUNDS, _SIDE = 3, (-1, 0, 1)


def refined(*, turns: bool) -> int:
    """How many geometries :func:`refine` tries."""
    return _ROUNDS * len(_SIDE) ** (3 if turns else 2)


def refine(spectrum: Spectrum, place: Place, *, turns: bool) -> Place:
    """Climb to the best neighbouring geometry."""
    tiles = max(spectrum.width, spectrum.height) / (TILE * place.geometry.across)
    step = _STEP / (lattice().highest * tiles)
    near = (*place.shift, 2.5 * TILE / GRID)
    for _ in range(_ROUNDS):
        around = [
            place.geometry.scaled(1 + step * i, 1 + 1.5 * step * j, turn)
            for i in _SIDE
            for j in _SIDE
            for turn in ((-40 * step, 0.0, 40 * step) if turns else (0.0,))
        ]
        better = best_places(spectrum, around, 1, near=near)[0]
        if better.sync > place.sync:
            place = better
        step /= 2
    return place


def exact_waves(gathered: MarkSum, geometry: Geometry) -> NDArray[np.complex64]:
    """Amplitudes of all waves of a tile, without interpolation; for geometries without a turn.

    Returns:
        1024 complex numbers, phase relative to the picture's centre.
    """
    waves = lattice()
    residual = gathered.residual
    height, width = residual.shape
    reach = waves.highest
    sign = -1.0 if geometry.mirrored else 1.0
    x = (np.arange(width) - (width - 1) / 2) * (sign / (geometry.across * TILE))
    y = (np.arange(height) - (height - 1) / 2) / (geometry.down * TILE)
    across = np.exp(-2j * np.pi * np.outer(x, np.arange(reach + 1))).astype(np.complex64)
    down = np.exp(-2j * np.pi * np.outer(np.arange(-reach, reach + 1), y)).astype(np.complex64)
    rows = residual @ across.real + 1j * (residual @ across.imag)
    grid = down @ rows.astype(np.complex64)
    return np.asarray(grid[waves.ky + reach, waves.kx], np.complex64)
