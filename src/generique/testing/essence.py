"""What a delivered picture file holds, counted from the file itself."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import av.error

from generique.model.element import Raster
from generique.model.errors import UnreadableInput
from generique.model.time import Rate
from generique.model.values import Value


class PictureForm(Value):
    """Raster, rate and length of a picture file."""

    raster: Raster
    rate: Rate
    frames: int


def picture_form(path: Path) -> PictureForm:
    """Decode a file and count its frames.

    Raises:
        UnreadableInput: It has no picture, no constant rate, or cannot be decoded.
    """
    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                raise UnreadableInput("the file holds no picture", where=str(path))
            stream = container.streams.video[0]
            rate = Fraction(stream.average_rate or 0)
            frames = sum(1 for _ in container.decode(stream))
            width, height = stream.width, stream.height
    except av.error.FFmpegError as error:
        raise UnreadableInput(
            "the picture file cannot be decoded", where=str(path), why=str(error)
        ) from error
    if rate <= 0 or frames == 0:
        raise UnreadableInput("the file holds no frame at a known rate", where=str(path))
    return PictureForm(
        raster=Raster(width=width, height=height),
        rate=Rate(numerator=rate.numerator, denominator=rate.denominator),
        frames=frames,
    )
