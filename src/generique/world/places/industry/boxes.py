"""Containers: stacks in blocks, and how they are drawn."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.members import bars, blocks
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.naming import named
from generique.world.owners import Thing, owner
from generique.world.places.industry.parts import SODIUM_BULB, WHITE_BULB, Kit, high_mast, slender
from generique.world.places.industry.plan import APRON, LANE, Zones

LONG, WIDE, HIGH = 12.19, 2.44, 2.6
PITCH_X, PITCH_Y = 2.62, 12.75
ROWS = 6
PALETTE = np.array(
    [
        (0.150, 0.048, 0.036),
        (0.175, 0.085, 0.048),
        (0.050, 0.078, 0.120),
        (0.066, 0.110, 0.140),
        (0.060, 0.095, 0.070),
        (0.230, 0.220, 0.205),
        (0.135, 0.130, 0.124),
        (0.190, 0.135, 0.060),
        (0.095, 0.038, 0.038),
        (0.036, 0.046, 0.068),
        (0.130, 0.050, 0.030),
        (0.042, 0.062, 0.100),
    ]
)
"""Muted: paint that has been at sea."""


DOOR_BARS = (-0.75, -0.3, 0.3, 0.75)
"""Where the bars of a container's doors are, metres from its middle."""


def stack(kit: Kit, spots: Floats, tiers: Floats, chance: np.random.Generator) -> None:
    """Stacks of containers in a kit, numbered after those that are there; as :func:`stacks_at`."""
    quads = stacks_at(spots, tiers, chance)
    kit.add(quads.owned(np.asarray(quads.owner + kit.names[Thing.CONTAINER], np.int32)))
    kit.names[Thing.CONTAINER] += int(np.sum(tiers))


def stacks_at(spots: Floats, tiers: Floats, chance: np.random.Generator) -> Quads:
    """Stacks of containers that lie along y.

    Args:
        spots: n x 3, the middle of each foot.
        tiers: n, how many lie on one another.
        chance: For their colours.
    """
    every = np.repeat(np.arange(len(spots)), tiers)
    level = np.concatenate([np.arange(count) for count in tiers]) if len(tiers) else np.zeros(0)
    centre = spots[every] + np.c_[np.zeros((len(every), 2)), level * HIGH]
    colour = PALETTE[chance.integers(len(PALETTE), size=len(every))]
    colour = colour * chance.uniform(0.7, 1.2, (len(every), 1))
    size = np.array([WIDE, LONG, HIGH - 0.03])
    top = level == tiers[every] - 1
    whose = owner(Thing.CONTAINER, np.arange(len(every)))
    look = Finish(colour, snow=np.where(top, 0.9, 0.0), step=3.2)
    quads = blocks(centre, size, 0.0, look).owned(whose)
    lid = np.zeros(len(quads), bool).reshape(-1, 5)
    lid[:, 4] = True
    # Lids inside a stack and long sides inside a block are never seen.
    seen = np.ones((len(every), 5), bool)
    seen[:, 4] = top
    return join(
        [quads.take(seen.ravel()), _doors(centre, colour).owned(np.tile(whose, len(DOOR_BARS)))]
    )


def _doors(centre: Floats, colour: Floats) -> Quads:
    """Bars of the doors at one end, and ribs along the sides, for near views."""
    ends = []
    for dx in DOOR_BARS:
        x = centre[:, 0] + dx
        y = centre[:, 1] - LONG / 2 - 0.02
        low, high = centre[:, 2] + 0.15, centre[:, 2] + HIGH - 0.2
        rim = [(x - 0.03, y, low), (x + 0.03, y, low), (x + 0.03, y, high), (x - 0.03, y, high)]
        ends.append(np.stack([np.stack(corner, axis=-1) for corner in rim], axis=1))
    light = np.tile(np.minimum(colour * 1.7 + 0.03, 0.5), (4, 1))
    finish = Finish(light, surface=Surface.DETAIL, level=Level.NEAR, step=9)
    return paint(np.concatenate(ends), finish)


def yard(kit: Kit, zones: Zones, chance: np.random.Generator) -> None:
    """Blocks of stacks between lanes, cranes that straddle some, masts between them."""
    first = zones.quay - APRON - LANE / 2
    lanes = np.arange(first, zones.stacks + 4, -LANE)
    bays = np.arange(zones.south + 10, zones.middle - 22, PITCH_Y)
    # A road crosses after every ninth bay.
    bays = bays[(np.arange(len(bays)) % 10) != 9]
    for lane in lanes:
        x = lane + (np.arange(ROWS) - (ROWS - 1) / 2) * PITCH_X
        gx, gy = np.meshgrid(x, bays)
        wave = 2.6 + 1.7 * np.sin(gy / 38.0 + lane * 0.31) + chance.normal(0, 1.0, gx.shape)
        tiers = np.clip(np.round(wave), 0, 5).astype(int)
        spots = np.c_[gx.ravel(), gy.ravel(), np.zeros(gx.size)]
        stack(kit, spots, tiers.ravel(), chance)
        for y in bays[chance.permutation(len(bays))[: max(1, len(bays) // 14)]]:
            _straddle(kit, lane, float(y), chance)
    masts = np.arange(zones.south + 30, zones.middle - 10, 96.0)
    for k, lane in enumerate(lanes[::2]):
        spots = np.c_[
            np.full(len(masts), lane - LANE / 2), masts + 24.0 * (k % 2), np.zeros(len(masts))
        ]
        high_mast(kit, spots, SODIUM_BULB if k % 3 != 1 else WHITE_BULB)


@named(Thing.CRANE)
def _straddle(kit: Kit, lane: float, y: float, chance: np.random.Generator) -> None:
    """A gantry on tyres over a block."""
    colour = ((0.42, 0.30, 0.05), (0.34, 0.10, 0.04), (0.10, 0.20, 0.36))[int(chance.integers(3))]
    half, top = LANE / 2 - 2.6, 18.5
    legs = np.array([(lane + sx * half, y + sy * 3.4, 0.8) for sx in (-1, 1) for sy in (-1, 1)])
    kit.add(bars(legs, legs + np.array([0, 0, top - 0.8]), 0.8, slender(colour)))
    beams = np.array([(lane - half, y + sy * 3.4, top) for sy in (-1, 1)])
    kit.add(bars(beams, beams + np.array([2 * half, 0, 0]), 0.9, slender(colour), 1.5))
    feet = np.array([(lane + sx * half, y - 4.4, 0.9) for sx in (-1, 1)])
    kit.add(bars(feet, feet + np.array([0, 8.8, 0]), 0.9, slender(colour), 1.2))
    trolley = float(chance.uniform(-0.6, 0.6)) * half
    kit.add(
        blocks(
            np.array([(lane + trolley, y, top + 0.6)]),
            np.array([4.0, 6.0, 1.8]),
            0.0,
            slender((0.2, 0.2, 0.2)),
        )
    )
    kit.bulb(
        np.array([(lane + trolley + dx, y + dy, top - 0.9) for dx in (-3, 3) for dy in (-3, 3)]),
        WHITE_BULB,
        0.2,
    )
    kit.flood(np.array([(lane + trolley, y, top - 1.0)]), WHITE_BULB, 420.0)
