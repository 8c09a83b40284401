"""Set extension: real footage before, behind or between a plate."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.plates.keying import Key, foreground_colour
from generique.world.plates.matching import Look, edge_blur, linear, match, measure, shown


def extend(key: Key, plate: Floats, looks: tuple[Look, Look], seed: int, front: Floats) -> Floats:
    """A plate behind what was cut out of footage, and before it where a matte says so.

    The footage is not touched but for its screen: it keeps its grain, its blur and its colour.

    Args:
        key: What was cut out, linear light.
        plate: height x width x 3, as it is shown.
        looks: Of the plate, and of the footage, which the plate is matched to.
        seed: Of the grain, one for each frame.
        front: height x width, 0 to 1: what of the plate stands before the footage.

    Returns:
        height x width x 3, as it is shown, 0 to 1.
    """
    behind = linear(match(plate, looks[0], looks[1], seed))
    over = key.foreground + behind * (1 - key.matte)[..., None]
    before = front[..., None]
    return shown(over * (1 - before) + behind * before)


def look_of_footage(picture: Floats, key: Key) -> Look:
    """Measure footage: grain everywhere, colour and black without its screen, blur at its outline.

    Args:
        picture: height x width x 3, as it is shown.
        key: Of it.
    """
    solid = key.matte > 0.98
    look = measure(picture, solid if solid.mean() > 0.01 else None)
    outline = edge_blur(np.ascontiguousarray(key.matte, np.float32), np.ones_like(solid))
    return look.model_copy(update={"blur": outline})


def look_of_plate(picture: Floats) -> Look:
    """Measure a plate as it is shown, height x width x 3."""
    return measure(picture)


def held(picture: Floats, matte: Floats) -> Key:
    """Footage cut out by a matte that was made elsewhere, without what was behind its edge.

    Args:
        picture: height x width x 3, linear light.
        matte: height x width, 0 to 1.
    """
    return Key(foreground_colour(picture, matte) * matte[..., None], matte)


def joined(before: Key, behind: Key) -> Key:
    """Two things that were cut out of the same footage, one before the other."""
    left = 1 - before.matte
    foreground = before.foreground + left[..., None] * behind.foreground
    return Key(foreground, before.matte + left * behind.matte)
