"""The quay: its edge, and ship-to-shore gantry cranes."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.members import bars, blocks, drums, fence, ribbon
from generique.world.mesh import Finish, Level, Surface
from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.industry.parts import (
    CONCRETE,
    RED_BULB,
    SODIUM_BULB,
    STEEL,
    WHITE_BULB,
    Kit,
    slender,
    solid,
)
from generique.world.places.industry.plan import WATER, Zones

GAUGE = 30.0
RAIL = 3.0
"""Metres from the quay's edge to the seaward rail."""
BOOM = 40.0
"""Height of the booms, metres."""
OUTREACH, BACKREACH = 48.0, 16.0
COLOURS = ((0.10, 0.19, 0.36), (0.36, 0.07, 0.05), (0.44, 0.43, 0.40), (0.40, 0.27, 0.05))


@named(Thing.QUAY)
def edge(kit: Kit, zones: Zones, north: float) -> None:
    """The deck over the slope, the wall down to the water, fenders, bollards, rails."""
    y = np.arange(zones.south - 14, north + 8, 6.0)
    inner = np.c_[np.full(len(y), zones.quay - 2.6), y, np.full(len(y), 0.06)]
    outer = np.c_[np.full(len(y), zones.edge), y, np.full(len(y), 0.06)]
    kit.add(
        ribbon(
            inner, outer, Finish((0.20, 0.198, 0.192), snow=0.9, level=Level.EVERYWHERE, step=3.0)
        )
    )
    wall = np.c_[np.full(len(y), zones.edge), y, np.full(len(y), WATER - 1.0)]
    kit.add(fence(wall, 0.0, 1.0 - WATER + 0.06, solid(CONCRETE, 3.0)))
    posts = np.c_[np.full(len(y), zones.edge + 0.05), y, np.full(len(y), WATER - 0.3)][::2]
    kit.add(
        blocks(
            posts,
            np.array([0.9, 1.6, 2.2]),
            0.0,
            Finish((0.02, 0.02, 0.02), surface=Surface.DETAIL, step=4.0),
        )
    )
    bollards = np.c_[np.full(len(y), zones.edge - 0.7), y + 2.0, np.full(len(y), 0.06)][::3]
    kit.add(drums(bollards, 0.28, 0.6, slender((0.30, 0.24, 0.05), far=False), sides=8))
    for x in (zones.edge - RAIL, zones.edge - RAIL - GAUGE):
        line = np.c_[np.full(len(y), x), y, np.full(len(y), 0.0)]
        kit.add(fence(line, 0.02, 0.09, slender((0.09, 0.075, 0.065), far=False)))


def cranes(kit: Kit, zones: Zones, spots: Floats, chance: np.random.Generator) -> None:
    """Cranes at some y of the quay; a few have their booms up."""
    paint = COLOURS[int(chance.integers(len(COLOURS)))]
    for k, y in enumerate(spots):
        raised = bool(chance.random() < 0.22) and k > 0
        _crane(kit, zones, float(y), paint, raised=raised, trolley=float(chance.uniform(0.1, 0.9)))


@named(Thing.CRANE)
def _crane(
    kit: Kit,
    zones: Zones,
    y: float,
    paint: tuple[float, float, float],
    *,
    raised: bool,
    trolley: float,
) -> None:
    sea, land = zones.edge - RAIL, zones.edge - RAIL - GAUGE
    strong = Finish(paint, level=Level.EVERYWHERE, step=6.0)
    legs = np.array([(x, y + dy, 1.4) for x in (sea, land) for dy in (-9.0, 9.0)])
    kit.add(bars(legs, legs + np.array([0, 0, BOOM - 1.4]), 1.7, strong))
    for z, high in ((3.2, 1.6), (16.0, 1.3)):
        start = np.array([(x, y - 9.0, z) for x in (sea, land)])
        kit.add(bars(start, start + np.array([0, 18.0, 0]), 1.2, strong, high))
    cross = np.array([(land, y + dy, 16.0) for dy in (-9.0, 9.0)])
    kit.add(bars(cross, cross + np.array([GAUGE, 0, 0]), 1.2, strong, 1.8))
    braces = np.array([(land, y + dy, 16.0) for dy in (-9.0, 9.0)])
    kit.add(bars(braces, braces + np.array([GAUGE, 0, BOOM - 18.0]), 0.7, strong))
    bogies = np.array([(x, y + dy, 0.0) for x in (sea, land) for dy in (-9.0, 9.0)])
    kit.add(blocks(bogies, np.array([1.4, 8.0, 1.5]), 0.0, slender(STEEL)))
    _girder(kit, y, (land, sea), strong, raised=raised)
    _top(kit, y, (land, sea), strong, raised=raised)
    _machinery(kit, y, (land, sea), trolley, raised=raised)


def _girder(kit: Kit, y: float, feet: tuple[float, float], strong: Finish, *, raised: bool) -> None:
    """Girders over the gauge and behind it, and the boom over the ship."""
    land, sea = feet
    start = np.array([(land - BACKREACH, y + dy, BOOM) for dy in (-3.2, 3.2)])
    kit.add(bars(start, start + np.array([BACKREACH + GAUGE + 3.0, 0, 0]), 1.1, strong, 2.6))
    hinge = np.array([(sea + 3.0, y + dy, BOOM) for dy in (-3.2, 3.2)])
    tip = (
        np.array([OUTREACH * 0.26, 0.0, OUTREACH * 0.95])
        if raised
        else np.array([OUTREACH, 0.0, 0.0])
    )
    kit.add(bars(hinge, hinge + tip, 1.1, strong, 2.4))
    ties = np.linspace(0.12, 0.98, 6)[:, None] * tip + hinge[:1]
    kit.add(bars(ties, ties + np.array([0, 6.4, 0]), 0.5, slender(_albedo(strong))))
    rail = hinge + np.array([0.0, 0.0, 2.3])
    kit.add(bars(rail, rail + tip, 0.09, slender(STEEL, far=False)))


def _albedo(finish: Finish) -> tuple[float, float, float]:
    red, green, blue = (float(value) for value in np.asarray(finish.albedo))
    return red, green, blue


def _top(kit: Kit, y: float, feet: tuple[float, float], strong: Finish, *, raised: bool) -> None:
    """The frame above the girders and the stays that hold the boom."""
    land, sea = feet
    apex = np.array([(sea - 2.0, y + dy, BOOM + 25.0) for dy in (-2.6, 2.6)])
    foot = np.array([(sea, y + dy, BOOM) for dy in (-6.5, 6.5)])
    kit.add(bars(foot, apex, 1.0, strong))
    kit.add(bars(apex[:1], apex[1:], 0.9, strong))
    back = np.array([(land, y + dy, BOOM + 1.0) for dy in (-3.2, 3.2)])
    thin = slender(_albedo(strong))
    kit.add(bars(apex, back, 0.55, thin))
    kit.add(bars(apex, back + np.array([-BACKREACH + 2.0, 0, 0]), 0.30, thin))
    if not raised:
        for reach in (0.48, 0.94):
            end = np.array(
                [(sea + 3.0 + OUTREACH * reach, y + dy, BOOM + 1.0) for dy in (-3.2, 3.2)]
            )
            kit.add(bars(apex, end, 0.30, thin))
    kit.bulb(np.array([(sea - 2.0, y, BOOM + 26.2)]), RED_BULB, 0.3)
    tip = (
        (sea + 3 + OUTREACH * 0.26, y, BOOM + OUTREACH * 0.96)
        if raised
        else (sea + 3 + OUTREACH, y, BOOM + 1.8)
    )
    kit.bulb(np.array([tip]), RED_BULB, 0.26)


def _machinery(
    kit: Kit, y: float, feet: tuple[float, float], trolley: float, *, raised: bool
) -> None:
    """The house on the girder, the trolley with its cabin and spreader, floods, stairs."""
    land, sea = feet
    house = np.array([(land - 4.0, y, BOOM + 1.4)])
    kit.add(blocks(house, np.array([15.0, 8.0, 5.4]), 0.0, solid((0.40, 0.40, 0.39))))
    reach = trolley * (0.6 * GAUGE if raised else GAUGE + OUTREACH * 0.9)
    x = land + reach
    kit.add(
        blocks(
            np.array([(x, y, BOOM - 3.0)]),
            np.array([5.0, 5.4, 1.6]),
            0.0,
            slender((0.16, 0.16, 0.17)),
        )
    )
    kit.add(
        blocks(
            np.array([(x - 4.0, y, BOOM - 5.4)]),
            np.array([2.6, 2.4, 2.6]),
            0.0,
            slender((0.35, 0.35, 0.34)),
        )
    )
    drop = 15.0
    ropes = np.array([(x + dx, y + dy, BOOM - 2.5) for dx in (-1, 1) for dy in (-2.4, 2.4)])
    kit.add(bars(ropes, ropes - [0, 0, drop], 0.07, slender((0.05, 0.05, 0.05), far=False)))
    kit.add(
        blocks(
            np.array([(x, y, BOOM - 3.2 - drop)]),
            np.array([2.4, 12.0, 0.6]),
            0.0,
            slender((0.42, 0.30, 0.05)),
        )
    )
    span = np.linspace(land - 8.0, sea + 1.0 if raised else sea + OUTREACH * 0.9, 9)
    spots = np.array([(px, y + dy, BOOM - 1.6) for px in span for dy in (-4.0, 4.0)])
    kit.bulb(spots, WHITE_BULB * 0.9, 0.22)
    kit.flood(spots[1::6] * [1, 1, 1] - [0, 0, 0.5], WHITE_BULB, 800.0)
    # What shines back from all the steel between the lamps, so that it is not lost in the dark.
    knots = np.array(
        [(px, y, BOOM + dz) for px in (land - 6, (land + sea) / 2, sea) for dz in (5.0, 16.0)]
    )
    kit.glow(knots, WHITE_BULB, 34.0)
    low = np.array([(fx, y + dy, 15.0) for fx in (land, sea) for dy in (-8.0, 0.0, 8.0)])
    kit.bulb(low, SODIUM_BULB * 0.8, 0.18)
    kit.glow(low - [0, 0, 1.5], SODIUM_BULB, 60.0)
    # Flights of stairs up a landward leg, drawn as a zigzag of strings.
    z = np.arange(2.0, BOOM - 4.0, 4.2)
    zig = np.where(np.arange(len(z)) % 2 == 0, -1.6, 1.6)
    steps = np.c_[np.full(len(z), land - 1.7), y + 9.0 + zig, z]
    kit.add(bars(steps[:-1], steps[1:], 0.5, slender(STEEL, far=False), 0.12))
    kit.bulb(steps[1::2] + np.array([0, 0, 1.6]), WHITE_BULB * 0.5, 0.1)
