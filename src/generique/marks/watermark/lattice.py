"""The carrier of the mark: which waves a tile is made of, and what each of them means.

A tile is 256 x 256 *canonical* pixels, where the longer side of any raster measures 1280. It is
a sum of 1024 plane waves, each a whole number of cycles over the tile, in a ring of 7 to about 27
cycles (periods of 37 to 9.5 canonical pixels: coarse enough to live through half size and a low
bit rate). Waves nearly parallel to the picture's edges are left out: there lie letterbox edges,
captions and the block grid of codecs. Every wave has a phase drawn from a key. A quarter of them,
the pilots, always keep it; the rest carry the 384 code bits, two waves each, by keeping or
turning it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from generique.marks.watermark.code import CODE_BITS, encode_many

TILE = 256
CANONICAL = 1280
LOWEST = 7.0
PILOTS = 256
WAVES_PER_BIT = 2
WAVES = PILOTS + WAVES_PER_BIT * CODE_BITS
_NEAR_AXIS = 2
_KEY = b"generique picture watermark 1"


@dataclass(frozen=True)
class Lattice:
    """The waves of a tile.

    Attributes:
        kx: Cycles over the tile's width, 2 and more; int64 of length 1024.
        ky: Cycles over its height, both signs.
        carrier: Unit complex numbers, the phase of each wave before modulation.
        bit: Code bit of each wave; -1 for a pilot.
        pilot: True for pilots.
    """

    kx: NDArray[np.int64]
    ky: NDArray[np.int64]
    carrier: NDArray[np.complex128]
    bit: NDArray[np.int64]
    pilot: NDArray[np.bool_]

    @property
    def highest(self) -> int:
        """Greatest number of cycles along an axis."""
        return int(max(self.kx.max(), np.abs(self.ky).max()))

    def modulated(self, mark_id: int) -> NDArray[np.complex128]:
        """Complex amplitudes of the waves of one identity, each of magnitude 1."""
        signs = self.signs(np.array([mark_id], np.uint64))[0]
        return np.asarray(self.carrier * signs, np.complex128)

    def signs(self, mark_ids: NDArray[np.uint64]) -> NDArray[np.int8]:
        """Signs of all waves for many identities: n x 1024; pilots are +1."""
        out = np.ones((len(mark_ids), WAVES), np.int8)
        data = ~self.pilot
        out[:, data] = encode_many(mark_ids)[:, self.bit[data]]
        return out

    def by_bit(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of the values of the waves of each code bit: 384."""
        data = ~self.pilot
        return np.asarray(np.bincount(self.bit[data], values[data], CODE_BITS), np.float64)


@lru_cache(maxsize=1)
def lattice() -> Lattice:
    """The waves, the same on every machine: drawn with SHAKE-256 from the key."""
    reach = np.arange(-64, 65)
    kx, ky = (grid.ravel() for grid in np.meshgrid(np.arange(_NEAR_AXIS, 65), reach))
    radius = np.hypot(kx, ky)
    usable = (radius >= LOWEST) & (np.abs(ky) >= _NEAR_AXIS)
    order = np.lexsort((ky[usable], kx[usable], radius[usable]))[:WAVES]
    kx, ky = kx[usable][order], ky[usable][order]
    words = np.frombuffer(hashlib.shake_256(_KEY).digest(8 * 3 * WAVES), "<u8").reshape(3, WAVES)
    carrier = np.exp(2j * np.pi * (words[0].astype(np.float64) / 2.0**64))
    # In every run of four neighbours by radius one is a pilot, so that pilots and bits see the
    # same band; bits are spread over the radii by a drawn order within each pass.
    pilot = np.zeros(WAVES, bool)
    fours = np.arange(0, WAVES, WAVES // PILOTS)
    pilot[fours + (words[1][: len(fours)] % np.uint64(WAVES // PILOTS)).astype(np.int64)] = True
    bit = np.full(WAVES, -1)
    data = np.flatnonzero(~pilot)
    for turn in range(WAVES_PER_BIT):
        run = data[turn * CODE_BITS : (turn + 1) * CODE_BITS]
        drawn = np.argsort(words[2][turn * CODE_BITS : (turn + 1) * CODE_BITS], kind="stable")
        bit[run] = drawn
    return Lattice(kx=kx, ky=ky, carrier=carrier, bit=bit, pilot=pilot)


def pattern(mark_id: int, width: int, height: int) -> NDArray[np.float32]:
    """The mark of an identity over a whole raster, root mean square 1: height x width.

    Args:
        mark_id: 0 to 2^64 - 1.
        width: Pixels of the raster.
        height: The same.
    """
    waves = lattice()
    reach = waves.highest
    spectrum = np.zeros((2 * reach + 1, reach + 1), np.complex64)
    spectrum[waves.ky + reach, waves.kx] = waves.modulated(mark_id) * np.sqrt(2 / WAVES)
    step = CANONICAL / max(width, height) / TILE
    across = np.exp(2j * np.pi * np.outer(np.arange(reach + 1), (np.arange(width) + 0.5) * step))
    down = np.exp(
        2j * np.pi * np.outer((np.arange(height) + 0.5) * step, np.arange(-reach, reach + 1))
    )
    rows = down.astype(np.complex64) @ spectrum
    across = across.astype(np.complex64)
    # The real part of a complex product, as one real product of twice the depth.
    left = np.hstack([rows.real, -rows.imag])
    return np.asarray(left @ np.vstack([across.real, across.imag]), np.float32)
