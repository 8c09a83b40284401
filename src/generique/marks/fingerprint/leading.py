"""The runs that matter: of many that agree, the longest and nearest, one for each work.

Pictures of one scene are alike, so that a stretch agrees with several moments of a work, and with
parts of itself. What a reader wants is the one that explains the most, and other works that explain
the same as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generique.marks.fingerprint.match import Run

_RIVAL = 25.0
_COVERED = 0.5


def leading(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs that no better one makes needless, in order of time.

    Of two runs in one work over the same frames the stronger stays. A run in another work stays
    when it agrees about as well as the strongest there.
    """
    kept: list[Run] = []
    for run in sorted(runs, key=_strength, reverse=True):
        same = [one for one in kept if one.work == run.work]
        nearer = [one for one in kept if one.distance + _RIVAL < run.distance]
        if _share(run, same) < _COVERED and _share(run, nearer) < _COVERED:
            kept.append(run)
    return tuple(sorted(kept, key=lambda run: (run.start, run.end, run.work)))


def _strength(run: Run) -> float:
    """Frames, less those that a poor agreement costs."""
    return (run.end - run.start) * (1.0 - run.distance / 260.0)


def _share(run: Run, others: Sequence[Run]) -> float:
    """Share of a run's frames that others cover together, 0 to 1."""
    covered, position = 0, run.start
    for other in sorted(others, key=lambda one: one.start):
        start, end = max(position, other.start), min(run.end, other.end)
        if start < end:
            covered += end - start
            position = end
    return covered / (run.end - run.start)
