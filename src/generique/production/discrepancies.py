"""What differs between a delivered file and the master that was sealed, from pixels alone.

The law:

1. Every frame of the file that shows the master stands where the master's time puts it. Frames
   left out, repeated or moved are named.
2. A frame that shows anything else is named with all that is known of it: another take of the
   shot, another work, or nothing.
3. The file may have one pace and one framing of its own as a whole (a transfer from 24 to 25, a
   crop to another shape). That is told once. A part that differs from the whole is a discrepancy.
4. Frames are those of the file; places of the master are said beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from statistics import median

from pydantic import NonNegativeInt

from generique.marks.identification.sighting import FoundSegment, Identification, Place, Stretch
from generique.marks.works import Work
from generique.model.element import ElementClass
from generique.model.values import Value
from generique.production.known import END_CREDITS

_FRAMES = 2
"""Frames by which a cut may be off: measuring error on both sides of it."""

_PACE = 0.01
_CROP = 0.02
_LEAST_FOR_PACE = 25
"""Frames below which neither pace nor framing of a segment can be judged."""

_WHOLE = (0.0, 0.0, 1.0, 1.0)


class Kind(StrEnum):
    """What is wrong with a stretch."""

    UNDECLARED = "undeclared"
    REPLACED = "replaced take"
    MISSING = "missing"
    REPEATED = "repeated or moved"
    RETIMED = "re-timed"
    REFRAMED = "re-framed"
    LABEL = "label missing"
    CREDITS = "credits missing"


class Discrepancy(Value):
    """One difference, located to the frame.

    Attributes:
        start: First frame of the file.
        end: Frame after the last; equal to ``start`` where something is missing.
        master_start: First frame of the master that it is about; None when there is none.
        says: What was expected and what was found.
    """

    kind: Kind
    start: NonNegativeInt
    end: NonNegativeInt
    master_start: int | None = None
    master_end: int | None = None
    says: str


class Whole(Value):
    """How the file as a whole stands to the master.

    Attributes:
        pace: Frames of the master in one frame of the file.
        crop: Part of the master's picture that is seen: left, top, width, height, 0 to 1.
        mirrored: Left and right are exchanged throughout.
        shown: Frames of the file that show the master.
    """

    pace: float
    crop: tuple[float, float, float, float]
    mirrored: bool
    shown: NonNegativeInt


def compare(found: Identification, master: Work) -> tuple[Whole, tuple[Discrepancy, ...]]:
    """Hold what a file shows against a master.

    Args:
        found: What it shows.
        master: With the segments of its timeline.

    Returns:
        How the file as a whole differs, and every part that differs from the whole, in order.
    """
    placed = [
        (segment, place)
        for segment in found.segments
        if (place := place_in(segment, master)) is not None
    ]
    whole = _whole(placed)
    differences = [
        *_foreign(found, master),
        *_order(placed, master, whole),
        *_changed(placed, master, whole),
    ]
    return whole, tuple(sorted(differences, key=lambda d: (d.start, d.end, d.kind)))


def place_in(segment: FoundSegment, master: Work) -> Place | None:
    """Where a found segment stands in the master, None where it shows something else."""
    for place in segment.places:
        if place.work == master.id and place.at is not None:
            return place
    return None


def _whole(placed: Sequence[tuple[FoundSegment, Place]]) -> Whole:
    """Pace and framing that most of the file has, by length."""
    spread = [
        (place, segment.end - segment.start)
        for segment, place in placed
        if segment.end - segment.start >= _LEAST_FOR_PACE
    ]
    paces = [place.pace for place, length in spread for _ in range(length)]
    crops = [place.crop for place, length in spread if place.crop for _ in range(length)]
    sides = [place.mirrored for place, length in spread for _ in range(length)]
    return Whole(
        pace=median(paces) if paces else 1.0,
        crop=_middle(crops) if crops else _WHOLE,
        mirrored=bool(sides) and sum(sides) * 2 > len(sides),
        shown=sum(segment.end - segment.start for segment, _ in placed),
    )


def _middle(
    crops: Sequence[tuple[float, float, float, float]],
) -> tuple[float, float, float, float]:
    left, top, width, height = (median(crop[axis] for crop in crops) for axis in range(4))
    return (left, top, width, height)


def _foreign(found: Identification, master: Work) -> Iterator[Discrepancy]:
    """Stretches that show something else than the master."""
    for segment in found.segments:
        if place_in(segment, master) is None:
            yield _other(segment, master)
    for stretch in found.unknown:
        if stretch.end - stretch.start > _FRAMES:
            yield Discrepancy(
                kind=Kind.UNDECLARED,
                start=stretch.start,
                end=stretch.end,
                says="a picture that is not in the timeline, and that no known work contains",
            )


def _other(segment: FoundSegment, master: Work) -> Discrepancy:
    """A segment that is known and does not come from the master."""
    identity = segment.identity
    expected = next((s for s in master.segments if s.shot and s.shot == identity.shot), None)
    what = f"{identity.title} ({_class(identity.element_class)})"
    if identity.production == master.production and expected is not None:
        kind = Kind.REPLACED
        says = f"shot {identity.shot} shows take {identity.take}; the timeline has {expected.take}"
    else:
        kind = Kind.UNDECLARED
        origin = f"production {identity.production}" if identity.production else "a reference work"
        says = f"{what} of {origin}, which the timeline does not contain"
        if identity.take:
            says += f"; take {identity.take}"
    if model := segment.facts.get("model"):
        says += f"; generated by {model}"
    return Discrepancy(kind=kind, start=segment.start, end=segment.end, says=says)


def _class(element_class: ElementClass | None) -> str:
    return element_class.value if element_class else "class unknown"


def _order(
    placed: Sequence[tuple[FoundSegment, Place]], master: Work, whole: Whole
) -> Iterator[Discrepancy]:
    """Frames of the master that are left out, repeated or moved."""
    expected, before = 0.0, 0
    for segment, place in placed:
        at = float(place.at or 0)
        between = (segment.start - before) * whole.pace
        missing = Stretch(start=round(expected), end=round(at)) if at > expected + _FRAMES else None
        if missing and abs(at - expected - between) > _FRAMES:
            yield _missing(missing, before, segment.start, master, replaced=between > _FRAMES)
        elif missing and between > _FRAMES:
            yield _missing(missing, before, segment.start, master, replaced=True)
        elif at < expected - _FRAMES:
            yield Discrepancy(
                kind=Kind.REPEATED,
                start=segment.start,
                end=segment.end,
                master_start=round(at),
                master_end=round(at + (segment.end - segment.start) * place.pace),
                says=f"{_name(master, round(at))} stands here; the master has it "
                f"{round(expected - at)} frames earlier",
            )
        expected = at + (segment.end - segment.start) * place.pace
        before = segment.end
    if expected < master.frames - _FRAMES:
        stretch = Stretch(start=round(expected), end=master.frames)
        yield _missing(stretch, before, before, master, replaced=False)


def _missing(
    stretch: Stretch, start: int, end: int, master: Work, *, replaced: bool
) -> Discrepancy:
    """Frames of the master that the file does not show."""
    names = dict.fromkeys(
        _name(master, part.start)
        for part in master.segments
        if part.start < stretch.end - _FRAMES and stretch.start + _FRAMES < part.end
    )
    how = "is replaced" if replaced else "is missing"
    only_credits = list(names) == [END_CREDITS]
    return Discrepancy(
        kind=Kind.CREDITS if only_credits else Kind.MISSING,
        start=start,
        end=end,
        master_start=stretch.start,
        master_end=stretch.end,
        says=f"{', '.join(names) or 'part of the master'} {how}: "
        f"{stretch.end - stretch.start} frames of the master",
    )


def _changed(
    placed: Sequence[tuple[FoundSegment, Place]], master: Work, whole: Whole
) -> Iterator[Discrepancy]:
    """Segments whose pace or framing is not that of the whole."""
    for segment, place in placed:
        if segment.end - segment.start < _LEAST_FOR_PACE or place.at is None:
            continue
        end = round(place.at + (segment.end - segment.start) * place.pace)
        if abs(place.pace / whole.pace - 1) > _PACE:
            yield Discrepancy(
                kind=Kind.RETIMED,
                start=segment.start,
                end=segment.end,
                master_start=place.at,
                master_end=end,
                says=f"{_name(master, place.at)} runs at {place.pace / whole.pace:.3f} times "
                "its speed",
            )
        framing = _framing(place, whole)
        if framing:
            yield Discrepancy(
                kind=Kind.REFRAMED,
                start=segment.start,
                end=segment.end,
                master_start=place.at,
                master_end=end,
                says=f"{_name(master, place.at)} {framing}",
            )


def _framing(place: Place, whole: Whole) -> str:
    """How a place is framed otherwise than the whole; empty when it is not."""
    if place.mirrored != whole.mirrored:
        return "is mirrored"
    if place.crop and max(abs(a - b) for a, b in zip(place.crop, whole.crop, strict=True)) > _CROP:
        left, top, width, height = place.crop
        return (
            f"shows {width:.0%} of the width and {height:.0%} of the height, "
            f"from {left:.0%} left and {top:.0%} top"
        )
    return ""


def _name(master: Work, frame: int) -> str:
    """What the master shows at a frame."""
    for part in master.segments:
        if part.start <= frame < part.end:
            return f"shot {part.shot}" if part.shot else part.title
    return "the end of the master"
