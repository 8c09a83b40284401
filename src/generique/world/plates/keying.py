"""Chroma key: what stands before a coloured screen, without the screen.

A pixel at an edge is a mixture of light: ``I = a F + (1 - a) S``. The share of the screen is read
from the colour difference (Vlahos): how far the screen's channel stands above the greater of the
two others, against how far it does in the bare screen *at that place*, so that an unevenly lit
screen is no harder than an even one, and in the foreground nearby, so that a red coat has as soft
an edge as a grey one. The screen's light is then taken away, which leaves ``a F``, and what it
threw onto the foreground is brought down to the greater of the other channels.

Everything is linear light, height x width x 3, 0 to 1 for what the footage shows.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from generique.model.errors import UnreadableInput
from generique.world.arrays import Floats

SURE = 0.6
"""A pixel is bare screen when its difference is at least this share of the key colour's."""
LEAST_SCREEN = 0.02
"""Share of a picture that must be bare screen for a key to be found in it."""
FLOOR, CEILING = 0.04, 0.92
"""Shares of screen below which a pixel is all foreground, and above which it is none."""
INSIDE = 60.0
"""How far around an edge the foreground is looked at: width / 60 pixels."""
MEMORY = 12.0
"""How far the light of the screen is carried over what stands before it: width / 12 pixels."""


class Key(NamedTuple):
    """A foreground cut out.

    Attributes:
        foreground: height x width x 3, premultiplied, free of the screen's light.
        matte: height x width, 0 screen to 1 foreground.
    """

    foreground: Floats
    matte: Floats


def pull(picture: Floats, colour: tuple[float, float, float]) -> Key:
    """Cut out what stands before a screen.

    Args:
        picture: height x width x 3.
        colour: Of the screen, about; green or blue must stand out in it.

    Raises:
        UnreadableInput: The colour is none that a screen can have, or no screen is in the picture.
    """
    channel, wanted = _channel_of(colour)
    picture = np.ascontiguousarray(picture, np.float32)
    difference = _difference(picture, channel)
    # Twice: the first guess says how bright the screen really is.
    bare = difference > SURE * wanted * min(1.0, float(np.quantile(difference, 0.99)) / wanted)
    if bare.mean() < LEAST_SCREEN:
        raise UnreadableInput(
            "no screen of this colour is in the picture",
            why=f"{bare.mean():.1%} of it looks like the key colour",
            next_step="give the colour that the screen has in the footage: --key '#12a040'",
        )
    screen = _screen(picture, bare)
    share = _share(difference, np.maximum(_difference(screen, channel), 1e-4))
    foreground = np.maximum(picture - share[..., None] * screen, 0)
    return Key(_despilled(foreground, channel), 1 - share)


def foreground_colour(picture: Floats, matte: Floats, behind: Floats | None = None) -> Floats:
    """The foreground's own colour where a pixel holds the background's light too.

    Means of foreground and background nearby, each weighed with its share, first over a wide and
    then over a narrow neighbourhood, corrected by what the pixel itself shows (blur fusion: Forte,
    "Approximate Fast Foreground Colour Estimation", ICIP 2021).

    Args:
        picture: height x width x 3, linear light.
        matte: height x width, 0 to 1.
        behind: The background, where it is known; else it is estimated beside it.

    Returns:
        height x width x 3, not premultiplied.
    """
    share = np.ascontiguousarray(matte, np.float32)[..., None]
    picture = np.ascontiguousarray(picture, np.float32)
    own, back = picture, picture if behind is None else behind
    for sigma in (max(3.0, picture.shape[1] / 60), 1.5):
        weight = cv2.GaussianBlur(share, (0, 0), sigma)[..., None]
        own = cv2.GaussianBlur(own * share, (0, 0), sigma) / (weight + 1e-5)
        if behind is None:
            back = cv2.GaussianBlur(back * (1 - share), (0, 0), sigma) / (1 - weight + 1e-5)
        own = np.clip(own + share * (picture - share * own - (1 - share) * back), 0, 1)
    return np.asarray(np.where(share > 0.995, picture, own))


def _channel_of(colour: tuple[float, float, float]) -> tuple[int, float]:
    channel = int(np.argmax(colour))
    others = [value for k, value in enumerate(colour) if k != channel]
    if channel == 0 or colour[channel] - max(others) < 0.02:
        raise UnreadableInput(
            "this is no colour of a screen",
            why="green or blue must stand out in it, so that skin does not",
            next_step="give green, blue, or the screen's own colour as #rrggbb",
        )
    return channel, float(colour[channel] - max(others))


def _difference(picture: Floats, channel: int) -> Floats:
    """How far a channel stands above the greater of the others."""
    others = np.delete(picture, channel, axis=2).max(axis=2)
    return np.asarray(picture[..., channel] - others)


def _share(difference: Floats, whole: Floats) -> Floats:
    """Share of the screen in each pixel, 0 to 1.

    Inside the foreground it is 0. At the edge the difference runs from that of the foreground a
    little further in to that of the screen.
    """
    width = difference.shape[1]
    reach = 2 * (2 + width // 640) + 1
    touched = (difference > FLOOR * whole).astype(np.uint8)
    edge = cv2.dilate(touched, np.ones((reach, reach), np.uint8))
    inside = (1 - edge).astype(np.float32)
    sigma = max(3.0, width / INSIDE)
    nearby = cv2.GaussianBlur(np.minimum(difference, 0) * inside, (0, 0), sigma)
    own = nearby / (cv2.GaussianBlur(inside, (0, 0), sigma) + 1e-3)
    share = np.where(edge > 0, (difference - own) / (whole - own), 0)
    return np.asarray(np.clip((share - FLOOR) / (CEILING - FLOOR), 0, 1))


def _screen(picture: Floats, bare: Floats) -> Floats:
    """The bare screen everywhere: means of what is seen of it, near ones counting most."""
    sigma = max(2.0, picture.shape[1] / MEMORY)
    sure = cv2.erode(bare.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(np.float32)
    if sure.sum() < 16:
        sure = bare.astype(np.float32)
    small = _small(picture.shape[1])
    size = (picture.shape[1] // small, picture.shape[0] // small)
    light = cv2.resize(picture * sure[..., None], size, interpolation=cv2.INTER_AREA)
    weight = cv2.resize(sure, size, interpolation=cv2.INTER_AREA)
    mean = (light.sum(axis=(0, 1)) / max(float(weight.sum()), 1e-6)).astype(np.float32)
    light = cv2.GaussianBlur(light, (0, 0), sigma / small)
    weight = cv2.GaussianBlur(weight, (0, 0), sigma / small)[..., None]
    found = (light + 1e-4 * mean) / (weight + 1e-4)
    whole = (picture.shape[1], picture.shape[0])
    return np.asarray(cv2.resize(found, whole, interpolation=cv2.INTER_LINEAR))


def _small(width: int) -> int:
    """Factor by which the screen is made smaller: its light has no detail."""
    return max(1, width // 320)


def _despilled(foreground: Floats, channel: int) -> Floats:
    out = foreground.copy()
    others = np.delete(foreground, channel, axis=2).max(axis=2)
    out[..., channel] = np.minimum(foreground[..., channel], others)
    return out
