"""Gathers the picture mark of a video file by the second, from a small proxy of its luma.

Usage::

    for window in gather_marks(path):               # about one second each
        reading = read_mark(window.gathered, registry=registry)

Windows add up: the sum over a shot is ``MarkSum.of([w.gathered for w in windows])``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import PictureType
from av.video.stream import VideoStream

from generique.marks.watermark.gathering import Luma, MarkGatherer, MarkSum
from generique.model.errors import UnreadableInput

PROXY = 640
"""Longer side of the proxy. The mark's finest waves are 4.7 pixels long in it."""
WINDOW_SECONDS = 1.0
_PLANAR = ("yuv", "nv12", "nv21", "gray")
_NOMINAL_FPS = 25.0
_WEIGHTS = {int(PictureType.I): 16.0, int(PictureType.P): 2.0, int(PictureType.B): 1.0}
"""In moving pictures codecs renew the mark with every intra picture and let it fade between."""


@dataclass(frozen=True)
class LumaFrame:
    """A frame's luma, upright.

    Attributes:
        luma: Height x width, uint8 at 8 bits, else uint16; code values as they stand in the file.
        bits: Their depth.
        weight: How much it should count in a gathered sum, by how it was coded.
        seconds: Time of presentation, from the first frame.
        interlaced: The frame was two fields; what is here is the first of them.
    """

    luma: Luma
    bits: int
    weight: float
    seconds: float
    interlaced: bool


@dataclass(frozen=True)
class MarkWindow:
    """A stretch of a file with its gathered mark.

    Attributes:
        start_frame: First frame, counted from 0.
        end_frame: The frame after the last.
        start: Seconds of the first frame from the start of the file.
        gathered: The sum, ready for :func:`generique.marks.watermark.reading.read_mark`.
    """

    start_frame: int
    end_frame: int
    start: float
    gathered: MarkSum


def luma_frames(
    path: Path, *, longer_side: int | None = PROXY, first: int = 0
) -> Iterator[LumaFrame]:
    """Luma of the frames of a file's first video stream.

    Turned pictures are set upright. Of interlaced frames the first field is taken, stretched to
    the frame's shape, so that movement leaves no comb.

    Args:
        path: The file.
        longer_side: Pixels of the longer side that larger pictures are reduced to; None keeps
            them as they are. Pictures are never enlarged.
        first: Number of the first frame that is given.

    Raises:
        UnreadableInput: Missing, no video, or cut short.
    """
    frames, origin = 0, 0.0
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            for frame in _decoded(container, stream, first):
                if frame.is_corrupt:
                    raise _unreadable(path, f"frame {frames} is damaged")
                seconds = _seconds(frame, frames)
                origin = seconds if not frames else origin
                yield _luma_frame(frame, seconds - origin, longer_side)
                frames += 1
    except (FFmpegError, IndexError, OSError) as error:
        raise _unreadable(path, str(error)) from error
    if not frames:
        raise _unreadable(path, "it holds no picture")


def _decoded(container: InputContainer, stream: VideoStream, first: int) -> Iterator[av.VideoFrame]:
    """Frames from one on, reached by seeking where the file states its rate."""
    rate = stream.average_rate
    if not first or not rate or stream.time_base is None:
        yield from itertools.islice(container.decode(stream), first, None)
        return
    origin = stream.start_time or 0
    wanted = origin + Fraction(first) / rate / stream.time_base
    half = Fraction(1, 2) / rate / stream.time_base
    container.seek(int(wanted), stream=stream)
    for frame in container.decode(stream):
        if frame.pts is None or frame.pts + half >= wanted:
            yield frame


def gather_marks(
    path: Path, *, seconds: float = WINDOW_SECONDS, longer_side: int = PROXY
) -> Iterator[MarkWindow]:
    """Gather the mark of a file window by window.

    Args:
        path: The file.
        seconds: Length of a window; the last is shorter.
        longer_side: Size of the proxy.

    Raises:
        UnreadableInput: As :func:`luma_frames`; also when the raster changes on the way.
    """
    gatherer: MarkGatherer | None = None
    start_frame, start, number = 0, 0.0, 0
    shape: tuple[int, ...] = ()
    for number, frame in enumerate(luma_frames(path, longer_side=longer_side)):
        if gatherer is None:
            height, width = shape = frame.luma.shape
            gatherer = MarkGatherer(width=width, height=height, bits=frame.bits)
        if frame.luma.shape != shape:
            raise _unreadable(path, f"its raster changes at frame {number}")
        if frame.seconds >= start + seconds and gatherer.frames:
            yield MarkWindow(start_frame, number, start, gatherer.take())
            start_frame, start = number, frame.seconds
        gatherer.add(frame.luma, weight=frame.weight)
    if gatherer is not None:
        yield MarkWindow(start_frame, number + 1, start, gatherer.take())


def _seconds(frame: av.VideoFrame, number: int) -> float:
    known: float | None = frame.time
    return number / _NOMINAL_FPS if known is None else float(known)


def _luma_frame(frame: av.VideoFrame, seconds: float, longer_side: int | None) -> LumaFrame:
    plane, bits = _luma_plane(frame)
    interlaced = bool(frame.interlaced_frame)
    height, width = plane.shape
    if interlaced:
        plane = plane[::2]
    reduced = 1.0 if longer_side is None else min(1.0, longer_side / max(height, width))
    size = (max(1, round(width * reduced)), max(1, round(height * reduced)))
    if (plane.shape[1], plane.shape[0]) != size:
        how = cv2.INTER_LINEAR if interlaced and reduced > 0.5 else cv2.INTER_AREA
        plane = _resized(plane, size, how)
    upright: Luma = np.ascontiguousarray(np.rot90(plane, round(frame.rotation / 90) % 4))  # type: ignore[assignment]  # of the plane's type
    weight = _WEIGHTS.get(int(frame.pict_type), 1.0)
    return LumaFrame(upright, bits, weight, seconds, interlaced)


def _resized(plane: Luma, size: tuple[int, int], how: int) -> Luma:
    out = np.empty((size[1], size[0]), plane.dtype)
    cv2.resize(plane, size, dst=out, interpolation=how)
    return out


def _luma_plane(frame: av.VideoFrame) -> tuple[Luma, int]:
    """The luma plane as it stands, where the file has one; else one made by the converter."""
    name = frame.format.name
    bits = frame.format.components[0].bits
    packed = (
        not name.startswith(_PLANAR) or name.endswith("be") or name.startswith(("yuyv", "yvyu"))
    )
    if packed:
        deep = bits > 8
        frame = frame.reformat(format="yuv420p10le" if deep else "yuv420p")
        bits = 10 if deep else 8
    plane = frame.planes[0]
    if bits > 8:
        deep_line = np.frombuffer(bytes(plane), np.uint16).reshape(-1, plane.line_size // 2)
        return deep_line[: frame.height, : frame.width], bits
    line = np.frombuffer(bytes(plane), np.uint8).reshape(-1, plane.line_size)
    return line[: frame.height, : frame.width], bits


def _unreadable(path: Path, why: str) -> UnreadableInput:
    return UnreadableInput(
        f"{path.name} cannot be searched for a picture mark",
        where=str(path),
        why=why,
        next_step="play the file from start to end; if it is cut short, fetch it again",
    )
