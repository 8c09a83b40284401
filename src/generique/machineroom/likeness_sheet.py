"""The evidence of a likeness: two pictures side by side, their matched points joined by lines."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.marks.fingerprint.similarity import Comparison

_HEIGHT, _GAP, _STRIP = 540, 16, 40
_MOST_LINES = 120
_PAPER, _INK, _LINE = 24, (215, 215, 210), (80, 190, 250)


def likeness_sheet(
    first: NDArray[np.uint8], second: NDArray[np.uint8], comparison: Comparison, title: str
) -> bytes:
    """Draw a comparison as a PNG.

    Args:
        first: Luma of the take, height x width.
        second: Luma of the protected work.
        comparison: Of the two, as they are given.
        title: Written above.
    """
    left, right = _scaled(first), _scaled(second)
    width = left.shape[1] + _GAP + right.shape[1]
    sheet = np.full((_STRIP + _HEIGHT, width, 3), _PAPER, np.uint8)
    sheet[_STRIP:, : left.shape[1]] = left
    sheet[_STRIP:, left.shape[1] + _GAP :] = right
    cv2.putText(sheet, title, (8, 26), cv2.FONT_HERSHEY_SIMPLEX, 0.55, _INK, 1, cv2.LINE_AA)
    if comparison.registration is not None:
        _draw(sheet, comparison.registration.points, first, second, left.shape[1] + _GAP)
    _, data = cv2.imencode(".png", sheet)
    return bytes(data)


def _scaled(luma: NDArray[np.uint8]) -> NDArray[np.uint8]:
    size = (max(1, round(luma.shape[1] * _HEIGHT / luma.shape[0])), _HEIGHT)
    small = cv2.resize(luma, size, interpolation=cv2.INTER_AREA)
    return np.repeat(np.asarray(small, np.uint8)[:, :, None], 3, axis=2)


def _draw(
    sheet: NDArray[np.uint8],
    points: NDArray[np.float64],
    first: NDArray[np.uint8],
    second: NDArray[np.uint8],
    offset: int,
) -> None:
    """Lines between matched points, at most a hundred and twenty, evenly chosen."""
    chosen = points[np.linspace(0, len(points) - 1, min(len(points), _MOST_LINES)).astype(int)]
    for x, y, there_x, there_y in chosen:
        here = (round(x * _HEIGHT / first.shape[0]), _STRIP + round(y * _HEIGHT / first.shape[0]))
        there = (
            offset + round(there_x * _HEIGHT / second.shape[0]),
            _STRIP + round(there_y * _HEIGHT / second.shape[0]),
        )
        cv2.line(sheet, here, there, _LINE, 1, cv2.LINE_AA)
        for place in (here, there):
            cv2.circle(sheet, place, 3, _LINE, 1, cv2.LINE_AA)
