"""A video that a model works on decides the length and the shape of what comes out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av

from generique.backends.hosted.ask import CROP, FIT, needed_seconds, same_shape
from generique.backends.hosted.provider import Ask
from generique.model.element import Raster
from generique.model.errors import NotCapable, UnreadableInput


def follow(ask: Ask, name: str) -> Ask:
    """The order with the length of its video, where the model keeps it.

    Args:
        ask: With at least one file of the role ``video``; the first counts.
        name: Of the backend, for people.

    Raises:
        NotCapable: The video is shorter or longer than the model takes, shorter than the shot, of
            another shape than the production, or of another rate where the model keeps it.
        UnreadableInput: It cannot be decoded.
    """
    path, _ = ask.of_role("video")[0]
    seconds, size, rate = measure(path)
    span = ask.entry.inputs["video"].span
    if span is not None and not span[0] <= seconds <= span[1]:
        raise NotCapable(
            f"{name} takes a video of {span[0]:g} to {span[1]:g} seconds, not {float(seconds):.2f}",
            next_step="give another part of it",
        )
    if not ask.entry.follows:
        return ask
    request = ask.request
    if ask.entry.enlarges and rate != request.rate.fps:
        raise NotCapable(
            f"the video runs at {rate} frames a second, the production at {request.rate.fps}",
            why=f"{name} keeps the rate of the video that it is given",
            next_step="give the video at the production's rate",
        )
    if seconds < needed_seconds(request, ask.entry):
        raise NotCapable(
            f"the video lasts {float(seconds):.2f} seconds, and the shot is longer",
            why=f"{name} makes as much as the video that it is given",
            next_step="make the shot shorter, or give a longer video",
        )
    wanted = request.raster
    if wanted and request.options.get(FIT) != CROP and not same_shape(size, wanted):
        raise NotCapable(
            f"the video is {size.width}x{size.height}, of another shape than "
            f"{wanted.width}x{wanted.height}",
            why=f"{name} keeps the shape of the video that it is given",
            next_step=f'give another video, or allow {FIT} = "{CROP}" for it',
        )
    return replace(ask, seconds=seconds)


def measure(path: Path) -> tuple[Fraction, Raster, Fraction]:
    """Length in seconds, raster and frames a second of a video.

    Raises:
        UnreadableInput: It cannot be decoded, or does not say how long it is.
    """
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            ticks, base = stream.duration, stream.time_base
            rate = Fraction(stream.average_rate or 0)
            size = Raster(width=stream.width, height=stream.height)
    except (av.FFmpegError, IndexError) as error:
        raise _unreadable(path) from error
    if ticks is None or base is None:
        raise _unreadable(path)
    return ticks * Fraction(base), size, rate


def _unreadable(path: Path) -> UnreadableInput:
    return UnreadableInput(
        "a video that is to be followed cannot be read, or does not say how long it is",
        where=path.name,
        next_step="give it as MP4 or MOV",
    )
