"""Shop fronts at street level, and the signs of the city."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, Ints, stream
from generique.world.kit.shopfront import (
    HUES,
    SIGN_FOOT,
    SIGN_HEAD,
    Fronts,
    awnings,
    letters,
    shop_frames,
    shop_spill,
    show_windows,
)
from generique.world.lights import WARM_3500, WHITE_5000, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import BY_PLACE, Thing, owner
from generique.world.places.city.skin import Skin
from generique.world.scene import Country, Life, Place

FRONT = 6.2
"""Usual width of a shop, metres."""
_SIGNED = {Country.JAPAN: 0.92, Country.UNITED_STATES: 0.5, Country.CANADA: 0.42}
_BLADES = {Country.JAPAN: 0.85, Country.UNITED_STATES: 0.10, Country.CANADA: 0.06}


def shop_fronts(skin: Skin, place: Place, life: Life) -> tuple[Quads, Lights]:
    """Shop windows, doors, signs and awnings along the streets, and their light."""
    chance = stream(place.seed, "shops")
    street = np.flatnonzero(skin.shops & (skin.walls.foot[:, 2] < 1) & (skin.walls.width > 4.5))
    count = np.maximum(np.round(skin.walls.width[street] / FRONT), 1).astype(int)
    wall = np.repeat(street, count)
    index = np.arange(len(wall)) - np.repeat(np.cumsum(count) - count, count)
    wide = (skin.walls.width[street] / count).repeat(count)
    walls = skin.walls.take(wall)
    fronts = Fronts(walls, wide * index + 0.25, wide * (index + 1) - 0.25)
    tall = walls.height < 16
    homes = chance.random(len(wall)) < np.where(tall, 0.25, 0.1)
    rank = chance.random(len(wall))
    share = min(1.0, 0.25 + 1.25 * life.lit_windows) if life.lit_windows > 0 else 0.0
    open_ = (rank < share) & ~homes
    white = chance.random((len(wall), 1)) < 0.4
    colour = np.where(white, np.array(WHITE_5000), np.array(WARM_3500))
    glow = colour * (np.exp(chance.normal(0.25, 0.45, (len(wall), 1)))) * open_[:, None]
    closed = (rank >= share) & ~homes & (life.lit_windows > 0)
    glow = glow + closed[:, None] * colour * 0.25
    parts = [shop_frames(fronts, skin.albedo[wall], chance)]
    parts += show_windows(fronts, glow, chance)
    shop = np.flatnonzero(~homes)
    signs, lights = _signs(fronts, shop, place, life, chance)
    parts += [signs, awnings(fronts, shop[chance.random(len(shop)) < 0.26], chance)]
    blades, blade_lights = _blades(skin, place, life)
    parts += [blades, _billboards(skin, place, life)]
    spill = shop_spill(fronts, glow)
    return join(parts), gather([spill, lights, blade_lights])


def _signs(
    fronts: Fronts, shop: Ints, place: Place, life: Life, chance: np.random.Generator
) -> tuple[Quads, Lights]:
    """Boards above the windows; lit ones have letters."""
    some = fronts.take(shop)
    count = len(shop)
    share = _SIGNED[place.country]
    wired, on = chance.random(count) < share, float(life.lit_windows > 0)
    hue = HUES[chance.integers(len(HUES), size=count)]
    inset_ = chance.uniform(0.0, 0.22, count) * (some.right - some.left)
    left, right = some.left + inset_, some.right - inset_
    board = some.walls.box((left, right), (SIGN_FOOT, SIGN_HEAD), (0.05, 0.28))
    base = np.where(
        chance.random((count, 1)) < 0.5, hue * 0.3 + 0.02, chance.uniform(0.02, 0.2, (count, 1))
    )
    whole = (chance.random(count) < 0.45) & wired
    sides = Finish(np.repeat(base, 5, axis=0), surface=Surface.DETAIL, level=Level.ALWAYS, step=9.0)
    parts = [paint(board.reshape(-1, 4, 3), sides)]
    glowing = on * hue * 3.4 * np.exp(chance.normal(0, 0.4, (count, 1)))
    face = np.flatnonzero(whole)
    plate = some.take(face)
    corners = plate.walls.panel(
        (left[face], right[face]), (SIGN_FOOT + 0.06, SIGN_HEAD - 0.06), 0.31
    )
    parts.append(
        paint(corners, Finish(base[face], glowing[face] * 0.75, surface=Surface.GLASS, step=99.0))
    )
    ink = np.where(whole[:, None], 0.0, np.where(wired[:, None], glowing * 1.6, 0.0))
    colour = np.where(whole[:, None], 0.03, np.clip(0.75 - 0.6 * (base > 0.2), 0.1, 0.8))
    told = np.flatnonzero(chance.random(count) < 0.6)
    ends = (left + 0.3)[told], (right - 0.3)[told]
    look = colour[told], ink[told]
    parts.append(letters(some.walls.take(told), ends, (3.66, 4.09), look, chance))
    boards = join(parts).owned(owner(Thing.SIGN, BY_PLACE))
    which = np.flatnonzero(wired & (on > 0))
    bright = some.take(which)
    position = bright.walls.at((left + right)[which] / 2, 3.7, 0.7)
    axis = np.c_[bright.walls.out * 0.6, np.full(len(which), -0.8)]
    return boards, shine(position, glowing[which] * 2.4, axis, Beam.WINDOW)


def _blades(skin: Skin, place: Place, life: Life) -> tuple[Quads, Lights]:
    """Signs that stand out from walls, one above the other; most of all in Japan."""
    chance = stream(place.seed, "blade signs")
    share = _BLADES[place.country]
    walls = skin.walls
    street = np.flatnonzero(
        skin.shops & (walls.foot[:, 2] < 1) & (walls.width > 6) & (walls.height > 9)
    )
    street = street[chance.random(len(street)) < share]
    most = 6 if place.country is Country.JAPAN else 1
    parts, lights = [], []
    left_end = chance.random(len(street)) < 0.5
    for k in range(most):
        tall = (
            chance.uniform(1.6, 2.6, len(street))
            if most > 1
            else chance.uniform(3.0, 6.0, len(street))
        )
        low = 5.0 + 2.75 * k
        fits = (low + tall + 0.5 < walls.height[street]) & (chance.random(len(street)) < 0.85)
        which = np.flatnonzero(fits)
        some = walls.take(street[which])
        at = np.where(left_end[which], 0.5, some.width - 0.7)
        box = some.box((at, at + 0.25), (low, low + tall[which]), (0.25, 1.35))
        hue = HUES[chance.integers(len(HUES), size=len(which))]
        glow = hue * 2.8 * np.exp(chance.normal(0, 0.35, (len(which), 1))) * (life.lit_windows > 0)
        rows = np.repeat(hue * 0.35 + 0.05, 5, axis=0)
        shine_ = (
            np.repeat(glow, 5, axis=0) * np.tile([0.3, 1.0, 1.0, 0.0, 0.0], len(which))[:, None]
        )
        finish = Finish(rows, shine_, surface=Surface.GLASS, step=99.0)
        parts.append(paint(box.reshape(-1, 4, 3), finish))
        parts.append(_glyphs(box[:, 1:3], chance))
        if k == 0:
            position = some.at(at, low + 0.2, 1.6)
            axis = np.c_[some.out * 0.5, np.full(len(some), -0.85)]
            lights.append(shine(position, glow * 3.0, axis, Beam.BULB))
    return join(parts).owned(owner(Thing.SIGN, BY_PLACE)), gather(lights)


_BOARDS = {Country.JAPAN: 0.30, Country.UNITED_STATES: 0.05, Country.CANADA: 0.03}


def _billboards(skin: Skin, place: Place, life: Life) -> Quads:
    """Lit boards on roofs, towards the street."""
    chance = stream(place.seed, "billboards")
    walls = skin.walls
    fits = skin.shops & (walls.foot[:, 2] < 1) & (walls.width > 9)
    fits &= (walls.height > 11) & (walls.height < 42)
    street = np.flatnonzero(fits)
    street = street[chance.random(len(street)) < _BOARDS[place.country]]
    some = walls.take(street)
    wide = np.minimum(some.width * 0.42, chance.uniform(3.0, 6.0, len(street)))
    tall = wide * chance.uniform(0.4, 0.7, len(street))
    middle, low = some.width / 2, some.height + 1.6
    ends = (middle - wide, middle + wide)
    back = some.box(ends, (low, low + tall), (-1.3, -0.9)).reshape(-1, 4, 3)
    steel = Finish((0.08, 0.08, 0.085), surface=Surface.DETAIL, level=Level.ALWAYS, step=20.0)
    legs = [
        some.box(
            (middle + s * wide * 0.7 - 0.1, middle + s * wide * 0.7 + 0.1),
            (low - 1.6, low),
            (-1.2, -1.0),
        )
        for s in (-1.0, 1.0)
    ]
    on = 1.0 if life.lit_windows > 0 else 0.0
    parts = [paint(back, steel), *(paint(leg.reshape(-1, 4, 3), steel) for leg in legs)]
    ground = HUES[chance.integers(len(HUES), size=len(street))]
    bands = 4
    for k in range(bands):
        hue = 0.55 * ground + 0.45 * HUES[chance.integers(len(HUES), size=len(street))]
        cut = (low + tall * (k / bands) + 0.05, low + tall * ((k + 1) / bands))
        left = ends[0] + wide * 2 * chance.uniform(0.0, 0.25, len(street)) * (k % 2)
        corners = some.panel((left + 0.1, ends[1] - 0.1), cut, -0.85)
        glow = hue * (1.3 * on)
        parts.append(paint(corners, Finish(0.25 * hue, glow, surface=Surface.GLASS, step=99.0)))
    return join(parts)


def _glyphs(faces: Floats, chance: np.random.Generator) -> Quads:
    """Dark strokes on the two sides of a blade sign: n x 2 x 4 x 3."""
    corners = []
    for side in (0, 1):
        face = faces[:, side]
        right, up = face[:, 1] - face[:, 0], face[:, 3] - face[:, 0]
        out = np.cross(right, up)
        out = out / (np.linalg.norm(out, axis=1, keepdims=True) + 1e-9) * 0.03
        for row in range(3):
            foot = 0.08 + 0.31 * row
            for u0, u1, v0, v1 in _strokes(chance):
                corners.append(
                    np.stack(
                        [
                            face[:, 0] + out + right * u + up * (foot + 0.24 * v)
                            for u, v in ((u0, v0), (u1, v0), (u1, v1), (u0, v1))
                        ],
                        axis=1,
                    )
                )
    every = np.concatenate(corners) if len(faces) else np.zeros((0, 4, 3))
    finish = Finish((0.02, 0.02, 0.03), surface=Surface.GLASS, level=Level.NEAR, step=9.0)
    return paint(every, finish)


def _strokes(chance: np.random.Generator) -> list[tuple[float, float, float, float]]:
    """Three strokes of a sign in a unit square."""
    high = float(chance.uniform(0.5, 0.85))
    at = float(chance.uniform(0.3, 0.6))
    return [(0.18, 0.82, high, high + 0.12), (at, at + 0.1, 0.05, 0.95), (0.22, 0.78, 0.15, 0.27)]
