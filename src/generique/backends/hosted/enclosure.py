"""Files that travel inside an order: as text, no larger than the provider takes, of its shape."""

from __future__ import annotations

import base64
from fractions import Fraction
from pathlib import Path

from generique.backends.hosted.ask import CROP, FIT
from generique.backends.hosted.provider import Ask
from generique.model.errors import NotCapable

_SAME_SHAPE = Fraction(1, 50)
_TOLERANCE = Fraction(1, 1000)


def encoded(path: Path, most: int, title: str) -> str:
    """A file as base64 text.

    Args:
        path: Where it lies.
        most: Most characters of the text.
        title: Of the provider.

    Raises:
        NotCapable: It is larger.
    """
    text = base64.b64encode(path.read_bytes()).decode()
    if len(text) > most:
        raise NotCapable(
            f"the reference is too large: {len(text)} bytes as text, {title} takes {most}",
            next_step="give a smaller file",
        )
    return text


def data_uri(path: Path, media_type: str, most: int, title: str) -> str:
    """A file as a data URI (RFC 2397).

    Raises:
        NotCapable: It is larger than ``most`` characters.
    """
    return f"data:{media_type};base64,{encoded(path, most, title)}"


def hold_shape(path: Path, ask: Ask, title: str) -> None:
    """See that a picture which decides the shape of the result has the shape that is ordered.

    Raises:
        NotCapable: It has another, and nobody allowed to cut; or it cannot be decoded.
    """
    import av

    if ask.raster is None or ask.request.options.get(FIT) == CROP:
        return
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            width, height = stream.width, stream.height
    except (av.FFmpegError, IndexError):
        width = height = 0
    if not width or not height:
        raise NotCapable(
            "a reference is no picture that can be decoded", next_step="give another file"
        )
    wanted = Fraction(ask.raster.width, ask.raster.height)
    if abs(Fraction(width, height) / wanted - 1) > _SAME_SHAPE:
        raise NotCapable(
            f"the reference is {width}x{height}, and {title} makes its result of the same shape, "
            f"not of that of {ask.raster.width}x{ask.raster.height}",
            next_step=f'give a picture of that shape, or allow {FIT} = "{CROP}"',
        )


def hold_length(path: Path, ask: Ask, title: str) -> None:
    """See that a recording which decides the length of the result is as long as was ordered.

    Raises:
        NotCapable: It is shorter, or more than a second longer; or it cannot be decoded.
    """
    import av

    try:
        with av.open(str(path)) as container:
            length = Fraction(container.duration or 0, av.time_base)
    except av.FFmpegError:
        length = Fraction(0)
    if not length:
        raise NotCapable(
            "a reference is no recording that can be decoded", next_step="give another file"
        )
    request = ask.request
    wanted = request.rate.seconds(request.frames) if request.frames else ask.seconds
    if not wanted <= length + _TOLERANCE or length > max(wanted, ask.seconds) + 1:
        raise NotCapable(
            f"the recording has {float(length):.2f} seconds, and {title} makes as many; "
            f"{float(wanted):.2f} are ordered",
            next_step="order the length of the recording, or cut it",
        )
