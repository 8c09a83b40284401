"""Weighs sightings into segments.

The law:

1. A frame belongs to the identity with the most support. Support is the sum, over the kinds of
   evidence, of the strongest sighting of that kind (minus the logarithm of its bound).
2. Two identities that both have strong support by different kinds are a dispute. It is shown,
   never settled in silence: marks can be copied onto another picture.
3. Sightings continue one another when they have one identity and stand where the time between
   them puts them. A jump inside the same shot is a cut, and two segments.
4. A stretch that carries no evidence of its own (flat, black) is named by its neighbours only
   when both show the same work and the work's time passes exactly across it.
5. Everything else is unknown.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generique.marks.identification.sighting import (
    Evidence,
    EvidenceKind,
    FoundSegment,
    Identification,
    Identity,
    Place,
    Sighting,
    Stretch,
)
from generique.marks.works import Work
from generique.model.values import Digest

STRONG = 6.0
"""Support from which another identity is a dispute: a bound of one in a million."""

NEIGHBOURS_WRONG = 0.05
"""Stated for a stretch that is named by its neighbours: an inference, not a measurement."""

_PASSES = "flat picture; the frames before and after continue one work across it"
_BEGINS = "flat picture; the work that follows begins with it"
_ENDS = "flat picture; the work before ends with it"
_SMALLEST = 1e-12
_SLACK = 2.0
"""Frames by which a continuation may miss its place."""

Works = Mapping[Digest, Work]


def identify(
    frames: int, sightings: Iterable[Sighting], works: Works, flat: Sequence[Stretch] = ()
) -> Identification:
    """What a file shows.

    Args:
        frames: Length of the file.
        sightings: All evidence; frames outside the file are passed over.
        works: The works that sightings name.
        flat: Stretches without evidence of their own, for the fourth law.
    """
    seen = tuple(sightings)
    found = list(_merged(_weighed(frames, seen, works)))
    found = _bridged(frames, found, flat, works)
    return Identification(
        frames=frames,
        segments=tuple(found),
        unknown=tuple(_gaps(frames, found)),
    )


def _weighed(frames: int, seen: Sequence[Sighting], works: Works) -> Iterator[FoundSegment]:
    """The best supported identity of each stretch between two boundaries."""
    limits = {0, frames, *(s.start for s in seen), *(s.end for s in seen)}
    cuts = sorted(limit for limit in limits if 0 <= limit <= frames)
    for start, end in itertools.pairwise(cuts):
        here = [s for s in seen if s.start <= start and s.end >= end]
        if here:
            yield _winner(start, end, here, works)


def _winner(start: int, end: int, here: Sequence[Sighting], works: Works) -> FoundSegment:
    """Weigh the identities of one stretch."""
    backers: dict[Identity, list[Sighting]] = {}
    for sighting in here:
        for identity in dict.fromkeys(_identity(place, works) for place in sighting.places):
            backers.setdefault(identity, []).append(sighting)
    ranked = sorted(backers, key=lambda identity: -_support(backers[identity]))
    best = ranked[0]
    kinds = {s.evidence.kind for s in backers[best]}
    disputed = tuple(
        f"{s.evidence.kind.value} says {other.title}: {s.evidence.says}"
        for other in ranked[1:]
        for s in backers[other]
        if s not in backers[best]
        and s.evidence.kind not in kinds
        and _strength(s.evidence) >= STRONG
    )
    places = [
        _moved(place, start - sighting.start)
        for sighting in sorted(backers[best], key=lambda s: s.evidence.wrong)
        for place in sighting.places
        if _identity(place, works) == best
    ]
    evidence = sorted({s.evidence for s in backers[best]}, key=lambda e: (e.wrong, e.kind))
    return FoundSegment(
        start=start,
        end=end,
        identity=best,
        places=tuple(dict.fromkeys(places)),
        evidence=tuple(evidence),
        disputed=disputed,
        facts=_facts(places[0], works),
    )


def _merged(parts: Iterable[FoundSegment]) -> Iterator[FoundSegment]:
    """Join neighbouring stretches that continue one another."""
    waiting: FoundSegment | None = None
    for part in parts:
        if waiting is not None and _continues(waiting, part):
            evidence = tuple(dict.fromkeys((*waiting.evidence, *part.evidence)))
            waiting = waiting.model_copy(
                update={
                    "end": part.end,
                    "evidence": tuple(sorted(evidence, key=lambda e: (e.wrong, e.kind))),
                    "places": tuple(_joined(waiting, part)),
                    "disputed": tuple(dict.fromkeys((*waiting.disputed, *part.disputed))),
                }
            )
            continue
        if waiting is not None:
            yield waiting
        waiting = part
    if waiting is not None:
        yield waiting


def _continues(before: FoundSegment, after: FoundSegment) -> bool:
    """True when one identity goes on without a jump."""
    if before.identity != after.identity or before.end != after.start:
        return False
    placed = [place for place in after.places if place.at is not None]
    known = [place for place in before.places if place.at is not None]
    if not placed or not known:
        return True
    return any(_follows(before, place, next_, after.start) for place in known for next_ in placed)


def _follows(before: FoundSegment, place: Place, next_: Place, start: int) -> bool:
    """True when a place stands where another leads to."""
    if place.work != next_.work or place.at is None or next_.at is None:
        return False
    expected = place.at + (start - before.start) * place.pace
    return abs(expected - next_.at) <= _SLACK and place.mirrored == next_.mirrored


def _joined(before: FoundSegment, after: FoundSegment) -> Iterator[Place]:
    """Places of the whole: those of the first part, then works that only the second part named."""
    yield from before.places
    known = {place.work for place in before.places}
    length = after.start - before.start
    for place in after.places:
        if place.work in known or place.at is None:
            continue
        at = round(place.at - length * place.pace)
        if at >= 0:
            yield place.model_copy(update={"at": at})


def _bridged(
    frames: int, found: list[FoundSegment], flat: Sequence[Stretch], works: Works
) -> list[FoundSegment]:
    """Name flat stretches between two segments of one work by what the work has there."""
    result: list[FoundSegment] = []
    for segment in found:
        if result and result[-1].end < segment.start:
            gap = Stretch(start=result[-1].end, end=segment.start)
            if _covered(gap, flat):
                result += _between(result[-1], segment, gap, works)
        result.append(segment)
    return [*_opening(result, flat, works), *result, *_closing(frames, result, flat, works)]


def _opening(
    found: Sequence[FoundSegment], flat: Sequence[Stretch], works: Works
) -> Iterator[FoundSegment]:
    """Flat frames before the first segment, if its work begins with them."""
    if not found or not found[0].start:
        return
    gap = Stretch(start=0, end=found[0].start)
    for place in found[0].places:
        first = None if place.at is None else place.at - gap.end * place.pace
        if first is not None and abs(first) <= _SLACK and _covered(gap, flat):
            yield from _named(works[place.work], place, 0.0, gap, _BEGINS)
            return


def _closing(
    frames: int, found: Sequence[FoundSegment], flat: Sequence[Stretch], works: Works
) -> Iterator[FoundSegment]:
    """Flat frames after the last segment, if its work ends with them."""
    if not found or found[-1].end >= frames:
        return
    gap = Stretch(start=found[-1].end, end=frames)
    for place in found[-1].places:
        if place.at is None:
            continue
        at = place.at + (gap.start - found[-1].start) * place.pace
        left = works[place.work].frames - at - (gap.end - gap.start) * place.pace
        if abs(left) <= _SLACK and _covered(gap, flat):
            yield from _named(works[place.work], place, at, gap, _ENDS)
            return


def _between(
    before: FoundSegment, after: FoundSegment, gap: Stretch, works: Works
) -> Iterator[FoundSegment]:
    """What a work has between two of its places, if its time passes exactly across the gap."""
    for place in before.places:
        for next_ in after.places:
            if not _follows(before, place, next_, after.start) or place.at is None:
                continue
            at = place.at + (gap.start - before.start) * place.pace
            yield from _named(works[place.work], place, at, gap, _PASSES)
            return


def _named(work: Work, place: Place, at: float, gap: Stretch, says: str) -> Iterator[FoundSegment]:
    """What a work shows across a gap that begins at one of its frames."""
    for index, part in enumerate(work.segments):
        first = gap.start + math.ceil(max(part.start - at, 0) / place.pace)
        last = gap.start + math.ceil((part.end - at) / place.pace)
        if index == len(work.segments) - 1:
            last = max(last, gap.end)  # a frame of slack at the end of the work
        first, last = max(first, gap.start), min(last, gap.end)
        if first >= last:
            continue
        moment = max(0, round(at + (first - gap.start) * place.pace))
        there = place.model_copy(update={"segment": index, "at": moment})
        yield FoundSegment(
            start=first,
            end=last,
            identity=Identity.of(work, part),
            places=(there,),
            evidence=(Evidence(kind=EvidenceKind.NEIGHBOURS, says=says, wrong=NEIGHBOURS_WRONG),),
            facts=dict(part.facts),
        )


def _covered(gap: Stretch, flat: Sequence[Stretch]) -> bool:
    """True when all of a gap is flat, but for a frame at each side."""
    position = gap.start
    for stretch in sorted(flat, key=lambda s: s.start):
        if stretch.start <= position + 1 and stretch.end > position:
            position = stretch.end
    return position >= gap.end - 1


def _gaps(frames: int, found: Sequence[FoundSegment]) -> Iterator[Stretch]:
    """What no segment covers."""
    position = 0
    for segment in found:
        if position < segment.start:
            yield Stretch(start=position, end=segment.start)
        position = segment.end
    if position < frames:
        yield Stretch(start=position, end=frames)


def _identity(place: Place, works: Works) -> Identity:
    work = works[place.work]
    return Identity.of(work, work.segments[place.segment])


def _facts(place: Place, works: Works) -> dict[str, str]:
    return dict(works[place.work].segments[place.segment].facts)


def _moved(place: Place, frames: int) -> Place:
    """The place some frames of the file later."""
    if place.at is None or not frames:
        return place
    return place.model_copy(update={"at": round(place.at + frames * place.pace)})


def _strength(evidence: Evidence) -> float:
    return -math.log10(max(evidence.wrong, _SMALLEST))


def _support(sightings: Iterable[Sighting]) -> float:
    """Sum of the strongest sighting of each kind."""
    best: dict[EvidenceKind, float] = {}
    for sighting in sightings:
        kind = sighting.evidence.kind
        best[kind] = max(best.get(kind, 0.0), _strength(sighting.evidence))
    return sum(best.values())
