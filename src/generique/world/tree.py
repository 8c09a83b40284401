"""Trees: where they stand, and a few shapes in several degrees of detail."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.scene import Season

VARIANTS = 4
DETAILS = 4
BARK = np.array([0.055, 0.045, 0.038])
NEEDLES = np.array([0.030, 0.045, 0.030])


class Kind(IntEnum):
    """Kinds of trees."""

    CONIFER = 0
    DECIDUOUS = 1


@dataclass(frozen=True)
class Trees:
    """Trees of a place.

    Attributes:
        position: n x 2 metres.
        foot: n metres, height of the ground where they stand.
        kind: n, of :class:`Kind`.
        variant: n, index of the shape.
        height: n metres.
        turn: n radians.
        tint: n, factor on the albedo.
        hue: n, 0 to 1; picks the autumn colour.
    """

    position: Floats
    foot: Floats
    kind: Ints
    variant: Ints
    height: Floats
    turn: Floats
    tint: Floats
    hue: Floats

    def __len__(self) -> int:
        return len(self.position)


@dataclass(frozen=True)
class TreeShape:
    """A tree of height 1 in triangles.

    Attributes:
        position: n x 3.
        normal: n x 3 unit vectors.
        albedo: n x 3 linear.
        snow: n, how well snow lies.
        faces: m x 3.
    """

    position: Floats
    normal: Floats
    albedo: Floats
    snow: Floats
    faces: Ints


def grow(spot: Floats, foot: Floats, chance: np.random.Generator, conifers: float = 1.0) -> Trees:
    """Trees of mixed kinds and ages, as people plant them.

    Args:
        spot: n x 2 metres.
        foot: n metres, height of the ground there.
        chance: For their kinds, shapes and sizes.
        conifers: Factor on the share of conifers.
    """
    count = len(spot)
    share = np.clip(0.33 + 0.3 * np.sin(spot[:, 0] / 80 + spot[:, 1] / 95), 0.08, 0.8)
    conifer = chance.random(count) < share * conifers
    height = np.where(conifer, chance.uniform(6, 16, count), chance.uniform(7.5, 16, count))
    young = np.where(chance.random(count) < 0.2, 0.42, 1.0)
    return Trees(
        position=spot,
        foot=foot,
        kind=np.where(conifer, Kind.CONIFER, Kind.DECIDUOUS).astype(np.int32),
        variant=chance.integers(0, VARIANTS, count),
        height=height * young,
        turn=chance.uniform(0, 2 * np.pi, count),
        tint=chance.uniform(0.75, 1.2, count),
        hue=chance.random(count),
    )


def leafed(season: Season) -> bool:
    """True when deciduous trees carry leaves."""
    return season is not Season.WINTER


@cache
def tree_shapes(season: Season, variant: int, kind: Kind) -> tuple[TreeShape, ...]:
    """A tree in falling degrees of detail, :data:`DETAILS` of them.

    They are remembered: the bake and the renderer want the same ones. Do not write to them.
    """
    if kind is Kind.CONIFER:
        sizes = ((44, 30), (18, 12), (9, 7), (5, 4))
        return tuple(_conifer(variant, tiers, blades) for tiers, blades in sizes)
    if not leafed(season):
        sizes_ = ((5, 7, 0.9), (4, 5, 1.4), (2, 9, 2.2), (2, 3, 3.6))
        return tuple(_bare(variant, *size) for size in sizes_)
    crowns = ((1500, 4, 0.85), (560, 3, 1.3), (150, 2, 2.4), (36, 1, 4.6))
    return tuple(_leafy(variant, season, *crown) for crown in crowns)


class _Soup:
    """Collects quads of a tree as two triangles each."""

    def __init__(self) -> None:
        self.points: list[Floats] = []
        self.facing: list[Floats] = []
        self.albedo: list[Floats] = []
        self.snow: list[Floats] = []

    def add(self, points: Floats, facing: Floats, albedo: Floats, snow: Floats) -> None:
        """Add a quad: 4 x 3 points, a normal for each or all, an albedo and snow for each."""
        self.points.append(points)
        self.facing.append(np.broadcast_to(facing, (4, 3)))
        self.albedo.append(np.broadcast_to(albedo, (4, 3)))
        self.snow.append(np.broadcast_to(snow, (4,)))

    def shape(self) -> TreeShape:
        """The triangles, scaled to height 1."""
        position = np.concatenate(self.points)
        position = position * np.array([1, 1, 1 / position[:, 2].max()])
        normal = np.concatenate(self.facing)
        first = np.arange(len(self.points))[:, None, None] * 4
        faces = (first + np.array([[0, 1, 2], [0, 2, 3]])).reshape(-1, 3)
        return TreeShape(
            position=position.astype(np.float32),
            normal=(normal / (np.linalg.norm(normal, axis=1, keepdims=True) + 1e-6)).astype("f4"),
            albedo=np.concatenate(self.albedo).astype(np.float32),
            snow=np.concatenate(self.snow).astype(np.float32),
            faces=faces.astype(np.int32),
        )


def _conifer(variant: int, tiers: int, blades: int) -> TreeShape:
    chance, soup = np.random.default_rng([11, variant]), _Soup()
    for tier in range(tiers):
        share = tier / (tiers - 1)
        height = 0.06 + 0.92 * share
        reach = 0.235 * (1 - share) ** 0.85 + 0.012
        count = max(4, int(blades * (1 - 0.6 * share)))
        for blade in range(count):
            # Even spacing with some play: few blades then still close the cone.
            turn = (blade + chance.uniform(-0.4, 0.4)) / count * 2 * np.pi + tier * 2.4
            _blade(soup, chance, (turn, height, reach, 9 / blades))
    return soup.shape()


def _blade(
    soup: _Soup, chance: np.random.Generator, place: tuple[float, float, float, float]
) -> None:
    """One drooping branch of a conifer."""
    turn, height, reach, coarse = place
    length = reach * chance.uniform(0.7, 1.15)
    drop = length * chance.uniform(0.25, 0.5)
    width = reach * chance.uniform(0.22, 0.4) * coarse**0.45
    out = np.array([np.cos(turn), np.sin(turn), 0.0])
    side = np.array([-out[1], out[0], 0.0]) * width
    start = np.array([0, 0, height + chance.normal(0, 0.012)])
    middle = start + out * length * 0.55 - np.array([0, 0, drop * 0.35])
    tip = start + out * length - np.array([0, 0, drop])
    points = np.stack([start + np.array([0, 0, 0.03]), middle + side, tip, middle - side])
    laden = 1.0 if chance.random() < 0.55 else 0.12
    shade = np.array([0.35, 1, 1.2, 1])[:, None] * chance.uniform(0.7, 1.1)
    snow = laden * np.array([0.0, 0.75, 1.0, 0.65]) * chance.uniform(0.75, 1.0)
    soup.add(points, np.array([out[0] * 0.6, out[1] * 0.6, 0.8]), NEEDLES * shade, snow)


def _bare(variant: int, depth: int, twigs: int, thick: float) -> TreeShape:
    chance, soup = np.random.default_rng([23, variant]), _Soup()
    lean = np.array([chance.normal(0, 0.05), chance.normal(0, 0.05), 1.0])
    _branch(soup, chance, (np.zeros(3), lean, 0.36, 0.018 * thick), (0, depth, twigs))
    return soup.shape()


def _branch(
    soup: _Soup,
    chance: np.random.Generator,
    limb: tuple[Floats, Floats, float, float],
    order: tuple[int, int, int],
) -> None:
    """Draw a limb and, below the last order, its branches."""
    start, direction, length, width = limb
    level, depth, twigs = order
    end = start + direction * length
    side = np.cross(direction, np.array([chance.normal(), chance.normal(), 0.3]))
    side = side / (np.linalg.norm(side) + 1e-9)
    bark = BARK * chance.uniform(0.7, 1.3)
    snow = 0.6 * (1 - abs(direction[2])) * (chance.random() < 0.6)
    for across in (side, np.cross(direction, side)) if level < 2 else (side,):
        near, far = across * width, across * width * 0.65
        points = np.stack([start - near, start + near, end + far, end - far])
        soup.add(points, np.array([across[1], across[0], 0.7]), bark, np.asarray(snow))
    if level >= depth:
        return
    count = twigs if level >= depth - 1 else int(chance.integers(3, 5))
    for _ in range(count):
        along = chance.uniform(0.35, 1.0) if level else chance.uniform(0.55, 1.0)
        away = chance.normal(size=3)
        away = away - away.dot(direction) * direction
        away = away / (np.linalg.norm(away) + 1e-9)
        turned = direction * chance.uniform(0.5, 0.9) + away * chance.uniform(0.55, 0.95)
        turned = turned + np.array([0, 0, 0.16])
        turned = turned / np.linalg.norm(turned)
        shorter = length * chance.uniform(0.55, 0.78)
        limb = (start + direction * length * along, turned, shorter, width * 0.5)
        _branch(soup, chance, limb, (level + 1, depth, twigs))


FOLIAGE = {
    Season.SPRING: np.array([0.122, 0.165, 0.052]),
    Season.SUMMER: np.array([0.074, 0.112, 0.040]),
    Season.AUTUMN: np.array([0.21, 0.150, 0.045]),
    Season.WINTER: BARK,
}
"""Leaves, linear albedo; in autumn the renderer turns it per tree."""


def _leafy(variant: int, season: Season, clumps: int, depth: int, size: float) -> TreeShape:
    chance, soup = np.random.default_rng([37, variant]), _Soup()
    lean = np.array([chance.normal(0, 0.05), chance.normal(0, 0.05), 1.0])
    _branch(soup, chance, (np.zeros(3), lean, 0.34, 0.018), (0, min(depth, 2), 3))
    chance = np.random.default_rng([41, variant])
    lobes = chance.normal(0, 1, (7, 3)) * np.array([0.13, 0.13, 0.10]) + np.array([0, 0, 0.62])
    radius = chance.uniform(0.15, 0.24, 7)
    middle = np.array([0, 0, 0.58])
    chance = np.random.default_rng([43, variant, clumps])
    for _ in range(clumps):
        lobe = int(chance.integers(7))
        toward = chance.normal(size=3)
        toward = toward / np.linalg.norm(toward)
        toward[2] = abs(toward[2]) * 0.9 if chance.random() < 0.7 else toward[2]
        centre = lobes[lobe] + toward * radius[lobe] * chance.uniform(0.75, 1.0)
        first = np.cross(toward, chance.normal(size=3))
        first = first / np.linalg.norm(first) * 0.035 * size * chance.uniform(0.7, 1.3)
        second = np.cross(toward, first) + chance.normal(0, 0.008, 3)
        points = centre + np.stack(
            [-first - second, first - second, first + second, second - first]
        )
        deep = np.clip((centre[2] - 0.3) / 0.6, 0.35, 1.0)
        albedo = FOLIAGE[season] * chance.uniform(0.6, 1.35) * deep
        facing = toward * 0.6 + (centre - middle)
        soup.add(points, facing, albedo, np.asarray(max(0.0, float(toward[2])) * 0.8))
    return soup.shape()
