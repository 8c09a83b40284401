"""The plan of a lake: the cabin on its shore, the jetty, the track through the wood."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter1d

from generique.world.arrays import Floats, stream
from generique.world.layout import Layout, Lots, square
from generique.world.places.lake.basin import Basin, shape_basin
from generique.world.relief import Relief
from generique.world.scene import Place
from generique.world.water import Water, WaterKind

CABINS = ((1.0, 146.0), (-1.0, 268.0), (1.0, 352.0))
"""Side of the lake (1 east, -1 west) and y of each cabin, in a place of full size."""


@dataclass(frozen=True)
class Lake:
    """What a lake's builders share.

    Attributes:
        cabins: Lots of the cabins; the first stands nearest to the camera.
        jetties: Two points (2 x 2 metres) for each cabin: at the bank and over the water.
        track: n x 2 metres, along the eastern shore to the cabins.
    """

    layout: Layout
    basin: Basin
    cabins: Lots
    jetties: Floats
    track: Floats


def lay_out(place: Place) -> Layout:
    """Plan a place. The same place gives the same plan."""
    return plan_lake(place).layout


def taken(place: Place) -> Floats:
    """What is built that houses keep away from, n x 3: x, y and reach, metres."""
    lake = plan_lake(place)
    spots = np.concatenate([lake.cabins.centre, lake.jetties.mean(axis=1)])
    return np.asarray(np.c_[spots, np.full(len(spots), 8.0)])


def shore_at(basin: Basin, y: Floats, away: float, side: float) -> Floats:
    """Points (n x 2) at these y on one side of the lake (1 east, -1 west), ``away`` from it."""
    reach = np.arange(0.0, 420.0, 1.5)
    x = basin.middle[0] + side * reach[None, :] + np.zeros((len(y), 1))
    every = np.stack([x, np.broadcast_to(y[:, None], x.shape)], axis=-1)
    inland = basin.inland(every.reshape(-1, 2)).reshape(x.shape)
    # The last place that lies nearer to the water than asked, so that islands do not count.
    below = inland < away
    last = np.where(below.any(axis=1), len(reach) - 1 - below[:, ::-1].argmax(axis=1), 0)
    return np.asarray(np.c_[x[np.arange(len(y)), last], y])


def plan_lake(place: Place) -> Lake:
    """Plan a place with all that its builders want to know."""
    basin, bounds = shape_basin(place), square(place.extent)
    chance = stream(place.seed, "cabins")
    centre = np.array(
        [
            _beside(basin, (wish + float(chance.uniform(-10, 10))) * basin.scale, 15.0, side)
            for side, wish in CABINS
        ]
    )
    level = np.maximum(Relief(basin.height).at(centre), 0.9)
    basin = replace(basin, pads=np.c_[centre, np.full(len(centre), 9.0), level])
    sides = [side for side, _ in CABINS]
    # Each cabin looks out over the water.
    places = list(zip(centre, sides, strict=True))
    front = np.array([_beside(basin, float(spot[1]), -16.0, side) for spot, side in places])
    banks = np.array([_beside(basin, float(spot[1]) - 7.0, 1.5, side) for spot, side in places])
    way = front - centre
    way = way / np.linalg.norm(way, axis=1, keepdims=True)
    angle = np.arctan2(way[:, 0], -way[:, 1]) + chance.normal(0, 0.1, len(centre))
    cabins = Lots(centre, angle, np.full(len(centre), 8.0), level + 0.15)
    y = np.arange(bounds.y0 - 20, bounds.y0 + bounds.extent + 20, 6.0)
    path, track = (_along(basin, y, away) for away in (9.0, 34.0))
    layout = Layout(
        bounds, (), cabins, path, relief=Relief(basin.height), water=Water(WaterKind.LAKE)
    )
    return Lake(layout, basin, cabins, np.stack([banks, banks + way * 15.0], axis=1), track)


def _beside(basin: Basin, y: float, away: float, side: float) -> Floats:
    """One point (2) of :func:`shore_at`."""
    return np.asarray(shore_at(basin, np.array([y]), away, side)[0])


def _along(basin: Basin, y: Floats, away: float) -> Floats:
    """A way up the eastern shore, n x 2; straight on where the lake ends."""
    middle, reach = basin.middle[1], 0.86 * basin.half[1]
    x = shore_at(basin, np.clip(y, middle - reach, middle + reach), away, 1.0)[:, 0]
    return np.asarray(np.c_[gaussian_filter1d(x, 2, mode="nearest"), y])
