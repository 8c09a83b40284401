"""What stands out of rows of houses: a church, and a railway on brick arches."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.kit.openings import Openings, Sash, gather_openings, glaze
from generique.world.kit.solids import boxes
from generique.world.layout import Layout, Lots
from generique.world.lights import WARM_2700, WARM_3500, Beam, Lights, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import Thing, owner
from generique.world.places.terraces.house import facing, points
from generique.world.places.terraces.plan import DECK, TRACK, VIADUCT_HALF, Plan

CHURCH_STONE = np.array((0.26, 0.235, 0.19))
CHURCH_ROOF = np.array((0.060, 0.060, 0.066))
ARCH = 12.0
"""Metres from pier to pier, about."""
PIER = 1.5
SPRING, CROWN = 4.6, 8.2
"""Heights of the arches' springing and crown, metres."""
VIADUCT_BRICK = np.array((0.135, 0.072, 0.056))


@dataclass(frozen=True)
class _Mason:
    """Puts the parts of the church in their place."""

    lots: Lots

    def block(self, low: tuple[float, float, float], high: tuple[float, float, float]) -> Quads:
        """A box of stone."""
        wall = Finish(CHURCH_STONE, level=Level.EVERYWHERE, step=3)
        return boxes(self.lots, np.zeros(1, int), np.array([low]), np.array([high]), wall)

    def put(self, corners: Floats, finish: Finish, inside: tuple[float, float, float]) -> Quads:
        """A quad (4 x 3) that looks away from a point inside."""
        turned = facing(corners[None], np.array([inside]))
        return paint(self.lots.to_world(np.zeros(1, int), turned), finish)


def church(plan: Plan, seed: int, lit: float) -> tuple[Quads, Lights]:
    """A church with a nave, aisles, a tower and a spire; its front looks to the street."""
    x, y, turn = plan.church
    lots = Lots(np.array([[x, y]]), np.array([turn]), np.zeros(1), np.zeros(1))
    chance = stream(seed, "church")
    tall = float(chance.uniform(17, 20))
    tip = tall + float(chance.uniform(13, 17))
    mason = _Mason(lots)
    panes = _church_windows(tall)
    glow = np.array(WARM_3500) * (2.6 if chance.random() < 1.2 * lit else 0.0)
    panes = replace(panes, radiance=np.tile(glow, (len(panes), 1)))
    sash = Sash(2, 4, 0.12, 0.22, CHURCH_STONE * 1.35)
    burning = int(lit > 0)
    lamp = lots.to_world(
        np.zeros(burning, int), np.array([[0.0, -10.0, 3.4]] * burning).reshape(-1, 3)
    )
    down = np.array([0.0, 0.0, -1.0])
    parts = [*_nave(mason), *_tower(mason, tall, tip)]
    parts.append(glaze(lots, panes, sash, stream(seed, "church panes")))
    return join(parts), shine(
        lamp, np.array([WARM_2700] * burning).reshape(-1, 3) * 7.0, down, Beam.BULB
    )


def _nave(mason: _Mason) -> list[Quads]:
    """Nave and aisles under slates."""
    slate = Finish(CHURCH_ROOF, snow=0.8, level=Level.EVERYWHERE, step=3)
    wall = Finish(CHURCH_STONE, level=Level.EVERYWHERE, step=3)
    parts = [
        mason.block((-4.2, -4.0, 0.0), (4.2, 17.0, 9.0)),
        mason.block((-7.2, -1.0, 0.0), (7.2, 15.0, 4.6)),
    ]
    for s in (-1.0, 1.0):
        a, b, c, d = s * 4.7, s * 7.5, s * 4.2, 17.2
        slope = points((a, -4.0, 8.6), (a, d, 8.6), (0.0, d, 14.2), (0.0, -4.0, 14.2))
        lean = points((b, -1.2, 4.4), (b, 15.2, 4.4), (c, 15.2, 7.0), (c, -1.2, 7.0))
        parts += [mason.put(slope, slate, (0, 6, 5)), mason.put(lean, slate, (0, 6, 3))]
    for end in (-4.0, 17.0):
        gable = points((-4.2, end, 9.0), (4.2, end, 9.0), (0.0, end, 14.0), (0.0, end, 14.0))
        parts.append(mason.put(gable, wall, (0, 6, 5)))
    return parts


def _tower(mason: _Mason, tall: float, tip: float) -> list[Quads]:
    """The tower with its buttresses and door, and the spire."""
    slate = Finish(CHURCH_ROOF, snow=0.5, level=Level.EVERYWHERE, step=3)
    parts = [mason.block((-2.8, -9.0, 0.0), (2.8, -3.5, tall))]
    stays = [((s - 0.45, -9.4, 0.0), (s + 0.45, -8.6, tall * 0.8)) for s in (-2.8, 2.8)]
    parts += [mason.block(low, high) for low, high in stays]
    ring = [(-2.9, -9.1), (2.9, -9.1), (2.9, -3.4), (-2.9, -3.4)]
    apex = (0.0, -6.25, tip)
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        side = points((ax, ay, tall), (bx, by, tall), apex, apex)
        parts += [mason.put(side, slate, (0, -6.25, tall))]
    door = points((-1.1, -9.05, 0.0), (1.1, -9.05, 0.0), (1.1, -9.05, 3.0), (-1.1, -9.05, 3.0))
    oak = Finish((0.06, 0.035, 0.02), surface=Surface.DETAIL, step=3)
    return [*parts, mason.put(door, oak, (0, -5, 1.5))]


def _church_windows(tall: float) -> Openings:
    rows = []
    for y in np.arange(1.0, 15.0, 3.4):
        rows += [(7.2, y, 2.4, np.pi / 2, 0.9, 2.2), (-7.2, y, 2.4, -np.pi / 2, 0.9, 2.2)]
        rows += [(4.2, y, 7.9, np.pi / 2, 0.8, 1.3), (-4.2, y, 7.9, -np.pi / 2, 0.8, 1.3)]
    for turn, x, y in ((0.0, 0.0, -9.0), (np.pi / 2, 2.8, -6.25), (-np.pi / 2, -2.8, -6.25)):
        rows.append((x, y, tall - 3.0, turn, 1.5, 3.2))
    rows.append((0.0, -9.0, 5.8, 0.0, 1.6, 3.2))
    table = np.array(rows)
    count = len(table)
    return Openings(
        np.zeros(count, int), table[:, :3], table[:, 3], table[:, 4:], np.zeros((count, 3))
    )


def viaduct(plan: Plan, seed: int, lit: float) -> Quads:
    """A railway on brick arches, every street under the middle of one, with a train on it."""
    if plan.railway is None:
        return join([paint(np.zeros((0, 4, 3)), Finish((0, 0, 0)))])
    y, layout = plan.railway, plan.layout
    piers = _piers(layout, y)
    left, right = piers[:-1] + PIER / 2, piers[1:] - PIER / 2
    brick = Finish(VIADUCT_BRICK, level=Level.EVERYWHERE, step=3)
    dark = Finish(VIADUCT_BRICK * 0.8, level=Level.ALWAYS, step=3)
    parts = [_solid(piers, PIER / 2, y, (0.0, DECK), brick)]
    turn = np.linspace(0, np.pi, 9)
    share, rise = (1 - np.cos(turn)) / 2, np.sin(turn)
    for k in range(8):
        ax, bx = (left + (right - left) * share[i] for i in (k, k + 1))
        az, bz = (SPRING + (CROWN - SPRING) * rise[i] for i in (k, k + 1))
        for side in (-1.0, 1.0):
            face = points(
                (ax, y + side * VIADUCT_HALF, az),
                (bx, y + side * VIADUCT_HALF, bz),
                (bx, y + side * VIADUCT_HALF, DECK),
                (ax, y + side * VIADUCT_HALF, DECK),
            )
            parts.append(paint(face if side < 0 else face[:, ::-1], brick))
        under = points(
            (ax, y - VIADUCT_HALF, az),
            (ax, y + VIADUCT_HALF, az),
            (bx, y + VIADUCT_HALF, bz),
            (bx, y - VIADUCT_HALF, bz),
        )
        parts.append(paint(under, dark))
    low, high = float(piers[0]), float(piers[-1])
    cells = np.arange(low, high, 8.0)
    ends = np.minimum(cells + 8.0, high)
    deck = points(
        (cells, y - VIADUCT_HALF, DECK),
        (ends, y - VIADUCT_HALF, DECK),
        (ends, y + VIADUCT_HALF, DECK),
        (cells, y + VIADUCT_HALF, DECK),
    )
    parts.append(paint(deck, Finish((0.13, 0.12, 0.11), snow=0.85, level=Level.EVERYWHERE, step=8)))
    for side in (-1.0, 1.0):
        edge = y + side * VIADUCT_HALF
        wall = points(
            (cells, edge, DECK),
            (ends, edge, DECK),
            (ends, edge, DECK + 1.1),
            (cells, edge, DECK + 1.1),
        )
        parts.append(paint(wall if side < 0 else wall[:, ::-1], brick))
        course = points(
            (cells, edge - side * -0.14, DECK - 0.3),
            (ends, edge + side * 0.14, DECK - 0.3),
            (ends, edge + side * 0.14, DECK),
            (cells, edge + side * 0.14, DECK),
        )
        pale = Finish((0.25, 0.21, 0.17), surface=Surface.DETAIL, level=Level.NEAR, step=8)
        parts.append(paint(course if side < 0 else course[:, ::-1], pale))
    parts.append(_train(y, (low, high), seed, lit))
    return join(parts)


def _piers(layout: Layout, y: float) -> Floats:
    """Middles of the piers along x: every street passes under the middle of an arch."""
    bounds = layout.bounds
    low, high = bounds.x0 + 1.0, bounds.x0 + bounds.extent - 1.0
    crossings: list[float] = []
    for street in layout.streets:
        above = street.line[:, 1] > y
        crossings += [float(street.line[k, 0]) for k in np.flatnonzero(above[1:] != above[:-1])]
    inside = sorted(x for x in crossings if low + 8 < x < high - 8)
    stops = [low]
    spans: list[float] = []
    for x in inside:
        if not spans or x - spans[-1] > 2 * ARCH:
            spans.append(x)
    for x in spans:
        stops += [x - ARCH / 2 - 0.8, x + ARCH / 2 + 0.8]
    stops.append(high)
    piers = []
    for start, end in itertools.pairwise(stops):
        count = max(1, round((end - start) / ARCH)) if end - start > 1.6 * ARCH else 1
        piers += list(np.linspace(start, end, count, endpoint=False))
    return np.array([*piers, high])


def _solid(x: Floats, half: float, y: float, z: tuple[float, float], finish: Finish) -> Quads:
    """Upright slabs across the railway."""
    parts = []
    depth = VIADUCT_HALF + 0.12
    for side in (-1.0, 1.0):
        face = points(
            (x - half, y + side * depth, z[0]),
            (x + half, y + side * depth, z[0]),
            (x + half, y + side * depth, z[1]),
            (x - half, y + side * depth, z[1]),
        )
        flank = points(
            (x + side * half, y - depth, z[0]),
            (x + side * half, y + depth, z[0]),
            (x + side * half, y + depth, SPRING + 1.0),
            (x + side * half, y - depth, SPRING + 1.0),
        )
        parts.append(paint(face if side < 0 else face[:, ::-1], finish))
        parts.append(paint(flank if side > 0 else flank[:, ::-1], finish))
    return join(parts)


def _train(y: float, reach: tuple[float, float], seed: int, lit: float) -> Quads:
    """A short train that waits for a signal, its windows lit."""
    chance = stream(seed, "train")
    start = float(chance.uniform(0.42, 0.62)) * (reach[1] - reach[0]) + reach[0]
    count = 4
    x = start + np.arange(count) * 20.4
    keep = x + 20 < reach[1] - 4
    x = x[keep]
    lots = Lots(
        np.stack([x + 10, np.full(len(x), y - TRACK)], -1),
        np.zeros(len(x)),
        np.zeros(len(x)),
        np.full(len(x), DECK),
    )
    every = np.arange(len(x))
    zero = np.zeros((len(x), 1))
    body = boxes(
        lots,
        every,
        zero + np.array([[-9.9, -1.4, 0.5]]),
        zero + np.array([[9.9, 1.4, 3.7]]),
        Finish((0.10, 0.13, 0.22), step=4),
    )
    band = boxes(
        lots,
        every,
        zero + np.array([[-9.92, -1.42, 0.9]]),
        zero + np.array([[9.92, 1.42, 1.5]]),
        Finish((0.45, 0.45, 0.46), surface=Surface.DETAIL, step=9),
    )
    parts = []
    glow = np.tile(np.array(WARM_3500) * (4.5 if lit > 0 else 0.0), (len(x), 1))
    for k in range(9):
        across = np.full(len(x), (k - 4) * 2.1)
        for turn, side in ((0.0, -1.0), (np.pi, 1.0)):
            middle = np.stack([across, np.full(len(x), side * 1.43), np.full(len(x), 2.4)], axis=-1)
            parts.append(
                Openings(
                    every, middle, np.full(len(x), turn), np.tile([1.5, 0.9], (len(x), 1)), glow
                )
            )
    panes = gather_openings(parts)
    return join(
        [body, band, glaze(lots, panes, Sash(1, 1, 0.02, 0.0), stream(seed, "train panes"))]
    ).owned(owner(Thing.TRAIN))
