"""A mountain valley: a flat floor with a river or lake and a village, and ranges on both sides.

The walls rise from the floor as glaciers leave them, spurs and gullies run down to it, and peaks
of 800 to 1200 m stand two to three kilometres away. Forest climbs the slopes that are not too
steep, rock and lasting snow lie above it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from generique.world.arrays import Floats, Ints, stream
from generique.world.backdrop import Backdrop
from generique.world.ground import Cover, plan_ground
from generique.world.kit.street_furniture import lamp_lights, lamp_quads
from generique.world.kit.tree import Kind, Trees, gather_trees, stand
from generique.world.layout import NO_LOTS, Bounds, Layout, Street, square
from generique.world.mesh import Quads, join
from generique.world.noise import fractal, ridged, smooth, tabled
from generique.world.owners import Thing
from generique.world.places.wild.buildings import Gabled, called, gabled_quads, lots_at
from generique.world.places.wild.farmstead import ALPINE, NORDIC, Built, village, village_lamps
from generique.world.places.wild.land import (
    CoverMap,
    apart,
    clear_of,
    landmark,
    road_beyond,
    strew,
    tufts,
)
from generique.world.relief import Relief
from generique.world.scene import Country, Life, Place
from generique.world.site import Site
from generique.world.water import Water, WaterKind

COUNTRIES = (Country.FRANCE, Country.NORWAY, Country.CANADA, Country.UNITED_STATES)
_LAKES = (Country.NORWAY, Country.CANADA)
LEVEL = -1.6
"""Height of the water, metres; the floor of the valley is about at 0."""
TREE_LINE = 430.0
SNOW_LINE = 640.0
_ROAD = 2.5
_RINGS = ((600.0, 9.0), (2200.0, 19.0))
"""How far beyond the bounds trees stand, and how far apart, metres."""


@dataclass(frozen=True)
class _Valley:
    """The run of a valley as functions of y.

    Attributes:
        seed: Of the place.
        lake: True for a lake instead of a river.
        side: 1 when the water lies east of the road, -1 when west.
        floor: Half the width of the level floor, metres.
    """

    seed: int
    lake: bool
    side: float
    floor: float

    def road(self, y: Floats) -> Floats:
        """Where the road is, metres of x."""

        def bend(at: Floats) -> Floats:
            line = np.stack([np.zeros_like(at), at], axis=-1)
            wide = 150 * smooth(line, 1300, self.seed + 1)
            return np.asarray(wide + 22 * smooth(line, 260, self.seed + 2))

        return bend(np.asarray(y, float)) - bend(np.zeros(1))

    def middle(self, y: Floats) -> Floats:
        """Where the middle of the floor is, metres of x."""
        return np.asarray(self.road(y) + self.side * self.floor * (0.55 if self.lake else 0.3))

    def water(self, points: Floats) -> Floats:
        """Metres inside the shore, negative outside it."""
        y = points[:, 1]
        line = np.stack([np.zeros_like(y), y], axis=-1)
        wander = smooth(line, 210, self.seed + 3)
        if self.lake:
            centre = self.road(y) + self.side * (self.floor * 1.05)
            half = self.floor * 0.78 + 16 * wander + 5 * smooth(points, 60, self.seed + 9)
        else:
            centre = self.road(y) + self.side * (self.floor * 0.55 + 26 * wander)
            half = 10 + 4 * smooth(line, 90, self.seed + 4)
        return np.asarray(half - np.abs(points[:, 0] - centre))


def _valley(place: Place) -> _Valley:
    chance = stream(place.seed, "valley")
    side = 1.0 if chance.random() < 0.5 else -1.0
    lake = place.country in _LAKES
    floor = min(150.0 if lake else 125.0, 0.30 * place.extent)
    return _Valley(place.seed, lake, side, floor)


def heights(valley: _Valley) -> Callable[[Floats], Floats]:
    """The relief as a pure function: metres for n x 2 points."""
    seed = valley.seed

    def surface(points: Floats) -> Floats:
        x, y = points[:, 0], points[:, 1]
        warp = 90 * np.stack(
            [smooth(points, 700, seed + 11), smooth(points, 700, seed + 12)], axis=-1
        )
        away = np.abs(x + warp[:, 0] * 0.4 - valley.middle(y)) - valley.floor
        # The valley ends under a last range, and turns away behind the camera.
        head = (y - 2300) * 0.75 + 120 * smooth(points, 500, seed + 13)
        away = np.maximum(away, head)
        up = np.maximum(away, 0)
        trough = 1 - np.exp(-((up / 1050) ** 1.25))
        bent = points + warp
        ranges = ridged(bent, 1750, seed + 14, 6)
        spurs = ridged(np.stack([bent[:, 1], up * 0.30], axis=-1), 330, seed + 15, 3)
        wild = 0.30 + 1.05 * ranges + 0.15 * (spurs - 0.5)
        slope = np.clip(up / 260, 0, 1)
        height = 1050 * trough * wild
        height += slope * (1 - np.clip(up / 2600, 0, 1)) * 46 * (spurs - 0.45)
        height += np.clip(up / 500, 0, 1) * 26 * fractal(bent, 150, seed + 16, 4)
        # Meadows on the lower slopes lie in steps.
        steps = np.clip(up / 60, 0, 1) * np.clip(1 - up / 420, 0, 1)
        height += steps * 5 * fractal(points, 75, seed + 17, 2)
        floor = 1.1 * fractal(points, 130, seed + 18, 3) + 0.3
        inside = valley.water(points) * np.clip((1900 - y) / 300, -1, 1)
        bed = np.clip((inside + 9) / 14, 0, 1)
        bed = bed * bed * (3 - 2 * bed)
        deep = LEVEL - (6.0 if valley.lake else 1.8)
        ground = floor + height
        return np.asarray(ground + (deep - ground) * bed * np.clip(1 - up / 70, 0, 1))

    return surface


def lay_out(place: Place) -> Layout:
    """Plan a valley. The same place gives the same plan."""
    bounds, valley = square(place.extent), _valley(place)
    y = np.arange(bounds.y0 - 110, bounds.y0 + bounds.extent + 110, 3.0)
    guide = np.stack([valley.road(y), y], axis=-1)
    road = Street(guide, _ROAD, sodium=True, closed=False, avenue=True)
    kind = WaterKind.LAKE if valley.lake else WaterKind.RIVER
    relief = Relief(tabled(heights(valley), bounds, 3.0))
    flow = (0.0, 0.0) if valley.lake else (0.0, -1.4)
    return Layout(
        bounds,
        (road,),
        NO_LOTS,
        guide,
        relief=relief,
        water=Water(kind, LEVEL, flow),
        landmarks=(landmark("village church", _church(valley, place), relief, (26.0, 18.0)),),
    )


def taken(place: Place) -> Floats:
    """What is built that other houses keep away from, n x 3: x, y and reach, metres."""
    layout, valley = lay_out(place), _valley(place)
    heart, scale = 0.24 * place.extent, min(1.0, place.extent / 600)
    y = np.arange(heart - 130 * scale, heart + 140 * scale, 14.0)
    rows = [
        np.stack([valley.road(y) + valley.side * (26.0 * row + 12.5), y], axis=-1)
        for row in range(-3, 2)
    ]
    barns = _barns(layout, valley, place)[1]
    village_ = np.concatenate(rows)
    reach = np.r_[np.full(len(village_), 14.0), np.full(len(barns), 6.0)]
    return np.asarray(np.c_[np.concatenate([village_, barns]), reach])


def build(place: Place, life: Life) -> Site:
    """Build a valley.

    Args:
        place: What stands where.
        life: Which windows are lit.
    """
    layout, valley = lay_out(place), _valley(place)
    homes = _village(layout, valley, place, life)
    chance = stream(place.seed, "valley smoke")
    trees, beyond = _trees(layout, valley, place, homes)
    barns, taken = _barns(layout, valley, place)
    road = road_beyond(layout, 2 * _ROAD, (0.15, 0.149, 0.147), 900.0)
    sheet = _cover(layout, valley, place, homes, taken)
    half = 130 * min(1.0, place.extent / 600)
    lamps = village_lamps(layout, 0.24 * place.extent, half, place.seed)
    return Site(
        layout=layout,
        quads=join([homes.quads, barns, road, lamp_quads(lamps, burning=life.lamps)]),
        lamps=lamps,
        lamp_lights=lamp_lights(lamps),
        home_lights=homes.lights,
        ground=plan_ground(replace(layout, streets=()), place.seed, cover=sheet.sheet),
        trees=trees,
        chimneys=homes.mouths,
        smoking=chance.random(len(homes.mouths)) < 0.7,
        open=True,
        backdrop=Backdrop(
            low=Cover.MEADOW,
            high=Cover.ROCK,
            change=TREE_LINE,
            woods=0.45,
            leafy=0.15,
            snow_line=SNOW_LINE,
            rock=(0.150, 0.145, 0.140),
        ),
        beyond=beyond,
    )


def _village(layout: Layout, valley: _Valley, place: Place, life: Life) -> Built:
    """Houses in loose rows along the road and up the slope, the church near the water."""
    chance = stream(place.seed, "valley village")
    heart, scale = 0.24 * place.extent, min(1.0, place.extent / 600)
    spots, angles = [], []
    x, y = _church(valley, place)
    spots.append((float(x), float(y)))
    angles.append(0.0)
    for row in range(-3, 2):
        y = heart - 120 * scale
        while y < heart + 130 * scale:
            road = float(valley.road(np.array([y]))[0])
            away = row * 26 + (13 if row >= 0 else 12) + chance.uniform(-3, 3)
            spots.append((road + valley.side * away, y + chance.uniform(-4, 4)))
            face = np.pi / 2 * (1 if valley.side * away > 0 else -1)
            angles.append(face + chance.normal(0, 0.16))
            y += chance.uniform(20, 38)
    where = np.array(spots)
    keep = apart(where, 16.0)
    keep &= valley.water(where) < -9
    keep &= layout.relief.normals(where)[:, 2] > 0.88
    keep &= layout.bounds.inside(where, 14)
    keep &= clear_of(where, layout.guide) > 9.5
    gap = np.linalg.norm(where - where[0], axis=1)
    keep &= (gap > 27) | (gap == 0)
    keep[0] = True
    manner = ALPINE if place.country is Country.FRANCE else NORDIC
    drawn = (chance, life.lit_windows)
    return village(where[keep], np.array(angles)[keep], manner, layout.relief, drawn)


def _church(valley: _Valley, place: Place) -> Floats:
    """Where the church stands, 2 metres: uphill of the road beside a lake, else near the river."""
    heart = 0.24 * place.extent
    x = float(valley.road(np.array([heart]))[0])
    return np.array([x + valley.side * (-26 if valley.lake else 24), heart])


def _barns(layout: Layout, valley: _Valley, place: Place) -> tuple[Quads, Floats]:
    """Hay barns of dark wood strewn over the meadows."""
    chance = stream(place.seed, "hay barns")
    where = strew(layout.bounds, 95.0, chance)
    keep = (valley.water(where) < -8) & (clear_of(where, layout.guide) > 12)
    keep &= layout.relief.normals(where)[:, 2] > 0.90
    keep &= np.abs(where[:, 1] - 0.24 * place.extent) > 0.13 * place.extent
    keep &= layout.bounds.inside(where, 12) & (chance.random(len(where)) < 0.6)
    keep &= _wood(layout, valley, where) < -0.1
    where = where[keep]
    count = len(where)
    barns = Gabled(
        lots_at(where, chance.uniform(0, np.pi, count), layout.relief.at(where)),
        width=chance.uniform(5, 7.5, count),
        depth=chance.uniform(4, 5, count),
        eaves=chance.uniform(2.2, 2.9, count),
        pitch=chance.uniform(0.45, 0.7, count),
        wall=np.array([0.10, 0.065, 0.042]) * chance.uniform(0.7, 1.3, (count, 1)),
        roof=np.array([0.11, 0.10, 0.095]) * chance.uniform(0.8, 1.3, (count, 1)),
        overhang=0.6,
    )
    return called(barns, gabled_quads(barns), Thing.BARN), where


def _wood(layout: Layout, valley: _Valley, points: Floats) -> Floats:
    """Positive where trees grow: on slopes, below the tree line, with clearings."""
    height = layout.relief.at(points)
    away = np.abs(points[:, 0] - valley.middle(points[:, 1])) - valley.floor
    steep = layout.relief.normals(points)[:, 2]
    patch = fractal(points, 210, valley.seed + 31, 3)
    line = TREE_LINE + 120 * fractal(points, 300, valley.seed + 32, 2)
    wood = np.minimum((away - 45) / 90 + 1.1 * patch, (line - height) / 90)
    return np.asarray(np.minimum(wood, (steep - 0.60) * 8))


def _grown(
    layout: Layout, valley: _Valley, spots: Floats, chance: np.random.Generator
) -> tuple[Floats, Ints, Floats]:
    wood = _wood(layout, valley, spots)
    shore = valley.water(spots)
    bank = (shore > -16) & (shore < -3) & (np.abs(spots[:, 1]) < 3000)
    odds = np.where(wood > 0, np.clip(0.35 + 2 * wood, 0, 0.94), 0.012)
    odds = np.where(bank & (wood <= 0), 0.20, odds)
    keep = (chance.random(len(spots)) < odds) & (layout.relief.at(spots) > LEVEL + 0.4)
    keep &= clear_of(spots, layout.guide) > _ROAD + 4.2
    spots, wood, bank = spots[keep], wood[keep], bank[keep]
    height = layout.relief.at(spots)
    count = len(spots)
    dice = chance.random(count)
    low = np.clip(1 - height / 150, 0, 1)
    kind = np.where(dice < 0.30 * low + np.where(wood < 0.15, 0.25, 0), Kind.BIRCH, Kind.CONIFER)
    kind = np.where((wood <= 0) | bank, Kind.DECIDUOUS, kind)
    larch = (height > 0.55 * TREE_LINE) & (chance.random(count) < 0.4)
    kind = np.where(larch & (kind == Kind.CONIFER), Kind.LARCH, kind)
    tall = chance.uniform(8, 16, count) * np.clip(1.15 - height / (1.7 * TREE_LINE), 0.4, 1)
    return spots, kind, np.asarray(np.where(kind == Kind.DECIDUOUS, tall * 0.75, tall))


def _trees(layout: Layout, valley: _Valley, place: Place, homes: Built) -> tuple[Trees, Trees]:
    chance, relief, bounds = stream(place.seed, "valley trees"), layout.relief, layout.bounds
    spots, kind, height = _grown(layout, valley, strew(bounds, 5.0, chance), chance)
    keep = np.ones(len(spots), bool)
    for spot, reach in zip(homes.spots, homes.reach, strict=True):
        keep &= np.linalg.norm(spots - spot, axis=1) > reach
    spots, kind, height = spots[keep], kind[keep], height[keep]
    verge = tufts(layout.guide, (_ROAD + 0.4, _ROAD + 6), int(bounds.extent * 7), chance)
    verge = verge[bounds.inside(verge, 1) & (relief.at(verge) > LEVEL + 0.1)]
    low = chance.uniform(0.2, 0.6, len(verge))
    grass = np.full(len(verge), Kind.GRASS)
    own = [
        stand(spots, relief.at(spots), kind, height, chance),
        stand(verge, relief.at(verge), grass, low, chance),
    ]
    far, inner = [], 0.0
    for reach, cell in _RINGS:
        spots = strew(bounds, cell, chance, reach)
        gap = _outside(bounds, spots)
        spots = spots[(gap > inner) & (gap < reach) & (spots[:, 1] > bounds.y0 - 150)]
        spots, kind, height = _grown(layout, valley, spots, chance)
        size = height * (1.0 if inner == 0 else 1.25)
        far.append(stand(spots, relief.at(spots), kind, size, chance))
        inner = reach
    return gather_trees(own), gather_trees(far)


def _outside(bounds: Bounds, spots: Floats) -> Floats:
    middle = np.array([bounds.x0, bounds.y0]) + bounds.extent / 2
    return np.asarray(np.abs(spots - middle).max(axis=1) - bounds.extent / 2)


def _cover(layout: Layout, valley: _Valley, place: Place, homes: Built, barns: Floats) -> CoverMap:
    sheet = CoverMap(layout.bounds, place.seed, Cover.MEADOW)
    seed = place.seed
    mown = sheet.where(lambda p: smooth(p, 55, seed + 41) - 0.12)
    sheet.paint(Cover.LAWN, mown, 0.04)
    sheet.paint(Cover.STUBBLE, sheet.where(lambda p: smooth(p, 70, seed + 42) - 0.55), 0.03)
    sheet.paint(Cover.FOREST_FLOOR, sheet.where(lambda p: _wood(layout, valley, p)), 0.12)
    sheet.paint(Cover.GRAVEL, sheet.where(lambda p: valley.water(p) + 4.0), 1.2)
    ring = np.linspace(0, 2 * np.pi, 17)[:-1]
    circle = np.stack([np.cos(ring), np.sin(ring)], axis=-1)
    for spot, reach in zip(homes.spots, homes.reach, strict=True):
        sheet.area(Cover.LAWN, spot + circle * reach * 1.2)
    for spot in barns:
        sheet.area(Cover.STUBBLE, spot + circle * 4.5)
    heart, half = 0.24 * place.extent, 130 * min(1.0, place.extent / 600)
    y = np.arange(heart - half, heart + half, 6.0)
    for away in (39.0, -39.0):
        lane = np.stack([valley.road(y) + away + 4 * np.sin(y / 31), y], axis=-1)
        lane = np.concatenate([[(float(valley.road(y[:1])[0]), y[0] - 25)], lane])
        if np.all(valley.water(lane) < -6):
            sheet.line(Cover.GRAVEL, lane, 2.8, 0.3)
    sheet.line(Cover.MEADOW, layout.guide, 2 * _ROAD + 4, 0.6)
    sheet.line(Cover.PAVED, layout.guide, 2 * _ROAD, 0.1)
    return sheet
