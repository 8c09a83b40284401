"""Frames to files and back: H.264 close to lossless, one thread, the same bytes each time."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

import av
import numpy as np
from av.video.reformatter import Colorspace

from generique.machineroom.ffmpeg import program
from generique.model.element import Raster
from generique.model.errors import BackendFailed
from generique.model.time import Rate
from mark_material.drawing import Frames

_TAGS = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"


class Form(NamedTuple):
    """What a video file is."""

    raster: Raster
    rate: Rate
    frames: int
    sound: bool


def form_of(path: Path) -> Form:
    """Raster, rate, number of frames and whether there is sound."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        rate = stream.average_rate
        if rate is None:
            raise BackendFailed(f"{path.name} states no rate")
        frames = sum(packet.pts is not None for packet in container.demux(stream))
        return Form(
            Raster(width=stream.width, height=stream.height),
            Rate(numerator=rate.numerator, denominator=rate.denominator),
            frames,
            bool(container.streams.audio),
        )


def read_frames(path: Path) -> Frames:
    """Every frame of a file: (h, w, 3), uint8, RGB by the BT.709 matrix."""
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            rgb = frame.reformat(format="rgb24", src_colorspace=Colorspace.ITU709)
            yield np.asarray(rgb.to_ndarray(), np.uint8)


def write_frames(
    frames: Frames, target: Path, raster: Raster, rate: Rate, sound: Path | None = None
) -> Path:
    """Encode frames at crf 8; the file appears under its name only when it is whole.

    Raises:
        BackendFailed: The encoder stopped, or there was no frame.
    """
    part = target.with_name(f"{target.stem}.{os.getpid()}.part.mp4")
    heard = [] if sound is None else ["-i", str(sound), "-c:a", "aac", "-b:a", "192k"]
    arguments = [
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{raster.width}x{raster.height}"),
        *("-r", f"{rate.numerator}/{rate.denominator}", "-i", "pipe:0", *heard),
        *("-vf", f"scale=out_color_matrix=bt709:out_range=tv,{_TAGS}"),
        *("-c:v", "libx264", "-preset", "superfast", "-crf", "8", "-pix_fmt", "yuv420p"),
        str(part),
    ]
    process = subprocess.Popen(command(arguments), stdin=subprocess.PIPE)
    count = 0
    try:
        with suppress(BrokenPipeError), _pipe(process) as pipe:
            for frame in frames:
                pipe.write(np.ascontiguousarray(frame).data)
                count += 1
    finally:
        failed = process.wait() != 0
        if failed or not count:
            part.unlink(missing_ok=True)
    if failed or not count:
        raise BackendFailed(f"{target.name} could not be encoded after {count} frames")
    return part.replace(target)


def _pipe(process: subprocess.Popen[bytes]) -> IO[bytes]:
    if process.stdin is None:
        raise BackendFailed("the encoder takes no frames")
    return process.stdin


def command(arguments: Iterable[str]) -> list[str]:
    """An ffmpeg command line: one thread for all stages, no chatter, overwriting."""
    return [
        *(program(), "-nostdin", "-hide_banner", "-loglevel", "error", "-y"),
        *("-threads", "1", "-filter_threads", "1"),
        *_one_thread(list(arguments)),
    ]


def _one_thread(arguments: list[str]) -> list[str]:
    return [*arguments[:-1], "-threads", "1", arguments[-1]]
