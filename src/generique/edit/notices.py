"""Where a spoken notice is heard: in the air that the film has, close to the first voice.

The law:

1. Nothing is re-timed for a notice: it takes the place that lines, cuts and music have left.
2. Before the first line when there is room; else in the first pause that holds it; else, where no
   pause does, at the head of the end credits.
3. It keeps its distance from every line, and starts on a beat where one lies in its room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from generique.model.errors import UsageError
from generique.model.lineage import NOTICE
from generique.model.timing import LineTiming, TimingPlan

AIR_SECONDS = 0.25
"""Least seconds of the film before a notice."""

APART_SECONDS = 0.35
"""Least seconds between a notice and a line."""

_ON_CREDITS_SECONDS = 1.0


def place_notices(plan: TimingPlan, seconds: Mapping[str, float]) -> TimingPlan:
    """The plan with a spoken notice in each language that has lines.

    Args:
        plan: The film laid out; nothing in it moves.
        seconds: Length of the notice in each language that needs one.

    Raises:
        UsageError: A notice fits nowhere, not even over the end credits.
    """
    notices = tuple(
        LineTiming(
            line=NOTICE,
            language=language,
            start=_start(plan, language, length),
            seconds=length,
        )
        for language, length in sorted(seconds.items())
        if any(line.language == language for line in plan.lines)
    )
    return plan.model_copy(update={"notices": notices})


def _start(plan: TimingPlan, language: str, length: float) -> float:
    """When a notice starts, in seconds."""
    rooms = tuple(_rooms(plan, language))
    for number, (first, end) in enumerate(rooms):
        if end - first < length:
            continue
        beats = [beat for beat in plan.music.beats if first <= beat <= end - length]
        before_the_first_line = number == 0
        if before_the_first_line:
            return max(beats, default=end - length)
        return min(beats, default=first)
    total = float(plan.rate.seconds(plan.frames))
    start = float(plan.rate.seconds(plan.credits_start)) + _ON_CREDITS_SECONDS
    if start + length > total:
        raise UsageError(
            f"the spoken notice of the {language} version fits nowhere in the film",
            why=f"it takes {length:.1f} s, and neither a pause nor the end credits hold it",
            next_step="leave a pause of that length after a line, or lengthen credits_seconds",
        )
    return start


def _rooms(plan: TimingPlan, language: str) -> Iterator[tuple[float, float]]:
    """Stretches without a line before the end credits, less the distance kept from lines."""
    lines = sorted(
        (line.start, line.start + line.seconds) for line in plan.lines if line.language == language
    )
    yield AIR_SECONDS, lines[0][0] - APART_SECONDS
    for (_, ended), (begins, _) in pairwise(lines):
        yield ended + APART_SECONDS, begins - APART_SECONDS
    yield lines[-1][1] + APART_SECONDS, float(plan.rate.seconds(plan.credits_start))
