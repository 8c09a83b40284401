"""The skin of a city's buildings: walls, roofs, parapets, cornices and windows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.facade import (
    Glazing,
    Panes,
    Walls,
    copings,
    divide,
    glaze,
    lay_lids,
    stand_walls,
)
from generique.world.lights import (
    TELEVISION,
    WARM_2700,
    WARM_3500,
    WHITE_5000,
    Beam,
    Lights,
    shine,
)
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.outline import area, inset
from generique.world.places.city.masses import Mass
from generique.world.places.city.plan import GROUND_FLOOR, STOREYS, Kind, Lot

PARAPET = 0.95
BLIND_BELOW = 19.0
"""Height up to which a wall against a neighbour has no windows, metres."""
LIT_BELOW = 12.0
"""Height up to which windows light the street; above, they are only seen. Metres."""
CAPPED = 30.0
"""Height of a building's copy beyond the edge: one centre is enough for a city."""

_BRICK = ((0.20, 0.105, 0.08), (0.27, 0.19, 0.14), (0.15, 0.085, 0.07), (0.36, 0.31, 0.25))
_PAINTED = ((0.44, 0.42, 0.38), (0.17, 0.10, 0.08), (0.24, 0.24, 0.23), (0.32, 0.24, 0.17))
_STONE = ((0.40, 0.36, 0.29), (0.34, 0.31, 0.27), (0.45, 0.41, 0.34), (0.30, 0.24, 0.18))
_CONCRETE = ((0.36, 0.35, 0.33), (0.28, 0.275, 0.265), (0.46, 0.45, 0.43), (0.22, 0.21, 0.20))
_METAL = ((0.09, 0.10, 0.11), (0.16, 0.18, 0.20), (0.06, 0.065, 0.07), (0.13, 0.11, 0.09))
_LIGHT = ((0.48, 0.47, 0.45), (0.36, 0.36, 0.36), (0.20, 0.20, 0.21), (0.42, 0.38, 0.33))
_PALETTE = np.array([(*_BRICK, *_PAINTED), (*_BRICK[:3], _STONE[1], *_PAINTED), 2 * _STONE, 2 * _CONCRETE, 2 * _METAL, 2 * _LIGHT])
"""Linear albedo: kinds x shades x 3."""

_BAY = np.array([2.5, 3.5, 2.4, 3.0, 3.0, 3.3])
_SHARE = np.array([0.42, 0.70, 0.50, 0.985, 0.965, 0.72])
_SILL = np.array([0.85, 0.75, 0.85, 1.05, 0.30, 0.45])
_HEAD = np.array([0.55, 0.55, 0.60, 0.75, 0.85, 0.55])
_MERGE = np.array([1, 1, 2, 3, 3, 2])
_GLASS = np.array(
    [
        (0.035, 0.035, 0.04),
        (0.04, 0.042, 0.045),
        (0.045, 0.045, 0.05),
        (0.07, 0.075, 0.08),
        (0.17, 0.20, 0.22),
        (0.08, 0.09, 0.095),
    ]
)
"""How much the panes of each kind mirror."""
HOMES = np.array([True, False, False, False, False, True])
"""Kinds that people live in: their windows are lit one by one, offices by floors."""


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
    walls, owner, edge = stand_walls(outlines, low, high)
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
    parts += _cornices(skin, masses)
    parts += [_floors(skin), _beyond(skin, masses, seed)]
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


def _cornices(skin: Skin, masses: list[Mass]) -> list[Quads]:
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
    chosen = np.flatnonzero((skin.kind == Kind.CONDO) & ~skin.plant & ~skin.blind & (walls.width > 7))
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


def _beyond(skin: Skin, masses: list[Mass], seed: int) -> Quads:
    """What is seen of the city's copies beyond its edge: low blocks with a few lit strips."""
    chance = stream(seed, "beyond")
    ground = [k for k, mass in enumerate(masses) if mass.low < 1]
    outlines = [masses[k].outline for k in ground]
    high = np.minimum([masses[k].high for k in ground], CAPPED)
    walls, owner, _ = stand_walls(outlines, np.zeros(len(ground)), high)
    first = np.zeros(len(masses), int)
    first[skin.mass[::-1]] = np.arange(len(skin.mass))[::-1]
    colour = skin.albedo[first[np.array(ground)]]
    lids, of = lay_lids(outlines, high)
    kind = skin.kind[first[np.array(ground)]]
    parts = [
        paint(
            walls.panel((0.0, walls.width), (0.0, walls.height)),
            Finish(colour[owner], surface=Surface.DETAIL, level=Level.SKYLINE),
        ),
        paint(
            lids,
            Finish(
                colour[of] * 0.4 + 0.05, snow=0.9, surface=Surface.DETAIL, level=Level.SKYLINE
            ),
        ),
    ]
    for _ in range(2):
        low = chance.uniform(0.1, 0.8, len(walls)) * walls.height
        left = chance.uniform(0.0, 0.7, len(walls)) * walls.width
        wide = np.minimum(chance.uniform(1.4, 5.0, len(walls)), walls.width - left)
        glow = home_light(chance, len(walls)) * 0.8 * (chance.random((len(walls), 1)) < 0.6)
        which = np.flatnonzero(walls.width > 5)
        some = walls.take(which)
        strip = some.panel(
            (left[which], (left + wide)[which]), (low[which], low[which] + 1.5), FAR_GAP
        )
        finish = Finish(
            _GLASS[kind[owner[which]]], glow[which], surface=Surface.GLASS, level=Level.SKYLINE
        )
        parts.append(paint(strip, finish))
    return join(parts)


FAR_GAP = 0.15


def glazing_of(skin: Skin, seed: int) -> Glazing:
    """How the walls are glazed."""
    chance = stream(seed, "glazing")
    lots = int(skin.lot.max(initial=-1)) + 1
    play = chance.uniform(0.88, 1.14, lots)[skin.lot]
    tone = chance.uniform(0.7, 1.3, (lots, 1))[skin.lot]
    kind, street = skin.kind, skin.walls.foot[:, 2] < 1
    side = ~skin.shops & street
    base = np.where(street, GROUND_FLOOR, 0.0) + 0.02
    return Glazing(
        bay=_BAY[kind] * play * np.where(side & (kind < 3), 1.35, 1.0),
        storey=STOREYS[kind],
        base=base,
        top=np.full(len(kind), 0.05),
        share=np.where(side & (kind > 2), 0.62, _SHARE[kind]),
        sill=_SILL[kind],
        head=_HEAD[kind],
        albedo=_GLASS[kind] * tone,
        merge=_MERGE[kind],
    )


def crown_quads(skin: Skin, lots: tuple[Lot, ...], masses: list[Mass], seed: int, lit: float) -> Quads:
    """Bands of light round the heads of some towers."""
    chance = stream(seed, "crowns")
    draw = chance.random(len(lots))
    hue = _CROWNS[chance.integers(len(_CROWNS), size=len(lots))]
    height = np.array([lot.height for lot in lots])
    crowned = np.array([mass.crowned for mass in masses])[skin.mass]
    chosen = crowned & ~skin.plant & (height[skin.lot] > 70) & (draw[skin.lot] < 0.42)
    which = np.flatnonzero(chosen)
    some = skin.walls.take(which)
    stone = skin.kind[which] == Kind.STONE
    high = some.height + np.where(stone, 0.35, 0.85)
    low = high - np.where(stone, 0.5, 0.75)
    glow = hue[skin.lot[which]] * (1.7 if lit > 0 else 0.0)
    corners = some.panel((0.0, some.width), (low, high), 0.6 * stone + 0.05)
    finish = Finish(0.1 * skin.albedo[which], glow, surface=Surface.GLASS, step=99.0)
    return paint(corners, finish)


_CROWNS = np.array(
    [(1.0, 0.74, 0.40), (0.95, 0.97, 1.0), (1.0, 0.58, 0.22), (0.30, 0.50, 1.0), (0.85, 0.95, 1.0)]
)


def windows(skin: Skin, seed: int, lit: float) -> tuple[Quads, Lights]:
    """All windows above the shops, and the light of the lower ones.

    Args:
        skin: The walls.
        seed: Of the place.
        lit: Share of the windows that are lit, 0 to 1.
    """
    glazing = glazing_of(skin, seed)
    panes = divide(skin.walls, glazing)
    foot = skin.walls.foot[panes.wall, 2] + panes.low
    keep = ~skin.plant[panes.wall] & ~(skin.blind[panes.wall] & (foot < BLIND_BELOW))
    panes = panes.take(np.flatnonzero(keep))
    radiance = shining(skin, panes, seed, lit)
    tint = stream(seed, "panes").uniform(0.7, 1.3, len(panes))
    quads = glaze(skin.walls, glazing, panes, radiance, tint)
    return quads, _spill(skin, panes, radiance)


def shining(skin: Skin, panes: Panes, seed: int, lit: float) -> Floats:
    """Radiance of panes, n x 3: homes one by one, offices by floors and parts of floors."""
    chance = stream(seed, "window light")
    count = len(panes)
    wall, lot = panes.wall, skin.lot[panes.wall]
    floor = np.round((skin.walls.foot[wall, 2] + panes.low) / 3.0).astype(np.int64)
    home = HOMES[skin.kind[wall]]
    own, by_floor, by_part = chance.random(count), _draw(lot, floor, 0 * wall, seed), None
    part = panes.column // 4 + 7 * wall
    by_part = _draw(lot, floor, part, seed + 1)
    # Half of the offices' floors are lit as a whole, the others where somebody works late.
    whole = _draw(lot, floor, 0 * wall, seed + 2) < 0.5
    rank = np.where(home, own, np.where(whole, by_floor, by_part))
    dim = np.where(whole & (by_floor > 0.7 * lit), 0.35, 1.0)
    glow_home = home_light(chance, count)
    white = _draw(lot, 0 * lot, 0 * lot, seed + 3)[:, None]
    cool = np.where(white < 0.3, np.array([0.86, 0.93, 1.0]), np.array(WARM_3500))
    cool = np.where(white > 0.8, np.array([0.92, 1.0, 0.86]), cool)
    level = 0.72 * np.exp(0.45 * chance.normal(size=count) + 0.5 * (by_floor - 0.5)) * dim
    glow = np.where(home[:, None], glow_home, cool * level[:, None])
    return np.asarray(glow * (rank < lit)[:, None])


def home_light(chance: np.random.Generator, count: int) -> Floats:
    """What lit windows of homes shine, n x 3."""
    kind = chance.random(count)
    colour = np.array([WARM_2700, WARM_3500, TELEVISION, WHITE_5000])[
        np.digitize(kind, [0.46, 0.80, 0.88])
    ]
    faint = np.where((kind >= 0.80) & (kind < 0.88), 0.45, 1.0)
    spread = np.exp(chance.normal(-0.1, 0.65, count))
    return np.asarray(colour * (1.35 * spread * faint)[:, None])


def _draw(first: Ints, second: Ints, third: Ints, seed: int) -> Floats:
    """A number from 0 to 1 that belongs to three whole numbers, n."""
    mixed = first.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= second.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= third.astype(np.uint64) * np.uint64(0x165667B19E3779F9)
    mixed ^= np.uint64(seed * 0xD6E8FEB86659FD93 % 2**64)
    for shift in (30, 27):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return np.asarray((mixed >> np.uint64(40)).astype(float) / 2**24)


def _spill(skin: Skin, panes: Panes, radiance: Floats) -> Lights:
    """The light of the windows near the street, some bays as one."""
    wall = panes.wall
    foot = skin.walls.foot[wall, 2] + panes.low
    near = foot < LIT_BELOW
    group = np.flatnonzero(near & (panes.column % 3 == 1) & (radiance.max(axis=1, initial=0) > 0))
    some = skin.walls.take(wall[group])
    middle = (panes.left + panes.right)[group] / 2, (panes.low + panes.high)[group] / 2
    position = some.at(*middle, 0.3)
    axis = np.c_[some.out, np.zeros(len(some))]
    power = radiance[group] * (4.5 * panes.area()[group])[:, None]
    return shine(position, power, axis, Beam.WINDOW)


__all__ = ["Skin", "area", "clothe", "glazing_of", "inset", "shining", "skin_quads", "windows"]
