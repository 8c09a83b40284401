"""The ground: what lies where, and its colour under a season and weather.

The carriageways' corners are rounded by closing their plan, and the pavements follow at a constant
distance, as they are built.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

import cv2
import numpy as np

from generique.world.arrays import Floats, Octets, stream
from generique.world.country import SUBURBAN_KERB, Kerbside
from generique.world.layout import TURNING_CIRCLE, Bounds, Layout
from generique.world.scene import Season, Weather

FINEST = 4096
TEXEL = 0.25
"""Metres; coarser only where the place would need more than :data:`FINEST` texels."""
SNOW = np.array([0.80, 0.82, 0.86], np.float32)


@dataclass(frozen=True)
class GroundPlan:
    """Maps of the place, rows from south to north, columns from west to east, 0 to 255.

    Attributes:
        bounds: The square that the maps show.
        road: Carriageways.
        tracks: Where tyres have kept the road clear of snow.
        walk: Pavements.
        drive: Driveways and garden paths, by how well they are cleared.
        cover: What grows or lies elsewhere, of :class:`Cover`; None for lawn everywhere.
        marks: Lines painted on what is paved; None for none.
        yellow: Lines painted in yellow; None for none.
    """

    bounds: Bounds
    road: Octets
    tracks: Octets
    walk: Octets
    drive: Octets
    cover: Octets | None = None
    marks: Octets | None = None
    yellow: Octets | None = None

    @property
    def size(self) -> int:
        """Texels along a side."""
        return len(self.road)

    @property
    def texel(self) -> float:
        """Metres along the side of a texel."""
        return self.bounds.extent / self.size

    def paved(self) -> Octets:
        """Where no tree can grow."""
        return np.maximum(self.drive, np.maximum(self.road, self.walk))


class Pen:
    """Draws lines in metres on a map."""

    _SHIFT = 4

    def __init__(self, bounds: Bounds) -> None:
        size = min(FINEST, round(bounds.extent / TEXEL / 16) * 16)
        self._origin = np.array([bounds.x0, bounds.y0])
        self._scale = size / bounds.extent
        self._size = size

    def sheet(self) -> Octets:
        """An empty map."""
        return np.zeros((self._size, self._size), np.uint8)

    def _points(self, points: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
        scaled = (points - self._origin) * self._scale - 0.5
        return np.asarray(np.round(scaled * 2**self._SHIFT), np.int32).reshape(1, -1, 2)

    def line(self, sheet: Octets, points: Floats, width: float, value: int = 255) -> None:
        """A line ``width`` metres wide."""
        pixels = max(1, round(width * self._scale))
        where = self._points(points)
        cv2.polylines(
            sheet,
            [where],
            isClosed=False,
            color=value,
            thickness=pixels,
            lineType=cv2.LINE_AA,
            shift=self._SHIFT,
        )

    def area(self, sheet: Octets, points: Floats, value: int = 255) -> None:
        """A filled polygon."""
        cv2.fillPoly(sheet, [self._points(points)], value, cv2.LINE_AA, self._SHIFT)

    def disc(self, sheet: Octets, centre: Floats, radius: float) -> None:
        """A filled circle."""
        x, y = self._points(centre)[0, 0]
        pixels = round(radius * self._scale * 2**self._SHIFT)
        cv2.circle(sheet, (int(x), int(y)), pixels, 255, -1, cv2.LINE_AA, self._SHIFT)


def plan_ground(
    layout: Layout,
    seed: int,
    drive: Octets | None = None,
    cover: Octets | None = None,
    kerb: Kerbside = SUBURBAN_KERB,
) -> GroundPlan:
    """Draw carriageways and pavements.

    Args:
        layout: Streets and bounds.
        seed: Of the place.
        drive: Driveways, paths and yards that are paved, drawn with a :class:`Pen`.
        cover: What grows or lies elsewhere, of :class:`Cover`; None for lawn everywhere.
        kerb: Corners, verges and pavements.
    """
    pen = Pen(layout.bounds)
    road = pen.sheet()
    size = len(road)
    scale = size / layout.bounds.extent
    for street in layout.streets:
        pen.line(road, street.line, 2 * street.half_width)
        if street.closed:
            pen.disc(road, street.line[-1], TURNING_CIRCLE)
    walk = pen.sheet()
    if layout.streets:
        closed = _outside(road) * (1 / scale) < kerb.corner
        from_edge = _outside((~closed).astype(np.uint8) * 255) / scale - kerb.corner
        road = np.maximum(road, _soft(from_edge, scale))
        beyond = cv2.GaussianBlur(_outside(road) / scale, (0, 0), 0.5 * scale)
        half = kerb.pavement / 2
        walk = _soft(half - np.abs(beyond - kerb.verge - half), scale)
    if drive is None:
        drive = pen.sheet()
    return GroundPlan(layout.bounds, road, _tracks(pen, layout, seed), walk, drive, cover)


def _outside(sheet: Octets) -> Floats:
    """Distance of every texel from what is drawn, in texels (0 on it)."""
    return cv2.distanceTransform((sheet < 128).astype(np.uint8), cv2.DIST_L2, 5)


def _soft(inside: Floats, scale: float) -> Octets:
    """A map from metres inside an edge, one texel soft."""
    return (np.clip(inside * scale + 0.5, 0, 1) * 255).astype(np.uint8)


def _tracks(pen: Pen, layout: Layout, seed: int) -> Octets:
    chance, sheet = stream(seed, "wheel tracks"), pen.sheet()
    for street in layout.streets:
        heading = np.gradient(street.line, axis=0)
        heading = heading / (np.linalg.norm(heading, axis=1, keepdims=True) + 1e-9)
        left = np.c_[-heading[:, 1], heading[:, 0]]
        for offset in (-2.9, -1.5, 1.1, 2.5):
            moved = offset * street.half_width / 4.4 + 0.1 * chance.normal()
            shade = int(chance.integers(140, 255))
            pen.line(sheet, street.line + left * moved, 0.75, shade)
    return np.asarray(cv2.GaussianBlur(sheet, (0, 0), 1.2))


def _roughness(plan: GroundPlan, seed: int) -> tuple[Floats, Floats]:
    """Smooth and fine random texture over the plan, both about -1.5 to 1.5, float32."""
    chance = stream(seed, "ground texture")

    def layer(metres: float, amount: float) -> Floats:
        cells = max(2, int(plan.bounds.extent / metres))
        rough = chance.standard_normal((cells, cells), np.float32) * np.float32(amount)
        return cv2.resize(rough, (plan.size, plan.size), interpolation=cv2.INTER_CUBIC)

    smooth = layer(16, 0.5)
    smooth += layer(5, 0.45)
    smooth += layer(1.7, 0.22)
    return smooth, layer(0.5, 1)


class Cover(IntEnum):
    """What grows or lies on the ground where nothing is paved."""

    LAWN = 0
    MEADOW = 1
    CROP = 2
    STUBBLE = 3
    PLOUGHED = 4
    FOREST_FLOOR = 5
    SAND = 6
    GRAVEL = 7
    ROCK = 8
    PAVED = 9
    CORN = 10
    CANOLA = 11
    DRY_EARTH = 12
    GRAVEL_RED = 13
    ASPHALT = 14
    PAINT = 15
    DRY_GRAVEL = 16


_GROWN: dict[Cover, tuple[tuple[float, float, float], ...]] = {
    Cover.LAWN: (
        (0.095, 0.084, 0.046),
        (0.082, 0.112, 0.034),
        (0.072, 0.112, 0.030),
        (0.105, 0.096, 0.036),
    ),
    Cover.MEADOW: (
        (0.130, 0.112, 0.060),
        (0.090, 0.118, 0.040),
        (0.112, 0.120, 0.042),
        (0.150, 0.120, 0.052),
    ),
    Cover.CROP: (
        (0.105, 0.082, 0.052),
        (0.070, 0.118, 0.030),
        (0.190, 0.150, 0.062),
        (0.150, 0.110, 0.058),
    ),
    Cover.STUBBLE: (
        (0.150, 0.122, 0.072),
        (0.140, 0.118, 0.066),
        (0.210, 0.168, 0.088),
        (0.195, 0.155, 0.080),
    ),
    Cover.PLOUGHED: (
        (0.072, 0.055, 0.040),
        (0.075, 0.056, 0.040),
        (0.085, 0.064, 0.046),
        (0.070, 0.053, 0.039),
    ),
    Cover.FOREST_FLOOR: (
        (0.062, 0.050, 0.034),
        (0.058, 0.060, 0.028),
        (0.050, 0.056, 0.026),
        (0.090, 0.058, 0.026),
    ),
    Cover.SAND: (
        (0.330, 0.270, 0.190),
        (0.340, 0.275, 0.190),
        (0.350, 0.280, 0.190),
        (0.340, 0.275, 0.190),
    ),
    Cover.GRAVEL: (
        (0.180, 0.168, 0.150),
        (0.180, 0.168, 0.150),
        (0.185, 0.172, 0.152),
        (0.180, 0.168, 0.150),
    ),
    Cover.ROCK: (
        (0.150, 0.142, 0.134),
        (0.150, 0.143, 0.133),
        (0.155, 0.147, 0.136),
        (0.152, 0.143, 0.133),
    ),
    Cover.PAVED: (
        (0.150, 0.149, 0.147),
        (0.150, 0.149, 0.147),
        (0.150, 0.149, 0.147),
        (0.150, 0.149, 0.147),
    ),
    Cover.CORN: (
        (0.130, 0.105, 0.068),
        (0.085, 0.075, 0.042),
        (0.046, 0.082, 0.024),
        (0.170, 0.130, 0.068),
    ),
    Cover.CANOLA: (
        (0.110, 0.088, 0.055),
        (0.270, 0.250, 0.032),
        (0.330, 0.300, 0.030),
        (0.160, 0.118, 0.066),
    ),
    Cover.DRY_EARTH: ((0.270, 0.170, 0.110),) * 4,
    Cover.GRAVEL_RED: ((0.215, 0.140, 0.098),) * 4,
    Cover.ASPHALT: ((0.078, 0.077, 0.077),) * 4,
    Cover.PAINT: ((0.420, 0.330, 0.090),) * 4,
    Cover.DRY_GRAVEL: ((0.165, 0.152, 0.132),) * 4,
}
"""Linear albedo of each cover, in winter without snow, spring, summer and autumn."""
COVERS = np.array([_GROWN[cover] for cover in Cover], np.float32)
"""The same as an array: covers x seasons x 3."""
SEASONS = (Season.WINTER, Season.SPRING, Season.SUMMER, Season.AUTUMN)
"""The order of the seasons in :data:`COVERS`."""
ASPHALT = (0.072, 0.072, 0.075)
CONCRETE = (0.27, 0.265, 0.25)
DRIVE = (0.115, 0.113, 0.112)
MARKING = (0.58, 0.58, 0.56)
"""Painted lines, somewhat worn."""
YELLOW_PAINT = (0.50, 0.33, 0.04)


STRIP = 32
"""Rows coloured at once: few enough to stay in the processor's cache."""


@dataclass(frozen=True)
class _Strip:
    """Some rows of the plan as float32 shares, 0 to 1, with their texture."""

    road: Floats
    tracks: Floats
    walk: Floats
    drive: Floats
    bank: Floats
    smooth: Floats
    fine: Floats
    cover: Octets | None
    marks: Floats | None
    yellow: Floats | None


def colour_ground(
    plan: GroundPlan,
    season: Season,
    weather: Weather,
    seed: int,
    each: Callable[[Callable[[int], None], Iterable[int]], Iterable[None]] = map,
) -> Octets:
    """Albedo and gloss of the ground.

    Args:
        plan: What lies where.
        season: For what grows.
        weather: For snow and wet.
        seed: Of the place.
        each: Does some work for each of many strips, in any order: ``map``, or a pool's.

    Returns:
        size x size x 4, 0 to 255: the square root of the linear albedo in RGB, gloss in A.
    """
    smooth, fine = _roughness(plan, seed)
    bank = cv2.GaussianBlur(plan.road, (0, 0), 1.0 / plan.texel)
    sheets = (plan.road, plan.tracks, plan.walk, plan.drive, bank)
    out = np.empty((*smooth.shape, 4), np.uint8)

    def colour(top: int) -> None:
        rows = slice(top, top + STRIP)
        road, tracks, walk, drive, near = (sheet[rows] * np.float32(1 / 255) for sheet in sheets)
        cover = None if plan.cover is None else plan.cover[rows]
        marks, yellow = (
            None if sheet is None else sheet[rows] * np.float32(1 / 255)
            for sheet in (plan.marks, plan.yellow)
        )
        strip = _Strip(
            road, tracks, walk, drive, near, smooth[rows], fine[rows], cover, marks, yellow
        )
        out[rows] = _colour(strip, season, weather)

    deque(each(colour, range(0, plan.size, STRIP)), maxlen=0)
    return out


def _colour(strip: _Strip, season: Season, weather: Weather) -> Octets:
    albedo = _bare_ground(strip, season)
    gloss = np.full(strip.smooth.shape, 0.02, np.float32)
    if weather.snow_cover > 0:
        _lay_snow(albedo, strip, weather.snow_cover)
        gloss += 0.33 * strip.road * min(1.0, 2 * weather.snow_cover)
    if weather.rain > 0:
        hard = np.maximum(strip.road, np.maximum(strip.drive * 0.8, strip.walk * 0.6))
        wet = np.clip(0.55 + 0.9 * weather.rain + 0.25 * strip.smooth, 0, 1) * hard
        bare = 1 - weather.snow_cover
        albedo *= (1 - 0.45 * wet * bare)[..., None]
        gloss = np.maximum(gloss, wet * (0.35 + 0.65 * bare))
    np.sqrt(np.clip(albedo, 0, 1, out=albedo), out=albedo)
    shown = np.concatenate([albedo, np.clip(gloss, 0, 1)[..., None]], axis=-1)
    return (shown * np.float32(255)).astype(np.uint8)


def _mix(albedo: Floats, colour: Floats | tuple[float, float, float], share: Floats) -> None:
    albedo += (np.asarray(colour, np.float32) - albedo) * share[..., None]


def _bare_ground(strip: _Strip, season: Season) -> Floats:
    smooth, fine = strip.smooth, strip.fine
    grown = COVERS[:, SEASONS.index(season)]
    plain = grown[Cover.LAWN] if strip.cover is None else grown[strip.cover]
    albedo = plain * np.clip(1 + 0.22 * smooth + 0.10 * fine, 0.4, 1.7)[..., None]
    _mix(albedo, (0.12, 0.10, 0.05), np.clip(0.5 * smooth, 0, 0.6))
    if season is Season.AUTUMN:
        _mix(albedo, (0.20, 0.10, 0.03), np.clip(0.35 * fine + 0.3 * smooth - 0.1, 0, 0.7))
    texture = (1 + 0.08 * smooth + 0.06 * fine)[..., None]
    pavings = ((strip.walk, CONCRETE), (strip.drive, DRIVE), (strip.road, ASPHALT))
    for share, colour in pavings:
        edge = np.minimum(share * 1.7, 1) * 0.94
        _mix(albedo, np.asarray(colour, np.float32) * texture, edge)
    _mix(albedo, (0.045, 0.045, 0.047), strip.tracks * 0.4)
    for lines, paint in ((strip.marks, MARKING), (strip.yellow, YELLOW_PAINT)):
        if lines is not None:
            _mix(albedo, paint, lines * np.clip(0.86 + 0.12 * smooth - 0.10 * fine, 0.3, 1))
    return albedo


def _lay_snow(albedo: Floats, strip: _Strip, cover: float) -> None:
    """Cover the ground; patchy below about 0.7, ploughed streets always."""
    smooth, fine, road = strip.smooth, strip.fine, strip.road
    depth = np.clip((cover - 0.5) * 2.4 + 0.55 + 0.42 * smooth + 0.08 * fine, 0, 1)
    if cover > 0.75:
        depth = np.maximum(depth, np.clip(1.12 + 0.22 * smooth, 0.25, 1))
    clean = np.clip(0.86 + 0.10 * smooth + 0.05 * fine, 0, 1)
    yard = depth * (1 - road) * (1 - 0.85 * strip.walk) * (1 - 0.92 * strip.drive)
    _mix(albedo, SNOW * clean[..., None], yard)
    _mix(albedo, (0.33, 0.33, 0.34), strip.walk * (0.85 * min(1.0, cover * 1.3)))
    ridge = np.clip(strip.bank * 1.2 - 0.19, 0, 1) * (road < 0.5) * (0.5 * min(1.0, cover * 1.2))
    _mix(albedo, (0.6, 0.6, 0.63), ridge)
    slush = 0.20 + 0.20 * np.clip(0.5 + 0.25 * smooth + 0.15 * fine, 0, 1)
    white = slush[..., None] * np.array([1, 1, 1.04], np.float32)
    _mix(albedo, white, road * min(1.0, cover**0.7))
    worn = strip.tracks * road * np.clip(0.75 + 0.25 * smooth, 0, 1) * 0.85
    _mix(albedo, (0.045, 0.045, 0.047), worn)
