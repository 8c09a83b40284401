"""Solids that rooms and furniture are put together from, and lamps with a size."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from generique.world.arrays import Floats
from generique.world.lights import Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, normals, outward, paint
from generique.world.owners import Thing, kinds_of, owner

RGB = tuple[float, float, float]
Range = tuple[float, float]
Opening = tuple[Range, Range]
"""Ranges in x and z."""
TILE = 1.2
"""Longest edge of a quad of a wall, metres: a bounce has one value a quad."""
LOW, HIGH = 0.1, 2.4
"""Metres below which a floor lies, and above which a ceiling does."""
_DOWN = np.array([0.0, 0.0, -1.0])
PLASTER: RGB = (0.25, 0.22, 0.19)


def toned(albedo: RGB, share: float) -> RGB:
    """A lighter or darker albedo."""
    return albedo[0] * share, albedo[1] * share, albedo[2] * share


@dataclass
class Set:
    """What is collected while a room is built."""

    quads: list[Quads] = field(default_factory=list)
    lights: list[Lights] = field(default_factory=list)
    names: Counter[Thing] = field(default_factory=Counter)

    def everything(self) -> Quads:
        """All that stands; what no builder has named is the house's."""
        return _told_apart(join(self.quads)).claimed(owner(Thing.HOUSE))

    def light(self) -> Lights:
        """All lights."""
        empty = shine(np.zeros((0, 3)), np.zeros((0, 3)), _DOWN, Beam.BULB)
        return gather([empty, *self.lights])

    def wall(
        self, start: Floats, along: Floats, up: Floats, albedo: RGB, step: float = 0.3
    ) -> None:
        """A rectangle cut into tiles; it looks along ``along x up``.

        Args:
            start: 3, a corner.
            along: 3, one edge, metres.
            up: 3, the other.
            albedo: Of the wall.
            step: Metres between its vertices.
        """
        start, along, up = (np.asarray(value, float) for value in (start, along, up))
        count = [max(1, int(np.ceil(np.linalg.norm(edge) / TILE - 1e-6))) for edge in (along, up)]
        i, j = np.meshgrid(np.arange(count[0]), np.arange(count[1]))
        a, b = along / count[0], up / count[1]
        low = start + i.ravel()[:, None] * a + j.ravel()[:, None] * b
        corners = np.stack([low, low + a, low + a + b, low + b], axis=1)
        self.quads.append(paint(corners, Finish(albedo, level=Level.NEAR, step=step)))

    def pierced(
        self,
        y: float,
        span: Opening,
        opening: Opening | None,
        albedo: RGB,
        step: float,
        *,
        out: bool,
    ) -> None:
        """An upright wall across y with a window in it.

        Args:
            y: Where it stands, metres.
            span: Its ends in x and z.
            opening: Of the window; None for none.
            albedo: Of the wall.
            step: Metres between its vertices.
            out: True when it looks along y, False against it.
        """
        (x0, x1), (z0, z1) = span
        parts = [(x0, x1, z0, z1)]
        if opening is not None:
            (a, b), (low, top) = opening
            parts = [(x0, a, z0, z1), (b, x1, z0, z1), (a, b, z0, low), (a, b, top, z1)]
        for left, right, low, top in parts:
            along, up = np.array([right - left, 0, 0]), np.array([0, 0, top - low])
            edges = (up, along) if out else (along, up)
            self.wall(np.array([left, y, low]), *edges, albedo, step)

    def casing(self, low: Floats, high: Floats) -> None:
        """The thickness of what a room stands in: a closed box about its walls, floor and ceiling.

        Walls alone have no thickness, and light would come in where two of them meet. It is black,
        for a floor that shines mirrors what lies behind the foot of a wall.

        Args:
            low: 3, the lowest corner, metres.
            high: 3, the highest. Northern and southern sides are left to walls with windows.
        """
        ex, ey, ez = np.diag(high - low)
        sides = [(low + ex, ey, ez), (low + ey, -ey, ez), (low + ez, ex, ey), (low, ey, ex)]
        for start, along, up in sides:
            self.wall(start, along, up, (0.0, 0.0, 0.0), 1.2)

    def box(self, x: Range, y: Range, z: Range, albedo: RGB, step: float = 0.3) -> None:
        """An upright box with all six sides."""
        a, b = np.array([x[0], y[0], z[0]]), np.array([x[1], y[1], z[1]])
        ex, ey, ez = np.diag(b - a)
        for start, along, up in (
            (a, ex, ez),
            (a + ex, ey, ez),
            (a + ex + ey, -ex, ez),
            (a + ey, -ey, ez),
            (a + ez, ex, ey),
            (a, ey, ex),
        ):
            self.wall(start, along, up, albedo, step)

    def cushion(self, x: Range, y: Range, z: Range, albedo: RGB, cut: float = 0.06) -> None:
        """A soft box: its upright edges and the rim of its top are cut off."""
        rims = []
        for inset, height in (
            (0.35 * cut, z[0]),
            (0.0, z[0] + cut),
            (0.0, z[1] - cut),
            (0.3 * cut, z[1] - 0.3 * cut),
            (cut, z[1]),
        ):
            rims.append(_octagon(x, y, inset, cut * 1.2, height))
        quads = []
        for low, high in itertools.pairwise(rims):
            quads += [[low[k], low[(k + 1) % 8], high[(k + 1) % 8], high[k]] for k in range(8)]
        top = rims[-1]
        quads += [
            [top[0], top[1], top[2], top[3]],
            [top[0], top[3], top[4], top[7]],
            [top[4], top[5], top[6], top[7]],
        ]
        middle = np.array([sum(x) / 2, sum(y) / 2, sum(z) / 2])
        corners = outward(np.array(quads), middle)
        self.quads.append(paint(corners, Finish(albedo, level=Level.NEAR, step=0.22)))

    def post(
        self, at: Range, z: Range, radius: float, albedo: RGB, top: float | None = None
    ) -> None:
        """A round upright body, closed above."""
        turn = np.linspace(0, 2 * np.pi, 15)
        ring = np.c_[np.cos(turn), np.sin(turn)]
        high = radius if top is None else top
        low = np.c_[np.array(at) + ring * radius, np.full(15, z[0])]
        up = np.c_[np.array(at) + ring * high, np.full(15, z[1])]
        side = np.stack([low[:-1], low[1:], up[1:], up[:-1]], axis=1)
        lid = np.array([[up[k], up[k + 1], up[12 - k], up[13 - k]] for k in range(6)])
        self.quads.append(
            paint(np.concatenate([side, lid]), Finish(albedo, level=Level.NEAR, step=0.25))
        )

    def pane(self, corners: Floats, radiance: Floats | RGB) -> None:
        """Rectangles that shine, n x 4 x 3."""
        corners = np.asarray(corners, float).reshape(-1, 4, 3)
        glow = np.broadcast_to(np.asarray(radiance, float), (len(corners), 3))
        self.quads.append(
            paint(
                corners, Finish((0.05,) * 3, glow, surface=Surface.GLASS, level=Level.NEAR, step=99)
            )
        )

    def panel(self, x: Range, y: Range, z: float, colour: Floats, strength: float) -> None:
        """A lamp in the ceiling that looks down; its strength is its intensity straight below."""
        rim = [(x[0], y[0], z), (x[0], y[1], z), (x[1], y[1], z), (x[1], y[0], z)]
        area = (x[1] - x[0]) * (y[1] - y[0])
        self.pane(np.array([rim]), colour * (0.8 * strength / area) + 0.02)
        if strength <= 0:
            return
        gx, gy = np.meshgrid(_spread(*x, 2), _spread(*y, 4))
        spots = np.c_[gx.ravel(), gy.ravel(), np.full(gx.size, z - 0.02)]
        self.lights.append(
            shine(
                spots, np.tile(colour * strength / len(spots), (len(spots), 1)), _DOWN, Beam.WINDOW
            )
        )

    def bulb(
        self, at: tuple[float, float, float], colour: Floats, strength: float, size: float = 0.10
    ) -> None:
        """A round lamp of some size; its strength is its intensity to the side."""
        turns = np.array(
            [(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)], float
        )
        spots = np.array(at) + turns * size
        each = np.tile(colour * strength / len(spots), (len(spots), 1))
        self.lights.append(shine(spots, each, _DOWN, Beam.BULB))

    def shining(self, corners: Floats, colour: Floats, strength: float) -> None:
        """Light of an upright or lying rectangle (4 x 3), spread over it, along its normal."""
        corners = np.asarray(corners, float)
        axis = np.cross(corners[1] - corners[0], corners[3] - corners[0])
        axis /= np.linalg.norm(axis)
        u, v = np.meshgrid(_spread(0, 1, 3), _spread(0, 1, 2))
        u, v = u.reshape(-1, 1), v.reshape(-1, 1)
        spots = (
            corners[0] + u * (corners[1] - corners[0]) + v * (corners[3] - corners[0]) + axis * 0.02
        )
        each = np.tile(colour * strength / len(spots), (len(spots), 1))
        self.lights.append(shine(spots, each, axis, Beam.WINDOW))


def _told_apart(quads: Quads) -> Quads:
    """Walls that lie are the floor, or the ceiling."""
    walls = kinds_of(quads.owner) == owner(Thing.WALL)
    up, height = normals(quads.corners)[:, 2], quads.corners[..., 2].mean(axis=1)
    floor, ceiling = (up > 0.99) & (height < LOW), (up < -0.99) & (height > HIGH)
    flat = np.where(floor, owner(Thing.FLOOR), np.where(ceiling, owner(Thing.CEILING), quads.owner))
    return quads.owned(np.where(walls, flat, quads.owner))


def _spread(low: float, high: float, count: int) -> Floats:
    return low + (np.arange(count) + 0.5) / count * (high - low)


def _octagon(x: Range, y: Range, inset: float, cut: float, z: float) -> Floats:
    """Eight corners counter-clockwise."""
    x0, x1, y0, y1 = x[0] + inset, x[1] - inset, y[0] + inset, y[1] - inset
    return np.array(
        [
            (x0 + cut, y0, z), (x1 - cut, y0, z), (x1, y0 + cut, z), (x1, y1 - cut, z),
            (x1 - cut, y1, z), (x0 + cut, y1, z), (x0, y1 - cut, z), (x0, y0 + cut, z),
        ]
    )  # fmt: skip
