"""Conform: the segments of a timeline become the frames of the film, one after the other.

Dissolves are mixed in linear light. A dissolve stands for two exposures on one negative, and
light adds up linearly: mixed as coded values, street lamps and lit windows would sag halfway
through, and the picture would dip darker than either of its sides. Fades to and from black move
the exposure, also in linear light, along a curve (the display's exponent) that makes the fall in
*perceived* brightness even.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import islice, zip_longest
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from generique.edit.sources import Segment
from generique.model.element import Raster
from generique.model.errors import UnreadableInput

Frame: TypeAlias = NDArray[np.uint8]
"""Height x width x 3, RGB, 0 to 255, BT.709 display-referred."""

OpenFrames: TypeAlias = Callable[[Segment, int, int], Iterator[Frame]]
"""Gives ``count`` frames of a segment's medium from a frame of the medium's own count."""

DISPLAY_EXPONENT = 2.4
"""Exponent of the reference display, ITU-R BT.1886."""

_STEPS = 1 << 20
_TO_LINEAR: NDArray[np.float32] = (
    (np.arange(256) / 255.0) ** DISPLAY_EXPONENT * (_STEPS - 1)
).astype(np.float32)
_TO_CODE: NDArray[np.uint8] = np.rint(
    (np.arange(_STEPS) / (_STEPS - 1)) ** (1 / DISPLAY_EXPONENT) * 255.0
).astype(np.uint8)


def mix(before: Frame, after: Frame, share: float) -> Frame:
    """Two pictures as one exposure.

    Args:
        before: The picture that leaves.
        after: The picture that comes, of the same shape.
        share: Share of ``after`` in the light, 0 to 1; 0 and 1 give the pictures unchanged.
    """
    light = _TO_LINEAR[before] * np.float32(1.0 - share)
    light += _TO_LINEAR[after] * np.float32(share)
    return np.take(_TO_CODE, (light + np.float32(0.5)).astype(np.int32))


def dim(frame: Frame, share: float) -> Frame:
    """A picture on its way to or from black; ``share`` 1 is full exposure, 0 is black."""
    levels = np.rint(np.arange(256) * min(max(share, 0.0), 1.0)).astype(np.uint8)
    return np.take(levels, frame)


def conform(
    segments: Sequence[Segment], open_frames: OpenFrames, raster: Raster, *, fade_out: int = 0
) -> Iterator[Frame]:
    """The film, frame by frame; at most two media are open at a time.

    Args:
        segments: As :func:`generique.edit.segments.read_segments` gives them.
        open_frames: Opens the medium of a segment at a frame of its own count, for a number of
            frames; called once for each segment with picture.
        raster: Size of the film; every frame must have it.
        fade_out: Frames of a fade to black at the very end.

    Yields:
        Exactly as many frames as the last segment's ``end``.

    Raises:
        UnreadableInput: A medium ends before its segment does, or has another size.
    """
    total = segments[-1].end if segments else 0
    frames = _joined(segments, open_frames, raster)
    for index, frame in enumerate(frames):
        left = total - index
        yield dim(frame, left / (fade_out + 1)) if left <= fade_out else frame


def _joined(
    segments: Sequence[Segment], open_frames: OpenFrames, raster: Raster
) -> Iterator[Frame]:
    leaving: Iterator[Frame] = iter(())
    try:
        for segment, after in zip_longest(segments, segments[1:]):
            coming = _seen(segment, open_frames, raster)
            for index in range(segment.overlap):
                share = (index + 1) / (segment.overlap + 1)
                yield mix(next(leaving), next(coming), share)
            shared = after.overlap if after else 0
            yield from islice(coming, segment.frames - segment.overlap - shared)
            _close(leaving)
            leaving = coming
    finally:
        _close(leaving)


def _close(frames: Iterator[Frame]) -> None:
    if isinstance(frames, Generator):
        frames.close()


def _seen(segment: Segment, open_frames: OpenFrames, raster: Raster) -> Iterator[Frame]:
    """All frames seen of one segment, its own fade-in applied."""
    shape = (raster.height, raster.width, 3)
    if segment.shot is None:
        black = np.zeros(shape, dtype=np.uint8)
        for _ in range(segment.frames):
            yield black
        return
    for index, frame in enumerate(_paced(segment, open_frames)):
        if frame.shape != shape:
            raise UnreadableInput(
                f"the picture of shot {segment.shot} is {frame.shape[1]} x {frame.shape[0]}",
                where=f"shot {segment.shot}, {segment.name}",
                why=f"the film is {raster.width} x {raster.height}",
                next_step="make the take again at the production's raster",
            )
        rising = (index + 1) / (segment.fade_in + 1)
        yield dim(frame, rising) if index < segment.fade_in else frame


def _paced(segment: Segment, open_frames: OpenFrames) -> Iterator[Frame]:
    """The medium's frames at the film's pace; a step other than 1 drops or repeats frames."""
    source = open_frames(segment, segment.source_in, segment.source_frames)
    try:
        position = -1
        frame: Frame | None = None
        for index in range(segment.frames):
            wanted = segment.source_frame(index)
            while position < wanted:
                frame = next(source, None)
                position += 1
                if frame is None:
                    raise _too_short(segment, position)
            if frame is not None:
                yield frame
    finally:
        _close(source)


def _too_short(segment: Segment, found: int) -> UnreadableInput:
    return UnreadableInput(
        f"the picture of shot {segment.shot} ends early",
        where=f"shot {segment.shot}, {segment.name}",
        why=f"{segment.source_frames} frames from frame {segment.source_in} are needed, "
        f"{found} came",
        next_step="check the file with `generique vault check`, or make the take again",
    )
