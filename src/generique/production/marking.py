"""Marking: which part of a master carries which number, and laying it into the frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pydantic import NonNegativeInt, PositiveInt

from generique.marks.pointer import picture_pointer, pointer_text
from generique.marks.watermark import PictureMarker
from generique.model.element import Raster
from generique.model.lineage import ElementUse, Lineage
from generique.model.values import Digest, Identifier, Value

if TYPE_CHECKING:
    from generique.production.ports import Frame


class MarkedSpan(Value):
    """A stretch of a master that carries one number.

    Attributes:
        start: First frame of the film.
        end: Frame after the last.
        shot: The shot that is seen.
        take: Its take; None for authentic media.
        essence: Essence digest of the take or medium.
        mark: The number as 16 hex digits.
        cut: It begins with a cut, not in the middle of a dissolve.
    """

    start: NonNegativeInt
    end: PositiveInt
    shot: Identifier
    take: Identifier | None
    essence: Digest
    mark: str
    cut: bool


def marked_spans(lineage: Lineage) -> tuple[MarkedSpan, ...]:
    """The stretches of a film by what is seen, in order and without overlap.

    A dissolve is shared: its first half belongs to the shot that goes, its second to the one that
    comes. Black, titles and end credits are nobody's shot and carry no number.
    """
    uses = sorted(
        (use for use in lineage.elements if use.track == "V1"), key=lambda use: (use.start, use.end)
    )
    spans: list[MarkedSpan] = []
    for index, use in enumerate(uses):
        before = uses[index - 1] if index else None
        after = uses[index + 1] if index + 1 < len(uses) else None
        start = _middle(before, use) if before and before.end > use.start else use.start
        end = _middle(use, after) if after and use.end > after.start else use.end
        if start < end:
            spans.append(_span(lineage, use, start, end))
    return tuple(spans)


def _middle(going: ElementUse, coming: ElementUse) -> int:
    """Middle frame of what two shots share."""
    return (coming.start + min(going.end, coming.end) + 1) // 2


def _span(lineage: Lineage, use: ElementUse, start: int, end: int) -> MarkedSpan:
    return MarkedSpan(
        start=start,
        end=end,
        shot=use.id,
        take=use.take,
        essence=use.essence,
        mark=pointer_text(picture_pointer(lineage.production, use.id, use.essence)),
        cut=start == use.start,
    )


def marked(frames: Iterable[Frame], spans: Iterable[MarkedSpan], raster: Raster) -> Iterator[Frame]:
    """Lay each stretch's number into its frames; frames outside every stretch pass unchanged."""
    waiting = iter(spans)
    span = next(waiting, None)
    marker: PictureMarker | None = None
    for index, frame in enumerate(frames):
        while span is not None and index >= span.end:
            span, marker = next(waiting, None), None
        if span is None or index < span.start:
            yield frame
            continue
        if marker is None:
            marker = PictureMarker(
                int(span.mark, 16),
                width=raster.width,
                height=raster.height,
                # Only behind a cut may the mark begin more strongly.
                frames=span.end - span.start if span.cut else 0,
            )
        yield marker.mark_rgb(frame, number=index - span.start)
