"""OpenEXR files: several layers in one part, lossless, with the header that compositors read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from generique.model.errors import UnreadableInput
from generique.production.plate_ports import PlatePicture

if TYPE_CHECKING:
    from numpy.typing import NDArray

REC_709 = (0.640, 0.330, 0.300, 0.600, 0.150, 0.060, 0.3127, 0.3290)
"""Chromaticities of the primaries and of white; the light is linear."""


def write_exr(picture: PlatePicture, path: Path) -> None:
    """Write a picture; the same picture gives the same bytes.

    Args:
        picture: Its channels keep their precision, and nothing of them is lost (ZIP).
        path: A file that may be overwritten.

    Raises:
        OSError: It cannot be written.
    """
    import OpenEXR  # noqa: PLC0415 -- heavy, and only plates want it

    header: dict[str, Any] = {
        "compression": OpenEXR.ZIP_COMPRESSION,
        "type": OpenEXR.scanlineimage,
        "chromaticities": REC_709,
        "framesPerSecond": picture.rate.fps,
        **{name: np.asarray(value, np.float32) for name, value in picture.matrices.items()},
        **dict(picture.texts),
        **dict(picture.numbers),
    }
    if picture.frame is not None:
        # Six flags and eight groups of bits that belong to no one follow the four numbers.
        parts = [int(part) for part in picture.rate.timecode(picture.frame).split(":")]
        header["timeCode"] = OpenEXR.TimeCode(*parts, *[0] * 14)
    if picture.panorama:
        header["envmap"] = OpenEXR.ENVMAP_LATLONG
    channels = {name: np.ascontiguousarray(plane) for name, plane in picture.channels.items()}
    try:
        with OpenEXR.File(header, channels) as file:
            file.write(str(path))
    except RuntimeError as error:
        raise OSError(str(error)) from error


def read_header(path: Path) -> dict[str, Any]:
    """The header's attributes by name, without reading a pixel.

    Raises:
        UnreadableInput: It is no OpenEXR file, or is cut short.
    """
    return _opened(path, header_only=True)[0]


def read_exr(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Header and channels, each height x width.

    Raises:
        UnreadableInput: As :func:`read_header`.
    """
    return _opened(path, header_only=False)


def _opened(path: Path, *, header_only: bool) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    import OpenEXR  # noqa: PLC0415 -- as above

    try:
        with OpenEXR.File(str(path), separate_channels=True, header_only=header_only) as file:
            header = dict(file.header())
            planes = {} if header_only else file.channels()
            return header, {name: np.array(channel.pixels) for name, channel in planes.items()}
    except (RuntimeError, ValueError, OSError) as error:
        raise UnreadableInput(
            f"{path.name} is no OpenEXR file, or is cut short",
            where=str(path),
            why=str(error),
        ) from error
