"""PDQ, held against hashes that the reference implementation gave for the same pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from generique.marks.fingerprint.pdq import BITS, PictureHash, picture_hash

if TYPE_CHECKING:
    from numpy.typing import NDArray

# From pdqhash 0.2.8, built apart from this package. Sizes: small, odd, usual, tall, large.
VECTORS = [
    (64, 64, "53dcd2d552dc52d1029c56cffd63f83bab01a974fc00a8310c8bfda9ae345d4a"),
    (200, 333, "d4227ab774208abf003cffca5411fed474c701438318afc1aafd0569aaf9af1d"),
    (360, 640, "05ba15a005ba5da417be53ab0111ff035028be77ab4e5c5e5274f85bad4e5acd"),
    (511, 129, "f78bff88d781ff8055a1ff08aa11aa9902d60073ff5902caffa8542e80c3aa79"),
    (720, 1280, "a86202e9a86202e9006202e30157fdfcaa7c5516ff81fd16ff99fd16ffc80576"),
]


def waves(seed: int, rows: int, columns: int) -> NDArray[np.uint8]:
    """Draw soft waves that run across a picture in random directions and colours."""
    dice = np.random.default_rng(seed)
    y, x = np.mgrid[0:rows, 0:columns]
    light = np.zeros((rows, columns, 3))
    for _ in range(24):
        down, across = dice.uniform(-6, 6, 2)
        colour = dice.uniform(-1, 1, 3)
        turn = 2 * np.pi * (down * y / rows + across * x / columns) + dice.uniform(0, 7)
        light += colour * np.cos(turn)[..., None]
    return np.clip(np.rint(128 + 22 * light), 0, 255).astype(np.uint8)


def hashed(seed: int, rows: int, columns: int) -> PictureHash:
    luma = waves(seed, rows, columns) @ np.array([0.299, 0.587, 0.114])
    return picture_hash(np.rint(luma).astype(np.uint8))


@pytest.mark.parametrize(("seed", "vector"), list(enumerate(VECTORS)))
def test_a_hash_is_that_of_the_reference_implementation(
    seed: int, vector: tuple[int, int, str]
) -> None:
    rows, columns, expected = vector
    bits = np.unpackbits(np.frombuffer(bytes.fromhex(expected), np.uint8)).astype(bool)
    # A frequency that equals the median but for rounding may fall to either side of it.
    assert hashed(seed, rows, columns).distance(PictureHash(bits, 100)) <= 4


def test_other_pictures_differ_in_about_half_the_bits() -> None:
    distance = hashed(1, 200, 333).distance(hashed(2, 200, 333))
    assert BITS * 0.35 < distance < BITS * 0.65
