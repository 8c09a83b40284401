"""A lake as arrays."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Octets, stream
from generique.world.backdrop import Backdrop
from generique.world.birds import Bird, Flock
from generique.world.ground import Cover, Pen, plan_ground
from generique.world.kit.boat import Boat, Course, moored_boats
from generique.world.kit.boulder import boulders
from generique.world.kit.cottage import Custom, chimney_mouths, cottage_quads, draw_cottages
from generique.world.kit.solids import beams, walls
from generique.world.kit.street_furniture import NO_LAMPS, lamp_lights
from generique.world.landform import Noise, charted
from generique.world.mesh import Finish, Quads, Surface, join, paint
from generique.world.owners import Thing, owner
from generique.world.places.lake.plan import Lake, plan_lake
from generique.world.places.lake.wood import plant_shore
from generique.world.scene import Life, Place
from generique.world.site import Site

LOGS = Custom(
    ((0.13, 0.085, 0.055), (0.105, 0.07, 0.048), (0.16, 0.11, 0.07)),
    ((0.055, 0.055, 0.06), (0.05, 0.065, 0.055)),
    (0.19, 0.18, 0.17),
    (0.70, 0.85),
)
"""Log cabins, in whatever country."""
PLANKS = (0.20, 0.165, 0.13)
JETTY = 0.75
"""Height of the jetties above the water, metres."""


def build(place: Place, life: Life) -> Site:
    """Build a lake.

    Args:
        place: What stands where.
        life: Which windows are lit.
    """
    seed, lake = place.seed, plan_lake(place)
    cabins = draw_cottages(lake.cabins, LOGS, seed, "cabins", low=True)
    walls_, lights = cottage_quads(cabins, seed, life.lit_windows, Thing.CABIN)
    chance = stream(seed, "shore")
    drive = _ways(lake)
    return Site(
        layout=lake.layout,
        quads=join([walls_, _jetties(lake), _boats(lake, chance), _stones(lake, chance)]),
        lamps=NO_LAMPS,
        lamp_lights=lamp_lights(NO_LAMPS),
        home_lights=lights,
        ground=plan_ground(lake.layout, seed, drive, _cover(lake, len(drive), seed)),
        trees=plant_shore(lake, seed),
        chimneys=chimney_mouths(cabins),
        smoking=np.ones(len(cabins), bool),
        flocks=(Flock(Bird.GULL, (lake.basin.middle[0], 130.0 * lake.basin.scale, 9.0), 55.0),),
        courses=_courses(lake),
        open=True,
        backdrop=Backdrop(low=Cover.MEADOW, change=420.0, woods=0.92, leafy=0.22, snow_line=520.0),
    )


def _jetties(lake: Lake) -> Quads:
    """Planks on posts."""
    parts = []
    for number, (bank, end) in enumerate(lake.jetties):
        whose = owner(Thing.JETTY, number)
        line = bank + (end - bank) * np.linspace(0, 1, 7)[:, None]
        deck = walls(line, 1.7, JETTY - 0.12, JETTY)
        parts.append(paint(deck, Finish(PLANKS, snow=0.9, step=3)).owned(whose))
        side = np.array([-(end - bank)[1], (end - bank)[0]]) / np.linalg.norm(end - bank) * 0.8
        posts = np.concatenate([line[1:] + side, line[1:] - side])
        low = np.c_[posts, np.full(len(posts), -2.5)]
        high = np.c_[posts, np.full(len(posts), JETTY + 0.25)]
        wood = Finish((0.12, 0.10, 0.08), surface=Surface.DETAIL, step=4)
        parts.append(paint(beams(low, high, 0.2), wood).owned(whose))
    return join(parts)


def _boats(lake: Lake, chance: np.random.Generator) -> Quads:
    """A rowing boat at every jetty."""
    way = lake.jetties[:, 1] - lake.jetties[:, 0]
    way = way / np.linalg.norm(way, axis=1, keepdims=True)
    side = np.c_[-way[:, 1], way[:, 0]]
    spot = lake.jetties[:, 1] - way * 3.0 + side * 1.9
    turn = np.arctan2(way[:, 1], way[:, 0]) + chance.normal(0, 0.12, len(way))
    return moored_boats(np.c_[spot, np.zeros(len(spot)), turn], [Boat.ROWING] * len(spot), chance)


def _courses(lake: Lake) -> tuple[Course, ...]:
    """A rowing boat out on the water."""
    s, (x, _) = lake.basin.scale, lake.basin.middle
    return (Course(Boat.ROWING, (x + 6 * s, 128 * s), 1.9, 0.9, 2),)


def _stones(lake: Lake, chance: np.random.Generator) -> Quads:
    """Stones along the water."""
    bounds, basin = lake.layout.bounds, lake.basin
    spot = np.array([bounds.x0, bounds.y0]) + chance.random((9000, 2)) * bounds.extent
    away = basin.inland(spot)
    few = Noise(0, "stones").rough(spot, 45.0, 2) > 0.02
    spot = spot[(np.abs(away + 0.5) < 2.2) & few & bounds.inside(spot, 2)]
    size = np.clip(np.exp(chance.normal(-0.2, 0.5, len(spot))), 0.35, 2.4)
    foot = np.c_[spot, np.maximum(basin.height(spot), -0.35) + 0.1 * size]
    return boulders(foot, size, (0.15, 0.145, 0.14), chance)


def _ways(lake: Lake) -> Octets:
    """The track, and paths from it to the cabins and on to the jetties."""
    pen = Pen(lake.layout.bounds)
    sheet = pen.sheet()
    pen.line(sheet, lake.track, 2.6, 150)
    for centre, (bank, _) in zip(lake.cabins.centre, lake.jetties, strict=True):
        pen.line(sheet, np.stack([centre, bank]), 1.2, 140)
    return sheet


def _cover(lake: Lake, size: int, seed: int) -> Octets:
    """Forest floor, a strip of grass and gravel at the water, clearings at the cabins."""
    bounds, basin = lake.layout.bounds, lake.basin
    away = charted(bounds, size, basin.inland)
    noise = Noise(seed, "banks")
    patches = charted(bounds, size, lambda points: noise.rough(points, 18.0, 3))
    cover = np.full((size, size), Cover.FOREST_FLOOR, np.uint8)
    cover[away < 5 + 8 * patches] = Cover.MEADOW
    cover[away < 0.6 + 1.4 * patches] = Cover.GRAVEL
    cover[away < -5] = Cover.SAND
    cabins = cKDTree(lake.cabins.centre)
    near = charted(bounds, size, lambda points: np.asarray(cabins.query(points)[0]), 4.0)
    cover[(near < 16 + 6 * patches) & (away > 1.5)] = Cover.LAWN
    return cover
