"""Fronts and backs of houses in rows: windows, doors, bays, shops, shutters, dormers, balconies."""

from __future__ import annotations

import itertools

import numpy as np

from generique.world.arrays import Floats, Ints, stream
from generique.world.lights import WARM_2700, WARM_3500, WHITE_5000, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.openings import (
    GLOW,
    PANE,
    Openings,
    Sash,
    gather_openings,
    glaze,
    home_glow,
    ledges,
    spill,
)
from generique.world.places.terraces.house import Terrace, points

BAY_DEPTH = 0.75
BAY_WIDTH, BAY_FACE = 2.5, 1.5
SHUTTERS = np.array(
    [
        (0.30, 0.33, 0.34),
        (0.14, 0.20, 0.24),
        (0.10, 0.17, 0.13),
        (0.34, 0.30, 0.24),
        (0.20, 0.09, 0.06),
    ]
)
IRON = (0.02, 0.02, 0.022)
SHOP_PAINTS = np.array(
    [
        (0.03, 0.08, 0.05),
        (0.12, 0.02, 0.02),
        (0.02, 0.03, 0.09),
        (0.05, 0.05, 0.05),
        (0.28, 0.20, 0.07),
    ]
)


def fronts(houses: Terrace, seed: int, lit: float, *, shutters: bool) -> tuple[Quads, Lights]:
    """All windows and doors and what frames them.

    Args:
        houses: The houses.
        seed: Of the place.
        lit: Share of the windows of occupied houses that are lit, 0 to 1.
        shutters: True where windows have them, and casements in place of sashes.
    """
    upper, bays, back = _upper(houses), _bay_panes(houses), _back(houses, seed)
    dormers = _dormers(houses)
    every = gather_openings([upper, bays, back, dormers])
    every = _light(every, houses, seed, lit)
    cuts = np.cumsum([len(upper), len(bays), len(back)])
    order = np.arange(len(every))
    upper, bays, back, dormers = (every.take(part) for part in np.split(order, cuts))
    chance = stream(seed, "terrace panes")
    light = (0.58, 0.57, 0.54)
    rows = 3 if shutters else 2
    sash = Sash(1, rows, 0.055, 0.08, light, drapes=True)
    place = houses.lots
    parts = [
        glaze(place, upper, sash, chance),
        glaze(place, bays, Sash(1, 2, 0.05, 0.06, light, drapes=True), chance),
    ]
    parts += [glaze(place, back, Sash(2, 1), chance), glaze(place, dormers, Sash(2, 2), chance)]
    parts += [ledges(place, upper, houses.trim[upper.lot]), _bay_walls(houses)]
    parts.append(_dormer_walls(houses, dormers))
    doors, fanlights = _doors(houses, seed, lit)
    shops, shop_lights = _shops(houses, seed, lit)
    parts += [doors, shops]
    if shutters:
        parts += [_shutters(houses, upper, seed), _balconies(houses, upper, seed)]
    lights = [spill(place, part) for part in (upper, bays, back)]
    return join(parts), gather([*lights, fanlights, shop_lights])


def _light(panes: Openings, houses: Terrace, seed: int, lit: float) -> Openings:
    radiance = home_glow(stream(seed, "terrace window light"), len(panes))
    rank = stream(seed, "terrace window ranks").random(len(panes))
    radiance[~houses.occupied[panes.lot] | (rank >= lit)] = 0
    return Openings(panes.lot, panes.middle, panes.turn, panes.size, radiance)


def _openings(
    which: Ints, middle: Floats, turn: Floats | float, size: tuple[Floats | float, Floats | float]
) -> Openings:
    count = len(which)
    one = np.ones(count)
    return Openings(
        which,
        middle.reshape(count, 3),
        np.asarray(turn * one, float),
        np.stack([size[0] * one, size[1] * one], axis=-1),
        np.zeros((count, 3)),
    )


def _upper(houses: Terrace) -> Openings:
    """Windows of the front above the ground floor, and on it where there is no bay or shop."""
    parts = []
    front = -houses.depth / 2
    columns = np.where(houses.width > 7.6, 3, 2)
    for floor in range(int(houses.storeys.max(initial=1))):
        for k in range(3):
            there = (k < columns) & (floor < houses.storeys)
            x = (k - (columns - 1) / 2) * houses.width / columns
            if floor == 0:
                door = np.argmin(np.abs(x[:, None] - _door_x(houses)[:, None]), axis=1) == 0
                near_door = np.abs(x - _door_x(houses)) < 1.25
                there &= ~near_door & ~houses.shop & (houses.bay == 0) & door
            there &= ~((floor == 1) & (houses.bay == 2) & (np.sign(x) == -houses.hand))
            which = np.flatnonzero(there)
            z = _sill(houses)[which] + houses.storey * floor + 0.8
            middle = np.stack([x[which], np.full(len(which), front), z], axis=-1)
            parts.append(_openings(which, middle, 0.0, (0.98, 1.6)))
    return gather_openings(parts)


def _sill(houses: Terrace) -> Floats:
    return np.full(len(houses), 0.98) + np.where(houses.garden > 1, 0.15, 0.05)


def _door_x(houses: Terrace) -> Floats:
    return houses.hand * (houses.width / 2 - 0.95)


def _bay_x(houses: Terrace) -> Floats:
    return -houses.hand * (houses.width / 2 - BAY_WIDTH / 2 - 0.28)


def _bay_floors(houses: Terrace) -> list[tuple[Ints, float]]:
    """Houses with a bay on each storey, and the height of its floor."""
    return [(np.flatnonzero(houses.bay > floor), houses.storey * floor) for floor in (0, 1)]


def _bay_sides() -> list[tuple[float, float, float, float]]:
    """Middle x and y, turn and width of the three faces of a canted bay."""
    slant = (BAY_WIDTH - BAY_FACE) / 2
    angle = float(np.arctan2(BAY_DEPTH, slant))
    length = float(np.hypot(BAY_DEPTH, slant))
    x = (BAY_WIDTH + BAY_FACE) / 4
    return [
        (0.0, -BAY_DEPTH, 0.0, BAY_FACE),
        (-x, -BAY_DEPTH / 2, -angle, length),
        (x, -BAY_DEPTH / 2, angle, length),
    ]


def _bay_panes(houses: Terrace) -> Openings:
    parts = []
    for which, floor in _bay_floors(houses):
        for x, y, turn, width in _bay_sides():
            zero = np.zeros(len(which))
            middle = np.stack(
                [_bay_x(houses)[which] + x, zero - houses.depth / 2 + y, zero + floor + 1.85],
                axis=-1,
            )
            parts.append(_openings(which, middle, turn, (width - 0.3, 1.65)))
    return gather_openings(parts)


def _bay_walls(houses: Terrace) -> Quads:
    """The bays round their panes, with a roof of slate or, on two storeys, a gablet."""
    which = np.flatnonzero(houses.bay > 0)
    parts = []
    x, wall = _bay_x(houses)[which], -houses.depth / 2
    top = np.where(houses.bay[which] == 2, houses.eaves[which] - 0.05, 3.0)
    plan = [
        (-BAY_WIDTH / 2, 0.0),
        (-BAY_FACE / 2, -BAY_DEPTH),
        (BAY_FACE / 2, -BAY_DEPTH),
        (BAY_WIDTH / 2, 0.0),
    ]
    place = houses.lots
    tone = np.where((which % 3 == 0)[:, None], houses.wall[which], houses.trim[which])
    for (ax, ay), (bx, by) in itertools.pairwise(plan):
        face = points(
            (x + ax, wall + ay, 0.0),
            (x + bx, wall + by, 0.0),
            (x + bx, wall + by, top),
            (x + ax, wall + ay, top),
        )
        parts.append(paint(place.to_world(which, face), Finish(tone, level=Level.ALWAYS, step=2.4)))
    peak = np.where(houses.bay[which] == 2, top + 1.5, top + 0.75)
    back = np.where(houses.bay[which] == 2, wall + 1.9, wall)
    roof = Finish(houses.roof[which], snow=houses.snow[which], level=Level.ALWAYS, step=2.4)
    lap = 0.12
    front = points(
        (x - BAY_FACE / 2 - lap, wall - BAY_DEPTH - lap, top),
        (x + BAY_FACE / 2 + lap, wall - BAY_DEPTH - lap, top),
        (x + 0.25, back, peak),
        (x - 0.25, back, peak),
    )
    left = points(
        (x - BAY_WIDTH / 2 - lap, wall, top),
        (x - BAY_FACE / 2 - lap, wall - BAY_DEPTH - lap, top),
        (x - 0.25, back, peak),
        (x - 0.25, back, peak),
    )
    right = points(
        (x + BAY_FACE / 2 + lap, wall - BAY_DEPTH - lap, top),
        (x + BAY_WIDTH / 2 + lap, wall, top),
        (x + 0.25, back, peak),
        (x + 0.25, back, peak),
    )
    parts += [paint(place.to_world(which, face), roof) for face in (front, left, right)]
    return join(parts)


def _back(houses: Terrace, seed: int) -> Openings:
    """Windows of the back: one or two a storey beside the wing."""
    chance = stream(seed, "terrace backs")
    parts = []
    free = houses.width - houses.wing
    x = houses.hand * (houses.width / 2 - free / 2)
    for floor in range(int(houses.storeys.max(initial=1))):
        which = np.flatnonzero((floor < houses.storeys) & (chance.random(len(houses)) < 0.92))
        z = np.full(len(which), houses.storey * floor + 1.7)
        middle = np.stack([x[which], np.full(len(which), houses.depth / 2), z], axis=-1)
        parts.append(_openings(which, middle, np.pi, (1.15, 1.3)))
    which = np.flatnonzero((houses.wing > 0) & (chance.random(len(houses)) < 0.8))
    end = houses.depth / 2 + houses.wing_depth[which]
    x = -houses.hand[which] * (houses.width[which] / 2 - houses.wing[which] / 2)
    parts.append(
        _openings(which, np.stack([x, end, np.full(len(which), 1.5)], axis=-1), np.pi, (1.0, 1.1))
    )
    return gather_openings(parts)


def _dormers(houses: Terrace) -> Openings:
    """Dormer windows in mansards: two or three a house, over the windows below."""
    columns = np.where(houses.width > 7.6, 3, 2)
    parts = []
    for k in range(3):
        which = np.flatnonzero((k < columns) & houses.mansard)
        x = ((k - (columns - 1) / 2) * houses.width / columns)[which]
        middle = np.stack(
            [x, np.full(len(which), -houses.depth / 2), houses.eaves[which] + 1.15], axis=-1
        )
        parts.append(_openings(which, middle, 0.0, (0.9, 1.35)))
    return gather_openings(parts)


def _dormer_walls(houses: Terrace, dormers: Openings) -> Quads:
    """Cheeks, face and little roof of each dormer."""
    lot, side = dormers.lot, dormers.size[:, 0] / 2 + 0.16
    face = dormers.panel((-side, side), (-0.85, 0.95), 0.02)
    left = dormers.panel((-side, -side), (-0.85, 0.95), 0.0)
    cheeks = []
    for sign in (-1.0, 1.0):
        corners = left.copy()
        x = (dormers.middle[:, 0] + sign * side)[:, None]
        corners[..., 0] = x
        corners[:, [1, 2], 1] += 1.0
        cheeks.append(corners if sign < 0 else corners[:, ::-1])
    lid = dormers.panel((-side - 0.1, side + 0.1), (0.95, 1.1), (0.12, -1.0))
    place = houses.lots.to_world
    zinc = Finish((0.17, 0.18, 0.19), snow=0.8, surface=Surface.DETAIL, step=9)
    pale = Finish(houses.trim[lot], surface=Surface.DETAIL, step=9)
    return join(
        [
            paint(place(lot, face), pale),
            *(paint(place(lot, cheek), zinc) for cheek in cheeks),
            paint(place(lot, lid), zinc),
        ]
    )


def _doors(houses: Terrace, seed: int, lit: float) -> tuple[Quads, Lights]:
    """Doors in stone surrounds, fanlights that show the hall, and lamps beside a few."""
    chance = stream(seed, "terrace doors")
    which = np.flatnonzero(~houses.shop)
    count = len(which)
    zero = np.zeros(count)
    step = np.where(houses.garden[which] > 1, 0.3, 0.15)
    middle = np.stack([_door_x(houses)[which], zero - houses.depth / 2, step + 1.05], axis=-1)
    doors = _openings(which, middle, 0.0, (0.92, 2.1))
    detail = {"surface": Surface.DETAIL, "level": Level.NEAR, "step": 9}
    surround = Finish(houses.trim[which], **detail)
    reveal = Finish((0.05, 0.045, 0.04), **detail)
    leaf = Finish(houses.door[which], **detail)
    panel = Finish(houses.door[which] * 0.7, **detail)
    stone = Finish((0.24, 0.235, 0.22), snow=0.5, **detail)
    layers = [
        (doors.panel((-0.68, 0.68), (-1.05, 1.85), 0.03), surround),
        (doors.panel((-0.5, 0.5), (-1.05, 1.65), 0.045), reveal),
        (doors.panel((-0.46, 0.46), (-1.05, 1.05), 0.06), leaf),
        (doors.panel((-0.34, -0.06), (-0.8, -0.1), 0.07), panel),
        (doors.panel((0.06, 0.34), (-0.8, -0.1), 0.07), panel),
        (doors.panel((-0.95, 0.95), (1.85, 2.0), 0.25), surround),
    ]
    parts = [paint(houses.lots.to_world(which, corners), finish) for corners, finish in layers]
    steps = doors.box((-0.7, 0.7), (-1.05 - step, -1.05), 0.55)
    parts.append(paint(houses.lots.to_world(np.tile(which, 5), steps), stone))
    rank = chance.random(count)
    on = houses.occupied[which] & (rank < 0.75 * lit)
    glow = np.where(
        on[:, None], np.array(WARM_2700) * GLOW * chance.uniform(0.5, 1.4, (count, 1)), 0.0
    )
    for low, high, wide, share in ((1.15, 1.6, 0.44, 1.0), (0.15, 0.85, 0.2, 0.55)):
        glass = Finish(PANE, glow * share, surface=Surface.GLASS, step=9)
        parts.append(
            paint(houses.lots.to_world(which, doors.panel((-wide, wide), (low, high), 0.07)), glass)
        )
    lamps = np.flatnonzero(on & (chance.random(count) < 0.3))
    spot = doors.take(lamps).at(np.full(len(lamps), 0.85), np.full(len(lamps), 0.9), 0.3)
    colour = np.where(
        chance.random((len(lamps), 1)) < 0.25, np.array(WHITE_5000), np.array(WARM_2700)
    )
    world = houses.lots.to_world(which[lamps], spot)
    bulb = doors.take(lamps).panel((0.78, 0.92), (0.8, 1.05), 0.18)
    parts.append(
        paint(
            houses.lots.to_world(which[lamps], bulb),
            Finish(PANE, colour * 26, surface=Surface.GLASS, step=9),
        )
    )
    down = np.array([0.0, 0.0, -1.0])
    return join(parts), shine(world, colour * 3.2, down, Beam.BULB)


def _shops(houses: Terrace, seed: int, lit: float) -> tuple[Quads, Lights]:
    """Shop fronts: a wide pane with goods behind it, a door, a painted board, some an awning."""
    chance = stream(seed, "terrace shops")
    which = np.flatnonzero(houses.shop)
    count = len(which)
    wide = houses.width[which] / 2 - 0.25
    middle = np.stack(
        [np.zeros(count), np.full(count, -houses.depth / 2), np.full(count, 1.5)], axis=-1
    )
    shop = _openings(which, middle, 0.0, (2 * wide, 2.2))
    colour = SHOP_PAINTS[chance.integers(len(SHOP_PAINTS), size=count)]
    paint_ = Finish(colour, surface=Surface.DETAIL, level=Level.ALWAYS, step=3)
    parts = [
        paint(houses.lots.to_world(which, shop.panel((-wide, wide), (-1.5, 1.55), 0.05)), paint_),
        paint(
            houses.lots.to_world(
                np.tile(which, 5), shop.box((-wide - 0.05, wide + 0.05), (0.95, 1.5), 0.18)
            ),
            Finish(
                np.tile(colour, (5, 1)) * 1.3,
                snow=0.0,
                surface=Surface.DETAIL,
                level=Level.NEAR,
                step=3,
            ),
        ),
    ]
    rank = chance.random(count)
    open_ = rank < (0.35 + 0.75 * lit if lit > 0 else 0.0)
    tint = np.where(chance.random((count, 1)) < 0.6, np.array(WARM_3500), np.array(WHITE_5000))
    glow = np.where(open_[:, None], tint * 6.0, 0.0)
    columns = 4
    for k in range(columns):
        left = -wide + 0.12 + (2 * wide - 0.24) * k / columns
        right = left + (2 * wide - 0.24) / columns - 0.08
        door = k == 1
        low = -1.3 if door else -0.85
        for j, (a, b) in enumerate(((0.0, 0.42), (0.45, 1.0))):
            bottom, top = low + (0.9 - low) * a, low + (0.9 - low) * b
            shade = chance.uniform(0.35, 1.0, (count, 1)) * (0.55 if j == 0 else 1.0)
            glass = Finish(PANE, glow * shade, surface=Surface.GLASS, step=9)
            parts.append(
                paint(
                    houses.lots.to_world(which, shop.panel((left, right), (bottom, top), 0.08)),
                    glass,
                )
            )
    letters = shop.panel((-wide * 0.6, wide * 0.6), (1.12, 1.34), 0.2)
    sign = Finish(
        (0.5, 0.47, 0.38),
        np.where(open_[:, None], tint * 2.2, 0.0),
        surface=Surface.GLASS,
        level=Level.NEAR,
        step=9,
    )
    parts.append(paint(houses.lots.to_world(which, letters), sign))
    awned = np.flatnonzero(chance.random(count) < 0.4)
    part = shop.take(awned)
    cloth = Finish(colour[awned] * 1.8 + 0.05, snow=0.5, surface=Surface.DETAIL, step=3)
    edge = wide[awned]
    parts.append(
        paint(
            houses.lots.to_world(
                which[awned], part.panel((-edge, edge), (0.75, 1.05), (1.2, 0.16))
            ),
            cloth,
        )
    )
    bright = np.flatnonzero(open_)
    lights = []
    for share in (-0.5, 0.5):
        spot = shop.take(bright).at(wide[bright] * share, np.full(len(bright), 0.1), 0.3)
        ahead = shop.take(bright).at(wide[bright] * share, np.full(len(bright), 0.1), 1.3)
        position = houses.lots.to_world(which[bright], spot)
        axis = houses.lots.to_world(which[bright], ahead) - position
        lights.append(shine(position, tint[bright] * 14.0, axis, Beam.WINDOW))
    return join(parts), gather(lights)


def _shutters(houses: Terrace, panes: Openings, seed: int) -> Quads:
    """Shutters folded back on both sides; some are closed over a dark window."""
    chance = stream(seed, "shutters")
    colour = SHUTTERS[chance.integers(len(SHUTTERS), size=len(houses))] * chance.uniform(
        0.8, 1.2, (len(houses), 1)
    )
    has = chance.random(len(houses)) < 0.8
    which = np.flatnonzero(
        has[panes.lot]
        & (houses.width[panes.lot] / np.where(houses.width[panes.lot] > 7.6, 3, 2) > 2.1)
    )
    part = panes.take(which)
    half, high = part.size[:, 0] / 2, part.size[:, 1] / 2 + 0.05
    finish = Finish(colour[part.lot], surface=Surface.DETAIL, level=Level.NEAR, step=9)
    far = Finish(colour[part.lot], surface=Surface.DETAIL, level=Level.FAR, step=9)
    parts = []
    for sign in (-1.0, 1.0):
        near, out = sign * (half + 0.09), sign * (half + 0.55)
        low, top = np.minimum(near, out), np.maximum(near, out)
        corners = part.panel((low, top), (-high, high), 0.07)
        parts += [paint(houses.lots.to_world(part.lot, corners), look) for look in (finish, far)]
    return join(parts)


def _balconies(houses: Terrace, panes: Openings, seed: int) -> Quads:
    """Iron railings before some windows, and a long balcony on the second floor of a few houses."""
    chance = stream(seed, "balconies")
    rail = chance.random(len(houses)) < 0.45
    long = (chance.random(len(houses)) < 0.22) & (houses.storeys > 2)
    floor = np.round((panes.middle[:, 2] - 1.8) / houses.storey)
    which = np.flatnonzero(rail[panes.lot] & (floor >= 1))
    part = panes.take(which)
    half = part.size[:, 0] / 2 + 0.05
    base = -part.size[:, 1] / 2
    iron = Finish(IRON, surface=Surface.DETAIL, level=Level.NEAR, step=9)
    parts = []
    for low, high in ((0.0, 0.04), (0.32, 0.35), (0.86, 0.91)):
        parts.append(
            paint(
                houses.lots.to_world(
                    part.lot, part.panel((-half, half), (base + low, base + high), 0.22)
                ),
                iron,
            )
        )
    for k in range(7):
        x = half * (k / 3 - 1)
        parts.append(
            paint(
                houses.lots.to_world(
                    part.lot, part.panel((x - 0.014, x + 0.014), (base, base + 0.88), 0.22)
                ),
                iron,
            )
        )
    lots = np.flatnonzero(long)
    count = len(lots)
    middle = np.stack(
        [
            np.zeros(count),
            np.full(count, -houses.depth / 2),
            np.full(count, houses.storey * 2 + 0.25),
        ],
        axis=-1,
    )
    strip = _openings(lots, middle, 0.0, (1.0, 1.0))
    wide = houses.width[lots] / 2 - 0.1
    slab = strip.box((-wide, wide), (-0.16, 0.0), 0.85)
    stone = Finish(np.tile(houses.trim[lots], (5, 1)), snow=0.3, surface=Surface.DETAIL, step=3)
    parts.append(paint(houses.lots.to_world(np.tile(lots, 5), slab), stone))
    for low, high in ((0.1, 0.13), (0.9, 0.95)):
        parts.append(
            paint(houses.lots.to_world(lots, strip.panel((-wide, wide), (low, high), 0.82)), iron)
        )
    for k in range(32):
        x = wide * ((k + 0.5) / 16 - 1)
        parts.append(
            paint(
                houses.lots.to_world(lots, strip.panel((x - 0.013, x + 0.013), (0.0, 0.9), 0.82)),
                iron,
            )
        )
    return join(parts)
