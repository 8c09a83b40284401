"""What becomes otherwise during a shot: a scene as a row of states, and how they mix.

A state is a whole scene without changes. Nothing that a change may touch moves anything, so two
states show the same place from the same path, and a mixture of their linear pictures is the light
of the moment between them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from generique.world.scene import Change, SceneDocument

STEPS: Mapping[str, float] = {
    "time.hour": 0.5,
    "weather.cloud": 0.25,
    "weather.fog": 0.2,
    "weather.snow_cover": 0.25,
    "life.lit_windows": 0.15,
}
"""How far a value may go from one state to the next; between them pictures are mixed."""


@dataclass(frozen=True, slots=True)
class State:
    """A scene as it is at a moment.

    Attributes:
        seconds: From the first frame.
        scene: Without changes.
    """

    seconds: float
    scene: SceneDocument


def states_of(scene: SceneDocument) -> tuple[State, ...]:
    """The states of a scene in order of time, at least one; the last holds until the end.

    A change that takes no time gives two states at its moment.
    """
    states = [State(0.0, scene.at_rest())]
    for seconds, after in _moments(scene):
        shown = _at(scene, seconds, after=after)
        if shown != states[-1].scene or seconds > states[-1].seconds:
            states.append(State(seconds, shown))
    return tuple(states)


def mixture(states: tuple[State, ...], seconds: float) -> tuple[tuple[int, float], ...]:
    """Which states are seen at a time, and with which weights; they sum to 1."""
    for index, (before, after) in enumerate(pairwise(states)):
        if seconds < after.seconds:
            if before.scene == after.scene:
                return ((index, 1.0),)
            share = (seconds - before.seconds) / (after.seconds - before.seconds)
            pairs = ((index, 1.0 - share), (index + 1, share))
            return tuple(pair for pair in pairs if pair[1] > 0)
    return ((len(states) - 1, 1.0),)


def _moments(scene: SceneDocument) -> list[tuple[float, bool]]:
    """Times at which there is a state; ``True`` for what holds after a sudden change."""
    found: set[tuple[float, bool]] = set()
    before: dict[str, Any] = {}
    for change in scene.changes:
        found.add((change.at, False))
        found.add((change.at + change.over, True))
        count = _pieces(change, before.get(change.field, scene.field(change.field)))
        before[change.field] = change.value
        for k in range(1, count):
            found.add((change.at + change.over * k / count, False))
    return sorted(found)


def _pieces(change: Change, before: Any) -> int:
    """Into how many pieces a change is cut."""
    step = STEPS.get(change.field)
    if change.over == 0 or step is None:
        return 1
    return max(1, math.ceil(abs(float(change.value) - float(before)) / step))


def _at(scene: SceneDocument, seconds: float, *, after: bool) -> SceneDocument:
    """The scene at a moment; ``after`` counts what happens at that very moment."""
    shown = scene.at_rest()
    for change in scene.changes:
        if seconds < change.at or (seconds == change.at and not (after and change.over == 0)):
            continue
        share = 1.0 if change.over == 0 else min(1.0, (seconds - change.at) / change.over)
        shown = shown.with_field(change.field, _between(shown, change, share))
    return shown


def _between(scene: SceneDocument, change: Change, share: float) -> float | bool:
    """The value of the field of a change when a share of it is done."""
    if isinstance(change.value, bool):
        return change.value if share > 0 else bool(scene.field(change.field))
    begin = float(scene.field(change.field))
    return begin + (change.value - begin) * share
