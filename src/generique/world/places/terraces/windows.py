"""Windows of houses in rows: front, back, ends and roofs, and which of them are lit."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats, Ints, stream
from generique.world.kit.openings import (
    Openings,
    gather_openings,
    home_glow,
)
from generique.world.mesh import Finish, Quads, Surface, join, paint
from generique.world.places.terraces.house import Terrace

TALL = 3.0
"""Height of a storey from which windows reach nearly to the floor, metres."""


def openings_of(
    which: Ints, middle: Floats, turn: Floats | float, size: tuple[Floats | float, Floats | float]
) -> Openings:
    """Openings without light.

    Args:
        which: n houses.
        middle: n x 3 metres, in the houses' axes.
        turn: Radians, one for all or n.
        size: Width and height, one for all or n each.
    """
    count = len(which)
    one = np.ones(count)
    return Openings(
        which,
        middle.reshape(count, 3),
        np.asarray(turn * one, float),
        np.stack([size[0] * one, size[1] * one], axis=-1),
        np.zeros((count, 3)),
    )


def light_up(panes: Openings, houses: Terrace, seed: int, lit: float) -> Openings:
    """The same openings, those lit whose rank lies below a share and where somebody lives."""
    radiance = home_glow(stream(seed, "terrace window light"), len(panes))
    rank = stream(seed, "terrace window ranks").random(len(panes))
    radiance[~houses.occupied[panes.lot] | (rank >= lit)] = 0
    return Openings(panes.lot, panes.middle, panes.turn, panes.size, radiance)


def upper_panes(houses: Terrace) -> Openings:
    """Windows of the front above the ground floor, and on it where there is no bay or shop."""
    parts = []
    front = -houses.depth / 2
    columns = np.where(houses.width > 7.6, 3, 2)
    for floor in range(int(houses.storeys.max(initial=1))):
        for k in range(3):
            there = (k < columns) & (floor < houses.storeys)
            x = (k - (columns - 1) / 2) * houses.width / columns
            if floor == 0:
                beside = np.abs(x - door_x(houses)) > 1.25
                there &= beside & ~houses.shop & (houses.bay == 0)
            there &= ~((floor == 1) & (houses.bay == 2) & (np.sign(x) == -houses.hand))
            which = np.flatnonzero(there)
            tall = 1.9 if houses.storey > TALL else 1.6
            z = _sill(houses)[which] + houses.storey * floor + 0.8
            middle = np.stack([x[which], np.full(len(which), front), z], axis=-1)
            parts.append(openings_of(which, middle, 0.0, (0.3 + 0.44 * tall, tall)))
    return gather_openings(parts)


def _sill(houses: Terrace) -> Floats:
    return np.full(len(houses), 0.98) + np.where(houses.garden > 1, 0.15, 0.05)


def door_x(houses: Terrace) -> Floats:
    """Middle of the front door, metres from the middle of the house."""
    return houses.hand * (houses.width / 2 - 0.95)


def back_panes(houses: Terrace, seed: int) -> Openings:
    """Windows of the back: one or two a storey beside the wing."""
    chance = stream(seed, "terrace backs")
    parts = []
    free = houses.width - houses.wing
    x = houses.hand * (houses.width / 2 - free / 2)
    for floor in range(int(houses.storeys.max(initial=1))):
        which = np.flatnonzero((floor < houses.storeys) & (chance.random(len(houses)) < 0.92))
        z = np.full(len(which), houses.storey * floor + 1.7)
        middle = np.stack([x[which], np.full(len(which), houses.depth / 2), z], axis=-1)
        parts.append(openings_of(which, middle, np.pi, (1.15, 1.3)))
    which = np.flatnonzero((houses.wing > 0) & (chance.random(len(houses)) < 0.8))
    end = houses.depth / 2 + houses.wing_depth[which]
    x = -houses.hand[which] * (houses.width[which] / 2 - houses.wing[which] / 2)
    parts.append(
        openings_of(which, np.stack([x, end, np.full(len(which), 1.5)], axis=-1), np.pi, (1.0, 1.1))
    )
    return gather_openings(parts)


def end_panes(houses: Terrace, seed: int) -> Openings:
    """Windows in the free ends of rows; many ends are blind."""
    chance = stream(seed, "terrace ends")
    seen = chance.random(len(houses)) < np.where(houses.shop, 0.9, 0.55)
    parts = []
    for side, free in ((-1.0, houses.first), (1.0, houses.last)):
        for floor in range(int(houses.storeys.max(initial=1))):
            for y in (-0.27, 0.05) if houses.depth > 9 else (-0.22,):
                there = free & seen & (floor < houses.storeys) & (chance.random(len(houses)) < 0.8)
                which = np.flatnonzero(there)
                z = np.full(len(which), houses.storey * floor + 1.85)
                x = side * houses.width[which] / 2
                middle = np.stack([x, 0 * x + y * houses.depth, z], axis=-1)
                parts.append(openings_of(which, middle, side * np.pi / 2, (0.95, 1.5)))
    return gather_openings(parts)


def dormer_panes(houses: Terrace) -> Openings:
    """Dormer windows in mansards: two or three a house, over the windows below."""
    columns = np.where(houses.width > 7.6, 3, 2)
    parts = []
    for k in range(3):
        which = np.flatnonzero((k < columns) & houses.mansard)
        x = ((k - (columns - 1) / 2) * houses.width / columns)[which]
        middle = np.stack(
            [x, np.full(len(which), -houses.depth / 2), houses.eaves[which] + 1.15], axis=-1
        )
        parts.append(openings_of(which, middle, 0.0, (0.9, 1.35)))
    return gather_openings(parts)


def dormer_walls(houses: Terrace, dormers: Openings) -> Quads:
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
