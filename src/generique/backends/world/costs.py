"""What places of each family cost, as measured, in ratio to the suburb.

``benchmarks/world_families.py`` prints the rows. They were taken on 2026-11-29 on two virtual cores
of an AMD EPYC with Mesa's software OpenGL, which did other work as well; so they are seconds of
processor time, and frames are medians of five. Only ratios are used: what a suburb costs in
seconds on the clock is in :mod:`generique.backends.world.take`, and another machine is about as
much faster with one family as with another.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from generique.backends.world.bake import Layer
from generique.model.element import Quality
from generique.world.places.grammars import GRAMMARS
from generique.world.scene import Family, Place


class Cost(NamedTuple):
    """Processor seconds of a place of its family's own extent, at night.

    Attributes:
        set_up: To build, colour and upload it, and to draw a first frame.
        sky: To bake the layer, as the next three.
        draft: For a frame of 640 x 360 and one of 1280 x 720, drawn and finished.
        preview: The same.
    """

    set_up: float
    sky: float
    lamps: float
    homes: float
    sun: float
    draft: tuple[float, float]
    preview: tuple[float, float]


MEASURED: dict[Family, Cost] = {
    # ROWS
}
PIXELS = (640 * 360, 1280 * 720)
"""Of the frames that were measured."""


def set_up_ratio(place: Place) -> float:
    """How much more than a suburb of 1024 m a place costs before the first frame, without light."""
    return MEASURED[place.family].set_up / MEASURED[Family.SUBURB].set_up * area_of(place)


def layer_ratio(place: Place, layer: Layer) -> float:
    """How much more than in a suburb of 1024 m it costs to bake a layer."""
    own, suburb = (getattr(MEASURED[one], layer.value) for one in (place.family, Family.SUBURB))
    return float(own / suburb * area_of(place))


def frame_ratio(family: Family, quality: Quality, pixels: int) -> float:
    """How much more than of a suburb a frame costs, both of their own extent.

    Args:
        family: Of the place.
        quality: A final is as a preview: more of the same subframes.
        pixels: Of the frame; between and beyond those that were measured the ratio is blended
            and held.
    """
    own, suburb = (
        MEASURED[one].draft if quality is Quality.DRAFT else MEASURED[one].preview
        for one in (family, Family.SUBURB)
    )
    return float(np.interp(pixels, PIXELS, np.divide(own, suburb)))


def area_of(place: Place) -> float:
    """The ground of a place in ratio to its family's own; a room has always the same."""
    if place.family is Family.INTERIOR:
        return 1.0
    return (place.extent / GRAMMARS[place.family].extent) ** 2
