"""Street lamps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from generique.world.arrays import Floats, stream
from generique.world.country import SUBURBAN_LAMPS, Kerbside, LampManner
from generique.world.layout import Layout, Street, to_others
from generique.world.lights import LED, SODIUM, Beam, Lights, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import Thing, owner

LAMP_INTENSITY = 250.0
LAMP_RADIANCE = 620.0
METAL = (0.2, 0.2, 0.2)


@dataclass(frozen=True)
class Lamps:
    """Street lamps.

    Attributes:
        foot: n x 3 metres, where the pole stands.
        head: n x 3 metres, the lantern above the carriageway.
        colour: n x 3, linear RGB with its strength.
    """

    foot: Floats
    head: Floats
    colour: Floats

    def __len__(self) -> int:
        return len(self.foot)


NO_LAMPS = Lamps(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros((0, 3)))


def place_lamps(layout: Layout, seed: int, manner: LampManner = SUBURBAN_LAMPS) -> Lamps:
    """Lamps on alternating sides of every street, a few of them broken."""
    chance = stream(seed, "street lamps")
    feet, heads, sodium = [], [], []
    for street in layout.streets:
        foot, head, colour = _along(street, chance, manner)
        feet.append(foot)
        heads.append(head)
        sodium.append(colour)
    foot, head, is_sodium = np.vstack(feet), np.vstack(heads), np.concatenate(sodium)
    broken = chance.random(len(foot)) < 0.04
    strength = np.exp(chance.normal(0, 0.12, (len(foot), 1)))
    colour = (
        np.where(is_sodium[:, None], np.array(SODIUM), np.array(LED)) * strength * manner.strength
    )
    tree = cKDTree(layout.street_points())
    narrowest = min(street.half_width for street in layout.streets)
    keep = (
        ~broken
        & layout.bounds.inside(foot, 3)
        & (tree.query(foot)[0] > min(4.4, narrowest + 0.9 * manner.foot))
    )
    foot, head, colour = foot[keep], head[keep], colour[keep]
    alive = np.ones(len(foot), bool)
    if len(foot) > 1:
        for first, second in sorted(cKDTree(head).query_pairs(0.58 * manner.spacing[0])):
            alive[second] &= not alive[first]
    foot, head = layout.relief.lift(foot[alive]), layout.relief.lift(head[alive])
    head[:, 2] += manner.height
    return Lamps(foot, head, colour[alive])


def _along(
    street: Street, chance: np.random.Generator, manner: LampManner
) -> tuple[Floats, Floats, Floats]:
    length = float(street.along()[-1])
    steps = chance.uniform(*manner.spacing, int(length / manner.spacing[0]) + 2)
    distance = chance.uniform(10, 25) + np.r_[0.0, np.cumsum(steps)]
    distance = distance[distance < length + (1 if street.closed else 0)]
    point, heading = street.at(distance)
    side = np.where(np.arange(len(point)) % 2 == 0, 1.0, -1.0)[:, None]
    out = np.c_[-heading[:, 1], heading[:, 0]] * side
    same = chance.random(len(point)) < 0.93
    foot = point + out * (street.half_width + manner.foot)
    head = point + out * (street.half_width - manner.reach)
    return foot, head, same == street.sodium


def lamp_quads(lamps: Lamps, *, burning: bool) -> Quads:
    """Poles, arms and lanterns."""
    out = lamps.head[:, :2] - lamps.foot[:, :2]
    out = out / (np.linalg.norm(out, axis=1, keepdims=True) + 1e-9)
    side = np.c_[-out[:, 1], out[:, 0]]
    top = lamps.foot.copy()
    top[:, 2] = lamps.head[:, 2]
    parts = []
    for width in (_level(out * 0.09), _level(side * 0.09)):
        corners = [lamps.foot - width, lamps.foot + width]
        corners += [_up(top + width * 0.6, 0.1), _up(top - width * 0.6, 0.1)]
        finish = Finish(METAL, surface=Surface.DETAIL, level=Level.ALWAYS, step=3)
        parts.append(paint(np.stack(corners, axis=1), finish))
    thin = _level(side * 0.06)
    arm = [top - thin, top + thin, _up(lamps.head + thin, 0.25), _up(lamps.head - thin, 0.25)]
    finish = Finish(METAL, surface=Surface.DETAIL, level=Level.NEAR, step=3)
    parts.append(paint(np.stack(arm, axis=1), finish))
    parts += _lanterns(lamps, burning=burning)
    return join([part.owned(owner(Thing.LAMP, np.arange(len(lamps)))) for part in parts])


def _level(steps: Floats) -> Floats:
    """Steps (n x 2) in the plane, as n x 3."""
    return np.asarray(np.c_[steps, np.zeros(len(steps))])


def _up(points: Floats, height: float) -> Floats:
    return np.asarray(points + np.array([0.0, 0.0, height]))


def _lanterns(lamps: Lamps, *, burning: bool) -> list[Quads]:
    glow = lamps.colour * (LAMP_RADIANCE if burning else 0.0)
    ring = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]) * 0.24
    around = _level(ring)
    low, high = -0.14, 0.02
    bottom = np.stack([_up(lamps.head + corner, low) for corner in around], axis=1)
    top = np.stack([_up(lamps.head + corner, high + 0.16) for corner in around], axis=1)
    parts = [
        paint(bottom[:, ::-1], Finish(METAL, glow, surface=Surface.GLASS, step=9)),
        paint(top, Finish(METAL, snow=0.6, surface=Surface.DETAIL, level=Level.NEAR, step=9)),
    ]
    for k in range(4):
        pair = around[k], around[(k + 1) % 4]
        corners = [_up(lamps.head + corner, low) for corner in pair]
        corners += [_up(lamps.head + corner, high) for corner in reversed(pair)]
        finish = Finish(METAL, glow * 0.25, surface=Surface.GLASS, step=9)
        parts.append(paint(np.stack(corners, axis=1), finish))
    return parts


def lamp_lights(lamps: Lamps) -> Lights:
    """The light of the street lamps when they burn."""
    position = _up(lamps.head, -0.15)
    return shine(position, lamps.colour * LAMP_INTENSITY, np.array([0.0, 0.0, -1.0]), Beam.LAMP)


KERB_STONE = (0.25, 0.245, 0.235)
KERB_HEIGHT, KERB_WIDTH = 0.12, 0.16


def kerb_quads(layout: Layout, kerb: Kerbside) -> Quads:
    """Kerb stones along straight edges of carriageways; at corners the ground's map shows them."""
    parts = [paint(np.zeros((0, 4, 3)), Finish(KERB_STONE))]
    stone = Finish(KERB_STONE, snow=0.7, surface=Surface.DETAIL, level=Level.NEAR, step=9)
    widest = max((street.half_width for street in layout.streets), default=0.0)
    for index, street in enumerate(layout.streets):
        room = widest + street.half_width + kerb.corner
        clear = to_others(layout.streets, index, street.line, room) > room
        way = np.gradient(street.line, axis=0)
        way = way / (np.linalg.norm(way, axis=1, keepdims=True) + 1e-9)
        left = np.c_[-way[:, 1], way[:, 0]]
        for side in (-1.0, 1.0):
            inner = layout.relief.lift(street.line + left * side * street.half_width)
            outer = layout.relief.lift(street.line + left * side * (street.half_width + KERB_WIDTH))
            inside = layout.bounds.inside(inner[:, :2], 0.0)
            k = np.flatnonzero(clear[:-1] & clear[1:] & inside[:-1] & inside[1:])
            lid = [inner[k], inner[k + 1], outer[k + 1], outer[k]]
            face = [inner[k + 1], inner[k]]
            top = np.stack([_up(point, KERB_HEIGHT) for point in lid], axis=1)
            front = np.stack([*face, _up(face[1], KERB_HEIGHT), _up(face[0], KERB_HEIGHT)], axis=1)
            if side < 0:
                top, front = top[:, ::-1], front[:, ::-1]
            parts += [paint(top, stone), paint(front, stone)]
    return join(parts).owned(owner(Thing.GROUND))
