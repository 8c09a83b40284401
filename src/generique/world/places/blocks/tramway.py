"""Trams on the boulevard: tracks, poles, wires, a stop, and a tram that waits there."""

from __future__ import annotations

import itertools

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.kit.openings import Openings, Sash, gather_openings, glaze
from generique.world.kit.solids import boxes
from generique.world.layout import Lots, Street
from generique.world.lights import WARM_3500
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import Thing, owner
from generique.world.places.blocks.plan import BOULEVARD, TRACKS, Plan

SPAN = 32.0
"""Metres between the poles that the wires hang from."""
WIRE = 5.7
TRACK = 1.65
"""Metres from the middle of the boulevard to the middle of a track."""
GAUGE = 0.76
METAL = (0.13, 0.14, 0.14)


def tram_quads(plan: Plan, seed: int, lit: float) -> Quads:
    """Everything of the tramway."""
    main = plan.layout.streets[0]
    kinds = (Thing.RAILWAY, Thing.WIRE, Thing.TRAM)
    parts = (_bed(main), _wires(main), _trams(main, seed, lit))
    return join([part.owned(owner(kind)) for kind, part in zip(kinds, parts, strict=True)])


def _beside(street: Street, offset: float) -> Floats:
    heading = np.gradient(street.line, axis=0)
    heading = heading / np.linalg.norm(heading, axis=1, keepdims=True)
    return np.asarray(street.line + np.c_[-heading[:, 1], heading[:, 0]] * offset)


def _strip(line: Floats, width: float, height: float, finish: Finish) -> Quads:
    """A level band along a line."""
    way = np.gradient(line, axis=0)
    way = way / np.linalg.norm(way, axis=1, keepdims=True)
    side = np.c_[-way[:, 1], way[:, 0]] * width / 2
    low, high = line - side, line + side
    corners = np.stack([low[:-1], low[1:], high[1:], high[:-1]], axis=1)
    level = np.full((*corners.shape[:2], 1), height)
    return paint(np.concatenate([corners, level], axis=2), finish)


def _wall(line: Floats, low: float, high: float, finish: Finish) -> Quads:
    """An upright band along a line."""
    a, b = line[:-1], line[1:]
    corners = [np.c_[p, np.full(len(p), z)] for p, z in ((a, low), (b, low), (b, high), (a, high))]
    return paint(np.stack(corners, axis=1), finish)


def _bed(main: Street) -> Quads:
    """Four rails between two low kerbs."""
    parts = []
    rail = Finish((0.15, 0.147, 0.145), surface=Surface.DETAIL, level=Level.NEAR, step=9)
    kerb = Finish((0.26, 0.255, 0.245), snow=0.15, surface=Surface.DETAIL, step=9)
    rails = [track + side for track in (-TRACK, TRACK) for side in (-GAUGE, GAUGE)]
    parts += [_strip(_beside(main, offset), 0.075, 0.1, rail) for offset in rails]
    for edge in (-TRACKS, TRACKS):
        parts.append(_strip(_beside(main, edge), 0.22, 0.14, kerb))
        parts.append(_wall(_beside(main, edge * 1.03), 0.0, 0.14, kerb))
    return join(parts)


def _wires(main: Street) -> Quads:
    """Poles on both sides, span wires between them, and a contact wire over each track."""
    distance = np.arange(4.0, main.along()[-1] - 4.0, SPAN)
    point, heading = main.at(distance)
    left = np.c_[-heading[:, 1], heading[:, 0]]
    reach = BOULEVARD + 0.55
    parts = []
    for side in (-1.0, 1.0):
        foot = point + left * side * reach
        lots = Lots(foot, np.zeros(len(foot)), np.zeros(len(foot)), np.zeros(len(foot)))
        one = np.ones((len(foot), 1))
        every = np.arange(len(foot))
        post = Finish(METAL, surface=Surface.DETAIL, step=9)
        parts.append(
            boxes(lots, every, one * [[-0.12, -0.12, 0.0]], one * [[0.12, 0.12, 8.2]], post)
        )
    black = Finish((0.02, 0.02, 0.02), surface=Surface.DETAIL, level=Level.NEAR, step=99)
    start, end = point - left * reach, point + left * reach
    steps = np.linspace(0, 1, 7)
    for a, b in itertools.pairwise(steps):
        corners = []
        for share, lift in ((a, 0.0), (b, 0.0), (b, 0.045), (a, 0.045)):
            sag = 7.6 - 1.5 * (1 - (2 * share - 1) ** 2)
            corners.append(np.c_[start + (end - start) * share, np.full(len(start), sag + lift)])
        parts.append(paint(np.stack(corners, axis=1), black))
    contact = [_wall(_beside(main, track), WIRE, WIRE + 0.04, black) for track in (-TRACK, TRACK)]
    return join([*parts, *contact])


def _trams(main: Street, seed: int, lit: float) -> Quads:
    """Two trams, one in each direction, standing at stops."""
    chance = stream(seed, "trams")
    origin = float(main.along()[int(np.argmin(np.abs(main.line[:, 1])))])
    distance = origin + np.array([float(chance.uniform(52, 75)), float(chance.uniform(150, 200))])
    cars = np.concatenate([distance, distance + 15.8])
    cars = cars[cars < main.along()[-1] - 20]
    track = np.where(np.arange(len(cars)) % 2 == 0, TRACK, -TRACK)
    point, heading = main.at(cars)
    left = np.c_[-heading[:, 1], heading[:, 0]]
    turn = np.arctan2(heading[:, 1], heading[:, 0])
    lots = Lots(point + left * track[:, None], turn, np.zeros(len(cars)), np.zeros(len(cars)))
    return tram_cars(lots, lit, seed)


def tram_cars(lots: Lots, lit: float, seed: int) -> Quads:
    """Red and cream tram cars with lit windows."""
    every, one = np.arange(len(lots)), np.ones((len(lots), 1))

    def block(
        low: tuple[float, ...],
        high: tuple[float, ...],
        tone: tuple[float, float, float],
        snow: float = 0.0,
    ) -> Quads:
        finish = Finish(tone, snow=snow, level=Level.ALWAYS, step=5)
        return boxes(lots, every, one * np.array([low]), one * np.array([high]), finish)

    parts = [
        block((-7.4, -1.25, 0.75), (7.4, 1.25, 1.7), (0.30, 0.03, 0.022)),
        block((-7.4, -1.25, 1.7), (7.4, 1.25, 3.05), (0.48, 0.43, 0.33)),
        block((-7.2, -1.1, 3.05), (7.2, 1.1, 3.3), (0.34, 0.33, 0.31)),
        block((-6.4, -1.05, 0.2), (-3.6, 1.05, 0.75), (0.03, 0.03, 0.03)),
        block((3.6, -1.05, 0.2), (6.4, 1.05, 0.75), (0.03, 0.03, 0.03)),
        block((-0.7, -0.6, 3.3), (0.7, 0.6, 3.5), (0.1, 0.1, 0.1)),
    ]
    glow = np.tile(np.array(WARM_3500) * (5.5 if lit > 0 else 0.0), (len(lots), 1))
    rows = []
    for turn, side in ((0.0, -1.0), (np.pi, 1.0)):
        for k in range(8):
            x = np.full(len(lots), (k - 3.5) * 1.78)
            middle = np.stack([x, side * 1.26 + 0 * x, 2.25 + 0 * x], axis=-1)
            rows.append(
                Openings(
                    every,
                    middle,
                    np.full(len(lots), turn),
                    np.tile([1.5, 0.85], (len(lots), 1)),
                    glow,
                )
            )
    for turn, side in ((1.5 * np.pi, -1.0), (np.pi / 2, 1.0)):
        zero = np.zeros(len(lots))
        middle = np.stack([side * 7.41 + zero, zero, 2.2 + zero], axis=-1)
        rows.append(
            Openings(
                every,
                middle,
                np.full(len(lots), turn),
                np.tile([2.0, 1.1], (len(lots), 1)),
                glow * 0.8,
            )
        )
    panes = gather_openings(rows)
    parts.append(glaze(lots, panes, Sash(1, 1, 0.05, 0.0), stream(seed, "tram panes")))
    return join(parts)
