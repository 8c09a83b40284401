"""Whether writing can be read on a finished picture, word by word, and how well it stands out.

:mod:`generique.titles.presence` says whether a label is there at all, on any copy. Here the master
itself is read, at its own raster, so that one word that is covered, in a label or in a credit, is
found: each word's letters are looked for where they have to stand, and the worst counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.titles.presence import fine

READ = 0.85
"""Correlation from which a word counts as read. On encoded masters every word keeps more than 0.95
from 320 x 180 upwards; picture without it, or another text in its place, stays under 0.4
(``benchmarks/readback.py``)."""

CONTRAST = 4.5
"""Least ratio of luminances of letters and ground (WCAG 2.2, success criterion 1.4.3)."""

_GAMMA = 2.2
_JOIN = (9, 3)
_LEAST = (10, 7)
_WIDEST = 110
_PAD = 2
_SLACK = 1
_INK = 24


@dataclass(frozen=True)
class Word:
    """The letters of a word, or of a part of a long one.

    Attributes:
        x: Column of its first sample on the page.
        y: Row of its first sample on the page.
        letters: Rows x columns, what is finer than a letter's height, for comparison.
    """

    x: int
    y: int
    letters: NDArray[np.float32]


@dataclass(frozen=True)
class Writing:
    """A line of writing on a page.

    Attributes:
        words: Its words.
        ink: Rows x columns, 0 to 1: where the letters are.
        x: Column of the ink on the page.
        y: Row of the ink on the page.
    """

    words: tuple[Word, ...]
    ink: NDArray[np.float32]
    x: int
    y: int

    @property
    def end(self) -> int:
        """Row of the page after its last."""
        return self.y + len(self.ink)


def writing_of(letters: NDArray[np.float32], x: int, y: int, width: int) -> Writing | None:
    """Writing, parted into words.

    Args:
        letters: Rows x columns, luma of the letters over black, 0 to 255.
        x: Column of the letters on the page.
        y: Row of the letters on the page.
        width: Of the frame, in pixels; sizes follow it.

    Returns:
        None where there are no letters.
    """
    rows, columns = (np.flatnonzero((letters > _INK).any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return None
    top, left = int(rows[0]), int(columns[0])
    part = np.ascontiguousarray(letters[top : rows[-1] + 1, left : columns[-1] + 1])
    pad = max(1, round(_PAD * width / 1280))
    padded = cv2.copyMakeBorder(part, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    detail = fine(np.asarray(padded, np.float32), width)
    words = tuple(
        Word(
            x=x + left + box_x - pad,
            y=y + top + box_y - pad,
            letters=np.ascontiguousarray(
                detail[box_y : box_y + high + 2 * pad, box_x : box_x + wide + 2 * pad]
            ),
        )
        for box_x, box_y, wide, high in _boxes(part, width)
    )
    return Writing(words=words, ink=part / max(float(part.max()), 1.0), x=x + left, y=y + top)


def legibility(
    detail: NDArray[np.float32], writing: Writing, shift: int = 0, slack: int = _SLACK
) -> float:
    """How surely every word of a writing is read on a frame: the worst word's correlation.

    Args:
        detail: What is fine on the frame, by :func:`generique.titles.presence.fine`.
        writing: What has to stand there.
        shift: Rows by which the page's row 0 lies below the frame's row 0.
        slack: Pixels by which a word may be off its place.

    Returns:
        -1 to 1; 0 where a word lies outside the frame.
    """
    height, width = detail.shape
    worst = 1.0
    for word in writing.words:
        top, left = word.y + shift - slack, word.x - slack
        bottom = word.y + shift + word.letters.shape[0] + slack
        right = word.x + word.letters.shape[1] + slack
        above, before = max(-top, 0), max(-left, 0)
        template = word.letters
        if top < 0 or left < 0 or bottom > height or right > width:
            if above > slack or before > slack or bottom - height > slack or right - width > slack:
                return 0.0
            top, left = max(top, 0), max(left, 0)
            bottom, right = min(bottom, height), min(right, width)
        seen = cv2.matchTemplate(detail[top:bottom, left:right], template, cv2.TM_CCOEFF_NORMED)
        best = float(np.max(seen))
        worst = min(worst, best if np.isfinite(best) else 0.0)
    return worst


def contrast(luma: NDArray[np.float32], writing: Writing, shift: int = 0) -> float:
    """Ratio of the luminances of letters and ground, from 1.

    Both are fitted to the frame at once: the edges of letters, which are a mixture of the two,
    count as such, so that small letters are judged like large ones.

    Args:
        luma: Of the frame, 0 to 255.
        writing: Letters that stand on it.
        shift: As for :func:`legibility`.
    """
    top = writing.y + shift
    rows = slice(max(top, 0), max(top + writing.ink.shape[0], 0))
    columns = slice(writing.x, writing.x + writing.ink.shape[1])
    seen = luma[rows, columns]
    ink = writing.ink[max(-top, 0) :][: seen.shape[0], : seen.shape[1]]
    spread = float(ink.var()) if ink.size else 0.0
    if spread == 0:
        return 1.0
    slope = float(np.mean((ink - ink.mean()) * (seen - seen.mean()))) / spread
    ground = float(seen.mean()) - slope * float(ink.mean())
    bright, dark = (
        (min(max(value, 0.0), 255.0) / 255) ** _GAMMA + 0.05 for value in (ground + slope, ground)
    )
    return float(max(bright, dark) / min(bright, dark))


def _boxes(letters: NDArray[np.float32], width: int) -> list[tuple[int, int, int, int]]:
    """Boxes of words: left, top, width, height. Long words are parted; dashes and dots left out."""
    scale = width / 1280
    kernel = np.ones([max(1, round(size * scale)) for size in reversed(_JOIN)], np.uint8)
    joined = cv2.dilate((letters > _INK).astype(np.uint8), kernel)
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = [
        (int(left), int(top), int(wide), int(high))
        for left, top, wide, high, _ in stats[1:count]
        if wide >= _LEAST[0] * scale and high >= _LEAST[1] * scale
    ]
    widest = max(8, round(_WIDEST * scale))
    parted = [
        part for box in found or [(0, 0, *letters.shape[::-1])] for part in _parts(box, widest)
    ]
    return sorted(parted, key=lambda box: (box[1], box[0]))


def _parts(box: tuple[int, int, int, int], widest: int) -> list[tuple[int, int, int, int]]:
    left, top, wide, high = box
    count = -(-wide // widest)
    edges = [left + wide * number // count for number in range(count + 1)]
    return [(edges[n], top, edges[n + 1] - edges[n], high) for n in range(count)]
