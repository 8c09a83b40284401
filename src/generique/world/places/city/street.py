"""What stands in a city's streets: lamps, signals, trees and parked cars."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Floats, stream
from generique.world.country import LampManner
from generique.world.kit.outline import edges, inset, outward_of
from generique.world.kit.solids import box
from generique.world.kit.street_furniture import Lamps, lamp_lights, place_lamps
from generique.world.kit.tree import VARIANTS, Kind, Trees
from generique.world.layout import Layout, Street
from generique.world.lights import Lights
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import Thing, owner
from generique.world.places.city.ground import Junctions, park_paths
from generique.world.places.city.plan import PAVEMENT, CityPlan, inside_any
from generique.world.scene import Country, Place

LAMPS = {
    Country.UNITED_STATES: LampManner(8.6, (33.0, 39.0), 0.55, 0.8, 1.0, 0.95),
    Country.CANADA: LampManner(8.6, (33.0, 39.0), 0.4, 0.8, 1.0, 0.95),
    Country.JAPAN: LampManner(7.2, (29.0, 34.0), 0.06, 0.6, 0.8, 0.8),
}
"""How the streets are lit."""
PARK_LAMPS = 26.0
DARK = (0.035, 0.036, 0.035)
YELLOW = (0.34, 0.22, 0.03)


def street_lamps(plan: CityPlan, seed: int, country: Country) -> Lamps:
    """Lamps along the streets, and lower ones along the paths of parks."""
    streets = place_lamps(plan.layout, seed, LAMPS[country])
    chance = stream(seed, "park lamps")
    foot = [np.zeros((0, 2))]
    for park in plan.parks:
        for path in park_paths(park):
            step = np.linalg.norm(np.diff(path, axis=0), axis=1)
            along = np.r_[0.0, np.cumsum(step)]
            at = np.arange(8.0, along[-1] - 4, PARK_LAMPS)
            foot.append(np.stack([np.interp(at, along, path[:, k]) for k in (0, 1)], axis=-1))
    spot = np.concatenate(foot) + 1.6
    spot = spot[plan.layout.bounds.inside(spot, 3)]
    alive = np.ones(len(spot), bool)
    if len(spot) > 1:
        for first, second in sorted(cKDTree(spot).query_pairs(14)):
            alive[second] &= not alive[first]
    spot = spot[alive]
    colour = np.array([0.80, 0.56, 0.26]) * np.exp(chance.normal(-0.6, 0.1, (len(spot), 1)))
    return Lamps(
        np.concatenate([streets.foot, np.c_[spot, np.zeros(len(spot))]]),
        np.concatenate([streets.head, np.c_[spot + 0.05, np.full(len(spot), 4.6)]]),
        np.concatenate([streets.colour, colour]),
    )


def lamp_flood(lamps: Lamps) -> Lights:
    """The light of the lamps: of two lanterns where one is drawn, for avenues are lit brightly."""
    plain = lamp_lights(lamps)
    return replace(plain, intensity=plain.intensity * np.float32(LANTERNS))


LANTERNS = 2.2
CLEAR = 5.2
"""From a lantern to the nearest tree, metres."""


def plant(plan: CityPlan, lamps: Lamps, seed: int, country: Country) -> Trees:
    """Trees along streets and in parks; none under a wall or a lamp."""
    chance = stream(seed, "trees")
    bare = 0.72 if country is Country.JAPAN else 0.3
    spots, heights = [np.zeros((0, 2))], [np.zeros(0)]
    for block in plan.blocks:
        start, way, length = edges(block)
        out = outward_of(way)
        for k in np.flatnonzero(length > 24):
            if chance.random() < bare:
                continue
            at = np.arange(9.0, length[k] - 8, chance.uniform(8, 13))
            at = at[chance.random(len(at)) < 0.78] + chance.uniform(-0.5, 0.5)
            spots.append(start[k] + way[k] * at[:, None] + out[k] * (PAVEMENT - 1.1))
            heights.append(chance.uniform(5.5, 9.0, len(at)))
    for park in plan.parks:
        low, high = park.min(axis=0), park.max(axis=0)
        count = int(np.prod(high - low) / 55)
        spot = low + chance.random((count, 2)) * (high - low)
        spot = spot[inside_any((inset(park, 2.5),), spot)]
        spots.append(spot[_off_paths(spot, park)])
        heights.append(chance.uniform(8.0, 15.0, len(spots[-1])))
    spot, height = np.concatenate(spots), np.concatenate(heights)
    keep = plan.layout.bounds.inside(spot, 2.5)
    if len(lamps):
        keep &= np.asarray(cKDTree(lamps.head[:, :2]).query(spot)[0] > CLEAR)
    keep &= np.asarray(cKDTree(plan.layout.street_points()).query(spot)[0] > 6.0)
    spot, height = spot[keep], height[keep]
    alive = np.ones(len(spot), bool)
    for first, second in sorted(cKDTree(spot).query_pairs(4.5)) if len(spot) > 1 else ():
        alive[second] &= not alive[first]
    spot, height = spot[alive], height[alive]
    count = len(spot)
    return Trees(
        position=spot,
        foot=np.zeros(count),
        kind=np.full(count, Kind.DECIDUOUS, np.int32),
        variant=chance.integers(0, VARIANTS, count),
        height=height,
        turn=chance.uniform(0, 2 * np.pi, count),
        tint=chance.uniform(0.75, 1.15, count),
        hue=chance.random(count),
    )


def _off_paths(spot: Floats, park: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """True for points that are not on a path."""
    free = np.ones(len(spot), bool)
    for path in park_paths(park):
        for a, b in itertools.pairwise(path):
            step = b - a
            share = np.clip((spot - a) @ step / max(float(step @ step), 1e-6), 0, 1)
            free &= np.linalg.norm(a + share[:, None] * step - spot, axis=1) > 2.6
    return free


def parked_poses(plan: CityPlan, chance: np.random.Generator, *, keep_left: bool) -> Floats:
    """Cars at the kerbs, away from crossings: n x 3; x, y and heading in radians."""
    junctions = Junctions(plan.layout.streets)
    poses = [np.zeros((0, 3))]
    for index, street in enumerate(plan.layout.streets):
        crossings = junctions.along(index)
        poses += [
            _row(street, crossings, side, chance, keep_left=keep_left) for side in (-1.0, 1.0)
        ]
    found = np.concatenate(poses)
    return found[plan.layout.bounds.inside(found[:, :2], 4)]


def _row(
    street: Street,
    crossings: Floats,
    side: float,
    chance: np.random.Generator,
    *,
    keep_left: bool,
) -> Floats:
    length = float(street.along()[-1])
    at = np.arange(10.0, length - 10, 6.4) + chance.uniform(-0.35, 0.35)
    share = chance.uniform(0.05, 0.42)
    stretch = (at // 48).astype(int)
    share_of = np.clip(chance.normal(share, 0.25, stretch.max(initial=0) + 1), 0.05, 0.95)
    at = at[chance.random(len(at)) < share_of[stretch]]
    if len(crossings):
        gap = np.abs(at[:, None] - crossings[None, :, 0]) - crossings[None, :, 1]
        at = at[gap.min(axis=1) > 9.5]
    if len(at) == 0:
        return np.zeros((0, 3))
    point, heading = street.at(at)
    point = point + np.c_[heading[:, 1], -heading[:, 0]] * side * (street.half_width - 1.15)
    turn = np.arctan2(heading[:, 1], heading[:, 0]) + chance.normal(0, 0.012, len(at))
    against = (side < 0) != keep_left
    return np.asarray(np.c_[point, turn + (np.pi if against else 0.0)])


def signal_quads(layout: Layout, place: Place, *, burning: bool) -> Quads:
    """Traffic signals on masts at the crossings of avenues."""
    junctions = Junctions(layout.streets)
    parts = []
    case = YELLOW if place.country is Country.UNITED_STATES else DARK
    spots, ways, rights, greens = [], [], [], []
    for index, street in enumerate(layout.streets):
        way = junctions.way[index]
        right = np.array([way[1], -way[0]])
        for here, half in junctions.along(index):
            at = junctions.start[index] + way * here
            if not layout.bounds.inside(at[None], 14)[0]:
                continue
            go = _goes(at, street, place.seed)
            for side in (-1.0, 1.0):
                spots.append(
                    at + way * side * (half + 0.8) + right * side * (street.half_width + 0.7)
                )
                ways.append(way * side)
                rights.append(right * side)
                greens.append((go, min(street.half_width - 1.5, 5.5)))
    if not spots:
        return join([paint(np.zeros((0, 4, 3)), Finish(DARK))])
    spot, way, right = np.array(spots), np.array(ways), np.array(rights)
    go, arm = np.array(greens).T
    pole = box(np.c_[spot - 0.09, spot[:, 0] * 0], np.c_[spot + 0.09, spot[:, 0] * 0 + 6.2])
    metal = Finish((0.14, 0.145, 0.145), surface=Surface.DETAIL, level=Level.ALWAYS, step=9.0)
    parts.append(paint(pole.reshape(-1, 4, 3), metal))
    end = spot - right * arm[:, None]
    thin = np.array([0.0, 0.0, 0.14])
    bar = np.stack([np.c_[spot, 0 * arm + 5.9], np.c_[end, 0 * arm + 6.1]], axis=1)
    beam = np.stack([bar[:, 0], bar[:, 1], bar[:, 1] + thin, bar[:, 0] + thin], axis=1)
    metal = Finish((0.14, 0.145, 0.145), surface=Surface.DETAIL, level=Level.NEAR, step=9.0)
    parts += [paint(beam, metal), paint(beam[:, ::-1], metal)]
    parts += _heads(spot - right * (arm * 0.9)[:, None], way, go > 0.5, case, burning=burning)
    return join([part.owned(owner(Thing.SIGNAL, np.arange(len(spot)))) for part in parts])


def _goes(at: Floats, street: Street, seed: int) -> float:
    """1 where a street has green: its crossing has red then."""
    turn = int(abs(at[0]) / 37 + abs(at[1]) / 41 + seed) % 2
    north = abs(street.line[-1, 1] - street.line[0, 1]) > abs(
        street.line[-1, 0] - street.line[0, 0]
    )
    return float((turn == 0) == north)


def _heads(
    spot: Floats, way: Floats, go: Floats, case: tuple[float, float, float], *, burning: bool
) -> list[Quads]:
    """Signal heads that look against the traffic."""
    side = np.c_[way[:, 1], -way[:, 0]]
    facing = -way
    middle = np.c_[spot, np.full(len(spot), 5.55)]

    def plate(across: float, low: float, high: float, out: float) -> Floats:
        level = np.c_[side * across, np.zeros(len(spot))]
        ahead = np.c_[facing * out, np.zeros(len(spot))]
        up = np.array([0.0, 0.0, 1.0])
        # Seen from before, the right-hand side of the picture is the head's own left.
        return np.stack(
            [
                middle + ahead + level * s + up * z
                for s, z in ((-1, low), (1, low), (1, high), (-1, high))
            ],
            axis=1,
        )

    body = Finish(case, surface=Surface.DETAIL, level=Level.NEAR, step=9.0)
    parts = [
        paint(plate(0.2, -0.55, 0.55, 0.0), body),
        paint(plate(0.2, -0.55, 0.55, -0.2)[:, ::-1], body),
    ]
    colours = np.where(go[:, None], np.array([1.0, 26.0, 12.0]), np.array([40.0, 2.2, 1.0]))
    centre = np.where(go, -0.35, 0.35)[:, None, None] * np.array([0.0, 0.0, 1.0])
    glow = colours if burning else colours * 0.6
    lens = plate(0.13, -0.13, 0.13, 0.04) + centre
    parts.append(paint(lens, Finish(DARK, glow, surface=Surface.GLASS, step=9.0)))
    return parts
