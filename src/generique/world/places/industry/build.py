"""A port with its works as arrays."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, Octets, stream
from generique.world.backdrop import Backdrop
from generique.world.ground import Cover, GroundPlan, Pen, plan_ground
from generique.world.kit.car import parked_cars
from generique.world.kit.car_bodies import KIND_LORRY, KIND_VAN
from generique.world.kit.sheds import shed_quads, sheds_at
from generique.world.kit.tree import grow
from generique.world.layout import Layout
from generique.world.mesh import Quads
from generique.world.places.industry import boxes, quay, sidings, works
from generique.world.places.industry.parts import SODIUM_BULB, Kit, high_mast
from generique.world.places.industry.plan import APRON, LANE, Zones, lay_out, zones_of
from generique.world.places.industry.ship import ship
from generique.world.scene import Life, Place
from generique.world.site import Site

TRACKS = 6
BERTH = 3.2
"""Metres of water between the quay and a ship's side."""


def build(place: Place, life: Life) -> Site:
    """Build a port.

    Args:
        place: What stands where.
        life: Which windows are lit, and whether the lamps burn.
    """
    seed = place.seed
    layout = lay_out(place)
    zones = zones_of(layout.bounds)
    kit = Kit()
    _waterside(kit, layout, zones, seed, life)
    boxes.yard(kit, zones, stream(seed, "containers"))
    tracks = _tracks_x(zones)
    sidings.rails(kit, tracks, layout.bounds.y0, zones.middle)
    sidings.wagons(kit, tracks, layout.bounds.y0 + 4, zones.middle - 4, stream(seed, "wagons"))
    sidings.masts(kit, float(tracks[-1]) - 6.0, layout.bounds.y0, zones.middle)
    _halls(kit, zones, seed, life)
    mouths = _works(kit, zones, seed)
    fence = np.array([(zones.quay - 6, zones.middle + 16.0), (zones.west, zones.middle + 16.0)])
    sidings.security(kit, fence)
    kit.add(_vehicles(zones, seed))
    steam = np.array([1.0 + mouth[2] / 11.0 for mouth in mouths])
    return Site(
        layout=layout,
        quads=kit.everything(),
        lamps=kit.lamps(),
        lamp_lights=kit.lamp_light(),
        home_lights=kit.home_light(),
        ground=_ground(layout, zones, tracks, seed),
        trees=grow(np.zeros((0, 2)), np.zeros(0), stream(seed, "trees")),
        chimneys=mouths,
        smoking=np.ones(len(mouths), bool),
        plume=steam,
        backdrop=Backdrop(low=Cover.PAVED, woods=0.0),
    )


def _tracks_x(zones: Zones) -> Floats:
    """X of the tracks, west of the road behind the containers."""
    return zones.stacks - 26.0 - np.arange(TRACKS) * sidings.TRACK


def _waterside(kit: Kit, layout: Layout, zones: Zones, seed: int, life: Life) -> None:
    chance, bounds = stream(seed, "quay"), layout.bounds
    end = bounds.y0 + bounds.extent
    quay.edge(kit, zones, end)
    length = min(250.0, 0.42 * bounds.extent)
    stern = bounds.y0 + 0.20 * bounds.extent + float(chance.uniform(0, 0.03)) * bounds.extent
    ship(kit, (zones.edge + BERTH, stern, length), chance, life.lit_windows)
    spots = np.linspace(stern + 0.24 * length, stern + 0.86 * length, max(2, round(length / 66)))
    idle = np.arange(stern + 1.16 * length, end - 20, 105.0)
    quay.cranes(kit, zones, np.r_[spots, idle[:3]], chance)
    if end - (stern + 1.25 * length) > 0.27 * bounds.extent:
        other = min(170.0, 0.24 * bounds.extent)
        ship(kit, (zones.edge + BERTH, stern + 1.22 * length, other), chance, life.lit_windows)
    masts = np.arange(bounds.y0 + 36, end, 130.0)
    feet = np.c_[np.full(len(masts), zones.quay - APRON + 0.5), masts, np.zeros(len(masts))]
    high_mast(kit, feet, SODIUM_BULB, 28.0)


def _halls(kit: Kit, zones: Zones, seed: int, life: Life) -> None:
    """Halls west of the tracks, in two columns, saw-tooth roofs among them."""
    chance = stream(seed, "halls")
    east = zones.stacks - 26.0 - TRACKS * sidings.TRACK - 14.0
    centre, size = [], []
    x = east
    while x - 46.0 > zones.west:
        y = zones.south
        while y < zones.middle - 50:
            along = float(chance.uniform(46, 96))
            if y + along > zones.middle - 6:
                break
            deep = float(chance.uniform(28, 38))
            if chance.random() < 0.88:
                centre.append((x - 24.0, y + along / 2))
                size.append((along - 6.0, deep, float(chance.uniform(8, 13))))
            y += along + float(chance.uniform(8, 20))
        x -= 66.0
    if not centre:
        return
    saw = chance.random(len(centre)) < 0.42
    sheds = sheds_at(np.array(centre), np.full(len(centre), np.pi / 2), np.array(size), saw)
    quads, lights = shed_quads(sheds, chance, life.lit_windows)
    kit.add(quads)
    kit.homes.append(lights)


def _works(kit: Kit, zones: Zones, seed: int) -> Floats:
    """The refinery, its tanks, the flare and chimneys; gives the chimneys' mouths, n x 3."""
    chance = stream(seed, "works")
    low = np.array([zones.west, zones.middle + 22.0])
    high = np.array([zones.quay - 16.0, zones.north])
    wide, deep = high - low
    core_low = low + np.array([0.46 * wide, 0.06 * deep])
    core_high = low + np.array([0.80 * wide, min(0.62 * deep, 150.0)])
    works.refinery(kit, core_low, core_high, chance)
    works.tanks(
        kit, np.array([core_high[0] + 8, low[1] + 6]), np.array([high[0], high[1] - 4]), chance
    )
    works.tanks(
        kit, low + np.array([4.0, 6.0]), np.array([core_low[0] - 14, low[1] + 0.60 * deep]), chance
    )
    works.flare(
        kit,
        np.array(
            [core_low[0] + 0.5 * (core_high - core_low)[0], min(core_high[1] + 34, high[1] - 8)]
        ),
    )
    spots = [
        (core_low[0] - 8.0, core_high[1] + 12.0, 96.0, 4.2),
        (core_low[0] + 14.0, core_high[1] + 16.0, 74.0, 3.2),
        (core_high[0] - 10.0, core_high[1] + 9.0, 58.0, 2.4),
        (low[0] + 0.2 * wide, high[1] - 16.0, 84.0, 3.6),
        (core_low[0] + 0.3 * (core_high - core_low)[0], core_low[1] + 10.0, 44.0, 1.6),
    ]
    return np.array(
        [works.chimney(kit, np.array([x, min(y, high[1] - 6)]), tall, r) for x, y, tall, r in spots]
    )


def _vehicles(zones: Zones, seed: int) -> Quads:
    """Lorries that wait along the apron and between the blocks."""
    chance = stream(seed, "lorries")
    y = np.arange(zones.south + 20, zones.middle - 30, 21.0)
    y = y[chance.random(len(y)) < 0.4]
    apron = np.c_[
        np.full(len(y), zones.edge - 14.0 - 4.0 * (np.arange(len(y)) % 3)),
        y,
        np.full(len(y), np.pi / 2),
    ]
    lanes = np.arange(zones.quay - APRON - LANE, zones.stacks + LANE / 2, -LANE)
    rows = [
        np.c_[
            np.full(3, lane),
            chance.uniform(zones.south, zones.middle - 20, 3),
            np.full(3, -np.pi / 2),
        ]
        for lane in lanes
    ]
    return parked_cars(np.concatenate([apron, *rows]), chance, (KIND_LORRY, KIND_LORRY, KIND_VAN))


def _ground(layout: Layout, zones: Zones, tracks: Floats, seed: int) -> GroundPlan:
    """Asphalt and concrete, ballast under the tracks, gravel about the tanks."""
    bounds = layout.bounds
    pen = Pen(bounds)
    cover = np.full_like(pen.sheet(), int(Cover.PAVED))
    ballast = pen.sheet()
    for track in tracks:
        pen.line(ballast, np.array([(track, bounds.y0 - 5), (track, zones.middle)]), 3.6)
    pen.area(ballast, _rim(zones.west, zones.middle + 20, zones.quay - 14, zones.north))
    cover[ballast > 127] = int(Cover.GRAVEL)
    drive, marks = pen.sheet(), pen.sheet()
    pen.area(
        drive,
        _rim(zones.quay - APRON - 2, bounds.y0 - 4, zones.quay + 2, bounds.y0 + bounds.extent + 4),
        150,
    )
    pen.area(
        drive, _rim(zones.stacks - 2, bounds.y0 - 4, zones.quay - APRON - 2, zones.middle), 225
    )
    first = zones.quay - APRON - LANE / 2
    y0, y1 = bounds.y0, zones.middle - 14
    for lane in np.arange(first, zones.stacks + 4, -LANE):
        for side in (-1.0, 1.0):
            x = lane + side * 8.6
            pen.line(marks, np.array([(x, y0), (x, y1)]), 0.25, 130)
    for x in (zones.edge - 12.0, zones.edge - 16.0, zones.edge - 20.0, zones.edge - 24.0):
        for y in np.arange(y0, bounds.y0 + bounds.extent, 9.0):
            pen.line(marks, np.array([(x, y), (x, y + 4.5)]), 0.25, 150)
    plan = plan_ground(layout, seed, drive, cover)
    walk: Octets = np.zeros_like(plan.walk)
    return GroundPlan(bounds, plan.road, plan.tracks, walk, plan.drive, cover, marks)


def _rim(x0: float, y0: float, x1: float, y1: float) -> Floats:
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
