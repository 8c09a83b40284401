"""The error-correcting code of the mark: 64 bits become 384.

A tail-biting convolutional code of constraint length 15 and rate 1/6 (the generators that the
Cassini probe flew, in octal 46321, 51271, 70535, 63667, 73277, 76513). Every one of the 2^64
identities is a code word; the words form a linear code, so that distances are weights. Decoding
is by the wrap-around Viterbi algorithm on soft values: it finds the word of greatest correlation,
or very nearly so.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from generique.marks.watermark.compiled import compiled

ID_BITS = 64
RATE = 6
CODE_BITS = ID_BITS * RATE
MEMORY = 14
_STATES = 1 << MEMORY
_GENERATORS = (0o46321, 0o51271, 0o70535, 0o63667, 0o73277, 0o76513)
_STARTS = 128
_SPECTRUM_TO = 96


def encode(mark_id: int) -> NDArray[np.int8]:
    """Code word of an identity: 384 signs, +1 for a 0 bit and -1 for a 1 bit.

    Args:
        mark_id: 0 to 2^64 - 1.
    """
    return np.asarray(encode_many(np.array([mark_id], np.uint64))[0], np.int8)


def encode_many(mark_ids: NDArray[np.uint64]) -> NDArray[np.int8]:
    """Code words of many identities: n x 384 signs.

    Args:
        mark_ids: The identities.
    """
    shifts = np.arange(ID_BITS - 1, -1, -1, dtype=np.uint64)
    bits = ((mark_ids[:, None] >> shifts) & np.uint64(1)).astype(np.uint8)
    words = np.zeros((len(mark_ids), ID_BITS, RATE), np.uint8)
    for output, generator in enumerate(_GENERATORS):
        for delay in range(MEMORY + 1):
            if generator >> (MEMORY - delay) & 1:
                words[:, :, output] ^= np.roll(bits, delay, axis=1)
    return np.asarray(1 - 2 * words.reshape(-1, CODE_BITS).astype(np.int8), np.int8)


def decode(soft: NDArray[np.float64]) -> int:
    """The identity whose code word correlates best with soft values.

    It always answers; whether the answer may be believed is for the caller to judge by the
    correlation (see :mod:`generique.marks.watermark.reading`).

    Args:
        soft: 384 values, positive where +1 is the likelier sign.
    """
    steps = np.ascontiguousarray(soft, np.float32).reshape(ID_BITS, RATE)
    metrics = (steps @ _symbol_signs().T).astype(np.float32)
    bits = _wrap_around(metrics, _symbols(), _STARTS)
    return int("".join(map(str, bits)), 2)


@lru_cache(maxsize=1)
def _symbols() -> NDArray[np.uint8]:
    """Six output bits for each of 2^15 register contents (newest bit highest)."""
    register = np.arange(_STATES << 1, dtype=np.uint32)
    out = np.zeros(len(register), np.uint8)
    for output, generator in enumerate(_GENERATORS):
        parity = register & generator
        for shift in (8, 4, 2, 1):
            parity = parity ^ (parity >> shift)
        out |= ((parity & 1) << output).astype(np.uint8)
    return out


@lru_cache(maxsize=1)
def _symbol_signs() -> NDArray[np.float32]:
    symbol = np.arange(1 << RATE)[:, None] >> np.arange(RATE)
    return (1 - 2 * (symbol & 1)).astype(np.float32)


@compiled
def _lap(
    metrics: NDArray[np.float32],
    symbols: NDArray[np.uint8],
    start: NDArray[np.float32],
    chosen: NDArray[np.uint8],
) -> NDArray[np.float32]:
    """One lap around the trellis; fills ``chosen`` with the surviving branch of each state."""
    states = start.shape[0]
    now, after = start.copy(), np.empty_like(start)
    for step in range(metrics.shape[0]):
        row = metrics[step]
        for state in range(states):
            # The state holds the last 14 bits, newest highest; the register adds the bit that
            # drops out of it.
            register = state << 1
            older = register & (states - 1)
            zero = now[older] + row[symbols[register]]
            one = now[older | 1] + row[symbols[register | 1]]
            if one > zero:
                after[state] = one
                chosen[step, state] = 1
            else:
                after[state] = zero
                chosen[step, state] = 0
        now, after = after, now
    return now.copy()


@compiled
def _trace(chosen: NDArray[np.uint8], end: int, bits: NDArray[np.uint8]) -> int:
    """Follow survivors back from an end state; fills the bits, returns the start state."""
    states = chosen.shape[1]
    state = end
    for back in range(chosen.shape[0]):
        step = chosen.shape[0] - 1 - back
        bits[step] = 1 if state & (states >> 1) else 0
        state = ((state << 1) & (states - 1)) | chosen[step, state]
    return state


def _wrap_around(
    metrics: NDArray[np.float32], symbols: NDArray[np.uint8], starts: int
) -> NDArray[np.uint8]:
    """The best word whose path closes on itself.

    Two laps around the circle tell how good a path through each state can be at most. The most
    promising states are then taken one by one as start and end of a path, until none that is left
    can beat the best word found.
    """
    chosen = np.empty((ID_BITS, _STATES), np.uint8)
    best, best_metric = np.zeros(ID_BITS, np.uint8), -np.inf
    bits = np.empty(ID_BITS, np.uint8)
    free = np.zeros(_STATES, np.float32)
    bound = _lap(metrics, symbols, free, chosen)
    # What a path through a state gains behind it and ahead of it: a lap further, the survivors
    # of every state have seen the whole circle before they count.
    settled = _lap(metrics, symbols, bound - bound.max(), chosen)
    for state in np.argsort(-settled, kind="stable")[:starts]:
        if bound[state] <= best_metric:
            continue
        start = np.full(_STATES, -1e9, np.float32)
        start[state] = 0
        metric = float(_lap(metrics, symbols, start, chosen)[state])
        if metric > best_metric:
            _trace(chosen, int(state), bits)
            best, best_metric = bits.copy(), metric
    return best


@lru_cache(maxsize=1)
def weight_spectrum() -> NDArray[np.float64]:
    """Number of detours of each weight, 0 to 96, that leave the all-zero path at a given step.

    A detour leaves state 0 and meets it again for the first time; its weight is the number of
    code bits by which the word of the detour differs. Counted over all detours of up to 64 steps
    by passing weight histograms along the trellis.
    """
    weights = np.array([symbol.bit_count() for symbol in range(1 << RATE)])[_symbols()]
    found = np.zeros(_SPECTRUM_TO + 1)
    # Histograms of the paths that stand in each state; bit 1 enters at the first step.
    at = np.zeros((_STATES, _SPECTRUM_TO + 1), np.float32)
    first = _STATES >> 1
    at[first, weights[first << 1]] = 1
    state = np.arange(_STATES)
    older = (state << 1) & (_STATES - 1)
    for _ in range(ID_BITS):
        after = np.zeros_like(at)
        for dropped in (0, 1):
            source, cost = older | dropped, weights[(state << 1) | dropped]
            for weight in range(RATE + 1):
                rows = np.flatnonzero(cost == weight)
                stop = _SPECTRUM_TO + 1 - weight
                after[rows, weight:] += at[source[rows], :stop]
        found += after[0]
        after[0] = 0
        at = after
        if not at.any():
            break
    return found


def confusion_bound(energy: float) -> float:
    """Upper bound on the probability that a neighbouring word wins over the marked one.

    The union bound over code words, ``64 * sum_w A_w Q(sqrt(w * energy / 384))``: words that
    differ in w of 384 signs, when the marked word stands ``sqrt(energy)`` standard deviations of
    noise above zero. The sum runs to weight 96; what lies beyond adds less than a tenth at the
    energies at which an identity is given.

    Args:
        energy: Squared signal-to-noise ratio of the marked word's correlation.
    """
    spectrum = weight_spectrum()
    total = 0.0
    for weight in np.flatnonzero(spectrum):
        total += (
            float(spectrum[weight]) * 0.5 * math.erfc(math.sqrt(weight * energy / CODE_BITS / 2))
        )
    return min(1.0, 1.1 * ID_BITS * total)
