"""Whether a label can be read on a finished picture: measured on the frame, not taken on trust.

The label's own letters are the template. Its light and dark are compared with what the frame
shows at that place by normalised correlation (zero mean, unit energy, weighted by where letters
are), after both lost what is coarser than a letter's stroke, so that neither the picture beneath
nor its brightness counts.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.titles.overlay import Frame, Layer

THRESHOLD = 0.5
"""Correlation from which a label counts as seen. Letters under H.264 at CRF 32 and half size keep
more than 0.6; pictures without a label stay below 0.3 (see the tests)."""

_SHIFT = 6
"""Pixels, at a width of 1280, by which a label may be off its place."""


def label_score(frame: Frame, layer: Layer) -> float:
    """How surely a frame shows a label at its place, -1 to 1.

    Args:
        frame: Height x width x 3, RGB, at the raster that the layer was made for.
        layer: The label, as it is laid over the picture.

    Returns:
        The best normalised correlation within a few pixels of the place; 0 where nothing of the
        layer lies in the frame.
    """
    height, width = frame.shape[:2]
    slack = max(1, round(_SHIFT * width / 1280))
    rows = slice(max(layer.y, 0), min(layer.y + layer.alpha.shape[0], height))
    columns = slice(max(layer.x, 0), min(layer.x + layer.alpha.shape[1], width))
    if rows.stop - rows.start <= 2 * slack or columns.stop - columns.start <= 2 * slack:
        return 0.0
    colour = layer.colour[
        rows.start - layer.y : rows.stop - layer.y, columns.start - layer.x : columns.stop - layer.x
    ]
    template = fine(luma_of(colour), width)[slack:-slack, slack:-slack]
    seen = fine(luma_of(frame[rows, columns].astype(np.float32)), width)
    scores = cv2.matchTemplate(seen, template, cv2.TM_CCOEFF_NORMED)
    best = float(np.max(scores))
    return best if np.isfinite(best) else 0.0


def luma_of(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """BT.709 luma of an RGB picture: rows x columns, 0 to 255."""
    weights = np.array([0.2126, 0.7152, 0.0722], np.float32)
    return np.ascontiguousarray(picture @ weights)


def fine(luma: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """What is finer than about a letter's height.

    Args:
        luma: Rows x columns.
        width: Of the whole frame, in pixels; the height of letters follows it.
    """
    return np.asarray(luma - cv2.GaussianBlur(luma, (0, 0), 6 * width / 1280), np.float32)
