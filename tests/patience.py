"""How tests tell work that never ends from work that does, on any machine and beside any load."""

from __future__ import annotations

import contextlib
import cProfile
import time
from collections.abc import Callable, Iterator

ENDLESS = 60.0
"""Processor seconds after which work counts as endless. What is held below it is linear and takes
about a second, several where coverage is measured; were it quadratic, it would take many minutes.
It is no figure of speed: those are in benchmarks/."""


@contextlib.contextmanager
def at_once() -> Iterator[None]:
    """Fail where what is done within takes endless time of this process."""
    start = time.process_time()
    yield
    spent = time.process_time() - start
    assert spent < ENDLESS, f"{spent:.0f} s of processor time"


def calls_in(work: Callable[[], object]) -> int:
    """Count the function calls that a piece of work makes: the same on every machine."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())
