"""The code of the sound mark: 36 bits in a word of 255, any two words at least 91 apart.

A binary BCH code of length 255 and designed distance 91 has 37 message bits (W. W. Peterson and
E. J. Weldon, *Error-Correcting Codes*, 1972, appendix C); words whose last message bit is 0 are
used. It is decoded from soft values by ordered statistics (M. Fossorier and S. Lin, *IEEE Trans.
Information Theory* 41, 1995): take the most certain positions that are independent, flip up to
four of them, keep the word that agrees best.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from generique.marks.pointer import SOUND_BITS
from generique.model.errors import UsageError

WORD_BITS = 255
_DESIGNED_DISTANCE = 91
_FIELD_POLYNOMIAL = 0b1_0001_1101


def encode(pointer: int) -> NDArray[np.int8]:
    """Code word of a pointer: (255,), +1 for a 1 and -1 for a 0.

    Raises:
        UsageError: The pointer is not from 0 to 2^36 - 1.
    """
    if not 0 <= pointer < 1 << SOUND_BITS:
        raise UsageError(
            f"{pointer} does not fit into the {SOUND_BITS} bits of a sound mark",
            next_step="use a number made by sound_pointer",
        )
    bits = np.array([pointer >> place & 1 for place in range(SOUND_BITS)], np.uint8)
    word = bits @ generator_matrix() % 2
    return np.asarray(2 * word.astype(np.int8) - 1, np.int8)


def decode(soft: NDArray[np.float32]) -> tuple[int, NDArray[np.int8]]:
    """The pointer whose word agrees best with soft values, whether or not it means anything.

    Args:
        soft: (255,), positive for a 1, the larger the more certain.

    Returns:
        Pointer and its word (255,) of +1 and -1.
    """
    order = np.argsort(-np.abs(soft), kind="stable")
    values = soft[order]
    basis, chosen = _reduced(generator_matrix()[:, order])
    flips = _flips(1 - 2 * basis.astype(np.float32))
    hard = np.prod(flips[1 : SOUND_BITS + 1][values[chosen] > 0], axis=0)
    start = -hard
    # Two sets of up to two flips are one of up to four: all of them in one matrix product.
    agreement = (flips * (start * values)) @ flips.T
    left, right = divmod(int(np.argmax(agreement)), len(flips))
    word = np.empty(WORD_BITS, np.int8)
    word[order] = start * flips[left] * flips[right]
    return _message(word), word


def _flips(signs: NDArray[np.float32]) -> NDArray[np.float32]:
    """What no, one and two wrong bits do to a word: (1 + k + k(k-1)/2) x n of +1 and -1."""
    first, second = np.triu_indices(len(signs), 1)
    none = np.ones((1, signs.shape[1]), np.float32)
    return np.concatenate([none, signs, signs[first] * signs[second]])


@cache
def generator_matrix() -> NDArray[np.uint8]:
    """Systematic generator, 36 x 255 of 0 and 1: the message stands in the last 36 places."""
    polynomial = _generator_polynomial()
    degree = polynomial.bit_length() - 1
    rows = np.zeros((SOUND_BITS, WORD_BITS), np.uint8)
    for bit in range(SOUND_BITS):
        shifted = 1 << (degree + bit)
        word = shifted ^ _remainder(shifted, polynomial)
        rows[bit] = [word >> place & 1 for place in range(WORD_BITS)]
    return rows


def _message(word: NDArray[np.int8]) -> int:
    start = _generator_polynomial().bit_length() - 1
    return sum(1 << bit for bit in range(SOUND_BITS) if word[start + bit] > 0)


@cache
def _generator_polynomial() -> int:
    """Product of the minimal polynomials of the field's first 90 powers, as bits."""
    product, covered = 1, set[int]()
    powers, logs = _field()
    for power in range(1, _DESIGNED_DISTANCE):
        if power in covered:
            continue
        coset = [power]
        while (following := coset[-1] * 2 % WORD_BITS) != power:
            coset.append(following)
        covered.update(coset)
        product = _product(product, _minimal_polynomial(coset, powers, logs))
    return product


def _field() -> tuple[list[int], list[int]]:
    powers, logs = [1] * WORD_BITS, [0] * (WORD_BITS + 1)
    for exponent in range(1, WORD_BITS):
        value = powers[exponent - 1] << 1
        powers[exponent] = value ^ _FIELD_POLYNOMIAL if value > WORD_BITS else value
        logs[powers[exponent]] = exponent
    return powers, logs


def _minimal_polynomial(coset: list[int], powers: list[int], logs: list[int]) -> int:
    factors = [1]
    for exponent in coset:
        shifted = [0, *factors]
        scaled = [powers[(logs[value] + exponent) % WORD_BITS] if value else 0 for value in factors]
        factors = [a ^ b for a, b in zip(shifted, [*scaled, 0], strict=True)]
    return sum(1 << place for place, value in enumerate(factors) if value)


def _product(left: int, right: int) -> int:
    total = 0
    while right:
        if right & 1:
            total ^= left
        left, right = left << 1, right >> 1
    return total


def _remainder(value: int, divisor: int) -> int:
    length = divisor.bit_length()
    while value.bit_length() >= length:
        value ^= divisor << (value.bit_length() - length)
    return value


def _reduced(matrix: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Rows with a unit matrix in the first independent columns, and those columns."""
    rows = matrix.copy()
    chosen: list[int] = []
    for column in range(WORD_BITS):
        done = len(chosen)
        if done == len(rows):
            break
        below = np.flatnonzero(rows[done:, column])
        if below.size == 0:
            continue
        rows[[done, done + below[0]]] = rows[[done + below[0], done]]
        others = np.flatnonzero(rows[:, column])
        rows[others[others != done]] ^= rows[done]
        chosen.append(column)
    return rows, np.array(chosen, np.int64)
