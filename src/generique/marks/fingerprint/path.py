"""The course of a file through known works: for every frame the best track, or none.

A dynamic programme (Viterbi, 1967) over frames. To follow a track costs the distance of the two
frames; to follow none costs :data:`NOTHING`; to change costs :data:`CHANGE`. So a cut is placed
where the distances of two tracks cross, and a few frames that fit elsewhere by accident do not tear
a shot apart. Flat frames cost nothing anywhere: they do not decide.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NOTHING = 190.0
"""Distance at which a frame is better left unexplained: one unrelated pair in two hundred is
nearer, and after hard handling a true pair is."""

CHANGE = 260.0
"""What a change of track must save: about two frames of unlike pictures."""

_CAP = 330.0

Costs = NDArray[np.float64]


@dataclass(frozen=True)
class Lane:
    """The distances of a track, from the frame ``first`` on."""

    first: int
    distances: NDArray[np.int64]

    @property
    def last(self) -> int:
        """Frame after the last."""
        return self.first + len(self.distances)


def best_path(
    frames: int, lanes: Sequence[Lane], blank: NDArray[np.bool_]
) -> list[tuple[int, int, int]]:
    """Stretches that follow a lane: its index, first frame, frame after the last; in order.

    Args:
        frames: Of the file.
        lanes: What may be followed.
        blank: True for flat frames.
    """
    steps = list(_steps(frames, lanes, blank))
    if not steps:
        return []
    state = steps[-1].best_at_end
    course = np.empty(frames, np.int64)
    for step in reversed(steps):
        state = step.trace(state, course)
    limits = np.flatnonzero(np.diff(course, prepend=-2, append=-2))
    stretches = itertools.pairwise(limits)
    return [(int(course[a]), int(a), int(b)) for a, b in stretches if course[a] >= 0]


@dataclass(frozen=True)
class _Step:
    """A part of the file in which the same lanes can be followed.

    Attributes:
        first: Its first frame.
        names: Index of each lane; -1, last, for none.
        came: Frames: the state of the frame before, from which a change comes; an index of a lane.
        changed: Frames x states, True where a state is reached by a change.
        best_at_end: Index of the best lane after the last frame.
    """

    first: int
    names: NDArray[np.int64]
    came: NDArray[np.int64]
    changed: NDArray[np.bool_]
    best_at_end: int

    def trace(self, state: int, course: NDArray[np.int64]) -> int:
        """Write the course of this part, back from a state; returns the state before it."""
        places = {int(name): index for index, name in enumerate(self.names)}
        for row in range(len(self.came) - 1, -1, -1):
            course[self.first + row] = state
            if self.changed[row, places[state]]:
                state = int(self.came[row])
        return state


def _steps(frames: int, lanes: Sequence[Lane], blank: NDArray[np.bool_]) -> Iterator[_Step]:
    limits = sorted({0, frames, *(lane.first for lane in lanes), *(lane.last for lane in lanes)})
    total = {-1: 0.0}
    waiting = sorted(range(len(lanes)), key=lambda index: -lanes[index].first)
    active: list[int] = []
    for start, end in itertools.pairwise(limits):
        # A film has ten thousands of lanes, and few at a time: those that go on are carried along.
        while waiting and lanes[waiting[-1]].first <= start:
            active.append(waiting.pop())
        active = sorted(index for index in active if lanes[index].last >= end)
        names = np.array([*active, -1], np.int64)
        costs = _costs(lanes, active, start, end)
        costs[blank[start:end]] = 0.0
        step, total = _walk(start, names, costs, total)
        yield step


def _costs(lanes: Sequence[Lane], active: Sequence[int], start: int, end: int) -> Costs:
    """Frames x states."""
    costs = np.full((end - start, len(active) + 1), NOTHING)
    for column, index in enumerate(active):
        lane = lanes[index]
        along = lane.distances[start - lane.first : end - lane.first]
        costs[:, column] = np.minimum(along, _CAP)
    return costs


def _walk(
    first: int, names: NDArray[np.int64], costs: Costs, before: dict[int, float]
) -> tuple[_Step, dict[int, float]]:
    """Follow every state through a part; what was reached before is given by lane."""
    count = len(costs)
    came = np.empty(count, np.int64)
    changed = np.empty((count, len(names)), np.bool_)
    origin = min(before, key=lambda name: before[name])
    least = before[origin]
    total = np.array([before.get(int(name), np.inf) for name in names])
    for row in range(count):
        came[row] = origin
        jump = total > least + CHANGE
        changed[row] = jump
        total = np.where(jump, least + CHANGE, total) + costs[row]
        place = int(total.argmin())
        origin, least = int(names[place]), float(total[place])
    total -= least
    after = {int(name): float(value) for name, value in zip(names, total, strict=True)}
    return _Step(first, names, came, changed, origin), after
