"""Fingerprints of files: one pass of ffmpeg gives signatures, level and detail of every frame."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generique.machineroom import ffmpeg
from generique.marks.fingerprint.signature import Signatures, parse_signature_file
from generique.model.errors import UnreadableInput
from generique.production.sight_ports import Window

PROXY_HEIGHT = 360
_DETAIL_SIZE = (64, 36)


def read_signatures(path: Path, fps: Fraction, window: Window | None = None) -> Signatures:
    """Signatures of a file's picture, every frame, from a proxy 360 lines high.

    Args:
        path: The file.
        fps: Its frames a second.
        window: The part of its time and picture that is wanted; None for all.

    Raises:
        UnreadableInput: It is no picture, or is cut short.
    """
    part = window or Window()
    with tempfile.TemporaryDirectory(prefix="generique-") as name:
        folder = Path(name)
        width, height = _DETAIL_SIZE
        graph = (
            f"[0:v:0]{_picture(part)}scale=-2:{PROXY_HEIGHT}:flags=area,split[a][b];"
            "[a]signature=format=binary:filename=signatures,nullsink;"
            f"[b]scale={width}:{height}:flags=area,format=gray[small]"
        )
        ffmpeg.run(
            [
                *("-v", "error", "-y", *_time(part, fps), "-i", str(path.resolve())),
                *("-filter_complex", graph),
                *("-map", "[small]", "-fps_mode", "passthrough", "-f", "rawvideo", "small"),
            ],
            reads=path,
            folder=folder,
        )
        if not (folder / "signatures").is_file():
            raise UnreadableInput(f"{path.name} has no picture there", where=str(path))
        packed = parse_signature_file((folder / "signatures").read_bytes(), where=str(path))
        small = np.fromfile(folder / "small", np.uint8).reshape(-1, height, width)
    if len(packed) != len(small) or not len(packed):
        raise UnreadableInput(
            f"{path.name} cannot be fingerprinted",
            where=str(path),
            why=f"{len(packed)} signatures for {len(small)} frames",
        )
    level, detail = _level_and_detail(small)
    return Signatures(packed, level, detail, fps)


def _level_and_detail(
    small: NDArray[np.uint8],
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Mean and standard deviation of each frame, rounded."""
    level = np.empty(len(small), np.uint8)
    detail = np.empty(len(small), np.uint8)
    for start in range(0, len(small), 4096):
        block = small[start : start + 4096].reshape(-1, small.shape[1] * small.shape[2])
        level[start : start + 4096] = np.rint(block.mean(axis=1))
        detail[start : start + 4096] = np.rint(np.minimum(block.std(axis=1), 255))
    return level, detail


def _time(part: Window, fps: Fraction) -> tuple[str, ...]:
    """Where the program begins and ends to read, half a frame early, so that rounding loses none.

    The end is the input's: a limit on the output would stop the program before it has written the
    signatures.
    """
    begins = float(max(part.start - Fraction(1, 2), Fraction(0)) / fps)
    options = ("-ss", f"{begins:.6f}") if part.start else ()
    if part.frames is None:
        return options
    length = part.frames - (Fraction(0) if part.start else Fraction(1, 2))
    return (*options, "-t", f"{float(length / fps):.6f}")


def _picture(part: Window) -> str:
    """Filters for the part of the picture."""
    filters = ""
    if part.crop is not None:
        left, top, width, height = part.crop
        filters += f"crop=iw*{width:.5f}:ih*{height:.5f}:iw*{left:.5f}:ih*{top:.5f},"
    return filters + ("hflip," if part.mirrored else "")
