"""Windows of a city's buildings: who is still at work, who is at home, and what copies show."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, Ints, stream
from generique.world.kit.facade import Glazing, Panes, divide, glaze, lay_lids, stand_walls
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
from generique.world.places.city.lots import GROUND_FLOOR, STOREYS, Kind, Lot
from generique.world.places.city.masses import Mass
from generique.world.places.city.skin import Skin

BLIND_BELOW = 19.0
"""Height up to which a wall against a neighbour has no windows, metres."""
LIT_BELOW = 12.0
"""Height up to which windows light the street; above, they are only seen. Metres."""
CAPPED = 30.0
"""Height of a building's copy beyond the edge: one centre is enough for a city."""
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


def beyond(skin: Skin, masses: list[Mass], seed: int, lit: float) -> Quads:
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
            Finish(colour[of] * 0.4 + 0.05, snow=0.9, surface=Surface.DETAIL, level=Level.SKYLINE),
        ),
    ]
    for _ in range(2):
        low = chance.uniform(0.1, 0.8, len(walls)) * walls.height
        left = chance.uniform(0.0, 0.7, len(walls)) * walls.width
        wide = np.minimum(chance.uniform(1.4, 5.0, len(walls)), walls.width - left)
        glow = home_light(chance, len(walls)) * 0.8 * (chance.random((len(walls), 1)) < 1.4 * lit)
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


def crown_quads(
    skin: Skin, lots: tuple[Lot, ...], masses: list[Mass], seed: int, lit: float
) -> Quads:
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
    same = np.zeros_like(lot)
    own, by_floor = chance.random(count), _draw(lot, floor, same, seed)
    by_part = _draw(lot, floor, panes.column // 4 + 7 * wall, seed + 1)
    # Half of the offices' floors are lit as a whole, the others where somebody works late.
    whole = _draw(lot, floor, same, seed + 2) < 0.5
    rank = np.where(home, own, np.where(whole, by_floor, by_part))
    cleaners = whole & (by_floor > 0.7 * lit)
    tone = _draw(lot, floor, same, seed + 4) * 0.35 + _draw(lot, same, same, seed + 3)
    colour = _OFFICE[np.digitize(tone, [0.40, 0.75, 1.05])]
    level = 0.46 * np.exp(0.3 * chance.normal(size=count) + 1.5 * (by_part - 0.5))
    level = np.where(cleaners, 0.35, 1.0) * level
    glow = np.where(home[:, None], home_light(chance, count), colour * level[:, None])
    return np.asarray(glow * (rank < lit)[:, None])


_OFFICE = np.array([(0.80, 0.91, 1.0), (1.0, 0.86, 0.62), WARM_3500, (0.90, 1.0, 0.80)])
"""Colours of the light in offices."""


def home_light(chance: np.random.Generator, count: int) -> Floats:
    """What lit windows of homes shine, n x 3."""
    kind = chance.random(count)
    colour = np.array([WARM_2700, WARM_3500, TELEVISION, WHITE_5000])[
        np.digitize(kind, [0.46, 0.80, 0.88])
    ]
    faint = np.where((kind >= 0.80) & (kind < 0.88), 0.45, 1.0)
    spread = np.exp(chance.normal(-0.1, 0.65, count))
    return np.asarray(colour * (1.05 * spread * faint)[:, None])


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
