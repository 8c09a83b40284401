"""A room in a house alone in open land: at a spot with a view, its ground fitted to the house.

The spot follows from the plan of the place alone: level, clear of houses and ways, with free ground
before the window, and of all those the one that shows most of what the place is about: its water,
its road, its houses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from generique.world.arrays import Flags, Floats, stream
from generique.world.ground import Cover, GroundPlan
from generique.world.kit.cottage import Custom, custom_of
from generique.world.landform import charted, ramp
from generique.world.layout import Layout
from generique.world.mesh import Quads
from generique.world.owners import Thing, kinds_of, owner
from generique.world.places.coast import build as coast
from generique.world.places.coast import plan as coast_plan
from generique.world.places.interior.frame import OUTS, Frame
from generique.world.places.interior.house import EAST, FRONT, LOW, Skin, house, plinth
from generique.world.places.interior.outlook import (
    FROM_INSIDE,
    OUTSIDE,
    Chart,
    drawn,
    gap_to,
    side_of,
)
from generique.world.places.interior.pieces import Set
from generique.world.places.interior.plan import lamps_burn
from generique.world.places.interior.standing import (
    OWN_NUMBERS,
    REACH,
    Standing,
    in_the_house,
    trees_but,
    window_x,
)
from generique.world.places.lake import build as lake
from generique.world.places.lake import plan as lake_plan
from generique.world.places.wild import farmland, forest, mountains
from generique.world.reasons import prompts as told
from generique.world.reasons.telling import Name, refused
from generique.world.relief import Relief
from generique.world.scene import Family, Life, Place
from generique.world.site import Site

STEP = 8.0
"""Metres between spots that are tried."""
YARD = 4.0
"""Metres about the house where the ground is level."""
SLOPES = 11.0
"""Metres over which the ground then finds back to what it was."""
RISE = 0.12
"""Metres from the ground to the foot of the house."""
LEVEL_ENOUGH = 2.6
"""Metres of height by which the ground below a house may differ."""
ABOVE_WATER = 0.8
EDGE = 12.0
"""Metres from the edge of the place."""
HOUSES_APART = 12.0
WAYS_APART = 8.0
STREETS_ASIDE, BUILT_ASIDE = 7.0, 6.0
"""Metres from the way before the window to streets, whose lamps and wires hang over them, and to
what is built."""
TALL = 5.0
"""Height that buildings count with in a view, metres."""
EYES = 1.5
OPENS = 0.55
"""By how much the clearing before the window widens, on either side, with the distance."""
CLEARED = 46.0
"""Metres before the house without trees."""


class Land(NamedTuple):
    """What open land says to a house in it.

    Attributes:
        lay_out: Its plan.
        build: All of it.
        taken: What the plan does not tell: n x 3, x, y and reach of what is built, metres.
        custom: How houses look there; None for that of the country.
        weights: Of water, ways, buildings and far land in a view.
        north: Added to the worth of a view to the north, where the land beyond the plan is high.
    """

    lay_out: Callable[[Place], Layout]
    build: Callable[[Place, Life], Site]
    taken: Callable[[Place], Floats]
    custom: Custom | None = None
    weights: tuple[float, float, float, float] = (0.9, 0.5, 0.9, 0.25)
    north: float = 0.0


LANDS: Mapping[Family, Land] = {
    Family.FARMLAND: Land(farmland.lay_out, farmland.build, farmland.taken),
    Family.BOREAL_FOREST: Land(forest.lay_out, forest.build, forest.taken, lake.LOGS),
    Family.BROADLEAF_FOREST: Land(forest.lay_out, forest.build, forest.taken, lake.LOGS),
    Family.MOUNTAINS: Land(
        mountains.lay_out, mountains.build, mountains.taken, weights=(0.7, 0.2, 0.5, 0.9), north=1.5
    ),
    Family.LAKE: Land(lake_plan.lay_out, lake.build, lake_plan.taken, lake.LOGS),
    Family.COAST: Land(
        coast_plan.lay_out, coast.build, coast_plan.taken, weights=(1.8, 0.2, 0.5, 0.2)
    ),
}


@dataclass(frozen=True)
class _Spots:
    """Spots that are tried: their origins (n x 2), outs (n x 2) and local points (n x 3)."""

    origin: Floats
    out: Floats

    def placed(self, local: Floats) -> Floats:
        """Points (m x 2, in a room's axes) at every spot, n x m x 2."""
        x, y = local[:, 0], local[:, 1]
        right = np.stack([self.out[:, 1], -self.out[:, 0]], axis=-1)
        moved = right[:, None] * x[:, None] + self.out[:, None] * y[:, None]
        return np.asarray(self.origin[:, None] + moved)

    def take(self, which: Flags) -> _Spots:
        return _Spots(self.origin[which], self.out[which])


def stand_in_the_open(place: Place, outside: Place) -> Standing:
    """Set the house of a room into open land.

    Args:
        place: The room's.
        outside: The land alone.

    Raises:
        NotCapable: No spot of it is level and clear.
    """
    land, middle = LANDS[outside.family], window_x(place)
    frame = _spot(outside, middle)
    plan = _plan_of(outside)
    layout = replace(plan, relief=fitted(plan, frame))

    def build(layout: Layout, life: Life) -> Site:
        return _cleared(land.build(outside, life), layout, frame, middle)

    def shell(found: Set, life: Life) -> None:
        house(found, _skin(place, land, lit=lamps_burn(place, life)))
        plinth(found)

    return Standing(frame, layout, int(owner(Thing.HOUSE, OWN_NUMBERS)), shell, build)


@lru_cache(maxsize=4)
def _plan_of(outside: Place) -> Layout:
    """The plan of the land alone (remembered: do not write to it)."""
    return LANDS[outside.family].lay_out(outside)


@lru_cache(maxsize=16)
def _spot(outside: Place, middle: float) -> Frame:
    """Where the house stands, of all spots that could have it."""
    plan, taken = _plan_of(outside), LANDS[outside.family].taken(outside)
    chart = _chart(plan, taken)
    spots = _spots(plan)
    spots = spots.take(_on_free_ground(chart, spots))
    spots = spots.take(_level(plan, chart, spots))
    spots = spots.take(_way_is_free(chart, spots, middle))
    if len(spots.origin) == 0:
        raise refused(told.NO_SPOT_FOR_A_ROOM, family=Name(outside.family), extent=outside.extent)
    foot = chart.at(spots.placed(_footprint(0.0))).mean(axis=1) + RISE
    eyes = np.c_[spots.placed(np.array([[middle, FRONT]]))[:, 0], foot + EYES]
    seen = np.sqrt(chart.prospect(eyes, spots.out, OUTSIDE))
    seen += np.sqrt(chart.prospect(eyes, spots.out, FROM_INSIDE))
    worth = seen @ np.array(LANDS[outside.family].weights)
    worth += LANDS[outside.family].north * (spots.out[:, 1] > 0.5)
    best = int(np.argmax(worth))
    x, y = (float(value) for value in spots.origin[best])
    out = OUTS[int(np.argmax(np.array(OUTS) @ spots.out[best]))]
    frame = Frame(out, (x, y))
    ground = plan.relief.at(frame.placed(np.c_[_footprint(0.0), np.zeros(20)])[:, :2])
    return replace(frame, foot=round(float(ground.mean()), 2) + (0 if plan.relief.flat else RISE))


def _footprint(margin: float) -> Floats:
    """Points in and about the house, in the room's axes, 20 x 2."""
    x = np.linspace(LOW[0] - margin, EAST + margin, 5)
    y = np.linspace(LOW[1] - margin, FRONT + margin, 4)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def _spots(plan: Layout) -> _Spots:
    """All that are tried, nearest to the beginning of the guide first."""
    bounds = plan.bounds
    line = np.arange(EDGE, bounds.extent - EDGE, STEP)
    x, y = np.meshgrid(bounds.x0 + line, bounds.y0 + line)
    at = np.stack([x.ravel(), y.ravel()], axis=-1)
    outs = np.array(OUTS, float)
    return _Spots(np.repeat(at, len(outs), axis=0), np.tile(outs, (len(at), 1)))


def _chart(plan: Layout, taken: Floats) -> Chart:
    """The place with its water, ways, buildings and far land as sights."""
    bounds = plan.bounds
    side = side_of(bounds)
    ground = charted(bounds, side, plan.relief.at, bounds.extent / side)
    height = np.asarray(ground, float)
    water = np.zeros_like(height)
    if plan.water is not None:
        water = (height < plan.water.level).astype(float)
        height = np.maximum(height, plan.water.level)
    ways = drawn(bounds, [street.line for street in plan.streets] or [plan.guide], 2.0)
    line = (np.arange(side) + 0.5) * (bounds.extent / side)
    x, y = np.meshgrid(bounds.x0 + line, bounds.y0 + line)
    gap = np.full(height.shape, np.inf)
    for spot_x, spot_y, reach in taken:
        gap = np.minimum(gap, np.hypot(x - spot_x, y - spot_y) - reach)
    built = (gap < -2.0).astype(float)
    land = (water == 0) & (built == 0)
    sights = np.stack([water, ways * (water == 0), built, land.astype(float)])
    streets = drawn(bounds, [street.line for street in plan.streets], 1.0)
    every = np.maximum(streets, drawn(bounds, [plan.guide], 1.0))
    gaps = gap_to(every, bounds), gap_to(streets, bounds), gap
    return Chart(bounds, height + TALL * built, sights, *gaps)


def _on_free_ground(chart: Chart, spots: _Spots) -> Flags:
    """True away from the edge, from what is built and from ways."""
    points = spots.placed(_footprint(2.0))
    free = chart.bounds.inside(points.reshape(-1, 2), EDGE).reshape(points.shape[:2])
    free &= chart.at(points, chart.ways) > WAYS_APART
    free &= chart.at(points, chart.built) > HOUSES_APART
    return np.asarray(free.all(axis=1))


def _level(plan: Layout, chart: Chart, spots: _Spots) -> Flags:
    """True where the ground is nearly level, and dry."""
    heights = chart.at(spots.placed(_footprint(3.0)))
    level = np.ptp(heights, axis=1) < LEVEL_ENOUGH
    if plan.water is not None:
        level &= heights.min(axis=1) > plan.water.level + ABOVE_WATER
    return np.asarray(level)


def _way_is_free(chart: Chart, spots: _Spots, middle: float) -> Flags:
    """True where nothing stands or rises before the window, as far as :data:`REACH`."""
    ahead = np.arange(2.0, REACH + 1, 3.0)
    way = spots.placed(np.c_[np.full(len(ahead), middle), FRONT + ahead])
    free = chart.bounds.inside(way.reshape(-1, 2), EDGE).reshape(way.shape[:2])
    free &= chart.at(way, chart.streets) > STREETS_ASIDE
    free &= chart.at(way, chart.built) > BUILT_ASIDE
    foot = chart.at(spots.placed(_footprint(0.0))).mean(axis=1)
    highest = foot[:, None] + 0.4 + np.clip(ahead - 14.0, 0, None) * 0.4
    free &= chart.at(way) <= highest
    return np.asarray(free.all(axis=1))


def fitted(plan: Layout, frame: Frame) -> Relief:
    """The relief of a plan, level about a house and as it was further off; the shore stays."""
    old = plan.relief
    if old.flat:
        return old
    level, water = frame.foot - RISE, plan.water
    shore = -np.inf if water is None else water.level + 0.1

    def surface(points: Floats) -> Floats:
        heights = np.array(old.at(points), float)
        near = np.flatnonzero(from_the_yard(frame, points) < SLOPES)
        share = ramp(SLOPES, 0.0, from_the_yard(frame, points[near]))
        share = share * ramp(shore, shore + 0.6, heights[near]) if water is not None else share
        heights[near] += share * (level - heights[near])
        return heights

    return Relief(surface)


def from_the_yard(frame: Frame, points: Floats) -> Floats:
    """Metres from the level ground about a house, n, of n x 2 points; 0 on it."""
    local = frame.local(points)
    low = np.array([LOW[0], LOW[1]]) - YARD
    high = np.array([EAST, FRONT]) + YARD
    return np.asarray(np.linalg.norm(np.maximum(np.maximum(low - local, local - high), 0), axis=1))


def in_the_view(frame: Frame, points: Floats, middle: float) -> Flags:
    """True for n x 2 points in the clearing that opens before the window."""
    x, y = frame.local(points).T
    ahead = (y > FRONT - 1) & (y < FRONT + CLEARED)
    return np.asarray(ahead & (np.abs(x - middle) < 7.0 + OPENS * (y - FRONT)))


def _cleared(site: Site, layout: Layout, frame: Frame, middle: float) -> Site:
    """A place without what stands where the house and its yard are, on the fitted ground."""
    trees = site.trees
    gone = in_the_house(frame, trees.position, YARD + 2.0) | in_the_view(
        frame, trees.position, middle
    )
    trees = trees_but(trees, gone)
    near = from_the_yard(frame, trees.position) < SLOPES
    foot = np.where(near, layout.relief.at(trees.position), trees.foot)
    smoke = ~in_the_house(frame, site.chimneys[:, :2], 1.0)
    return replace(
        site,
        quads=_settled(site, layout, frame, middle),
        trees=replace(trees, foot=foot),
        ground=_with_a_yard(site.ground, frame),
        chimneys=site.chimneys[smoke],
        smoking=site.smoking[smoke],
        plume=None if site.plume is None else site.plume[smoke],
    )


def _settled(site: Site, layout: Layout, frame: Frame, middle: float) -> Quads:
    """What is built, without what is in the yard or on the way, the rest on the fitted ground."""
    quads = site.quads
    spots = quads.corners[..., :2].mean(axis=1).astype(float)
    gone = in_the_house(frame, spots, YARD)
    x, y = frame.local(spots).T
    gone |= (np.abs(x - middle) < 3.0) & (y > FRONT - 1) & (y < FRONT + REACH)
    # What carries light, or has one, is far enough away by the choice of the spot.
    gone &= kinds_of(quads.owner) != owner(Thing.LAMP)
    quads, spots = quads.take(~gone), spots[~gone]
    near = np.flatnonzero(from_the_yard(frame, spots) < SLOPES)
    if layout.relief.flat or len(near) == 0:
        return quads
    corners = quads.corners.copy()
    shift = layout.relief.at(spots[near]) - site.layout.relief.at(spots[near])
    corners[near, :, 2] += shift[:, None].astype(np.float32)
    return replace(quads, corners=corners)


def _with_a_yard(ground: GroundPlan, frame: Frame) -> GroundPlan:
    """The ground with grass about the house, ragged at its edge, and a path from the door."""
    bounds = ground.bounds

    def map_of(size: int) -> Floats:
        line = (np.arange(size) + 0.5) * (bounds.extent / size)
        x, y = np.meshgrid(bounds.x0 + line, bounds.y0 + line)
        return np.stack([x.ravel(), y.ravel()], axis=-1)

    cover = ground.cover
    if cover is not None:
        points = map_of(len(cover))
        near = np.flatnonzero(in_the_house(frame, points, YARD + 6.0))
        ragged = 2.0 * np.sin(0.9 * points[near, 0]) * np.sin(1.1 * points[near, 1] + 0.7)
        near = near[from_the_yard(frame, points[near]) + ragged < 2.5]
        flat = cover.ravel().copy()
        flat[near] = Cover.LAWN
        cover = flat.reshape(cover.shape)
    return replace(ground, cover=cover)


def _skin(place: Place, land: Land, *, lit: bool) -> Skin:
    """What the house wears: as houses of the land do."""
    custom = land.custom or custom_of(place.country)
    chance = stream(place.seed, "the room's house")
    wall = custom.walls[int(chance.integers(len(custom.walls)))]
    roof = custom.roofs[int(chance.integers(len(custom.roofs)))]
    pitch = float(min(chance.uniform(*custom.pitch), 0.8))
    return Skin(wall, roof, pitch, 0.86, lit)
