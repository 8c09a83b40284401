"""Where to cut: a dynamic programme over the shots whose length is free.

The law:

1. A shot with an exact length keeps it to the frame.
2. A free shot is never shorter than its lines and its minimum ask for, and never longer than
   its material.
3. The cut out of a free shot falls within :data:`TOLERANCE` frames of a beat wherever its range
   holds one.
4. Among the layouts that obey 1 to 3, the one with the least sum of three costs is taken:
   distance to the beats, deviation from the wanted length, and mismatch with the tension of the
   music. Lengths are compared by the logarithm of their ratio, because shot lengths are close to
   log-normal (Salt), so that half and double are equally far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from generique.edit.beats import Beats

TOLERANCE = 2
"""Frames by which a cut may miss its beat: about the 70 ms that beat tracking allows."""

_BEAM = 128
_OFF_BEAT = 25.0
# Cost of 0, 1 and 2 frames off: at 24 frames a second two frames are more than 70 ms.
_MISSES = (0.0, 0.1, 0.6)
_DEVIATION = 6.0
_MISMATCH = 1.0


@dataclass(frozen=True)
class Span:
    """What the programme has to know of a shot; lengths in frames, dissolves included.

    Attributes:
        least: Shortest length allowed.
        wanted: Length that the script asks for, else one that suits a middling tension.
        firm: True when the script states the length, which then weighs more than the tension.
        most: Longest length allowed; equal to ``least`` for an exact shot.
        overlap_out: Frames shared with the shot after.
        generated: True when each frame has to be made.
    """

    least: int
    wanted: int
    most: int
    firm: bool
    overlap_out: int
    generated: bool

    @property
    def free(self) -> bool:
        """True when the length may change."""
        return self.most > self.least

    def cut_after(self, start: int, length: int) -> int:
        """The frame of the cut out of the shot: the middle of the dissolve, if there is one."""
        return start + length - self.overlap_out + self.overlap_out // 2


def choose_lengths(spans: Sequence[Span], beats: Beats, price: float = 0.0) -> tuple[int, ...]:
    """Lengths in frames of all shots, in order.

    The programme keeps the 128 best starting frames for each shot: exact for films of a few
    dozen shots, and a close bound on effort for long ones.

    Args:
        spans: The shots in order.
        beats: The music.
        price: Cost of each generated frame; a higher price gives shorter generated shots.
    """
    costs: dict[int, float] = {0: 0.0}
    came_from: list[dict[int, tuple[int, int]]] = []
    for span in spans:
        reached: dict[int, float] = {}
        origin: dict[int, tuple[int, int]] = {}
        for start, paid in costs.items():
            for length in _lengths(span, start, beats):
                following = start + length - span.overlap_out
                cost = paid + _cost(span, start, length, beats)
                cost += price * length if span.generated else 0.0
                if cost < reached.get(following, float("inf")):
                    reached[following] = cost
                    origin[following] = (start, length)
        best = sorted(reached, key=lambda frame: (reached[frame], frame))[:_BEAM]
        costs = {frame: reached[frame] for frame in sorted(best)}
        came_from.append(origin)
    frame = min(costs, key=lambda end: (costs[end], end))
    lengths: list[int] = []
    for origin in reversed(came_from):
        frame, length = origin[frame]
        lengths.append(length)
    return tuple(reversed(lengths))


def _lengths(span: Span, start: int, beats: Beats) -> Iterator[int]:
    """The lengths worth trying from a starting frame."""
    yield span.least
    if not span.free:
        return
    yield span.wanted
    first, last = span.cut_after(start, span.least), span.cut_after(start, span.most)
    for beat in beats.within(first - TOLERANCE, last + TOLERANCE):
        for cut in range(max(beat - TOLERANCE, first), min(beat + TOLERANCE, last) + 1):
            yield span.least + cut - first


def _cost(span: Span, start: int, length: int, beats: Beats) -> float:
    """How badly a length suits the beats, the script and the music."""
    gap = abs(beats.offset(span.cut_after(start, length)) or 0)
    cost = _MISSES[min(gap, TOLERANCE)]
    if not span.free:
        return cost
    if gap > TOLERANCE:
        cost += _OFF_BEAT
    calm = 2.0 ** (1.0 - 2.0 * beats.tension(start, start + length))
    suited = min(max(span.wanted * calm, span.least), span.most)
    return (
        cost + _DEVIATION * log(length / span.wanted) ** 2 + _MISMATCH * log(length / suited) ** 2
    )
