"""Foresee: the film as it is planned, so that the gate of the master can be asked before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generique.clearance.case import ElementFacts
from generique.model.element import ElementKind
from generique.model.passport import SourceType
from generique.model.production import MediaList
from generique.model.shot import ShotList
from generique.model.timing import TimingPlan
from generique.production.orders import Order


def placed(
    ordered: Iterable[tuple[Order, ElementFacts]], timing: TimingPlan
) -> Iterator[ElementFacts]:
    """Ordered elements where they will stand in the film.

    Args:
        ordered: Orders, and what clearance knows of each.
        timing: Layout of the film; lengths of lines may still be assumed.
    """
    shots = {place.shot: (place.start, place.start + place.frames) for place in timing.shots}
    lines = {
        f"{line.line}-{line.language}": (
            timing.rate.frames(line.start),
            timing.rate.frames(line.start + line.seconds) + 1,
        )
        for line in (*timing.lines, *timing.notices)
    }
    for order, facts in ordered:
        if order.request.kind is ElementKind.MUSIC:
            start, end = 0, timing.frames
        elif order.request.kind is ElementKind.VOICE:
            start, end = lines[order.element]
        else:
            start, end = shots[order.shot or order.element]
        seconds = float(timing.rate.seconds(end - start))
        yield facts.model_copy(update={"start": start, "end": end, "seconds": seconds})


def authentic(shots: ShotList, media: MediaList, timing: TimingPlan) -> Sequence[ElementFacts]:
    """The shots of the film that show media, with the rights in them."""
    items = {item.file: item for item in media.media}
    places = {place.shot: place for place in timing.shots}
    return tuple(
        ElementFacts(
            id=shot.id,
            title=items[shot.media.file].title,
            kind=ElementKind.SHOT,
            element_class=shot.element_class,
            source_type=SourceType.DIGITAL_CAPTURE
            if items[shot.media.file].captured
            else SourceType.COMPOSITE,
            rights=items[shot.media.file].rights,
            track="V1",
            seconds=float(timing.rate.seconds(places[shot.id].frames)),
            start=places[shot.id].start,
            end=places[shot.id].start + places[shot.id].frames,
        )
        for shot in shots.shots
        if shot.media is not None and shot.media.file in items
    )
