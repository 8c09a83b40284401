"""Thumbnails: single frames of a file as small JPEG pictures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from generique.model.element import Raster
from generique.production.machineroom_ports import Bench

_WIDTH = 384
_QUALITY = 82


def thumbnails(bench: Bench, path: Path, frames: Iterable[int]) -> dict[int, bytes]:
    """JPEG pictures, 384 pixels wide, of some frames of a file.

    Args:
        bench: Reads the frames.
        path: The file.
        frames: Their numbers, from 0.

    Raises:
        UnreadableInput: The file ends before the last of them.
    """
    wanted = set(frames)
    if not wanted:
        return {}
    size = bench.picture_facts(path).raster
    raster = Raster(width=_WIDTH, height=max(16, round(_WIDTH * size.height / size.width / 2) * 2))
    pictures: dict[int, bytes] = {}
    for index, frame in enumerate(bench.frames(path, 0, max(wanted) + 1, raster)):
        if index in wanted:
            picture = np.ascontiguousarray(frame[:, :, ::-1])
            _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
            pictures[index] = bytes(data)
    return pictures
