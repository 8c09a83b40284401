"""The skin of a city's buildings: walls, roofs, parapets, cornices and windows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.kit.facade import (
    Walls,
    copings,
    lay_lids,
    stand_walls,
)
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.places.city.lots import GROUND_FLOOR, STOREYS, Kind, Lot
from generique.world.places.city.masses import Mass

PARAPET = 0.95

_BRICK = ((0.20, 0.105, 0.08), (0.27, 0.19, 0.14), (0.15, 0.085, 0.07), (0.36, 0.31, 0.25))
_PAINTED = ((0.44, 0.42, 0.38), (0.17, 0.10, 0.08), (0.24, 0.24, 0.23), (0.32, 0.24, 0.17))
_STONE = ((0.40, 0.36, 0.29), (0.34, 0.31, 0.27), (0.45, 0.41, 0.34), (0.30, 0.24, 0.18))
_CONCRETE = ((0.36, 0.35, 0.33), (0.28, 0.275, 0.265), (0.46, 0.45, 0.43), (0.22, 0.21, 0.20))
_METAL = ((0.09, 0.10, 0.11), (0.16, 0.18, 0.20), (0.06, 0.065, 0.07), (0.13, 0.11, 0.09))
_LIGHT = ((0.48, 0.47, 0.45), (0.36, 0.36, 0.36), (0.20, 0.20, 0.21), (0.42, 0.38, 0.33))
_PALETTE = np.array(
    [
        (*_BRICK, *_PAINTED),
        (*_BRICK[:3], _STONE[1], *_PAINTED),
        2 * _STONE,
        2 * _CONCRETE,
        2 * _METAL,
        2 * _LIGHT,
    ]
)
"""Linear albedo: kinds x shades x 3."""


@dataclass(frozen=True)
class Skin:
    """Walls of all masses with their owners; one row a wall.

    Attributes:
        mass: Index of the mass.
        lot: Index of the lot.
        kind: n, of :class:`Kind`.
        plant: n, True for machine rooms.
        blind: n, True where no windows are at the foot.
        shops: n, True along the street at the ground.
        albedo: n x 3.
    """

    walls: Walls
    mass: Ints
    lot: Ints
    kind: Ints
    plant: Flags
    blind: Flags
    shops: Flags
    albedo: Floats


def clothe(lots: tuple[Lot, ...], masses: list[Mass], seed: int) -> Skin:
    """Walls and their colours."""
    outlines = [mass.outline for mass in masses]
    low = np.array([mass.low for mass in masses])
    high = np.array([mass.high for mass in masses])
    walls, owner, _edge = stand_walls(outlines, low, high)
    lot = np.array([mass.lot for mass in masses], int)[owner]
    kind = np.array([each.kind for each in lots], int)
    colour = colours(kind, seed)
    flags = [
        np.concatenate([getattr(mass, name) for mass in masses]) for name in ("blind", "shops")
    ]
    plant = np.array([mass.plant for mass in masses])[owner]
    albedo = np.where(plant[:, None], 0.8 * colour[lot] + 0.03, colour[lot])
    albedo = np.where(flags[0][:, None] & (kind[lot] > 1)[:, None], 0.85 * albedo, albedo)
    return Skin(walls, owner, lot, kind[lot], plant, flags[0], flags[1], albedo)


def colours(kind: Ints, seed: int) -> Floats:
    """A wall colour for each building, n x 3."""
    chance = stream(seed, "walls")
    shade = chance.integers(_PALETTE.shape[1], size=len(kind))
    return np.asarray(_PALETTE[kind, shade] * chance.uniform(0.8, 1.15, (len(kind), 1)))


def fire_escapes(skin: Skin, seed: int) -> Quads:
    """Iron balconies with ladders before the old houses of flats."""
    chance = stream(seed, "fire escapes")
    walls = skin.walls
    fits = (skin.kind == Kind.WALKUP) & skin.shops & (walls.width > 8) & (walls.height > 11)
    which = np.flatnonzero(fits & (walls.foot[:, 2] < 1))
    which = which[chance.random(len(which)) < 0.5]
    storey = float(STOREYS[Kind.WALKUP])
    count = np.maximum(((walls.height[which] - GROUND_FLOOR) / storey).astype(int), 0)
    at = (walls.width[which] * chance.uniform(0.3, 0.7, len(which))).repeat(count)
    some = walls.take(which.repeat(count))
    row = np.arange(len(some)) - np.repeat(np.cumsum(count) - count, count)
    low = GROUND_FLOOR + storey * row
    wide = (at - 1.9, at + 1.9)
    iron = Finish((0.03, 0.03, 0.032), surface=Surface.DETAIL, level=Level.NEAR, step=99.0)
    parts = [
        paint(some.panel(wide, (low, low), (1.05, 0.0)), iron),
        paint(some.panel(wide, (low - 0.12, low), 1.05), iron),
    ]
    rails = [some.panel(wide, (low + rail, low + rail + 0.06), 1.05) for rail in (0.45, 0.9)]
    parts += [paint(rail, iron) for rail in rails]
    for post in (-1.85, -0.6, 0.6, 1.8):
        bar = (at + post, at + post + 0.06)
        parts.append(paint(some.panel(bar, (low, low + 0.95), 1.05), iron))
    lean = np.where(row % 2 == 0, 1.0, -1.0)
    upper = row < np.repeat(count, count) - 1
    flight = some.take(np.flatnonzero(upper))
    foot, head = (at - 1.3 * lean)[upper], (at + 1.3 * lean)[upper]
    base = low[upper]
    corners = [
        flight.at(foot, base, 0.55),
        flight.at(head, base + storey, 0.55),
        flight.at(head, base + storey + 0.28, 0.55),
        flight.at(foot, base + 0.28, 0.55),
    ]
    parts.append(paint(np.stack(corners, axis=1), iron))
    return join(parts)


def skin_quads(skin: Skin, masses: list[Mass], seed: int) -> Quads:
    """Walls, roofs, parapets and cornices."""
    chance = stream(seed, "roofs")
    outlines = [mass.outline for mass in masses]
    roof = np.array([mass.high for mass in masses])
    top = np.array([0.25 if mass.plant else PARAPET for mass in masses])
    tone = chance.random((len(masses), 1))
    grey = np.where(tone < 0.35, 0.05 + 0.1 * tone, np.where(tone < 0.75, 0.13 + 0.12 * tone, 0.42))
    grey = grey * np.array([1, 0.985, 0.95]) * chance.uniform(0.8, 1.15, (len(masses), 1))
    lids, owner = lay_lids(outlines, roof)
    finish = Finish(grey[owner], snow=0.92, level=Level.ALWAYS, step=9.0)
    parts = [*_walls(skin, top), paint(lids, finish)]
    inner, coping, of = copings(outlines, roof, PARAPET, 0.35)
    first = np.zeros(len(masses), int)
    first[skin.mass[::-1]] = np.arange(len(skin.mass))[::-1]
    shade = skin.albedo[first[of]]
    solid = Finish(0.9 * shade, surface=Surface.DETAIL, level=Level.NEAR, step=9.0)
    stone = 0.35 * shade + 0.65 * np.array([0.21, 0.205, 0.195])
    snowy = Finish(stone, snow=0.9, surface=Surface.DETAIL, level=Level.ALWAYS, step=12.0)
    tall = ~np.array([mass.plant for mass in masses])[of]
    parts += [paint(inner[tall], _rows(solid, tall)), paint(coping[tall], _rows(snowy, tall))]
    parts += _cornices(skin)
    parts.append(_floors(skin))
    return join(parts)


def _rows(finish: Finish, which: Flags) -> Finish:
    return Finish(
        np.asarray(finish.albedo)[which],
        snow=finish.snow,
        surface=finish.surface,
        level=finish.level,
        step=finish.step,
    )


def _walls(skin: Skin, top: Floats) -> list[Quads]:
    """Walls in bands, finer where the light of the street reaches, and the parapets on them."""
    walls = skin.walls
    high = walls.height
    # A parapet keeps hardly any sky from its roof: it casts no shadow in the bake.
    upstand = Finish(skin.albedo, surface=Surface.DETAIL, level=Level.ALWAYS, step=20.0)
    parts = [paint(walls.panel((0.0, walls.width), (high, high + top[skin.mass])), upstand)]
    street = skin.shops & (walls.foot[:, 2] < 1)
    bands = ((street, 0.0, 6.5, 2.6), (street, 6.5, 18.0, 5.0), (street, 18.0, 999.0, 18.0))
    for chosen, low, end, step in (*bands, (~street, 0.0, 18.0, 7.0), (~street, 18.0, 999.0, 20.0)):
        start = np.clip(low - walls.foot[:, 2], 0, high)
        stop = np.clip(end - walls.foot[:, 2], 0, high)
        which = np.flatnonzero((stop - start > 0.01) & chosen)
        some = walls.take(which)
        corners = some.panel((0.0, some.width), (start[which], stop[which]))
        parts.append(paint(corners, Finish(skin.albedo[which], step=step)))
    return parts


def _cornices(skin: Skin) -> list[Quads]:
    """Ledges round the tops of old buildings, and above their ground floors."""
    parts = []
    old = np.isin(skin.kind, (Kind.WALKUP, Kind.LOFT, Kind.STONE)) & ~skin.plant & ~skin.blind
    walls = skin.walls
    wide = old & (walls.width > 5)
    bands = (
        (wide, walls.height + 0.35, 0.75, 0.55, Level.ALWAYS),
        (wide & skin.shops, walls.height * 0 + 4.5, 0.4, 0.3, Level.NEAR),
        (wide & (walls.height > 20), walls.height - 3.7, 0.35, 0.3, Level.ALWAYS),
    )
    for chosen, foot, tall, deep, level in bands:
        which = np.flatnonzero(chosen)
        some = walls.take(which)
        low = foot[which]
        box = some.box((-deep, some.width + deep), (low, low + tall), (0.0, deep))
        colour = np.repeat(np.minimum(skin.albedo[which] * 1.25 + 0.03, 0.6), 5, axis=0)
        snow = np.tile([0.0, 0.0, 0.0, 0.9, 0.0], len(which))
        finish = Finish(colour, snow=snow, surface=Surface.DETAIL, level=level, step=14.0)
        parts.append(paint(box.reshape(-1, 4, 3), finish))
    return parts


def _floors(skin: Skin) -> Quads:
    """Slabs of balconies along the floors of condominiums."""
    walls = skin.walls
    chosen = np.flatnonzero(
        (skin.kind == Kind.CONDO) & ~skin.plant & ~skin.blind & (walls.width > 7)
    )
    storey = float(STOREYS[Kind.CONDO])
    base = np.where(walls.foot[:, 2] < 1, GROUND_FLOOR, 0.0)
    count = np.maximum(((walls.height - base) / storey + 0.02).astype(int), 0)[chosen]
    wall = np.repeat(chosen, count)
    row = np.arange(len(wall)) - np.repeat(np.cumsum(count) - count, count)
    low = base[wall] + storey * row
    some = walls.take(wall)
    every = some.width > 0
    deep = 1.35 * every
    edge = some.panel((0.0, some.width), (low - 0.12, low + 0.12), deep)
    top = some.panel((0.0, some.width), (low + 0.12, low + 0.12), (deep, 0.0 * deep))
    under = some.panel((0.0, some.width), (low - 0.12, low - 0.12), (0.0 * deep, deep))
    rail = some.panel((0.0, some.width), (low + 0.12, low + 1.1), deep - 0.02)
    white = Finish((0.46, 0.46, 0.45), surface=Surface.DETAIL, step=30.0)
    lid = Finish((0.36, 0.36, 0.35), snow=0.7, surface=Surface.DETAIL, level=Level.NEAR, step=30.0)
    glass = Finish((0.10, 0.11, 0.115), surface=Surface.GLASS, level=Level.NEAR, step=60.0)
    near = np.flatnonzero(some.foot[:, 2] + low < 45)
    return join(
        [
            paint(edge, white),
            paint(top, lid),
            paint(under, lid),
            paint(rail[near], glass),
        ]
    )
