"""Forests: boreal, of spruce and pine with ponds, and broad-leaved, with a lane.

A winding track leads north through the trees; a cabin stands in a clearing beside it. A boreal
forest has a fire tower, dark ponds in its hollows and a cut where it was logged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats, Ints, stream
from generique.world.backdrop import Backdrop
from generique.world.ground import Cover, plan_ground
from generique.world.kit.car import parked_cars
from generique.world.kit.street_furniture import NO_LAMPS
from generique.world.kit.tree import Kind, Trees, gather_trees, stand
from generique.world.layout import NO_LOTS, Bounds, Layout, square
from generique.world.lights import Lights, gather
from generique.world.mesh import Finish, Level, Quads, Surface, join
from generique.world.noise import fractal, smooth, tabled
from generique.world.owners import Thing, owner
from generique.world.places.wild.buildings import (
    Gabled,
    beams,
    called,
    chimneys,
    gabled_quads,
    gabled_windows,
    lift,
    lots_at,
)
from generique.world.places.wild.land import (
    CoverMap,
    apart,
    clear_of,
    landmark,
    road_beyond,
    strew,
    tufts,
    way,
)
from generique.world.relief import Relief
from generique.world.scene import Country, Family, Life, Place
from generique.world.site import Site
from generique.world.water import Water, WaterKind

BOREAL_COUNTRIES = (Country.CANADA, Country.NORWAY, Country.RUSSIA, Country.UNITED_STATES)
BROADLEAF_COUNTRIES = (
    Country.FRANCE,
    Country.UNITED_KINGDOM,
    Country.CANADA,
    Country.UNITED_STATES,
)
LEVEL = -3.4
"""Height of the water in the hollows, metres."""
_TRACK = 3.4
_FREE = 5.6
"""Metres to either side of the track without trees."""
_RINGS = ((800.0, 8.5), (1900.0, 15.0))
"""How far beyond the bounds trees stand, and how far apart, metres."""


_BOREAL = Backdrop(low=Cover.MEADOW, woods=1.6, leafy=0.12)
_BROADLEAF = Backdrop(low=Cover.MEADOW, woods=1.6, leafy=0.92)


@dataclass(frozen=True)
class _Plan:
    """What stands where in a forest.

    Attributes:
        boreal: True for spruce and pine.
        cabin: 2 metres.
        tower: 2 metres.
        pond: Middle and radius of a pond that is always there.
        cut: Middle and radius of what was logged.
    """

    layout: Layout
    boreal: bool
    cabin: Floats
    tower: Floats
    pond: tuple[Floats, float]
    cut: tuple[Floats, float]


def lay_out(place: Place) -> Layout:
    """Plan a forest. The same place gives the same plan."""
    return _plan(place).layout


def taken(place: Place) -> Floats:
    """What is built that other houses keep away from, n x 3: x, y and reach, metres."""
    plan = _plan(place)
    spots = np.array([plan.cabin, plan.tower] if plan.boreal else [plan.cabin])
    return np.asarray(np.c_[spots, np.full(len(spots), 10.0)])


def _plan(place: Place) -> _Plan:
    seed, bounds = place.seed, square(place.extent)
    boreal = place.family is Family.BOREAL_FOREST
    chance = stream(seed, "forest plan")
    scale = min(1.0, place.extent / 600)
    side = 1.0 if chance.random() < 0.5 else -1.0
    guide = way(bounds, seed, 22 * scale)
    pond = np.array([side * chance.uniform(75, 105), chance.uniform(110, 160)]) * scale
    radius = chance.uniform(42, 60) * scale
    cut = np.array([-side * chance.uniform(150, 190), chance.uniform(170, 230)]) * scale

    def surface(points: Floats) -> Floats:
        base = 6.5 * fractal(points, 310, seed + 1) + 1.6 * fractal(points, 70, seed + 2, 3)
        base = np.where(base < -1.0, -1.0 - 1.4 * np.tanh(-(base + 1.0) / 1.4), base)
        beside = np.abs(points[:, 0] - np.interp(points[:, 1], guide[:, 1], guide[:, 0]))
        hollow = smooth(points, 130, seed + 3) * 2.6 - 1.95
        own = 1.2 - np.linalg.norm(points - pond, axis=1) / radius
        own = own + 0.25 * smooth(points, 40, seed + 4)
        sunk = np.clip(np.maximum(hollow, own) * 2.2, 0, 1) if boreal else np.clip(own * 2, 0, 1)
        sunk = sunk * np.clip((beside - 16) / 22, 0, 1)
        return np.asarray(base + (LEVEL - 1.6 - base) * (sunk * sunk * (3 - 2 * sunk)))

    near = np.interp(0.16 * place.extent, guide[:, 1], guide[:, 0])
    cabin = np.array([near - side * 24.0, 0.16 * place.extent])
    tower = np.array([side * 0.10, 0.36]) * place.extent
    relief = Relief(tabled(surface, bounds))
    marks = [landmark("log cabin house", cabin, relief, (5.0, 6.0))]
    if boreal:
        marks.insert(0, landmark("fire lookout tower", tower, relief, (30.0, 16.0)))
    layout = Layout(
        bounds,
        (),
        NO_LOTS,
        guide,
        relief=relief,
        water=Water(WaterKind.LAKE, LEVEL),
        landmarks=tuple(marks),
    )
    return _Plan(layout, boreal, cabin, tower, (pond, radius), (cut, 78 * scale))


def _openness(plan: _Plan, points: Floats, seed: int) -> Floats:
    """How open the forest is: below 0 closed, above 0.5 a clearing."""
    wild = (fractal(points, 150, seed + 31, 3) - 0.28) * 2.2
    ragged = 0.35 * smooth(points, 17, seed + 32)
    gaps = [1.3 - np.linalg.norm(points - plan.cabin, axis=1) / 25]
    if plan.boreal:
        gaps.append(1.3 - np.linalg.norm(points - plan.tower, axis=1) / 13)
        middle, radius = plan.cut
        away = np.abs((points - middle) @ np.array([[0.9, 0.43], [-0.43, 0.9]]))
        gaps.append((1 - np.maximum(away[:, 0], away[:, 1] * 0.8) / radius) * 5)
    return np.asarray(np.maximum.reduce([wild, *gaps]) + ragged)


def build(place: Place, life: Life) -> Site:
    """Build a forest.

    Args:
        place: What stands where.
        life: Whether somebody is at home in the cabin.
    """
    plan = _plan(place)
    quads, lights, mouths = _built(plan, place, life)
    return Site(
        layout=plan.layout,
        quads=quads,
        lamps=NO_LAMPS,
        lamp_lights=gather([]),
        home_lights=lights,
        ground=plan_ground(plan.layout, place.seed, cover=_cover(plan, place).sheet),
        trees=_trees(plan, place),
        chimneys=mouths,
        smoking=np.ones(len(mouths), bool),
        open=True,
        backdrop=_BOREAL if plan.boreal else _BROADLEAF,
        beyond=_beyond(plan, place),
    )


def _cover(plan: _Plan, place: Place) -> CoverMap:
    seed, layout = place.seed, plan.layout
    under = Cover.FOREST_FLOOR
    sheet = CoverMap(layout.bounds, seed, under)
    sheet.paint(Cover.MEADOW, sheet.where(lambda p: _openness(plan, p, seed) - 0.35), 0.25)
    if plan.boreal:
        middle, radius = plan.cut
        sheet.paint(
            Cover.STUBBLE,
            sheet.where(lambda p: 1 - np.linalg.norm(p - middle, axis=1) / radius),
            0.3,
        )
        sheet.paint(
            Cover.FOREST_FLOOR,
            sheet.where(
                lambda p: np.minimum(
                    1 - np.linalg.norm(p - middle, axis=1) / radius, smooth(p, 7, seed + 9)
                )
            ),
            0.4,
        )
    shore = sheet.where(lambda p: LEVEL + 0.7 - layout.relief.at(p))
    sheet.paint(Cover.MEADOW, shore, 0.5)
    sheet.line(Cover.MEADOW, layout.guide, _TRACK + 3.2, 0.9)
    sheet.line(Cover.PLOUGHED, layout.guide, _TRACK, 0.3)
    sheet.line(Cover.MEADOW, layout.guide, 0.7, 0.2)
    return sheet


def _grown(
    plan: _Plan, place: Place, spots: Floats, chance: np.random.Generator
) -> tuple[Floats, Ints, Floats]:
    """Of places where a tree could stand, those where one does, with its kind and height."""
    seed, relief = place.seed, plan.layout.relief
    openness = _openness(plan, spots, seed)
    free = clear_of(spots, plan.layout.guide) > _FREE
    dry = relief.at(spots) > LEVEL + 0.25
    keep = free & dry & (chance.random(len(spots)) < np.clip(0.92 - 2.2 * openness, 0.012, 0.92))
    spots, openness = spots[keep], openness[keep]
    count = len(spots)
    stand_ = fractal(spots, 120, seed + 41, 2)
    dice, edge = chance.random(count), openness > -0.15
    if plan.boreal:
        damp = relief.at(spots) < LEVEL + 2.2
        kind = np.where(dice < np.clip(0.3 + 1.2 * stand_, 0.04, 0.85), Kind.PINE, Kind.CONIFER)
        birch = chance.random(count) < np.where(edge, 0.24, 0.05)
        kind = np.where(birch, Kind.BIRCH, kind)
        kind = np.where(damp & (chance.random(count) < 0.35), Kind.LARCH, kind)
        height = chance.uniform(9, 16, count) * np.where(damp, 0.6, 1.0)
        height = height * np.where(chance.random(count) < 0.18, 0.45, 1.0)
    else:
        kind = np.where(dice < 0.09 + 0.1 * stand_, Kind.BIRCH, Kind.DECIDUOUS)
        kind = np.where(chance.random(count) < 0.05, Kind.CONIFER, kind)
        height = chance.uniform(11.5, 16, count) * np.where(edge & (dice > 0.8), 0.55, 1.0)
    return spots, kind, np.asarray(height * (0.92 + 0.12 * stand_))


def _trees(plan: _Plan, place: Place) -> Trees:
    bounds, relief, seed = plan.layout.bounds, plan.layout.relief, place.seed
    chance = stream(seed, "forest trees")
    spots = strew(bounds, 3.9 if plan.boreal else 5.6, chance)
    spots, kind, height = _grown(plan, place, spots, chance)
    under = strew(bounds, 7.0, chance)
    gap = clear_of(under, plan.layout.guide)
    thick = np.where(gap < 16, 0.45, 0.10)
    keep = (gap > 3.4) & (relief.at(under) > LEVEL + 0.3) & (chance.random(len(under)) < thick)
    keep &= np.linalg.norm(under - plan.cabin, axis=1) > 12
    under = under[keep]
    low = chance.uniform(0.5, 1.7, len(under))
    blades = _grass(plan, place)
    return gather_trees(
        [
            stand(spots, relief.at(spots), kind, height, chance),
            blades,
            stand(under, relief.at(under), np.full(len(under), Kind.SHRUB), low, chance),
        ]
    )


def _grass(plan: _Plan, place: Place) -> Trees:
    """Tall grass along the track and between its ruts, and sedge round the water."""
    layout, chance = plan.layout, stream(place.seed, "forest grass")
    length = layout.bounds.extent
    beside = tufts(layout.guide, (1.9, 11.0), int(length * 9), chance)
    between = tufts(layout.guide, (0.0, 0.3), int(length * 0.8), chance)
    wet = strew(layout.bounds, 3.0, chance)
    shore = layout.relief.at(wet) - LEVEL
    wet = wet[(shore > -0.25) & (shore < 0.7)]
    spots = np.concatenate([beside, between, wet])
    high = np.r_[
        chance.uniform(0.25, 0.6, len(beside)),
        chance.uniform(0.1, 0.22, len(between)),
        chance.uniform(0.5, 1.0, len(wet)),
    ]
    inside = layout.bounds.inside(spots, 1)
    spots, high = spots[inside], high[inside]
    kind = np.full(len(spots), Kind.GRASS)
    return stand(spots, layout.relief.at(spots), kind, high, chance)


def _beyond(plan: _Plan, place: Place) -> Trees:
    """The forest that goes on beyond the bounds, thinner with the distance."""
    bounds, relief = plan.layout.bounds, plan.layout.relief
    chance, parts, inner = stream(place.seed, "forest beyond"), [], 2.0
    for reach, cell in _RINGS:
        spots = strew(bounds, cell, chance, reach)
        middle = np.array([bounds.x0, bounds.y0]) + bounds.extent / 2
        gap = np.abs(spots - middle).max(axis=1) - bounds.extent / 2
        spots = spots[(gap > inner) & (gap < reach)]
        spots, kind, height = _grown(plan, place, spots, chance)
        parts.append(stand(spots, relief.at(spots), kind, height, chance))
        inner = reach
    return gather_trees(parts)


def _built(plan: _Plan, place: Place, life: Life) -> tuple[Quads, Lights, Floats]:
    """The cabin with its wood pile and car, and in a boreal forest the tower and the cut."""
    relief, chance = plan.layout.relief, stream(place.seed, "forest cabin")
    spot = plan.cabin[None]
    toward = np.interp(spot[0, 1], plan.layout.guide[:, 1], plan.layout.guide[:, 0]) - spot[0, 0]
    angle = np.array([np.pi / 2 if toward > 0 else -np.pi / 2])
    cabin = Gabled(
        lots_at(spot, angle, relief.at(spot)),
        width=np.array([9.0]),
        depth=np.array([6.6]),
        eaves=np.array([2.9]),
        pitch=np.array([0.75]),
        wall=np.array([[0.115, 0.070, 0.042]]),
        roof=np.array([[0.075, 0.055, 0.045]]),
        overhang=0.8,
    )
    panes, lights = gabled_windows(cabin, chance, min(1.0, 2.0 * life.lit_windows))
    stack, mouths = chimneys(cabin, np.array([0]))
    parts = [called(cabin, join([gabled_quads(cabin), panes, stack]), Thing.CABIN)]
    beside = spot + np.array([[np.sign(toward) * 11.0, 4.5]])
    pose = np.c_[beside, [np.pi / 2]]
    car = parked_cars(pose, chance)
    parts.append(lift(car, float(relief.at(beside)[0])))
    parts += [_piles(plan, chance), road_beyond(plan.layout, _TRACK, (0.08, 0.062, 0.044), 500.0)]
    if plan.boreal:
        parts += [_tower(plan), _stumps(plan, place)]
    return join(parts), lights, mouths


def _piles(plan: _Plan, chance: np.random.Generator) -> Quads:
    """Logs stacked beside the track."""
    relief, guide = plan.layout.relief, plan.layout.guide
    y = plan.layout.bounds.extent * 0.055
    x = float(np.interp(y, guide[:, 1], guide[:, 0])) + 5.4 * np.sign(plan.cut[0][0])
    foot = float(relief.at(np.array([[x, y]]))[0])
    row, column = (grid.ravel() for grid in np.meshgrid(np.arange(5), np.arange(8)))
    keep = column < 8 - row
    across = (column - 4 + row * 0.5)[keep] * 0.42 * np.sign(plan.cut[0][0])
    up = 0.2 + row[keep] * 0.36
    ends = chance.uniform(-0.4, 0.4, (2, len(up)))
    start = np.stack([x + across, y - 3 + ends[0], foot + up], axis=-1)
    end = np.stack([x + across, y + 3 + ends[1], foot + up], axis=-1)
    finish = Finish((0.20, 0.135, 0.085), snow=0.5, level=Level.ALWAYS, step=4)
    return beams(start, end, 0.4, finish).owned(owner(Thing.TIMBER))


def _stumps(plan: _Plan, place: Place) -> Quads:
    """Stumps and lost branches in the cut."""
    chance, (middle, radius) = stream(place.seed, "stumps"), plan.cut
    spots = strew(Bounds(middle[0] - radius, middle[1] - radius, 2 * radius), 5.0, chance)
    spots = spots[np.linalg.norm(spots - middle, axis=1) < radius * 0.95]
    spots = spots[apart(spots, 2.0) & plan.layout.bounds.inside(spots, 2)]
    foot = plan.layout.relief.lift(spots)
    high = foot + np.array([0, 0, 1]) * chance.uniform(0.3, 0.7, (len(foot), 1))
    cut = Finish((0.22, 0.16, 0.10), snow=0.7, surface=Surface.DETAIL, level=Level.NEAR, step=4)
    turn = chance.uniform(0, 2 * np.pi, len(foot))
    lying = np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=-1) * 3.0
    start = foot + lying * 0.3 + np.array([0, 0, 0.15])
    grey = Finish((0.13, 0.105, 0.08), snow=0.7, surface=Surface.DETAIL, level=Level.NEAR, step=4)
    felled = [beams(foot, high, 0.5, cut), beams(start, start + lying, 0.22, grey)]
    return join(felled).owned(owner(Thing.TIMBER, 1))


def _tower(plan: _Plan) -> Quads:
    """A fire tower: four braced legs and a cab above the treetops."""
    x, y = plan.tower
    foot = float(plan.layout.relief.at(plan.tower[None])[0])
    tall, wide, narrow, bays = 27.0, 3.2, 1.25, 6
    steel = Finish((0.24, 0.25, 0.25), surface=Surface.DETAIL, level=Level.ALWAYS, step=8)
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], float)
    levels = np.linspace(0, tall, bays + 1)
    half = np.linspace(wide, narrow, bays + 1)
    rings = np.stack([np.c_[corners * h, np.full(4, z)] for h, z in zip(half, levels, strict=True)])
    rings = rings + np.array([x, y, foot])
    low, high = rings[:-1], rings[1:]
    turned = np.roll(np.arange(4), -1)
    starts = [low, low, high]
    ends = [high, high[:, turned], high[:, turned]]
    parts = [
        beams(a.reshape(-1, 3), b.reshape(-1, 3), width, steel)
        for a, b, width in zip(starts, ends, (0.22, 0.1, 0.1), strict=True)
    ]
    cab = Gabled(
        lots_at(plan.tower[None], np.zeros(1), np.array([foot + tall + 1.0])),
        width=np.array([3.4]),
        depth=np.array([3.4]),
        eaves=np.array([2.3]),
        pitch=np.array([0.6]),
        wall=np.array([[0.42, 0.41, 0.38]]),
        roof=np.array([[0.28, 0.09, 0.06]]),
        overhang=0.6,
    )
    panes, _ = gabled_windows(cab, np.random.default_rng(1), 0.0)
    return join([*parts, gabled_quads(cab), panes]).owned(owner(Thing.TOWER))
