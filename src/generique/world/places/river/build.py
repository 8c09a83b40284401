"""A river's valley as arrays."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Flags, Floats, Octets, stream
from generique.world.backdrop import Backdrop
from generique.world.birds import Bird, Flock
from generique.world.ground import Cover, Pen, plan_ground
from generique.world.kit.boulder import boulders, fence
from generique.world.kit.cottage import chimney_mouths, cottage_quads, custom_of, draw_cottages
from generique.world.kit.street_furniture import NO_LAMPS, lamp_lights
from generique.world.kit.tree import VARIANTS, Kind, Trees
from generique.world.landform import Noise, charted
from generique.world.mesh import Quads, join
from generique.world.owners import Thing, owner
from generique.world.places.river.bridge import bridge_quads
from generique.world.places.river.plan import River, plan_river
from generique.world.scene import Country, Life, Place
from generique.world.site import Site

FIELD = np.array([64.0, 92.0])
"""Sides of a field, metres."""
STEP = 6.0
"""Metres between trees in a wood."""
NORTHERN = (Country.CANADA, Country.NORWAY, Country.RUSSIA)
"""Where conifers clothe the slopes."""


def build(place: Place, life: Life) -> Site:
    """Build a river.

    Args:
        place: What stands where.
        life: Which windows are lit.
    """
    seed, river = place.seed, plan_river(place)
    layout = river.layout
    farms = draw_cottages(layout.lots, custom_of(place.country), seed, "farms")
    walls, lights = cottage_quads(farms, seed, life.lit_windows)
    conifer = place.country in NORTHERN
    quads = join(
        [
            walls,
            bridge_quads(river.crossing, place.country).owned(owner(Thing.BRIDGE)),
            fence(_roadside(river), layout.relief, (0.16, 0.13, 0.10)),
            _gravel(river, stream(seed, "stones")),
        ]
    )
    drive = _drives(river)
    return Site(
        layout=layout,
        quads=quads,
        lamps=NO_LAMPS,
        lamp_lights=lamp_lights(NO_LAMPS),
        home_lights=lights,
        ground=plan_ground(layout, seed, drive, _cover(river, len(drive), seed)),
        trees=_plant(river, seed, conifer=conifer),
        chimneys=chimney_mouths(farms),
        smoking=farms.occupied,
        flocks=(Flock(Bird.CROW, (60.0, river.valley.bridge * 0.5, 26.0), 60.0),),
        open=True,
        backdrop=Backdrop(woods=0.66, leafy=0.25 if conifer else 0.85, change=500.0),
    )


def _roadside(river: River) -> Floats:
    """A fence along the road on its south-eastern stretch."""
    road = river.layout.streets[0].line
    part = road[road[:, 1] < river.valley.bridge - 30]
    slope = np.gradient(part, axis=0)
    slope = slope / np.linalg.norm(slope, axis=1, keepdims=True)
    return np.asarray(part + np.c_[-slope[:, 1], slope[:, 0]] * 5.2)


def _gravel(river: River, chance: np.random.Generator) -> Quads:
    """Stones on the bars and in the shallows."""
    bounds, valley = river.layout.bounds, river.valley
    y = bounds.y0 + chance.random(4000) * bounds.extent
    side = np.where(chance.random(4000) < 0.5, -1.0, 1.0)
    gap = chance.uniform(-5, 9, 4000)
    slope = (valley.line(y + 3) - valley.line(y - 3)) / 6
    spot = np.c_[valley.line(y) + side * (valley.half + gap) * np.hypot(1, slope), y]
    bar, height = valley.bar(spot), valley.height(spot)
    keep = (chance.random(4000) < 0.5 * bar + 0.03) & (height > -0.7) & (height < 1.2)
    keep &= bounds.inside(spot, 2) & (np.abs(spot[:, 1] - valley.bridge) > 8)
    size = np.clip(np.exp(chance.normal(-0.55, 0.45, 4000)), 0.3, 1.8)[keep]
    foot = np.c_[spot[keep], height[keep] + 0.12 * size]
    return boulders(foot, size, (0.15, 0.143, 0.132), chance)


def _drives(river: River) -> Octets:
    """Drives from the road to the houses, and the path on the bank."""
    pen = Pen(river.layout.bounds)
    sheet = pen.sheet()
    road, lots = river.layout.streets[0].line, river.layout.lots
    pen.line(sheet, river.layout.guide, 1.0, 90)
    for centre in lots.centre:
        nearest = road[int(np.argmin(np.linalg.norm(road - centre, axis=1)))]
        pen.line(sheet, np.stack([centre, nearest]), 2.4, 180)
        pen.disc(sheet, centre, 6.0)
    return sheet


def _cover(river: River, size: int, seed: int) -> Octets:
    """Fields and meadows on the floor, gravel at the water, forest floor on the slopes."""
    bounds, valley = river.layout.bounds, river.valley
    gap = charted(bounds, size, valley.inland)
    bar = charted(bounds, size, valley.bar, 2.0)
    height = charted(bounds, size, valley.height, 2.0)
    noise = Noise(seed, "meadows")
    patches = charted(bounds, size, lambda points: noise.rough(points, 20.0, 3))
    plots = charted(bounds, size, lambda points: noise.at(np.round(points / FIELD), 1.0), 4.0)
    cover = np.full((size, size), Cover.MEADOW, np.uint8)
    cover[(plots > 0.22) & (gap > 30)] = Cover.CROP
    cover[(plots < -0.30) & (gap > 30)] = Cover.STUBBLE
    cover[(np.abs(plots) < 0.1) & (gap > 24)] = Cover.LAWN
    cover[height > 9 + 5 * patches] = Cover.FOREST_FLOOR
    cover[(gap < 1.0 + 13 * bar + 2 * patches)] = Cover.GRAVEL
    cover[gap < -4] = Cover.SAND
    return cover


def _plant(river: River, seed: int, *, conifer: bool) -> Trees:
    """Alders and willows along the water, hedgerows, woods on the slopes."""
    chance, bounds, valley = stream(seed, "trees"), river.layout.bounds, river.valley
    side = int(bounds.extent / STEP)
    cell = np.stack(np.meshgrid(np.arange(side), np.arange(side)), axis=-1).reshape(-1, 2)
    spot = np.array([bounds.x0, bounds.y0]) + (cell + chance.random(cell.shape)) * STEP
    gap, height = valley.inland(spot), valley.height(spot)
    belts = Noise(seed, "belts").rough(spot, 55.0, 2)
    bank = (gap > 4) & (gap < 13) & (valley.bar(spot) < 0.4) & (belts > -0.40)
    slope = height > 8 + 6 * belts
    lone = (gap > 20) & (chance.random(len(spot)) < 0.012)
    hedge = _hedges(spot, seed) & (gap > 22) & (height < 8)
    chosen = (bank & (chance.random(len(spot)) < 0.72)) | hedge | (slope & (belts > -0.45)) | lone
    keep = chosen & (height > 0.9) & _free(spot, river)
    spot, slope, bank, hedge = spot[keep], slope[keep], bank[keep], hedge[keep]
    count = len(spot)
    leafy = chance.random(count) < np.where(slope, 0.22 if conifer else 0.86, 0.94)
    tall = np.where(leafy, chance.uniform(8, 15, count), chance.uniform(10, 20, count))
    shapes = stream(seed, "tree shapes")
    return Trees(
        position=spot,
        foot=river.layout.relief.at(spot),
        kind=np.where(leafy, Kind.DECIDUOUS, Kind.CONIFER).astype(np.int32),
        variant=shapes.integers(0, VARIANTS, count),
        height=np.where(hedge, 0.38, np.where(bank, 0.7, 1.0)) * tall,
        turn=shapes.uniform(0, 2 * np.pi, count),
        tint=shapes.uniform(0.75, 1.2, count),
        hue=shapes.random(count),
    )


def _hedges(spot: Floats, seed: int) -> Flags:
    """True along the edges of fields, but not of all."""
    share = spot / FIELD
    gap = np.abs(share - np.floor(share) - 0.5) * FIELD
    edge = np.floor(share) + (gap[:, ::-1] < gap) * 0.37
    kept = Noise(seed, "hedges").at(edge.sum(axis=1, keepdims=True) * [7.3, 3.1], 1.0) > -0.05
    return np.asarray((gap.min(axis=1) < 2.6) & kept)


def _free(spot: Floats, river: River) -> Flags:
    """True off the road, the path, the bridge and the houses."""
    free = np.asarray(cKDTree(river.layout.street_points()).query(spot)[0]) > 6.5
    free &= np.asarray(cKDTree(river.layout.guide).query(spot)[0]) > 4.2
    if len(river.layout.lots):
        free &= np.asarray(cKDTree(river.layout.lots.centre).query(spot)[0]) > 10.0
    return free
