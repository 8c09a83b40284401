"""Buildings of the country: farmsteads with barn, silos and bins, villages with a church."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.solids import box
from generique.world.kit.street_furniture import Lamps, place_lamps
from generique.world.layout import Layout
from generique.world.lights import LED, WARM_2700, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import Thing, owner
from generique.world.places.wild.buildings import (
    Gabled,
    beams,
    called,
    chimneys,
    gabled_quads,
    gabled_windows,
    lots_at,
    rise,
)
from generique.world.relief import Relief

STEEL = (0.42, 0.43, 0.44)
TIMBER = (0.15, 0.12, 0.095)


@dataclass(frozen=True)
class Built:
    """What a group of buildings adds to a site.

    Attributes:
        quads: Their surfaces.
        lights: Of windows and yards.
        mouths: n x 3 metres, where smoke rises.
        spots: n x 2 metres that nothing may grow on.
        reach: n metres about each of them.
    """

    quads: Quads
    lights: Lights
    mouths: Floats
    spots: Floats
    reach: Floats


def drums(foot: Floats, radius: Floats, tall: Floats, cap: Floats, finish: Finish) -> Quads:
    """Upright cylinders with a cone on top.

    Args:
        foot: n x 3 metres.
        radius: n metres.
        tall: n metres, of the wall.
        cap: n metres, of the cone.
        finish: Of all of it.
    """
    turn = np.linspace(0, 2 * np.pi, 19)
    ring = np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=-1)
    low = foot[:, None] + ring * radius[:, None, None]
    up = np.array([0.0, 0.0, 1.0])
    high = low + up * tall[:, None, None]
    top = np.repeat((foot + up * (tall + cap)[:, None])[:, None], 18, axis=1)
    walls = np.stack([low[:, :-1], low[:, 1:], high[:, 1:], high[:, :-1]], axis=2)
    cones = np.stack([high[:, :-1], high[:, 1:], top, top], axis=2)
    whose = owner(Thing.SILO, np.arange(len(foot)))
    plain = Finish(finish.albedo, level=Level.EVERYWHERE, step=4, owner=whose)
    white = Finish(finish.albedo, snow=0.85, level=Level.EVERYWHERE, step=4, owner=whose)
    return join([paint(walls.reshape(-1, 4, 3), plain), paint(cones.reshape(-1, 4, 3), white)])


def farmstead(
    spot: Floats, side: float, relief: Relief, chance: np.random.Generator, lit: float
) -> Built:
    """A North American farm: house, red barn, silos, bins and a machine shed round a yard.

    Args:
        spot: 2 metres, the middle of the yard.
        side: 1 when the road lies to the west, -1 when to the east.
        relief: Of the ground.
        chance: For what differs between farms.
        lit: Share of lit windows.
    """
    offsets = np.array([(-22.0, -16.0), (16.0, 8.0), (20.0, -24.0)]) * [side, 1.0]
    places = spot + offsets
    foot = relief.at(places)
    red = chance.random() < 0.7
    barn = (0.23, 0.045, 0.035) if red else (0.30, 0.29, 0.27)
    houses = Gabled(
        lots_at(places, np.array([-np.pi / 2 * side, np.pi / 2, 0.0]), foot),
        width=np.array([11.0, 24.0, 20.0]),
        depth=np.array([8.0, 13.0, 11.0]),
        eaves=np.array([5.6, 5.4, 4.4]),
        pitch=np.array([0.75, 0.95, 0.28]),
        wall=np.array([(0.55, 0.54, 0.51), barn, STEEL]),
        roof=np.array([(0.08, 0.075, 0.072), (0.20, 0.20, 0.20), (0.34, 0.35, 0.36)]),
    )
    home = houses.some(slice(0, 1))
    panes, lights = gabled_windows(home, chance, min(1.0, 1.4 * lit))
    stack, mouths = chimneys(home, np.array([0]))
    round_spots = spot + np.array(
        [(8.0, 22.0), (14.0, 24.0), (-4.0, 26.0), (-13.0, 27.0), (-22.0, 27.0)]
    ) * [side, 1.0]
    base = relief.lift(round_spots)
    concrete = np.array([0.36, 0.35, 0.33])
    skin = np.repeat(np.stack([concrete, concrete, *[np.array(STEEL)] * 3]), 18, axis=0)
    radius, tall = np.array([2.3, 2.5, 3.7, 3.7, 3.7]), np.array([16.0, 19.0, 6.2, 6.2, 7.4])
    cap = np.array([1.4, 1.5, 2.3, 2.3, 2.3])
    tubs = drums(base, radius, tall, cap, Finish(skin))
    lamp = np.array([[*(spot - 4.0 * np.array([side, 1.0])), float(relief.at(spot[None])[0])]])
    head = lamp + rise(7.5)
    pole = beams(lamp, head, 0.2, Finish(TIMBER, surface=Surface.DETAIL, step=4))
    bulb = _bulb(head, np.array(LED) * (320.0 if lit > 0 else 0.0))
    yard = shine(
        head, np.array([LED]) * (120.0 if lit > 0 else 0.0), np.array([0, 0, -1.0]), Beam.LAMP
    )
    lamp_post = [part.owned(owner(Thing.LAMP)) for part in (pole, bulb)]
    parts = [gabled_quads(houses), _barn_doors(houses), panes, stack, tubs, *lamp_post]
    return Built(
        called(houses, join(parts), (Thing.HOUSE, Thing.BARN, Thing.SHED)),
        gather([lights, yard]),
        mouths,
        np.concatenate([places, round_spots, spot[None]]),
        np.array([9.0, 16.0, 14.0, 5.0, 5.0, 7.0, 7.0, 7.0, 14.0]),
    )


def _bulb(head: Floats, glow: Floats) -> Quads:
    half = np.array([0.18, 0.18, 0.12])
    corners = box(head - half, head + half).reshape(-1, 4, 3)
    return paint(corners, Finish((0.3, 0.3, 0.3), glow, surface=Surface.GLASS, step=9))


def _barn_doors(houses: Gabled) -> Quads:
    """Large doors with white trim in the gable of barn and shed."""
    parts = []
    for house, wide, tall in ((1, 2.2, 4.2), (2, 3.0, 3.6)):
        x = -houses.width[house] / 2 - 0.05
        for grow, out, albedo in ((0.25, 0.0, (0.5, 0.5, 0.48)), (0.0, 0.03, None)):
            y = wide + grow
            corners = [(x - out, y, 0.0), (x - out, -y, 0.0), (x - out, -y, tall + grow)]
            corners.append((x - out, y, tall + grow))
            colour = houses.wall[house] * 0.72 if albedo is None else np.array(albedo)
            finish = Finish(colour[None], surface=Surface.DETAIL, level=Level.ALWAYS, step=3)
            world = houses.lots.to_world(np.array([house]), np.array([corners]))
            parts.append(paint(world, finish))
    return join(parts)


_STONE = np.array([(0.36, 0.32, 0.26), (0.42, 0.38, 0.31), (0.30, 0.27, 0.23), (0.46, 0.43, 0.38)])
_BRICK = np.array([(0.22, 0.10, 0.07), (0.26, 0.14, 0.10), (0.34, 0.30, 0.25), (0.40, 0.38, 0.34)])
_WOOD = np.array([(0.30, 0.055, 0.04), (0.50, 0.48, 0.44), (0.36, 0.24, 0.09), (0.16, 0.10, 0.065)])
_TILES = np.array([(0.20, 0.085, 0.05), (0.16, 0.075, 0.05), (0.085, 0.085, 0.095)])
_SLATE = np.array([(0.075, 0.078, 0.088), (0.095, 0.095, 0.10), (0.13, 0.08, 0.06)])


@dataclass(frozen=True)
class Manner:
    """How a village is built.

    Attributes:
        walls: Palette, n x 3.
        roofs: Palette, n x 3.
        pitch: Least and most.
        spire: Height of the church's spire over its tower; little for a flat one.
        church: Linear albedo of its walls.
        overhang: Of the roofs.
    """

    walls: Floats
    roofs: Floats
    pitch: tuple[float, float]
    spire: float
    church: tuple[float, float, float]
    overhang: float = 0.3


FRENCH = Manner(_STONE, _TILES, (0.7, 0.95), 12.0, (0.40, 0.36, 0.30))
BRITISH = Manner(_BRICK, _SLATE, (0.75, 1.0), 1.2, (0.33, 0.31, 0.27))
ALPINE = Manner(_WOOD[[3, 3, 2, 1]], _SLATE, (0.42, 0.55), 15.0, (0.60, 0.58, 0.54), 1.2)
NORDIC = Manner(_WOOD, _SLATE, (0.75, 0.95), 9.0, (0.62, 0.61, 0.58))


def village(
    spots: Floats,
    angles: Floats,
    manner: Manner,
    relief: Relief,
    drawn: tuple[np.random.Generator, float],
) -> Built:
    """Houses at places, the first of which is taken by a church.

    Args:
        spots: n x 2 metres.
        angles: n radians, as of lots.
        manner: Palette and forms.
        relief: Of the ground.
        drawn: Chance, and share of lit windows.
    """
    chance, lit = drawn
    count = len(spots)
    houses = Gabled(
        lots_at(spots, angles, relief.at(spots)),
        width=chance.uniform(9, 15, count),
        depth=chance.uniform(7, 8.6, count),
        eaves=np.where(chance.random(count) < 0.6, 5.4, 3.1),
        pitch=chance.uniform(*manner.pitch, count),
        wall=manner.walls[chance.integers(len(manner.walls), size=count)]
        * chance.uniform(0.85, 1.1, (count, 1)),
        roof=manner.roofs[chance.integers(len(manner.roofs), size=count)]
        * chance.uniform(0.8, 1.15, (count, 1)),
        overhang=manner.overhang,
    )
    homes = houses.some(slice(1, None))
    panes, lights = gabled_windows(homes, chance, lit)
    stack, mouths = chimneys(homes, np.flatnonzero(chance.random(count - 1) < 0.75))
    church = _church(spots[0], float(angles[0]), manner, relief)
    return Built(
        join([called(homes, join([gabled_quads(homes), panes, stack]), Thing.HOUSE), church]),
        lights,
        mouths,
        spots,
        np.r_[22.0, np.full(count - 1, 11.0)],
    )


def _church(spot: Floats, angle: float, manner: Manner, relief: Relief) -> Quads:
    """A nave, a tower at its end, and a spire."""
    foot = relief.at(spot[None])
    lots = lots_at(spot[None], np.array([angle]), foot)
    wall = np.array([manner.church])
    nave = Gabled(
        lots,
        width=np.array([20.0]),
        depth=np.array([9.5]),
        eaves=np.array([7.0]),
        pitch=np.array([1.0]),
        wall=wall,
        roof=manner.roofs[-1:] * 1.0,
        overhang=0.3,
    )
    low, high = np.array([[-15.5, -2.9, -1.2]]), np.array([[-9.7, 2.9, 17.0]])
    every = np.zeros(5, int)
    tower = lots.to_world(every, box(low, high).reshape(-1, 4, 3))
    tip = np.array([-12.6, 0.0, 17.0 + manner.spire])
    ring = np.array([(-15.8, -3.2), (-9.4, -3.2), (-9.4, 3.2), (-15.8, 3.2)])
    faces = []
    for k in range(4):
        a, b = ring[k], ring[(k + 1) % 4]
        faces.append(np.array([[*a, 17.0], [*b, 17.0], tip, tip]))
    spire = lots.to_world(np.zeros(4, int), np.array(faces))
    windows = []
    for side in (-1, 1):
        for x in (-6.0, -2.0, 2.0, 6.0):
            y = side * 4.80
            corners = [(x - 0.5, y, 2.0), (x + 0.5, y, 2.0), (x + 0.5, y, 5.4), (x - 0.5, y, 5.4)]
            windows.append(corners)
    glass = lots.to_world(np.zeros(8, int), np.array(windows))
    glow = np.array(WARM_2700) * 0.0
    return join(
        [
            gabled_quads(nave),
            paint(tower, Finish(wall, level=Level.EVERYWHERE, step=3)),
            paint(spire, Finish(manner.roofs[-1], snow=0.5, level=Level.EVERYWHERE, step=4)),
            paint(glass, Finish((0.03, 0.03, 0.035), glow, surface=Surface.GLASS, step=9)),
        ]
    ).owned(owner(Thing.CHURCH))


def village_lamps(layout: Layout, heart: float, half: float, seed: int) -> Lamps:
    """Street lamps on the stretch of the road that leads through a village.

    Args:
        layout: The road is its first street.
        heart: y of the middle of the village, metres.
        half: How far to either side of it the lamps stand, metres.
        seed: Of the place.
    """
    road = layout.streets[0]
    stretch = road.line[np.abs(road.line[:, 1] - heart) < half]
    # Lamps stand no nearer to the middle than this, however narrow the road.
    lit = replace(road, line=stretch, half_width=max(road.half_width, 3.6))
    return place_lamps(replace(layout, streets=(lit,)), seed)


ROLL = 36
"""Quads of a bale."""


def rolls(middle: Floats, axis: Floats) -> Quads:
    """Bales of straw: lying cylinders of 0.75 m radius.

    Args:
        middle: n x 3 metres.
        axis: n x 3, half of each, metres.
    """
    turn = np.linspace(0, 2 * np.pi, 13)
    side = np.stack([-axis[:, 1], axis[:, 0], 0 * axis[:, 0]], axis=-1)
    side /= np.linalg.norm(side, axis=1, keepdims=True) + 1e-9
    ring = side[:, None] * (0.75 * np.cos(turn))[:, None]
    ring = ring + np.array([0, 0, 0.75]) * np.sin(turn)[:, None]
    near, far = ((middle + s * axis)[:, None] + ring for s in (-1, 1))
    skin = np.stack([near[:, :-1], near[:, 1:], far[:, 1:], far[:, :-1]], axis=2)
    ends = []
    for rim, s in ((near, -1), (far, 1)):
        hub = np.repeat((middle + s * axis)[:, None], 12, axis=1)
        ends.append(np.stack([rim[:, :-1], rim[:, 1:], hub, hub], axis=2))
    corners = np.concatenate([skin, *ends], axis=1).reshape(-1, 4, 3)
    up = np.tile(np.r_[np.sin(turn[:-1] + 0.26), np.zeros(24)], len(middle))
    finish = Finish((0.27, 0.21, 0.11), snow=np.clip(up, 0, 1) * 0.9, level=Level.ALWAYS, step=9)
    return paint(corners, finish)


def pole_line(feet: Floats, tall: float, arm: float, wires: int) -> Quads:
    """Wooden poles with a crossarm, and the wires between them.

    Args:
        feet: n x 3 metres, in order along the line.
        tall: Height of a pole, metres.
        arm: Length of the crossarm, metres.
        wires: How many, spread over the arm.
    """
    if len(feet) < 2:
        pole = beams(feet, feet + rise(tall), 0.28, Finish(TIMBER, step=5))
        return pole.owned(owner(Thing.POLE))
    along = np.gradient(feet[:, :2], axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.c_[-along[:, 1], along[:, 0], np.zeros(len(feet))]
    up = np.array([0.0, 0.0, 1.0])
    wood = Finish(TIMBER, surface=Surface.DETAIL, level=Level.ALWAYS, step=5)
    head = feet + up * (tall - 0.6)
    parts = [
        beams(feet - up * 0.5, feet + up * tall, 0.30, wood),
        beams(head - side * arm / 2, head + side * arm / 2, 0.16, wood),
    ]
    # Beams are two strips each: those of one way first, then those of the other.
    each = owner(Thing.POLE, np.tile(np.arange(len(feet)), 2))
    parts = [part.owned(each) for part in parts]
    wire = Finish((0.03, 0.03, 0.03), surface=Surface.DETAIL, level=Level.NEAR, step=60)
    for k in range(wires):
        offset = (k / (wires - 1) - 0.5) * arm * 0.94
        line = head + side * offset + up * 0.22
        share = np.linspace(0, 1, 7)
        sag = -0.9 * 4 * share * (1 - share)
        points = line[:-1, None] * (1 - share)[:, None] + line[1:, None] * share[:, None]
        points = points + sag[:, None] * up
        start, end = points[:, :-1].reshape(-1, 3), points[:, 1:].reshape(-1, 3)
        parts.append(beams(start, end, 0.05, wire).owned(owner(Thing.WIRE, k)))
    return join(parts)
