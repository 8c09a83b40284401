"""Sheds, halls and stores: large plain buildings with docks, lamps on their walls and a sign."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.kit.solids import box, upright
from generique.world.layout import Lots
from generique.world.lights import WHITE_5000, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import Thing, owner

CLADDING = np.array(
    [
        (0.42, 0.43, 0.44),
        (0.30, 0.32, 0.34),
        (0.50, 0.49, 0.46),
        (0.16, 0.20, 0.26),
        (0.33, 0.30, 0.26),
        (0.20, 0.23, 0.21),
    ]
)
ROOFING = (0.20, 0.20, 0.205)
DOOR = (0.33, 0.34, 0.35)
SIGNS = np.array(
    [(2.6, 2.7, 2.9), (3.0, 0.35, 0.22), (0.35, 1.0, 3.0), (0.5, 2.4, 1.0), (3.0, 1.9, 0.4)]
)
"""Radiance of lit signs."""


@dataclass(frozen=True)
class Sheds:
    """Plain halls.

    Attributes:
        lots: Where they stand; their docks look along their own -y.
        size: n x 3 metres: along the docks, deep, high.
        saw: n, True for roofs of the saw-tooth kind.
    """

    lots: Lots
    size: Floats
    saw: Ints

    def __len__(self) -> int:
        return len(self.size)


def sheds_at(centre: Floats, turn: Floats, size: Floats, saw: Ints | None = None) -> Sheds:
    """Halls about points.

    Args:
        centre: n x 2 metres.
        turn: n radians from east to the side with the docks.
        size: n x 3 metres.
        saw: n, True for saw-tooth roofs; None for none.
    """
    zero = np.zeros(len(centre))
    lots = Lots(np.asarray(centre, float).reshape(-1, 2), np.asarray(turn, float), zero, zero)
    return Sheds(lots, np.asarray(size, float), zero.astype(bool) if saw is None else saw)


def shed_quads(sheds: Sheds, chance: np.random.Generator, lit: float) -> tuple[Quads, Lights]:
    """The halls, and the lamps that burn on them.

    Args:
        sheds: Where and how large.
        chance: For cladding, doors and signs.
        lit: Share of windows and signs that are lit, 0 to 1.
    """
    parts: list[Quads] = []
    lights: list[Lights] = []
    for k in range(len(sheds)):
        which = np.array([k])
        colour = CLADDING[chance.integers(len(CLADDING))] * chance.uniform(0.85, 1.1)
        built = [*_hull(sheds, which, colour), *_docks(sheds, which, chance)]
        glass, light = _lamps(sheds, which)
        more, sign = _sign(sheds, which, chance, lit)
        built += [*glass, *more, *_windows(sheds, which, chance, lit)]
        parts += [part.owned(owner(Thing.HALL, k)) for part in built]
        lights += [light, *sign]
    empty = shine(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros(3), Beam.BULB)
    return join(parts) if parts else _none(), gather([empty, *lights])


def _none() -> Quads:
    return paint(np.zeros((0, 4, 3)), Finish((0.0, 0.0, 0.0)))


def _put(sheds: Sheds, which: Ints, corners: Floats, finish: Finish) -> Quads:
    local = np.asarray(corners, float).reshape(1, -1, 4, 3)
    return paint(sheds.lots.to_world(which, local).reshape(-1, 4, 3), finish)


def _hull(sheds: Sheds, which: Ints, colour: Floats) -> list[Quads]:
    wide, deep, high = sheds.size[which[0]]
    low, top = np.array([[-wide / 2, -deep / 2, 0.0]]), np.array([[wide / 2, deep / 2, high]])
    body = box(low, top)[0]
    walls = Finish(_tint(colour), level=Level.EVERYWHERE, step=5.0)
    roof = Finish(ROOFING, snow=0.95, level=Level.EVERYWHERE, step=7.0)
    plinth = box(low - [0.06, 0.06, 0], np.array([[wide / 2 + 0.06, deep / 2 + 0.06, 1.1]]))[0]
    parts = [
        _put(sheds, which, body[:4], walls),
        _put(sheds, which, body[4:], roof),
        _put(sheds, which, plinth[:4], Finish(_tint(colour * 0.55), step=5.0)),
    ]
    rim = box(low + np.array([0, 0, high - 0.1]), top + np.array([0, 0, 0.7]))[0][:4]
    outer = np.array([0.14, 0.14, 0.0])
    band = np.where(rim[..., :2] > 0, rim[..., :2] + outer[:2], rim[..., :2] - outer[:2])
    rim[..., :2] = band
    trim = Finish(_tint(colour * 0.7), surface=Surface.DETAIL, step=7.0)
    parts.append(_put(sheds, which, rim, trim))
    parts.append(_put(sheds, which, rim[:, ::-1], trim))
    if sheds.saw[which[0]]:
        parts += _saw(sheds, which)
    else:
        parts.append(_units(sheds, which))
    return parts


def _tint(colour: Floats) -> tuple[float, float, float]:
    red, green, blue = (float(value) for value in colour)
    return red, green, blue


def _saw(sheds: Sheds, which: Ints) -> list[Quads]:
    """Teeth along the hall: an upright glazed face and a slope behind it."""
    wide, deep, high = sheds.size[which[0]]
    count = max(2, round(wide / 11))
    edge = np.linspace(-wide / 2, wide / 2, count + 1)
    y0, y1, top = -deep / 2, deep / 2, high + 3.4
    slopes, panes, ends = [], [], []
    for a, b in itertools.pairwise(edge):
        slopes.append([(a, y1, high), (a, y0, high), (b, y0, top), (b, y1, top)][::-1])
        panes.append([(b, y0, high), (b, y1, high), (b, y1, top), (b, y0, top)])
        ends.append([(a, y0, high), (b, y0, high), (b, y0, top), (b, y0, top)])
        ends.append([(b, y1, high), (a, y1, high), (b, y1, top), (b, y1, top)])
    return [
        _put(
            sheds,
            which,
            np.array(slopes),
            Finish(ROOFING, snow=0.8, level=Level.EVERYWHERE, step=6.0),
        ),
        _put(sheds, which, np.array(ends), Finish((0.3, 0.29, 0.28), step=5.0)),
        _put(
            sheds,
            which,
            np.array(panes),
            Finish((0.03,) * 3, (1.15, 0.95, 0.62), surface=Surface.GLASS, step=99),
        ),
    ]


def _units(sheds: Sheds, which: Ints) -> Quads:
    """Machines on a flat roof."""
    wide, deep, high = sheds.size[which[0]]
    spots = np.array([(-0.28, 0.1), (0.05, -0.2), (0.31, 0.22), (0.2, -0.05)])
    middle = np.c_[spots * [wide, deep], np.full(4, high)]
    half = np.array([1.6, 1.1, 0.0])
    corners = box(middle - half, middle + half + [0, 0, 1.5]).reshape(-1, 4, 3)
    finish = Finish((0.34, 0.35, 0.36), surface=Surface.DETAIL, step=9)
    return _put(sheds, which, corners, finish)


def _docks(sheds: Sheds, which: Ints, chance: np.random.Generator) -> list[Quads]:
    """Doors with their dark seals, in a row along the front."""
    wide, deep, _ = sheds.size[which[0]]
    pitch = 5.2
    count = max(2, int(wide * 0.72 / pitch))
    middle = (np.arange(count) - (count - 1) / 2) * pitch + chance.uniform(-0.08, 0.08) * wide
    front = np.full(count, -deep / 2)
    quads = [
        (upright(middle - 1.9, middle + 1.9, front - 0.10, (0.9, 4.5)), (0.02, 0.02, 0.022)),
        (upright(middle - 1.4, middle + 1.4, front - 0.14, (1.1, 4.0)), DOOR),
        (upright(middle - 1.9, middle + 1.9, front - 0.30, (0.75, 1.0)), (0.05, 0.05, 0.05)),
    ]
    return [
        _put(
            sheds, which, corners, Finish(albedo, surface=Surface.DETAIL, level=Level.NEAR, step=9)
        )
        for corners, albedo in quads
    ]


def _lamps(sheds: Sheds, which: Ints) -> tuple[list[Quads], Lights]:
    """Lamps under the edge of the roof on three sides."""
    wide, deep, high = sheds.size[which[0]]
    pitch = 16.0
    z = min(high - 0.8, 7.0)
    rows = []
    for length, turn in ((wide, 0), (deep, 1), (deep, 3)):
        count = max(1, int(length / pitch))
        x = (np.arange(count) - (count - 1) / 2) * pitch
        out = (deep if turn == 0 else wide) / 2
        c, s = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
        spot = np.stack([x, np.full(count, -out), np.full(count, z)], axis=1)
        turned = np.c_[spot[:, 0] * c - spot[:, 1] * s, spot[:, 0] * s + spot[:, 1] * c, spot[:, 2]]
        away = np.array([s, -c, 0.0])
        rows.append((turned, np.repeat(away[None], count, axis=0)))
    place = np.concatenate([row[0] for row in rows])
    out_ = np.concatenate([row[1] for row in rows])
    half = np.array([0.22, 0.22, 0.11])
    middle = place + out_ * 0.25
    corners = box(middle - half, middle + half).reshape(-1, 4, 3)
    corners = np.concatenate([corners, _bottoms(middle, half)])
    glow = Finish((0.2,) * 3, _tint(np.array(WHITE_5000) * 110.0), surface=Surface.GLASS, step=9)
    where = sheds.lots.to_world(which, (place + out_ * 0.8)[None])[0]
    light = shine(
        where, np.full((len(where), 3), 42.0) * WHITE_5000, np.array([0, 0, -1.0]), Beam.BULB
    )
    return [_put(sheds, which, corners, glow)], light


def _bottoms(middle: Floats, half: Floats) -> Floats:
    """Rectangles that look down."""
    ring = np.array([(-1, -1), (-1, 1), (1, 1), (1, -1)]) * half[:2]
    flat = np.c_[ring, np.full(4, -half[2])]
    return np.asarray(middle[:, None] + flat[None])


def _windows(sheds: Sheds, which: Ints, chance: np.random.Generator, lit: float) -> list[Quads]:
    """Offices at a corner, two storeys."""
    wide, deep, high = sheds.size[which[0]]
    x = np.tile(wide / 2 - 2.0 - np.arange(6) * 2.1, 2)
    z = np.repeat([1.2, 4.4], 6)
    keep = z + 1.6 < high
    x, z = x[keep], z[keep]
    corners = upright(x - 0.85, x + 0.85, np.full(len(x), -deep / 2 - 0.16), (z, z + 1.5))
    on = chance.random(len(x)) < lit
    glow = np.where(on[:, None], np.array([1.9, 1.8, 1.55]), 0.0)
    return [_put(sheds, which, corners, Finish((0.03,) * 3, glow, surface=Surface.GLASS, step=9))]


def _sign(
    sheds: Sheds, which: Ints, chance: np.random.Generator, lit: float
) -> tuple[list[Quads], list[Lights]]:
    """A sign without words: a mark and a few bars."""
    wide, deep, high = sheds.size[which[0]]
    burns = chance.random() < 0.3 + 0.7 * min(1.0, 2 * lit)
    colour = SIGNS[chance.integers(len(SIGNS))]
    left = -wide / 2 + chance.uniform(2, 6)
    cuts = left + np.r_[0.0, np.cumsum(chance.uniform(0.5, 1.5, 7) + 0.22)]
    x0, x1 = cuts[:-1], cuts[1:] - 0.22
    front, z = np.full(len(x0), -deep / 2 - 0.18), high - 2.0
    corners = upright(x0, x1, front, (np.full(len(x0), z), np.full(len(x0), z + 1.1)))
    mark = upright(np.array([left - 2.0]), np.array([left - 0.5]), front[:1], (z - 0.2, z + 1.3))
    glow = colour if burns else colour * 0.0
    finish = Finish((0.2,) * 3, glow, surface=Surface.GLASS, level=Level.EVERYWHERE, step=9)
    parts = [_put(sheds, which, np.concatenate([corners, mark]), finish)]
    if not burns:
        return parts, []
    middle = np.array([[left + 3.0, -deep / 2 - 0.6, z + 0.5]])
    where = sheds.lots.to_world(which, middle[None])[0]
    axis = sheds.lots.to_world(which, middle[None] + [0.0, -1.0, 0.0])[0] - where
    return parts, [shine(where, colour[None] * 3.0, axis, Beam.WINDOW)]


def office(centre: Floats, turn: float, chance: np.random.Generator, lit: float) -> Quads:
    """A plain block of offices or rooms, with bands of windows on all sides.

    Args:
        centre: x and y, metres.
        turn: Radians from east to its front.
        chance: For its size and its windows.
        lit: Share of windows that are lit.
    """
    floors = int(chance.integers(3, 8))
    size = np.array([[chance.uniform(24, 44), chance.uniform(13, 17), 3.5 * floors + 1.2]])
    sheds = sheds_at(centre[None], np.array([turn]), size)
    which = np.array([0])
    colour = CLADDING[chance.integers(len(CLADDING))]
    parts = _hull(sheds, which, colour)
    glow, corners = [], []
    late = chance.random(floors) < 0.5
    for side, (c, s) in enumerate(((1, 0), (0, 1), (-1, 0), (0, -1))):
        length = size[0, side % 2]
        out = size[0, 1 - side % 2] / 2
        count = int((length - 2) / 2.5)
        x = np.tile((np.arange(count) - (count - 1) / 2) * 2.5, floors)
        z = np.repeat(1.2 + 3.5 * np.arange(floors), count)
        flat = upright(x - 1.05, x + 1.05, np.full(len(x), -out - 0.05), (z, z + 1.65))
        turned = flat.copy()
        turned[..., 0] = flat[..., 0] * c - flat[..., 1] * s
        turned[..., 1] = flat[..., 0] * s + flat[..., 1] * c
        corners.append(turned)
        share = np.repeat(np.where(late, 1.25, 0.5), count) * lit
        on = chance.random(len(x)) < share
        warm = chance.random((len(x), 1)) < 0.3
        tone = np.where(warm, np.array([1.9, 1.25, 0.62]), np.array([1.7, 1.75, 1.7]))
        glow.append(tone * (on * chance.uniform(0.5, 1.4, len(x)))[:, None])
    finish = Finish(
        (0.03,) * 3, np.concatenate(glow), surface=Surface.GLASS, level=Level.EVERYWHERE, step=99
    )
    parts.append(_put(sheds, which, np.concatenate(corners), finish))
    return join(parts).owned(owner(Thing.OFFICE))
