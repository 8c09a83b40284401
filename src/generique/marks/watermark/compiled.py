"""The decorator of the watermark's numeric kernels."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function at its first call; it then runs without holding the interpreter."""
    return cast("Callable[P, R]", numba.njit(nogil=True, boundscheck=False)(function))
