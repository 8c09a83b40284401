"""A desert: mesas with beds of rock, dunes, a dry wash, and a straight road with a filling station.

The road leads north over a plain of sand and scattered bushes. Mesas and buttes stand along it at
some distance; on one side lies a field of dunes with sharp crests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.backdrop import Backdrop
from generique.world.ground import Cover, plan_ground
from generique.world.kit.car import parked_cars
from generique.world.kit.solids import box
from generique.world.kit.street_furniture import NO_LAMPS
from generique.world.kit.tree import Kind, Trees, gather_trees, stand
from generique.world.layout import NO_LOTS, Layout, Street, square
from generique.world.lights import LED, WARM_3500, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.noise import fractal, smooth, tabled
from generique.world.owners import Thing, owner
from generique.world.places.wild.buildings import (
    Gabled,
    beams,
    called,
    gabled_quads,
    gabled_windows,
    lift,
    lots_at,
    rise,
)
from generique.world.places.wild.farmstead import pole_line
from generique.world.places.wild.land import (
    CoverMap,
    clear_of,
    landmark,
    road_beyond,
    strew,
    tufts,
    way,
)
from generique.world.relief import Relief
from generique.world.scene import Country, Life, Place
from generique.world.site import Site

COUNTRIES = (Country.UNITED_STATES,)
_ROAD = 3.7
_RED = (0.300, 0.150, 0.088)


@dataclass(frozen=True)
class _Plan:
    """What lies where.

    Attributes:
        side: 1 when the dunes lie east of the road, -1 when west.
        station: 2 metres, the filling station's canopy.
        wash: n x 2 metres, the dry bed.
    """

    layout: Layout
    side: float
    station: Floats
    wash: Floats


def lay_out(place: Place) -> Layout:
    """Plan a desert. The same place gives the same plan."""
    return _plan(place).layout


def _plan(place: Place) -> _Plan:
    bounds, seed = square(place.extent), place.seed
    chance = stream(seed, "desert plan")
    side = 1.0 if chance.random() < 0.5 else -1.0
    guide = way(bounds, seed, 0.0)
    y = np.arange(bounds.y0 - 400, bounds.y0 + bounds.extent + 400, 4.0)
    line = np.stack([np.zeros_like(y), y], axis=-1)
    aside = -side * (62 + 30 * smooth(line, 190, seed + 1) + 10 * smooth(line, 60, seed + 2))
    wash = np.stack([aside, y], axis=-1)
    relief = Relief(tabled(heights(seed, side), bounds, 2.5))
    road = Street(guide, _ROAD, sodium=True, closed=False, avenue=True)
    station = np.array([-side * 24.0, 0.17 * place.extent])
    mark = landmark("gas petrol filling station", station, relief, (5.5, 13.0))
    layout = Layout(bounds, (road,), NO_LOTS, guide, relief=relief, landmarks=(mark,))
    return _Plan(layout, side, station, wash)


def heights(seed: int, side: float) -> Callable[[Floats], Floats]:
    """The relief as a pure function: metres for n x 2 points."""

    def surface(points: Floats) -> Floats:
        x, y = points[:, 0], points[:, 1]
        plain = 2.4 * fractal(points, 260, seed + 11, 3)
        gap = np.abs(x)
        open_ = np.clip((gap - 9) / 60, 0, 1)
        height = plain * (0.1 + 0.9 * open_)
        height += _mesas(points, seed) * np.clip((gap - 110) / 90, 0, 1)
        height += _dunes(points, seed) * np.clip((side * x - 34) / 110, 0, 1)
        line = np.stack([np.zeros_like(y), y], axis=-1)
        aside = -side * (62 + 30 * smooth(line, 190, seed + 1) + 10 * smooth(line, 60, seed + 2))
        bed = np.clip(1 - (np.abs(x - aside) / 9) ** 2, 0, 1)
        return np.asarray(height - 1.7 * bed)

    return surface


def _lot(seed: int, number: int) -> float:
    """A number from -1 to 1."""
    return float(smooth(np.array([[number * 7.3, 0.5]]), 1.0, seed + 77)[0])


def _mesas(points: Floats, seed: int) -> Floats:
    """Tables of rock: a talus, then a wall in two steps, flat on top."""
    bent = points + 26 * np.stack(
        [fractal(points, 130, seed + 21, 3), fractal(points, 130, seed + 22, 3)], axis=-1
    )
    field = fractal(bent, 820, seed + 23, 2)
    gully = 0.030 * (1 - np.abs(smooth(bent, 46, seed + 24))) ** 2
    for number, (x, y) in enumerate(((-1.0, 330.0), (1.0, 520.0), (-1.0, 900.0), (1.0, 1500.0))):
        # Buttes that stand along the road in every desert.
        aside = 250 + 90 * (1 + _lot(seed, number))
        gap = np.linalg.norm(bent - [x * aside, y + 90 * _lot(seed, number + 9)], axis=1)
        wide = 95 + 40 * _lot(seed, number + 18)
        field = np.maximum(field, 0.62 - 0.42 * gap / wide)
    field = field - gully
    tall = 62 + 70 * np.clip(0.5 + smooth(points, 1300, seed + 25), 0, 1)

    def step(low: float, high: float) -> Floats:
        t = np.clip((field - low) / (high - low), 0, 1)
        return t * t * (3 - 2 * t)

    talus = np.clip((field - 0.16) / 0.11, 0, 1) ** 1.6
    return np.asarray(tall * (0.34 * talus + 0.34 * step(0.262, 0.276) + 0.32 * step(0.315, 0.327)))


def _dunes(points: Floats, seed: int) -> Floats:
    """Ridges across the wind, gentle to windward, steep in the lee, with a sharp crest."""
    u = points[:, 0] * 0.80 + points[:, 1] * 0.60
    u = u + 34 * fractal(points, 210, seed + 31, 2)
    t = np.mod(u / 92, 1.0)
    crest = 0.76
    wind = np.clip(t / crest, 0, 1)
    lee = np.clip((1 - t) / (1 - crest), 0, 1)
    shape = np.where(t < crest, wind * wind * (1.6 - 0.6 * wind), lee)
    tall = np.clip(0.55 + 0.8 * smooth(points, 190, seed + 32), 0.08, 1.2)
    return np.asarray(17.0 * tall * shape)


def build(place: Place, life: Life) -> Site:
    """Build a desert.

    Args:
        place: What stands where.
        life: Whether the station is lit.
    """
    plan = _plan(place)
    layout = plan.layout
    station, lights = _station(plan, place, life)
    y = np.arange(layout.bounds.y0 + 10, layout.bounds.y0 + layout.bounds.extent, 52.0)
    feet = layout.relief.lift(np.stack([np.full(len(y), plan.side * 9.5), y], axis=-1))
    own, far = _bushes(plan, place)
    road = road_beyond(layout, 2 * _ROAD, (0.078, 0.077, 0.077))
    return Site(
        layout=layout,
        quads=join([station, pole_line(feet, 9.2, 2.2, 3), road]),
        lamps=NO_LAMPS,
        lamp_lights=gather([]),
        home_lights=lights,
        ground=plan_ground(
            replace(layout, streets=()), place.seed, cover=_cover(plan, place).sheet
        ),
        trees=own,
        chimneys=np.zeros((0, 3)),
        smoking=np.zeros(0, bool),
        open=True,
        backdrop=Backdrop(low=Cover.DRY_EARTH, high=Cover.DRY_EARTH, woods=0.0, rock=_RED),
        beyond=far,
    )


def _cover(plan: _Plan, place: Place) -> CoverMap:
    seed, layout = place.seed, plan.layout
    sheet = CoverMap(layout.bounds, seed, Cover.DRY_EARTH)
    stony = sheet.where(lambda p: fractal(p, 90, seed + 41, 3) - 0.16)
    sheet.paint(Cover.GRAVEL_RED, stony, 0.16)
    dunes = sheet.where(lambda p: np.clip((plan.side * p[:, 0] - 52) / 40, -1, 1))
    sheet.paint(Cover.SAND, dunes, 0.45)
    sheet.line(Cover.SAND, plan.wash, 13.0, 1.2)
    sheet.line(Cover.DRY_EARTH, layout.guide, 2 * _ROAD + 6, 0.8)
    x, y = plan.station
    pad = np.array([(0.0, y - 24), (x * 2.2, y - 24), (x * 2.2, y + 24), (0.0, y + 24)])
    sheet.area(Cover.GRAVEL_RED, pad)
    slab = plan.station + np.array([(-9, -13), (9, -13), (9, 13), (-9, 13)])
    sheet.area(Cover.PAVED, slab)
    sheet.line(Cover.ASPHALT, layout.guide, 2 * _ROAD, 0.12)
    dash = layout.guide
    for k in range(0, len(dash) - 2, 4):
        sheet.line(Cover.PAINT, dash[k : k + 2], 0.25, 0)
    return sheet


def _bushes(plan: _Plan, place: Place) -> tuple[Trees, Trees]:
    """Sage and dry grass: denser along the wash, few on the dunes."""
    layout, chance = plan.layout, stream(place.seed, "bushes")
    bounds, relief = layout.bounds, layout.relief

    def odds(spots: Floats) -> Floats:
        thick = 0.34 + 0.5 * fractal(spots, 80, place.seed + 51, 3)
        thick = thick * np.clip(1 - (plan.side * spots[:, 0] - 40) / 60, 0.03, 1)
        near = clear_of(spots, plan.wash)
        thick = np.where(near < 5.5, 0.02, np.where(near < 15, thick * 1.7, thick))
        return np.asarray(np.where(relief.normals(spots)[:, 2] > 0.85, thick, 0.0))

    spots = strew(bounds, 3.6, chance)
    keep = (chance.random(len(spots)) < odds(spots)) & (clear_of(spots, layout.guide) > 6.4)
    keep &= np.abs(spots - plan.station).max(axis=1) > 27
    spots = spots[keep]
    kind = np.where(chance.random(len(spots)) < 0.42, Kind.GRASS, Kind.SAGE)
    tall = np.where(
        kind == Kind.GRASS,
        chance.uniform(0.25, 0.6, len(spots)),
        0.45 + chance.gamma(2.0, 0.28, len(spots)),
    )
    verge = tufts(layout.guide, (_ROAD + 0.6, _ROAD + 5), int(bounds.extent * 3), chance)
    verge = verge[bounds.inside(verge, 1) & (np.abs(verge - plan.station).max(axis=1) > 27)]
    low = chance.uniform(0.15, 0.45, len(verge))
    far = strew(bounds, 9.0, chance, 900.0)
    gap = np.abs(far - [bounds.x0 + bounds.extent / 2, bounds.y0 + bounds.extent / 2]).max(axis=1)
    far = far[(gap > bounds.extent / 2) & (chance.random(len(far)) < 1.3 * odds(far))]
    far = far[np.abs(far[:, 0]) > 7]
    large = chance.uniform(0.9, 2.0, len(far))
    own = [
        stand(spots, relief.at(spots), kind, tall, chance),
        stand(verge, relief.at(verge), np.full(len(verge), Kind.GRASS), low, chance),
    ]
    sage = np.full(len(far), Kind.SAGE)
    return gather_trees(own), stand(far, relief.at(far), sage, large, chance)


_BAND = np.array([(-0.06, -0.06, 0.28), (12.06, 18.06, 0.62)])
"""Corners of the red band round the canopy, from its lowest corner, metres."""


def _station(plan: _Plan, place: Place, life: Life) -> tuple[Quads, Lights]:
    """A canopy over pumps, a shop, a sign on a mast, and a trailer behind."""
    x, y = plan.station
    foot = float(plan.layout.relief.at(plan.station[None])[0])
    on = life.lit_windows > 0
    white = Finish((0.62, 0.61, 0.58), snow=0.9, level=Level.EVERYWHERE, step=2.5)
    low = np.array([[x - 6.0, y - 9.0, foot + 4.6]])
    canopy = box(low, low + np.array([12.0, 18.0, 0.9])).reshape(-1, 4, 3)
    soffit = np.array([[[x - 6, y + 9, foot + 4.58], [x + 6, y + 9, foot + 4.58]]])
    soffit = np.concatenate([soffit, soffit[:, ::-1] - [[[0, 18, 0]]]], axis=1)
    feet = np.array([(x + a, y + b, foot) for a in (-3.5, 3.5) for b in (-6.0, 6.0)])
    steel = Finish((0.5, 0.5, 0.5), level=Level.ALWAYS, step=3)
    red = Finish((0.42, 0.035, 0.025), level=Level.EVERYWHERE, step=3)
    band = box(low + _BAND[0], low + _BAND[1])[:, :4].reshape(-1, 4, 3)
    pumps = box(
        np.array([(x - 0.5, y + b - 0.3, foot) for b in (-5.0, 0.0, 5.0)]),
        np.array([(x + 0.5, y + b + 0.3, foot + 1.7) for b in (-5.0, 0.0, 5.0)]),
    ).reshape(-1, 4, 3)
    lamps = np.array([(x + a, y + b, foot + 4.5) for a in (-3.0, 3.0) for b in (-6, 0, 6)])
    half = np.array([0.5, 0.5, 0.05])
    tubes = box(lamps - half, lamps + half).reshape(-1, 4, 3)
    glow = np.array(LED) * (90.0 if on else 0.0)
    parts = [
        paint(canopy, white),
        paint(soffit, Finish((0.5, 0.5, 0.48), level=Level.ALWAYS, step=2)),
        paint(band, red),
        beams(feet, feet + rise(4.6), 0.35, steel),
        paint(pumps, red).owned(owner(Thing.PUMP, np.arange(3))),
        paint(tubes, Finish((0.5, 0.5, 0.5), glow, surface=Surface.GLASS, step=9)),
    ]
    lights = [shine(lamps, np.repeat([LED], 6, axis=0) * (26.0 if on else 0.0), _DOWN, Beam.LAMP)]
    parts += _sign(plan, foot, on=on)
    more, spill = _shop(plan, place, life)
    parts.append(more)
    car = parked_cars(np.array([[x + 2.2, y - 5.0, np.pi / 2]]), stream(place.seed, "pump"))
    parts.append(lift(car, foot))
    return join(parts).claimed(owner(Thing.STATION)), gather([*lights, spill])


_DOWN = np.array([0.0, 0.0, -1.0])


def _sign(plan: _Plan, foot: float, *, on: bool) -> list[Quads]:
    """A lit sign on a tall mast at the road."""
    x = -plan.side * 10.0
    y = float(plan.station[1]) - 20.0
    mast = np.array([[x, y, foot]])
    steel = Finish((0.3, 0.3, 0.3), level=Level.EVERYWHERE, step=4)
    low, high = (
        np.array([[x - 2.2, y - 0.25, foot + 9.0]]),
        np.array([[x + 2.2, y + 0.25, foot + 12.4]]),
    )
    board = box(low, high)[:, :4].reshape(-1, 4, 3)
    tone = np.array([1.0, 0.32, 0.10]) * (2.6 if on else 0.0)
    face = Finish((0.45, 0.08, 0.04), tone, surface=Surface.GLASS, level=Level.EVERYWHERE, step=9)
    parts = [beams(mast, mast + rise(9.2), 0.35, steel), paint(board, face)]
    return [part.owned(owner(Thing.SIGN)) for part in parts]


def _shop(plan: _Plan, place: Place, life: Life) -> tuple[Quads, Lights]:
    """The flat-roofed shop and a trailer, with their windows."""
    x, y = plan.station
    away = -plan.side
    spots = np.array([(x + away * 15.0, y), (x + away * 34.0, y + 27.0)])
    foot = plan.layout.relief.at(spots)
    houses = Gabled(
        lots_at(spots, np.array([-np.pi / 2 * away, 0.5]), foot),
        width=np.array([15.0, 11.0]),
        depth=np.array([8.0, 3.2]),
        eaves=np.array([3.6, 2.9]),
        pitch=np.array([0.02, 0.05]),
        wall=np.array([(0.50, 0.45, 0.37), (0.45, 0.46, 0.46)]),
        roof=np.array([(0.30, 0.28, 0.25), (0.40, 0.40, 0.40)]),
        overhang=0.2,
    )
    panes, spill = gabled_windows(
        houses, stream(place.seed, "shop"), 1.0 if life.lit_windows else 0
    )
    lamp = np.array([[*(spots[1] + [0.0, -2.2]), float(foot[1]) + 2.6]])
    power = 6.0 if life.lit_windows else 0.0
    porch = shine(lamp, np.array([WARM_3500]) * power, _DOWN, Beam.BULB)
    built = join([gabled_quads(houses), panes])
    return called(houses, built, (Thing.SHOP, Thing.HOUSE)), gather([spill, porch])
