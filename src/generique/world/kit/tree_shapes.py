"""Shapes of trees: a few of each kind, in several degrees of detail.

A shape has height 1. Four degrees are meshes; beyond them the renderer draws cards of the finest
(:mod:`generique.backends.world.tree_cards`). A coarser mesh has fewer and larger blades, so that
it covers about as much of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.tree import BARK, FOLIAGE, NEEDLES, Kind, leafed
from generique.world.kit.tree_mesh import Soup, TreeShape, rods, stem
from generique.world.scene import Season

DETAILS = 4
"""Degrees of detail that are drawn as meshes."""
NEEDLED = -1.0
"""What a spray of needles has for the size of its leaves."""
SHADOW = 4
"""The shape that casts shadows, coarser than all that are drawn."""


@dataclass(frozen=True)
class _Spire:
    """A conifer with branches in tiers: reach of the lowest, height of the first, and its looks.

    Attributes:
        reach: Of the widest tier.
        clear: Height of the trunk below the branches.
        power: 1 for a cone, less for a fuller one.
        droop: Fall of a branch over its length, low and high.
        needles: Linear albedo.
        dense: Factor on the number of branches.
    """

    reach: float
    clear: float
    power: float
    droop: tuple[float, float]
    needles: Floats
    dense: float


@dataclass(frozen=True)
class _Crown:
    """A crown of clumps.

    Attributes:
        lobes: Number of round parts.
        middle: Height of the middle.
        spread: 3, standard deviations of the lobes' places.
        radius: Of the lobes, least and most.
        flat: Height of a lobe over its width.
        leaf: Factor on the size of a clump.
        trunk: Width of the trunk at the ground; 0 for none.
        bark: Linear albedo.
        fork: Length of a branch over its limb's, least and most.
        even: True for lobes spread evenly over the height, as in a column.
    """

    lobes: int
    middle: float
    spread: tuple[float, float, float]
    radius: tuple[float, float]
    flat: float
    leaf: float
    trunk: float
    bark: tuple[float, float, float]
    fork: tuple[float, float] = (0.55, 0.78)
    even: bool = False


_CROWNS = {
    Kind.DECIDUOUS: _Crown(
        lobes=8,
        middle=0.62,
        spread=(0.13, 0.13, 0.10),
        radius=(0.15, 0.24),
        flat=1.0,
        leaf=1.0,
        trunk=0.018,
        bark=(0.055, 0.045, 0.038),
    ),
    Kind.PINE: _Crown(
        lobes=10,
        middle=0.74,
        spread=(0.085, 0.085, 0.13),
        radius=(0.075, 0.135),
        flat=0.55,
        leaf=0.62,
        trunk=0.016,
        bark=(0.12, 0.062, 0.036),
        fork=(0.12, 0.22),
    ),
    Kind.BIRCH: _Crown(
        lobes=13,
        middle=0.60,
        spread=(0.075, 0.075, 0.16),
        radius=(0.10, 0.16),
        flat=1.2,
        leaf=0.72,
        trunk=0.011,
        bark=(0.38, 0.36, 0.33),
        fork=(0.36, 0.55),
    ),
    Kind.POPLAR: _Crown(
        lobes=11,
        middle=0.53,
        spread=(0.02, 0.02, 0.27),
        radius=(0.060, 0.092),
        flat=1.8,
        leaf=0.8,
        trunk=0.014,
        bark=(0.09, 0.08, 0.065),
        fork=(0.2, 0.4),
        even=True,
    ),
    Kind.CYPRESS: _Crown(
        lobes=11,
        middle=0.50,
        spread=(0.008, 0.008, 0.29),
        radius=(0.045, 0.075),
        flat=2.2,
        leaf=0.6,
        trunk=0.010,
        bark=(0.07, 0.05, 0.04),
        fork=(0.05, 0.1),
        even=True,
    ),
    Kind.SHRUB: _Crown(
        lobes=6,
        middle=0.42,
        spread=(0.30, 0.30, 0.10),
        radius=(0.22, 0.36),
        flat=0.8,
        leaf=2.0,
        trunk=0.0,
        bark=(0.07, 0.06, 0.045),
    ),
    Kind.SAGE: _Crown(
        lobes=9,
        middle=0.36,
        spread=(0.36, 0.36, 0.13),
        radius=(0.16, 0.30),
        flat=0.9,
        leaf=1.2,
        trunk=0.0,
        bark=(0.08, 0.07, 0.055),
    ),
}

_LEAVES = {
    Kind.PINE: ((0.040, 0.060, 0.034), (0.038, 0.058, 0.034), (0.038, 0.056, 0.034)),
    Kind.BIRCH: ((0.150, 0.200, 0.060), (0.096, 0.140, 0.048), (0.330, 0.230, 0.045)),
    Kind.POPLAR: ((0.130, 0.170, 0.060), (0.080, 0.115, 0.045), (0.290, 0.220, 0.050)),
    Kind.LARCH: ((0.090, 0.140, 0.045), (0.055, 0.085, 0.036), (0.300, 0.180, 0.035)),
    Kind.CYPRESS: ((0.028, 0.044, 0.026), (0.027, 0.042, 0.025), (0.027, 0.042, 0.025)),
    Kind.GRASS: ((0.078, 0.098, 0.032), (0.070, 0.084, 0.030), (0.115, 0.088, 0.044)),
    Kind.SAGE: ((0.118, 0.120, 0.082), (0.112, 0.110, 0.078), (0.120, 0.108, 0.074)),
    Kind.SHRUB: ((0.078, 0.098, 0.042), (0.064, 0.080, 0.036), (0.088, 0.066, 0.034)),
}
"""Leaves in spring, summer and autumn, linear albedo; in autumn the renderer turns it per tree."""
_SEASONS = (Season.SPRING, Season.SUMMER, Season.AUTUMN)
EVERGREEN = (Kind.CONIFER, Kind.PINE, Kind.CYPRESS, Kind.SHRUB, Kind.GRASS, Kind.SAGE)
"""Kinds that are not bare in winter."""


def foliage(kind: Kind, season: Season) -> Floats:
    """Linear albedo of leaves or needles; of an evergreen in winter as in autumn."""
    if kind is Kind.CONIFER:
        return NEEDLES
    if kind is Kind.DECIDUOUS:
        return FOLIAGE[season]
    return np.array(_LEAVES[kind][_SEASONS.index(season) if leafed(season) else 2])


@cache
def tree_shapes(season: Season, variant: int, kind: Kind) -> tuple[TreeShape, ...]:
    """A tree in falling degrees of detail: :data:`DETAILS` that are drawn, then one for shadows.

    They are remembered: the bake and the renderer want the same ones. Do not write to them.
    """
    if kind in (Kind.CONIFER, Kind.LARCH):
        spire = _spire(kind, variant, season)
        return tuple(_conifer(variant, spire, tiers) for tiers in _TIERS)
    if kind is Kind.GRASS:
        return tuple(_tuft(variant, season, *size) for size in _TUFTS)
    if kind not in EVERGREEN and not leafed(season):
        habit = _CROWNS[kind]
        if kind is not Kind.DECIDUOUS:
            sizes_ = ((60, 14, 0.9), (46, 8, 1.0), (30, 4, 1.5), (18, 0, 3.0), (14, 0, 3.6))
            return tuple(_leader(variant, kind, *size) for size in sizes_)
        sizes = ((5, 6, 0.9), (5, 4, 1.0), (4, 5, 1.3), (3, 4, 1.8), (2, 5, 2.4))
        return tuple(_bare(variant, habit, *size) for size in sizes)
    crowns = ((7600, 3, 0.37), (1700, 3, 0.82), (600, 2, 1.28), (180, 1, 2.1), (46, 1, 3.4))
    return tuple(_leafy(variant, kind, season, *crown) for crown in crowns)


def _tuft(variant: int, season: Season, blades: int, wide: float) -> TreeShape:
    """Blades of grass that lean away from the middle."""
    chance, soup = np.random.default_rng([53, variant]), Soup()
    foot = chance.normal(0, 0.42, (blades, 2)) * (0.8 + 0.2 * variant)
    turn = chance.uniform(0, 2 * np.pi, blades)
    out = np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    tall = chance.uniform(0.45, 1.0, blades) * np.exp(-((foot**2).sum(axis=1)))
    lean = out * (tall * chance.uniform(0.1, 0.7, blades))[:, None]
    side = np.stack([-out[:, 1], out[:, 0]], axis=-1) * (0.018 * wide)
    zero = np.zeros(blades)
    middle = np.c_[foot + lean * 0.4, tall * 0.6]
    points = np.stack(
        [np.c_[foot - side, zero], np.c_[foot + side, zero], middle + np.c_[side * 0.8, zero]],
        axis=1,
    )
    tip = np.c_[foot + lean, tall]
    upper = np.stack([middle - np.c_[side * 0.8, zero], points[:, 2], tip, tip], axis=1)
    points = np.concatenate([points, upper[:, :1]], axis=1)
    albedo = foliage(Kind.GRASS, season) * chance.uniform(0.65, 1.3, (blades, 1, 1))
    dark = np.array([0.5, 0.5, 0.9, 0.9])[None, :, None]
    facing = np.c_[out * 0.3, zero + 0.9][:, None]
    soup.add(points, facing, albedo * dark, np.full((blades, 1), 0.35))
    soup.add(upper, facing, albedo * np.array([0.9, 0.9, 1.2, 1.2])[None, :, None], zero[:, None])
    return soup.shape()


class _Tiers(NamedTuple):
    """How finely a conifer is drawn.

    Attributes:
        tiers: Of branches, one over the other.
        blades: Of the lowest tier.
        sprays: Of a branch.
        wide: Factor on the width of a branch.
        drop: Factor on its fall; few tiers have to hang further to close the cone.
    """

    tiers: int
    blades: int
    sprays: int
    wide: float
    drop: float


_TUFTS = ((150, 0.9), (110, 1.0), (40, 1.7), (16, 2.8), (4, 4.0))
"""Blades of a tuft of grass and factor on their width, for each degree of detail."""
_TIERS = (
    _Tiers(64, 36, 5, 0.9, 1.0),
    _Tiers(46, 26, 3, 1.12, 1.0),
    _Tiers(24, 13, 1, 1.8, 1.6),
    _Tiers(12, 7, 1, 2.5, 2.4),
    _Tiers(7, 6, 1, 2.6, 3.2),
)


def _spire(kind: Kind, variant: int, season: Season) -> _Spire:
    if kind is Kind.LARCH:
        needles = foliage(kind, season) if leafed(season) else np.array([0.085, 0.064, 0.045])
        return _Spire(0.20, 0.16, 0.9, (0.0, 0.3), needles, 0.62 if leafed(season) else 0.4)
    reach, clear = ((0.225, 0.05), (0.185, 0.08), (0.145, 0.11), (0.165, 0.17))[variant]
    return _Spire(reach, clear, 0.85, (0.25, 0.5), NEEDLES, 1.0)


def _conifer(variant: int, spire: _Spire, fine: _Tiers) -> TreeShape:
    """Branches in tiers round a trunk, denser below; a tier is longer or shorter by chance."""
    tiers, blades, sprays = fine.tiers, fine.blades, fine.sprays
    chance, soup = np.random.default_rng([11, variant, tiers]), Soup()
    stem(soup, 0.011, 0.94, np.array([0.05, 0.04, 0.033]))
    share = np.arange(tiers) / (tiers - 1)
    reach = spire.reach * (1 - share) ** spire.power * chance.uniform(0.78, 1.18, tiers) + 0.010
    reach *= np.where(share < 0.12, 0.75 + 2 * share, 1.0)
    count = np.maximum(4, blades * spire.dense * (1 - 0.6 * share)).astype(int)
    tier = np.repeat(np.arange(tiers), count)
    number = np.arange(len(tier)) - np.repeat(np.cumsum(count) - count, count)
    # Even spacing with some play: few blades then still close the cone.
    turn = (number + chance.uniform(-0.4, 0.4, len(tier))) / count[tier] * 2 * np.pi + tier * 2.4
    height = spire.clear + (0.98 - spire.clear) * share[tier]
    height += chance.normal(0, 0.3 / tiers, len(tier))
    length = reach[tier] * chance.uniform(0.62, 1.2, len(tier))
    drop = length * chance.uniform(*spire.droop, len(tier)) * fine.drop
    wide = reach[tier] * chance.uniform(0.22, 0.4, len(tier)) * (9 / blades) ** 0.45
    wide *= fine.wide * (spire.dense**-0.6 if sprays == 1 else 1.0)
    laden = np.where(chance.random(len(tier)) < 0.55, 1.0, 0.12)
    for spray in range(sprays):
        fan = (spray - (sprays - 1) / 2) * 0.36
        short = 1.0 if sprays == 1 or spray == sprays // 2 else 0.8
        thin = 1.0 if sprays == 1 else 0.62
        branch = _Branch(turn + fan, height, length * short, drop * short, wide * thin)
        _sprays(soup, chance, branch, (spire.needles, laden))
    return soup.shape()


@dataclass(frozen=True)
class _Branch:
    """Branches of a conifer; arrays with one row each."""

    turn: Floats
    height: Floats
    length: Floats
    drop: Floats
    wide: Floats


def _sprays(
    soup: Soup, chance: np.random.Generator, branch: _Branch, looks: tuple[Floats, Floats]
) -> None:
    """Drooping blades, dark at the trunk and light at the tip, which rises a little."""
    needles, laden = looks
    count, zero = len(branch.turn), np.zeros(len(branch.turn))
    out = np.stack([np.cos(branch.turn), np.sin(branch.turn), zero], axis=-1)
    side = np.stack([-out[:, 1], out[:, 0], zero], axis=-1) * branch.wide[:, None]
    start = np.stack([zero, zero, branch.height], axis=-1)
    fall = np.stack([zero, zero, branch.drop], axis=-1)
    middle = start + out * (branch.length * 0.55)[:, None] - fall * 0.5
    tip = start + out * branch.length[:, None] - fall * 0.9
    points = np.stack([start + np.array([0, 0, 0.02]), middle + side, tip, middle - side], axis=1)
    shade = np.array([0.35, 1, 1.25, 1])[None, :, None] * chance.uniform(0.7, 1.1, (count, 1, 1))
    snow = laden[:, None] * np.array([0.0, 0.75, 1.0, 0.65]) * chance.uniform(0.75, 1.0, (count, 1))
    facing = np.stack([out[:, 0] * 0.6, out[:, 1] * 0.6, zero + 0.8], axis=-1)[:, None]
    soup.add(points, facing, needles * shade, snow, NEEDLED)


def _bare(variant: int, habit: _Crown, depth: int, twigs: int, thick: float) -> TreeShape:
    chance, soup = np.random.default_rng([23, variant]), Soup()
    lean = np.array([chance.normal(0, 0.05), chance.normal(0, 0.05), 1.0])
    column = habit.even
    upward = 0.9 if column else 0.16
    limb = (np.zeros(3), lean, 0.55 if column else 0.36, max(habit.trunk, 0.008) * thick)
    _grow_limb(soup, chance, limb, (0, depth, twigs), (habit, upward))
    return soup.shape()


_REACH = {Kind.BIRCH: (0.24, 0.20), Kind.POPLAR: (0.14, 0.06)}
"""Length of the side branches of a leader, and height of the lowest."""


def _leader(variant: int, kind: Kind, count: int, twigs: int, thick: float) -> TreeShape:
    """A straight trunk to the top with rising side branches and their twigs, bare."""
    habit, (reach, clear) = _CROWNS[kind], _REACH[kind]
    chance, soup = np.random.default_rng([29, variant, int(kind)]), Soup()
    stem(soup, habit.trunk * min(thick, 1.5), 1.0, np.array(habit.bark))
    share = (np.arange(count) + chance.uniform(0, 1, count)) / count
    turn = np.arange(count) * 2.4 + chance.uniform(-0.5, 0.5, count)
    steep = 2.6 if habit.even else 1.0
    way = np.stack([np.cos(turn), np.sin(turn), chance.uniform(0.5, 1.1, count) * steep], axis=-1)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    start = np.stack([0 * share, 0 * share, clear + (0.97 - clear) * share], axis=-1)
    long = reach * np.minimum(1.2 - share, 1.0) * chance.uniform(0.7, 1.2, count)
    long = np.minimum(long * (1.6 if habit.even else 1.0), (1.02 - start[:, 2]) / way[:, 2])
    rods(soup, (start, way * long[:, None]), 0.0035 * thick, np.array(habit.bark) * 0.6 + 0.02)
    if twigs:
        owner = np.repeat(np.arange(count), twigs)
        along = chance.uniform(0.25, 1.0, len(owner))
        aim = way[owner] + chance.normal(0, 0.55, (len(owner), 3))
        aim /= np.linalg.norm(aim, axis=1, keepdims=True)
        foot = start[owner] + way[owner] * (long[owner] * along)[:, None]
        size = long[owner] * chance.uniform(0.25, 0.5, len(owner))
        rods(soup, (foot, aim * size[:, None]), 0.0022 * thick, BARK)
    return soup.shape()


def _grow_limb(
    soup: Soup,
    chance: np.random.Generator,
    limb: tuple[Floats, Floats, float, float],
    order: tuple[int, int, int],
    manner: tuple[_Crown, float],
) -> None:
    """Draw a limb and, below the last order, its branches."""
    start, direction, length, width = limb
    level, depth, twigs = order
    habit, upward = manner
    end = start + direction * length
    side = np.cross(direction, np.array([chance.normal(), chance.normal(), 0.3]))
    side = side / (np.linalg.norm(side) + 1e-9)
    thin = BARK * 0.9 if level > 1 else np.array(habit.bark)
    bark = thin * chance.uniform(0.7, 1.3)
    snow = np.array([0.6 * (1 - abs(direction[2])) * (chance.random() < 0.6)])
    for across in (side, np.cross(direction, side)) if level < 2 else (side,):
        near, far = across * width, across * width * 0.65
        points = np.stack([start - near, start + near, end + far, end - far])
        soup.add(points[None], np.array([across[1], across[0], 0.7]), bark, snow)
    if level >= depth:
        return
    count = twigs if level >= depth - 1 else int(chance.integers(3, 5))
    for _ in range(count):
        along = chance.uniform(0.35, 1.0) if level else chance.uniform(0.55, 1.0)
        away = chance.normal(size=3)
        away = away - away.dot(direction) * direction
        away = away / (np.linalg.norm(away) + 1e-9)
        turned = direction * chance.uniform(0.5, 0.9) + away * chance.uniform(0.55, 0.95)
        turned = turned + np.array([0, 0, upward])
        turned = turned / np.linalg.norm(turned)
        shorter = length * chance.uniform(*habit.fork)
        branch = (start + direction * length * along, turned, shorter, width * 0.5)
        _grow_limb(soup, chance, branch, (level + 1, depth, twigs), manner)


def _leafy(
    variant: int, kind: Kind, season: Season, clumps: int, depth: int, size: float
) -> TreeShape:
    """A trunk with limbs, and clumps of leaves on the lobes of a crown."""
    habit, soup = _CROWNS[kind], Soup()
    chance = np.random.default_rng([37, variant, int(kind)])
    if habit.trunk > 0:
        lean = np.array([chance.normal(0, 0.05), chance.normal(0, 0.05), 1.0])
        tall = habit.middle * (0.98 if kind is Kind.PINE else 0.55)
        limb = (np.zeros(3), lean, tall, habit.trunk)
        upward = 0.9 if habit.even else 0.16
        _grow_limb(soup, chance, limb, (0, min(depth, 2), 3), (habit, upward))
    chance = np.random.default_rng([41, variant, int(kind)])
    centres = chance.normal(0, 1, (habit.lobes, 3)) * habit.spread
    if habit.even:
        centres[:, 2] = (np.arange(habit.lobes) / (habit.lobes - 1) - 0.5) * 3 * habit.spread[2]
    centres[:, 2] += habit.middle
    radius = chance.uniform(*habit.radius, habit.lobes)
    if habit.even:
        radius *= 1 - 0.75 * np.abs(np.arange(habit.lobes) / (habit.lobes - 1) - 0.4) ** 1.3
    _clumps(soup, (variant, clumps, size), (centres, radius), (kind, season))
    return soup.shape()


def _clumps(
    soup: Soup,
    drawn: tuple[int, int, float],
    lobes: tuple[Floats, Floats],
    leaf: tuple[Kind, Season],
) -> None:
    variant, count, size = drawn
    (centres, radius), (kind, season) = lobes, leaf
    habit = _CROWNS[kind]
    chance = np.random.default_rng([43, variant, count, int(kind)])
    lobe = chance.integers(habit.lobes, size=count)
    toward = chance.normal(size=(count, 3))
    toward /= np.linalg.norm(toward, axis=1, keepdims=True)
    upper = chance.random(count) < 0.7
    toward[:, 2] = np.where(upper, np.abs(toward[:, 2]) * 0.9, toward[:, 2])
    out = toward * np.array([1, 1, habit.flat])
    centre = centres[lobe] + out * (radius[lobe] * chance.uniform(0.55, 1.1, count))[:, None]
    centre[:, 2] = np.maximum(centre[:, 2], 0.03)
    first = np.cross(toward, chance.normal(size=(count, 3)))
    first /= np.linalg.norm(first, axis=1, keepdims=True)
    most = 0.55 * sum(habit.radius) / 2
    half = min(0.035 * size * habit.leaf, most)
    first *= (half * chance.uniform(0.7, 1.3, count))[:, None]
    second = np.cross(toward, first) + chance.normal(0, 0.008, (count, 3))
    # The finest are leaves, pointed at both ends; coarser ones stand for many.
    leaves = [(-1.6, 0), (0, -0.95), (1.6, 0), (0, 0.95)]
    signs = np.array(leaves if size < 1 else [(-1, -1), (1, -1), (1, 1), (-1, 1)], float)
    points = centre[:, None] + signs[None, :, :1] * first[:, None]
    points += signs[None, :, 1:] * second[:, None]
    low = habit.middle - 1.6 * habit.spread[2] - 0.1
    deep = np.clip((centre[:, 2] - low) / (1.0 - low) * 1.2, 0.4, 1.0)
    shade = chance.uniform(0.6, 1.35, count) * deep
    albedo = foliage(kind, season)[None] * shade[:, None]
    facing = toward * 0.6 + (centre - np.array([0, 0, habit.middle - 0.04]))
    snow = np.maximum(0.0, toward[:, 2]) * 0.8
    soup.add(points, facing[:, None], albedo[:, None], snow[:, None], half)
