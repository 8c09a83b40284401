"""The row of shops: brick fronts with cornices, false fronts, upper windows, and a theatre."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.kit.facade import Glazing, Walls, copings, divide, glaze, lay_lids, stand_walls
from generique.world.kit.openings import home_glow
from generique.world.kit.shopfront import (
    CLOTH,
    HUES,
    Fronts,
    awnings,
    letters,
    shop_frames,
    shop_spill,
    show_windows,
)
from generique.world.kit.solids import box
from generique.world.lights import WARM_2700, WARM_3500, WHITE_5000, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import BY_PLACE, Thing, owner
from generique.world.places.main_street.plan import TownPlan
from generique.world.places.main_street.roadside import no_lights
from generique.world.scene import Life

BRICK = np.array(
    [
        (0.23, 0.11, 0.08),
        (0.28, 0.15, 0.105),
        (0.17, 0.09, 0.07),
        (0.33, 0.24, 0.17),
        (0.42, 0.38, 0.32),
        (0.20, 0.13, 0.11),
    ]
)
BOARDS = np.array(
    [
        (0.46, 0.45, 0.42),
        (0.20, 0.26, 0.27),
        (0.34, 0.28, 0.17),
        (0.17, 0.23, 0.16),
        (0.38, 0.16, 0.12),
    ]
)


def row_quads(plan: TownPlan, seed: int, life: Life) -> tuple[Quads, Lights]:
    """All shops with their windows, signs and lights."""
    chance = stream(seed, "shops")
    shops = plan.shops
    outlines = [shop.outline for shop in shops]
    roof = np.array([shop.height for shop in shops])
    style = np.array([shop.style for shop in shops])
    walls, owner, edge = stand_walls(outlines, np.zeros(len(shops)), roof)
    albedo = _colours(style, chance)
    front = np.flatnonzero(edge == 0)
    parts = _shells(plan, (walls, owner, edge), albedo, chance)
    parts += _fronts(walls.take(front), plan, albedo, chance)
    upper, upper_lights = _upper(walls, owner, edge, plan, life, chance)
    ground, ground_lights = _ground_floor(walls.take(front), plan, albedo, life, chance)
    theatre, theatre_lights = _theatre(walls.take(front), plan, life, chance)
    return join([*parts, upper, ground, theatre]), gather(
        [upper_lights, ground_lights, theatre_lights]
    )


def _colours(style: Ints, chance: np.random.Generator) -> Floats:
    brick = BRICK[chance.integers(len(BRICK), size=len(style))]
    boards = BOARDS[chance.integers(len(BOARDS), size=len(style))]
    found = np.where((style >= 2)[:, None], boards, brick)
    return np.asarray(found * chance.uniform(0.85, 1.12, (len(style), 1)))


def _shells(
    plan: TownPlan,
    stood: tuple[Walls, Ints, Ints],
    albedo: Floats,
    chance: np.random.Generator,
) -> list[Quads]:
    """Side and back walls, roofs with parapets, and what stands on them."""
    walls, owner, edge = stood
    shops = plan.shops
    outlines = [shop.outline for shop in shops]
    roof = np.array([shop.height for shop in shops])
    back = np.flatnonzero(edge > 0)
    some = walls.take(back)
    tone = 0.75 * albedo[owner[back]] + 0.02
    sides = Finish(tone, level=Level.EVERYWHERE, step=3.2)
    # A parapet keeps hardly any sky from its roof: it casts no shadow in the bake.
    upstand = Finish(tone, surface=Surface.DETAIL, step=4.0)
    lids, of = lay_lids(outlines, roof)
    grey = chance.uniform(0.06, 0.30, (len(shops), 1)) * np.array([1, 0.985, 0.95])
    flat = Finish(grey[of], snow=0.92, level=Level.EVERYWHERE, step=5.0)
    inner, top, rim = copings(outlines, roof, 0.5, 0.3)
    stone = 0.5 * albedo[rim] + 0.1
    parapet = Finish(0.8 * stone, surface=Surface.DETAIL, level=Level.NEAR, step=9.0)
    coping = Finish(stone, snow=0.9, surface=Surface.DETAIL, level=Level.ALWAYS, step=9.0)
    return [
        paint(some.panel((0.0, some.width), (0.0, some.height)), sides),
        paint(some.panel((0.0, some.width), (some.height, some.height + 0.5)), upstand),
        paint(lids, flat),
        paint(inner, parapet),
        paint(top, coping),
        _machines(plan, chance),
    ]


def _machines(plan: TownPlan, chance: np.random.Generator) -> Quads:
    """Vents, chimneys and coolers on the flat roofs."""
    low, high = [], []
    for shop in plan.shops:
        corner, reach = shop.outline.min(axis=0) + 1.8, np.ptp(shop.outline, axis=0) - 3.6
        for _ in range(int(chance.integers(1, 5))):
            spot = corner + chance.random(2) * reach
            half = chance.uniform(0.25, 0.9, 2)
            low.append((*(spot - half), shop.height))
            high.append((*(spot + half), shop.height + float(chance.uniform(0.5, 1.5))))
    corners = box(np.array(low), np.array(high)).reshape(-1, 4, 3)
    shade = np.repeat(chance.uniform(0.12, 0.4, len(low)), 5)[:, None] * np.ones(3)
    snow = np.tile([0.0, 0.0, 0.0, 0.0, 0.9], len(low))
    return paint(corners, Finish(shade, snow=snow, surface=Surface.DETAIL, step=9.0))


def _fronts(
    front: Walls, plan: TownPlan, albedo: Floats, chance: np.random.Generator
) -> list[Quads]:
    """Fronts up to their false tops, with cornices and bands."""
    shops = plan.shops
    false = np.array([shop.false for shop in shops])
    style = np.array([shop.style for shop in shops])
    high = front.height + false
    solid = Finish(albedo, level=Level.EVERYWHERE, step=2.0)
    false_ = Finish(albedo, surface=Surface.DETAIL, level=Level.EVERYWHERE, step=2.0)
    parts = [
        paint(front.panel((0.0, front.width), (0.0, front.height)), solid),
        paint(front.panel((0.0, front.width), (front.height, high)), false_),
    ]
    behind = front.panel((front.width, 0.0), (front.height, high), -0.25)
    parts.append(paint(behind, Finish(0.7 * albedo, surface=Surface.DETAIL, step=5.0)))
    lid = front.panel((0.0, front.width), (high, high), (0.0, -0.25))
    parts.append(paint(lid, Finish(albedo, snow=0.9, surface=Surface.DETAIL, step=5.0)))
    trim = np.where(
        chance.random((len(shops), 1)) < 0.5, np.array([0.44, 0.42, 0.37]), 0.6 * albedo
    )

    def ledge(which: Ints, foot: Floats, tall: float, deep: float) -> None:
        some = front.take(which)
        low = foot[which]
        box = some.box((0.02, some.width - 0.02), (low, low + tall), (0.0, deep))
        snow = np.tile([0.0, 0.0, 0.0, 0.85, 0.0], len(which))
        colour = np.repeat(trim[which], 5, axis=0)
        finish = Finish(colour, snow=snow, surface=Surface.DETAIL, level=Level.ALWAYS, step=4.0)
        parts.append(paint(box.reshape(-1, 4, 3), finish))

    every = np.flatnonzero(style < 3)
    ornate = np.flatnonzero(style == 1)
    ledge(every, high - 0.42, 0.42, 0.22)
    ledge(ornate, high - 0.85, 0.85, 0.52)
    ledge(ornate, front.height - 0.5, 0.3, 0.2)
    ledge(every, front.height * 0 + 4.32, 0.2, 0.14)
    # Brackets under the cornice.
    count = (front.width[ornate] / 1.1).astype(int)
    wall = np.repeat(ornate, count)
    index = np.arange(len(wall)) - np.repeat(np.cumsum(count) - count, count)
    some = front.take(wall)
    at = some.width / np.maximum(count.repeat(count), 1) * (index + 0.5)
    box = some.box((at - 0.1, at + 0.1), (high[wall] - 1.35, high[wall] - 0.85), (0.0, 0.34))
    finish = Finish(
        np.repeat(trim[wall], 5, axis=0), surface=Surface.DETAIL, level=Level.NEAR, step=9.0
    )
    parts.append(paint(box.reshape(-1, 4, 3), finish))
    return parts


def _upper(
    walls: Walls, owner: Ints, edge: Ints, plan: TownPlan, life: Life, chance: np.random.Generator
) -> tuple[Quads, Lights]:
    """Windows of the flats over the shops, tall ones in front."""
    storeys = np.array([shop.storeys for shop in plan.shops])
    open_ = (edge == 0) | (edge == 2) | _free_sides(walls, owner, plan)
    which = np.flatnonzero(open_ & (storeys[owner] > 1))
    some, front = walls.take(which), edge[which] == 0
    count = len(which)
    glazing = Glazing(
        bay=np.where(front, chance.uniform(1.9, 2.6, count), 3.6),
        storey=np.full(count, 3.7),
        base=np.full(count, 4.5),
        top=np.full(count, -0.6),
        share=np.where(front, 0.46, 0.3),
        sill=np.full(count, 0.75),
        head=np.where(front, 0.85, 1.5),
        albedo=np.full((count, 3), 0.045),
        merge=np.ones(count, int),
    )
    panes = divide(some, glazing)
    rank = chance.random(len(panes))
    glow = home_glow(chance, len(panes)) * 0.42 * (rank < 0.75 * life.lit_windows)[:, None]
    tint = chance.uniform(0.7, 1.3, len(panes))
    quads = glaze(some, glazing, panes, glow, tint)
    chosen = some.take(panes.wall)
    wide = (panes.left - 0.12, panes.right + 0.12)
    stone = Finish((0.40, 0.38, 0.34), surface=Surface.DETAIL, level=Level.NEAR, step=9.0)
    sill = chosen.box(wide, (panes.low - 0.14, panes.low), (0.0, 0.14)).reshape(-1, 4, 3)
    head = chosen.panel(wide, (panes.high, panes.high + 0.24), 0.05)
    lit = np.flatnonzero(glow.max(axis=1, initial=0) > 0)
    bright = some.take(panes.wall[lit])
    middle = (panes.left + panes.right)[lit] / 2, (panes.low + panes.high)[lit] / 2
    axis = np.c_[bright.out, np.zeros(len(lit))]
    power = glow[lit] * (0.9 * panes.area()[lit])[:, None]
    lights = shine(bright.at(*middle, 0.2), power, axis, Beam.WINDOW)
    return join([quads, paint(sill, stone), paint(head, stone)]), lights


def _free_sides(walls: Walls, owner: Ints, plan: TownPlan) -> Flags:
    """True for walls with nothing built against them: corners and gaps."""
    spot = walls.at(walls.width / 2, 0.0, 1.2)[:, :2]
    low = np.array([shop.outline.min(axis=0) for shop in plan.shops])
    high = np.array([shop.outline.max(axis=0) for shop in plan.shops])
    inside = np.all((spot[:, None] > low) & (spot[:, None] < high), axis=2)
    inside[np.arange(len(owner)), owner] = False
    return np.asarray(~inside.any(axis=1))


def _ground_floor(
    front: Walls, plan: TownPlan, albedo: Floats, life: Life, chance: np.random.Generator
) -> tuple[Quads, Lights]:
    """Shop windows, boards with writing, awnings."""
    count = len(front)
    fronts = Fronts(front, np.full(count, 0.45), front.width - 0.45)
    rank = chance.random(count)
    share = min(1.0, 0.1 + 1.35 * life.lit_windows) if life.lit_windows > 0 else 0.0
    white = chance.random((count, 1)) < 0.25
    colour = np.where(white, np.array(WHITE_5000), np.array(WARM_3500))
    level = np.exp(chance.normal(0.05, 0.45, (count, 1)))
    glow = colour * level * np.where((rank < share)[:, None], 1.0, 0.16 * (life.lit_windows > 0))
    parts = [shop_frames(fronts, 0.8 * albedo, chance), *show_windows(fronts, glow, chance)]
    covered = np.flatnonzero((chance.random(count) < 0.5) & (np.arange(count) != plan.theatre))
    parts.append(awnings(fronts, covered, chance))
    board = front.box((0.6, front.width - 0.6), (3.45, 4.2), (0.0, 0.16))
    paint_ = np.where(
        chance.random((count, 1)) < 0.5,
        CLOTH[chance.integers(len(CLOTH), size=count)],
        0.5 * albedo + 0.18,
    )
    finish = Finish(
        np.repeat(paint_, 5, axis=0), surface=Surface.DETAIL, level=Level.ALWAYS, step=3.0
    )
    parts.append(paint(board.reshape(-1, 4, 3), finish).owned(owner(Thing.SIGN, BY_PLACE)))
    ink = np.where(paint_.mean(axis=1, keepdims=True) < 0.18, 0.55, 0.03) * np.ones(3)
    neon = (chance.random((count, 1)) < 0.3) & (life.lit_windows > 0)
    hue = HUES[chance.integers(len(HUES), size=count)]
    lit = np.where(neon, hue * 4.0, 0.0)
    painted = np.where(neon, 0.02, ink)
    some = np.flatnonzero(np.arange(count) != plan.theatre)
    ends = np.full(len(some), 0.9), front.width[some] - 0.9
    look = (
        painted[some],
        np.where(neon[some], lit[some], 0.35 * painted[some] * (life.lit_windows > 0)),
    )
    name = letters(front.take(some), ends, (3.6, 4.05), look, chance)
    parts.append(name.owned(owner(Thing.SIGN, BY_PLACE)))
    glowing = np.flatnonzero(neon[:, 0])
    bright = front.take(glowing)
    axis = np.c_[bright.out * 0.6, np.full(len(glowing), -0.8)]
    neon_lights = shine(
        bright.at(bright.width / 2, 3.8, 0.6), lit[glowing] * 1.2, axis, Beam.WINDOW
    )
    # Goose-neck lamps over the boards of those that are open.
    open_ = np.flatnonzero((rank < share) & ~neon[:, 0])
    some_ = front.take(open_)
    axis = np.c_[-0.3 * some_.out, np.full(len(open_), -0.95)]
    necks = shine(
        some_.at(some_.width / 2, 4.6, 0.9),
        np.tile(WARM_2700, (len(open_), 1)) * 5.0,
        axis,
        Beam.BULB,
    )
    return join(parts), gather([shop_spill(fronts, glow), neon_lights, necks])


def _theatre(
    front: Walls, plan: TownPlan, life: Life, chance: np.random.Generator
) -> tuple[Quads, Lights]:
    """A marquee with bulbs under it, and an upright sign."""
    if plan.theatre < 0:
        return paint(np.zeros((0, 4, 3)), Finish((0.1, 0.1, 0.1))), no_lights()
    wall = front.take(np.array([plan.theatre]))
    on = float(life.lit_windows > 0)
    wide = float(wall.width[0])
    box = wall.box((0.4, wide - 0.4), (3.55, 4.75), (0.0, 2.5))
    white = np.array([1.0, 0.86, 0.62]) * 1.9 * on
    faces = box.reshape(-1, 4, 3)
    glow = np.stack([white, white, white, white * 0, white * 1.3])
    body = Finish((0.5, 0.48, 0.42), glow, surface=Surface.GLASS, step=99.0)
    trim = wall.box((0.3, wide - 0.3), (4.75, 5.0), (0.0, 2.6)).reshape(-1, 4, 3)
    red = Finish(
        (0.35, 0.04, 0.03), np.array([3.6, 0.22, 0.12]) * on, surface=Surface.GLASS, step=99.0
    )
    blade = wall.box((wide / 2 - 0.14, wide / 2 + 0.14), (5.2, wall.height + 2.6), (0.15, 1.3))
    side = np.array([0.3, 1.0, 1.0, 0.2, 0.2])[:, None] * np.array([4.2, 0.34, 0.16]) * on
    sign = Finish((0.3, 0.04, 0.03), side, surface=Surface.GLASS, step=99.0)
    ahead = Walls(wall.at(0.0, 0.0, 2.35 - 0.2), wall.right, wall.width, wall.height)
    ink = np.full((1, 3), 0.02), np.zeros((1, 3))
    words = [
        letters(ahead, (np.array([0.8]), np.array([wide - 0.8])), ends, ink, chance)
        for ends in ((4.2, 4.6), (3.68, 4.05))
    ]
    lights = [
        shine(
            wall.at(wide * share, 3.3, 1.4),
            np.array([[1.0, 0.80, 0.52]]) * 26.0 * on,
            np.array([0.0, 0.0, -1.0]),
            Beam.BULB,
        )
        for share in (0.2, 0.5, 0.8)
    ]
    lights.append(
        shine(
            wall.at(wide / 2, 7.0, 2.4),
            np.array([[1.0, 0.16, 0.08]]) * 14.0 * on,
            np.c_[wall.out, np.zeros(1)],
            Beam.BULB,
        )
    )
    quads = join(
        [paint(faces, body), paint(trim, red), paint(blade.reshape(-1, 4, 3), sign), *words]
    ).owned(owner(Thing.SIGN, BY_PLACE))
    return quads, gather(lights) if on else no_lights()
