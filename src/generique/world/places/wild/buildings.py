"""Simple buildings under a pitched roof: cabins, barns, farmhouses, chalets and churches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.footprints import rectangles, settle
from generique.world.kit import solids
from generique.world.layout import Lots
from generique.world.lights import (
    WARM_2700,
    WARM_3500,
    WHITE_5000,
    Beam,
    Lights,
    shine,
)
from generique.world.mesh import Finish, Level, Quads, Surface, join, outward, paint
from generique.world.owners import Thing

STOREY = 2.8
GLOW = 4.2
"""Radiance of a lit window."""
PANE = (0.02, 0.022, 0.025)
FRAME = (0.45, 0.44, 0.41)


@dataclass(frozen=True)
class Gabled:
    """Buildings with a ridge along their own x; arrays with one row each, metres.

    Attributes:
        lots: Where they stand; the front looks along their own -y.
        width: Along the ridge.
        depth: Across it.
        eaves: Height of the walls.
        pitch: Rise of the roof over its run.
        wall: n x 3 linear albedo.
        roof: n x 3.
        overhang: Of the roof.
    """

    lots: Lots
    width: Floats
    depth: Floats
    eaves: Floats
    pitch: Floats
    wall: Floats
    roof: Floats
    overhang: float = 0.5

    def __len__(self) -> int:
        return len(self.width)

    def some(self, which: slice) -> Gabled:
        """A run of the buildings."""
        lots = self.lots
        return Gabled(
            lots=lots_at(lots.centre[which], lots.angle[which], lots.foot[which]),
            width=self.width[which],
            depth=self.depth[which],
            eaves=self.eaves[which],
            pitch=self.pitch[which],
            wall=self.wall[which],
            roof=self.roof[which],
            overhang=self.overhang,
        )

    def ridge(self) -> Floats:
        """Heights of the ridges above the foot."""
        return np.asarray(self.eaves + self.depth / 2 * self.pitch)


def called(houses: Gabled, quads: Quads, things: Thing | Sequence[Thing], first: int = 0) -> Quads:
    """Quads of buildings that are called a kind, or one kind each, in mattes."""
    half = np.stack([houses.width, houses.depth], axis=-1) / 2
    outlines = rectangles(houses.lots.centre, houses.lots.angle, -half, half)
    return settle(quads, outlines, things, first)


def gabled_quads(houses: Gabled) -> Quads:
    """Walls with gables, two slopes of the roof and a base that reaches into uneven ground."""
    every = np.arange(len(houses))
    a, b = houses.width / 2, houses.depth / 2
    low, high, top = np.full(len(houses), -1.2), houses.eaves, houses.ridge()
    over = houses.overhang
    edge = high - over * houses.pitch

    def point(x: Floats, y: Floats, z: Floats) -> Floats:
        return np.stack([x, y, z], axis=-1)

    ring = [(-a, -b), (a, -b), (a, b), (-a, b)]
    walls = [
        [point(*p, low), point(*q, low), point(*q, high), point(*p, high)]
        for p, q in zip(ring, ring[1:] + ring[:1], strict=True)
    ]
    walls += [
        [point(s * a, -b, high), point(s * a, b, high), *[point(s * a, 0 * b, top)] * 2]
        for s in (-1, 1)
    ]
    slopes = []
    for s in (-1, 1):
        low_edge = [point(x, s * (b + over), edge) for x in (-a - over, a + over)]
        ridge = [point(x, 0 * b, top + 0.12) for x in (a + over, -a - over)]
        slopes.append(low_edge + ridge)
    centre = np.stack([0 * a, 0 * a, high / 2], axis=-1)
    parts = []
    for corners in walls:
        quads = outward(np.stack(corners, axis=1), centre)
        finish = Finish(houses.wall, level=Level.EVERYWHERE, step=2.6)
        parts.append(paint(houses.lots.to_world(every, quads), finish))
    for corners in slopes:
        quads = outward(np.stack(corners, axis=1), centre)
        finish = Finish(houses.roof, snow=0.9, level=Level.EVERYWHERE, step=2.6)
        parts.append(paint(houses.lots.to_world(every, quads), finish))
    return join(parts)


def gabled_windows(
    houses: Gabled, chance: np.random.Generator, lit: float, most: int = 6
) -> tuple[Quads, Lights]:
    """Windows on the long sides, a door in the front, and the light that some of them throw.

    Args:
        houses: The buildings.
        chance: For which are lit, and their colours.
        lit: Share of them that is lit, 0 to 1.
        most: Windows of a storey on one side.
    """
    slots = np.clip(((houses.width - 1.6) / 2.7).astype(int), 1, most)
    storeys = np.clip((houses.eaves / STOREY).astype(int), 1, 4)
    shape = (len(houses), 4, most, 2)
    house, storey, slot, side = np.nonzero(
        (np.arange(4)[None, :, None, None] < storeys[:, None, None, None])
        & (np.arange(most)[None, None, :, None] < slots[:, None, None, None])
        & (chance.random(shape) < 0.85)
    )
    x = (slot - (slots[house] - 1) / 2) * (houses.width[house] - 1.0) / slots[house]
    sign = np.where(side == 0, -1.0, 1.0)
    y = sign * (houses.depth[house] / 2 + 0.05)
    z = 1.55 + STOREY * storey
    middle = np.stack([x, y, z], axis=-1)
    rank = chance.random(len(house))
    kind = chance.random(len(house))
    colours = np.array([WARM_2700, WARM_3500, WHITE_5000])[np.digitize(kind, [0.6, 0.93])]
    glow = colours * (GLOW * np.exp(chance.normal(0, 0.5, (len(house), 1))))
    glow = np.where((rank < lit)[:, None], glow, 0.0)
    quads = join(
        [
            _panels(houses, house, middle, sign, (0.58, 0.72, -0.01), Finish(FRAME, step=9)),
            *(
                _panels(houses, house, middle, sign, (0.50, 0.62, 0.03), finish)
                for finish in (Finish(PANE, glow, surface=Surface.GLASS, step=9),)
            ),
            _door(houses),
        ]
    )
    return quads, _spill(houses, house, middle, sign, glow)


def _panels(
    houses: Gabled,
    house: Ints,
    middle: Floats,
    sign: Floats,
    size: tuple[float, float, float],
    finish: Finish,
) -> Quads:
    half, tall, out = size
    corners = []
    for s, t in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        step = np.stack([-sign * s * half, sign * out, np.full(len(house), t * tall)], axis=-1)
        corners.append(middle + step)
    surface = finish.surface if finish.surface == Surface.GLASS else Surface.DETAIL
    finish = Finish(finish.albedo, finish.emission, 0.0, surface, Level.ALWAYS, 9)
    return paint(houses.lots.to_world(house, np.stack(corners, axis=1)), finish)


def _door(houses: Gabled) -> Quads:
    every = np.arange(len(houses))
    x, y = houses.width * 0.5 - 0.9, -houses.depth / 2 - 0.06
    low, high = np.zeros(len(houses)), np.full(len(houses), 2.1)
    corners = [(x - 0.5, low), (x + 0.5, low), (x + 0.5, high), (x - 0.5, high)]
    quads = np.stack([np.stack([a, y, b], axis=-1) for a, b in corners], axis=1)
    finish = Finish(houses.wall * 0.4, surface=Surface.DETAIL, level=Level.NEAR, step=3)
    return paint(houses.lots.to_world(every, quads), finish)


def _spill(houses: Gabled, house: Ints, middle: Floats, sign: Floats, glow: Floats) -> Lights:
    burning = np.flatnonzero(glow.max(axis=1, initial=0) > 0)
    ahead = middle.copy()
    ahead[:, 1] += sign
    position = houses.lots.to_world(house[burning], middle[burning])
    axis = houses.lots.to_world(house[burning], ahead[burning]) - position
    position = position + axis * 0.15
    return shine(position, glow[burning] * 1.25, axis, Beam.WINDOW)


def chimneys(houses: Gabled, which: Ints) -> tuple[Quads, Floats]:
    """Chimneys on the ridge of some houses, and their mouths (n x 3 metres)."""
    count = len(which)
    x = houses.width[which] * 0.22
    foot, top = houses.ridge()[which] - 1.2, houses.ridge()[which] + 0.9
    ring = [(-0.4, -0.35), (0.4, -0.35), (0.4, 0.35), (-0.4, 0.35)]
    parts = []
    finish = Finish((0.2, 0.13, 0.10), level=Level.ALWAYS, step=3)
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        corners = [(ax, ay, foot), (bx, by, foot), (bx, by, top), (ax, ay, top)]
        quads = [np.stack([x + u, np.full(count, v), w], axis=-1) for u, v, w in corners]
        parts.append(paint(houses.lots.to_world(which, np.stack(quads, axis=1)), finish))
    mouth = np.stack([x, np.zeros(count), top + 0.1], axis=-1)
    return join(parts), houses.lots.to_world(which, mouth)


def beams(start: Floats, end: Floats, width: float, finish: Finish) -> Quads:
    """Thin members with their looks, as :func:`generique.world.kit.solids.beams` makes them."""
    return paint(solids.beams(start, end, width), finish)


def rise(height: float) -> Floats:
    """A step upwards, metres."""
    return np.array([0.0, 0.0, height])


def lift(quads: Quads, height: float) -> Quads:
    """Quads moved up by some metres."""
    return replace(quads, corners=quads.corners + np.array([0, 0, height], np.float32))


def lots_at(spots: Floats, angle: Floats, foot: Floats) -> Lots:
    """Lots of single buildings."""
    return Lots(spots, angle, np.full(len(spots), 10.0), foot)
