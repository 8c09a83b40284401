"""Gathers the picture mark of a stretch whose place in a known work was found.

Where the work carries no mark, its frames are taken off the file's first. Fingerprints may be off
by a frame or two in a calm shot; so the moment is settled by what is left over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generique.machineroom.mark_reader import LumaFrame, luma_frames
from generique.marks.watermark import MarkGatherer, MarkSum, Placement
from generique.marks.watermark.gathering import Luma
from generique.model.errors import UnreadableInput
from generique.production.sight_ports import Pairing, Shown

_NUDGES = (0, -1, 1, -2, 2)
"""Frames of the work by which its moment may be off, the likeliest first."""
_TRIED = 4
"""Frames on which the moment is settled."""


def gather_at(path: Path, pairing: Pairing) -> tuple[MarkSum, Placement]:
    """What the reader of a mark at a known place needs.

    Args:
        path: The file.
        pairing: How its frames lie in known works.

    Raises:
        UnreadableInput: The file or a work ends early, or is none.
    """
    received = _frames(path, pairing.start, len(pairing.placed.frames))
    placement = _placement(received[0], _frames(pairing.placed.file, 0, 1)[0], pairing.placed)
    width, height = _size(received[0].luma)
    gatherer = MarkGatherer(width=width, height=height, bits=received[0].bits)
    for frame, left in _differences(received, pairing.unmarked):
        gatherer.add_residual(left, weight=frame.weight)
    return gatherer.take(), placement


def _differences(
    received: Sequence[LumaFrame], shown: Shown | None
) -> Iterator[tuple[LumaFrame, NDArray[np.float32]]]:
    """Frames in steps of 255, less those of a work that carries no mark."""
    scale = np.float32(1 / (1 << (received[0].bits - 8)))
    if shown is None:
        yield from ((frame, frame.luma.astype(np.float32) * scale) for frame in received)
        return
    first = max(0, min(shown.frames) + min(_NUDGES))
    archived = _frames(shown.file, first, max(shown.frames) + max(_NUDGES) + 1 - first)
    placement = _placement(received[0], archived[0], shown)
    places = [place - first for place in shown.frames]

    def left(number: int, nudge: int) -> NDArray[np.float32]:
        at = min(max(places[number] + nudge, 0), len(archived) - 1)
        return placement.without(received[number].luma, archived[at].luma)

    some = range(0, len(received), max(1, len(received) // _TRIED))
    nudge = min(_NUDGES, key=lambda by: sum(float(np.abs(left(n, by)).mean()) for n in some))
    for number, frame in enumerate(received):
        yield frame, left(number, nudge) * scale


def _placement(received: LumaFrame, archived: LumaFrame, shown: Shown) -> Placement:
    size, known = _size(received.luma), _size(archived.luma)
    return Placement(shown.registration.between(size, known), width=known[0], height=known[1])


def _frames(path: Path, first: int, count: int) -> list[LumaFrame]:
    found = list(islice(luma_frames(path, first=first), count))
    if not found:
        raise UnreadableInput(f"{path.name} has no frame {first}", where=str(path))
    return found


def _size(luma: Luma) -> tuple[int, int]:
    return luma.shape[1], luma.shape[0]
