"""Types of the arrays that the world is made of, and its streams of chance."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[Any]
"""Real numbers in any precision."""

Ints: TypeAlias = NDArray[Any]
"""Whole numbers in any width."""

Flags: TypeAlias = NDArray[Any]
"""Truth values."""

Octets: TypeAlias = NDArray[np.uint8]
Deep: TypeAlias = NDArray[np.uint16]
"""Values from 0 to 255."""


def stream(seed: int, concern: str) -> np.random.Generator:
    """A random generator of its own for one concern of a place or shot.

    Two concerns never share a stream, so that drawing more numbers for one (more trees, say)
    moves nothing of another.

    Args:
        seed: Seed of the place or shot; any whole number.
        concern: Name of what is drawn, for example ``streets``.
    """
    return np.random.default_rng([seed % 2**64, *concern.encode()])
