"""Bodies of vehicles, as cross-sections along their length, and their wheels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np

from generique.world.arrays import Floats, Ints
from generique.world.kit.solids import box
from generique.world.mesh import normals, outward

PAINTS = np.array(
    [
        (0.030, 0.030, 0.034),
        (0.35, 0.35, 0.36),
        (0.62, 0.62, 0.61),
        (0.16, 0.17, 0.19),
        (0.24, 0.020, 0.020),
        (0.035, 0.075, 0.19),
        (0.26, 0.23, 0.18),
        (0.075, 0.080, 0.088),
        (0.70, 0.70, 0.69),
    ]
)
LIVERIES = np.array(
    [
        (0.66, 0.66, 0.65),
        (0.60, 0.60, 0.60),
        (0.07, 0.15, 0.32),
        (0.36, 0.05, 0.04),
        (0.10, 0.20, 0.13),
        (0.52, 0.36, 0.10),
        (0.30, 0.30, 0.31),
    ]
)
"""Boxes of lorries and sides of buses."""
GLAZING = (0.018, 0.019, 0.022)
TYRE = (0.018, 0.018, 0.018)
TRIM = (0.026, 0.026, 0.028)
HUB = (0.34, 0.34, 0.35)


class Part(IntEnum):
    """What a quad of a vehicle is."""

    PAINT = 0
    GLASS = 1
    TYRE = 2
    TRIM = 3
    HUB = 4
    LOAD = 5
    LENS = 6
    RED = 7


# One row a station from the back to the front, metres: x, half width at the belt, height of the
# sill, of the belt (window sill), of the top, and half width of the top. A letter for each piece
# between two stations says what lies above the belt: h sheet metal, g windows with a metal roof,
# p a pillar, w a raked screen between two pillars, b a box without windows.
Stations = tuple[tuple[float, float, float, float, float, float], ...]


@dataclass(frozen=True)
class Body:
    """A kind of vehicle.

    Attributes:
        stations: Cross-sections.
        above: What lies above the belt between them, a letter a piece.
        axles: Places of the wheels along x, metres.
        wheel: Radius of the wheels.
        head: Lamps in front: distance from the middle, height, half width, half height.
        tail: Lamps behind, likewise.
        mirror: Where mirrors are: x, half width there, height.
        grille: Half width, height, half height.
        plate: Height of the rear number plate.
        cabin: Of the simple shape: x of the cabin's ends at the belt, then at the roof.
        box: Of a load: low corner and high corner, six values; None without.
    """

    stations: Stations
    above: str
    axles: tuple[float, ...]
    wheel: float
    head: tuple[float, float, float, float]
    tail: tuple[float, float, float, float]
    mirror: tuple[float, float, float]
    grille: tuple[float, float, float]
    plate: float
    cabin: tuple[float, float, float, float]
    box: tuple[float, float, float, float, float, float] | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """Where it ends in front and behind, metres."""
        back = self.stations[0][0] if self.box is None else min(self.stations[0][0], self.box[0])
        return self.stations[-1][0], back

    @property
    def width(self) -> float:
        """Metres, mirrors apart."""
        return 2 * max(station[1] for station in self.stations)

    @property
    def sill(self) -> float:
        """Metres."""
        return min(station[2] for station in self.stations)

    @property
    def belt(self) -> float:
        """Metres."""
        return max(station[3] for station in self.stations)

    @property
    def height(self) -> float:
        """Of the roof, metres; a load may be higher."""
        return max(station[4] for station in self.stations)


SEDAN = Body(
    stations=(
        (-2.34, 0.70, 0.44, 0.70, 0.76, 0.62),
        (-2.28, 0.80, 0.34, 0.86, 0.93, 0.70),
        (-2.05, 0.88, 0.27, 0.93, 1.02, 0.74),
        (-1.62, 0.91, 0.25, 0.95, 1.06, 0.72),
        (-0.92, 0.92, 0.24, 0.95, 1.40, 0.60),
        (-0.30, 0.92, 0.24, 0.94, 1.46, 0.61),
        (-0.20, 0.92, 0.24, 0.94, 1.46, 0.61),
        (0.35, 0.92, 0.24, 0.93, 1.42, 0.60),
        (1.12, 0.91, 0.25, 0.91, 0.99, 0.74),
        (1.70, 0.89, 0.26, 0.85, 0.92, 0.74),
        (2.12, 0.84, 0.28, 0.74, 0.82, 0.70),
        (2.30, 0.72, 0.32, 0.62, 0.69, 0.60),
        (2.36, 0.60, 0.40, 0.52, 0.56, 0.50),
    ),
    above="hhhwgpgwhhhh",
    axles=(-1.42, 1.38),
    wheel=0.33,
    head=(0.60, 0.64, 0.15, 0.06),
    tail=(0.62, 0.82, 0.15, 0.06),
    mirror=(0.72, 0.92, 0.99),
    grille=(0.34, 0.50, 0.08),
    plate=0.66,
    cabin=(-1.7, 1.15, -0.9, 0.35),
)
SUV = Body(
    stations=(
        (-2.32, 0.78, 0.50, 0.92, 1.02, 0.70),
        (-2.26, 0.88, 0.42, 1.04, 1.16, 0.76),
        (-2.10, 0.93, 0.36, 1.09, 1.40, 0.74),
        (-1.78, 0.94, 0.34, 1.09, 1.66, 0.69),
        (-1.66, 0.94, 0.34, 1.09, 1.68, 0.69),
        (-0.62, 0.95, 0.33, 1.07, 1.73, 0.70),
        (-0.52, 0.95, 0.33, 1.07, 1.73, 0.70),
        (0.30, 0.95, 0.33, 1.05, 1.68, 0.69),
        (1.04, 0.94, 0.34, 1.03, 1.12, 0.79),
        (1.72, 0.92, 0.35, 0.99, 1.06, 0.80),
        (2.14, 0.87, 0.37, 0.90, 0.97, 0.76),
        (2.30, 0.76, 0.42, 0.76, 0.82, 0.66),
        (2.35, 0.64, 0.48, 0.62, 0.68, 0.56),
    ),
    above="hwwpgpgwhhhh",
    axles=(-1.42, 1.40),
    wheel=0.37,
    head=(0.66, 0.80, 0.14, 0.06),
    tail=(0.74, 1.00, 0.09, 0.13),
    mirror=(0.66, 0.95, 1.14),
    grille=(0.38, 0.68, 0.11),
    plate=0.86,
    cabin=(-2.2, 1.1, -1.7, 0.3),
)
PICKUP = Body(
    stations=(
        (-2.74, 0.88, 0.52, 0.98, 1.02, 0.86),
        (-2.68, 0.94, 0.44, 1.06, 1.09, 0.90),
        (-2.00, 0.95, 0.40, 1.08, 1.11, 0.91),
        (-0.82, 0.96, 0.38, 1.08, 1.11, 0.91),
        (-0.62, 0.96, 0.38, 1.10, 1.74, 0.70),
        (-0.10, 0.96, 0.38, 1.09, 1.79, 0.71),
        (0.00, 0.96, 0.38, 1.09, 1.79, 0.71),
        (0.56, 0.96, 0.38, 1.08, 1.74, 0.70),
        (1.26, 0.95, 0.38, 1.07, 1.15, 0.80),
        (2.00, 0.94, 0.40, 1.04, 1.11, 0.82),
        (2.46, 0.90, 0.42, 0.95, 1.03, 0.78),
        (2.62, 0.80, 0.48, 0.82, 0.88, 0.70),
        (2.68, 0.66, 0.54, 0.66, 0.72, 0.58),
    ),
    above="hhhwgpgwhhhh",
    axles=(-1.75, 1.72),
    wheel=0.39,
    head=(0.70, 0.86, 0.14, 0.09),
    tail=(0.82, 0.86, 0.07, 0.16),
    mirror=(0.95, 0.96, 1.20),
    grille=(0.44, 0.74, 0.14),
    plate=0.62,
    cabin=(-0.85, 1.3, -0.6, 0.55),
)
HATCHBACK = Body(
    stations=(
        (-1.98, 0.70, 0.42, 0.80, 0.90, 0.62),
        (-1.93, 0.80, 0.34, 0.92, 1.04, 0.68),
        (-1.78, 0.86, 0.27, 0.96, 1.22, 0.66),
        (-1.42, 0.88, 0.25, 0.96, 1.42, 0.61),
        (-1.30, 0.88, 0.25, 0.96, 1.44, 0.61),
        (-0.40, 0.88, 0.24, 0.95, 1.50, 0.62),
        (-0.30, 0.88, 0.24, 0.95, 1.50, 0.62),
        (0.30, 0.88, 0.24, 0.94, 1.46, 0.61),
        (1.08, 0.87, 0.25, 0.92, 1.00, 0.72),
        (1.52, 0.85, 0.26, 0.86, 0.92, 0.71),
        (1.86, 0.80, 0.28, 0.76, 0.82, 0.66),
        (2.00, 0.68, 0.34, 0.62, 0.68, 0.56),
        (2.05, 0.56, 0.40, 0.52, 0.56, 0.46),
    ),
    above="hwwpgpgwhhhh",
    axles=(-1.24, 1.26),
    wheel=0.31,
    head=(0.56, 0.68, 0.14, 0.07),
    tail=(0.66, 0.94, 0.08, 0.12),
    mirror=(0.70, 0.88, 1.02),
    grille=(0.30, 0.50, 0.07),
    plate=0.72,
    cabin=(-1.9, 1.1, -1.4, 0.3),
)
VAN = Body(
    stations=(
        (-2.90, 0.92, 0.50, 1.15, 2.36, 0.84),
        (-2.84, 0.97, 0.42, 1.18, 2.44, 0.86),
        (-2.00, 0.99, 0.36, 1.20, 2.50, 0.87),
        (-0.20, 0.99, 0.36, 1.20, 2.50, 0.87),
        (0.90, 0.99, 0.36, 1.20, 2.47, 0.86),
        (1.02, 0.99, 0.36, 1.20, 2.46, 0.86),
        (1.52, 0.98, 0.36, 1.19, 2.34, 0.82),
        (2.10, 0.96, 0.37, 1.18, 1.44, 0.84),
        (2.52, 0.93, 0.38, 1.06, 1.24, 0.82),
        (2.78, 0.86, 0.42, 0.86, 1.00, 0.76),
        (2.86, 0.74, 0.50, 0.66, 0.74, 0.64),
    ),
    above="bbbbpgwhhh",
    axles=(-1.75, 1.80),
    wheel=0.35,
    head=(0.72, 0.84, 0.12, 0.10),
    tail=(0.86, 1.05, 0.06, 0.22),
    mirror=(1.72, 0.97, 1.34),
    grille=(0.42, 0.62, 0.10),
    plate=0.60,
    cabin=(-2.85, 2.3, -2.8, 1.5),
)
LORRY = Body(
    stations=(
        (5.62, 1.16, 0.62, 1.55, 3.10, 1.12),
        (5.72, 1.22, 0.52, 1.60, 3.62, 1.16),
        (6.50, 1.24, 0.44, 1.62, 3.74, 1.16),
        (6.62, 1.24, 0.44, 1.62, 3.74, 1.16),
        (7.40, 1.24, 0.40, 1.60, 3.56, 1.15),
        (7.66, 1.22, 0.38, 1.58, 3.16, 1.15),
        (7.90, 1.18, 0.36, 1.54, 1.72, 1.08),
        (7.97, 1.08, 0.40, 1.20, 1.40, 1.00),
    ),
    above="bbpgwwh",
    axles=(-5.6, -4.4, -3.2, 4.4, 6.85),
    wheel=0.50,
    head=(0.92, 0.72, 0.16, 0.12),
    tail=(1.02, 0.92, 0.17, 0.07),
    mirror=(7.45, 1.22, 2.2),
    grille=(0.75, 1.08, 0.26),
    plate=0.72,
    cabin=(5.7, 7.9, 5.75, 7.5),
    box=(-7.95, -1.27, 1.15, 5.45, 1.27, 3.98),
)
BUS = Body(
    stations=(
        (-5.98, 1.16, 0.50, 1.35, 2.86, 1.10),
        (-5.90, 1.24, 0.40, 1.35, 3.02, 1.16),
        (-5.20, 1.27, 0.34, 1.32, 3.10, 1.18),
        (-3.60, 1.27, 0.32, 1.30, 3.10, 1.18),
        (-3.48, 1.27, 0.32, 1.30, 3.10, 1.18),
        (-1.80, 1.27, 0.32, 1.30, 3.10, 1.18),
        (-1.68, 1.27, 0.32, 1.30, 3.10, 1.18),
        (0.60, 1.27, 0.32, 1.30, 3.10, 1.18),
        (0.72, 1.27, 0.32, 1.30, 3.10, 1.18),
        (3.60, 1.27, 0.32, 1.30, 3.10, 1.18),
        (3.72, 1.27, 0.32, 1.30, 3.10, 1.18),
        (5.60, 1.26, 0.32, 1.22, 3.08, 1.17),
        (5.88, 1.22, 0.36, 1.16, 2.96, 1.12),
        (6.00, 1.12, 0.42, 1.02, 1.30, 1.04),
    ),
    above="bggpgpgpgpgww",
    axles=(-3.1, 3.3),
    wheel=0.48,
    head=(0.92, 0.72, 0.15, 0.10),
    tail=(1.02, 1.20, 0.10, 0.20),
    mirror=(5.95, 1.22, 2.3),
    grille=(0.6, 0.62, 0.08),
    plate=0.80,
    cabin=(-5.9, 5.9, -5.8, 5.6),
)
ROAD_BODIES = (SEDAN, SUV, PICKUP, HATCHBACK, VAN, LORRY, BUS)
"""Every kind of vehicle of the road, by its index."""
KINDS_PARKED = (0, 0, 0, 1, 1, 1, 2, 3, 3, 3, 4)
KIND_VAN, KIND_LORRY, KIND_BUS = 4, 5, 6

_SIDE = 8
"""Points of a cross-section from the sill to the middle of the roof."""


def _ring(station: tuple[float, float, float, float, float, float]) -> Floats:
    """Points of a cross-section, from the right sill over the roof to the left sill."""
    x, half, sill, belt, top, roof = station
    tall = top - belt > 0.25
    waist = half * 0.965
    if tall:
        upper = [
            (0.52 * waist + 0.48 * roof + 0.02, belt + 0.52 * (top - belt)),
            (roof, top - 0.075),
            (roof * 0.84, top - 0.012),
        ]
    else:
        upper = [
            (0.6 * waist + 0.4 * roof, belt + 0.55 * (top - belt)),
            (roof * 0.92, top - 0.2 * (top - belt)),
            (roof * 0.62, top - 0.03 * (top - belt)),
        ]
    right = [
        (half * 0.90, sill),
        (half * 0.985, sill + 0.22 * (belt - sill)),
        (half, sill + 0.62 * (belt - sill)),
        (waist, belt),
        *upper,
        (0.0, top),
    ]
    left = [(-y, z) for y, z in reversed(right[:-1])]
    return np.array([(x, -y, z) for y, z in [*right, *left]])


def _parts(above: str) -> list[Part]:
    """What the pieces of a cross-section are, from the right sill to the left one."""
    side, roof = Part.PAINT, Part.PAINT
    edge = Part.PAINT
    if above == "g":
        side = Part.GLASS
    if above == "w":
        side, roof = Part.PAINT, Part.GLASS
        edge = Part.GLASS
    right = [Part.PAINT, Part.PAINT, Part.PAINT, side, side, edge, roof]
    return right + right[::-1]


def loft(body: Body) -> tuple[Floats, Ints, Floats]:
    """Corners, parts and round normals of the skin over all stations, closed at both ends."""
    rings = [_ring(station) for station in body.stations]
    corners, part = [], []
    for (back, front), above in zip(pairwise(rings), body.above, strict=True):
        for k, what in enumerate(_parts(above)):
            corners.append([back[k], front[k], front[k + 1], back[k + 1]])
            part.append(what)
    for ring in (rings[0], rings[-1]):
        last = 2 * _SIDE - 2
        for k in range(_SIDE - 1):
            corners.append([ring[k], ring[k + 1], ring[last - 1 - k], ring[last - k]])
            part.append(Part.PAINT)
    skin = outward(np.array(corners), np.array([body.stations[len(rings) // 2][0], 0, body.belt]))
    return skin, np.array([int(what) for what in part]), _round(skin)


def _round(skin: Floats) -> Floats:
    """Normals of the corners, mixed with those of their neighbours where the skin bends little."""
    facing = normals(skin)
    place = np.round(skin.reshape(-1, 3) * 1000).astype(np.int64)
    _, owner = np.unique(place, axis=0, return_inverse=True)
    owner = owner.reshape(-1)
    out = np.repeat(facing[:, None], 4, axis=1).reshape(-1, 3)
    flat = out.copy()
    order = np.argsort(owner, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(owner[order])) + 1):
        alike = flat[group] @ flat[group].T > 0.62
        mixed = alike.astype(float) @ flat[group]
        out[group] = mixed / (np.linalg.norm(mixed, axis=1, keepdims=True) + 1e-9)
    return out.reshape(-1, 4, 3)


def wheels(body: Body) -> tuple[Floats, Floats, Floats]:
    """Arches and floor, tyres, and hubs: discs just outside the body, and the tyres' treads."""
    arch, tyre, hub = [_floor(body)], [], []
    y = body.width / 2
    for x in body.axles:
        for side in (-1.0, 1.0):
            if x > body.stations[0][0]:
                size = body.wheel * 1.20
                arch.append(_disc(x, side * (y + 0.004), body.wheel, size, side, body.sill))
            tyre.append(_disc(x, side * (y + 0.012), body.wheel, body.wheel, side, 0.0))
            tyre.append(_tread(x, side * (y + 0.012), body.wheel, side))
            hub.append(_disc(x, side * (y + 0.020), body.wheel, body.wheel * 0.62, side, 0.0))
    return np.concatenate(arch), np.concatenate(tyre), np.concatenate(hub)


def _floor(body: Body) -> Floats:
    """What closes the space between the wheels: ends and sides of a dark box under the body."""
    front, back = body.ends
    half = body.width / 2 - 0.20
    low = np.array([[back + 0.28, -half, 0.17]])
    high = np.array([[front - 0.28, half, body.sill + 0.12]])
    return box(low, high)[0, :4]


def _tread(x: float, y: float, radius: float, side: float) -> Floats:
    """The lower half of a tyre's tread, as three quads as wide as the tyre."""
    width = 0.21 if radius < 0.45 else 0.30
    turn = np.pi * np.array([1.04, 1.35, 1.65, 1.96])
    rim = np.c_[x + np.cos(turn) * radius, np.full(4, y), radius + np.sin(turn) * radius]
    inner = rim - [0.0, side * width, 0.0]
    quads = np.array([[rim[k], rim[k + 1], inner[k + 1], inner[k]] for k in range(3)])
    return outward(quads, np.array([x, y, radius]))


def _disc(x: float, y: float, z: float, radius: float, side: float, least: float) -> Floats:
    """A twelve-sided upright disc as five quads, cut off below a height."""
    turn = np.linspace(0, 2 * np.pi, 13)[:-1] + np.pi / 12
    rim = np.c_[x + np.cos(turn) * radius, np.full(12, y), z + np.sin(turn) * radius]
    rim[:, 2] = np.maximum(rim[:, 2], least)
    quads = np.array([rim[[k, k + 1, 10 - k, 11 - k]] for k in range(5)])
    return outward(quads, np.array([x, y - side, z]))
