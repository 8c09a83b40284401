"""A filling station: a bright canopy over pumps, a shop, a totem."""

from __future__ import annotations

import itertools

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.members import bars, blocks
from generique.world.lights import WHITE_5000, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint

BRANDS = np.array([(2.4, 0.30, 0.16), (0.20, 0.75, 2.6), (0.30, 1.9, 0.65), (2.6, 1.55, 0.22)])
CANOPY = (9.0, 13.0, 5.2)
"""Half its reach across and along the road, and its clearance, metres."""


def station(
    centre: Floats, side: float, chance: np.random.Generator, lit: float
) -> tuple[Quads, Lights]:
    """A filling station.

    Args:
        centre: x and y of its yard.
        side: 1 east of the road, -1 west of it.
        chance: For its colours.
        lit: Its lights burn when anything does.
    """
    on = 1.0 if lit > 0 else 0.0
    brand = BRANDS[chance.integers(len(BRANDS))] * on
    x, y = float(centre[0]) - side * 4.0, float(centre[1])
    parts = [*_canopy(x, y, brand, on), *_pumps(x, y), *_shop(x + side * 21.0, y, side, brand, on)]
    parts.append(_totem(x - side * 22.0, y - 26.0, brand))
    return join(parts), _lights(x, y, side, brand, on)


def _glow(radiance: Floats | tuple[float, ...]) -> Finish:
    return Finish(
        (0.3, 0.3, 0.3),
        np.asarray(radiance)[None] * np.ones((1, 3)),
        surface=Surface.GLASS,
        step=99,
    )


def _canopy(x: float, y: float, brand: Floats, on: float) -> list[Quads]:
    across, along, clear = CANOPY
    roof = blocks(
        np.array([(x, y, clear + 0.05)]),
        np.array([2 * across, 2 * along, 0.9]),
        0.0,
        Finish((0.55, 0.55, 0.54), snow=0.9, level=Level.EVERYWHERE, step=4.0),
    )
    band = []
    for k, (dx, dy) in enumerate(((1, 0), (0, 1), (-1, 0), (0, -1))):
        half = along if k % 2 == 0 else across
        out = across if k % 2 == 0 else along
        side = np.array([-dy, dx]) * half
        middle = np.array([x, y]) + np.array([dx, dy]) * (out + 0.04)
        a, b = middle - side, middle + side
        band.append(
            [(*a, clear + 0.30), (*b, clear + 0.30), (*b, clear + 0.72), (*a, clear + 0.72)]
        )
    strip = paint(
        np.array(band),
        Finish(
            (0.3,) * 3,
            np.tile(brand, (4, 1)),
            surface=Surface.GLASS,
            level=Level.EVERYWHERE,
            step=99,
        ),
    )
    soffit = [
        (x - across, y - along, clear),
        (x - across, y + along, clear),
        (x + across, y + along, clear),
        (x + across, y - along, clear),
    ]
    under = paint(np.array([soffit]), Finish((0.7, 0.7, 0.69), step=2.0))
    panels = []
    for px in (-4.5, 0.0, 4.5):
        for py in np.linspace(-9.5, 9.5, 5):
            rim = ((-0.9, -0.45), (-0.9, 0.45), (0.9, 0.45), (0.9, -0.45))
            panels.append([(x + px + a, y + py + b, clear - 0.03) for a, b in rim])
    lamps = paint(
        np.array(panels),
        Finish(
            (0.4,) * 3,
            np.tile(np.array([26.0, 26.5, 27.5]) * on, (len(panels), 1)),
            surface=Surface.GLASS,
            level=Level.ALWAYS,
            step=99,
        ),
    )
    feet = np.array([(x + dx, y + dy, 0.0) for dx in (-4.5, 4.5) for dy in (-9.0, 0.0, 9.0)])
    posts = bars(feet, feet + np.array([0, 0, clear]), 0.35, Finish((0.5, 0.5, 0.5), step=3.0))
    return [roof, strip, under, lamps, posts]


def _pumps(x: float, y: float) -> list[Quads]:
    spots = np.array([(x + dx, y + dy, 0.0) for dx in (-4.5, 4.5) for dy in (-6.0, -3.0, 3.0, 6.0)])
    kerb = np.array([(x + dx, y, 0.0) for dx in (-4.5, 4.5)])
    return [
        blocks(kerb, np.array([1.6, 19.0, 0.16]), 0.0, Finish((0.36, 0.35, 0.33), step=4.0)),
        blocks(spots, np.array([0.55, 1.0, 1.9]), 0.0, Finish((0.42, 0.42, 0.43), step=2.4)),
    ]


def _shop(x: float, y: float, side: float, brand: Floats, on: float) -> list[Quads]:
    body = blocks(
        np.array([(x, y, 0.0)]),
        np.array([10.0, 22.0, 4.6]),
        0.0,
        Finish((0.42, 0.41, 0.39), snow=0.9, level=Level.EVERYWHERE, step=3.0),
    )
    face = x - side * 5.04
    edges = np.linspace(y - 9.5, y + 7.5, 9)
    panes, fascia = [], []
    for a, b in itertools.pairwise(edges):
        rim = [
            (face, b - 0.09, 0.25),
            (face, a + 0.09, 0.25),
            (face, a + 0.09, 2.9),
            (face, b - 0.09, 2.9),
        ]
        panes.append(rim if side > 0 else rim[::-1])
    rim = [
        (face, y + 10.5, 3.4),
        (face, y - 10.5, 3.4),
        (face, y - 10.5, 4.1),
        (face, y + 10.5, 4.1),
    ]
    fascia.append(rim if side > 0 else rim[::-1])
    warm = np.tile(np.array([5.2, 4.7, 3.8]) * on, (len(panes), 1))
    return [
        body,
        paint(
            np.array(panes),
            Finish((0.03,) * 3, warm, surface=Surface.GLASS, level=Level.EVERYWHERE, step=99),
        ),
        paint(
            np.array(fascia),
            Finish((0.2,) * 3, brand[None], surface=Surface.GLASS, level=Level.EVERYWHERE, step=99),
        ),
    ]


def _totem(x: float, y: float, brand: Floats) -> Quads:
    foot = np.array([(x - 0.8, y, 0.0), (x + 0.8, y, 0.0)])
    legs = bars(foot, foot + np.array([0, 0, 11.0]), 0.22, Finish((0.4, 0.4, 0.4), step=4.0))
    boards = []
    looks = []
    for z, high, colour in (
        (8.6, 2.4, brand),
        (7.3, 0.9, brand * 0 + 1.4 * np.sign(brand.max())),
        (6.1, 0.9, brand * 0.6),
    ):
        for dy in (-0.16, 0.16):
            rim = [
                (x - 1.3, y + dy, z),
                (x + 1.3, y + dy, z),
                (x + 1.3, y + dy, z + high),
                (x - 1.3, y + dy, z + high),
            ]
            boards.append(rim if dy < 0 else rim[::-1])
            looks.append(colour)
    glow = Finish(
        (0.2,) * 3, np.array(looks), surface=Surface.GLASS, level=Level.EVERYWHERE, step=99
    )
    return join([legs, paint(np.array(boards), glow)])


def _lights(x: float, y: float, side: float, brand: Floats, on: float) -> Lights:
    down = np.array([0.0, 0.0, -1.0])
    spots = np.array(
        [
            (x + dx, y + dy, CANOPY[2] - 0.2)
            for dx in (-4.5, 0.0, 4.5)
            for dy in np.linspace(-9.5, 9.5, 5)
        ]
    )
    canopy = shine(spots, np.full((len(spots), 3), 26.0 * on) * WHITE_5000, down, Beam.WINDOW)
    doors = np.array([(x + side * 15.0, y + dy, 2.0) for dy in (-7.0, -2.0, 3.0)])
    shop = shine(
        doors,
        np.full((3, 3), 14.0 * on) * (1.0, 0.86, 0.62),
        np.array([-side, 0.0, -0.2]),
        Beam.WINDOW,
    )
    edge = np.array(
        [(x + dx, y + dy, 5.6) for dx, dy in ((10.0, 0), (-10.0, 0), (0, 14.0), (0, -14.0))]
    )
    rim = shine(edge, np.repeat(brand[None], 4, axis=0) * 3.0, down, Beam.BULB)
    return gather([canopy, shop, rim])
