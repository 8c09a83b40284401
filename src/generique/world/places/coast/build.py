"""A sea coast as arrays."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Flags, Floats, Octets, stream
from generique.world.backdrop import Backdrop
from generique.world.beacon import Beacon
from generique.world.birds import Bird, Flock
from generique.world.ground import Cover, Pen, plan_ground
from generique.world.kit.boat import Boat, Course
from generique.world.kit.boulder import fence
from generique.world.kit.cottage import (
    Cottages,
    chimney_mouths,
    cottage_quads,
    custom_of,
    draw_cottages,
)
from generique.world.kit.street_furniture import lamp_lights, lamp_quads, place_lamps
from generique.world.kit.tree import Trees, grow
from generique.world.landform import Noise, charted
from generique.world.layout import Lots
from generique.world.lights import Beam, gather, shine
from generique.world.mesh import join
from generique.world.owners import Thing, owner
from generique.world.places.coast.harbour import harbour_quads
from generique.world.places.coast.lighthouse import LANTERN, focus_of, lighthouse
from generique.world.places.coast.plan import Coast, plan_coast
from generique.world.scene import Life, Place
from generique.world.site import Site

BEAM = 260_000.0
"""Intensity of the lighthouse along its beams."""
POSTS = (0.17, 0.14, 0.11)


def build(place: Place, life: Life) -> Site:
    """Build a coast.

    Args:
        place: What stands where.
        life: Which windows are lit and whether lamps and lighthouse burn.
    """
    seed, coast = place.seed, plan_coast(place)
    layout = coast.layout
    homes = _with(layout.lots, coast.keeper)
    cottages = draw_cottages(homes, custom_of(place.country), seed, "cottages")
    walls, home_lights = cottage_quads(cottages, seed, life.lit_windows)
    lamps = place_lamps(layout, seed)
    quads = join(
        [
            walls,
            lighthouse(coast.light, place.country, burning=life.lamps).owned(
                owner(Thing.LIGHTHOUSE)
            ),
            harbour_quads(coast, stream(seed, "harbour")),
            fence(_path_side(coast), layout.relief, POSTS),
            lamp_quads(lamps, burning=life.lamps),
        ]
    )
    lantern = shine(
        focus_of(coast.light)[None],
        np.array([LANTERN]) * 60.0,
        np.array([0.0, 0.0, -1.0]),
        Beam.BULB,
    )
    drive = _ways(coast, cottages)
    return Site(
        layout=layout,
        quads=quads,
        lamps=lamps,
        lamp_lights=gather([lamp_lights(lamps), lantern]),
        home_lights=home_lights,
        ground=plan_ground(layout, seed, drive, _cover(coast, len(drive), seed)),
        trees=_plant(coast, cottages, seed),
        chimneys=chimney_mouths(cottages),
        smoking=cottages.occupied,
        beacon=Beacon(
            _point(focus_of(coast.light)), (BEAM * 1.0, BEAM * 0.86, BEAM * 0.62), phase=2.2
        ),
        flocks=_gulls(coast),
        courses=_courses(coast),
        open=True,
        backdrop=Backdrop(woods=0.12, leafy=0.9, rock=(0.150, 0.132, 0.115)),
    )


def _gulls(coast: Coast) -> tuple[Flock, ...]:
    """Gulls at the stacks and over the harbour."""
    (x, y, _), quay = coast.light, coast.quay.mean(axis=0)
    s = coast.shore.scale
    return (
        Flock(Bird.GULL, (float(x) - 46 * s, float(y) - 10 * s, 30.0), 46.0),
        Flock(Bird.GULL, (float(quay[0]) - 22, float(quay[1]), 20.0), 34.0),
        Flock(Bird.GULL, (-10.0 * s, 70.0 * s, 42.0), 40.0),
    )


def _courses(coast: Coast) -> tuple[Course, ...]:
    """A fishing boat coming home, others further out, and a ship on the horizon."""
    mouth, s = coast.mole[-1], coast.shore.scale
    home = np.array([float(mouth[0]) - 92 * s, float(mouth[1]) - 46 * s])
    way = np.array([float(mouth[0]) - 6, float(mouth[1]) - 16]) - home
    return (
        Course(Boat.FISHING, (home[0], home[1]), float(np.arctan2(way[1], way[0])), 2.6, 2),
        Course(Boat.SHIP, (-820.0, 2300.0), np.pi * 0.93, 6.0, 0),
        Course(Boat.FISHING, (-190.0 * s, 420.0 * s), 2.2, 3.2, 0),
        Course(Boat.FISHING, (-330.0 * s, 640.0 * s), -0.6, 0.0, 4),
        Course(Boat.FISHING, (-250.0 * s, 240.0 * s), 1.2, 3.6, 3),
    )


def _point(place: Floats) -> tuple[float, float, float]:
    x, y, z = (float(part) for part in place)
    return x, y, z


def _with(first: Lots, second: Lots) -> Lots:
    return Lots(
        *(
            np.concatenate([getattr(lots, name) for lots in (first, second)])
            for name in ("centre", "angle", "reach", "foot")
        )
    )


def _path_side(coast: Coast) -> Floats:
    """The line of the fence between the path and the cliff, on the headland."""
    guide, head = coast.layout.guide, coast.shore.head[1]
    near = np.abs(guide[:, 1] - head) < 120 * coast.shore.scale
    return np.asarray(guide[near] - np.array([3.2, 0.0]))


def _ways(coast: Coast, cottages: Cottages) -> Octets:
    """Track, path, quay and the ground about the houses."""
    pen = Pen(coast.layout.bounds)
    sheet = pen.sheet()
    pen.line(sheet, coast.layout.guide, 1.0, 110)
    pen.line(sheet, coast.track, 2.4, 190)
    pen.disc(sheet, coast.light[:2], 6.5)
    for centre, angle in zip(cottages.lots.centre, cottages.lots.angle, strict=True):
        front = centre + np.array([np.sin(angle), -np.cos(angle)]) * 8.0
        pen.line(sheet, np.stack([centre, front]), 1.3, 170)
    return sheet


def _cover(coast: Coast, size: int, seed: int) -> Octets:
    """Turf and heather above, sand in the bay, shingle and rock at the foot of the cliffs."""
    bounds, shore = coast.layout.bounds, coast.shore
    height = charted(bounds, size, shore.height)
    away = charted(bounds, size, shore.inland)
    steep = charted(bounds, size, shore.steepness, 4.0)
    noise = Noise(seed, "turf")
    patches = charted(bounds, size, lambda points: noise.rough(points, 26.0, 3))
    scrub = charted(bounds, size, lambda points: noise.rough(points + 300.0, 9.0, 3))
    fields = charted(bounds, size, lambda points: noise.at(points + 700.0, 140.0), 4.0)
    cover = np.full((size, size), Cover.MEADOW, np.uint8)
    cover[(patches + 0.5 * fields > 0.0) & (away > 30)] = Cover.LAWN
    cover[(scrub < -0.22) & (patches < 0.1) & (away > 12)] = Cover.FOREST_FLOOR
    low = height < 3.0 + 1.2 * patches
    cover[low & (steep < 0.55)] = Cover.SAND
    cover[low & (steep >= 0.55)] = Cover.GRAVEL
    cover[(height < -0.6 + patches) & (steep >= 0.4)] = Cover.ROCK
    return cover


def _plant(coast: Coast, cottages: Cottages, seed: int) -> Trees:
    """A few trees that the wind has kept low, behind the houses and inland."""
    chance, bounds, relief = stream(seed, "trees"), coast.layout.bounds, coast.layout.relief
    count = int(1400 * (bounds.extent / 640) ** 2) + 4
    spot = np.array([bounds.x0, bounds.y0]) + chance.random((count, 2)) * bounds.extent
    away = coast.shore.inland(spot)
    noise = Noise(seed, "thickets").rough(spot, 70.0, 2)
    shelter = np.clip((away - 70) / 160, 0, 1) * (noise > 0.12)
    keep = chance.random(count) < shelter
    keep &= _clear(spot, coast, cottages)
    spot = spot[keep & (relief.at(spot) > 3)]
    trees = grow(spot, relief.at(spot), stream(seed, "tree shapes"))
    lean = np.clip(0.35 + coast.shore.inland(spot) / 500, 0.35, 0.8)
    return Trees(
        trees.position,
        trees.foot,
        trees.kind,
        trees.variant,
        trees.height * lean,
        trees.turn,
        trees.tint,
        trees.hue,
    )


def _clear(spot: Floats, coast: Coast, cottages: Cottages) -> Flags:
    """True where no way and no house is near."""
    ways = np.vstack([coast.layout.street_points(), coast.track, coast.layout.guide])
    free = np.asarray(cKDTree(ways).query(spot)[0]) > 6.0
    return free & (np.asarray(cKDTree(cottages.lots.centre).query(spot)[0]) > 8.0)
