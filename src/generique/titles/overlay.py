"""Titles over picture: labels on a soft plate, and the end-credit roll.

Graphics are composited in display-coded values, as every caption generator does: the plate must
darken the picture by the same visible amount on snow and at night.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.model.element import Raster
from generique.model.errors import UnreadableInput
from generique.titles.labels import Label

Frame: TypeAlias = NDArray[np.uint8]
"""Height x width x 3, RGB, 0 to 255, BT.709 display-referred."""

Picture: TypeAlias = NDArray[np.uint8]
"""Height x width x 4, RGB and straight alpha, as the typesetter gives it."""

FADE_FRAMES = 8
"""Frames in which a label comes and goes."""

_DESIGN_WIDTH = 1280
_PLATE_ALPHA = 0.66
_SHADOW_ALPHA = 0.75
_MARGIN = (64, 40)
_ROW = 60
_PAD = 44


@dataclass(frozen=True)
class Layer:
    """A picture to lay over frames.

    Attributes:
        colour: Height x width x 3, float32, 0 to 255, premultiplied.
        alpha: Height x width x 1, float32, 0 to 1.
        x: Column of its left edge in the frame.
        y: Row of its top edge.
    """

    colour: NDArray[np.float32]
    alpha: NDArray[np.float32]
    x: int
    y: int


@dataclass(frozen=True)
class Placed:
    """A layer from a frame of the film to the frame after its last; a fade at each end."""

    layer: Layer
    start: int
    end: int
    fade: int

    def opacity(self, frame: int) -> float:
        """Opacity at a frame of the film, 0 to 1."""
        if not self.start <= frame < self.end:
            return 0.0
        rising = (frame - self.start + 1) / (self.fade + 1)
        falling = (self.end - frame) / (self.fade + 1)
        return min(rising, falling, 1.0)


def composite(frame: Frame, layer: Layer, opacity: float = 1.0) -> Frame:
    """A frame with a layer over it; parts of the layer outside the frame are not drawn."""
    height, width = frame.shape[:2]
    top, left = max(layer.y, 0), max(layer.x, 0)
    bottom = min(layer.y + layer.alpha.shape[0], height)
    right = min(layer.x + layer.alpha.shape[1], width)
    if bottom <= top or right <= left or opacity <= 0:
        return frame
    part = np.s_[top - layer.y : bottom - layer.y, left - layer.x : right - layer.x]
    under = frame[top:bottom, left:right].astype(np.float32)
    over = under * (1 - layer.alpha[part] * np.float32(opacity))
    over += layer.colour[part] * np.float32(opacity)
    out = frame.copy()
    out[top:bottom, left:right] = np.rint(over).astype(np.uint8)
    return out


def place_label(label: Label, picture: Picture, raster: Raster) -> Placed:
    """A label where it belongs: pictures top left, voices below them, a demonstration top right.

    The text stands on a dark plate with soft edges, so that white letters keep a contrast of more
    than 4.5 to 1 on a white frame.

    Args:
        label: What and when.
        picture: The label's text, typeset at the raster's width.
        raster: Of the film.

    Raises:
        UnreadableInput: The picture holds no text, or the text is wider than the frame.
    """
    scale = raster.width / _DESIGN_WIDTH
    text = _trimmed(picture)
    pad = round(_PAD * scale)
    if text.shape[1] + 2 * pad > raster.width:
        raise UnreadableInput(
            f"the label {label.text!r} is wider than the picture",
            next_step="shorten the phrase in titles/phrases.py, or choose a larger raster",
        )
    colour, alpha = _plated(text, pad, scale)
    right_edge = raster.width - round(_MARGIN[0] * scale) - text.shape[1] - pad
    x = right_edge if label.kind == "demonstration" else round(_MARGIN[0] * scale) - pad
    row = _ROW if label.kind == "voice" else 0
    y = round((_MARGIN[1] + row) * scale) - pad + _baseline_shift(label, text, scale)
    fade = 0 if label.kind == "demonstration" else FADE_FRAMES
    layer = Layer(colour=colour, alpha=alpha, x=x, y=y)
    return Placed(layer=layer, start=label.start, end=label.end, fade=fade)


def overlay(frames: Iterator[Frame], placed: Sequence[Placed]) -> Iterator[Frame]:
    """Lay all placed layers over the film, in their order."""
    for index, frame in enumerate(frames):
        shown = frame
        for one in placed:
            opacity = one.opacity(index)
            if opacity > 0:
                shown = composite(shown, one.layer, opacity)
        yield shown


def _baseline_shift(label: Label, text: Picture, scale: float) -> int:
    """Small text is centred on the line of large text beside it."""
    line = round(24 * scale)
    return max((line - text.shape[0]) // 2, 0) if label.kind == "demonstration" else 0


def _trimmed(picture: Picture) -> Picture:
    rows = np.flatnonzero(picture[:, :, 3].any(axis=1))
    columns = np.flatnonzero(picture[:, :, 3].any(axis=0))
    if rows.size == 0:
        raise UnreadableInput(
            "a title came out empty",
            next_step="check that its text has letters that the typesetter's fonts can show",
        )
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _plated(
    text: Picture, pad: int, scale: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Text over its shadow over its plate; both are black, so only letters bring colour."""
    letters = cv2.copyMakeBorder(text, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    ink = letters[:, :, 3:].astype(np.float32) / 255
    plate = np.zeros(ink.shape[:2], dtype=np.float32)
    inset = pad * 5 // 9
    plate[inset:-inset, inset:-inset] = 1.0
    plate = cv2.GaussianBlur(plate, (0, 0), sigmaX=max(pad / 5, 0.5)) * np.float32(_PLATE_ALPHA)
    shadow = cv2.GaussianBlur(ink[:, :, 0], (0, 0), sigmaX=max(2.2 * scale, 0.5))
    shadow = np.minimum(shadow * np.float32(1.6), 1.0) * np.float32(_SHADOW_ALPHA)
    dark = (1 - (1 - plate) * (1 - shadow))[:, :, None]
    alpha = ink + dark * (1 - ink)
    colour = letters[:, :, :3].astype(np.float32) * ink
    return colour.astype(np.float32), alpha.astype(np.float32)
