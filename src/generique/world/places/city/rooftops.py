"""What stands on a city's roofs: machines, water tanks, masts with their lights, huts and ducts."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.kit.outline import area, edges, holds, inset
from generique.world.kit.solids import box
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.places.city.lots import Kind
from generique.world.places.city.masses import TOWER, Mass
from generique.world.places.city.plan import CityPlan
from generique.world.scene import Country, Place

AVIATION = (170.0, 5.0, 3.0)
WOOD = (0.12, 0.075, 0.045)


def rooftop_quads(plan: CityPlan, masses: list[Mass], place: Place, *, burning: bool) -> Quads:
    """Everything on the roofs."""
    chance = stream(place.seed, "rooftops")
    tops = [mass for mass in masses if not mass.plant]
    machines = _machines(tops, masses, chance)
    parts = [machines]
    tanks = [
        mass
        for mass in tops
        if mass.crowned
        and plan.lots[mass.lot].kind in (Kind.WALKUP, Kind.LOFT, Kind.STONE)
        and 17 < mass.high < 75
        and area(mass.outline) > 150
        and chance.random() < (0.55 if place.country is Country.UNITED_STATES else 0.22)
    ]
    parts += [_tank(mass, chance) for mass in tanks]
    parts += _masts(masses, plan, chance, burning=burning)
    return join(parts)


def _spots(outline: Floats, count: int, margin: float, chance: np.random.Generator) -> Floats:
    """Points on a roof, off its edge."""
    within = inset(outline, margin)
    if len(within) < 3:
        return np.zeros((0, 2))
    low, high = within.min(axis=0), within.max(axis=0)
    spot = low + chance.random((count * 2, 2)) * (high - low)
    return np.asarray(spot[holds(within, spot)][:count])


def _machines(tops: list[Mass], masses: list[Mass], chance: np.random.Generator) -> Quads:
    """Air handlers, stair huts, skylights and ducts as boxes."""
    plants: dict[int, list[Floats]] = {}
    for mass in masses:
        if mass.plant or mass.low > 1:
            plants.setdefault(mass.lot, []).append(
                np.c_[mass.outline, np.full(len(mass.outline), mass.low)]
            )
    lows, highs, turns, shades = [], [], [], []
    for mass in tops:
        size = area(mass.outline)
        count = int(np.clip(size / 70, 1, 9))
        spots = _spots(mass.outline, count, 2.4, chance)
        for other in plants.get(mass.lot, ()):
            if abs(other[0, 2] - mass.high) < 0.1 and len(spots):
                spots = spots[~holds(inset(other[:, :2], -1.6), spots)]
        for spot in spots:
            wide = chance.uniform(0.7, 2.1, 2)
            tall = float(chance.choice([0.6, 0.9, 1.3, 1.8, 2.5], p=[0.3, 0.25, 0.2, 0.15, 0.1]))
            lows.append((*(spot - wide / 2), mass.high))
            highs.append((*(spot + wide / 2), mass.high + tall))
            turns.append(_turn(mass.outline))
            shades.append(chance.uniform(0.10, 0.42))
    if not lows:
        return paint(np.zeros((0, 4, 3)), Finish((0.2, 0.2, 0.2)))
    low, high = np.array(lows), np.array(highs)
    corners = box(low, high)
    middle = ((low + high) / 2)[:, None, None, :2]
    cosine, sine = (f(np.array(turns))[:, None, None] for f in (np.cos, np.sin))
    local = corners[..., :2] - middle
    corners[..., 0] = middle[..., 0] + cosine * local[..., 0] - sine * local[..., 1]
    corners[..., 1] = middle[..., 1] + sine * local[..., 0] + cosine * local[..., 1]
    shade = np.repeat(np.array(shades), 5)[:, None] * np.array([1.0, 1.0, 0.98])
    snow = np.tile([0.0, 0.0, 0.0, 0.0, 0.9], len(low))
    finish = Finish(shade, snow=snow, surface=Surface.DETAIL, level=Level.ALWAYS, step=9.0)
    return paint(corners.reshape(-1, 4, 3), finish)


def _turn(outline: Floats) -> float:
    """Angle of the longest edge, radians."""
    _, way, length = edges(outline)
    longest = way[int(np.argmax(length))]
    return float(np.arctan2(longest[1], longest[0]))


def _ring(middle: Floats, radius: float, low: float, high: float, tip: float = 1.0) -> Floats:
    """Sides of an upright drum of eight, narrowed to a share of its radius at the top."""
    turn = np.linspace(0, 2 * np.pi, 9)
    rim = np.stack([np.cos(turn), np.sin(turn)], axis=-1) * radius
    quads = []
    for k in range(8):
        a, b = middle + rim[k], middle + rim[k + 1]
        c, d = middle + rim[k + 1] * tip, middle + rim[k] * tip
        quads.append([(*a, low), (*b, low), (*c, high), (*d, high)])
    return np.array(quads)


def _tank(mass: Mass, chance: np.random.Generator) -> Quads:
    """A wooden water tank on legs."""
    spots = _spots(mass.outline, 3, 3.4, chance)
    if len(spots) == 0:
        return paint(np.zeros((0, 4, 3)), Finish(WOOD))
    spot, legs = spots[0], mass.high + float(chance.uniform(2.0, 4.0))
    radius, tall = float(chance.uniform(1.5, 2.1)), float(chance.uniform(3.0, 4.0))
    tint = float(chance.uniform(0.6, 1.3))
    body = _ring(spot, radius, legs, legs + tall)
    roof = _ring(spot, radius * 1.08, legs + tall, legs + tall + 1.3, 0.04)
    feet = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        at = spot + np.array([x, y]) * radius * 0.62
        feet.append(
            box(np.array([(*(at - 0.12), mass.high)]), np.array([(*(at + 0.12), legs)]))[0, :4]
        )
    wood = np.array(WOOD) * tint
    return join(
        [
            paint(body, Finish(wood, step=4.0)),
            paint(roof, Finish(wood * 0.7, snow=0.7, step=4.0)),
            paint(
                np.concatenate(feet),
                Finish((0.07, 0.07, 0.07), surface=Surface.DETAIL, level=Level.ALWAYS, step=9.0),
            ),
        ]
    )


def _masts(
    masses: list[Mass], plan: CityPlan, chance: np.random.Generator, *, burning: bool
) -> list[Quads]:
    """Masts on the highest, thin ones on others, and red lights."""
    top: dict[int, Mass] = {}
    for mass in masses:
        if mass.lot not in top or mass.high > top[mass.lot].high:
            top[mass.lot] = mass
    parts, lights = [], []
    for index, mass in sorted(top.items()):
        high = plan.lots[index].height
        spot = mass.outline.mean(axis=0)
        if high > 110 and chance.random() < 0.55:
            tall = float(chance.uniform(0.10, 0.2)) * high
            radius = 0.7
        elif high > 20 and chance.random() < 0.25:
            tall, radius = float(chance.uniform(3, 7)), 0.07
        else:
            tall, radius = 0.0, 0.0
        if tall > 0:
            mast = _ring(spot, radius, mass.high, mass.high + tall, 0.25)[
                :: 2 if radius < 0.1 else 1
            ]
            steel = Finish((0.2, 0.2, 0.2), surface=Surface.DETAIL, level=Level.ALWAYS, step=40.0)
            parts.append(paint(mast, steel))
        if high > TOWER:
            ring = mass.outline if tall < 8 else np.zeros((0, 2))
            lights += [(*point, mass.high + 1.0) for point in ring[:2]]
            if tall >= 8:
                lights += [(*spot, mass.high + tall), (*spot, mass.high + 0.5 * tall)]
    if lights:
        at = np.array(lights)
        low, high_ = at - 0.28, at + 0.28
        glow = np.array(AVIATION) if burning else np.zeros(3)
        finish = Finish((0.2, 0.02, 0.02), glow, surface=Surface.GLASS, step=9.0)
        parts.append(paint(box(low, high_).reshape(-1, 4, 3), finish))
    return parts


def vents(masses: list[Mass], seed: int) -> Floats:
    """Where steam leaves roofs: n x 3 metres."""
    chance = stream(seed, "vents")
    found = [
        (*mass.outline.mean(axis=0), mass.high + 0.4)
        for mass in masses
        if mass.plant and mass.high < 60
    ]
    spots = np.array(found).reshape(-1, 3)
    return spots[chance.random(len(spots)) < 0.4]
