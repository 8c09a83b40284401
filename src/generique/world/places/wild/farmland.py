"""Farmland: square sections along a gravel road, or small fields with hedges and a village.

In North America a straight gravel road leads north between sections, with farmsteads, windbreaks,
poles and a field watered in a circle. In Europe a road winds through parcels of all shapes, with
hedges between them, poplars beside it in France, and a village with its church. The land is level
at its edges and mirrored beyond them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.spatial import Voronoi

from generique.world.arrays import Floats, Octets, stream
from generique.world.ground import Cover, plan_ground
from generique.world.kit.street_furniture import NO_LAMPS, lamp_lights, lamp_quads
from generique.world.kit.tree import Kind, Trees, gather_trees, stand
from generique.world.layout import NO_LOTS, Bounds, Layout, Street, square
from generique.world.lights import gather
from generique.world.mesh import Finish, Level, Quads, Surface, join
from generique.world.noise import fractal, tabled
from generique.world.owners import Thing, owner
from generique.world.places.wild.buildings import beams, rise
from generique.world.places.wild.farmstead import (
    BRITISH,
    FRENCH,
    ROLL,
    Built,
    farmstead,
    pole_line,
    rolls,
    village,
    village_lamps,
)
from generique.world.places.wild.land import CoverMap, apart, clear_of, landmark, strew, tufts, way
from generique.world.relief import FLAT, Relief
from generique.world.scene import Country, Life, Place
from generique.world.site import Site

COUNTRIES = (Country.CANADA, Country.UNITED_STATES, Country.FRANCE, Country.UNITED_KINGDOM)
_EUROPE = (Country.FRANCE, Country.UNITED_KINGDOM)
FARM = 16
"""Numbers that each farm has for its things of a kind."""
_ROAD = {True: 2.6, False: 3.6}
"""Half the width of the road, metres, in Europe and elsewhere."""
_CROPS = (Cover.CROP, Cover.CORN, Cover.CANOLA, Cover.STUBBLE, Cover.PLOUGHED, Cover.MEADOW)
_ODDS = {True: (0.24, 0.12, 0.12, 0.16, 0.12, 0.24), False: (0.30, 0.20, 0.20, 0.16, 0.10, 0.04)}
_PARTNER = {
    Cover.CROP: (Cover.STUBBLE, 24.0, 0.7),
    Cover.CORN: (Cover.PLOUGHED, 9.0, 0.35),
    Cover.CANOLA: (Cover.CROP, 30.0, 0.7),
    Cover.STUBBLE: (Cover.MEADOW, 9.0, 0.9),
    Cover.PLOUGHED: (Cover.GRAVEL, 7.0, 0.30),
    Cover.MEADOW: (Cover.STUBBLE, 11.0, 0.5),
}
"""What shows between the rows: another cover, how far apart, and how wide, metres."""


@dataclass(frozen=True)
class _Field:
    """A parcel.

    Attributes:
        outline: n x 2 metres.
        cover: What grows on it.
        turn: Direction of its rows, radians.
    """

    outline: Floats
    cover: Cover
    turn: float


@dataclass(frozen=True)
class _Plan:
    layout: Layout
    europe: bool
    fields: tuple[_Field, ...]
    edges: Floats
    """n x 2 x 2 metres, boundaries of parcels."""
    farms: Floats
    circle: tuple[Floats, float] | None


def lay_out(place: Place) -> Layout:
    """Plan farmland. The same place gives the same plan."""
    return _plan(place).layout


def taken(place: Place) -> Floats:
    """What is built that other houses keep away from, n x 3: x, y and reach, metres."""
    plan = _plan(place)
    reach = 130.0 * min(1.0, place.extent / 600) if plan.europe else 42.0
    found = np.asarray(np.c_[plan.farms, np.full(len(plan.farms), reach)])
    if plan.circle is None:
        return found
    middle, radius = plan.circle
    return np.concatenate([found, [[*middle, radius]]])


def _plan(place: Place) -> _Plan:
    bounds, seed = square(place.extent), place.seed
    europe = place.country in _EUROPE
    guide = way(bounds, seed, 14.0 if europe else 0.0)
    relief = Relief(tabled(_rolling(bounds, seed), bounds)) if europe else FLAT
    road = Street(guide, _ROAD[europe], sodium=True, closed=False, avenue=True)
    layout = Layout(bounds, (road,), NO_LOTS, guide, relief=relief)
    chance = stream(seed, "fields")
    if europe:
        fields, edges = _parcels(bounds, guide, chance)
        heart = np.array([[0.0, 0.30 * place.extent]])
        return _Plan(layout, europe, fields, edges, heart, None)
    fields, edges, circle = _sections(bounds, chance)
    side = 1.0 if chance.random() < 0.5 else -1.0
    farms = np.array([(side * 0.085, 0.17), (-side * 0.30, 0.42), (side * 0.28, 0.60)])
    farms = farms * place.extent
    farms[0, 0] = side * max(52.0, 0.085 * place.extent)
    mark = landmark("farm farmstead barn", farms[0] + [side * 16, 8.0], relief, (11.0, 15.0))
    layout = replace(layout, landmarks=(mark,))
    return _Plan(layout, europe, fields, edges, farms, circle)


def _rolling(bounds: Bounds, seed: int) -> Callable[[Floats], Floats]:
    """Low hills that are level at the edge, and mirrored beyond it as the place is."""
    low = np.array([bounds.x0, bounds.y0])

    def surface(points: Floats) -> Floats:
        share = np.mod((points - low) / bounds.extent, 2.0)
        share = 1 - np.abs(share - 1)
        inside = low + share * bounds.extent
        rim = np.clip(np.minimum(share, 1 - share).min(axis=1) * 5, 0, 1)
        return np.asarray(11.0 * fractal(inside, 420, seed + 61, 2) * rim * rim * (3 - 2 * rim))

    return surface


def _draw_cover(chance: np.random.Generator, *, europe: bool) -> Cover:
    return _CROPS[int(chance.choice(len(_CROPS), p=_ODDS[europe]))]


def _sections(
    bounds: Bounds, chance: np.random.Generator
) -> tuple[tuple[_Field, ...], Floats, tuple[Floats, float] | None]:
    """Rectangles on both sides of the road, cut across by farm tracks."""
    half, fields, edges = bounds.extent / 2, [], []
    columns = [-half, -0.26 * bounds.extent, 0.0, 0.26 * bounds.extent, half]
    for left, right in pairwise(columns):
        cuts = bounds.y0 + bounds.extent * np.r_[0.0, np.sort(chance.uniform(0.08, 0.92, 3)), 1.0]
        keep = np.r_[True, np.diff(cuts) > 0.1 * bounds.extent]
        cuts = cuts[keep]
        cuts[-1] = bounds.y0 + bounds.extent
        for low, high in pairwise(cuts):
            outline = np.array([(left, low), (right, low), (right, high), (left, high)])
            turn = np.pi / 2 if chance.random() < 0.7 else 0.0
            fields.append(_Field(outline, _draw_cover(chance, europe=False), turn))
            edges.append([(left, low), (right, low)])
        edges.append([(left, bounds.y0), (left, bounds.y0 + bounds.extent)])
    side = 1.0 if chance.random() < 0.5 else -1.0
    circle = (np.array([side * 0.29, 0.30]) * bounds.extent, 0.155 * bounds.extent)
    return tuple(fields), np.array(edges), circle


def _parcels(
    bounds: Bounds, guide: Floats, chance: np.random.Generator
) -> tuple[tuple[_Field, ...], Floats]:
    """Cells about points of chance, stretched along the road, and the edges between them."""
    cell = float(np.clip(bounds.extent / 7, 85, 150))
    seeds = strew(bounds, cell, chance, 3 * cell)
    seeds = seeds[clear_of(seeds, guide) > cell * 0.33]
    diagram = Voronoi(seeds * np.array([1.25, 1.0]))
    corners = diagram.vertices / np.array([1.25, 1.0])
    fields = []
    for region in (diagram.regions[k] for k in diagram.point_region):
        if not region or -1 in region:
            continue
        outline = corners[region]
        if not np.any(bounds.inside(outline, -2 * cell)):
            continue
        longest = np.roll(outline, -1, axis=0) - outline
        edge = longest[int(np.linalg.norm(longest, axis=1).argmax())]
        turn = float(np.arctan2(edge[1], edge[0]))
        fields.append(_Field(outline, _draw_cover(chance, europe=True), turn))
    ridges = np.array([pair for pair in diagram.ridge_vertices if -1 not in pair])
    edges = corners[ridges]
    near = bounds.inside(edges.mean(axis=1), -cell / 2)
    return tuple(fields), edges[near]


def build(place: Place, life: Life) -> Site:
    """Build farmland.

    Args:
        place: What stands where.
        life: Which windows are lit.
    """
    plan = _plan(place)
    layout, seed = plan.layout, place.seed
    chance = stream(seed, "farm buildings")
    groups = _village(plan, place, life) if plan.europe else []
    if not plan.europe:
        for k, farm in enumerate(plan.farms):
            side = 1.0 if farm[0] > 0 else -1.0
            own = stream(seed, f"farm {k}")
            group = farmstead(farm, side, layout.relief, own, life.lit_windows)
            # The things of a farm are numbered from 0; those of the next ones come after them.
            whose = np.asarray(group.quads.owner + FARM * k, np.int32)
            groups.append(replace(group, quads=group.quads.owned(whose)))
    mouths = np.concatenate([group.mouths for group in groups])
    quads = [group.quads for group in groups] + [_poles(plan), _bales(plan, seed)]
    if plan.circle is not None:
        quads.append(_pivot(plan.circle))
    lamps = NO_LAMPS
    if plan.europe:
        half = 110 * min(1.0, place.extent / 600)
        lamps = village_lamps(layout, float(plan.farms[0, 1]), half, seed)
        quads.append(lamp_quads(lamps, burning=life.lamps))
    sheet = _cover(plan, place, groups)
    return Site(
        layout=layout,
        quads=join(quads),
        lamps=lamps,
        lamp_lights=lamp_lights(lamps),
        home_lights=gather([group.lights for group in groups]),
        ground=plan_ground(replace(layout, streets=()), seed, cover=sheet),
        trees=gather_trees([_trees(plan, place, groups), _standing_crop(plan, place, sheet)]),
        chimneys=mouths,
        smoking=chance.random(len(mouths)) < 0.6,
    )


def _village(plan: _Plan, place: Place, life: Life) -> list[Built]:
    """Houses in rows along the road and a lane across it, the church set back."""
    chance, guide = stream(place.seed, "village"), plan.layout.guide
    heart = float(plan.farms[0, 1])
    scale = min(1.0, place.extent / 600)
    spots, angles = [], []
    side = 1.0 if chance.random() < 0.5 else -1.0
    middle = float(np.interp(heart, guide[:, 1], guide[:, 0]))
    spots.append((middle + side * 42, heart + 8))
    angles.append(0.0 if side > 0 else np.pi)
    for row in (-1.0, 1.0):
        y = heart - 95 * scale
        while y < heart + 110 * scale:
            x = float(np.interp(y, guide[:, 1], guide[:, 0]))
            spots.append((x + row * chance.uniform(10.5, 13.5), y))
            angles.append(row * np.pi / 2 + chance.normal(0, 0.05))
            y += chance.uniform(15, 24)
    for row in (-1.0, 1.0):
        for step in np.cumsum(chance.uniform(16, 24, int(9 * scale))) + 22:
            spots.append((middle - side * step, heart - 20 + row * chance.uniform(11, 15)))
            angles.append((0.0 if row > 0 else np.pi) + chance.normal(0, 0.06))
    where = np.array(spots)
    alive = apart(where, 13.0)
    off = np.linalg.norm(where - where[0], axis=1) > 27
    alive &= off | (np.arange(len(where)) == 0)
    manner = FRENCH if place.country is Country.FRANCE else BRITISH
    drawn = (chance, life.lit_windows)
    return [village(where[alive], np.array(angles)[alive], manner, plan.layout.relief, drawn)]


def _poles(plan: _Plan) -> Quads:
    """Poles along the road."""
    layout = plan.layout
    y = np.arange(layout.bounds.y0 + 12, layout.bounds.y0 + layout.bounds.extent, 46.0)
    x = np.interp(y, layout.guide[:, 1], layout.guide[:, 0])
    out = 5.6 if plan.europe else 8.4
    feet = layout.relief.lift(np.stack([x - out, y], axis=-1))
    return pole_line(feet, 8.6, 1.9, 3)


def _bales(plan: _Plan, seed: int) -> Quads:
    """Round bales on the stubble fields."""
    chance, parts = stream(seed, "bales"), [_NOTHING]
    for field in plan.fields:
        if field.cover is not Cover.STUBBLE:
            continue
        low, high = field.outline.min(axis=0), field.outline.max(axis=0)
        spots = low + chance.random((60, 2)) * (high - low)
        spots = spots[plan.layout.bounds.inside(spots, 8) & _inside(spots, field.outline)]
        spots = spots[apart(spots, 14.0) & (clear_of(spots, plan.layout.guide) > 12)]
        foot = plan.layout.relief.lift(spots)
        turn = chance.uniform(0, np.pi, len(spots))
        axis = np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=-1) * 0.65
        first = sum(len(part) for part in parts) // ROLL
        whose = owner(Thing.BALE, first + np.arange(len(spots)))
        parts.append(rolls(foot + rise(0.7), axis).owned(whose))
    return join(parts)


_NOTHING = beams(np.zeros((0, 3)), np.zeros((0, 3)), 0.1, Finish((0, 0, 0)))


def _inside(points: Floats, outline: Floats) -> Floats:
    """True for points inside a polygon."""
    x, y = points[:, 0], points[:, 1]
    within = np.zeros(len(points), bool)
    for a, b in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        crosses = (a[1] > y) != (b[1] > y)
        at = a[0] + (y - a[1]) / (b[1] - a[1] + 1e-12) * (b[0] - a[0])
        within ^= crosses & (x < at)
    return within


def _pivot(circle: tuple[Floats, float]) -> Quads:
    """The arm that waters a round field: trusses on wheeled towers."""
    middle, radius = circle
    steel = Finish((0.40, 0.41, 0.42), surface=Surface.DETAIL, level=Level.ALWAYS, step=30)
    way_ = np.array([np.cos(2.1), np.sin(2.1)])
    distance = np.arange(0.0, radius * 0.97, 38.0)
    feet = np.c_[middle + distance[:, None] * way_, np.zeros(len(distance))]
    heads = feet + rise(3.8)
    side = np.array([-way_[1], way_[0], 0.0]) * 2.0
    parts = [beams(heads[:-1], heads[1:], 0.28, steel)]
    parts += [beams(feet + s * side, heads, 0.16, steel) for s in (-1, 1)]
    return join(parts).owned(owner(Thing.SPRINKLER))


def _cover(plan: _Plan, place: Place, groups: list[Built]) -> Octets:
    layout = plan.layout
    sheet = CoverMap(layout.bounds, place.seed, Cover.MEADOW)
    for field in plan.fields:
        sheet.rows(field.outline, field.cover, _PARTNER[field.cover], field.turn)
    if plan.circle is not None:
        _watered(sheet, plan.circle)
    for edge in plan.edges:
        sheet.line(Cover.MEADOW, edge, 4.5, 0.45)
    for group in groups:
        for spot, reach in zip(group.spots, group.reach, strict=True):
            _yard(sheet, spot, float(reach), europe=plan.europe)
    half = _ROAD[plan.europe]
    sheet.line(Cover.MEADOW, layout.guide, 2 * half + 9.0, 0.8)
    if plan.europe:
        heart = plan.farms[0]
        x = float(np.interp(heart[1] - 20, layout.guide[:, 1], layout.guide[:, 0]))
        lane = np.array([(x - 260, heart[1] - 20), (x + 260, heart[1] - 20)])
        sheet.line(Cover.GRAVEL, lane, 3.6, 0.3)
        sheet.line(Cover.PAVED, layout.guide, 2 * half, 0.12)
    else:
        _gravel_road(sheet, plan)
    return sheet.sheet


def _watered(sheet: CoverMap, circle: tuple[Floats, float]) -> None:
    """A round field in a square of pasture, with the ruts of the wheels."""
    middle, radius = circle
    ring = np.linspace(0, 2 * np.pi, 90)
    around = np.stack([np.cos(ring), np.sin(ring)], axis=-1)
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * radius * 1.04 + middle
    sheet.area(Cover.MEADOW, corners)
    sheet.area(Cover.CORN, around * radius + middle)
    for k in range(1, int(radius / 38.0) + 1):
        sheet.line(Cover.PLOUGHED, around * (k * 38.0) + middle, 1.2, 0)


def _gravel_road(sheet: CoverMap, plan: _Plan) -> None:
    """The road with its ruts, and the drives of the farms."""
    guide = plan.layout.guide
    for farm in plan.farms:
        drive = np.array([(0.0, farm[1] - 4), (farm[0], farm[1] - 4)])
        sheet.line(Cover.GRAVEL, drive, 4.2, 0.3)
    sheet.line(Cover.GRAVEL, guide, 2 * _ROAD[False], 0.35)
    for offset in (-1.9, 0.0, 1.9):
        sheet.line(Cover.DRY_GRAVEL, guide + np.array([offset, 0.0]), 0.5, 0.4)


def _yard(sheet: CoverMap, spot: Floats, reach: float, *, europe: bool) -> None:
    ring = np.linspace(0, 2 * np.pi, 17)[:-1]
    outline = spot + np.stack([np.cos(ring), np.sin(ring)], axis=-1) * reach * 1.35
    sheet.area(Cover.LAWN if europe else Cover.GRAVEL, outline)


def _trees(plan: _Plan, place: Place, groups: list[Built]) -> Trees:
    """Hedges or windbreaks, rows along the road, trees about the houses, and tall grass."""
    layout, chance = plan.layout, stream(place.seed, "farm trees")
    bounds, relief = layout.bounds, layout.relief
    spots = np.concatenate([group.spots for group in groups])
    reach = np.concatenate([group.reach for group in groups])
    parts = _hedges(plan, chance) if plan.europe else _windbreaks(plan, chance)
    parts += _garden(spots, reach, chance, europe=plan.europe)
    if place.country is Country.FRANCE:
        parts.append(_avenue(layout, chance))
    where = np.concatenate([part[0] for part in parts])
    kind = np.concatenate([np.full(len(part[0]), part[1]) for part in parts])
    height = np.concatenate([part[2] for part in parts])
    half = _ROAD[plan.europe]
    room = np.where(kind == Kind.SHRUB, half + 2.2, half + 3.6)
    keep = bounds.inside(where, 2) & (clear_of(where, layout.guide) > room)
    for spot, radius in zip(spots, reach, strict=True):
        keep &= np.linalg.norm(where - spot, axis=1) > 0.62 * radius + 2
    keep &= apart(where, 1.2)
    where, kind, height = where[keep], kind[keep], height[keep]
    verge = tufts(layout.guide, (half + 0.4, half + 5.0), int(bounds.extent * 7), chance)
    verge = verge[bounds.inside(verge, 1)]
    grass = np.full(len(verge), Kind.GRASS)
    low = chance.uniform(0.25, 0.75, len(verge))
    return gather_trees(
        [
            stand(where, relief.at(where), kind, height, chance),
            stand(verge, relief.at(verge), grass, low, chance),
        ]
    )


def _standing_crop(plan: _Plan, place: Place, sheet: Octets) -> Trees:
    """Stalks in the fields along the road, where a camera comes near them."""
    layout, chance = plan.layout, stream(place.seed, "standing crop")
    bounds, half = layout.bounds, _ROAD[plan.europe]
    spots = tufts(layout.guide, (half + 4.5, half + 22.0), int(bounds.extent * 22), chance)
    spots = spots[bounds.inside(spots, 1)]
    cell = (spots - [bounds.x0, bounds.y0]) / bounds.extent * len(sheet)
    grown = sheet[cell[:, 1].astype(int), cell[:, 0].astype(int)]
    spots = spots[np.isin(grown, (Cover.CROP, Cover.CORN))]
    low = chance.uniform(0.35, 0.6, len(spots))
    kind = np.full(len(spots), Kind.GRASS)
    return stand(spots, layout.relief.at(spots), kind, low, chance)


_Row = tuple[Floats, Kind, Floats]


def _hedges(plan: _Plan, chance: np.random.Generator) -> list[_Row]:
    """Bushes along most edges of parcels, with trees grown out of them here and there."""
    shrubs, trees = [np.zeros((0, 2))], [np.zeros((0, 2))]
    for start, end in plan.edges:
        if chance.random() < 0.18:
            continue
        length = float(np.linalg.norm(end - start))
        gappy = chance.uniform(0.75, 1.0)
        for out, step, share in ((shrubs, 1.7, gappy), (trees, 15.0, chance.uniform(0.2, 0.9))):
            at = (np.arange(int(length / step)) + 0.5) * step / length
            at = at[chance.random(len(at)) < share]
            line = start + (end - start) * at[:, None]
            out.append(line + chance.normal(0, 0.5, line.shape))
    low, high = np.concatenate(shrubs), np.concatenate(trees)
    cut = len(high) * 4 // 5
    order = chance.permutation(len(high))
    return [
        (low, Kind.SHRUB, chance.uniform(1.4, 2.8, len(low))),
        (high[order[:cut]], Kind.DECIDUOUS, chance.uniform(6, 13, cut)),
        (high[order[cut:]], Kind.BIRCH, chance.uniform(7, 12, len(high) - cut)),
    ]


def _windbreaks(plan: _Plan, chance: np.random.Generator) -> list[_Row]:
    """Rows of spruce and poplar north and west of each farm, and a few bluffs of aspen."""
    spruces: list[Floats] = []
    leafy: list[Floats] = []
    for farm in plan.farms:
        side = 1.0 if farm[0] > 0 else -1.0
        for row, out in ((44.0, spruces), (50.0, leafy)):
            x = np.arange(-40, 46, 4.6)
            out.append(farm + np.stack([x, np.full(len(x), row)], axis=-1))
            y = np.arange(-44, row, 4.6)
            out.append(farm + np.stack([np.full(len(y), side * row), y], axis=-1))
    bluffs = strew(plan.layout.bounds, 3.4, chance)
    grown = fractal(bluffs, 120, int(chance.integers(1 << 30)), 3) > 0.52
    edge = _edge_gap(bluffs, plan.edges)
    bluffs = bluffs[grown & (edge < 26)]
    spruce, tall = np.concatenate(spruces), np.concatenate(leafy)
    spruce = spruce + chance.normal(0, 0.4, spruce.shape)
    tall = tall + chance.normal(0, 0.5, tall.shape)
    return [
        (spruce, Kind.CONIFER, chance.uniform(7, 11, len(spruce))),
        (tall, Kind.DECIDUOUS, chance.uniform(9, 13, len(tall))),
        (bluffs, Kind.BIRCH, chance.uniform(6, 12, len(bluffs))),
    ]


def _edge_gap(points: Floats, edges: Floats) -> Floats:
    share = np.linspace(0, 1, 60)[:, None]
    line = edges[:, None, 0] * (1 - share) + edges[:, None, 1] * share
    return clear_of(points, line.reshape(-1, 2))


def _garden(
    spots: Floats, reach: Floats, chance: np.random.Generator, *, europe: bool
) -> list[_Row]:
    """Trees about the houses."""
    each = 3 if europe else 2
    turn = chance.uniform(0, 2 * np.pi, (len(spots), each))
    away = reach[:, None] * chance.uniform(1.0, 1.7, turn.shape)
    step = np.stack([np.cos(turn) * away, np.sin(turn) * away], axis=-1)
    where = (spots[:, None] + step).reshape(-1, 2)
    return [(where, Kind.DECIDUOUS, chance.uniform(5, 11, len(where)))]


def _avenue(layout: Layout, chance: np.random.Generator) -> _Row:
    """Poplars on both sides of the road south of the village and north of it."""
    bounds = layout.bounds
    y = np.arange(bounds.y0 + 8, bounds.y0 + bounds.extent, 9.5)
    village_ = 0.30 * bounds.extent
    y = y[np.abs(y - village_) > 0.13 * bounds.extent]
    x = np.interp(y, layout.guide[:, 1], layout.guide[:, 0])
    where = np.concatenate([np.stack([x + side * 6.4, y], axis=-1) for side in (-1, 1)])
    where = where[chance.random(len(where)) < 0.93]
    return where, Kind.POPLAR, chance.uniform(12.5, 16, len(where))
