"""Spotting: music and lines are laid out first, and give each shot its place and length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil

from pydantic import Field, NonNegativeInt, PositiveInt

from generique.edit.beats import Beats, beats_of
from generique.edit.cutting import Span, choose_lengths
from generique.edit.slots import LineLength, Slots, slots_of
from generique.model.element import Easing, ElementClass
from generique.model.errors import UnreadableInput, UsageError
from generique.model.shot import Shot, ShotList, Transition
from generique.model.time import Rate, parse_seconds
from generique.model.timing import LineTiming, MusicGrid, ShotTiming, TimingPlan
from generique.model.values import Identifier, Value

_SLOPE = 0.1
_PRICES = (0.0, *(0.002 * 2**step for step in range(20)))
_LONGEST_BLACK = Fraction(2)


class MediaRoom(Value):
    """How much of a medium there is around a shot, in frames at the film's rate.

    Attributes:
        before: Frames before the in-point.
        frames: Frames from the in-point to the end of the medium.
    """

    shot: Identifier
    before: NonNegativeInt
    frames: PositiveInt


class SpottingNeed(Value):
    """What spotting has to be told besides the shots and the music.

    Attributes:
        languages: Two-letter codes; every line needs a length in each.
        lines: How long each line takes to say.
        rooms: What the authentic media can give; a medium that is not named has no limit.
        handles: Frames wanted before and after each shot.
        dissolve: Frames of a dissolve.
        minimum_seconds: Shortest free shot.
        typical_seconds: Length of a free shot at middling tension.
        fade_out_seconds: Length of the last fade.
        generated_limit: Most seconds of picture to generate, handles included.
    """

    rate: Rate
    languages: tuple[str, ...] = Field(min_length=1)
    lines: tuple[LineLength, ...] = ()
    rooms: tuple[MediaRoom, ...] = ()
    credits_seconds: float = Field(gt=0)
    handles: NonNegativeInt = 12
    dissolve: NonNegativeInt = 12
    minimum_seconds: float = Field(gt=0, default=3.0)
    typical_seconds: float = Field(gt=0, default=4.0)
    fade_out_seconds: float = Field(ge=0, default=1.5)
    generated_limit: float | None = Field(gt=0, default=None)


def lay_out(shots: ShotList, need: SpottingNeed, grid: MusicGrid) -> TimingPlan:
    """Lay the film out in time.

    Exact shots keep their length; the cut out of a free shot is moved to a beat
    (:mod:`generique.edit.cutting`). A dissolve counts as a cut at its middle. The end credits
    follow the last shot; after a last shot of exact length they wait in black for the next beat.

    Raises:
        UnreadableInput: No shots; a length that cannot be read; lines that do not fit in a shot
            of exact length, or in the medium that it shows; a line without a length in some
            language; a music grid that is not in order.
        UsageError: The generated shots need more than ``generated_limit`` at their shortest.
    """
    if not shots.shots:
        raise UnreadableInput(
            "the shot list is empty", next_step="run breakdown on a screenplay with shots"
        )
    beats = beats_of(grid, need.rate)
    overlaps = _overlaps(shots.shots, need)
    slots = tuple(
        slots_of(shot, need.lines, need.languages, need.rate, _inner(overlaps, index, shot))
        for index, shot in enumerate(shots.shots)
    )
    rooms = {room.shot: room for room in need.rooms}
    spans = tuple(
        _span(shot, slots[index], need, rooms.get(shot.id), overlaps[index + 1])
        for index, shot in enumerate(shots.shots)
    )
    lengths = _within_limit(spans, beats, need)
    starts = _starts(lengths, overlaps)
    timings = tuple(
        _timing(shot, (starts[index], lengths[index], overlaps[index]), need, beats, rooms)
        for index, shot in enumerate(shots.shots)
    )
    lines = tuple(
        timing
        for index, slot in enumerate(slots)
        for timing in slot.timings(starts[index], lengths[index], need.rate)
    )
    return _plan(timings, lines, need, grid, beats)


def fade_in_frames(rate: Rate, seen: int) -> int:
    """Frames of a fade from black into a shot: one second, at most half of the shot."""
    return min(rate.frames(1), seen // 2)


def _plan(
    timings: tuple[ShotTiming, ...],
    lines: tuple[LineTiming, ...],
    need: SpottingNeed,
    grid: MusicGrid,
    beats: Beats,
) -> TimingPlan:
    end = timings[-1].start + timings[-1].frames
    beat = beats.following(end - 2)
    if beat is None or beat - end > need.rate.frames(_LONGEST_BLACK):
        beat = end
    credits_start = max(beat, end)
    length = max(need.rate.frames(need.credits_seconds), 1)
    return TimingPlan(
        rate=need.rate,
        frames=credits_start + length,
        credits_start=credits_start,
        fade_out=min(need.rate.frames(need.fade_out_seconds), length),
        shots=timings,
        lines=lines,
        music=grid,
    )


def _overlaps(shots: Sequence[Shot], need: SpottingNeed) -> tuple[int, ...]:
    """Frames that each shot shares with the one before; one more entry for the film's end."""
    limits = []
    for shot in shots:
        exact = _exact_frames(shot, need.rate)
        limits.append(need.dissolve if exact is None else min(need.dissolve, exact // 2))
    inner = [
        min(limits[index - 1], limits[index]) if shot.transition is Transition.DISSOLVE else 0
        for index, shot in enumerate(shots)
    ]
    return (0, *inner[1:], 0)


def _inner(overlaps: Sequence[int], index: int, shot: Shot) -> tuple[int, int, bool]:
    """Frames lost to the dissolves before and after the cut points; whether it fades in."""
    before, after = overlaps[index], overlaps[index + 1]
    fades = _transition(shot, first=index == 0) is Transition.FADE_IN
    return before // 2, after - after // 2, fades


def _transition(shot: Shot, *, first: bool) -> Transition:
    """A dissolve into the first shot has nothing to dissolve from but black: a fade-in."""
    if first and shot.transition is Transition.DISSOLVE:
        return Transition.FADE_IN
    return shot.transition


def _wanted(shot: Shot, rate: Rate) -> int | None:
    text = shot.seconds or (shot.media.seconds if shot.media else None)
    if text is None:
        return None
    frames = rate.frames(parse_seconds(text, rate))
    if frames < 1:
        raise UnreadableInput(
            f"shot {shot.id} is shorter than a frame",
            where=f"shot {shot.id}",
            why=f"its length is {text} s",
            next_step="give it a length in the screenplay's note, for example 6 s",
        )
    return frames


def _exact_frames(shot: Shot, rate: Rate) -> int | None:
    """Length of a shot that may not change, else None."""
    wanted = _wanted(shot, rate)
    if shot.free:
        return None
    if wanted is None:
        raise UnreadableInput(
            f"shot {shot.id} is said to have an exact length and states none",
            where=f"shot {shot.id}",
            next_step="give the shot its seconds, or set free = true",
        )
    return wanted


def _span(shot: Shot, slots: Slots, need: SpottingNeed, room: MediaRoom | None, out: int) -> Span:
    """The range of lengths that a shot allows."""
    rate = need.rate
    exact = _exact_frames(shot, rate)
    limit = room.frames if room else None
    generated = shot.element_class is not ElementClass.AUTHENTIC and shot.media is None
    if exact is not None:
        slots.must_fit(exact, rate, "the shot's exact length")
        _must_have(shot, exact, limit, rate)
        return Span(exact, exact, exact, firm=True, overlap_out=out, generated=generated)
    asked = _wanted(shot, rate)
    floor = ceil(asked * 3 / 4) if asked else rate.frames(need.minimum_seconds)
    least = max(floor, slots.least, 2 * need.dissolve, 1)
    wanted = max(asked or rate.frames(need.typical_seconds), least)
    most = max(ceil(wanted * 3 / 2), wanted + rate.frames(Fraction(3, 2)))
    if limit is not None:
        slots.must_fit(limit, rate, "the medium")
        least, wanted, most = min(least, limit), min(wanted, limit), min(most, limit)
    firm = asked is not None
    return Span(least, wanted, most, firm=firm, overlap_out=out, generated=generated)


def _must_have(shot: Shot, frames: int, limit: int | None, rate: Rate) -> None:
    if limit is not None and frames > limit:
        missing = float(rate.seconds(frames - limit))
        raise UnreadableInput(
            f"the medium of shot {shot.id} is {missing:.2f} s too short",
            where=f"shot {shot.id}",
            why=f"{frames} frames are asked for and {limit} follow the in-point",
            next_step="shorten the shot, or move its in-point to an earlier time",
        )


def _within_limit(spans: Sequence[Span], beats: Beats, need: SpottingNeed) -> tuple[int, ...]:
    """Lengths that keep generation within its limit, dearer frame by frame until they do."""
    lengths: tuple[int, ...] = ()
    seconds = 0.0
    for price in _PRICES:
        lengths = choose_lengths(spans, beats, price)
        made = sum(
            length + 2 * need.handles
            for span, length in zip(spans, lengths, strict=True)
            if span.generated
        )
        seconds = float(need.rate.seconds(made))
        if need.generated_limit is None or seconds <= need.generated_limit:
            return lengths
    raise UsageError(
        f"the generated shots need at least {seconds:.1f} s of picture, handles included",
        why=f"the limit is {need.generated_limit} s",
        next_step="raise the limit, shorten generated shots or their lines, or use fewer",
    )


def _starts(lengths: Sequence[int], overlaps: Sequence[int]) -> tuple[int, ...]:
    starts = [0]
    for index, length in enumerate(lengths[:-1]):
        starts.append(starts[-1] + length - overlaps[index + 1])
    return tuple(starts)


def _timing(
    shot: Shot,
    place: tuple[int, int, int],
    need: SpottingNeed,
    beats: Beats,
    rooms: Mapping[str, MediaRoom],
) -> ShotTiming:
    start, frames, overlap = place
    room = rooms.get(shot.id)
    first = start == 0
    return ShotTiming(
        shot=shot.id,
        start=start,
        frames=frames,
        head=min(need.handles, room.before) if room else need.handles,
        tail=min(need.handles, room.frames - frames) if room else need.handles,
        overlap=overlap,
        transition=_transition(shot, first=first),
        easing=_easing(start, frames, beats),
        tension=beats.tension(start, start + frames),
        beat_offset=None if first else beats.offset(start + overlap // 2),
    )


def _easing(start: int, frames: int, beats: Beats) -> Easing:
    """A camera gathers speed where tension rises, comes to rest where it falls."""
    middle = start + frames // 2
    slope = beats.tension(middle, start + frames) - beats.tension(start, middle)
    if slope > _SLOPE:
        return Easing.EASE_IN
    if slope < -_SLOPE:
        return Easing.EASE_OUT
    return Easing.LINEAR
