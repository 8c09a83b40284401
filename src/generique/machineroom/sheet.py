"""Contact sheets: a take at a glance."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from generique.model.element import Raster
from generique.production.machineroom_ports import Bench

_COLUMNS, _ROWS = 4, 3
_WIDTH, _GAP, _STRIP = 480, 8, 26


def contact_sheet(bench: Bench, path: Path, title: str) -> bytes:
    """Twelve frames spread over a take, first and last included, as a PNG.

    Args:
        bench: Reads the frames.
        path: The take.
        title: Written above.
    """
    facts = bench.picture_facts(path)
    height = round(_WIDTH * facts.raster.height / facts.raster.width / 2) * 2
    raster = Raster(width=_WIDTH, height=height)
    wanted = np.unique(np.linspace(0, facts.frames - 1, _COLUMNS * _ROWS).round().astype(int))
    sheet = np.full(
        (
            _STRIP + _ROWS * (height + _STRIP) + _GAP,
            _COLUMNS * (_WIDTH + _GAP) + _GAP,
            3,
        ),
        24,
        np.uint8,
    )
    _write(sheet, f"{title}   {facts.frames} frames, {float(facts.rate.fps):g} fps", _GAP, 18)
    place = 0
    for index, frame in enumerate(bench.frames(path, 0, facts.frames, raster)):
        if index not in wanted:
            continue
        row, column = divmod(place, _COLUMNS)
        top = _STRIP + row * (height + _STRIP)
        left = _GAP + column * (_WIDTH + _GAP)
        sheet[top : top + height, left : left + _WIDTH] = frame
        _write(sheet, facts.rate.timecode(index), left, top + height + 18)
        place += 1
    _, data = cv2.imencode(".png", np.ascontiguousarray(sheet[:, :, ::-1]))
    return bytes(data)


def _write(sheet: np.ndarray, text: str, x: int, y: int) -> None:
    colour, size = (210, 210, 205), 0.45
    cv2.putText(sheet, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, size, colour, 1, cv2.LINE_AA)
