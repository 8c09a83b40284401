"""Cottages: low houses under a gable roof, as they stand by water and in the country."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.footprints import rectangles, settle
from generique.world.kit.openings import Openings, Sash, glaze, home_glow, spill
from generique.world.kit.solids import boxes
from generique.world.layout import Lots
from generique.world.lights import Lights
from generique.world.mesh import Finish, Level, Quads, Surface, join, outward, paint
from generique.world.owners import Thing
from generique.world.scene import Country

CELLAR = 3.0
"""How far walls go down below the floor, metres: they reach the ground on a slope."""
EAVES = 0.3
RGB = tuple[float, float, float]


@dataclass(frozen=True)
class Custom:
    """How cottages look in a country.

    Attributes:
        walls: Linear albedos; the first ones are taken more often.
        roofs: Linear albedos.
        stone: Of plinth and chimneys.
        pitch: Rise of the roof over its run, least and most.
    """

    walls: tuple[RGB, ...]
    roofs: tuple[RGB, ...]
    stone: RGB
    pitch: tuple[float, float]


_WHITE = (0.62, 0.61, 0.58)
CUSTOMS = {
    Country.CANADA: Custom(
        (_WHITE, _WHITE, (0.36, 0.07, 0.05), (0.12, 0.20, 0.28), (0.55, 0.42, 0.16)),
        ((0.055, 0.055, 0.06), (0.09, 0.075, 0.065)),
        (0.19, 0.18, 0.17),
        (0.70, 1.0),
    ),
    Country.FRANCE: Custom(
        (_WHITE, (0.52, 0.49, 0.42), (0.24, 0.22, 0.20)),
        ((0.060, 0.066, 0.075), (0.075, 0.078, 0.085)),
        (0.25, 0.23, 0.20),
        (0.95, 1.2),
    ),
    Country.UNITED_KINGDOM: Custom(
        (_WHITE, _WHITE, (0.50, 0.46, 0.40), (0.20, 0.18, 0.16)),
        ((0.065, 0.068, 0.075), (0.085, 0.08, 0.078)),
        (0.20, 0.19, 0.175),
        (0.75, 1.0),
    ),
    Country.NORWAY: Custom(
        ((0.30, 0.035, 0.025), _WHITE, (0.42, 0.27, 0.07), (0.30, 0.035, 0.025)),
        ((0.06, 0.058, 0.06), (0.11, 0.07, 0.055)),
        (0.17, 0.165, 0.16),
        (0.65, 0.85),
    ),
}


@dataclass(frozen=True)
class Cottages:
    """Measures of cottages; one row each, metres unless said otherwise.

    Attributes:
        lots: Where they stand; the ridge runs along the front.
        wall: n x 3, linear albedo.
        roof: n x 3.
        stone: 3, of plinth and chimney.
        ridge: Height of the ridge.
        chimney: x of the chimney.
        occupied: True where somebody is in.
    """

    lots: Lots
    width: Floats
    depth: Floats
    eaves: Floats
    ridge: Floats
    wall: Floats
    roof: Floats
    stone: RGB
    chimney: Floats
    occupied: Flags

    def __len__(self) -> int:
        return len(self.width)


def custom_of(country: Country) -> Custom:
    """How cottages look in a country; one that is not named builds as Canada does."""
    return CUSTOMS.get(country, CUSTOMS[Country.CANADA])


def draw_cottages(
    lots: Lots, custom: Custom, seed: int, concern: str, *, low: bool = False
) -> Cottages:
    """Draw the measures of a cottage for every lot.

    Args:
        lots: Where they stand.
        custom: Walls and roofs.
        seed: Of the place.
        concern: Stream of chance.
        low: True when none has a second storey.
    """
    chance, count = stream(seed, concern), len(lots)
    width, depth = chance.uniform(7.5, 11.5, count), chance.uniform(5.6, 7.0, count)
    eaves = np.where((chance.random(count) < 0.45) & (not low), 4.7, 2.7) + chance.uniform(
        -0.1, 0.3, count
    )
    pitch = chance.uniform(*custom.pitch, count)
    walls, roofs = np.array(custom.walls), np.array(custom.roofs)
    shade = chance.uniform(0.82, 1.08, (count, 1))
    occupied = chance.random(count) < 0.85
    occupied[:1] = True
    return Cottages(
        lots=lots,
        width=width,
        depth=depth,
        eaves=eaves,
        ridge=eaves + pitch * depth / 2,
        wall=walls[chance.integers(len(walls), size=count)] * shade,
        roof=roofs[chance.integers(len(roofs), size=count)],
        stone=custom.stone,
        chimney=np.where(chance.random(count) < 0.5, -1.0, 1.0) * (width / 2 - 0.55),
        occupied=occupied,
    )


def cottage_quads(
    cottages: Cottages, seed: int, lit: float, thing: Thing = Thing.HOUSE
) -> tuple[Quads, Lights]:
    """Everything of the cottages, and the light of their windows.

    Args:
        cottages: The cottages.
        seed: Of the place.
        lit: Share of windows that are lit, 0 to 1.
        thing: What they are called in mattes.
    """
    every = np.arange(len(cottages))
    half, back = cottages.width / 2, cottages.depth / 2
    low = np.stack([-half - 0.08, -back - 0.08, np.full(len(every), -CELLAR)], axis=-1)
    high = np.stack([half + 0.08, back + 0.08, np.full(len(every), 0.25)], axis=-1)
    stack = np.stack([cottages.chimney, 0 * half, cottages.ridge - 1.2], axis=-1)
    size = np.array([0.42, 0.36, 0.0])
    tall = np.array([0.0, 0.0, 2.3])
    panes, lights = _windows(cottages, seed, lit)
    parts = [
        boxes(cottages.lots, every, low, high, Finish(cottages.stone)),
        _shell(cottages),
        boxes(cottages.lots, every, stack - size, stack + size + tall, Finish(cottages.stone)),
        panes,
    ]
    outlines = rectangles(cottages.lots.centre, cottages.lots.angle, low[:, :2], high[:, :2])
    return settle(join(parts), outlines, thing), lights


def chimney_mouths(cottages: Cottages) -> Floats:
    """Where smoke leaves, n x 3 metres."""
    local = np.stack([cottages.chimney, 0 * cottages.width, cottages.ridge + 1.2], axis=-1)
    return cottages.lots.to_world(np.arange(len(cottages)), local)


def _shell(cottages: Cottages) -> Quads:
    """Walls, gables and roof."""
    a, b, eaves, top = cottages.width / 2, cottages.depth / 2, cottages.eaves, cottages.ridge
    zero = 0 * a

    def point(x: Floats, y: Floats, z: Floats) -> Floats:
        return np.stack([x, y, z], axis=-1)

    ring = [(-a, -b), (a, -b), (a, b), (-a, b)]
    walls = [
        [point(*p, zero), point(*q, zero), point(*q, eaves), point(*p, eaves)]
        for p, q in zip(ring, ring[1:] + ring[:1], strict=True)
    ]
    gables = [
        [point(s * a, -b, eaves), point(s * a, b, eaves), point(s * a, zero, top)] for s in (-1, 1)
    ]
    slope = (top - eaves) / b
    far, edge = b + EAVES, eaves - EAVES * slope
    over = a + 0.18
    roofs = [
        [
            point(-over, s * far, edge),
            point(over, s * far, edge),
            point(over, zero, top + 0.06),
            point(-over, zero, top + 0.06),
        ]
        for s in (-1, 1)
    ]
    body = np.stack([np.stack(w, axis=1) for w in [*walls, *([*g, g[2]] for g in gables)]], axis=1)
    cover = np.stack([np.stack(r, axis=1) for r in roofs], axis=1)
    shown = Level.EVERYWHERE
    return join(
        [
            _painted(cottages, body, Finish(np.repeat(cottages.wall, 6, axis=0), level=shown)),
            _painted(
                cottages,
                cover,
                Finish(np.repeat(cottages.roof, 2, axis=0), snow=0.9, level=shown, step=2.2),
            ),
        ]
    )


def _painted(cottages: Cottages, local: Floats, finish: Finish) -> Quads:
    """Quads, cottages x k x 4 x 3 in their axes, facing out of the cottage."""
    count = local.shape[1]
    middle = np.stack([0 * cottages.eaves, 0 * cottages.eaves, cottages.eaves / 2], axis=-1)
    flat = outward(local.reshape(-1, 4, 3), np.repeat(middle, count, axis=0))
    return paint(cottages.lots.to_world(np.repeat(np.arange(len(cottages)), count), flat), finish)


def _windows(cottages: Cottages, seed: int, lit: float) -> tuple[Quads, Lights]:
    """Windows in front and back, doors, and the light that falls out."""
    rows: list[tuple[Ints, Floats, float]] = []
    for turn, back in ((0.0, -1.0), (np.pi, 1.0)):
        for storey in (0, 1):
            which = np.flatnonzero(cottages.eaves > 4.0) if storey else np.arange(len(cottages))
            for share in (-0.32, 0.32) if back < 0 or storey else (-0.2, 0.25):
                x = cottages.width[which] * share
                y = back * cottages.depth[which] / 2
                middle = np.stack([x, y, np.full(len(which), 1.5 + 2.3 * storey)], axis=-1)
                rows.append((which, middle, turn))
    lot = np.concatenate([which for which, _, _ in rows])
    count = len(lot)
    radiance = home_glow(stream(seed, "cottage light"), count)
    rank = stream(seed, "cottage ranks").random(count)
    # Somebody is in where anybody is: in the first one.
    rank[0] = 0.0
    radiance[(rank >= lit) | ~cottages.occupied[lot]] = 0
    size = np.tile([1.0, 1.15], (count, 1))
    middle = np.concatenate([part for _, part, _ in rows])
    turn_ = np.concatenate([np.full(len(which), turn) for which, _, turn in rows])
    panes = Openings(lot, middle, turn_, size, radiance)
    shade = stream(seed, "cottage panes")
    quads = glaze(cottages.lots, panes, Sash(columns=2, rows=2), shade)
    every = np.arange(len(cottages))
    zero = np.zeros(len(every))
    door = Openings(
        every,
        np.stack([zero, -cottages.depth / 2, zero + 1.1], axis=-1),
        zero,
        np.tile([1.0, 2.1], (len(every), 1)),
        np.zeros((len(every), 3)),
    )
    colour = shade.uniform(0.03, 0.25, (len(every), 3))
    leaf = Finish(colour, surface=Surface.DETAIL, level=Level.ALWAYS, step=3)
    corners = door.panel((-0.5, 0.5), (-1.05, 1.05), 0.04)
    return join([quads, paint(cottages.lots.to_world(every, corners), leaf)]), spill(
        cottages.lots, panes
    )
