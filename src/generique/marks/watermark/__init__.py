"""The picture watermark: an invisible 64-bit pointer in the luma of a shot.

Laying it on (once per shot, see :mod:`~generique.marks.watermark.marker`)::

    marker = PictureMarker(mark_id, width=1280, height=720)
    marked = marker.mark_rgb(frame)

Reading it (see :mod:`~generique.marks.watermark.reading`)::

    gatherer = MarkGatherer(width=640, height=360)
    for luma in frames:
        gatherer.add(luma)
    reading = read_mark(gatherer.take(), registry=MarkRegistry(known_ids))
    for line in reading.lines():
        print(line)

No weights, no key file: the same waves everywhere. What it withstands and what not, and how
improbable a wrong identity is, stands in docs/marks-picture.md.
"""

from generique.marks.watermark.gathering import MarkGatherer, MarkSum
from generique.marks.watermark.informed import Placement, read_at
from generique.marks.watermark.marker import FLOOR_DB, PictureMarker
from generique.marks.watermark.reading import MarkReading, read_mark
from generique.marks.watermark.registry import MarkRegistry

__all__ = [
    "FLOOR_DB",
    "MarkGatherer",
    "MarkReading",
    "MarkRegistry",
    "MarkSum",
    "PictureMarker",
    "Placement",
    "read_at",
    "read_mark",
]
