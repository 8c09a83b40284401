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
    Family.SUBURB: Cost(6.13, 7.05, 4.41, 13.2, 3.86, (0.146, 0.379), (0.573, 1.03)),
    Family.TERRACES: Cost(3.35, 3.39, 2.95, 12.0, 0.961, (0.167, 0.328), (0.664, 1.16)),
    Family.BLOCKS: Cost(2.36, 1.74, 1.61, 4.44, 0.751, (0.113, 0.259), (0.424, 0.791)),
    Family.MAIN_STREET: Cost(5.58, 4.33, 3.87, 5.21, 2.7, (0.11, 0.277), (0.43, 0.87)),
    Family.CITY: Cost(4.5, 3.08, 3.79, 7.85, 1.61, (0.137, 0.274), (0.472, 0.855)),
    Family.INDUSTRY: Cost(3.14, 2.06, 4.45, 0.494, 1.49, (0.171, 0.395), (0.481, 1.03)),
    Family.FARMLAND: Cost(5.22, 1.55, 0.626, 0.662, 1.5, (0.0598, 0.19), (0.155, 0.487)),
    Family.BOREAL_FOREST: Cost(5.63, 3.93, 0.259, 0.294, 1.87, (0.271, 0.674), (0.829, 1.84)),
    Family.BROADLEAF_FOREST: Cost(5.13, 3.37, 0.227, 0.245, 1.79, (0.248, 0.601), (0.866, 1.84)),
    Family.LAKE: Cost(6.73, 6.17, 0.589, 0.597, 3.77, (0.199, 0.551), (0.564, 1.52)),
    Family.RIVER: Cost(7.87, 6.23, 0.755, 0.747, 3.46, (0.201, 0.483), (0.561, 1.41)),
    Family.COAST: Cost(10.5, 4.13, 0.689, 0.726, 2.18, (0.13, 0.393), (0.464, 1.36)),
    Family.MOUNTAINS: Cost(13.7, 6.67, 0.695, 0.82, 4.61, (0.247, 0.61), (0.726, 1.85)),
    Family.DESERT: Cost(9.57, 3.09, 0.624, 0.683, 2.48, (0.125, 0.339), (0.416, 1.05)),
    Family.HIGHWAY: Cost(4.05, 1.95, 2.11, 0.941, 2.0, (0.0679, 0.193), (0.214, 0.524)),
    Family.INTERIOR: Cost(0.65, 0.504, 0.259, 0.449, 0.0236, (0.0557, 0.16), (0.115, 0.303)),
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
