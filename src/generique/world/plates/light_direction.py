"""Where the light on footage comes from, read from what was cut out of it.

No shape is given, so one is made: the outline is blown up like a balloon, the height ``h`` over it
being the root of a solution of ``Laplace(u) = -4`` that is 0 on the outline, which makes a sphere
of a disc. Its normals lie in the picture at the outline, which is all that can be known of them
there (Johnson and Farid, "Exposing digital forgeries by detecting inconsistencies in lighting",
MM&Sec 2005), and turn to the camera inside; so light from a silhouette (Lopez-Moreno et al.,
"Compositing images through light source detection", Computers & Graphics 34, 2010).

For each direction ``L`` of a grid the brightness of every cloth (things of one colour in one part
of the height) is fitted with ``a + c n_y + b max(0, n L)``, ``b`` not below 0 and ``c n_y`` being
light of the whole sky; the direction that explains most is the light's. How far to believe it is
asked by drawing the picture's tiles again with replacement (a bootstrap by blocks): the bearing
must come out about the same each time, and light must explain enough of the brightness. Where it
does not, nothing is known, and nothing is guessed.

On traced figures with cloth, grain and shadows of their own, in seven poses and from eight sides,
68 of 100 bearings are called known; those are off by 12 degrees in the mean and 44 at most
(:mod:`generique.testing.lit_figures`). Arms before a body and people seen from the side are worst.

Bearings are degrees clockwise as seen from above, from the camera's line of sight: 0 lies ahead,
behind what is filmed; 90 to the right; 180 behind the camera. The camera is taken to look level.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from scipy.sparse import csr_matrix, identity
from scipy.sparse.linalg import spsolve

from generique.model.values import Value
from generique.world.arrays import Flags, Floats, Ints
from generique.world.plates.keying import Key
from generique.world.plates.matching import LUMA

TALL = 160
"""Height in pixels at which what was cut out is looked at: light has no detail."""
LEAST = 400
"""Pixels of it, at that height, below which nothing is measured."""
BEARINGS = np.arange(0.0, 360.0, 5.0)
ELEVATIONS = np.arange(0.0, 81.0, 10.0)
SURE = 0.6
"""Share of a small pixel above which it is looked at."""
TILE = 12
"""Side in pixels of the tiles that are drawn again."""
DRAWS = 60
CLOTHS, PARTS = 3, 4
"""Colours, and parts of the height, that are fitted each for itself."""
WIDEST_SPREAD = 15.0
"""Deviation of the bearing in degrees over the draws, above which it is not known."""
LEAST_EXPLAINED = 0.2
"""Share of the variance of brightness that the light must explain."""


class Light(Value):
    """What was measured.

    Attributes:
        bearing: Degrees clockwise from the line of sight, -180 to 180.
        elevation: Degrees above the horizon; far less certain than the bearing.
        spread: Deviation of the bearing over the draws, degrees.
        explained: Share of the variance of brightness, 0 to 1.
    """

    bearing: float
    elevation: float
    spread: float
    explained: float

    @property
    def known(self) -> bool:
        """True when the bearing may be relied on."""
        return self.spread <= WIDEST_SPREAD and self.explained >= LEAST_EXPLAINED


def turn_between(one: float, other: float) -> float:
    """Degrees from one bearing to another by the shorter way, -180 to 180."""
    return (other - one + 180) % 360 - 180


def normals(inside: Flags) -> Floats:
    """Normals of an outline that is blown up.

    Args:
        inside: height x width; at least one pixel wide of outside is assumed around it.

    Returns:
        height x width x 3: x right, y up, z to the camera; 0 outside.
    """
    padded = np.pad(inside, 1)
    number = np.full(padded.shape, -1)
    number[padded] = np.arange(int(padded.sum()))
    rows, columns = [], []
    for axis, way in ((0, 1), (0, -1), (1, 1), (1, -1)):
        beside = np.roll(number, way, axis)
        both = padded & (beside >= 0)
        rows.append(number[both])
        columns.append(beside[both])
    row, column = np.concatenate(rows), np.concatenate(columns)
    count = int(padded.sum())
    links = csr_matrix((np.ones(len(row)), (row, column)), (count, count))
    u = np.zeros(padded.shape)
    u[padded] = spsolve((4 * identity(count) - links).tocsc(), np.full(count, 4.0))
    down, across = np.gradient(u)
    found = np.stack([-across, down, 2 * np.sqrt(np.maximum(u, 0))], axis=-1)
    found /= np.maximum(np.linalg.norm(found, axis=-1, keepdims=True), 1e-9)
    return np.asarray((found * padded[..., None])[1:-1, 1:-1])


def directions() -> tuple[Floats, Floats, Floats]:
    """The grid: unit vectors n x 3, bearings and elevations in degrees."""
    bearing, elevation = (side.ravel() for side in np.meshgrid(BEARINGS, ELEVATIONS))
    b, e = np.radians(bearing), np.radians(elevation)
    level = np.cos(e)
    ways = np.stack([np.sin(b) * level, np.sin(e), -np.cos(b) * level], axis=-1)
    return ways, bearing, elevation


class _Look(NamedTuple):
    """Pixels of one picture: brightness, normal, cloth and tile of each."""

    luma: Floats
    normal: Floats
    cloth: Ints
    tile: Ints


def measure_light(views: Sequence[Key]) -> Light | None:
    """Measure where the light comes from.

    Args:
        views: What was cut out of a few frames: the same things under the same light.

    Returns:
        None when too little was cut out; :attr:`Light.known` says whether it is to be believed.
    """
    looked = [look for key in views if (look := _look(key)) is not None]
    if not looked:
        return None
    ways, bearing, elevation = directions()
    sums = [_sums(look, ways) for look in looked]
    tiles = [int(one.tile.max()) + 1 for one in sums]
    explained, variance = _explained(sums, [np.ones((1, count)) for count in tiles])
    best = int(np.argmax(explained[0]))
    chance = np.random.default_rng(0)
    drawn = [
        chance.multinomial(count, np.full(count, 1 / count), DRAWS).astype(float) for count in tiles
    ]
    again = _explained(sums, drawn)[0].argmax(axis=1)
    around = np.exp(1j * np.radians(bearing[again]))
    together = float(np.clip(np.abs(around.mean()), 1e-6, 1))
    return Light(
        bearing=round(turn_between(0, float(np.degrees(np.angle(around.mean())))), 1),
        elevation=float(elevation[best]),
        spread=round(float(np.degrees(np.sqrt(-2 * np.log(together)))), 1),
        explained=round(float(explained[0, best] / max(variance[0], 1e-12)), 3),
    )


def _look(key: Key) -> _Look | None:
    """The pixels of what was cut out, looked at in a small picture."""
    matte = key.matte
    rows, columns = np.flatnonzero(matte.max(axis=1) > 0.5), np.flatnonzero(matte.max(axis=0) > 0.5)
    if len(rows) == 0:
        return None
    box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    scale = min(1.0, TALL / len(rows))
    size = tuple(max(1, round((side.stop - side.start) * scale)) for side in box[::-1])
    small = cv2.resize(matte[box].astype(np.float32), size, interpolation=cv2.INTER_AREA)
    held = np.ascontiguousarray(key.foreground[box], np.float32)
    light = cv2.resize(held, size, interpolation=cv2.INTER_AREA)
    use = small > SURE
    if use.sum() < LEAST:
        return None
    y, x = np.nonzero(use)
    colours = light[use] / small[use][:, None]
    cloth = _cloths(colours) * PARTS + np.minimum(PARTS * y // small.shape[0], PARTS - 1)
    tile = y // TILE * (small.shape[1] // TILE + 1) + x // TILE
    level = np.bincount(cloth, colours @ LUMA) / np.maximum(np.bincount(cloth), 1)
    luma = (colours @ LUMA) / np.maximum(level[cloth], 1e-4)
    return _Look(luma, normals(small > 0.5)[use], cloth, tile)


def _cloths(colours: Floats) -> Ints:
    """Colours of things told apart by hue and saturation, whatever their brightness."""
    tone = np.log(colours + 0.01)
    tone = (tone - tone.mean(axis=1, keepdims=True)).astype(np.float32)
    cv2.setRNGSeed(1)
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_MAX_ITER, 20, 1e-3)
    start = np.zeros((len(tone), 1), np.int32)
    _, found, _ = cv2.kmeans(tone, CLOTHS, start, stop, 3, cv2.KMEANS_PP_CENTERS)
    return np.asarray(found.ravel())


class _Sums(NamedTuple):
    """Sums over the pixels of one cloth in one tile, one row for each such pair.

    Attributes:
        tile: Of the row.
        cloth: Of the row.
        plain: Of products of 1, n_y and the brightness: rows x 3 x 3.
        lit: Of the shade with 1, n_y and the brightness: rows x 3 x directions.
        square: Of the shade with itself: rows x directions.
    """

    tile: Ints
    cloth: Ints
    plain: Floats
    lit: Floats
    square: Floats


def _sums(look: _Look, ways: Floats) -> _Sums:
    shade = np.maximum(look.normal @ ways.T, 0)
    pairs, row = np.unique(look.tile * CLOTHS * PARTS + look.cloth, return_inverse=True)
    known = np.stack([np.ones(len(row)), look.normal[:, 1], look.luma], axis=1)
    gather = csr_matrix((np.ones(len(row)), (row, np.arange(len(row)))), (len(pairs), len(row)))
    products = (known[:, :, None] * known[:, None, :]).reshape(-1, 9)
    lit = np.stack([gather @ (shade * side[:, None]) for side in known.T], axis=1)
    return _Sums(
        tile=np.unique(pairs // (CLOTHS * PARTS), return_inverse=True)[1],
        cloth=pairs % (CLOTHS * PARTS),
        plain=(gather @ products).reshape(-1, 3, 3),
        lit=lit,
        square=gather @ shade**2,
    )


def _explained(looks: Sequence[_Sums], weights: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Variance that each direction explains, draws x directions, and all that there is, draws.

    Light from the whole sky, which grows with n_y, is taken out of both before.
    """
    gained: Floats = np.zeros((len(weights[0]), looks[0].square.shape[1]))
    variance: Floats = np.zeros(len(weights[0]))
    for sums, drawn in zip(looks, weights, strict=True):
        for cloth in np.unique(sums.cloth):
            mine = np.flatnonzero(sums.cloth == cloth)
            share = drawn[:, sums.tile[mine]]
            plain, lit, square = (
                np.tensordot(share, part[mine], axes=1)
                for part in (sums.plain, sums.lit, sums.square)
            )
            rest = np.linalg.inv(plain[:, :2, :2] + 1e-3 * np.eye(2))
            to_shade = rest @ lit[:, :2]
            spread = square - np.einsum("dkn,dkn->dn", lit[:, :2], to_shade)
            toward = lit[:, 2] - np.einsum("dk,dkn->dn", plain[:, :2, 2], to_shade)
            own = np.einsum("dk,dkl,dl->d", plain[:, :2, 2], rest, plain[:, :2, 2])
            few = 0.003 * plain[:, :1, 0] + 1e-6
            gained += np.maximum(toward, 0) ** 2 / np.maximum(spread, few)
            variance += np.maximum(plain[:, 2, 2] - own, 0)
    return gained, variance
